package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// pointsApart sets two attainments or growths against each other, in percentage points: the first named less the second; of two periods of
// one indicator the later less the earlier.
func (c *computation) pointsApart() {
	first, second := c.q.Pair[0], c.q.Pair[1]
	a, b := c.oneSide(first), c.oneSide(second)
	if first.Period.IsZero() && second.Period.IsZero() && a.tells() && b.tells() && a.asked[0].Period != b.asked[0].Period {
		a, b = c.samePeriod(a, b)
	}
	var sides [2]Result
	for i, s := range []*computation{a, b} {
		c.lacks = append(c.lacks, s.lacks...)
		c.warnings = append(c.warnings, s.warnings...)
		c.notes = append(c.notes, s.notes...)
		if !s.tells() {
			c.alternatives = append(c.alternatives, s.alternatives...)
			return
		}
		sides[i] = s.asked[0]
	}
	c.apartBy(sides[0], sides[1])
}

// samePeriod computes two sides again for one period, that of either: figures of different periods are not set against each other unasked.
func (c *computation) samePeriod(a, b *computation) (*computation, *computation) {
	first, second := c.q.Pair[0], c.q.Pair[1]
	second.Period = a.asked[0].Period
	if again := c.oneSide(second); again.tells() && again.asked[0].Period == second.Period {
		return a, again
	}
	first.Period = b.asked[0].Period
	return c.oneSide(first), b
}

// oneSide is one of the two, under the other reading of its name where that alone has a figure.
func (c *computation) oneSide(ref Ref) *computation {
	s := c.side(ref)
	if ref.Or != "" && !s.tells() {
		ref.Indicator = ref.Or
		if o := c.side(ref); o.tells() {
			return o
		}
	}
	return s
}

// apartBy makes the points between two percentages the answer.
func (c *computation) apartBy(a, b Result) {
	apart, err := quantity.Sub(a.Value, b.Value)
	if err != nil {
		c.lacks = append(c.lacks, Lack{Kind: LackUnit, Name: b.Name, Period: b.Period})
		c.alternatives = []Result{a, b}
		return
	}
	r := a
	r.Op, r.Measure, r.Basis, r.Value, r.BasePeriod = Change, string(Change), Computed, apart, b.Period
	r.Inputs = []Input{pointInput(a), pointInput(b)}
	c.asked, c.company = []Result{r}, []Result{a, b}
}

// side computes the attainment or growth of one of the two.
func (c *computation) side(ref Ref) *computation {
	return c.sub(func(q *Query) {
		q.Op, q.Of, q.Pair, q.HasUnit, q.YesNo = c.q.Of, "", nil, false, NoVerdict
		q.Indicators, q.Measure, q.Base = []string{ref.Indicator}, ref.Measure, Base{}
		q.Periods = nil
		if !ref.Period.IsZero() {
			q.Periods = []period.Period{ref.Period}
		}
		if ref.Area != "" {
			q.Areas = []string{ref.Area}
		}
		if c.q.Of == Growth && q.Measure != facts.Plan {
			q.Measure = facts.NoMeasure
		}
	})
}

// tells reports whether the first thing asked has a figure.
func (c *computation) tells() bool { return len(c.asked) > 0 && c.asked[0].HasValue }

func pointInput(r Result) Input {
	return Input{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area, Source: r.Source, Basis: r.Basis, Of: r.Of, Locator: r.Locator}
}
