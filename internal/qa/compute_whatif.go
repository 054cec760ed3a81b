package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// whatIf answers an operation with an assumed figure: a realised figure against the plan, a plan against the realised figure, a growth
// or an attainment as the level that it would give. Everything that comes of it is derived.
func (c *computation) whatIf(l line, p period.Period) outcome {
	if c.q.Assumed == nil {
		return outcome{lacks: []Lack{{Kind: LackNumber}}}
	}
	switch {
	case c.q.Of == Growth || c.q.Of == Change && c.q.Assumed.Unit == quantity.Percent:
		return c.ifGrown(l, p)
	case c.q.Of == Attainment:
		return c.ifAttained(l, p)
	case c.q.Of == Gap:
		return c.ifShort(l, p)
	case c.q.Of == Change:
		return c.ifChanged(l, p)
	case c.q.Measure == facts.Plan:
		return c.ifPlanned(l, p)
	}
	return c.ifRealised(l, p)
}

// assumed is the assumed figure as one of the line: a bare number is in the line's usual unit.
func (c *computation) assumed(l line, p period.Period, of facts.Measure) picked {
	v := *c.q.Assumed
	if v.Unit == "" {
		v.Unit = l.ind.Unit
		if v.Mult == 0 {
			v.Mult = l.ind.Mult
		}
	}
	return picked{line: l, period: p, of: of, value: v, basis: Derived}
}

// assumption is the input that the question assumes, and the remark that says so.
func (c *computation) assumption(f picked) (Input, Note) {
	in := f.input()
	in.Measure = assumedInput
	n := f.line.note(NoteAssumed, f.period, period.Period{})
	n.Value = c.q.Assumed
	return in, n
}

// assumedInput is the measure of an input that the question assumes.
const assumedInput = "assumed"

// derivedResult is a result under an assumption.
func (c *computation) derivedResult(op Op, l line, p period.Period, v quantity.Quantity, inputs ...Input) Result {
	r := c.result(op, l, p)
	r.HasValue, r.Value, r.Basis, r.Inputs = true, v, Derived, inputs
	return r
}

// ifRealised sets an assumed realised figure against the plan: attainment and gap; without a plan, the growth over the year before.
func (c *computation) ifRealised(l line, p period.Period) (o outcome) {
	at, plans := c.plannedPeriod(l, p)
	if len(plans) == 0 && !p.IsZero() {
		at = p
	}
	f := c.assumed(l, at, facts.Actual)
	in, note := c.assumption(f)
	o.notes = []Note{note}
	for _, plan := range plans {
		att, err := quantity.Over(f.value, plan.value)
		if err != nil {
			continue
		}
		gap, err := quantity.Sub(plan.value, f.value)
		if err != nil {
			continue
		}
		ratio := c.derivedResult(Attainment, l, at, att, in, plan.input())
		ratio.BaseOf, ratio.Assigned = facts.Plan, plan.assigned
		left := c.derivedResult(Gap, l, at, gap, in, plan.input())
		left.BaseOf, left.Assigned = facts.Plan, plan.assigned
		o.asked, o.company = append(o.asked, ratio), append(o.company, left)
	}
	if !at.IsZero() {
		if before, ok := l.level(at.AddYears(-1)); ok {
			if g, err := quantity.Growth(f.value, before.value); err == nil {
				r := c.derivedResult(Growth, l, at, g, in, before.input())
				r.BasePeriod, r.BaseOf = before.period, before.of
				if o.ok() {
					o.company = append(o.company, r)
				} else {
					o.asked = []Result{r}
				}
			}
		}
	}
	if !o.ok() {
		return c.noPlan(l, p)
	}
	if i := slices.IndexFunc(o.company, func(r Result) bool { return r.Op == c.q.By }); i >= 0 && c.q.By != "" { // what was asked of it first
		first := o.company[i]
		o.company = slices.Concat(o.asked, slices.Delete(o.company, i, i+1))
		o.asked = []Result{first}
	}
	return o
}

// ifPlanned sets the realised figure against an assumed plan; before anything is realised, the growth that it would take.
func (c *computation) ifPlanned(l line, p period.Period) (o outcome) {
	at := p
	if p.IsZero() {
		at, _ = l.latest(func(q period.Period) bool { _, ok := l.realised(q); return ok })
	}
	f := c.assumed(l, at, facts.Plan)
	in, note := c.assumption(f)
	o.notes = []Note{note}
	if realised, ok := l.level(at); ok {
		att, err1 := quantity.Over(realised.value, f.value)
		gap, err2 := quantity.Sub(f.value, realised.value)
		if err1 == nil && err2 == nil {
			o.asked = []Result{c.derivedResult(Attainment, l, at, att, realised.input(), in)}
			o.company = []Result{c.derivedResult(Gap, l, at, gap, realised.input(), in)}
			return o
		}
	}
	if last, ok := l.lastRealised(at); ok {
		if g, err := quantity.Growth(f.value, last.value); err == nil {
			r := c.derivedResult(RequiredGrowth, l, at, g, in, last.input())
			r.BasePeriod, r.BaseOf = last.period, last.of
			o.asked = []Result{r}
			return o
		}
	}
	return outcome{lacks: []Lack{c.lack(LackRealised, l, p)}, alternatives: c.nearest(l, p)}
}

// grownFrom is the level that an assumed growth or change starts from, and the period that it leads to: from the year before the one
// named; with none named, from the latest realised year to the next.
func (c *computation) grownFrom(l line, p period.Period) (picked, period.Period, bool) {
	if !p.IsZero() {
		base := c.basePeriod(p)
		f, ok := l.level(base)
		if c.q.Base.Plan || !ok && c.q.Measure == facts.Plan { // "tăng 10 % so với kế hoạch 2021"
			f, ok = l.plan(base, c.q.AssignedBy)
		}
		return f, p, ok && f.claim == 0
	}
	if c.q.Base.Kind == NamedPeriod {
		f, ok := l.level(c.q.Base.Period)
		return f, c.q.Base.Period.AddYears(1), ok
	}
	q, _ := l.latest(func(q period.Period) bool {
		_, ok := l.stored(q, facts.NoMeasure)
		return ok && q.Shape() == period.Year
	})
	f, ok := l.stored(q, facts.NoMeasure)
	return f, q.AddYears(1), ok
}

// ifGrown is the level that an assumed growth gives, and how much of the plan that would be.
func (c *computation) ifGrown(l line, p period.Period) outcome {
	from, to, ok := c.grownFrom(l, p)
	if !ok || l.ind.Kind == facts.Index {
		return outcome{lacks: []Lack{c.lack(LackBase, l, p)}, alternatives: c.nearest(l, p)}
	}
	g := *c.q.Assumed
	if g.Unit == "" {
		g.Unit = quantity.Percent
	}
	if g.Unit != quantity.Percent {
		return outcome{lacks: []Lack{c.lack(LackUnit, l, p)}}
	}
	return c.ifLevel(l, to, quantity.Grown(from.value, g), from)
}

// ifChanged is the level that an assumed rise gives.
func (c *computation) ifChanged(l line, p period.Period) outcome {
	from, to, ok := c.grownFrom(l, p)
	if !ok {
		return outcome{lacks: []Lack{c.lack(LackBase, l, p)}, alternatives: c.nearest(l, p)}
	}
	v, err := quantity.Add(from.value, c.assumed(l, to, facts.NoMeasure).value)
	if err != nil {
		return outcome{lacks: []Lack{c.lack(LackUnit, l, to)}, alternatives: c.nearest(l, p)}
	}
	return c.ifLevel(l, to, v, from)
}

// ifLevel is an assumed level as the answer, with its attainment and gap where there is a plan.
func (c *computation) ifLevel(l line, p period.Period, v quantity.Quantity, from picked) (o outcome) {
	f := picked{line: l, period: p, value: *c.q.Assumed, basis: Derived}
	in, note := c.assumption(f)
	o.notes = append([]Note{note}, from.derivation()...)
	level := c.derivedResult(WhatIf, l, p, v, from.input(), in)
	level.BasePeriod, level.BaseOf = from.period, from.of
	o.asked = []Result{level}
	for _, plan := range l.plansFor(p, c.q.AssignedBy) {
		att, err := quantity.Over(v, plan.value)
		if err != nil {
			continue
		}
		gap, err := quantity.Sub(plan.value, v)
		if err != nil {
			continue
		}
		o.company = append(o.company, c.derivedResult(Attainment, l, p, att, from.input(), in, plan.input()),
			c.derivedResult(Gap, l, p, gap, from.input(), in, plan.input()))
	}
	return o
}

// ifAttained is the level that an assumed attainment gives.
func (c *computation) ifAttained(l line, p period.Period) (o outcome) {
	at, plans := c.plannedPeriod(l, p)
	if len(plans) == 0 {
		return c.noPlan(l, p)
	}
	share := *c.q.Assumed
	if share.Unit == "" {
		share.Unit = quantity.Percent
	}
	in, note := c.assumption(picked{line: l, period: at, value: share, basis: Derived})
	o.notes = []Note{note}
	for _, plan := range plans {
		v := quantity.PartOf(plan.value, share)
		if share.Unit != quantity.Percent || plan.claim != 0 {
			continue
		}
		o.asked = append(o.asked, c.derivedResult(WhatIf, l, at, v, plan.input(), in))
		if gap, err := quantity.Sub(plan.value, v); err == nil {
			o.company = append(o.company, c.derivedResult(Gap, l, at, gap, plan.input(), in))
		}
	}
	if !o.ok() {
		return outcome{lacks: []Lack{c.lack(LackUnit, l, at)}, alternatives: c.plansOf(l, at)}
	}
	return o
}

// ifShort is the level that leaves an assumed gap to the plan.
func (c *computation) ifShort(l line, p period.Period) (o outcome) {
	at, plans := c.plannedPeriod(l, p)
	if len(plans) == 0 {
		return c.noPlan(l, p)
	}
	f := c.assumed(l, at, facts.NoMeasure)
	in, note := c.assumption(f)
	o.notes = []Note{note}
	for _, plan := range plans {
		v, err := quantity.Sub(plan.value, f.value)
		if err != nil {
			continue
		}
		o.asked = append(o.asked, c.derivedResult(WhatIf, l, at, v, plan.input(), in))
		if att, err := quantity.Over(v, plan.value); err == nil {
			o.company = append(o.company, c.derivedResult(Attainment, l, at, att, plan.input(), in))
		}
	}
	if !o.ok() {
		return outcome{lacks: []Lack{c.lack(LackUnit, l, at)}, alternatives: c.plansOf(l, at)}
	}
	return o
}
