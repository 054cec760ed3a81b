package period

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"2020": "2020", "2020-S1": "2020-S1", "2020-H2": "2020-S2", "2020-Q1": "2020-Q1", "2020-07": "2020-07", "2020-7": "2020-07",
		"2020-01-01/P7M": "2020-01-01/P7M", "2020-01/P7M": "2020-01-01/P7M", "2020-01..2020-07": "2020-01-01/P7M", "07/2020": "2020-07", "Q1/2020": "2020-Q1",
		"9T/2020": "2020-01-01/P9M", "6T/2020": "2020-S1", "III/2020": "2020-Q3", "2020-01-01/P6M": "2020-S1", "2021-2025": "2021-01-01/P5Y",
		"2021-01-01/P5Y": "2021-01-01/P5Y", "T7/2020": "2020-07", "2019-04..2019-09": "2019-04-01/P6M", " q2 / 2021 ": "2021-Q2",
	} {
		p, err := Parse(in)
		if err != nil || p.String() != want {
			t.Errorf("Parse(%q) = %s, %v, want %s", in, p, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"2020-13": "month \"13\" is not in 1..12", "2020-Q5": "quarter \"5\"", "20": "no year of four digits", "": "no year", "3020": "not in 1900..2199",
		"2020-07..2020-01": "ends before it begins", "2020-01-01/P7D": "duration", "2020-": "nothing beside the year", "2020-XX": "is none of", "2020-00": "month", "2000..2100-1": "longer than", "2000-01-01/P101Y": "longer than",
	} {
		p, err := Parse(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %s, %v, want an error with %q", in, p, err, want)
		}
	}
}

func TestPeriod(t *testing.T) {
	if got := OfMonth(2020, 1).Prev(); got != OfMonth(2019, 12) {
		t.Errorf("before January: %s", got)
	}
	if got := OfQuarter(2020, 1).Prev(); got != OfQuarter(2019, 4) {
		t.Errorf("before Q1: %s", got)
	}
	if rest, ok := OfYear(2020).Minus(Cumul(2020, 9)); !ok || rest != OfQuarter(2020, 4) {
		t.Errorf("the year without nine months: %s, %v", rest, ok)
	}
	if n := len(OfYear(2020).Parts(3)); n != 4 {
		t.Errorf("quarters of a year: %d", n)
	}
	ps := []Period{OfYear(2020), OfMonth(2020, 12), Cumul(2020, 11), OfQuarter(2020, 4)}
	slices.SortFunc(ps, Compare)
	if ps[0] != Cumul(2020, 11) || ps[1] != OfMonth(2020, 12) || ps[3] != OfYear(2020) {
		t.Errorf("sorted: %v", ps)
	}
	if Cumul(2020, 6) != OfHalf(2020, 1) || Cumul(2020, 3) != OfQuarter(2020, 1) || Cumul(2020, 12) != OfYear(2020) {
		t.Error("the same months are not the same period")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2020", "2020-S1", "9T/2020", "2020-01-01/P7M", "2020-01..2020-07", "I/2020", "2021-2025"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Parse(s)
		if err != nil {
			return
		}
		back, err := Parse(p.String())
		if err != nil || back != p {
			t.Errorf("Parse(%q) = %s, printed and read again %s, %v", s, p, back, err)
		}
	})
}

// Ending is the stretch of sorted periods that end within another, found by looking at each.
func TestEnding(t *testing.T) {
	var all []Period
	for y := 2018; y <= 2020; y++ {
		all = append(all, OfYear(y), OfHalf(y, 1), OfHalf(y, 2), Cumul(y, 9), Years(y, y+1))
		for m := 1; m <= 12; m++ {
			all = append(all, OfMonth(y, m))
		}
	}
	slices.SortFunc(all, Compare)
	for _, p := range append(all, Period{}, OfYear(2017), OfYear(2030), Months(OfMonth(2018, 11), OfMonth(2019, 2))) {
		var want []Period
		for _, q := range all {
			last := OfMonth(q.LastYear(), q.LastMonth())
			if p.Contains(last) {
				want = append(want, q)
			}
		}
		if got := Ending(all, p); !slices.Equal(got, want) {
			t.Errorf("ending in %v: %v, want %v", p, got, want)
		}
	}
}
