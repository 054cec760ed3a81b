// Package update changes a facts folder as a whole: tables come in, all of them or nothing, and what is known goes out as a table.
//
// An import resolves the names of the tables (names.go, indicators.go, areas.go), puts each row into the document of its source
// (documents.go), writes the new entries of the catalogue into its text (splice.go), has the result loaded aside, and only then
// writes the files (apply.go).
package update

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
)

// Options say what is known beside the facts. Units is needed.
type Options struct {
	Units *quantity.Units
	// Kind is the kind of a common indicator by its name; may be nil.
	Kind func(name string) facts.Kind
	// Area is a well-known area by any of its names, with its id, names and aliases, nil for an unknown name; may be nil. Where it
	// says PartOf, that id must be known to it too.
	Area func(name string) *facts.Area
}

// Report says what an import changed.
type Report struct {
	Added, Replaced int // figures and claims
	Unchanged       int // stood in the facts already
	Repeated        int // the very same row again within the tables
	Projects        int // added or replaced
	NewAreas        []string
	NewIndicators   []string
	Documents       []string // ids of those that were added or changed
	Files           []string // written, from the folder on; empty: nothing changed
	Notes           []string // what was decided and does no harm; the tables' own notes are theirs
	Revision        string   // of the facts that came of it
}

// Refusal says why an import changed nothing: every problem with its file, line and column.
type Refusal struct{ Problems []tidy.Problem }

func (r *Refusal) Error() string {
	lines := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Import takes tables into a facts folder, which is made where there is none: all rows, or none and an error, a *Refusal where
// the tables are at fault. The tables must have been read without problems. Importing a table again changes nothing.
func Import(dir string, tables []tidy.Table, opts Options) (Report, error) {
	if opts.Units == nil {
		return Report{}, errors.New("no words of units were given")
	}
	before, err := load(dir, opts)
	if err != nil {
		return Report{}, err
	}
	im := newImporter(dir, before, opts)
	im.names(tables)
	im.settleIndicators()
	for _, t := range tables {
		im.table(t)
	}
	if len(im.problems) == 0 {
		im.merge()
	}
	if len(im.problems) > 0 {
		return Report{}, &Refusal{im.problems}
	}
	files, err := im.files()
	if err != nil {
		return Report{}, err
	}
	after, err := apply(dir, files, opts)
	if err != nil {
		return Report{}, err
	}
	im.report.Revision = before.Revision()
	if after != nil {
		im.report.Revision = after.Revision()
	}
	for _, f := range files {
		im.report.Files = append(im.report.Files, f.name)
	}
	return im.report, nil
}

// load reads the facts of a folder; none where there is no folder.
func load(dir string, opts Options) (*facts.Snapshot, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, os.ErrNotExist) {
		return facts.NewSnapshot(facts.Model{}), nil
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder", dir)
	}
	s, problems := facts.Load(os.DirFS(dir), facts.Options{Units: opts.Units, Kind: opts.Kind})
	if len(problems) > 0 {
		return nil, fmt.Errorf("the facts in %s are not in order:\n%w", dir, problems)
	}
	return s, nil
}

// importer is one import on its way.
type importer struct {
	dir        string
	before     *facts.Snapshot
	opts       Options
	report     Report
	problems   []tidy.Problem
	areas      *finder
	indicators *finder
	newAreas   []*facts.Area
	parents    map[string]string // of new areas
	newcomers  []*newcomer
	byID       map[string]*newcomer
	sources    []*document
	asked      map[[2]string]*document // by source and date as the tables write them
	seen       map[rowKey]seenRow
	stored     map[rowKey]storedRow
	projects   map[string]*facts.Project // by projectKey
	said       map[string]bool           // notes
	file       string                    // of the table being read
}

func newImporter(dir string, before *facts.Snapshot, opts Options) *importer {
	im := &importer{dir: dir, before: before, opts: opts, areas: newFinder(), indicators: newFinder(), parents: map[string]string{},
		byID: map[string]*newcomer{}, seen: map[rowKey]seenRow{}, stored: map[rowKey]storedRow{}, projects: map[string]*facts.Project{}, asked: map[[2]string]*document{}, said: map[string]bool{}}
	for _, a := range before.Areas() {
		im.areas.addAll(a.ID, a.Name, a.Aliases)
	}
	for _, i := range before.Indicators() {
		im.indicators.addAll(i.ID, i.Name, i.Aliases)
	}
	im.storedRows()
	for _, p := range before.Projects() {
		for _, name := range p.Name {
			im.projects[projectKey(name, p.Area)] = p
		}
	}
	return im
}

func (im *importer) refuse(sheet string, line int, column, format string, args ...any) {
	im.problems = append(im.problems, tidy.Problem{File: im.file, Sheet: sheet, Line: line, Column: column, Reason: fmt.Sprintf(format, args...)})
}

// note says something once.
func (im *importer) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !im.said[text] {
		im.said[text] = true
		im.report.Notes = append(im.report.Notes, text)
	}
}
