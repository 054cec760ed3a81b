package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"

	shipped "factbot/facts"
	"factbot/internal/desk"
	"factbot/internal/facts"
	"factbot/internal/synthetic"
	"factbot/locales"
)

func cores() int { return runtime.NumCPU() }

// runs is how often each figure is taken; the median is shown.
const runs = 5

// timed is what one question costs.
type timed struct {
	p50, p99      time.Duration
	allocs, bytes float64
}

// ask asks each question some times, text to text, and takes the median of the runs.
func ask(d *desk.Desk, questions []desk.Question, rounds int) timed {
	for _, q := range questions {
		d.Ask(q)
	}
	var p50, p99 []time.Duration
	var allocs, bytes []float64
	for range runs {
		took := make([]time.Duration, 0, rounds*len(questions))
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for range rounds {
			for _, q := range questions {
				start := time.Now()
				_ = d.Ask(q).Text()
				took = append(took, time.Since(start))
			}
		}
		runtime.ReadMemStats(&after)
		n := float64(len(took))
		allocs, bytes = append(allocs, float64(after.Mallocs-before.Mallocs)/n), append(bytes, float64(after.TotalAlloc-before.TotalAlloc)/n)
		slices.Sort(took)
		p50, p99 = append(p50, quantile(took, 0.5)), append(p99, quantile(took, 0.99))
	}
	return timed{median(p50), median(p99), median(allocs), median(bytes)}
}

func opened() (*desk.Desk, error) {
	return desk.Open(desk.Options{Facts: shipped.FS, Locales: locales.FS})
}

// devQuestions are those of the open set.
func devQuestions() ([]desk.Question, error) {
	f, err := os.Open("internal/qa/testdata/sets/dev.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []desk.Question
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q struct{ Text, Chat string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, err
		}
		out = append(out, desk.Question{Text: q.Text, Chat: q.Chat, Now: time.Date(2021, 1, 15, 0, 0, 0, 0, time.UTC)})
	}
	return out, nil
}

func asked(texts []string) []desk.Question {
	var out []desk.Question
	for _, t := range texts {
		out = append(out, desk.Question{Text: t, Now: time.Date(2021, 8, 1, 0, 0, 0, 0, time.UTC)})
	}
	return out
}

// world is a desk over made-up facts.
func world(o synthetic.Options) (*desk.Desk, error) {
	d, err := opened()
	if err == nil {
		d.Use(facts.NewSnapshot(o.Model()))
		d.Warm()
	}
	return d, err
}

// engine is one question, from its text to the text of its reply.
func (b *bench) engine() error {
	d, err := opened()
	if err != nil {
		return err
	}
	d.Warm()
	questions, err := devQuestions()
	if err != nil {
		return err
	}
	small := ask(d, questions, 20)
	o := synthetic.Options{Names: 10_000, Observations: 1_000_000, Seed: 1}
	if d, err = world(o); err != nil {
		return err
	}
	q := o.Questions(800)
	large := ask(d, asked(q.All), 5)
	clean, typos := ask(d, asked(q.Clean), 20), ask(d, asked(q.Typos), 20)
	row := func(what string, t timed, want string) []string {
		return []string{what, micro(t.p50), micro(t.p99), fmt.Sprintf("%.0f", t.allocs), fmt.Sprintf("%.1f kB", t.bytes/1e3), want}
	}
	b.table("One question in the engine, text to text", []string{"facts", "median", "p99", "allocations", "bytes", "aimed at"}, [][]string{
		row("shipped, the open set", small, "50 µs, 200 µs, 60"),
		row("10⁴ names, 10⁶ figures", large, "150 µs, 600 µs"),
		row("the same, a growth", clean, ""),
		row("the same, with a typo", typos, fmt.Sprintf("3× a clean one: %.1f×", float64(typos.p50)/float64(clean.p50))),
	})
	return nil
}

// floor sets the engine beside what a question could not do without: a look-up of a name that is known already, and a phrase query of the search library.
func (b *bench) floor() error {
	o := synthetic.Options{Names: 10_000, Observations: 100_000, Seed: 1}
	m := o.Model()
	index, err := bleve.NewMemOnly(bleve.NewIndexMapping())
	if err != nil {
		return err
	}
	defer index.Close()
	batch := index.NewBatch()
	names := map[string]string{}
	for _, i := range m.Indicators {
		if err := batch.Index(i.ID, map[string]string{"name": i.Name["vi"]}); err != nil {
			return err
		}
		names[strings.ToLower(i.Name["vi"])] = i.ID
	}
	if err := index.Batch(batch); err != nil {
		return err
	}
	d, err := world(o)
	if err != nil {
		return err
	}
	var name []string
	for n := 0; n < len(m.Indicators); n += 97 {
		name = append(name, m.Indicators[n].Name["vi"])
	}
	found := 0
	time1 := func(rounds int, do func(name string)) timed {
		var p50, p99 []time.Duration
		var allocs, bytes []float64
		for range runs {
			var before, after runtime.MemStats
			took := make([]time.Duration, 0, rounds*len(name))
			runtime.ReadMemStats(&before)
			for range rounds {
				for _, n := range name {
					start := time.Now()
					do(n)
					took = append(took, time.Since(start))
				}
			}
			runtime.ReadMemStats(&after)
			n := float64(len(took))
			allocs, bytes = append(allocs, float64(after.Mallocs-before.Mallocs)/n), append(bytes, float64(after.TotalAlloc-before.TotalAlloc)/n)
			slices.Sort(took)
			p50, p99 = append(p50, quantile(took, 0.5)), append(p99, quantile(took, 0.99))
		}
		return timed{median(p50), median(p99), median(allocs), median(bytes)}
	}
	lookup := time1(50, func(n string) {
		if names[strings.ToLower(n)] != "" {
			found++
		}
	})
	phrase := time1(5, func(n string) {
		q := bleve.NewMatchPhraseQuery(n)
		q.SetField("name")
		if r, err := index.Search(bleve.NewSearchRequest(q)); err == nil && r.Total > 0 {
			found++
		}
	})
	whole := time1(5, func(n string) {
		_ = d.Ask(desk.Question{Text: n + " Nghệ An năm 2016 là bao nhiêu?", Now: time.Date(2021, 8, 1, 0, 0, 0, 0, time.UTC)}).Text()
	})
	if found == 0 {
		return fmt.Errorf("nothing was found")
	}
	row := func(what string, t timed) []string {
		return []string{what, micro(t.p50), micro(t.p99), fmt.Sprintf("%.0f", t.allocs), fmt.Sprintf("%.1f kB", t.bytes/1e3), fmt.Sprintf("%.2f×", float64(t.p50)/float64(phrase.p50))}
	}
	b.table("Against the floor: 10⁴ names", []string{"", "median", "p99", "allocations", "bytes", "of a phrase query"}, [][]string{
		row("a look-up of the whole name, lower case", lookup), row("one phrase query of bleve", phrase), row("one question, text to text", whole)})
	return nil
}
