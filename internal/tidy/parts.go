package tidy

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// part is what the XML of a sheet says beside the texts of its cells. It is read first and bounds what the sheet may cost: a
// sheet can name its last cell in 50 bytes and have 17 billion of them.
type part struct {
	rows   map[int][]mark // by row number; only the cells that are there
	merged []merged
	area   int // cells in merged ranges
}

// mark is the type of a cell, its number format, and whether it is a formula.
type mark struct {
	col     uint16 // from 0
	kind    byte   // 'n' number, 'b' boolean, 's' text of any sort
	formula bool
	style   uint16
}

// merged is a merged range: rows from 1, columns from 0.
type merged struct{ top, bottom, left, right int }

// How many merged ranges a sheet may have, and cells in them.
const (
	mergedLimit = 10_000
	mergedCells = 1_000_000
)

// readParts reads the sheets of a workbook by their names in lower case.
func readParts(data []byte, limits Limits) (map[string]*part, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("the workbook cannot be opened: %w", err)
	}
	files := map[string]*zip.File{}
	var size uint64
	for _, f := range z.File {
		files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
		if size += f.UncompressedSize64; size > unzipLimit || f.UncompressedSize64 > unzipLimit {
			return nil, fmt.Errorf("the workbook holds more than %d MB once unpacked", unzipLimit>>20)
		}
		if f.UncompressedSize64 > xmlLimit {
			return nil, fmt.Errorf("%s in the workbook has more than %d MB once unpacked; save the table as CSV UTF-8", f.Name, xmlLimit>>20)
		}
	}
	names, err := sheetFiles(files)
	if err != nil {
		return nil, err
	}
	parts := map[string]*part{}
	for name, file := range names {
		f := files[file]
		if f == nil || !strings.Contains(file, "worksheets/") {
			continue
		}
		if parts[strings.ToLower(name)], err = readPart(f, limits); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	return parts, nil
}

// sheetFiles are the files of the sheets by the sheets' names.
func sheetFiles(files map[string]*zip.File) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Attr []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := decodeFile(files["xl/workbook.xml"], &book); err != nil {
		return nil, err
	}
	if err := decodeFile(files["xl/_rels/workbook.xml.rels"], &rels); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range rels.Relationship {
		t := strings.ReplaceAll(r.Target, `\`, "/")
		if !strings.HasPrefix(t, "/") {
			t = "xl/" + t
		}
		target[r.ID] = strings.ToLower(strings.TrimPrefix(path.Clean(t), "/"))
	}
	names := map[string]string{}
	for _, s := range book.Sheets {
		for _, a := range s.Attr {
			if a.Name.Local == "id" {
				names[s.Name] = target[a.Value]
			}
		}
	}
	return names, nil
}

func decodeFile(f *zip.File, into any) error {
	if f == nil {
		return errors.New("this is no workbook: xl/workbook.xml or its relations are missing")
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	defer func() { _ = r.Close() }()
	if err := xml.NewDecoder(io.LimitReader(r, xmlLimit)).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	return nil
}

// readPart reads the types of a sheet's cells and its merged ranges, up to the limits.
func readPart(f *zip.File, limits Limits) (*part, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	p := &part{rows: map[int][]mark{}}
	d := xml.NewDecoder(io.LimitReader(r, xmlLimit))
	row, col := 0, -1
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return nil, err
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "row":
			row, col = row+1, -1
			if n, err := strconv.Atoi(attr(e, "r")); err == nil {
				row = n
			}
			if row < 1 || row > limits.Rows {
				return nil, fmt.Errorf("row %d is beyond the first %d", row, limits.Rows)
			}
		case "c":
			m, at, err := markOf(e, row, col+1)
			if err != nil {
				return nil, err
			}
			if col = at; col >= limits.Columns {
				return nil, fmt.Errorf("row %d has cell %q, beyond the first %d columns; delete the columns behind the table", row, attr(e, "r"), limits.Columns)
			}
			m.col = uint16(col)
			p.rows[row] = append(p.rows[row], m)
		case "f":
			if marks := p.rows[row]; len(marks) > 0 && col >= 0 {
				marks[len(marks)-1].formula = true
			}
		case "mergeCell":
			if err := p.merge(attr(e, "ref"), limits); err != nil {
				return nil, err
			}
		}
	}
}

// markOf reads a cell's attributes; next is its column where it does not say.
func markOf(e xml.StartElement, row, next int) (mark, int, error) {
	m := mark{kind: 's'}
	if kind := attr(e, "t"); kind == "" || kind == "n" {
		m.kind = 'n'
	} else if kind == "b" {
		m.kind = 'b'
	}
	if style, err := strconv.Atoi(attr(e, "s")); err == nil && style > 0 && style < 1<<16 {
		m.style = uint16(style)
	}
	if ref := attr(e, "r"); ref != "" {
		col, at, err := excelize.CellNameToCoordinates(ref)
		if err != nil || at != row {
			return m, 0, fmt.Errorf("row %d has a cell %q", row, ref)
		}
		next = col - 1
	}
	return m, next, nil
}

func (p *part) merge(ref string, limits Limits) error {
	if len(p.merged) >= mergedLimit {
		return fmt.Errorf("more than %d merged ranges", mergedLimit)
	}
	from, to, _ := strings.Cut(ref, ":")
	left, top, err := excelize.CellNameToCoordinates(from)
	right, bottom, errTo := excelize.CellNameToCoordinates(to)
	if err != nil || errTo != nil || right < left || bottom < top {
		return fmt.Errorf("merged range %q is none", ref)
	}
	if right > limits.Columns || bottom > limits.Rows {
		return fmt.Errorf("merged range %q goes beyond the first %d columns or %d rows", ref, limits.Columns, limits.Rows)
	}
	p.merged = append(p.merged, merged{top, bottom, left - 1, right - 1})
	if p.area += (bottom - top + 1) * (right - left + 1); p.area > mergedCells {
		return fmt.Errorf("more than %d cells in merged ranges", mergedCells)
	}
	return nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
