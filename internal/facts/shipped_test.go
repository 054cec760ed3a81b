package facts

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func shipped(t *testing.T) *Snapshot {
	t.Helper()
	s, problems := Load(os.DirFS("../../facts"), Options{Units: testUnits(t)})
	if len(problems) > 0 {
		t.Fatal(problems.Error())
	}
	return s
}

// The figures and claims of the article, all of them and no more.
func TestShippedFigures(t *testing.T) {
	s := shipped(t)
	var got []string
	for o := range s.Observations() {
		got = append(got, fmt.Sprintf("%s %s %s %s %s", o.Indicator, o.Area, o.Period, o.Measure, o.Value))
	}
	for _, c := range s.Claims() {
		got = append(got, fmt.Sprintf("%s %s %s %s.%s %s", c.Indicator, c.Area, c.Period, c.Of, c.Kind, c.Value))
	}
	for _, p := range s.Projects() {
		capacity := "unknown"
		if p.Capacity != nil {
			capacity = p.Capacity.String()
		}
		got = append(got, fmt.Sprintf("project %s | %s | %s | %d %t %t", p.ID, p.Investor, capacity, p.ExpectedYear, p.YearInferred, p.OpenList))
	}
	want := strings.Split(strings.TrimSpace(`
industrial_production nghe-an 2020 plan 80000 VND e9
industrial_production nghe-an 2020 estimate 78000 VND e9
retail_sales nghe-an 2020 plan 70000 VND e9
retail_sales nghe-an 2020 estimate 68461 VND e9
export_total nghe-an 2020 plan 1200 USD e6
export_total nghe-an 2020 estimate 1120 USD e6
export_goods nghe-an 2020 plan 850 USD e6
export_goods nghe-an 2020 estimate 810 USD e6
industrial_production nghe-an 2021 plan 90480 VND e9
retail_sales nghe-an 2021 plan 73000 VND e9
export_total nghe-an 2021 plan 850 USD e6
industrial_production nghe-an 2020 estimate.attainment 97.5 percent
iip nghe-an 2020 estimate.growth 6.36 percent
retail_sales nghe-an 2020 estimate.growth 7.5 percent
retail_sales nghe-an 2020 estimate.attainment 97.8 percent
export_total nghe-an 2020 estimate.attainment 93.33 percent
export_goods nghe-an 2020 estimate.attainment 95.3 percent
iip nghe-an 2021 plan.growth 15 percent
industrial_production nghe-an 2021 plan.growth 16 percent
retail_sales nghe-an 2021 plan.growth 8.8 percent
export_total nghe-an 2021 plan.growth 6.25 percent
project xi-mang-tan-thang |  | 2 t/year e6 | 2021 true false
project vien-nen-biomass-fuel | Công ty TNHH Biomass Fuel Việt Nam | 120000 t/year | 2021 true false
project vien-nen-dkc | Công ty CP Năng lượng DKC | 60000 t/year | 2021 true false
project luxshare-ict | Công ty TNHH Luxshare - ICT | 62.5 item/year e6 | 2021 true false
project duong-long-glucose |  | 150 t/day | 2021 true false
project may-mac-dinh-vang |  | unknown | 2021 true true
project may-mac-an-hung |  | unknown | 2021 true true
project may-mac-nam-thuan |  | unknown | 2021 true true`), "\n")
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if s.DefaultArea() != "nghe-an" || s.Sources()[0].Date != "2020-12-28" || len(s.Revision()) != 12 {
		t.Error(s.DefaultArea(), s.Sources()[0], s.Revision())
	}
}

// Every figure, claim, project and statement says where it stands; every statement is in both languages and can be asked for.
func TestShippedPlaces(t *testing.T) {
	s := shipped(t)
	for o := range s.Observations() {
		if o.Locator == "" || o.At.Line == 0 {
			t.Errorf("%s %s: no place", o.Indicator, o.Period)
		}
	}
	for _, c := range s.Claims() {
		if c.Locator == "" || c.At.Line == 0 {
			t.Errorf("%s %s %s: no place", c.Indicator, c.Period, c.Kind)
		}
	}
	for _, p := range s.Projects() {
		if p.Locator == "" || len(p.Keywords) == 0 || p.Name["vi"] == "" || p.Name["en"] == "" {
			t.Errorf("project %s is incomplete", p.ID)
		}
	}
	kinds := map[StatementKind]int{}
	for _, st := range s.Statements() {
		kinds[st.Kind]++
		if st.Locator == "" || len(st.Keywords) < 4 || st.Text["vi"] == "" || st.Text["en"] == "" {
			t.Errorf("statement %s is incomplete", st.ID)
		}
	}
	for _, k := range statementKinds {
		if kinds[k] == 0 {
			t.Errorf("no statement of kind %s", k)
		}
	}
}

// The article contradicts itself in three places, and in no more.
func TestShippedNotices(t *testing.T) {
	var got []string
	for _, n := range Notices(shipped(t)) {
		got = append(got, fmt.Sprintf("%s %s %s %s against %s", n.Code, n.Indicator, n.Period, n.Said, n.Against.Number.Round(2)))
		if n.Line == 0 || n.Locator == "" || !strings.HasPrefix(n.String(), "documents/bao-nghe-an-2020-12-28.yaml:") {
			t.Errorf("no place: %s", n)
		}
	}
	want := []string{
		"stated_differs retail_sales 2021 8.8 percent against 6.63",
		"plan_below_realised export_total 2021 850 USD e6 against 1120",
		"stated_differs export_total 2021 6.25 percent against -24.11",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}
