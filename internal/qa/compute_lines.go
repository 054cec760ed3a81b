package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
)

// indicators are those asked for, in the order asked; with none named every top-level one, in the order of the catalogue.
func (c *computation) indicators() []*facts.Indicator {
	var list []*facts.Indicator
	for _, id := range c.q.Indicators {
		if ind := c.facts.Indicator(id); ind != nil {
			list = append(list, ind)
		}
	}
	if len(c.q.Indicators) > 0 {
		return list
	}
	for _, ind := range c.facts.Indicators() {
		if c.q.Parts || c.facts.Indicator(ind.PartOf) == nil {
			list = append(list, ind)
		}
	}
	return list
}

// areas are those asked for, else the default one, else all that have figures if they are few. Otherwise it asks which, and ok is false.
func (c *computation) areas(indicators []*facts.Indicator) (areas []string, ok bool) {
	if len(c.q.Areas) > 0 {
		return c.q.Areas, true
	}
	if d := c.facts.DefaultArea(); d != "" {
		return []string{d}, true
	}
	withFigures := c.areasOf(indicators)
	if len(withFigures) > few {
		for _, a := range withFigures {
			c.options = append(c.options, Option{Label: a.Name, Slot: "area", Value: a.ID})
		}
		c.status = Clarify
		return nil, false
	}
	for _, a := range withFigures {
		areas = append(areas, a.ID)
	}
	return areas, true
}

// areasOf are the areas that have a figure of any of the indicators, in the order of the catalogue.
func (c *computation) areasOf(indicators []*facts.Indicator) []*facts.Area {
	var list []*facts.Area
	for _, a := range c.facts.Areas() {
		if slices.ContainsFunc(indicators, func(i *facts.Indicator) bool { return len(c.facts.Series(i.ID, a.ID).Periods()) > 0 }) {
			list = append(list, a)
		}
	}
	return list
}

// lines are the indicators asked for in the areas asked for, indicator by indicator.
func (c *computation) lines() (lines []line, ok bool) {
	indicators := c.indicators()
	areas, ok := c.areas(indicators)
	if !ok {
		return nil, false
	}
	lines = make([]line, 0, len(indicators)*len(areas))
	for _, ind := range indicators {
		for _, area := range areas {
			lines = append(lines, c.line(ind, area))
		}
	}
	return lines, true
}

// lineFunc computes one line for a named period; the zero period stands for the latest that has what is asked.
type lineFunc func(l line, p period.Period) outcome

// periods are those named, each once, or the zero period alone.
func (c *computation) periods() []period.Period {
	if len(c.q.Periods) == 0 {
		return []period.Period{{}}
	}
	for i, p := range c.q.Periods {
		if slices.Contains(c.q.Periods[:i], p) { // said twice
			var each []period.Period
			for _, p := range c.q.Periods {
				if !slices.Contains(each, p) {
					each = append(each, p)
				}
			}
			return each
		}
	}
	return c.q.Periods
}

// perLine computes the lines one by one: indicator by indicator, area by area, period by period. Of the lines that a question did not
// name those that have nothing are passed over.
func (c *computation) perLine(compute lineFunc) {
	if c.q.Readings && len(c.q.Indicators) > few {
		c.askWhich()
		return
	}
	lines, ok := c.lines()
	if !ok {
		return
	}
	named := len(c.q.Indicators) > 0 && !c.q.Readings
	var outcomes []outcome
	answered := 0
	for start := 0; start < len(lines); {
		end := start + 1 // the lines of one indicator
		for end < len(lines) && lines[end].ind == lines[start].ind {
			end++
		}
		var own []outcome
		some := false
		for _, l := range lines[start:end] {
			for _, p := range c.linePeriods(l) {
				o := compute(l, p)
				if named && o.ok() && c.partsBeside() {
					c.beside(&o, l, compute)
				}
				if o.ok() {
					answered++
					some = true
				}
				own = append(own, o)
			}
		}
		if some && len(c.q.Areas) == 0 && end-start > 1 { // areas that nobody named say nothing of what they lack
			own = slices.DeleteFunc(own, func(o outcome) bool { return !o.ok() })
		}
		outcomes = append(outcomes, own...)
		start = end
	}
	c.join(outcomes, named, answered)
}

// linePeriods are the periods to compute for a line: those named, or with AllPeriods the stored ones.
func (c *computation) linePeriods(l line) []period.Period {
	if c.q.AllPeriods && c.q.Op != Trend {
		if stored := c.stretch(l); len(stored) > 0 {
			return stored
		}
	}
	if c.q.Op == Trend {
		return []period.Period{{}}
	}
	ps := c.periods()
	if l.ind.Kind != facts.Stock && l.ind.Kind != facts.Rate {
		return ps
	}
	ps = slices.Clone(ps)
	for i, p := range ps {
		ps[i] = l.point(p)
	}
	return ps
}

// point is the month at the end of the months so far, where a stock or a rate has its figure there: nothing accumulates it.
func (l line) point(p period.Period) period.Period {
	if p.IsZero() || p.FirstMonth() != 1 || p.Len() >= 12 || len(l.series.Observations(p)) > 0 || len(l.series.Claims(p)) > 0 {
		return p
	}
	if end := period.OfMonth(p.Year(), p.LastMonth()); len(l.series.Observations(end)) > 0 {
		return end
	}
	return p
}

// join brings the lines' outcomes together: of lines that were not named, only those that have what is asked.
func (c *computation) join(outcomes []outcome, named bool, answered int) {
	if c.q.AllPeriods {
		named = answered == 0
	}
	realised := slices.ContainsFunc(outcomes, func(o outcome) bool { return o.ok() && !o.planOnly })
	for _, o := range outcomes {
		switch {
		case !named && !o.ok() && answered > 0:
			continue
		case !named && len(c.q.Periods) == 0 && o.planOnly && realised && !c.q.Readings:
			continue // a realised figure is meant, and others have one
		case o.ok():
			o.alternatives = nil
		}
		c.add(o)
	}
	if c.q.Readings && answered > 1 {
		c.notes = append(c.notes, Note{Code: NoteReadings, N: answered})
	}
}

// partsBeside reports whether the parts of what is asked for are mentioned beside it.
func (c *computation) partsBeside() bool {
	switch c.q.Op {
	case Value, Attainment, Gap, Growth:
		return !c.narrowed && !c.q.AllPeriods && len(c.q.Indicators) <= few && len(c.q.Areas) <= 1 && len(c.q.Periods) <= 1
	}
	return false
}

// beside adds the parts of a line's indicator, with the same measure and for the same period, as company.
func (c *computation) beside(o *outcome, l line, compute lineFunc) {
	first := o.asked[0]
	more := 0
	for _, part := range c.facts.Parts(l.ind.ID) {
		if slices.Contains(c.q.Indicators, part.ID) || first.Op == Backcast {
			continue
		}
		po := compute(c.line(part, l.area), first.Period)
		if !po.ok() || po.asked[0].Period != first.Period || po.asked[0].Op != first.Op || po.planOnly != o.planOnly {
			continue
		}
		if more++; more > figuresBeside {
			continue
		}
		o.company = append(o.company, po.asked...)
		o.company = append(o.company, twins(po.company, po.asked[0])...)
		o.warnings = append(o.warnings, po.warnings...)
	}
	if more > figuresBeside {
		o.notes = append(o.notes, Note{Code: NoteMoreParts, Name: l.ind.Name, Indicator: l.ind.ID, N: more - figuresBeside})
	}
}

// twins are the computed figures beside a stated one that they contradict.
func twins(company []Result, stated Result) []Result {
	var found []Result
	for _, r := range company {
		if stated.Basis == Stated && r.Basis == Computed && r.Op == stated.Op && r.Indicator == stated.Indicator {
			found = append(found, r)
		}
	}
	return found
}

// latest is the latest period of a line for which has holds: the latest end; of equal ends the longest, that is the cumulative one.
// Spans of several years count only where nothing else is there.
func (l line) latest(has func(period.Period) bool) (period.Period, bool) {
	return latestOf(l.series.Periods(), has)
}

// latestInside is the latest period inside another.
func (l line) latestInside(p period.Period, has func(period.Period) bool) (period.Period, bool) {
	return latestOf(l.series.Ending(p), func(q period.Period) bool { return p.Contains(q) && has(q) })
}

func latestOf(periods []period.Period, has func(period.Period) bool) (period.Period, bool) {
	var span period.Period
	for i := len(periods) - 1; i >= 0; i-- {
		p := periods[i]
		if p.Len() > 12 && !span.IsZero() || !has(p) {
			continue
		}
		if p.Len() <= 12 {
			return p, true
		}
		span = p
	}
	return span, !span.IsZero()
}

// sameEnd are the shorter periods that end with p and for which has holds: the single quarter or month beside a cumulative figure.
func (l line) sameEnd(p period.Period, has func(period.Period) bool) []period.Period {
	var found []period.Period
	for _, q := range l.series.Ending(p) {
		single := q.Shape() == period.Month || q.Shape() == period.Quarter
		if single && q != p && p.Len() <= 12 && p.Contains(q) && q.LastMonth() == p.LastMonth() && has(q) {
			found = append([]period.Period{q}, found...)
		}
	}
	return found
}

// latestPart is the part of a year that stands for it while it has no figure of its own: the longest run of months from January for
// which has holds. Of stocks and rates, which nothing accumulates, it is the latest period.
func (l line) latestPart(year int, has func(period.Period) bool) (period.Period, bool) {
	if l.ind.Kind == facts.Stock || l.ind.Kind == facts.Rate {
		return l.latestInside(period.OfYear(year), func(q period.Period) bool { return q.Len() < 12 && has(q) })
	}
	for n := 11; n >= 1; n-- {
		if p := period.Cumul(year, n); has(p) && l.accumulates(p) {
			return p, true
		}
	}
	return period.Period{}, false
}

// accumulates reports whether a period that begins in January says how far the year has come: January alone does not where later
// figures stand beside it.
func (l line) accumulates(p period.Period) bool {
	if p.FirstMonth() != 1 || p.Len() > 1 {
		return p.FirstMonth() == 1
	}
	year := period.OfYear(p.Year())
	return !slices.ContainsFunc(l.series.Ending(year), func(q period.Period) bool {
		_, ok := l.realised(q)
		return ok && year.Contains(q) && period.Compare(q, p) > 0
	})
}

// result is an empty result of a line and a period.
func (c *computation) result(op Op, l line, p period.Period) Result {
	r := Result{Op: op, Indicator: l.ind.ID, Name: l.ind.Name, Area: l.area, PartOf: l.ind.PartOf, Period: p, Measure: string(op)}
	if a := c.facts.Area(l.area); a != nil {
		r.AreaName = a.Name
	}
	return r
}

// figure is a picked figure as a result.
func (c *computation) figure(op Op, f picked) Result {
	r := c.result(op, f.line, f.period)
	r.Measure, r.HasValue, r.Value, r.Basis = f.measureName(), true, f.value, f.basis
	r.Assigned, r.Locator, r.Source, r.Of = f.assigned, f.locator, f.sourceID(), f.of
	if f.claim == facts.Growth {
		r.BasePeriod = f.period.AddYears(-1)
	}
	for _, part := range f.parts {
		r.Inputs = append(r.Inputs, part.input())
	}
	return r
}

// lack says what a line lacks in a period.
func (c *computation) lack(kind string, l line, p period.Period) Lack {
	lack := Lack{Kind: kind, Name: l.ind.Name, Period: p}
	if a := c.facts.Area(l.area); a != nil {
		lack.Area = a.Name
	}
	if len(l.series.Periods()) == 0 {
		lack.Kind = LackIndicator
	}
	return lack
}

// note is a remark on a line.
func (l line) note(code NoteCode, p, base period.Period) Note {
	return Note{Code: code, Name: l.ind.Name, Indicator: l.ind.ID, Period: p, Base: base}
}
