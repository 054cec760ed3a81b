package main

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// row is a line of the table of ARCHITECTURE.md.
var row = regexp.MustCompile("(?m)^\\| `([^|`]*)` \\| [^|]* \\| ([^|]*)\\| ([^|]*)\\|$")

// shared may be imported everywhere.
var shared = []string{"x/text"}

// ARCHITECTURE.md says what each package imports: of ours, and which libraries; a library has one owner.
func TestArchitecture(t *testing.T) {
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	said, owner := map[string]bool{}, map[string]string{}
	for _, m := range row.FindAllStringSubmatch(string(page), -1) {
		said[m[1]] = true
		ours, libraries := imports(t, filepath.Join("../..", m[1]))
		if want := strings.Fields(m[2]); !slices.Equal(ours, want) {
			t.Errorf("%s imports %v of ours, ARCHITECTURE.md says %v", m[1], ours, want)
		}
		if want := strings.Fields(m[3]); !slices.Equal(libraries, slices.Sorted(slices.Values(want))) {
			t.Errorf("%s imports the libraries %v, ARCHITECTURE.md says %v", m[1], libraries, want)
		}
		for _, l := range libraries {
			if owner[l] != "" && !slices.Contains(shared, l) {
				t.Errorf("%s is imported by %s and %s: a library has one owner", l, owner[l], m[1])
			}
			owner[l] = m[1]
		}
	}
	folders, err := filepath.Glob("../../internal/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		name := path.Join("internal", filepath.Base(f))
		files, err := filepath.Glob(filepath.Join(f, "*.go"))
		if err == nil && len(files) > 0 && !said[name] {
			t.Errorf("%s is not in the table of ARCHITECTURE.md", name)
		}
	}
}

// imports are a folder's packages of ours and its libraries, sorted, by their short names; tests do not count.
func imports(t *testing.T, folder string) (ours, libraries []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Imports {
			imported, err := strconv.Unquote(s.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			first, rest, _ := strings.Cut(imported, "/")
			switch {
			case first == "factbot" && strings.HasPrefix(rest, "internal/"):
				ours = append(ours, path.Base(imported))
			case strings.Contains(first, "."):
				libraries = append(libraries, library(imported))
			}
		}
	}
	slices.Sort(ours)
	slices.Sort(libraries)
	return slices.Compact(ours), slices.Compact(libraries)
}

// library is the short name of a library: the repository's, x/text for golang.org/x/text, bleve for all of blevesearch.
func library(imported string) string {
	parts := strings.Split(imported, "/")
	switch {
	case parts[0] == "golang.org":
		return strings.Join(parts[1:3], "/")
	case parts[0] == "git.sr.ht": // with its author
		return parts[2]
	case parts[0] == "github.com" && parts[1] == "blevesearch":
		return "bleve"
	case strings.HasPrefix(imported, "github.com/go-telegram/bot"):
		return "go-telegram"
	case parts[0] == "github.com":
		return parts[2]
	}
	return parts[1]
}
