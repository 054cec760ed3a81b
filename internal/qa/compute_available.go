package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
)

// periodsShown is how many periods a no_data answer names at most, the latest ones.
const periodsShown = 12

// nearest are the figures of a line nearest to a period that has none: its own plan, the realised figure just before, and the one just
// after. With no period they are the latest.
func (c *computation) nearest(l line, p period.Period) []Result {
	var list []Result
	if p.IsZero() {
		if q, ok := l.latest(func(q period.Period) bool { _, ok := l.realised(q); return ok }); ok {
			r, _ := l.realised(q)
			list = append(list, c.figure(Value, r))
		}
		return list
	}
	if r, ok := l.realisedOrSum(p); ok {
		list = append(list, c.figure(Value, r))
	}
	list = append(list, c.plansOf(l, p)...)
	if len(list) > 0 {
		return list
	}
	var before, after picked
	var hasBefore, hasAfter bool
	periods := l.series.Periods()
	split, _ := slices.BinarySearchFunc(periods, p, period.Compare)
	for i := split - 1; i >= 0 && !(hasBefore && before.period.Len() == p.Len()); i-- {
		if r, ok := l.realised(periods[i]); ok && (!hasBefore || r.period.Len() == p.Len()) {
			before, hasBefore = r, true
		}
	}
	for i := split; i < len(periods) && !hasAfter; i++ {
		after, hasAfter = l.realised(periods[i])
	}
	if hasBefore {
		list = append(list, c.figure(Value, before))
	}
	if hasAfter {
		list = append(list, c.figure(Value, after))
	}
	if len(list) > 0 {
		return list
	}
	return c.nearestPlans(l, p)
}

// nearestPlans are the plan of the year that a period is part of, else the latest plan.
func (c *computation) nearestPlans(l line, p period.Period) []Result {
	if !p.IsZero() {
		if plans := l.plansFor(p, ""); len(plans) > 0 {
			return []Result{c.figure(Value, plans[0])}
		}
	}
	q, ok := l.latest(func(q period.Period) bool { _, ok := l.plan(q, ""); return ok })
	if !ok {
		return nil
	}
	return c.plansOf(l, q)
}

// availableFor is what there is instead of what was not found.
func (c *computation) availableFor() *Available {
	a := &Available{}
	indicators := c.indicators()
	if len(c.q.Indicators) == 0 || c.lacksKind(LackIndicator) {
		for _, ind := range c.facts.Indicators() {
			if c.facts.Indicator(ind.PartOf) == nil {
				a.Indicators = append(a.Indicators, ind.Name)
			}
		}
	} else {
		for _, ind := range indicators {
			a.Indicators = append(a.Indicators, ind.Name)
			for _, part := range c.facts.Parts(ind.ID) {
				a.Indicators = append(a.Indicators, part.Name)
			}
		}
	}
	for _, area := range c.areasOf(indicators) {
		a.Areas = append(a.Areas, area.Name)
	}
	if c.lacksKind(LackProject) {
		for _, p := range c.facts.Projects() {
			a.Projects = append(a.Projects, p.Name)
		}
	}
	a.Periods = c.periodsOf(indicators)
	a.Updated = c.newest()
	return a
}

// periodsOf are the latest periods with a figure of any of the indicators in the areas asked for.
func (c *computation) periodsOf(indicators []*facts.Indicator) []period.Period {
	areas := c.q.Areas
	if len(areas) == 0 {
		if d := c.facts.DefaultArea(); d != "" {
			areas = []string{d}
		} else {
			for _, a := range c.facts.Areas() {
				areas = append(areas, a.ID)
			}
		}
	}
	var all []period.Period
	for _, ind := range indicators {
		for _, area := range areas {
			periods := c.facts.Series(ind.ID, area).Periods()
			all = append(all, periods[max(0, len(periods)-periodsShown):]...)
		}
	}
	slices.SortFunc(all, period.Compare)
	all = slices.Compact(all)
	return all[max(0, len(all)-periodsShown):]
}

// newest is the date of the newest document.
func (c *computation) newest() string {
	date := ""
	for _, s := range c.facts.Sources() {
		date = max(date, s.Date)
	}
	return date
}

func (c *computation) lacksKind(kind string) bool {
	return slices.ContainsFunc(c.lacks, func(l Lack) bool { return l.Kind == kind })
}

// examples are two questions that have an answer: an attainment and a value, of two indicators where that can be had.
func (c *computation) examples() []Example {
	var value, attained *Example
	for _, ind := range c.facts.Indicators() {
		if c.facts.Indicator(ind.PartOf) != nil {
			continue
		}
		for _, area := range c.facts.Areas() {
			if d := c.facts.DefaultArea(); d != "" && d != area.ID {
				continue
			}
			l := c.line(ind, area.ID)
			p, ok := l.latest(func(q period.Period) bool { _, ok := l.realised(q); return ok })
			if !ok {
				continue
			}
			e := Example{Op: Value, Name: ind.Name, Period: p}
			if c.facts.DefaultArea() == "" {
				e.Area = area.Name
			}
			switch {
			case attained == nil && ind.Kind != facts.Index && len(l.plansFor(p, "")) > 0:
				e.Op = Attainment
				attained = &e
			case value == nil:
				value = &e
			}
			break
		}
		if value != nil && attained != nil {
			break
		}
	}
	var out []Example
	for _, e := range []*Example{attained, value} {
		if e != nil {
			out = append(out, *e)
		}
	}
	return out
}
