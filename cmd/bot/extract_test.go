package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbot/internal/extract"
	"factbot/internal/quantity"
)

// The article that the shipped facts were taken from is read out of its text as the facts have it: every figure, claim, plan and project capacity, and nothing else.
// ARTICLE names the folder that has it; without it there is nothing to read.
func TestArticle(t *testing.T) {
	folder := os.Getenv("ARTICLE")
	if folder == "" {
		t.Skip("ARTICLE does not name the folder of the article")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%s: %v, %v", folder, files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	d, err := (source{}).open(&world{env: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	r := d.ReadReport(string(data))
	s := d.Facts()
	line := func(indicator, period, measure, claim string, v quantity.Quantity) string {
		return fmt.Sprint(indicator, " ", period, " ", measure, " ", claim, " ", v)
	}
	var got, want []string
	for _, row := range r.Table(extract.Document{Area: s.DefaultArea(), Title: "x", Date: s.Sources()[0].Date}, d.Named).Rows {
		ids := s.IndicatorsNamed(row.Indicator)
		if len(ids) != 1 {
			t.Errorf("%q is %v", row.Indicator, ids)
			continue
		}
		got = append(got, line(ids[0], row.Period.String(), string(row.Measure), string(row.Claim), row.Value))
	}
	for o := range s.Observations() {
		want = append(want, line(o.Indicator, o.Period.String(), o.Measure.String(), "", o.Value))
	}
	for _, c := range s.Claims() {
		want = append(want, line(c.Indicator, c.Period.String(), c.Of.String(), c.Kind.String(), c.Value))
	}
	compare(t, got, want)
	got, want = nil, nil
	project := func(q *quantity.Quantity, investor string) string { return fmt.Sprint(q, " ", investor) }
	for _, p := range r.Projects {
		got = append(got, project(p.Capacity, p.Investor))
	}
	for _, p := range s.Projects() {
		want = append(want, project(p.Capacity, p.Investor))
	}
	compare(t, got, want)
}

// The labelled passages are read as well as they were: floors only ever rise, and every set has one.
func TestPassages(t *testing.T) {
	const folder = "../../internal/extract/testdata"
	data, err := os.ReadFile(filepath.Join(folder, "floors.txt"))
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string][]string{}
	for _, line := range strings.Split(string(data), "\n") {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] != "#" {
			floors[fields[0]] = fields[1:]
		}
	}
	sets, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil || len(sets) != len(floors) {
		t.Fatalf("%d sets, %d floors, %v", len(sets), len(floors), err)
	}
	for _, set := range sets {
		floor := floors[filepath.Base(set)]
		if floor == nil {
			t.Errorf("%s has no floor", set)
			continue
		}
		var out bytes.Buffer
		status := run([]string{"eval-extract", "--min-precision", floor[0], "--min-recall", floor[1], set}, strings.NewReader(""), &out, &out, func(string) string { return "" })
		if status != 0 {
			t.Errorf("%s: status %d\n%s", set, status, out.String())
		}
	}
}

func compare(t *testing.T, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("read\n%s\nthe facts have\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const reportText = `Báo cáo tình hình thương mại năm 2020
Nghệ An, ngày 28 tháng 02 năm 2021
Năm 2020, tổng kim ngạch xuất khẩu của tỉnh đạt 1.133 triệu USD, bằng 94,4% kế hoạch; tổng mức bán lẻ hàng hóa đạt 69.010 tỷ đồng, tăng 8,4% so với năm 2019.
Hơn 300 doanh nghiệp tham gia, đưa số doanh nghiệp xuất khẩu lên gần 500 doanh nghiệp.
`

// A report on the command line: for reading, as objects, as a table that bot import takes.
func TestExtractCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bao-cao.txt")
	if err := os.WriteFile(file, []byte(reportText), 0o600); err != nil {
		t.Fatal(err)
	}
	say := func(args ...string) (string, int) {
		var out bytes.Buffer
		status := run(args, strings.NewReader(reportText), &out, &out, func(string) string { return "" })
		return out.String(), status
	}
	text, status := say("extract", file)
	if status != 0 || !strings.Contains(text, "1.133 triệu USD") || !strings.Contains(text, "dòng 3") {
		t.Errorf("%d\n%s", status, text)
	}
	objects, status := say("extract", "--format", "json", "-")
	if status != 0 || !strings.Contains(objects, `"claim":"attainment"`) || !strings.Contains(objects, `"kind":"left"`) {
		t.Errorf("%d\n%s", status, objects)
	}
	if out, status := say("extract", "--format", "json", "-"); status != 0 || !strings.Contains(out, `"area":"nghe-an"`) {
		t.Errorf("%d\n%s", status, out)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere.txt")
	if err := os.WriteFile(elsewhere, []byte("Công nghiệp Quảng Ngãi năm 2022\nNăm 2022, sản lượng thép đạt 5,2 triệu tấn.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, status := say("extract", "--format", "csv", elsewhere); status != 0 || !strings.Contains(out, "\nQuảng Ngãi,sản lượng thép,2022,actual,5.2,") {
		t.Errorf("%d\n%s", status, out)
	}
	table := filepath.Join(t.TempDir(), "t.csv")
	if out, status := say("extract", "--format", "csv", "-o", table, file); status != 0 {
		t.Fatalf("%d\n%s", status, out)
	}
	folder := filepath.Join(t.TempDir(), "facts")
	if out, status := say("import", "--facts", folder, table); status != 0 || !strings.Contains(out, "figures: 4 added") {
		t.Errorf("%d\n%s", status, out)
	}
	if out, status := say("ask", "--facts", folder, "xuất khẩu 2020?"); status != 0 || !strings.Contains(out, "1.133") || !strings.Contains(out, "28/02/2021") {
		t.Errorf("%d\n%s", status, out)
	}
	if out, status := say("extract", filepath.Join(folder, "none.docx")); status != statusUsage || !strings.Contains(out, "no such file") {
		t.Errorf("%d\n%s", status, out)
	}
}

// A report as an admin brings it: pasted, or as a file. It is shown with its words, applied, and answered from.
func TestReportInTheChat(t *testing.T) {
	o := newOffice(t)
	c := o.wants(o.says(boss, reportText), "28/02/2021", "1.133 triệu USD", "“tổng kim ngạch xuất khẩu của tỉnh đạt 1.133 triệu USD”", "gần đúng", "Nghệ An")
	o.wants(o.presses(boss, c, applyIt), "Đã áp dụng")
	o.wants(o.says(boss, "xuất khẩu 2020?"), "1.133", "28/02/2021")
	o.wants(o.says(boss, "Tổng kim ngạch xuất khẩu năm 2020 đạt 1.133 triệu USD, tổng mức bán lẻ hàng hóa đạt 69.010 tỷ đồng, anh chị kiểm tra giúp em xem hai con số này có đúng không ạ, em cảm ơn anh chị rất nhiều, cảm ơn anh chị đã giúp em, em cảm ơn anh chị?"), "1.133")
	o.wants(o.sends(boss, "trong.txt", "Hôm nay trời đẹp."), "không đọc được số liệu nào")
	o.wants(o.sends(boss, "x.docx", "PK\x03\x04 hỏng"), "chưa có gì thay đổi")
	if c := o.says(anybody, reportText); strings.Contains(c.Plain, "Đọc từ văn bản") {
		t.Errorf("anybody's text is read as a report: %s", c.Plain)
	}
	o.wants(o.sends(editor, "bao-cao.txt", strings.ReplaceAll(reportText, "1.133", "1.134")), "1.134")
}
