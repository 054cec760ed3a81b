package tidy

import (
	"fmt"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/token"
)

// number is a cell of numbers on its way to being one: the row and what was written, and once the column's decimal mark is
// settled the plain digits with a point.
type number struct {
	line    int
	written string
	body    string // digits and marks, with a sign, without a percent sign
	percent bool   // a percent sign stood behind it
	exact   bool   // a number of a workbook: body is already plain
	plain   string // the digits with a point; empty: the cell is empty or cannot be read
}

// newNumber takes the sign, blanks and the percent sign of a cell apart.
func newNumber(line int, c cell) number {
	n := number{line: line, written: c.text, body: c.text}
	if c.kind == textCell && n.whole() { // as most are
		return n
	}
	body := strings.TrimSpace(token.Normalize(c.text))
	if c.kind == numberCell || c.kind == percentCell {
		n.exact, n.percent = true, c.kind == percentCell
		n.body, n.plain = body, body
		return n
	}
	if cut, ok := strings.CutSuffix(body, "%"); ok {
		n.percent, body = true, strings.TrimSpace(cut)
	}
	n.body = strings.TrimPrefix(body, "+")
	return n
}

// settle finds the decimal mark of a column of numbers and makes every cell plain. A cell decides where it can be read
// with one mark only: it has both marks, one of them twice, or a single mark before other than three digits. Where none decides and
// some can be read both ways, a point in a CSV file is the decimal mark if whole numbers of four digits and more stand
// without thousands marks beside it; else the column is refused with both readings. What cannot be read stays without
// plain digits.
func settle(column string, numbers []number, forced byte, isCSV bool, report func(line int, column, reason string)) {
	m := columnMark{forced: forced, isCSV: isCSV}
	for _, n := range numbers {
		m.see(n)
	}
	mark, ok := m.last(column, report)
	if !ok {
		return
	}
	for i := range numbers {
		numbers[i].read(mark, column, report)
	}
}

// read makes a cell plain with a decimal mark.
func (n *number) read(mark byte, column string, report func(line int, column, reason string)) {
	if n.exact || n.body == "" {
		return
	}
	plain, ok := readWith(n.body, mark)
	if !ok {
		report(n.line, column, notANumber(*n, mark))
		return
	}
	n.plain = plain
}

// whole reports whether a cell is a whole number without marks, which reads the same with either.
func (n *number) whole() bool { return digitsOnly(strings.TrimPrefix(n.body, "-")) }

func notANumber(n number, mark byte) string {
	other := byte('.')
	if mark == '.' {
		other = ','
	}
	if _, ok := readWith(n.body, other); ok {
		return fmt.Sprintf("%q is no number with %q as the decimal mark", n.written, mark)
	}
	return fmt.Sprintf("%q is no number; write digits with a decimal mark, as 1120.5", n.written)
}

// columnMark finds the decimal mark of a column, cell by cell.
type columnMark struct {
	forced byte // or 0
	isCSV  bool

	point, comma, both *number // the first that reads with a point only, with a comma only, both ways
	readings           int     // cells that read both ways
	commas, bare       bool    // one of those has a comma; whole numbers of four digits and more stand without marks
}

// see takes in a cell.
func (m *columnMark) see(n number) {
	if n.exact || n.body == "" || m.forced != 0 {
		return
	}
	if n.whole() {
		m.bare = m.bare || len(strings.TrimPrefix(n.body, "-")) > 3
		return
	}
	asPoint, okPoint := readWith(n.body, '.')
	asComma, okComma := readWith(n.body, ',')
	switch {
	case okPoint && !okComma && m.point == nil:
		m.point = &n
	case okComma && !okPoint && m.comma == nil:
		m.comma = &n
	case okPoint && okComma && asPoint != asComma:
		m.readings++
		m.commas = m.commas || strings.Contains(n.body, ",")
		if m.both == nil {
			m.both = &n
		}
	case okPoint && okComma:
		m.bare = m.bare || len(strings.TrimLeft(n.body, "-")) > 3 && !strings.Contains(n.body, " ")
	}
}

// first is the mark that the cells so far decide, 0 where none has.
func (m *columnMark) first() byte {
	switch {
	case m.forced != 0:
		return m.forced
	case m.point != nil && (m.comma == nil || m.point.line <= m.comma.line):
		return '.'
	case m.comma != nil:
		return ','
	}
	return 0
}

// torn reports whether cells decide for both marks: last says so.
func (m *columnMark) torn() bool { return m.forced == 0 && m.point != nil && m.comma != nil }

// last is the mark of the whole column; ok is false where it cannot be known, and the reason is then reported.
func (m *columnMark) last(column string, report func(int, string, string)) (mark byte, ok bool) {
	switch {
	case m.torn():
		first, second := m.point, m.comma
		firstMark, secondMark := ".", ","
		if second.line < first.line {
			first, second, firstMark, secondMark = second, first, secondMark, firstMark
		}
		report(second.line, column, fmt.Sprintf("%q has %s as the decimal mark, but %q in line %d has %s; write the column one way",
			second.written, secondMark, first.written, first.line, firstMark))
		return 0, false
	case m.first() != 0:
		return m.first(), true
	case m.both == nil || m.isCSV && m.bare && !m.commas:
		return '.', true
	}
	asPoint, _ := readWith(m.both.body, '.')
	asComma, _ := readWith(m.both.body, ',')
	report(m.both.line, column, fmt.Sprintf("%q reads as %s (decimal .) or as %s (decimal ,), and nothing in the column decides (%d such cells); say which with --decimal . or --decimal ,",
		m.both.written, asPoint, asComma, m.readings))
	return 0, false
}

// readWith reads a number with a decimal mark, the other mark or blanks between groups of three, as plain digits with a point.
func readWith(body string, mark byte) (plain string, ok bool) {
	digits := strings.TrimPrefix(body, "-")
	sign := body[:len(body)-len(digits)]
	group := byte('.')
	if mark == '.' {
		group = ','
	}
	whole, fraction, hasFraction := strings.Cut(digits, string(mark))
	if hasFraction && !digitsOnly(fraction) {
		return "", false
	}
	if strings.IndexByte(whole, ' ') >= 0 {
		group = ' '
	}
	if groups := strings.Split(whole, string(group)); len(groups) > 1 {
		if len(groups[0]) > 3 || !digitsOnly(groups[0]) || groups[0][0] == '0' {
			return "", false
		}
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	if !digitsOnly(whole) {
		return "", false
	}
	if hasFraction {
		return sign + whole + "." + fraction, true
	}
	return sign + whole, true
}

func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// readable reports whether the cell is empty or a number.
func (n number) readable() bool { return n.written == "" || n.plain != "" }

// quantityOf is the number with a unit.
func (n number) quantityOf(unit quantity.Unit, mult int) (quantity.Quantity, error) {
	v, decimals, err := quantity.ParseNumber(n.plain)
	return quantity.Quantity{Number: v, Unit: unit, Mult: mult, Decimals: decimals}, err
}
