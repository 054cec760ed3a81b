package qa

import (
	"slices"

	"factbot/internal/quantity"
)

// count answers how many there are; what was counted stands beside the number.
func (c *computation) count() {
	switch c.q.Over {
	case OverProjects:
		c.countProjects()
		return
	case OverDocuments:
		c.counted(len(c.facts.Sources()), nil)
		return
	case OverIndicators:
		if c.q.Limit == nil && c.q.By == "" && len(c.q.Indicators) == 0 {
			c.counted(len(c.facts.Indicators()), nil)
			c.covers = c.availableAll()
			return
		}
	case OverAreas:
		if c.q.Limit == nil && c.q.By == "" {
			c.counted(len(c.areasOf(c.indicators())), nil)
			c.covers = c.availableAll()
			return
		}
	case OverParts:
		if c.q.Limit == nil && len(c.q.Indicators) > 0 {
			c.counted(len(c.facts.Parts(c.q.Indicators[0])), nil)
			return
		}
	}
	if c.q.Over != OverIndicators && len(c.q.Indicators) != 1 {
		c.askWhich()
		return
	}
	found, looked := c.candidates()
	c.place(found, looked)
	if c.status == Clarify || len(found) == 0 {
		return
	}
	if c.status == Answered { // none meets the condition
		c.asked = nil
	}
	c.counted(len(c.asked), c.asked)
}

// counted is a count as the answer, with what was counted as company.
func (c *computation) counted(n int, list []Result) {
	company := append(slices.Clone(list), c.company...)
	r := Result{Op: CountOf, Measure: string(CountOf), HasValue: true, Basis: Computed,
		Value: quantity.Quantity{Number: quantity.Int(int64(n)), Unit: quantity.Count}}
	if len(company) > 0 {
		r.Period = company[0].Period
	}
	c.asked, c.company, c.status = []Result{r}, company, Answered
}
