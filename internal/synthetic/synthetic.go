// Package synthetic makes up the statistics of a country: names as official indicators have them, long and with shared words, and figures by area and
// period. The same options give the same facts; nothing in them is true.
package synthetic

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Options say how much is made up.
type Options struct {
	Names        int // of indicators, at most MaxNames
	Observations int
	Seed         uint64
}

// What names are put together from.
var (
	leads  = []string{"Sản lượng", "Giá trị sản xuất", "Diện tích", "Doanh thu", "Kim ngạch xuất khẩu", "Kim ngạch nhập khẩu", "Số lượng", "Khối lượng vận chuyển", "Chi phí", "Tồn kho"}
	things = []string{"lúa", "ngô", "sắn", "mía", "chè", "cà phê", "cao su", "hồ tiêu", "điều", "tôm", "cá tra", "thịt lợn", "thịt bò", "sữa tươi", "xi măng", "thép", "gạch", "phân bón", "giấy", "giày dép", "sợi", "vải", "điện tử", "ô tô", "xe máy", "máy móc", "dược phẩm", "hóa chất", "nhựa", "thủy tinh", "gốm sứ", "đồ gỗ", "viên nén", "than", "quặng sắt", "đá vôi", "cát", "muối", "nước mắm", "bia", "rượu", "nước khoáng", "thuốc lá", "bánh kẹo", "mì ăn liền", "dầu ăn", "thức ăn chăn nuôi", "rau quả", "hoa", "cây giống"}
	owners = []string{"khu vực nhà nước", "khu vực ngoài nhà nước", "khu vực có vốn đầu tư nước ngoài", "khu vực hộ cá thể", "khu vực hợp tác xã"}
	ways   = []string{"theo giá so sánh", "theo giá hiện hành", "bình quân đầu người", "của doanh nghiệp lớn"}
	areas  = []string{"Hà Nội", "Hải Phòng", "Quảng Ninh", "Thái Nguyên", "Phú Thọ", "Bắc Ninh", "Hưng Yên", "Ninh Bình", "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Huế", "Đà Nẵng", "Quảng Ngãi", "Gia Lai", "Khánh Hòa", "Đắk Lắk", "Lâm Đồng", "Cần Thơ"}
	units  = []quantity.Unit{"t", "VND", "ha", "VND", "USD", "USD", "item", "t", "VND", "t"}
	texts  = map[quantity.Unit]string{"t": "nghìn tấn", "VND": "nghìn đồng", "ha": "nghìn ha", "USD": "nghìn USD", "item": "nghìn sản phẩm"}
)

// MaxNames is how many different names there are.
const MaxNames = 10_000

// firstYear is the year of the first figures.
const firstYear = 2016

// row is one figure.
type row struct {
	indicator, area int
	at              period.Period
	measure         facts.Measure
	value           int64
}

// rows gives the figures one after the other: all names and areas of a year, year after year, then month after month before those.
func (o Options) rows(yield func(row) bool) {
	rnd := rand.New(rand.NewPCG(o.Seed, 2))
	n := 0
	next := func(at period.Period) bool {
		for i := range o.Names {
			for a := range areas {
				if n == o.Observations {
					return false
				}
				n++
				measure := facts.Plan
				if rnd.IntN(2) == 1 {
					measure = facts.Actual
				}
				if !yield(row{i, a, at, measure, int64(100 + rnd.IntN(90_000))}) {
					return false
				}
			}
		}
		return true
	}
	for y := range 5 {
		if !next(period.OfYear(firstYear + y)) {
			return
		}
	}
	for m := 0; ; m++ {
		if !next(period.OfMonth(firstYear-1-m/12, 12-m%12)) {
			return
		}
	}
}

// name is the name of an indicator.
func name(i int) string {
	lead, thing := i%len(leads), i/len(leads)%len(things)
	owner, way := i/(len(leads)*len(things))%len(owners), i/(len(leads)*len(things)*len(owners))%len(ways)
	return strings.Join([]string{leads[lead], things[thing], owners[owner], ways[way]}, " ")
}

func unit(i int) quantity.Unit { return units[i%len(leads)] }

// Model is the facts as a model.
func (o Options) Model() facts.Model {
	m := facts.Model{Revision: fmt.Sprintf("synthetic-%d-%d", o.Names, o.Observations), Sources: []*facts.Source{{ID: "nien-giam", Title: "Niên giám thống kê", Publisher: "Tổng cục Thống kê", Date: "2021-06-30"}}}
	for i, name := range areas {
		m.Areas = append(m.Areas, &facts.Area{ID: fmt.Sprintf("area-%d", i), Name: facts.Text{"vi": name}})
	}
	for i := range o.Names {
		m.Indicators = append(m.Indicators, &facts.Indicator{ID: fmt.Sprintf("indicator-%d", i), Unit: unit(i), Mult: 3, Kind: facts.Flow, Name: facts.Text{"vi": name(i)}})
	}
	for r := range o.rows {
		ind := m.Indicators[r.indicator]
		m.Add(facts.Observation{
			Indicator: ind.ID, Area: m.Areas[r.area].ID, Period: r.at, Measure: r.measure, Source: m.Sources[0],
			Value: quantity.Quantity{Number: quantity.Int(r.value), Unit: ind.Unit, Mult: 3},
		})
	}
	return m
}

// WriteCatalogue writes the catalogue of a facts folder, and WriteTables its tables, of at most so many rows each; file opens one of a number.
func (o Options) WriteCatalogue(w io.Writer) error {
	var b strings.Builder
	b.WriteString("areas:\n")
	for i, name := range areas {
		fmt.Fprintf(&b, "  - {id: area-%d, name: {vi: %s}}\n", i, name)
	}
	b.WriteString("indicators:\n")
	for i := range o.Names {
		fmt.Fprintf(&b, "  - {id: indicator-%d, name: {vi: %s}, unit: %s, kind: flow}\n", i, name(i), texts[unit(i)])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteTables is said at WriteCatalogue.
func (o Options) WriteTables(rows int, file func(n int) (io.WriteCloser, error)) error {
	var out io.WriteCloser
	n := 0
	for r := range o.rows {
		if n%rows == 0 {
			if out != nil {
				if err := out.Close(); err != nil {
					return err
				}
			}
			var err error
			if out, err = file(n / rows); err != nil {
				return err
			}
			if _, err = io.WriteString(out, "area,indicator,period,measure,value,unit,source,note,source_date\n"); err != nil {
				return err
			}
		}
		n++
		if _, err := fmt.Fprintf(out, "area-%d,indicator-%d,%s,%s,%d,%s,Niên giám thống kê,,2021-06-30\n", r.area, r.indicator, r.at, r.measure, r.value, texts[unit(r.indicator)]); err != nil {
			return err
		}
	}
	if out == nil {
		return nil
	}
	return out.Close()
}

// Questions ask of these facts: by whole names, without diacritics, in part, mistyped. Wrong are those with a mistyped word, Right the same without.
type Questions struct{ All, Typos, Clean []string }

// Questions makes up n questions.
func (o Options) Questions(n int) Questions {
	rnd := rand.New(rand.NewPCG(o.Seed, 4))
	named := max(1, min(o.Names, o.Observations/len(areas)))
	var q Questions
	for len(q.All) < n {
		ind, area := name(rnd.IntN(named)), areas[rnd.IntN(len(areas))]
		year := firstYear
		if o.Observations >= 5*o.Names*len(areas) {
			year += rnd.IntN(5)
		}
		small := strings.ToLower(ind)
		var text string
		switch len(q.All) % 8 {
		case 0, 1:
			text = fmt.Sprintf("%s của %s năm %d là bao nhiêu?", ind, area, year)
		case 2:
			text = fmt.Sprintf("%s %s %d đạt bao nhiêu %% kế hoạch", small, area, year)
		case 3:
			text = fmt.Sprintf("so sánh %s của %s năm %d và %d", small, area, 2017, 2019)
		case 4:
			text = fmt.Sprintf("diễn biến %s %s", small, area)
		case 5:
			text = fmt.Sprintf("tỉnh nào có %s cao nhất năm %d", small, year)
		case 6:
			words := strings.Fields(small)
			text = fmt.Sprintf("%s %s %d", strings.Join(words[:len(words)-3], " "), area, year)
		case 7:
			clean := fmt.Sprintf("%s %s năm %d tăng bao nhiêu?", small, area, year)
			text = strings.Replace(clean, "khu vực", "khuu vực", 1)
			q.Clean, q.Typos = append(q.Clean, clean), append(q.Typos, text)
		}
		q.All = append(q.All, text)
	}
	return q
}
