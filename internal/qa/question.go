package qa

import (
	"slices"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/words"
)

// Question is one thing that a text asks: what was said, with its places, before anything is looked up.
type Question struct {
	reading
	spans   []span
	senses  words.Set // of all spans, fillers left out
	first   bool      // the first question of its text
	unknown []string  // words that nothing explains, as typed
	limits  []limited // thresholds, with the spans that say them
	amounts []int     // spans with a number, thresholds left out
	picture bool      // a picture of the answer is wanted
}

// limited is a threshold in the text.
type limited struct {
	cmp  Cmp
	than amountSaid
	to   amountSaid
	at   int // span of the number
}

// questions cuts a reading into the questions that it asks: at the end of a sentence, and at a comma or an "and" that has a question
// on either side.
func questions(r reading) []Question {
	var cuts []int
	begin := 0
	for i := 1; i < len(r.spans); i++ {
		if !r.cutBefore(i) {
			continue
		}
		if r.onlySource(begin, i) {
			continue
		}
		if r.sentenceEnd(i) && asks(r.spans[begin:i]) || r.heads(begin, i) > 0 && r.heads(i, len(r.spans)) > 0 || r.verbFollows(begin, i) || r.otherDomain(begin, i) {
			cuts = append(cuts, i)
			begin = i
		}
	}
	cuts = append(cuts, len(r.spans))
	var out []Question
	begin = 0
	for _, cut := range cuts {
		q := Question{reading: r, spans: r.spans[begin:cut], first: begin == 0}
		begin = cut
		q.gather()
		if len(out) > 0 && q.empty() {
			continue // "… bao nhiêu? ạ"
		}
		out = append(out, q)
	}
	return out
}

// cutBefore reports whether a question may begin at span i.
func (r reading) cutBefore(i int) bool {
	s := r.spans[i]
	if strings.ContainsAny(r.tokens[s.from].Gap, ",;?!.\n") && strings.TrimSpace(r.tokens[s.from].Gap) != "" {
		return true
	}
	return s.has(words.And) && s.kind == kindWord
}

// onlySource reports whether a clause wants a source and says of nothing which: "em đang tìm nguồn, xuất khẩu 2020 bao nhiêu?"
func (r reading) onlySource(begin, end int) bool {
	source := false
	for _, s := range r.spans[begin:end] {
		if s.kind != kindWord || s.has(words.It, words.Which, words.What, words.Where, words.Who, words.Howmuch, words.When) || !s.has(words.Filler, words.Source, words.Needed) {
			return false
		}
		source = source || s.has(words.Source)
	}
	return source && !r.sentenceEnd(end)
}

// verbFollows reports whether what follows span i asks something of what was only named before it: "thu ngân sách 2020 và đạt bao nhiêu % dự toán".
func (r reading) verbFollows(begin, i int) bool {
	if r.heads(begin, i) > 0 || r.heads(i, len(r.spans)) == 0 || namesIndicator(r.spans[i:]) || !namesIndicator(r.spans[begin:i]) {
		return false
	}
	at := i
	if r.spans[at].has(words.And) {
		at++
	}
	if at >= len(r.spans) || !r.spans[at].has(words.Reach, words.Attain, words.Grow, words.Fall, words.Short, words.Exceeded) || r.lang == "en" {
		return false
	}
	for _, s := range r.spans[begin:i] {
		if s.has(words.Compare, words.Versus, words.If, words.Share, words.Attain, words.Needed, words.Except) {
			return false
		}
	}
	return true
}

// otherDomain reports whether an indicator stands on one side of span i and a project's figure on the other: they are two questions.
func (r reading) otherDomain(begin, i int) bool {
	about := func(spans []span) (indicator, project bool) {
		for _, s := range spans {
			indicator = indicator || s.of(classIndicator)
			project = project || s.has(words.Capacity, words.Investor) || s.of(classProject) && !s.of(classIndicator)
		}
		return indicator, project
	}
	ia, pa := about(r.spans[begin:i])
	ib, pb := about(r.spans[i:])
	said := func(spans []span) bool {
		for _, s := range spans {
			if s.has(words.Capacity, words.Investor, words.Project) {
				return true
			}
		}
		return false
	}
	return ia && !pa && pb && !ib && said(r.spans[i:]) || pa && !ia && ib && !pb && said(r.spans[begin:i])
}

// clauseBegins reports whether a mark that ends a clause stands before span i.
func (q *Question) clauseBegins(i int) bool {
	return strings.ContainsAny(q.tokens[q.spans[i].from].Gap, ",;:")
}

// sentenceEnd reports whether a sentence ends before span i.
func (r reading) sentenceEnd(i int) bool {
	gap := r.tokens[r.spans[i].from].Gap
	return strings.ContainsAny(gap, "?!\n;") || strings.Contains(gap, ". ")
}

// asks reports whether the spans say anything that can be asked of: a name, a period, an operation.
func asks(spans []span) bool {
	for _, s := range spans {
		switch s.kind {
		case kindName, kindPeriod:
			return true
		case kindWord:
			if s.has(operationWords...) {
				return true
			}
		}
	}
	return false
}

// operationWords are the senses by which an operation is asked for without a question word.
var operationWords = []words.Sense{
	words.Howmuch, words.Attain, words.Missed, words.Exceeded, words.Short, words.Grow, words.Fall, words.Share, words.Rest, words.Times, words.Average,
	words.Most, words.Least, words.Trend, words.Source, words.Explain, words.Define, words.Coverage, words.Cause, words.Solution, words.Capacity, words.Investor,
}

// heads counts the questions asked in the spans: question words, each of which wants an answer of its own.
func (r reading) heads(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		s := r.spans[i]
		if s.kind != kindWord && s.kind != kindName {
			continue
		}
		switch {
		case s.has(words.Howmuch, words.Who, words.Where, words.When, words.Cause, words.Solution, words.Explain, words.Define, words.Source, words.Investor, words.Product, words.Whichmonth):
			n++
		case s.has(words.What) && r.lang == "en" && (i == from || i == from+1 && r.spans[from].has(words.And)) && s.kind == kindWord:
			n++
		case s.has(words.How) && r.lang == "vi":
			n++
		case s.has(words.Yesno) && r.lang == "vi" && (i+1 == to || r.cutBefore(i+1)) && r.says(from, i, words.Attain, words.Exceeded, words.Reach, words.Grow, words.Missed):
			n++
		}
	}
	return n
}

func (r reading) says(from, to int, xs ...words.Sense) bool {
	for _, s := range r.spans[from:to] {
		if s.has(xs...) {
			return true
		}
	}
	return false
}

// gather collects what the spans say.
func (q *Question) gather() {
	q.spans = q.settlePlans()
	q.dropContrast()
	for i, s := range q.spans {
		if s.has(words.Picture) { // beside whatever else the word asks for
			q.picture = true
			s.senses = s.senses.Without(words.Picture)
			q.spans[i] = s
		}
		q.senses.Union(s.senses.Without(words.Filler))
		switch s.kind {
		case kindUnknown:
			text := q.words(s)
			if n := len(q.unknown); n > 0 && i > 0 && q.spans[i-1].kind == kindUnknown {
				q.unknown[n-1] += " " + text
			} else {
				q.unknown = append(q.unknown, text)
			}
		case kindAmount:
			if s.amount.unit == "dự án" { // "ba dự án lớn nhất"
				q.spans[i].senses.Add(words.Project)
				q.senses.Add(words.Project)
			}
			if l, ok := q.limit(i); ok {
				q.limits = append(q.limits, l)
			} else if !q.endsRange(i) {
				q.amounts = append(q.amounts, i)
			}
		}
	}
}

// dropContrast drops what the question says it does not ask: "số kế hoạch, chứ không phải số ước thực hiện", "the value, not the growth rate", up
// to the end of the clause.
func (q *Question) dropContrast() {
	for i := 1; i < len(q.spans); i++ {
		if !q.spans[i].has(words.Contrast) || q.spans[i].has(words.Not) && !q.clauseBegins(i) || q.first && !asks(q.spans[:i]) {
			continue
		}
		end := i + 1
		for end < len(q.spans) && !q.clauseBegins(end) {
			end++
		}
		if end == i+1 {
			continue
		}
		q.spans = slices.Delete(slices.Clone(q.spans), i, end)
	}
}

// settlePlans settles "dat muc tieu", which without marks is both reaching a target and setting one: beside a growth, or where a number of something is
// asked, it is set.
func (q *Question) settlePlans() []span {
	grows, asked := false, false
	for _, s := range q.spans {
		grows = grows || s.has(words.Grow, words.Fall) || asked && (s.of(classIndicator) || (s.kind == kindUnit || s.hasUnit) && s.amount.unit != "" && !s.amount.percent())
		asked = s.has(words.Howmuch) // "bao nhiêu lượt khách": a number of things is set
	}
	spans := slices.Clone(q.spans)
	for i, s := range spans {
		if s.kind == kindAmount && s.amount.unit == "" && !s.amount.hasMult && s.amount.number.Cmp(quantity.Int(1)) == 0 && i+1 < len(spans) && spans[i+1].step != pNone {
			spans[i] = span{from: s.from, to: s.to, kind: kindWord} // "1 quý phải làm bao nhiêu"
			spans[i].senses.Add(words.Each)
			continue
		}
		if s.to-s.from == 1 && s.has(words.Reach) && s.has(words.Plan) {
			spans[i].senses = s.senses.Without(words.Plan)
			continue
		}
		if s.has(words.Attain) && s.has(words.Plan) && !s.has(words.Versus, words.Higher, words.Lower) {
			if grows {
				spans[i].senses = s.senses.Without(words.Attain)
			} else {
				spans[i].senses = s.senses.Without(words.Plan)
			}
		}
	}
	return spans
}

// limit reads the threshold that the number of span i is: "trên 95 %", "từ 100 đến 200 tấn", "5 % trở lên".
func (q *Question) limit(i int) (limited, bool) {
	l := limited{than: q.spans[i].amount, at: i}
	if i+2 < len(q.spans) && q.spans[i+2].kind == kindAmount && q.spans[i+1].has(words.Upto) && i > 0 && q.spans[i-1].has(words.Between) {
		l.cmp, l.to = Between, q.spans[i+2].amount
		if l.than.unit == "" {
			l.than.unit, l.than.mult, l.than.hasMult = l.to.unit, l.to.mult, l.to.hasMult
		}
		return l, true
	}
	if i+1 < len(q.spans) {
		switch next := q.spans[i+1]; {
		case next.has(words.Atleast) && !next.has(words.Above):
			l.cmp = AtLeast
			return l, true
		case next.has(words.Atmost) && !next.has(words.Below):
			l.cmp = AtMost
			return l, true
		}
	}
	if i == 0 {
		return l, false
	}
	before := q.spans[i-1]
	if i > 1 && before.kind == kindWord && before.senses.Without(words.Filler).Empty() && q.spans[i-2].has(words.Above, words.Below, words.Atleast, words.Atmost) {
		before = q.spans[i-2] // "exceed the 1 billion"
	}
	switch {
	case before.kind != kindWord:
		return l, false
	case before.has(words.Reach) && l.than.percent() && l.than.number.Cmp(quantity.Int(100)) == 0 && slices.ContainsFunc(q.spans, func(s span) bool { return s.has(words.Which) }):
		l.cmp = AtLeast // "chỉ tiêu nào đạt 100 % kế hoạch"
	case before.has(words.Atmost):
		l.cmp = AtMost
	case before.has(words.Below):
		l.cmp = Less
	case before.has(words.Atleast):
		l.cmp = AtLeast
	case before.has(words.Above):
		l.cmp = More
	default:
		return l, false
	}
	return l, true
}

// endsRange reports whether the number of span i is the upper end of a range that limit has read.
func (q *Question) endsRange(i int) bool {
	return i >= 3 && q.spans[i-1].has(words.Upto) && q.spans[i-2].kind == kindAmount && q.spans[i-3].has(words.Between)
}

// empty reports whether nothing is said but fillers.
func (q *Question) empty() bool {
	for _, s := range q.spans {
		if s.kind != kindWord || !s.senses.Without(words.Filler, words.Howmuch, words.Yesno, words.Isittrue, words.It, words.Okay).Empty() || s.has(words.Howmuch) {
			return false
		}
	}
	return true
}

// has reports whether any of the senses is said.
func (q *Question) has(xs ...words.Sense) bool { return q.senses.Has(xs...) }

// at is the first span that says one of the senses, or -1.
func (q *Question) at(xs ...words.Sense) int {
	return slices.IndexFunc(q.spans, func(s span) bool { return s.has(xs...) })
}

// unit is the unit asked for ("bao nhiêu tỷ", "mấy %"), ok where one is named apart from any number. Words that are first of all
// something else ("dự án", "sản phẩm") are units only behind "how much".
func (q *Question) unit() (amountSaid, bool) {
	for i, s := range q.spans {
		switch {
		case s.kind == kindUnit:
			return s.amount, true
		case s.hasUnit && s.kind == kindWord && s.has(words.Howmuch):
			continue
		case s.hasUnit && s.kind == kindWord && i > 0 && q.spans[i-1].has(words.Howmuch) && !s.has(words.Project, words.Target, words.Indicators):
			return s.amount, true
		}
	}
	return amountSaid{}, false
}

// percent reports whether a percentage is asked for.
func (q *Question) percent() bool {
	for _, s := range q.spans {
		if s.kind == kindUnit && s.amount.unit == quantity.Percent || s.kind == kindWord && s.has(words.Rateword) {
			return true
		}
	}
	return false
}

// names are the spans that name something of the classes.
func (q *Question) names(classes ...class) []int {
	var out []int
	for i, s := range q.spans {
		for _, c := range classes {
			if s.of(c) {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// percentPoints reports whether percentage points are asked for.
func (q *Question) percentPoints() bool {
	u, ok := q.unit()
	return ok && u.unit == quantity.PP
}
