// Package spell mends words: it finds the known words near a mistyped one, and turns unconverted Telex and VNI typing ("xuaats",
// "xua61t") into Vietnamese letters.
package spell

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Bounds of the dictionary.
const (
	maxEdits   = 2   // edits that the dictionary is made for
	prefix     = 10  // letters of a word from which letters are dropped
	maxLetters = 120 // longer words are neither kept nor looked up
)

// Match is a known word near the one asked for.
type Match struct {
	Word  string
	Edits int
}

// Dictionary finds known words by approximate spelling. Of each word it keeps what remains of its first letters when up to two of
// them are dropped: two words that are near each other have such a remainder in common. It is immutable and safe for use by many
// goroutines.
type Dictionary struct {
	words   []string
	letters []uint8  // by word: how many
	start   []uint32 // by slot: its first place in holders; one more at the end
	holders []uint32 // words by the slots of their remainders
	mask    uint32
	pool    sync.Pool // *scratch
}

// scratch is the working memory of one question.
type scratch struct {
	asked []rune
	slots []uint32
	seen  []uint32
	found []near
}

// near is a word by its place in the dictionary.
type near struct {
	word  uint32
	edits int
}

// New makes a dictionary of folded words or short phrases. Of equal ones the first counts; empty ones, and those of more than 120
// letters, are left out. It takes some 56 numbers of four bytes for each long word, fewer for short ones.
func New(words []string) *Dictionary {
	d := &Dictionary{}
	known := make(map[string]bool, len(words))
	for _, w := range words {
		n := utf8.RuneCountInString(w)
		if n == 0 || n > maxLetters || known[w] {
			continue
		}
		known[w] = true
		d.words = append(d.words, w)
		d.letters = append(d.letters, uint8(n))
	}
	d.index()
	d.pool.New = func() any { return new(scratch) }
	return d
}

// index puts every word into the slots of its remainders: first counts, then fills.
func (d *Dictionary) index() {
	total := 0
	var slots []uint32
	var letters []rune
	each := func(visit func(word uint32, slot uint32)) {
		for w, word := range d.words {
			letters = appendRunes(letters[:0], word)
			slots = remainders(slots[:0], letters, maxEdits, d.mask)
			for _, s := range slots {
				visit(uint32(w), s)
			}
		}
	}
	d.mask = ^uint32(0)
	each(func(_, _ uint32) { total++ })
	d.mask = 1<<bits.Len(uint(total)) - 1
	d.start = make([]uint32, int(d.mask)+2)
	each(func(_, slot uint32) { d.start[slot+1]++ })
	for i := 1; i < len(d.start); i++ {
		d.start[i] += d.start[i-1]
	}
	d.holders = make([]uint32, d.start[len(d.start)-1])
	next := slices.Clone(d.start)
	each(func(word, slot uint32) {
		d.holders[next[slot]] = word
		next[slot]++
	})
}

// Len is the number of words.
func (d *Dictionary) Len() int { return len(d.words) }

// Near returns the known words that at most so many edits (0, 1 or 2; more count as 2) turn into word, the nearest first, of equally near
// ones in the order given to New. A swap of neighbours is one edit. See Distance.
func (d *Dictionary) Near(word string, edits int) []Match {
	edits = min(edits, maxEdits)
	if edits < 0 || len(d.words) == 0 || len(word) > utf8.UTFMax*(maxLetters+maxEdits) {
		return nil
	}
	s := d.pool.Get().(*scratch)
	defer d.pool.Put(s)
	s.asked = appendRunes(s.asked[:0], word)
	d.candidates(s, edits)
	s.found = s.found[:0]
	for _, w := range s.seen {
		var room [short]rune
		if n := distance(s.asked, appendRunes(room[:0], d.words[w]), edits); n <= edits {
			s.found = append(s.found, near{w, n})
		}
	}
	if len(s.found) == 0 {
		return nil
	}
	slices.SortFunc(s.found, func(a, b near) int { return cmp.Or(a.edits-b.edits, cmp.Compare(a.word, b.word)) })
	matches := make([]Match, len(s.found))
	for i, f := range s.found {
		matches[i] = Match{d.words[f.word], f.edits}
	}
	return matches
}

// candidates makes s.seen the words that share a slot with what was asked, each once.
func (d *Dictionary) candidates(s *scratch, edits int) {
	s.slots = remainders(s.slots[:0], s.asked, edits, d.mask)
	s.seen = s.seen[:0]
	for _, slot := range s.slots {
		for _, w := range d.holders[d.start[slot]:d.start[slot+1]] {
			if apart := int(d.letters[w]) - len(s.asked); -edits <= apart && apart <= edits {
				s.seen = append(s.seen, w)
			}
		}
	}
	slices.Sort(s.seen)
	s.seen = slices.Compact(s.seen)
}

// remainders appends the slots of what is left of the first letters of a word when up to edits of them are dropped, each once.
func remainders(slots []uint32, letters []rune, edits int, mask uint32) []uint32 {
	letters = letters[:min(len(letters), prefix)]
	from := len(slots)
	slots = append(slots, slot(letters, -1, -1, mask))
	for i := range letters {
		if edits >= 1 {
			slots = append(slots, slot(letters, i, -1, mask))
		}
		for j := i + 1; edits >= 2 && j < len(letters); j++ {
			slots = append(slots, slot(letters, i, j, mask))
		}
	}
	mine := slots[from:]
	slices.Sort(mine)
	return slots[:from+len(slices.Compact(mine))]
}

// slot is a hash (FNV-1a, mixed) of letters without those at i and j.
func slot(letters []rune, i, j int, mask uint32) uint32 {
	h := uint32(2166136261)
	for k, r := range letters {
		if k != i && k != j {
			h = (h ^ uint32(r)) * 16777619
		}
	}
	h ^= h >> 15
	return h * 2246822519 >> 3 & mask
}

// Allowed is the number of edits that may be mended in a word or phrase: none in three letters or fewer, nor in anything with a
// digit; one from four letters on, two from eight. Blanks do not count.
func Allowed(phrase string) int {
	letters := 0
	for _, r := range phrase {
		switch {
		case unicode.IsDigit(r):
			return 0
		case unicode.IsLetter(r):
			letters++
		}
	}
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}
