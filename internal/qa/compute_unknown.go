package qa

import (
	"slices"
)

// unknown settles a query that names what the facts lack. It reports whether that ends the computation: what is known beside it is
// answered, unless the operation needs all that was named.
func (c *computation) unknown() (over bool) {
	if len(c.q.Unknown) == 0 {
		return false
	}
	word := false
	for _, u := range c.q.Unknown {
		c.lacks = append(c.lacks, Lack{Kind: lackOf(u.Kind), Name: u.Name, Text: u.Text})
		word = word || u.Kind == UnknownWord
	}
	if word {
		c.status = NotUnderstood
		if c.understood() {
			c.status = NoData
		}
		return true
	}
	if c.needsAll() || !c.allBeside() {
		c.status = NoData
		return true
	}
	return false
}

// gone names the ids that the facts no longer have, from a chat that remembers older ones, and a query that has nothing at all.
func (c *computation) gone() {
	for _, id := range c.q.Indicators {
		if c.facts.Indicator(id) == nil {
			c.lacks = append(c.lacks, Lack{Kind: LackIndicator, Text: id})
		}
	}
	for _, id := range c.q.Areas {
		if c.facts.Area(id) == nil {
			c.lacks = append(c.lacks, Lack{Kind: LackArea, Text: id})
		}
	}
	if len(c.lacks) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackPeriod, Period: c.periods()[0]})
	}
}

// allBeside reports whether beside each unknown something known of its kind was named.
func (c *computation) allBeside() bool {
	return !slices.ContainsFunc(c.q.Unknown, func(u Unknown) bool { return !c.knownBeside(u) })
}

// knownBeside reports whether something known of the unknown's kind was named in the question.
func (c *computation) knownBeside(u Unknown) bool {
	switch u.Kind {
	case UnknownIndicator:
		return len(c.q.Indicators) > 0 && c.named("indicator")
	case UnknownArea:
		return len(c.q.Areas) > 0 && c.named("area")
	case UnknownProject:
		return len(c.q.Projects) > 0
	case UnknownPeriod:
		return len(c.q.Periods) > 0 && c.named("period")
	}
	return false
}

// named reports whether a slot was said in the question, not taken from the chat or a default.
func (c *computation) named(slot string) bool {
	said := true
	for _, s := range c.q.Slots {
		if s.Name == slot {
			if s.From == FromQuestion || s.From == FromCorrection {
				return true
			}
			said = false
		}
	}
	return said
}

// needsAll reports whether the operation makes no sense of only some of the things named.
func (c *computation) needsAll() bool {
	switch c.q.Op {
	case Change, Ratio, Share, Remainder, Total, Average, Contribution:
		return true
	}
	return len(c.q.Pair) > 0
}

// understood reports whether the question names an indicator, a project or an area of the facts.
func (c *computation) understood() bool {
	return len(c.q.Indicators) > 0 && c.named("indicator") || len(c.q.Projects) > 0 || len(c.q.Areas) > 0 && c.saidArea() ||
		slices.ContainsFunc(c.q.Unknown, func(u Unknown) bool { return u.Kind != UnknownWord })
}

// saidArea reports whether an area slot says that the question named the area: without slots it is the default one.
func (c *computation) saidArea() bool {
	return slices.ContainsFunc(c.q.Slots, func(s Slot) bool {
		return s.Name == "area" && (s.From == FromQuestion || s.From == FromCorrection)
	})
}

func lackOf(kind UnknownKind) string {
	switch kind {
	case UnknownIndicator:
		return LackIndicator
	case UnknownArea:
		return LackArea
	case UnknownProject:
		return LackProject
	case UnknownPeriod:
		return LackPeriod
	}
	return LackWord
}
