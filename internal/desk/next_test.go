package desk

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	shipped "factbot/facts"
	"factbot/internal/qa"
	"factbot/locales"
)

var codeForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// ready opens the shipped facts.
func opened(t testing.TB) *Desk {
	t.Helper()
	d, err := Open(Options{Facts: shipped.FS, Locales: locales.FS})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every question of a code is answered, with what the code says it is of.
func TestLinksAnswer(t *testing.T) {
	d := opened(t)
	asked := 0
	for _, lang := range []string{"vi", "en"} {
		for _, i := range d.Facts().Indicators() {
			for _, a := range d.Facts().Areas() {
				s := d.Facts().Series(i.ID, a.ID)
				for _, p := range s.Periods() {
					for _, what := range []byte("vpag") {
						if what == 'p' && !hasPlan(s, p) || what == 'v' && !hasRealised(s, p) || what == 'a' && !(levels(s, p) && hasPlan(s, p) && hasRealised(s, p)) || what == 'g' && !grows(s, p) {
							continue
						}
						l := link{lang: lang, what: what, of: i.ID, area: a.ID, at: p}
						if !codeForm.MatchString(l.String()) {
							t.Errorf("code %q", l.String())
						}
						text, back, ok := d.Unlink(l.String())
						if !ok || back != lang {
							t.Fatalf("%s is not read again: %q %s", l, text, back)
						}
						r := d.Ask(Question{Text: text, Lang: lang})
						first := r.first()
						if r.Status != qa.Answered || first == nil || first.Indicator != i.ID || first.Period != p || len(r.Warnings) > 0 && r.Warnings[0].Code == qa.Assumed {
							t.Errorf("%q: %s %s", text, r.Status, r.Text())
						}
						own, ok := r.link()
						if want := l.String(); !ok || own.String() != want && !(what == 'v' && hasPlan(s, p)) {
							t.Errorf("%q has the code %v, want %s", text, own, want)
						}
						asked++
					}
				}
			}
		}
		for _, p := range d.Facts().Projects() {
			text, _, ok := d.Unlink(link{lang: lang, what: 'j', of: p.ID}.String())
			if r := d.Ask(Question{Text: text, Lang: lang}); !ok || r.first() == nil || r.first().Project != p.ID {
				t.Errorf("%q: %s", text, r.Text())
			}
		}
	}
	if asked < 20 {
		t.Errorf("only %d questions were asked", asked)
	}
}

// What is offered under an answer is answered, and is not the question just answered.
func TestNextQuestions(t *testing.T) {
	d := opened(t)
	sets, err := filepath.Glob("../qa/testdata/sets/*.jsonl")
	if err != nil || len(sets) == 0 {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`"text": ?"((?:[^"\\]|\\.)*)"`)
	offered, none := 0, 0
	for _, name := range []string{"dev.jsonl", "phone.jsonl", "village.jsonl"} {
		data, err := os.ReadFile(filepath.Join("../qa/testdata/sets", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range text.FindAllStringSubmatch(string(data), -1) {
			r := d.Ask(Question{Text: m[1]})
			if r.Status != qa.Answered || len(r.Parts) > 0 {
				continue
			}
			next := r.Next()
			if len(next) == 0 {
				none++
			}
			if len(next) > most {
				t.Errorf("%q: %d buttons", m[1], len(next))
			}
			for _, n := range next {
				offered++
				ask, lang, ok := d.Unlink(n.Code)
				if !ok || n.Label == "" || n.Code == r.Link() {
					t.Errorf("%q offers %+v", m[1], n)
					continue
				}
				if b := d.Ask(Question{Text: ask, Lang: lang}); b.Status != qa.Answered {
					t.Errorf("%q offers %q (%s), which is not answered: %s", m[1], n.Label, ask, b.Text())
				}
			}
			if c := r.Copy(); c != "" && (len([]rune(c)) > copyLimit || !strings.Contains(c, "(Nguồn: ") && !strings.Contains(c, "(Source: ") || strings.Contains(c, "\n")) {
				t.Errorf("%q: the clipboard gets %q", m[1], c)
			}
		}
	}
	t.Logf("%d questions offered; %d answers offer none", offered, none)
}

// What is no code is none, and is never a panic.
func FuzzUnlink(f *testing.F) {
	d := opened(f)
	s := d.Facts().Indicators()[0]
	f.Add(link{lang: "vi", what: 'v', of: s.ID, area: d.Facts().DefaultArea()}.String())
	f.Add("va_______")
	f.Add("ej_aaaaaa")
	f.Fuzz(func(t *testing.T, code string) {
		text, lang, ok := d.Unlink(code)
		if ok && (text == "" || lang != "vi" && lang != "en") {
			t.Errorf("%q is %q in %q", code, text, lang)
		}
	})
}
