package facts

import (
	"net/url"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
	"factbot/internal/token"
)

type documentForm struct {
	Source     sourceForm            `yaml:"source,required"`
	Area       strictyaml.At[string] `yaml:"area"`
	Figures    []figureForm          `yaml:"figures"`
	Projects   []projectForm         `yaml:"projects"`
	Statements []statementForm       `yaml:"statements"`
}

type sourceForm struct {
	ID        strictyaml.At[string] `yaml:"id"`
	Title     strictyaml.At[string] `yaml:"title,required"`
	Publisher string                `yaml:"publisher"`
	Date      strictyaml.At[string] `yaml:"date"`
	URL       strictyaml.At[string] `yaml:"url"`
	Note      text                  `yaml:"note"`
}

type quantityForm struct {
	Value strictyaml.Digits     `yaml:"value,required"`
	Unit  strictyaml.At[string] `yaml:"unit,required"`
}

// reading is the document that is being read.
type reading struct {
	name   string // of the file
	source *Source
	area   string // of figures that name none
}

// document reads documents/NAME.yaml.
func (l *loader) document(f file) {
	var form documentForm
	l.problems = append(l.problems, strictyaml.Load(f.name, f.data, &form)...)
	r := reading{name: f.name, source: l.source(f.name, form.Source)}
	if form.Area.Given() {
		r.area = l.reference(f.name, "area", form.Area, l.areas)
	}
	l.documents[strings.TrimSuffix(f.name, ".yaml")] = r.source
	for _, fig := range form.Figures {
		l.figure(r, fig)
	}
	for _, p := range form.Projects {
		l.project(r, p)
	}
	for _, s := range form.Statements {
		l.statement(r, s)
	}
}

// source is a document's own entry; its id is the file's name by default.
func (l *loader) source(name string, form sourceForm) *Source {
	s := &Source{ID: form.ID.Value, Title: form.Title.Value, Publisher: form.Publisher, Date: form.Date.Value, URL: form.URL.Value,
		Note: l.text(name, "note", form.Note), File: name}
	if form.Title.Given() && strings.TrimSpace(s.Title) == "" {
		l.report(name, form.Title.Pos, "title: is blank")
	}
	if form.Date.Given() && !isDate(s.Date) {
		l.report(name, form.Date.Pos, "date: %q is no date as 2020-12-28, 2020-12 or 2020", s.Date)
	}
	if u, err := url.Parse(s.URL); form.URL.Given() && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		l.report(name, form.URL.Pos, "url: %q is no address that begins with https:// or http://", s.URL)
	}
	id := form.ID
	if !id.Given() {
		id = strictyaml.At[string]{Value: strings.TrimSuffix(path.Base(name), ".yaml"), Pos: strictyaml.Pos{Line: 1, Column: 1}}
		s.ID = id.Value
	}
	if l.claimID(name, "source", id) {
		return l.addSource(s)
	}
	return s
}

// addSource makes a document known. It is the one of the facts before, where that is the same, so that figures can be kept that stand by it.
func (l *loader) addSource(s *Source) *Source {
	if l.before != nil {
		if was := l.before.sources[s.ID]; was != nil && reflect.DeepEqual(was, s) {
			s = was
		}
	}
	for _, name := range []string{s.ID, s.Title, s.URL} {
		if key := token.Fold(name); key != "" && !slices.Contains(l.named[key], s) {
			l.named[key] = append(l.named[key], s)
		}
	}
	l.model.Sources = append(l.model.Sources, s)
	return s
}

// isDate reports whether s is an ISO date, a month or a year.
func isDate(s string) bool {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// reference is an id that must be in the catalogue; what is not goes to the problems and gives "".
func (l *loader) reference(name, class string, id strictyaml.At[string], known *catalogueNames) string {
	if !known.has(id.Value) {
		hint := ""
		if ids := known.find(id.Value); len(ids) == 1 {
			hint = "; its id is " + ids[0]
		}
		l.report(name, id.Pos, "%s: %q is no id in %s%s", class, id.Value, catalogueFile, hint)
		return ""
	}
	return id.Value
}

// unit reads a unit as reports write it.
func (l *loader) unit(name, label string, at strictyaml.At[string]) (quantity.Unit, int) {
	unit, mult, _ := l.opts.Units.Parse(at.Value)
	if !isUnit(unit) {
		l.report(name, at.Pos, "%s: %q names no unit (tỷ đồng, triệu USD, %%, tấn/năm)", label, at.Value)
	}
	return unit, mult
}

// isUnit reports whether there is a name before what stands behind the slash, other than digits.
func isUnit(u quantity.Unit) bool {
	base := string(u.Base())
	return base != "" && strings.Trim(base, "0123456789.,-+ ") != ""
}

// quantity reads an amount with its unit; nil where none is given.
func (l *loader) quantity(name, label string, form *quantityForm) *quantity.Quantity {
	if form == nil || !form.Value.Given() || !form.Unit.Given() {
		return nil
	}
	n, decimals, err := readNumber(form.Value)
	if err != nil {
		l.report(name, form.Value.Pos, "%s: %v", label, err)
	}
	unit, mult := l.unit(name, label, form.Unit)
	return &quantity.Quantity{Number: n, Unit: unit, Mult: mult, Decimals: decimals}
}
