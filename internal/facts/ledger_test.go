package facts

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Whatever is added comes back as it was, in its order, and by series, period and document.
func TestLedgerKeeps(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	sources := []*Source{{ID: "old", Date: "2020-01"}, {ID: "new", Date: "2021-03-01"}, {ID: "undated"}, nil}
	values := []quantity.Number{
		quantity.Int(0), quantity.Int(-7), quantity.MustNumber("93.33"), quantity.MustNumber("123456789012345678901234567890"), quantity.MustNumber("0.000000000000000001"),
		quantity.Int(math.MinInt64), quantity.Int(math.MaxInt64),
	}
	third, _ := quantity.Int(1).Quo(quantity.Int(3))
	values = append(values, third)
	notes := []Text{nil, {"vi": "sơ bộ"}, {"vi": "sơ bộ", "en": "preliminary"}}
	var m Model
	var added []Observation
	for i := range 5000 {
		o := Observation{
			Indicator: string(rune('a' + r.IntN(4))), Area: string(rune('A' + r.IntN(3))), Period: period.OfMonth(2018+r.IntN(3), 1+r.IntN(12)), Measure: Measure(1 + r.IntN(4)),
			Value:  quantity.Quantity{Number: values[r.IntN(len(values))].Add(quantity.Int(0)), Unit: []quantity.Unit{"t", "USD"}[r.IntN(2)], Mult: r.IntN(10), Decimals: r.IntN(4) - 1},
			Source: sources[r.IntN(len(sources))], Locator: []string{"", "tr. 3"}[r.IntN(2)], AssignedBy: []string{"", "HĐND"}[r.IntN(2)], Note: notes[r.IntN(len(notes))],
			At: Place{"f.csv", i + 1},
		}
		if i%500 == 0 {
			o.Value.Mult = 300
		}
		added = append(added, o)
		m.Add(o)
	}
	s := NewSnapshot(m)
	kept := slices.Collect(s.Observations())
	at := map[int]Observation{}
	for _, o := range kept {
		at[o.At.Line] = o
	}
	if !slices.IsSortedFunc(kept, func(a, b Observation) int { return a.At.Line - b.At.Line }) || len(kept) != s.ObservationCount() {
		t.Error("not in the order of the documents")
	}
	for _, o := range added {
		if got, ok := at[o.At.Line]; ok {
			if !reflect.DeepEqual(got, o) {
				t.Fatalf("line %d is %+v, was %+v", o.At.Line, got, o)
			}
			continue
		}
		if !slices.ContainsFunc(kept, func(k Observation) bool { // left out: said already
			c, err := quantity.Cmp(k.Value, o.Value)
			return k.Indicator == o.Indicator && k.Area == o.Area && k.Period == o.Period && k.Measure == o.Measure && k.Source == o.Source &&
				k.AssignedBy == o.AssignedBy && k.At.Line < o.At.Line && err == nil && c == 0
		}) {
			t.Fatalf("line %d is lost", o.At.Line)
		}
	}
	if len(kept) == len(added) {
		t.Error("the test wants repetitions")
	}
	n := 0
	for _, i := range []string{"a", "b", "c", "d"} {
		for _, a := range []string{"A", "B", "C"} {
			sr := s.Series(i, a)
			if !slices.IsSortedFunc(sr.Periods(), period.Compare) {
				t.Error("periods out of order")
			}
			for _, p := range sr.Periods() {
				os := sr.Observations(p)
				n += len(os)
				if !slices.IsSortedFunc(os, func(a, b Observation) int { return -compareDates(a, b) }) {
					t.Error("an older document stands before a newer one")
				}
			}
		}
	}
	if n != len(kept) {
		t.Errorf("%d observations in the series, %d in all", n, len(kept))
	}
}

func compareDates(a, b Observation) int {
	switch x, y := a.Source.date(), b.Source.date(); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// A shelf that is full is emptied, and what is asked for stands on it again.
func TestShelfIsEmptied(t *testing.T) {
	var m Model
	for i := range 300 {
		for y := range 1000 {
			m.Add(Observation{Indicator: string(rune('a' + i)), Area: "A", Period: period.OfYear(1000 + y), Measure: Actual, Value: quantity.Quantity{Number: quantity.Int(int64(i*1000 + y))}})
		}
	}
	s := NewSnapshot(m)
	for range 2 {
		for i := range 300 {
			if os := s.Series(string(rune('a'+i)), "A").Observations(period.OfYear(1007)); len(os) != 1 || os[0].Value.Cmp(quantity.Int(int64(i*1000+7))) != 0 {
				t.Fatalf("series %d: %v", i, os)
			}
			for y := range 1000 {
				s.Series(string(rune('a'+i)), "A").Observations(period.OfYear(1000 + y))
			}
			if held := s.shelf.held.Load(); held > shelved {
				t.Fatalf("%d bytes stand ready", held)
			}
		}
	}
}
