package update

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"factbot/internal/facts"
)

const entries = `# people's words
areas:
  - id: a
    name: {vi: A}

indicators:
  # the first
  - id: block
    name: {vi: Khối}
    aliases:
      - một     # stays
      - hai
    unit: tấn   # stays
  - id: "flow"
    name: {vi: Dòng}
    aliases: [ba, "bốn]", 'năm' ]  # stays
    unit: tấn
  - id: wrapped
    name: {vi: Gói}
    aliases: [sáu,
      bảy]
    unit: tấn
  - id: none
    name:
      vi: Không
      en: None
    unit: tấn
  - id: last
    name: {vi: Cuối}
    unit: tấn
    aliases: []`

// One line is changed or added, and what comes of it is what is read.
func TestAddAlias(t *testing.T) {
	units := options(t).Units
	for _, text := range []string{entries, entries + "\n", strings.ReplaceAll(entries, "\n", "\r\n")} {
		for _, id := range []string{"block", "flow", "wrapped", "none", "last", "a"} {
			for _, alias := range []string{"kim ngạch XNK", `with "quotes" # and: marks, [so]`} {
				out, err := AddAlias([]byte(text), id, alias)
				if err != nil {
					t.Fatalf("%s: %v", id, err)
				}
				s, problems := facts.Load(fstest.MapFS{"catalogue.yaml": {Data: out}}, facts.Options{Units: units})
				if len(problems) > 0 {
					t.Fatalf("%s: %v\n%s", id, problems, out)
				}
				aliases := s.Area("a").Aliases
				if i := s.Indicator(id); i != nil {
					aliases = i.Aliases
				}
				if len(aliases) == 0 || aliases[len(aliases)-1] != alias {
					t.Errorf("%s has %q\n%s", id, aliases, out)
				}
				if n := differ(text, string(out)); n > 2 {
					t.Errorf("%s: %d lines differ\n%s", id, n, out)
				}
			}
		}
	}
	for _, c := range [][2]string{{entries, "nobody"}, {"indicators:\n  - id: x\n    aliases: *y\n", "x"}, {"indicators:\n  - id: x\n    aliases: [a,\n", "x"}} {
		if out, err := AddAlias([]byte(c[0]), c[1], "z"); err == nil {
			t.Errorf("%q in %q: %s", c[1], c[0], out)
		}
	}
	if _, err := AddAlias([]byte(entries), "block", "  "); err == nil {
		t.Error("an empty alias is taken")
	}
}

// differ counts the lines of which one text has others than another.
func differ(a, b string) int {
	count := map[string]int{}
	for _, l := range strings.Split(strings.ReplaceAll(a, "\r", ""), "\n") {
		count[l]++
	}
	for _, l := range strings.Split(strings.ReplaceAll(b, "\r", ""), "\n") {
		count[l]--
	}
	n := 0
	for l, c := range count {
		if l != "" {
			n += max(c, -c)
		}
	}
	return n
}

// Every entry of the shipped catalogue takes one more alias.
func TestAddAliasToShipped(t *testing.T) {
	data, err := os.ReadFile("../../facts/catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, problems := facts.Load(fstest.MapFS{"catalogue.yaml": {Data: data}}, facts.Options{Units: options(t).Units})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, i := range s.Indicators() {
		out, err := AddAlias(data, i.ID, "một tên khác")
		if err != nil {
			t.Fatalf("%s: %v", i.ID, err)
		}
		again, problems := facts.Load(fstest.MapFS{"catalogue.yaml": {Data: out}}, facts.Options{Units: options(t).Units})
		if len(problems) > 0 || len(again.Indicator(i.ID).Aliases) != len(i.Aliases)+1 {
			t.Errorf("%s: %v", i.ID, problems)
		}
	}
}
