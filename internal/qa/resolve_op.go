package qa

import (
	"slices"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// rule says by which words an operation is asked for. The first rule that holds decides, so the more particular stand first.
type rule struct {
	op    Op
	holds func(*resolver) bool
}

// rules is the decision list. To add an operation, add its line here and its words to the locales.
var rules = []rule{
	{Explain, func(r *resolver) bool { return r.q.has(words.Explain) }},
	{Value, func(r *resolver) bool {
		return r.q.has(words.Backward, words.Level) && !r.q.has(words.Placeword) && r.named() > 0
	}},
	{List, (*resolver).asksDoubts},
	{List, (*resolver).asksFigure},
	{SourceOf, (*resolver).asksSource},
	{Coverage, (*resolver).asksCoverage},
	{WhatIf, func(r *resolver) bool { return r.q.has(words.If) && len(r.q.amounts) > 0 }},
	{Change, (*resolver).asksWhyApart},
	{StatementOf, (*resolver).asksStatement},
	{Verify, (*resolver).asksVerify},
	{Verify, (*resolver).bareClaim},
	{Contribution, func(r *resolver) bool { return r.q.has(words.Contribute) && len(r.indicators) > 0 }},
	{Pace, (*resolver).asksPace},
	{RequiredGrowth, (*resolver).asksRequiredGrowth},
	{Convert, (*resolver).asksConvert},
	{Ratio, func(r *resolver) bool {
		u, ok := r.q.unit()
		return r.q.has(words.Times) && (r.timesAsked() || ok && u.unit == quantity.Times)
	}},
	{Define, (*resolver).comparesMeanings},
	{Change, (*resolver).comparesProjects},
	{Change, (*resolver).comparesPlans},
	{Change, (*resolver).exceedsOther},
	{Change, (*resolver).comparesShares},
	{Share, (*resolver).yearOfYear},
	{Attainment, (*resolver).asksShareOfPlan},
	{Remainder, (*resolver).asksRestShare},
	{Share, (*resolver).asksPartOfWhole},
	{Share, (*resolver).asksOfTotal},
	{List, (*resolver).plansAgainstPast},
	{Rank, (*resolver).asksRank},
	{CountOf, (*resolver).asksCount},
	{Remainder, (*resolver).asksRemainder},
	{Share, func(r *resolver) bool { return r.q.has(words.Share) && !r.q.has(words.List) }},
	{List, (*resolver).asksList},
	{Average, func(r *resolver) bool { return r.q.has(words.Average) && !r.onlyIndices() && !r.asksMeaning() }},
	{Average, (*resolver).asksEach},
	{Total, (*resolver).asksTotal},
	{ProjectFacts, (*resolver).asksProject},
	{Gap, (*resolver).asksGap},
	{Change, (*resolver).asksChange},
	{Attainment, (*resolver).asksAttainment},
	{Trend, func(r *resolver) bool { return r.q.has(words.Trend) && !r.q.has(words.Howmuch) && r.named() > 0 }},
	{Growth, func(r *resolver) bool {
		return r.q.has(words.Grow, words.Fall, words.Samebase, words.Prevbase, words.Yearbase) && !r.samePeriodAsked() || r.q.has(words.Higher, words.Lower) && r.q.percent() && r.named() == 1 && len(r.areas) < 2 && !r.planSaid()
	}},
	{Change, (*resolver).comparesPeriods},
	{Trend, func(r *resolver) bool { return r.q.has(words.Trend) }},
	{List, (*resolver).asksParts},
	{Define, (*resolver).asksDefinition},
}

// operation is what the question's own words ask for; empty where they ask for nothing in particular.
func (r *resolver) operation() Op {
	for _, rule := range rules {
		if rule.holds(r) {
			return rule.op
		}
	}
	if r.prev != nil && r.prev.Op == ProjectFacts && r.named() == 0 && r.q.has(words.Howmuch) && len(r.periods) == 0 {
		return ProjectFacts
	}
	if r.prev != nil && r.named() == 0 && r.q.percent() && r.q.has(words.Total) {
		return Share
	}
	if r.prev != nil && r.named() == 0 && len(r.projects) == 0 && r.q.percent() && !r.planSaid() && len(r.periods) == 0 {
		switch r.prev.Op {
		case Gap, Attainment:
			return Attainment
		case Share, Remainder:
			return Share
		case Rank, List, CountOf, ProjectFacts, StatementOf:
		default:
			return Growth
		}
	}
	if r.topical() {
		return StatementOf
	}
	if r.q.has(words.Howmuch, words.Plan, words.Estimate, words.Realised, words.Actual, words.Preliminary) || r.planSaid() {
		return Value
	}
	return ""
}

// bareOperation is what a question means that names something and asks nothing: its value.
func (r *resolver) bareOperation() Op {
	switch {
	case len(r.projects) > 0:
		return ProjectFacts
	case r.named() == 0 && len(r.periods) == 0 && !r.q.has(words.Howmuch, words.Project, words.Capacity, words.Investor) && len(r.q.names(classTopic)) > 0 && r.statementsFor(true):
		return StatementOf
	case r.named() > 0 || len(r.q.names(classNoIndicator)) > 0:
		return Value
	case len(r.periods) > 0 && len(r.q.unknown) == 0 && (r.q.has(words.Yesno) || r.q.has(words.Which, words.What, words.How, words.Target, words.List, words.All) || r.indicatorsSaid() || r.prev == nil && len(r.q.names(classNoArea, classTopic)) == 0):
		return List
	case (len(r.q.unknown) > 1 || len(r.q.names(classTopic)) > 0) && r.statementsFor(true):
		return StatementOf
	}
	return ""
}

// named counts the indicators that the question names.
func (r *resolver) named() int {
	n := 0
	for _, m := range r.indicators {
		n += len(m.ids)
	}
	return n
}

func (r *resolver) aboutProjects() bool {
	return len(r.projects) > 0 || r.named() == 0 && (r.q.has(words.Project, words.Capacity) || r.prev != nil && r.prev.aboutProjects() && !r.indicatorsSaid() && len(r.q.names(classNoIndicator)) == 0)
}

func (q *Query) aboutProjects() bool {
	return q.Op == ProjectFacts || len(q.Projects) > 0 || q.Over == OverProjects
}

// asksDoubts reports whether contradictions of the documents are asked for: "bài báo có mâu thuẫn nào không?"
func (r *resolver) asksDoubts() bool {
	return r.q.has(words.Doubt) && !r.aboutProjects() && !r.q.has(words.If, words.Speaker, words.Howmuch)
}

// asksFigure reports whether a number alone is given and what it is the figure of is asked for: "con số 93,33 % ở đâu ra?"
func (r *resolver) asksFigure() bool {
	q := r.q
	if len(q.amounts) != 1 || r.convertSaid() || len(q.limits) > 0 || r.named() > 0 || len(r.projects) > 0 || len(q.unknown) > 0 || len(q.names(classNoIndicator, classNoArea, classTopic)) > 0 ||
		q.has(words.Howmuch, words.If, words.Yesno, words.Isittrue, words.Grow, words.Fall, words.Short, words.Project, words.Most, words.Least, words.Cause) {
		return false
	}
	a := q.spans[q.amounts[0]].amount
	if q.has(words.Plan) && !(q.has(words.Which) && r.indicatorsSaid() && a.unit != "") { // "1.200 triệu USD là kế hoạch của chỉ tiêu nào"
		return false
	}
	if r.given(a) || a.unit == "" && !a.hasMult && a.number.IsInt() && a.number.Float() <= 100 { // "3 chỉ tiêu nào"
		return false
	}
	return q.has(words.Source, words.Define) || r.indicatorsSaid() && q.has(words.Which, words.Indicators)
}

// asksWhyApart reports whether the cause is asked of one figure being above or below that of another period: "why is the 2021 target lower than
// exports in 2020?" The documents give causes of what happened in a year, so the two figures are the answer.
func (r *resolver) asksWhyApart() bool {
	q := r.q
	if !q.has(words.Cause) || !q.has(words.Higher, words.Lower) || q.has(words.Speaker, words.Solution) || len(q.unknown) > 0 {
		return false
	}
	if r.prev != nil && r.named() == 0 {
		return len(r.periods) == 1 && len(r.prev.Indicators) == 1 && len(r.prev.Periods) == 1 && r.prev.Periods[0].Year() != r.periods[0].when.year
	}
	return len(r.indicators) > 0 && len(r.periods) == 2 && r.periods[0].when.year != r.periods[1].when.year
}

func (r *resolver) asksSource() bool {
	if r.prev != nil && r.prev.Op == SourceOf && r.q.has(words.When) && r.named() == 0 && len(r.projects) == 0 {
		return true // "who published it, and when?"
	}
	if r.prev != nil && r.q.has(words.Isittrue) && !r.q.has(words.Attain, words.Grow, words.Fall, words.Missed, words.Exceeded, words.Short, words.Higher, words.Lower) && len(r.q.amounts) == 0 && r.named() == 0 && len(r.projects) == 0 && len(r.periods) == 0 {
		return true // "số này có đúng không?": where it stands
	}
	return r.q.has(words.Source) && !r.q.has(words.Share, words.Cause, words.Placeword) && !(r.q.lang != "en" && r.topical()) // "nguồn vốn ngoài ngân sách"
}

func (r *resolver) asksCoverage() bool {
	q := r.q
	if q.has(words.Latest) && (r.named() == 0 && r.prev == nil || q.has(words.Whichmonth, words.Whichquarter, words.Whichyear, words.When)) {
		return true
	}
	if !q.has(words.Coverage) {
		return q.has(words.Areas, words.Whichyear) && r.named() == 0 && r.prev == nil && len(q.spans) > 1 && r.onlyAsks()
	}
	if q.has(words.Attain, words.Short, words.Missed, words.Exceeded, words.Grow, words.Fall) || len(q.limits) > 0 || q.has(words.Plan, words.Reach) && len(q.amounts) > 0 || q.has(words.Trend) && r.named() > 0 ||
		q.has(words.Plan) && len(r.periods) == 1 && r.named() == 0 { // "kế hoạch 2021 có những chỉ tiêu gì"
		return false
	}
	return !q.has(words.Howmuch) || r.named() == 0
}

// onlyAsks reports whether nothing is said but question words and fillers: "có số của những tỉnh nào?"
func (r *resolver) onlyAsks() bool {
	for _, s := range r.q.spans {
		if s.kind != kindWord || !s.has(words.Filler, words.Areas, words.Whichyear, words.Which, words.What, words.All, words.Yesno) {
			return false
		}
	}
	return true
}

func (r *resolver) asksVerify() bool {
	q := r.q
	if len(q.amounts) == 0 || len(q.limits) > 0 {
		return false
	}
	return q.has(words.Isittrue) || q.has(words.Yesno) && !q.has(words.Howmuch, words.Which, words.What, words.If)
}

func (r *resolver) asksPace() bool {
	q := r.q
	if r.prev != nil && r.prev.Op == Pace && r.named() == 0 && len(r.periods) == 0 && (q.has(words.Trend) || slices.ContainsFunc(q.spans, func(s span) bool { return s.step != pNone && s.kind != kindPeriod })) {
		return true // "tính theo quý thì sao?"
	}
	if !r.eachPeriod() || q.has(words.Average) && len(r.periods) > 1 {
		return false
	}
	if q.has(words.Needed, words.Toreach, words.Plan, words.Short, words.Attain) {
		return true
	}
	return r.prev != nil && !r.aboutProjects() && (r.prev.Op == Pace || r.named() == 0 && len(r.periods) == 0 && !q.has(words.Average, words.Reach))
}

// asksEach reports whether a figure is asked per month or quarter, not for reaching a plan: "xuất khẩu mỗi tháng năm 2020".
func (r *resolver) asksEach() bool {
	q := r.q
	if r.named() == 0 || r.onlyIndices() || r.onlyRates() || q.has(words.Grow, words.Fall, words.Trend, words.List, words.Most, words.Least, words.Only) && !q.has(words.Each) {
		return false
	}
	return slices.ContainsFunc(q.spans, func(s span) bool { return s.kind == kindStep && (s.step == pMonth || s.step == pQuarter) }) && r.eachPeriod() && !q.has(words.Grow, words.Fall, words.Trend, words.Most, words.Least)
}

// eachDay reports whether a day is the time said of: "mỗi ngày".
func (r *resolver) eachDay() bool {
	return slices.ContainsFunc(r.q.spans, func(s span) bool { return s.step == pDay && s.kind != kindPeriod })
}

// eachPeriod reports whether "mỗi tháng", "per quarter" is said.
func (r *resolver) eachPeriod() bool {
	spans := r.q.spans
	for i, s := range spans {
		if s.step == pNone {
			continue
		}
		if s.has(words.Each) || i > 0 && spans[i-1].has(words.Each, words.Average) && !spans[i-1].hasUnit || i > 1 && spans[i-1].has(words.Rest) && spans[i-2].has(words.Each) {
			return true
		}
	}
	return false
}

func (r *resolver) asksRequiredGrowth() bool {
	q := r.q
	if !q.has(words.Grow, words.Fall) && !(q.has(words.More) && q.percent()) || !q.has(words.Needed, words.Toreach) {
		return false
	}
	u, ok := q.unit()
	return !ok || u.percent()
}

func (r *resolver) asksConvert() bool {
	q := r.q
	u, ok := q.unit()
	if !ok || u.percent() || u.unit == quantity.Times || q.has(words.Most, words.Least, words.Rank) {
		return false
	}
	if r.plainConversion() {
		return true
	}
	if q.has(words.Total, words.Average) && r.aboutProjects() || q.has(words.Except, words.Compare, words.Share) {
		return false
	}
	if r.convertSaid() || q.has(words.Convert) && q.at(words.Convert)+1 <= len(q.spans) && r.unitBehindConvert() {
		return !q.has(words.Yearbase, words.Samebase, words.Grow, words.Short, words.Missed, words.Exceeded, words.More, words.Higher, words.Lower, words.Needed)
	}
	return false
}

// plainConversion reports whether an amount is to be said in another unit of its kind, and nothing else is named: "1.120 triệu USD là mấy tỷ USD?"
func (r *resolver) plainConversion() bool {
	q := r.q
	u, ok := q.unit()
	if ok && u.unit == "" && u.hasMult && len(q.amounts) == 1 && q.spans[q.amounts[0]].amount.unit == "" && q.spans[q.amounts[0]].amount.hasMult {
		return r.named() == 0 && len(r.projects) == 0 && len(q.unknown) == 0 && !r.aboutProjects() // "68.461 tỷ là bao nhiêu nghìn tỷ": of đồng
	}
	if ok && len(q.amounts) == 1 && isCurrency(q.spans[q.amounts[0]].amount.unit) && (u.unit == "" && u.hasMult || isCurrency(u.unit)) {
		return r.named() == 0 && len(r.projects) == 0 && len(q.unknown) == 0 && !r.aboutProjects() // "68.461 tỷ đồng bằng bao nhiêu nghìn tỷ", "… là bao nhiêu USD": no rate is known
	}
	return ok && u.unit != "" && len(q.amounts) == 1 && r.named() == 0 && len(r.projects) == 0 && len(q.unknown) == 0 && q.spans[q.amounts[0]].amount.unit.Base() == u.unit.Base()
}

// convertSaid reports whether a word says nothing but to convert: "đổi ra", not the "ra" of "làm ra".
func (r *resolver) convertSaid() bool {
	return r.q.lang != "en" && slices.ContainsFunc(r.q.spans, func(s span) bool { return s.has(words.Convert) && !s.has(words.Filler) })
}

// unitBehindConvert reports whether the unit stands right behind a word of conversion: "in billion USD", "ra nghìn tỷ".
func (r *resolver) unitBehindConvert() bool {
	for i := 1; i < len(r.q.spans); i++ {
		if r.q.spans[i].hasUnit && r.q.spans[i-1].has(words.Convert) {
			return true
		}
	}
	return false
}

// choice reports whether one of several things is to be chosen: "hay", "or".
func (r *resolver) choice() bool {
	for _, s := range r.q.spans {
		if s.has(words.And) && s.has(words.Or) {
			return true
		}
	}
	return false
}

// timesAsked reports whether "times" is what is asked for, not a unit of a claim.
func (r *resolver) timesAsked() bool {
	for _, s := range r.q.spans {
		if s.kind == kindWord && s.has(words.Times) && s.to-s.from > 1 {
			return true
		}
	}
	return r.q.lang == "en" && r.q.has(words.Times)
}

func (r *resolver) asksRank() bool {
	q := r.q
	if q.has(words.Rank, words.Ascending, words.Placeword) {
		return true
	}
	if q.has(words.Most, words.Least) {
		for _, s := range q.spans {
			if s.has(words.Most, words.Least) && !(s.has(words.Atleast, words.Atmost) && len(q.limits) > 0) {
				return true
			}
		}
		return false
	}
	if len(r.areas) > 1 && r.named() == 1 && q.has(words.Higher, words.Lower) && !q.has(words.Howmuch) && q.has(words.And) && len(q.limits) == 0 && r.choice() {
		return true // "A hay B cao hơn?"
	}
	// "dự án nào lớn hơn?", "chỉ tiêu nào tăng nhanh hơn?": the more of a few
	return q.has(words.Higher, words.Lower) && len(q.limits) == 0 && (q.has(words.Which, words.Areas, words.Whichyear, words.Whichmonth, words.Whichquarter) || q.has(words.What) && q.lang == "en" && q.at(words.What) <= 1) && r.onePeriod() && (!q.has(words.Howmuch) || q.has(words.Which) && r.aboutProjects() && !q.percent())
}

// onePeriod reports whether at most one period is named, however often.
func (r *resolver) onePeriod() bool {
	return !slices.ContainsFunc(r.periods, func(p said) bool { return p.when != r.periods[0].when })
}

func (r *resolver) asksCount() bool {
	q := r.q
	sets := func(i int) bool {
		if i >= len(q.spans) {
			return false
		}
		s := q.spans[i]
		return s.has(words.Project, words.Target, words.Indicators, words.Areas) || s.of(classProject)
	}
	for i, s := range q.spans {
		if s.has(words.Coverage) && s.kind == kindWord && (len(q.limits) > 0 || q.has(words.Attain, words.Missed, words.Exceeded, words.Short)) && r.lex.says(q.words(s), words.Howmuch) {
			return true // "có bao nhiêu chỉ tiêu đạt trên 95 %"
		}
		if !s.has(words.Howmuch, words.Number) || s.has(words.Project) && s.kind != kindWord {
			continue
		}
		if sets(i+1) && (len(q.limits) > 0 || r.having() >= 0 || !(q.has(words.Capacity, words.Investment) && !s.has(words.Number))) {
			return true
		}
		if s.has(words.Number) {
			for j := i + 1; j < len(q.spans) && j <= i+4 && q.spans[j].kind == kindWord && q.spans[j].has(words.Filler, words.All, words.It); j++ {
				if sets(j + 1) {
					return true // "how many of those are garment projects?"
				}
			}
		}
	}
	return false
}

func (r *resolver) asksRemainder() bool {
	q := r.q
	if q.has(words.Rest) && (r.prev != nil || r.named() > 0) && !r.indicatorsSaid() {
		return true
	}
	return q.has(words.Except) && r.named() > 0 && !r.aboutProjects() && !r.indicatorsSaid()
}

// asksRestShare reports whether what is left of a whole is asked as a percentage of it: "phần xuất khẩu không phải hàng hóa chiếm bao nhiêu %".
func (r *resolver) asksRestShare() bool {
	return r.q.has(words.Except) && (r.q.percent() || r.q.has(words.Share)) && len(r.indicators) > 0 && len(r.indicators) < 3 && r.asksRemainder() &&
		!r.q.has(words.Attain, words.Grow, words.Fall, words.Plan, words.Missed, words.Exceeded, words.Higher, words.Lower, words.Compare)
}

func (r *resolver) asksList() bool {
	q := r.q
	switch {
	case len(q.limits) > 0 && r.named() == 0 && len(r.projects) == 0 && r.prev == nil && (q.has(words.Attain, words.Grow, words.Fall) || r.percentLimit()) && !r.aboutProjects():
		return true // "anything above 97 % of plan?"
	case len(q.limits) > 0 && (r.indicatorsSaid() || r.aboutProjects() || q.has(words.Areas, words.Whichmonth, words.Whichquarter, words.Whichyear)):
		return true
	case r.indicatorsSaid() && q.has(words.All) && q.has(words.Yesno, words.Isittrue) && q.has(words.Attain, words.Missed, words.Exceeded) && !q.has(words.List, words.Which):
		return false // "tất cả chỉ tiêu có đạt kế hoạch không?"
	case q.has(words.Which) && q.has(words.Exceeded, words.Missed) && q.has(words.Yesno) && r.named() == 0 && len(r.projects) == 0 && r.prev == nil && !r.aboutProjects() && len(q.amounts) == 0:
		return true // "có cái nào vượt không?"
	case q.has(words.Coverage) && q.has(words.Plan) && len(r.periods) == 1 && r.named() == 0 && len(r.projects) == 0:
		return true
	case r.indicatorsSaid() && !(q.has(words.Howmuch) && !q.has(words.List, words.Which)):
		return true
	case r.indicatorsSaid():
		return !q.has(words.Attain, words.Grow)
	case q.has(words.Areas) && r.named() > 0 && q.has(words.Which, words.Missed, words.Exceeded, words.Attain):
		return true
	case q.has(words.Whichmonth, words.Whichquarter, words.Whichyear) && r.named() > 0:
		return true
	case (q.has(words.List) || q.has(words.Which)) && r.aboutProjects() && !q.has(words.Capacity, words.Investor, words.Product) && !r.whichSector():
		return len(r.projects) != 1 || len(r.projects[0].ids) > 1 || q.has(words.List)
	}
	return false
}

// whichSector reports whether sectors are what is asked for, not projects of one: "which sectors do the projects belong to".
func (r *resolver) whichSector() bool {
	return slices.ContainsFunc(r.q.spans, func(s span) bool { return s.has(words.Sector) && s.has(words.Which) })
}

func (r *resolver) asksParts() bool {
	if !r.q.has(words.Parts) {
		return false
	}
	for _, m := range r.indicators {
		for _, id := range m.ids {
			if len(r.facts.Parts(id)) > 0 {
				return true
			}
		}
	}
	if r.indicatorsSaid() || r.q.has(words.Project) && r.aboutProjects() {
		return false // "trong đó dự án nào lớn nhất?": of those just spoken of
	}
	return r.named() == 0 && r.prev != nil && !(r.prev.Over == OverIndicators && (r.prev.Op == List || r.prev.Op == Rank))
}

func (r *resolver) asksTotal() bool {
	q := r.q
	if r.addsAcross() {
		return false
	}
	if !q.has(words.Total) {
		return (len(r.areas) > 1 || len(r.periods) == 1 && r.periods[0].end != nil) && r.totalled()
	}
	if r.aboutProjects() {
		if len(r.projects) == 1 && len(r.projects[0].ids) == 1 {
			return false
		}
		u, ok := q.unit()
		return q.has(words.Capacity, words.Investment, words.Acreage) || ok && u.unit != "" && q.has(words.Howmuch) || r.prev != nil && r.prev.aboutProjects()
	}
	return len(r.indicators) > 1 || len(r.areas) > 1 || len(r.periods) > 1 || len(r.periods) == 1 && r.periods[0].end != nil ||
		r.named() == 0 && r.prev != nil && (len(r.prev.Indicators) > 1 || len(r.prev.Areas) > 1 || len(r.prev.Periods) > 1)
}

// addsAcross reports whether a plan of one year is said to add to what another year came to: "how much does the 2021 plan add to the 2020 estimate?" The two are never summed up.
func (r *resolver) addsAcross() bool {
	return r.q.has(words.Total) && r.named() == 1 && len(r.periods) == 2 && r.periods[0].when.year != r.periods[1].when.year && r.bothMeasures()
}

// totalled reports whether a word for totals stands before the one indicator named, though its own name does not begin with it: "tổng sản
// lượng thủy sản của A và B".
func (r *resolver) totalled() bool {
	if len(r.indicators) != 1 {
		return false
	}
	first := r.q.tokens[r.q.spans[r.indicators[0].at].from].Fold
	if i := r.facts.Indicator(r.indicators[0].ids[0]); i == nil || strings.HasPrefix(token.Fold(i.Name["vi"]), first) || strings.HasPrefix(token.Fold(i.Name["en"]), first) {
		return false
	}
	for _, en := range r.lex.exact(first) {
		if en.class == classWord && en.sense == words.Total {
			return true
		}
	}
	return false
}

func (r *resolver) asksProject() bool {
	q := r.q
	if len(r.projects) > 0 && r.named() == 0 {
		return true
	}
	if r.named() > 0 {
		return false
	}
	return q.has(words.Project, words.Capacity, words.Investor) || q.has(words.Investment, words.Product, words.Sector, words.Place, words.Starting, words.State) && r.aboutProjects()
}

// asksMeaning reports whether the only word for an average is one for a meaning, and another word asks for that: "what does retail sales mean?".
func (r *resolver) asksMeaning() bool {
	another := false
	for _, s := range r.q.spans {
		if s.has(words.Average) && !s.has(words.Define) {
			return false
		}
		another = another || s.has(words.Define) && !s.has(words.Average)
	}
	return another
}

func (r *resolver) asksDefinition() bool {
	q := r.q
	if len(r.periods) > 0 || q.has(words.Howmuch) || r.named() == 0 && len(q.names(classNoIndicator)) == 0 {
		return false
	}
	return q.has(words.Define) || q.has(words.What) && q.lang == "en" && r.bareDefinition()
}

// comparesMeanings reports whether two indicators are compared that have no unit in common, and nothing of a figure is said: "IIP khác gì với giá
// trị sản xuất công nghiệp?" asks what they are.
func (r *resolver) comparesMeanings() bool {
	q := r.q
	if !q.has(words.Compare) || len(r.indicators) != 2 || r.named() != 2 || len(r.periods) > 0 || len(q.amounts) > 0 ||
		q.has(words.Howmuch, words.Plan, words.Target, words.Attain, words.Missed, words.Exceeded, words.Grow, words.Fall, words.Higher, words.Lower, words.Share) {
		return false
	}
	a, b := r.facts.Indicator(r.indicators[0].ids[0]), r.facts.Indicator(r.indicators[1].ids[0])
	return a != nil && b != nil && a.Unit.Base() != b.Unit.Base()
}

// bareDefinition reports whether nothing but "what is" and one name is said: "what is IIP?".
func (r *resolver) bareDefinition() bool {
	for _, s := range r.q.spans {
		if s.kind == kindWord && !s.has(words.What, words.Filler, words.Define) || s.kind == kindName && s.of(classTopic) {
			return false
		}
	}
	return r.named() == 1
}
