package qa

import (
	"cmp"
	"slices"
	"strings"

	"factbot/internal/spell"
	"factbot/internal/token"
	"factbot/internal/words"
)

// secondNumber opens a second "how many" that stands behind what is counted: the last word of "bao nhiêu dự án ngành may" is no "mấy", but a name
// or part of a name of what projects make.
func (m *mender) secondNumber(tokens []token.Token, spans []span) {
	counted := false
	for i, s := range spans {
		if s.kind != kindWord || !s.has(words.Howmuch) {
			continue
		}
		last := i+1 == len(spans) || spans[i+1].kind == kindWord && !spans[i+1].hasUnit
		if counted && last && s.to-s.from == 1 && (spans[i-1].has(words.Project, words.Sector) || i > 1 && spans[i-1].has(words.Filler) && spans[i-2].has(words.Project)) {
			spans[i].kind, spans[i].senses = kindUnknown, words.Set{}
			for _, en := range m.engine.lex.exact(tokens[s.from].Fold) {
				if en.class == classProject {
					spans[i].kind = kindName
					spans[i].names = append(spans[i].names, match{entry: &entry{class: classProject, lang: -1, target: en.target}, from: s.from, to: s.to})
				}
			}
		}
		counted = true
	}
}

// partial explains unknown tokens as part of a name: "khách quốc tế" of "Số lượt khách quốc tế", "hàng hóa xuất khẩu" of "Xuất khẩu hàng
// hóa". The index finds the names, the alignment decides: every word said must be one of the name's, and the closest whole is
// meant.
func (m *mender) partial(tokens []token.Token, spans []span) ([]token.Token, []span) {
	if m.engine.finder == nil {
		return tokens, spans
	}
	if t, s, ok := m.unfilled(tokens, spans); ok {
		return t, s
	}
	m.secondNumber(tokens, spans)
	doubtful := !says(spans, words.Project, words.Capacity, words.Investor) && !namesIndicator(spans)
	for at := 0; at < len(spans); at++ {
		beside := m.besideName(tokens, spans, at)
		if !beside && spans[at].kind != kindUnknown && !(doubtful && vague(spans[at])) && !m.unsettled(spans[at]) && !elsewhere(spans[at]) {
			continue
		}
		best := m.align(tokens, spans, at)
		if m.unsettled(spans[at]) && (len(best) != 1 || best[0].to-best[0].from == 1) {
			m.settleApart(tokens, spans, at)
		}
		if len(best) == 0 || beside && best[0].to-at < 2 {
			continue
		}
		first := best[0]
		if first.from == at && first.to == at+1 && spans[at].kind != kindUnknown && !elsewhere(spans[at]) && !vague(spans[at]) {
			continue // nothing that was not understood before
		}
		joined := span{from: spans[first.from].from, to: spans[first.to-1].to, kind: kindName, partial: true}
		for _, s := range spans[first.from:first.to] {
			if s.mended != "" {
				joined.mended = s.mended
			}
		}
		for _, a := range best {
			t := &m.engine.lex.targets[a.target]
			joined.names = append(joined.names, match{entry: &entry{class: t.class, lang: -1, target: a.target}, from: joined.from, to: joined.to})
		}
		spans = slices.Concat(spans[:first.from:first.from], []span{joined}, spans[first.to:])
		at = first.from
	}
	spans = m.absorb(tokens, spans)
	m.preferParts(tokens, spans)
	for i, s := range spans { // "khu vực dịch vụ": the word before a part says only that it is one
		if s.kind == kindUnknown && i+1 < len(spans) && spans[i+1].of(classIndicator) && m.groups(tokens, spans, i) {
			for j := i; j >= 0 && spans[j].kind == kindUnknown; j-- {
				spans[j].kind = kindWord
				spans[j].senses.Add(words.Filler)
			}
		}
	}
	return tokens, spans
}

// besideName reports whether an indicator's name stands right before another name: together they may be a name of their own, "xuất khẩu thủy sản".
func (m *mender) besideName(tokens []token.Token, spans []span, i int) bool {
	if i+1 >= len(spans) || spans[i].kind != kindName || !spans[i].of(classIndicator) && !spans[i].of(classNoIndicator) || strings.TrimSpace(tokens[spans[i+1].from].Gap) != "" {
		return false
	}
	next := spans[i+1]
	return next.kind == kindName && (next.of(classIndicator) || next.of(classNoIndicator) || next.of(classProject) || next.of(classTopic)) || next.has(words.More, words.Grow) && elsewhere(spans[i])
}

// adjacentNames reports whether any two names stand side by side.
func (m *mender) adjacentNames(tokens []token.Token, spans []span) bool {
	for i := range spans {
		if m.besideName(tokens, spans, i) {
			return true
		}
	}
	return false
}

// groups reports whether the unknown tokens up to span i are a word for a group of things: "khu vực", "nhóm hàng".
func (m *mender) groups(tokens []token.Token, spans []span, i int) bool {
	from := i
	for from > 0 && spans[from-1].kind == kindUnknown {
		from--
	}
	for _, en := range m.engine.lex.exact(foldOf(tokens[spans[from].from:spans[i].to])) {
		if en.class == classWord && en.sense == words.Groupword {
			return true
		}
	}
	return false
}

// vague reports whether a span is explained only by what another name may hold as well: a project's sector, a unit, a topic.
func vague(s span) bool {
	if s.kind == kindUnit {
		return !s.amount.percent() && s.amount.unit != "" && !isCurrency(s.amount.unit)
	}
	if s.kind != kindName || !s.senses.Empty() {
		return false
	}
	for _, n := range s.names {
		if n.class != classTopic && n.class != classProject {
			return false
		}
	}
	return true
}

// unsettled reports whether a span names several indicators, of which the words beside it may settle one: "GRDP giá so sánh".
func (m *mender) unsettled(s span) bool {
	return s.kind == kindName && len(s.names) > 1 && s.of(classIndicator)
}

// elsewhere reports whether a span names only an indicator that the facts lack: one of theirs may hold the same words.
func elsewhere(s span) bool {
	return s.kind == kindName && len(s.names) > 0 && s.names[0].class == classNoIndicator
}

// namesIndicator reports whether an indicator is named, be it one known by name only.
func namesIndicator(spans []span) bool {
	for _, s := range spans {
		if s.of(classIndicator) || s.of(classNoIndicator) {
			return true
		}
	}
	return false
}

// alignment is a name laid over the spans from..to.
type alignment struct {
	target   int32
	from, to int // spans
	unknown  int // unknown tokens covered
	matched  int // tokens covered
	left     int // words of the name that were not said
	swaps    int // words out of the name's order
	part     bool
	ofNamed  bool  // a part of an indicator that the question names
	lent     bool  // by a name of the common indicator that it is
	fits     bool  // a project where projects are asked for, an indicator elsewhere
	at       []int // the words of the name that were said, in the name's order
}

// candidatesWanted is how many names the index is asked for.
const candidatesWanted = 20

// align lays the names that the index finds over the spans around span at, and returns the best; several where they fit equally.
func (m *mender) align(tokens []token.Token, spans []span, at int) []alignment {
	lo, hi := stretch(tokens, spans, at, reach)
	from, to := stretch(tokens, spans, at, 2*reach) // mostly the same for all places of a question
	asked := make([]string, 0, 16)
	for _, s := range spans[from:to] {
		if s.kind == kindWord && s.senses.Without(words.Filler).Empty() {
			continue
		}
		for _, t := range tokens[s.from:s.to] {
			asked = append(asked, t.Fold)
		}
	}
	ids := m.find(asked)
	if m.unsettled(spans[at]) {
		ids = ids[:0:0]
		for _, n := range spans[at].names {
			t := m.engine.lex.targets[n.target]
			ids = append(ids, string(rune('a'+t.class))+t.id)
		}
	}
	projects := says(spans, words.Project, words.Capacity, words.Investor)
	var found []alignment
	for _, id := range ids {
		target, ok := m.engine.lex.index[id]
		if !ok {
			continue
		}
		t := &m.engine.lex.targets[target]
		if t.class != classIndicator && t.class != classProject || (vague(spans[at]) || elsewhere(spans[at])) && t.class == classProject {
			continue
		}
		if elsewhere(spans[at]) && m.engine.owned[t.id] {
			continue // it is known as something else
		}
		var best alignment
		for _, p := range t.known {
			if a := m.layOver(p, tokens, spans, lo, at, hi); a.matched > 0 && (best.matched == 0 || a.better(best) < 0) && m.enough(a, p, t, projects, anchored(spans[a.from:a.to], target) || elsewhere(spans[at]) && a.ends(p)) {
				best = a
				best.lent = p.lent
			}
		}
		if best.matched > 0 {
			best.target, best.part = target, m.engine.isPart(t)
			best.fits = (t.class == classProject) == projects
			best.ofNamed = m.partOfNamed(t, spans)
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, alignment.better)
	for i := range found {
		same := found[i].better(found[0]) == 0
		if t := m.engine.lex.targets[found[0].target]; t.class == classProject && m.engine.lex.targets[found[i].target].class == classProject {
			same = found[i].matched == found[0].matched // every project that the words name
		}
		if !same || found[i].from != found[0].from || found[i].to != found[0].to {
			return found[:i]
		}
	}
	return found
}

// partOfNamed reports whether a target is a part of another indicator that the spans name: "cà phê chiếm bao nhiêu % diện tích cây lâu năm" is its area.
func (m *mender) partOfNamed(t *target, spans []span) bool {
	i := m.engine.facts.Indicator(t.id)
	if t.class != classIndicator || i == nil || i.PartOf == "" {
		return false
	}
	for _, s := range spans {
		for _, n := range s.names {
			if n.class == classIndicator && m.engine.lex.targets[n.target].id == i.PartOf {
				return true
			}
		}
	}
	return false
}

// better orders alignments: more of what was unknown, more of what was said, the whole before its parts, fewer words left out,
// the order kept.
func (a alignment) better(b alignment) int {
	return cmp.Or(
		truer(a.fits, b.fits),
		b.unknown-a.unknown,
		truer(a.ofNamed, b.ofNamed),
		b.matched-a.matched,
		truer(b.lent, a.lent),
		truer(b.part, a.part),
		a.left-b.left,
		a.swaps-b.swaps,
	)
}

// truer orders what holds before what does not.
func truer(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// reach is how many spans away from another a name may go on.
const reach = 8

// stretch is the run of spans around at, up to a punctuation mark or so many spans away.
func stretch(tokens []token.Token, spans []span, at, reach int) (lo, hi int) {
	stop := func(i int) bool {
		for _, r := range tokens[spans[i].from].Gap {
			switch r {
			case ',', ';', '?', '!', '\n':
				return true
			}
		}
		return false
	}
	lo, hi = at, at+1
	for lo > 0 && at-lo < reach && !stop(lo) {
		lo--
	}
	for hi < len(spans) && hi-at < reach && !stop(hi) {
		hi++
	}
	return lo, hi
}

// usualWords is how many words a name has at most, if it is no exception.
const usualWords = 24

// layOver covers as many neighbouring spans as the words of p explain, beginning with span at. A span is covered whole or not at all;
// fillers between two covered spans are passed over.
func (m *mender) layOver(p phrase, tokens []token.Token, spans []span, lo, at, hi int) alignment {
	var room [usualWords]bool
	used := append(room[:0], make([]bool, len(p.fold))...)
	if slot(p, used, tokens[spans[at].from]) < 0 { // as of most names
		return alignment{}
	}
	a := alignment{from: at, to: at + 1}
	var order []int
	var places [usualWords]int
	cover := func(i int) bool {
		s := &spans[i]
		taken := places[:0]
		for _, t := range tokens[s.from:s.to] {
			k := slot(p, used, t)
			if k >= 0 && s.kind != kindUnknown && i != at && len(order) > 0 && (i < at && k > order[0] || i > at && k < order[len(order)-1]) && !reorders(*s) {
				k = -1 // a word with a meaning of its own is taken only in the name's order
			}
			if k < 0 {
				for _, x := range taken {
					used[x] = false
				}
				return false
			}
			used[k] = true
			taken = append(taken, k)
		}
		a.matched += len(taken)
		if s.kind == kindUnknown {
			a.unknown += len(taken)
		}
		if i < at {
			order = slices.Concat(taken, order)
		} else {
			order = append(order, taken...)
		}
		return true
	}
	if !cover(at) {
		return alignment{}
	}
	for i := at + 1; i < hi; i++ {
		if cover(i) {
			a.to = i + 1
		} else if !passable(spans[i]) || i == hi-1 || a.to != i {
			break
		}
	}
	for i := at - 1; i >= lo; i-- {
		if cover(i) {
			a.from = i
		} else if !passable(spans[i]) || i == lo || a.from != i+1 {
			break
		}
	}
	for i := 1; i < len(order); i++ {
		if order[i] < order[i-1] {
			a.swaps++
		}
	}
	a.left = len(p.fold) - a.matched
	slices.Sort(order)
	a.at = order
	return a
}

// passable reports whether a span may stand between two words of a name: "lượt *của* khách".
func passable(s span) bool {
	return s.kind == kindWord && s.linking
}

// reorders reports whether a span with a meaning of its own may stand in another place than in the name: other names and units may, "hàng
// hóa xuất khẩu".
func reorders(s span) bool { return s.kind == kindName || s.kind == kindUnit }

// enough reports whether what was said is enough of a name: words in one stretch of it, from its beginning on but for the words that only
// say that something is measured; a single syllable only where hardly more is left.
func (m *mender) enough(a alignment, p phrase, t *target, projects, anchored bool) bool {
	first, last := a.at[0], a.at[len(a.at)-1]
	gaps := last - first + 1 - a.matched
	for k := first; k < last; k++ {
		if (m.engine.linking[p.fold[k]] || m.engine.measure[p.fold[k]] || m.engine.place[p.fold[k]]) && !slices.Contains(a.at, k) {
			gaps--
		}
	}
	if gaps > a.matched/2 {
		return false
	}
	if t.class == classProject {
		if a.matched >= 2 && !projects && first > 0 && last < len(p.fold)-1 {
			return false // words within a project's name, where no project is asked for
		}
		return a.matched >= 2 || a.matched == 1 && len(p.fold[first]) >= 5 && !spell.Wellformed(p.fold[first])
	}
	if anchored {
		return true
	}
	if !m.general(t, p.fold[:first]) {
		return false
	}
	if a.matched > 1 {
		return !m.general(t, saidWords(p, a.at))
	}
	word := p.fold[first]
	if m.engine.measure[word] {
		return false
	}
	if spell.Wellformed(p.lower[first]) { // one Vietnamese syllable: rather part of another word
		return last == len(p.fold)-1 && len(p.fold) <= 5
	}
	return len(word) >= 3
}

// ends reports whether three words or more were said, in a row, that begin or end a name.
func (a alignment) ends(p phrase) bool {
	first, last := a.at[0], a.at[len(a.at)-1]
	return a.matched >= 3 && last-first+1 == a.matched && (first == 0 || last == len(p.fold)-1)
}

// anchored reports whether the spans hold a whole name of the target.
func anchored(spans []span, target int32) bool {
	for _, s := range spans {
		for _, n := range s.names {
			if n.target == target && !s.partial {
				return true
			}
		}
	}
	return false
}

// general reports whether words of a target's name say nothing of their own: words of measuring, and of a part the words of its whole.
func (m *mender) general(t *target, folded []string) bool {
	if m.engine.general(folded) {
		return true
	}
	i := m.engine.facts.Indicator(t.id)
	if t.class != classIndicator || i == nil || i.PartOf == "" {
		return false
	}
	whole := m.engine.lex.lookup(classIndicator, i.PartOf)
	if whole == nil {
		return false
	}
	return covered(folded, func(phrase string) bool { return m.engine.measure[phrase] || whole.holdsOwn(phrase) })
}

func (t *target) holds(word token.Token) bool {
	return slices.ContainsFunc(t.known, func(p phrase) bool { return slot(p, make([]bool, len(p.fold)), word) >= 0 })
}

// holdsOwn reports whether a word is one of the target's own names, none that is lent to it.
func (t *target) holdsOwn(word string) bool {
	return slices.ContainsFunc(t.known, func(p phrase) bool { return !p.lent && slices.Contains(p.fold, word) })
}

func saidWords(p phrase, at []int) []string {
	out := make([]string, len(at))
	for i, k := range at {
		out[i] = p.fold[k]
	}
	return out
}

// says reports whether any span says one of the senses.
func says(spans []span, xs ...words.Sense) bool {
	for _, s := range spans {
		if s.has(xs...) {
			return true
		}
	}
	return false
}

// slot is the unused word of p that token t is, the one with the very marks first, or -1.
func slot(p phrase, used []bool, t token.Token) int {
	inexact := -1
	for k := range p.fold {
		switch {
		case used[k] || p.fold[k] != t.Fold:
		case p.lower[k] == t.Lower:
			return k
		case inexact < 0 && token.Conflicts(t.Lower, p.lower[k]) <= 0:
			inexact = k
		}
	}
	return inexact
}
