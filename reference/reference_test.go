package reference

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"factbot/internal/facts"
	"factbot/internal/token"
)

func load(t *testing.T) *Names {
	t.Helper()
	n, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestProvinces(t *testing.T) {
	n := load(t)
	count := map[AreaKind]int{}
	merged := 0
	for _, a := range n.Areas {
		count[a.Kind]++
		if a.MergedInto == "" {
			continue
		}
		merged++
		if into := n.Area(a.MergedInto); into.Kind != Province || into.MergedInto != "" || a.Kind != Province || a.MergedAt.String() != "2025-07" {
			t.Errorf("%s is merged into %s at %s", a.ID, a.MergedInto, a.MergedAt)
		}
	}
	if count[Province] != 63 || count[Province]-merged != 34 {
		t.Errorf("%d provinces, %d of them merged into others; there were 63 and are 34", count[Province], merged)
	}
	if got := len(n.Merged("ho-chi-minh")); got != 2 {
		t.Errorf("%d provinces became part of ho-chi-minh, not 2", got)
	}
	for _, a := range n.Areas {
		if up := n.Area(a.PartOf); a.Kind == Province && (up == nil || up.Kind != Region) || a.Kind == City && (up == nil || up.Kind != Province) {
			t.Errorf("%s is part of %q", a.ID, a.PartOf)
		}
	}
}

// Names that a question may use, and what they mean.
func TestAreaNames(t *testing.T) {
	n := load(t)
	for name, want := range map[string]string{
		"TP.HCM": "ho-chi-minh", "Sài Gòn": "ho-chi-minh", "HCM": "ho-chi-minh", "BR-VT": "ba-ria-vung-tau", "TT-Huế": "thua-thien-hue",
		"Huế": "thua-thien-hue", "tp vinh": "tp-vinh", "Vinh": "tp-vinh", "tỉnh Thái Nguyên": "thai-nguyen", "thai nguyen": "thai-nguyen",
		"TP Thái Nguyên": "tp-thai-nguyen", "thành phố Thái Nguyên": "tp-thai-nguyen", "Thanh Hoa province": "thanh-hoa", "Mỹ": "hoa-ky", "EU": "eu",
		"huyện Quỳnh Lưu": "huyen-quynh-luu", "cả nước": "viet-nam", "Bắc Trung Bộ": "bac-trung-bo", "thị xã Hoàng Mai": "tx-hoang-mai",
	} {
		var got []string
		for _, a := range n.Areas {
			for _, s := range append([]string{a.Name["vi"], a.Name["en"]}, a.Aliases...) {
				if token.Fold(s) == token.Fold(name) && !slices.Contains(got, a.ID) {
					got = append(got, a.ID)
				}
			}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s is %v, want %s", name, got, want)
		}
	}
}

// A bare name of one folded syllable must not be an ordinary word: it would be taken out of questions typed without marks.
func TestNoOrdinaryWords(t *testing.T) {
	n := load(t)
	ordinary := strings.Fields("nam thang quy tang giam dat so voi va la bao nhieu nhat cao thap hon con the nao hai ba mot ty tr kh th us y ao bi " +
		"duc phap lao thai han anh me an do ke hoach xuat nhap khau ban le gia tri san cong nghiep tong muc hang hoa dn ct hp")
	check := func(id string, names []string) {
		for _, s := range names {
			if slices.Contains(ordinary, token.Fold(s)) {
				t.Errorf("%s: %q is an ordinary word", id, s)
			}
		}
	}
	for _, a := range n.Areas {
		check(a.ID, append([]string{a.Name["vi"], a.Name["en"]}, a.Aliases...))
	}
	for _, i := range n.Indicators {
		check(i.ID, append([]string{i.Name["vi"], i.Name["en"]}, i.Aliases...))
	}
}

func TestKind(t *testing.T) {
	n := load(t)
	for name, want := range map[string]facts.Kind{
		"Tổng sản phẩm trên địa bàn (GRDP) theo giá so sánh 2010": facts.Flow,
		"GRDP bình quân đầu người":                                facts.Rate,
		"Giá trị sản xuất công nghiệp (giá so sánh 2010)":         facts.Flow,
		"Kim ngạch xuất khẩu - khu vực có vốn đầu tư nước ngoài":  facts.Flow,
		"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng": facts.Flow,
		"Thu ngân sách nhà nước trên địa bàn tỉnh":                facts.Flow,
		"Chỉ số sản xuất công nghiệp ngành khai khoáng":           facts.Index,
		"Tỷ lệ hộ nghèo đa chiều":                                 facts.Rate,
		"Tỉ lệ thất nghiệp":                                       facts.Rate,
		"dan so trung binh":                                       facts.Stock,
		"Dư nợ tín dụng":                                          facts.Stock,
		"Tốc độ tăng vốn đầu tư":                                  facts.Rate,
		"Lạm phát":                                                facts.Index,
		"Exports":                                                 facts.Flow,
		"Số trạm sạc xe điện":                                     facts.UnknownKind,
		"Vốn FDI lũy kế":                                          facts.UnknownKind,
		"":                                                        facts.UnknownKind,
	} {
		if got := n.Kind(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Every name of every indicator has its own kind by name.
func TestKindOfEveryName(t *testing.T) {
	n := load(t)
	if len(n.Indicators) < 120 {
		t.Errorf("%d indicators", len(n.Indicators))
	}
	for _, i := range n.Indicators {
		for _, s := range append([]string{i.Name["vi"], i.Name["en"]}, i.Aliases...) {
			if got := n.Kind(s); got != i.Kind {
				t.Errorf("%s: %q is %v, not %v", i.ID, s, got, i.Kind)
			}
		}
	}
}

func TestReadProblems(t *testing.T) {
	_, err := Read(fstest.MapFS{
		"areas.yaml":      {Data: []byte("areas:\n  - {id: a, kind: village, name: {vi: A, en: A}, part_of: b}\n")},
		"indicators.yaml": {Data: []byte("indicators:\n  - {id: a, kind: flow, name: {vi: A, en: B}}\n  - {id: b, kind: rate, name: {vi: a, en: C}}\n")},
	})
	want := "areas.yaml:2:19: kind: \"village\" is not country, bloc, region, province, city, town or district\n" +
		"areas.yaml:2:59: \"b\" is no other area's id\nindicators.yaml:3:10: \"a\" is rate here and flow above"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
