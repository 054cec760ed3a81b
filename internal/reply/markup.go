package reply

import (
	"strings"
	"unicode"

	"factbot/internal/token"
)

// Markup inside a reply is a pair of control characters. Data never holds one (see clean), so that one rendering serves both plain text
// and HTML.
const (
	boldOn    = '\x01'
	boldOff   = '\x02'
	italicOn  = '\x03'
	italicOff = '\x04'
	quoteOn   = '\x05'
	quoteOff  = '\x06'
)

func bold(s string) string   { return mark(boldOn, s, boldOff) }
func italic(s string) string { return mark(italicOn, s, italicOff) }
func quote(s string) string  { return mark(quoteOn, s, quoteOff) }

func mark(on rune, s string, off rune) string {
	if s == "" {
		return ""
	}
	return string(on) + s + string(off)
}

// tags are the HTML tags of the marks that begin something.
var tags = map[rune]string{boldOn: "b", italicOn: "i", quoteOn: "blockquote"}

// plain is marked text without its marks.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= boldOn && r <= quoteOff {
			return -1
		}
		return r
	}, s)
}

// asHTML is marked text as Telegram HTML: everything escaped, every tag closed, whatever the order of the marks.
func asHTML(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	var open []rune
	end := func() {
		b.WriteString("</" + tags[open[len(open)-1]] + ">")
		open = open[:len(open)-1]
	}
	for _, r := range s {
		switch r {
		case boldOn, italicOn, quoteOn:
			b.WriteString("<" + tags[r] + ">")
			open = append(open, r)
		case boldOff, italicOff, quoteOff:
			if len(open) > 0 && open[len(open)-1] == r-1 {
				end()
			}
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		default:
			b.WriteRune(r)
		}
	}
	for len(open) > 0 {
		end()
	}
	return b.String()
}

// clean is a piece of data fit for one line of a reply: control characters and what shows nothing, such as marks of writing direction, are
// gone, runs of white space are one blank.
func clean(s string) string {
	if tidy(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), token.Invisible(r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// OneLine is a text from outside fit to be shown as one line, for callers with lines of their own.
func OneLine(s string) string { return clean(s) }

// tidy reports whether there is nothing for clean to do, for the ordinary case.
func tidy(s string) bool {
	blank := true // a blank before the first word is one too many
	for _, r := range s {
		switch {
		case r == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case r < ' ', r >= 0x7f && r <= 0xa0, r == 0x1680, r >= 0x2000 && r <= 0x206f, r == 0x3000, token.Invisible(r), r == unicode.ReplacementChar:
			return false
		}
		blank = false
	}
	return !blank || s == ""
}

// capital is marked text with its first letter as a capital.
func capital(s string) string {
	for i, r := range s {
		if r >= boldOn && r <= quoteOff {
			continue
		}
		if up := unicode.ToUpper(r); up != r {
			return s[:i] + string(up) + s[i+len(string(r)):]
		}
		break
	}
	return s
}

// shortened is a text of at most n letters, cut at a word.
func shortened(s string, n int) string {
	letters := []rune(s)
	if len(letters) <= n {
		return s
	}
	cut := string(letters[:n])
	if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
