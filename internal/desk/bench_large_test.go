package desk

import (
	"slices"
	"testing"
	"time"

	"factbot/internal/facts"
	"factbot/internal/synthetic"
)

// BenchmarkAskLarge is one question, text to text, over 10,000 names and a million figures. p50 and p99 are microseconds.
func BenchmarkAskLarge(b *testing.B) {
	made := synthetic.Options{Names: 10_000, Observations: 1_000_000, Seed: 1}
	d := open(b, Options{})
	d.Use(facts.NewSnapshot(made.Model()))
	d.Warm()
	var questions []Question
	for _, text := range made.Questions(400).All {
		questions = append(questions, Question{Text: text, Now: time.Date(2021, 8, 1, 0, 0, 0, 0, time.UTC)})
	}
	for _, q := range questions {
		d.Ask(q)
	}
	answered := 0
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		r := d.Ask(questions[i%len(questions)])
		if r.Text() == "" {
			b.Fatal("no text")
		}
		took = append(took, time.Since(start))
		if r.Status == "answered" {
			answered++
		}
	}
	slices.Sort(took)
	micro := func(share float64) float64 { return float64(took[int(share*float64(len(took)-1))].Nanoseconds()) / 1e3 }
	b.ReportMetric(micro(0.5), "p50-µs")
	b.ReportMetric(micro(0.99), "p99-µs")
	b.ReportMetric(100*float64(answered)/float64(len(took)), "answered-%")
}
