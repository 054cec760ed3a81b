package reply

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/token"
)

// hidden is everything that a name may bring beside its letters: marks of direction, fillers, tags, terminal sequences, the marks of this
// package, ends of lines, HTML.
const hidden = "\u202e\u200f\u2067\u061c\u200b\ufeff\u2063\u3164\ufe0f\U000e0041\u009b31m\x1b]0;x\x07\x01\x03\x06\r\n\u2028\u0085FORGED: <b>&lt;\"' "

// shown are the fields of an answer, beside names, that a reply shows as they are; the others are codes and ids.
var shown = map[string]bool{
	"Title": true, "Publisher": true, "Date": true, "URL": true, "Locator": true, "Investor": true, "Place": true, "Assigned": true, "Typed": true,
	"Meant": true, "Text": true, "Question": true, "ID": true,
}

// poisoned is a value with hidden in every name and text; what it shares with others is copied.
func poisoned(v reflect.Value, field string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			to := reflect.New(v.Type().Elem())
			to.Elem().Set(v.Elem())
			poisoned(to.Elem(), field)
			v.Set(to)
		}
	case reflect.Slice:
		to := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(to, v)
		for i := range to.Len() {
			poisoned(to.Index(i), field)
		}
		v.Set(to)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poisoned(v.Field(i), v.Type().Field(i).Name)
			}
		}
	case reflect.Map:
		if names, ok := v.Interface().(facts.Text); ok && names != nil {
			to := facts.Text{}
			for lang, name := range names {
				to[lang] = hidden + name + hidden
			}
			v.Set(reflect.ValueOf(to))
		}
	case reflect.String:
		if shown[field] && v.Type() == reflect.TypeFor[string]() {
			v.SetString(hidden + v.String() + hidden)
		}
	}
}

// TestNothingHidden: whatever names, sources and typed texts hold, a reply shows every character that it has, on the lines that it makes.
func TestNothingHidden(t *testing.T) {
	p := newPrinter(t)
	for _, lang := range languages {
		for _, n := range everything(lang) {
			poisoned(reflect.ValueOf(&n.a).Elem(), "")
			n.a.Options = append(n.a.Options, qa.Option{Text: hidden}, qa.Option{Label: facts.Text{"vi": hidden}})
			text := p.Write(n.a).Text()
			checkHTML(t, p.Write(n.a).HTML(), text)
			seen(t, lang+" "+n.name, strings.ReplaceAll(text, "\n", " "))
			for _, line := range strings.Split(text, "\n") {
				if strings.HasPrefix(line, "FORGED") { // a name of its own begins with the letters of the terminal sequence
					t.Errorf("%s %s: a line of a name's own: %q", lang, n.name, line)
				}
			}
			for _, o := range n.a.Options {
				seen(t, lang+" "+n.name, p.Choice(lang, o))
			}
		}
	}
}

func seen(t *testing.T, what, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) || token.Invisible(r) || r != ' ' && unicode.IsSpace(r) && r != '\u00a0' {
			t.Errorf("%s: %U in %q", what, r, text)
			return
		}
	}
}

// FuzzClean: what is cleaned shows all that it has, and is cleaned alike whether or not there is something to clean beside it.
func FuzzClean(f *testing.F) {
	f.Add("Xuất\u202e khẩu\u200f")
	f.Add("\u115f \u00ad\u2028\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		c := clean(s)
		seen(t, "cleaned", c)
		if with := clean(s + " \u202e"); with != c {
			t.Errorf("%q is %q, and %q beside something hidden", s, c, with)
		}
	})
}
