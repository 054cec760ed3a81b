package update

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbot/internal/facts"
	"factbot/internal/tidy"
	"factbot/internal/words"
	"factbot/locales"
)

func options(t testing.TB) Options {
	t.Helper()
	w, err := words.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Units: w.Units, Area: wellKnown}
}

// wellKnown knows a country and one province.
func wellKnown(name string) *facts.Area {
	switch name {
	case "Việt Nam", "Viet Nam", "viet-nam", "cả nước":
		return &facts.Area{ID: "viet-nam", Name: facts.Text{"vi": "Việt Nam", "en": "Viet Nam"}, Aliases: []string{"cả nước"}}
	case "Lào Cai", "tỉnh Lào Cai", "lao-cai":
		return &facts.Area{ID: "lao-cai", Name: facts.Text{"vi": "Lào Cai", "en": "Lao Cai"}, Aliases: []string{"tỉnh Lào Cai"}, PartOf: "viet-nam"}
	}
	return nil
}

func table(t testing.TB, name, text string) tidy.Table {
	t.Helper()
	got, problems := tidy.Read(name, strings.NewReader(text), tidy.Options{Units: options(t).Units})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return got
}

const head = "area,indicator,period,measure,value,unit,source,note,indicator_en,kind,part_of,assigned_by,source_date\n"

// province is of a province, indicators and units that nothing else here knows.
const province = head + `Lào Cai,Sản lượng quế vỏ,2021-01..2021-07,estimate,"12,35",nghìn tấn,Báo cáo tháng 7/2021 tỉnh Lào Cai,,Cinnamon bark output,flow,,,
Lào Cai,Sản lượng quế vỏ,2021-07,estimate,"1,8",nghìn tấn,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,flow,,,
Lào Cai,Sản lượng quế vỏ,2021,plan,"22,0",nghìn tấn,Nghị quyết ngày 28/12/2020,,,,,HĐND tỉnh,
tỉnh Lào Cai,Sản lượng quế vỏ - huyện Bảo Yên,2021-07,estimate,600,tấn,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,,,,
Lào Cai,Lượt khách đến Sa Pa,Q2/2021,actual,"1.234.567",lượt khách,https://example.org/bao-cao,,,,,,2021-07-02
Lào Cai,Lượt khách đến Sa Pa,Q2/2021,actual.growth,"-12,5",%,https://example.org/bao-cao,,,,,,2021-07-02
Lào Cai,Chỉ số ngành điện (CSĐ),2021-06,actual.growth_prev,"6,36%",%,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,index,,,
Lào Cai,Điện sản xuất (ĐSX),2021-06,actual,"450,25",triệu kWh,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,flow,,,
Việt Nam,Điện sản xuất (ĐSX),2021-06,actual,"20,5",tỷ kWh,Báo cáo tháng 7/2021 tỉnh Lào Cai,=1+1,,flow,,,
Lào Cai,Tỷ lệ hộ có điện,2020,preliminary,"98,7",%,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,rate,,,
Lào Cai,Điện thủy điện nhỏ,2021-06,actual,40,triệu kWh,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,flow,ĐSX,,
Lào Cai,Điện thủy điện nhỏ,2021-06,actual,40,triệu kWh,Báo cáo tháng 7/2021 tỉnh Lào Cai,,,flow,ĐSX,,
`

const projects = `name,investor,sector,area,capacity_value,capacity_unit,capacity_per,investment_value,investment_unit,status,expected_year,source
Thủy điện Bảo Nhai,Công ty X,năng lượng,Lào Cai,120,MW,,3000,tỷ đồng,đang xây dựng,2023,Danh mục dự án 2021
Nhà máy quế Bảo Yên,,chế biến,Lào Cai,1.5,nghìn tấn,year,,,,,Danh mục dự án 2021
`

func read(t testing.TB, dir string, opts Options) *facts.Snapshot {
	t.Helper()
	s, problems := facts.Load(os.DirFS(dir), facts.Options{Units: opts.Units, Kind: opts.Kind})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// said is every figure and claim of a snapshot as sorted lines.
func said(s *facts.Snapshot) []string {
	var lines []string
	for o := range s.Observations() {
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%s (%d)|%s|%s|%s", name(s, o.Indicator), s.Area(o.Area).Name.In("vi"), o.Period, o.Measure, o.Value, o.Value.Decimals, o.AssignedBy, o.Source.Title, o.Source.Date))
	}
	for _, c := range s.Claims() {
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s.%s|%s (%d)|%s|%s|%s", name(s, c.Indicator), s.Area(c.Area).Name.In("vi"), c.Period, c.Of, c.Kind, c.Value, c.Value.Decimals, c.AssignedBy, c.Source.Title, c.Source.Date))
	}
	slices.Sort(lines)
	return lines
}

// name is an indicator with all that is said of it but its id.
func name(s *facts.Snapshot, id string) string {
	i := s.Indicator(id)
	whole := ""
	if w := s.Indicator(i.PartOf); w != nil {
		whole = " of " + w.Name.In("vi")
	}
	return fmt.Sprintf("%s/%s %s%s", i.Name["vi"], i.Name["en"], i.Kind, whole)
}

func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[rel] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

func TestImport(t *testing.T) {
	opts := options(t)
	dir := filepath.Join(t.TempDir(), "facts")
	tables := []tidy.Table{table(t, "lao-cai.csv", province), table(t, "du-an.csv", projects)}
	report, err := Import(dir, tables, opts)
	if err != nil {
		t.Fatal(err)
	}
	if report.Added != 11 || report.Repeated != 1 || report.Projects != 2 || len(report.Documents) != 4 || !slices.Equal(report.NewAreas, []string{"viet-nam", "lao-cai"}) {
		t.Errorf("report %+v", report)
	}
	s := read(t, dir, opts)
	if s.Revision() != report.Revision || s.Area("lao-cai").PartOf != "viet-nam" || s.Area("lao-cai").Name["en"] != "Lao Cai" {
		t.Errorf("revision %s, areas %+v", s.Revision(), s.Areas())
	}
	want := []string{
		"Chỉ số ngành điện (CSĐ)/ index|Lào Cai|2021-06|actual.growth_prev|6.36 percent (2)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Lượt khách đến Sa Pa/ |Lào Cai|2021-Q2|actual.growth|-12.5 percent (1)||https://example.org/bao-cao|2021-07-02",
		"Lượt khách đến Sa Pa/ |Lào Cai|2021-Q2|actual|1234567 lượt khách (0)||https://example.org/bao-cao|2021-07-02",
		"Sản lượng quế vỏ - huyện Bảo Yên/  of Sản lượng quế vỏ|Lào Cai|2021-07|estimate|600 t (0)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Sản lượng quế vỏ/Cinnamon bark output flow|Lào Cai|2021-01-01/P7M|estimate|12.35 t e3 (2)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Sản lượng quế vỏ/Cinnamon bark output flow|Lào Cai|2021-07|estimate|1.8 t e3 (1)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Sản lượng quế vỏ/Cinnamon bark output flow|Lào Cai|2021|plan|22 t e3 (1)|HĐND tỉnh|Nghị quyết ngày 28/12/2020|2020-12-28",
		"Tỷ lệ hộ có điện/ rate|Lào Cai|2020|preliminary|98.7 percent (1)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Điện sản xuất (ĐSX)/ flow|Lào Cai|2021-06|actual|450.25 kWh e6 (2)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Điện sản xuất (ĐSX)/ flow|Việt Nam|2021-06|actual|20.5 kWh e9 (1)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
		"Điện thủy điện nhỏ/ flow of Điện sản xuất (ĐSX)|Lào Cai|2021-06|actual|40 kWh e6 (0)||Báo cáo tháng 7/2021 tỉnh Lào Cai|2021-07",
	}
	if got := said(s); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := s.Indicator("dien-san-xuat-dsx").Aliases; !slices.Equal(got, []string{"ĐSX", "Điện sản xuất"}) {
		t.Errorf("aliases %q", got)
	}
	if p := s.Projects(); len(p) != 2 || p[1].Capacity.String() != "1.5 t/year e3" || p[0].Source.Title != "Danh mục dự án 2021" {
		t.Errorf("projects %+v", p)
	}

	before := contents(t, dir)
	again, err := Import(dir, tables, opts)
	if err != nil || len(again.Files) != 0 || again.Unchanged != 11 || !maps.Equal(before, contents(t, dir)) {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

func TestImportMore(t *testing.T) {
	opts := options(t)
	dir := t.TempDir()
	catalogue := `# of people
default_area: lao-cai

areas:
- id: lao-cai
  name: {vi: Lào Cai, en: Lao Cai}   # kept
indicators: []
# the end
`
	if err := os.WriteFile(filepath.Join(dir, "catalogue.yaml"), []byte(catalogue), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Import(dir, []tidy.Table{table(t, "a.csv", head+"Lào Cai,Chè,2020,actual,10,tấn,Báo cáo,,,flow,,,2021-01-05\nLào Cai,Chè,2019,actual,9,tấn,Báo cáo,,,,,,2021-01-05\n")}, opts); err != nil {
		t.Fatal(err)
	}
	text := contents(t, dir)["catalogue.yaml"]
	for _, want := range []string{"# of people\n", "  # kept\n", "# the end\n", "indicators:\n  - id: che\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	report, err := Import(dir, []tidy.Table{table(t, "b.csv", head+"Lao Cai,chè,2020,actual,11,tấn,Báo cáo,,,,,,\nLào Cai,Chè,2021,plan,12,tấn,BÁO CÁO,,,,,,2021-01-05\nLào Cai,Chè,2020,actual,11.5,tấn,Báo cáo,,,,,,2022-01-05\n")}, opts)
	if err != nil || report.Replaced != 1 || report.Added != 2 {
		t.Errorf("%+v, %v", report, err)
	}
	want := []string{
		"Chè/ flow|Lào Cai|2019|actual|9 t (0)||Báo cáo|2021-01-05", "Chè/ flow|Lào Cai|2020|actual|11 t (0)||Báo cáo|2021-01-05",
		"Chè/ flow|Lào Cai|2020|actual|11.5 t (1)||Báo cáo|2022-01-05", "Chè/ flow|Lào Cai|2021|plan|12 t (0)||Báo cáo|2021-01-05",
	}
	if got := said(read(t, dir, opts)); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestImportRefuses(t *testing.T) {
	opts := options(t)
	for rows, want := range map[string]string{
		"A,X,2020,actual,1,tấn,S,,,,,,\nA,X,2021,actual,2,tấn,S,,,,,,\nA,X,2022,actual,2,USD,S,,,,,,\n": `t.csv:4: unit: "USD" is USD, but most rows of "X" are in t`,
		"A,X,2020,actual,1,tấn,S,,,flow,,,\nA,X,2021,actual,1,tấn,S,,,stock,,,\n":                       `t.csv:3: kind: "stock", but an earlier row says "flow"`,
		"A,X,2020,actual,1,tấn,S,,,,Nowhere,,\n":                                                        `t.csv:2: part_of: "Nowhere" is no indicator`,
		"A,X,2020,actual,1,tấn,S,,,,X,,\n":                                                              `t.csv:2: part_of: "X" is the indicator itself`,
		"A,X,2020,actual,1,,S,,,,,,\n":                                                                  "t.csv:2: unit: the cell is empty and the indicator is new",
		"A,X,2020,plan.attainment,1,%,S,,,,,,\n":                                                        "t.csv:2: measure: plan.attainment",
		"A,Tôm,2020,actual,1,USD,S,,,,,,\n":                                                             `t.csv:2: unit: "USD" is USD, but tom is in t`,
		"A,Tôm,2020,actual,2,tấn,Tay,,,,,,\n":                                                           "documents/tay.yaml:5 has 1 of the same source; change it there",
		"A,X,2020,actual,1,tấn,S,,,,Y,,\nA,Y,2020,actual,1,tấn,S,,,,X,,\n":                              "is part of itself",
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{
			"catalogue.yaml":     "areas:\n  - id: a\n    name: {vi: A}\nindicators:\n  - id: tom\n    name: {vi: Tôm}\n    unit: tấn\n",
			"documents/tay.yaml": "source:\n  title: Tay\narea: a\nfigures:\n  - {indicator: tom, period: 2020,\n     actual: 1}\n",
		} {
			if err := write(dir, name, []byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		before := contents(t, dir)
		_, err := Import(dir, []tidy.Table{table(t, "t.csv", head+rows)}, opts)
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "tay.yaml:6", "tay.yaml:5"), want) {
			t.Errorf("%s: %v, want %q", rows, err, want)
		}
		if !maps.Equal(before, contents(t, dir)) {
			t.Errorf("%s: the folder was changed", rows)
		}
	}
}

// TestImportDisagreement: two rows on the same thing with different figures are two documents' figures, even under one title; the very
// same row twice counts once.
func TestImportDisagreement(t *testing.T) {
	opts := options(t)
	dir := t.TempDir()
	rows := "A,X,2020,actual,1,tấn,S,,,,,,\nA,X,2020,actual,2,tấn,S,,,,,,\nA,X,2020,actual,2,tấn,S,,,,,,\n"
	for _, wantRepeated := range []int{1, 1} {
		report, err := Import(dir, []tidy.Table{table(t, "t.csv", head+rows)}, opts)
		if err != nil {
			t.Fatal(err)
		}
		if report.Repeated != wantRepeated {
			t.Errorf("%d rows counted as repeated, want %d", report.Repeated, wantRepeated)
		}
	}
	s, problems := facts.Load(os.DirFS(dir), facts.Options{Units: opts.Units})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for o := range s.Observations() {
		got = append(got, o.Source.Title+" "+o.Value.String())
	}
	if want := []string{"S 1 t", "S (2) 2 t"}; !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("figures %v, want %v", got, want)
	}
}

// TestExport: what is exported and imported into an empty folder says the same.
func TestExport(t *testing.T) {
	opts := options(t)
	second := filepath.Join("..", "qa", "testdata", "second")
	made := filepath.Join(t.TempDir(), "made")
	if _, err := Import(made, []tidy.Table{table(t, "t.csv", province), table(t, "p.csv", projects)}, opts); err != nil {
		t.Fatal(err)
	}
	folders := []string{made, filepath.Join("..", "..", "facts")}
	if data, err := os.ReadFile(filepath.Join(second, "table.csv")); err == nil {
		dir := filepath.Join(t.TempDir(), "second")
		if _, err := Import(dir, []tidy.Table{table(t, "table.csv", string(data))}, opts); err != nil {
			t.Fatal(err)
		}
		folders = append(folders, dir)
	}
	for _, dir := range folders {
		from := read(t, dir, opts)
		out, err := Export(from, opts.Units)
		if err != nil {
			t.Fatal(err)
		}
		var tables []tidy.Table
		if len(out.Rows) > 0 {
			tables = append(tables, rewritten(t, out))
		}
		if p, err := ExportProjects(from, opts.Units); err != nil {
			t.Error(err)
		} else if len(p.Projects) > 0 {
			tables = append(tables, rewritten(t, p))
		}
		to := filepath.Join(t.TempDir(), "again")
		if _, err := Import(to, tables, opts); err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		same := filepath.Join(t.TempDir(), "same")
		if err := copyFacts(dir, same); err != nil {
			t.Fatal(err)
		}
		if r, err := Import(same, tables[:1], opts); err != nil || len(r.Files) > 0 || r.Unchanged+r.Repeated != len(out.Rows) {
			t.Errorf("%s: taken into itself: %+v, %v", dir, r, err)
		}
		back := read(t, to, opts)
		if got, want := said(back), said(from); !slices.Equal(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", dir, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(back.Projects()) != len(from.Projects()) {
			t.Errorf("%s: %d projects, want %d", dir, len(back.Projects()), len(from.Projects()))
		}
	}
}

// rewritten is a table written as CSV and read again.
func rewritten(t testing.TB, in tidy.Table) tidy.Table {
	t.Helper()
	var b strings.Builder
	if err := tidy.WriteCSV(&b, in); err != nil {
		t.Fatal(err)
	}
	return table(t, "export.csv", b.String())
}

func TestDateIn(t *testing.T) {
	for title, want := range map[string]string{
		"Báo cáo tháng 7/2021": "2021-07", "Công văn ngày 28/12/2020": "2020-12-28", "Báo cáo ngày 5 tháng 7 năm 2021": "2021-07-05",
		"Báo cáo tháng 7 năm 2021": "2021-07", "Niên giám thống kê 2019": "", "Báo cáo 6 tháng đầu năm 2021": "", "Nghị quyết 31/02/2020": "",
		"Số 12/2020/NQ": "", "Từ 1/2020 đến 7/2020": "", "https://a.b/7/2021": "", "Nghị quyết 13/2020": "",
	} {
		if got := dateIn(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}
