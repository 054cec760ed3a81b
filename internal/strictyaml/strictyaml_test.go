package strictyaml

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

type inner struct {
	Pos
	Name string `yaml:"name,required"`
	Year int    `yaml:"year"`
}

type sample struct {
	Title  string                    `yaml:"title"`
	Flag   bool                      `yaml:"flag"`
	Figure Digits                    `yaml:"figure"`
	Unit   At[string]                `yaml:"unit"`
	List   []inner                   `yaml:"list"`
	Words  map[string][]string       `yaml:"words"`
	Scales map[string]map[int]string `yaml:"scales"`
	One    *inner                    `yaml:"one"`
}

func TestLoad(t *testing.T) {
	var s sample
	in := "title: 2020\nfigure: 012\nunit: triệu USD\nlist:\n  - name: no\n    year: 2020\n  - {name: b}\n" +
		"words: {vi: [a, 'null']}\nscales: {vi: {3: nghìn}}\none: {name: x}\nflag: true\n"
	if ps := Load("f.yaml", []byte("\ufeff"+in), &s); len(ps) > 0 {
		t.Fatal(ps)
	}
	want := sample{
		Title: "2020", Flag: true, Figure: Digits{"012", false, Pos{2, 9}}, Unit: At[string]{"triệu USD", Pos{3, 7}},
		List:   []inner{{Pos{5, 5}, "no", 2020}, {Pos{7, 5}, "b", 0}},
		Words:  map[string][]string{"vi": {"a", "null"}},
		Scales: map[string]map[int]string{"vi": {3: "nghìn"}},
		One:    &inner{Pos{10, 6}, "x", 0},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v\nwant %+v", s, want)
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "f: the file is empty"},
		{"# only a remark\n", "f: the file is empty"},
		{"titel: x\n", `f:1:1: unknown key "titel"; known are title, flag, figure, unit, list, words, scales, one`},
		{"title: a\ntitle: b\n", `f:2:1: key "title" stands already in line 1`},
		{"title: [a]\n", "f:1:8: title: a list stands where a text is expected"},
		{"title:\n", "f:1:7: title: the value is empty: leave the key out or give it a value"},
		{"title: ~\n", "f:1:8: title: the value is empty: leave the key out or give it a value"},
		{"flag: yes\n", `f:1:7: flag: "yes" is not true or false`},
		{"list: {a: b}\n", "f:1:7: list: a mapping stands where a list is expected"},
		{"list:\n  - year: 2020\n", `f:2:5: list: key "name" is missing`},
		{"one: {name: a, year: 012}\n", `f:1:22: year: "012" is no whole number`},
		{"one: {name: a, year: 1_000}\n", `f:1:22: year: "1_000" is no whole number`},
		{"one: {name: a, year: 0x10}\n", `f:1:22: year: "0x10" is no whole number`},
		{"one: {name: a, year: '20'}\n", `f:1:22: year: "20" is no whole number`},
		{"one: text\n", `f:1:6: one: "text" stands where a mapping is expected`},
		{"figure: {a: 1}\n", "f:1:9: figure: a mapping stands where a number is expected"},
		{"scales: {vi: {a: b}}\n", `f:1:15: vi: key "a" is no whole number`},
		{"title: &a x\nunit: *a\n", "f:1:8: title: anchor \"&a\": anchors and aliases are not read, write the value out\n" +
			"f:2:7: unit: alias \"*a\": anchors and aliases are not read, write the value out"},
		{"title: !!binary aGk=\n", `f:1:8: title: tag "!!binary": tags are not read`},
		{"? [a]\n: b\n", "f:1:3: a key is a list; keys are plain words"},
		{"{one: {name: a, 5}}\n", `f:1:17: one: unknown key "5"; known are name, year` + "\n*"},
		{"titel: x\nflag: yes\nlist: 3\n", "*"},
		{"title: [\n", "*"},
		{"title: a\n---\ntitle: b\n", "f: the file holds several documents; one is read"},
		{"flag: true\ntitle: \"\xff\"\n", "f:2:9: the text is not UTF-8 here"},
		{"\ttitle: x\n", "*"},
	} {
		var s sample
		ps := Load("f", []byte(c.in), &s)
		var lines []string
		for _, p := range ps {
			lines = append(lines, p.String())
		}
		got := strings.Join(lines, "\n")
		if c.want == "*" {
			if got == "" {
				t.Errorf("%q loads", c.in)
			}
			continue
		}
		if head, ok := strings.CutSuffix(c.want, "\n*"); ok && strings.HasPrefix(got, head) {
			continue
		}
		if got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	var s sample
	if ps := Load("f", []byte("titel: x\nflag: yes\nlist: 3\nunit: good\n"), &s); len(ps) != 3 || s.Unit.Value != "good" {
		t.Errorf("got %v, unit %q", ps, s.Unit.Value)
	}
}

func TestSize(t *testing.T) {
	var s sample
	ps := Load("f", []byte("title: "+strings.Repeat("x", MaxSize)), &s)
	if len(ps) != 1 || !strings.Contains(ps[0].Message, "more than") {
		t.Error(ps)
	}
}

func TestAliasBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("words:\n  a0: &a0 [x]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&b, "  a%d: &a%d [*a%d,*a%d,*a%d]\n", i, i, i-1, i-1, i-1)
	}
	var s sample
	if ps := Load("f", []byte(b.String()), &s); len(ps) == 0 {
		t.Error("a bomb loads")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("title: a\nlist: [{name: b, year: 1}]\nwords: {vi: [x]}\nfigure: '1.120,5'\n")
	f.Add("title: &a x\nunit: *a\n? [a]\n: b\n")
	f.Add("{one: {name: a, 5}}")
	f.Fuzz(func(t *testing.T, in string) {
		var a, b sample
		p, q := Load("f", []byte(in), &a), Load("f", []byte(in), &b)
		if !reflect.DeepEqual(p, q) || !reflect.DeepEqual(a, b) {
			t.Errorf("%q loads differently the second time", in)
		}
	})
}

func TestLoadFree(t *testing.T) {
	got := map[string]any{}
	if ps := Load("f.yaml", []byte("a: 012\nb: {one: x, other: no}\nc: [1, [2]]\n"), &got); len(ps) > 0 {
		t.Fatal(ps)
	}
	want := map[string]any{"a": "012", "b": map[string]any{"one": "x", "other": "no"}, "c": []any{"1", []any{"2"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if ps := Load("f.yaml", []byte("a: &x 1\nb: {c: *x}\na: 2\n"), &got); len(ps) != 3 {
		t.Errorf("problems %v, want an anchor, an alias and a repeated key", ps)
	}
}
