package desk

import (
	"factbot/internal/chart"
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
)

// Chart is the picture that says more than the answer: an indicator over its periods, what was listed beside one another, of several
// indicators how far they reached their plans. It is nil where there are no two figures to be seen.
func (r Reply) Chart() *chart.Chart {
	if len(r.Parts) > 0 || r.Status != qa.Answered {
		return nil
	}
	c, err := guard(r.chart, r.Answer)
	if err != nil {
		r.desk.log.Error("chart not made", "error", err)
		return nil
	}
	return c
}

func (r Reply) chart(a qa.Answer) *chart.Chart {
	var indicators, areas, projects []string
	var periods []period.Period
	levels := true // of different things, of which the attainments are what can be seen beside one another
	for i := range a.Results {
		x := &a.Results[i]
		if x.Company || x.Alternative {
			continue
		}
		levels = levels && isLevel(x.Measure)
		indicators, areas, projects, periods = with(indicators, x.Indicator), with(areas, x.Area), with(projects, x.Project), with(periods, x.Period)
	}
	printer := r.desk.printer
	switch {
	case len(projects) > 0:
		return printer.Beside(a)
	case len(indicators) == 1 && len(areas) == 1, a.Op == qa.Trend && len(areas) > 0:
		return r.overTime(a, indicators, areas)
	case len(indicators) > 1 && len(areas) == 1 && levels:
		q := qa.Query{Op: qa.Rank, Lang: a.Lang, Over: qa.OverIndicators, By: qa.Attainment, Indicators: indicators, Areas: areas, Periods: periods, Parts: true}
		if c := printer.Beside(r.compute(q)); c != nil {
			return c
		}
	}
	return printer.Beside(a)
}

// isLevel reports whether a measure is that of a figure, not of what was computed from some.
func isLevel(measure string) bool {
	for _, m := range []facts.Measure{facts.Plan, facts.Estimate, facts.Preliminary, facts.Actual} {
		if m.String() == measure {
			return true
		}
	}
	return false
}

// overTime is the picture of indicators and areas over all periods of the length asked for.
func (r Reply) overTime(a qa.Answer, indicators, areas []string) *chart.Chart {
	q := qa.Query{Op: qa.Trend, Lang: a.Lang, Indicators: indicators, Areas: areas, AllPeriods: true}
	trend := a
	if a.Op != qa.Trend {
		for i := range a.Results {
			if x := &a.Results[i]; !x.Company && !x.Alternative {
				q.Step = x.Period.Shape()
				break
			}
		}
		trend = r.compute(q)
	}
	var periods []period.Period
	for i := range trend.Results {
		if x := &trend.Results[i]; !x.Company {
			periods = with(periods, x.Period)
		}
	}
	if len(periods) == 0 {
		s := r.desk.Facts().Series(indicators[0], areas[0])
		for _, p := range s.Periods() {
			periods = with(periods, p)
		}
	}
	if len(periods) == 0 {
		return nil
	}
	each := qa.Query{Lang: a.Lang, Indicators: indicators, Areas: areas, Periods: periods}
	each.Op = qa.Attainment
	attained := r.compute(each)
	each.Op = qa.Growth
	return r.desk.printer.OverTime(trend, attained, r.compute(each))
}

// compute answers a query over the current facts.
func (r Reply) compute(q qa.Query) qa.Answer {
	a := qa.Compute(r.desk.Facts(), q, r.desk.chats.clock())
	a.Lang = r.Lang
	return a
}

// with is a list with one more, unless that is empty or there already.
func with[T comparable](list []T, x T) []T {
	var none T
	if x == none {
		return list
	}
	for _, o := range list {
		if o == x {
			return list
		}
	}
	return append(list, x)
}

// Drawn reports whether there may be a Chart, without making it.
func (r Reply) Drawn() bool {
	if len(r.Parts) > 0 || r.Status != qa.Answered {
		return false
	}
	if first := r.first(); first != nil {
		if first.Indicator == "" || first.Area == "" {
			return false
		}
		s, n := r.desk.Facts().Series(first.Indicator, first.Area), 0
		for _, p := range s.Periods() {
			if p.Shape() == first.Period.Shape() {
				n += max(len(s.Observations(p)), min(len(s.Claims(p)), 1))
			}
		}
		return n > 1
	}
	n := 0
	for i := range r.Results {
		if x := &r.Results[i]; !x.Company && !x.Alternative && (x.HasValue && x.Indicator != "" || x.Details != nil && x.Details.Capacity != nil) {
			n++
		}
	}
	return n > 1
}
