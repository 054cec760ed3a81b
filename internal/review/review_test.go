package review

import (
	"slices"
	"testing"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

var older, newer = &facts.Source{ID: "older", Title: "Older", Date: "2020-12-28"}, &facts.Source{ID: "newer", Title: "Newer", Date: "2021-02-28"}

func amount(v string) quantity.Quantity {
	n, d, err := quantity.ParseNumber(v)
	if err != nil {
		panic(err)
	}
	return quantity.Quantity{Number: n, Unit: "USD", Mult: 6, Decimals: d}
}

func observed(year int, m facts.Measure, v string, s *facts.Source) facts.Observation {
	return facts.Observation{Indicator: "exports", Area: "a", Period: period.OfYear(year), Measure: m, Value: amount(v), Source: s}
}

func snapshot(os []facts.Observation, cs ...facts.Claim) *facts.Snapshot {
	return facts.NewSnapshot(facts.Model{
		Areas:        []*facts.Area{{ID: "a", Name: facts.Text{"vi": "A"}}},
		Indicators:   []*facts.Indicator{{ID: "exports", Name: facts.Text{"vi": "Xuất khẩu"}, Unit: "USD", Mult: 6, Kind: facts.Flow}},
		Sources:      []*facts.Source{older, newer},
		Observations: os, Claims: cs,
	})
}

var base = []facts.Observation{observed(2019, facts.Actual, "1000", older), observed(2020, facts.Estimate, "1120", older), observed(2020, facts.Plan, "1200", older)}

func with(more ...facts.Observation) []facts.Observation { return append(slices.Clone(base), more...) }

func TestNothingChanged(t *testing.T) {
	if r := Compare(snapshot(base), snapshot(base)); !r.Empty() || len(r.Doubts) != 0 {
		t.Errorf("%+v", r)
	}
}

// What is added one way is removed the other, and what is changed is changed back.
func TestThereAndBack(t *testing.T) {
	changed := with(observed(2021, facts.Plan, "1300", newer))
	changed[1] = observed(2020, facts.Estimate, "1125", older)
	there, back := Compare(snapshot(base), snapshot(changed)), Compare(snapshot(changed), snapshot(base))
	if len(there.Added) != 1 || len(back.Removed) != 1 || there.Added[0].Figure != back.Removed[0].Figure || len(there.Removed) != 0 || len(back.Added) != 0 {
		t.Errorf("added %v, removed %v", there.Added, back.Removed)
	}
	if len(there.Changed) != 1 || len(back.Changed) != 1 || there.Changed[0].New.Cmp(back.Changed[0].Old.Number) != 0 || there.Changed[0].Old.Cmp(back.Changed[0].New.Number) != 0 {
		t.Errorf("changed %v, back %v", there.Changed, back.Changed)
	}
}

// A new figure says what another document gave for the same until now.
func TestOtherDocument(t *testing.T) {
	r := Compare(snapshot(base), snapshot(with(observed(2020, facts.Actual, "1133", newer))))
	if len(r.Added) != 1 || r.Added[0].Before == nil || r.Added[0].Before.Source != older || r.Added[0].Before.Value.Float() != 1120 {
		t.Errorf("%+v", r.Added)
	}
	if r := Compare(snapshot(base), snapshot(with(observed(2020, facts.Estimate, "1120", newer)))); len(r.Added) != 1 || r.Added[0].Before != nil {
		t.Errorf("the same figure again: %+v", r.Added)
	}
}

func TestDoubts(t *testing.T) {
	grown := func(v string) facts.Claim {
		q := amount(v)
		q.Unit, q.Mult = quantity.Percent, 0
		return facts.Claim{Indicator: "exports", Area: "a", Period: period.OfYear(2022), Kind: facts.Growth, Of: facts.Actual, Value: q, Source: newer}
	}
	for name, c := range map[string]struct {
		after *facts.Snapshot
		want  DoubtKind // empty: none of a single figure
	}{
		"as it was":          {snapshot(with(observed(2021, facts.Actual, "1190", newer))), ""},
		"twice":              {snapshot(with(observed(2021, facts.Actual, "2300", newer))), ""},
		"a thousand times":   {snapshot(with(observed(2021, facts.Actual, "1190000", newer))), UnitJump},
		"a thousandth":       {snapshot(with(observed(2021, facts.Actual, "1.19", newer))), UnitJump},
		"a million times":    {snapshot(with(observed(2021, facts.Actual, "1190000000", newer))), UnitJump},
		"ten times":          {snapshot(with(observed(2021, facts.Actual, "11900", newer))), Unlikely},
		"a tenth":            {snapshot(with(observed(2021, facts.Actual, "119", newer))), Unlikely},
		"below zero":         {snapshot(with(observed(2021, facts.Actual, "-1190", newer))), Unlikely},
		"a growth":           {snapshot(base, grown("12.5")), ""},
		"a growth of 640 %":  {snapshot(base, grown("640")), Unlikely},
		"a plan of the year": {snapshot(with(observed(2020, facts.Actual, "1210000", newer))), UnitJump}, // set against the plan of the same year
	} {
		r := Compare(snapshot(base), c.after)
		var got DoubtKind
		for _, d := range r.Doubts {
			if d.Kind != Noticed {
				got = d.Kind
			}
		}
		if got != c.want || (len(r.Doubtful()) > 0) != (c.want != "") {
			t.Errorf("%s: %q, doubtful %v", name, got, r.Doubtful())
		}
	}
}

// Oddities that were there before are no doubts about the change.
func TestOldOddities(t *testing.T) {
	odd := with(observed(2021, facts.Plan, "900", older)) // below what was realised
	if r := Compare(snapshot(odd), snapshot(append(slices.Clone(odd), observed(2018, facts.Actual, "950", newer)))); len(r.Doubts) != 0 {
		t.Errorf("%+v", r.Doubts)
	}
	if r := Compare(snapshot(base), snapshot(odd)); len(r.Doubts) != 1 || r.Doubts[0].Notice == nil || r.Doubts[0].Notice.Code != facts.PlanBelowRealised {
		t.Errorf("%+v", r.Doubts)
	}
}
