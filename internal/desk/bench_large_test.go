package desk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// A country's statistics, made up: 10,000 indicators by long names with shared words, 20 areas, five years of plans and actuals.
const (
	largeIndicators = 10_000
	largeAreas      = 20
	largeYears      = 5
)

var (
	largeLeads    = []string{"Sản lượng", "Giá trị sản xuất", "Diện tích", "Doanh thu", "Kim ngạch xuất khẩu", "Kim ngạch nhập khẩu", "Số lượng", "Khối lượng vận chuyển", "Chi phí", "Tồn kho"}
	largeThings   = []string{"lúa", "ngô", "sắn", "mía", "chè", "cà phê", "cao su", "hồ tiêu", "điều", "tôm", "cá tra", "thịt lợn", "thịt bò", "sữa tươi", "xi măng", "thép", "gạch", "phân bón", "giấy", "giày dép", "sợi", "vải", "điện tử", "ô tô", "xe máy", "máy móc", "dược phẩm", "hóa chất", "nhựa", "thủy tinh", "gốm sứ", "đồ gỗ", "viên nén", "than", "quặng sắt", "đá vôi", "cát", "muối", "nước mắm", "bia", "rượu", "nước khoáng", "thuốc lá", "bánh kẹo", "mì ăn liền", "dầu ăn", "thức ăn chăn nuôi", "rau quả", "hoa", "cây giống"}
	largeOf       = []string{"khu vực nhà nước", "khu vực ngoài nhà nước", "khu vực có vốn đầu tư nước ngoài", "khu vực hộ cá thể", "khu vực hợp tác xã"}
	largeWays     = []string{"theo giá so sánh", "theo giá hiện hành", "bình quân đầu người", "của doanh nghiệp lớn"}
	largeNames    = []string{"Hà Nội", "Hải Phòng", "Quảng Ninh", "Thái Nguyên", "Phú Thọ", "Bắc Ninh", "Hưng Yên", "Ninh Bình", "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Huế", "Đà Nẵng", "Quảng Ngãi", "Gia Lai", "Khánh Hòa", "Đắk Lắk", "Lâm Đồng", "Cần Thơ"}
	largeUnits    = []quantity.Unit{"t", "VND", "ha", "VND", "USD", "USD", "item", "t", "VND", "t"}
	largeMeasures = []facts.Measure{facts.Plan, facts.Actual}
)

// largeModel is that as a model, its names and its figures; a million observations and then some.
func largeModel() facts.Model {
	rnd := rand.New(rand.NewPCG(1, 2))
	m := facts.Model{Revision: "large", Sources: []*facts.Source{{ID: "niên-giám", Title: "Niên giám thống kê", Publisher: "Tổng cục Thống kê", Date: "2021-06-30"}}}
	for i, name := range largeNames {
		m.Areas = append(m.Areas, &facts.Area{ID: fmt.Sprintf("area-%d", i), Name: facts.Text{"vi": name}})
	}
	for i := range largeIndicators {
		lead, thing := i%len(largeLeads), i/len(largeLeads)%len(largeThings)
		of, way := i/(len(largeLeads)*len(largeThings))%len(largeOf), i/(len(largeLeads)*len(largeThings)*len(largeOf))%len(largeWays)
		m.Indicators = append(m.Indicators, &facts.Indicator{
			ID: fmt.Sprintf("indicator-%d", i), Unit: largeUnits[lead], Mult: 3, Kind: facts.Flow,
			Name: facts.Text{"vi": strings.Join([]string{largeLeads[lead], largeThings[thing], largeOf[of], largeWays[way]}, " ")},
		})
	}
	for _, ind := range m.Indicators {
		for _, a := range m.Areas {
			for y := range largeYears {
				measure := largeMeasures[rnd.IntN(2)]
				m.Observations = append(m.Observations, facts.Observation{Indicator: ind.ID, Area: a.ID, Period: period.OfYear(2016 + y), Measure: measure,
					Value: quantity.Quantity{Number: quantity.Int(int64(100 + rnd.IntN(90_000))), Unit: ind.Unit, Mult: ind.Mult}, Source: m.Sources[0]})
			}
		}
	}
	return m
}

// largeQuestions ask of those names: whole, without diacritics, in part, mistyped.
func largeQuestions(m facts.Model) []Question {
	rnd := rand.New(rand.NewPCG(3, 4))
	var out []Question
	for len(out) < 400 {
		ind, area := m.Indicators[rnd.IntN(len(m.Indicators))].Name["vi"], largeNames[rnd.IntN(len(largeNames))]
		year := 2016 + rnd.IntN(largeYears)
		var text string
		switch len(out) % 8 {
		case 0, 1:
			text = fmt.Sprintf("%s của %s năm %d là bao nhiêu?", ind, area, year)
		case 2:
			text = fmt.Sprintf("%s %s %d đạt bao nhiêu %% kế hoạch", strings.ToLower(ind), area, year)
		case 3:
			text = fmt.Sprintf("so sánh %s của %s năm %d và %d", strings.ToLower(ind), area, 2017, 2019)
		case 4:
			text = fmt.Sprintf("diễn biến %s %s", strings.ToLower(ind), area)
		case 5:
			text = fmt.Sprintf("tỉnh nào có %s cao nhất năm %d", strings.ToLower(ind), year)
		case 6:
			words := strings.Fields(strings.ToLower(ind))
			text = fmt.Sprintf("%s %s %d", strings.Join(words[:len(words)-3], " "), area, year)
		case 7:
			text = strings.Replace(fmt.Sprintf("%s %s năm %d tăng bao nhiêu?", strings.ToLower(ind), area, year), "khu vực", "khu vưc", 1)
		}
		out = append(out, Question{Text: text, Now: time.Date(2021, 8, 1, 0, 0, 0, 0, time.UTC)})
	}
	return out
}

// BenchmarkAskLarge is one question, text to text, over 10,000 names and a million figures. p50 and p99 are microseconds.
func BenchmarkAskLarge(b *testing.B) {
	m := largeModel()
	if n := len(m.Observations); n < 1_000_000 {
		b.Fatalf("only %d observations", n)
	}
	d := open(b, Options{})
	d.Use(facts.NewSnapshot(m))
	d.Warm()
	questions := largeQuestions(m)
	for _, q := range questions {
		d.Ask(q)
	}
	answered := 0
	took := make([]time.Duration, 0, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		start := time.Now()
		r := d.Ask(questions[i%len(questions)])
		if r.Text() == "" {
			b.Fatal("no text")
		}
		took = append(took, time.Since(start))
		if r.Status == "answered" {
			answered++
		}
	}
	b.StopTimer()
	slices.Sort(took)
	micro := func(share float64) float64 { return float64(took[int(share*float64(len(took)-1))].Nanoseconds()) / 1e3 }
	b.ReportMetric(micro(0.5), "p50-µs")
	b.ReportMetric(micro(0.99), "p99-µs")
	b.ReportMetric(100*float64(answered)/float64(b.N), "answered-%")
}
