package qa

import (
	"slices"
	"strings"

	"factbot/internal/token"
	"factbot/internal/words"
)

// What partial names settle between them, once they are found.

// unfilled looks for an indicator among the fillers of a text typed without marks, where it names nothing: "ca tra an giang 2024" is no "cả", "tra".
// Two words or more have to be found.
func (m *mender) unfilled(tokens []token.Token, spans []span) ([]token.Token, []span, bool) {
	if namesIndicator(spans) || slices.ContainsFunc(spans, func(s span) bool { return s.of(classProject) }) || says(spans, words.Project, words.Capacity, words.Investor, words.Hello, words.Thanks) || !slices.ContainsFunc(spans, func(s span) bool { return s.bare }) || typedWithMarks(tokens) {
		return nil, nil, false
	}
	open := slices.Clone(spans)
	for i, s := range open {
		open[i].bare = false
		if s.bare && s.kind == kindWord && s.senses.Without(words.Filler, words.All, words.Number).Empty() {
			open[i].kind, open[i].senses = kindUnknown, words.Set{}
		}
	}
	_, found := m.partial(tokens, open)
	named := false
	for i := range found {
		s := &found[i]
		if s.kind == kindName && s.of(classIndicator) && s.to-s.from >= 2 {
			named = true
		}
		if s.kind == kindUnknown && slices.ContainsFunc(spans, func(o span) bool { return o.bare && o.from <= s.from && s.to <= o.to }) {
			s.kind = kindWord
			s.senses.Add(words.Filler)
		}
	}
	return tokens, found, named
}

// absorb joins two indicators' names side by side, or linked by a word like "của", where one's own name holds all the words of the other: "số học
// sinh THPT", "vốn đăng ký của doanh nghiệp mới".
func (m *mender) absorb(tokens []token.Token, spans []span) []span {
	for i := 0; i+1 < len(spans); i++ {
		if spans[i].kind != kindName || !spans[i].of(classIndicator) || len(spans[i].names) != 1 {
			continue
		}
		j := i + 1
		if passable(spans[j]) && !spans[j].has(words.And) && j+1 < len(spans) {
			j++
		}
		if spans[j].kind != kindName || !spans[j].of(classIndicator) || len(spans[j].names) != 1 || spans[j].names[0].target == spans[i].names[0].target {
			continue
		}
		if j == i+1 && strings.TrimSpace(tokens[spans[j].from].Gap) != "" {
			continue
		}
		for _, way := range [][2]int{{i, j}, {j, i}} {
			t := &m.engine.lex.targets[spans[way[0]].names[0].target]
			if !t.holdsAll(tokens[spans[way[1]].from:spans[way[1]].to]) || m.engine.isPart(t) != m.engine.isPart(&m.engine.lex.targets[spans[way[1]].names[0].target]) && !m.engine.isPart(t) {
				continue
			}
			joined := spans[way[0]]
			joined.from, joined.to = spans[i].from, spans[j].to
			spans = slices.Concat(spans[:i:i], []span{joined}, spans[j+1:])
			break
		}
	}
	return spans
}

// preferParts settles names on the parts of another indicator that is named, where one of them has the words too: beside "diện tích cây
// lâu năm" a mere "cà phê" is its area.
func (m *mender) preferParts(tokens []token.Token, spans []span) {
	for i, s := range spans {
		if s.kind != kindName || !s.of(classIndicator) || len(s.names) != 1 {
			continue
		}
		var parts []match
		for _, o := range spans {
			if o.kind != kindName || !o.of(classIndicator) || len(o.names) != 1 || o.names[0].target == s.names[0].target {
				continue
			}
			for _, part := range m.engine.facts.Parts(m.engine.lex.targets[o.names[0].target].id) {
				at := m.engine.lex.index[string(rune('a'+classIndicator))+part.ID]
				if at == s.names[0].target {
					parts = nil
					break
				}
				if m.engine.lex.targets[at].holdsAll(tokens[s.from:s.to]) {
					parts = append(parts, match{entry: &entry{class: classIndicator, lang: -1, target: at}, from: s.from, to: s.to})
				}
			}
		}
		if len(parts) == 1 {
			spans[i].names = parts
		}
	}
}

// holdsAll reports whether one of the target's names holds all the words.
func (t *target) holdsAll(words []token.Token) bool {
	return slices.ContainsFunc(t.known, func(p phrase) bool {
		return !slices.ContainsFunc(words, func(w token.Token) bool {
			k := slices.Index(p.fold, w.Fold)
			return k < 0 || token.Conflicts(w.Lower, p.lower[k]) > 0
		})
	})
}

// settleApart settles which of several indicators a span names by unknown words elsewhere in the question, where all of them belong to just one
// of their names: "GRDP growth 2020 at constant prices".
func (m *mender) settleApart(tokens []token.Token, spans []span, at int) {
	var apart []int
	for i, s := range spans {
		if s.kind == kindUnknown {
			apart = append(apart, i)
		}
	}
	if len(apart) == 0 {
		return
	}
	var fits []match
	for _, n := range spans[at].names {
		t := &m.engine.lex.targets[n.target]
		all := true
		for _, i := range apart {
			for _, tok := range tokens[spans[i].from:spans[i].to] {
				all = all && t.holds(tok)
			}
		}
		if all {
			fits = append(fits, n)
		}
	}
	if len(fits) != 1 {
		return
	}
	spans[at].names = fits
	for _, i := range apart {
		spans[i].kind = kindWord
		spans[i].senses.Add(words.Filler)
	}
}
