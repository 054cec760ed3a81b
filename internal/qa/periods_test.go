package qa

import (
	"strings"
	"testing"
	"time"

	"factbot/internal/facts"
	"factbot/internal/words"
	"factbot/locales"
)

// bare is an engine without facts: only the words of the languages.
func bare(t testing.TB) *Engine {
	t.Helper()
	w, err := words.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return NewEngine(facts.NewSnapshot(facts.Model{}), w, nil, nil, nil)
}

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func (w when) String() string {
	var s string
	switch {
	case w.last > 0:
		s = "last " + strings.Repeat("I", w.last)
	case w.year == 0:
		o := w.in(2000)
		s = strings.Replace(o.period().String(), "2000", "____", 1)
	case w.n == 0 && w.period().IsZero():
		s = "to date"
	default:
		s = w.period().String()
	}
	if w.end != nil {
		e := *w.end
		s += ".." + e.String()
	}
	return s
}

func TestPeriodsOfQuestions(t *testing.T) {
	e := bare(t)
	now := day("2021-08-15")
	for _, c := range []struct{ text, want string }{
		{"năm 2020", "2020"}, {"2020", "2020"}, {"nam 2020", "2020"}, {"năm nay", "2021"}, {"năm ngoái", "2020"}, {"năm trước", "2020"}, {"năm kia", "2019"},
		{"năm sau", "2022"}, {"sang năm", "2022"}, {"năm tới", "2022"}, {"cả năm 2020", "2020"}, {"năm hai không hai mươi", "2020"}, {"năm hai không hai mốt", "2021"},
		{"năm hai nghìn không trăm mười chín", "2019"}, {"nam2020", "2020"},
		{"tháng 7", "____-07"}, {"tháng 7/2020", "2020-07"}, {"tháng 7 năm 2020", "2020-07"}, {"tháng 7 năm ngoái", "2020-07"}, {"tháng bảy", "____-07"},
		{"tháng mười hai năm 2020", "2020-12"}, {"07/2020", "2020-07"}, {"T7/2020", "2020-07"}, {"T7", "____-07"}, {"th7", "____-07"}, {"tháng 7-2020", "2020-07"},
		{"tháng trước", "2021-07"}, {"tháng này", "2021-08"}, {"quý trước", "2021-Q2"},
		{"quý I/2021", "2021-Q1"}, {"quý 1 năm 2021", "2021-Q1"}, {"quí III", "____-Q3"}, {"Q3/2020", "2020-Q3"}, {"Q1 2021", "2021-Q1"}, {"quý tư năm 2020", "2020-Q4"}, {"II/2020", "2020-Q2"},
		{"6 tháng đầu năm 2020", "2020-S1"}, {"6 tháng", "____-S1"}, {"6T/2020", "2020-S1"}, {"9 tháng năm 2020", "2020-01-01/P9M"}, {"9T2020", "2020-01-01/P9M"},
		{"sáu tháng đầu năm", "____-S1"}, {"nửa đầu năm 2020", "2020-S1"}, {"nửa cuối năm 2020", "2020-S2"}, {"6 tháng cuối năm 2020", "2020-S2"}, {"3 tháng đầu năm 2020", "2020-Q1"},
		{"7 tháng đầu năm nay", "2021-01-01/P7M"}, {"H1 2020", "2020-S1"}, {"11 tháng 2020", "2020-01-01/P11M"},
		{"lũy kế 7 tháng", "____-01-01/P7M"}, {"lũy kế đến tháng 8/2020", "2020-01-01/P8M"}, {"luy ke den het thang 8 nam 2020", "2020-01-01/P8M"}, {"tính đến tháng 5", "____-01-01/P5M"},
		{"từ đầu năm đến nay", "to date"}, {"từ đầu năm đến tháng 7", "____-01-01/P7M"}, {"đến hết quý III năm 2020", "2020-01-01/P9M"},
		{"giai đoạn 2018-2020", "2018..2020"}, {"từ năm 2018 đến năm 2020", "2018..2020"}, {"2018–2020", "2018..2020"}, {"từ tháng 1 đến tháng 7 năm 2020", "2020-01..2020-07"},
		{"3 năm gần nhất", "last III"}, {"hai quý gần đây", "last II"}, {"2019 và 2020", "2019 2020"}, {"2019, 2020 và 2021", "2019 2020 2021"},
		{"what was it in 2020", "2020"}, {"last year", "2020"}, {"this year", "2021"}, {"July 2020", "2020-07"}, {"in May", "____-05"}, {"first nine months of 2020", "2020-01-01/P9M"},
		{"the first quarter of 2021", "2021-Q1"}, {"third quarter of 2020", "2020-Q3"}, {"first half of 2020", "2020-S1"}, {"second half of 2020", "2020-S2"}, {"year to date", "to date"},
		{"the last three years", "last III"}, {"from 2018 to 2020", "2018..2020"}, {"last month", "2021-07"}, {"from January to July 2020", "2020-01..2020-07"},
		{"the first 6 months of 2020", "2020-S1"}, {"six months of 2020", "2020-S1"},
	} {
		r := e.read(c.text, "", "vi", now)
		var got []string
		for _, s := range r.spans {
			if s.kind == kindPeriod {
				got = append(got, s.when.String())
			}
		}
		if g := strings.ReplaceAll(strings.Join(got, " "), "____-01-01/P6M", "____-S1"); g != c.want {
			t.Errorf("%q: %s, want %s   (%s)", c.text, g, c.want, e.Understood(c.text, "", now))
		}
	}
}

func TestNoPeriods(t *testing.T) {
	e := bare(t)
	for _, text := range []string{"2.000 triệu USD", "2020 tỷ", "95 %", "2 triệu tấn/năm", "mỗi tháng", "năm ấy", "100.000 tấn/năm", "28 tỷ", "28/12/2020"} {
		for _, s := range e.read(text, "", "vi", day("2021-01-15")).spans {
			if s.kind == kindPeriod {
				t.Errorf("%q holds the period %s", text, s.when)
			}
		}
	}
}
