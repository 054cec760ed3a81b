package qa

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"factbot/internal/facts"
	"factbot/internal/spell"
	"factbot/internal/token"
	"factbot/internal/words"
)

// class is what a phrase of the lexicon stands for.
type class uint8

const (
	classWord        class = iota // a word of a language, with a sense
	classPeriod                   // a word that periods are made of
	classIndicator                // an indicator of the facts
	classArea                     // an area of the facts
	classProject                  // one or more projects of the facts: a name, an investor, a product, a sector
	classAssigner                 // who assigns plans
	classPublisher                // who publishes a document
	classNoIndicator              // an indicator known by name only
	classNoArea                   // an area known by name only
	classTopic                    // what statements speak of
)

// target is something that phrases name.
type target struct {
	class class
	id    string   // of the facts; of a set of projects, the field and the word
	ids   []string // with classProject: the projects meant
	field Field    // with classProject: what the phrase is of the project
	name  facts.Text
	known []phrase // every name and alias
}

// phrase is a name cut into words.
type phrase struct {
	fold  []string
	lower []string
	text  string
	lent  bool // of a common indicator that the target is, not one of the facts' own names
}

// entry is one meaning of one phrase.
type entry struct {
	class  class
	lang   int8 // index of the language, −1 for names
	sense  words.Sense
	part   periodWord
	target int32
	lower  []string // nil where the phrase has no marks
	text   string
}

// lexicon finds phrases in tokens: a trie over folded words, so that a text is read once whatever the number of names.
type lexicon struct {
	words    map[string]int32
	next     map[uint64]int32
	entries  [][]entry // by node
	targets  []target
	index    map[string]int32 // class and id → target
	hidden   map[string]bool  // folded pairs of words of names that typed bare look like words of conversation: "sau rieng"
	langs    []string
	numbers  []map[string]int // by language: number words, folded
	scales   []map[string]int
	months   map[string]int
	counting map[string][]string // folded number words and what they are with their marks
	own      []map[string]bool   // by language: the folded words that it has
	short    map[string]abbreviation
}

// abbreviation is a short form as it is written, and what it stands for.
type abbreviation struct {
	lower string
	long  []token.Token
}

func newLexicon(w *words.Words) *lexicon {
	l := &lexicon{words: make(map[string]int32, 4096), next: make(map[uint64]int32, 1<<14), entries: make([][]entry, 1, 1<<14), index: map[string]int32{}, hidden: map[string]bool{}, months: map[string]int{}, counting: map[string][]string{}, short: map[string]abbreviation{}}
	for i, lang := range w.Languages {
		l.langs = append(l.langs, lang.Code)
		l.own = append(l.own, map[string]bool{})
		for name, phrases := range lang.Senses {
			for _, text := range phrases {
				l.add(text, entry{class: classWord, lang: int8(i), sense: words.Of(name)})
			}
		}
		for name, phrases := range lang.Periods {
			for _, text := range phrases {
				l.add(text, entry{class: classPeriod, lang: int8(i), part: periodWords[name]})
			}
		}
		for _, table := range []map[string]int{lang.Numbers, lang.Magnitudes} {
			for word := range table {
				for _, t := range token.Split(word) {
					l.counting[t.Fold] = append(l.counting[t.Fold], t.Lower)
				}
			}
		}
		l.numbers = append(l.numbers, folded(lang.Numbers))
		l.scales = append(l.scales, folded(lang.Magnitudes))
		for _, word := range w.Units.Scales(lang.Code) {
			for _, part := range token.Words(word) {
				l.own[i][part] = true
			}
		}
		for word, n := range lang.Months {
			l.months[token.Fold(word)] = n
			l.own[i][token.Fold(word)] = true
		}
		for short, long := range lang.Abbreviations {
			if had := l.short[token.Fold(short)]; !token.Marked(had.lower) { // "vđt" stands for "vdt" too
				l.short[token.Fold(short)] = abbreviation{token.Split(short)[0].Lower, token.Split(long)}
			}
		}
	}
	return l
}

// counts reports whether the marks of a token contradict none of the number words that have its letters.
func (l *lexicon) counts(t token.Token) bool {
	return slices.ContainsFunc(l.counting[t.Fold], func(word string) bool { return token.Conflicts(t.Lower, word) == 0 })
}

// hide files the pairs of words of a name of which each, typed without its marks, is a word of conversation, and one with them is none.
func (l *lexicon) hide(name string) {
	tokens := token.Split(name)
	for i := 1; i < len(tokens); i++ {
		a, b := tokens[i-1], tokens[i]
		if l.fills(a.Fold) && l.fills(b.Fold) && !(l.fillsAsTyped(a) && l.fillsAsTyped(b)) {
			l.hidden[a.Fold+" "+b.Fold] = true
		}
	}
}

// countsAsTyped reports whether a token is a number word mark for mark.
func (l *lexicon) countsAsTyped(t token.Token) bool {
	return slices.Contains(l.counting[t.Fold], t.Lower)
}

func folded(m map[string]int) map[string]int {
	out := make(map[string]int, len(m))
	for word, n := range m {
		out[token.Fold(word)] = n
	}
	return out
}

// add files an entry under a phrase.
func (l *lexicon) add(text string, e entry) { l.addTokens(text, token.Split(text), e) }

func (l *lexicon) addTokens(text string, tokens []token.Token, e entry) {
	if len(tokens) == 0 {
		return
	}
	node := int32(0)
	marked := false
	for _, t := range tokens {
		marked = marked || token.Marked(t.Lower)
		node = l.step(node, t.Fold)
		if e.lang >= 0 && e.class != classPeriod || e.class == classPeriod {
			l.own[e.lang][t.Fold] = true
		}
	}
	if marked {
		e.lower = make([]string, len(tokens))
		for i, t := range tokens {
			e.lower[i] = t.Lower
		}
	}
	e.text = text
	for _, had := range l.entries[node] {
		if had.class == e.class && had.sense == e.sense && had.part == e.part && had.lang == e.lang && had.target == e.target && slices.Equal(had.lower, e.lower) {
			return
		}
	}
	l.entries[node] = append(l.entries[node], e)
}

func (l *lexicon) step(node int32, word string) int32 {
	id, ok := l.words[word]
	if !ok {
		id = int32(len(l.words))
		l.words[word] = id
	}
	key := uint64(node)<<32 | uint64(uint32(id))
	to, ok := l.next[key]
	if !ok {
		to = int32(len(l.entries))
		l.next[key] = to
		l.entries = append(l.entries, nil)
	}
	return to
}

// name files a target under a phrase; the target is made at its first name.
func (l *lexicon) name(c class, id string, name facts.Text, text string) {
	key := string(rune('a'+c)) + id
	at, ok := l.index[key]
	if !ok {
		at = int32(len(l.targets))
		l.index[key] = at
		l.targets = append(l.targets, target{class: c, id: id, name: name})
	}
	tokens := token.Split(text)
	if len(tokens) == 0 {
		return
	}
	p := phrase{text: text}
	for _, t := range tokens {
		p.fold = append(p.fold, t.Fold)
		p.lower = append(p.lower, t.Lower)
	}
	l.targets[at].known = append(l.targets[at].known, p)
	l.addTokens(text, tokens, entry{class: c, lang: -1, target: at})
}

// lend files a target under a name of the common indicator that it is.
func (l *lexicon) lend(c class, id string, name facts.Text, text string) {
	l.name(c, id, name, text)
	if t := l.lookup(c, id); len(t.known) > 0 && t.known[len(t.known)-1].text == text {
		t.known[len(t.known)-1].lent = true
	}
}

// tail files the end of a target's name as something that may be said of it, though it is no name by itself: "khu vực FDI" of "Kim ngạch xuất
// khẩu - khu vực FDI".
func (l *lexicon) tail(at int32, text string) {
	p := phrase{text: text}
	for _, t := range token.Split(text) {
		p.fold, p.lower = append(p.fold, t.Fold), append(p.lower, t.Lower)
	}
	if len(p.fold) > 0 {
		l.targets[at].known = append(l.targets[at].known, p)
	}
}

// speaks notes that the words of a name belong to a language.
func (l *lexicon) speaks(lang, text string) {
	for i, code := range l.langs {
		if code == lang {
			for _, w := range token.Words(text) {
				l.own[i][w] = true
			}
		}
	}
}

// exact is what a phrase stands for as a whole.
func (l *lexicon) exact(text string) []entry {
	node := int32(0)
	for _, w := range token.Words(text) {
		id, ok := l.words[w]
		if !ok {
			return nil
		}
		if node, ok = l.next[uint64(node)<<32|uint64(uint32(id))]; !ok {
			return nil
		}
	}
	return l.entries[node]
}

// lookup is the target of a class and an id, or nil.
func (l *lexicon) lookup(c class, id string) *target {
	if at, ok := l.index[string(rune('a'+c))+id]; ok {
		return &l.targets[at]
	}
	return nil
}

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

// anotherWord reports whether one of the tokens contradicts the marks of the phrase and is a syllable by itself: lụa is no mistyped lúa. The tones hỏi
// and ngã are spoken alike in half of the country.
func (e *entry) anotherWord(tokens []token.Token) bool {
	for i, t := range tokens {
		if e.lower == nil || token.Conflicts(t.Lower, e.lower[i]) <= 0 || !spell.Wellformed(t.Lower) {
			continue
		}
		if sameTone.Replace(norm.NFD.String(t.Lower)) != sameTone.Replace(norm.NFD.String(e.lower[i])) {
			return true
		}
	}
	return false
}

// sameTone writes ngã as hỏi.
var sameTone = strings.NewReplacer("\u0303", "\u0309")

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
