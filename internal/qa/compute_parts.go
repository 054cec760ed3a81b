package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// within reports whether one indicator is a part of another, directly or not.
func (c *computation) within(part, whole string) bool {
	for i := 0; part != "" && i <= len(c.facts.Indicators()); i++ {
		ind := c.facts.Indicator(part)
		if ind == nil {
			return false
		}
		if ind.PartOf == whole {
			return true
		}
		part = ind.PartOf
	}
	return false
}

// areaWithin reports whether one area lies in another.
func (c *computation) areaWithin(part, whole string) bool {
	for i := 0; part != "" && i <= len(c.facts.Areas()); i++ {
		a := c.facts.Area(part)
		if a == nil {
			return false
		}
		if a.PartOf == whole {
			return true
		}
		part = a.PartOf
	}
	return false
}

// shares answers what part of a whole something is: of the pair named; of an indicator in the one that it is a part of; of each of
// the parts where a whole alone is named.
func (c *computation) shares() {
	pairs := c.pairs()
	if c.status != "" {
		return
	}
	if pairs == nil {
		indicators := c.indicators()
		areas, ok := c.areas(indicators)
		if !ok {
			return
		}
		for _, ind := range indicators {
			for _, area := range areas {
				for _, p := range c.periods() {
					pairs = append(pairs, c.sharePairs(ind, area, p)...)
				}
			}
		}
		if len(pairs) == 0 && len(c.q.Indicators) > 0 {
			for _, ind := range indicators {
				c.lacks = append(c.lacks, Lack{Kind: LackWhole, Name: ind.Name})
			}
		}
	}
	named := len(pairs) == 1
	var outcomes []outcome
	answered := 0
	for _, p := range pairs {
		o := c.share(p)
		if o.ok() {
			answered++
		}
		outcomes = append(outcomes, o)
	}
	c.join(outcomes, named, answered)
}

// sharePairs are an indicator and its whole, or each of its parts and the indicator.
func (c *computation) sharePairs(ind *facts.Indicator, area string, p period.Period) []pair {
	of := func(part, whole string) pair {
		return pair{Ref{Indicator: part, Area: area, Period: p, Measure: c.q.Measure},
			Ref{Indicator: whole, Area: area, Period: p, Measure: c.q.Measure}}
	}
	if c.facts.Indicator(ind.PartOf) != nil {
		return []pair{of(ind.ID, ind.PartOf)}
	}
	var list []pair
	for _, part := range c.facts.Parts(ind.ID) {
		list = append(list, of(part.ID, ind.ID))
	}
	return list
}

// share is part / whole × 100. Where the second named is a part of the first, the two are turned round.
func (c *computation) share(p pair) outcome {
	if c.within(p.second.Indicator, p.first.Indicator) || p.first.Indicator == p.second.Indicator && c.areaWithin(p.second.Area, p.first.Area) {
		p.first, p.second = p.second, p.first
	}
	a, b, o, ok := c.matched(p)
	if !ok {
		return o
	}
	if a.line.ind.Kind == facts.Index || a.line.ind.Kind == facts.Rate {
		o.lacks = append(o.lacks, c.lack(LackSum, a.line, a.period))
		return o
	}
	v, err := quantity.Over(a.value, b.value)
	if err != nil {
		return c.unitsApart(o, a, b)
	}
	o.asked = []Result{c.ofTwo(Share, a, b, v)}
	o.notes = append(a.derivation(), b.derivation()...)
	if a.line.ind != b.line.ind && !c.within(a.line.ind.ID, b.line.ind.ID) {
		o.notes = append(o.notes, Note{Code: NoteNotPart, Name: b.line.ind.Name, Indicator: a.line.ind.ID, Period: a.period})
	}
	if a.of == facts.Plan && c.q.Measure != facts.Plan && p.first.Measure != facts.Plan {
		o.notes = append(o.notes, a.line.note(NoteOnlyPlan, a.period, period.Period{}))
	}
	return o
}

// remainders answers what is left of a whole without the parts named, or without all its known parts.
func (c *computation) remainders() {
	named := slices.Clone(c.q.Indicators)
	for _, r := range c.q.Pair {
		if !slices.Contains(named, r.Indicator) {
			named = append(named, r.Indicator)
		}
	}
	whole, parts := c.wholeOf(named)
	if whole == nil {
		if len(named) == 0 {
			c.lacks = append(c.lacks, Lack{Kind: LackContext})
			return
		}
		for _, id := range named {
			if ind := c.facts.Indicator(id); ind != nil {
				c.lacks = append(c.lacks, Lack{Kind: LackPart, Name: ind.Name})
			}
		}
		return
	}
	areas, ok := c.areas([]*facts.Indicator{whole})
	if !ok {
		return
	}
	for _, area := range areas {
		for _, p := range c.periods() {
			c.add(c.remainder(c.line(whole, area), parts, p, len(named) > 1 || whole.ID != named[0]))
		}
	}
}

// wholeOf is the whole that indicators named belong to, and the parts to leave out: those named, or all where only the whole was.
func (c *computation) wholeOf(named []string) (*facts.Indicator, []*facts.Indicator) {
	var whole *facts.Indicator
	for _, id := range named {
		isWhole := !slices.ContainsFunc(named, func(other string) bool { return other != id && !c.within(other, id) })
		if isWhole && (len(named) > 1 || len(c.facts.Parts(id)) > 0) {
			whole = c.facts.Indicator(id)
		}
	}
	if whole == nil {
		for _, id := range named {
			ind := c.facts.Indicator(id)
			if ind == nil || ind.PartOf == "" || whole != nil && whole.ID != ind.PartOf {
				return nil, nil
			}
			whole = c.facts.Indicator(ind.PartOf)
		}
	}
	if whole == nil {
		return nil, nil
	}
	var parts []*facts.Indicator
	for _, id := range named {
		inAnother := slices.ContainsFunc(named, func(other string) bool { return other != whole.ID && c.within(id, other) })
		if ind := c.facts.Indicator(id); ind != nil && ind != whole && !inAnother {
			parts = append(parts, ind)
		}
	}
	if len(parts) == 0 {
		parts = c.facts.Parts(whole.ID)
	}
	return whole, parts
}

// remainder is a whole less its parts, all of one measure and period. Every part named must be there; of parts not named those that are.
func (c *computation) remainder(l line, parts []*facts.Indicator, p period.Period, every bool) (o outcome) {
	lines := make([]line, len(parts))
	for i, part := range parts {
		lines[i] = c.line(part, l.area)
	}
	gather := func(q period.Period, m facts.Measure) (figures []picked, missing []line, ok bool) {
		r := Ref{Period: q, Measure: m}
		whole, ok := l.ref(r, false, c.q.AssignedBy)
		if !ok {
			return nil, []line{l}, false
		}
		figures = []picked{whole}
		for _, pl := range lines {
			if f, ok := pl.ref(r, false, c.q.AssignedBy); ok {
				figures = append(figures, f)
			} else {
				missing = append(missing, pl)
			}
		}
		return figures, missing, len(figures) > 1 && (len(missing) == 0 || !every)
	}
	measures := []facts.Measure{c.q.Measure}
	if c.q.Measure == facts.NoMeasure && !c.q.Realised {
		measures = append(measures, facts.Plan)
	}
	for _, m := range measures {
		at := p
		if p.IsZero() {
			at, _ = l.latest(func(q period.Period) bool { _, _, ok := gather(q, m); return ok })
		}
		if figures, _, ok := gather(at, m); ok {
			return c.rest(figures, m == facts.Plan && c.q.Measure != facts.Plan)
		}
	}
	figures, missing, _ := gather(p, c.q.Measure)
	for _, ml := range missing {
		kind := LackPeriod
		if c.q.Measure == facts.Plan {
			kind = LackPlan
		}
		o.lacks = append(o.lacks, c.lack(kind, ml, p))
	}
	for _, f := range figures {
		o.alternatives = append(o.alternatives, c.figure(Value, f))
	}
	if len(o.alternatives) == 0 {
		o.alternatives = c.nearest(l, p)
	}
	return o
}

// rest is the first figure less the others.
func (c *computation) rest(figures []picked, planOnly bool) (o outcome) {
	whole := figures[0]
	fail := func(kind string) outcome {
		o.lacks = append(o.lacks, c.lack(kind, whole.line, whole.period))
		for _, f := range figures {
			o.alternatives = append(o.alternatives, c.figure(Value, f))
		}
		return o
	}
	if k := whole.line.ind.Kind; k == facts.Index || k == facts.Rate {
		return fail(LackSum)
	}
	left := whole.value
	r := c.result(Remainder, whole.line, whole.period)
	r.Of = whole.of
	for i, f := range figures {
		if i > 0 {
			_, f = sharing(whole, f)
			var err error
			if left, err = quantity.Sub(left, f.value); err != nil {
				return fail(LackUnit)
			}
		}
		r.Inputs = append(r.Inputs, f.input())
		o.notes = append(o.notes, f.derivation()...)
	}
	if left.Sign() < 0 {
		return fail(LackOverlap)
	}
	r.HasValue, r.Value, r.Basis = true, left, Computed
	if planOnly {
		o.notes = append(o.notes, whole.line.note(NoteOnlyPlan, whole.period, period.Period{}))
	}
	o.asked = []Result{r}
	if c.q.HasUnit && c.q.Unit == quantity.Percent { // asked as a share of the whole
		share, err := quantity.Over(left, whole.value)
		if err != nil {
			return fail(LackUnit)
		}
		o.asked[0].Value = share
	}
	return o
}

// contributions answers how many points a part adds to the growth of its whole. Where a whole alone is named, of each of its parts.
func (c *computation) contributions() {
	c.perLine(func(l line, p period.Period) outcome {
		if c.facts.Indicator(l.ind.PartOf) != nil || len(c.facts.Parts(l.ind.ID)) == 0 {
			return c.contribution(l, p)
		}
		if len(c.q.Indicators) > 1 { // the whole, named beside its part
			if slices.ContainsFunc(c.q.Indicators, func(id string) bool { return c.within(id, l.ind.ID) }) {
				return outcome{}
			}
		}
		var o outcome
		for _, part := range c.facts.Parts(l.ind.ID) {
			po := c.contribution(c.line(part, l.area), p)
			if po.ok() {
				o.add(po)
			}
		}
		if !o.ok() {
			o = c.contribution(l, p)
		}
		return o
	})
}

// contribution is what the source states, else (part now − part then) / whole then × 100, in percentage points.
func (c *computation) contribution(l line, p period.Period) (o outcome) {
	whole := c.facts.Indicator(l.ind.PartOf)
	at := func(q period.Period) (Result, bool) {
		if claim, ok := l.stated(q, facts.Contribution, c.q.Measure == facts.Plan, ""); ok {
			r := c.figure(Contribution, claim)
			r.Measure, r.BasePeriod = string(Contribution), q.AddYears(-1)
			return r, true
		}
		if whole == nil || l.ind.Kind == facts.Index || l.ind.Kind == facts.Rate {
			return Result{}, false
		}
		this, ok1 := l.level(q)
		then, ok2 := l.level(q.AddYears(-1))
		base, ok3 := c.line(whole, l.area).level(q.AddYears(-1))
		if !ok1 || !ok2 || !ok3 {
			return Result{}, false
		}
		moved, err := quantity.Sub(this.value, then.value)
		if err != nil {
			return Result{}, false
		}
		points, err := quantity.Over(moved, base.value)
		if err != nil {
			return Result{}, false
		}
		points.Unit = quantity.PP
		r := c.result(Contribution, l, q)
		r.BasePeriod, r.HasValue, r.Value, r.Basis, r.Of = q.AddYears(-1), true, points, Computed, this.of
		r.Inputs = []Input{this.input(), then.input(), base.input()}
		return r, true
	}
	q := p
	if p.IsZero() {
		q, _ = l.latest(func(q period.Period) bool { _, ok := at(q); return ok })
	}
	if r, ok := at(q); ok && !q.IsZero() {
		o.asked = []Result{r}
		return o
	}
	o.lacks = []Lack{c.lack(LackContribution, l, p)}
	o.alternatives = c.nearest(l, p)
	return o
}
