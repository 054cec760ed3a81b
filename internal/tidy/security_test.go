package tidy

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/token"
)

// lying makes one file of a zip archive say that it has few bytes where it has many.
func lying(t *testing.T, book []byte, name string, said uint64, content func(io.Writer)) []byte {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	content(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if f.Name != name {
			if err := out.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		raw, err := out.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(nil), CompressedSize64: uint64(packed.Len()), UncompressedSize64: said})
		if err == nil {
			_, err = raw.Write(packed.Bytes())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestZipBombs: a workbook that unpacks to more than it may, or to more than it says, is refused, and leaves nothing on the disk.
func TestZipBombs(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	book := workbookOf(t, func(f *excelize.File) { set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1, "t", "S") })
	blanks := func(w io.Writer) {
		for range 20 {
			_, _ = w.Write(bytes.Repeat([]byte(" "), 1<<20))
		}
	}
	const sheet, shared, styles = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
	for name, data := range map[string][]byte{
		"a sheet":                  rezip(t, book, sheet, blanks),
		"the texts":                rezip(t, book, shared, blanks),
		"the styles":               rezip(t, book, styles, blanks),
		"a sheet that lies":        lying(t, book, sheet, 1000, blanks),
		"texts that lie":           lying(t, book, shared, 1000, blanks),
		"styles that lie":          lying(t, book, styles, 1000, blanks),
		"a workbook that lies":     lying(t, book, "xl/workbook.xml", 1000, blanks),
		"a size beyond all":        lying(t, book, sheet, 1<<63, func(w io.Writer) { _, _ = io.WriteString(w, "<worksheet/>") }),
		"entities in the texts":    rezip(t, book, shared, func(w io.Writer) { _, _ = io.WriteString(w, billionLaughs) }),
		"entities in a sheet":      rezip(t, book, sheet, func(w io.Writer) { _, _ = io.WriteString(w, billionLaughs) }),
		"a file from elsewhere":    rezip(t, book, "xl/workbook.xml", func(w io.Writer) { _, _ = io.WriteString(w, external) }),
		"elements within elements": rezip(t, book, sheet, func(w io.Writer) { _, _ = io.WriteString(w, strings.Repeat("<a>", 1<<20)) }),
	} {
		table, _, problems := readBook(t, data)
		if len(problems) == 0 && name != "styles that lie" { // those are then none: the reader stops at what they say
			t.Errorf("%s: read as %q", name, table)
		}
		if text := fmt.Sprint(problems); strings.Contains(text, "root:") {
			t.Errorf("%s: %s", name, text)
		}
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("on the disk is left %v, %v", left, err)
	}
}

const (
	billionLaughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>` +
		`<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&c;</v></c></row></sheetData></worksheet>`
	external = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><workbook><sheets><sheet name="&f;"/></sheets></workbook>`
)

// TestNamesInArchives: what the files of an archive are called makes none anywhere.
func TestNamesInArchives(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Chdir(temp)
	book := workbookOf(t, func(f *excelize.File) { set(t, f, "Sheet1", "A2", "A", "B", 2020, "plan", 1, "t", "S") })
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, name := range []string{"../evil", "/evil", `..\evil`, "xl/../../evil", "xl/worksheets/../../../evil.xml", temp + "/evil"} {
		w, err := out.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, "<x/>")
	}
	for _, f := range in.File {
		if err := out.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if got, _, problems := readBook(t, b.Bytes()); got == "" || len(problems) > 0 {
		t.Errorf("the table within is %q, %v", got, problems)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("on the disk is %v, %v", left, err)
	}
}

// TestHiddenInCells: what cells hide does not come in, and what would be a formula elsewhere does not go out as one.
func TestHiddenInCells(t *testing.T) {
	const hidden = "\u202e\u200f\u2066\u200b\ufeff\x1b[31m\u009b"
	table, problems := Read("t.csv", strings.NewReader(head+"\"A"+hidden+"\n\r\u2028B\",=1+1,2020,plan,1,t,"+hidden+"@S,+cmd|'/C calc'!A0\n"), Options{Units: units(t)})
	if len(problems) > 0 || len(table.Rows) != 1 {
		t.Fatal(table, problems)
	}
	r := table.Rows[0]
	for _, text := range []string{r.Area, r.Indicator, r.Source, r.Note} {
		if strings.IndexFunc(text, func(c rune) bool { return c < ' ' || c >= 0x7f && c < 0xa0 || token.Invisible(c) }) >= 0 {
			t.Errorf("%q", text)
		}
	}
	var csv, book bytes.Buffer
	if err := WriteCSV(&csv, table); err != nil {
		t.Fatal(err)
	}
	for _, cell := range strings.FieldsFunc(csv.String(), func(c rune) bool { return c == ',' || c == '\n' }) {
		if strings.ContainsAny(strings.Trim(cell, `"`)[:1], "=+-@") {
			t.Errorf("the cell %s would be computed", cell)
		}
	}
	if err := WriteXLSX(&book, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, cell := range []string{"A2", "B2", "G2", "H2"} {
		for _, sheet := range f.GetSheetList() {
			if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
				t.Errorf("%s is the formula %q, %v", cell, formula, err)
			}
		}
	}
}

// FuzzEscape: no text goes out as a formula, and every text comes back as it went.
func FuzzEscape(f *testing.F) {
	f.Add("=1+1")
	f.Add("''@x")
	f.Add("\u200b=x")
	year := period.OfYear(2020)
	u := units(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = clean(text)
		if text == "" {
			return
		}
		in := Table{Rows: []Row{{Area: "A", Indicator: "B", Period: year, Measure: Plan, Value: quantity.Quantity{Number: quantity.Int(1), Unit: "t"}, Unit: "tấn", Source: "S", Note: text}}}
		var b bytes.Buffer
		if err := WriteCSV(&b, in); err != nil {
			t.Fatal(err)
		}
		out, problems := Read("t.csv", &b, Options{Units: u})
		if len(text) > 1000 {
			return // a cell may be too long
		}
		if len(problems) > 0 || len(out.Rows) != 1 || out.Rows[0].Note != text {
			t.Errorf("%q came back as %+v, %v", text, out.Rows, problems)
		}
		if c := escape(text); strings.ContainsAny(c[:1], "=+-@\t\r") {
			t.Errorf("%q goes out as %q", text, c)
		}
	})
}
