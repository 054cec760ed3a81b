package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// define answers what an indicator is: its definition, its usual unit, what it is part of, since when there are figures.
func (c *computation) define() {
	indicators := c.indicators()
	if len(c.q.Indicators) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackContext})
		return
	}
	for _, ind := range indicators {
		r := Result{Op: Define, Indicator: ind.ID, Name: ind.Name, PartOf: ind.PartOf, Measure: string(Define), Text: ind.Definition, Basis: Stored,
			Value: quantity.Quantity{Unit: ind.Unit, Mult: ind.Mult}}
		c.asked = append(c.asked, r)
		if ind.Definition.In("") == "" {
			c.lacks = append(c.lacks, Lack{Kind: LackDefinition, Name: ind.Name})
		}
		periods := c.realisedPeriods(ind)
		if len(periods) == 0 {
			continue
		}
		first, last := earliest(periods), periods[len(periods)-1]
		c.notes = append(c.notes, Note{Code: NoteSince, Name: ind.Name, Indicator: ind.ID, Period: first},
			Note{Code: NoteLatest, Name: ind.Name, Indicator: ind.ID, Period: last})
	}
}

// realisedPeriods are the periods of an indicator with a realised figure in the areas asked for, the latest last; with a plan where
// nothing was realised yet.
func (c *computation) realisedPeriods(ind *facts.Indicator) []period.Period {
	var realised, all []period.Period
	for _, a := range c.facts.Areas() {
		if len(c.q.Areas) > 0 && !slices.Contains(c.q.Areas, a.ID) {
			continue
		}
		l := c.line(ind, a.ID)
		all = append(all, l.series.Periods()...)
		for _, p := range l.series.Periods() {
			if _, ok := l.realised(p); ok {
				realised = append(realised, p)
			}
		}
	}
	if len(realised) == 0 {
		realised = all
	}
	slices.SortFunc(realised, period.Compare)
	return slices.Compact(realised)
}

// coverage answers what there is: indicators, areas, periods, projects and documents, of the indicators asked for or of everything.
func (c *computation) coverage() {
	if len(c.q.Indicators) == 0 {
		c.covers = c.availableAll()
	} else {
		c.covers = &Available{Updated: c.newest()}
		for _, ind := range c.indicators() {
			c.covers.Indicators = append(c.covers.Indicators, ind.Name)
			for _, part := range c.facts.Parts(ind.ID) {
				c.covers.Indicators = append(c.covers.Indicators, part.Name)
			}
		}
		for _, a := range c.areasOf(c.indicators()) {
			c.covers.Areas = append(c.covers.Areas, a.Name)
		}
		c.covers.Periods = c.periodsOf(c.indicators())
		if len(c.covers.Periods) == 0 {
			for _, ind := range c.indicators() {
				c.lacks = append(c.lacks, Lack{Kind: LackIndicator, Name: ind.Name})
			}
			c.covers = nil
			return
		}
	}
	c.newestPeriods()
}

// newestPeriods names the newest period with a realised figure, of each indicator asked for or of all.
func (c *computation) newestPeriods() {
	var newest period.Period
	for _, ind := range c.indicators() {
		periods := c.realisedPeriods(ind)
		if len(periods) == 0 {
			continue
		}
		last := periods[len(periods)-1]
		if len(c.q.Indicators) > 0 {
			c.notes = append(c.notes, Note{Code: NoteLatest, Name: ind.Name, Indicator: ind.ID, Period: last})
		} else if newest.IsZero() || period.Compare(last, newest) > 0 {
			newest = last
		}
	}
	if !newest.IsZero() {
		c.notes = append(c.notes, Note{Code: NoteLatest, Period: newest})
	}
}

// availableAll is everything there is, by name.
func (c *computation) availableAll() *Available {
	a := &Available{Updated: c.newest()}
	all := c.facts.Indicators()
	for _, ind := range all {
		a.Indicators = append(a.Indicators, ind.Name)
	}
	for _, area := range c.areasOf(all) {
		a.Areas = append(a.Areas, area.Name)
	}
	a.Periods = c.periodsOf(all)
	for _, p := range c.facts.Projects() {
		a.Projects = append(a.Projects, p.Name)
	}
	for _, s := range c.facts.Sources() {
		a.Documents = append(a.Documents, c.sourceRef(s.ID, ""))
	}
	return a
}
