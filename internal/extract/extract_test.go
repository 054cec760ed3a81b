package extract

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"factbot/internal/period"
	"factbot/internal/token"
	"factbot/internal/words"
	"factbot/locales"
)

func options(t testing.TB) Options {
	t.Helper()
	w, err := words.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	of, err := ReadWords(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Words: of, Units: w.Units}
}

// What a passage says, figure by figure, in the manner of reports.
func TestRead(t *testing.T) {
	o := options(t)
	for _, c := range []struct {
		what, text, of string
		want           []string
	}{
		{"an estimate, its plan and what that attains", "Tổng kim ngạch nhập khẩu ước đạt 640 triệu USD/KH giao 700 triệu USD, đạt 91,43%/KH.", "2019", []string{
			`"Tổng kim ngạch nhập khẩu" 2019 estimate 640 triệu USD`, `"Tổng kim ngạch nhập khẩu" 2019 plan 700 triệu USD`, `"Tổng kim ngạch nhập khẩu" 2019 estimate.attainment 91.43`}},
		{"a month, the months so far, and what each is set against", "Sản lượng thép tháng 5 ước đạt 12,5 nghìn tấn, tăng 3% so với tháng trước; lũy kế 5 tháng đạt 60,1 nghìn tấn, bằng 41,4% KH năm, giảm 2,5% so với cùng kỳ.", "2022-05", []string{
			`"Sản lượng thép" 2022-05 estimate 12.5 nghìn tấn`, `"Sản lượng thép" 2022-05 estimate.growth_prev 3`, `"Sản lượng thép" 2022-01-01/P5M actual 60.1 nghìn tấn`,
			`"Sản lượng thép" 2022-01-01/P5M actual.attainment 41.4`, `"Sản lượng thép" 2022-01-01/P5M actual.growth -2.5`}},
		{"parts take what their whole has", "Thu ngân sách quý III ước đạt 3.000 tỷ đồng, trong đó thu nội địa 2.400 tỷ đồng, thu hải quan 600 tỷ đồng.", "2021-Q3", []string{
			`"Thu ngân sách" 2021-Q3 estimate 3000 tỷ đồng`, `"thu nội địa" 2021-Q3 estimate 2400 tỷ đồng`, `"thu hải quan" 2021-Q3 estimate 600 tỷ đồng`}},
		{"above the plan, and a share of the year before", "Thu hải quan đạt 905 tỷ đồng, vượt 13,1% dự toán, bằng 92,8% so với cùng kỳ.", "2021", []string{
			`"Thu hải quan" 2021 actual 905 tỷ đồng`, `"Thu hải quan" 2021 actual.attainment 113.1`, `"Thu hải quan" 2021 actual.growth -7.2`}},
		{"one after the other", "Sản lượng lúa, sản lượng ngô và sản lượng sắn lần lượt đạt 120, 45,5 và 30 nghìn tấn.", "2020", []string{
			`"Sản lượng lúa" 2020 actual 120 nghìn tấn`, `"sản lượng ngô" 2020 actual 45.5 nghìn tấn`, `"sản lượng sắn" 2020 actual 30 nghìn tấn`}},
		{"a percentage of its own", "Tỷ lệ hộ nghèo còn 4,1%, giảm 1,2 điểm % so với năm 2019.", "2020", []string{`"Tỷ lệ hộ nghèo" 2020 actual 4.1 %`}},
		{"a name with a comma in it", "Công nghiệp chế biến, chế tạo tăng 8,2% so với cùng kỳ.", "2020-07", []string{`"Công nghiệp chế biến, chế tạo" 2020-07 actual.growth 8.2`}},
		{"several things in one name", "Ngành sản xuất giường, tủ, bàn, ghế giảm 6,7%; sản xuất da và các sản phẩm có liên quan tăng 8% so với cùng kỳ.", "2020-07", []string{
			`"Ngành sản xuất giường, tủ, bàn, ghế" 2020-07 actual.growth -6.7`, `"sản xuất da và các sản phẩm có liên quan" 2020-07 actual.growth 8`}},
		{"what is counted", "Toàn tỉnh có 256 doanh nghiệp thành lập mới, tăng 8,9% so với cùng kỳ.", "2020", []string{
			`"doanh nghiệp thành lập mới" 2020 actual 256 doanh nghiệp`, `"doanh nghiệp thành lập mới" 2020 actual.growth 8.9`}},
		{"the aims of a quarter", "Chỉ tiêu quý II: kim ngạch xuất khẩu 720 triệu USD; thu ngân sách tăng 9% so với cùng kỳ.", "2022-Q1", []string{
			`"kim ngạch xuất khẩu" 2022-Q2 plan 720 triệu USD`, `"thu ngân sách" 2022-Q2 plan.growth 9`}},
		{"an amount in two multipliers", "Kim ngạch xuất khẩu ước đạt 21 tỷ 362 triệu USD; nhập khẩu ước đạt 2 tỷ 80,5 triệu USD.", "2022", []string{
			`"Kim ngạch xuất khẩu" 2022 estimate 21362 triệu USD`, `"nhập khẩu" 2022 estimate 2080.5 triệu USD`}},
		{"a period behind its figure", "Kim ngạch xuất khẩu đạt 105 triệu USD trong tháng 11, tăng 5% so với tháng trước; lũy kế đạt 1.020 triệu USD.", "2020-12", []string{
			`"Kim ngạch xuất khẩu" 2020-11 actual 105 triệu USD`, `"Kim ngạch xuất khẩu" 2020-11 actual.growth_prev 5`, `"Kim ngạch xuất khẩu" 2020 actual 1020 triệu USD`}},
		{"what the plan is", "Thu nội địa đạt 900 tỷ đồng so với kế hoạch đề ra là 1.000 tỷ đồng (cùng kỳ năm 2019 đạt 850 tỷ đồng).", "2020", []string{
			`"Thu nội địa" 2020 actual 900 tỷ đồng`, `"Thu nội địa" 2020 plan 1000 tỷ đồng`}},
		{"places within", "Sản lượng lúa đạt 500 nghìn tấn, trong đó huyện Yên Thành 120 nghìn tấn.", "2020", []string{`"Sản lượng lúa" 2020 actual 500 nghìn tấn`}},
		{"a table", "Chỉ tiêu | ĐVT | KH năm 2021 | Ước TH năm 2021 | Ước TH/KH (%)\nSản lượng thép | nghìn tấn | 1.200 | 1.150,5 | 95,88", "2021", []string{
			`"Sản lượng thép" 2021 plan 1200 nghìn tấn`, `"Sản lượng thép" 2021 estimate 1150.5 nghìn tấn`, `"Sản lượng thép" 2021 estimate.attainment 95.88`}},
		{"what leads in is no name", "Nhờ thị trường hồi phục, kim ngạch xuất khẩu tháng 7 đạt 55 triệu USD.", "2020-07", []string{`"kim ngạch xuất khẩu" 2020-07 actual 55 triệu USD`}},
		{"the year's aims under a heading", "Chỉ tiêu năm 2021\n- Sản lượng điện: 3.200 triệu kWh, tăng 5,5%;\n- Kim ngạch nhập khẩu đạt 900 triệu USD.", "2020", []string{
			`"Sản lượng điện" 2021 plan 3200 triệu kWh`, `"Sản lượng điện" 2021 plan.growth 5.5`, `"Kim ngạch nhập khẩu" 2021 plan 900 triệu USD`}},
		{"a multiple of the year before", "Sản lượng pin mặt trời đạt 40 MW, gấp 1,25 lần so với cùng kỳ.", "2020", []string{`"Sản lượng pin mặt trời" 2020 actual 40 MW`, `"Sản lượng pin mặt trời" 2020 actual.growth 25`}},
		{"English marks", "Tổng thu đạt 1,234.5 tỷ đồng, tăng 5.25% so với năm 2019; chi đạt 2,000.75 tỷ đồng.", "2020", []string{
			`"Tổng thu" 2020 actual 1234.5 tỷ đồng`, `"Tổng thu" 2020 actual.growth 5.25`, `"chi" 2020 actual 2000.75 tỷ đồng`}},
	} {
		t.Run(c.what, func(t *testing.T) {
			o.Period, _ = labelPeriod(c.of)
			r := Read(c.text, o)
			var got []string
			for _, f := range r.Figures {
				got = append(got, strings.TrimSpace(written(f)))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("%s\ngot  %s\nwant %s\nleft %v", c.text, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "), r.Left)
			}
		})
	}
}

// What is no figure of a period, or is not sure, is left out; what could have been one is named with the reason.
func TestLeftOut(t *testing.T) {
	o := options(t)
	o.Period = period.OfYear(2020)
	for _, c := range []struct {
		text string
		why  Reason // empty: nobody would take it for one
	}{
		{"Kim ngạch xuất khẩu đạt hơn 500 triệu USD.", Approximate},
		{"Kim ngạch xuất khẩu phấn đấu tăng từ 7 đến 8%.", Approximate},
		{"Kim ngạch xuất khẩu tăng 8 - 9% so với năm 2019.", Approximate},
		{"Kim ngạch xuất khẩu tăng 48,6% so với năm 2015.", NoBase},
		{"Dư nợ tín dụng tăng 9,8% so với đầu năm.", NoBase},
		{"Kim ngạch xuất khẩu tăng 120 triệu USD so với năm 2019.", ""},
		{"Hàng dệt may chiếm 32% kim ngạch xuất khẩu.", ""},
		{"Quyết định số 1876/QĐ-UBND ngày 12/11/2019 của UBND tỉnh.", ""},
		{"Đã thành lập 2 đoàn kiểm tra.", ""},
		{"Nếu không tính tiền sử dụng đất, thu nội địa đạt 1.170 tỷ đồng.", Ambiguous},
		{"Xuất khẩu gạo tăng 12,4% về lượng so với năm 2019.", Ambiguous},
		{"Kim ngạch xuất khẩu đạt 1 120 triệu USD.", Ambiguous},
		{"Giá xăng ngày 01/12/2020 là 22.700 đồng/lít.", Ambiguous},
		{"Đại hội Đảng bộ tỉnh lần thứ 19 nhiệm kỳ 2020-2025.", ""},
		{"Kim ngạch xuất khẩu, nhập khẩu đạt 100, 200 và 300 triệu USD.", Ambiguous},
	} {
		r := Read(c.text, o)
		if len(r.Figures) > 0 {
			t.Errorf("%s: read %v", c.text, r.Figures)
		}
		switch {
		case c.why == "" && len(r.Left) > 0 && r.Left[0].Reason != NoName:
			t.Errorf("%s: left %v", c.text, r.Left)
		case c.why != "" && (len(r.Left) == 0 || r.Left[0].Reason != c.why):
			t.Errorf("%s: left %v, want %s", c.text, r.Left, c.why)
		}
	}
}

func TestProjects(t *testing.T) {
	o := options(t)
	o.Period = period.OfYear(2020)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Một số dự án đi vào hoạt động: Nhà máy gạch Sông Mã (công suất 20 triệu viên/năm); Dự án sản xuất ván ép của Công ty CP Gỗ Hương và Công ty TNHH Lâm An (công suất 9.000 m3/năm và 4.500 m3/năm).", []string{
			`"Nhà máy gạch Sông Mã" capacity "20 triệu viên/năm" investor ""`,
			`"Dự án sản xuất ván ép" capacity "9000 m3/năm" investor "Công ty CP Gỗ Hương"`,
			`"Dự án sản xuất ván ép" capacity "4500 m3/năm" investor "Công ty TNHH Lâm An"`}},
		{"- Nhà máy điện gió Hòn Mun, công suất 48 MW, do Công ty CP Phong Điện Nam làm chủ đầu tư;", []string{`"Nhà máy điện gió Hòn Mun" capacity "48 MW" investor "Công ty CP Phong Điện Nam"`}},
		{"Các nhà máy trên địa bàn hoạt động ổn định.", nil},
	} {
		var got []string
		for _, p := range Read(c.text, o).Projects {
			got = append(got, projectText(p))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// document is a Word file of this body.
func document(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestText(t *testing.T) {
	body := `<w:p><w:r><w:t>Sản lượng </w:t></w:r><w:del><w:r><w:delText>than</w:delText></w:r></w:del><w:ins><w:r><w:t>thép</w:t></w:r></w:ins></w:p>` +
		`<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Mục</w:t><w:tab/><w:t>một</w:t><w:br/><w:t>dòng hai</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Chỉ tiêu</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2020</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`
	text, _, err := Text(document(t, body))
	if want := "Sản lượng thép\n- Mục một\ndòng hai\nChỉ tiêu | 2020\n"; err != nil || text != want {
		t.Errorf("%q, %v; want %q", text, err, want)
	}
	for what, data := range map[string][]byte{
		"deep":       document(t, strings.Repeat("<w:p>", 300)+strings.Repeat("</w:p>", 300)),
		"large":      document(t, "<w:p><w:r><w:t>"+strings.Repeat("aaaaaaaaaaaaaaaa", 3<<20)+"</w:t></w:r></w:p>"),
		"damaged":    document(t, "<w:p>"),
		"no zip":     []byte("PK\x03\x04 no"),
		"an old one": append([]byte{0xd0, 0xcf, 0x11, 0xe0}, make([]byte, 100)...),
		"a PDF":      []byte("%PDF-1.7"),
		"bytes":      {0xff, 0x00, 0x12},
	} {
		if text, _, err := Text(data); err == nil {
			t.Errorf("%s: read as %.40q", what, text)
		}
	}
}

// Whatever the text: it ends, every figure has a name and a period, and every number that was read stands in the text.
func FuzzRead(f *testing.F) {
	o := options(f)
	f.Add("Tổng kim ngạch xuất khẩu ước đạt 1.120 triệu USD/KH giao 1.200 triệu USD, đạt 93,33%/KH; trong đó hàng hóa 810 triệu USD.")
	f.Add("Năm 2020:\n- Dự án A (công suất 2 triệu tấn/năm);\n+ bằng 44,9% so với cùng kỳ, gấp 1,2 lần\n1. Quý III/2020 từ 7-8%, 5,2; 6,1 và 7 nghìn tấn lần lượt")
	f.Add("| Chỉ tiêu | ĐVT |\n(giá so sánh 2010) số 12/QĐ-UBND lũy kế đến hết tháng 11 của")
	f.Fuzz(func(t *testing.T, text string) {
		r := Read(text, o)
		for _, f := range r.Figures {
			if f.Period.IsZero() || strings.TrimSpace(f.Indicator) == "" || token.Fold(f.Indicator) == "" || f.Measure == "" || f.Words == "" {
				t.Errorf("%q: %+v", text, f)
			}
		}
		r.Table(Document{Name: "x", Title: "x"}, nil)
	})
}
