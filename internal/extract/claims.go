package extract

import (
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
)

// percent reads a percentage: a change, an attainment, or the value of what is itself one.
func (s *sentence) percent(it item, a around) bool {
	n := it.num
	b := it.base
	if b.kind == noBase && a.base.kind != noBase {
		b = a.base
	}
	hundred := quantity.Int(100)
	f := s.figure(n)
	f.Unit = ""
	f.Value.Unit, f.Value.Mult = quantity.Percent, 0
	planned := a.measure == tidy.Plan || s.over.plan && (a.measure == "" || s.aims && !a.done)
	f.Measure = s.claimMeasure(a)
	switch {
	case a.share:
		return true
	case b.kind == basePlan && s.subject != nil && s.subject.rate:
		return s.leave(Ambiguous, n)
	case a.contributes:
		return s.leave(Ambiguous, n)
	case a.over && (b.kind == basePlan || b.kind == noBase):
		if b.kind == noBase && a.measure != tidy.Plan {
			return s.leave(NoBase, n)
		}
		f.Measure = s.realised(a)
		return s.attained(f, hundred.Add(n.value), b)
	case a.dir != 0 && b.kind == basePlan:
		v := n.value
		if a.dir < 0 {
			v = v.Neg()
		}
		f.Measure = s.realised(a)
		return s.attained(f, hundred.Add(v), b)
	case s.subject != nil && s.subject.rate && a.dir != 0: // percent, or points
		return s.leave(Ambiguous, n)
	case a.measure == tidy.Plan && b.kind == noBase && s.grown != "" && a.dir == 0: // "tăng 5,4% (kế hoạch 7%)"
		f.Measure, f.Claim = tidy.Plan, s.grown
		return s.emit(f)
	case a.dir != 0 || a.growthName:
		if a.dir < 0 {
			f.Value.Number = n.value.Neg()
		}
		return s.change(f, b, planned)
	case b.kind == basePlan:
		if a.equals || a.said || s.figures > 0 {
			f.Measure = s.realised(a)
			return s.attained(f, n.value, b)
		}
	case b.kind != noBase && (a.equals || a.said):
		f.Value.Number = n.value.Sub(hundred)
		return s.change(f, b, planned)
	case s.subject != nil && s.subject.rate && (a.said || a.colon || s.over.plan):
		f.Claim, f.Unit = "", "%"
		return s.measured(f, n, a)
	}
	if a.said || s.figures > 0 {
		return s.leave(NoBase, n)
	}
	return false
}

// claimMeasure is what a claim is said of.
func (s *sentence) claimMeasure(a around) tidy.Measure {
	switch {
	case a.measure != "" && a.measure != tidy.Actual:
		return a.measure
	case s.over.plan && (a.measure == "" || s.ahead(s.period) || s.aims && !a.done):
		return tidy.Plan
	}
	return s.realised(a)
}

func (s *sentence) ahead(p period.Period) bool { return s.r.ahead(p) }

// ahead reports whether a period is of a year after the report's.
func (r *reader) ahead(p period.Period) bool {
	return !r.report.Period.IsZero() && p.Year() > r.report.Period.LastYear()
}

// realised is the measure of a realised figure: what is said, or what the figure before was.
func (s *sentence) realised(a around) tidy.Measure {
	switch {
	case a.measure == tidy.Estimate, a.measure == tidy.Preliminary:
		return a.measure
	case s.lead != "":
		return s.lead
	case s.measure == tidy.Estimate, s.measure == tidy.Preliminary:
		return s.measure
	}
	return tidy.Actual
}

// attained is a share of the plan.
func (s *sentence) attained(f Figure, share quantity.Number, b base) bool {
	if b.short || !b.period.IsZero() && b.period.Year() != f.Period.Year() {
		s.r.left(NoBase, f.Words, f.Line)
		return true
	}
	f.Claim, f.Value.Number = tidy.Attainment, share
	return s.emit(f)
}

// change is a growth. Where its base has not been said it waits for the end of the sentence.
func (s *sentence) change(f Figure, b base, planned bool) bool {
	if planned || s.ahead(f.Period) {
		f.Measure = tidy.Plan
	}
	f.Claim = tidy.Growth
	if f.Measure == tidy.Estimate || f.Measure == tidy.Preliminary {
		s.measure = f.Measure
	}
	if b.kind == noBase {
		if s.base.kind != noBase && s.base.kind != basePlan {
			f.Inherited = true
			if b = s.base; s.same.kind == baseSame {
				if _, _, ok := b.claimOf(f.Period); !ok {
					b = s.same
				}
			}
			if _, _, ok := b.claimOf(f.Period); !ok && f.Period.Shape() == period.Year && f.Measure == tidy.Plan {
				return s.emit(f) // what a year is to grow by, it is to grow by over the year before
			}
		} else {
			if s.subject != nil && !s.subject.unsure {
				s.waiting = append(s.waiting, f)
				s.grown = tidy.Growth
				s.figures++
			} else {
				s.r.left(NoName, f.Words, f.Line)
			}
			return true
		}
	} else {
		s.settleWaiting(b)
		if s.base = b; b.kind == baseSame {
			s.same = b
		}
	}
	growth, prev, ok := b.claimOf(f.Period)
	switch {
	case !ok:
		s.r.left(NoBase, f.Words, f.Line)
		return true
	case prev && !growth:
		f.Claim = tidy.GrowthPrev
	}
	return s.emit(f)
}

// settleWaiting gives the changes that wait for a base the one that was said last; without one only those of a whole year are clear.
func (s *sentence) settleWaiting(b base) {
	waiting := s.waiting
	s.waiting = nil
	for _, f := range waiting {
		growth, prev, ok := b.claimOf(f.Period)
		switch {
		case b.kind == noBase && f.Period.Shape() == period.Year:
		case !ok || b.kind == basePlan:
			s.r.left(NoBase, f.Words, f.Line)
			continue
		case prev && !growth:
			f.Claim = tidy.GrowthPrev
		}
		f.Inherited = true
		s.r.report.Figures = append(s.r.report.Figures, f)
	}
}

// times reads "gấp 1,2 lần cùng kỳ".
func (s *sentence) times(it item, a around) bool {
	b := it.base
	if b.kind == noBase {
		b = a.base
	}
	if !a.multiple && !a.equals || a.dir != 0 || b.kind == noBase {
		return false
	}
	hundred := quantity.Int(100)
	f := s.figure(it.num)
	f.Unit = ""
	f.Value.Unit, f.Value.Mult, f.Value.Decimals = quantity.Percent, 0, max(0, it.num.decimals-2)
	f.Measure = s.claimMeasure(a)
	if b.kind == basePlan {
		return s.attained(f, it.num.value.Mul(hundred), b)
	}
	f.Value.Number = it.num.value.Mul(hundred).Sub(hundred)
	return s.change(f, b, false)
}
