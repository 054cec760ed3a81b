package facts

import (
	"cmp"
	"slices"
	"sync/atomic"

	"factbot/internal/period"
)

// Series is all that is known of one indicator in one area.
type Series struct {
	periods      []period.Period // sorted by period.Compare, each once
	observations []Observation   // by period, the newest document first
	claims       []Claim         // likewise
}

// shelf has the series that were asked for, ready to be read. It is emptied when it is full: the ledger has them all.
type shelf struct {
	slots []atomic.Pointer[Series] // by the series' number
	held  atomic.Int64             // observations in them
}

// shelved is how many observations stand ready at most, some 30 MB of them.
const shelved = 1 << 17

var noSeries = &Series{}

// Series is what is known of an indicator in an area; empty, never nil, where nothing is.
func (s *Snapshot) Series(indicator, area string) *Series {
	n, ok := s.model.ledger.series.of[seriesKey{indicator, area}]
	if !ok {
		return noSeries
	}
	slot := &s.shelf.slots[n]
	if sr := slot.Load(); sr != nil {
		return sr
	}
	sr := s.read(n)
	if s.shelf.held.Add(int64(len(sr.observations)+len(sr.claims))) > shelved {
		s.shelf.held.Store(0)
		for i := range s.shelf.slots {
			s.shelf.slots[i].Store(nil)
		}
	}
	slot.Store(sr)
	return sr
}

// read makes a series of what the ledger has of it.
func (s *Snapshot) read(n int32) *Series {
	l := &s.model.ledger
	entries, claims := l.of(n), s.claims[l.series.all[n]]
	sr := &Series{observations: make([]Observation, len(entries)), claims: make([]Claim, len(claims)), periods: make([]period.Period, 0, len(entries)+len(claims))}
	for i := range entries {
		sr.observations[i] = l.observation(&entries[i])
		sr.periods = append(sr.periods, entries[i].at)
	}
	for i, at := range claims {
		sr.claims[i] = s.model.Claims[at]
		sr.periods = append(sr.periods, sr.claims[i].Period)
	}
	slices.SortStableFunc(sr.claims, func(a, b Claim) int {
		return cmp.Or(period.Compare(a.Period, b.Period), cmp.Compare(b.Source.date(), a.Source.date()))
	})
	slices.SortFunc(sr.periods, period.Compare)
	sr.periods = slices.Clip(slices.Compact(sr.periods))
	return sr
}

// Periods are the periods with a figure or a claim, the latest end last; of equal ends the longer last. Not to be changed.
func (sr *Series) Periods() []period.Period { return sr.periods }

// Observations of one period, of all measures and documents, the newest document first. Not to be changed.
func (sr *Series) Observations(p period.Period) []Observation {
	return within(sr.observations, p, func(o *Observation) period.Period { return o.Period })
}

// Claims of one period, the newest document first. Not to be changed.
func (sr *Series) Claims(p period.Period) []Claim {
	return within(sr.claims, p, func(c *Claim) period.Period { return c.Period })
}

// within is the stretch of a period in what is sorted by it.
func within[T any](sorted []T, p period.Period, of func(*T) period.Period) []T {
	from, to := 0, len(sorted)
	for from < to {
		if middle := (from + to) / 2; period.Compare(of(&sorted[middle]), p) < 0 {
			from = middle + 1
		} else {
			to = middle
		}
	}
	for to = from; to < len(sorted) && of(&sorted[to]) == p; to++ {
	}
	return sorted[from:to:to]
}
