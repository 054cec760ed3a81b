package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floor is what a question set must reach.
type floor struct {
	set      string // file in internal/qa/testdata/sets
	now      string
	facts    string // shipped, or a folder of tables in internal/qa/testdata that are imported first
	minRight string
	maxWrong string
}

const testdata = "../../internal/qa/testdata"

// Every question set reaches its floor, and every set has one.
func TestSets(t *testing.T) {
	floors := readFloors(t)
	listed := map[string]bool{}
	for _, f := range floors {
		listed[f.set] = true
		t.Run(f.set, func(t *testing.T) {
			args := []string{"eval", filepath.Join(testdata, "sets", f.set), "--now", f.now, "--min-right", f.minRight, "--max-wrong", f.maxWrong}
			if f.facts != "shipped" {
				args = append(args, "--facts", imported(t, filepath.Join(testdata, f.facts)))
			}
			var out bytes.Buffer
			status := run(args, strings.NewReader(""), &out, &out, func(string) string { return "" })
			if status != 0 {
				t.Fatalf("status %d: the floor is %s right, %s wrong\n%s", status, f.minRight, f.maxWrong, out.String())
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			t.Log(lines[len(lines)-1])
		})
	}
	sets, err := filepath.Glob(filepath.Join(testdata, "sets", "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range sets {
		if name := filepath.Base(set); !listed[name] {
			t.Errorf("%s has no floor in floors.txt", name)
		}
	}
}

// imported is a facts folder made of the tables of a folder.
func imported(t *testing.T, tables string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(tables, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no tables (%v)", tables, err)
	}
	dir := filepath.Join(t.TempDir(), "facts")
	var out bytes.Buffer
	if status := run(append([]string{"import", "--facts", dir}, files...), strings.NewReader(""), &out, &out, func(string) string { return "" }); status != 0 {
		t.Fatalf("import of %s: status %d\n%s", tables, status, out.String())
	}
	return dir
}

func readFloors(t *testing.T) []floor {
	t.Helper()
	name := filepath.Join(testdata, "floors.txt")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var floors []floor
	for i, line := range strings.Split(string(data), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if err := share(fields); err != nil {
			t.Fatalf("%s:%d: %v", name, i+1, err)
		}
		floors = append(floors, floor{fields[0], fields[1], fields[2], fields[3], fields[4]})
	}
	return floors
}

func share(fields []string) error {
	if len(fields) != 5 {
		return fmt.Errorf("%q are %d columns, not set, now, facts, min-right, max-wrong", fields, len(fields))
	}
	for _, f := range fields[3:] {
		if n, err := strconv.ParseFloat(f, 64); err != nil || n < 0 || n > 1 {
			return fmt.Errorf("%q is not a share from 0 to 1", f)
		}
	}
	return nil
}
