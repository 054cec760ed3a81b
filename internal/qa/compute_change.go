package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// pair is two figures to set against each other.
type pair struct{ first, second Ref }

// pairs are the pairs of a query: the one that it names; else of each line two of its periods, the later first; else the first and the
// second thing named. The zero period stands for the latest that both have.
func (c *computation) pairs() []pair {
	if len(c.q.Pair) >= 2 {
		return []pair{{c.completed(c.q.Pair[0]), c.completed(c.q.Pair[1])}}
	}
	if lines, ok := c.pairLines(); ok && len(lines) == 2 && len(c.q.Periods) < 2 && !c.q.Readings {
		p := c.periods()[0]
		a, b := lines[0], lines[1]
		return []pair{{Ref{Indicator: a.ind.ID, Area: a.area, Period: p, Measure: c.q.Measure}, Ref{Indicator: b.ind.ID, Area: b.area, Period: p, Measure: c.q.Measure}}}
	}
	return nil
}

// pairLines are the lines where the query names exactly two things.
func (c *computation) pairLines() ([]line, bool) {
	if len(c.q.Indicators) != 2 && len(c.q.Areas) != 2 || len(c.q.Indicators) > 2 || len(c.q.Areas) > 2 || len(c.q.Indicators) == 0 {
		return nil, false
	}
	if c.q.Base.Kind == NamedPeriod || c.q.Base.Kind == PrevPeriod || c.q.Base.Kind == SamePeriod || c.q.Base.Kind == PlanBase {
		return nil, false
	}
	return c.lines()
}

// completed fills what a Ref leaves open from the query.
func (c *computation) completed(r Ref) Ref {
	if r.Indicator == "" && len(c.q.Indicators) > 0 {
		r.Indicator = c.q.Indicators[0]
	}
	if r.Area == "" {
		if len(c.q.Areas) > 0 {
			r.Area = c.q.Areas[0]
		} else {
			r.Area = c.facts.DefaultArea()
		}
	}
	if r.Area == "" {
		if with := c.areasOf(c.indicators()); len(with) == 1 {
			r.Area = with[0].ID
		}
	}
	if r.Measure == facts.NoMeasure {
		r.Measure = c.q.Measure
	}
	if r.Period.IsZero() && len(c.q.Periods) == 1 {
		r.Period = c.q.Periods[0]
	}
	return r
}

// refLine is the line of a Ref.
func (c *computation) refLine(r Ref) (line, bool) {
	ind := c.facts.Indicator(r.Indicator)
	if ind == nil {
		return line{}, false
	}
	return c.line(ind, r.Area), true
}

// ref is the figure of a Ref: of its measure; without one the realised figure by rule, else the plan where plans are allowed.
func (l line) ref(r Ref, plans bool, by string) (picked, bool) {
	if r.Assigned != "" {
		by = r.Assigned
	}
	if r.Measure == facts.Plan {
		return l.plan(r.Period, by)
	}
	if r.Measure.Realised() {
		return l.stored(r.Period, r.Measure)
	}
	if f, ok := l.realisedOrSum(r.Period); ok {
		return f, true
	}
	if plans {
		return l.plan(r.Period, by)
	}
	return picked{}, false
}

// matched are the two figures of a pair: of one period where none is named, and both planned or both realised where no measure is.
// The second outcome says what is lacking.
func (c *computation) matched(p pair) (a, b picked, o outcome, ok bool) {
	la, okA := c.refLine(p.first)
	lb, okB := c.refLine(p.second)
	if !okA || !okB {
		return a, b, outcome{lacks: []Lack{{Kind: LackSecond}}}, false
	}
	if p.first.Period.IsZero() && p.second.Period.IsZero() {
		c.commonPeriod(&p, la, lb)
	}
	samePeriod := p.first.Period == p.second.Period
	for _, plans := range []bool{false, true} {
		if plans && c.q.Realised {
			break
		}
		first, second := p.first, p.second
		if plans && samePeriod { // what is planned is set against what is planned
			first.Measure, second.Measure = planUnlessSaid(first.Measure), planUnlessSaid(second.Measure)
		}
		if a, okA = la.ref(first, plans, c.q.AssignedBy); !okA {
			continue
		}
		if b, okB = lb.ref(second, plans, c.q.AssignedBy); okB {
			if a, b = sharing(a, b); sameFigure(a, b) {
				return a, b, outcome{lacks: []Lack{c.lack(LackSecond, la, a.period)}}, false
			}
			return a, b, outcome{}, true
		}
	}
	return a, b, c.noPair(p, la, lb), false
}

func planUnlessSaid(m facts.Measure) facts.Measure {
	if m == facts.NoMeasure {
		return facts.Plan
	}
	return m
}

// commonPeriod settles the latest period for which both figures of a pair are there, realised if no measure was asked for.
func (c *computation) commonPeriod(p *pair, la, lb line) {
	for _, plans := range []bool{false, true} {
		at, ok := la.latest(func(q period.Period) bool {
			first, second := p.first, p.second
			first.Period, second.Period = q, q
			if plans {
				first.Measure, second.Measure = planUnlessSaid(first.Measure), planUnlessSaid(second.Measure)
			}
			_, okA := la.ref(first, plans, c.q.AssignedBy)
			_, okB := lb.ref(second, plans, c.q.AssignedBy)
			return okA && okB
		})
		if ok {
			p.first.Period, p.second.Period = at, at
			return
		}
	}
}

// noPair says which of two figures is missing; the other one, if it is there, stands as the alternative.
func (c *computation) noPair(p pair, la, lb line) (o outcome) {
	for _, side := range []struct {
		l line
		r Ref
	}{{la, p.first}, {lb, p.second}} {
		f, ok := side.l.ref(side.r, !c.q.Realised, c.q.AssignedBy)
		if ok && !side.r.Period.IsZero() {
			o.alternatives = append(o.alternatives, c.figure(Value, f))
			continue
		}
		kind := LackPeriod
		if side.r.Measure == facts.Plan {
			kind = LackPlan
		} else if len(side.l.plans(side.r.Period, "")) > 0 {
			kind = LackRealised
		}
		o.lacks = append(o.lacks, c.lack(kind, side.l, side.r.Period))
		if len(o.alternatives) == 0 {
			o.alternatives = append(o.alternatives, c.nearest(side.l, side.r.Period)...)
		}
	}
	return o
}

// changes answers how far two figures are apart.
func (c *computation) changes() {
	if c.q.Why {
		c.notes = append(c.notes, Note{Code: NoteNoCause})
	}
	if len(c.q.Sides) == 2 {
		c.projectSides()
		return
	}
	if len(c.q.Pair) >= 2 && (c.q.Of == Growth || c.q.Of == Attainment) {
		c.pointsApart()
		return
	}
	if pairs := c.pairs(); pairs != nil {
		for _, p := range pairs {
			c.add(c.change(p))
		}
		return
	}
	if c.status != "" {
		return
	}
	if c.q.Base.Kind == PlanBase {
		c.perLine(c.gap)
		return
	}
	lines, ok := c.lines()
	if !ok {
		return
	}
	named := len(c.q.Indicators) > 0 && !c.q.Readings
	var outcomes []outcome
	answered := 0
	for _, l := range lines {
		for _, p := range c.changePairs(l) {
			o := c.change(p)
			if o.ok() {
				answered++
			}
			outcomes = append(outcomes, o)
		}
	}
	c.join(outcomes, named && (len(c.q.Areas) > 0 || answered == 0), answered)
}

// changePairs are the pairs of periods of a line: two named ones, the later first; one named one and its base; or the latest that has
// a base.
func (c *computation) changePairs(l line) []pair {
	of := func(p, base period.Period) pair {
		second := c.q.Measure
		if c.q.Base.Plan {
			second = facts.Plan
		} else if second == facts.Plan && len(c.q.Periods) < 2 {
			second = facts.NoMeasure // a plan is set against what was realised before
		} else if second == facts.Plan {
			if _, ok := l.plan(base, c.q.AssignedBy); !ok {
				second = facts.NoMeasure
			}
		}
		return pair{Ref{Indicator: l.ind.ID, Area: l.area, Period: p, Measure: c.q.Measure},
			Ref{Indicator: l.ind.ID, Area: l.area, Period: base, Measure: second}}
	}
	periods := c.q.Periods
	switch {
	case len(periods) >= 2:
		var list []pair
		for i := 1; i < len(periods); i++ {
			earlier, later := periods[i-1], periods[i]
			if period.Compare(earlier, later) > 0 {
				earlier, later = later, earlier
			}
			list = append(list, of(later, earlier))
		}
		return list
	case len(periods) == 1:
		p := periods[0]
		if _, ok := l.ref(Ref{Period: p, Measure: c.q.Measure}, true, c.q.AssignedBy); !ok && p.Shape() == period.Year {
			if part, ok := l.latestPart(p.Year(), func(q period.Period) bool { _, ok := l.realisedOrSum(q); return ok }); ok {
				p = part
			}
		} else if _, ok := l.realisedOrSum(p); !ok && p.Shape() == period.Year && c.q.Measure == facts.NoMeasure {
			if part, ok := l.latestPart(p.Year(), func(q period.Period) bool {
				_, ok := l.realisedOrSum(q)
				_, base := l.realisedOrSum(c.basePeriod(q))
				return ok && base
			}); ok {
				p = part
			}
		}
		if c.q.Base.Kind == NamedPeriod && !c.q.Base.Period.IsZero() && period.Compare(c.q.Base.Period, p) > 0 && c.q.Base.Period.Len() == p.Len() {
			return []pair{of(c.q.Base.Period, p)}
		}
		return []pair{of(p, c.basePeriod(p))}
	}
	has := func(q period.Period) bool {
		base := c.basePeriod(q)
		_, this := l.ref(Ref{Period: q, Measure: c.q.Measure}, false, c.q.AssignedBy)
		_, from := l.realisedOrSum(base)
		return this && from && !base.IsZero() && (c.q.Step == period.None || q.Shape() == c.q.Step)
	}
	p, ok := l.latest(has)
	if !ok && c.q.Measure == facts.NoMeasure && !c.q.Realised { // only a plan stands beside the last realised figure
		p, ok = l.latest(func(q period.Period) bool {
			_, this := l.plan(q, c.q.AssignedBy)
			_, from := l.realisedOrSum(c.basePeriod(q))
			return this && from
		})
	}
	if !ok {
		p, _ = l.latest(func(q period.Period) bool { _, ok := l.realised(q); return ok })
	}
	return []pair{of(p, c.basePeriod(p))}
}

// change is the first figure less the second, in their unit, with the percentage beside it.
func (c *computation) change(p pair) outcome {
	la, okA := c.refLine(p.first)
	lb, okB := c.refLine(p.second)
	if !okA || !okB {
		return outcome{lacks: []Lack{{Kind: LackSecond}}}
	}
	sameLine := la.ind == lb.ind && la.area == lb.area
	a, b, o, ok := c.changed(p, la, lb, sameLine)
	if !ok {
		if sameLine {
			if derived := c.changeOfGrowth(la, p); derived.ok() {
				return derived
			}
		}
		return o
	}
	difference, err := quantity.Sub(a.value, b.value)
	if err != nil {
		return c.unitsApart(o, a, b)
	}
	r := c.ofTwo(Change, a, b, difference)
	r.BasePeriod = baseOf(a, b)
	o.asked = []Result{r}
	o.notes = append(a.derivation(), b.derivation()...)
	if difference.Unit == quantity.PP {
		if a.claim != 0 {
			c.doubtGrowth(&o, a)
			c.doubtGrowth(&o, b)
		}
		return o
	}
	if relative, err := quantity.Growth(a.value, b.value); err == nil {
		inPercent := r
		inPercent.Op, inPercent.Measure, inPercent.Value = Growth, string(Growth), relative
		o.company = append(o.company, inPercent)
	}
	if sameLine && !b.of.Realised() {
		return o
	}
	if sameLine {
		c.statedBeside(&o, a.line.grownAt(a.period, b.period, a.of == facts.Plan, a.assigned))
	}
	return o
}

// changed are the two figures of a change. Of one line each period gives its realised figure, else its plan; of two lines both are of
// one nature.
func (c *computation) changed(p pair, la, lb line, sameLine bool) (a, b picked, o outcome, ok bool) {
	if !sameLine || p.first.Period == p.second.Period {
		return c.matched(p)
	}
	a, okA := la.ref(p.first, !c.q.Realised, c.q.AssignedBy)
	b, okB := lb.ref(p.second, !c.q.Realised, c.q.AssignedBy)
	if !okA || !okB {
		return a, b, c.noPair(p, la, lb), false
	}
	a, b = sharing(a, b)
	if sameFigure(a, b) {
		return a, b, outcome{lacks: []Lack{c.lack(LackSecond, la, a.period)}}, false // nothing to set it against
	}
	return a, b, o, true
}

// sameFigure reports whether two figures are one: it is never set against itself.
func sameFigure(a, b picked) bool {
	return a.line == b.line && a.period == b.period && a.of == b.of && a.assigned == b.assigned
}

// statedBeside puts the growth that the source states before its computed twin, where the two differ.
func (c *computation) statedBeside(o *outcome, g grown) {
	if !g.differs() {
		return
	}
	o.company = append([]Result{c.statedResult(g)}, o.company...)
	o.warnings = append(o.warnings, c.contradiction(Growth, g.line, g.period, g.claim.value, g.computed))
}

// doubtGrowth adds the warning of a growth whose levels give another.
func (c *computation) doubtGrowth(o *outcome, f picked) {
	if f.claim != facts.Growth {
		return
	}
	c.statedBeside(o, f.line.grownAt(f.period, f.period.AddYears(-1), f.of == facts.Plan, ""))
}

// ratios answers how many times one figure is another.
func (c *computation) ratios() {
	if len(c.q.Sides) == 2 {
		c.projectSides()
		return
	}
	pairs := c.pairs()
	if pairs == nil && c.status == "" {
		if lines, ok := c.lines(); ok {
			for _, l := range lines {
				pairs = append(pairs, c.changePairs(l)...)
			}
		}
	}
	for _, p := range pairs {
		c.add(c.ratio(p))
	}
}

func (c *computation) ratio(p pair) outcome {
	la, okA := c.refLine(p.first)
	lb, okB := c.refLine(p.second)
	if !okA || !okB {
		return outcome{lacks: []Lack{{Kind: LackSecond}}}
	}
	a, b, o, ok := c.changed(p, la, lb, la.ind == lb.ind && la.area == lb.area)
	if !ok {
		return o
	}
	times, err := quantity.Ratio(a.value, b.value)
	if err != nil {
		return c.unitsApart(o, a, b)
	}
	r := c.ofTwo(Ratio, a, b, times)
	r.BasePeriod = baseOf(a, b)
	o.asked = []Result{r}
	o.notes = append(a.derivation(), b.derivation()...)
	return o
}

// ofTwo is what an operation computed of two figures, under the first.
func (c *computation) ofTwo(op Op, a, b picked, value quantity.Quantity) Result {
	r := c.result(op, a.line, a.period)
	r.HasValue, r.Value, r.Basis, r.Of, r.BaseOf = true, value, Computed, a.of, b.of
	r.Inputs = []Input{a.input(), b.input()}
	return r
}

// baseOf is the second figure's period; none where both are of one.
func baseOf(a, b picked) period.Period {
	if a.period == b.period {
		return period.Period{}
	}
	return b.period
}

// unitsApart declines to put two figures together whose units do not go together, and gives both.
func (c *computation) unitsApart(o outcome, a, b picked) outcome {
	o.lacks = append(o.lacks, Lack{Kind: LackUnit, Name: b.line.ind.Name, Period: b.period})
	o.alternatives = []Result{c.figure(Value, a), c.figure(Value, b)}
	return o
}

// changeOfGrowth is how far a level is from the one before, which is not stored but follows from the growth that the source states.
func (c *computation) changeOfGrowth(l line, p pair) (o outcome) {
	if p.first.Measure == facts.Plan || p.second.Measure == facts.Plan {
		return o
	}
	before := c.backcastFrom(l, p.second.Period)
	level, ok := l.stored(p.first.Period, p.first.Measure)
	if !before.ok() || !ok || before.asked[0].BasePeriod != p.first.Period {
		return o
	}
	difference, err := quantity.Sub(level.value, before.asked[0].Value)
	if err != nil {
		return o
	}
	r := c.result(Change, l, p.first.Period)
	r.HasValue, r.Value, r.Basis, r.BasePeriod, r.Of = true, difference, Derived, p.second.Period, level.of
	base := level.input()
	base.Measure = string(Backcast)
	base.Value, base.Period, base.Basis, base.Parts = before.asked[0].Value, p.second.Period, Derived, before.asked[0].Inputs
	r.Inputs = []Input{level.input(), base}
	return outcome{asked: []Result{r}, notes: before.notes}
}
