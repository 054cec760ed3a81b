package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/quantity"
)

// projectSet are the projects asked about: those named or all, of the expected year and in the areas asked for.
func (c *computation) projectSet() []*facts.Project {
	var list []*facts.Project
	keep := func(p *facts.Project) {
		if p == nil || c.q.Year != 0 && p.ExpectedYear != c.q.Year {
			return
		}
		if c.q.Lacking != AllFields && lacksField(p, c.q.Lacking) == "" || c.q.Having != AllFields && lacksField(p, c.q.Having) != "" {
			return
		}
		if c.saidArea() && len(c.q.Areas) > 0 && !slices.ContainsFunc(c.q.Areas, func(a string) bool { return p.Area == a || c.areaWithin(p.Area, a) }) {
			return
		}
		if !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	if c.q.Projects == nil {
		for _, p := range c.facts.Projects() {
			keep(p)
		}
		return list
	}
	for _, id := range c.q.Projects {
		i := slices.IndexFunc(c.facts.Projects(), func(p *facts.Project) bool { return p.ID == id })
		if i >= 0 {
			keep(c.facts.Projects()[i])
		}
	}
	return list
}

// amountOf is the figure of a project that a question is about: the investment if it is asked for, else the capacity.
func (c *computation) amountOf(p *facts.Project) *quantity.Quantity {
	if c.q.Field == InvestmentField {
		return p.Investment
	}
	return p.Capacity
}

// project is a project as a result, with its capacity or investment where it is known and was asked for.
func (c *computation) project(p *facts.Project) Result {
	r := Result{Op: ProjectFacts, Project: p.ID, Name: p.Name, Area: p.Area, Measure: string(ProjectFacts), Details: p, Basis: Stored, Locator: p.Locator}
	if a := c.facts.Area(p.Area); a != nil {
		r.AreaName = a.Name
	}
	if p.Source != nil {
		r.Source = p.Source.ID
	}
	if v := c.amountOf(p); v != nil {
		r.HasValue, r.Value = true, *v
	}
	return r
}

// fieldLack is what a project lacks of what is asked, or empty.
func (c *computation) fieldLack(p *facts.Project) string { return lacksField(p, c.q.Field) }

// lacksField is the kind of the lack where a field of a project is not known, or empty.
func lacksField(p *facts.Project, f Field) string {
	empty := func(lacks bool, kind string) string {
		if lacks {
			return kind
		}
		return ""
	}
	switch f {
	case CapacityField:
		return empty(p.Capacity == nil, LackCapacity)
	case AcreageField:
		return empty(p.Capacity == nil || !isAcreage(p.Capacity.Unit), LackAcreage)
	case InvestmentField:
		return empty(p.Investment == nil, LackInvestment)
	case InvestorField:
		return empty(p.Investor == "", LackInvestor)
	case ProductField:
		return empty(p.Product.In("") == "", LackProduct)
	case SectorField:
		return empty(p.Sector.In("") == "", LackSector)
	case PlaceField:
		return empty(p.Place == "" && p.Area == "", LackPlace)
	case StatusField:
		return empty(p.Status.In("") == "", LackStatus)
	case YearField:
		return empty(p.ExpectedYear == 0, LackYear)
	}
	return ""
}

// isAcreage reports whether a unit is one of land.
func isAcreage(u quantity.Unit) bool { return u == "ha" || u == "m2" || u == "km2" }

// projects answers with the facts of projects. Those that lack the field asked for are named as lacking it.
func (c *computation) projects() {
	set := c.projectSet()
	if len(set) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackProject, Text: c.q.Condition})
		return
	}
	set, _ = c.withinLimit(set)
	for _, p := range set {
		if kind := lacksField(p, c.q.Lacking); kind != "" {
			c.lacks = append(c.lacks, Lack{Kind: kind, Name: p.Name})
		}
		if kind := c.fieldLack(p); kind != "" {
			c.lacks = append(c.lacks, Lack{Kind: kind, Name: p.Name})
			c.alternatives = append(c.alternatives, c.project(p))
			continue
		}
		c.asked = append(c.asked, c.project(p))
	}
	if len(set) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackProject, Text: c.q.Condition})
	}
	if len(set) > 1 || c.q.Projects == nil {
		c.openList(set)
	}
}

// openList warns where the source's list that names a project ends openly.
func (c *computation) openList(set []*facts.Project) {
	for _, p := range set {
		if p.OpenList {
			c.warnings = append(c.warnings, Warning{Code: OpenList, Name: p.Name})
			return
		}
	}
}

// perYear is a project's figure in the unit that projects are compared in: times per day, month … as per year.
func perYear(q quantity.Quantity) quantity.Quantity {
	if q.Unit.Per() == "" {
		return q
	}
	if out, err := quantity.Convert(q, q.Unit.Base()+"/year", q.Mult); err == nil {
		return out
	}
	return q
}

// withinLimit are the projects that meet the condition, those of unknown or unlike figures left out; known counts those with a figure
// in a unit of the condition.
func (c *computation) withinLimit(set []*facts.Project) (kept []*facts.Project, known int) {
	if c.q.Limit == nil {
		return set, len(set)
	}
	for _, p := range set {
		v := c.amountOf(p)
		if v == nil {
			continue
		}
		limit := *c.q.Limit
		for _, than := range []*quantity.Quantity{&limit.Than, &limit.To} {
			if than.Unit != "" && than.Unit.Per() == "" && v.Unit.Per() != "" {
				than.Unit += "/year" // "công suất trên 100.000 tấn" speaks of a year
			}
			*than = perYear(*than)
		}
		yearly := perYear(*v)
		if unitsAgree(yearly, limit.Than) || limit.Than.Unit == "" {
			known++
		}
		if !meetsLimit(yearly, limit.Than, &limit) {
			continue
		}
		kept = append(kept, p)
		if yearly.Unit != v.Unit {
			c.notes = append(c.notes, Note{Code: NoteDays365, Name: p.Name, Value: &yearly})
		}
	}
	return kept, known
}

// rankProjects lists or ranks projects: by capacity or investment, in groups of one unit, those without a figure after them; a list
// stays in the order of the documents.
func (c *computation) rankProjects() {
	set := c.projectSet()
	if len(set) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackProject, Text: c.q.Condition})
		return
	}
	looked := len(set)
	set, known := c.withinLimit(set)
	if len(set) == 0 {
		if known == 0 {
			c.lacks = append(c.lacks, Lack{Kind: c.amountLack(), Text: c.q.Condition})
			return
		}
		c.status = Answered
		c.notes = append(c.notes, Note{Code: NoteNoneMatch, N: looked})
		return
	}
	c.openList(set)
	if !c.ordered() || c.q.Limit == nil && c.q.Op != Rank && c.q.By == "" && c.q.Top == 0 {
		for _, p := range set {
			c.asked = append(c.asked, c.project(p))
		}
		return
	}
	var with []candidate
	var without []Result
	for _, p := range set {
		r := c.project(p)
		v := c.amountOf(p)
		if v == nil {
			without = append(without, r)
			continue
		}
		r.HasValue, r.Value = true, *v
		with = append(with, candidate{figure: r})
	}
	if len(with) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: c.amountLack(), Text: c.q.Condition})
		c.alternatives = without
		return
	}
	c.rankByAmount(with)
	if c.q.Top == 0 && c.q.Op != Filter {
		c.company = append(c.company, without...)
	}
}

// rankByAmount orders projects in groups of one unit, compared per year.
func (c *computation) rankByAmount(with []candidate) {
	stored := map[string]quantity.Quantity{}
	for i := range with {
		r := &with[i].figure
		stored[r.Project] = r.Value
		r.Value = perYear(r.Value)
	}
	groups := c.byUnit(with)
	if len(groups) > 1 {
		c.notes = append(c.notes, Note{Code: NoteGroups, N: len(groups)})
	}
	for _, g := range groups {
		c.order(g)
		for _, f := range c.top(g) {
			if was := stored[f.figure.Project]; was.Unit != f.figure.Value.Unit {
				yearly := f.figure.Value
				f.figure.Shown = &yearly
				c.notes = append(c.notes, Note{Code: NoteDays365, Name: f.figure.Name, Value: &yearly})
			}
			f.figure.Value = stored[f.figure.Project]
			c.asked = append(c.asked, f.figure)
		}
	}
}

// amountLack is the kind of lack of the figure that projects are compared by.
func (c *computation) amountLack() string {
	if c.q.Field == InvestmentField {
		return LackInvestment
	}
	return LackCapacity
}

// countProjects counts the projects that are named in the facts and meet the condition.
func (c *computation) countProjects() {
	set := c.projectSet()
	if len(set) == 0 && c.q.Projects != nil {
		c.lacks = append(c.lacks, Lack{Kind: LackProject, Text: c.q.Condition})
		return
	}
	set, known := c.withinLimit(set)
	if c.q.Limit != nil && known == 0 {
		c.lacks = append(c.lacks, Lack{Kind: c.amountLack(), Text: c.q.Condition})
		return
	}
	list := make([]Result, len(set))
	for i, p := range set {
		list[i] = c.project(p)
	}
	c.openList(set)
	c.counted(len(set), list)
}

// totalUnit is the unit in which a figure goes into a total: that asked for, else per year where the projects' figures are said per different times.
func (c *computation) totalUnit(set []*facts.Project, unit quantity.Unit) quantity.Unit {
	if per := c.q.Unit.Per(); c.q.HasUnit && per != "" {
		return unit.Base() + quantity.Unit("/"+per)
	}
	for _, p := range set {
		if v := c.amountOf(p); v != nil && v.Unit.Base() == unit.Base() && v.Unit.Per() != unit.Per() && v.Unit.Per() != "" && unit.Per() != "" {
			return unit.Base() + "/year"
		}
	}
	return unit
}

// projectTotal adds up, or averages, the capacities or investments of projects, where they are in one unit. Times per day become times
// per year, or per the time asked for.
func (c *computation) projectTotal() {
	set := c.projectSet()
	set, _ = c.withinLimit(set)
	if len(set) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackProject, Text: c.q.Condition})
		return
	}
	r := Result{Op: c.q.Op, Measure: string(c.q.Op), Basis: Computed}
	var sum quantity.Quantity
	var with []Result
	differ := false
	for _, p := range set {
		v := c.amountOf(p)
		if v == nil {
			c.lacks = append(c.lacks, Lack{Kind: c.amountLack(), Name: p.Name})
			continue
		}
		with = append(with, c.project(p))
		add := *v
		if to := c.totalUnit(set, add.Unit); add.Unit != to {
			if out, err := quantity.Convert(add, to, add.Mult); err == nil {
				add = out
				c.notes = append(c.notes, Note{Code: NoteDays365, Name: p.Name, Value: &add})
			}
		}
		if len(r.Inputs) == 0 {
			sum = add
		} else if total, err := quantity.Add(sum, add); err == nil {
			sum = total
		} else {
			differ = true
		}
		in := Input{Name: p.Name, Measure: string(ProjectFacts), Value: *v, Area: p.Area, Basis: Stored, Locator: p.Locator}
		if p.Source != nil {
			in.Source = p.Source.ID
		}
		r.Inputs = append(r.Inputs, in)
	}
	c.openList(set)
	if len(r.Inputs) == 0 {
		c.alternatives = with
		return
	}
	if differ {
		c.lacks = append(c.lacks, Lack{Kind: LackUnit, Text: c.q.Condition})
		c.alternatives = with
		return
	}
	if c.q.Op == Average {
		sum.Number, _ = sum.Number.Quo(quantity.Int(int64(len(r.Inputs))))
	}
	sum.Decimals = quantity.Computed
	r.HasValue, r.Value = true, sum
	c.asked = []Result{r}
}
