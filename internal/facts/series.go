package facts

import (
	"cmp"
	"slices"
	"sync/atomic"
	"unsafe"

	"factbot/internal/period"
)

// Series is all that is known of one indicator in one area.
type Series struct {
	periods []period.Period // sorted by period.Compare, each once
	claims  []Claim         // by period, the newest document first
	ledger  *ledger
	entries []entry // likewise
	shelf   *shelf
	made    atomic.Pointer[[]cell] // by period, from the first that is read on
}

// cell has the observations of a period, once they were read.
type cell = atomic.Pointer[[]Observation]

// shelf has the series that were asked for, with the observations that were read of them. It is emptied when it is full: the ledger has them all.
type shelf struct {
	slots []atomic.Pointer[Series] // by the series' number
	held  atomic.Int64             // bytes on it
}

// shelved is how much stands ready at most, in bytes.
const shelved = 32 << 20

var noSeries = &Series{}

// Series is what is known of an indicator in an area; empty, never nil, where nothing is.
func (s *Snapshot) Series(indicator, area string) *Series {
	key := seriesKey{indicator, area}
	l, n, at, ok := s.figures.find(key)
	if !ok {
		return noSeries
	}
	slot := &s.shelf.slots[at]
	if sr := slot.Load(); sr != nil {
		return sr
	}
	sr := &Series{periods: l.periods(n), ledger: l, entries: l.of(n), shelf: &s.shelf}
	if at := s.claims[key]; len(at) > 0 {
		sr.claim(s.model.Claims, at)
	}
	s.shelf.hold(int(unsafe.Sizeof(*sr)) + len(sr.claims)*int(unsafe.Sizeof(Claim{})))
	slot.Store(sr)
	return sr
}

// hold counts what is put on the shelf, and empties it where that is too much.
func (s *shelf) hold(bytes int) {
	if s.held.Add(int64(bytes)) <= shelved {
		return
	}
	s.held.Store(int64(bytes))
	for i := range s.slots {
		s.slots[i].Store(nil)
	}
}

// claim takes in the claims at some places.
func (sr *Series) claim(all []Claim, places []int32) {
	sr.claims = make([]Claim, len(places))
	periods := slices.Clone(sr.periods)
	for i, at := range places {
		sr.claims[i] = all[at]
		periods = append(periods, sr.claims[i].Period)
	}
	slices.SortStableFunc(sr.claims, func(a, b Claim) int {
		return cmp.Or(period.Compare(a.Period, b.Period), cmp.Compare(b.Source.date(), a.Source.date()))
	})
	slices.SortFunc(periods, period.Compare)
	sr.periods = slices.Clip(slices.Compact(periods))
}

// Periods are the periods with a figure or a claim, the latest end last; of equal ends the longer last. Not to be changed.
func (sr *Series) Periods() []period.Period { return sr.periods }

// Ending are those of the periods that end in a month of p, in the same order: all that p contains, and some that begin before it.
func (sr *Series) Ending(p period.Period) []period.Period { return period.Ending(sr.periods, p) }

// Observations of one period, of all measures and documents, the newest document first. Not to be changed.
func (sr *Series) Observations(p period.Period) []Observation {
	at, ok := slices.BinarySearchFunc(sr.periods, p, period.Compare)
	if !ok {
		return nil
	}
	made := sr.made.Load()
	if made == nil {
		cells := make([]cell, len(sr.periods))
		if sr.made.CompareAndSwap(nil, &cells) {
			sr.shelf.hold(len(cells) * int(unsafe.Sizeof(cells[0])))
		}
		made = sr.made.Load()
	}
	if list := (*made)[at].Load(); list != nil {
		return *list
	}
	list := sr.read(p)
	sr.shelf.hold(len(list)*int(unsafe.Sizeof(Observation{})) + int(unsafe.Sizeof(list)))
	(*made)[at].Store(&list)
	return list
}

// read makes the observations of a period out of its entries.
func (sr *Series) read(p period.Period) []Observation {
	entries := within(sr.entries, p, func(e *entry) period.Period { return e.at })
	list := make([]Observation, 0, len(entries))
	for i := range entries {
		if !entries[i].repeats {
			list = append(list, sr.ledger.observation(&entries[i]))
		}
	}
	return list
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
