package spell

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Wellformed reports whether word, lower case and with its marks, is written as a Vietnamese syllable may be: then it is rather another
// word than a mistyped one. Unmarked words that have such a shape ("hang", "than") are well-formed, too.
func Wellformed(word string) bool { return wellformed(word, true) }

// Literal is Wellformed of a word in a text that is typed with its marks: none was left out ("khuu" is no syllable then, though "khưu" is one).
func Literal(word string) bool { return wellformed(word, false) }

func wellformed(word string, leftOut bool) bool {
	var bare strings.Builder
	tone := rune(level)
	for _, r := range norm.NFD.String(word) {
		switch r {
		case sac, huyen, hoi, nga, nang:
			if tone != level {
				return false
			}
			tone = r
		case 'đ':
			bare.WriteByte('d')
		default:
			bare.WriteRune(r)
		}
	}
	marked := norm.NFC.String(bare.String())
	if leftOut && marked == word && plainLetters.Replace(word) == word { // nothing is marked: any marks may have been left out
		_, _, ok := syllable(word, 0, circumflex, horn, breve)
		return ok
	}
	onset, rhyme, ok := syllable(plainLetters.Replace(marked), marksOf(marked))
	if !ok || onset+rhyme != marked {
		return false
	}
	return !stopped(rhyme) || tone == sac || tone == nang || tone == level
}
