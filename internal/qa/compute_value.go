package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// value is the figure of a line: the realised one, or the plan where it is asked for or nothing else exists.
func (c *computation) value(l line, p period.Period) outcome {
	if l.ind.Kind == facts.Index && c.q.Base.Kind != DefaultBase && c.q.Base.Kind != PlanBase {
		return c.growth(l, p) // the value of an index is its growth, against the base named
	}
	if c.q.Measure == facts.Plan {
		return c.planValue(l, p)
	}
	if p.IsZero() {
		return c.latestValue(l)
	}
	if r, ok := c.wanted(l, p); ok {
		return c.valueOf(r)
	}
	if p.Shape() == period.Year {
		has := func(q period.Period) bool { _, ok := c.wanted(l, q); return ok }
		if part, ok := l.latestPart(p.Year(), has); ok {
			r, _ := c.wanted(l, part)
			o := c.valueOf(r)
			o.notes = append(o.notes, l.note(NoteCumulative, part, p))
			o.company = append(o.company, c.plansOf(l, p)...)
			return o
		}
	}
	if o := c.certainMeasure(l, p); o.ok() {
		return o
	}
	if o := c.backcastFrom(l, p); o.ok() {
		o.company = append(o.company, c.plansOf(l, p)...)
		return o
	}
	if o := c.onlyPlan(l, p); o.ok() {
		realised := func(q period.Period) bool { _, ok := l.realised(q); return ok }
		if q, ok := l.latestInside(p, realised); ok { // months that do not add up to anything
			r, _ := l.realised(q)
			o.company = append(o.company, c.figure(Value, r))
		}
		return o
	}
	return c.noValue(l, p)
}

// wanted is the realised figure of the measure asked for; by rule, and added up where it may be, if none was.
func (c *computation) wanted(l line, p period.Period) (picked, bool) {
	if !c.q.Measure.Realised() {
		return l.realisedOrSum(p)
	}
	if r, ok := l.stored(p, c.q.Measure); ok {
		return r, true
	}
	if g, ok := l.stated(p, facts.Growth, false, ""); ok && l.ind.Kind == facts.Index && g.of == c.q.Measure {
		return g, true
	}
	return picked{}, false
}

// certainMeasure answers for an estimate or a preliminary figure with a more certain one that took its place.
func (c *computation) certainMeasure(l line, p period.Period) (o outcome) {
	if c.q.Measure != facts.Estimate && c.q.Measure != facts.Preliminary {
		return o
	}
	if r, ok := l.realised(p); ok && r.of > c.q.Measure {
		o = c.valueOf(r)
		o.notes = append(o.notes, l.note(NoteOtherMeasure, p, period.Period{}))
	}
	return o
}

// onlyPlan is the plan where a realised figure was meant and there is none; nothing where only a realised one will do.
func (c *computation) onlyPlan(l line, p period.Period) (o outcome) {
	if c.q.Realised || c.q.Measure.Realised() {
		return o
	}
	if o = c.planAt(l, p); o.ok() {
		o.planOnly = true
		o.notes = append(o.notes, l.note(NoteOnlyPlan, p, period.Period{}))
	}
	return o
}

// latestValue is the value of the latest period that has one, with the single month or quarter of the same end beside it.
func (c *computation) latestValue(l line) outcome {
	has := func(q period.Period) bool {
		if c.q.Measure.Realised() {
			_, ok := c.wanted(l, q)
			return ok
		}
		_, ok := l.realised(q)
		return ok
	}
	if p, ok := l.latest(has); ok {
		r, _ := c.wanted(l, p)
		o := c.valueOf(r)
		for _, q := range l.sameEnd(p, has) {
			beside, _ := c.wanted(l, q)
			o.company = append(o.company, c.figure(Value, beside))
		}
		return o
	}
	hasPlan := func(q period.Period) bool { _, ok := l.plan(q, c.q.AssignedBy); return ok }
	if p, ok := l.latest(hasPlan); ok {
		if o := c.onlyPlan(l, p); o.ok() {
			return o
		}
	}
	return c.noValue(l, period.Period{})
}

// planValue is the plan of a period, or of the latest that has one.
func (c *computation) planValue(l line, p period.Period) outcome {
	if p.IsZero() {
		p, _ = l.latest(func(q period.Period) bool { _, ok := l.plan(q, c.q.AssignedBy); return ok })
	}
	if o := c.planAt(l, p); o.ok() {
		return o
	}
	if len(c.q.Periods) == 0 {
		p = period.Period{}
	}
	lack := c.lack(LackPlan, l, p)
	lack.Text = c.q.AssignedBy
	return outcome{lacks: []Lack{lack}, alternatives: c.nearestPlans(l, p)}
}

// planAt are the plans of a period as what was asked, one for each who assigned one.
func (c *computation) planAt(l line, p period.Period) (o outcome) {
	for _, pl := range l.plans(p, c.q.AssignedBy) {
		o.asked = append(o.asked, c.figure(Value, pl))
		o.company = append(o.company, c.rivalResults(pl)...)
	}
	return o
}

// plansOf are the plans of a period as company.
func (c *computation) plansOf(l line, p period.Period) []Result {
	var list []Result
	for _, pl := range l.plans(p, c.q.AssignedBy) {
		list = append(list, c.figure(Value, pl))
	}
	return list
}

// valueOf is a figure as what was asked, with those that contradict it and the claim's computed twin.
func (c *computation) valueOf(r picked) outcome {
	if r.claim == facts.Growth {
		return c.grownOutcome(r.line, r.period, false)
	}
	return outcome{asked: []Result{c.figure(Value, r)}, company: c.rivalResults(r), notes: r.derivation()}
}

// rivalResults are the figures of the same date that contradict one.
func (c *computation) rivalResults(f picked) []Result {
	var list []Result
	for _, r := range f.rivals() {
		list = append(list, c.figure(Value, r))
	}
	return list
}

// noValue says what is missing, with the nearest figures there are.
func (c *computation) noValue(l line, p period.Period) outcome {
	kind := LackPeriod
	if _, ok := l.realised(p); ok && c.q.Measure.Realised() {
		kind = LackMeasure
	} else if _, planned := l.plan(p, ""); planned {
		kind = LackRealised
	}
	lack := c.lack(kind, l, p)
	if kind == LackMeasure {
		lack.Text = c.q.Measure.String()
	}
	return outcome{lacks: []Lack{lack}, alternatives: c.nearest(l, p)}
}

// backcast is the level of a period derived from the growth stated for a later one. With no period named it is that before the
// earliest figure.
func (c *computation) backcast(l line, p period.Period) outcome {
	if p.IsZero() {
		for _, q := range l.series.Periods() {
			if o := c.backcastFrom(l, q.AddYears(-1)); o.ok() {
				return o
			}
		}
		return outcome{lacks: []Lack{c.lack(LackGrowth, l, p)}, alternatives: c.nearest(l, p)}
	}
	if r, ok := l.stored(p, facts.NoMeasure); ok { // stored after all
		return c.valueOf(r)
	}
	if o := c.backcastFrom(l, p); o.ok() {
		return o
	}
	return outcome{lacks: []Lack{c.lack(LackPeriod, l, p)}, alternatives: c.nearest(l, p)}
}

// backcastFrom is the level of p out of the realised figure and the growth stated for the same period of the next year, or for the
// period just after.
func (c *computation) backcastFrom(l line, p period.Period) (o outcome) {
	if l.ind.Kind == facts.Index || l.ind.Kind == facts.Rate || p.IsZero() {
		return o
	}
	for _, way := range []struct {
		from period.Period
		kind facts.ClaimKind
	}{{p.AddYears(1), facts.Growth}, {p.Next(), facts.GrowthPrev}} {
		level, ok := l.stored(way.from, facts.NoMeasure)
		g, stated := l.stated(way.from, way.kind, false, "")
		if !ok || !stated {
			continue
		}
		v, err := quantity.Backcast(level.value, g.value)
		if err != nil {
			continue
		}
		r := c.result(Backcast, l, p)
		r.HasValue, r.Value, r.Basis, r.BasePeriod = true, v, Derived, way.from
		r.Inputs = []Input{level.input(), g.input()}
		n := l.note(NoteBackcast, p, way.from)
		n.Value = &g.value
		return outcome{asked: []Result{r}, notes: []Note{n}}
	}
	return o
}
