package qa

import (
	"slices"
	"strings"

	"factbot/internal/token"
	"factbot/internal/words"
)

// glossary has, for the folded words of an English phrase, what Vietnamese reports call the same.
type glossary struct {
	said   map[string][][]token.Token
	begins map[string]int // by first word: words of the longest phrase of several
}

func newGlossary(entries map[string][]string) glossary {
	g := glossary{said: map[string][][]token.Token{}, begins: map[string]int{}}
	for phrase, said := range entries {
		w := token.Words(phrase)
		g.begins[w[0]] = max(g.begins[w[0]], len(w))
		for _, text := range said {
			g.said[strings.Join(w, " ")] = append(g.said[strings.Join(w, " ")], token.Split(text))
		}
	}
	return g
}

// at is the longest phrase that begins at token from, in either number, and what it is in Vietnamese.
func (g glossary) at(tokens []token.Token, from int) (to int, said [][]token.Token) {
	for to = min(len(tokens), from+max(1, g.begins[tokens[from].Fold])); to > from; to-- {
		head := foldOf(tokens[from : to-1])
		if head != "" {
			head += " "
		}
		last := tokens[to-1].Fold
		for _, form := range append([]string{last}, inflections(last)...) {
			if said, ok := g.said[head+form]; ok {
				return to, said
			}
		}
	}
	return from, nil
}

// translate puts Vietnamese words for the English ones of things that nothing explains, for the names that have no English of their own.
func (m *mender) translate(tokens []token.Token, spans []span) ([]token.Token, []span) {
	for from := 0; from < len(tokens); from++ {
		if !slices.ContainsFunc(spans, func(s span) bool { return s.kind == kindUnknown && from < s.to }) {
			break
		}
		to, said := m.engine.glossary.at(tokens, from)
		if said == nil || !slices.ContainsFunc(spans, func(s span) bool { return s.kind == kindUnknown && s.from < to && from < s.to }) {
			continue
		}
		for _, words := range said {
			if t, s, ok := m.retry(replaced(tokens, from, to, words), tokens, spans); ok {
				tokens, spans = t, s
				from += len(words) - 1
				break
			}
		}
	}
	return tokens, spans
}

// ofProjects puts Vietnamese words for an English indicator's name right before a word for projects, where projects are known by them: "cement
// projects" asks of projects.
func (m *mender) ofProjects(tokens []token.Token, spans []span) ([]token.Token, []span) {
	for i := 0; i+1 < len(spans); i++ {
		s := spans[i]
		if s.kind != kindName || !s.of(classIndicator) && !s.of(classNoIndicator) && !s.partial || s.of(classProject) && !s.partial || !spans[i+1].has(words.Project) {
			continue
		}
		to, said := m.engine.glossary.at(tokens, s.from)
		if to != s.to {
			continue
		}
		for _, words := range said {
			t := replaced(tokens, s.from, s.to, words)
			_, again := m.partial(t, m.segment(t))
			if unknown(again) <= unknown(spans) && slices.ContainsFunc(again, func(a span) bool {
				return a.of(classProject) && a.from <= s.from && s.from < a.to
			}) {
				return t, again
			}
		}
	}
	return tokens, spans
}

// replaced is tokens with other words in the place of from..to.
func replaced(tokens []token.Token, from, to int, with []token.Token) []token.Token {
	with = slices.Clone(with)
	for i := range with {
		with[i].Start, with[i].End, with[i].Gap = tokens[from].Start, tokens[to-1].End, " "
	}
	with[0].Gap = tokens[from].Gap
	return slices.Concat(tokens[:from:from], with, tokens[to:])
}
