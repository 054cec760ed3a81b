package tidy

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbot/internal/quantity"
	"factbot/internal/words"
	"factbot/locales"
)

var update = flag.Bool("update", false, "write the golden files anew")

func units(t testing.TB) *quantity.Units {
	t.Helper()
	w, err := words.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return w.Units
}

const head = "area,indicator,period,measure,value,unit,source,note\n"

// read reads a table that must have no problems.
func read(t testing.TB, name, text string) Table {
	t.Helper()
	table, problems := Read(name, strings.NewReader(text), Options{Units: units(t)})
	if len(problems) > 0 {
		t.Fatalf("%q: %v", text, problems)
	}
	return table
}

func line(r Row) string {
	claim := ""
	if r.Claim != "" {
		claim = "." + string(r.Claim)
	}
	return fmt.Sprintf("%d: %s|%s|%s|%s%s|%s (%d)", r.Line, r.Area, r.Indicator, r.Period, r.Measure, claim, r.Value, r.Value.Decimals)
}

func TestRows(t *testing.T) {
	for in, want := range map[string]string{
		"Nghệ An,XK,2020,estimate,1120,triệu USD,Báo,":                    "2: Nghệ An|XK|2020|estimate|1120 USD e6 (0)",
		"Nghệ An,XK,9T/2020,actual,1120.50,tr.USD,Báo,":                   "2: Nghệ An|XK|2020-01-01/P9M|actual|1120.5 USD e6 (2)",
		`Nghệ An,XK,2020-01..2020-07,plan,"97,5",nghìn tấn,Báo,`:          "2: Nghệ An|XK|2020-01-01/P7M|plan|97.5 t e3 (1)",
		"Nghệ An,IIP,2020,actual.growth,\"6,36%\",%,Báo,":                 "2: Nghệ An|IIP|2020|actual.growth|6.36 percent (2)",
		"Nghệ An,IIP,2020,plan.growth,-8.8,,Báo,":                         "2: Nghệ An|IIP|2020|plan.growth|-8.8 percent (1)",
		"Nghệ An,IIP,2020,actual.contribution,1.2,%,Báo,":                 "2: Nghệ An|IIP|2020|actual.contribution|1.2 pp (1)",
		"Nghệ An,Khách,Quý II/2021,Thực hiện,1.234.567,lượt khách,B,x":    "2: Nghệ An|Khách|2021-Q2|actual|1234567 lượt khách (0)",
		"Nghệ An,Khách,6 tháng đầu năm 2021,KH,12.5,nghìn lượt khách,B,x": "2: Nghệ An|Khách|2021-S1|plan|12.5 lượt khách e3 (1)",
		"Nghệ An,Điện,tháng 7/2021,Ước tính,\"1.149,20\",triệu kWh,B,":    "2: Nghệ An|Điện|2021-07|estimate|1149.2 kWh e6 (2)",
		"Nghệ An,Điện,2021-07-01,sơ bộ,0.123,triệu kWh,B,":                "2: Nghệ An|Điện|2021-07|preliminary|0.123 kWh e6 (3)",
		"Nghệ An,Than,năm 2021,actual,78 000,bó lúa,B,":                   "2: Nghệ An|Than|2021|actual|78000 bó lúa (0)",
	} {
		if got := line(read(t, "t.csv", head+in+"\n").Rows[0]); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestCSVForms(t *testing.T) {
	want := "2: Nghệ An|XK|2020|estimate|97.5 USD e6 (1)"
	vi := "\ufeffđịa phương;Chỉ tiêu ; KỲ;Loại số liệu;GIÁ TRỊ;đơn vị;nguồn;Ghi chú\nNghệ An;XK;2020;ước;97,5;triệu USD;Báo;\n"
	for name, text := range map[string]string{
		"vi":      vi,
		"crlf":    strings.ReplaceAll(vi, "\n", "\r\n"),
		"tab":     strings.ReplaceAll(vi, ";", "\t"),
		"utf16le": "\xff\xfe" + utf16(vi[3:], false), "utf16be": "\xfe\xff" + utf16(vi[3:], true),
	} {
		if got := line(read(t, name, text).Rows[0]); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	table := read(t, "sep.csv", "sep=;\nBáo cáo;;;;;;\n\narea;indicator;period;measure;value;unit;source\nA;\"hai\ndòng\";2020;plan;1;t;B\n\nC;D;2020;plan;2;t;B\n")
	if len(table.Rows) != 2 || table.Rows[0].Line != 5 || table.Rows[1].Line != 8 || table.Rows[0].Indicator != "hai dòng" {
		t.Errorf("lines with a title and quoted newlines: %+v", table.Rows)
	}
	// "Đắk Lắk" in windows-1258: letters with breve, tones as marks of their own.
	old := head + "\xd0\xe3\xeck L\xe3\xeck,XK,2020,plan,1,t,B\xe1o,\n"
	if got := read(t, "old.csv", old); got.Rows[0].Area != "Đắk Lắk" || len(got.Notes) != 1 {
		t.Errorf("windows-1258: %q, notes %q", got.Rows[0].Area, got.Notes)
	}
}

func utf16(s string, big bool) string {
	var b strings.Builder
	for _, r := range s {
		if big {
			b.WriteByte(byte(r >> 8))
		}
		b.WriteByte(byte(r))
		if !big {
			b.WriteByte(byte(r >> 8))
		}
	}
	return b.String()
}

func TestDecimalMark(t *testing.T) {
	for _, c := range []struct{ csv, xlsx, cells string }{ // the numbers read; "?" where refused with both readings, "!" otherwise
		{"1.234 97.5", "1.234 97.5", "1.234 97.5"},
		{"1234 97.5", "1234 97.5", "1.234 97,5"},
		{"1120.5 1.234", "1120.5 1.234", "1,120.5 1.234"},
		{"1120.5 1234", "1120.5 1234", "1.120,5 1.234"},
		{"1234567 1234", "1234567 1234", "1.234.567 1.234"},
		{"1234567 1.234", "1234567 1.234", "1,234,567 1.234"},
		{"?", "?", "1.234"},
		{"?", "?", "1,234 5,678"},
		{"?", "?", "850 1.234"},
		{"78000 1.234", "?", "78000 1.234"},
		{"?", "?", "78000 1,234"},
		{"?", "?", "1.234 5,678"},
		{"0.123 5", "0.123 5", "0.123 5"},
		{"1234.567 2.345", "1234.567 2.345", "1234.567 2.345"},
		{"1.2345 2345", "1.2345 2345", "1.2345 2,345"},
		{"!", "!", "97,5 97.5"},
		{"!", "!", "1.2.3"},
		{"!", "!", "1.23.456"},
		{"!", "!", "mười"},
		{"!", "!", "5e3"},
		{"810 97.5", "810 97.5", "810 97,5%"},
	} {
		for _, isCSV := range []bool{true, false} {
			var numbers []number
			for i, text := range strings.Fields(c.cells) {
				numbers = append(numbers, newNumber(i+2, cell{text: text}))
			}
			var reasons []string
			settle("value", numbers, 0, isCSV, func(_ int, _, reason string) { reasons = append(reasons, reason) })
			var got []string
			for _, n := range numbers {
				got = append(got, n.plain)
			}
			out := strings.Join(got, " ")
			if all := strings.Join(reasons, "; "); strings.Contains(all, "reads as") {
				out = "?"
			} else if all != "" {
				out = "!"
			}
			want := c.csv
			if !isCSV {
				want = c.xlsx
			}
			if out != want {
				t.Errorf("%s (csv %v): got %s, want %s", c.cells, isCSV, out, want)
			}
		}
	}
}

func TestDecimalForced(t *testing.T) {
	text := head + "A,B,2020,plan,1.234,t,S,\n"
	for mark, want := range map[byte]string{'.': "1.234 t", ',': "1234 t"} {
		table, problems := Read("t.csv", strings.NewReader(text), Options{Units: units(t), Decimal: mark})
		if len(problems) > 0 || table.Rows[0].Value.String() != want {
			t.Errorf("decimal %q: %v, %v, want %s", mark, table.Rows, problems, want)
		}
	}
}

func TestProjects(t *testing.T) {
	table := read(t, "p.csv", "name,investor,sector,area,capacity_value,capacity_unit,capacity_per,investment_value,investment_unit,status,expected_year,source,product\n"+
		"Nhà máy A,Công ty X,xi măng,Nghệ An,1.5,triệu tấn,year,2100,tỷ đồng,đang xây dựng,2022,Danh mục,xi măng\n"+
		"Khu B,,,Nghệ An,300,ha,,,,,,Danh mục,\n"+
		"Nhà máy C,,,Nghệ An,150,tấn/ngày,day,,tỷ đồng,,,Danh mục,\n")
	want := []string{"1.5 t/year e6", "300 ha", "150 t/day"}
	for i, p := range table.Projects {
		if p.Capacity.String() != want[i] {
			t.Errorf("capacity of %s: %s, want %s", p.Name, p.Capacity, want[i])
		}
	}
	a, b := table.Projects[0], table.Projects[1]
	if a.Investment.String() != "2100 VND e9" || a.ExpectedYear != 2022 || a.Product != "xi măng" || b.Investment != nil || b.ExpectedYear != 0 || b.Line != 3 {
		t.Errorf("read %+v, %+v", a, b)
	}
}

// TestProblems reads every bad table of testdata and compares what is said of it with the golden list.
func TestProblems(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatal("no bad tables", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := Read(filepath.Base(file), bytes.NewReader(data), Options{Units: units(t)})
		var got strings.Builder
		for _, p := range problems {
			fmt.Fprintln(&got, p)
		}
		if len(problems) == 0 {
			t.Errorf("%s has no problems", file)
		}
		golden(t, strings.TrimSuffix(file, ".csv")+".txt", got.String())
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("%s: %v\n got:\n%s\nwant:\n%s", file, err, got, want)
	}
}

func TestLimits(t *testing.T) {
	row := "A,B,2020,plan,1,t,S,\n"
	for _, c := range []struct {
		limits Limits
		text   string
		want   string
	}{
		{Limits{Bytes: 100}, head + strings.Repeat(row, 10), "more than 100 bytes"},
		{Limits{Rows: 5}, head + strings.Repeat(row, 10), "more than 5 rows"},
		{Limits{Cells: 20}, head + row + row, "more than 20 cells"},
		{Limits{Columns: 10}, head + "A,B,2020,plan,1,t,S,,,,,,x\n", "13 cells in a row, more than 10"},
		{Limits{Cell: 20}, head + strings.Repeat("A", 30) + row, "31 bytes, more than 20"},
		{Limits{Problems: 3}, head + strings.Repeat("A,B,20,plan,1,t,S,\n", 10), "and 7 more problems"},
	} {
		_, problems := Read("t.csv", strings.NewReader(c.text), Options{Units: units(t), Limits: c.limits})
		if !slices.ContainsFunc(problems, func(p Problem) bool { return strings.Contains(p.Reason, c.want) }) {
			t.Errorf("%+v: %v, want %q", c.limits, problems, c.want)
		}
	}
}
