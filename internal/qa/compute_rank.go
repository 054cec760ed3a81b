package qa

import (
	"cmp"
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// candidate is one that may stand in a ranking or a list.
type candidate struct {
	figure Result // what it is ranked by
	o      outcome
}

// meets reports whether the candidate's figure meets a condition; of one that is both stated and computed, either: the contradiction stands beside it.
func (f candidate) meets(limit *Limit) bool {
	return meets(f.figure, limit) || slices.ContainsFunc(slices.Concat(f.o.asked, f.o.company), func(r Result) bool {
		return r.Measure == f.figure.Measure && r.Indicator == f.figure.Indicator && r.Period == f.figure.Period && r.BasePeriod == f.figure.BasePeriod && r.HasValue && meets(r, limit)
	})
}

// ranking answers a ranking, a list or a filter.
func (c *computation) ranking() {
	switch c.q.Over {
	case OverDoubts:
		c.doubts()
	case OverFigures:
		c.figures()
	case OverProjects:
		c.rankProjects()
	case OverDocuments:
		c.documents()
	case OverIndicators:
		if c.q.NoPlan {
			c.withoutPlan()
			return
		}
		found, looked := c.candidates()
		c.place(found, looked)
	default:
		c.rankEach()
	}
	c.placeOf()
	if n := c.q.Nth; n > 1 && len(c.asked) >= n {
		c.asked = c.asked[n-1 : n]
		c.notes = append(c.notes, Note{Code: NoteNth, N: n})
	}
}

// placeOf keeps, where the place of one member is asked, that member, with the others as company. A ranking of one says nothing.
func (c *computation) placeOf() {
	if c.q.Place == "" || len(c.asked) == 0 {
		return
	}
	at := slices.IndexFunc(c.asked, func(r Result) bool { return slices.Contains([]string{r.Area, r.Indicator, r.Project}, c.q.Place) })
	if at < 0 || len(c.asked) < 2 {
		c.lacks = append(c.lacks, Lack{Kind: LackSecond})
		c.alternatives, c.asked = append(c.asked, c.alternatives...), nil
		return
	}
	member := c.asked[at]
	c.company = append(slices.Delete(c.asked, at, at+1), c.company...)
	c.asked = []Result{member}
	c.notes = append(c.notes, Note{Code: NoteNth, N: member.Rank})
}

// rankEach ranks areas, periods or parts: of one indicator after the other, for figures of several are not ranked together.
func (c *computation) rankEach() {
	if len(c.q.Indicators) == 0 {
		c.askWhich()
		return
	}
	all := c.q.Indicators
	for _, id := range all {
		c.q.Indicators = []string{id}
		found, looked := c.candidates()
		c.place(found, looked)
	}
	c.q.Indicators = all
}

// askWhich asks which of the top-level indicators is meant.
func (c *computation) askWhich() {
	c.status = Clarify
	for _, ind := range c.indicators() {
		c.options = append(c.options, Option{Label: ind.Name, Slot: "indicator", Value: ind.ID})
	}
}

// by is the figure that a ranking goes by.
func (c *computation) by() (Op, lineFunc) {
	op := c.q.By
	if c.q.Limit != nil && c.q.Limit.Plan && op != Gap {
		op = Attainment
	}
	switch op {
	case Attainment:
		return op, c.attainment
	case Gap:
		return op, c.gap
	case Growth:
		return op, c.growth
	case RequiredGrowth:
		return op, c.requiredGrowth
	case Contribution:
		return op, c.contribution
	case Change:
		return op, func(l line, p period.Period) outcome {
			pairs := c.changePairs(l)
			if !p.IsZero() {
				pairs = []pair{{Ref{Indicator: l.ind.ID, Area: l.area, Period: p, Measure: c.q.Measure},
					Ref{Indicator: l.ind.ID, Area: l.area, Period: c.basePeriod(p)}}}
			}
			return c.change(pairs[0])
		}
	case Share:
		return op, func(l line, p period.Period) outcome {
			pairs := c.sharePairs(l.ind, l.area, p)
			if len(pairs) != 1 {
				return outcome{}
			}
			return c.share(pairs[0])
		}
	}
	return Value, c.value
}

// ordered reports whether the results are put in order of their figure; a plain list stays in the order of the catalogue.
func (c *computation) ordered() bool {
	return c.q.Op != List || c.q.By != "" && c.q.By != Value || c.q.Top > 0 || c.q.Least || c.q.Limit != nil
}

// candidates are those to rank with their figures, and the lines looked at.
func (c *computation) candidates() (found []candidate, looked int) {
	lines, ok := c.rankedLines()
	if !ok {
		return nil, 0
	}
	_, compute := c.by()
	if c.q.Over == OverPeriods {
		for _, l := range lines {
			for _, p := range c.rankedPeriods(l) {
				if o := compute(l, p); o.ok() && o.asked[0].Period == p && o.asked[0].Op != Backcast {
					found = append(found, candidate{o.asked[0], o})
				}
			}
		}
		return realisedOnly(found), len(found)
	}
	for _, p := range c.periods() {
		found = append(found, c.atOnePeriod(lines, p, compute)...)
	}
	return found, len(lines)
}

// atOnePeriod are the lines' figures for one period. With none named it is the latest for which at least two lines have one; a plain
// list takes each line's own latest.
func (c *computation) atOnePeriod(lines []line, p period.Period, compute lineFunc) []candidate {
	var found []candidate
	for _, l := range lines {
		if o := compute(l, p); o.ok() {
			found = append(found, candidate{o.asked[0], o})
		}
	}
	if !p.IsZero() {
		found = realisedOnly(found)
	}
	if !c.ordered() || !p.IsZero() && c.q.Limit != nil && c.q.Op != Rank { // a condition chooses, it sets nothing against each other
		return found
	}
	var ends []period.Period
	for _, f := range found {
		if !slices.Contains(ends, f.figure.Period) {
			ends = append(ends, f.figure.Period)
		}
	}
	slices.SortFunc(ends, func(a, b period.Period) int { return period.Compare(b, a) })
	var best, planned []candidate
	for _, at := range ends {
		var here []candidate
		for _, l := range lines {
			if o := compute(l, at); o.ok() && o.asked[0].Period == at {
				here = append(here, candidate{o.asked[0], o})
			}
		}
		here = realisedOnly(here)
		switch {
		case len(here) < 2:
		case !here[0].o.planOnly || c.q.Measure == facts.Plan:
			return here // what was realised comes before what is planned
		case planned == nil:
			planned = here
		}
		if best == nil {
			best = here
		}
	}
	if planned != nil {
		return planned
	}
	return best
}

// realisedOnly leaves out plans that stand in for realised figures where others are realised: the two are not ranked together.
func realisedOnly(found []candidate) []candidate {
	if !slices.ContainsFunc(found, func(f candidate) bool { return !f.o.planOnly }) {
		return found
	}
	return slices.DeleteFunc(found, func(f candidate) bool { return f.o.planOnly })
}

// rankedLines are the lines of a ranking: indicators, parts or areas.
func (c *computation) rankedLines() ([]line, bool) {
	switch c.q.Over {
	case OverParts:
		var lines []line
		indicators := c.indicators()
		areas, ok := c.areas(indicators)
		for _, ind := range indicators {
			parts := c.facts.Parts(ind.ID)
			if len(parts) == 0 {
				c.lacks = append(c.lacks, Lack{Kind: LackPart, Name: ind.Name})
			}
			for _, part := range parts {
				for _, area := range areas {
					lines = append(lines, c.line(part, area))
				}
			}
		}
		return lines, ok
	case OverAreas:
		var lines []line
		indicators := c.indicators()
		for _, ind := range indicators {
			for _, area := range c.rankedAreas(indicators) {
				lines = append(lines, c.line(ind, area))
			}
		}
		return lines, true
	}
	return c.lines()
}

// rankedAreas are the areas to rank: those named if there are several, those within the one named, else all with figures. One that
// holds another of them is left out.
func (c *computation) rankedAreas(indicators []*facts.Indicator) []string {
	var ids []string
	if len(c.q.Areas) > 1 {
		ids = slices.Clone(c.q.Areas)
	} else {
		for _, a := range c.areasOf(indicators) {
			ids = append(ids, a.ID)
		}
		if len(c.q.Areas) == 1 && c.q.Place == "" {
			inside := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !c.areaWithin(id, c.q.Areas[0]) })
			if len(inside) > 0 {
				ids = inside
			}
		}
	}
	all := slices.Clone(ids)
	return slices.DeleteFunc(ids, func(id string) bool {
		holds := slices.ContainsFunc(all, func(other string) bool { return c.areaWithin(other, id) })
		if a := c.facts.Area(id); a != nil && !holds { // a whole stays a whole, whichever of its parts are asked for
			holds = len(all) > 1 && slices.ContainsFunc(c.facts.Areas(), func(b *facts.Area) bool { return b.PartOf == id })
		}
		if holds {
			c.notes = append(c.notes, Note{Code: NoteWholeLeftOut, Name: c.facts.Area(id).Name})
		}
		return holds
	})
}

// rankedPeriods are the periods of a line to rank: of one shape, within what is named.
func (c *computation) rankedPeriods(l line) []period.Period {
	stored := l.series.Periods()
	if len(stored) == 0 {
		return nil
	}
	within := covering(earliest(stored), stored[len(stored)-1])
	switch {
	case c.q.Range && len(c.q.Periods) >= 2:
		within = covering(c.q.Periods[0], c.q.Periods[1])
	case len(c.q.Periods) >= 2:
		return c.q.Periods
	case len(c.q.Periods) == 1:
		within = c.q.Periods[0]
	}
	shape := c.q.Step
	if shape == period.None {
		shape = c.commonShape(l, within)
	}
	var list []period.Period
	if months := steps[shape].months; shape != period.Cumulative && months > 0 {
		for year := within.Year(); year <= within.LastYear(); year++ {
			for _, p := range period.OfYear(year).Parts(months) {
				if within.Contains(p) {
					list = append(list, p)
				}
			}
		}
		return list
	}
	for _, p := range stored {
		if p.Shape() == shape && within.Contains(p) {
			list = append(list, p)
		}
	}
	return list
}

// covering is the run of months from the earlier beginning to the later end of two periods.
func covering(a, b period.Period) period.Period {
	first, last := earliest([]period.Period{a, b}), a
	if period.Compare(b, a) > 0 {
		last = b
	}
	return period.Months(first, last)
}

// earliest is the period that begins first.
func earliest(periods []period.Period) period.Period {
	return slices.MinFunc(periods, func(a, b period.Period) int {
		return cmp.Compare(a.Year()*12+a.FirstMonth(), b.Year()*12+b.FirstMonth())
	})
}

// place puts the candidates in order, keeps those that meet the condition, and makes them the answer.
func (c *computation) place(found []candidate, looked int) {
	if len(found) == 0 {
		if c.status == "" {
			op, _ := c.by()
			lack := Lack{Kind: lackOfOp(op), Period: c.periods()[0]}
			if len(c.q.Indicators) == 1 {
				if list := c.indicators(); len(list) > 0 {
					lack.Name = list[0].Name
				}
			}
			c.lacks = append(c.lacks, lack)
		}
		return
	}
	kept := found
	if c.q.Limit != nil {
		kept = slices.DeleteFunc(slices.Clone(found), func(f candidate) bool { return !f.meets(c.q.Limit) })
	}
	if c.q.YesNo != NoVerdict && c.q.Limit != nil { // "is there any that …"
		any := len(kept) > 0
		c.holds = &any
	}
	if len(kept) == 0 {
		c.noneMatch(found)
		return
	}
	groups := [][]candidate{kept}
	if c.ordered() {
		if groups = c.byUnit(kept); len(groups) > 1 && len(groups) == len(kept) && c.q.Limit == nil {
			c.apart(kept)
			return
		}
	}
	if len(groups) > 1 {
		c.notes = append(c.notes, Note{Code: NoteGroups, N: len(groups)})
	}
	for _, g := range groups {
		if c.ordered() {
			c.order(g)
			g = c.top(g)
		}
		for _, f := range g {
			o := f.o
			o.asked = append([]Result{f.figure}, o.asked[1:]...)
			c.add(o)
		}
	}
	if left := looked - len(found); left > 0 && c.ordered() && c.q.Over != OverPeriods {
		c.notes = append(c.notes, Note{Code: NoteLeftOut, N: left, Period: c.leftOutAt(found)})
	}
}

// leftOutAt is the period for which those left out have no figure: that of the figures ranked, or the one named where each has a part of it.
func (c *computation) leftOutAt(found []candidate) period.Period {
	p := found[0].figure.Period
	if slices.ContainsFunc(found, func(f candidate) bool { return f.figure.Period != p }) && len(c.q.Periods) == 1 {
		return c.q.Periods[0]
	}
	return p
}

// noneMatch says that nothing meets the condition, with what was looked at as company.
func (c *computation) noneMatch(found []candidate) {
	c.order(found)
	for _, f := range found {
		c.company = append(c.company, f.figure)
		c.warnings = append(c.warnings, f.o.warnings...)
	}
	c.status = Answered
	c.notes = append(c.notes, Note{Code: NoteNoneMatch, N: len(found), Period: found[0].figure.Period})
}

// apart declines to rank things that are all in different units; they stand as alternatives.
func (c *computation) apart(found []candidate) {
	for _, f := range found {
		c.lacks = append(c.lacks, Lack{Kind: LackUnit, Name: f.figure.Name, Period: f.figure.Period})
		c.alternatives = append(c.alternatives, f.figure)
	}
}

// order sorts candidates of one unit from the largest, or with Least from the smallest, and numbers them; ties share a number.
func (c *computation) order(g []candidate) {
	slices.SortStableFunc(g, func(a, b candidate) int {
		n := compareFigures(a.figure.Value, b.figure.Value)
		if c.q.Least {
			return n
		}
		return -n
	})
	for i := range g {
		g[i].figure.Rank = i + 1
		if i > 0 && compareFigures(g[i].figure.Value, g[i-1].figure.Value) == 0 {
			g[i].figure.Rank = g[i-1].figure.Rank
		}
	}
}

// top are the first n of an ordered group, with those that tie with the last of them.
func (c *computation) top(g []candidate) []candidate {
	if c.q.Top <= 0 {
		return g
	}
	return slices.DeleteFunc(slices.Clone(g), func(f candidate) bool { return f.figure.Rank > c.q.Top })
}

// byUnit are candidates in groups of one unit: that of the unit asked for first, then the larger groups.
func (c *computation) byUnit(found []candidate) [][]candidate {
	var groups [][]candidate
next:
	for _, f := range found {
		for i, g := range groups {
			if unitsAgree(g[0].figure.Value, f.figure.Value) {
				groups[i] = append(g, f)
				continue next
			}
		}
		groups = append(groups, []candidate{f})
	}
	asked := func(g []candidate) int {
		if c.q.HasUnit && c.q.Unit.Base() == g[0].figure.Value.Unit.Base() {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(groups, func(a, b []candidate) int {
		return cmp.Or(cmp.Compare(asked(a), asked(b)), cmp.Compare(len(b), len(a)))
	})
	return groups
}

// unitsAgree reports whether two figures can be set against each other.
func unitsAgree(a, b quantity.Quantity) bool {
	_, err := quantity.Cmp(a, b)
	return err == nil
}

// compareFigures compares two figures of one unit; those of different units are equal to it.
func compareFigures(a, b quantity.Quantity) int {
	n, err := quantity.Cmp(a, b)
	if err != nil {
		return 0
	}
	return n
}

func lackOfOp(op Op) string {
	switch op {
	case Attainment, Gap:
		return LackAttainment
	case Growth:
		return LackGrowth
	case Contribution:
		return LackContribution
	}
	return LackPeriod
}

// documents lists the documents.
func (c *computation) documents() {
	for _, s := range c.facts.Sources() {
		r := Result{Op: List, Measure: string(SourceOf), Source: s.ID, Text: s.Note}
		c.asked = append(c.asked, r)
	}
	c.covers = c.availableAll()
}
