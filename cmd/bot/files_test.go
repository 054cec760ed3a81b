package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"factbot/internal/state"
	"factbot/internal/telegram"
)

// head is the header of a table, row1 a row that is in order.
const (
	head = "area,indicator,period,measure,value,unit,source,source_date\n"
	row1 = "Nghệ An,Tổng kim ngạch xuất khẩu,2020,actual,1133,triệu USD,Báo cáo,2021-02-28\n"
)

func inUTF16(text string, big bool) string {
	var b bytes.Buffer
	put := func(u uint16) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	put(0xfeff)
	for _, u := range utf16.Encode([]rune(text)) {
		put(u)
	}
	return b.String()
}

func inWindows1258(t *testing.T, text string) string {
	t.Helper()
	var decomposed strings.Builder
	for _, r := range text { // the encoding has the tones as marks of their own
		var base, tone []rune
		for _, part := range norm.NFD.String(string(r)) {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", part) {
				tone = append(tone, part)
			} else {
				base = append(base, part)
			}
		}
		decomposed.WriteString(norm.NFC.String(string(base)) + string(tone))
	}
	s, err := charmap.Windows1258.NewEncoder().String(decomposed.String())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// archive is a zip file of the named contents.
func archive(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// workbook is an XLSX file of one sheet with these cells.
func workbook(t *testing.T, rows string, more map[string]string) string {
	t.Helper()
	files := map[string]string{
		"[Content_Types].xml":        `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	for name, text := range more {
		files[name] = text
	}
	return archive(t, files)
}

// wordFile is the document.xml of a Word file, paragraphs a report in it.
func wordFile(body string) string {
	return `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`
}

const paragraphs = `<w:p><w:r><w:t>Năm 2020, kim ngạch xuất khẩu ước đạt 1.133 </w:t></w:r><w:r><w:t>triệu USD.</w:t></w:r></w:p>`

// cells is a row of texts.
func cells(n int, texts ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, n)
	for i, s := range texts {
		if s == "" {
			continue
		}
		fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n, s)
	}
	return b.String() + "</row>"
}

// What admins send by mistake, and what others would have them send: each file is refused in words, or read as it is meant, without more memory than it is worth.
func TestFilesOfAllKinds(t *testing.T) {
	store, err := state.Open(t.Context(), state.Options{Folder: t.TempDir(), Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	w := &world{err: new(bytes.Buffer), env: func(string) string { return "" }}
	l := &live{store: store, log: logger(w), follows: true}
	if l.desk, err = (source{}).open(w); err != nil {
		t.Fatal(err)
	}
	k := &keeper{live: l, w: w, roles: roles{editors: []int64{1}}, started: time.Now()}
	defer debug.SetGCPercent(debug.SetGCPercent(20)) // so that memory is hardly more than what is in use
	header := strings.Split(strings.TrimSpace(head), ",")
	good := strings.Split(strings.TrimSpace(row1), ",")
	with := func(column int, value string) string {
		c := append([]string(nil), good...)
		c[column] = value
		return head + strings.Join(c, ",") + "\n"
	}
	const taken, none = "Mới 1", "chưa có gì thay đổi"
	for _, c := range []struct{ what, name, data, want string }{
		{"as it should be", "a.csv", head + row1, taken},
		{"a byte order mark", "a.csv", "\ufeff" + head + row1, taken},
		{"UTF-16, little end first", "a.csv", inUTF16(head+row1, false), taken},
		{"UTF-16, big end first", "a.csv", inUTF16(head+row1, true), taken},
		{"Windows-1258", "a.csv", inWindows1258(t, head+row1), taken},
		{"bytes of no encoding", "a.csv", head + "Ngh\xff\xfe An,x,2020,actual,1,t,x,2021\n", none},
		{"TCVN3", "a.csv", head + "NghÖ An,Tæng kim ng¹ch xuÊt khÈu,2020,actual,1133,triÖu USD,B¸o c¸o,2021-02-28\n", ""},
		{"marks that stand apart", "a.csv", head + strings.ReplaceAll(row1, "ệ", "e\u0302\u0323"), taken},
		{"semicolons and a decimal comma", "a.csv", strings.ReplaceAll(head, ",", ";") + "Nghệ An;Tổng kim ngạch xuất khẩu;2020;actual;1133,5;triệu USD;Báo cáo;2021-02-28\n", taken},
		{"tabs", "a.csv", strings.ReplaceAll(head+row1, ",", "\t"), taken},
		{"decimal marks of both kinds", "a.csv", head + row1 + "Nghệ An,Tổng mức bán lẻ hàng hóa,2020,actual,\"69.010,5\",tỷ đồng,Báo cáo,2021-02-28\nNghệ An,Giá trị sản xuất công nghiệp,2020,actual,\"78,100.5\",tỷ đồng,Báo cáo,2021-02-28\n", none},
		{"a number that may be two", "a.csv", with(4, "1.133"), ""},
		{"a date for a number", "a.csv", with(4, "28/02/2021"), none},
		{"a number for a period", "a.csv", with(2, "44255"), none},
		{"no number", "a.csv", with(4, "nhiều"), none},
		{"infinity", "a.csv", with(4, "Inf"), none},
		{"a number of a thousand digits", "a.csv", with(4, strings.Repeat("9", 1000)), none},
		{"an exponent", "a.csv", with(4, "1e9"), none},
		{"a unit that nobody knows", "a.csv", with(5, "thúng"), none},
		{"a period that is none", "a.csv", with(2, "2020-13"), none},
		{"a measure that is none", "a.csv", with(3, "guess"), none},
		{"a formula", "a.csv", with(6, "=HYPERLINK(1)"), ""},
		{"a path for a source", "a.csv", with(6, "../../../../tmp/x"), taken},
		{"a path for an area", "a.csv", with(0, "../../x"), ""},
		{"columns without end", "a.csv", strings.Repeat("x,", 1_000_000) + "\n", none},
		{"a cell without end", "a.csv", with(6, strings.Repeat("x", 2_000_000)), none},
		{"a quote without end", "a.csv", head + "\"Nghệ An,\n" + strings.Repeat("x\n", 10000), none},
		{"nothing", "a.csv", "", none},
		{"a header alone", "a.csv", head, ""},
		{"columns twice", "a.csv", "area,area,indicator,period,measure,value,unit,source\n", none},
		{"zeros", "a.csv", strings.Repeat("\x00", 100_000), none},
		{"a million rows", "a.csv", head + strings.Repeat(row1, 60_000), ""},
		{"a workbook", "a.xlsx", workbook(t, cells(1, header...)+cells(2, good...), nil), taken},
		{"a workbook called a table", "a.csv", workbook(t, cells(1, header...)+cells(2, good...), nil), taken},
		{"a cell in the last corner", "a.xlsx", workbook(t, cells(1, header...)+`<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>`, nil), ""},
		{"a workbook that unpacks without end", "a.xlsx", workbook(t, strings.Repeat(" ", 120<<20), nil), none},
		{"entities that grow", "a.xlsx", workbook(t, cells(1, header...), map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`}), none},
		{"names that lead elsewhere", "a.xlsx", workbook(t, cells(1, header...)+cells(2, good...), map[string]string{"../../../tmp/evil": "x"}), ""},
		{"an archive of something else", "a.xlsx", archive(t, map[string]string{"readme.txt": "hello"}), none},
		{"half an archive", "a.xlsx", workbook(t, cells(1, header...), nil)[:400], none},
		{"a document", "a.yaml", report, "Mới 3"},
		{"a document with Windows lines", "a.yaml", strings.ReplaceAll(report, "\n", "\r\n"), "Mới 3"},
		{"a document with a mark", "a.yaml", "\ufeff" + report, "Mới 3"},
		{"aliases that grow", "a.yaml", "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\nsource: {id: x}\n", none},
		{"depth without end", "a.yaml", "source: {id: x, title: " + strings.Repeat("[", 100_000) + "}\n", none},
		{"keys twice", "a.yaml", "source: {id: x, title: X}\nsource: {id: y, title: Y}\narea: nghe-an\n", none},
		{"a key that nobody knows", "a.yaml", strings.Replace(report, "figures:", "figurs:", 1), none},
		{"an id that leads elsewhere", "a.yaml", strings.Replace(report, "bao-cao-thang-2-2021", "../../x", 1), none},
		{"an id that is a hidden file", "a.yaml", strings.Replace(report, "bao-cao-thang-2-2021", ".hidden", 1), none},
		{"an indicator that nobody knows", "a.yaml", strings.Replace(report, "export_total", "nothing", 1), none},
		{"a comma in a number", "a.yaml", strings.Replace(report, "1133", "1.133,5", 1), none},
		{"two documents in one", "a.yaml", report + "---\n" + report, none},
		{"another catalogue", "catalogue.yaml", "areas: []\nindicators: []\n", none},
		{"a name that leads elsewhere", "../../../../etc/passwd.csv", head + row1, taken},
		{"a name that begins a line", "a\nlevel=ERROR.csv", head + row1, taken},
		{"a report", "a.docx", archive(t, map[string]string{"word/document.xml": wordFile(paragraphs)}), taken},
		{"a report in Windows-1258", "a.txt", inWindows1258(t, "Kim ngạch xuất khẩu năm 2020 ước đạt 1.133 triệu USD"), taken},
		{"a report in UTF-16", "a.txt", inUTF16("Năm 2020 kim ngạch xuất khẩu đạt 1.133 triệu USD", false), taken},
		{"a report without figures", "a.txt", "Không có gì mới.", none},
		{"a report in TCVN3", "a.txt", "Kim ng¹ch xuÊt khÈu n¨m 2020 ®¹t 1.133 triÖu USD", none},
		{"a document that unpacks without end", "a.docx", archive(t, map[string]string{"word/document.xml": wordFile(strings.Repeat("<w:p><w:r><w:t> </w:t></w:r></w:p>", 2<<20))}), none},
		{"a document of depth without end", "a.docx", archive(t, map[string]string{"word/document.xml": wordFile(strings.Repeat("<w:p>", 200_000))}), none},
		{"a document with entities that grow", "a.docx", archive(t, map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:p><w:t>&b;</w:t></w:p>`}), none},
		{"a workbook called a document", "a.docx", workbook(t, cells(1, header...)+cells(2, good...), nil), none},
		{"a document of long ago", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1000), none},
		{"a PDF", "a.txt", "%PDF-1.7\n1 0 obj", none},
		{"a text of one line without end", "a.txt", "Kim ngạch xuất khẩu năm 2020 đạt " + strings.Repeat("1.133 triệu USD, ", 200_000), ""},
		{"brackets without end", "a.txt", strings.Repeat("(", 500_000) + "Kim ngạch xuất khẩu đạt 5 triệu USD", ""},
		{"a picture", "a.png", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x01", 1000), none},
		{"a script", "a.sh", "#!/bin/sh\nrm -rf /\n", none},
	} {
		debug.FreeOSMemory()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p := k.Propose(t.Context(), telegram.Upload{Person: 1, Name: c.name, Data: []byte(c.data), Lang: "vi"})
		runtime.ReadMemStats(&after)
		if !strings.Contains(p.Plain, c.want) || p.Plain == "" {
			t.Errorf("%s: %.300q, want %q", c.what, p.Plain, c.want)
		}
		if refused := strings.Contains(p.Plain, none); refused == (p.Key != "") && !strings.Contains(p.Plain, "không có gì mới") {
			t.Errorf("%s: refused %v, and may be applied %v", c.what, refused, p.Key != "")
		}
		if n := len(p.Plain); n > 20_000 {
			t.Errorf("%s: %d bytes are said", c.what, n)
		}
		if used := (after.Sys - before.Sys) >> 20; used > 256 && after.Sys > before.Sys {
			t.Errorf("%s: %d MiB more memory", c.what, used)
		}
		if strings.Contains(p.Plain, "trục trặc") {
			t.Errorf("%s: %s", c.what, p.Plain)
		}
	}
	if text := w.err.(*bytes.Buffer).String(); text != "" {
		t.Errorf("the log has %.500s", text)
	}
}
