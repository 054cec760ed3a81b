package qa

import (
	"slices"
	"strings"

	"factbot/internal/spell"
	"factbot/internal/token"
)

// mender explains tokens that nothing explained: abbreviations within names, repeated letters, unconverted Telex and VNI, parts of
// names, typos. Each step is kept only where it leaves fewer tokens unexplained.
type mender struct {
	engine  *Engine
	segment func([]token.Token) []span
	asked   []string // the words that names were last found for
	found   []string // their ids
}

// find asks the finder for the names that folded words may mean. One stretch of a question is often asked for several times in a row.
func (m *mender) find(words []string) []string {
	if !slices.Equal(words, m.asked) || m.found == nil {
		m.asked, m.found = words, m.engine.finder.Find(words, candidatesWanted)
	}
	return m.found
}

func (m *mender) mend(tokens []token.Token, spans []span) ([]token.Token, []span) {
	for _, step := range []func([]token.Token, []span) ([]token.Token, []span){m.word, m.abbreviations, m.keystrokes, m.plurals, m.partial, m.translate, m.typos, m.partial} {
		if unknown(spans) == 0 {
			break
		}
		tokens, spans = step(tokens, spans)
	}
	return tokens, spans
}

// retry segments changed tokens and keeps them where fewer stay unknown. What was found as partial names before is found again.
func (m *mender) retry(changed, tokens []token.Token, spans []span) ([]token.Token, []span, bool) {
	again := m.segment(changed)
	if unknown(again) < unknown(spans) {
		return changed, again, true
	}
	if unknown(again) > 0 {
		if c, p := m.partial(changed, again); unknown(p) < unknown(spans) {
			return c, p, true
		}
	}
	return tokens, spans, false
}

// abbreviations writes out the short forms next to or among the unknown tokens: "XK khu vực FDI".
func (m *mender) abbreviations(tokens []token.Token, spans []span) ([]token.Token, []span) {
	if changed, ok := m.writtenOut(tokens); ok {
		tokens, spans, _ = m.retry(changed, tokens, spans)
	}
	return tokens, spans
}

// writtenOut is the text with its short forms written out; ok is false where it has none.
func (m *mender) writtenOut(tokens []token.Token) (changed []token.Token, found bool) {
	for _, t := range tokens {
		long, ok := m.engine.lex.short[t.Fold]
		if !ok || t.Kind != token.Word || token.Conflicts(t.Lower, long.lower) > 0 || token.Marked(t.Lower) != token.Marked(long.lower) && token.Marked(t.Lower) {
			changed = append(changed, t)
			continue
		}
		found = true
		for i, l := range long.long {
			l.Start, l.End, l.Gap = t.Start, t.End, " "
			if i == 0 {
				l.Gap = t.Gap
			}
			changed = append(changed, l)
		}
	}
	return changed, found
}

// keystrokes mends single unknown tokens: letters held down ("nhiềuuu") and Telex or VNI that was never converted ("xuaats").
func (m *mender) keystrokes(tokens []token.Token, spans []span) ([]token.Token, []span) {
	changed := slices.Clone(tokens)
	found := false
	for i, t := range tokens {
		if t.Kind != token.Word {
			continue
		}
		if _, ok := m.engine.lex.words[t.Fold]; ok && !isUnknown(spans, i) {
			continue
		}
		text := squeeze(t.Text)
		if decoded, ok := spell.Decode(strings.ToLower(text)); ok {
			text = decoded
		}
		for _, text := range append([]string{text}, chatLetters(text)...) {
			now := token.Split(text)
			if text == t.Text || len(now) != 1 {
				continue
			}
			if _, ok := m.engine.lex.words[now[0].Fold]; !ok {
				continue
			}
			now[0].Start, now[0].End, now[0].Gap = t.Start, t.End, t.Gap
			changed[i], found = now[0], true
			break
		}
	}
	if !found {
		return tokens, spans
	}
	tokens, spans, _ = m.retry(changed, tokens, spans)
	return tokens, spans
}

// chatLetters are the spellings that a word typed with the letters of chats may stand for: "fai" is phải, "zậy" dậy.
func chatLetters(word string) []string {
	for _, c := range []struct{ typed, meant string }{{"f", "ph"}, {"dz", "d"}, {"z", "d"}, {"j", "gi"}, {"w", "qu"}} {
		if rest, ok := strings.CutPrefix(strings.ToLower(word), c.typed); ok && len(rest) > 1 {
			return []string{c.meant + rest}
		}
	}
	return nil
}

// plurals writes unknown English words as the lexicon has them: "export" for "exports", "countries" for "country".
func (m *mender) plurals(tokens []token.Token, spans []span) ([]token.Token, []span) {
	changed := slices.Clone(tokens)
	found := false
	for i, t := range tokens {
		if t.Kind != token.Word || len(t.Fold) < 4 || token.Marked(t.Lower) || !isUnknown(spans, i) {
			continue
		}
		for _, form := range inflections(t.Fold) {
			if _, ok := m.engine.lex.words[form]; ok {
				changed[i].Fold, changed[i].Lower = form, form
				found = true
				break
			}
		}
	}
	if !found {
		return tokens, spans
	}
	tokens, spans, _ = m.retry(changed, tokens, spans)
	return tokens, spans
}

// inflections are the other number of an English noun, and the stem of a regular past.
func inflections(word string) []string {
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		return []string{stem + "y"}
	}
	if stem, ok := strings.CutSuffix(word, "s"); ok && !strings.HasSuffix(word, "ss") {
		return []string{stem}
	}
	if stem, ok := strings.CutSuffix(word, "ed"); ok {
		return []string{stem, stem + "e", stem + "s"}
	}
	if stem, ok := strings.CutSuffix(word, "y"); ok {
		return []string{stem + "ies", word + "s"}
	}
	forms := []string{word + "s", word + "es"}
	if stem, ok := strings.CutSuffix(word, "e"); ok {
		forms = append(forms, stem+"ing")
	}
	return append(forms, word+"ing")
}

func isUnknown(spans []span, i int) bool {
	for _, s := range spans {
		if s.from <= i && i < s.to {
			return s.kind == kindUnknown
		}
	}
	return false
}

// squeeze leaves one of three or more equal letters in a row.
func squeeze(s string) string {
	runes := []rune(s)
	out := runes[:0:0]
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		if j-i >= 3 {
			out = append(out, runes[i])
		} else {
			out = append(out, runes[i:j]...)
		}
		i = j
	}
	return string(out)
}

// typoWindow is how many tokens are joined to look for a mistyped phrase.
const typoWindow = 7

// maxTrials bounds the work for one question.
const maxTrials = 24

// typos replaces stretches around an unknown token by the phrase that is near enough: one edit from four letters on, two from eight on,
// counted over the phrase with its syllables joined (so that joined and split syllables are mended too), a transposition as
// one.
func (m *mender) typos(tokens []token.Token, spans []span) ([]token.Token, []span) {
	for trials := 0; trials < maxTrials; {
		at := slices.IndexFunc(spans, func(s span) bool { return s.kind == kindUnknown && !s.partial && !s.ordinary })
		if at < 0 {
			break
		}
		mended := false
		for ; at < len(spans); at++ {
			if spans[at].kind != kindUnknown || spans[at].ordinary || spans[at].elsewhere {
				continue
			}
			u := spans[at].from
			cands := m.candidates(tokens, u)
			for _, c := range cands {
				if trials++; trials > maxTrials {
					break
				}
				if t, s, ok := m.retry(replaced(tokens, c.from, c.to, c.tokens), tokens, spans); ok {
					c.mark(s, tokens)
					tokens, spans, mended = t, s, true
					break
				}
			}
			if mended {
				break
			}
		}
		if !mended {
			break
		}
	}
	return tokens, spans
}

// mending is a phrase that a stretch of tokens may be a mistyping of.
type mending struct {
	from, to int
	edits    int
	letters  int
	mendable
}

// mark notes on the span that holds the replacement what was typed, unless its syllables were only joined or split otherwise.
func (c mending) mark(spans []span, old []token.Token) {
	if c.edits == 0 {
		return
	}
	typed := make([]string, 0, c.to-c.from)
	for _, t := range old[c.from:c.to] {
		typed = append(typed, t.Text)
	}
	for i := range spans {
		if spans[i].from < c.from+len(c.tokens) && c.from < spans[i].to && spans[i].mended == "" {
			spans[i].mended = strings.Join(typed, " ")
		}
	}
}

// candidates are the phrases near the stretches that hold token u, best first: fewest edits, then longest.
func (m *mender) candidates(tokens []token.Token, u int) []mending {
	d := m.engine.dictionary()
	var out []mending
	for from := max(0, u-typoWindow+1); from <= u; from++ {
		var joined strings.Builder
		for to := from + 1; to <= len(tokens) && to-from <= typoWindow; to++ {
			t := tokens[to-1]
			if t.Kind == token.Sign || t.Kind == token.Number && to-1 != u || to-1 > from && strings.ContainsAny(t.Gap, ",;?!()\n") {
				break
			}
			joined.WriteString(t.Fold)
			if to <= u || joined.Len() > 40 {
				continue
			}
			word := joined.String()
			for _, near := range d.Near(word, edits(len(word))) {
				for _, filed := range m.engine.phrases[near.Word] {
					p := m.engine.mendable(filed)
					if near.Edits == 0 && to-from == 1 && len(p.tokens) == 1 {
						continue
					}
					c := mending{from: from, to: to, edits: near.Edits, letters: len(word), mendable: p}
					if c.plausible(tokens) {
						out = append(out, c)
					}
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b mending) int {
		if a.edits != b.edits {
			return a.edits - b.edits
		}
		return b.letters - a.letters
	})
	return out
}

// plausible reports whether a phrase may be what was meant. An edit is never the only evidence for a syllable of three letters or
// fewer, and a well-formed syllable that differs is another word ("đón" is no "có") unless it differs as dialects do (s/x, ch/tr,
// l/n, d/gi/r/v). Where the syllables are joined or split otherwise than in the phrase, at most one edit is allowed.
func (c mending) plausible(tokens []token.Token) bool {
	typed := tokens[c.from:c.to]
	if len(typed) != len(c.tokens) {
		return c.letters >= 5 && c.edits == 0 || c.letters >= 8 && c.edits == 1 && c.name
	}
	conflicts, same := 0, true
	for i, t := range typed {
		want := c.tokens[i]
		if c.distant && token.Marked(t.Lower) && spell.Wellformed(t.Lower) && t.Fold != want.Fold {
			return false // "quản trị" is no "Quảng Trị"
		}
		same = same && t.Fold == want.Fold
		if t.Fold == want.Fold {
			conflicts += max(0, token.Conflicts(t.Lower, want.Lower))
			continue
		}
		shorter := min(len(t.Fold), len(want.Fold))
		switch {
		case len(typed) == 1 && !c.name && t.Fold[0] != want.Fold[0] && !dialect(t.Fold, want.Fold):
			return false // "power" is no "lower"
		case len(typed) == 1 && !c.name && shorter >= 3 && len(want.Fold) >= 4 && sameEnding(t.Fold, want.Fold) && sameVowels(t, want) && t.Text == strings.ToLower(t.Text):
		case len(typed) == 1 && (shorter < 4 || spell.Wellformed(t.Lower) || !c.name && c.edits > 1):
			return false
		case dialect(t.Fold, want.Fold) && strings.HasPrefix(t.Lower, "đ") == strings.HasPrefix(want.Lower, "đ"):
		case len(typed) > 1 && c.name && shorter >= 4 && transposed(t.Fold, want.Fold) && !token.Marked(t.Lower): // "xuat khua"
		case spell.Wellformed(t.Lower) && !(shorter >= 5 && c.letters >= 9 && spell.Distance(t.Fold, want.Fold, 1) <= 1):
			return false
		case shorter <= 3 && c.name && !transposed(t.Fold, want.Fold):
			return false
		case shorter < 2:
			return false
		}
	}
	return !same && c.edits+conflicts <= edits(c.letters) // where only marks differ, the phrase was found and refused before
}

// dialects are onsets and endings that are spoken alike in some regions.
var dialects = [][]string{{"s", "x"}, {"ch", "tr"}, {"l", "n"}, {"d", "gi", "r", "v"}}

// dialect reports whether two syllables differ as the speech of regions does.
func dialect(a, b string) bool {
	for _, group := range dialects {
		for _, x := range group {
			rest, ok := strings.CutPrefix(a, x)
			if !ok {
				continue
			}
			for _, y := range group {
				if other, ok := strings.CutPrefix(b, y); ok && rest == other && x != y && rest != "" {
					return true
				}
			}
		}
	}
	return sameEnding(a, b)
}

// sameEnding reports whether two syllables differ only in endings that are spoken alike in some regions.
func sameEnding(a, b string) bool {
	ends := [][2]string{{"n", "ng"}, {"c", "t"}, {"t", "ch"}, {"n", "nh"}, {"y", "i"}, {"n", "m"}}
	for _, e := range ends {
		for _, p := range [][2]string{{e[0], e[1]}, {e[1], e[0]}} {
			if x, ok := strings.CutSuffix(a, p[0]); ok && len(x) > 1 {
				if y, ok := strings.CutSuffix(b, p[1]); ok && x == y {
					return true
				}
			}
		}
	}
	return false
}

// sameVowels reports whether the marks typed before the ending do not contradict those meant: "ngàn" may be "ngành", "ngân" is not.
func sameVowels(typed, want token.Token) bool {
	a, b := []rune(typed.Lower), []rune(want.Lower)
	n := 0
	for n < min(len(typed.Fold), len(want.Fold), len(a), len(b)) && typed.Fold[n] == want.Fold[n] {
		n++
	}
	return token.Conflicts(string(a[:n]), string(b[:n])) <= 0
}

func transposed(a, b string) bool {
	return len(a) == len(b) && spell.Distance(a, b, 1) == 1 && sameLetters(a, b)
}

func sameLetters(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}
