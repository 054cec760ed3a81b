package update

import (
	"fmt"
	"maps"
	"slices"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
)

// Export is every figure and claim of a snapshot as a table, by the Vietnamese names of indicators and areas, in the order of the
// documents. Imported into an empty folder it gives the same figures; aliases, definitions, projects and statements are not in it.
// The error names a figure whose unit no text stands for.
func Export(s *facts.Snapshot, units *quantity.Units) (tidy.Table, error) {
	e := exporter{s, units, map[string]bool{}}
	for o := range s.Observations() {
		e.named[o.Indicator] = true
	}
	for _, c := range s.Claims() {
		e.named[c.Indicator] = true
	}
	var t tidy.Table
	for o := range s.Observations() {
		row := e.row(o.Indicator, o.Area, o.Source, o.Note)
		row.Period, row.Measure, row.AssignedBy, row.Locator = o.Period, tidy.Measure(o.Measure.String()), o.AssignedBy, o.Locator
		if err := e.value(&row, o.Value); err != nil {
			return tidy.Table{}, err
		}
		t.Rows = append(t.Rows, row)
	}
	for _, c := range s.Claims() {
		row := e.row(c.Indicator, c.Area, c.Source, c.Note)
		row.Period, row.Measure, row.Claim, row.AssignedBy, row.Locator = c.Period, tidy.Measure(c.Of.String()), tidy.Claim(c.Kind.String()), c.AssignedBy, c.Locator
		if err := e.value(&row, c.Value); err != nil {
			return tidy.Table{}, err
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

type exporter struct {
	*facts.Snapshot
	units *quantity.Units
	named map[string]bool // indicators with a row
}

// row has what names a figure.
func (e exporter) row(indicator, area string, source *facts.Source, note facts.Text) tidy.Row {
	r := tidy.Row{Indicator: indicator, Area: area, Source: source.Title, SourceDate: source.Date, Note: note.In("vi")}
	if i := e.Indicator(indicator); i != nil {
		r.Indicator, r.IndicatorEN, r.Kind = i.Name.In("vi"), i.Name["en"], i.Kind.String()
		if i.Name["vi"] == "" {
			r.IndicatorEN = ""
		}
		if whole := e.Indicator(i.PartOf); whole != nil && e.named[whole.ID] {
			r.PartOf = whole.Name.In("vi")
		}
	}
	if a := e.Area(area); a != nil {
		r.Area = a.Name.In("vi")
	}
	if source.Title == "" {
		r.Source = source.URL
	}
	return r
}

// value writes a figure with the text of its unit. A multiplier that no words stand for is written as the next smaller one.
func (e exporter) value(r *tidy.Row, q quantity.Quantity) error {
	for mult := q.Mult; mult >= 0; mult-- {
		text, ok := tidy.UnitText(e.units, "vi", q.Unit, mult)
		if !ok {
			continue
		}
		r.Unit, r.Value = text, q
		if mult != q.Mult {
			r.Value.Number, r.Value.Mult = q.Shift(q.Mult-mult), mult
			r.Value.Decimals = max(q.Decimals-(q.Mult-mult), 0)
		}
		return nil
	}
	return fmt.Errorf("%s %s %s: no text stands for the unit %q × 10^%d", r.Area, r.Indicator, r.Period, q.Unit, q.Mult)
}

// ExportProjects is every project of a snapshot as a table. The error names a project whose unit no text stands for.
func ExportProjects(s *facts.Snapshot, units *quantity.Units) (tidy.Table, error) {
	var t tidy.Table
	for _, p := range s.Projects() {
		row := tidy.Project{Name: p.Name.In("vi"), Investor: p.Investor, Sector: p.Sector.In("vi"), Area: p.Area, Capacity: p.Capacity, Investment: p.Investment,
			Status: p.Status.In("vi"), ExpectedYear: p.ExpectedYear, Source: p.Source.Title, SourceDate: p.Source.Date, Locator: p.Locator,
			Product: p.Product.In("vi"), Place: p.Place, Note: p.Note.In("vi")}
		if a := s.Area(p.Area); a != nil {
			row.Area = a.Name.In("vi")
		}
		texts := map[*string]*quantity.Quantity{&row.CapacityUnit: p.Capacity, &row.InvestmentUnit: p.Investment}
		for _, text := range slices.Collect(maps.Keys(texts)) {
			q := texts[text]
			if q == nil {
				continue
			}
			base, ok := tidy.UnitText(units, "vi", q.Unit.Base(), q.Mult)
			if !ok {
				return tidy.Table{}, fmt.Errorf("project %s: no text stands for the unit %q × 10^%d", p.ID, q.Unit, q.Mult)
			}
			if *text = base; q.Unit.Per() != "" {
				*text += "/" + q.Unit.Per()
			}
		}
		t.Projects = append(t.Projects, row)
	}
	return t, nil
}
