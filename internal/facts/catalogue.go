package facts

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/strictyaml"
	"factbot/internal/token"
)

// text is a name or short text by language, with its place.
type text = strictyaml.At[map[string]string]

type catalogueForm struct {
	DefaultArea strictyaml.At[string] `yaml:"default_area"`
	Areas       []areaForm            `yaml:"areas"`
	Indicators  []indicatorForm       `yaml:"indicators"`
}

type areaForm struct {
	ID      strictyaml.At[string]   `yaml:"id,required"`
	Name    text                    `yaml:"name,required"`
	Aliases []strictyaml.At[string] `yaml:"aliases"`
	PartOf  strictyaml.At[string]   `yaml:"part_of"`
	Breaks  []breakForm             `yaml:"breaks"`
}

type indicatorForm struct {
	ID         strictyaml.At[string]   `yaml:"id,required"`
	Name       text                    `yaml:"name,required"`
	Aliases    []strictyaml.At[string] `yaml:"aliases"`
	Unit       strictyaml.At[string]   `yaml:"unit,required"`
	Kind       strictyaml.At[string]   `yaml:"kind"`
	PartOf     strictyaml.At[string]   `yaml:"part_of"`
	Group      text                    `yaml:"group"`
	Definition text                    `yaml:"definition"`
	Breaks     []breakForm             `yaml:"breaks"`
}

type breakForm struct {
	At   strictyaml.At[string] `yaml:"at,required"`
	Note text                  `yaml:"note"`
}

// catalogue is what catalogue.yaml says.
type catalogue struct {
	digest      digest
	list        []*Indicator // in its order
	all         []*Area
	indicators  *catalogueNames
	areas       *catalogueNames
	known       map[string]*Indicator // by id
	defaultArea strictyaml.At[string]
}

func newCatalogue() *catalogue {
	return &catalogue{indicators: newNames(), areas: newNames(), known: map[string]*Indicator{}}
}

// readCatalogue reads catalogue.yaml.
func (l *loader) readCatalogue(f file) {
	l.catalogue.digest = f.digest
	var form catalogueForm
	l.problems = append(l.problems, strictyaml.Load(f.name, f.data, &form)...)
	l.defaultArea = form.DefaultArea
	for _, a := range form.Areas {
		l.area(f.name, a)
	}
	for _, i := range form.Indicators {
		l.indicator(f.name, i)
	}
	parents := map[string]strictyaml.At[string]{}
	for _, a := range form.Areas {
		parents[a.ID.Value] = a.PartOf
	}
	l.checkParents(f.name, "area", l.areas, parents)
	parents = map[string]strictyaml.At[string]{}
	for _, i := range form.Indicators {
		parents[i.ID.Value] = i.PartOf
	}
	l.checkParents(f.name, "indicator", l.indicators, parents)
}

func (l *loader) area(name string, form areaForm) {
	a := &Area{ID: form.ID.Value, Name: l.text(name, "name", form.Name), Aliases: l.words(name, "aliases", form.Aliases),
		PartOf: form.PartOf.Value, Breaks: l.breaks(name, form.Breaks)}
	if !l.claimID(name, "area", form.ID) {
		return
	}
	l.uniqueName(name, "area", form.Name, l.areas)
	l.areas.add(a.ID, a.Name, a.Aliases)
	l.all = append(l.all, a)
}

func (l *loader) indicator(name string, form indicatorForm) {
	i := &Indicator{ID: form.ID.Value, Name: l.text(name, "name", form.Name), Aliases: l.words(name, "aliases", form.Aliases),
		PartOf: form.PartOf.Value, Group: l.text(name, "group", form.Group), Definition: l.text(name, "definition", form.Definition),
		Breaks: l.breaks(name, form.Breaks)}
	if form.Unit.Given() {
		i.Unit, i.Mult = l.unit(name, "unit", form.Unit)
	}
	i.Kind = l.kind(name, form.Kind, i.Name)
	if !l.claimID(name, "indicator", form.ID) {
		return
	}
	l.uniqueName(name, "indicator", form.Name, l.indicators)
	l.indicators.add(i.ID, i.Name, i.Aliases)
	l.known[i.ID] = i
	l.list = append(l.list, i)
}

// kinds are the kinds by their names in files.
var kinds = map[string]Kind{"flow": Flow, "stock": Stock, "index": Index, "rate": Rate}

// kind is the kind that an entry names, else the one that the names of common indicators say.
func (l *loader) kind(name string, given strictyaml.At[string], names Text) Kind {
	if given.Given() {
		k, ok := kinds[given.Value]
		if !ok {
			l.report(name, given.Pos, "kind: %q is not flow, stock, index or rate", given.Value)
		}
		return k
	}
	if l.opts.Kind != nil {
		for _, lang := range slices.Sorted(maps.Keys(names)) {
			if k := l.opts.Kind(names[lang]); k != UnknownKind {
				return k
			}
		}
	}
	return UnknownKind
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// claimID checks an id's form and that no other of its class is read the same. It reports whether the entry can be kept.
func (l *loader) claimID(name, class string, id strictyaml.At[string]) bool {
	if !id.Given() {
		return false
	}
	if !idForm.MatchString(id.Value) {
		l.report(name, id.Pos, "id: %q is not made of lower case letters, digits, - and _", id.Value)
		return false
	}
	key := class + " " + token.Fold(id.Value)
	if was, ok := l.ids[key]; ok {
		l.report(name, id.Pos, "id: %q is read the same as the %s %q in %s:%d", id.Value, class, was.Message, was.File, was.Line)
		return false
	}
	l.ids[key] = Problem{File: name, Line: id.Pos.Line, Message: id.Value}
	return true
}

// uniqueName refuses a full name that another entry of the class has; aliases may be shared.
func (l *loader) uniqueName(name, class string, names text, known *catalogueNames) {
	for _, lang := range slices.Sorted(maps.Keys(names.Value)) {
		for _, e := range known.byFold[token.Fold(names.Value[lang])] {
			if e.rank == 1 && strings.Join(e.words, " ") == lowered(names.Value[lang]) {
				l.report(name, names.Pos, "name: %q is the name of %s %q already", names.Value[lang], class, e.id)
				return
			}
		}
	}
}

func lowered(s string) string {
	tokens := token.Split(s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Lower
	}
	return strings.Join(words, " ")
}

var langForm = regexp.MustCompile(`^[a-z]{2,3}$`)

// text checks a text by language; nil where none is given.
func (l *loader) text(name, label string, t text) Text {
	if !t.Given() {
		return nil
	}
	if len(t.Value) == 0 {
		l.report(name, t.Pos, "%s: no language; write {vi: …, en: …}", label)
	}
	for _, lang := range slices.Sorted(maps.Keys(t.Value)) {
		if !langForm.MatchString(lang) {
			l.report(name, t.Pos, "%s: %q is no language code (vi, en)", label, lang)
		} else if strings.TrimSpace(t.Value[lang]) == "" {
			l.report(name, t.Pos, "%s: the text in %q is blank", label, lang)
		}
	}
	return Text(t.Value)
}

// words checks a list of names or keywords: none may be blank.
func (l *loader) words(name, label string, list []strictyaml.At[string]) []string {
	var words []string
	for _, w := range list {
		if token.Fold(w.Value) == "" && w.Given() {
			l.report(name, w.Pos, "%s: %q has no word in it", label, w.Value)
		}
		words = append(words, w.Value)
	}
	return words
}

func (l *loader) breaks(name string, forms []breakForm) []Break {
	var breaks []Break
	for _, b := range forms {
		breaks = append(breaks, Break{l.period(name, "at", b.At), l.text(name, "note", b.Note)})
	}
	return breaks
}

// period reads a period; zero where none is given or it is wrong.
func (l *loader) period(name, label string, at strictyaml.At[string]) period.Period {
	if !at.Given() {
		return period.Period{}
	}
	p, err := period.Parse(at.Value)
	if err != nil {
		message := err.Error()
		if !strings.HasPrefix(message, label) {
			message = label + ": " + message
		}
		l.report(name, at.Pos, "%s", message)
		return period.Period{}
	}
	return p
}

// checkParents finds parts of nothing and circles of parts. A circle is reported once, at its first entry.
func (l *loader) checkParents(name, class string, known *catalogueNames, parents map[string]strictyaml.At[string]) {
	settled := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(parents)) {
		if up := parents[id]; up.Given() && !known.has(up.Value) {
			l.report(name, up.Pos, "part_of: no %s has the id %q", class, up.Value)
		}
		way := []string{id}
		for up := parents[id]; up.Given() && !settled[up.Value]; up = parents[up.Value] {
			if at := slices.Index(way, up.Value); at >= 0 {
				circle := append(way[at:], up.Value)
				l.report(name, parents[way[len(way)-1]].Pos, "part_of: %s is part of itself", strings.Join(circle, " → "))
				break
			}
			way = append(way, up.Value)
		}
		for _, id := range way {
			settled[id] = true
		}
	}
}
