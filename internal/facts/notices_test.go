package facts

import (
	"slices"
	"strings"
	"testing"
)

func TestNotices(t *testing.T) {
	const catalogue = `areas: [{id: a, name: {vi: A}}]
indicators:
  - {id: w, name: {vi: Whole}, unit: tỷ đồng, kind: flow}
  - {id: p, name: {vi: Part}, unit: tỷ đồng, kind: flow, part_of: w}
  - {id: q, name: {vi: Other part}, unit: tỷ đồng, kind: flow, part_of: w}
  - {id: i, name: {vi: Index}, unit: "%", kind: index}
`
	for name, c := range map[string]struct {
		older, figures string
		want           []string
	}{
		"growth agrees when rounded":   {"", "{indicator: w, period: 2019, actual: 63684.7}|{indicator: w, period: 2020, estimate: 68461, growth: 7.5}", nil},
		"growth of one digit less":     {"", "{indicator: w, period: 2019, actual: 100}|{indicator: w, period: 2020, actual: 107.5, growth: 8}", nil},
		"growth differs":               {"", "{indicator: w, period: 2019, actual: 100}|{indicator: w, period: 2020, actual: 107.5, growth: 7}", []string{"stated_differs w 2020 7 / 7.5"}},
		"growth without a base":        {"", "{indicator: w, period: 2020, actual: 107.5, growth: 7}", nil},
		"growth of a zero base":        {"", "{indicator: w, period: 2019, actual: 0}|{indicator: w, period: 2020, actual: 107.5, growth: 7}", nil},
		"growth against the month":     {"", "{indicator: w, period: 2020-01, actual: 100}|{indicator: w, period: 2020-02, actual: 90, growth_prev: -11}", []string{"stated_differs w 2020-02 -11 / -10"}},
		"levels of an index":           {"", "{indicator: i, period: 2019, actual: 108}|{indicator: i, period: 2020, actual: 106, growth: 6}", nil},
		"attainment agrees":            {"", "{indicator: w, period: 2020, plan: 850, actual: 810, attainment: 95.3}", nil},
		"attainment differs":           {"", "{indicator: w, period: 2020, plan: 850, actual: 810, attainment: 95.2}", []string{"stated_differs w 2020 95.2 / 1620/17"}},
		"attainment of the year":       {"", "{indicator: w, period: 2020, plan: 200}|{indicator: w, period: 2020-Q1, actual: 50, attainment: 30}", []string{"stated_differs w 2020-Q1 30 / 25"}},
		"attainment of the right plan": {"", "{indicator: w, period: 2020, plan: 100, assigned_by: X}|{indicator: w, period: 2020, plan: 80, assigned_by: Y}|{indicator: w, period: 2020, actual: 88, attainment: 110, assigned_by: Y}", nil},
		"plan below":                   {"", "{indicator: w, period: 2019, estimate: 101}|{indicator: w, period: 2020, plan: 100}", []string{"plan_below_realised w 2020 100 / 101"}},
		"plan equal":                   {"", "{indicator: w, period: 2019, estimate: 100}|{indicator: w, period: 2020, plan: 100}", nil},
		"plan of a month":              {"", "{indicator: w, period: 2019-03, estimate: 9}|{indicator: w, period: 2020, plan: 8}", nil},
		"contribution agrees":          {"", "{indicator: w, period: 2019, actual: 200}|{indicator: p, period: 2019, actual: 100}|{indicator: p, period: 2020, actual: 110, contribution: 5}", nil},
		"contribution differs":         {"", "{indicator: w, period: 2019, actual: 200}|{indicator: p, period: 2019, actual: 100}|{indicator: p, period: 2020, actual: 110, contribution: 6}", []string{"stated_differs p 2020 6 / 5"}},
		"part over":                    {"", "{indicator: w, period: 2020, actual: 1, unit: nghìn tỷ đồng}|{indicator: p, period: 2020, actual: 1001}", []string{"parts_over_whole p 2020 1001 / 1"}},
		"parts over":                   {"", "{indicator: w, period: 2020, actual: 10}|{indicator: p, period: 2020, actual: 6}|{indicator: q, period: 2020, actual: 5}", []string{"parts_over_whole w 2020 11 / 10"}},
		"parts fit":                    {"", "{indicator: w, period: 2020, actual: 11}|{indicator: p, period: 2020, actual: 6}|{indicator: q, period: 2020, actual: 5}", nil},
		"plan of the part":             {"", "{indicator: w, period: 2020, actual: 10}|{indicator: p, period: 2020, plan: 12}", nil},
		"revised":                      {"{indicator: w, period: 2020, actual: 10}", "{indicator: w, period: 2020, actual: 12}", []string{"revised w 2020 10 / 12"}},
		"rounded in the older":         {"{indicator: w, period: 2020, actual: 10}", "{indicator: w, period: 2020, actual: 10.4}", nil},
		"another measure":              {"{indicator: w, period: 2020, estimate: 10}", "{indicator: w, period: 2020, actual: 12}", nil},
		"another's plan":               {"{indicator: w, period: 2020, plan: 10, assigned_by: X}", "{indicator: w, period: 2020, plan: 12, assigned_by: Y}", nil},
	} {
		doc := func(date, figures string) string {
			out := "source: {title: T, date: " + date + "}\narea: a\nfigures:\n"
			for _, f := range strings.Split(figures, "|") {
				out += "  - " + f + "\n"
			}
			return out
		}
		files := map[string]string{"catalogue.yaml": catalogue, "documents/new.yaml": doc("2021-02-01", c.figures)}
		if c.older != "" {
			files["documents/old.yaml"] = doc("2021-01-01", c.older)
		}
		var got []string
		for _, n := range Notices(mustLoad(t, files)) {
			got = append(got, strings.Join([]string{string(n.Code), n.Indicator, n.Period.String(), n.Said.Number.String(), "/", n.Against.Number.String()}, " "))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestSourcesDisagree(t *testing.T) {
	doc := "source: {title: T, date: 2021-01-01}\narea: a\nfigures:\n  - {indicator: xk, period: 2020, actual: "
	ns := Notices(mustLoad(t, map[string]string{"catalogue.yaml": goodCatalogue, "documents/x.yaml": doc + "3}\n", "documents/y.yaml": doc + "4}\n"}))
	if len(ns) != 1 || ns[0].Code != SourcesDisagree || ns[0].String() !=
		"documents/y.yaml:4: sources_disagree: actual of xk in a in 2020 is 4 USD e6 here, 3 USD e6 in documents/x.yaml:4 (2021-01-01)" {
		t.Error(ns)
	}
}
