package facts

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestNothingFromOutside: no link brings anything from outside into the facts, be it to a file or to a folder; each that looks like facts is named.
func TestNothingFromOutside(t *testing.T) {
	outside := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(outside, "catalogue.yaml"), goodCatalogue)
	write(filepath.Join(outside, "documents/d.yaml"), document("figures: [{indicator: xk, period: 2020, actual: 3}]\n"))
	for name, c := range map[string]struct{ from, to, want string }{
		"the catalogue":        {"catalogue.yaml", "catalogue.yaml", "catalogue.yaml: is a symbolic link"},
		"a document":           {"documents/d.yaml", "documents/d.yaml", "documents/d.yaml: is a symbolic link"},
		"the documents":        {"documents", "documents", "documents: is a symbolic link"},
		"a folder of them":     {"documents/2020", "documents", "documents/2020: is a symbolic link"},
		"up":                   {"documents/d.yaml", "..", "documents/d.yaml: is a symbolic link"},
		"a file of no facts":   {"notes.txt", "catalogue.yaml", ""},
		"a folder of no facts": {"more", "documents", ""},
	} {
		dir := t.TempDir()
		if c.from != "catalogue.yaml" {
			write(filepath.Join(dir, "catalogue.yaml"), goodCatalogue)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, c.from)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(outside, c.to), filepath.Join(dir, c.from)); err != nil {
			t.Skip(err)
		}
		s, problems := Load(os.DirFS(dir), Options{Units: testUnits(t)})
		switch {
		case c.want == "" && (len(problems) > 0 || s.ObservationCount() > 0):
			t.Errorf("%s: %v", name, problems)
		case c.want != "" && !strings.Contains(problems.Error(), c.want):
			t.Errorf("%s: %v, want %s", name, problems, c.want)
		case strings.Contains(problems.Error(), outside):
			t.Errorf("%s: where the link leads is said: %v", name, problems)
		}
	}
}

// TestOnlyFiles: what is no regular file is not opened: a pipe would be waited for without end.
func TestOnlyFiles(t *testing.T) {
	for _, mode := range []fs.FileMode{fs.ModeNamedPipe, fs.ModeSocket, fs.ModeDevice, fs.ModeIrregular} {
		folder := unread{fstest.MapFS{"documents/d.yaml": {Mode: mode}}}
		if _, problems := Load(folder, Options{Units: testUnits(t)}); len(problems) != 1 || !strings.Contains(problems[0].Message, "no regular file") {
			t.Errorf("%v: %v", mode, problems)
		}
	}
}

// unread is a folder whose files cannot be opened.
type unread struct{ fstest.MapFS }

func (u unread) Open(name string) (fs.File, error) {
	if strings.Contains(name, ".yaml") {
		panic(name + " was opened")
	}
	return u.MapFS.Open(name)
}

// TestIDsArePlain: an id is letters, digits, - and _: it stands in file names, in callback data, in the state.
func TestIDsArePlain(t *testing.T) {
	for _, id := range []string{"../x", "/x", "a/b", "a.b", "A", "a b", "\"a\\nb\"", "\"\\u202ea\"", "<b>", "-", "é", "'a''b'", "a;b"} {
		for what, files := range map[string]map[string]string{
			"an area":      {"catalogue.yaml": "areas: [{id: " + id + ", name: {vi: A}}]"},
			"an indicator": {"catalogue.yaml": "indicators: [{id: " + id + ", name: {vi: A}, unit: tấn}]"},
			"a source":     {"documents/d.yaml": "source: {id: " + id + ", title: T}"},
		} {
			if _, problems := Load(folder(files), Options{Units: testUnits(t)}); len(problems) == 0 {
				t.Errorf("%s may have the id %s", what, id)
			} else if text := problems.Error(); strings.ContainsAny(text, "\u202e") {
				t.Errorf("%s: %q", what, text)
			}
		}
	}
}
