package desk

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"factbot/internal/qa"
	"factbot/internal/token"
)

// hostile are facts whose names hold what YAML lets in: ends of lines, marks of this program, terminal sequences, marks of direction, HTML.
var hostile = fstest.MapFS{
	"catalogue.yaml": {Data: []byte(`areas:
  - id: a
    name: {vi: "Vùng\u202e A\x01<b>", en: "Area\u2067 A</b>"}
indicators:
  - {id: salt, name: {vi: "Sản lượng muối\u200f\r\n\x1b[31mFORGED &lt;", en: "Salt\u061c output\u2028\x9b31mFORGED <i>"}, unit: tấn, kind: flow}
`)},
	"documents/report.yaml": {Data: []byte(`source: {id: report, title: "Báo cáo\n<a href=\"x\">\u202e", publisher: "Sở\x03\u2066", date: 2020-12-28}
area: a
figures:
  - {indicator: salt, period: 2020, plan: 10, actual: 12.5, locator: "trang\u200b 3\x06"}
`)},
}

// TestHostileFacts: names from fact files neither turn an answer around nor end its lines, in none of its forms.
func TestHostileFacts(t *testing.T) {
	d := open(t, Options{Facts: hostile})
	for _, lang := range []string{"vi", "en"} {
		examples := d.Examples(lang)
		if len(examples) == 0 {
			t.Errorf("%s: the names keep the facts from being asked for", lang)
		}
		for _, text := range append(examples, "sản lượng muối 2020 đạt bao nhiêu % kế hoạch?", "salt output 2020?", "sản lượng mưối 2020", "xin chào", "nguồn?") {
			visible(t, text, "\n")
			r := d.Ask(Question{Chat: lang, Text: text, Lang: lang, Now: today})
			visible(t, r.Text(), "\n")
			visible(t, r.HTML(), "\n")
			if strings.Contains(r.HTML(), "<a") || strings.Contains(r.Text(), "\nFORGED") {
				t.Errorf("%q: %s", text, r.HTML())
			}
		}
	}
}

// TestHostileQuestions: what people type is shown, where it is, without what it hides and without its markup.
func TestHostileQuestions(t *testing.T) {
	d := open(t, Options{Facts: folder(report)})
	for _, text := range []string{"\u202eđường\u202c sản lượng 2020", "sản lượng \u2067<b>xyz</b>\u2069 2020", "xyz\x1b[31m sản lượng muối 2020", "sản lượng qwe\u200frty 2020\r\nFORGED",
		"\U000e0041\U000e0042sản lượng ??? \u3164zzz", "</b><script>muối", "{{.Name}} muối 2020 %s %n", "<a href=\"tg://user?id=1\">muối</a>"} {
		for _, lang := range []string{"vi", "en"} {
			r := d.Ask(Question{Text: text, Lang: lang, Now: today})
			visible(t, r.Text(), "\n")
			if html := r.HTML(); strings.Contains(html, "<script") || strings.Contains(html, "<a") || strings.Contains(r.Text(), "\nFORGED") {
				t.Errorf("%q: %s", text, html)
			}
			for _, o := range r.Options {
				visible(t, d.Printer().Choice(lang, o), "")
			}
		}
	}
}

func visible(t *testing.T, text, but string) {
	t.Helper()
	for _, r := range text {
		if !strings.ContainsRune(but, r) && (unicode.IsControl(r) || token.Invisible(r)) {
			t.Errorf("%U in %q", r, text)
			return
		}
	}
}

// TestLongQuestions: however long a question is, its answer is short, and so is what the chat remembers of it.
func TestLongQuestions(t *testing.T) {
	d := open(t, Options{Facts: folder(report)})
	for name, text := range map[string]string{
		"one word": strings.Repeat("a", 1<<17), "words": strings.Repeat("muối ", 1<<14), "numbers": strings.Repeat("2020 ", 1<<14), "one number": strings.Repeat("9", 1<<14),
		"amounts": strings.Repeat("1.120,5 nghìn tỷ đồng ", 1<<12), "marks": "a" + strings.Repeat("\u0301", 1<<15), "brackets": strings.Repeat("((", 1<<15), "questions": strings.Repeat("muối 2020? ", 1<<12),
		"mentions": strings.Repeat("@a ", 1<<14), "hidden": strings.Repeat("\u202e", 1<<15) + "sản lượng muối 2020", "names": strings.Repeat("sản lượng ", 1<<13), "and": strings.Repeat("muối và ", 1<<12),
		"not UTF-8": strings.Repeat("\xff", 1<<15),
	} {
		var prev qa.Conversation
		for range 3 {
			r, next := d.Converse(Question{Text: text, Now: today}, prev)
			if n := utf8.RuneCountInString(r.Text()); n == 0 || n > 6000 {
				t.Errorf("%s: the answer has %d characters", name, n)
			}
			kept, err := json.Marshal(next)
			if err != nil || len(kept) > 128<<10 {
				t.Errorf("%s: the chat remembers %d bytes, %v", name, len(kept), err)
			}
			prev = next
		}
	}
}

// TestPanicSaysNothing: a panic whose value quotes what was asked does not bring that into the log.
func TestPanicSaysNothing(t *testing.T) {
	var log strings.Builder
	d := open(t, Options{Facts: folder(report), Log: logTo(&log)})
	d.now.Load().index.names = nil // a panic of the runtime, which names no words
	r := d.Ask(Question{Text: "sản lượng mưốii trắngg 2020", Now: today})
	if r.Status != qa.NotUnderstood || !strings.Contains(log.String(), "nil pointer") {
		t.Fatalf("%s; the test wants a question that needs the index; log: %s", r.Status, log.String())
	}
	log.Reset()
	shown(d, "text", func(qa.Answer) string { panic("cannot show " + r.Question) }, r.Answer)
	if got := log.String(); !strings.Contains(got, "panic: string") || strings.Contains(got, "trắng") {
		t.Errorf("the log says %q", got)
	}
}
