package qa

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"factbot/internal/spell"
	"factbot/internal/token"
	"factbot/internal/words"
)

// What the lexicon finds in a text.

// match is an entry that fits tokens from..to. Conflicts counts the marks typed that the phrase has not; letters is the length of the
// phrase joined.
type match struct {
	*entry
	from, to  int
	conflicts int
	letters   int
	exact     bool // every mark as the phrase has it
}

// find lists what fits at each token, the shortest first; matches whose marks contradict the phrase are left out unless the allowance for
// typos covers them.
func (l *lexicon) find(tokens []token.Token, lang int8, r *room) [][]match {
	out := slices.Grow(r.at[:0], len(tokens))[:len(tokens)]
	found := r.found[:0]
	marked := typedWithMarks(tokens)
	for from := range tokens {
		begin := len(found)
		node, letters, parted := int32(0), 0, false
		for to := from; to < len(tokens); to++ {
			parted = parted || to > from && endsClause(tokens[to]) // "so với kế hoạch, đạt bao nhiêu": no "kế hoạch đạt"
			id, ok := l.words[tokens[to].Fold]
			if !ok {
				break
			}
			if node, ok = l.next[uint64(node)<<32|uint64(uint32(id))]; !ok {
				break
			}
			letters += len(tokens[to].Fold)
			for i := range l.entries[node] {
				e := &l.entries[node][i]
				if parted && e.class == classWord {
					continue
				}
				m := match{entry: e, from: from, to: to + 1, letters: letters, exact: true}
				if m.conflicts = e.conflicts(tokens[from:to+1], &m.exact); m.conflicts > e.allowed(letters) || m.conflicts > 0 && marked && e.class == classWord && letters < 8 && !e.holdsOne(tokens[from:to+1]) {
					continue
				}
				if m.conflicts > 0 && e.class != classWord && e.anotherWord(tokens[from:to+1]) {
					continue
				}
				if !m.exact && e.class == classWord && (proper(tokens, from, to) || marked && from == to) {
					continue
				}
				found = append(found, m)
			}
		}
		out[from] = preferLanguage(found[begin:len(found):len(found)], lang)
	}
	r.found, r.at = found, out
	return out
}

// typedWithMarks reports whether a text is typed with its diacritics throughout: then a bare "may" is not "mấy".
func typedWithMarks(tokens []token.Token) bool {
	marked, bare := 0, 0
	for _, t := range tokens {
		switch {
		case t.Kind != token.Word || t.Upper:
		case token.Marked(t.Lower):
			marked++
		default:
			bare++
		}
	}
	return marked >= 4 && marked >= 4*bare
}

// proper reports whether tokens from..to are written as a proper name within a sentence that is not all capitals.
func proper(tokens []token.Token, from, to int) bool {
	capital := func(t token.Token) bool {
		for _, r := range t.Text {
			return unicode.IsUpper(r) && !t.Upper && len(t.Text) > 1
		}
		return false
	}
	if from == 0 || !capital(tokens[from]) {
		return false
	}
	if !token.Marked(tokens[from].Lower) && !token.Marked(tokens[to].Lower) {
		small := 0
		for _, t := range tokens {
			if t.Kind == token.Word && !capital(t) {
				small++
			}
		}
		if small < 3 || 2*small < len(tokens) {
			return false // a text in capitals throughout tells nothing
		}
	}
	blank := func(t token.Token) bool { return t.Gap != "" && strings.TrimSpace(t.Gap) == "" }
	if to+1 < len(tokens) && capital(tokens[to+1]) && blank(tokens[to+1]) {
		return true
	}
	return from > 0 && capital(tokens[from-1]) && blank(tokens[from])
}

// conflicts counts the marks of tokens that e's phrase contradicts, and clears exact where they are not all the same.
func (e *entry) conflicts(tokens []token.Token, exact *bool) int {
	n := 0
	for i := range tokens {
		want := tokens[i].Fold
		if e.lower != nil {
			want = e.lower[i]
		}
		if tokens[i].Lower == want {
			continue
		}
		*exact = false
		c := token.Conflicts(tokens[i].Lower, want)
		if c > 0 && len(tokens[i].Fold) <= 3 && len(tokens) == 1 {
			return 99
		}
		n += c
	}
	return n
}

// allowed is how many marks may contradict the phrase. What is known by name only is named rightly or not meant: "thuỷ điện" is no "Thụy Điển".
func (e *entry) allowed(letters int) int {
	switch e.class {
	case classPeriod, classNoArea, classNoIndicator:
		return 0
	}
	return edits(letters)
}

// holdsOne reports whether one of the tokens is typed as the phrase has it: "kế hoặch" is kế hoạch, "thu từ" no thứ tự.
func (e *entry) holdsOne(tokens []token.Token) bool {
	for i, t := range tokens {
		if e.lower == nil || e.lower[i] == t.Lower {
			return true
		}
	}
	return false
}

// anotherWord reports whether one of the tokens contradicts the marks of the phrase and is a syllable by itself: lụa is no mistyped lúa.
func (e *entry) anotherWord(tokens []token.Token) bool {
	for i, t := range tokens {
		if e.lower != nil && token.Conflicts(t.Lower, e.lower[i]) > 0 && spell.Wellformed(t.Lower) && !token.Alike(t.Lower, e.lower[i]) {
			return true
		}
	}
	return false
}

// borrowed are the senses whose words people take into another language: "export 2020 đạt bn % plan".
var borrowed = func() (s words.Set) {
	for _, x := range []words.Sense{words.Plan, words.Realised, words.Actual, words.Grow, words.Trend, words.Most, words.Least, words.Total, words.Average, words.Share,
		words.Project, words.Capacity, words.Source, words.Compare, words.Attain, words.Short, words.Rank, words.List, words.Hello, words.Thanks, words.Bye, words.Okay,
		words.Investor, words.Howmuch, words.Samebase, words.Prevbase, words.Yesno, words.Reach} {
		s.Add(x)
	}
	return s
}()

// preferLanguage drops the words of other languages where the question's own has a word for the same tokens, and those that nobody
// borrows: "the" is thế in Vietnamese and an article in English, "than" is coal.
func preferLanguage(ms []match, lang int8) []match {
	kept := ms[:0:len(ms)]
	for _, m := range ms {
		if m.lang >= 0 && m.lang != lang {
			if m.letters < 3 || m.class == classWord && !borrowed.Has(m.sense) {
				continue
			}
			own := false
			for _, o := range ms {
				own = own || o.lang == lang && o.to == m.to && o.conflicts == 0
			}
			if own {
				continue
			}
		}
		kept = append(kept, m)
	}
	return kept
}

// edits is how many letters of a phrase may be mistyped: none under four, one from four on, two from eight on.
func edits(letters int) int {
	switch {
	case letters >= 8:
		return 2
	case letters >= 4:
		return 1
	}
	return 0
}

// languageOf settles the language of a text: the language whose words it has; marks of Vietnamese count most. Names are of no language where there
// are words beside them: "how big is the Xi măng Tân Thắng plant?"
func (l *lexicon) languageOf(tokens []token.Token, fallback string) string {
	if rest := l.unnamed(tokens); len(rest) > 0 {
		tokens = rest
	}
	score := make([]int, len(l.langs))
	for _, t := range tokens {
		for i := range l.langs {
			if l.own[i][t.Fold] {
				score[i]++
			}
			if l.langs[i] == "vi" && token.Marked(t.Lower) {
				score[i] += 2
			}
		}
	}
	best, tie := 0, false
	for i := 1; i < len(score); i++ {
		switch {
		case score[i] > score[best]:
			best, tie = i, false
		case score[i] == score[best]:
			tie = true
		}
	}
	if tie && fallback != "" {
		return fallback
	}
	return l.langs[best]
}

// fills reports whether a word by itself means nothing in a question: "for", "của".
func (l *lexicon) fills(fold string) bool {
	return slices.ContainsFunc(l.exact(fold), func(e entry) bool { return e.class == classWord && e.sense == words.Filler })
}

// fillsAsTyped is that mark for mark.
func (l *lexicon) fillsAsTyped(t token.Token) bool {
	return slices.ContainsFunc(l.exact(t.Fold), func(e entry) bool { return e.class == classWord && e.sense == words.Filler && e.text == t.Lower })
}

// capitals reports whether every token begins with a capital, as the words of a person's name do.
func capitals(tokens []token.Token) bool {
	return !slices.ContainsFunc(tokens, func(t token.Token) bool {
		first, _ := utf8.DecodeRuneInString(t.Text)
		return !unicode.IsUpper(first)
	})
}

// unnamed are the words of a text that no name of two words or more covers.
func (l *lexicon) unnamed(tokens []token.Token) []token.Token {
	rest := make([]token.Token, 0, len(tokens))
	for from := 0; from < len(tokens); {
		to := from
		node := int32(0)
		for at := from; at < len(tokens); at++ {
			id, ok := l.words[tokens[at].Fold]
			if !ok {
				break
			}
			if node, ok = l.next[uint64(node)<<32|uint64(uint32(id))]; !ok {
				break
			}
			if at > from && slices.ContainsFunc(l.entries[node], func(e entry) bool { return e.lang < 0 && (e.class != classTopic || capitals(tokens[from:at+1])) }) {
				to = at + 1
			}
		}
		if to == from {
			if tokens[from].Kind == token.Word {
				rest = append(rest, tokens[from])
			}
			to++
		}
		from = to
	}
	return rest
}

func (l *lexicon) langIndex(code string) int8 {
	for i, c := range l.langs {
		if c == code {
			return int8(i)
		}
	}
	return 0
}
