package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// plannedPeriod is the period whose plan is meant: the one named, its year where it has none of its own; else the latest with a plan.
func (c *computation) plannedPeriod(l line, p period.Period) (period.Period, []picked) {
	if p.IsZero() {
		p, _ = l.latest(func(q period.Period) bool { _, ok := l.plan(q, c.q.AssignedBy); return ok })
	}
	plans := l.plansFor(p, c.q.AssignedBy)
	if len(plans) > 0 {
		p = plans[0].period
	}
	return p, plans
}

// noPlan says that a line has no plan for a period.
func (c *computation) noPlan(l line, p period.Period) outcome {
	lack := c.lack(LackPlan, l, p)
	lack.Text = c.q.AssignedBy
	return outcome{lacks: []Lack{lack}, alternatives: c.nearest(l, p)}
}

// requiredGrowth is the growth that would take the last realised figure to the plan.
func (c *computation) requiredGrowth(l line, p period.Period) outcome {
	at, plans := c.plannedPeriod(l, p)
	if len(plans) == 0 {
		return c.noPlan(l, p)
	}
	if l.ind.Kind == facts.Index { // its plan is a growth
		r := c.figure(RequiredGrowth, plans[0])
		r.Measure = string(RequiredGrowth)
		return outcome{asked: []Result{r}}
	}
	last, ok := l.lastRealised(at)
	if !ok {
		return outcome{lacks: []Lack{c.lack(LackRealised, l, at.AddYears(-1))}, alternatives: c.plansOf(l, at)}
	}
	var o outcome
	for _, plan := range plans {
		from, plan := sharing(last, plan)
		var v quantity.Quantity
		var err error
		if plan.value.Unit == quantity.Percent {
			v, err = quantity.Sub(plan.value, from.value)
		} else {
			v, err = quantity.Growth(plan.value, from.value)
		}
		if err != nil {
			continue
		}
		r := c.result(RequiredGrowth, l, at)
		r.BasePeriod, r.HasValue, r.Value, r.Basis = from.period, true, v, Computed
		r.Of, r.BaseOf, r.Assigned = facts.Plan, from.of, plan.assigned
		r.Inputs = []Input{plan.input(), from.input()}
		o.asked = append(o.asked, r)
		if g := l.grownAt(at, from.period, true, plan.assigned); g.differs() {
			o.company = append(o.company, c.statedResult(g))
			o.warnings = append(o.warnings, c.contradiction(Growth, l, at, g.claim.value, g.computed))
		}
	}
	o.notes = last.derivation()
	if !o.ok() {
		o.lacks = append(o.lacks, c.lack(LackUnit, l, at))
	}
	return o
}

// steps are the lengths in months, and the names behind the slash, of what a pace is per.
var steps = map[period.Shape]struct {
	months int
	name   string
}{period.None: {1, "month"}, period.Month: {1, "month"}, period.Quarter: {3, "quarter"}, period.Half: {6, "half"}, period.Year: {12, "year"}}

// pace is what each period left must bring to reach the plan: (plan − realised so far) / periods left.
func (c *computation) pace(l line, p period.Period) outcome {
	step, ok := steps[c.q.Per]
	at, plans := c.plannedPeriod(l, p)
	if len(plans) == 0 {
		return c.noPlan(l, p)
	}
	if k := l.ind.Kind; !ok || k == facts.Index || k == facts.Rate || k == facts.Stock || at.Len()%step.months != 0 {
		return outcome{lacks: []Lack{c.lack(LackSum, l, at)}, alternatives: c.plansOf(l, at)}
	}
	so, done := c.soFar(l, at, step.months)
	left := at
	if done {
		rest, ok := at.Minus(so.period)
		if !ok || rest.Len() < step.months {
			o := outcome{lacks: []Lack{c.lack(LackPeriodsLeft, l, at)}, alternatives: c.plansOf(l, at)}
			o.alternatives = append(o.alternatives, c.figure(Value, so))
			return o
		}
		left = rest
	}
	var o outcome
	for _, plan := range plans {
		if r, ok := c.paceTo(l, plan, so, done, left.Len()/step.months, step.name); ok {
			o.asked = append(o.asked, r)
			if r.Value.Sign() <= 0 {
				o.notes = append(o.notes, l.note(NotePlanReached, at, period.Period{}))
			}
		}
	}
	if !o.ok() {
		return outcome{lacks: []Lack{c.lack(LackUnit, l, at)}, alternatives: c.plansOf(l, at)}
	}
	n := l.note(NotePeriodsLeft, left, so.period)
	n.N = left.Len() / step.months
	o.notes = append(append(o.notes, n), so.derivation()...)
	return o
}

// soFar is what was realised from the beginning of a planned period, up to the latest end of a whole step.
func (c *computation) soFar(l line, at period.Period, step int) (picked, bool) {
	if r, ok := l.realisedOrSum(at); ok {
		return r, true
	}
	for n := at.Len() - step; n >= step; n -= step {
		if parts := at.Parts(step); n/step-1 < len(parts) {
			if r, ok := l.realisedOrSum(period.Months(at, parts[n/step-1])); ok {
				return r, true
			}
		}
	}
	return picked{}, false
}

// paceTo is the pace to one plan.
func (c *computation) paceTo(l line, plan, so picked, done bool, n int, per string) (Result, bool) {
	missing := plan.value
	inputs := []Input{plan.input()}
	if done {
		so, plan = sharing(so, plan)
		var err error
		if missing, err = quantity.Sub(plan.value, so.value); err != nil {
			return Result{}, false
		}
		inputs = []Input{plan.input(), so.input()}
	}
	v, err := quantity.Split(missing, n, per)
	if err != nil {
		return Result{}, false
	}
	r := c.result(Pace, l, plan.period)
	r.HasValue, r.Value, r.Basis, r.Of, r.Assigned, r.Inputs = true, v, Computed, facts.Plan, plan.assigned, inputs
	if done {
		r.BaseOf, r.BasePeriod = so.of, so.period
	}
	return r, true
}
