package reply

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

var update = flag.Bool("update", false, "write the golden files anew")

// special are answers that no computation over the small world gives: what the engine adds, and kinds of doubt that need odd facts.
func special(lang string) []named {
	y20, y21 := period.OfYear(2020), period.OfYear(2021)
	exports := func(m facts.Measure, p period.Period, v string) qa.Result {
		return qa.Result{Op: qa.Value, Indicator: "exports", Name: text("Tổng kim ngạch xuất khẩu", "Total exports"), Area: "nghe-an", AreaName: text("Nghệ An", "Nghe An"),
			Period: p, Measure: m.String(), Of: m, HasValue: true, Value: figure(v, "USD", 6), Basis: qa.Stored, Source: "doc"}
	}
	as := func(r qa.Result, change func(*qa.Result)) qa.Result { change(&r); return r }
	input := func(r qa.Result) qa.Input {
		return qa.Input{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area, AreaName: r.AreaName, Source: r.Source, Basis: r.Basis, Of: r.Of}
	}
	older := input(exports(facts.Actual, y20, "1099"))
	newer := input(exports(facts.Actual, y20, "1120"))
	doc := qa.SourceRef{ID: "doc", Title: "Báo cáo", Publisher: "Báo Thử Nghiệm", Date: "2020-12", Locator: strings.Repeat("bảng phụ lục số hai ", 6)}
	answered := func(results ...qa.Result) qa.Answer {
		return qa.Answer{Lang: lang, Status: qa.Answered, Op: results[0].Op, Results: results, Sources: []qa.SourceRef{doc}}
	}
	with := func(a qa.Answer, change func(*qa.Answer)) qa.Answer { change(&a); return a }
	yes := true
	percent := func(v string) *quantity.Quantity { q := figure(v, quantity.Percent, 0); return &q }
	goods := func(op qa.Op, v string) qa.Result {
		return qa.Result{Op: op, Measure: string(op), Indicator: "goods", PartOf: "exports", Name: text("Xuất khẩu hàng hóa", "Exports of goods"), Area: "nghe-an",
			AreaName: text("Nghệ An", "Nghe An"), Period: y20, BasePeriod: y20.AddYears(-1), HasValue: true, Value: figure(v, quantity.PP, 0), Basis: qa.Stated, Source: "doc"}
	}
	many := answered(exports(facts.Actual, y20, "1120"))
	for _, title := range []string{"Hai", "Ba", "Bốn", "Năm"} {
		many.Sources = append(many.Sources, qa.SourceRef{ID: title, Title: title})
	}
	first := answered(exports(facts.Estimate, y20, "1120"))
	second := qa.Answer{Lang: lang, Status: qa.NoData, Op: qa.Value, Lacks: []qa.Lack{{Kind: qa.LackIndicator, Name: text("Nhập khẩu", "Imports"), Period: y20}}}
	return []named{
		{"hello", qa.Answer{Lang: lang, Status: qa.Helped, Notes: []qa.Note{{Code: "hello"}}, Available: &qa.Available{
			Indicators: []facts.Text{text("Tổng kim ngạch xuất khẩu", "Total exports"), text("Dân số", "Population")}, Periods: []period.Period{y20}}}},
		{"thanks", qa.Answer{Lang: lang, Status: qa.Helped, Notes: []qa.Note{{Code: "thanks"}}}},
		{"clarify", qa.Answer{Lang: lang, Status: qa.Clarify, Options: []qa.Option{{Label: text("Nghệ An", "Nghe An")}, {Text: "xuất khẩu Quảng Ninh 2020?"}}}},
		{"clarify-open", qa.Answer{Lang: lang, Status: qa.Clarify, Lacks: []qa.Lack{{Kind: qa.LackContext}}}},
		{"two-questions", qa.Answer{Lang: lang, Status: qa.Answered, Op: qa.Value, Results: first.Results, Sources: first.Sources, Parts: []qa.Answer{first, second}}},
		{"yes-more", with(answered(exports(facts.Actual, y20, "1120")), func(a *qa.Answer) { a.YesNo, a.Query.YesNo = &yes, qa.IsMore })},
		{"two-plans", answered(as(exports(facts.Plan, y21, "850"), func(r *qa.Result) { r.Assigned = "trung ương" }),
			as(exports(facts.Plan, y21, "900"), func(r *qa.Result) { r.Assigned = "HĐND tỉnh" }))},
		{"sources-disagree", with(answered(exports(facts.Actual, y20, "1120"), as(exports(facts.Actual, y20, "1099"), func(r *qa.Result) { r.Company = true })), func(a *qa.Answer) {
			a.Warnings = []qa.Warning{{Code: qa.SourcesDisagree, Indicator: "exports", Area: "nghe-an", Period: y20, Newer: &newer, Older: &older}}
		})},
		{"series-break", with(answered(exports(facts.Actual, y20, "1120")), func(a *qa.Answer) {
			a.Warnings = []qa.Warning{{Code: qa.SeriesBreak, Indicator: "exports", Period: period.OfMonth(2025, 7), Note: text("hợp nhất tỉnh", "merged provinces")}}
		})},
		{"assumed-warning", with(answered(exports(facts.Actual, y20, "1120")), func(a *qa.Answer) {
			a.Warnings = []qa.Warning{{Code: qa.Assumed, Typed: "xuat khảu", Meant: "xuất khẩu"}}
		})},
		{"attainment-differs", with(answered(as(exports(facts.Actual, y20, "0"), func(r *qa.Result) {
			r.Op, r.Measure, r.Basis, r.Value, r.Of = qa.Attainment, "attainment", qa.Stated, *percent("88.5"), facts.Actual
		})), func(a *qa.Answer) {
			a.Warnings = []qa.Warning{{Code: qa.StatedDiffers, Indicator: "exports", Period: y20, Of: qa.Attainment, Stated: percent("88.5"), Computed: percent("85.25")}}
		})},
		{"contribution", answered(goods(qa.Contribution, "2.5"))},
		{"contribution-down", answered(goods(qa.Contribution, "-0.4"))},
		{"preliminary", answered(exports(facts.Preliminary, y20, "1120.5"))},
		{"quarter-growth", answered(as(exports(facts.Actual, period.OfQuarter(2021, 1), "0"), func(r *qa.Result) {
			r.Op, r.Measure, r.Value, r.Basis, r.BasePeriod = qa.Growth, "growth", *percent("-3.2"), qa.Stated, period.OfQuarter(2020, 1)
		}))},
		{"no-change", answered(as(exports(facts.Actual, y20, "0"), func(r *qa.Result) {
			r.Op, r.Measure, r.Value, r.BasePeriod = qa.Growth, "growth", *percent("0"), y20.AddYears(-1)
		}))},
		{"many-sources", many},
		{"hostile", with(answered(as(exports(facts.Actual, y20, "1120"), func(r *qa.Result) {
			r.Name = text("</b><script>\x01\x02\n\"&", "<i>&amp;\u202e")
		})), func(a *qa.Answer) { a.Sources[0].Title = "<a href=\"x\">\x06</a>" })},
		{"lack-of-everything", qa.Answer{Lang: lang, Status: qa.NoData, Op: qa.Value, Lacks: allLacks()}},
		{"unknown-codes", with(answered(exports(facts.Actual, y20, "1120")), func(a *qa.Answer) {
			a.Notes = []qa.Note{{Code: "new"}}
			a.Warnings = []qa.Warning{{Code: "new"}}
			a.Lacks = []qa.Lack{{Kind: "new"}}
		})},
		{"unknown-operation", qa.Answer{Lang: lang, Status: qa.Answered, Op: "new", Results: []qa.Result{{Op: "new", Measure: "new", HasValue: true, Value: figure("5", "ha", 0)}}}},
		{"empty", qa.Answer{}},
		{"answered-with-nothing", qa.Answer{Lang: lang, Status: qa.Answered}},
	}
}

// named is an answer with its name in golden files.
type named struct {
	name string
	a    qa.Answer
}

// allLacks has one lack of every kind.
func allLacks() []qa.Lack {
	var list []qa.Lack
	for _, kind := range constants(nil, "Lack") {
		list = append(list, qa.Lack{Kind: kind, Name: text("A", "A"), Text: "b"})
	}
	return list
}

// everything are the computed and the special answers in a language.
func everything(lang string) []named {
	var list []named
	c := computed(lang)
	for _, q := range queries() {
		list = append(list, named{q.name, c[q.name]})
	}
	return append(list, special(lang)...)
}

func TestGolden(t *testing.T) {
	p := newPrinter(t)
	for _, lang := range languages {
		var b strings.Builder
		for _, n := range everything(lang) {
			b.WriteString("== " + n.name + " · " + string(n.a.Status) + "\n" + p.Write(n.a).HTML() + "\n\n")
		}
		compare(t, "replies."+lang+".golden", b.String())
	}
}

func TestGoldenJSON(t *testing.T) {
	p := newPrinter(t)
	var b strings.Builder
	for _, n := range everything("vi") {
		switch n.name {
		case "value-plan", "attainment", "growth-differs", "convert-days", "project", "statement", "verify-differs", "rank-areas", "attainment-not-yet", "value-context", "clarify",
			"two-questions", "help", "define-part", "hostile":
			b.WriteString("== " + n.name + "\n" + string(p.JSON(n.a)) + "\n\n")
		}
	}
	compare(t, "json.golden", b.String())
}

// compare holds a text against a golden file; with -update it writes the file.
func compare(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	section := ""
	for i := 0; i < len(gotLines) || i < len(wantLines); i++ {
		g, w := "", ""
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if g == w {
			if strings.HasPrefix(g, "== ") {
				section = g
			}
			continue
		}
		t.Fatalf("%s:%d, in %q:\n got %s\nwant %s\n(-update writes it anew)", path, i+1, section, g, w)
	}
}
