package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/words"
)

func (r *resolver) asksGap() bool {
	q := r.q
	if len(r.indicators) == 2 && q.has(words.Higher, words.Lower) || r.moreOrLess() {
		return false
	}
	if r.besidePlan() {
		return true
	}
	if !q.has(words.Short) && !(q.has(words.Exceeded) && q.has(words.Howmuch)) && !(q.has(words.Missed) && q.has(words.Howmuch)) &&
		!(q.has(words.Higher, words.Lower, words.Compare) && q.has(words.Attain) && q.has(words.Howmuch)) &&
		!(q.has(words.Toreach) && q.has(words.Needed, words.Howmuch)) {
		return false
	}
	if q.percent() && !r.onlyRates() && !r.shortPercent() {
		return false
	}
	return len(r.periods) < 2 || q.has(words.Short) && !q.has(words.Higher, words.Lower)
}

// besidePlan reports whether it is asked by how much a figure is below or above its plan: "thấp hơn KH giao bao nhiêu".
func (r *resolver) besidePlan() bool {
	q := r.q
	if !q.has(words.Howmuch) || q.percent() || r.named() != 1 || len(r.indicators) != 1 || len(r.periods) > 1 || len(q.limits) > 0 || r.prev != nil && r.prev.Measure == facts.Plan {
		return false
	}
	for i := 1; i < len(q.spans); i++ {
		if q.spans[i].kind == kindWord && q.spans[i].has(words.Plan) && q.spans[i-1].kind == kindWord && q.spans[i-1].has(words.Lower) {
			return true
		}
	}
	return false
}

// moreOrLess reports whether of several areas the one that has more is asked for: "A so với B hơn hay kém". Nothing falls short of a plan there.
func (r *resolver) moreOrLess() bool {
	return len(r.areas) > 1 && r.q.has(words.Higher) && r.choice()
}

// shortPercent reports whether what is missing is asked as a percentage of the plan: "hụt bao nhiêu phần trăm so với kế hoạch".
func (r *resolver) shortPercent() bool {
	return r.q.has(words.Short, words.Missed) && r.q.has(words.Howmuch) && (r.q.percent() && r.q.has(words.Short) || r.q.percentPoints()) && len(r.indicators) == 1 && !r.onlyRates() && !r.onlyIndices() && !r.q.has(words.Higher, words.Lower, words.Compare)
}

func (r *resolver) asksChange() bool {
	q := r.q
	u, has := q.unit()
	amount := has && !u.percent()
	points := has && u.unit == quantity.PP
	switch {
	case r.addsAcross():
		return true
	case q.has(words.Compare) && !amount && (q.has(words.Grow, words.Fall) && r.named() > 2 || q.has(words.Attain) && (r.named() > 2 && len(r.indicators) > 2 || r.indicatorsSaid())):
		return false // a growth or an attainment of each
	case q.has(words.Compare) && (len(r.periods) > 1 || len(r.indicators) > 1 || len(r.areas) > 1 || r.bothMeasures() && !r.planAgainstRealised()):
		return true
	case q.has(words.Compare) && !q.has(words.Attain) && (len(r.periods) > 0 || r.prev != nil) && q.has(words.Howmuch, words.It):
		return true
	case q.has(words.Compare) && !q.has(words.Attain, words.Grow, words.Fall) && r.named() > 0 && len(r.periods) == 1 && r.periods[0].base:
		return true
	case q.has(words.Higher, words.Lower) && len(q.limits) == 0:
		return !(has && u.unit == quantity.Percent && r.named() == 1 && !r.planSaid() && len(r.areas) < 2 && !r.onlyRates()) // "hơn 2019 mấy phần trăm" is growth
	case q.has(words.More) && (amount || !q.percent()):
		return true
	case q.has(words.Yearbase, words.Samebase, words.Prevbase) && amount && !r.samePeriodAsked():
		return true
	case q.has(words.Grow, words.Fall) && (amount || points && q.has(words.Higher, words.Lower, words.Compare)):
		return true
	}
	return false
}

// comparesPeriods reports whether one period is set against another without a word for the difference: "July compared with June".
func (r *resolver) comparesPeriods() bool {
	base, main := false, false
	for _, p := range r.periods {
		base = base || p.base
		main = main || !p.base
	}
	return base && main
}

// comparesPlans reports whether "so với kế hoạch" is the plan of another period than the one asked of: "kế hoạch 2021 so với kế hoạch 2020 tăng
// bao nhiêu".
func (r *resolver) comparesPlans() bool {
	q := r.q
	if len(r.periods) < 2 || !q.has(words.Grow, words.Fall, words.Higher, words.Lower, words.Compare, words.More, words.Short, words.Times) && !(q.has(words.Reach) && q.has(words.Yesno) && !q.has(words.Howmuch)) {
		return false
	}
	plans := 0
	for _, s := range q.spans {
		if s.kind == kindWord && s.has(words.Plan) {
			plans++
		}
	}
	if plans == 2 && len(r.periods) == 2 && r.periods[0].year != r.periods[1].year {
		return true // "KH 2021 vs KH 2020 lệch bao nhiêu"
	}
	for i, s := range q.spans {
		if !s.has(words.Attain) || !s.has(words.Versus) {
			continue
		}
		for j := i + 1; j <= i+2 && j < len(q.spans); j++ { // "so với kế hoạch 2020", "so với KH bán lẻ 2020"
			if q.spans[j].kind == kindPeriod {
				return true
			}
		}
	}
	return false
}

// yearOfYear reports whether the figure of one year is asked as a percentage of that of another: "kế hoạch 2021 bằng bao nhiêu % kế hoạch 2020".
func (r *resolver) yearOfYear() bool {
	q := r.q
	if len(r.indicators) != 1 || len(r.periods) != 2 || r.periods[0].year == r.periods[1].year || !q.percent() && !q.has(words.Share, words.Attain) ||
		q.has(words.Grow, words.Fall, words.Higher, words.Lower, words.More, words.Short, words.Compare, words.Exceeded, words.Missed, words.Andwhat) {
		return false
	}
	if r.yearTurned() {
		return true
	}
	asked := slices.IndexFunc(q.spans, func(s span) bool { return s.has(words.Howmuch, words.Share) })
	if asked < r.periods[0].at || asked > r.periods[1].at {
		return false
	}
	return !slices.ContainsFunc(q.spans[asked:r.periods[1].at], func(s span) bool { return s.has(words.Versus) || s.kind == kindName })
}

// yearTurned reports whether that is asked the English way: "what percent of the 2020 result is the 2021 plan".
func (r *resolver) yearTurned() bool {
	spans := r.q.spans
	if r.q.lang != "en" || len(r.periods) != 2 || len(r.indicators) != 1 {
		return false
	}
	asked := slices.IndexFunc(spans, func(s span) bool { return s.has(words.Share) || s.has(words.Howmuch) && s.has(words.Rateword) })
	verb := func(spans []span) bool {
		return slices.ContainsFunc(spans, func(s span) bool { return s.has(words.Yesno) })
	}
	return asked >= 0 && asked < r.periods[0].at && !verb(spans[asked+1:r.periods[0].at]) && verb(spans[r.periods[0].at+1:r.periods[1].at])
}

// plansAgainstPast reports whether those plans are asked for that are below or above what was realised in another year: "which 2021 plan is
// below the 2020 result".
func (r *resolver) plansAgainstPast() bool {
	q := r.q
	return r.named() == 0 && len(r.projects) == 0 && len(r.periods) == 2 && r.periods[0].year != r.periods[1].year && len(q.limits) == 0 && q.has(words.Higher, words.Lower, words.Compare) &&
		(q.has(words.Which) || r.indicatorsSaid()) && (q.has(words.Plan, words.Target) && q.has(words.Realised, words.Estimate, words.Actual, words.Reach) || r.yearsAlone())
}

// yearsAlone reports whether one year is set against another, of indicators, and nothing is said of what figures: "chỉ tiêu nào năm 2021 thấp hơn 2020".
func (r *resolver) yearsAlone() bool {
	return r.indicatorsSaid() && r.q.has(words.Which) && r.q.has(words.Higher, words.Lower) && !r.planSaid() &&
		!r.q.has(words.Attain, words.Missed, words.Exceeded, words.Grow, words.Fall, words.Realised, words.Estimate, words.Actual, words.Reach)
}

// exceedsOther reports whether a figure of one period exceeds one of another, or one indicator another: "the 2021 target exceeds the 2020
// estimate by how much".
func (r *resolver) exceedsOther() bool {
	q := r.q
	return q.has(words.Exceeded, words.Missed) && q.has(words.Howmuch) && !q.percent() && (len(r.periods) == 2 && r.named() == 1 || len(r.indicators) == 2 && !q.has(words.Plan, words.Target, words.Attain))
}

// comparesProjects reports whether two projects are set against each other: "công suất A lớn hơn B bao nhiêu".
func (r *resolver) comparesProjects() bool {
	q := r.q
	if r.named() == 0 && len(r.projects) == 1 && len(r.projects[0].ids) == 2 && q.has(words.Compare) && !q.has(words.Which, words.Times, words.Share, words.Total, words.Average) {
		return true // "so sánh công suất hai nhà máy viên nén"
	}
	return r.named() == 0 && len(r.projects) > 1 && q.has(words.Higher, words.Lower, words.Compare) && (q.has(words.Howmuch) || q.has(words.Compare) && q.has(words.Capacity, words.Investment)) && !q.has(words.Which)
}

// comparesShares reports whether attainments or growths are set against each other in points: "tỷ lệ hoàn thành của bán lẻ cao hơn của xuất
// khẩu mấy điểm phần trăm".
func (r *resolver) comparesShares() bool {
	u, ok := r.q.unit()
	return ok && u.unit == quantity.PP && (r.q.has(words.Higher, words.Lower, words.Compare) || r.q.has(words.Short) && len(r.indicators) == 2) && r.q.has(words.Attain, words.Grow, words.Fall)
}

// asksOfTotal reports whether a follow-up asks for the share of a part that was just spoken of: "bằng mấy phần trăm tổng?"
func (r *resolver) asksOfTotal() bool {
	if r.prev == nil || r.named() > 0 || !r.q.percent() || !r.q.has(words.Total) || r.q.has(words.Attain, words.Grow) || len(r.prev.Indicators) != 1 {
		return false
	}
	i := r.facts.Indicator(r.prev.Indicators[0])
	return i != nil && i.PartOf != ""
}

// asksShareOfPlan reports whether the whole of which a share is asked is the plan: "what share of the 2020 plan did A achieve".
func (r *resolver) asksShareOfPlan() bool {
	spans := r.q.spans
	if q := r.q; q.lang == "en" && q.has(words.Share) && q.has(words.Plan) && q.has(words.Reach, words.Realised) && r.named() == 1 {
		return true // "what share of the retail plan was achieved"
	}
	for i := r.q.at(words.Share) + 1; i > 0 && i < len(spans) && r.named() == 1; i++ {
		if s := spans[i]; s.kind == kindWord && s.has(words.Plan) {
			return i+1 == len(spans) || !spans[i+1].has(words.Total) && (r.q.lang == "en" || spans[i+1].kind != kindName)
		} else if s.kind != kindPeriod && !s.has(words.Filler, words.Howmuch) && !s.hasUnit {
			return false
		}
	}
	return false
}

// asksPartOfWhole reports whether a part is asked as a percentage of its whole without a word for shares: "A bằng bao nhiêu % B".
func (r *resolver) asksPartOfWhole() bool {
	q := r.q
	if len(r.indicators) != 2 || !q.percent() || q.has(words.Attain, words.Grow, words.Fall, words.Plan, words.Missed, words.Exceeded) || len(q.amounts) > 0 {
		return false
	}
	partOf := func(a, b mentioned) bool {
		return slices.ContainsFunc(a.ids, func(id string) bool {
			i := r.facts.Indicator(id)
			return i != nil && i.PartOf != "" && contains(b.ids, i.PartOf)
		})
	}
	if r.percentBetween() {
		return true
	}
	return partOf(r.indicators[0], r.indicators[1]) || partOf(r.indicators[1], r.indicators[0]) || q.has(words.Reach) && !r.joinedNames(r.indicators[0].at, r.indicators[1].at)
}

// percentBetween reports whether the percentage asked stands between the two names, "A bằng mấy phần trăm B", or before both the English way, "what
// percent of B is A".
func (r *resolver) percentBetween() bool {
	first, second := r.indicators[0].at, r.indicators[1].at
	asked := slices.IndexFunc(r.q.spans, func(s span) bool {
		return s.kind == kindUnit && s.amount.unit == quantity.Percent || s.has(words.Rateword)
	})
	return asked > first && asked < second && r.q.spans[asked-1].has(words.Howmuch) && !r.q.has(words.And, words.Versus) || r.percentTurned()
}

// percentTurned reports whether a percentage is asked the English way: "what percent of B is A".
func (r *resolver) percentTurned() bool {
	if r.q.lang != "en" || len(r.indicators) != 2 {
		return false
	}
	first, second := r.indicators[0].at, r.indicators[1].at
	asked := slices.IndexFunc(r.q.spans, func(s span) bool { return s.has(words.Rateword) || s.has(words.Share) })
	verb := func(spans []span) bool {
		return slices.ContainsFunc(spans, func(s span) bool { return s.has(words.Yesno) })
	}
	return asked >= 0 && asked < first && !verb(r.q.spans[asked+1:first]) && verb(r.q.spans[first+1:second])
}

// bothMeasures reports whether a plan and a realised figure are both named.
func (r *resolver) bothMeasures() bool {
	return r.q.has(words.Plan) && r.q.has(words.Realised, words.Estimate, words.Actual)
}

// planAgainstRealised reports whether the plan and what was realised of one period are set against each other: "plan vs actual 2020", "so sánh kế
// hoạch và thực hiện".
func (r *resolver) planAgainstRealised() bool {
	q := r.q
	if !r.bothMeasures() || len(r.periods) > 1 || q.has(words.Higher, words.Lower, words.Short, words.Grow, words.Fall, words.Howmuch) || len(q.amounts) > 0 {
		return false
	}
	return q.has(words.Compare) || slices.ContainsFunc(q.spans, func(s span) bool { return s.has(words.Versus) && !s.has(words.And) })
}

// realisedOverPlan reports whether the one is said to be divided by the other: "TH/KH".
func (r *resolver) realisedOverPlan() bool {
	for i := 1; i < len(r.q.spans); i++ {
		if a, b := r.q.spans[i-1], r.q.spans[i]; b.has(words.Plan) && a.has(words.Realised, words.Estimate, words.Actual) && r.q.tokens[b.from].Gap == "/" {
			return true
		}
	}
	return false
}

func (r *resolver) asksAttainment() bool {
	q := r.q
	switch {
	case q.has(words.Attain, words.Missed, words.Exceeded):
		return !(q.has(words.Grow, words.Fall) && !q.has(words.Missed, words.Exceeded) && q.at(words.Attain) < 0)
	case q.has(words.Grow, words.Fall, words.Samebase, words.Prevbase, words.Yearbase):
		return false
	case q.percent() && q.has(words.Howmuch) && q.has(words.Plan) && r.named() > 0 && !r.onlyRates() && !r.onlyIndices():
		return true // "bao nhiêu phần trăm kế hoạch năm"
	case q.has(words.Reach) && q.percent():
		return !r.onlyRates()
	case q.percent() && q.has(words.Plan, words.Target) && (q.has(words.Reach) || q.lang == "en"):
		return true
	case q.has(words.Plan, words.Target) && q.has(words.Reach) && q.has(words.Yesno, words.Isittrue) && !q.has(words.Howmuch):
		return true
	case q.lang == "en" && q.has(words.Plan) && q.has(words.Reach):
		return true
	case q.has(words.Plan) && q.has(words.Reach) && q.has(words.How):
		return true
	case r.againstPlan(), r.planAgainstRealised(), r.realisedOverPlan():
		return true
	}
	return false
}

// againstPlan reports whether the plan is what is compared with: "so vs kế hoạch?"
func (r *resolver) againstPlan() bool {
	for i := 1; i < len(r.q.spans); i++ {
		if r.q.spans[i].has(words.Plan) && r.q.spans[i-1].has(words.Versus) && (!r.q.spans[i-1].has(words.And) || r.q.has(words.Compare)) && (i+1 == len(r.q.spans) || r.q.spans[i+1].kind == kindWord) {
			return len(r.periods) < 2
		}
	}
	return false
}

// onlyRates reports whether every indicator named is a rate or an index: their figures are percentages, no attainments.
func (r *resolver) onlyRates() bool {
	if r.named() == 0 {
		return false
	}
	for _, m := range r.indicators {
		for _, id := range m.ids {
			if i := r.facts.Indicator(id); i == nil || i.Kind != facts.Rate && i.Unit != quantity.Percent {
				return false
			}
		}
	}
	return true
}

// onlyIndices reports whether every indicator named is an index: its figure for several months is their average already.
func (r *resolver) onlyIndices() bool {
	for _, m := range r.indicators {
		for _, id := range m.ids {
			if i := r.facts.Indicator(id); i == nil || i.Kind != facts.Index {
				return false
			}
		}
	}
	return r.named() > 0
}
