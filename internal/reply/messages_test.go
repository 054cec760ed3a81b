package reply

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"factbot/internal/facts"
	"factbot/internal/qa"
)

// constants are the string values of the constants of package qa whose names begin with a prefix, or are among those named.
func constants(t testing.TB, prefix string, among ...string) []string {
	var found []string
	files, _ := filepath.Glob("../qa/*.go")
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			if t != nil {
				t.Fatal(err)
			}
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != len(spec.Names) {
				return true
			}
			for i, name := range spec.Names {
				lit, ok := spec.Values[i].(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING || !ast.IsExported(name.Name) {
					continue
				}
				if prefix != "" && strings.HasPrefix(name.Name, prefix) && len(name.Name) > len(prefix) || slices.Contains(among, name.Name) {
					value, _ := strconv.Unquote(lit.Value)
					found = append(found, value)
				}
			}
			return true
		})
	}
	return found
}

// families are the messages that the code puts together out of a prefix and a code.
func families(t testing.TB) []string {
	var ids []string
	add := func(prefix string, codes ...string) {
		for _, c := range codes {
			ids = append(ids, prefix+c)
		}
	}
	measures := []string{"plan", "estimate", "preliminary", "actual", "other"}
	add("value_", append(measures, "assumed")...)
	add("measure_", measures...)
	add("note_", append(constants(t, "Note"), "other", "periods_left_quarters", "periods_left_halves", "periods_left_years")...)
	add("lack_", append(constants(t, "Lack"), "other", "plan_by")...)
	add("warning_", append(constants(t, "", "StatedDiffers", "PlanBelowRealised", "Revised", "SourcesDisagree", "MixedSources", "OpenList", "SeriesBreak", "Assumed"),
		"other", "stated_differs_attainment")...)
	for _, kind := range []facts.StatementKind{facts.Cause, facts.Orientation, facts.Solution, facts.Result, facts.Remark, facts.Speaker, "other"} {
		add("statement_", string(kind))
	}
	for _, id := range overIDs {
		add("count_", id)
	}
	add("count_", "other")
	for _, id := range verdictIDs {
		add("yes_", id)
		add("no_", id)
	}
	add("yes_", "other")
	add("no_", "other")
	add("help_", "hello", "thanks", "other")
	for _, form := range []string{"move", "plan", "noun", "against_plan", "than", "gap", "gap_brief", "distance", "required", "contribution"} {
		add(form+"_", "up", "down", "none", "hardly")
	}
	add("base_", "estimate", "preliminary")
	add("assume_", "value", "plan", "growth", "attainment", "gap")
	add("formula_", "stored", "stated", "other", "value", "attainment", "gap", "growth", "change", "required_growth", "pace", "share", "remainder", "ratio", "total",
		"average", "backcast", "contribution")
	for _, op := range operations {
		add("op_", string(op))
	}
	add("chart_title_", "attainment", "growth", "other")
	add("review_claim_", "growth", "growth_prev", "attainment", "contribution")
	add("left_", "no_name", "no_base", "no_measure", "approximate", "ambiguous")
	add("review_doubt_", "unit_jump", "unlikely", "beyond", "stated_differs", "plan_below_realised", "parts_over_whole", "revised", "sources_disagree")
	// Remarks and doubts that stand before the first figure, or have words of their own.
	return slices.DeleteFunc(ids, func(id string) bool {
		return id == "note_hello" || id == "note_thanks" || id == "note_premise" || id == "note_assumed" || id == "note_formula"
	})
}

var operations = []qa.Op{qa.Value, qa.Attainment, qa.Gap, qa.Growth, qa.Change, qa.RequiredGrowth, qa.Pace, qa.Share, qa.Remainder, qa.Ratio, qa.Total, qa.Average,
	qa.CountOf, qa.Rank, qa.List, qa.Filter, qa.Backcast, qa.Convert, qa.Trend, qa.ProjectFacts, qa.StatementOf, qa.SourceOf, qa.Verify, qa.Explain, qa.Define,
	qa.Coverage, qa.WhatIf, qa.Contribution}

// literals are the string literals of the whole module's code, tests left out.
func literals(t *testing.T) map[string]bool {
	found := map[string]bool{}
	for _, root := range []string{"../../internal", "../../cmd"} {
		if _, err := os.Stat(root); err != nil {
			continue
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			src, err := os.ReadFile(path)
			for _, lit := range regexp.MustCompile(`"([a-z][a-z0-9_]*)"`).FindAllStringSubmatch(string(src), -1) {
				found[lit[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func TestEveryMessageIsThereAndUsed(t *testing.T) {
	c := newPrinter(t).catalog
	known := literals(t)
	for _, id := range families(t) {
		known[id] = true
		if !c.has(id) {
			t.Errorf("message %q is missing", id)
		}
	}
	for id := range c.ids["vi"] {
		if !known[id] {
			t.Errorf("message %q is used nowhere", id)
		}
	}
	files, _ := filepath.Glob("*.go")
	said := regexp.MustCompile(`(?:say|has)\("([a-z_]+)"[,)]`)
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(src), -1) {
			if !c.has(m[1]) && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s says %q, which is no message", file, m[1])
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\.[A-Z]\w*`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestMessagesAgree(t *testing.T) {
	c := newPrinter(t).catalog
	for id, vi := range c.ids["vi"] {
		en := c.ids["en"][id]
		if vi.Other == "" || en.Other == "" {
			t.Errorf("%s: a text is empty", id)
		}
		if got, want := placeholders(en.Other), placeholders(vi.Other); !slices.Equal(got, want) {
			t.Errorf("%s: English takes %v, Vietnamese %v", id, got, want)
		}
		if (vi.One == "") != (en.One == "") {
			t.Errorf("%s: only one language has the form one", id)
		}
		if strings.Contains(vi.Other, ".Count") && vi.One == "" && id != "formula_mean" && id != "formula_per" {
			t.Errorf("%s counts, but has no form one", id)
		}
		for _, text := range []string{vi.Other, en.Other, vi.One, en.One} {
			if plain(text) != text || strings.ContainsAny(text, "<>") || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q holds markup or blanks at its ends", id, text)
			}
		}
	}
}

// Every message can be filled in, for every count.
func TestMessagesFill(t *testing.T) {
	c := newPrinter(t).catalog
	for _, lang := range languages {
		for id, m := range c.ids[lang] {
			for _, n := range []int{0, 1, 2, 21} {
				args := map[string]any{"Count": n}
				for _, p := range placeholders(m.Other + m.One) {
					if p != ".Count" {
						args[p[1:]] = "x"
					}
				}
				if c.message(lang, id, args) == "" {
					t.Errorf("%s %s with count %d is empty", lang, id, n)
				}
			}
		}
	}
}

func TestMessage(t *testing.T) {
	p := newPrinter(t)
	if got := p.Message("en", "attainment", map[string]any{"Value": "5%"}); got != "5% of plan" {
		t.Errorf("got %q", got)
	}
	if got := p.Message("fr", "attainment", map[string]any{"Value": "5%"}); got != "đạt 5% kế hoạch" {
		t.Errorf("an unknown language gives %q", got)
	}
	for _, id := range []string{"attainment", "no_such_message"} {
		if got := p.Message("vi", id, nil); got != "" {
			t.Errorf("%s without arguments gives %q", id, got)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"no files":        {fstest.MapFS{}, "messages.vi.yaml"},
		"only one":        {fstest.MapFS{"messages.vi.yaml": file("a: b\n")}, "messages.en.yaml"},
		"missing in en":   {fstest.MapFS{"messages.vi.yaml": file("a: b\nc: d\n"), "messages.en.yaml": file("a: b\n")}, `messages.en.yaml: message "c" is missing`},
		"missing in vi":   {fstest.MapFS{"messages.vi.yaml": file("a: b\n"), "messages.en.yaml": file("a: b\nc: d\n")}, `messages.vi.yaml: message "c" is missing`},
		"key given twice": {fstest.MapFS{"messages.vi.yaml": file("a: b\na: c\n"), "messages.en.yaml": file("a: b\n")}, `messages.vi.yaml:2:1`},
	} {
		if _, err := ReadMessages(c.files); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
