package qa

import (
	"slices"

	"factbot/internal/token"
	"factbot/internal/words"
)

// partial explains unknown tokens as part of a name: "khách quốc tế" of "Số lượt khách quốc tế", "hàng hóa xuất khẩu" of "Xuất khẩu hàng
// hóa". The index finds the names, the alignment decides: every word said must be one of the name's, and the closest whole is
// meant.
func (m *mender) partial(tokens []token.Token, spans []span) ([]token.Token, []span) {
	for at := 0; at < len(spans); at++ {
		if spans[at].kind != kindUnknown || m.engine.finder == nil {
			continue
		}
		best := m.align(tokens, spans, at)
		if len(best) == 0 {
			continue
		}
		first := best[0]
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
	return tokens, spans
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
}

// candidatesWanted is how many names the index is asked for.
const candidatesWanted = 20

// align lays the names that the index finds over the spans around span at, and returns the best; several where they fit equally.
func (m *mender) align(tokens []token.Token, spans []span, at int) []alignment {
	lo, hi := stretch(tokens, spans, at)
	asked := make([]string, 0, 16)
	for _, s := range spans[lo:hi] {
		if s.kind == kindWord && s.senses.Without(words.Filler).Empty() {
			continue
		}
		for _, t := range tokens[s.from:s.to] {
			asked = append(asked, t.Fold)
		}
	}
	var found []alignment
	for _, id := range m.engine.finder.Find(asked, candidatesWanted) {
		target, ok := m.engine.lex.index[id]
		if !ok {
			continue
		}
		t := &m.engine.lex.targets[target]
		var best alignment
		for _, p := range t.known {
			if a := layOver(p, tokens, spans, lo, at, hi); a.matched > 0 && (best.matched == 0 || a.better(best) < 0) {
				best = a
			}
		}
		if best.matched > 0 {
			best.target, best.part = target, m.engine.isPart(t)
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, alignment.better)
	for i := range found {
		if found[i].better(found[0]) != 0 || found[i].from != found[0].from || found[i].to != found[0].to {
			return found[:i]
		}
	}
	return found
}

// better orders alignments: more of what was unknown, more of what was said, the whole before its parts, fewer words left out,
// the order kept.
func (a alignment) better(b alignment) int {
	switch {
	case a.unknown != b.unknown:
		return b.unknown - a.unknown
	case a.matched != b.matched:
		return b.matched - a.matched
	case a.part != b.part:
		if b.part {
			return -1
		}
		return 1
	case a.left != b.left:
		return a.left - b.left
	}
	return a.swaps - b.swaps
}

// stretch is the run of spans around at that one name may cover: up to a punctuation mark or eight spans away.
func stretch(tokens []token.Token, spans []span, at int) (lo, hi int) {
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
	for lo > 0 && at-lo < 8 && !stop(lo) {
		lo--
	}
	for hi < len(spans) && hi-at < 8 && !stop(hi) {
		hi++
	}
	return lo, hi
}

// layOver covers as many neighbouring spans as the words of p explain, beginning with span at. A span is covered whole or not at all;
// fillers between two covered spans are passed over.
func layOver(p phrase, tokens []token.Token, spans []span, lo, at, hi int) alignment {
	used := make([]bool, len(p.fold))
	a := alignment{from: at, to: at + 1}
	var order []int
	cover := func(i int) bool {
		s := spans[i]
		var taken []int
		for _, t := range tokens[s.from:s.to] {
			k := slot(p, used, t)
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
			order = append(taken, order...)
		} else {
			order = append(order, taken...)
		}
		return true
	}
	if !cover(at) {
		return alignment{}
	}
	filler := func(i int) bool {
		return spans[i].kind == kindWord && spans[i].has(words.Filler) && spans[i].to-spans[i].from == 1
	}
	for i := at - 1; i >= lo; i-- {
		if cover(i) {
			a.from = i
		} else if !filler(i) || i == lo || a.from != i+1 {
			break
		}
	}
	for i := at + 1; i < hi; i++ {
		if cover(i) {
			a.to = i + 1
		} else if !filler(i) || i == hi-1 || a.to != i {
			break
		}
	}
	for i := 1; i < len(order); i++ {
		if order[i] < order[i-1] {
			a.swaps++
		}
	}
	a.left = len(p.fold) - a.matched
	return a
}

// slot is the unused word of p that token t is, or -1.
func slot(p phrase, used []bool, t token.Token) int {
	for k := range p.fold {
		if !used[k] && p.fold[k] == t.Fold && token.Conflicts(t.Lower, p.lower[k]) <= 0 {
			return k
		}
	}
	return -1
}
