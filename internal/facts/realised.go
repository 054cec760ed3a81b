package facts

import "factbot/internal/period"

// Realised is the realised figure that counts for a period: an actual before a preliminary before an estimate, then the newest.
func (sr *Series) Realised(p period.Period) (o Observation, ok bool) {
	for _, c := range sr.Observations(p) {
		if c.Measure.Realised() && (!ok || c.Measure > o.Measure) {
			o, ok = c, true
		}
	}
	return o, ok
}

// Of is the newest figure of one measure in a period; of a plan, the one that assignedBy assigned, or any where that is empty.
func (sr *Series) Of(p period.Period, m Measure, assignedBy string) (Observation, bool) {
	for _, c := range sr.Observations(p) {
		if c.Measure == m && (assignedBy == "" || c.AssignedBy == assignedBy) {
			return c, true
		}
	}
	return Observation{}, false
}
