package tidy

import (
	"fmt"
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/token"
)

// readFigures makes the rows of a sheet figures and claims, one after the other. Rows wait where their number reads both ways until one behind them
// says what the decimal mark is.
func (rd *reader) readFigures(s *sheet, h *header) {
	const column = "value"
	report := func(line int, column, reason string) { rd.report(s.name, line, column, reason) }
	months := rd.newYears(s, h)
	mark := columnMark{forced: rd.decimal, isCSV: s.isCSV}
	type waiting struct {
		row gridRow
		n   number
	}
	var wait []waiting
	give := func(r gridRow, n number) {
		if row, ok := rd.figure(s, h, r, n, months); ok {
			rd.give(row)
		}
	}
	for r := range rd.below(s, h) {
		n := rd.number(s, h, r, column)
		mark.see(n)
		by := mark.first()
		if by != 0 {
			for _, w := range wait {
				w.n.read(by, column, report)
				give(w.row, w.n)
			}
			wait = nil
		}
		switch {
		case by == 0 && (len(wait) > 0 || !n.exact && n.body != "" && !n.whole()): // and what is behind one that waits does, in the order of the table
			r.cells = slices.Clone(r.cells)
			wait = append(wait, waiting{r, n})
			continue
		case n.whole():
			n.plain = n.body
		case !mark.torn():
			n.read(by, column, report)
		}
		give(r, n)
	}
	by, ok := mark.last(column, report)
	for _, w := range wait {
		if ok {
			w.n.read(by, column, report)
		}
		give(w.row, w.n)
	}
}

// give hands a row on.
func (rd *reader) give(row Row) {
	rd.given++
	if rd.each != nil {
		rd.each(row)
		return
	}
	rd.table.Rows = append(rd.table.Rows, row)
}

// column reads a column of numbers, one for each row of the sheet, with its decimal mark settled.
func (rd *reader) column(s *sheet, h *header, name string) []number {
	numbers := make([]number, len(s.rows))
	for i, r := range s.rows {
		numbers[i] = rd.number(s, h, r, name)
	}
	settle(name, numbers, rd.decimal, s.isCSV, func(line int, column, reason string) { rd.report(s.name, line, column, reason) })
	return numbers
}

// number is the cell of a row in a column of numbers.
func (rd *reader) number(s *sheet, h *header, r gridRow, name string) number {
	c := h.cell(r, name)
	switch c.kind {
	case booleanCell:
		rd.report(s.name, r.line, name, fmt.Sprintf("%q is no number", c.text))
		c = cell{}
	case mergedCell:
		rd.report(s.name, r.line, name, "the cell is merged with another; every row needs its own number")
		c = cell{}
	}
	return newNumber(r.line, c)
}

// figure is one row; what is wrong with it goes to the problems, all of it.
func (rd *reader) figure(s *sheet, h *header, r gridRow, n number, newYears bool) (row Row, ok bool) {
	ok = true
	wrong := func(column, reason string) {
		rd.report(s.name, r.line, column, reason)
		ok = false
	}
	row = Row{Sheet: s.name, Line: r.line, Area: h.text(r, "area"), Indicator: h.text(r, "indicator"), IndicatorEN: h.text(r, "indicator_en"),
		PartOf: h.text(r, "part_of"), Unit: h.text(r, "unit"), AssignedBy: h.text(r, "assigned_by"), Source: h.text(r, "source"),
		Locator: h.text(r, "locator"), Note: h.text(r, "note")}
	rd.uncomputed(h, r, wrong)
	for _, name := range []string{"area", "indicator"} {
		if text := h.text(r, name); !rd.named(text) {
			wrong(name, fmt.Sprintf("%q is no name", text))
		}
	}
	var err error
	if row.Period, err = rd.period(h.cell(r, "period"), newYears); err != nil {
		wrong("period", err.Error())
	}
	if row.Measure, row.Claim, err = rd.measure(h.text(r, "measure")); err != nil {
		wrong("measure", err.Error())
	}
	if row.Kind, err = kindOf(h.text(r, "kind")); err != nil {
		wrong("kind", err.Error())
	}
	if row.SourceDate, err = rd.date(h.cell(r, "source_date")); err != nil {
		wrong("source_date", err.Error())
	}
	unit, mult, err := rd.unit(row.Unit, row.Claim, n.percent)
	if err != nil {
		wrong("unit", err.Error())
	}
	switch {
	case n.written == "" && h.cell(r, "value").kind == textCell:
		wrong("value", "the cell is empty; leave a row without a figure out")
	case n.plain == "":
		ok = false // said already
	default:
		if row.Value, err = n.quantityOf(unit, mult); err != nil {
			wrong("value", err.Error())
		}
	}
	return row, ok
}

// Long tables say the same thing many times: a text that was in order once is not read again.

func (rd *reader) named(text string) bool {
	if rd.isName[text] {
		return true
	}
	if token.Fold(text) == "" {
		return false
	}
	rd.isName[text] = true
	return true
}

func (rd *reader) measure(text string) (Measure, Claim, error) {
	if m, ok := rd.measureOf[text]; ok {
		return m.measure, m.claim, nil
	}
	m, c, err := measureOf(text)
	if err == nil {
		rd.measureOf[text] = parsedMeasure{m, c}
	}
	return m, c, err
}

func (rd *reader) period(c cell, newYears bool) (period.Period, error) {
	if p, ok := rd.periodOf[c.text]; ok && c.date == (date{}) {
		return p, nil
	}
	p, err := periodOf(c, newYears)
	if err == nil && c.date == (date{}) {
		rd.periodOf[c.text] = p
	}
	return p, err
}

func (rd *reader) date(c cell) (string, error) {
	if d, ok := rd.dateOf[c.text]; ok && c.date == (date{}) {
		return d, nil
	}
	d, err := dateOf(c)
	if err == nil && c.date == (date{}) {
		rd.dateOf[c.text] = d
	}
	return d, err
}

// uncomputed reports the formulas that were never computed.
func (rd *reader) uncomputed(h *header, r gridRow, wrong func(column, reason string)) {
	for i, c := range r.cells {
		if c.kind == noValue && i < len(h.names) && h.names[i] != "" {
			wrong(h.names[i], "the cell is a formula without a stored value; open the workbook, let it compute and save it")
		}
	}
}

// unit reads a unit. Claims are in percent, contributions in points, whether the table says so or not.
func (rd *reader) unit(text string, claim Claim, percent bool) (quantity.Unit, int, error) {
	if text == "" {
		switch {
		case claim == Contribution:
			return quantity.PP, 0, nil
		case claim != "" || percent:
			return quantity.Percent, 0, nil
		}
		return "", 0, nil
	}
	u, err := rd.parseUnit(text)
	if err != nil {
		return "", 0, err
	}
	switch isPercent := u.unit == quantity.Percent && u.mult == 0; {
	case claim == Contribution && (isPercent || u.unit == quantity.PP && u.mult == 0):
		return quantity.PP, 0, nil
	case claim == Contribution:
		return "", 0, fmt.Errorf("%q: a contribution is in percentage points (điểm %%)", text)
	case claim != "" && !isPercent:
		return "", 0, fmt.Errorf("%q: %s is in percent (%%)", text, claim)
	case percent && !isPercent && u.unit != quantity.PP:
		return "", 0, fmt.Errorf("%q, but the value has a percent sign", text)
	}
	return u.unit, u.mult, nil
}

// parseUnit reads the text of a unit; a number or a mere multiplier is none.
func (rd *reader) parseUnit(text string) (parsedUnit, error) {
	if u, ok := rd.unitOf[text]; ok {
		return u, nil
	}
	unit, mult, known := rd.units.Parse(text)
	if unit == "" {
		return parsedUnit{}, fmt.Errorf("%q names no unit; write it as reports do: tỷ đồng, triệu USD, %%, tấn", text)
	}
	if tokens := token.Split(string(unit)); len(tokens) == 0 || tokens[0].Kind == token.Number {
		return parsedUnit{}, fmt.Errorf("%q is no unit; write it as reports do: tỷ đồng, triệu USD, %%, tấn", text)
	}
	u := parsedUnit{unit, mult}
	rd.unitOf[text] = u
	if !known {
		rd.table.Notes = append(rd.table.Notes, fmt.Sprintf("the unit %q is not known and stays %q", text, unit))
	}
	return u, nil
}

// measures are the words for each measure, folded.
var measures = func() map[string]Measure {
	m := map[string]Measure{}
	for measure, words := range map[Measure][]string{
		Actual:      {"actual", "thực hiện", "TH", "chính thức", "số chính thức"},
		Preliminary: {"preliminary", "sơ bộ"},
		Estimate:    {"estimate", "ước", "ước tính", "ước thực hiện", "ước đạt", "ƯTH"},
		Plan:        {"plan", "kế hoạch", "KH", "dự toán", "kế hoạch giao", "KH giao"},
	} {
		for _, w := range words {
			m[token.Fold(w)] = measure
		}
	}
	return m
}()

// measureOf reads a measure with the claim behind its point: actual, plan.growth.
func measureOf(text string) (Measure, Claim, error) {
	head, suffix, claimed := strings.Cut(text, ".")
	measure, ok := measures[token.Fold(head)]
	if !ok {
		return "", "", fmt.Errorf("%q is not actual, preliminary, estimate or plan, with .growth, .growth_prev, .attainment or .contribution behind it for a claim", text)
	}
	if !claimed {
		return measure, "", nil
	}
	switch c := Claim(strings.ToLower(strings.TrimSpace(suffix))); c {
	case Growth, GrowthPrev, Attainment, Contribution:
		return measure, c, nil
	}
	return "", "", fmt.Errorf("%q: %q is not growth, growth_prev, attainment or contribution", text, suffix)
}

func kindOf(text string) (string, error) {
	switch kind := strings.ToLower(text); kind {
	case "", "flow", "stock", "index", "rate":
		return kind, nil
	}
	return "", fmt.Errorf("%q is not flow, stock, index or rate, nor empty", text)
}
