package update

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"factbot/internal/tidy"
)

// TestFilesStayInside: whatever a table calls its sources, areas and indicators, and whatever the table is called, the files written stand in the facts
// folder, under plain names.
func TestFilesStayInside(t *testing.T) {
	for _, evil := range []string{"../../evil", "/etc/cron.d/evil", `..\..\evil`, "a/../../../evil", "~/.ssh/evil", "C:\\evil", "evil.yaml", ".evil", "..", "con", "\u202elave", strings.Repeat("dài ", 500), "💥", "`id`", "$(id)"} {
		outer := t.TempDir()
		dir := filepath.Join(outer, "a", "facts")
		in := tidy.Table{Name: evil}
		in.Rows = table(t, "t.csv", head+"X,Y,2020,actual,1,tấn,S,,,flow,,,\n").Rows
		r := &in.Rows[0]
		r.Source, r.Area, r.Indicator = evil, evil, evil
		report, err := Import(dir, []tidy.Table{in}, options(t))
		var refusal *Refusal
		if err != nil && !errors.As(err, &refusal) && !strings.Contains(err.Error(), "not be in order") {
			t.Errorf("%q: %v", evil, err)
		}
		for _, name := range report.Files {
			if bare := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(name, "documents/"), ".yaml"), ".csv"); strings.Trim(bare, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || len(bare) > 100 {
				t.Errorf("%q is written to %q", evil, name)
			}
		}
		for name := range contents(t, outer) {
			if !strings.HasPrefix(name, filepath.Join("a", "facts")+string(filepath.Separator)) {
				t.Errorf("%q: %s is outside", evil, name)
			}
		}
	}
}

// TestLinksAreNotWrittenThrough: a facts folder whose documents are elsewhere is refused, and nothing is written there.
func TestLinksAreNotWrittenThrough(t *testing.T) {
	for _, link := range []string{"documents", "catalogue.yaml", "documents/s.csv", "documents/s.yaml"} {
		dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "outside")
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, link)), 0o700); err != nil {
			t.Fatal(err)
		}
		if link == "documents" {
			if err := os.MkdirAll(outside, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Symlink(outside, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
		in := table(t, "t.csv", head+"X,Y,2020,actual,1,tấn,S,,,flow,,,\n")
		if _, err := Import(dir, []tidy.Table{in}, options(t)); err == nil || !strings.Contains(err.Error(), "symbolic link") {
			t.Errorf("%s: %v", link, err)
		}
		if got := contents(t, filepath.Dir(outside)); len(got) > 0 {
			t.Errorf("%s: written %v", link, got)
		}
	}
}
