package tidy

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"factbot/internal/quantity"
)

// Limits of a workbook's content once unpacked. A sheet above xmlLimit would be unpacked to a file; it is refused.
const (
	unzipLimit = 64 << 20
	xmlLimit   = 16 << 20
)

// readWorkbook reads the sheets that can be seen. Texts come raw from the library, what kind of cell each one is from the
// sheet's own XML (parts.go).
func (rd *reader) readWorkbook(data []byte) (sheets []*sheet) {
	defer func() {
		if p := recover(); p != nil { // the library's, on parts that it did not expect
			rd.report("", 0, "", fmt.Sprintf("the workbook cannot be read: %v", p))
			sheets = nil
		}
	}()
	parts, err := readParts(data, rd.limits)
	if err != nil {
		rd.report("", 0, "", err.Error())
		return nil
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: xmlLimit})
	if err != nil {
		rd.report("", 0, "", fmt.Sprintf("the workbook cannot be opened: %v", err))
		return nil
	}
	defer func() { _ = f.Close() }()
	w := &workbook{File: f, formats: map[int]numberFormat{}}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		w.date1904 = *props.Date1904
	}
	for _, name := range f.GetSheetList() {
		if seen, err := f.GetSheetVisible(name); err != nil || !seen {
			rd.table.Notes = append(rd.table.Notes, fmt.Sprintf("sheet %q is hidden and left out", name))
			continue
		}
		part, ok := parts[strings.ToLower(name)]
		if !ok {
			rd.table.Notes = append(rd.table.Notes, fmt.Sprintf("sheet %q is no table of cells and left out", name))
			continue
		}
		s := &sheet{name: name}
		if err := w.readSheet(rd, s, part); err != nil {
			rd.report(name, 0, "", fmt.Sprintf("the sheet cannot be read: %v", err))
		}
		if len(s.rows) > 0 {
			sheets = append(sheets, s)
		}
	}
	return sheets
}

// workbook is an open workbook with the number formats met so far.
type workbook struct {
	*excelize.File
	date1904 bool
	formats  map[int]numberFormat
}

// readSheet reads the rows with content; the cells beneath the first one of a merged range get its text.
func (w *workbook) readSheet(rd *reader, s *sheet, p *part) error {
	rows, err := w.Rows(s.name)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for line := 1; rows.Next(); line++ {
		texts, err := rows.Columns()
		if err != nil {
			return err
		}
		marks := p.rows[line]
		if len(texts) == 0 {
			continue
		}
		row, blank, ok := rd.take(s, line, texts, nil)
		switch {
		case !ok:
			return nil
		case blank && !formulas(marks):
			continue
		case blank: // only formulas
			row.cells = make([]cell, len(texts))
			s.used++
		}
		s.rows = append(s.rows, row)
		cells := row.cells
		for _, m := range marks {
			if i := int(m.col); i < len(cells) {
				w.mark(&cells[i], texts[i], m)
			}
		}
	}
	fillMerged(s, p.merged)
	return rows.Error()
}

func formulas(marks []mark) bool {
	for _, m := range marks {
		if m.formula {
			return true
		}
	}
	return false
}

// mark tells what kind of cell c is, from the cell's own type and number format.
func (w *workbook) mark(c *cell, raw string, m mark) {
	switch {
	case m.kind == 'b':
		c.kind = booleanCell
	case raw == "" && m.formula:
		c.kind = noValue
	case m.kind == 'n' && raw != "":
		text, value, ok := exactNumber(raw)
		if !ok {
			return
		}
		c.kind, c.text = numberCell, text
		format := w.format(int(m.style))
		if format.percent {
			n, _, err := quantity.ParseNumber(text)
			if err == nil {
				c.kind, c.text = percentCell, n.Shift(2).String()
			}
			return
		}
		if value >= 20_000 && value < 100_000 && (format.date != noDate || value == math.Trunc(value)) {
			if day, err := excelize.ExcelDateToTime(value, w.date1904); err == nil {
				c.date, c.format = date{int16(day.Year()), int16(day.Month()), int16(day.Day())}, format.date
			}
		}
	}
}

// exactNumber writes the number that a cell holds with the 15 digits that spreadsheets count with, without the noise behind them.
func exactNumber(raw string) (text string, value float64, ok bool) {
	value, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return "", 0, false
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64); err == nil {
		value = rounded
	}
	return strconv.FormatFloat(value, 'f', -1, 64), value, true
}

// numberFormat is what matters of how a cell's number is shown.
type numberFormat struct {
	percent bool
	date    dateFormat
}

func (w *workbook) format(style int) numberFormat {
	if f, ok := w.formats[style]; ok {
		return f
	}
	var f numberFormat
	if s, err := w.GetStyle(style); err == nil && s != nil {
		code := builtinFormats[s.NumFmt]
		if s.CustomNumFmt != nil {
			code = *s.CustomNumFmt
		}
		f = formatOf(code)
	}
	w.formats[style] = f
	return f
}

// builtinFormats are the number formats without a code of their own that matter: percent and dates.
var builtinFormats = map[int]string{9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "m/d/yy h:mm"}

// formatOf reads a number format's code, without the literal texts in it.
func formatOf(code string) numberFormat {
	code, _, _ = strings.Cut(code, ";")
	var b strings.Builder
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !quoted && !bracket:
			b.WriteByte(c)
		}
	}
	bare := strings.ToLower(b.String())
	if strings.Contains(bare, "general") {
		return numberFormat{}
	}
	f := numberFormat{percent: strings.Contains(bare, "%")}
	switch {
	case strings.Contains(bare, "d"):
		f.date = showsDay
	case strings.Contains(bare, "y") && strings.Contains(bare, "m"):
		f.date = showsMonth
	case strings.Contains(bare, "y"):
		f.date = showsYear
	}
	return f
}

// fillMerged writes the first cell of each merged range into the cells beneath it. They are marked, since a number so spread would
// be counted more than once. What a range covers to the right stays empty: it would be another column's.
func fillMerged(s *sheet, ranges []merged) {
	at := make(map[int]int, len(s.rows))
	for i, r := range s.rows {
		at[r.line] = i
	}
	for _, m := range ranges {
		first, ok := at[m.top]
		if !ok {
			continue
		}
		c := s.rows[first].at(m.left)
		if c.text == "" {
			continue
		}
		for line := m.top; line <= m.bottom; line++ {
			i, ok := at[line]
			if !ok {
				continue
			}
			if line == m.top {
				continue
			}
			r := &s.rows[i]
			for len(r.cells) <= m.left {
				r.cells = append(r.cells, cell{})
			}
			covered := c
			covered.kind = mergedCell
			r.cells[m.left] = covered
		}
	}
}
