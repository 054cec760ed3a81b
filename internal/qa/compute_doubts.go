package qa

import (
	"slices"

	"factbot/internal/period"
)

// tooMany lines are not looked through at once: which indicator is meant has to be said.
const tooMany = 500

// doubts lists where the documents contradict their own figures: growths and attainments that they state otherwise than their figures give, and plans
// below what was realised before. Of the indicators and periods named, else of all.
func (c *computation) doubts() {
	if len(c.q.Indicators) == 0 && len(c.facts.Indicators())*len(c.facts.Areas()) > tooMany {
		c.askIndicator()
		return
	}
	lines, ok := c.doubtedLines()
	if !ok {
		return
	}
	looked := 0
	for _, l := range lines {
		for _, p := range c.doubtedPeriods(l) {
			for _, compute := range []lineFunc{c.value, c.attainment, c.growth} {
				o := compute(l, p)
				if !o.ok() || o.asked[0].Period != p {
					continue
				}
				looked++
				if o.contradicts() {
					twins := slices.DeleteFunc(slices.Clone(o.company), func(r Result) bool { return r.Measure != o.asked[0].Measure || r.Period != p })
					c.add(outcome{asked: o.asked[:1], company: twins, warnings: o.warnings})
				}
			}
		}
	}
	if len(c.asked) == 0 {
		c.status = Answered
		c.notes = append(c.notes, Note{Code: NoteNoDoubt, N: looked})
	}
}

// doubtedLines are the lines of the query; without an indicator those of every one, parts too.
func (c *computation) doubtedLines() ([]line, bool) {
	if len(c.q.Indicators) > 0 {
		return c.lines()
	}
	var lines []line
	for _, ind := range c.facts.Indicators() {
		for _, a := range c.facts.Areas() {
			if len(c.q.Areas) == 0 || containsID(c.q.Areas, a.ID) {
				lines = append(lines, c.line(ind, a.ID))
			}
		}
	}
	return lines, true
}

func (c *computation) doubtedPeriods(l line) []period.Period {
	if len(c.q.Periods) > 0 {
		return c.q.Periods
	}
	return l.series.Periods()
}

// contradicts reports whether a figure of the outcome is stated otherwise than it is computed, that documents disagree, or
// that a plan is below what was realised.
func (o outcome) contradicts() bool {
	for _, w := range o.warnings {
		if w.Code == StatedDiffers || w.Code == PlanBelowRealised || w.Code == SourcesDisagree {
			return true
		}
	}
	return false
}
