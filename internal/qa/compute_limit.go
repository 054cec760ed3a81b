package qa

import (
	"slices"

	"factbot/internal/quantity"
)

// meets reports whether a figure meets a condition. A condition on the plan itself is one on the attainment.
func meets(r Result, limit *Limit) bool {
	than := limit.Than
	if limit.Plan {
		than = quantity.Quantity{Number: quantity.Int(100), Unit: quantity.Percent}
		if r.Op == Gap {
			than = quantity.Quantity{Unit: r.Value.Unit}
		}
	}
	return meetsLimit(r.Value, than, limit)
}

// meetsLimit compares like units after exact conversion; a bare number is in the figure's own unit.
func meetsLimit(v, than quantity.Quantity, limit *Limit) bool {
	than = likeOf(than, v)
	n, err := quantity.Cmp(v, than)
	if err != nil {
		return false
	}
	switch limit.Cmp {
	case Less:
		return n < 0
	case AtMost:
		return n <= 0
	case Equal:
		return quantity.Agrees(than, v)
	case AtLeast:
		return n >= 0
	case More:
		return n > 0
	case Between:
		to, err := quantity.Cmp(v, likeOf(limit.To, v))
		return n >= 0 && err == nil && to <= 0
	}
	return false
}

// likeOf reads a number that was said in the terms of a figure: a bare one is in the figure's own unit, percent of percentage points are
// points, tonnes of a yearly capacity are tonnes a year.
func likeOf(said, v quantity.Quantity) quantity.Quantity {
	switch {
	case said.Unit == "":
		said.Unit = v.Unit
		if said.Mult == 0 {
			said.Mult = v.Mult
		}
	case said.Unit == quantity.Percent && v.Unit == quantity.PP:
		said.Unit = quantity.PP
	case said.Unit.Per() == "" && said.Unit == v.Unit.Base():
		said.Unit = v.Unit
	}
	return said
}

// negate turns the condition round, for figures counted the other way: short by more than 5 is over by less than −5.
func (l *Limit) negate() {
	l.Than.Number = l.Than.Neg()
	switch l.Cmp {
	case Less:
		l.Cmp = More
	case AtMost:
		l.Cmp = AtLeast
	case AtLeast:
		l.Cmp = AtMost
	case More:
		l.Cmp = Less
	case Between:
		l.To.Number = l.To.Neg()
		l.Than, l.To = l.To, l.Than
	}
}

// limited answers a condition put to a single figure: "có vượt 1.000 triệu không" is yes or no.
func (c *computation) limited() {
	if c.q.Limit == nil || len(c.asked) == 0 {
		return
	}
	switch c.q.Op {
	case Rank, List, Filter, CountOf, ProjectFacts, Total, Average, Verify:
		return
	}
	for _, r := range c.asked {
		if !r.HasValue {
			return
		}
		if _, err := quantity.Cmp(r.Value, likeOf(c.q.Limit.Than, r.Value)); err != nil { // no yes or no on unlike things
			c.notes = append(c.notes, Note{Code: NoteUnitDiffers, Name: r.Name, Period: r.Period, Indicator: r.Indicator, Value: &c.q.Limit.Than})
			return
		}
	}
	holds := !slices.ContainsFunc(c.asked, func(r Result) bool { return !meets(r, c.q.Limit) })
	c.holds = &holds
}
