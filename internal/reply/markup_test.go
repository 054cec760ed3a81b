package reply

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var tagPattern = regexp.MustCompile(`<[^>]*>`)

// checkHTML fails unless every tag is one that Telegram knows, is closed in order, and the text between is escaped.
func checkHTML(t *testing.T, s, text string) {
	t.Helper()
	var open []string
	for _, tag := range tagPattern.FindAllString(s, -1) {
		name := strings.Trim(tag, "</>")
		switch {
		case name != "b" && name != "i" && name != "blockquote":
			t.Errorf("tag %s in %q", tag, s)
		case !strings.HasPrefix(tag, "</"):
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			t.Errorf("%s closes nothing in %q", tag, s)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%v left open in %q", open, s)
	}
	bare := tagPattern.ReplaceAllString(s, "")
	if strings.ContainsAny(bare, `<>"`) {
		t.Errorf("unescaped in %q", s)
	}
	if got := html.UnescapeString(bare); text != "" && got != text {
		t.Errorf("HTML says %q, text %q", got, text)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("a <b> & \"c\" \x01d\x03e\x02f")
	f.Add("\x02\x05\x05\x06&amp;</i>")
	f.Fuzz(func(t *testing.T, s string) {
		checkHTML(t, asHTML(s), "")
		c := clean(s)
		if clean(c) != c {
			t.Errorf("%q cleaned is %q, cleaned again %q", s, c, clean(c))
		}
		if strings.ContainsAny(c, "\x00\x01\x02\x03\x04\x05\x06\n\t") {
			t.Errorf("%q cleaned is %q", s, c)
		}
		checkHTML(t, asHTML("x "+bold(c)+italic(quote(c))), "x "+c+c)
	})
}

func TestShortened(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"đoạn 3", 40, "đoạn 3"}, {"trang mười hai, bảng phụ lục", 16, "trang mười hai…"}, {"không có dấu cách", 5, "không…"}, {"abcdefgh", 4, "abcd…"}} {
		if got := shortened(c.in, c.n); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestCapital(t *testing.T) {
	for in, want := range map[string]string{"đạt": "Đạt", bold("ước") + " x": bold("Ước") + " x", "": "", "1 a": "1 a", "(a": "(a"} {
		if got := capital(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
