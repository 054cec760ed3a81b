package spell

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Wellformed reports whether word, lower case and with its marks, is written as a Vietnamese syllable may be: then it is rather another
// word than a mistyped one. Unmarked words that have such a shape ("hang", "than") are well-formed, too.
func Wellformed(word string) bool { return wellformed(word, true) }

// Literal is Wellformed of a word in a text that is typed with its marks: none was left out ("khuu" is no syllable then, though "khưu" is one).
func Literal(word string) bool { return wellformed(word, false) }

// letter is a Vietnamese letter taken apart.
type letter struct {
	bare  rune // without its tone, đ as d: what rhymes are written with
	plain byte // without its mark, too
	mark  mark
	tone  rune
}

// letters are those with a tone, a mark or a stroke.
var letters = letterTable()

func letterTable() map[rune]letter {
	table := map[rune]letter{'đ': {bare: 'd', plain: 'd'}}
	for _, bare := range "aăâeêioôơuưy" {
		l := letter{bare: bare, plain: plainLetters.Replace(string(bare))[0], mark: marksOf(string(bare))}
		for _, l.tone = range []rune{level, sac, huyen, hoi, nga, nang} {
			composed := string(bare)
			if l.tone != level {
				composed = norm.NFC.String(composed + string(l.tone))
			}
			for _, r := range composed {
				table[r] = l
			}
		}
	}
	return table
}

// longestSyllable is more letters than a syllable has.
const longestSyllable = 12

func wellformed(word string, leftOut bool) bool {
	if len(word) > longestSyllable*utf8.UTFMax {
		return false
	}
	var roomBare, roomPlain [longestSyllable * utf8.UTFMax]byte
	bare, plain := roomBare[:0], roomPlain[:0]
	tone, marks, asTyped := rune(level), mark(0), true
	for _, r := range word {
		l, known := letters[r]
		if !known && r >= utf8.RuneSelf {
			if !norm.NFC.IsNormalString(word) {
				return wellformed(norm.NFC.String(word), leftOut)
			}
			return false // no letter of a syllable
		}
		if !known {
			l = letter{bare: r, plain: byte(r)}
		}
		if l.tone != level && tone != level {
			return false
		}
		tone, marks, asTyped = max(tone, l.tone), marks|l.mark, asTyped && l.bare == r && l.mark == 0
		bare, plain = utf8.AppendRune(bare, l.bare), append(plain, l.plain)
	}
	if leftOut && asTyped { // nothing is marked: any marks may have been left out
		_, _, ok := syllable(string(plain), 0, circumflex, horn, breve)
		return ok
	}
	onset, rhyme, ok := syllable(string(plain), marks)
	if !ok || len(onset)+len(rhyme) != len(bare) || onset != string(bare[:len(onset)]) || rhyme != string(bare[len(onset):]) {
		return false
	}
	return !stopped(rhyme) || tone == sac || tone == nang || tone == level
}
