package reply

import (
	"testing"

	"factbot/internal/period"
)

func TestPeriodInWords(t *testing.T) {
	p := newPrinter(t)
	for _, c := range []struct{ sdmx, vi, en string }{
		{"2020", "năm 2020", "2020"},
		{"2021-Q1", "quý I/2021", "Q1 2021"},
		{"2021-Q4", "quý IV/2021", "Q4 2021"},
		{"2020-07", "tháng 7/2020", "July 2020"},
		{"2020-12", "tháng 12/2020", "December 2020"},
		{"2020-S1", "6 tháng đầu năm 2020", "first half of 2020"},
		{"2020-S2", "6 tháng cuối năm 2020", "second half of 2020"},
		{"2020-01-01/P9M", "9 tháng năm 2020 (lũy kế)", "first nine months of 2020"},
		{"2020-01-01/P2M", "2 tháng năm 2020 (lũy kế)", "first two months of 2020"},
		{"2021-01-01/P5Y", "giai đoạn 2021–2025", "2021–2025"},
		{"2021-08-01/P5M", "tháng 8–12/2021", "August to December 2021"},
		{"2020-11-01/P4M", "từ tháng 11/2020 đến tháng 2/2021", "November 2020 to February 2021"},
	} {
		at, err := period.Parse(c.sdmx)
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"vi": c.vi, "en": c.en} {
			w := &writer{Printer: p, lang: lang}
			if got := w.cumulative(at); got != want {
				t.Errorf("%s %s: %q, want %q", lang, c.sdmx, got, want)
			}
		}
	}
	if got := (&writer{Printer: p, lang: "vi"}).period(period.Period{}); got != "" {
		t.Errorf("no period is %q", got)
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct{ iso, vi, en string }{
		{"2020-12-28", "28/12/2020", "28 December 2020"}, {"2020-12", "12/2020", "December 2020"}, {"2020", "2020", "2020"}, {"", "", ""},
		{"2020-13-40", "2020-13-40", "2020-13-40"}, {"x\x01y", "xy", "xy"},
	} {
		if vi, en := date("vi", c.iso), date("en", c.iso); vi != c.vi || en != c.en {
			t.Errorf("%q: %q, %q, want %q, %q", c.iso, vi, en, c.vi, c.en)
		}
	}
}
