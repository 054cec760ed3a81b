package qa

import (
	"factbot/internal/facts"
	"factbot/internal/quantity"
)

// projectSides sets two sets of projects against each other, by capacity or investment: their ratio or their difference. Times per year, month
// and day are made alike first, exactly; other units have no figure in common.
func (c *computation) projectSides() {
	a, okA := c.sideSum(c.q.Sides[0])
	b, okB := c.sideSum(c.q.Sides[1])
	for _, p := range c.facts.Projects() {
		for _, side := range c.q.Sides {
			for _, id := range side {
				if id == p.ID {
					c.alternatives = append(c.alternatives, c.project(p))
				}
			}
		}
	}
	if !okA || !okB {
		c.lacks = append(c.lacks, Lack{Kind: c.amountLack()})
		return
	}
	second, err := quantity.Convert(b.Value, a.Value.Unit, a.Value.Mult)
	if err != nil {
		c.lacks = append(c.lacks, Lack{Kind: LackUnit})
		return
	}
	if a.Value.Unit != b.Value.Unit {
		c.notes = append(c.notes, Note{Code: NoteDays365, Name: b.Name, Value: &second})
	}
	r := Result{Op: c.q.Op, Measure: string(c.q.Op), Name: a.Name, Basis: Computed, HasValue: true, Inputs: append(a.Inputs, b.Inputs...), Source: a.Source}
	if c.q.Op == Ratio {
		r.Value, err = quantity.Ratio(a.Value, second)
	} else {
		r.Value, err = quantity.Sub(a.Value, second)
	}
	if err != nil {
		c.lacks = append(c.lacks, Lack{Kind: LackUnit})
		return
	}
	c.asked, c.company, c.alternatives = []Result{r}, c.alternatives, nil
}

// sideSum is what the projects of one side have together; ok is false where one has no figure or the units differ.
func (c *computation) sideSum(ids []string) (sum Result, ok bool) {
	for _, p := range c.facts.Projects() {
		if !containsID(ids, p.ID) {
			continue
		}
		v := c.amountOf(p)
		if v == nil {
			return sum, false
		}
		in := Input{Name: p.Name, Measure: string(ProjectFacts), Value: *v, Area: p.Area, Basis: Stored, Locator: p.Locator}
		if p.Source != nil {
			in.Source = p.Source.ID
		}
		sum.Inputs = append(sum.Inputs, in)
		sum.Source = in.Source
		if !sum.HasValue {
			sum.HasValue, sum.Value, sum.Name = true, *v, p.Name
			continue
		}
		add, err := quantity.Convert(*v, sum.Value.Unit, sum.Value.Mult)
		if err != nil {
			return sum, false
		}
		if sum.Value, err = quantity.Add(sum.Value, add); err != nil {
			return sum, false
		}
		sum.Name = facts.Text{}
	}
	return sum, sum.HasValue
}

func containsID(ids []string, id string) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}
