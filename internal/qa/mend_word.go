package qa

import (
	"slices"

	"factbot/internal/spell"
	"factbot/internal/token"
)

// namedBeside is of how many words at least a name is that tells by the others what a mistyped one of it is.
const namedBeside = 4

// word mends one mistyped word of a long name the other words of which stand beside it as the name has them: nothing has to be searched for then.
// What two names could explain in the same way is left to the other steps.
func (m *mender) word(tokens []token.Token, spans []span) ([]token.Token, []span) {
	for _, s := range spans {
		u := s.from
		if s.kind != kindUnknown || s.to-s.from != 1 || tokens[u].Kind != token.Word || edits(len(tokens[u].Fold)) == 0 {
			continue
		}
		if changed, again, ok := m.oneWord(tokens, spans, u); ok {
			return changed, again
		}
	}
	return tokens, spans
}

func (m *mender) oneWord(tokens []token.Token, spans []span, u int) (best []token.Token, found []span, ok bool) {
	var done mending
	s := m.engine.spelling()
	for _, near := range s.words.Near(tokens[u].Fold, edits(len(tokens[u].Fold))) {
		before := u > 0 && s.beside[[2]string{tokens[u-1].Fold, near.Word}]
		after := u+1 < len(tokens) && s.beside[[2]string{near.Word, tokens[u+1].Fold}]
		if near.Edits == 0 || !before && !after {
			continue // no long name has it here
		}
		for _, lower := range s.forms[near.Word] {
			changed := slices.Clone(tokens)
			changed[u].Text, changed[u].Lower, changed[u].Fold = lower, lower, near.Word
			again := m.segment(changed)
			c, syllable, named := nameAround(again, u, tokens)
			if c.edits = near.Edits; !named || unknown(again) >= unknown(spans) || syllable(tokens[u].Lower) && !c.plausible(tokens) {
				continue // what is no syllable is no other word
			}
			switch {
			case !ok || c.edits < done.edits:
				best, found, done, ok = changed, again, c, true
			case c.edits == done.edits && best[u].Fold != changed[u].Fold:
				return nil, nil, false
			}
		}
	}
	if ok {
		mending{from: u, to: u + 1, edits: done.edits, mendable: mendable{tokens: best[u : u+1]}}.mark(found, tokens)
	}
	return best, found, ok
}

// nameAround is the long name of the facts that covers a token, as a mending of what was typed of it, and what tells whether the token is a syllable as
// it stands: where the name is typed with its marks none was left out of it.
func nameAround(spans []span, u int, typed []token.Token) (c mending, syllable func(string) bool, ok bool) {
	at := slices.IndexFunc(spans, func(s span) bool { return s.from <= u && u < s.to })
	s := spans[at]
	if s.kind != kindName || s.to-s.from < namedBeside || s.names[0].class > classProject || s.names[0].conflicts > 0 {
		return c, nil, false
	}
	c = mending{from: s.from, to: s.to, mendable: mendable{tokens: token.Split(s.names[0].text), name: true}}
	marked := 0
	for _, t := range typed[s.from:s.to] {
		c.letters += len(t.Fold)
		if token.Marked(t.Lower) {
			marked++
		}
	}
	switch {
	case marked == 0:
		return c, spell.Wellformed, true
	case !s.names[0].exact: // typed with marks, but not those of the name
		return c, nil, false
	case marked == 1:
		return c, spell.Wellformed, true
	}
	return c, spell.Literal, true
}
