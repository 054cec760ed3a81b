package telegram

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// units is the length of a text as Telegram counts it: in UTF-16 units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += width(r)
	}
	return n
}

func width(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// split cuts HTML into texts of at most limit units each after the markup is read, limit being 12 or more: between paragraphs where it can,
// else between lines, words or characters. It never cuts inside a tag or an entity; an element that is cut is closed and opened anew.
// Texts without anything to see are left out.
func split(marked string, limit int) []string {
	var texts []string
	for marked != "" {
		head, rest := cutHTML(strings.Trim(marked, " \n"), limit)
		if shows(head) {
			texts = append(texts, head)
		}
		marked = rest
	}
	return texts
}

// The grades of places to cut at, the best last. Outside means of all elements.
const (
	afterCharacter = iota
	afterSpace
	afterLine
	afterParagraph
	afterLineOutside
	afterParagraphOutside
	grades
)

// opened is an element that is open at a place.
type opened struct {
	name string
	tag  string // as it was opened, with its attributes
}

// cutHTML cuts HTML after at most limit units; rest is empty where all of it fits. A better place wins over a later one unless it makes
// the text shorter than a quarter of what fits.
func cutHTML(marked string, limit int) (head, rest string) {
	if len(marked) <= limit { // no text has more units than bytes
		return marked, ""
	}
	type place struct {
		at, units int
		open      []opened
	}
	var last [grades]place
	var open []opened
	for i, n := 0, 0; i < len(marked); {
		size, wide := piece(marked[i:])
		if wide == 0 {
			open = follow(open, marked[i:i+size])
			i += size
			continue
		}
		if n+wide > limit && n > 0 {
			best := last[afterCharacter]
			for _, p := range last {
				if p.units > limit/4 {
					best = p
				}
			}
			return marked[:best.at] + closing(best.open), opening(best.open) + strings.TrimLeft(marked[best.at:], " \n")
		}
		n += wide
		i += size
		last[afterCharacter] = place{i, n, open}
		last[gradeAfter(marked[:i], len(open) == 0)] = place{i, n, open}
	}
	return marked, ""
}

// gradeAfter is how good it is to cut after a text.
func gradeAfter(text string, outside bool) int {
	var grade int
	switch {
	case strings.HasSuffix(text, "\n\n"):
		grade = afterParagraph
	case strings.HasSuffix(text, "\n"):
		grade = afterLine
	case strings.HasSuffix(text, " "):
		return afterSpace
	default:
		return afterCharacter
	}
	if outside {
		grade += afterLineOutside - afterLine
	}
	return grade
}

// piece is the size in bytes of what HTML begins with, a tag, an entity or a character, and its length in units: 0 for a tag.
func piece(marked string) (size, wide int) {
	switch marked[0] {
	case '<':
		if size := tagSize(marked); size > 0 {
			return size, 0
		}
	case '&':
		if size := entitySize(marked); size > 0 {
			return size, units(html.UnescapeString(marked[:size]))
		}
	}
	r, size := utf8.DecodeRuneInString(marked)
	return size, width(r)
}

// entitySize is the size of the entity that HTML begins with, 0 where that is none.
func entitySize(marked string) int {
	for i := 1; i < min(len(marked), 12); i++ {
		switch c := marked[i]; {
		case c == ';' && i > 1:
			return i + 1
		case c != '#' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z'):
			return 0
		}
	}
	return 0
}

// tagSize is the size of the tag that HTML begins with, 0 where that is none.
func tagSize(marked string) int {
	name := strings.TrimPrefix(marked[1:], "/")
	if name == "" || name[0]|0x20 < 'a' || name[0]|0x20 > 'z' {
		return 0
	}
	return strings.IndexByte(marked, '>') + 1
}

// follow is what is open after a tag. It leaves open as it is.
func follow(open []opened, tag string) []opened {
	if strings.HasPrefix(tag, "</") {
		return open[:max(len(open)-1, 0)]
	}
	name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
	return append(slices.Clip(open), opened{name, tag})
}

func opening(open []opened) string {
	var b strings.Builder
	for _, o := range open {
		b.WriteString(o.tag)
	}
	return b.String()
}

func closing(open []opened) string {
	var b strings.Builder
	for _, o := range slices.Backward(open) {
		b.WriteString("</" + o.name + ">")
	}
	return b.String()
}

// shows reports whether HTML has anything to see.
func shows(marked string) bool {
	for i := 0; i < len(marked); {
		size, wide := piece(marked[i:])
		if wide > 0 && strings.TrimSpace(html.UnescapeString(marked[i:i+size])) != "" {
			return true
		}
		i += size
	}
	return false
}

// strip is HTML without its tags and entities.
func strip(marked string) string {
	var b strings.Builder
	for i := 0; i < len(marked); {
		size, wide := piece(marked[i:])
		if wide > 0 {
			b.WriteString(html.UnescapeString(marked[i : i+size]))
		}
		i += size
	}
	return b.String()
}
