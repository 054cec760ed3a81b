package qa_test

import (
	"testing"

	"factbot/internal/qa"
	"factbot/internal/token"
)

// BenchmarkStep is each step of a question over the shipped facts, the open set round and round: words, spans, query, answer. Writing the reply is
// BenchmarkText of internal/reply, the index BenchmarkFind of internal/search, all of it BenchmarkAsk of internal/desk.
func BenchmarkStep(b *testing.B) {
	e := world(b, "shipped")
	var questions []qa.Asked
	for _, s := range sets(b) {
		if s.name == "dev.jsonl" {
			for _, q := range s.lines {
				questions = append(questions, qa.Asked{Text: q.Text, Now: s.now})
			}
		}
	}
	if len(questions) == 0 {
		b.Fatal("the open set is missing")
	}
	var read []any
	var queries [][]qa.Query
	for _, a := range questions {
		r := e.ReadStep(a.Text, a.Now)
		read, queries = append(read, r), append(queries, e.ResolveStep(r, a))
	}
	for _, step := range []struct {
		name string
		do   func(i int)
	}{
		{"tokens", func(i int) { token.Split(questions[i].Text) }},
		{"read", func(i int) { e.ReadStep(questions[i].Text, questions[i].Now) }},
		{"resolve", func(i int) { e.ResolveStep(read[i], questions[i]) }},
		{"compute", func(i int) {
			for _, q := range queries[i] {
				qa.Compute(e.FactsOf(), q, questions[i].Now)
			}
		}},
	} {
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				step.do(i % len(questions))
			}
		})
	}
}
