package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/words"
)

// fill settles the slots that belong to the operation.
func (r *resolver) fill() {
	r.setIndicators()
	r.setProjects()
	r.setOperating()
	r.setLacking()
	r.setHaving()
	q, out := r.q, &r.out
	if out.Op == Change && r.onlyIndices() && len(r.indicators) == 1 && !r.amountAsked() && !q.has(words.Compare, words.Higher, words.Lower) {
		out.Op = Growth
	}
	switch out.Op {
	case Change, Ratio, Share:
		out.Why = out.Op == Change && r.asksWhyApart()
		r.setPair()
		r.setSides()
	case Verify, WhatIf:
		r.setNumber()
		out.Base.Plan = out.Op == WhatIf && r.basePlanned()
	case Convert:
		if len(q.amounts) == 1 && r.named() == 0 && len(r.projects) == 0 && !r.follows {
			n := q.spans[q.amounts[0]].amount
			if u, ok := q.unit(); ok && n.unit == "" {
				n.unit = u.unit
			}
			if n.unit == "" {
				n.unit = "VND"
			}
			number := n.quantity("", 0)
			out.Claimed = &number
		}
		if u, ok := q.unit(); ok {
			out.Unit, out.Mult, out.HasUnit = u.unit, u.mult, true
			if len(out.Projects) > 0 && (q.has(words.Investment) || isCurrency(u.unit)) {
				out.Field = InvestmentField
			}
		}
		r.setProjectUnit()
	case Gap:
		if r.shortPercent() {
			out.Unit, out.HasUnit = quantity.Percent, true
		}
	case Remainder:
		if r.asksRestShare() {
			out.Unit, out.HasUnit = quantity.Percent, true
		}
	case Rank, List, Filter, CountOf, Total, Average:
		r.setRanking()
	case Explain, SourceOf:
		if of := r.operationBeside(out.Op); of != "" || !r.follows {
			out.Of = of
		}
		if out.Of == "" && out.Op == Explain {
			out.Of = r.percentExplained()
		}
	case ProjectFacts:
		out.Field = r.field()
		out.Year = r.projectYear()
		r.setProjectUnit()
	case StatementOf:
		r.statementsFor(false)
	}
	if out.Op == Value || out.Op == Gap || out.Op == Attainment || out.Op == Trend {
		r.setUnit()
	}
	r.setYesNo()
	r.setThreshold()
	r.setPremise()
	if q.has(words.Parts) && out.Op != Share && r.asksParts() {
		out.Parts = true
		if out.Op == List || out.Op == Rank {
			out.Over = OverParts
		}
	}
	if out.Op == Trend && len(r.periods) == 0 {
		out.AllPeriods = true
	}
}

// setIndicators fills the indicators named; one name of several indicators gives readings.
func (r *resolver) setIndicators() {
	if len(r.indicators) == 0 {
		return
	}
	r.out.Indicators = nil
	r.out.Readings = false
	for _, m := range r.indicators {
		for _, id := range m.ids {
			if !contains(r.out.Indicators, id) {
				r.out.Indicators = append(r.out.Indicators, id)
			}
		}
	}
	if len(r.indicators) == 1 && len(r.indicators[0].ids) > 1 {
		r.out.Readings = true
	}
	if len(r.indicators) > 1 {
		r.out.Indicators = r.narrow()
	}
	if (r.out.Op == Total || r.out.Op == Rank && !r.q.has(words.Grow, words.Fall, words.Attain)) && len(r.indicators) > 1 {
		r.out.Indicators = r.addable(r.out.Indicators)
	}
	if r.q.has(words.Except) && r.indicatorsSaid() { // "trừ xuất khẩu, các chỉ tiêu còn lại"
		var rest []string
		for _, i := range r.facts.Indicators() {
			if i.PartOf == "" && !contains(r.out.Indicators, i.ID) {
				rest = append(rest, i.ID)
			}
		}
		r.out.Indicators = rest
	}
}

// addable drops, of the readings of one name, the indices and rates, which are never added to levels nor ranked among them, where another reading is left.
func (r *resolver) addable(ids []string) []string {
	adds := func(id string) bool {
		i := r.facts.Indicator(id)
		return i != nil && i.Kind != facts.Index && i.Kind != facts.Rate
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return !adds(id) && slices.ContainsFunc(r.indicators, func(m mentioned) bool { return contains(m.ids, id) && slices.ContainsFunc(m.ids, adds) })
	})
}

// narrow drops, where several names are said, the readings that another name of the question settles: beside "giá trị sản xuất công
// nghiệp" a second "công nghiệp" is no new indicator.
func (r *resolver) narrow() []string {
	var out []string
	for _, m := range r.indicators {
		ids := m.ids
		if len(ids) > 1 {
			settled := false
			for _, o := range r.indicators {
				settled = settled || len(o.ids) == 1 && contains(ids, o.ids[0])
			}
			if settled {
				continue
			}
			ids = r.partsOfNamed(ids)
		}
		for _, id := range ids {
			if !contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// partsOfNamed keeps, of several parts with the same name ("khu vực FDI"), those of a whole that the question names too.
func (r *resolver) partsOfNamed(ids []string) []string {
	var out []string
	for _, id := range ids {
		i := r.facts.Indicator(id)
		for _, o := range r.indicators {
			if i != nil && len(o.ids) == 1 && o.ids[0] == i.PartOf {
				out = append(out, id)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return ids
}

// operationBeside is the operation that a question about a source or a calculation names beside: "cách tính tỷ lệ hoàn thành".
func (r *resolver) operationBeside(except Op) Op {
	for _, rule := range rules {
		if rule.op != except && rule.op != Coverage && rule.op != SourceOf && rule.op != Explain && rule.op != StatementOf && rule.op != List && rule.op != Define && rule.op != ProjectFacts && rule.holds(r) {
			return rule.op
		}
	}
	return ""
}
