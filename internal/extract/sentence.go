package extract

import (
	"strings"

	"factbot/internal/period"
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
	if fresh && s.orphans && s.measureIn(names) == "" {
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
