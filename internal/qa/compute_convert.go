package qa

import (
	"slices"

	"factbot/internal/quantity"
)

// convert answers with a figure in another unit: the figure that Of asks for, a project's, or a number of the question itself.
func (c *computation) convert() {
	if number := c.numberToConvert(); number != nil {
		c.asked = []Result{{Op: Convert, Measure: string(Convert), HasValue: true, Value: *number, Basis: Computed}}
		return
	}
	if len(c.q.Indicators) == 0 && len(c.q.Projects) == 0 && c.q.Over != OverProjects {
		c.askWhich()
		return
	}
	s := c.sub(func(q *Query) {
		q.Op = Value
		if q.Of != "" {
			q.Op = q.Of
		} else if len(q.Projects) > 0 || q.Over == OverProjects {
			q.Op = ProjectFacts
			if q.Field != InvestmentField {
				q.Field = CapacityField
			}
		}
		q.HasUnit = false
	})
	c.take(s)
}

// askIndicator asks back which indicator is meant.
func (c *computation) askIndicator() {
	c.status = Clarify
	for _, ind := range c.indicators() {
		c.options = append(c.options, Option{Label: ind.Name, Slot: "indicator", Value: ind.ID})
	}
}

// numberToConvert is a number of the question, where it names nothing that has a figure.
func (c *computation) numberToConvert() *quantity.Quantity {
	if len(c.q.Indicators) > 0 || len(c.q.Projects) > 0 {
		return nil
	}
	for _, n := range []*quantity.Quantity{c.q.Claimed, c.q.Assumed} {
		if n != nil && n.Unit != "" {
			return n
		}
	}
	return nil
}

// take makes another computation's outcome this one's.
func (c *computation) take(s *computation) {
	c.add(s.outcome)
	c.status, c.options, c.covers, c.holds = s.status, s.options, s.covers, s.holds
}

// inUnit shows the results in the unit asked for. Where none of what was asked can be, there is no such figure: the stored ones
// stand as alternatives.
func (c *computation) inUnit() {
	if !c.q.HasUnit || c.status == Clarify || len(c.asked) == 0 || c.q.Unit == quantity.Count || c.q.Unit.Base() == "" && c.q.Unit != "" {
		return
	}
	if !slices.ContainsFunc(c.asked, isAmount) {
		if c.q.Op == Convert {
			c.unconverted()
		}
		return
	}
	converted := 0
	for i := range c.asked {
		if c.showIn(&c.asked[i]) {
			converted++
		}
	}
	for i := range c.company {
		c.showIn(&c.company[i])
	}
	if converted == 0 {
		c.unconverted()
	}
}

// isAmount reports whether a result is an amount, that has multipliers and units to choose from.
func isAmount(r Result) bool {
	switch r.Value.Unit {
	case quantity.Percent, quantity.PP, quantity.Times, quantity.Count:
		return false
	}
	return r.HasValue
}

// showIn writes a result in the unit asked for, exactly; false where that cannot be.
func (c *computation) showIn(r *Result) bool {
	if !isAmount(*r) {
		return false
	}
	unit := c.q.Unit
	if unit == "" || unit.Per() == "" && unit == r.Value.Unit.Base() {
		unit = r.Value.Unit
	}
	shown, err := quantity.Convert(r.Value, unit, c.q.Mult)
	if err != nil {
		return false
	}
	switch {
	case unit != r.Value.Unit: // another time behind the slash: a figure that no source has
		c.notes = append(c.notes, Note{Code: NoteDays365, Name: r.Name, Value: &shown})
		r.Inputs = append([]Input{{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area,
			Source: r.Source, Basis: r.Basis, Of: r.Of, Assigned: r.Assigned, Locator: r.Locator}}, r.Inputs...)
		r.Value, r.Basis = shown, Computed
	case c.q.Mult != r.Value.Mult:
		r.Shown = &shown
	}
	return true
}

// unconverted turns what was asked into alternatives: it cannot be had in the unit asked for.
func (c *computation) unconverted() {
	for _, r := range c.asked {
		if !r.HasValue {
			continue
		}
		lack := Lack{Kind: LackUnit, Name: r.Name, Period: r.Period, Text: string(r.Value.Unit.Base() + "/" + c.q.Unit.Base())}
		if isCurrency(r.Value.Unit.Base()) && isCurrency(c.q.Unit.Base()) {
			lack.Kind = LackRate
		}
		c.lacks = append(c.lacks, lack)
	}
	c.alternatives = append(c.asked, c.alternatives...)
	c.asked, c.company, c.status = nil, nil, ""
}

// isCurrency reports whether a unit is an ISO 4217 code.
func isCurrency(u quantity.Unit) bool {
	return len(u) == 3 && !slices.ContainsFunc([]byte(u), func(b byte) bool { return b < 'A' || b > 'Z' })
}
