package qa

import (
	"maps"
	"slices"

	"factbot/internal/facts"
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

// clone is a lexicon to add to, while the one it is made of stays as it is.
func (l *lexicon) clone() *lexicon {
	c := *l
	c.words, c.next, c.index, c.hidden = maps.Clone(l.words), maps.Clone(l.next), maps.Clone(l.index), maps.Clone(l.hidden)
	c.entries, c.targets = slices.Clone(l.entries), slices.Clone(l.targets)
	for i := range c.entries {
		c.entries[i] = slices.Clip(c.entries[i])
	}
	for i := range c.targets {
		c.targets[i].ids, c.targets[i].known = slices.Clip(c.targets[i].ids), slices.Clip(c.targets[i].known)
	}
	c.own = make([]map[string]bool, len(l.own))
	for i := range l.own {
		c.own[i] = maps.Clone(l.own[i])
	}
	return &c
}

// counts reports whether the marks of a token contradict none of the number words that have its letters.
func (l *lexicon) counts(t token.Token) bool {
	return slices.ContainsFunc(l.counting[t.Fold], func(word string) bool { return token.Conflicts(t.Lower, word) == 0 })
}

// hide files the pairs of words of a name of which each, typed without its marks, is a word of conversation, and one with them is none.
func (l *lexicon) hide(tokens []token.Token) {
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

// name files a target under a phrase, which it gives cut into words; the target is made at its first name.
func (l *lexicon) name(c class, id string, name facts.Text, text string) []token.Token {
	key := string(rune('a'+c)) + id
	at, ok := l.index[key]
	if !ok {
		at = int32(len(l.targets))
		l.index[key] = at
		l.targets = append(l.targets, target{class: c, id: id, name: name})
	}
	tokens := token.Split(text)
	if len(tokens) == 0 {
		return nil
	}
	l.targets[at].known = append(l.targets[at].known, phraseOf(text, tokens))
	l.addTokens(text, tokens, entry{class: c, lang: -1, target: at})
	return tokens
}

func phraseOf(text string, tokens []token.Token) phrase {
	both := make([]string, 2*len(tokens))
	p := phrase{text: text, fold: both[:len(tokens):len(tokens)], lower: both[len(tokens):]}
	for i, t := range tokens {
		p.fold[i], p.lower[i] = t.Fold, t.Lower
	}
	return p
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
	if p := phraseOf(text, token.Split(text)); len(p.fold) > 0 {
		l.targets[at].known = append(l.targets[at].known, p)
	}
}

// speaks notes that the words of a name belong to a language.
func (l *lexicon) speaks(lang string, tokens []token.Token) {
	for i, code := range l.langs {
		if code == lang {
			for _, t := range tokens {
				l.own[i][t.Fold] = true
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
