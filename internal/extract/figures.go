package extract

import (
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// one reads a single figure. What it returns says whether it was one.
func (s *sentence) one(it item, a around) bool {
	n := it.num
	approximate := a.last.kind == itemCue && a.last.cue == cueApproximate || n.range_
	switch {
	case n.form == bare:
		return false
	case n.doubtful, s.conditional(), s.blankGrouped():
		return s.leave(Ambiguous, n)
	case n.minus && n.form == percent:
		a.dir, a.said = -1, true
	case n.minus:
		return s.leave(Ambiguous, n)
	}
	switch {
	case approximate || s.afterRange(it):
		if a.measure == tidy.Estimate || a.measure == tidy.Preliminary {
			s.measure = a.measure // of what is said of it besides
		}
		return s.leave(Approximate, n)
	case a.skip:
		return false
	case a.day:
		return s.leave(Ambiguous, n)
	case n.form == percent && s.narrowed(it):
		return s.leave(Ambiguous, n)
	}
	switch n.form {
	case percent:
		return s.percent(it, a)
	case times:
		return s.times(it, a)
	case points:
		if a.contributes && a.dir >= 0 {
			f := s.figure(n)
			f.Claim, f.Measure, f.Unit, f.Value.Unit = tidy.Contribution, s.claimMeasure(a), "", quantity.PP
			return s.emit(f)
		}
		return false
	}
	return s.amount(it, a)
}

// figure is the beginning of a figure of the subject.
func (s *sentence) figure(n number) Figure {
	f := Figure{Period: s.period, Line: s.l.no, Value: quantity.Quantity{Number: n.value, Unit: n.of, Mult: n.mult, Decimals: n.decimals}, Unit: n.unit}
	f.Inherited = !s.explicit
	if s.subject != nil {
		f.Indicator, f.Whole = s.subject.name, s.subject.whole
		f.Inherited = f.Inherited || s.subject.inherited
	}
	f.Words = s.words(n.end)
	if full := s.r.defined[token.Fold(f.Indicator)]; full != "" {
		f.Indicator = full
	}
	return f
}

// words are the words of the line from the name up to a byte; where the name stands before other figures, the name and what stands behind those.
func (s *sentence) words(end int) string {
	if s.subject == nil || s.subject.inherited || s.figures == 0 {
		return s.lately(end)
	}
	piece := s.lately(end)
	if from := s.t[s.items[s.past].from].Start; s.subject.from < from {
		return s.subject.name + " … " + piece
	}
	return strings.TrimSpace(s.l.text[s.subject.from:min(end, len(s.l.text))])
}

// leave names a number that is left out.
func (s *sentence) leave(why Reason, n number) bool {
	s.r.left(why, s.lately(n.end), s.l.no)
	return true
}

// lately are the words of the line from the figure before up to a byte.
func (s *sentence) lately(end int) string {
	from := s.t[s.items[min(s.past, len(s.items)-1)].from].Start
	if s.subject != nil && !s.subject.inherited && s.subject.from > from && s.subject.from < end {
		from = s.subject.from
	}
	from = min(from, end)
	return strings.TrimSpace(s.l.text[from:min(end, len(s.l.text))])
}

// emit takes a figure into the report, where it is sure of what it is.
func (s *sentence) emit(f Figure) bool {
	if s.subject == nil || s.subject.unsure {
		s.r.left(NoName, f.Words, f.Line)
		return true
	}
	if f.Period.IsZero() {
		s.r.left(Ambiguous, f.Words, f.Line)
		return true
	}
	if f.Period.Shape() == period.Span {
		s.r.left(Ambiguous, f.Words, f.Line)
		return true
	}
	s.figures++
	s.grown = ""
	if f.Claim == tidy.Growth || f.Claim == tidy.GrowthPrev {
		s.grown = f.Claim
	}
	s.r.report.Figures = append(s.r.report.Figures, f)
	return true
}

// amount reads an amount with its unit.
func (s *sentence) amount(it item, a around) bool {
	n := it.num
	f := s.figure(n)
	behind := a.last.kind == itemBase
	slashed := strings.TrimSpace(s.t[it.from].Gap) == "/"
	if slashed && (s.past == 0 || s.items[s.past-1].num.form != amount || s.figures == 0) {
		return s.leave(Ambiguous, n)
	}
	switch {
	case a.share, a.contributes:
		return true
	case s.bracketedAfter(it):
		return s.ofBase(f)
	case behind && a.last.base.kind == basePlan, s.planIs(a), slashed && a.measure == "":
		return s.planned(f, a)
	case a.dir != 0, a.multiple:
		return true // a change in an amount
	case a.base.kind != noBase && a.base.kind != basePlan && (behind || !a.said):
		return true // of another period
	case a.equals && a.measure == "":
		return s.leave(NoMeasure, n)
	}
	return s.measured(f, n, a)
}

// bracketedAfter reports whether an amount stands in brackets right behind a percentage and what that is set against: "bằng 49% KH năm (244.000 tỷ đồng)".
func (s *sentence) bracketedAfter(it item) bool {
	gap := strings.TrimSpace(s.t[it.from].Gap)
	if gap != "(" || s.past == 0 || s.items[s.past-1].to != it.from || s.items[s.past-1].base.kind == noBase {
		return false
	}
	return it.to == len(s.t) || strings.HasPrefix(strings.TrimSpace(s.t[it.to].Gap), ")")
}

// ofBase is the amount that a percentage was set against. What the sentence goes on with is of the figure before.
func (s *sentence) ofBase(f Figure) bool {
	b := s.items[s.past-1].base
	switch {
	case b.short:
		return true
	case b.kind == basePlan:
		f.Measure, f.Period = tidy.Plan, period.OfYear(f.Period.Year())
	case b.kind == baseSame && (b.period.IsZero() || b.period.Year() == f.Period.Year()-1):
		f.Measure, f.Period = tidy.Actual, f.Period.AddYears(-1)
	case b.kind == baseNamed:
		f.Measure, f.Period = tidy.Actual, b.period
	default:
		return true
	}
	if b.estimated {
		f.Measure = tidy.Estimate
	}
	grown := s.grown
	done := s.emit(f)
	s.grown = grown
	return done
}

// measured is a value of the measure that is said.
func (s *sentence) measured(f Figure, n number, a around) bool {
	m := a.measure
	if s.lead != "" && (m == tidy.Actual || m == "") {
		m = s.lead
	}
	switch {
	case m == tidy.Plan:
		return s.planned(f, a)
	case m == tidy.Actual && s.saysPlan && !a.done && s.ahead(f.Period):
		return s.planned(f, a)
	case m == tidy.Actual && s.over.plan && (s.ahead(f.Period) || s.aims && !a.done):
		return s.planned(f, a)
	case m == tidy.Actual && s.part && s.whole != nil && s.subject != nil && s.subject.whole != "" && !a.done && (s.measure == tidy.Estimate || s.measure == tidy.Preliminary):
		m = s.measure // a part is no more certain than its whole
	case m == "" && s.subject != nil && s.subject.inherited && s.figures == 0 && s.r.lastMeasure != "" && s.r.lastMeasure != tidy.Plan && s.nameless(s.runs(s.items[s.past:s.at])):
		m = s.r.lastMeasure
	case m == "" && (s.over.plan || s.ahead(f.Period) && s.measure == tidy.Plan):
		return s.planned(f, a)
	case m == "" && s.part && s.measure != "":
		m = s.measure
	case m == "" && s.subject != nil && !s.subject.inherited && s.figures > 0 && s.measure != "":
		m = s.measure
	case m == "" && (a.colon || s.listing) && s.subject != nil:
		m = tidy.Actual
	case m == "":
		return s.leave(NoMeasure, n)
	}
	if s.ahead(f.Period) {
		return s.leave(NoMeasure, n)
	}
	f.Measure = m
	s.measure = m
	if n := len(s.recent); s.subject != nil && (n == 0 || s.recent[n-1] != s.subject) {
		s.recent = append(s.recent, s.subject)
	}
	return s.emit(f)
}

// planned is a plan: the year's, unless its own period is said.
func (s *sentence) planned(f Figure, a around) bool {
	f.Measure = tidy.Plan
	b := a.last.base
	switch {
	case a.last.kind == itemBase && b.short:
		s.r.left(NoBase, f.Words, f.Line)
		return true
	case a.last.kind == itemBase && !b.period.IsZero():
		f.Period = b.period
	case !a.period.IsZero():
		f.Period = a.period
	case s.aims && s.explicit:
	case !f.Period.IsZero() && f.Period.Len() < 12:
		f.Period = period.OfYear(f.Period.Year())
	}
	if s.ahead(f.Period) {
		s.measure = tidy.Plan
	}
	return s.emit(f)
}
