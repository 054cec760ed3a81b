package strictyaml

import (
	"strings"
	"testing"
)

// TestDeepNesting: a file that is a few megabytes of brackets, keys or dashes is refused with a problem; it does not overflow the stack.
func TestDeepNesting(t *testing.T) {
	for name, in := range map[string]string{
		"lists":         strings.Repeat("[", 1<<20),
		"closed lists":  strings.Repeat("[", 1<<18) + strings.Repeat("]", 1<<18),
		"mappings":      strings.Repeat("{a: ", 1<<18),
		"dashes":        strings.Repeat("- ", 1<<18),
		"keys":          strings.Repeat("? ", 1<<18),
		"mixed":         strings.Repeat("[{a: ", 1<<17),
		"in a key":      "words: " + strings.Repeat("{[", 1<<17),
		"indented":      indented(3000),
		"tags":          strings.Repeat("!!map ", 1<<16) + "x",
		"anchors":       strings.Repeat("&a ", 1<<16) + "x",
		"open quotes":   "\"" + strings.Repeat("\\\"", 1<<20),
		"a block":       "title: |" + strings.Repeat("\n"+strings.Repeat(" ", 200)+"x", 1<<10) + "\n\tx",
		"merge keys":    "a: &a {b: c}\nd: {<<: *a}\n",
		"many problems": strings.Repeat("x: &a *b\n", 1<<14),
	} {
		var s sample
		if ps := Load("f", []byte(in), &s); len(ps) == 0 {
			t.Errorf("%s are read as a sample", name)
		}
		free := map[string]any{}
		if ps := Load("f", []byte(in), &free); len(ps) == 0 && name != "indented" && name != "a block" {
			t.Errorf("%s are read", name)
		}
	}
}

// indented is a mapping in a mapping and so on, a line each.
func indented(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i%1000) + "a:\n")
	}
	return b.String()
}

// TestProblemsAreShort: a problem quotes no more than a line of what it is about.
func TestProblemsAreShort(t *testing.T) {
	long := strings.Repeat("x", 1<<16)
	for _, in := range []string{long, long + ": a", "title: &" + long + " a", "unit: *" + long, "flag: " + long, "figure: !" + long + " a", "one: {year: " + long + "}", "list: " + long, "words: {a: " + long + "}"} {
		var s sample
		ps := Load("f", []byte(in), &s)
		if len(ps) == 0 {
			t.Errorf("%.20s… is read", in)
		}
		for _, p := range ps {
			if n := len(p.String()); n > 1000 {
				t.Errorf("%.20s…: a problem of %d bytes", in, n)
			}
		}
	}
}
