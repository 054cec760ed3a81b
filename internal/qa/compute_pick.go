package qa

import (
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// line is one indicator in one area: the unit in which figures are looked up.
type line struct {
	ind    *facts.Indicator
	area   string
	series *facts.Series
}

func (c *computation) line(ind *facts.Indicator, area string) line {
	return line{ind, area, c.facts.Series(ind.ID, area)}
}

// picked is the figure that the rules choose for a line and a period: one of a source, or one added up from such.
type picked struct {
	line     line
	period   period.Period
	of       facts.Measure
	claim    facts.ClaimKind // not zero: the value is a claim, such as the growth that is the value of an index
	value    quantity.Quantity
	basis    Basis
	assigned string
	source   *facts.Source
	locator  string
	parts    []picked // of a derived figure
}

// sourceID is the id of the figure's document, or empty.
func (p picked) sourceID() string {
	if p.source == nil {
		return ""
	}
	return p.source.ID
}

// measureName is how the figure's measure is called in a result: plan, estimate …, or the claim's.
func (p picked) measureName() string {
	if p.claim != 0 {
		return p.claim.String()
	}
	return p.of.String()
}

// input is the figure as the input of a result.
func (p picked) input() Input {
	in := Input{Indicator: p.line.ind.ID, Name: p.line.ind.Name, Measure: p.measureName(), Value: p.value, Period: p.period,
		Area: p.line.area, Source: p.sourceID(), Basis: p.basis, Of: p.of, Assigned: p.assigned, Locator: p.locator}
	for _, part := range p.parts {
		in.Parts = append(in.Parts, part.input())
	}
	return in
}

// figureOf makes a stored observation a picked one.
func (l line) figureOf(o *facts.Observation) picked {
	return picked{line: l, period: o.Period, of: o.Measure, value: o.Value, basis: Stored, assigned: o.AssignedBy, source: o.Source, locator: o.Locator}
}

// stored is the observation that counts for a period: of one measure the newest; with NoMeasure the realised one by rule, an actual
// before a preliminary before an estimate, then the newest.
func (l line) stored(p period.Period, want facts.Measure) (picked, bool) {
	var best *facts.Observation
	obs := l.series.Observations(p)
	for i := range obs {
		o := &obs[i]
		switch {
		case want == facts.NoMeasure && !o.Measure.Realised(), want != facts.NoMeasure && o.Measure != want:
		case best == nil || o.Measure > best.Measure:
			best = o
		}
	}
	if best == nil {
		return picked{}, false
	}
	return l.figureOf(best), true
}

// stated is the claim that counts for a period: the newest; of a realised figure the one said of the most certain measure. By is whose
// plan it is to speak of, empty: anyone's.
func (l line) stated(p period.Period, kind facts.ClaimKind, plan bool, by string) (picked, bool) {
	var best *facts.Claim
	var bestOf facts.Measure
	claims := l.series.Claims(p)
	for i := range claims {
		if claims[i].Kind != kind || by != "" && claims[i].AssignedBy != "" && !strings.EqualFold(by, claims[i].AssignedBy) {
			continue
		}
		of := l.claimOf(&claims[i])
		if (of == facts.Plan) == plan && (best == nil || of > bestOf) {
			best, bestOf = &claims[i], of
		}
	}
	if best == nil {
		return picked{}, false
	}
	return l.claimed(best), true
}

// claimed makes a claim a picked figure.
func (l line) claimed(cl *facts.Claim) picked {
	return picked{line: l, period: cl.Period, of: l.claimOf(cl), claim: cl.Kind, value: cl.Value, basis: Stated, assigned: cl.AssignedBy,
		source: cl.Source, locator: cl.Locator}
}

// claimOf is the measure that a claim is said of; where the facts leave it open, the realised figure if there is one, else the plan.
func (l line) claimOf(cl *facts.Claim) facts.Measure {
	if cl.Of != facts.NoMeasure {
		return cl.Of
	}
	if r, ok := l.stored(cl.Period, facts.NoMeasure); ok {
		return r.of
	}
	if _, ok := l.stored(cl.Period, facts.Plan); ok {
		return facts.Plan
	}
	return facts.Estimate
}

// realised is the realised figure of a period as the facts have it, nothing added up. The value of an index is its growth.
func (l line) realised(p period.Period) (picked, bool) {
	if l.ind.Kind == facts.Index {
		if g, ok := l.stated(p, facts.Growth, false, ""); ok {
			return g, true
		}
	}
	return l.stored(p, facts.NoMeasure)
}

// level is the realised amount of a period, stored or added up: never a growth.
func (l line) level(p period.Period) (picked, bool) {
	if r, ok := l.stored(p, facts.NoMeasure); ok {
		return r, true
	}
	return l.derived(p)
}

// realisedOrSum is the realised figure, where the facts lack it and the indicator adds up the one that its parts give.
func (l line) realisedOrSum(p period.Period) (picked, bool) {
	if r, ok := l.realised(p); ok {
		return r, true
	}
	return l.derived(p)
}

// plans are the plans of a period, one for each who assigned one, the newest document first. One of nobody's that repeats another's
// figure is left out. By is whose plan is asked for, empty: all.
func (l line) plans(p period.Period, by string) []picked {
	if l.ind.Kind == facts.Index {
		if g, ok := l.stated(p, facts.Growth, true, by); ok {
			return []picked{g}
		}
	}
	var plans []picked
	obs := l.series.Observations(p)
next:
	for i := range obs {
		o := &obs[i]
		if o.Measure != facts.Plan || by != "" && !strings.EqualFold(by, o.AssignedBy) {
			continue
		}
		for j, had := range plans {
			if had.assigned == o.AssignedBy {
				continue next
			}
			if (had.assigned == "" || o.AssignedBy == "") && equalFigures(had.value, o.Value) {
				if had.assigned == "" {
					plans[j] = l.figureOf(o)
				}
				continue next
			}
		}
		plans = append(plans, l.figureOf(o))
	}
	return plans
}

// plan is the first of the plans of a period.
func (l line) plan(p period.Period, by string) (picked, bool) {
	plans := l.plans(p, by)
	if len(plans) == 0 {
		return picked{}, false
	}
	return plans[0], true
}

// plansFor are the plans that a period's realised figure is set against: its own, else those of the year that it is a part of.
func (l line) plansFor(p period.Period, by string) []picked {
	if own := l.plans(p, by); len(own) > 0 {
		return own
	}
	if year := period.OfYear(p.Year()); p != year && year.Contains(p) && l.ind.Kind != facts.Index {
		return l.plans(year, by)
	}
	return nil
}

// equalFigures reports whether two figures are the same amount, however written.
func equalFigures(a, b quantity.Quantity) bool {
	c, err := quantity.Cmp(a, b)
	return err == nil && c == 0
}

// sameDay reports whether neither of two documents is known to be the newer one.
func sameDay(a, b *facts.Source) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Date == b.Date {
		return true
	}
	return a.Date != "" && b.Date != "" && (strings.HasPrefix(a.Date, b.Date) || strings.HasPrefix(b.Date, a.Date))
}

// as good as p: stored figures of the same line, period and measure with the same value, or of the same date.
func (p picked) asGood(o *facts.Observation) bool {
	return o.Measure == p.of && o.AssignedBy == p.assigned && (equalFigures(o.Value, p.value) || sameDay(o.Source, p.source))
}

// sharing makes two figures come from one document where equally good ones do.
func sharing(a, b picked) (picked, picked) {
	if a.source == b.source || a.basis != Stored || b.basis != Stored {
		return a, b
	}
	if other, ok := a.from(b.source); ok {
		return other, b
	}
	obs := b.line.series.Observations(b.period)
	for i := range obs {
		if !b.asGood(&obs[i]) {
			continue
		}
		if other, ok := a.from(obs[i].Source); ok {
			return other, b.line.figureOf(&obs[i])
		}
	}
	return a, b
}

// from is a figure as good as p out of one document.
func (p picked) from(s *facts.Source) (picked, bool) {
	if p.source == s {
		return p, true
	}
	obs := p.line.series.Observations(p.period)
	for i := range obs {
		if obs[i].Source == s && p.asGood(&obs[i]) {
			return p.line.figureOf(&obs[i]), true
		}
	}
	return picked{}, false
}

// rivalClaims are the claims that contradict a claim; none where there is no claim.
func (p picked) rivalClaims() []picked {
	if p.claim == 0 {
		return nil
	}
	return p.rivals()
}

// rivals are the figures that contradict a stored one: the same measure and date, another value. Both are shown.
func (p picked) rivals() []picked {
	var found []picked
	if p.claim != 0 {
		claims := p.line.series.Claims(p.period)
		for i := range claims {
			cl := &claims[i]
			if cl.Kind == p.claim && p.line.claimOf(cl) == p.of && cl.AssignedBy == p.assigned && sameDay(cl.Source, p.source) && !equalFigures(cl.Value, p.value) {
				found = append(found, p.line.claimed(cl))
			}
		}
		return found
	}
	if p.basis != Stored {
		return nil
	}
	obs := p.line.series.Observations(p.period)
	for i := range obs {
		o := &obs[i]
		if o.Measure == p.of && o.AssignedBy == p.assigned && sameDay(o.Source, p.source) && !equalFigures(o.Value, p.value) {
			found = append(found, p.line.figureOf(o))
		}
	}
	return found
}
