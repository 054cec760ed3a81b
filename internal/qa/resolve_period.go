package qa

import (
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/words"
)

// periodSlots collects the periods that are named, tells what is compared with from what is asked for, and gives a part of a year the
// year that stands elsewhere in the question.
func (r *resolver) periodSlots() {
	for i, s := range r.q.spans {
		if s.kind == kindPeriod {
			r.periods = append(r.periods, said{when: s.when, at: i, base: r.isBase(i)})
		}
	}
	if len(r.periods) == 1 && r.periods[0].base && r.periods[0].open() && r.q.has(words.Samebase) {
		r.periods[0].base = false // "so với cùng kỳ 7 tháng": of this year
	}
	r.fromJanuary()
	r.listMonths()
	r.shareShapes()
	r.shareYears()
}

// fromJanuary makes a run of months from January on the months so far, where no series is asked for.
func (r *resolver) fromJanuary() {
	if r.q.has(words.Trend, words.Most, words.Least, words.Rank, words.Whichmonth, words.List) {
		return
	}
	for i, p := range r.periods {
		if p.end == nil || p.shape != period.Month || p.n != 1 || p.end.shape != period.Month || p.end.year != 0 && p.end.year != p.year {
			continue
		}
		r.periods[i].when = when{shape: period.Cumulative, n: p.end.n, year: p.year}
	}
}

// listMonths reads "tháng 5, 6 và 7": bare numbers joined to a month or a quarter are more of them.
func (r *resolver) listMonths() {
	spans := r.q.spans
	for i := 1; i < len(spans); i++ {
		if !r.monthListed(i) {
			continue
		}
		for k := len(r.periods) - 1; k >= 0; k-- {
			if p := r.periods[k]; p.at < i {
				next := said{when: when{shape: p.shape, n: int(spans[i].amount.number.Float()), year: p.year}, at: i}
				r.periods = slices.Insert(r.periods, k+1, next)
				break
			}
		}
	}
}

// monthListed reports whether the number of span i is one of a list of months or quarters.
func (r *resolver) monthListed(i int) bool {
	spans := r.q.spans
	s := spans[i]
	if i == 0 || s.kind != kindAmount || s.amount.unit != "" || s.amount.hasMult || !s.amount.number.IsInt() {
		return false
	}
	before := i - 1
	joined := strings.Contains(r.q.tokens[s.from].Gap, ",") || spans[i-1].kind == kindPeriod || spans[i-1].kind == kindAmount
	if spans[before].has(words.And) && spans[before].kind == kindWord && before > 0 {
		joined = true
		before--
	}
	if !joined {
		return false
	}
	n := int(s.amount.number.Float())
	if spans[before].kind == kindPeriod {
		w := spans[before].when
		return w.shape == period.Month && n >= 1 && n <= 12 && n > w.n || w.shape == period.Quarter && n >= 1 && n <= 4 && n > w.n
	}
	return r.monthListed(before)
}

// isBase reports whether the period of span i is what something is compared with: "so với 2019", "cùng kỳ 2019".
func (r *resolver) isBase(i int) bool {
	if spans := r.q.spans; i > 0 && i+2 < len(spans) && spans[i-1].has(words.Between) && spans[i+1].has(words.Upto) && spans[i+1].has(words.Convert) && spans[i+2].kind == kindPeriod {
		return true // "từ năm 2020 sang năm 2021"
	}
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		s := r.q.spans[j]
		if s.kind != kindWord {
			return false
		}
		if s.has(words.Versus, words.Samebase) && !s.has(words.And) {
			return true
		}
		if s.has(words.Higher, words.Lower) && j == i-1 && len(r.areas) < 2 && len(r.indicators) < 2 {
			return true // of two things compared "cao hơn năm 2020" is in 2020
		}
		if !s.has(words.Filler) && !s.has(words.Realised, words.Estimate, words.Plan, words.Actual, words.Atend) {
			return false
		}
	}
	return false
}

// shareShapes makes "6 tháng đầu năm 2020 và 2021" two half-years: a bare year joined to a part of a year is that part of it.
func (r *resolver) shareShapes() {
	for i := 1; i < len(r.periods); i++ {
		p, before := &r.periods[i], r.periods[i-1]
		if p.shape != period.Year || before.shape == period.Year || before.shape == period.None || before.last > 0 || p.end != nil || before.end != nil || p.year == 0 || before.open() {
			continue
		}
		joined, strong := true, p.at == before.at+1
		for _, s := range r.q.spans[before.at+1 : p.at] {
			joined = joined && !s.has(words.Atend) // "September 2024 versus the end of 2023"
			linked := s.kind == kindWord && s.has(words.And, words.Versus, words.Compare, words.Samebase)
			joined = joined && (linked || s.kind == kindWord && s.has(words.Filler))
			strong = strong || linked
		}
		if joined && strong && p.at > before.at {
			p.shape, p.n = before.shape, before.n
		}
	}
}

// shareYears gives open parts of a year the one year that the question names, which is then no period of its own; or the year of the
// part that follows ("tháng 6 và tháng 7 năm 2020").
func (r *resolver) shareYears() {
	open, year, years := 0, 0, 0
	for _, p := range r.periods {
		switch {
		case p.open():
			open++
		case p.shape == period.Year && p.last == 0 && p.end == nil && !p.base:
			year = p.year
			years++
		}
	}
	if open == 0 {
		return
	}
	if years == 1 {
		kept := r.periods[:0]
		for _, p := range r.periods {
			switch {
			case p.open():
				p.when = p.in(year)
				kept = append(kept, p)
			case p.shape == period.Year && p.last == 0 && p.end == nil && !p.base:
			default:
				kept = append(kept, p)
			}
		}
		r.periods = kept
		return
	}
	for i := len(r.periods) - 2; i >= 0; i-- {
		if next := r.periods[i+1]; r.periods[i].open() && next.year > 0 && next.shape != period.Year {
			r.periods[i].when = r.periods[i].in(next.year)
		}
	}
	for i := 1; i < len(r.periods); i++ {
		if before := r.periods[i-1]; r.periods[i].open() && before.year > 0 {
			r.periods[i].when = r.periods[i].in(before.year)
		}
	}
}

// settlePeriods makes absolute periods of what was said, with the year that was left open settled: the year asked about before in a
// follow-up, else the latest year that has such a period, else this year.
func (r *resolver) settlePeriods() {
	out := &r.out
	var mains []period.Period
	for i := range r.periods {
		p := r.periods[i]
		if p.last > 0 {
			out.AllPeriods, out.Last, out.Step = true, p.last, p.shape
			continue
		}
		if p.open() || p.shape == period.Cumulative && p.n == 0 {
			p.when = r.openYear(p.when)
		}
		if p.end != nil {
			r.settleRange(p)
			continue
		}
		settled := p.when.period()
		if settled.IsZero() {
			continue
		}
		if p.base && p.isRel && p.relative == -1 && p.shape != period.Year && (r.out.Op == Growth || r.out.Op == Change || len(r.periods) > 1) {
			out.Base = Base{Kind: PrevPeriod} // "so với tháng trước": the month before the one asked for
			continue
		}
		if p.base && (len(r.periods) > 1 || r.out.Op == Growth || r.out.Op == RequiredGrowth && (r.follows || r.q.has(words.Versus)) || r.out.Op == Change || r.out.Op == Verify && r.out.Of == Growth) {
			out.Base = Base{Kind: NamedPeriod, Period: settled, End: r.endOf(p.at), Plan: out.Base.Plan}
			continue
		}
		mains = append(mains, settled)
	}
	if r.q.has(words.Backward) && len(mains) > 1 { // worked back from the later one
		slices.SortFunc(mains, period.Compare)
		mains = mains[:1]
	}
	if out.Op == Pace { // the pace is that of the year's plan, over what is left of the year
		for i, p := range mains {
			if p.Shape() == period.Run || p.Shape() == period.Half && p.Number() == 2 || p.Shape() == period.Quarter && p.Number() == 4 {
				mains[i] = period.OfYear(p.Year())
			}
		}
	}
	if len(mains) > 0 {
		out.Periods = mains
		out.AllPeriods, out.Range = out.AllPeriods && out.Last > 0, false
	}
	if out.Base.Kind == NamedPeriod && len(out.Periods) == 1 && out.Op == Growth {
		switch out.Base.Period {
		case out.Periods[0].AddYears(-1):
			out.Base = Base{Kind: SamePeriod}
		case out.Periods[0].Prev():
			out.Base = Base{Kind: PrevPeriod}
		}
	}
	r.baseWords()
	r.stepWords()
}

// samePeriodAsked reports whether "cùng kỳ năm ngoái" is the period asked for, not what something is compared with: "7 tháng cùng kỳ năm ngoái là bao
// nhiêu?"
func (r *resolver) samePeriodAsked() bool {
	q := r.q
	i := q.at(words.Sameperiod)
	if i < 0 || q.percent() || !q.has(words.Howmuch, words.What) || q.has(words.Grow, words.Fall, words.Higher, words.Lower, words.Compare, words.More, words.Short, words.Attain) {
		return false
	}
	return !slices.ContainsFunc(q.spans[:i], func(s span) bool { return s.has(words.Versus) && !s.has(words.Filler) })
}

func (r *resolver) baseWords() {
	q := r.q
	if r.samePeriodAsked() {
		for i, p := range r.out.Periods {
			r.out.Periods[i] = p.AddYears(-1)
		}
		return
	}
	switch {
	case r.out.Base.Kind == NamedPeriod:
	case q.has(words.Prevbase):
		r.out.Base.Kind = PrevPeriod
	case q.has(words.Samebase, words.Yearbase):
		r.out.Base.Kind = SamePeriod
	}
}

// stepWords reads "qua các tháng", "từng quý", "tháng nào": which periods a series or a ranking runs over.
func (r *resolver) stepWords() {
	steps := map[periodWord]period.Shape{pYear: period.Year, pMonth: period.Month, pQuarter: period.Quarter, pHalf: period.Half}
	switch {
	case r.q.has(words.Whichmonth):
		r.out.Step = period.Month
	case r.q.has(words.Whichquarter):
		r.out.Step = period.Quarter
	case r.q.has(words.Whichyear):
		r.out.Step = period.Year
	}
	for i, s := range r.q.spans {
		if s.step != pNone && s.kind != kindPeriod {
			if r.out.Op == Pace && (r.follows || s.has(words.Each) || i > 0 && r.q.spans[i-1].has(words.Each, words.Rest, words.Average)) {
				r.out.Per = steps[s.step]
			}
			if r.out.Op == Trend || r.out.Op == Average || r.out.Op == Total || r.out.Op == Rank {
				r.out.Step = steps[s.step]
			}
		}
		if s.has(words.Trend) && s.to-s.from > 1 {
			for _, t := range r.q.tokens[s.from:s.to] {
				switch w := r.lex.stepOf(t.Fold); {
				case w != pNone && r.out.Op == Pace:
					r.out.Per = steps[w]
				case w != pNone && w != pYear:
					r.out.Step = steps[w]
				}
			}
		}
	}
}

// stepOf is the period word that a single word is: month, quarter, half or year.
func (l *lexicon) stepOf(word string) periodWord {
	for _, e := range l.exact(word) {
		if e.class == classPeriod && (e.part == pYear || e.part == pMonth || e.part == pQuarter || e.part == pHalf) {
			return e.part
		}
	}
	return pNone
}

// settleRange settles "2018–2020" and "từ tháng 1 đến tháng 7": months of one year from January on are one cumulative period, anything else a
// series of periods, or one span where something is added up over it.
func (r *resolver) settleRange(p said) {
	out := &r.out
	first, last := p.when, *p.end
	first.end = nil
	a, b := first.period(), last.period()
	if a.IsZero() || b.IsZero() {
		return
	}
	whole := period.Months(a, b)
	switch {
	case (out.Op == Growth || out.Op == Change) && !(a.Shape() != period.Year && whole.FirstMonth() == 1 && a.Year() == b.Year()):
		out.Base = Base{Kind: NamedPeriod, Period: a}
		out.Periods = []period.Period{b}
	case a.Shape() != period.Year && a.Year() == b.Year() && out.Op != Trend && out.Op != Rank:
		out.Periods = append(out.Periods, whole)
	case out.Op == Total || out.Op == Average:
		out.Periods = []period.Period{whole}
		if out.Op == Average {
			out.Step = a.Shape()
		}
	case r.hasSpan(whole):
		out.Periods = append(out.Periods, whole)
	case out.Op == Value && !r.covered(whole, a.Len()):
		out.Periods = append(out.Periods, whole) // not every year is there: there is no figure of the span
	default:
		out.Periods = []period.Period{a, b}
		out.AllPeriods, out.Range = true, true
		out.Step = a.Shape()
		if out.Op == Value {
			out.Op = Trend
		}
	}
}

// endOf reports whether the end of the period at a span is meant: "so với cuối năm 2023".
func (r *resolver) endOf(at int) bool { return at > 0 && r.q.spans[at-1].has(words.Atend) }

// covered reports whether there is something for every period of n months within a span.
func (r *resolver) covered(p period.Period, n int) bool {
	for _, part := range p.Parts(n) {
		found := false
		for _, id := range r.out.Indicators {
			for _, area := range r.areasToLook() {
				sr := r.facts.Series(id, area)
				found = found || len(sr.Observations(part)) > 0 || len(sr.Claims(part)) > 0
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// hasSpan reports whether a figure of one of the indicators is stored for a span as a whole: a five-year plan.
func (r *resolver) hasSpan(p period.Period) bool {
	for _, id := range r.out.Indicators {
		for _, area := range r.areasToLook() {
			if len(r.facts.Series(id, area).Observations(p)) > 0 {
				return true
			}
		}
	}
	return false
}

func (r *resolver) areasToLook() []string {
	switch {
	case len(r.out.Areas) > 0:
		return r.out.Areas
	case r.asked.Area != "":
		return []string{r.asked.Area}
	case r.facts.DefaultArea() != "":
		return []string{r.facts.DefaultArea()}
	}
	var ids []string
	for _, a := range r.facts.Areas() {
		ids = append(ids, a.ID)
	}
	return ids
}

// openYear settles the year of a part of a year.
func (r *resolver) openYear(w when) when {
	if r.follows && r.prev != nil && len(r.prev.Periods) > 0 && w.year == 0 {
		return w.in(r.prev.Periods[0].Year())
	}
	best := 0
	latest := 0
	for _, id := range r.indicatorsToLook() {
		for _, area := range r.areasToLook() {
			ps := r.facts.Series(id, area).Periods()
			for i := len(ps) - 1; i >= 0; i-- {
				p := ps[i]
				if w.year > 0 && p.Year() != w.year || p.Year() > r.asked.Now.Year() {
					continue
				}
				if w.n == 0 && p.FirstMonth() == 1 && p.Len() < 12 && p.Len() > 1 && (p.Year() > best || p.Year() == best && p.Len() > latest) {
					best, latest = p.Year(), p.Len()
				}
				if w.n > 0 && p == w.in(p.Year()).period() && p.Year() > best {
					best = p.Year()
				}
			}
		}
	}
	if w.shape == period.Cumulative && w.n == 0 {
		if latest == 0 {
			latest = max(1, int(r.asked.Now.Month())-1)
		}
		w.n = latest
	}
	if best == 0 {
		best = r.asked.Now.Year()
	}
	if w.year == 0 {
		return w.in(best)
	}
	return w
}

func (r *resolver) indicatorsToLook() []string {
	if len(r.out.Indicators) > 0 {
		return r.out.Indicators
	}
	var ids []string
	for _, i := range r.facts.Indicators() {
		ids = append(ids, i.ID)
	}
	return ids
}
