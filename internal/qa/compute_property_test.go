package qa

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// amount draws a positive figure: as a fraction of its own for the calculation beside, and as a quantity in VND.
func amount(t *rapid.T, label string) (*big.Rat, quantity.Quantity) {
	whole, frac := rapid.IntRange(0, 999999).Draw(t, label), rapid.IntRange(0, 99).Draw(t, label+" decimals")
	if whole == 0 && frac == 0 {
		whole = 1
	}
	text := fmt.Sprintf("%d.%02d", whole, frac)
	r, _ := new(big.Rat).SetString(text)
	n, decimals, _ := quantity.ParseNumber(text)
	return r.Mul(r, big.NewRat(1e9, 1)), quantity.Quantity{Number: n, Unit: "VND", Mult: 9, Decimals: decimals}
}

// rewritten is the same amount with another multiplier.
func rewritten(t *rapid.T, q quantity.Quantity) quantity.Quantity {
	out, err := quantity.Convert(q, q.Unit, rapid.SampledFrom([]int{0, 3, 6, 9, 12}).Draw(t, "multiplier"))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rat is a result's value in base units, by way of its text.
func rat(t *rapid.T, q quantity.Quantity) *big.Rat {
	r, ok := new(big.Rat).SetString(q.Full().String())
	if !ok {
		t.Fatalf("%s is no number", q)
	}
	return r
}

var propertySource = &facts.Source{ID: "d", Date: "2021-01-01"}

// snapshotOf makes a snapshot of observations of flows in one area; "b.…" is a part of "b".
func snapshotOf(obs []facts.Observation, claims ...facts.Claim) *facts.Snapshot {
	m := facts.Model{DefaultArea: "x", Areas: []*facts.Area{{ID: "x", Name: facts.Text{"vi": "x"}}}, Sources: []*facts.Source{propertySource}, Claims: claims}
	for i := range obs {
		o := &obs[i]
		o.Area, o.Source = "x", propertySource
		if !slices.ContainsFunc(m.Indicators, func(ind *facts.Indicator) bool { return ind.ID == o.Indicator }) {
			ind := &facts.Indicator{ID: o.Indicator, Name: facts.Text{"vi": o.Indicator}, Unit: "VND", Mult: 9, Kind: facts.Flow}
			if len(o.Indicator) > 2 {
				ind.PartOf = o.Indicator[:1]
			}
			m.Indicators = append(m.Indicators, ind)
		}
	}
	m.Observations = obs
	return facts.NewSnapshot(m)
}

func first(t *rapid.T, a Answer) Result {
	if a.Status != Answered || len(a.Results) == 0 {
		t.Fatalf("%s: %v", a.Status, printAnswer(a))
	}
	return a.Results[0]
}

func TestAttainmentTimesPlanIsRealised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := period.OfYear(2020)
		realised, rq := amount(t, "realised")
		plan, pq := amount(t, "plan")
		s := snapshotOf([]facts.Observation{
			{Indicator: "a", Period: year, Measure: facts.Estimate, Value: rewritten(t, rq)},
			{Indicator: "a", Period: year, Measure: facts.Plan, Value: rewritten(t, pq)},
		})
		a := Compute(s, Query{Op: Attainment, Indicators: []string{"a"}}, time.Time{})
		att := rat(t, first(t, a).Value)
		if got := new(big.Rat).Mul(att, plan); got.Quo(got, big.NewRat(100, 1)).Cmp(realised) != 0 {
			t.Fatalf("attainment %s × plan %s is not %s", att, plan, realised)
		}
		gap := first(t, Compute(s, Query{Op: Gap, Indicators: []string{"a"}}, time.Time{}))
		if want := new(big.Rat).Sub(plan, realised); rat(t, gap.Value).Cmp(want) != 0 || gap.Measure != "gap" {
			t.Fatalf("gap %s, want %s", gap.Value, want)
		}
	})
}

func TestGrowthAndBackcastUndoEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now, nq := amount(t, "now")
		then, tq := amount(t, "then")
		levels := []facts.Observation{
			{Indicator: "a", Period: period.OfYear(2019), Measure: facts.Actual, Value: rewritten(t, tq)},
			{Indicator: "a", Period: period.OfYear(2020), Measure: facts.Actual, Value: rewritten(t, nq)},
		}
		g := first(t, Compute(snapshotOf(levels), Query{Op: Growth, Indicators: []string{"a"}, Periods: []period.Period{period.OfYear(2020)}}, time.Time{}))
		want := new(big.Rat).Quo(now, then)
		want.Sub(want, big.NewRat(1, 1)).Mul(want, big.NewRat(100, 1))
		if rat(t, g.Value).Cmp(want) != 0 {
			t.Fatalf("growth %s, want %s", g.Value, want)
		}
		claim := facts.Claim{Indicator: "a", Area: "x", Period: period.OfYear(2020), Kind: facts.Growth, Of: facts.Actual, Value: g.Value, Source: propertySource}
		back := first(t, Compute(snapshotOf(levels[1:], claim), Query{Op: Value, Indicators: []string{"a"}, Periods: []period.Period{period.OfYear(2019)}}, time.Time{}))
		if back.Measure != "backcast" || back.Basis != Derived || rat(t, back.Value).Cmp(then) != 0 {
			t.Fatalf("back-cast %s %s, want %s", back.Measure, back.Value, then)
		}
	})
}

func TestPartsAndRemainderMakeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := period.OfYear(2020)
		parts := new(big.Rat)
		var obs []facts.Observation
		ids := []string{"b"}
		total := quantity.Quantity{Number: quantity.Int(0), Unit: "VND", Mult: 9}
		for i := range rapid.IntRange(1, 5).Draw(t, "parts") {
			r, q := amount(t, fmt.Sprint("part ", i))
			parts.Add(parts, r)
			total, _ = quantity.Add(total, q)
			id := fmt.Sprintf("b.%d", i)
			ids = append(ids, id)
			obs = append(obs, facts.Observation{Indicator: id, Period: year, Measure: facts.Actual, Value: rewritten(t, q)})
		}
		rest, rq := amount(t, "rest")
		whole, _ := quantity.Add(total, rq)
		obs = append([]facts.Observation{{Indicator: "b", Period: year, Measure: facts.Actual, Value: rewritten(t, whole)}}, obs...)
		s := snapshotOf(obs)
		for _, indicators := range [][]string{{"b"}, ids, ids[1:]} {
			r := first(t, Compute(s, Query{Op: Remainder, Indicators: indicators, Periods: []period.Period{year}}, time.Time{}))
			if rat(t, r.Value).Cmp(rest) != 0 {
				t.Fatalf("remainder of %v is %s, want %s", indicators, r.Value, rest)
			}
		}
		shares := new(big.Rat)
		for _, id := range ids[1:] {
			shares.Add(shares, rat(t, first(t, Compute(s, Query{Op: Share, Indicators: []string{id}}, time.Time{})).Value))
		}
		want := new(big.Rat).Quo(parts, new(big.Rat).Add(parts, rest))
		if shares.Cmp(want.Mul(want, big.NewRat(100, 1))) != 0 {
			t.Fatalf("shares add up to %s, want %s", shares, want)
		}
	})
}

func TestMonthsMakeTheYearAndComeBackOutOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var months []facts.Observation
		var cumulative []facts.Observation
		sum := new(big.Rat)
		so := quantity.Quantity{Number: quantity.Int(0), Unit: "VND", Mult: 9}
		values := make([]*big.Rat, 12)
		for i := range 12 {
			r, q := amount(t, fmt.Sprint("month ", i+1))
			values[i] = r
			sum.Add(sum, r)
			so, _ = quantity.Add(so, q)
			months = append(months, facts.Observation{Indicator: "a", Period: period.OfMonth(2020, i+1), Measure: facts.Actual, Value: rewritten(t, q)})
			cumulative = append(cumulative, facts.Observation{Indicator: "a", Period: period.Cumul(2020, i+1), Measure: facts.Actual, Value: rewritten(t, so)})
		}
		year := Query{Op: Value, Indicators: []string{"a"}, Periods: []period.Period{period.OfYear(2020)}}
		if r := first(t, Compute(snapshotOf(months), year, time.Time{})); rat(t, r.Value).Cmp(sum) != 0 || r.Basis != Derived {
			t.Fatalf("the months give %s, want %s", r.Value, sum)
		}
		missing := rapid.IntRange(0, 11).Draw(t, "missing month")
		without := append(slices.Clone(months[:missing]), months[missing+1:]...)
		if a := Compute(snapshotOf(without), year, time.Time{}); a.Status == Answered && a.Results[0].Period == period.OfYear(2020) {
			t.Fatalf("a month is missing, and still the year is %v", printAnswer(a))
		}
		s := snapshotOf(cumulative)
		for i := range 12 {
			q := year
			q.Periods = []period.Period{period.OfMonth(2020, i+1)}
			if r := first(t, Compute(s, q, time.Time{})); rat(t, r.Value).Cmp(values[i]) != 0 {
				t.Fatalf("month %d is %s, want %s", i+1, r.Value, values[i])
			}
		}
	})
}

func TestRankingDoesNotDependOnHowFiguresAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type one struct {
			id string
			r  *big.Rat
		}
		var want []one
		var obs []facts.Observation
		for i := range rapid.IntRange(2, 6).Draw(t, "indicators") {
			r, q := amount(t, fmt.Sprint("value ", i))
			id := string(rune('a' + i))
			want = append(want, one{id, r})
			obs = append(obs, facts.Observation{Indicator: id, Period: period.OfYear(2020), Measure: facts.Actual, Value: rewritten(t, q)})
		}
		slices.SortStableFunc(want, func(a, b one) int { return b.r.Cmp(a.r) })
		a := Compute(snapshotOf(obs), Query{Op: Rank, By: Value}, time.Time{})
		for i, w := range want {
			if a.Results[i].Indicator != w.id {
				t.Fatalf("place %d is %s, want %s: %v", i+1, a.Results[i].Indicator, w.id, printAnswer(a))
			}
		}
	})
}

// TestComputeHoldsItsPromises asks anything of anything: whatever the query, there is an answer in order.
func TestComputeHoldsItsPromises(t *testing.T) {
	ops := []Op{Value, Attainment, Gap, Growth, Change, RequiredGrowth, Pace, Share, Remainder, Ratio, Total, Average, CountOf, Rank, List, Filter,
		Backcast, Convert, Trend, ProjectFacts, StatementOf, SourceOf, Verify, Explain, Define, Coverage, WhatIf, Contribution, Help, "", "nonsense"}
	rapid.Check(t, func(t *rapid.T) {
		s := anyFacts(t)
		q := anyQuery(t, ops)
		a := Compute(s, q, time.Time{})
		lines := printAnswer(a)
		companyFrom := len(a.Results)
		for i, r := range a.Results {
			if r.Company {
				companyFrom = min(companyFrom, i)
			} else if i > companyFrom {
				t.Fatalf("what was asked stands behind company: %q", lines)
			}
			if r.Alternative != (a.Status == NoData) {
				t.Fatalf("%s, but alternative is %v: %q", a.Status, r.Alternative, lines)
			}
			if r.HasValue && r.Value.Unit == "" {
				t.Fatalf("a value without a unit: %q", lines)
			}
			if r.HasValue && r.Basis == "" {
				t.Fatalf("a value without a basis: %q", lines)
			}
		}
		if a.Status == NoData && len(a.Lacks) == 0 && len(a.Results) == 0 {
			t.Fatalf("%+v: no data, and nobody knows what is lacking: %q", q, lines)
		}
		if a.Status == NoData && a.Available == nil {
			t.Fatalf("no data, and nothing said of what there is: %q", lines)
		}
		if len(a.Sources) > 0 && len(a.Results) == 0 {
			t.Fatalf("sources of nothing: %q", lines)
		}
		for i, w := range a.Warnings {
			if slices.ContainsFunc(a.Warnings[:i], func(had Warning) bool { return sameWarning(had, w) }) {
				t.Fatalf("a warning twice: %q", lines)
			}
		}
		again := printAnswer(Compute(s, q, time.Time{}))
		if !slices.Equal(lines, again) {
			t.Fatalf("two answers to one question: %q and %q", lines, again)
		}
		b := Compute(s, anyQuery(t, ops), time.Time{})
		if m := Merge([]Answer{a, b}); (m.Status == Answered) != (a.Status == Answered || b.Status == Answered) || len(m.Parts) != 2 {
			t.Fatalf("merged %s and %s to %s", a.Status, b.Status, m.Status)
		}
	})
}

func anyPeriod(t *rapid.T) period.Period {
	year := rapid.IntRange(2019, 2021).Draw(t, "year")
	switch rapid.IntRange(0, 5).Draw(t, "shape") {
	case 0:
		return period.OfMonth(year, rapid.IntRange(1, 12).Draw(t, "month"))
	case 1:
		return period.OfQuarter(year, rapid.IntRange(1, 4).Draw(t, "quarter"))
	case 2:
		return period.Cumul(year, rapid.IntRange(1, 12).Draw(t, "months"))
	case 3:
		return period.Years(year, year+rapid.IntRange(0, 4).Draw(t, "years"))
	}
	return period.OfYear(year)
}

var propertyIndicators, propertyAreas = []string{"a", "b", "b.1", "b.2", "c", "d", "e"}, []string{"x", "y", "z"}

func anyFacts(t *rapid.T) *facts.Snapshot {
	kinds := []facts.Kind{facts.Flow, facts.Flow, facts.Flow, facts.Flow, facts.Index, facts.Rate, facts.Stock}
	m := facts.Model{DefaultArea: rapid.SampledFrom([]string{"", "x"}).Draw(t, "default"), Sources: []*facts.Source{propertySource, {ID: "e", Date: "2021-06-01"}, {ID: "f", Date: "2021-06"}}}
	for i, id := range propertyAreas {
		a := &facts.Area{ID: id, Name: facts.Text{"vi": id}}
		if i > 0 {
			a.PartOf = rapid.SampledFrom([]string{"", "x"}).Draw(t, "part of")
			a.Breaks = []facts.Break{{At: period.OfMonth(2020, 7)}}
		}
		m.Areas = append(m.Areas, a)
	}
	for i, id := range propertyIndicators {
		ind := &facts.Indicator{ID: id, Name: facts.Text{"vi": id}, Kind: kinds[i], Unit: "VND", Mult: 9}
		if kinds[i] == facts.Index || kinds[i] == facts.Rate {
			ind.Unit, ind.Mult = quantity.Percent, 0
		}
		if len(id) > 2 {
			ind.PartOf = id[:1]
		}
		m.Indicators = append(m.Indicators, ind)
	}
	for range rapid.IntRange(0, 40).Draw(t, "figures") {
		ind := rapid.SampledFrom(m.Indicators).Draw(t, "indicator")
		value := quantity.Quantity{Number: quantity.Int(int64(rapid.IntRange(0, 40).Draw(t, "value"))), Unit: ind.Unit, Mult: ind.Mult}
		area, p := rapid.SampledFrom(propertyAreas).Draw(t, "area"), anyPeriod(t)
		source := rapid.SampledFrom(m.Sources).Draw(t, "source")
		measure := facts.Measure(rapid.IntRange(1, 4).Draw(t, "measure"))
		if rapid.IntRange(0, 3).Draw(t, "claim") == 0 || ind.Kind == facts.Index {
			value.Unit, value.Mult = quantity.Percent, 0
			m.Claims = append(m.Claims, facts.Claim{Indicator: ind.ID, Area: area, Period: p, Of: facts.Measure(rapid.IntRange(0, 4).Draw(t, "of")),
				Kind: facts.ClaimKind(rapid.IntRange(1, 4).Draw(t, "kind")), Value: value, Source: source})
			continue
		}
		m.Observations = append(m.Observations, facts.Observation{Indicator: ind.ID, Area: area, Period: p, Measure: measure, Value: value, Source: source,
			AssignedBy: rapid.SampledFrom([]string{"", "", "t", "u"}).Draw(t, "assigned")})
	}
	for i, unit := range []quantity.Unit{"t/year", "t/day", "item/year", ""} {
		p := &facts.Project{ID: fmt.Sprint("p", i), Name: facts.Text{"vi": "p"}, Source: propertySource, OpenList: i == 3}
		if unit != "" {
			p.Capacity = &quantity.Quantity{Number: quantity.Int(int64(i * 100)), Unit: unit, Decimals: 0}
		}
		m.Projects = append(m.Projects, p)
	}
	m.Statements = []*facts.Statement{{ID: "s", Kind: facts.Cause, Text: facts.Text{"vi": "s"}, Indicators: []string{"a"}, Source: propertySource}}
	return facts.NewSnapshot(m)
}

func anyQuery(t *rapid.T, ops []Op) Query {
	few := func(ids []string, label string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, 4, rapid.ID[string]).Draw(t, label)
	}
	q := Query{Op: rapid.SampledFrom(ops).Draw(t, "op"), Indicators: few(append([]string{"gone"}, propertyIndicators...), "indicators"),
		Areas: few(append([]string{"gone"}, propertyAreas...), "areas"), Of: rapid.SampledFrom(ops).Draw(t, "of"), By: rapid.SampledFrom(ops).Draw(t, "by"),
		Over: Over(rapid.IntRange(0, 5).Draw(t, "over")), Measure: facts.Measure(rapid.IntRange(0, 4).Draw(t, "measure")),
		Per: period.Shape(rapid.IntRange(0, 7).Draw(t, "per")), Step: period.Shape(rapid.IntRange(0, 7).Draw(t, "step")),
		YesNo: Verdict(rapid.IntRange(0, 8).Draw(t, "yes")), Field: Field(rapid.IntRange(0, 9).Draw(t, "field")), Top: rapid.IntRange(0, 2).Draw(t, "top")}
	for range rapid.IntRange(0, 3).Draw(t, "periods") {
		q.Periods = append(q.Periods, anyPeriod(t))
	}
	flags := rapid.Uint8().Draw(t, "flags")
	q.Readings, q.AllPeriods, q.Range, q.Realised = flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0
	q.Least, q.Parts, q.HasUnit = flags&16 != 0, flags&32 != 0, flags&64 != 0
	if q.HasUnit {
		q.Unit = rapid.SampledFrom([]quantity.Unit{"", "VND", "USD", "t/year", "percent"}).Draw(t, "unit")
	}
	n := quantity.Quantity{Number: quantity.Int(int64(rapid.IntRange(-200, 200).Draw(t, "number"))), Unit: rapid.SampledFrom([]quantity.Unit{"", "VND", "percent", "t/day"}).Draw(t, "number's unit")}
	switch rapid.IntRange(0, 4).Draw(t, "extra") {
	case 0:
		q.Claimed, q.Assumed = &n, &n
	case 1:
		q.Limit = &Limit{Cmp: Cmp(rapid.IntRange(1, 6).Draw(t, "cmp")), Than: n, To: n, Plan: flags&128 != 0}
	case 2:
		q.Premise = &Premise{Verdict: Verdict(rapid.IntRange(0, 8).Draw(t, "verdict")), Ref: Ref{Indicator: rapid.SampledFrom(append([]string{""}, propertyIndicators...)).Draw(t, "premise")}}
	case 3:
		for range 2 {
			r := Ref{Indicator: rapid.SampledFrom(propertyIndicators).Draw(t, "of pair"), Measure: facts.Measure(rapid.IntRange(0, 4).Draw(t, "measure"))}
			if rapid.Bool().Draw(t, "period said") {
				r.Period = anyPeriod(t)
			}
			q.Pair = append(q.Pair, r)
		}
		q.Base = Base{Kind: BaseKind(rapid.IntRange(0, 4).Draw(t, "base")), Period: anyPeriod(t)}
	case 4:
		q.Unknown = []Unknown{{Kind: UnknownKind(rapid.IntRange(0, 4).Draw(t, "unknown")), Text: "?"}}
	}
	return q
}

func BenchmarkComputeAttainment(b *testing.B) {
	year := period.OfYear(2020)
	v := func(n int64) quantity.Quantity {
		return quantity.Quantity{Number: quantity.Int(n), Unit: "VND", Mult: 9}
	}
	s := snapshotOf([]facts.Observation{{Indicator: "a", Period: year, Measure: facts.Estimate, Value: v(1120)}, {Indicator: "a", Period: year, Measure: facts.Plan, Value: v(1200)}})
	q := Query{Op: Attainment, Indicators: []string{"a"}, Areas: []string{"x"}, Periods: []period.Period{year}}
	b.ReportAllocs()
	for b.Loop() {
		Compute(s, q, time.Time{})
	}
}
