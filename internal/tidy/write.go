package tidy

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"factbot/internal/quantity"
)

// ErrTwoTables is returned for a table with figures and projects that is to be a CSV file, which holds one table.
var ErrTwoTables = errors.New("a CSV file holds either figures or projects; write them one by one, or as XLSX")

// WriteCSV writes the figures, or the projects where there are no figures, as UTF-8 with commas and decimal points. Read gives the same
// rows back: texts that a spreadsheet would take for formulas are marked with ', and where no number in a column
// shows that its point is the decimal mark the first one gets a leading zero (01.234).
func WriteCSV(w io.Writer, t Table) error {
	if len(t.Rows) > 0 && len(t.Projects) > 0 {
		return ErrTwoTables
	}
	out := csv.NewWriter(w)
	columns, rows := figureColumns, figureRecords(t.Rows)
	if len(t.Rows) == 0 && len(t.Projects) > 0 {
		columns, rows = projectColumns, projectRecords(t.Projects)
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	if err := out.Write(names); err != nil {
		return err
	}
	for i, c := range columns {
		if isNumeric(c.name) {
			showMark(rows, i, true)
		}
	}
	for _, r := range rows {
		if err := out.Write(r); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Sheets of a written workbook.
const (
	figuresSheet  = "figures"
	projectsSheet = "projects"
)

// WriteXLSX writes the figures and the projects, a sheet each. Numbers are number cells where a cell keeps all their digits,
// else texts.
func WriteXLSX(w io.Writer, t Table) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	first := f.GetSheetName(0)
	if len(t.Rows) > 0 || len(t.Projects) == 0 {
		if err := f.SetSheetName(first, figuresSheet); err != nil {
			return err
		}
		first = ""
		if err := writeSheet(f, figuresSheet, figureColumns, figureRecords(t.Rows)); err != nil {
			return err
		}
	}
	if len(t.Projects) > 0 {
		var err error
		if first != "" {
			err = f.SetSheetName(first, projectsSheet)
		} else {
			_, err = f.NewSheet(projectsSheet)
		}
		if err != nil {
			return err
		}
		if err := writeSheet(f, projectsSheet, projectColumns, projectRecords(t.Projects)); err != nil {
			return err
		}
	}
	_, err := f.WriteTo(w)
	return err
}

func writeSheet(f *excelize.File, name string, columns []column, rows [][]string) error {
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = c.name
		if isNumeric(c.name) {
			showMark(rows, i, false)
		}
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for i, r := range rows {
		cells := make([]any, len(r))
		for j, text := range r {
			cells[j] = text
			if text == "" {
				cells[j] = nil
			}
			if v, ok := asCell(text); ok && isNumeric(columns[j].name) {
				cells[j] = v
			}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// asCell is the number that a workbook's cell would hold, if it keeps every digit as written.
func asCell(text string) (float64, bool) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	back, _, ok := exactNumber(strconv.FormatFloat(v, 'g', -1, 64))
	return v, ok && back == text
}

func isNumeric(name string) bool { return strings.HasSuffix(name, "value") }

// showMark makes sure that the numbers of a column which stand as text read back with a point as the decimal mark.
func showMark(rows [][]string, col int, isCSV bool) {
	var numbers []number
	for i, r := range rows {
		if _, asNumber := asCell(r[col]); isCSV || !asNumber {
			numbers = append(numbers, newNumber(i, cell{text: r[col]}))
		}
	}
	m := columnMark{isCSV: isCSV}
	for _, n := range numbers {
		m.see(n)
	}
	if mark, ok := m.last("", func(int, string, string) {}); ok && mark == '.' {
		return
	}
	for _, n := range numbers {
		if _, ok := readWith(n.body, ','); ok && strings.Contains(n.body, ".") {
			sign := ""
			body := n.body
			if strings.HasPrefix(body, "-") {
				sign, body = "-", body[1:]
			}
			rows[n.line][col] = sign + "0" + body
			return
		}
	}
}

func figureRecords(rows []Row) [][]string {
	out := make([][]string, len(rows))
	for i, r := range rows {
		measure := string(r.Measure)
		if r.Claim != "" {
			measure += "." + string(r.Claim)
		}
		out[i] = []string{
			escape(r.Area), escape(r.Indicator), r.Period.String(), measure, Digits(r.Value), escape(r.Unit), escape(r.Source), escape(r.Note),
			escape(r.IndicatorEN), r.Kind, escape(r.PartOf), escape(r.AssignedBy), r.SourceDate, escape(r.Locator),
		}
	}
	return out
}

func projectRecords(projects []Project) [][]string {
	out := make([][]string, len(projects))
	for i, p := range projects {
		capacity, capacityUnit, per := amountRecord(p.Capacity, p.CapacityUnit)
		investment := ""
		if p.Investment != nil {
			investment = Digits(*p.Investment)
		}
		year := ""
		if p.ExpectedYear != 0 {
			year = strconv.Itoa(p.ExpectedYear)
		}
		out[i] = []string{
			escape(p.Name), escape(p.Investor), escape(p.Sector), escape(p.Area), capacity, escape(capacityUnit), per, investment, escape(p.InvestmentUnit),
			escape(p.Status), year, escape(p.Source), p.SourceDate, escape(p.Locator), escape(p.Product), escape(p.Place), escape(p.Note),
		}
	}
	return out
}

// amountRecord is an amount as its columns: the number, the unit, and the time that it is per where the tables have a word for it.
func amountRecord(q *quantity.Quantity, unit string) (value, text, per string) {
	if q == nil {
		return "", unit, ""
	}
	if head, tail, ok := cutLast(unit, "/"); ok {
		for _, time := range times {
			if q.Unit.Per() == time && tail == time {
				return Digits(*q), head, time
			}
		}
	}
	return Digits(*q), unit, ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// Digits writes a quantity's number with a point and the decimals that it was written with.
func Digits(q quantity.Quantity) string {
	if q.Decimals >= 0 {
		return q.Fixed(q.Decimals)
	}
	return q.Number.String()
}

// UnitText writes a unit as a table may have it, so that it reads back as the same unit and multiplier: the way reports of a
// language write it ("tỷ đồng"), else by the unit's own name. ok is false where there is no such text.
func UnitText(u *quantity.Units, lang string, unit quantity.Unit, mult int) (text string, ok bool) {
	if unit == "" {
		return "", mult == 0
	}
	candidates := []string{u.Name(lang, unit, mult)}
	for _, low := range []int{2, 3, 5} { // trăm, nghìn, trăm nghìn before a larger word
		if mult-low > 0 || low == mult {
			candidates = append(candidates, scaleWords(u, lang, low)+" "+u.Name(lang, unit, mult-low), scaleWords(u, lang, low)+" "+u.Name(lang, unit.Base(), mult-low))
		}
	}
	own := string(unit)
	for _, scale := range []string{scaleWords(u, lang, mult), scaleWords(u, "en", mult)} {
		candidates = append(candidates, strings.TrimSpace(scale+" "+own))
	}
	for _, c := range candidates {
		if got, power, _ := u.Parse(c); got == unit && power == mult {
			return c, true
		}
	}
	return "", false
}

func scaleWords(u *quantity.Units, lang string, mult int) string {
	switch {
	case mult == 0:
		return ""
	case mult == 5 && !u.Scale(lang, 5):
		return u.Name(lang, "", 2) + " " + u.Name(lang, "", 3)
	}
	return u.Name(lang, "", mult)
}
