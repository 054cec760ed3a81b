package main

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"factbot/internal/desk"
)

func TestLines(t *testing.T) {
	long := strings.Repeat("a", maxLine)
	for _, c := range []struct {
		name, in string
		want     []string
		cut      bool // the first line is too long
	}{
		{"none", "", nil, false},
		{"one without an end", "a", []string{"a"}, false},
		{"ends", "a\nb\r\n\nc\n", []string{"a", "b", "", "c"}, false},
		{"a return within", "a\rb\n", []string{"a\rb"}, false},
		{"as long as may be", long + "\nb\n", []string{long, "b"}, false},
		{"as long as may be, Windows", long + "\r\nb\n", []string{long, "b"}, false},
		{"too long", long + "a\nb\n", []string{long, "b"}, true},
		{"far too long", long + long + long + "\nb", []string{long, "b"}, true},
	} {
		for way, in := range map[string]io.Reader{"at once": strings.NewReader(c.in), "in halves": iotest.HalfReader(strings.NewReader(c.in))} {
			n := 0
			err := newLines(in).each(func(l line) error {
				if n >= len(c.want) || string(l.text) != c.want[n] || l.cut != (c.cut && n == 0) {
					t.Errorf("%s, %s: line %d has %d bytes, cut %v", c.name, way, n+1, len(l.text), l.cut)
				}
				n++
				return nil
			})
			if err != nil || n != len(c.want) {
				t.Errorf("%s, %s: %d lines, %v; want %d", c.name, way, n, err, len(c.want))
			}
		}
	}
	broken := errors.New("broken")
	if err := newLines(iotest.ErrReader(broken)).each(func(line) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("a broken input gives %v", err)
	}
}

func TestLineRead(t *testing.T) {
	for _, c := range []struct {
		in, chat, text string
		ok             bool
	}{
		{`xuất khẩu 2020?`, "", "xuất khẩu 2020?", true},
		{"\ufeffxuất khẩu", "", "xuất khẩu", true},
		{`{"chat":"c1","text":"xuất khẩu 2020?"}`, "c1", "xuất khẩu 2020?", true},
		{` {"text":"x","lang":"vi"} `, "", "x", true},
		{`{"text":""}`, "", "", true},
		{`{"chat":"c1"}`, "", `{"chat":"c1"}`, false},
		{`{"chat":"c1","text":null}`, "", `{"chat":"c1","text":null}`, false},
		{`{"chat":1,"text":"x"}`, "", `{"chat":1,"text":"x"}`, false},
		{`{"text":"x"} {"text":"y"}`, "", `{"text":"x"} {"text":"y"}`, false},
		{"{\"text\":\"\xff\"}", "", "{\"text\":\"\ufffd\"}", false},
		{"xuất \xff khẩu", "", "xuất \ufffd khẩu", true},
		{`{` + strings.Repeat("ư", 1000), "", "{" + strings.Repeat("ư", maxEcho-1) + "…", false},
	} {
		var q desk.Question
		if ok := (line{text: []byte(c.in)}).read(&q); ok != c.ok || q.Chat != c.chat || q.Text != c.text {
			t.Errorf("%.40q: chat %q, text %.40q, %v; want %q, %.40q, %v", c.in, q.Chat, q.Text, ok, c.chat, c.text, c.ok)
		}
	}
}

// Whatever stands in the lines, each brings one object, and none an error.
func FuzzAskLines(f *testing.F) {
	f.Add("xuất khẩu 2020?\n{\"chat\":\"a\",\"text\":\"còn thiếu bao nhiêu?\"}\n{\"chat\":\n\n\x00\xff\r\n{}")
	d, err := source{}.open(&world{out: io.Discard, err: io.Discard, env: func(string) string { return "" }})
	if err != nil {
		f.Fatal(err)
	}
	now := time.Date(2021, 1, 15, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, in string) {
		if strings.Count(in, "\n") > 8 {
			t.Skip()
		}
		var out, errs strings.Builder
		w := &world{in: strings.NewReader(in), out: &out, err: &errs}
		if err := (&askCommand{JSON: true}).lines(w, d, desk.Question{Now: now}); err != nil || errs.Len() > 0 {
			t.Fatalf("%v: %s", err, errs.String())
		}
		want := strings.Count(in, "\n")
		if in != "" && !strings.HasSuffix(in, "\n") {
			want++
		}
		if got := strings.Count(out.String(), "\n"); got != want {
			t.Fatalf("%d objects for %d lines", got, want)
		}
		for _, object := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
			if want > 0 && !json.Valid([]byte(object)) {
				t.Errorf("%q is no object", object)
			}
		}
	})
}
