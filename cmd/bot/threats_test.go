package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	threatTests = regexp.MustCompile("`((?:internal|cmd)/[a-z/]+)` ((?:(?:Test|Fuzz)[A-Za-z]+(?:, )?)+)")
	testFunc    = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
)

// Every line of the threats in docs/security.md names tests that there are.
func TestThreatsHaveTests(t *testing.T) {
	page, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	_, threats, ok := strings.Cut(string(page), "## Threats")
	if !ok {
		t.Fatal("no threats")
	}
	lines := 0
	for line := range strings.Lines(threats) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| threat |") {
			continue
		}
		lines++
		named := threatTests.FindAllStringSubmatch(line, -1)
		if len(named) == 0 {
			t.Errorf("no test holds: %s", line)
		}
		for _, m := range named {
			there := testsIn(t, m[1])
			for _, name := range strings.Split(strings.TrimSuffix(m[2], ", "), ", ") {
				if !there[name] {
					t.Errorf("%s has no %s", m[1], name)
				}
			}
		}
	}
	if lines < 15 {
		t.Errorf("%d threats", lines)
	}
}

// testsIn are the tests of a package.
func testsIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../..", folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range testFunc.FindAllStringSubmatch(string(text), -1) {
			there[m[1]] = true
		}
	}
	return there
}
