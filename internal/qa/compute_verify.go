package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// The verdicts on a claim.
const (
	verdictAgrees  = "agrees"
	verdictDiffers = "differs"
)

// verify compares a figure that the question claims with the facts: the fact first, then how far the claim is off, each with the
// verdict. The claim may be a figure, a plan, a growth, an attainment or whatever Of says.
func (c *computation) verify() {
	if c.q.Claimed == nil {
		c.lacks = append(c.lacks, Lack{Kind: LackNumber})
		return
	}
	s := c.sub(c.asClaimed)
	c.take(s)
	if planned := c.planned(s); planned != nil { // the claim is of the plan ahead: said beside
		c.company = append(append(c.company, planned.asked...), twins(planned.company, planned.asked[0])...)
	}
	if len(c.asked) == 0 {
		return
	}
	known := c.asked
	if fits := func(r Result) bool { _, err := c.off(inUnitOf(*c.q.Claimed, r.Value), r.Value); return err == nil }; c.q.Readings && slices.ContainsFunc(known, fits) {
		known = slices.DeleteFunc(known, func(r Result) bool { return !fits(r) }) // an amount of money is no claim of the index
	}
	c.asked = nil
	all := true
	for _, r := range known {
		if !r.HasValue {
			continue
		}
		all = c.compared(r) && all
	}
	for i, r := range c.company { // the computed twin of a stated figure may be what the question claims
		if r.HasValue && len(twins([]Result{r}, known[0])) > 0 {
			c.company[i].Verdict = verdictOf(agreesWith(*c.q.Claimed, r.Value))
			all = all || len(known) == 1 && agreesWith(*c.q.Claimed, r.Value)
		}
	}
	if len(c.asked) == 0 {
		c.lacks = append(c.lacks, Lack{Kind: LackPeriod, Name: known[0].Name})
		return
	}
	if !all && c.q.Limit != nil { // more than what was to be reached is reached too
		all = !slices.ContainsFunc(known, func(r Result) bool { return !meets(r, c.q.Limit) })
	}
	if !all && (len(c.q.Indicators) == 0 || c.q.Readings) && len(known) > 1 { // no name was said, or one of several: what has the figure is what was meant
		agreed := func(r Result) bool {
			return slices.ContainsFunc(c.asked, func(a Result) bool {
				return a.Verdict == verdictAgrees && a.Indicator == r.Indicator && a.Area == r.Area && a.Project == r.Project
			})
		}
		if slices.ContainsFunc(c.asked, agreed) {
			c.asked = slices.DeleteFunc(c.asked, func(r Result) bool { return !agreed(r) })
			c.company = slices.DeleteFunc(c.company, func(r Result) bool { return !agreed(r) })
			all = true
		}
	}
	c.holds = &all
}

// asClaimed makes a query ask for the figure that it claims.
func (c *computation) asClaimed(q *Query) {
	q.Op = Value
	if q.Of != "" {
		q.Op = q.Of
	} else if len(q.Projects) > 0 || q.Over == OverProjects {
		q.Op, q.Field = ProjectFacts, CapacityField
	}
	q.Claimed, q.HasUnit = nil, false
	q.YesNo = NoVerdict
}

// planned is the answer for a period planned ahead, where no period is named and the growth claimed is not the latest but that of the plan: a
// rise of 8.8 % may be that of next year's target. Nil where the latest agrees or none does.
func (c *computation) planned(latest *computation) *computation {
	if c.q.Of != Growth || len(c.q.Periods) > 0 || len(c.q.Indicators) != 1 || c.q.Measure != facts.NoMeasure || c.q.Realised || c.q.Base != (Base{}) || len(latest.asked) != 1 {
		return nil
	}
	agrees := func(s *computation) bool {
		return slices.ContainsFunc(slices.Concat(s.asked, s.company), func(r Result) bool { return r.HasValue && agreesWith(*c.q.Claimed, r.Value) })
	}
	last := latest.asked[0]
	if agrees(latest) || c.q.Limit != nil {
		return nil
	}
	for _, p := range c.facts.Series(c.q.Indicators[0], last.Area).Periods() {
		if period.Compare(p, last.Period) <= 0 || p.Shape() != last.Period.Shape() {
			continue
		}
		s := c.sub(func(q *Query) {
			c.asClaimed(q)
			q.Periods, q.Measure = []period.Period{p}, facts.Plan
		})
		if len(s.asked) == 1 && agrees(s) {
			return s
		}
	}
	return nil
}

func verdictOf(agrees bool) string {
	if agrees {
		return verdictAgrees
	}
	return verdictDiffers
}

// compared adds a fact and how far the claim is from it; it reports whether they agree.
func (c *computation) compared(r Result) bool {
	claimed := inUnitOf(*c.q.Claimed, r.Value)
	agrees := agreesWith(claimed, r.Value)
	r.Verdict = verdictOf(agrees)
	c.asked = append(c.asked, r)
	difference, err := c.off(claimed, r.Value)
	if err != nil {
		c.notes = append(c.notes, Note{Code: NoteUnitDiffers, Name: r.Name, Period: r.Period, Indicator: r.Indicator, Value: &claimed})
		return agrees
	}
	off := Result{Op: Verify, Indicator: r.Indicator, Project: r.Project, Name: r.Name, Area: r.Area, AreaName: r.AreaName, PartOf: r.PartOf,
		Period: r.Period, BasePeriod: r.BasePeriod, Measure: string(Verify), Of: r.Of, HasValue: true, Value: difference, Basis: Computed, Verdict: r.Verdict}
	off.Inputs = []Input{{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area,
		Source: r.Source, Basis: r.Basis, Of: r.Of, Assigned: r.Assigned, Locator: r.Locator}}
	c.asked = append(c.asked, off)
	return agrees
}

// off is the claim less the fact, in the fact's unit.
func (c *computation) off(claimed, fact quantity.Quantity) (quantity.Quantity, error) {
	like, err := quantity.Convert(claimed, fact.Unit, fact.Mult)
	if err != nil {
		return quantity.Quantity{}, err
	}
	return quantity.Sub(like, fact)
}

// source answers where a figure, a project or a statement comes from: the thing itself, which names its document.
func (c *computation) source() {
	s := c.sub(func(q *Query) {
		switch {
		case q.Of != "" && q.Of != SourceOf:
			q.Op = q.Of
		case len(q.Projects) > 0:
			q.Op, q.Field = ProjectFacts, AllFields
		case len(q.Statements) > 0:
			q.Op = StatementOf
		default:
			q.Op = Value
		}
		q.HasUnit, q.YesNo, q.Limit = false, NoVerdict, nil
	})
	c.take(s)
	c.holds = nil
	c.company = slices.DeleteFunc(c.company, func(r Result) bool { return len(c.asked) == 0 || len(twins([]Result{r}, c.asked[0])) == 0 })
}

// explain answers with a result whose inputs fill its formula. Where the question names no figure, the formula stands alone.
func (c *computation) explain() {
	if len(c.q.Indicators) == 0 && len(c.q.Projects) == 0 && len(c.q.Pair) == 0 {
		c.notes = append(c.notes, Note{Code: NoteFormula})
		c.status = Answered
		return
	}
	s := c.sub(func(q *Query) { q.Op, q.HasUnit, q.YesNo = q.Of, false, NoVerdict })
	c.take(s)
	c.holds = nil
}
