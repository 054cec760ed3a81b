package token

import (
	"strings"
	"testing"
	"unicode"
)

// TestInvisible: what shows nothing is known as such, and what does show is left alone.
func TestInvisible(t *testing.T) {
	for name, r := range map[string]rune{
		"soft hyphen": 0xad, "grapheme joiner": 0x34f, "Arabic letter mark": 0x61c, "Hangul filler": 0x3164, "vowel separator": 0x180e,
		"zero width space": 0x200b, "joiner": 0x200d, "left to right": 0x200e, "right to left": 0x200f, "override": 0x202e, "isolate": 0x2066,
		"word joiner": 0x2060, "invisible plus": 0x2064, "variation selector": 0xfe0f, "byte order mark": 0xfeff, "annotation": 0xfff9,
		"tag": 0xe0041, "further selector": 0xe0100,
	} {
		if !Invisible(r) {
			t.Errorf("%s, %U, passes as visible", name, r)
		}
	}
	for _, r := range "aÂđĐẠỹ ₫€%²–…·•0\n\u00a0\u0301\u0323" {
		if Invisible(r) {
			t.Errorf("%U %q does show", r, r)
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ { // the short ways are as good as the tables
		if want := unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector); Invisible(r) != want {
			t.Fatalf("%U: %t, want %t", r, !want, want)
		}
	}
}

// TestInvisibleInWords: a word is read the same wherever an invisible character was put into it.
func TestInvisibleInWords(t *testing.T) {
	for _, hidden := range []string{"\u00ad", "\u034f", "\u061c", "\u200b", "\u200f", "\u202e", "\u2060", "\u2063", "\u2066", "\u3164", "\ufe0f", "\ufeff", "\U000e0041"} {
		text := "xu" + hidden + "ất khẩu " + hidden + "20" + hidden + "20"
		if got := Normalize(text); got != "xuất khẩu 2020" {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

// FuzzInvisible: nothing that a text hides is left in its words or between them.
func FuzzInvisible(f *testing.F) {
	f.Add("xuất\u202e khẩu\u2063 2020")
	f.Add("\u0301\u200f\u0301a\u034f\u0323")
	f.Fuzz(func(t *testing.T, s string) {
		if got := Normalize(s); strings.IndexFunc(got, Invisible) >= 0 {
			t.Errorf("%q becomes %q", s, got)
		}
		for _, word := range Split(s) {
			if strings.IndexFunc(word.Text+word.Gap+word.Fold, Invisible) >= 0 {
				t.Errorf("%q has the word %+v", s, word)
			}
		}
	})
}
