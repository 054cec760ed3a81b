package facts

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const goodCatalogue = `areas:
  - {id: a, name: {vi: Khu A, en: Area A}, aliases: [vùng A]}
  - {id: b, name: {vi: Khu B}}
indicators:
  - {id: xk, name: {vi: Xuất khẩu}, unit: triệu USD, kind: flow, aliases: [chung]}
  - {id: bl, name: {vi: Bán lẻ}, unit: tỷ đồng, aliases: [chung]}
`

// document is a whole document around its figures.
func document(rest string) string { return "source: {title: T, date: 2021-01-02}\narea: a\n" + rest }

func TestProblems(t *testing.T) {
	figures := func(rest string) map[string]string {
		return map[string]string{"documents/d.yaml": document("figures:\n  - " + rest + "\n")}
	}
	catalogue := func(content string) map[string]string { return map[string]string{"catalogue.yaml": content} }
	csv := func(rows string) map[string]string {
		return map[string]string{"documents/t.csv": "area,indicator,period,measure,value,unit,source,note\n" + rows}
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"unknown key":         {figures("{indicator: xk, period: 2020, actual: 3, aktual: 3}"), `documents/d.yaml:4:46: figures: unknown key "aktual"; known are indicator, `},
		"unknown indicator":   {figures("{indicator: nk, period: 2020, actual: 3}"), `documents/d.yaml:4:17: indicator: "nk" is no id in catalogue.yaml`},
		"name for id":         {figures("{indicator: Bán lẻ, period: 2020, actual: 3}"), `documents/d.yaml:4:17: indicator: "Bán lẻ" is no id in catalogue.yaml; its id is bl`},
		"unknown area":        {figures("{indicator: xk, area: c, period: 2020, actual: 3}"), `documents/d.yaml:4:27: area: "c" is no id in catalogue.yaml`},
		"no period":           {figures("{indicator: xk, actual: 3}"), `documents/d.yaml:4:5: figures: key "period" is missing`},
		"month 13":            {figures("{indicator: xk, period: 2020-13, actual: 3}"), `documents/d.yaml:4:29: period "2020-13": month "13" is not in 1..12`},
		"year 20":             {figures("{indicator: xk, period: 20, actual: 3}"), `documents/d.yaml:4:29: period "20": "20" is no year of four digits`},
		"leading zero":        {figures("{indicator: xk, period: 2020, actual: 012}"), `documents/d.yaml:4:43: actual: "012" begins with a zero that says nothing`},
		"underscore":          {figures("{indicator: xk, period: 2020, actual: 1_000}"), `documents/d.yaml:4:43: actual: "1_000" is no decimal number`},
		"not a number":        {figures("{indicator: xk, period: 2020, actual: .nan}"), `documents/d.yaml:4:43: actual: ".nan" is no decimal number`},
		"exponent":            {figures("{indicator: xk, period: 2020, actual: 1e3}"), `documents/d.yaml:4:43: actual: "1e3" is no decimal number`},
		"empty figure":        {figures("{indicator: xk, period: 2020, actual: , plan: 3}"), `documents/d.yaml:4:43: actual: the value is empty: leave the key out or give it a value`},
		"two readings":        {figures("{indicator: xk, period: 2020, actual: 1.120}"), `documents/d.yaml:4:43: actual: "1.120" can be read in two ways: write 1120, or in quotes "1,120" with a decimal comma`},
		"comma in flow":       {figures("{indicator: xk, period: 2020, actual: 1120,5}"), `documents/d.yaml:4:48: figures: unknown key "5"; known are indicator, `},
		"comma unquoted":      {figures("indicator: xk\n    period: 2020\n    actual: 1.120,5"), `documents/d.yaml:6:13: actual: "1.120,5" has a decimal comma: put it in quotes, or write a point`},
		"English marks":       {figures(`{indicator: xk, period: 2020, actual: "1,120.5"}`), `documents/d.yaml:4:43: actual: "1,120.5" in quotes is no number with points between thousands and a decimal comma ("1.120,5")`},
		"too many digits":     {figures("{indicator: xk, period: 2020, actual: 1234567890123456789012345678901}"), `documents/d.yaml:4:43: actual: "1234567890123456789012345678901" has more than 30 digits`},
		"another unit":        {figures("{indicator: xk, period: 2020, actual: 3, unit: tỷ đồng}"), `documents/d.yaml:4:52: unit: "tỷ đồng" is VND, but xk is in USD`},
		"no unit":             {figures("{indicator: xk, period: 2020, actual: 3, unit: tỷ}"), `documents/d.yaml:4:52: unit: "tỷ" names no unit (tỷ đồng, triệu USD, %, tấn/năm)`},
		"claim of nothing":    {figures("{indicator: xk, period: 2020, growth: 3}"), `documents/d.yaml:4:43: growth: is said of no figure here; add of: plan, estimate, preliminary or actual`},
		"claim of a guess":    {figures("{indicator: xk, period: 2020, growth: 3, of: guess}"), `documents/d.yaml:4:50: of: "guess" is not plan, estimate, preliminary or actual`},
		"attainment of plan":  {figures("{indicator: xk, period: 2020, plan: 3, attainment: 90}"), `documents/d.yaml:4:56: attainment: is said of a plan; a realised figure attains one`},
		"nothing said":        {figures("{indicator: xk, period: 2020}"), `documents/d.yaml:4:5: the entry has no figure and no claim; give plan, estimate, preliminary, actual or growth`},
		"given twice":         {figures("{indicator: xk, period: 2020, actual: 3}\n  - {indicator: xk, period: 2020-01-01/P12M, actual: 4}"), `documents/d.yaml:5:54: actual: 4 of xk in 2020 differs from 3 USD e6 in line 4 of the same document`},
		"claimed twice":       {figures("{indicator: xk, period: 2020, actual: 3, growth: 1}\n  - {indicator: xk, period: 2020, growth: 2, of: actual}"), `documents/d.yaml:5:43: growth: 2 of xk in 2020 differs from 1 percent in line 4 of the same document`},
		"no area":             {map[string]string{"documents/d.yaml": "source: {title: T}\nfigures:\n  - {indicator: xk, period: 2020, actual: 3}\n"}, `documents/d.yaml:3:5: the figure names no area, and the document has none for all its figures`},
		"no source":           {map[string]string{"documents/d.yaml": "area: a\n"}, `documents/d.yaml:1:1: key "source" is missing`},
		"no title":            {map[string]string{"documents/d.yaml": "source: {id: x}\n"}, `documents/d.yaml:1:9: source: key "title" is missing`},
		"bad date":            {map[string]string{"documents/d.yaml": "source: {title: T, date: 28/12/2020}\n"}, `documents/d.yaml:1:26: date: "28/12/2020" is no date as 2020-12-28, 2020-12 or 2020`},
		"bad address":         {map[string]string{"documents/d.yaml": "source: {title: T, url: 'javascript:x'}\n"}, `documents/d.yaml:1:25: url: "javascript:x" is no address that begins with https:// or http://`},
		"file name as id":     {map[string]string{"documents/Báo.yaml": "source: {title: T}\n"}, `documents/Báo.yaml:1:1: id: "Báo" is not made of lower case letters, digits, - and _`},
		"source id twice":     {map[string]string{"documents/c.yaml": "source: {id: d_1, title: T}\n", "documents/d.yaml": "source: {id: d-1, title: T}\n"}, `documents/d.yaml:1:14: id: "d-1" is read the same as the source "d_1" in documents/c.yaml:1`},
		"project id twice":    {map[string]string{"documents/d.yaml": document("projects:\n  - {id: p, name: {vi: P}}\n  - {id: p, name: {vi: Q}}\n")}, `documents/d.yaml:5:10: id: "p" is read the same as the project "p" in documents/d.yaml:4`},
		"capacity without":    {map[string]string{"documents/d.yaml": document("projects:\n  - {id: p, name: {vi: P}, capacity: {value: 3}}\n")}, `documents/d.yaml:4:38: capacity: key "unit" is missing`},
		"project's year":      {map[string]string{"documents/d.yaml": document("projects:\n  - {id: p, name: {vi: P}, expected_year: 21}\n")}, `documents/d.yaml:4:43: expected_year: 21 is not in 1900..2199`},
		"statement's kind":    {map[string]string{"documents/d.yaml": document("statements:\n  - {id: s, kind: rumour, text: {vi: P}}\n")}, `documents/d.yaml:4:19: kind: "rumour" is not cause, orientation, solution, result, remark or speaker`},
		"statement of none":   {map[string]string{"documents/d.yaml": document("statements:\n  - {id: s, kind: cause, text: {vi: P}, indicators: [xk, no]}\n")}, `documents/d.yaml:4:58: indicators: "no" is no id in catalogue.yaml`},
		"blank keyword":       {map[string]string{"documents/d.yaml": document("statements:\n  - {id: s, kind: cause, text: {vi: P}, keywords: ['!']}\n")}, `documents/d.yaml:4:52: keywords: "!" has no word in it`},
		"blank text":          {map[string]string{"documents/d.yaml": document("statements:\n  - {id: s, kind: cause, text: {vi: ' '}}\n")}, `documents/d.yaml:4:32: text: the text in "vi" is blank`},
		"language":            {map[string]string{"documents/d.yaml": document("statements:\n  - {id: s, kind: cause, text: {Tiếng: x}}\n")}, `documents/d.yaml:4:32: text: "Tiếng" is no language code (vi, en)`},
		"catalogue: id form":  {catalogue("areas:\n  - {id: Nghệ An, name: {vi: N}}\n"), `catalogue.yaml:2:10: id: "Nghệ An" is not made of lower case letters, digits, - and _`},
		"catalogue: ids":      {catalogue("areas:\n  - {id: n-a, name: {vi: N}}\n  - {id: n_a, name: {vi: M}}\n"), `catalogue.yaml:3:10: id: "n_a" is read the same as the area "n-a" in catalogue.yaml:2`},
		"catalogue: names":    {catalogue("areas:\n  - {id: n, name: {vi: Hòa}}\n  - {id: m, name: {vi: hoà}}\n"), `catalogue.yaml:3:19: name: "hoà" is the name of area "n" already`},
		"catalogue: unit":     {catalogue("indicators:\n  - {id: n, name: {vi: N}}\n"), `catalogue.yaml:2:5: indicators: key "unit" is missing`},
		"catalogue: kind":     {catalogue("indicators:\n  - {id: n, name: {vi: N}, unit: ha, kind: level}\n"), `catalogue.yaml:2:44: kind: "level" is not flow, stock, index or rate`},
		"catalogue: part_of":  {catalogue("indicators:\n  - {id: n, name: {vi: N}, unit: ha, part_of: m}\n"), `catalogue.yaml:2:47: part_of: no indicator has the id "m"`},
		"catalogue: itself":   {catalogue("areas:\n  - {id: n, name: {vi: N}, part_of: n}\n"), `catalogue.yaml:2:37: part_of: n → n is part of itself`},
		"catalogue: circle":   {catalogue("areas:\n  - {id: n, name: {vi: N}, part_of: m}\n  - {id: m, name: {vi: M}, part_of: n}\n"), `catalogue.yaml:2:37: part_of: m → n → m is part of itself`},
		"catalogue: break":    {catalogue("areas:\n  - {id: n, name: {vi: N}, breaks: [{at: Juli}]}\n"), `catalogue.yaml:2:42: at: period "Juli": "JULI" is no year of four digits`},
		"catalogue: default":  {catalogue("default_area: x\nareas: []\n"), `catalogue.yaml:1:15: default_area: no area has the id "x"`},
		"catalogue: empty":    {catalogue("\n"), `catalogue.yaml: the file is empty`},
		"misplaced":           {map[string]string{"2020.yaml": "x: y\n"}, `2020.yaml: is not read here: documents stand in documents/`},
		"a workbook":          {map[string]string{"documents/x.xlsx": "PK"}, `documents/x.xlsx: is not read: documents are .yaml files, tables beside them .csv`},
		"table: name":         {csv("Khu A,Nhập khẩu,2020,actual,3,triệu USD,S,\n"), `documents/t.csv:2: indicator "Nhập khẩu" is no id, name or alias in catalogue.yaml`},
		"table: name of two":  {csv("Khu A,chung,2020,actual,3,triệu USD,S,\n"), `documents/t.csv:2: indicator "chung" is the name of several: bl, xk`},
		"table: marks":        {csv("Khu A,Bản lẻ,2020,actual,3,tỷ đồng,S,\n"), `documents/t.csv:2: indicator "Bản lẻ" is no id, name or alias in catalogue.yaml`},
		"table: unit":         {csv("Khu A,xk,2020,actual,3,tỷ đồng,S,\n"), `documents/t.csv:2: unit: "tỷ đồng" is VND, but xk is in USD`},
		"table: no source":    {csv("Khu A,xk,2020,actual,3,triệu USD,,\n"), `documents/t.csv:2: source: is empty, and no document documents/t.yaml stands beside the table`},
		"table: what tidy is": {csv("Khu A,xk,2020,actul,3,triệu USD,S,\n"), `documents/t.csv:2: measure: `},
	} {
		files := map[string]string{"catalogue.yaml": goodCatalogue}
		maps.Copy(files, c.files)
		s, problems := Load(folder(files), Options{Units: testUnits(t)})
		if len(problems) != 1 {
			t.Errorf("%s: %d problems:\n%s", name, len(problems), problems.Error())
		}
		if len(problems) == 0 {
			continue
		}
		if got := problems[0].String(); got != c.want && !(strings.HasSuffix(c.want, " ") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
		if s != nil {
			t.Errorf("%s: a snapshot in spite of problems", name)
		}
	}
}

func TestAllProblemsSorted(t *testing.T) {
	_, problems := Load(folder(map[string]string{
		"catalogue.yaml":   "areas:\n  - {id: A, name: {vi: A}}\nindicators:\n  - {id: x, name: {vi: X}, unit: tỷ, kind: k}\n",
		"documents/b.yaml": "source: {title: B, date: x}\nfigures:\n  - {indicator: y, period: z, actual: '1,2,3'}\n",
	}), Options{Units: testUnits(t)})
	var places []string
	for _, p := range problems {
		place, _, _ := strings.Cut(p.String(), ": ")
		places = append(places, place)
	}
	want := "catalogue.yaml:2:10 catalogue.yaml:4:34 catalogue.yaml:4:44 documents/b.yaml:1:26 documents/b.yaml:3:5 documents/b.yaml:3:17 " +
		"documents/b.yaml:3:28 documents/b.yaml:3:39"
	if got := strings.Join(places, " "); got != want {
		t.Errorf("got  %s\nwant %s\n%s", got, want, problems.Error())
	}
}

func TestNumbersAsWritten(t *testing.T) {
	for in, want := range map[string]string{
		"1120": "1120/0", "1120.50": "1120.5/2", `"1.120,5"`: "1120.5/1", `"68.461"`: "68461/0", `"7,50"`: "7.5/2", "-2.13": "-2.13/2",
		"0.125": "0.125/3", `"1,125"`: "1.125/3", "1120.125": "1120.125/3", "+15": "15/0", "0": "0/0",
	} {
		s := mustLoad(t, map[string]string{"catalogue.yaml": goodCatalogue,
			"documents/d.yaml": document("figures:\n  - {indicator: xk, period: 2020, actual: " + in + "}\n")})
		o := slices.Collect(s.Observations())[0]
		if got := o.Value.Number.String() + "/" + string(rune('0'+o.Value.Decimals)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestEmptyFolder(t *testing.T) {
	for name, files := range map[string]string{"none": "", "readme": "README.md", "hidden": ".facts.yaml", "hidden folder": ".git/a.yaml", "questions": "questions/q.csv"} {
		fsys := fstest.MapFS{}
		if files != "" {
			fsys[files] = &fstest.MapFile{Data: []byte("nothing: [")}
		}
		s, problems := Load(fsys, Options{Units: testUnits(t)})
		if len(problems) > 0 || s.ObservationCount() != 0 || s.DefaultArea() != "" || s.Revision() == "" {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

func TestNoFolder(t *testing.T) {
	if _, problems := Load(fs.FS(missing{}), Options{Units: testUnits(t)}); len(problems) != 1 {
		t.Error(problems)
	}
}

type missing struct{}

func (missing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func TestLinksAndSizes(t *testing.T) {
	fsys := folder(map[string]string{"catalogue.yaml": goodCatalogue, "documents/big.yaml": document(strings.Repeat("# more\n", 100))})
	fsys["documents/link.yaml"] = &fstest.MapFile{Data: []byte("target"), Mode: fs.ModeSymlink}
	_, problems := Load(fsys, Options{Units: testUnits(t), MaxYAML: 600})
	want := "documents/big.yaml: is larger than the 600 bytes that are read; long series stand as tables, in several files\n" +
		"documents/link.yaml: is a symbolic link; links are not followed, put the file or folder itself here"
	if problems.Error() != want {
		t.Errorf("got %s", problems.Error())
	}
}

func TestRevision(t *testing.T) {
	files := map[string]string{"catalogue.yaml": goodCatalogue, "documents/d.yaml": document("")}
	one := mustLoad(t, files).Revision()
	files["README.md"] = "no facts"
	if again := mustLoad(t, files).Revision(); again != one {
		t.Errorf("a file without facts changes the revision: %s, %s", one, again)
	}
	files["documents/d.yaml"] += "# a remark\n"
	if other := mustLoad(t, files).Revision(); other == one {
		t.Error("another content has the same revision")
	}
}

func TestDefaultArea(t *testing.T) {
	in := func(areas ...string) string {
		doc := "source: {title: T}\nfigures:\n"
		for _, a := range areas {
			doc += "  - {indicator: xk, area: " + a + ", period: 2020, actual: 3}\n"
		}
		return doc
	}
	for _, c := range []struct{ catalogue, document, want string }{
		{goodCatalogue, in("b"), "b"},
		{goodCatalogue, in("a", "b"), ""},
		{"default_area: a\n" + goodCatalogue, in("b"), "a"},
	} {
		s := mustLoad(t, map[string]string{"catalogue.yaml": c.catalogue, "documents/d.yaml": c.document})
		if s.DefaultArea() != c.want {
			t.Errorf("%q, want %q", s.DefaultArea(), c.want)
		}
	}
}

func TestKindByName(t *testing.T) {
	s, problems := Load(folder(map[string]string{"catalogue.yaml": goodCatalogue}), Options{Units: testUnits(t), Kind: func(name string) Kind {
		return map[string]Kind{"Bán lẻ": Stock, "Xuất khẩu": Rate}[name]
	}})
	if len(problems) > 0 || s.Indicator("bl").Kind != Stock || s.Indicator("xk").Kind != Flow {
		t.Error(problems, s)
	}
}

func TestTables(t *testing.T) {
	const header = "area,indicator,period,measure,value,unit,source,note,source_date,assigned_by\n"
	s := mustLoad(t, map[string]string{
		"catalogue.yaml":   goodCatalogue,
		"documents/d.yaml": document("figures:\n  - {indicator: xk, period: 2020, actual: 3.5}\n"),
		"documents/d.csv": header +
			"vung a,xk,2020,actual,3.5,triệu USD,,,,\n" + // said by the document already
			"a,Xuất khẩu,2021-01..2021-07,estimate,0.0025,tỷ USD,,ghi chú,,\n" +
			"a,Bán lẻ,2021,plan,10,tỷ đồng,Nghị quyết,,2021-01-05,HĐND tỉnh\n" +
			"a,Bán lẻ,2021,plan,12,tỷ đồng,Nghị quyết,,2021-01-05,HĐND tỉnh\n" + // differs: both stay
			"a,Bán lẻ,2021,plan,12,tỷ đồng,Nghị quyết,,2021-01-05,HĐND tỉnh\n" + // the very same: once
			"a,Bán lẻ,2021,plan.growth,8.5,%,Nghị quyết,,2021-01-05,\n" +
			"a,Bán lẻ,2020,actual,9,,T,,,\n", // the document by its title
		"documents/p.csv": "name,investor,sector,area,capacity_value,capacity_unit,capacity_per,investment_value,investment_unit,status,expected_year,source\n" +
			"Nhà máy X,Công ty X,dệt may,a,250,tấn,day,,,đang xây dựng,2022,Danh mục\n" +
			"Nhà máy X,Công ty X,dệt may,a,250,tấn,day,,,đang xây dựng,2022,Danh mục\n" +
			"Nhà máy Y,,,a,,,,,,,,Danh mục\n",
	})
	var got []string
	for o := range s.Observations() {
		got = append(got, strings.Join([]string{o.Indicator, o.Area, o.Period.String(), o.Measure.String(), o.Value.String(), o.AssignedBy, o.Source.ID}, " "))
	}
	for _, c := range s.Claims() {
		got = append(got, strings.Join([]string{c.Indicator, c.Period.String(), c.Of.String(), c.Kind.String(), c.Value.String(), c.Source.Date}, " "))
	}
	for _, p := range s.Projects() {
		capacity := "unknown"
		if p.Capacity != nil {
			capacity = p.Capacity.String()
		}
		got = append(got, strings.Join([]string{p.ID, p.Investor, capacity, p.Source.Title}, "|"))
	}
	want := []string{
		"xk a 2020 actual 3.5 USD e6  d",
		"xk a 2021-01-01/P7M estimate 0.0025 USD e9  d",
		"bl a 2021 plan 10 VND e9 HĐND tỉnh nghi-quyet-2021-01-05",
		"bl a 2021 plan 12 VND e9 HĐND tỉnh nghi-quyet-2021-01-05",
		"bl a 2020 actual 9 VND e9  d",
		"bl 2021 plan growth 8.5 percent 2021-01-05",
		"nha-may-x|Công ty X|250 t/day|Danh mục",
		"nha-may-y||unknown|Danh mục",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestNamed(t *testing.T) {
	s := mustLoad(t, map[string]string{"catalogue.yaml": goodCatalogue})
	for in, want := range map[string]string{"xk": "xk", "XUẤT KHẨU": "xk", "xuat khau": "xk", "xuất khầu": "", "chung": "bl xk", "nhập khẩu": ""} {
		if got := strings.Join(s.IndicatorsNamed(in), " "); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
	if got := s.AreasNamed("Vùng a"); len(got) != 1 || got[0] != "a" {
		t.Error(got)
	}
}

// FuzzLoad: nothing panics, and what loads, loads the same again.
func FuzzLoad(f *testing.F) {
	f.Add(goodCatalogue, document("figures:\n  - {indicator: xk, period: 2020, actual: \"1.120,5\", growth: 6.25}\n"), "")
	f.Add(goodCatalogue, document("projects:\n  - {id: p, name: {vi: P}, capacity: {value: 62.5, unit: triệu SP/năm}}\n"),
		"area,indicator,period,measure,value,unit,source,note\na,xk,2020,actual,3,triệu USD,S,\n")
	f.Add("areas: [{id: a, name: {vi: A}, part_of: a}]", "source: &x {title: *x}", ",")
	units := testUnits(f)
	f.Fuzz(func(t *testing.T, catalogue, doc, table string) {
		files := map[string]string{"catalogue.yaml": catalogue, "documents/d.yaml": doc}
		if table != "" {
			files["documents/d.csv"] = table
		}
		one, p := Load(folder(files), Options{Units: units})
		two, q := Load(folder(files), Options{Units: units})
		if !reflect.DeepEqual(p, q) || (one == nil) != (len(p) > 0) {
			t.Fatalf("problems differ: %v, %v", p, q)
		}
		if one == nil {
			return
		}
		if !reflect.DeepEqual(slices.Collect(one.Observations()), slices.Collect(two.Observations())) {
			t.Error("the same files have different observations")
		}
		a, b := one.model, two.model
		a.ledger, b.ledger = ledger{}, ledger{} // compared by what they hold: they find documents by address
		if !reflect.DeepEqual(a, b) {
			t.Error("the same files load differently")
		}
		if !reflect.DeepEqual(Notices(one), Notices(two)) {
			t.Error("the same facts have different notices")
		}
	})
}

func TestLinkedDocuments(t *testing.T) {
	fsys := folder(map[string]string{"catalogue.yaml": goodCatalogue})
	fsys["documents"] = &fstest.MapFile{Data: []byte("../elsewhere"), Mode: fs.ModeSymlink}
	if _, problems := Load(fsys, Options{Units: testUnits(t)}); !strings.Contains(problems.Error(), "documents: is a symbolic link") {
		t.Errorf("got %s", problems.Error())
	}
}
