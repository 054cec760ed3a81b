package reference

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/strictyaml"
	"factbot/internal/token"
)

// AreaKind is what sort of place an area is.
type AreaKind string

// The kinds of areas. A country is the home country or one of trade, a bloc several countries together.
const (
	Country  AreaKind = "country"
	Bloc     AreaKind = "bloc"
	Region   AreaKind = "region"
	Province AreaKind = "province"
	City     AreaKind = "city"
	Town     AreaKind = "town"
	District AreaKind = "district"
)

// Area is an area known by name. Aliases include the forms with what it is before the name ("tỉnh …", "TP …").
type Area struct {
	ID         string
	Kind       AreaKind
	Name       facts.Text
	Aliases    []string
	PartOf     string        // id of the area that holds it, or empty
	MergedInto string        // id of the area that it became part of, or empty
	MergedAt   period.Period // the first period in which it was part of that
}

// Indicator is a common indicator known by name.
type Indicator struct {
	ID      string
	Kind    facts.Kind
	Name    facts.Text
	Aliases []string
	Shared  []string // names that other indicators are asked by too; they say nothing of the kind
}

// Names are all reference names. They are not to be changed.
type Names struct {
	Areas      []Area
	Indicators []Indicator

	areas map[string]*Area
	kinds map[string]facts.Kind // by folded name or alias
	leads map[string]facts.Kind // by the folded words that a name begins with
	cuts  []string              // folded words from which on a name says only how and where
}

// Load reads the names that the program carries.
func Load() (*Names, error) { return Read(files) }

// Read reads areas.yaml and indicators.yaml. The error names every problem, a line each.
func Read(fsys fs.FS) (*Names, error) {
	var areas areasForm
	var indicators indicatorsForm
	r := &reader{}
	r.load(fsys, "areas.yaml", &areas)
	r.load(fsys, "indicators.yaml", &indicators)
	n := &Names{areas: map[string]*Area{}, kinds: map[string]facts.Kind{}, leads: map[string]facts.Kind{}}
	r.areas(n, areas)
	r.indicators(n, indicators)
	if len(r.problems) > 0 {
		return nil, errors.Join(r.problems...)
	}
	return n, nil
}

// Area is the area with an id, or nil.
func (n *Names) Area(id string) *Area { return n.areas[id] }

// Merged are the areas that became part of one, in the order of the file.
func (n *Names) Merged(into string) []Area {
	var merged []Area
	for _, a := range n.Areas {
		if a.MergedInto == into && into != "" {
			merged = append(merged, a)
		}
	}
	return merged
}

// Kind is the kind of the common indicator that a name means, however the report writes on about price base, place or part; unknown
// where the name says nothing about it.
func (n *Names) Kind(name string) facts.Kind {
	for _, candidate := range []string{name, before(name, " - "), strings.ReplaceAll(before(name, "("), ")", "")} {
		key := token.Fold(candidate)
		if k, ok := n.kinds[key]; ok {
			return k
		}
		if k, ok := n.led(key); ok {
			return k
		}
		for _, cut := range n.cuts {
			if head, _, found := strings.Cut(key+" ", " "+cut+" "); found {
				if k, ok := n.kinds[head]; ok {
					return k
				}
			}
		}
	}
	return facts.UnknownKind
}

// before is the part of a name before a mark.
func before(name, mark string) string {
	head, _, _ := strings.Cut(name, mark)
	return head
}

// led is the kind that the words at the beginning of a folded name settle.
func (n *Names) led(key string) (facts.Kind, bool) {
	words := strings.Fields(key)
	for i := min(len(words), 3); i > 0; i-- {
		if k, ok := n.leads[strings.Join(words[:i], " ")]; ok {
			return k, true
		}
	}
	return facts.UnknownKind, false
}

// reader collects what is wrong with the files.
type reader struct{ problems []error }

func (r *reader) report(file string, at strictyaml.Pos, format string, args ...any) {
	r.problems = append(r.problems, strictyaml.Problem{File: file, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
}

func (r *reader) load(fsys fs.FS, name string, into any) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		r.problems = append(r.problems, err)
		return
	}
	for _, p := range strictyaml.Load(name, data, into) {
		r.problems = append(r.problems, p)
	}
}
