package tidy

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sheet is one table of cells, from a CSV file or from a sheet of a workbook.
type sheet struct {
	name  string // empty for a CSV file
	isCSV bool
	comma rune // the delimiter of a CSV file
	rows  []gridRow
	next  func() (gridRow, bool) // of a CSV file the rows behind those, each until the next is asked for; or nil
	used  int                    // rows so far
}

// gridRow is one row with its place; rows without content are left out.
type gridRow struct {
	line  int
	cells []cell
}

// cell is one cell. A number of a workbook has its exact decimal digits as text, with a point.
type cell struct {
	text   string
	kind   cellKind
	date   date // of a number that may be one
	format dateFormat
}

type cellKind uint8

const (
	textCell    cellKind = iota
	numberCell           // a workbook's number
	percentCell          // a workbook's number shown in percent; the text is already times 100
	booleanCell          // TRUE or FALSE
	noValue              // a formula that was never computed
	mergedCell           // covered by a merged range that begins elsewhere; text is that cell's
)

// date is a day; the zero date is none.
type date struct{ year, month, day int16 }

// dateFormat is what of a date its number format shows.
type dateFormat uint8

const (
	noDate dateFormat = iota
	showsYear
	showsMonth
	showsDay
)

func (r gridRow) at(i int) cell {
	if i < 0 || i >= len(r.cells) {
		return cell{}
	}
	return r.cells[i]
}

// clean composes a cell's text, drops what cannot be seen, makes every run of white space one blank and takes away the mark
// that keeps spreadsheets from computing it (see escape).
func clean(s string) string {
	return unescape(tidyText(s))
}

func tidyText(s string) string {
	if plainASCII(s) {
		return s
	}
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			blank = true
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// plainASCII reports whether tidyText would change nothing.
func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			return false
		}
	}
	return true
}

// escape puts a ' before a text that a spreadsheet would take for a formula: = + - @ at the start, whatever ' stand before.
func escape(s string) string {
	if formulaLike(s) {
		return "'" + s
	}
	return s
}

// unescape undoes escape.
func unescape(s string) string {
	if strings.HasPrefix(s, "'") && formulaLike(s) {
		return s[1:]
	}
	return s
}

func formulaLike(s string) bool {
	rest := strings.TrimLeft(s, "'")
	return rest != "" && strings.ContainsRune("=+-@\t\r", rune(rest[0]))
}
