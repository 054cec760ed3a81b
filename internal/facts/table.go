package facts

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"reflect"
	"runtime"
	"strconv"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// tableFile is a table that is being cut into rows.
type tableFile struct {
	file
	now  *table     // once it is taken in
	was  *table     // of the facts before, or nil
	heap chan *heap // nil: it is what it was
}

// readTables cuts documents/*.csv into rows, side by side, a few ahead of tables, which takes them in.
func (l *loader) readTables(fsys fs.FS, files []file) []*tableFile {
	var list []*tableFile
	for _, f := range files {
		if f.isTable() {
			t := &tableFile{file: f}
			if t.was = l.before.table(f.name); t.was == nil || f.id == (identity{}) || t.was.id != f.id {
				t.heap = make(chan *heap, 1)
			}
			list = append(list, t)
		}
	}
	l.free = make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		for _, t := range list {
			if t.heap != nil {
				l.free <- struct{}{}
				go func() { t.heap <- l.heapOf(fsys, t.file, t.was) }()
			}
		}
	}()
	return list
}

// heapOf reads the rows of a table, unless it is the one that was.
func (l *loader) heapOf(fsys fs.FS, f file, was *table) *heap {
	h := &heap{}
	data, err := content(fsys, f.name, l.opts.MaxTable)
	if err != nil {
		h.problems = []tidy.Problem{{File: f.name, Reason: err.Error()}}
		return h
	}
	h.size, h.digest = int64(len(data)), sha256.Sum256(data)
	if was != nil && was.digest == h.digest {
		h.same = true
		return h
	}
	h.rows = make([]heaped, 0, bytes.Count(data, []byte{'\n'}))
	h.table, h.problems = tidy.ReadBytes(f.name, data, tidy.Options{Units: l.opts.Units, Limits: tidy.Limits{Bytes: l.opts.MaxTable}, Each: h.add})
	return h
}

// tables takes in the rows of tables, in the order of their names. The figures of those that are what they were stand already.
func (l *loader) tables(fsys fs.FS, list []*tableFile) {
	read, bytes, all := 0, int64(0), int64(0)
	for _, t := range list {
		if t.heap != nil {
			all += t.size
		}
	}
	for _, t := range list {
		h := &heap{same: true}
		if t.heap != nil {
			h = <-t.heap
		}
		if !h.same || !l.again(t) {
			if h.same {
				h = l.heapOf(fsys, t.file, nil)
			}
			read, bytes = read+len(h.rows), bytes+t.size
			l.model.ledger.grow(int(float64(read) / float64(max(bytes, 1)) * float64(all)))
			t.now = l.table(t.file, h)
		}
		if t.heap != nil {
			<-l.free
		}
	}
}

// heap has the rows of a table, each text once, until they are taken in.
type heap struct {
	size     int64
	digest   digest
	same     bool // the table is what it was; nothing of it was read
	table    tidy.Table
	problems []tidy.Problem
	rows     []heaped
	texts    register[string]
	forms    forms
}

// heaped is a row of a heap; the numbers stand for texts.
type heaped struct {
	digits                                                                         int64 // as in an entry
	at                                                                             period.Period
	area, indicator, measure, claim, unit, assignedBy, source, date, locator, note int32
	line, form                                                                     int32
}

func (h *heap) add(r tidy.Row) {
	t := h.texts.number
	digits, form := h.forms.take(r.Value)
	h.rows = append(h.rows, heaped{digits, r.Period, t(r.Area), t(r.Indicator), t(string(r.Measure)), t(string(r.Claim)), t(r.Unit), t(r.AssignedBy), t(r.Source), t(r.SourceDate),
		t(r.Locator), t(r.Note), int32(r.Line), form})
}

// row is a row as it was added, as far as figures are made of it.
func (h *heap) row(r *heaped) tidy.Row {
	t := h.texts.all
	return tidy.Row{Line: int(r.line), Area: t[r.area], Indicator: t[r.indicator], Period: r.at, Measure: tidy.Measure(t[r.measure]), Claim: tidy.Claim(t[r.claim]), Value: h.forms.value(r.digits, r.form),
		Unit: t[r.unit], AssignedBy: t[r.assignedBy], Source: t[r.source], SourceDate: t[r.date], Locator: t[r.locator], Note: t[r.note]}
}

// table takes in the rows of documents/NAME.csv: figures or projects.
func (l *loader) table(f file, h *heap) *table {
	for _, p := range h.problems {
		message := p.Reason
		if p.Column != "" {
			message = p.Column + ": " + message
		}
		l.report(f.name, strictyaml.Pos{Line: p.Line}, "%s", message)
	}
	t := &table{id: f.id, size: h.size, digest: h.digest, projects: h.table.Projects}
	if len(h.problems) > 0 {
		return t
	}
	r := l.tableReading(f.name)
	for i := range h.rows {
		row := h.row(&h.rows[i])
		r.figure(row)
		if row.Claim != "" {
			t.claims.add(row)
		}
	}
	for _, p := range h.table.Projects {
		r.project(p)
	}
	t.sources = r.used
	return t
}

func (l *loader) tableReading(name string) *tableReading {
	return &tableReading{loader: l, name: name, beside: l.documents[strings.TrimSuffix(name, tableSuffix)], said: map[string]bool{},
		figures: map[figureKey][]quantity.Quantity{}, projects: map[string]int{},
		sources: map[sourceKey]*Source{}, areaIDs: map[string]string{}, indicatorIDs: map[string]string{}}
}

// sourceKey is what the columns source and source_date say.
type sourceKey struct{ name, date string }

// usedSource is a source that a table names, with the document that it means.
type usedSource struct {
	sourceKey
	is *Source
}

// tableReading is the table that is being read.
type tableReading struct {
	*loader
	name         string
	beside       *Source         // the document that the table belongs to, or nil
	said         map[string]bool // problems that were reported of an earlier row
	figures      map[figureKey][]quantity.Quantity
	projects     map[string]int // folded name and area → place in model.Projects
	sources      map[sourceKey]*Source
	used         []usedSource      // the sources of rows, in the order of their first
	areaIDs      map[string]string // written → id, for those found
	indicatorIDs map[string]string
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
		indicator: r.id(row.Line, "indicator", row.Indicator, r.indicators, r.indicatorIDs),
		area:      r.id(row.Line, "area", row.Area, r.areas, r.areaIDs),
		period:    row.Period, measure: measures[string(row.Measure)], claim: claimKinds[row.Claim], assignedBy: row.AssignedBy,
		source: r.source(row.Line, row.Source, row.SourceDate),
	}
	q, ok := r.inUnit(row, key)
	if key.claim == Attainment && key.measure == Plan {
		r.once(row.Line, "measure: an attainment is said of a plan; a realised figure attains one")
		ok = false
	}
	if !ok || key.indicator == "" || key.area == "" || key.source == nil || key.claim != 0 && r.claimed(key, q) {
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
	known := r.known[key.indicator]
	switch {
	case key.claim != 0 || known == nil:
	case q.Unit == "":
		q.Unit, q.Mult = known.Unit, known.Mult
	case q.Unit != known.Unit:
		r.once(row.Line, "unit: %q is %s, but %s is in %s", row.Unit, q.Unit, key.indicator, known.Unit)
		return q, false
	}
	return q, true
}

// claimed reports whether the very same claim was kept already. Of figures the snapshot sees to that.
func (r *tableReading) claimed(key figureKey, q quantity.Quantity) bool {
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
	if name == "" && r.beside == nil {
		r.once(line, "source: is empty, and no document %s stands beside the table", strings.TrimSuffix(r.name, tableSuffix)+".yaml")
		return nil
	}
	key := sourceKey{name, date}
	if name == "" {
		key = sourceKey{}
	}
	if s := r.sources[key]; s != nil {
		return s
	}
	s := r.beside
	if name != "" {
		s = r.findSource(name, date)
	}
	r.sources[key] = s
	r.used = append(r.used, usedSource{key, s})
	return s
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
	return r.addSource(s)
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
		Area: r.id(row.Line, "area", row.Area, r.areas, r.areaIDs), Place: row.Place, Capacity: row.Capacity, Investment: row.Investment,
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
