package qa

// nameAll gives results and their inputs the names that a reply needs beside their ids: of the whole that an indicator is a part of, and
// of the inputs' areas.
func (c *computation) nameAll(results []Result) {
	for i := range results {
		r := &results[i]
		if whole := c.facts.Indicator(r.PartOf); whole != nil {
			r.WholeName = whole.Name
		}
		c.nameInputs(r.Inputs)
	}
}

func (c *computation) nameInputs(inputs []Input) {
	for i := range inputs {
		if a := c.facts.Area(inputs[i].Area); a != nil {
			inputs[i].AreaName = a.Name
		}
		c.nameInputs(inputs[i].Parts)
	}
}
