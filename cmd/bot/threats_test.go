package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	threatRow = regexp.MustCompile(`(?m)^\| [^|]+ \| [^|]+ \| ([^|]+) \|$`)
	heldBy    = regexp.MustCompile("`([a-z/_]+_test\\.go)`|\\b((?:Test|Fuzz)[A-Z]\\w*)")
)

// Each threat of docs/security.md is held by tests that there are, where the page says; and every test of a security_test.go stands there.
func TestThreatsAreHeld(t *testing.T) {
	page, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "\n## Threats\n")
	table, _, ends := strings.Cut(table, "\n## ")
	if !found || !ends {
		t.Fatal("the page has no threats")
	}
	functions, named := map[string]map[string]bool{}, map[string]bool{}
	rows := threatRow.FindAllStringSubmatch(table, -1)
	if lines := strings.Count(table, "\n|") - 1; len(rows) != lines { // the line below the head is no row
		t.Fatalf("%d of %d rows are read", len(rows), lines)
	}
	for _, row := range rows[1:] {
		file, tests := "", 0
		for _, m := range heldBy.FindAllStringSubmatch(row[1], -1) {
			switch {
			case m[1] != "":
				file = m[1]
			case file == "":
				t.Errorf("%s: the page does not say in which file", m[2])
			default:
				tests++
				named[file+" "+m[2]] = true
				if functions[file] == nil {
					functions[file] = functionsOf(t, file)
				}
				if !functions[file][m[2]] {
					t.Errorf("%s has no %s", file, m[2])
				}
			}
		}
		if tests == 0 {
			t.Errorf("nothing holds %s", row[0])
		}
	}
	for _, pattern := range []string{"internal/*/security_test.go", "cmd/*/security_test.go"} {
		files, err := filepath.Glob("../../" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, path := range files {
			file := strings.TrimPrefix(strings.TrimPrefix(filepath.ToSlash(path), "../../"), "internal/")
			for name := range functionsOf(t, file) {
				if heldBy.MatchString(name) && !named[file+" "+name] {
					t.Errorf("%s of %s is not in the page", name, file)
				}
			}
		}
	}
}

// functionsOf are the functions of a file, as the page names it.
func functionsOf(t *testing.T, file string) map[string]bool {
	t.Helper()
	if !strings.HasPrefix(file, "cmd/") {
		file = "internal/" + file
	}
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", file), nil, 0)
	if err != nil {
		t.Error(err)
		return map[string]bool{}
	}
	names := map[string]bool{}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
			names[fn.Name.Name] = true
		}
	}
	return names
}
