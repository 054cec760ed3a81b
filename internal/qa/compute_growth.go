package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// grown is what is known of one growth: the claim, and the two levels.
type grown struct {
	line       line
	period     period.Period
	base       period.Period
	plan       bool // the growth of a plan, against the realised figure of the base
	claim      picked
	hasClaim   bool
	this, from picked
	computed   quantity.Quantity // percent; pp where the figures are percentages
	hasLevels  bool              // computed holds
}

// known reports whether there is anything to say.
func (g grown) known() bool { return g.hasClaim || g.hasLevels }

// differs reports whether the claim and the levels contradict each other beyond the claim's own digits.
func (g grown) differs() bool {
	if !g.hasClaim || !g.hasLevels {
		return false
	}
	stated := g.claim.value
	stated.Unit = g.computed.Unit
	if quantity.Agrees(stated, g.computed) {
		return false
	}
	if g.line.ind.Kind == facts.Rate { // said of a rate in percent of the rate
		if relative, err := quantity.Growth(g.this.value, g.from.value); err == nil && quantity.Agrees(g.claim.value, relative) {
			return false
		}
	}
	return true
}

// claimBetween is the kind of claim that speaks of p against base; 0 where none does.
func claimBetween(p, base period.Period) facts.ClaimKind {
	switch base {
	case p.AddYears(-1):
		return facts.Growth
	case p.Prev():
		return facts.GrowthPrev
	}
	return 0
}

// grownAt gathers the growth of p against base: of the realised figure, or of a plan against the realised figure of the base.
func (l line) grownAt(p, base period.Period, plan bool, by string) grown {
	g := grown{line: l, period: p, base: base, plan: plan}
	if kind := claimBetween(p, base); kind != 0 {
		g.claim, g.hasClaim = l.stated(p, kind, plan, by)
	}
	if l.ind.Kind == facts.Index || monthsOf(base).last >= monthsOf(p).first && base != p && p.Len() > 12 {
		return g // no levels to compare, or spans of years that overlap
	}
	var ok bool
	if g.from, ok = l.level(base); !ok {
		return g
	}
	if !plan {
		if g.this, ok = l.level(p); ok {
			g.settle()
		}
		return g
	}
	for _, pl := range l.plans(p, by) { // the plan that the claim fits, else the first
		if g.hasClaim && g.claim.assigned != "" && pl.assigned != g.claim.assigned {
			continue
		}
		try := g
		try.this = pl
		if try.settle(); try.hasLevels && (!g.hasLevels || g.differs() && !try.differs()) {
			g = try
		}
	}
	return g
}

// settle computes the growth out of the two levels, from one document where equally good figures are.
func (g *grown) settle() {
	g.this, g.from = sharing(g.this, g.from)
	var err error
	if g.this.value.Unit == quantity.Percent {
		g.computed, err = quantity.Sub(g.this.value, g.from.value)
	} else {
		g.computed, err = quantity.Growth(g.this.value, g.from.value)
	}
	g.hasLevels = err == nil
}

// levels are the inputs of the growth.
func (g grown) levels() []Input {
	if !g.hasLevels {
		return nil
	}
	return []Input{g.this.input(), g.from.input()}
}

// statedResult is the claim as a result.
func (c *computation) statedResult(g grown) Result {
	r := c.figure(Growth, g.claim)
	r.Measure, r.BasePeriod, r.Of, r.Inputs = string(Growth), g.base, g.claim.of, g.levels()
	if g.hasLevels {
		r.BaseOf = g.from.of
	}
	return r
}

// computedResult is what the levels give.
func (c *computation) computedResult(g grown) Result {
	r := c.result(Growth, g.line, g.period)
	r.BasePeriod, r.HasValue, r.Value, r.Basis = g.base, true, g.computed, Computed
	r.Of, r.BaseOf, r.Assigned, r.Inputs = g.this.of, g.from.of, g.this.assigned, g.levels()
	if g.computed.Unit == quantity.PP {
		r.Measure = string(Change)
	}
	return r
}

// contradiction is the warning that claim and levels differ.
func (c *computation) contradiction(op Op, l line, p period.Period, stated, computed quantity.Quantity) Warning {
	w := Warning{Code: StatedDiffers, Indicator: l.ind.ID, Name: l.ind.Name, Period: p, Of: op, Stated: &stated, Computed: &computed, Area: l.area}
	if a := c.facts.Area(l.area); a != nil {
		w.AreaName = a.Name
	}
	return w
}

// outcomeOf is a growth as what was asked: the stated one, with the computed one beside it where they differ; else the computed one.
func (c *computation) outcomeOf(g grown) (o outcome) {
	switch {
	case g.differs():
		o.asked = []Result{c.statedResult(g)}
		o.company = []Result{c.computedResult(g)}
		o.warnings = []Warning{c.contradiction(Growth, g.line, g.period, g.claim.value, g.computed)}
	case g.hasClaim:
		o.asked = []Result{c.statedResult(g)}
	case g.hasLevels:
		o.asked = []Result{c.computedResult(g)}
	}
	for _, rival := range g.claim.rivalClaims() {
		r := c.figure(Growth, rival)
		r.Measure, r.BasePeriod = string(Growth), g.base
		o.company = append(o.company, r)
	}
	if g.hasLevels {
		o.notes = append(g.this.derivation(), g.from.derivation()...)
	}
	return o
}

// grownOutcome is the growth of p against the same period of the previous year.
func (c *computation) grownOutcome(l line, p period.Period, plan bool) outcome {
	return c.outcomeOf(l.grownAt(p, p.AddYears(-1), plan, c.q.AssignedBy))
}

// growth answers a question for growth. It is of the realised figures; where there is only a plan, of the plan.
func (c *computation) growth(l line, p period.Period) outcome {
	if c.q.Base.Kind == PlanBase {
		return c.growthOnPlan(l, p)
	}
	if p.IsZero() {
		return c.latestGrowth(l)
	}
	if c.q.Measure == facts.Plan {
		if o := c.growthAt(l, p, true); o.ok() {
			return o
		}
		return c.noGrowth(l, p)
	}
	if o := c.growthAt(l, p, false); o.ok() {
		return o
	}
	_, realised := l.realisedOrSum(p)
	if p.Shape() == period.Year && !realised {
		has := func(q period.Period) bool { return c.hasGrowth(l, q, false) }
		if part, ok := l.latestPart(p.Year(), has); ok {
			o := c.growthAt(l, part, false)
			o.notes = append(o.notes, l.note(NoteCumulative, part, p))
			if plan := c.growthAt(l, p, true); plan.ok() {
				o.company = append(o.company, append(plan.asked, plan.company...)...)
				o.warnings = append(o.warnings, plan.warnings...)
			}
			return o
		}
	}
	if !realised && !c.q.Realised && !c.q.Measure.Realised() {
		if o := c.growthAt(l, p, true); o.ok() {
			o.planOnly = true
			o.notes = append(o.notes, l.note(NoteOnlyPlan, p, period.Period{}))
			return o
		}
	}
	return c.noGrowth(l, p)
}

// basePeriod is what a period is compared with, by the query's base; zero where nothing fits.
func (c *computation) basePeriod(p period.Period) period.Period {
	switch c.q.Base.Kind {
	case PrevPeriod:
		return p.Prev()
	case NamedPeriod:
		base := c.q.Base.Period
		if base.Len() == p.Len() {
			return base
		}
		if base.Shape() == period.Year && p.Len() < 12 {
			if c.q.Base.End {
				return base
			}
			return p.InYear(base.Year())
		}
		return period.Period{}
	}
	return p.AddYears(-1)
}

// growthAt is the growth of p against the query's base.
func (c *computation) growthAt(l line, p period.Period, plan bool) outcome {
	base := c.basePeriod(p)
	if base.IsZero() || base == p {
		return outcome{}
	}
	return c.outcomeOf(l.grownAt(p, base, plan, c.q.AssignedBy))
}

func (c *computation) hasGrowth(l line, p period.Period, plan bool) bool {
	base := c.basePeriod(p)
	return !base.IsZero() && base != p && l.grownAt(p, base, plan, c.q.AssignedBy).known()
}

// latestGrowth is the growth of the latest period that has one: of the realised figures, where there is none at all of the plan.
func (c *computation) latestGrowth(l line) outcome {
	of := func(plan bool) func(period.Period) bool {
		return func(q period.Period) bool {
			if c.q.Base.Kind == PrevPeriod && (q.Shape() == period.Cumulative || q.Len() > 12) || c.q.Step != period.None && q.Shape() != c.q.Step {
				return false
			}
			return c.hasGrowth(l, q, plan)
		}
	}
	if c.q.Measure != facts.Plan {
		if p, ok := l.latest(of(false)); ok {
			o := c.growthAt(l, p, false)
			if c.q.Base.Kind == DefaultBase || c.q.Base.Kind == SamePeriod {
				for _, q := range l.sameEnd(p, of(false)) {
					beside := c.growthAt(l, q, false)
					o.company = append(o.company, append(beside.asked, beside.company...)...)
					o.warnings = append(o.warnings, beside.warnings...)
					o.notes = append(o.notes, beside.notes...)
				}
			}
			return o
		}
	}
	if !c.q.Realised && !c.q.Measure.Realised() {
		if p, ok := l.latest(of(true)); ok {
			o := c.growthAt(l, p, true)
			if c.q.Measure != facts.Plan {
				o.planOnly = true
				o.notes = append(o.notes, l.note(NoteOnlyPlan, p, period.Period{}))
			}
			return o
		}
	}
	return c.noGrowth(l, period.Period{})
}

// noGrowth says what a growth lacks, with the levels there are.
func (c *computation) noGrowth(l line, p period.Period) outcome {
	o := outcome{lacks: []Lack{c.lack(LackGrowth, l, p)}, alternatives: c.nearest(l, p)}
	if p.IsZero() {
		return o
	}
	base := c.basePeriod(p)
	if base.IsZero() && c.q.Base.Kind == NamedPeriod {
		base = c.q.Base.Period
	}
	if _, ok := l.realisedOrSum(p); ok && !base.IsZero() && l.ind.Kind != facts.Index {
		if _, ok := l.level(base); !ok {
			o.lacks = append(o.lacks, c.lack(LackBase, l, base))
		}
	}
	return o
}

// growthOnPlan is how far the realised figure stands above the plan, in percent: attainment − 100.
func (c *computation) growthOnPlan(l line, p period.Period) outcome {
	o := c.attainment(l, p)
	if !o.ok() {
		return o
	}
	att := o.asked[0]
	over := att
	over.Op, over.Measure, over.Basis, over.BaseOf = Growth, string(Growth), Computed, facts.Plan
	over.Value.Number = att.Value.Full().Sub(quantity.Int(100))
	over.Value.Mult, over.Value.Decimals = 0, quantity.Computed
	if len(over.Inputs) == 0 {
		over.Basis = Derived
	}
	o.company = append(append([]Result{}, o.asked...), o.company...)
	o.asked = []Result{over}
	return o
}
