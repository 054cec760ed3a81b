package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter is what a composed Vietnamese letter is made of: the plain letter, its modifier (circumflex, breve, horn or
// stroke) and its tone (0 for the level tone).
type letter struct {
	base     rune
	modifier byte
	tone     byte
}

// letters maps every accented Vietnamese letter, lower case, to its parts.
var letters = func() map[rune]letter {
	rows := []struct {
		base     rune
		modifier byte
		forms    string // level, huyền, sắc, hỏi, ngã, nặng
	}{
		{'a', 0, "aàáảãạ"}, {'a', '^', "âầấẩẫậ"}, {'a', '(', "ăằắẳẵặ"},
		{'e', 0, "eèéẻẽẹ"}, {'e', '^', "êềếểễệ"},
		{'i', 0, "iìíỉĩị"},
		{'o', 0, "oòóỏõọ"}, {'o', '^', "ôồốổỗộ"}, {'o', '+', "ơờớởỡợ"},
		{'u', 0, "uùúủũụ"}, {'u', '+', "ưừứửữự"},
		{'y', 0, "yỳýỷỹỵ"},
	}
	m := map[rune]letter{'đ': {'d', '-', 0}}
	for _, row := range rows {
		tone := byte(0)
		for _, r := range row.forms {
			m[r] = letter{row.base, row.modifier, tone}
			tone++
		}
	}
	return m
}()

// compose is letters the other way round.
var compose = func() map[letter]rune {
	m := make(map[letter]rune, len(letters))
	for r, l := range letters {
		m[l] = r
	}
	return m
}()

// Fold returns the folded words of s joined by single blanks: the key under which a phrase is looked up.
// Folding twice is folding once.
func Fold(s string) string {
	var b strings.Builder
	for i, t := range Split(s) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Fold)
	}
	return b.String()
}

// Words returns the folded words of s.
func Words(s string) []string {
	tokens := Split(s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Fold
	}
	return words
}

// lower is lower case with the tone on the letter that the new rules put it on and i written y where both are usual
// ("hoà" → "hòa", "thuỷ" → "thủy", "tỉ" → "tỷ", "quí" → "quý").
func lower(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] >= 'A' && s[i] <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return settleI(s)
	}
	return settleI(settleTone(strings.Map(unmarked, strings.ToLower(s))))
}

// unmarked drops combining marks that compose with nothing: they are no Vietnamese.
func unmarked(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	return r
}

// settleTone moves a tone from the second to the first vowel of a final oa, oe, uy ("hoà" → "hòa"), unless q stands before
// ("quý" keeps it on y).
func settleTone(s string) string {
	r2, size2 := utf8.DecodeLastRuneInString(s)
	second := parts(r2)
	if second.tone == 0 || second.modifier != 0 {
		return s
	}
	r1, size1 := utf8.DecodeLastRuneInString(s[:len(s)-size2])
	first := parts(r1)
	head := s[:len(s)-size2-size1]
	if first.tone != 0 || first.modifier != 0 || strings.HasSuffix(head, "q") {
		return s
	}
	switch [2]rune{first.base, second.base} {
	case [2]rune{'o', 'a'}, [2]rune{'o', 'e'}, [2]rune{'u', 'y'}:
		return head + string(compose[letter{first.base, 0, second.tone}]) + string(second.base)
	}
	return s
}

// settleI writes a final i after one consonant of h k l m s t v, or after qu, as y: "tỉ" → "tỷ", "kì" → "kỳ", "quí" → "quý".
// Both spellings are usual there, and no two words differ by it.
func settleI(s string) string {
	r, size := utf8.DecodeLastRuneInString(s)
	last := parts(r)
	if last.base != 'i' || last.modifier != 0 {
		return s
	}
	head := s[:len(s)-size]
	switch head {
	case "h", "k", "l", "m", "s", "t", "v", "qu":
		return head + string(compose[letter{'y', 0, last.tone}])
	}
	return s
}

func parts(r rune) letter {
	if r < 0x80 {
		return letter{base: r}
	}
	if r < tableEnd {
		if l := table[r]; l.base != 0 {
			return l
		}
	}
	return letter{base: r}
}

// table is letters by code point: they are looked at more often than anything else.
var table = func() (t [tableEnd]letter) {
	for r, l := range letters {
		t[r] = l
	}
	return t
}()

// tableEnd is behind the last letter of Vietnamese, ỹ.
const tableEnd = 0x1efa

// foldLower strips the diacritics of a word that lower has made.
func foldLower(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var room [48]byte
	b, ascii := room[:0], true
	for _, r := range s {
		base := parts(r).base
		ascii = ascii && base < utf8.RuneSelf
		b = utf8.AppendRune(b, base)
	}
	if ascii {
		return string(b)
	}
	return norm.NFC.String(string(b)) // letters that a mark stood between may compose now
}

// Conflicts counts the marks that typed carries and word does not: a tone or a modifier that differs. A mark left
// out is no conflict ("xuat", "xuât" for "xuất"), since people type with half or none of them. Both are Lower forms with the
// same Fold; where the folds differ the count is -1.
func Conflicts(typed, word string) int {
	if typed == word {
		return 0
	}
	a, b := []rune(typed), []rune(word)
	if len(a) != len(b) {
		return -1
	}
	n := 0
	var tone, want byte
	for i := range a {
		x, y := parts(a[i]), parts(b[i])
		if x.base != y.base {
			return -1
		}
		if x.modifier != 0 && x.modifier != y.modifier {
			n++
		}
		if x.tone != 0 {
			tone = x.tone
		}
		if y.tone != 0 {
			want = y.tone
		}
	}
	if tone != 0 && tone != want {
		n++
	}
	return n
}

// Alike reports whether two Lower forms are the same but for the tones hỏi and ngã, which are spoken alike in half of the country.
func Alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if spokenAlike(x[i]) != spokenAlike(y[i]) {
			return false
		}
	}
	return true
}

// spokenAlike writes ngã as hỏi.
func spokenAlike(r rune) letter {
	const hoi, nga = 3, 4 // places in the rows of letters
	l := parts(r)
	if l.tone == nga {
		l.tone = hoi
	}
	return l
}

// Marked reports whether a Lower form carries any Vietnamese mark.
func Marked(lower string) bool {
	for _, r := range lower {
		if l := parts(r); l.modifier != 0 || l.tone != 0 {
			return true
		}
	}
	return false
}
