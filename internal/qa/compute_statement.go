package qa

import (
	"cmp"
	"slices"

	"factbot/internal/facts"
	"factbot/internal/quantity"
)

// statements answers with what the documents say: the statements that the words point to, else those of the kinds, indicators and
// periods asked for, the most relevant first.
func (c *computation) statements() {
	found := c.pointed()
	if c.q.Statements == nil {
		found = c.relevant()
	}
	for _, s := range found[:min(len(found), statementsShown)] {
		c.asked = append(c.asked, c.statement(s))
	}
	if len(c.asked) == 0 {
		lack := Lack{Kind: LackStatement}
		if len(c.q.Kinds) > 0 {
			lack.Text = string(c.q.Kinds[0])
		}
		if len(c.q.Periods) > 0 {
			lack.Period = c.q.Periods[0]
		}
		if inds := c.q.Indicators; len(inds) > 0 && c.facts.Indicator(inds[0]) != nil {
			lack.Name = c.facts.Indicator(inds[0]).Name
		}
		c.lacks = append(c.lacks, lack)
	}
}

// statement is a statement as a result.
func (c *computation) statement(s *facts.Statement) Result {
	r := Result{Op: StatementOf, Statement: s.ID, Measure: string(StatementOf), Text: s.Text, Kind: s.Kind, Period: s.Period, Area: s.Area,
		Basis: Stored, Locator: s.Locator}
	if a := c.facts.Area(s.Area); a != nil {
		r.AreaName = a.Name
	}
	if s.Source != nil {
		r.Source = s.Source.ID
	}
	return r
}

// pointed are the statements that the query names, best first.
func (c *computation) pointed() []*facts.Statement {
	var list []*facts.Statement
	for _, id := range c.q.Statements {
		i := slices.IndexFunc(c.facts.Statements(), func(s *facts.Statement) bool { return s.ID == id })
		if i >= 0 {
			list = append(list, c.facts.Statements()[i])
		}
	}
	return list
}

// relevant are the statements that fit what is asked: of the kinds and areas asked for, about the indicators or about all, for the
// periods or for none in particular.
func (c *computation) relevant() []*facts.Statement {
	type scored struct {
		s     *facts.Statement
		score int
	}
	var list []scored
	for _, s := range c.facts.Statements() {
		if score, ok := c.relevance(s); ok {
			list = append(list, scored{s, score})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	found := make([]*facts.Statement, len(list))
	for i, l := range list {
		found[i] = l.s
	}
	return found
}

func (c *computation) relevance(s *facts.Statement) (score int, ok bool) {
	if len(c.q.Kinds) > 0 && !slices.Contains(c.q.Kinds, s.Kind) {
		return 0, false
	}
	if c.saidArea() && s.Area != "" && !slices.Contains(c.q.Areas, s.Area) {
		return 0, false
	}
	if len(c.q.Periods) > 0 && !s.Period.IsZero() {
		fits := false
		for _, p := range c.q.Periods {
			if s.Period == p {
				score += 2
			}
			fits = fits || s.Period.Contains(p) || p.Contains(s.Period)
		}
		if !fits {
			return 0, false
		}
		score++
	}
	if len(c.q.Indicators) > 0 && len(s.Indicators) > 0 {
		if !slices.ContainsFunc(s.Indicators, func(id string) bool { return slices.Contains(c.q.Indicators, id) }) {
			return 0, false
		}
		score += 4
	}
	return score, true
}

// premise checks what a question takes for granted. Where the figures contradict it they are the answer, and it is over.
func (c *computation) premise() (over bool) {
	p := *c.q.Premise
	op := Growth
	switch p.Verdict {
	case IsReached, IsMissed, IsExceeded:
		op = Attainment
	case NoVerdict, IsMore, IsLess:
		return false
	}
	s := c.sub(func(q *Query) {
		q.Op, q.YesNo, q.Limit, q.HasUnit = op, NoVerdict, nil, false
		q.Measure = p.Ref.Measure
		q.Indicators, q.Periods = nil, c.q.Periods
		if p.Ref.Indicator != "" {
			q.Indicators = []string{p.Ref.Indicator}
		}
		if p.Ref.Area != "" {
			q.Areas = []string{p.Ref.Area}
		}
		if !p.Ref.Period.IsZero() {
			q.Periods = q.Periods[:0:0]
			q.Periods = append(q.Periods, p.Ref.Period)
		}
		q.AllPeriods = false
	})
	if len(s.asked) == 0 || slices.ContainsFunc(s.asked, func(r Result) bool {
		holds, ok := verdictHolds(p.Verdict, r)
		return holds || !ok || slices.ContainsFunc(twins(s.company, r), func(t Result) bool { // the source contradicts itself
			other, told := verdictHolds(p.Verdict, t)
			return told && other
		})
	}) {
		if c.q.Op == StatementOf && p.Ref.Indicator != "" { // it holds: the figures stand beside the causes
			c.company, c.warnings = append(c.company, s.asked...), append(c.warnings, s.warnings...)
		}
		return false
	}
	c.take(s)
	first := s.asked[0]
	c.op = op
	value := first.Value
	c.notes = append(c.notes, Note{Code: NotePremise, Name: first.Name, Indicator: first.Indicator, Period: first.Period, Value: &value})
	return true
}

// agreesWith reports whether a fact, rounded to the digits of a claim, is what is claimed; a bare number is in the fact's own unit.
func agreesWith(claimed, fact quantity.Quantity) bool {
	return quantity.Agrees(inUnitOf(claimed, fact), fact)
}

// inUnitOf gives a bare number the unit of a figure, and points the unit of percent.
func inUnitOf(claimed, fact quantity.Quantity) quantity.Quantity {
	switch {
	case claimed.Unit == "":
		claimed.Unit = fact.Unit
		if claimed.Mult == 0 {
			claimed.Mult = fact.Mult
		}
	case claimed.Unit == quantity.Percent && fact.Unit == quantity.PP, claimed.Unit == quantity.PP && fact.Unit == quantity.Percent:
		claimed.Unit = fact.Unit
	case claimed.Unit == fact.Unit.Base():
		claimed.Unit = fact.Unit
	}
	return claimed
}
