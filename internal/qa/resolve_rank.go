package qa

import (
	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/words"
)

// setRanking fills what is ranked, listed or counted, by what, under which condition.
func (r *resolver) setRanking() {
	q, out := r.q, &r.out
	if r.asksDoubts() {
		out.Over = OverDoubts
		return
	}
	if out.Op == List && r.asksFigure() {
		out.Over = OverFigures
		number := q.spans[q.amounts[0]].amount.quantity("", 0)
		out.Claimed = &number
		return
	}
	if out.Op == List && r.asksWithoutPlan() {
		out.Over, out.NoPlan = OverIndicators, true
		return
	}
	switch {
	case r.aboutProjects():
		out.Over = OverProjects
		out.Year = r.projectYear()
		if r.named() == 0 {
			out.Indicators = nil
		}
		if u, ok := q.unit(); ok && u.unit.Per() != "" {
			out.Unit, out.Mult, out.HasUnit = u.unit, u.mult, true
		} else if per := r.perTime(); per != "" && (out.Op == Total || out.Op == Average) {
			out.Unit, out.HasUnit = quantity.Unit("/"+per), true
		}
		if len(q.limits) > 0 && q.limits[0].than.unit == "" && q.limits[0].than.mult >= 9 {
			q.limits[0].than.unit, q.limits[0].to.unit = "VND", "VND" // "trên 1.000 tỷ" is money
		}
		if q.has(words.Investment) || len(q.limits) > 0 && isCurrency(q.limits[0].than.unit) {
			out.Field = InvestmentField
		} else {
			out.Field = r.field()
		}
		if out.Op == List && len(out.Projects) == 0 && r.prev != nil && len(r.projects) == 0 && r.follows {
			out.Projects = r.conv.Projects
		}
	case q.has(words.Areas):
		out.Over = OverAreas
	case q.has(words.Whichmonth, words.Whichquarter, words.Whichyear):
		out.Over = OverPeriods
	case out.Over == OverProjects && r.named() > 0:
		out.Over = OverIndicators
	case (out.Op == Total || out.Op == Average) && r.named() > 0:
	case len(r.areas) > 1 && r.named() == 1:
		out.Over = OverAreas
	case out.Op == Rank && r.named() == 1 && r.series():
		out.Over = OverPeriods
	}
	if out.By == "" || r.byWords() != "" {
		out.By = r.byWords()
	}
	out.Least = q.has(words.Least, words.Ascending) || q.has(words.Lower) && len(q.limits) == 0
	if q.has(words.Lowadj) && !q.has(words.Least) {
		out.Least = true
	} else if q.has(words.Most) {
		out.Least = false
	}
	if q.has(words.Missed, words.Exceeded) && len(q.limits) == 0 && out.Op != Rank {
		out.Limit = &Limit{Cmp: Less, Than: quantity.Quantity{Number: quantity.Int(100), Unit: quantity.Percent}, Plan: true}
		if q.has(words.Exceeded) && !q.has(words.Missed) {
			out.Limit.Cmp = More
		}
		out.By = Attainment
	} else if (q.has(words.Attain) || q.has(words.Reach) && r.indicatorsSaid() && len(q.amounts) == 0) && len(q.limits) == 0 && out.Op != Rank && !q.percent() && r.filtersReached() {
		out.Limit = &Limit{Cmp: AtLeast, Than: quantity.Quantity{Number: quantity.Int(100), Unit: quantity.Percent}, Plan: true}
		out.By = Attainment
	} else if q.has(words.Fall) && !q.has(words.Grow) && out.Op != Rank && len(q.limits) == 0 && (q.has(whichWords...) || out.Op == CountOf) {
		out.Limit = &Limit{Cmp: Less, Than: quantity.Quantity{Number: quantity.Int(0), Unit: quantity.Percent}}
		out.By = Growth
	} else if q.has(words.Grow) && !q.has(words.Fall) && out.Op != Rank && len(q.limits) == 0 && (q.has(whichWords...) || out.Op == CountOf) && !q.percent() {
		out.Limit = &Limit{Cmp: More, Than: quantity.Quantity{Number: quantity.Int(0), Unit: quantity.Percent}}
		out.By = Growth
	}
	if r.plansAgainstPast() {
		out.Over, out.By, out.Least = OverIndicators, Change, false
		if !r.yearsAlone() {
			out.Measure = facts.Plan
		}
		switch {
		case q.has(words.Lower):
			out.Limit = &Limit{Cmp: Less}
		case q.has(words.Higher):
			out.Limit = &Limit{Cmp: More}
		}
		r.periods[1].base = true
	}
	if at := r.superlativeOfShortfall(); at >= 0 && out.Op == Rank { // the largest shortfall is the least of what was reached
		worst := q.spans[at].has(words.Evaluative)
		switch out.By {
		case Attainment:
			out.Least = out.Least == worst
		case Gap:
			out.Least = out.Least && !worst
		}
	}
	if len(q.limits) > 0 {
		r.setLimit(q.limits[0])
	}
	r.setTop()
	r.setPlace()
	if r.asksParts() {
		out.Parts = true
		if r.named() > 0 {
			out.Over = OverParts
		}
	}
}

// whichWords choose among things.
var whichWords = []words.Sense{words.Which, words.Whichmonth, words.Whichquarter, words.Whichyear, words.Areas, words.Indicators}

// filtersReached reports whether "đạt kế hoạch" chooses among indicators: "chỉ tiêu nào đạt kế hoạch?"
func (r *resolver) filtersReached() bool {
	return r.out.Op == List && r.q.has(words.Which, words.List) && !r.q.has(words.Howmuch) || r.out.Op == CountOf
}

// series reports whether a ranking of one indicator runs over its periods.
func (r *resolver) series() bool {
	for _, s := range r.q.spans {
		if s.step != pNone && s.kind != kindPeriod {
			return true
		}
	}
	return len(r.periods) > 1 || r.q.has(words.When, words.Trend) || len(r.periods) == 1 && (r.periods[0].end != nil || r.periods[0].last > 0)
}

// byWords is the figure that a ranking or list goes by.
func (r *resolver) byWords() Op {
	q := r.q
	switch {
	case r.out.Over == OverProjects:
		return Value
	case r.superlativeOfShortfall() >= 0 && !r.amountAsked() && r.out.Over == OverIndicators, r.out.Op == Rank && q.has(words.Short) && q.has(words.Most, words.Least) && r.superlativeOfShortfall() < 0:
		return Attainment
	case (q.has(words.Short) && !r.moreOrLess() || r.superlativeOfShortfall() >= 0) && !q.percent() && !r.percentLimit():
		return Gap
	case q.has(words.Attain, words.Missed, words.Exceeded), q.has(words.Short) && !r.moreOrLess():
		return Attainment
	case q.has(words.Grow, words.Fall):
		return Growth
	case q.has(words.Reach) && (r.out.Over == OverIndicators && r.named() == 0 || q.percent() || r.percentLimit()):
		return Attainment
	case r.percentLimit() && r.named() == 0:
		return Attainment
	case q.has(words.Reach) && r.out.Op == Rank:
		return Attainment
	case r.out.Op == Rank && r.out.Over == OverIndicators && r.named() == 0:
		if r.out.By == "" && q.has(words.Evaluative) {
			return Attainment // the best of things in different units
		}
		return r.out.By
	case r.out.Op == Rank || r.named() > 0:
		return Value
	}
	return ""
}

// superlativeOfShortfall is the span of the superlative that is said of a shortfall: "hụt nhiều nhất", "missed by the widest margin", "the biggest
// gap to plan"; −1 where there is none. Not that of "cái nào không đạt mà cao nhất".
func (r *resolver) superlativeOfShortfall() int {
	spans := r.q.spans
	for i, s := range spans {
		if s.kind != kindWord || !s.has(words.Short, words.Missed) {
			continue
		}
		for j := i + 1; j < len(spans) && !r.q.clauseBegins(j); j++ {
			if spans[j].has(words.Most, words.Least) && !spans[j].has(words.Attain) {
				return j
			}
			if spans[j].has(words.Which, words.Indicators, words.And) && !spans[j].has(words.Filler) || spans[j].kind == kindName {
				break
			}
		}
		for j := i - 1; j >= 0 && !r.q.clauseBegins(j+1); j-- {
			if spans[j].has(words.Most, words.Least) && !spans[j].has(words.Attain) {
				return j
			}
			if !spans[j].has(words.Filler, words.Plan) && !spans[j].hasUnit {
				break
			}
		}
	}
	return -1
}

// amountAsked reports whether an amount, not a percentage, is asked for: "bao nhiêu tỷ".
func (r *resolver) amountAsked() bool {
	u, ok := r.q.unit()
	return ok && !u.percent() && !r.q.percentPoints()
}

func (r *resolver) percentLimit() bool {
	return len(r.q.limits) > 0 && (r.q.limits[0].than.percent() || r.q.limits[0].to.percent())
}

func (r *resolver) setLimit(l limited) {
	unit, mult := quantity.Unit(""), 0
	switch {
	case len(r.out.Indicators) > 0:
		if i := r.facts.Indicator(r.out.Indicators[0]); i != nil {
			unit, mult = i.Unit, i.Mult
		}
	case r.out.By == Attainment || r.out.By == Growth:
		unit = quantity.Percent
	}
	than := l.than.quantity(unit, mult)
	if r.out.By == Attainment && l.cmp != Between && than.Unit == quantity.Percent && r.q.has(words.Short) && l.at > 0 && !r.q.spans[l.at-1].has(words.Short) {
		than.Number = quantity.Int(100).Sub(than.Number) // "hụt trên 5 %": under 95 % of the plan
		l.cmp = map[Cmp]Cmp{More: Less, AtLeast: AtMost, Less: More, AtMost: AtLeast}[l.cmp]
	}
	r.out.Limit = &Limit{Cmp: l.cmp, Than: than}
	if l.cmp == Between {
		r.out.Limit.To = l.to.quantity(unit, mult)
	}
	if r.out.By == "" && than.Unit == quantity.Percent {
		r.out.By = Attainment
	} else if r.out.By == "" {
		r.out.By = Value
	}
}

// setTop reads "top 3", "ba dự án lớn nhất", "2 chỉ tiêu cao nhất".
func (r *resolver) setTop() {
	if r.out.Op != Rank {
		return
	}
	for i, s := range r.q.spans {
		switch { // "lớn thứ hai", "second largest"
		case s.has(words.Ordinal) && i+1 < len(r.q.spans):
			r.out.Nth = r.place(i + 1)
		case s.has(words.Most, words.Least) && r.q.lang == "en" && i > 0:
			if n := r.place(i - 1); n > 1 {
				r.out.Nth = n
			}
		}
	}
	if r.out.Nth > 1 {
		return
	}
	for _, i := range r.q.amounts {
		a := r.q.spans[i].amount
		if a.unit == "" && !a.hasMult || a.unit == "dự án" || a.unit == "item" {
			if n := int(a.number.Float()); a.number.IsInt() && n > 0 && n <= 100 {
				r.out.Top = n
			}
		}
	}
	for i, s := range r.q.spans {
		if s.kind != kindUnknown && s.kind != kindWord || i+1 >= len(r.q.spans) {
			continue
		}
		if n := r.lex.smallNumber(foldOf(r.q.tokens[s.from:s.to])); n > 1 && r.q.spans[i+1].has(words.Project, words.Target, words.Indicators, words.Areas, words.Most, words.Least) {
			r.out.Top = n
		}
	}
}

// setPlace reads "A đứng thứ mấy", "how does A rank": one member of a ranking is named, the ranking is of all of its kind.
func (r *resolver) setPlace() {
	q, out := r.q, &r.out
	if out.Op != Rank || out.Nth > 1 || out.Top > 0 || !q.has(words.Placeword) || len(q.limits) > 0 {
		return
	}
	switch own := r.ownProjects(); {
	case out.Over == OverProjects && len(own) == 1:
		out.Place = own[0]
		out.Projects = nil
		for _, m := range r.projects {
			if !r.ownName(m) {
				out.Projects = append(out.Projects, m.ids...)
			}
		}
		if len(out.Projects) > 0 && !contains(out.Projects, out.Place) {
			out.Projects = append(out.Projects, out.Place)
		}
	case r.named() == 1 && len(r.areas) == 1:
		out.Over = OverAreas
		out.Place = r.lex.targets[q.spans[r.areas[0]].names[0].target].id
	case r.named() == 1 && len(r.areas) == 0 && (out.By == Attainment || out.By == Growth):
		out.Over = OverIndicators
		out.Place, out.Indicators = out.Indicators[0], nil
	}
}

// ownProjects are the projects named by their own names.
func (r *resolver) ownProjects() []string {
	var ids []string
	for _, m := range r.projects {
		if r.ownName(m) && !contains(ids, m.ids[0]) {
			ids = append(ids, m.ids[0])
		}
	}
	return ids
}

// place is the number that span i says, in words or digits; 0 where it says none.
func (r *resolver) place(i int) int {
	s := r.q.spans[i]
	if s.kind == kindAmount && s.amount.unit == "" && s.amount.number.IsInt() {
		return int(s.amount.number.Float())
	}
	if s.to-s.from != 1 {
		return 0
	}
	return r.lex.smallNumber(foldOf(r.q.tokens[s.from:s.to]))
}

// smallNumber is the value of a number word.
func (l *lexicon) smallNumber(word string) int {
	for _, table := range l.numbers {
		if n, ok := table[word]; ok {
			return n
		}
	}
	return 0
}

// asksWithoutPlan reports whether those indicators are asked for that have no plan: "chỉ tiêu nào không có kế hoạch 2020".
func (r *resolver) asksWithoutPlan() bool {
	q := r.q
	if !r.indicatorsSaid() || r.aboutProjects() {
		return false
	}
	at := q.at(words.Lacking)
	if at < 0 || q.spans[at].kind != kindWord {
		return false
	}
	for at++; at < len(q.spans); at++ {
		switch s := q.spans[at]; {
		case s.kind != kindWord:
			return false
		case s.has(words.Plan, words.Target):
			return !s.has(words.Missed, words.Attain)
		case !s.has(words.Filler):
			return false
		}
	}
	return false
}
