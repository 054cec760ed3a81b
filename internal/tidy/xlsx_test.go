package tidy

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbookOf makes a workbook of one sheet with the usual header and hands it to edit.
func workbookOf(t testing.TB, edit func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	set(t, f, "Sheet1", "A1", "area", "indicator", "period", "measure", "value", "unit", "source", "note")
	edit(f)
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet, at string, values ...any) {
	t.Helper()
	if err := f.SetSheetRow(sheet, at, &values); err != nil {
		t.Fatal(err)
	}
}

func style(t *testing.T, f *excelize.File, cell, format string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err == nil {
		err = f.SetCellStyle("Sheet1", cell, cell, id)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func readBook(t *testing.T, data []byte) (string, []string, []Problem) {
	t.Helper()
	table, problems := Read("t.xlsx", bytes.NewReader(data), Options{Units: units(t)})
	var lines []string
	for _, r := range table.Rows {
		lines = append(lines, line(r))
	}
	return strings.Join(lines, "\n"), table.Notes, problems
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func TestWorkbook(t *testing.T) {
	for name, c := range map[string]struct {
		edit    func(f *excelize.File)
		want    string
		note    string
		problem string
	}{
		"numbers are exact, texts are settled": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1149.2, "t", "S")
			set(t, f, "Sheet1", "A3", "A", "B", "2021", "plan", "1.120,5", "t", "S")
			set(t, f, "Sheet1", "A4", "A", "B", "2022", "plan", 1.234, "t", "S")
			set(t, f, "Sheet1", "A5", "A", "B", "2023", "plan", 0.1+0.2, "t", "S")
		}, want: "2: A|B|2020|plan|1149.2 t (1)\n3: A|B|2021|plan|1120.5 t (1)\n4: A|B|2022|plan|1.234 t (3)\n5: A|B|2023|plan|0.3 t (1)"},
		"a text that reads both ways": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", "1.234", "t", "S")
			set(t, f, "Sheet1", "A3", "A", "B", 2021, "plan", 97.5, "t", "S")
		}, problem: `t.xlsx[Sheet1]:2: value: "1.234" reads as 1.234`},
		"percent cells": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "actual.growth", 0.0636, "%", "S")
			style(t, f, "E2", "0.00%")
		}, want: "2: A|B|2020|actual.growth|6.36 percent (2)"},
		"dates": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", day(2021, 1, 1), "plan", 1, "t", "S")
			set(t, f, "Sheet1", "A3", "A", "B", day(2021, 2, 1), "plan", 1, "t", "S")
		}, want: "2: A|B|2021-01|plan|1 t (0)\n3: A|B|2021-02|plan|1 t (0)"},
		"dates shown as years": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", day(2020, 1, 1), "plan", 1, "t", "S")
			set(t, f, "Sheet1", "A3", "A", "B", day(2021, 1, 1), "plan", 1, "t", "S")
			style(t, f, "C2", "yyyy")
			style(t, f, "C3", "yyyy")
		}, want: "2: A|B|2020|plan|1 t (0)\n3: A|B|2021|plan|1 t (0)"},
		"new years": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", day(2020, 1, 1), "plan", 1, "t", "S")
			set(t, f, "Sheet1", "A3", "A", "B", day(2021, 1, 1), "plan", 1, "t", "S")
			style(t, f, "C2", "dd/mm/yyyy")
			style(t, f, "C3", "dd/mm/yyyy")
		}, problem: "may be the year 2020 or its January"},
		"a day of a month": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", day(2020, 7, 31), "plan", 1, "t", "S")
		}, problem: "the date 2020-07-31 is not the first of a month"},
		"hidden sheets and sheets without a table": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1, "t", "S")
			_, _ = f.NewSheet("Ẩn")
			_ = f.SetSheetVisible("Ẩn", false)
			set(t, f, "Ẩn", "A1", "area", "indicator", "period")
			_, _ = f.NewSheet("Đọc")
			set(t, f, "Đọc", "A1", "hướng dẫn")
		}, want: "2: A|B|2020|plan|1 t (0)", note: `sheet "Ẩn" is hidden`},
		"merged names": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1, "t", "S")
			set(t, f, "Sheet1", "A3", nil, "B", 2021, "plan", 2, "t", "S")
			_ = f.MergeCell("Sheet1", "A2", "A3")
		}, want: "2: A|B|2020|plan|1 t (0)\n3: A|B|2021|plan|2 t (0)"},
		"merged values": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1, "t", "S")
			set(t, f, "Sheet1", "A3", "A", "B", 2021, "plan", nil, "t", "S")
			_ = f.MergeCell("Sheet1", "E2", "E3")
		}, problem: "t.xlsx[Sheet1]:3: value: the cell is merged"},
		"merged across columns": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", nil, 2020, "plan", 1, "t", "S")
			_ = f.MergeCell("Sheet1", "A2", "B2")
		}, problem: `t.xlsx[Sheet1]:2: indicator: "" is no name`},
		"titles above the header": {edit: func(f *excelize.File) {
			_ = f.InsertRows("Sheet1", 1, 2)
			set(t, f, "Sheet1", "A1", "SỐ LIỆU")
			_ = f.MergeCell("Sheet1", "A1", "H1")
			set(t, f, "Sheet1", "A4", "A", "B", 2020, "plan", 1, "t", "S")
		}, want: "4: A|B|2020|plan|1 t (0)", note: `"SỐ LIỆU"`},
		"formulas never computed": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", nil, "t", "S")
			_ = f.SetCellFormula("Sheet1", "E2", "1+1")
		}, problem: "t.xlsx[Sheet1]:2: value: the cell is a formula without a stored value"},
		"booleans": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", true, "t", "S")
		}, problem: "t.xlsx[Sheet1]:2: value:"},
		"columns without a heading": {edit: func(f *excelize.File) {
			set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1, "t", "S", "", "x")
		}, problem: `"x" stands in column 9`},
	} {
		got, notes, problems := readBook(t, workbookOf(t, c.edit))
		all := fmt.Sprint(problems)
		switch {
		case c.problem != "" && !strings.Contains(all, c.problem):
			t.Errorf("%s: problems %s, want %q", name, all, c.problem)
		case c.problem == "" && (len(problems) > 0 || got != c.want):
			t.Errorf("%s: %s\n got %s\nwant %s", name, all, got, c.want)
		case !strings.Contains(strings.Join(notes, "\n"), c.note):
			t.Errorf("%s: notes %q, want %q", name, notes, c.note)
		}
	}
}

// TestHostileWorkbooks reads small files that say that they are large.
func TestHostileWorkbooks(t *testing.T) {
	book := workbookOf(t, func(*excelize.File) {})
	sheetOf := func(rows string) []byte {
		return rezip(t, book, "xl/worksheets/sheet1.xml", func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+rows+"</sheetData></worksheet>")
		})
	}
	far := sheetOf(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)
	wide := sheetOf(`<row r="1"><c r="XFD1"><v>1</v></c></row>`)
	styled := sheetOf(strings.Repeat(`<row><c s="1"/></row>`, 1000) + `<row><c r="XFD1001" s="1"/></row>`)
	long := sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row><row r="499999"><c r="A499999"><v>1</v></c></row>`)
	bomb := rezip(t, book, "xl/worksheets/sheet1.xml", func(w io.Writer) {
		for range 70 {
			_, _ = w.Write(bytes.Repeat([]byte(" "), 1<<20))
		}
	})
	entities := rezip(t, book, "xl/workbook.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><workbook><sheets><sheet name="&b;"/></sheets></workbook>`)
	})
	merges := rezip(t, book, "xl/worksheets/sheet1.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, "<worksheet><sheetData/><mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B400000"/>`, 100)+"</mergeCells></worksheet>")
	})
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"last cell":    {far, "row 1048576 is beyond"},
		"wide":         {wide, "beyond the first 256 columns"},
		"styled":       {styled, "beyond the first 256 columns"},
		"long":         {long, "no header row"},
		"bomb":         {bomb, "once unpacked"},
		"entities":     {entities, "workbook.xml"},
		"merges":       {merges, "merged"},
		"cut short":    {book[:len(book)/2], "cannot be opened"},
		"only a magic": {[]byte("PK\x03\x04"), "cannot be opened"},
		"old workbook": {[]byte("\xd0\xcf\x11\xe0xxxxxxxx"), ".xls"},
	} {
		_, _, problems := readBook(t, c.data)
		if !strings.Contains(fmt.Sprint(problems), c.want) {
			t.Errorf("%s: %v, want %q", name, problems, c.want)
		}
	}
}

// rezip writes one file of a zip archive anew.
func rezip(t testing.TB, data []byte, name string, content func(io.Writer)) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			content(w)
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzSheet reads a workbook whose sheet is anything. What it costs is bounded, and every row has a number.
func FuzzSheet(f *testing.F) {
	row := `<row r="1">`
	for i, c := range figureColumns[:7] {
		row += fmt.Sprintf(`<c r="%c1" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, c.name)
	}
	f.Add(`<worksheet><sheetData>` + row + `</row><row r="2"><c r="A2" t="str"><v>A</v></c><c t="str"><v>B</v></c><c><v>44197</v></c><c t="str"><v>plan</v></c><c s="1"><v>1.5</v></c><c t="str"><v>t</v></c><c t="str"><v>S</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`)
	f.Add(`<worksheet><sheetData><row><c t="s"><v>9</v></c><c t="b"><v>1</v></c><c t="d"><v>2020-01-01</v></c><c><f>1+1</f></c></row></sheetData></worksheet>`)
	book := workbookOf(f, func(*excelize.File) {})
	u := units(f)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := rezip(t, book, "xl/worksheets/sheet1.xml", func(w io.Writer) { _, _ = io.WriteString(w, sheet) })
		table, problems := Read("t.xlsx", bytes.NewReader(data), Options{Units: u})
		if len(problems) == 0 && len(table.Rows)+len(table.Projects) == 0 {
			t.Error("neither rows nor problems")
		}
		for _, r := range table.Rows {
			if r.Line < 2 || r.Period.IsZero() {
				t.Errorf("read %+v", r)
			}
		}
	})
}
