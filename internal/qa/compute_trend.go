package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
)

// trend is the series of a line: for each period the realised figure, else the plan; beside them the plans of the realised periods and
// the growth that the source states.
func (c *computation) trend(l line) (o outcome) {
	for _, p := range c.stretch(l) {
		c.trendAt(&o, l, p)
	}
	if !o.ok() {
		first := period.Period{}
		if len(c.q.Periods) > 0 {
			first = c.q.Periods[0]
		}
		return outcome{lacks: []Lack{c.lack(LackPeriod, l, first)}, alternatives: c.nearest(l, first)}
	}
	o.warnings = append(o.warnings, c.breaksWithin(l, o.asked)...)
	return o
}

// trendAt adds one period of a series.
func (c *computation) trendAt(o *outcome, l line, p period.Period) {
	realised, ok := l.realised(p)
	if ok && c.q.Measure != facts.Plan {
		o.asked = append(o.asked, c.figure(Value, realised))
		o.company = append(o.company, c.rivalResults(realised)...)
		o.company = append(o.company, c.plansOf(l, p)...)
	} else if plans := c.plansOf(l, p); len(plans) > 0 && !c.q.Realised {
		o.asked = append(o.asked, plans...)
	} else {
		return
	}
	if l.ind.Kind == facts.Index {
		return
	}
	if g := l.grownAt(p, p.AddYears(-1), !ok || c.q.Measure == facts.Plan, c.q.AssignedBy); g.hasClaim {
		grown := c.outcomeOf(g)
		o.company = append(append(o.company, grown.asked...), grown.company...)
		o.warnings = append(o.warnings, grown.warnings...)
	}
}

// breaksWithin are the warnings of the breaks that a series crosses.
func (c *computation) breaksWithin(l line, series []Result) []Warning {
	k := check{facts: c.facts}
	run := monthsOf(series[0].Period)
	run.widen(series[len(series)-1].Period)
	k.between(l.ind.ID, l.area, run, &series[0])
	return k.warnings
}

// stretch are the stored periods of a line that a series is asked for: within those named, of the shape asked for, the last few.
func (c *computation) stretch(l line) []period.Period {
	within, exact := period.Period{}, []period.Period(nil)
	switch {
	case len(c.q.Periods) >= 2 && (c.q.Range || c.q.AllPeriods && len(c.q.Periods) == 2):
		within = covering(c.q.Periods[0], c.q.Periods[1])
	case len(c.q.Periods) >= 2:
		exact = c.q.Periods
	case len(c.q.Periods) == 1:
		within = c.q.Periods[0]
	}
	shape := c.q.Step
	if shape == period.None && exact == nil {
		shape = c.commonShape(l, within)
	}
	var list []period.Period
	for _, p := range l.series.Periods() {
		switch {
		case exact != nil && !slices.Contains(exact, p), !within.IsZero() && !within.Contains(p), shape != period.None && !inSeries(p, shape):
		default:
			list = append(list, p)
		}
	}
	if c.q.Last > 0 && len(list) > c.q.Last {
		list = list[len(list)-c.q.Last:]
	}
	return list
}

// inSeries reports whether a period belongs to a series of a shape. A cumulative series runs through the quarter and the half too.
func inSeries(p period.Period, shape period.Shape) bool {
	if shape == period.Cumulative {
		return p.FirstMonth() == 1 && p.Len() <= 12
	}
	return p.Shape() == shape
}

// commonShape is the shape of a line's series: years where there are two, else the shape with the most realised figures, at least two;
// else None, whatever there is.
func (c *computation) commonShape(l line, within period.Period) period.Shape {
	var realised [period.Run + 1]int
	years := 0
	periods := l.series.Periods()
	if !within.IsZero() {
		periods = l.series.Ending(within)
	}
	for _, p := range slices.Backward(periods) {
		if !within.IsZero() && (!within.Contains(p) || within == p) {
			continue
		}
		_, is := l.realised(p)
		_, planned := l.plan(p, "")
		if is {
			realised[p.Shape()]++
		}
		if p.Shape() == period.Year && (is || planned) {
			if years++; years == 2 {
				return period.Year
			}
		}
	}
	best := period.None
	for _, shape := range []period.Shape{period.Month, period.Quarter, period.Half, period.Cumulative, period.Span, period.Run} {
		if realised[shape] >= 2 && realised[shape] > realised[best] {
			best = shape
		}
	}
	return best
}
