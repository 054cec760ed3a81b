package update

import (
	"fmt"
	"path"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// rowKey says what a row is of, within a document.
type rowKey struct {
	document, indicator, area, assignedBy string
	period                                period.Period
	measure                               string
	claim                                 string
}

// seenRow is a row of the tables that was taken.
type seenRow struct {
	value quantity.Quantity
	file  string
	line  int
}

// storedRow is a figure or claim that the facts have already.
type storedRow struct {
	value quantity.Quantity
	at    facts.Place
}

// storedRows indexes what the facts have.
func (im *importer) storedRows() {
	for o := range im.before.Observations() {
		im.stored[rowKey{o.Source.ID, o.Indicator, o.Area, o.AssignedBy, o.Period, o.Measure.String(), ""}] = storedRow{o.Value, o.At}
	}
	for _, c := range im.before.Claims() {
		im.stored[rowKey{c.Source.ID, c.Indicator, c.Area, c.AssignedBy, c.Period, c.Of.String(), c.Kind.String()}] = storedRow{c.Value, c.At}
	}
}

// table takes the rows of a table into the documents of their sources.
func (im *importer) table(t tidy.Table) {
	im.file = t.Name
	for _, r := range t.Rows {
		im.row(t, r)
	}
	for _, p := range t.Projects {
		im.project(t, p)
	}
}

func (im *importer) row(t tidy.Table, r tidy.Row) {
	ids := im.indicators.find(r.Indicator)
	area := im.area(r.Sheet, r.Line, r.Area)
	if len(ids) != 1 || area == "" {
		return // refused already
	}
	if r.Claim == tidy.Attainment && r.Measure == tidy.Plan {
		im.refuse(r.Sheet, r.Line, "measure", "plan.attainment: a plan is attained by a realised figure; write actual.attainment or estimate.attainment")
		return
	}
	r.Indicator, r.Area = ids[0], area
	r.IndicatorEN, r.Kind, r.PartOf = "", "", ""
	if i := im.before.Indicator(ids[0]); i != nil && r.Value.Unit == "" {
		r.Value.Unit, r.Value.Mult = i.Unit, i.Mult
		r.Unit, _ = tidy.UnitText(im.opts.Units, "vi", i.Unit, i.Mult)
	}
	if r.Source == "" {
		r.Source = path.Base(t.Name)
		im.note("%s: rows without a source are from the table itself, %q", t.Name, r.Source)
	}
	d := im.document(r.Source, r.SourceDate)
	key := rowKey{d.id, r.Indicator, area, r.AssignedBy, r.Period, string(r.Measure), string(r.Claim)}
	for n := 2; ; n++ {
		was, ok := im.seen[key]
		if !ok {
			break
		}
		if same(was.value, r.Value) {
			im.report.Repeated++
			return
		}
		// another figure for the same thing is another document's, even under the same title
		d = im.document(fmt.Sprintf("%s (%d)", r.Source, n), r.SourceDate)
		key.document = d.id
	}
	im.seen[key] = seenRow{r.Value, t.Name, r.Line}
	was, stored := im.stored[key]
	switch {
	case !stored:
		im.report.Added++
	case same(was.value, r.Value):
		im.report.Unchanged++
		return
	case was.at.File != d.tablePath():
		im.refuse(r.Sheet, r.Line, "value", "%s, but %s:%d has %s of the same source; change it there", tidy.Digits(r.Value), was.at.File, was.at.Line, tidy.Digits(was.value))
		return
	default:
		im.report.Replaced++
	}
	r.Source, r.SourceDate = "", "" // the document beside the table says them
	d.rows = append(d.rows, r)
}

// same reports whether two figures are the same amount.
func same(a, b quantity.Quantity) bool {
	c, err := quantity.Cmp(a, b)
	return err == nil && c == 0
}

func projectKey(name, area string) string { return strings.Join(lowerWords(name), " ") + "|" + area }

// project takes a project. The newest document's row of a project counts.
func (im *importer) project(t tidy.Table, p tidy.Project) {
	p.Area = im.area(p.Sheet, p.Line, p.Area)
	if p.Area == "" {
		return
	}
	if p.Source == "" {
		p.Source = path.Base(t.Name)
		im.note("%s: rows without a source are from the table itself, %q", t.Name, p.Source)
	}
	d := im.document(p.Source, p.SourceDate)
	p.Source, p.SourceDate = d.id, ""
	key := projectKey(p.Name, p.Area)
	for _, other := range im.sources {
		for i, had := range other.projects {
			if projectKey(had.Name, had.Area) != key {
				continue
			}
			switch was, now := projectText(had), projectText(p); {
			case was == now:
				im.report.Repeated++
				return
			case other == d || other.date == d.date:
				im.refuse(p.Sheet, p.Line, "name", "the project %q stands already in line %d, and differs", p.Name, had.Line)
				return
			case other.date > d.date:
				im.note("%s: an older row of the project %q is left out", t.Name, p.Name)
				return
			}
			other.projects = append(other.projects[:i], other.projects[i+1:]...)
			break
		}
	}
	if had := im.projects[key]; had != nil && had.Source.ID != d.id {
		if had.Source.Date > d.date && d.date != "" {
			im.note("%s: the project %q is left out, %s knows it from a newer document", t.Name, p.Name, had.Source.File)
			return
		}
		im.refuse(p.Sheet, p.Line, "name", "the project %q stands already in %s, from another document; change it there", p.Name, had.Source.File)
		return
	}
	d.projects = append(d.projects, p)
}

// projectText is a project's row as text, without its place, source and date.
func projectText(p tidy.Project) string {
	p.Line, p.Sheet, p.Source, p.SourceDate = 0, "", "", ""
	p.Area = token.Fold(p.Area)
	var b strings.Builder
	if err := tidy.WriteCSV(&b, tidy.Table{Projects: []tidy.Project{p}}); err != nil {
		return err.Error()
	}
	return b.String()
}
