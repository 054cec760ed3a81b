package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// attained is what is known of a period's attainment: the realised figure, the plans that it is set against, and the claim.
type attained struct {
	line        line
	period      period.Period
	realised    picked
	hasRealised bool
	plans       []picked
	claim       picked
	hasClaim    bool
}

// known reports whether there is an attainment, stated or to be computed.
func (a attained) known() bool {
	return a.hasClaim || a.hasRealised && len(a.plans) > 0 && a.line.ind.Kind != facts.Index
}

// attainedAt gathers the attainment of a period.
func (c *computation) attainedAt(l line, p period.Period) attained {
	a := attained{line: l, period: p}
	a.claim, a.hasClaim = l.stated(p, facts.Attainment, false, c.q.AssignedBy)
	a.plans = l.plansFor(p, c.q.AssignedBy)
	if len(a.plans) == 0 && a.hasClaim {
		a.realised, a.hasRealised = l.realised(p)
		return a
	}
	a.realised, a.hasRealised = c.wanted(l, p)
	return a
}

// attainment answers how much of the plan was reached; the gap stands beside it.
func (c *computation) attainment(l line, p period.Period) outcome { return c.reached(l, p, false) }

// gap answers how much is missing to the plan; the attainment stands beside it.
func (c *computation) gap(l line, p period.Period) outcome {
	o := c.reached(l, p, true)
	if c.q.Op != Gap || !c.q.HasUnit || c.q.Unit != quantity.Percent {
		return o
	}
	for i, r := range o.asked { // asked as a share of the plan: what the attainment lacks of 100 %
		for _, a := range o.company {
			if a.Op == Attainment && r.Op == Gap && a.Indicator == r.Indicator && a.Area == r.Area && a.Period == r.Period && a.Assigned == r.Assigned {
				o.asked[i].Value = quantity.Quantity{Number: quantity.Int(100).Sub(a.Value.Number), Unit: quantity.Percent, Decimals: -1}
			}
		}
	}
	return o
}

func (c *computation) reached(l line, p period.Period, gapFirst bool) outcome {
	named := !p.IsZero()
	if !named {
		p = c.latestAttained(l)
	}
	if a := c.attainedAt(l, p); a.known() {
		if o := c.attainedOutcome(a, gapFirst); o.ok() {
			return c.reachedBeside(o, l, p, named, gapFirst)
		}
	}
	if named && p.Shape() == period.Year {
		has := func(q period.Period) bool { return c.attainedAt(l, q).known() }
		if part, ok := l.latestPart(p.Year(), has); ok {
			o := c.attainedOutcome(c.attainedAt(l, part), gapFirst)
			o.notes = append(o.notes, l.note(NoteCumulative, part, p))
			return o
		}
	}
	if l.ind.Kind == facts.Index && gapFirst {
		if o := c.indexGap(l, p); o.ok() {
			return o
		}
	}
	return c.notReached(l, p)
}

// hasAttainment reports whether the facts themselves give the attainment of a period, nothing added up.
func (c *computation) hasAttainment(l line, p period.Period) bool {
	if _, ok := l.stated(p, facts.Attainment, false, c.q.AssignedBy); ok {
		return true
	}
	if l.ind.Kind == facts.Index || p.Len() > 12 && len(l.plans(p, c.q.AssignedBy)) == 0 {
		return false
	}
	_, ok := l.stored(p, c.realisedMeasure())
	return ok && len(l.plansFor(p, c.q.AssignedBy)) > 0
}

// latestAttained is the latest period with an attainment. A single month without a plan of its own says little of the year's plan:
// the cumulative figure up to it stands for it where there is one, be it added up.
func (c *computation) latestAttained(l line) period.Period {
	p, ok := l.latest(func(q period.Period) bool { return c.hasAttainment(l, q) })
	if !ok || l.accumulates(p) || l.ind.Kind == facts.Stock || l.ind.Kind == facts.Rate {
		return p
	}
	_, stated := l.stated(p, facts.Attainment, false, c.q.AssignedBy)
	if _, own := l.plan(p, c.q.AssignedBy); own || stated {
		return p
	}
	if sofar := period.Cumul(p.Year(), p.LastMonth()); c.attainedAt(l, sofar).known() {
		return sofar
	}
	sofar, _ := l.latest(func(q period.Period) bool {
		return l.accumulates(q) && q.LastYear() == p.Year() && c.hasAttainment(l, q)
	})
	return sofar
}

// realisedMeasure is the realised measure asked for, or NoMeasure.
func (c *computation) realisedMeasure() facts.Measure {
	if c.q.Measure.Realised() {
		return c.q.Measure
	}
	return facts.NoMeasure
}

// reachedBeside adds the single month or quarter of the same end, where no period was named.
func (c *computation) reachedBeside(o outcome, l line, p period.Period, named, gapFirst bool) outcome {
	if named {
		return o
	}
	has := func(q period.Period) bool { // only against a plan of its own: a month against the year's plan says little
		_, planned := l.plan(q, c.q.AssignedBy)
		return planned && c.hasAttainment(l, q)
	}
	for _, q := range l.sameEnd(p, has) {
		beside := c.attainedOutcome(c.attainedAt(l, q), gapFirst)
		o.company = append(o.company, beside.asked...)
		o.warnings = append(o.warnings, beside.warnings...)
	}
	return o
}

// attainedOutcome is an attainment as results: computed where the source states none or the same, else the stated one first.
func (c *computation) attainedOutcome(a attained, gapFirst bool) (o outcome) {
	var ratios, gaps []Result
	for _, plan := range a.plans {
		if !a.hasRealised || a.line.ind.Kind == facts.Index {
			break
		}
		if ratio, gap, ok := c.against(a, plan); ok {
			ratios, gaps = append(ratios, ratio), append(gaps, gap)
			if plan.period != a.period && len(o.notes) == 0 {
				o.notes = append(o.notes, a.line.note(NoteYearPlan, a.period, plan.period))
			}
		}
	}
	ratios, twins := c.claimed(a, ratios, &o)
	if gapFirst {
		o.asked, o.company = gaps, append(append(ratios, twins...), o.company...)
	} else {
		o.asked, o.company = ratios, append(append(twins, gaps...), o.company...)
	}
	if a.hasRealised {
		o.notes = append(o.notes, a.realised.derivation()...)
		o.company = append(o.company, c.rivalAttainments(a)...)
	}
	return o
}

// claimed puts the attainments that the source states before the computed ones that they contradict, which become their twins. A claim
// that names whose plan it speaks of is held against that plan, another one against all: it is right if it fits any.
func (c *computation) claimed(a attained, ratios []Result, o *outcome) (first, twins []Result) {
	first = ratios
	for _, claim := range c.attainmentClaims(a) {
		speaksOf := func(r Result) bool { return claim.assigned == "" || r.Assigned == claim.assigned }
		fits := func(r Result) bool { return speaksOf(r) && quantity.Agrees(claim.value, r.Value) }
		if slices.ContainsFunc(ratios, fits) {
			continue
		}
		stated := c.figure(Attainment, claim)
		for _, rival := range claim.rivalClaims() {
			o.company = append(o.company, c.figure(Attainment, rival))
		}
		if i := slices.IndexFunc(ratios, speaksOf); i >= 0 {
			stated.Inputs = ratios[i].Inputs
			o.warnings = append(o.warnings, c.contradiction(Attainment, a.line, a.period, claim.value, ratios[i].Value))
		}
		var rest []Result
		for _, r := range first {
			if r.Basis == Computed && speaksOf(r) {
				twins = append(twins, r)
			} else {
				rest = append(rest, r)
			}
		}
		first = append([]Result{stated}, rest...)
	}
	return first, twins
}

// attainmentClaims are the claims to look at: of two that name different assigners both, else the one that counts.
func (c *computation) attainmentClaims(a attained) []picked {
	if !a.hasClaim {
		return nil
	}
	claims := []picked{a.claim}
	for _, plan := range a.plans {
		if plan.assigned == "" || plan.assigned == a.claim.assigned || c.q.AssignedBy != "" {
			continue
		}
		if other, ok := a.line.stated(a.period, facts.Attainment, false, plan.assigned); ok && other.assigned == plan.assigned {
			claims = append(claims, other)
		}
	}
	return claims
}

// against sets the realised figure against one plan.
func (c *computation) against(a attained, plan picked) (ratio, gap Result, ok bool) {
	realised, plan := sharing(a.realised, plan)
	att, err := quantity.Over(realised.value, plan.value)
	if err != nil {
		return ratio, gap, false
	}
	left, err := quantity.Sub(plan.value, realised.value)
	if err != nil {
		return ratio, gap, false
	}
	ratio = c.result(Attainment, a.line, a.period)
	ratio.HasValue, ratio.Value, ratio.Basis = true, att, Computed
	ratio.Of, ratio.BaseOf, ratio.Assigned = realised.of, facts.Plan, plan.assigned
	ratio.Inputs = []Input{realised.input(), plan.input()}
	gap = ratio
	gap.Op, gap.Measure, gap.Value = Gap, string(Gap), left
	return ratio, gap, true
}

// rivalAttainments are those of realised figures that contradict the one counted.
func (c *computation) rivalAttainments(a attained) []Result {
	var list []Result
	if len(a.plans) == 0 {
		return nil
	}
	shown, _ := sharing(a.realised, a.plans[0])
	for _, rival := range shown.rivals() {
		if rival.claim != 0 {
			continue
		}
		att, err := quantity.Over(rival.value, a.plans[0].value)
		if err != nil {
			continue
		}
		r := c.result(Attainment, a.line, a.period)
		r.HasValue, r.Value, r.Basis, r.Of, r.BaseOf = true, att, Computed, rival.of, facts.Plan
		r.Inputs = []Input{rival.input(), a.plans[0].input()}
		list = append(list, r)
	}
	return list
}

// indexGap is how many points an index's growth stays behind the growth planned for the same period.
func (c *computation) indexGap(l line, p period.Period) (o outcome) {
	plan, ok := l.stated(p, facts.Growth, true, c.q.AssignedBy)
	realised, done := l.stated(p, facts.Growth, false, "")
	if !ok || !done {
		return o
	}
	gap, err := quantity.Sub(plan.value, realised.value)
	if err != nil {
		return o
	}
	r := c.result(Gap, l, p)
	r.HasValue, r.Value, r.Basis, r.Of, r.BaseOf = true, gap, Computed, realised.of, facts.Plan
	r.Inputs = []Input{realised.input(), plan.input()}
	o.asked = []Result{r}
	return o
}

// notReached says what an attainment lacks. Beside it stand the plan, the last realised figure, and how far apart they are.
func (c *computation) notReached(l line, p period.Period) (o outcome) {
	named := !p.IsZero()
	if !named {
		p, _ = l.latest(func(q period.Period) bool { _, ok := l.plan(q, c.q.AssignedBy); return ok })
	}
	plans := l.plansFor(p, c.q.AssignedBy)
	at := p
	if !named {
		at = period.Period{}
	}
	_, realised := l.realisedOrSum(p)
	switch {
	case len(plans) == 0 && c.q.AssignedBy != "":
		lack := c.lack(LackPlan, l, at)
		lack.Text = c.q.AssignedBy
		o.lacks = append(o.lacks, lack)
	case len(plans) == 0 && !realised && named:
		o.lacks = append(o.lacks, c.lack(LackPeriod, l, at))
	case len(plans) == 0:
		o.lacks = append(o.lacks, c.lack(LackPlan, l, at))
	case !realised:
		o.lacks = append(o.lacks, c.lack(LackRealised, l, at))
	default:
		o.lacks = append(o.lacks, c.lack(LackAttainment, l, at))
	}
	if len(plans) == 0 {
		o.alternatives = c.nearest(l, at)
		return o
	}
	for _, plan := range plans {
		o.alternatives = append(o.alternatives, c.figure(Value, plan))
	}
	last, ok := l.lastRealised(p)
	if part, found := l.latestPart(p.Year(), func(q period.Period) bool { _, ok := l.realised(q); return ok }); found && p.Shape() == period.Year {
		r, _ := l.realised(part)
		o.alternatives = append(o.alternatives, c.figure(Value, r))
	}
	if !ok {
		return o
	}
	o.alternatives = append(o.alternatives, c.figure(Value, last))
	if distance, err := quantity.Sub(plans[0].value, last.value); err == nil && l.ind.Kind != facts.Index {
		r := c.result(Gap, l, p)
		r.BasePeriod, r.HasValue, r.Value, r.Basis, r.Of, r.BaseOf = last.period, true, distance, Computed, last.of, facts.Plan
		r.Inputs = []Input{last.input(), plans[0].input()}
		o.alternatives = append(o.alternatives, r)
	}
	return o
}

// lastRealised is the realised figure of the latest period of p's length that does not end after p, its own included.
func (l line) lastRealised(p period.Period) (picked, bool) {
	periods := l.series.Periods()
	for i := len(periods) - 1; i >= 0; i-- {
		q := periods[i]
		if period.Compare(q, p) > 0 || q.Len() != p.Len() || q.Len() < 12 && q.FirstMonth() != p.FirstMonth() {
			continue
		}
		if r, ok := l.realised(q); ok {
			return r, true
		}
	}
	if p.Len() <= 12 {
		if r, ok := l.derived(p); ok {
			return r, true
		}
		return l.derived(p.AddYears(-1))
	}
	return picked{}, false
}
