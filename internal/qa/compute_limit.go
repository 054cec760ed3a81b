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
	like := func(q quantity.Quantity) quantity.Quantity {
		switch {
		case q.Unit == "":
			q.Unit = v.Unit
			if q.Mult == 0 {
				q.Mult = v.Mult
			}
		case q.Unit == quantity.Percent && v.Unit == quantity.PP:
			q.Unit = quantity.PP
		case q.Unit.Per() == "" && q.Unit == v.Unit.Base():
			q.Unit = v.Unit
		}
		return q
	}
	than = like(than)
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
		to, err := quantity.Cmp(v, like(limit.To))
		return n >= 0 && err == nil && to <= 0
	}
	return false
}

// limited answers a condition put to a single figure: "có vượt 1.000 triệu không" is yes or no.
func (c *computation) limited() {
	if c.q.Limit == nil || len(c.asked) == 0 {
		return
	}
	switch c.q.Op {
	case Rank, List, Filter, CountOf, ProjectFacts, Total, Average:
		return
	}
	holds := !slices.ContainsFunc(c.asked, func(r Result) bool { return !meets(r, c.q.Limit) })
	c.holds = &holds
}
