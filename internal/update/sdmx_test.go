package update

import (
	"bytes"
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Every figure and claim of the shipped facts is a row, with its value as it was written.
func TestWriteSDMX(t *testing.T) {
	s, problems := facts.Load(os.DirFS("../../facts"), facts.Options{Units: options(t).Units})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var b bytes.Buffer
	if err := WriteSDMX(&b, s); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if n := s.ObservationCount() + len(s.Claims()); len(rows) != n+1 || !slices.Equal(rows[0], sdmxHeader) {
		t.Fatalf("%d rows for %d figures", len(rows), n)
	}
	find := func(indicator, measure, at string) string {
		for _, r := range rows[1:] {
			if r[5] == indicator && r[6] == measure && r[9] == at {
				return strings.Join([]string{r[3], r[10], r[11], r[12], r[14]}, " ")
			}
		}
		return ""
	}
	for _, c := range [][4]string{
		{"export_total", "ESTIMATE", "2020", "A 1120 USD 6 E"}, {"export_total", "PLAN", "2021", "A 850 USD 6 F"}, {"iip", "ESTIMATE_GROWTH", "2020", "A 6.36 percent 0 E"},
		{"export_total", "ESTIMATE_ATTAINMENT", "2020", "A 93.33 percent 0 E"},
	} {
		if got := find(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("%s %s %s: %q, want %q", c[0], c[1], c[2], got, c[3])
		}
	}
	for _, r := range rows[1:] {
		if r[0] != "datastructure" || !regexp.MustCompile(`^\w+:\w+\(\d+\.\d+\)$`).MatchString(r[1]) || r[2] != "I" {
			t.Errorf("row %q", r)
		}
	}
}

// Each kind of period has its code and the notation of SDMX; nothing is a formula.
func TestSDMXPeriodsAndFormulas(t *testing.T) {
	var os []facts.Observation
	periods := []period.Period{period.OfYear(2020), period.OfHalf(2020, 2), period.OfQuarter(2020, 3), period.OfMonth(2020, 7), period.Cumul(2020, 7)}
	for _, p := range periods {
		os = append(os, facts.Observation{Indicator: "x", Area: "a", Period: p, Measure: facts.Actual, Value: quantity.Quantity{Number: quantity.Int(-5), Unit: "t", Decimals: 0},
			Source: &facts.Source{ID: "s", Title: "=1+1"}, Locator: "@x"})
	}
	var b bytes.Buffer
	if err := WriteSDMX(&b, facts.NewSnapshot(facts.Model{Observations: os})); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows[1:] {
		got = append(got, r[3]+" "+r[9])
		if r[15] != "'=1+1" || r[17] != "'@x" || r[10] != "-5" {
			t.Errorf("cells %q", r)
		}
	}
	if want := []string{"A 2020", "S 2020-S2", "Q 2020-Q3", "M 2020-07", "_O 2020-01-01/P7M"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
