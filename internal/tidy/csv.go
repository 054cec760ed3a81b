package tidy

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"factbot/internal/token"
)

// readCSV reads a CSV file into one sheet. Lines that are no CSV go to the problems, and the reading goes on.
func (rd *reader) readCSV(data []byte) []*sheet {
	text, note, err := Decode(data, "CSV UTF-8")
	if err != nil {
		rd.report("", 0, "", err.Error())
		return nil
	}
	if note != "" {
		rd.table.Notes = append(rd.table.Notes, note)
	}
	s := &sheet{isCSV: true}
	skipped := 0
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(first), "sep=") {
		text, skipped = rest, 1
	}
	s.comma = delimiter(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = s.comma, -1, true
	var room []cell
	s.next = func() (gridRow, bool) {
		for !rd.full() {
			record, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
				rd.report("", parse.StartLine+skipped, "", csvReason(parse))
				continue
			}
			line, _ := r.FieldPos(0)
			row, blank, ok := rd.take(s, line+skipped, record, room)
			if !ok {
				break
			}
			if room = row.cells; !blank {
				return row, true
			}
		}
		s.next = func() (gridRow, bool) { return gridRow{}, false }
		return gridRow{}, false
	}
	for len(s.rows) <= headerRows { // the header stands among these
		row, ok := s.next()
		if !ok {
			break
		}
		s.rows = append(s.rows, row)
		room = nil
	}
	return []*sheet{s}
}

func csvReason(e *csv.ParseError) string {
	switch {
	case errors.Is(e.Err, csv.ErrBareQuote):
		return `a quotation mark " within a cell that is not quoted; quote the cell and write the mark twice`
	case errors.Is(e.Err, csv.ErrQuote):
		return fmt.Sprintf(`a quoted cell does not end properly (line %d): write quotation marks within it twice, and close it with "`, e.Line)
	}
	return e.Err.Error()
}

// take cleans a record's cells, in room where that is enough, and says whether all of them are blank; ok is false where a limit is reached.
func (rd *reader) take(s *sheet, line int, record []string, room []cell) (row gridRow, blank, ok bool) {
	if s.used >= rd.limits.Rows {
		rd.report(s.name, line, "", fmt.Sprintf("more than %d rows", rd.limits.Rows))
		return gridRow{}, false, false
	}
	for len(record) > rd.limits.Columns && strings.TrimSpace(record[len(record)-1]) == "" {
		record = record[:len(record)-1]
	}
	if len(record) > rd.limits.Columns {
		rd.report(s.name, line, "", fmt.Sprintf("%d cells in a row, more than %d", len(record), rd.limits.Columns))
		return gridRow{}, false, false
	}
	if rd.cells += len(record); rd.cells > rd.limits.Cells {
		rd.report(s.name, line, "", fmt.Sprintf("more than %d cells", rd.limits.Cells))
		return gridRow{}, false, false
	}
	cells := slices.Grow(room[:0], len(record))[:len(record)]
	blank = true
	for i, text := range record {
		if len(text) > rd.limits.Cell {
			rd.report(s.name, line, "", fmt.Sprintf("cell %d has %d bytes, more than %d", i+1, len(text), rd.limits.Cell))
			text = ""
		}
		if above := cells[i].text; i >= len(room) || text != above || strings.HasPrefix(text, "'") { // as mostly it is in a long table, above is the row before
			cells[i] = cell{text: rd.clean(text)}
		}
		blank = blank && cells[i].text == ""
	}
	if !blank {
		s.used++
	}
	return gridRow{line, cells}, blank, true
}

// delimiter is the mark among , ; and tab that cuts the first lines into the most cells that are known headings.
func delimiter(text string) rune {
	best, most := ',', 0
	for _, mark := range []rune{',', ';', '\t'} {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = mark, -1, true
		for range headerRows {
			record, err := r.Read()
			if err != nil {
				break
			}
			n := 0
			for _, text := range record {
				key := token.Fold(text)
				if figureHeadings[key] != "" || projectHeadings[key] != "" {
					n++
				}
			}
			if n > most {
				best, most = mark, n
			}
		}
	}
	return best
}

// Decode makes the bytes of a text file UTF-8: UTF-8 and UTF-16 by their marks, and windows-1258 where the bytes are no UTF-8 and
// make sense as Vietnamese. The note says what was guessed, the error what the file should be saved as.
func Decode(data []byte, as string) (text, note string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		out, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return "", "", errors.New("the file begins as UTF-16 and is not; save it as " + as)
		}
		return string(out), "", nil
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", errors.New("the file has zero bytes: it is no text, or UTF-16 without a mark; save it as " + as)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	out, err := charmap.Windows1258.NewDecoder().Bytes(data)
	text = norm.NFC.String(string(out))
	if err != nil || !vietnamese(text) {
		return "", "", errors.New("the text is neither UTF-8 nor windows-1258 (Vietnamese); save it as " + as)
	}
	return text, "read as windows-1258 (Vietnamese), since it is no UTF-8", nil
}

// vietnamese reports whether the letters beyond ASCII are all Vietnamese ones, as they are not where another old encoding is read
// as windows-1258.
func vietnamese(s string) bool {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf, strings.ContainsRune("–—‘’“”…°²³·×±₫«»€\u00a0đĐ", r):
			continue
		case !unicode.IsLetter(r):
			return false
		}
		for i, part := range []rune(norm.NFD.String(string(r))) {
			if i == 0 && part >= utf8.RuneSelf || i > 0 && !strings.ContainsRune("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323", part) {
				return false
			}
		}
	}
	return true
}
