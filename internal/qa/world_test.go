package qa_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	shipped "factbot/facts"
	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/search"
	"factbot/internal/tidy"
	"factbot/internal/update"
	"factbot/internal/words"
	"factbot/locales"
	"factbot/reference"
)

// finder is the search index as an engine asks it.
type finder struct{ names, statements *search.Index }

func (f *finder) Find(words []string, limit int) []string { return f.names.Find(words, limit) }

func (f *finder) Statements(words []string, limit int) (ids []string, held []int) {
	for _, h := range f.statements.Text(words, limit) {
		ids, held = append(ids, h.ID), append(held, len(h.Words))
	}
	return ids, held
}

// engine is an engine over a snapshot with everything that is known beside it.
func engine(t testing.TB, s *facts.Snapshot, w *words.Words, names *reference.Names) *qa.Engine {
	t.Helper()
	var indicators, areas []qa.Known
	for _, i := range names.Indicators {
		indicators = append(indicators, qa.Known{ID: i.ID, Name: i.Name, Aliases: i.Aliases, Shared: i.Shared})
	}
	for _, a := range names.Areas {
		areas = append(areas, qa.Known{ID: a.ID, Name: a.Name, Aliases: a.Aliases})
	}
	f := &finder{}
	e := qa.NewEngine(s, w, indicators, areas, f)
	var entries []search.Entry
	for _, n := range e.Names() {
		entries = append(entries, search.Entry{ID: n.ID, Names: n.Names})
	}
	f.names = build(t, entries)
	entries = nil
	for _, st := range s.Statements() {
		entries = append(entries, search.Entry{ID: st.ID, Names: append([]string{st.Text["vi"], st.Text["en"]}, st.Keywords...)})
	}
	f.statements = build(t, entries)
	return e
}

func build(t testing.TB, entries []search.Entry) *search.Index {
	t.Helper()
	x, err := search.Build(entries)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// worlds are the engines of the question sets: the shipped facts and those of the other worlds, their tables imported.
var worlds = sync.OnceValues(func() (map[string]*qa.Engine, error) {
	t := &failing{}
	w, err := words.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	names, err := reference.Load()
	if err != nil {
		return nil, err
	}
	s, problems := facts.Load(shipped.FS, facts.Options{Units: w.Units, Kind: names.Kind})
	if len(problems) > 0 {
		return nil, problems
	}
	out := map[string]*qa.Engine{"shipped": engine(t, s, w, names)}
	for _, name := range []string{"second", "third", "fourth", "fifth"} {
		s, err := imported(name, w, names)
		if err != nil {
			return nil, err
		}
		out[name] = engine(t, s, w, names)
	}
	return out, t.err
})

// imported are the facts of a folder of tables under testdata.
func imported(world string, w *words.Words, names *reference.Names) (*facts.Snapshot, error) {
	dir, err := os.MkdirTemp("", world)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var tables []tidy.Table
	for _, name := range []string{"table.csv", "projects.csv"} {
		f, err := os.Open(filepath.Join("testdata", world, name))
		if err != nil {
			return nil, err
		}
		table, problems := tidy.Read(name, f, tidy.Options{Units: w.Units})
		f.Close()
		if len(problems) > 0 {
			return nil, fmt.Errorf("%v", problems)
		}
		tables = append(tables, table)
	}
	if _, err := update.Import(dir, tables, update.Options{Units: w.Units, Kind: names.Kind}); err != nil {
		return nil, err
	}
	s, problems := facts.Load(os.DirFS(dir), facts.Options{Units: w.Units, Kind: names.Kind})
	if len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

// failing takes the place of a test where there is none yet.
type failing struct {
	testing.TB
	err error
}

func (f *failing) Helper()           {}
func (f *failing) Fatal(args ...any) { f.err = fmt.Errorf("%s", fmt.Sprint(args...)) }

func world(t testing.TB, name string) *qa.Engine {
	t.Helper()
	all, err := worlds()
	if err != nil {
		t.Fatal(err)
	}
	return all[name]
}

// asked is a line of a question set.
type asked struct {
	Lang           string
	ID, Chat, Text string
	Tags           []string
	Expect         struct{ Status []string }
}

// set is a question set with the world and the day that it is asked in.
type set struct {
	name, world string
	now         time.Time
	lines       []asked
}

// sets are the question sets that the floors name.
func sets(t testing.TB) []set {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "floors.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []set
	for _, line := range strings.Split(string(data), "\n") {
		f := strings.Fields(line)
		if len(f) < 5 || strings.HasPrefix(line, "#") {
			continue
		}
		now, err := time.Parse(time.DateOnly, f[1])
		if err != nil {
			t.Fatal(err)
		}
		s := set{name: f[0], world: f[2], now: now}
		file, err := os.Open(filepath.Join("testdata", "sets", f[0]))
		if err != nil {
			t.Fatal(err)
		}
		for sc := bufio.NewScanner(file); sc.Scan(); {
			var a asked
			if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
				t.Fatalf("%s: %v", f[0], err)
			}
			s.lines = append(s.lines, a)
		}
		file.Close()
		out = append(out, s)
	}
	if len(out) == 0 {
		t.Fatal("no question set is listed")
	}
	return out
}

// digest is what an answer says, without its words: status and results.
func digest(a qa.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", a.Status)
	if a.Status != qa.Answered {
		return b.String()
	}
	var lines []string
	for _, r := range a.Results {
		if r.Company {
			continue
		}
		v := ""
		if r.HasValue {
			v = r.Value.String()
		}
		lines = append(lines, fmt.Sprintf("%s %s%s%s %s %s: %s", r.Measure, r.Indicator, r.Project, r.Statement, r.Area, r.Period, v))
	}
	sort.Strings(lines)
	for _, l := range lines {
		b.WriteString("\n  " + l)
	}
	return b.String()
}
