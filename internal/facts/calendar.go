package facts

import (
	"hash/maphash"
	"slices"

	"factbot/internal/period"
)

// calendars are the lists of periods, sorted by period.Compare, each once, that series have figures of. Series with the same share one.
type calendars struct {
	all  [][]period.Period
	of   map[uint64][]int32 // by their sum
	seed maphash.Seed
	last int32
}

// number is the number of the calendar with these periods, which is made where there is none.
func (c *calendars) number(periods []period.Period) int32 {
	if len(c.all) > 0 && slices.Equal(c.all[c.last], periods) { // as mostly
		return c.last
	}
	if c.of == nil {
		c.of, c.seed = map[uint64][]int32{}, maphash.MakeSeed()
	}
	var h maphash.Hash
	h.SetSeed(c.seed)
	for _, p := range periods {
		maphash.WriteComparable(&h, p)
	}
	sum := h.Sum64()
	for _, n := range c.of[sum] {
		if slices.Equal(c.all[n], periods) {
			c.last = n
			return n
		}
	}
	c.last = int32(len(c.all))
	c.all, c.of[sum] = append(c.all, slices.Clone(periods)), append(c.of[sum], c.last)
	return c.last
}
