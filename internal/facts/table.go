package facts

import (
	"bytes"
	"fmt"
	"reflect"
	"runtime"
	"strconv"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// tables reads documents/*.csv. They are cut into rows side by side, a few at a time, and taken in one after the other.
func (l *loader) tables(files []file) {
	type read struct {
		table    tidy.Table
		problems []tidy.Problem
	}
	var names []string
	var done []chan read
	for _, f := range files {
		if strings.HasSuffix(f.name, ".csv") {
			names, done = append(names, f.name), append(done, make(chan read, 1))
		}
	}
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		n := 0
		for _, f := range files {
			if !strings.HasSuffix(f.name, ".csv") {
				continue
			}
			free <- struct{}{}
			out := done[n]
			n++
			go func() {
				t, problems := tidy.Read(f.name, bytes.NewReader(f.data), tidy.Options{Units: l.opts.Units, Limits: tidy.Limits{Bytes: l.opts.MaxTable}})
				out <- read{t, problems}
			}()
		}
	}()
	for i, name := range names {
		r := <-done[i]
		l.table(name, r.table, r.problems)
		<-free
	}
}

// table takes in the rows of documents/NAME.csv: figures or projects.
func (l *loader) table(name string, t tidy.Table, problems []tidy.Problem) {
	for _, p := range problems {
		message := p.Reason
		if p.Column != "" {
			message = p.Column + ": " + message
		}
		l.report(name, strictyaml.Pos{Line: p.Line}, "%s", message)
	}
	if len(problems) > 0 {
		return
	}
	r := &tableReading{loader: l, name: name, beside: l.documents[strings.TrimSuffix(name, ".csv")], said: map[string]bool{},
		figures: map[figureKey][]quantity.Quantity{}, projects: map[string]int{},
		sources: map[[2]string]*Source{}, areas: map[string]string{}, indicators: map[string]string{}}
	for _, row := range t.Rows {
		r.figure(row)
	}
	for _, p := range t.Projects {
		r.project(p)
	}
}

// tableReading is the table that is being read.
type tableReading struct {
	*loader
	name       string
	beside     *Source         // the document that the table belongs to, or nil
	said       map[string]bool // problems that were reported of an earlier row
	figures    map[figureKey][]quantity.Quantity
	projects   map[string]int        // folded name and area → place in model.Projects
	sources    map[[2]string]*Source // by what the columns source and source_date say
	areas      map[string]string     // written → id, for those found
	indicators map[string]string
}

// once reports a problem of a row, unless an earlier row had the same.
func (r *tableReading) once(line int, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if !r.said[message] {
		r.said[message] = true
		r.report(r.name, strictyaml.Pos{Line: line}, "%s", message)
	}
}

// id is the id that a name of the table means, "" where there is none or several.
func (r *tableReading) id(line int, class, name string, known *catalogueNames, found map[string]string) string {
	if id, ok := found[name]; ok {
		return id
	}
	id, what := known.findOne(class, name)
	if what != "" {
		r.once(line, "%s", what)
		return ""
	}
	found[name] = id
	return id
}

// claimKinds are the claims by their names in tables.
var claimKinds = map[tidy.Claim]ClaimKind{"growth": Growth, "growth_prev": GrowthPrev, "attainment": Attainment, "contribution": Contribution}

// figure keeps a row. Two rows on one thing with different figures are both kept; the same figure twice is kept once.
func (r *tableReading) figure(row tidy.Row) {
	key := figureKey{
		indicator: r.id(row.Line, "indicator", row.Indicator, r.loader.indicators, r.indicators),
		area:      r.id(row.Line, "area", row.Area, r.loader.areas, r.areas),
		period:    row.Period, measure: measures[string(row.Measure)], claim: claimKinds[row.Claim], assignedBy: row.AssignedBy,
		source: r.source(row.Line, row.Source, row.SourceDate),
	}
	q, ok := r.inUnit(row, key)
	if key.claim == Attainment && key.measure == Plan {
		r.once(row.Line, "measure: an attainment is said of a plan; a realised figure attains one")
		ok = false
	}
	if !ok || key.indicator == "" || key.area == "" || key.source == nil || key.claim != 0 && r.known(key, q) {
		return
	}
	at := Place{r.name, row.Line}
	var note Text
	if row.Note != "" {
		note = Text{"vi": row.Note}
	}
	if key.claim != 0 {
		r.model.Claims = append(r.model.Claims, Claim{Indicator: key.indicator, Area: key.area, Period: key.period, Kind: key.claim,
			Of: key.measure, Value: q, AssignedBy: row.AssignedBy, Source: key.source, Locator: row.Locator, Note: note, At: at})
		return
	}
	r.model.Add(Observation{Indicator: key.indicator, Area: key.area, Period: key.period,
		Measure: key.measure, Value: q, AssignedBy: row.AssignedBy, Source: key.source, Locator: row.Locator, Note: note, At: at})
}

// inUnit is a row's quantity in the unit of its indicator.
func (r *tableReading) inUnit(row tidy.Row, key figureKey) (quantity.Quantity, bool) {
	q := row.Value
	want, known := r.units[key.indicator]
	switch {
	case key.claim != 0 || !known:
	case q.Unit == "":
		i := r.model.indicator(key.indicator)
		q.Unit, q.Mult = i.Unit, i.Mult
	case q.Unit != want:
		r.once(row.Line, "unit: %q is %s, but %s is in %s", row.Unit, q.Unit, key.indicator, want)
		return q, false
	}
	return q, true
}

// known reports whether the very same claim was kept already. Of figures the snapshot sees to that.
func (r *tableReading) known(key figureKey, q quantity.Quantity) bool {
	same := func(was quantity.Quantity) bool {
		c, err := quantity.Cmp(was, q)
		return err == nil && c == 0
	}
	if was, ok := r.loader.figures[key]; ok && same(was.value) {
		return true
	}
	for _, was := range r.figures[key] {
		if same(was) {
			return true
		}
	}
	r.figures[key] = append(r.figures[key], q)
	return false
}

// source is the document that a row names by id, title or address, else one of its own; the document beside where it names none.
func (r *tableReading) source(line int, name, date string) *Source {
	if name == "" {
		if r.beside == nil {
			r.once(line, "source: is empty, and no document %s stands beside the table", strings.TrimSuffix(r.name, ".csv")+".yaml")
		}
		return r.beside
	}
	key := [2]string{name, date}
	if r.sources[key] == nil {
		r.sources[key] = r.findSource(name, date)
	}
	return r.sources[key]
}

// findSource is the document that a name and a date mean; a new one where there is none.
func (r *tableReading) findSource(name, date string) *Source {
	for _, s := range r.named[token.Fold(name)] {
		if date == "" || s.Date == date {
			return s
		}
	}
	s := &Source{ID: r.freeID("source", strings.TrimSpace(name+" "+date)), Title: name, Date: date, File: r.name}
	if strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://") {
		s.URL = name
	}
	r.addSource(s)
	return s
}

// freeID makes an id of a name, with a number behind it where it is taken, and takes it.
func (l *loader) freeID(class, name string) string {
	base := strings.Trim(strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, token.Fold(name)), "-")
	if base == "" {
		base = class
	}
	id := base
	for n := 2; ; n++ {
		key := class + " " + token.Fold(id)
		if _, taken := l.ids[key]; !taken {
			l.ids[key] = Problem{Message: id}
			return id
		}
		id = base + "-" + strconv.Itoa(n)
	}
}

// project keeps a row of a table of projects. Where two rows name one project the newer document's counts.
func (r *tableReading) project(row tidy.Project) {
	p := &Project{
		Name: inVietnamese(row.Name), Investor: row.Investor, Product: inVietnamese(row.Product), Sector: inVietnamese(row.Sector),
		Area: r.id(row.Line, "area", row.Area, r.loader.areas, r.areas), Place: row.Place, Capacity: row.Capacity, Investment: row.Investment,
		Status: inVietnamese(row.Status), ExpectedYear: row.ExpectedYear, Source: r.source(row.Line, row.Source, row.SourceDate),
		Locator: row.Locator, Note: inVietnamese(row.Note),
	}
	if p.Source == nil || p.Area == "" {
		return
	}
	key := lowered(row.Name) + "|" + p.Area
	at, repeated := r.projects[key]
	if !repeated {
		p.ID = r.freeID("project", row.Name)
		r.projects[key] = len(r.model.Projects)
		r.model.Projects = append(r.model.Projects, p)
		return
	}
	was := r.model.Projects[at]
	p.ID = was.ID
	switch {
	case p.Source.Date > was.Source.Date:
		r.model.Projects[at] = p
	case p.Source.Date == was.Source.Date && !reflect.DeepEqual(p, was):
		r.once(row.Line, "name: the project %q stands already in the table, and differs", row.Name)
	}
}

func inVietnamese(s string) Text {
	if s == "" {
		return nil
	}
	return Text{"vi": s}
}
