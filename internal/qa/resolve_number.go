package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/words"
)

// percentExplained is what a percentage in a question about a calculation is: an attainment, or of an index a growth.
func (r *resolver) percentExplained() Op {
	for _, i := range r.q.amounts {
		if r.q.spans[i].amount.percent() {
			if r.onlyIndices() {
				return Growth
			}
			return Attainment
		}
	}
	return ""
}

// setNumber fills the figure that the question claims or assumes, and what it is a figure of.
func (r *resolver) setNumber() {
	if len(r.q.amounts) == 0 {
		return
	}
	at := r.q.amounts[0]
	for _, i := range r.q.amounts {
		if a := r.q.spans[i].amount; a.unit != "" || a.hasMult {
			at = i
			break
		}
	}
	for _, i := range r.q.amounts { // of several numbers the growth is what is claimed: "kế hoạch 73.000 tỷ tăng 8,8 %"
		if i > 0 && r.q.spans[i].amount.percent() && r.q.spans[i-1].has(words.Grow, words.Fall) {
			at = i
		}
	}
	a := r.q.spans[at].amount
	unit, mult := quantity.Unit(""), 0
	if len(r.out.Indicators) > 0 {
		if i := r.facts.Indicator(r.out.Indicators[0]); i != nil {
			unit, mult = i.Unit, i.Mult
		}
	} else if len(r.out.Projects) > 0 {
		for _, p := range r.facts.Projects() {
			if contains(r.out.Projects, p.ID) && p.Capacity != nil {
				unit, mult = p.Capacity.Unit, p.Capacity.Mult
				if a.unit != "" && a.unit.Per() == "" && unit.Base() == a.unit {
					a.unit = unit
				}
				break
			}
		}
	}
	n := a.quantity(unit, mult)
	q, out := r.q, &r.out
	percent := n.Unit == quantity.Percent
	measure, known := r.figureOf(n)
	if out.Op == Verify && measure == facts.Plan && q.has(words.Missed) {
		out.Measure = facts.Plan // "không đạt kế hoạch 1.200 triệu USD"
	}
	switch {
	case percent && r.tookOp && r.prev != nil && r.prev.Of != "" && r.prev.Op == out.Op && !q.has(words.Grow, words.Fall, words.Attain, words.Reach, words.Plan, words.Share):
		out.Of = r.prev.Of // "còn 12 %?"
		if was := r.prev.Assumed; was != nil && was.Sign() < 0 && n.Sign() > 0 {
			n.Number = n.Neg()
		}
	case percent && unit == quantity.Percent && !r.onlyIndices() && !q.has(words.Grow, words.Fall, words.Attain, words.Plan):
		out.Of = Value // a rate of its own
	case percent && r.onlyIndices() && !q.has(words.Fall) && !q.has(words.Share):
		out.Of = Growth
	case percent && (q.has(words.Grow, words.Fall) || out.Op == WhatIf && q.has(words.More)):
		out.Of = Growth
		if q.has(words.Fall) && !q.has(words.Grow) && n.Sign() > 0 {
			n.Number = n.Neg()
		}
	case percent && out.Op == Verify && r.setsYearsApart():
		out.Of = Growth // "is the 2021 target 6.25 % higher than 2020?"
		if q.has(words.Lower) && n.Sign() > 0 {
			n.Number = n.Neg()
		}
	case percent && q.has(words.Share):
		out.Of = Share
	case percent && q.has(words.Attain, words.Reach, words.Plan, words.Exceeded, words.Missed):
		out.Of = Attainment
		if q.has(words.Exceeded) && !q.has(words.Reach) && n.Full().Cmp(quantity.Int(50)) < 0 {
			n.Number = n.Number.Add(quantity.Int(100))
		}
	case q.has(words.Short, words.Exceeded) || q.has(words.Missed) && !percent && (q.has(words.Howmuch) || out.Op == Verify && !known):
		out.Of = Gap
		if q.has(words.Exceeded) && !q.has(words.Short) && out.Op == Verify {
			n.Number = n.Neg()
		}
	case percent && unit != quantity.Percent && unit != "" && len(out.Indicators) > 0:
		out.Of = Attainment // "is 93.33 % correct for exports?"
	case !percent && q.has(words.Grow, words.Fall, words.More) && a.unit != "":
		out.Of = Change
	default:
		out.Of = Value
	}
	if out.Op == Verify && len(out.Projects) > 0 && r.named() == 0 && out.Of == Value {
		out.Of = "" // a project's own figure
	}
	if out.Op == Verify {
		out.Claimed = &n
		if out.Of == Change {
			r.setPair()
		}
		return
	}
	out.Assumed = &n
	switch {
	case q.has(words.Short) && !percent:
		out.By = Gap
	case q.has(words.Grow, words.Fall) && !percent && q.has(words.Howmuch, words.What):
		out.By = Growth
	}
	if out.Of != Growth && out.Of != Attainment {
		out.Of = Value
	}
	if out.Measure == facts.Plan && out.Of == Value && !q.has(words.Attain) && r.assumesRealised() {
		out.Measure = facts.NoMeasure
	}
}

// figureOf is what a quantity is among the figures of what is asked about, ok where it is one: "missed the plan of 1,200 million", not "missed the
// plan by 40 million".
func (r *resolver) figureOf(n quantity.Quantity) (m facts.Measure, ok bool) {
	for _, id := range r.out.Indicators {
		for _, a := range r.facts.Areas() {
			s := r.facts.Series(id, a.ID)
			for _, p := range s.Periods() {
				for _, o := range s.Observations(p) {
					if agreesWith(n, o.Value) && (len(r.out.Periods) == 0 || slices.Contains(r.out.Periods, p)) {
						return o.Measure, true
					}
				}
			}
		}
	}
	return facts.NoMeasure, false
}

// setsYearsApart reports whether one thing of a year is said to be above or below that of another year, by so many per cent.
func (r *resolver) setsYearsApart() bool {
	return r.q.has(words.Higher, words.Lower) && r.named() < 2 && len(r.periods) == 2 && r.periods[0].when.year != r.periods[1].when.year
}

// basePlanned reports whether the base of an assumed growth is a plan: "tăng 10 % so với kế hoạch 2021", "10 % on the 2021 target".
func (r *resolver) basePlanned() bool {
	spans := r.q.spans
	for _, p := range r.periods {
		if !p.base {
			continue
		}
		for i := p.at - 1; i >= 0 && i >= p.at-3 && spans[i].kind == kindWord; i-- {
			if spans[i].has(words.Plan) {
				return true
			}
			if spans[i].has(words.Versus) {
				break
			}
		}
		for i := p.at + 1; i < len(spans) && i <= p.at+2 && r.q.lang == "en" && spans[i].kind != kindPeriod; i++ {
			if spans[i].has(words.Plan) {
				return true
			}
		}
	}
	return false
}

// assumesRealised reports whether the number assumed is a realised figure: "nếu đạt 1.150 triệu …", not "nếu kế hoạch là …".
func (r *resolver) assumesRealised() bool {
	if len(r.q.amounts) == 0 {
		return true
	}
	for i := r.q.amounts[0] - 1; i >= 0 && i >= r.q.amounts[0]-3; i-- {
		if r.q.spans[i].has(words.Plan, words.Target) {
			return false
		}
		if r.q.spans[i].has(words.Reach, words.Realised) {
			return true
		}
	}
	return true
}

// setUnit notes the unit that a value is asked in, where it is another than the figure's own: "bao nhiêu nghìn tỷ".
func (r *resolver) setUnit() {
	u, ok := r.q.unit()
	if !ok || u.percent() || len(r.out.Indicators) != 1 {
		return
	}
	i := r.facts.Indicator(r.out.Indicators[0])
	if i == nil || i.Unit == "" {
		return
	}
	switch {
	case i.Unit == quantity.Percent && (u.hasMult || isCurrency(u.unit)) && r.out.Op == Value:
		r.out.Op = Convert
	case u.unit != "" && u.unit.Base() != i.Unit.Base() && isCurrency(u.unit) && isCurrency(i.Unit):
		r.out.Op = Convert
	case u.unit != "" && u.unit != i.Unit:
		return
	case isCurrency(u.unit) && !u.hasMult:
		return // "bao nhiêu đồng", "how many USD": the usual multiplier says it as well
	case (u.hasMult || u.unit != "") && u.mult != i.Mult && r.out.Op == Value:
		r.out.Op = Convert
	}
	r.out.Unit, r.out.Mult, r.out.HasUnit = u.unit, u.mult, true
}

// setYesNo notes what a yes/no question asks about.
func (r *resolver) setYesNo() {
	q := r.q
	if !r.asksWhether() || r.out.Op == Verify {
		return
	}
	switch r.out.Op {
	case Attainment, Gap:
		switch {
		case q.has(words.Exceeded):
			r.out.YesNo = IsExceeded
		case q.has(words.Missed):
			r.out.YesNo = IsMissed
		default:
			r.out.YesNo = IsReached
		}
	case Growth:
		switch {
		case q.has(words.Grow):
			r.out.YesNo = IsRising
		case q.has(words.Fall):
			r.out.YesNo = IsFalling
		}
	case Change:
		switch {
		case q.has(words.Higher):
			r.out.YesNo = IsMore
		case q.has(words.Lower):
			r.out.YesNo = IsLess
		}
	}
}

// asksWhether reports whether yes or no is the answer, nothing else being asked for.
func (r *resolver) asksWhether() bool {
	return r.q.has(words.Yesno, words.Isittrue) && !r.q.has(words.Howmuch, words.Which, words.What, words.Who, words.Where, words.When, words.How, words.Cause)
}

// setThreshold puts a condition to the single figure that is asked: "có vượt 1 tỷ USD không?", "did it grow by more than 5 %?" The
// condition says what figure is meant: an amount the level, a percentage the attainment, a growth where growing is said.
func (r *resolver) setThreshold() {
	q, out := r.q, &r.out
	if !r.asksWhether() || out.Limit != nil {
		return
	}
	if out.Op == Verify && out.Claimed != nil && q.has(words.Yesno) && !q.has(words.Isittrue) && r.reachesNumber() && (out.Of == Value || out.Of == Attainment) {
		out.Limit = &Limit{Cmp: AtLeast, Than: *out.Claimed} // "đã đạt 1 tỷ USD chưa?"
		return
	}
	if len(q.limits) == 0 {
		return
	}
	l := q.limits[0]
	percent := l.than.percent() || l.to.percent()
	apart := func(x words.Sense) bool { // said of the figure, not by the comparing word itself
		return slices.ContainsFunc(q.spans, func(s span) bool { return s.has(x) && !s.has(words.Above, words.Below) })
	}
	switch {
	case !slices.Contains([]Op{Value, Attainment, Growth, Gap, Share}, out.Op):
		return
	case !percent && (out.Op == Attainment || out.Op == Gap) && !q.has(words.Short, words.Missed) && !apart(words.Exceeded):
		out.Op = Value
	case percent && out.Op == Value && r.onlyIndices():
		out.Op = Growth
	case percent && (out.Op == Value && !r.onlyRates() || out.Op == Gap):
		out.Op = Attainment
	}
	if out.Op == Attainment || out.Op == Growth {
		out.By = out.Op
	}
	r.setLimit(l)
	out.By, out.YesNo = "", NoVerdict
	switch limit := out.Limit; {
	case out.Op == Attainment && apart(words.Exceeded): // "vượt kế hoạch trên 5 %"
		limit.Than.Number = limit.Than.Number.Add(quantity.Int(100))
		limit.To.Number = limit.To.Number.Add(quantity.Int(100))
	case out.Op == Gap && apart(words.Exceeded), out.Op == Growth && q.has(words.Fall) && !q.has(words.Grow):
		limit.negate() // "giảm trên 5 %": a growth below −5 %
	}
}

// reachesNumber reports whether the number claimed is one to be reached: "đạt 1 tỷ".
func (r *resolver) reachesNumber() bool {
	at := r.q.amounts[0]
	for at > 0 && r.q.spans[at-1].has(words.Filler) && !r.q.spans[at-1].has(words.Reach) {
		at--
	}
	return at > 0 && r.q.spans[at-1].has(words.Reach, words.Toreach)
}

// setPremise notes what a why-question takes for granted.
func (r *resolver) setPremise() {
	q := r.q
	if r.out.Op != StatementOf || !q.has(words.Cause) {
		return
	}
	v := NoVerdict
	switch {
	case q.has(words.Missed, words.Short):
		v = IsMissed
	case q.has(words.Exceeded):
		v = IsExceeded
	case q.has(words.Attain):
		v = IsReached
	case q.has(words.Fall):
		v = IsFalling
	case q.has(words.Grow):
		v = IsRising
	}
	if v == NoVerdict || len(r.out.Indicators) == 0 {
		return
	}
	p := &Premise{Verdict: v, Ref: Ref{Indicator: r.out.Indicators[0]}}
	if len(r.out.Areas) > 0 {
		p.Ref.Area = r.out.Areas[0]
	}
	for _, s := range r.periods {
		if x := s.when.period(); !x.IsZero() && !s.base {
			p.Ref.Period = x
			break
		}
	}
	r.out.Premise = p
}

// assumeNext makes a growth assumed on a period that is only named as the base one of the period after it: "nếu xuất khẩu tăng 20 % so với 2020";
// what is added to a realised figure starts from that.
func (r *resolver) assumeNext() {
	if r.out.Op != WhatIf || r.out.Of != Growth || r.out.Base.Plan || len(r.periods) != 1 || r.named() == 0 {
		return
	}
	if p := r.out.Periods; !r.periods[0].base {
		if r.q.has(words.More) && len(p) == 1 && r.realised(p[0]) {
			r.out.Base = Base{Kind: NamedPeriod, Period: p[0]} // "nếu xuất khẩu 2020 tăng thêm 5 %": on the figure itself
		}
		return
	}
	base := r.out.Base.Period
	if base.IsZero() && len(r.out.Periods) == 1 {
		base = r.out.Periods[0]
	}
	if base.Shape() == period.Year {
		r.out.Periods = []period.Period{base.AddYears(1)}
		r.out.Base = Base{Kind: NamedPeriod, Period: base}
	}
}

// realised reports whether the first indicator asked of has a realised figure for p.
func (r *resolver) realised(p period.Period) bool {
	area := r.facts.DefaultArea()
	if ids := r.areaIDs(); len(ids) > 0 {
		area = ids[0]
	}
	for _, o := range r.facts.Series(r.out.Indicators[0], area).Observations(p) {
		if o.Measure != facts.Plan {
			return true
		}
	}
	return false
}
