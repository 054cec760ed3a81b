package extract

import (
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// sentence is one sentence on its way from left to right.
type sentence struct {
	r     *reader
	l     line
	t     []token.Token
	items []item
	over  frame
	past  int // items that figures have taken
	at    int // the item of the figure that is being read

	subject  *subject
	list     []*subject // of the last figures that were listed
	period   period.Period
	explicit bool          // the period is said in the sentence
	spoken   period.Period // the one that figures had last
	several  bool          // figures of several periods stand in the sentence
	framed   period.Period // said at the beginning
	base     base
	same     base // the last that was the year before
	measure  tidy.Measure
	grown    tidy.Claim // the figure before was this change
	recent   []*subject // that amounts were of, one after the other
	orphans  bool       // the parts of something that was not understood
	counted  bool       // "có 236 doanh nghiệp thành lập mới; 87 doanh nghiệp …"
	listing  bool       // a colon stands before a list: "một số sản phẩm: A 5 tấn, B 6 tấn"
	part     bool
	whole    *subject // of the parts; nil where a list has none

	saysPlan, saysActual bool
	lead                 tidy.Measure // "Ước thực hiện cả năm: …": all that follows is an estimate
	aims                 bool         // "Mục tiêu năm 2022: …": all that follows is aimed at, whatever it is called
	figures              int
	projects             string
	waiting              []Figure // changes whose base has not been said yet
}

// sentence reads one sentence.
func (r *reader) sentence(l line, tokens []token.Token, over frame, before *sentence) *sentence {
	s := &sentence{r: r, l: l, t: tokens, over: over, period: over.period, base: over.base, same: over.base, part: over.part, lead: over.lead}
	if s.period.IsZero() {
		s.period = r.report.Period
	}
	if over.subject != nil {
		whole := *over.subject
		whole.inherited = true
		s.subject = &whole
		if over.part {
			s.whole = s.subject
		}
	}
	s.items = r.items(tokens, s.readProjects())
	if before != nil {
		s.goOn(before)
	}
	for i := range s.items {
		switch it := &s.items[i]; {
		case it.kind == itemPeriod && it.period.IsZero():
		case it.kind == itemPeriod && s.opening(i):
			s.framed, s.period, s.explicit = it.period, it.period, true
		case it.kind == itemPeriod && s.past == 0 && s.figures == 0:
			s.period, s.explicit = it.period, true
		case it.kind == itemCue && it.cue == cuePart && !it.negated:
			s.enterParts(i)
		case it.kind == itemBase && it.base.kind != basePlan && s.colonBehind(it):
			s.base, s.part = it.base, true
		case it.kind == itemCue && it.cue == cuePlan && !it.negated:
			s.saysPlan = true
			if s.figures == 0 && s.opening(i) && s.colonBefore(i) {
				s.over.plan, s.aims = true, true
			}
		case it.kind == itemCue && (it.cue == cueEstimate || it.cue == cuePreliminary) && s.figures == 0 && s.opening(i):
			s.lead = map[cue]tidy.Measure{cueEstimate: tidy.Estimate, cuePreliminary: tidy.Preliminary}[it.cue]
			s.saysActual = true
		case it.kind == itemCue && (it.cue == cueActual || it.cue == cueEstimate):
			s.saysActual = true
		case it.kind == itemNumber && i >= s.past:
			s.number(i)
		}
	}
	s.settleWaiting(base{})
	if n := len(s.items); s.past < n { // what the sentence ends with may be what bullets are under
		s.trail(s.items[s.past:])
	}
	return s
}

// goOn takes over what the sentence before leaves: what changes are set against; where this one begins with "trong đó", all that it said.
func (s *sentence) goOn(before *sentence) {
	if before.same.kind == baseSame {
		s.base, s.same = before.same, before.same
	}
	if len(s.items) == 0 || s.items[0].kind != itemCue || s.items[0].cue != cuePart || before.figures == 0 {
		return
	}
	s.period, s.explicit, s.base, s.measure = before.period, before.explicit, before.base, before.measure
	if before.subject != nil {
		whole := *before.subject
		whole.inherited = true
		s.subject, s.whole = &whole, &whole
	}
}

// periods is how many periods the sentence names.
func (s *sentence) periods() int {
	n := 0
	for _, it := range s.items {
		if it.kind == itemPeriod && !it.period.IsZero() {
			n++
		}
	}
	return n
}

// opening reports whether nothing but words that lead in stands before an item.
func (s *sentence) opening(i int) bool {
	if i > 4 {
		return false
	}
	for _, it := range s.items[:i] {
		if it.kind == itemNumber || it.kind == itemCue && it.cue != cueEstimate && it.cue != cuePreliminary && it.cue != cuePlan {
			return false
		}
		if from, to := s.strip(it.from, it.to); it.kind == itemName && from < to {
			return false
		}
	}
	return true
}

// enterParts makes what was named last the whole of what follows.
func (s *sentence) enterParts(i int) {
	if sub, _ := s.subjectOf(s.runs(s.items[s.past:i])); sub != nil && !sub.unsure {
		s.subject = sub
	}
	s.part = true
	switch {
	case s.subject != nil && s.subject.unsure:
		s.subject, s.orphans = nil, true
	case s.subject != nil:
		whole := *s.subject
		whole.inherited = true
		s.subject, s.whole = &whole, &whole
	}
}

// trail takes what is named behind the last figure, for the bullets under it.
func (s *sentence) trail(items []item) {
	sub, _ := s.subjectOf(s.runs(items))
	if sub != nil && !sub.unsure && (s.l.opens || s.l.goesOn) {
		s.subject = sub
	}
	for _, it := range items {
		switch {
		case it.kind == itemPeriod && !it.period.IsZero():
			s.period, s.explicit = it.period, true
		case it.kind == itemBase && it.base.kind != basePlan:
			s.base = it.base
		case it.kind == itemCue && it.cue == cuePlan && s.figures == 0:
			s.measure = tidy.Plan
		case it.kind == itemCue && it.cue == cueEstimate && s.figures == 0:
			s.measure = tidy.Estimate
		}
	}
}

// around is what stands between the figure before and this one.
type around struct {
	last        item // the item just before
	dir         int  // 1 up, -1 down
	over        bool
	equals      bool
	share       bool
	contributes bool
	growthName  bool
	skip        bool
	respective  bool
	multiple    bool
	measure     tidy.Measure
	done        bool // "thực hiện": not what was aimed at
	said        bool // something says that a figure follows
	period      period.Period
	base        base
	baseAt      int
	day         bool // of a day, not of a period
	colon       bool
}

// number reads the figure at an item, or the figures of a list that it begins.
func (s *sentence) number(i int) {
	window := s.items[s.past:i]
	runs := s.runs(window)
	for k := range runs {
		if k > 0 && strings.Contains(s.t[runs[k].from].Gap, ":") {
			s.listing = true
			if s.figures > 0 && !s.part && s.subject != nil && !s.subject.unsure {
				s.part, s.whole = true, s.subject
			}
		}
	}
	if strings.Contains(s.t[s.items[i].from].Gap, ":") {
		for k := range runs {
			runs[k].ended = true
		}
	}
	end := s.listEnd(i)
	names, first := s.subjectOf(runs)
	fresh := names != nil
	a := s.around(i, window, runs, first)
	if p := s.periodBehind(end); !p.IsZero() {
		a.period = p
	}
	if fresh && !runs[len(runs)-1].ended && first >= 0 && !s.part && !a.colon && a.measure == "" { // a name right before a number, without a word between
		names.unsure = names.unsure || !s.continues(runs[first])
	}
	if sub := s.countedAt(i, a); sub != nil && (!fresh || names.unsure || s.counted) {
		names, fresh, s.counted = sub, true, true
		if a.measure == "" {
			a.measure = tidy.Actual
		}
	}
	if fresh && s.orphans && s.measured1(names) == "" {
		names.unsure = true
	}
	was, wasPeriod := s.subject, s.period
	switch {
	case fresh:
		switch {
		case s.part && s.whole != nil:
			names.whole = s.whole.name
		case !s.fragment(names.name):
		case s.r.last != nil && len(s.l.sentences) > 1 && !s.fragment(s.r.last.name):
			names.whole = s.r.last.name
		case s.r.last != nil && len(s.l.sentences) > 1 && s.r.last.whole != "":
			names.whole = s.r.last.whole
		default:
			names.unsure = true
		}
		s.subject = names
	case s.subject == nil && s.over.subject != nil:
		s.subject = s.over.subject
	case s.subject == nil && s.r.last != nil && len(s.l.sentences) > 1 && (a.growthName || s.nameless(runs)):
		last := *s.r.last
		last.inherited = true
		s.subject = &last
	}
	switch {
	case !a.period.IsZero():
		s.period, s.explicit = a.period, true
	case fresh && !s.part && s.figures > 0 && s.several:
		s.period, s.explicit = s.framed, true // zero where the sentence does not begin with one: then it is not clear which
	}
	if s.figures > 0 && s.spoken != (period.Period{}) && !a.period.IsZero() && a.period != s.spoken {
		s.several = true
	}
	if !s.period.IsZero() && s.explicit {
		s.spoken = s.period
	}
	it := s.items[i]
	s.at = i
	switch {
	case end > i:
		s.listed(i, end, a, runs, fresh)
	case s.one(it, a):
	default:
		if fresh && s.figures == 0 && it.num.form == bare {
			s.subject, s.period = was, wasPeriod
		}
	}
	s.past = end + 1
}

// countedAt is what is counted, where what follows the number says of which: "có 812 doanh nghiệp thành lập mới".
func (s *sentence) countedAt(i int, a around) *subject {
	it := s.items[i]
	if it.num.form != amount || !s.r.o.Words.counted.whole(token.Split(it.num.unit)) || !s.counted && (a.last.kind != itemCue || a.last.cue != cueActual) {
		return nil
	}
	to := it.to
	for to < len(s.t) && to < it.to+7 && plainGap(s.t[to:to+1]) && s.t[to].Kind == token.Word && s.itemOf(to).kind == itemName && !s.r.o.Words.openings.whole(s.t[to:to+1]) && s.t[to].Lower != "với" {
		to++
	}
	if to == it.to {
		return nil
	}
	return &subject{name: it.num.unit + " " + s.text(it.to, to), from: s.t[it.from].Start}
}

// itemOf is the item that a token belongs to.
func (s *sentence) itemOf(at int) item {
	for _, it := range s.items {
		if it.from <= at && at < it.to {
			return it
		}
	}
	return item{}
}

// nameless reports whether the words before a figure name nothing: "Lũy kế 11 tháng đạt …".
func (s *sentence) nameless(runs []run) bool {
	for _, r := range runs {
		if from, to := s.strip(r.from, r.to); from < to {
			return false
		}
	}
	return true
}

// colonBefore reports whether a colon stands between an item and the first number behind it.
func (s *sentence) colonBefore(i int) bool {
	for _, it := range s.items[i+1:] {
		if strings.Contains(s.t[it.from].Gap, ":") {
			return true
		}
		if it.kind == itemNumber {
			return false
		}
	}
	return s.l.opens
}

// colonBehind reports whether a colon stands behind an item.
func (s *sentence) colonBehind(it *item) bool {
	return it.to < len(s.t) && strings.Contains(s.t[it.to].Gap, ":") || it.to == len(s.t) && s.l.opens
}

// continues reports whether a stretch of words before a number is the next of a list: "khách quốc tế 145 nghìn lượt khách".
func (s *sentence) continues(r run) bool { return (s.figures > 0 || s.listing) && !r.trailing }

// around gathers what stands between the figure before and an item. What is said before the name that it is of counts only as far as it leads in.
func (s *sentence) around(i int, window []item, runs []run, first int) around {
	a := around{baseAt: -1}
	begin := 0
	if first >= 0 {
		begin = runs[first].from
	}
	if i > 0 {
		a.last = s.items[i-1]
	}
	a.colon = strings.Contains(s.t[s.items[i].from].Gap, ":")
	for k, it := range window {
		leading := it.from < begin
		if leading && (strings.Contains(s.t[it.from].Gap, ";") || it.kind == itemCue && it.cue == cuePart) {
			a.measure, a.base, a.baseAt = "", base{}, -1 // another clause's
		}
		switch it.kind {
		case itemPeriod:
			if it.period.IsZero() {
				continue
			}
			if s.past > 0 || s.figures > 0 || a.period.IsZero() || !leading {
				a.period = it.period
			}
		case itemNothing:
			a.day = a.day || it.day && !leading
		case itemBase:
			if (!leading || it.base.kind != basePlan) && !s.colonBehind(&window[k]) {
				a.base, a.baseAt = it.base, k
			}
		case itemCue:
			if it.negated {
				continue
			}
			a.cue(it.cue, leading)
			a.done = a.done || it.cue == cueActual && s.r.o.Words.kept.whole(s.t[it.from:min(it.to, it.from+2)])
		}
	}
	return a
}

// cue takes in what a word does; leading: it stands before the name.
func (a *around) cue(c cue, leading bool) {
	stronger := func(m tidy.Measure) {
		if m == tidy.Actual && a.measure != "" {
			return
		}
		a.measure = m
	}
	switch c {
	case cueEstimate:
		stronger(tidy.Estimate)
	case cuePreliminary:
		stronger(tidy.Preliminary)
	case cuePlan:
		stronger(tidy.Plan)
	}
	if c == cueGrowthName {
		a.growthName = true
	}
	if leading {
		return
	}
	a.said = true
	switch c {
	case cueActual:
		stronger(tidy.Actual)
		a.dir, a.share = 0, false
	case cueUp:
		a.dir, a.over, a.share = 1, false, false
	case cueDown:
		a.dir, a.over, a.share = -1, false, false
	case cueOver:
		a.dir, a.over, a.share = 1, true, false
	case cueEquals:
		a.equals, a.dir, a.share = true, 0, false
	case cueTimes:
		a.multiple = true
	case cueShare:
		a.share, a.dir = true, 0
	case cueContribution:
		a.contributes = true
	case cueRespectively:
		a.respective = true
	case cueNotThis:
		a.skip = true
	}
}

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

// blankGrouped reports whether a number stands right before the one that is read: "1 120 triệu USD" may be one number.
func (s *sentence) blankGrouped() bool {
	if s.at == 0 {
		return false
	}
	before, it := s.items[s.at-1], s.items[s.at]
	return before.kind == itemNumber && before.num.form == bare && before.to == it.from && plainGap(s.t[it.from:it.from+1])
}

// periodBehind is the period that stands behind a figure and is its own: "đạt 105 triệu USD trong tháng 11, tăng 5%".
func (s *sentence) periodBehind(end int) period.Period {
	at := end + 1
	if at < len(s.items) && s.items[at].kind == itemName && s.r.o.Words.within.whole(s.t[s.items[at].from:s.items[at].to]) && plainGap(s.t[s.items[at].from:s.items[at].from+1]) {
		at++
	}
	if at >= len(s.items) || s.items[at].kind != itemPeriod || !plainGap(s.t[s.items[at].from:s.items[at].from+1]) {
		return period.Period{}
	}
	if to := s.items[at].to; to < len(s.t) && plainGap(s.t[to:to+1]) && s.itemOf(to).kind != itemName { // "… năm 2020 đạt": it begins what follows
		return period.Period{}
	}
	return s.items[at].period
}

// planIs reports whether "so với kế hoạch … là" stands before an amount.
func (s *sentence) planIs(a around) bool {
	if s.at < 2 || a.last.kind != itemCue || a.last.cue != cueActual || a.last.to != a.last.from+1 {
		return false
	}
	before := s.items[s.at-2]
	return before.kind == itemBase && before.base.kind == basePlan && before.to == a.last.from
}

// fragment reports whether a name says only which part of something is meant: "khu vực FDI".
func (s *sentence) fragment(name string) bool {
	_, n := s.r.o.Words.fragments.at(token.Split(name))
	return n > 0
}

// conditional reports whether the sentence holds only under a condition: "Nếu không tính tiền sử dụng đất, …".
func (s *sentence) conditional() bool {
	_, n := s.r.o.Words.conditions.at(s.t)
	return n > 0
}

// narrowed reports whether what stands behind a percentage narrows it down: "tăng 12,4% về lượng".
func (s *sentence) narrowed(it item) bool {
	return it.to < len(s.t) && plainGap(s.t[it.to:it.to+1]) && s.r.o.Words.narrows.whole(s.t[it.to:it.to+1])
}

// afterRange reports whether a number is the second of "từ 7 đến 8".
func (s *sentence) afterRange(it item) bool {
	if it.from == 0 {
		return false
	}
	w := s.t[it.from-1].Lower
	return (w == "đến" || w == "tới") && s.past > 0
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
		return s.ofBase(f, a.last.base)
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
func (s *sentence) ofBase(f Figure, _ base) bool {
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
