package telegram

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		marked string
		limit  int
		want   []string
	}{
		{"", 10, nil},
		{" \n ", 10, nil},
		{"short", 10, []string{"short"}},
		{"<b>exactly 10</b>", 10, []string{"<b>exactly 10</b>"}},
		{"one two three", 8, []string{"one two ", "three"}},
		{"para one\n\npara two", 12, []string{"para one\n\n", "para two"}},
		{"line 1\nline 2\n\nline 3\nline 4", 20, []string{"line 1\nline 2\n\n", "line 3\nline 4"}},
		{"a\n\nlong line without paragraphs", 16, []string{"a\n\nlong line ", "without ", "paragraphs"}},
		{"<b>one two</b>", 4, []string{"<b>one </b>", "<b>two</b>"}},
		{"<i>one <b>two</b></i>", 5, []string{"<i>one </i>", "<i><b>two</b></i>"}},
		{"<a href=\"x?a=1&amp;b=2\">one two</a>", 4, []string{"<a href=\"x?a=1&amp;b=2\">one </a>", "<a href=\"x?a=1&amp;b=2\">two</a>"}},
		{"&amp;&amp;&amp;", 2, []string{"&amp;&amp;", "&amp;"}},
		{"🙂🙂🙂", 4, []string{"🙂🙂", "🙂"}},
		{"a < b & c", 5, []string{"a < ", "b & c"}},
		{"<b>in\nan element</b>\nafter it, longer", 20, []string{"<b>in\nan element</b>\n", "after it, longer"}},
	} {
		equal(t, split(c.marked, c.limit), c.want)
	}
}

// What is split has no text longer than the limit; what is well formed loses nothing but space and stays so.
func FuzzSplit(f *testing.F) {
	f.Add("<b>one two</b>\n\n<i>three &amp; <u>four</u></i>", 12)
	f.Add("a <b", 13)
	f.Add("</b></i>🙂", 12)
	f.Add(strings.Repeat("x", 50), 17)
	f.Fuzz(func(t *testing.T, marked string, limit int) {
		if limit < 12 || limit > 5000 || !utf8.ValidString(marked) {
			return
		}
		parts := split(marked, limit)
		var all strings.Builder
		for _, p := range parts {
			if n := units(strip(p)); n > limit {
				t.Errorf("%q has %d units, limit %d", p, n, limit)
			}
			all.WriteString(strip(p))
		}
		if balanced(marked) {
			if got, want := solid(all.String()), solid(strip(marked)); got != want {
				t.Errorf("%q became %q", want, got)
			}
			for _, p := range parts {
				if !balanced(p) {
					t.Errorf("%q is cut into %q", marked, p)
				}
			}
		}
	})
}

func solid(s string) string { return strings.Join(strings.Fields(s), "") }

// balanced reports whether every element is closed in its place, and every < part of a tag.
func balanced(marked string) bool {
	var open []opened
	for i := 0; i < len(marked); {
		size, wide := piece(marked[i:])
		if tag := marked[i : i+size]; wide == 0 {
			if strings.HasPrefix(tag, "</") && (len(open) == 0 || strings.TrimSpace(strings.Trim(tag, "</>")) != open[len(open)-1].name) {
				return false
			}
			open = follow(open, tag)
		} else if tag[0] == '<' {
			return false
		}
		i += size
	}
	return len(open) == 0
}
