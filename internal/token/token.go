// Package token cuts a text into words that remember their place in it, each with the forms it is compared by:
// lower case with tone placement and i/y settled, and folded to plain letters.
//
//	"Thuỷ sản 1.120,5 tỉ?"  →  thuỷ→thủy/thuy  sản/san  1.120,5  tỉ→tỷ/ti
//
// Punctuation is no token: it stands in the Gap of the token after it.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind tells words, numbers and signs apart.
type Kind uint8

// The kinds of tokens. A number begins with a digit ("1.120,5", "2020"); a word with a letter, and keeps the digits in it
// ("q1", "t7", "xua61t"); a sign is one of % $ + > < = ≥ ≤.
const (
	Word Kind = iota
	Number
	Sign
)

// Token is one word, number or sign of a text.
type Token struct {
	Text  string // as typed, composed (NFC)
	Lower string // lower case, tone placement and i/y settled: what diacritics are compared by
	Fold  string // Lower without diacritics: what is looked up
	Gap   string // what stands between the token before and this one: white space and punctuation
	Start int    // place in the normalised text, in bytes
	End   int
	Kind  Kind
	Upper bool // a word of two letters or more, all of them capitals
}

// Glued reports whether nothing at all stands between t and the token before it ("6T" is "6" and a glued "T").
func (t Token) Glued() bool { return t.Gap == "" }

var replacer = strings.NewReplacer(
	"\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u3000", " ",
	"“", `"`, "”", `"`, "‘", "'", "’", "'",
	"–", "-", "—", "-", "‐", "-", "‑", "-", "−", "-",
	"Ð", "Đ", "ð", "đ", "％", "%", "²", "2", "³", "3",
)

// settled reports whether Normalize has nothing to do, for the ordinary text: ASCII and the composed letters of Vietnamese.
func settled(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= tableEnd || !composed[r] {
			return false
		}
		i += size
	}
	return true
}

// composed are the letters of Vietnamese beyond ASCII, small and capital.
var composed = func() (t [tableEnd]bool) {
	for r := range letters {
		if r >= utf8.RuneSelf {
			t[r], t[unicode.ToUpper(r)] = true, true
		}
	}
	return t
}()

// Normalize composes s (NFC), drops invisible characters and settles look-alike blanks, quotes, dashes and Đ.
func Normalize(s string) string {
	if settled(s) {
		return s
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, " ")
	}
	if strings.IndexFunc(s, Invisible) >= 0 {
		s = strings.Map(func(r rune) rune {
			if Invisible(r) {
				return -1
			}
			return r
		}, s)
	}
	return replacer.Replace(norm.NFC.String(s))
}

// Split cuts s, which it normalises first, into tokens.
func Split(s string) []Token {
	s = Normalize(s)
	tokens := make([]Token, 0, len(s)/4+1)
	last := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		var end int
		kind := Word
		switch {
		case isDigit(r):
			end, kind = numberEnd(s, i), Number
		case isLetter(r):
			end = wordEnd(s, i)
		case strings.ContainsRune("%$+><=≥≤‰€", r):
			end, kind = i+size, Sign
		default:
			i += size
			continue
		}
		t := Token{Text: s[i:end], Gap: s[last:i], Start: i, End: end, Kind: kind}
		t.Lower = lower(t.Text)
		t.Fold = t.Lower
		if kind == Word {
			t.Fold = foldLower(t.Lower)
			t.Upper = allUpper(t.Text)
		}
		tokens = append(tokens, t)
		i, last = end, end
	}
	return tokens
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return unicode.IsLetter(r) }

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isLetter(r) && !isDigit(r) && !unicode.Is(unicode.Mn, r) {
			break
		}
		i += size
	}
	return i
}

// numberEnd takes digits and the marks between digits: "1.120,5", "2.000".
func numberEnd(s string, i int) int {
	for i < len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			i++
		case (s[i] == '.' || s[i] == ',') && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			i++
		default:
			return i
		}
	}
	return i
}

func allUpper(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}
