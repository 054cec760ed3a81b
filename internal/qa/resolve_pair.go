package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/words"
)

// side is one of two things that a question sets against each other, as far as it is said.
type side struct {
	ref   Ref
	named bool // anything of it was said
	meas  bool // its measure was said
}

// setPair reads the two things compared, from left to right: a side is full when something of it is said a second time, or when a
// word of comparison stands between. What one side leaves out it has from the other.
func (r *resolver) setPair() {
	if r.bothPeriods {
		return
	}
	sides := r.sides()
	if len(sides) > 2 {
		r.out.Pair = nil
		return
	}
	if len(sides) == 1 && (r.q.has(words.It) || r.onlyBase()) && r.prev != nil && r.out.Op == Change && (sides[0].ref.Indicator == "" || sides[0].ref.Indicator == lastRef(r.prev).Indicator) {
		// "How much more is that than in 2020?"
		sides = append([]side{{ref: lastRef(r.prev), named: true}}, sides...)
	}
	if two := r.twoAreas(); len(sides) < 2 && r.q.has(words.Bothareas, words.Areas) && len(two) == 2 && len(r.areas) == 0 {
		one := side{named: true}
		if len(sides) == 1 {
			one = sides[0]
		}
		sides = []side{one, one}
		sides[0].ref.Area, sides[1].ref.Area = two[0], two[1]
	}
	if len(sides) != 2 {
		return
	}
	a, b := sides[0].ref, sides[1].ref
	turned := r.timesTurned() || r.out.Op == Share && (r.yearTurned() || r.percentTurned())
	if turned {
		a, b = b, a
		sides[0], sides[1] = sides[1], sides[0]
	}
	if a.Assigned != "" && b.Assigned != "" {
		a.Measure, b.Measure, r.out.AssignedBy = facts.Plan, facts.Plan, ""
	}
	if p := r.prev; p != nil && (p.Measure == facts.Plan || p.Op == Pace) && len(p.Periods) == 1 && a.Period.IsZero() && a.Measure == facts.Plan && (a.Indicator == "" && r.follows || slices.Equal(p.Indicators, []string{max(a.Indicator, b.Indicator)})) {
		a.Period = r.prev.Periods[0] // "is the target above what was exported in 2020?", of the target just spoken of
	}
	if p := r.prev; p != nil && r.follows && p.Measure == facts.Plan && len(p.Periods) == 1 && b.Measure == facts.Plan && b.Period.IsZero() && !a.Period.IsZero() && b.Indicator == "" {
		b.Period = p.Periods[0] // "so với thực hiện 2020 thì mục tiêu này chênh bao nhiêu"
	}
	complete(&a, b)
	complete(&b, a)
	if a.Indicator == "" && len(r.out.Indicators) == 1 {
		a.Indicator, b.Indicator = r.out.Indicators[0], r.out.Indicators[0]
	}
	if a.Indicator == "" || r.out.Readings {
		r.out.Base.Plan = a.Measure == facts.Plan && b.Measure == facts.Plan && a.Period != b.Period
		return
	}
	if a == b {
		return
	}
	if sides[0].meas && !sides[1].meas && a.Period == b.Period && a.Indicator == b.Indicator && a.Area == b.Area {
		b.Measure = facts.NoMeasure
	}
	if sides[0].meas && !sides[1].meas && a.Indicator != b.Indicator && a.Period == b.Period {
		b.Measure = a.Measure // "kế hoạch công nghiệp lớn hơn bán lẻ": both plans
	}
	if sides[1].meas && !sides[0].meas && a.Indicator != b.Indicator && a.Period == b.Period {
		a.Measure = b.Measure // "hiệu số giữa A và B theo kế hoạch"
	}
	if sides[0].meas && !sides[1].meas && r.q.lang == "en" && r.q.has(words.It) {
		b.Measure = a.Measure // "the target for 2021 higher than that for 2020"
	}
	if a.Indicator == b.Indicator && a.Period != b.Period && sides[0].meas != sides[1].meas && r.yearsJoined() {
		a.Measure, b.Measure = max(a.Measure, b.Measure), max(a.Measure, b.Measure) // "the 2020 and 2021 export plans"
	}
	if r.out.Op == Share || r.out.Op == Ratio && a.Indicator != b.Indicator {
		saidOfBoth := a.Indicator == b.Indicator // "kế hoạch 2021 bằng mấy % thực hiện 2020": each as it is said
		if a.Measure == facts.NoMeasure && !(saidOfBoth && sides[0].meas) {
			a.Measure = b.Measure
		}
		if b.Measure == facts.NoMeasure && !(saidOfBoth && sides[1].meas) {
			b.Measure = a.Measure
		}
	}
	if r.out.Op == Change && a.Indicator == b.Indicator && a.Area == b.Area && period.Compare(a.Period, b.Period) < 0 {
		a, b = b, a // of two periods of one indicator: the later less the earlier
	}
	r.out.Pair = []Ref{a, b}
	r.out.Measure, r.out.Realised = facts.NoMeasure, false
	r.out.Indicators = nil
	for _, ref := range r.out.Pair {
		if !contains(r.out.Indicators, ref.Indicator) {
			r.out.Indicators = append(r.out.Indicators, ref.Indicator)
		}
	}
	r.out.Of = r.measureCompared()
}

// measureCompared is what of the two is set against each other where it is not their levels: "so sánh mức hoàn thành kế hoạch của A và B",
// "compare the growth of A and B". Of two periods of one indicator a growth is the change itself.
func (r *resolver) measureCompared() Op {
	q := r.q
	if r.out.Op != Change {
		return ""
	}
	points := q.percentPoints()
	if r.amountAsked() {
		return ""
	}
	a, b := r.out.Pair[0], r.out.Pair[1]
	apart := a.Indicator != b.Indicator || a.Area != b.Area
	switch {
	case q.has(words.Grow, words.Fall) && (points || apart && q.has(words.Compare, words.Higher, words.Lower)):
		return Growth
	case q.has(words.Attain) && (points || apart && q.has(words.Higher, words.Lower) || q.has(words.Compare) && (apart || !r.comparesPlans())):
		return Attainment
	}
	return ""
}

// yearsJoined reports whether the two periods stand side by side, joined by a word for "and": what is said of them is said of both.
func (r *resolver) yearsJoined() bool {
	if len(r.periods) != 2 || r.periods[1].at-r.periods[0].at > 2 {
		return false
	}
	for _, s := range r.q.spans[r.periods[0].at+1 : r.periods[1].at] {
		if !s.has(words.And) || s.has(words.Versus) && !s.has(words.Filler) {
			return false
		}
	}
	return true
}

// timesTurned reports whether a ratio of indicators is asked the English way: "how many times the A was the B" is B over A.
func (r *resolver) timesTurned() bool {
	return len(r.indicators) == 2 && r.turnedBetween(r.indicators[0].at, r.indicators[1].at)
}

// turnedBetween is that for the things named at two spans: a verb stands between them, and none before the first.
func (r *resolver) turnedBetween(first, second int) bool {
	at := r.q.at(words.Times)
	if r.out.Op != Ratio || r.q.lang != "en" || r.q.has(words.Higher, words.Lower) || at < 0 || at > first {
		return false
	}
	verb := func(spans []span) bool {
		return slices.ContainsFunc(spans, func(s span) bool { return s.has(words.Yesno) })
	}
	return !verb(r.q.spans[at+1:first]) && verb(r.q.spans[first+1:second])
}

// onlyBase reports whether the one period named is what is compared with: the other is that of the last question.
func (r *resolver) onlyBase() bool {
	return r.follows && len(r.periods) == 1 && r.periods[0].base && r.named() == 0
}

func complete(a *Ref, b Ref) {
	if a.Indicator == "" {
		a.Indicator, a.Or = b.Indicator, b.Or
	}
	if a.Area == "" {
		a.Area = b.Area
	}
	if a.Period.IsZero() {
		a.Period = b.Period
	}
}

func lastRef(q *Query) Ref {
	ref := Ref{Measure: q.Measure}
	if len(q.Indicators) > 0 {
		ref.Indicator = q.Indicators[0]
	}
	if len(q.Areas) > 0 {
		ref.Area = q.Areas[0]
	}
	if len(q.Periods) > 0 {
		ref.Period = q.Periods[0]
	}
	return ref
}

// sides are the things compared, in the order said.
func (r *resolver) sides() []side {
	var out []side
	var now side
	push := func() {
		if now.named {
			out = append(out, now)
		}
		now = side{}
	}
	for i, s := range r.q.spans {
		switch {
		case s.kind == kindPeriod:
			p := r.saidAt(i)
			if p.IsZero() {
				continue
			}
			if !now.ref.Period.IsZero() {
				push()
			}
			now.ref.Period, now.named = p, true
		case s.kind == kindName && s.of(classIndicator) && r.mentions(i):
			id := r.indicatorAt(i)
			if now.ref.Indicator != "" && now.ref.Indicator != id {
				push()
			}
			now.ref.Indicator, now.ref.Or, now.named = id, r.otherReading(i, id), true
		case s.kind == kindName && s.of(classArea):
			id := r.lex.targets[s.names[0].target].id
			if now.ref.Area != "" {
				push()
			}
			now.ref.Area, now.named = id, true
		case s.of(classAssigner):
			if now.ref.Assigned != "" {
				push()
			}
			now.ref.Assigned, now.named = r.lex.targets[s.names[0].target].id, true
		case s.has(words.Higher, words.Lower, words.Versus, words.And, words.Upto) && s.kind == kindWord:
			if now.ref.Indicator != "" || !now.ref.Period.IsZero() && len(r.periods) > 1 || now.ref.Area != "" && len(r.areas) > 1 || now.meas && s.has(words.Higher, words.Lower) {
				push()
			}
		}
		if m := r.measureOf(s); r.saysMeasure(s) {
			if !now.meas && !now.ref.Period.IsZero() && r.measuresNext(i) {
				push()
			}
			if now.meas && (now.ref.Measure != m || now.ref.Indicator != "" && !now.ref.Period.IsZero() && now.ref.Assigned == "") {
				push()
			}
			now.ref.Measure, now.meas, now.named = m, true, true
		}
	}
	push()
	return out
}

// saysMeasure reports whether a span says which of the figures of a period is meant.
func (r *resolver) saysMeasure(s span) bool {
	return r.measureOf(s) != facts.NoMeasure || s.has(words.Realised, words.Estimate) && !s.has(words.Filler, words.Reach)
}

// measuresNext reports whether the measure said at a span, behind one period, is that of the period that follows: "so với năm 2020 thì kế
// hoạch bán lẻ 2021 tăng bao nhiêu". In English it follows its own year: "the 2020 retail target".
func (r *resolver) measuresNext(at int) bool {
	spans := r.q.spans
	before := at - 1
	for before > 0 && spans[before].kind == kindName {
		before--
	}
	if r.q.lang == "en" && before >= 0 && spans[before].kind == kindPeriod && !endsClause(r.q.tokens[spans[before+1].from]) {
		return false
	}
	for _, s := range spans[at+1:] {
		switch {
		case s.kind == kindPeriod:
			return true
		case s.kind == kindWord && s.has(words.Higher, words.Lower, words.Versus, words.And, words.Upto, words.Exceeded, words.Missed, words.Short), r.saysMeasure(s):
			return false
		}
	}
	return false
}

// measureOf is the measure that a span says.
func (r *resolver) measureOf(s span) facts.Measure {
	switch {
	case s.kind != kindWord:
		return facts.NoMeasure
	case s.has(words.Plan) && (!s.has(words.Attain) || r.comparesPlans()), s.has(words.Attain) && r.yearOfYear(), s.has(words.Target) && !r.indicatorsSaid():
		return facts.Plan
	case s.has(words.Actual):
		return facts.Actual
	case s.has(words.Preliminary):
		return facts.Preliminary
	}
	return facts.NoMeasure
}

func (r *resolver) mentions(at int) bool {
	for _, m := range r.indicators {
		if m.at == at {
			return true
		}
	}
	return false
}

// otherReading is the other indicator that a span may name, where there are two.
func (r *resolver) otherReading(at int, id string) string {
	for _, m := range r.indicators {
		if m.at == at && len(m.ids) == 2 {
			for _, other := range m.ids {
				if other != id {
					return other
				}
			}
		}
	}
	return ""
}

func (r *resolver) indicatorAt(at int) string {
	for _, m := range r.indicators {
		if m.at == at {
			if len(m.ids) > 1 {
				for _, id := range m.ids {
					if contains(r.out.Indicators, id) {
						return id
					}
				}
			}
			return m.ids[0]
		}
	}
	return ""
}
