package desk

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"
)

// BenchmarkAsk is one question from its text to the text of its reply, over the shipped facts, the dev set round and round. p50
// and p99 are microseconds.
func BenchmarkAsk(b *testing.B) {
	questions := devQuestions(b)
	d := open(b, Options{})
	d.Warm()
	for _, q := range questions {
		d.Ask(q)
	}
	took := make([]time.Duration, 0, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		start := time.Now()
		if d.Ask(questions[i%len(questions)]).Text() == "" {
			b.Fatal("no text")
		}
		took = append(took, time.Since(start))
	}
	b.StopTimer()
	slices.Sort(took)
	micro := func(share float64) float64 { return float64(took[int(share*float64(len(took)-1))].Nanoseconds()) / 1e3 }
	b.ReportMetric(micro(0.5), "p50-µs")
	b.ReportMetric(micro(0.99), "p99-µs")
}

// BenchmarkOpen is the start: words, messages and the shipped facts, without what the first question that needs it builds.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b, Options{})
	}
}

// BenchmarkWarm is that: the search indexes of the shipped facts.
func BenchmarkWarm(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := open(b, Options{})
		b.StartTimer()
		d.Warm()
	}
}

func devQuestions(b *testing.B) []Question {
	b.Helper()
	f, err := os.Open("../qa/testdata/sets/dev.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var questions []Question
	for s := bufio.NewScanner(f); s.Scan(); {
		var q struct{ Text, Chat string }
		if err := json.Unmarshal(s.Bytes(), &q); err != nil {
			b.Fatal(err)
		}
		questions = append(questions, Question{Chat: q.Chat, Text: q.Text, Now: today})
	}
	return questions
}
