package desk

import "testing"

// A subject is the same behind every question about it, in both languages, and keeps its id.
func TestSubject(t *testing.T) {
	d := opened(t)
	want := Subject{Indicator: "export_total", Area: "nghe-an"}
	for _, q := range []string{"xuất khẩu 2020", "xuất khẩu 2020 đạt bao nhiêu % KH?", "What was the export growth planned for 2021?", "diễn biến xuất khẩu"} {
		r := d.Ask(Question{Text: q})
		s, ok := d.Subject(r.Link())
		if !ok || s != want || !r.Followed() {
			t.Errorf("%q: %q is about %+v, %v", q, r.Link(), s, ok)
		}
		if again, ok := d.Subject(s.ID()); !ok || again != s {
			t.Errorf("%q is %+v", s.ID(), again)
		}
		if name, code := d.SubjectName(s, "en"); name != "Total exports" {
			t.Errorf("%q is called %q", code, name)
		} else if text, lang, ok := d.Unlink(code); !ok || lang != "en" || d.Ask(Question{Text: text, Lang: lang}).Status != "answered" {
			t.Errorf("%q asks %q", code, text)
		}
	}
	project := d.Ask(Question{Text: "dự án Luxshare"})
	if s, ok := d.Subject(project.Link()); !ok || s.Project == "" {
		t.Errorf("the project is %+v", s)
	}
	for _, forged := range []string{"", "va", "va_x", "va_x_y", "xx_1_2", "project nothing", "indicator export_total", "indicator export_total ha-noi", "va_" + short("export_total") + "_" + short("nghe-an") + "_2020_1"} {
		if s, ok := d.Subject(forged); ok {
			t.Errorf("%q is %+v", forged, s)
		}
	}
	if r := d.Ask(Question{Text: "các chỉ tiêu năm 2020"}); r.Followed() {
		t.Errorf("a list is followed: %q", r.Link())
	}
}

// There may be a chart wherever there is one, and hardly anywhere else.
func TestDrawn(t *testing.T) {
	d := opened(t)
	for q, want := range map[string]bool{
		"xuất khẩu 2020": true, "IIP 2020": true, "các chỉ tiêu năm 2020 đạt bao nhiêu % KH": true, "công suất các dự án": true, "which indicators missed their plan in 2020?": true,
		"nhập khẩu 2020": false, "xin chào": false, "dự án Luxshare": false, "vì sao sản xuất công nghiệp tăng?": false,
	} {
		r := d.Ask(Question{Text: q})
		if r.Drawn() != want || (r.Chart() != nil) != want {
			t.Errorf("%q: drawn %v, chart %v", q, r.Drawn(), r.Chart() != nil)
		}
	}
}

// Areas are those with figures; a name that people type is one of them or none.
func TestAreas(t *testing.T) {
	d := opened(t)
	areas := d.Areas()
	if len(areas) != 1 || areas[0].ID != "nghe-an" || d.AreaOf(d.AreaCode(areas[0])) != areas[0] || d.AreaOf("zzzzzz") != nil || d.AreaOf("") != nil {
		t.Errorf("areas %v", areas)
	}
	for name, want := range map[string]bool{"nghe an": true, "Nghệ An": true, "tỉnh Nghệ An": true, "Hà Tĩnh": false, "": false} {
		if _, ok := d.AreaNamed(name); ok != want {
			t.Errorf("%q: %v", name, ok)
		}
	}
}
