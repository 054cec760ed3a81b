package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
)

// withoutPlan answers which indicators have a figure and no plan: for the period named, else for the latest one that any of them has a plan for.
func (c *computation) withoutPlan() {
	lines, ok := c.lines()
	if !ok {
		return
	}
	at := c.periods()[0]
	planned := func(l line, p period.Period) bool { _, ok := l.plan(p, c.q.AssignedBy); return ok }
	if at.IsZero() {
		for _, l := range lines {
			for _, p := range l.series.Periods() {
				if planned(l, p) && (at.IsZero() || period.Compare(p, at) > 0) {
					at = p
				}
			}
		}
	}
	measure := c.q.Measure
	c.q.Measure = facts.NoMeasure
	var found []candidate
	for _, l := range lines {
		if o := c.value(l, at); !planned(l, at) && o.ok() && !o.planOnly {
			found = append(found, candidate{o.asked[0], o})
		}
	}
	c.q.Measure = measure
	if len(found) == 0 {
		c.status = Answered
		c.notes = append(c.notes, Note{Code: NoteNoneMatch, Period: at})
		return
	}
	for _, f := range found {
		c.asked = append(c.asked, f.figure)
	}
	c.notes = append(c.notes, Note{Code: NoteNoPlan, Period: at})
}
