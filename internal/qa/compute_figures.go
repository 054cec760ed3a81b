package qa

import (
	"slices"

	"factbot/internal/facts"
)

// figures lists what a number is the figure of: levels, plans, attainments, gaps and growths of the lines and periods looked through, and
// capacities of projects, that are it when rounded to the digits said.
func (c *computation) figures() {
	if c.q.Claimed == nil {
		c.lacks = append(c.lacks, Lack{Kind: LackNumber})
		return
	}
	if len(c.facts.Indicators())*len(c.facts.Areas()) > tooMany {
		c.askIndicator()
		return
	}
	lines, _ := c.doubtedLines()
	measure := c.q.Measure
	for _, l := range lines {
		for _, p := range c.doubtedPeriods(l) {
			for _, m := range []facts.Measure{facts.NoMeasure, facts.Plan} {
				c.q.Measure = m
				for _, compute := range []lineFunc{c.value, c.attainment, c.gap, c.growth} {
					if o := compute(l, p); o.ok() && o.asked[0].Period == p {
						c.keepFigures(o)
					}
				}
			}
		}
	}
	c.q.Measure = measure
	for _, p := range c.facts.Projects() {
		if p.Capacity != nil && agreesWith(*c.q.Claimed, *p.Capacity) {
			c.asked = append(c.asked, c.project(p))
		}
	}
	if len(c.asked) == 0 {
		c.status = Answered
		c.notes = append(c.notes, Note{Code: NoteNoneMatch})
	}
}

// keepFigures adds those of an outcome's own results that are the number, each once.
func (c *computation) keepFigures(o outcome) {
	for _, r := range o.asked {
		if r.HasValue && agreesWith(*c.q.Claimed, r.Value) && !slices.ContainsFunc(c.asked, func(x Result) bool { return sameResult(x, r) }) {
			c.add(outcome{asked: []Result{r}, warnings: o.warnings})
		}
	}
}
