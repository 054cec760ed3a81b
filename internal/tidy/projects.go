package tidy

import (
	"fmt"
	"slices"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/token"
)

// times are what a capacity may be per.
var times = []string{"year", "month", "day", "hour"}

// readProjects makes the rows of a sheet projects.
func (rd *reader) readProjects(s *sheet, h *header) {
	capacities, investments := rd.column(s, h, "capacity_value"), rd.column(s, h, "investment_value")
	for i, r := range s.rows {
		if p, ok := rd.project(s, h, r, capacities[i], investments[i]); ok {
			rd.table.Projects = append(rd.table.Projects, p)
		}
	}
}

func (rd *reader) project(s *sheet, h *header, r gridRow, capacity, investment number) (p Project, ok bool) {
	ok = true
	wrong := func(column, reason string) {
		rd.report(s.name, r.line, column, reason)
		ok = false
	}
	p = Project{Sheet: s.name, Line: r.line, Name: h.text(r, "name"), Investor: h.text(r, "investor"), Sector: h.text(r, "sector"),
		Area: h.text(r, "area"), InvestmentUnit: h.text(r, "investment_unit"), Status: h.text(r, "status"), Source: h.text(r, "source"),
		Locator: h.text(r, "locator"), Product: h.text(r, "product"), Place: h.text(r, "place"), Note: h.text(r, "note")}
	rd.uncomputed(h, r, wrong)
	for _, name := range []string{"name", "area"} {
		if text := h.text(r, name); token.Fold(text) == "" {
			wrong(name, fmt.Sprintf("%q is no name", text))
		}
	}
	var err error
	if p.ExpectedYear, err = yearOf(h.text(r, "expected_year")); err != nil {
		wrong("expected_year", err.Error())
	}
	if p.SourceDate, err = dateOf(h.cell(r, "source_date")); err != nil {
		wrong("source_date", err.Error())
	}
	if p.CapacityUnit, err = rd.perTime(h.text(r, "capacity_unit"), h.text(r, "capacity_per")); err != nil {
		wrong("capacity_per", err.Error())
	}
	p.Capacity = rd.amount(capacity, p.CapacityUnit, "capacity", wrong)
	p.Investment = rd.amount(investment, p.InvestmentUnit, "investment", wrong)
	if p.Capacity == nil {
		p.CapacityUnit = ""
	}
	if p.Investment == nil {
		p.InvestmentUnit = ""
	}
	return p, ok && capacity.readable() && investment.readable()
}

// perTime is a unit with the time of the column beside it behind a slash.
func (rd *reader) perTime(unit, per string) (string, error) {
	if per == "" || unit == "" {
		return unit, nil
	}
	time, ok := rd.units.Time(token.Fold(per))
	if !ok || !slices.Contains(times, time) {
		return "", fmt.Errorf("%q is not %s, nor empty", per, strings.Join(times, ", "))
	}
	if u, _, _ := rd.units.Parse(unit); u.Per() != "" {
		if u.Per() != time {
			return "", fmt.Errorf("%q, but the unit is %q", per, unit)
		}
		return unit, nil
	}
	return unit + "/" + time, nil
}

// amount is a number with its unit; nil where the cell is empty or wrong. A number that cannot be read was reported with its column.
func (rd *reader) amount(n number, unit, what string, wrong func(column, reason string)) *quantity.Quantity {
	switch {
	case n.written == "":
		return nil
	case n.percent:
		wrong(what+"_value", fmt.Sprintf("%q is a percentage", n.written))
		return nil
	case n.plain == "":
		return nil
	case unit == "":
		wrong(what+"_unit", fmt.Sprintf("the cell is empty beside the value %q; write the unit as reports do: nghìn tấn, tỷ đồng", n.written))
		return nil
	}
	u, err := rd.parseUnit(unit)
	if err != nil {
		wrong(what+"_unit", err.Error())
		return nil
	}
	q, err := n.quantityOf(u.unit, u.mult)
	if err != nil {
		wrong(what+"_value", err.Error())
		return nil
	}
	return &q
}
