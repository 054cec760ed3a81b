package reply

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

func TestHTMLSaysWhatTextSays(t *testing.T) {
	p := newPrinter(t)
	for _, lang := range languages {
		for _, n := range everything(lang) {
			text := p.Write(n.a).Text()
			if text == "" || plain(text) != text || strings.Contains(text, "<no value>") || strings.Contains(text, "  ") {
				t.Errorf("%s %s: %q", lang, n.name, text)
			}
			checkHTML(t, p.Write(n.a).HTML(), text)
		}
	}
}

var numberPattern = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// figuresOf are the numbers that a reply may show: those of results and of their inputs in the JSON, and those of the question.
func figuresOf(p *Printer, lang string, a qa.Answer, object map[string]any) map[string]bool {
	allowed := map[string]bool{}
	allow := func(s string) {
		for _, n := range numberPattern.FindAllString(s, -1) {
			allowed[n] = true
		}
	}
	amount := func(q quantity.Quantity) { allow(p.amount(lang, size(q))); allow(p.exact(lang, size(q))) }
	// A number of the JSON is matched by value: its shortest digits, and those at two decimals.
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if f, ok := v["value"].(float64); ok {
				exact, _ := json.Marshal(math.Abs(f))
				if n, _, err := quantity.ParseNumber(string(exact)); err == nil {
					unit, _ := v["unit"].(string)
					mult, _ := v["mult"].(float64)
					for _, d := range []int{0, 1, 2, 3, 4, 5, 6, quantity.Computed} {
						amount(quantity.Quantity{Number: n, Unit: quantity.Unit(unit), Mult: int(mult), Decimals: d})
					}
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(object["results"])
	for _, q := range []*quantity.Quantity{a.Query.Claimed, a.Query.Assumed} {
		if q != nil {
			amount(*q)
		}
	}
	// Periods, dates, names, quotes and named constants are no figures.
	w := &writer{Printer: p, lang: lang}
	ps := []period.Period{}
	for _, r := range a.Results {
		ps = append(ps, r.Period, r.BasePeriod)
		for _, in := range r.Inputs {
			ps = append(ps, in.Period)
		}
		allow(r.Name.In(lang))
		allow(r.Text.In(lang))
		if r.Details != nil {
			allow(w.status(r.Details))
		}
	}
	for _, n := range a.Notes {
		ps = append(ps, n.Period, n.Base)
		if n.Code == qa.NotePeriodsLeft {
			allow(w.note(&a, n))
		}
	}
	for _, l := range a.Lacks {
		ps = append(ps, l.Period)
	}
	for _, k := range a.Warnings {
		ps = append(ps, k.Period)
		for _, in := range []*qa.Input{k.Plan, k.Realised} {
			if in != nil {
				ps = append(ps, in.Period)
			}
		}
	}
	if v := a.Available; v != nil {
		ps = append(ps, v.Periods...)
		for _, d := range v.Documents {
			allow(w.source(d))
		}
		allow(date(lang, v.Updated))
	}
	for _, at := range ps {
		allow(w.period(at))
		allow(w.period(period.OfYear(at.Year())))
	}
	for _, o := range a.Options {
		allow(o.Text)
	}
	for _, s := range a.Sources {
		allow(w.source(s) + s.URL)
	}
	for _, r := range a.Results {
		allow(r.Locator)
	}
	allow("365")
	if a.Op == qa.Explain {
		allow("1 100")
	}
	return allowed
}

var rankMark = regexp.MustCompile(`(?m)^\d+\. `)

// Every figure in the text is in the results, an input of one, or in the question.
func TestEveryFigureOfTheTextIsInTheResults(t *testing.T) {
	p := newPrinter(t)
	for _, lang := range languages {
		for _, n := range everything(lang) {
			if len(n.a.Parts) > 0 {
				continue
			}
			var object map[string]any
			if err := json.Unmarshal(p.JSON(n.a), &object); err != nil {
				t.Fatal(err)
			}
			text := rankMark.ReplaceAllString(p.Write(n.a).Text(), "")
			for _, k := range n.a.Warnings { // a claim and its computed twin are both results by the contract
				if k.Stated != nil && k.Computed != nil {
					text = strings.ReplaceAll(text, p.amount(lang, size(*k.Computed)), "")
				}
			}
			allowed := figuresOf(p, lang, n.a, object)
			for _, figure := range numberPattern.FindAllString(text, -1) {
				if !allowed[strings.TrimRight(figure, ".,")] {
					t.Errorf("%s %s: %s is in no result\n%s", lang, n.name, figure, text)
				}
			}
		}
	}
}

func TestJSONKeepsTheContract(t *testing.T) {
	p := newPrinter(t)
	keys := []string{"question", "lang", "status", "operation", "results", "revision", "warnings", "options", "understood", "sources", "text"}
	for _, lang := range languages {
		for _, n := range everything(lang) {
			b := p.JSON(n.a)
			if bytes.ContainsAny(b, "\n") {
				t.Errorf("%s is more than one line", n.name)
			}
			if got := keysOf(t, b); !slices.Equal(got, keys) {
				t.Errorf("%s has keys %v, want %v", n.name, got, keys)
			}
			var object struct {
				Results, Warnings, Options, Sources []map[string]any
				Understood                          map[string]any
				Text                                string
			}
			if err := json.Unmarshal(b, &object); err != nil {
				t.Fatalf("%s: %v", n.name, err)
			}
			if object.Results == nil || object.Warnings == nil || object.Options == nil || object.Sources == nil || object.Understood == nil {
				t.Errorf("%s: a list is null: %s", n.name, b)
			}
			if object.Text != p.Write(n.a).Text() {
				t.Errorf("%s: text %q, want %q", n.name, object.Text, p.Write(n.a).Text())
			}
			for i, r := range n.a.Results {
				got := object.Results[i]
				if f, ok := got["value"].(float64); ok != r.HasValue || ok && f != r.Value.Float() {
					t.Errorf("%s result %d: value %v, want %v", n.name, i, got["value"], r.Value)
				}
				if r.HasValue && (got["unit"] == nil || got["mult"] == nil) {
					t.Errorf("%s result %d: no unit or mult", n.name, i)
				}
			}
			for _, k := range object.Warnings {
				if k["code"] == "" || k["message"] == "" {
					t.Errorf("%s: warning %v", n.name, k)
				}
			}
		}
	}
}

// keysOf are the keys of a JSON object in their order.
func keysOf(t *testing.T, b []byte) []string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var skip json.RawMessage
		if err := d.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// FuzzReply puts hostile names and odd shapes through every way of showing them.
func FuzzReply(f *testing.F) {
	p := newPrinter(f)
	f.Add("Tên <b>", "unit", int64(1120), int8(6), int16(12), uint8(0), true)
	f.Add("\x01\x02", "percent", int64(-5), int8(-3), int16(-7), uint8(9), false)
	ops := append(slices.Clone(operations), "", "new")
	measures := []string{"plan", "estimate", "actual", "assumed", "growth", ""}
	f.Fuzz(func(t *testing.T, name, unit string, n int64, mult int8, months int16, pick uint8, company bool) {
		at := period.OfYear(2020)
		if months > 0 {
			at = period.Cumul(2021, int(months%40))
		}
		op := ops[int(pick)%len(ops)]
		q := quantity.Quantity{Number: quantity.Int(n), Unit: quantity.Unit(unit), Mult: int(mult), Decimals: quantity.Computed}
		r := qa.Result{Op: op, Measure: string(op), Name: facts.Text{"vi": name}, Indicator: "a", Period: at, BasePeriod: at.Prev(), HasValue: n != 0, Value: q, Of: facts.Measure(pick % 5),
			Inputs: []qa.Input{{Name: facts.Text{"en": name}, Value: q, Measure: measures[int(pick)%len(measures)]}, {Indicator: "a", Value: q, Period: at}}}
		if pick%3 == 0 {
			r.Measure, r.Verdict, r.Project, r.Shown = measures[int(pick)%len(measures)], "differs", name, &q
		}
		beside := r
		beside.Company, beside.Measure = company, measures[int(mult&7)%len(measures)]
		for _, lang := range []string{"vi", "en", name} {
			for _, status := range []qa.Status{qa.Answered, qa.NoData, qa.Clarify, qa.NotUnderstood, qa.Helped, ""} {
				a := qa.Answer{Question: name, Lang: lang, Status: status, Op: op, Results: []qa.Result{r, beside}, YesNo: &company, Query: qa.Query{Claimed: &q, Of: op, Field: qa.Field(pick % 12)},
					Notes:     []qa.Note{{Code: qa.NoteAssumed, Value: &q, Period: at}, {Code: qa.NotePeriodsLeft, N: int(n % 50)}},
					Lacks:     []qa.Lack{{Kind: name, Text: name}, {Kind: qa.LackWord, Text: name}},
					Warnings:  []qa.Warning{{Code: name}, {Code: qa.StatedDiffers, Stated: &q, Computed: &q, Of: op}, {Code: qa.Revised}},
					Options:   []qa.Option{{Text: name}},
					Sources:   []qa.SourceRef{{Title: name, Date: name, Locator: name}},
					Slots:     []qa.Slot{{Name: "period", Value: name, From: qa.FromContext}, {Name: name, Value: name}},
					Available: &qa.Available{Indicators: []facts.Text{{"vi": name}}, Periods: []period.Period{at}}}
				text := p.Write(a).Text()
				checkHTML(t, p.Write(a).HTML(), text)
				if text == "" || !json.Valid(p.JSON(a)) {
					t.Errorf("%q: text %q", name, text)
				}
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	p := newPrinter(b)
	c := computed("vi")
	for _, name := range []string{"value", "attainment", "growth-differs", "attainment-all"} {
		a := c[name]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Write(a).Text()
			}
		})
	}
}
