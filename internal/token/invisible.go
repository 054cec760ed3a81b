package token

import "unicode"

// Invisible reports whether a character shows nothing by itself: joiners, marks of writing direction, fillers, selectors of variants, tags.
// Between letters such a character hides what a text says, and a mark of direction turns the text behind it around; neither has a use in a
// question or a name.
func Invisible(r rune) bool {
	switch {
	case r < 0x300: // the soft hyphen is the only one there
		return r == 0xad
	case r >= 0x1e00 && r < 0x2000, r >= 0x20a0 && r < 0x20d0: // the letters of Vietnamese, signs of currencies
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
