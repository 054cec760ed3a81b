package update

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbot/internal/tidy"
)

// TestApplyTakesBack: where a file cannot be written, those before it are as they were.
func TestApplyTakesBack(t *testing.T) {
	opts := options(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"catalogue.yaml": "areas:\n  - id: a\n    name: {vi: A}\n", "documents/b.yaml/.keep": ""} {
		if err := write(dir, name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	before := contents(t, dir)
	changes := []change{{"catalogue.yaml", []byte("areas:\n  - id: z\n    name: {vi: Z}\n")}, {"documents/a.yaml", []byte("source: {title: A}\n")}, {"documents/b.yaml", []byte("source: {title: B}\n")}}
	if _, err := apply(dir, changes, opts); err == nil || !strings.Contains(err.Error(), "b.yaml") {
		t.Errorf("a folder where a file should be: %v", err)
	}
	if got := contents(t, dir); !maps.Equal(before, got) {
		t.Errorf("got %q, want %q", got, before)
	}
}

// TestApplyRefuses: a folder that would not load stays as it is.
func TestApplyRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "facts")
	if _, err := apply(dir, []change{{"catalogue.yaml", []byte("areas: 7\n")}}, options(t)); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder was made: %v", err)
	}
}

// TestWorkbook: the same table as CSV and as a workbook gives the same facts.
func TestWorkbook(t *testing.T) {
	opts := options(t)
	in := table(t, "t.csv", province)
	in.Projects = table(t, "p.csv", projects).Projects
	var b bytes.Buffer
	if err := tidy.WriteXLSX(&b, in); err != nil {
		t.Fatal(err)
	}
	book, problems := tidy.Read("t.xlsx", &b, tidy.Options{Units: opts.Units})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got [2][]string
	for i, in := range []tidy.Table{in, book} {
		dir := filepath.Join(t.TempDir(), "facts")
		if _, err := Import(dir, []tidy.Table{in}, opts); err != nil {
			t.Fatal(err)
		}
		got[i] = said(read(t, dir, opts))
	}
	if !slices.Equal(got[0], got[1]) {
		t.Errorf("as CSV\n%s\nas a workbook\n%s", strings.Join(got[0], "\n"), strings.Join(got[1], "\n"))
	}
}

func TestSplice(t *testing.T) {
	entry := []string{"- id: x\n  name: {vi: X}\n"}
	for in, want := range map[string]string{
		"":                    "areas:\n  - id: x\n    name: {vi: X}\n",
		"indicators: []":      "indicators: []\nareas:\n  - id: x\n    name: {vi: X}\n",
		"areas: []  # none\n": "areas:\n  - id: x\n    name: {vi: X}\n",
		"areas:\n    - id: a\n\n# next\nindicators:\n": "areas:\n    - id: a\n    - id: x\n      name: {vi: X}\n\n# next\nindicators:\n",
		"areas:\n- id: a\n  name: A\nindicators:\n":    "areas:\n- id: a\n  name: A\n- id: x\n  name: {vi: X}\nindicators:\n",
		"areas: [{id: a}]\n":                           "catalogue.yaml:1: areas: the list is written within brackets; write it with an entry a line beneath, each after -",
	} {
		got, err := splice(in, "areas", entry)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}
