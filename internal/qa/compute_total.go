package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// totals answers a sum or an average: over projects, over several indicators or areas, or over periods.
func (c *computation) totals() {
	if c.q.Over == OverProjects || len(c.q.Projects) > 0 {
		c.projectTotal()
		return
	}
	if c.q.Over == OverParts {
		c.totalOfParts()
		return
	}
	indicators := c.indicators()
	if len(c.q.Indicators) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackContext})
		return
	}
	var areas []string
	if c.q.Over != OverAreas || len(indicators) > 1 {
		var ok bool
		if areas, ok = c.areas(indicators); !ok || len(areas) == 0 {
			return
		}
	}
	switch {
	case len(indicators) > 1 && !c.q.Readings:
		for _, area := range areas {
			lines := make([]line, len(indicators))
			for i, ind := range indicators {
				lines[i] = c.line(ind, area)
			}
			for _, p := range c.periods() {
				c.add(c.totalAcross(lines, p, c.overlapping(c.q.Indicators)))
			}
		}
	case len(areas) > 1 || c.q.Over == OverAreas:
		for _, ind := range indicators {
			var lines []line
			var ids []string
			for _, area := range c.totalAreas(ind, areas) {
				lines, ids = append(lines, c.line(ind, area)), append(ids, area)
			}
			for _, p := range c.periods() {
				c.add(c.totalAcross(lines, p, c.areasOverlap(ids)))
			}
		}
	default:
		for _, ind := range indicators {
			c.add(c.totalOver(c.line(ind, areas[0])))
		}
	}
}

// totalAreas are the areas to add up: those named, or all with figures that hold no other.
func (c *computation) totalAreas(ind *facts.Indicator, areas []string) []string {
	if len(areas) > 1 && c.q.Over != OverAreas {
		return areas
	}
	return c.rankedAreas([]*facts.Indicator{ind})
}

// overlapping reports whether one of the indicators is a part of another: then they are not added.
func (c *computation) overlapping(ids []string) bool {
	return slices.ContainsFunc(ids, func(a string) bool {
		return slices.ContainsFunc(ids, func(b string) bool { return c.within(a, b) })
	})
}

func (c *computation) areasOverlap(ids []string) bool {
	return slices.ContainsFunc(ids, func(a string) bool {
		return slices.ContainsFunc(ids, func(b string) bool { return c.areaWithin(a, b) })
	})
}

// totalOfParts adds up the parts of an indicator.
func (c *computation) totalOfParts() {
	for _, ind := range c.indicators() {
		areas, ok := c.areas([]*facts.Indicator{ind})
		if !ok {
			return
		}
		for _, area := range areas {
			var lines []line
			for _, part := range c.facts.Parts(ind.ID) {
				lines = append(lines, c.line(part, area))
			}
			for _, p := range c.periods() {
				c.add(c.totalAcross(lines, p, false))
			}
		}
	}
}

// totalAcross adds up the figures of several lines for one period, every one of them there and of one nature.
func (c *computation) totalAcross(lines []line, p period.Period, overlap bool) (o outcome) {
	if len(lines) == 0 {
		return outcome{lacks: []Lack{{Kind: LackSum, Period: p}}}
	}
	gather := func(q period.Period, m facts.Measure) (figures []picked, missing []line) {
		for _, l := range lines {
			if f, ok := l.ref(Ref{Period: q, Measure: m}, false, c.q.AssignedBy); ok {
				figures = append(figures, f)
			} else {
				missing = append(missing, l)
			}
		}
		return figures, missing
	}
	measures := []facts.Measure{c.q.Measure}
	if c.q.Measure == facts.NoMeasure && !c.q.Realised {
		measures = append(measures, facts.Plan)
	}
	var figures []picked
	var missing []line
	for i, m := range measures {
		at := p
		if p.IsZero() {
			at, _ = lines[0].latest(func(q period.Period) bool { _, missing := gather(q, m); return len(missing) == 0 })
		}
		some, lacking := gather(at, m)
		if i == 0 || len(lacking) == 0 {
			figures, missing = some, lacking
		}
		if len(lacking) == 0 {
			break
		}
	}
	fail := func(kind string) outcome {
		for _, l := range lines {
			o.lacks = append(o.lacks, c.lack(kind, l, p))
		}
		for _, f := range figures {
			o.alternatives = append(o.alternatives, c.figure(Value, f))
		}
		return o
	}
	if len(missing) > 0 {
		lines = missing
		return fail(LackPeriod)
	}
	if overlap {
		return fail(LackOverlap)
	}
	r, kind := c.sumOf(figures)
	if kind != "" {
		return fail(kind)
	}
	o.asked = []Result{r}
	for _, f := range figures {
		o.notes = append(o.notes, f.derivation()...)
	}
	if figures[0].of == facts.Plan && c.q.Measure != facts.Plan {
		o.notes = append(o.notes, Note{Code: NoteOnlyPlan, Period: r.Period})
	}
	return o
}

// sumOf is the sum, or the average, of figures; kind says why there is none.
func (c *computation) sumOf(figures []picked) (r Result, kind string) {
	first := figures[0]
	sum := first.value
	r = c.result(c.q.Op, first.line, first.period)
	r.Of = first.of
	for i, f := range figures {
		if k := f.line.ind.Kind; k == facts.Index || k == facts.Rate || f.value.Unit == quantity.Percent {
			return r, LackSum
		}
		if i > 0 {
			var err error
			if sum, err = quantity.Add(sum, f.value); err != nil {
				return r, LackUnit
			}
		}
		if f.line.ind != first.line.ind {
			r.Indicator, r.Name, r.PartOf = "", nil, ""
		}
		if f.line.area != first.line.area {
			r.Area, r.AreaName = "", nil
		}
		r.Of = min(r.Of, f.of)
		r.Inputs = append(r.Inputs, f.input())
	}
	if c.q.Op == Average {
		sum.Number, _ = sum.Number.Quo(quantity.Int(int64(len(figures))))
	}
	sum.Decimals = quantity.Computed
	r.HasValue, r.Value, r.Basis = true, sum, Derived
	if first.line.ind.ID != r.Indicator || r.Area == "" {
		r.Basis = Computed
	}
	return r, ""
}

// totalOver adds up one line over periods: those named, those within a range, or the months (quarters, years) of one period.
func (c *computation) totalOver(l line) (o outcome) {
	whole, list := c.totalPeriods(l)
	fail := func(kind string, p period.Period) outcome {
		o.lacks = append(o.lacks, c.lack(kind, l, p))
		o.alternatives = append(o.alternatives, c.nearest(l, p)...)
		return o
	}
	if l.ind.Kind == facts.Index && len(c.q.Periods) <= 1 && c.q.Step == period.None {
		return c.value(l, c.periods()[0]) // the average of an index over a period is what its cumulative growth speaks of
	}
	if l.ind.Kind != facts.Flow {
		if c.q.Op == Total && len(c.q.Periods) <= 1 && c.q.Step == period.None { // "tổng" of one period is its figure
			return c.value(l, c.periods()[0])
		}
		return fail(LackSum, whole)
	}
	if len(c.q.Periods) <= 1 && c.q.Op == Total && c.q.Step == period.None {
		return c.value(l, c.periods()[0])
	}
	if len(list) == 0 {
		return fail(LackPeriod, whole)
	}
	var figures []picked
	for _, p := range list {
		f, ok := l.ref(Ref{Period: p, Measure: c.q.Measure}, false, c.q.AssignedBy)
		if !ok {
			if r, ok := c.evenly(l, whole, len(list)); ok {
				return r
			}
			if _, ok := l.ref(Ref{Period: whole, Measure: c.q.Measure}, false, c.q.AssignedBy); ok && c.q.Op == Total && !whole.IsZero() {
				return c.value(l, whole) // the sum itself is stored
			}
			return fail(LackSum, p)
		}
		figures = append(figures, f)
	}
	r, kind := c.sumOf(figures)
	if kind != "" {
		return fail(kind, whole)
	}
	r.Period = whole
	o.asked = []Result{r}
	o.notes = []Note{{Code: NoteAddedUp, Name: l.ind.Name, Indicator: l.ind.ID, Period: whole, Base: list[0], N: len(list)}}
	return o
}

// evenly is the average over the parts of a period out of the period's own figure, where the parts are not all there.
func (c *computation) evenly(l line, whole period.Period, n int) (o outcome, ok bool) {
	if c.q.Op != Average || whole.IsZero() {
		return o, false
	}
	f, ok := l.ref(Ref{Period: whole, Measure: c.q.Measure}, false, c.q.AssignedBy)
	if !ok {
		return o, false
	}
	v := f.value
	v.Number, ok = v.Number.Quo(quantity.Int(int64(n)))
	v.Decimals = quantity.Computed
	r := c.result(Average, l, whole)
	r.HasValue, r.Value, r.Basis, r.Of, r.Inputs = true, v, Derived, f.of, []Input{f.input()}
	note := l.note(NoteEvenly, whole, whole.Parts(whole.Len() / n)[0])
	note.N = n
	o.asked, o.notes = []Result{r}, []Note{note}
	return o, ok
}

// totalPeriods are the periods to add up, and the one that they make.
func (c *computation) totalPeriods(l line) (whole period.Period, list []period.Period) {
	months := map[period.Shape]int{period.Month: 1, period.Quarter: 3, period.Half: 6, period.Year: 12}
	periods := c.q.Periods
	if len(periods) >= 2 && !c.q.Range {
		sorted := slices.Clone(periods)
		slices.SortFunc(sorted, period.Compare)
		for i := 1; i < len(sorted); i++ { // one within another, or side by side with a gap: no run of periods
			if next := covering(sorted[i-1], sorted[i]); next.Len() < sorted[i-1].Len()+sorted[i].Len() {
				return sorted[i], nil
			}
		}
		return covering(earliest(sorted), sorted[len(sorted)-1]), sorted
	}
	switch {
	case len(periods) >= 2:
		whole = covering(periods[0], periods[1])
		if step := months[c.q.Step]; step > 0 {
			return whole, whole.Parts(step)
		}
		return whole, whole.Parts(periods[0].Len())
	case len(periods) == 1:
		whole = periods[0]
	default:
		whole, _ = l.latest(func(q period.Period) bool { _, ok := l.realised(q); return ok && q.Len() > 1 })
	}
	step := months[c.q.Step]
	if step == 0 {
		step = 1
		if whole.Shape() == period.Span {
			step = 12
		}
	}
	if _, ok := l.realisedOrSum(whole); !ok && whole.Shape() == period.Year { // the months so far
		if part, ok := l.latestPart(whole.Year(), func(q period.Period) bool { _, ok := l.realisedOrSum(q); return ok }); ok {
			whole = part
		}
	}
	return whole, whole.Parts(step)
}
