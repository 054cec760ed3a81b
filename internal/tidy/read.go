package tidy

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Read reads a table; name is the file's name, for messages, the content tells whether it is CSV or a workbook. Where there are
// problems the table is what could be read and is not to be used.
func Read(name string, r io.Reader, opts Options) (Table, []Problem) {
	data, err := io.ReadAll(io.LimitReader(r, opts.Limits.orDefault().Bytes+1))
	if err != nil {
		return Table{Name: name}, []Problem{{File: name, Reason: err.Error()}}
	}
	return ReadBytes(name, data, opts)
}

// ReadBytes is Read of a file that is at hand.
func ReadBytes(name string, data []byte, opts Options) (Table, []Problem) {
	rd := &reader{table: Table{Name: name}, limits: opts.Limits.orDefault(), units: opts.Units, decimal: opts.Decimal, each: opts.Each,
		texts: map[string]string{}, unitOf: map[string]parsedUnit{}, periodOf: map[string]period.Period{}, measureOf: map[string]parsedMeasure{},
		dateOf: map[string]string{}, isName: map[string]bool{}}
	var sheets []*sheet
	switch {
	case int64(len(data)) > rd.limits.Bytes:
		rd.report("", 0, "", fmt.Sprintf("the file has more than %d bytes", rd.limits.Bytes))
	case opts.Units == nil:
		rd.report("", 0, "", "no words of units were given")
	case rd.decimal != 0 && rd.decimal != '.' && rd.decimal != ',':
		rd.report("", 0, "", fmt.Sprintf("the decimal mark %q is neither . nor ,", rd.decimal))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		sheets = rd.readWorkbook(data)
	case bytes.HasPrefix(data, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		rd.report("", 0, "", "this is an old .xls workbook or one with a password; save it as .xlsx without a password, or as CSV UTF-8")
	default:
		sheets = rd.readCSV(data)
	}
	rd.readSheets(sheets)
	slices.SortStableFunc(rd.problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line))
	})
	if rd.more > 0 {
		rd.problems = append(rd.problems, Problem{File: name, Reason: fmt.Sprintf("and %d more problems", rd.more)})
	}
	return rd.table, rd.problems
}

// reader collects the rows and the problems of one file.
type reader struct {
	table     Table
	problems  []Problem
	more      int // problems beyond the limit
	limits    Limits
	cells     int // taken so far
	units     *quantity.Units
	decimal   byte
	texts     map[string]string // every text once, since most cells repeat
	unitOf    map[string]parsedUnit
	periodOf  map[string]period.Period // of texts that are in order
	dateOf    map[string]string
	isName    map[string]bool
	measureOf map[string]parsedMeasure
	each      func(Row) // or nil
	given     int       // rows of figures
}

type parsedMeasure struct {
	measure Measure
	claim   Claim
}

type parsedUnit struct {
	unit quantity.Unit
	mult int
}

func (rd *reader) report(sheet string, line int, column, reason string) {
	if len(rd.problems) >= rd.limits.Problems {
		rd.more++
		return
	}
	rd.problems = append(rd.problems, Problem{rd.table.Name, sheet, line, column, reason})
}

// full reports whether no further problem would be named.
func (rd *reader) full() bool { return rd.more > 0 }

// clean is a cell's text, cleaned once for all cells that have the same.
func (rd *reader) clean(s string) string {
	if isNumber(s) { // nothing to clean, and seldom the same
		return strings.Clone(s)
	}
	if t, ok := rd.texts[s]; ok {
		return t
	}
	t := strings.Clone(clean(s))
	if len(s) <= 100 {
		rd.texts[strings.Clone(s)] = t
	}
	return t
}

// isNumber reports whether there are only digits and marks in a text.
func isNumber(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != ',' {
			return false
		}
	}
	return true
}

// readSheets reads every sheet that has a header. A sheet of a workbook without one is left out with a note, unless there
// is none with one.
func (rd *reader) readSheets(sheets []*sheet) {
	var without []*sheet
	tables := 0
	for _, s := range sheets {
		h := findHeader(s, func(line int, column, reason string) { rd.report(s.name, line, column, reason) })
		if h == nil {
			without = append(without, s)
			continue
		}
		tables++
		if len(h.at) == 0 || missing(h) {
			continue
		}
		for _, r := range s.rows[:h.row] {
			rd.table.Notes = append(rd.table.Notes, fmt.Sprintf("line %d above the header is left out: %q", r.line, r.cells[0].text))
		}
		if h.projects {
			var rows []gridRow
			for r := range rd.below(s, h) {
				r.cells = slices.Clone(r.cells)
				rows = append(rows, r)
			}
			s.rows = rows
			rd.readProjects(s, h)
		} else {
			rd.readFigures(s, h)
		}
	}
	for _, s := range without {
		if tables == 0 {
			line := 0
			if len(s.rows) > 0 {
				line = s.rows[0].line
			}
			rd.report(s.name, line, "", fmt.Sprintf("no header row; a table of figures begins with %s, one of projects with %s",
				strings.Join(required(figureColumns), ","), strings.Join(required(projectColumns), ",")))
		} else if len(s.rows) > 0 {
			rd.table.Notes = append(rd.table.Notes, fmt.Sprintf("sheet %q has no header row and is left out", s.name))
		}
	}
	if len(sheets) == 0 && len(rd.problems) == 0 {
		rd.report("", 0, "", "no sheet that can be seen has anything in it")
	}
	if tables > 0 && len(rd.problems) == 0 && rd.given+len(rd.table.Projects) == 0 {
		rd.report("", 0, "", "no row beneath the header")
	}
}

func missing(h *header) bool {
	columns := figureColumns
	if h.projects {
		columns = projectColumns
	}
	for _, c := range columns {
		if _, ok := h.at[c.name]; c.required && !ok {
			return true
		}
	}
	return false
}

// below are the rows beneath the header that have as many cells as it. Ragged rows of a CSV file go to the problems; rows of a
// workbook may end early. Content where the header names nothing is a problem too. A row's cells may be used again for the next.
func (rd *reader) below(s *sheet, h *header) iter.Seq[gridRow] {
	return func(yield func(gridRow) bool) {
		for _, r := range s.rows[h.row+1:] {
			if rd.whole(s, h, &r) && !yield(r) {
				return
			}
		}
		if s.next == nil {
			return
		}
		for r, ok := s.next(); ok; r, ok = s.next() {
			if rd.whole(s, h, &r) && !yield(r) {
				return
			}
		}
	}
}

func (rd *reader) whole(s *sheet, h *header, r *gridRow) bool {
	width := len(h.names)
	n := len(r.cells)
	for n > width && r.cells[n-1].text == "" {
		n--
	}
	r.cells = r.cells[:n]
	switch {
	case n > width && s.isCSV:
		hint := ""
		if s.comma == ',' {
			hint = "; a cell with a comma in it (97,5) needs quotation marks"
		}
		rd.report(s.name, r.line, "", fmt.Sprintf("%d cells, the header has %d%s", n, width, hint))
		return false
	case n < width && s.isCSV:
		rd.report(s.name, r.line, "", fmt.Sprintf("%d cells, the header has %d; an empty cell still needs its %q", n, width, s.comma))
		return false
	}
	if i := astray(*r, h); i >= 0 {
		rd.report(s.name, r.line, "", fmt.Sprintf("%q stands in column %d, where the header names nothing", r.cells[i].text, i+1))
		return false
	}
	return true
}

func astray(r gridRow, h *header) int {
	for i, c := range r.cells {
		if c.text != "" && (i >= len(h.names) || h.names[i] == "") {
			return i
		}
	}
	return -1
}
