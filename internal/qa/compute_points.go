package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// pointsApart sets two attainments or growths against each other, in percentage points: the first named less the second; of two periods of
// one indicator the later less the earlier.
func (c *computation) pointsApart() {
	var sides [2]Result
	for i, ref := range c.q.Pair[:2] {
		s := c.sub(func(q *Query) {
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
		c.lacks = append(c.lacks, s.lacks...)
		c.warnings = append(c.warnings, s.warnings...)
		c.notes = append(c.notes, s.notes...)
		if len(s.asked) == 0 || !s.asked[0].HasValue {
			c.alternatives = append(c.alternatives, s.alternatives...)
			return
		}
		sides[i] = s.asked[0]
	}
	a, b := sides[0], sides[1]
	apart, err := quantity.Sub(a.Value, b.Value)
	if err != nil {
		c.lacks = append(c.lacks, Lack{Kind: LackUnit, Name: b.Name, Period: b.Period})
		c.alternatives = sides[:]
		return
	}
	r := a
	r.Op, r.Measure, r.Basis, r.Value, r.BasePeriod = Change, string(Change), Computed, apart, b.Period
	r.Inputs = []Input{pointInput(a), pointInput(b)}
	c.asked, c.company = []Result{r}, sides[:]
}

func pointInput(r Result) Input {
	return Input{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area, Source: r.Source, Basis: r.Basis, Of: r.Of, Locator: r.Locator}
}
