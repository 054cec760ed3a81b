package reply

import (
	"os"
	"testing"
	"time"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
	"factbot/internal/words"
	"factbot/locales"
)

func newPrinter(t testing.TB) *Printer {
	t.Helper()
	w, err := words.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadMessages(os.DirFS("../../locales"))
	if err != nil {
		t.Fatal(err)
	}
	return New(w.Units, m)
}

func text(vi, en string) facts.Text { return facts.Text{"vi": vi, "en": en} }

// figure is a stored quantity: digits as a source writes them.
func figure(digits string, unit quantity.Unit, mult int) quantity.Quantity {
	n, d, err := quantity.ParseNumber(digits)
	if err != nil {
		panic(err)
	}
	return quantity.Quantity{Number: n, Unit: unit, Mult: mult, Decimals: d}
}

// world is a small set of facts with a bit of everything that an answer may hold.
func world() *facts.Snapshot {
	doc := &facts.Source{ID: "doc-2020", Title: "Báo cáo năm 2020", Publisher: "Báo Thử Nghiệm", Date: "2020-12-28", URL: "https://example.org/a?b=1&c=2"}
	later := &facts.Source{ID: "doc-2021", Title: "Niên giám", Publisher: "Cục Thống kê", Date: "2021-06-30", Note: text("bản in", "in print")}
	observe := func(ind, area, p string, m facts.Measure, v quantity.Quantity, src *facts.Source) facts.Observation {
		at, err := period.Parse(p)
		if err != nil {
			panic(err)
		}
		return facts.Observation{Indicator: ind, Area: area, Period: at, Measure: m, Value: v, Source: src, Locator: "đoạn 3"}
	}
	claim := func(ind, p string, k facts.ClaimKind, of facts.Measure, v string) facts.Claim {
		at, err := period.Parse(p)
		if err != nil {
			panic(err)
		}
		return facts.Claim{Indicator: ind, Area: "nghe-an", Period: at, Kind: k, Of: of, Value: figure(v, quantity.Percent, 0), Source: doc, Locator: "đoạn 4"}
	}
	capacity := figure("120000", "t/year", 0)
	daily := figure("150", "t/day", 0)
	money := figure("100", "USD", 6)
	m := facts.Model{
		DefaultArea: "nghe-an",
		Areas: []*facts.Area{{ID: "nghe-an", Name: text("Nghệ An", "Nghe An"), PartOf: "viet-nam"}, {ID: "quang-ninh", Name: text("Quảng Ninh", "Quang Ninh"), PartOf: "viet-nam"},
			{ID: "viet-nam", Name: text("Việt Nam", "Viet Nam")}},
		Indicators: []*facts.Indicator{
			{ID: "output", Name: text("Giá trị sản xuất công nghiệp", "Value of industrial production"), Unit: "VND", Mult: 9, Kind: facts.Flow, Definition: text("Toàn bộ giá trị sản phẩm công nghiệp làm ra trong kỳ.", "The value of all industrial products made in a period.")},
			{ID: "retail", Name: text("Tổng mức bán lẻ hàng hóa", "Retail sales of goods"), Unit: "VND", Mult: 9, Kind: facts.Flow},
			{ID: "exports", Name: text("Tổng kim ngạch xuất khẩu", "Total exports"), Unit: "USD", Mult: 6, Kind: facts.Flow},
			{ID: "goods", Name: text("Xuất khẩu hàng hóa", "Exports of goods"), Unit: "USD", Mult: 6, Kind: facts.Flow, PartOf: "exports"},
			{ID: "iip", Name: text("Chỉ số sản xuất công nghiệp", "Index of industrial production"), Unit: "percent", Kind: facts.Index},
			{ID: "poverty", Name: text("Tỷ lệ hộ nghèo", "Poverty rate"), Unit: "percent", Kind: facts.Rate},
		},
		Sources: []*facts.Source{doc, later},
		Observations: []facts.Observation{
			observe("output", "nghe-an", "2020", facts.Estimate, figure("78000", "VND", 9), doc),
			observe("output", "nghe-an", "2020", facts.Plan, figure("80000", "VND", 9), doc),
			observe("output", "nghe-an", "2021", facts.Plan, figure("90480", "VND", 9), doc),
			observe("output", "quang-ninh", "2020", facts.Actual, figure("81234.5", "VND", 9), later),
			observe("retail", "nghe-an", "2020", facts.Estimate, figure("68461", "VND", 9), doc),
			observe("retail", "nghe-an", "2020", facts.Plan, figure("70000", "VND", 9), doc),
			observe("retail", "nghe-an", "2021", facts.Plan, figure("73000", "VND", 9), doc),
			observe("retail", "nghe-an", "2021-01", facts.Actual, figure("5100.5", "VND", 9), later),
			observe("retail", "nghe-an", "2021-02", facts.Actual, figure("4900", "VND", 9), later),
			observe("retail", "nghe-an", "2021-01-01/P7M", facts.Preliminary, figure("41000", "VND", 9), later),
			observe("retail", "nghe-an", "2021-07", facts.Preliminary, figure("6000", "VND", 9), later),
			observe("exports", "nghe-an", "2020", facts.Estimate, figure("1120", "USD", 6), doc),
			observe("exports", "nghe-an", "2020", facts.Plan, figure("1200", "USD", 6), doc),
			observe("exports", "nghe-an", "2021", facts.Plan, figure("850", "USD", 6), doc),
			observe("exports", "quang-ninh", "2020", facts.Estimate, figure("2230", "USD", 6), doc),
			observe("exports", "quang-ninh", "2020", facts.Actual, figure("2210.4", "USD", 6), later),
			observe("goods", "nghe-an", "2020", facts.Estimate, figure("810", "USD", 6), doc),
			observe("goods", "nghe-an", "2020", facts.Plan, figure("850", "USD", 6), doc),
			observe("poverty", "nghe-an", "2019", facts.Actual, figure("4.11", "percent", 0), doc),
			observe("poverty", "nghe-an", "2020", facts.Actual, figure("3.42", "percent", 0), doc),
		},
		Claims: []facts.Claim{
			claim("iip", "2020", facts.Growth, facts.Estimate, "6.36"), claim("iip", "2021", facts.Growth, facts.Plan, "15"),
			claim("output", "2021", facts.Growth, facts.Plan, "16"), claim("retail", "2020", facts.Growth, facts.Estimate, "7.5"),
			claim("retail", "2021", facts.Growth, facts.Plan, "8.8"), claim("exports", "2021", facts.Growth, facts.Plan, "6.25"),
		},
		Projects: []*facts.Project{
			{ID: "pellets", Name: text("Dự án viên nén <A & B>", "Pellet project <A & B>"), Investor: "Công ty \"A&B\"", Product: text("viên nén", "pellets"), Area: "nghe-an",
				Capacity: &capacity, Investment: &money, Status: text("dự kiến hoạt động", "expected to start"), ExpectedYear: 2021, YearInferred: true, OpenList: true, Source: doc, Locator: "đoạn 6"},
			{ID: "glucose", Name: text("Dự án đường glucose", "Glucose project"), Area: "nghe-an", Capacity: &daily, Source: doc},
			{ID: "garments", Name: text("Nhà máy may", "Garment plant"), Area: "nghe-an", Investor: "Nam Thuận", Source: doc},
		},
		Statements: []*facts.Statement{
			{ID: "cause", Kind: facts.Cause, Text: text("Khó khăn do dịch Covid-19.", "Hardship through Covid-19."), Period: period.OfYear(2020), Area: "nghe-an", Source: doc, Locator: "đoạn 1"},
			{ID: "solution", Kind: facts.Solution, Text: text("Thu hút đầu tư.", "Attract investment."), Period: period.OfYear(2021), Area: "nghe-an", Source: doc, Locator: "đoạn 9"},
		},
		Revision: "r1",
	}
	return facts.NewSnapshot(m)
}

var now = time.Date(2021, 1, 15, 0, 0, 0, 0, time.UTC)

// asked is a query with its name in golden files.
type asked struct {
	name string
	q    qa.Query
}

// queries are one or more of every operation.
func queries() []asked {
	y20, y21, y19 := period.OfYear(2020), period.OfYear(2021), period.OfYear(2019)
	at := func(p ...period.Period) []period.Period { return p }
	of := func(ids ...string) []string { return ids }
	claimed, assumedValue, tenPercent := figure("1210", "USD", 6), figure("1150", "USD", 6), figure("10", quantity.Percent, 0)
	bare := figure("78000", "", 0)
	in := func(slot, value string, from qa.Origin) qa.Slot { return qa.Slot{Name: slot, Value: value, From: from} }
	return []asked{
		{"value", qa.Query{Op: qa.Value, Indicators: of("exports"), Periods: at(y20)}},
		{"value-plan", qa.Query{Op: qa.Value, Indicators: of("exports"), Periods: at(y21), Measure: facts.Plan}},
		{"value-only-plan", qa.Query{Op: qa.Value, Indicators: of("output"), Periods: at(y21)}},
		{"value-index", qa.Query{Op: qa.Value, Indicators: of("iip"), Periods: at(y20)}},
		{"value-all", qa.Query{Op: qa.Value, Periods: at(y21), Measure: facts.Plan}},
		{"value-latest", qa.Query{Op: qa.Value, Indicators: of("retail")}},
		{"value-cumulative", qa.Query{Op: qa.Value, Indicators: of("retail"), Periods: at(y21)}},
		{"value-revised", qa.Query{Op: qa.Value, Indicators: of("exports"), Areas: of("quang-ninh"), Periods: at(y20)}},
		{"value-two-areas", qa.Query{Op: qa.Value, Indicators: of("exports"), Areas: of("nghe-an", "quang-ninh"), Periods: at(y20)}},
		{"value-added-up", qa.Query{Op: qa.Value, Indicators: of("retail"), Periods: at(period.Cumul(2021, 2))}},
		{"value-context", qa.Query{Op: qa.Value, Indicators: of("exports"), Periods: at(y20),
			Slots: []qa.Slot{in("operation", "value", qa.FromContext), in("indicator", "exports", qa.FromCorrection), in("period", "2020", qa.FromContext), in("area", "nghe-an", qa.FromContext)}}},
		{"attainment", qa.Query{Op: qa.Attainment, Indicators: of("exports"), Periods: at(y20)}},
		{"attainment-yes-no", qa.Query{Op: qa.Attainment, Indicators: of("output"), Periods: at(y20), YesNo: qa.IsReached}},
		{"attainment-all", qa.Query{Op: qa.Attainment, Periods: at(y20)}},
		{"attainment-part-year", qa.Query{Op: qa.Attainment, Indicators: of("retail"), Periods: at(y21)}},
		{"attainment-not-yet", qa.Query{Op: qa.Attainment, Indicators: of("exports"), Periods: at(y21)}},
		{"gap", qa.Query{Op: qa.Gap, Indicators: of("retail"), Periods: at(y20)}},
		{"growth-stated", qa.Query{Op: qa.Growth, Indicators: of("retail"), Periods: at(y20)}},
		{"growth-differs", qa.Query{Op: qa.Growth, Indicators: of("exports"), Periods: at(y21)}},
		{"growth-all", qa.Query{Op: qa.Growth, Periods: at(y21)}},
		{"growth-on-plan", qa.Query{Op: qa.Growth, Indicators: of("exports"), Periods: at(y20), Base: qa.Base{Kind: qa.PlanBase}}},
		{"growth-rate", qa.Query{Op: qa.Growth, Indicators: of("poverty"), Periods: at(y20)}},
		{"change", qa.Query{Op: qa.Change, Indicators: of("output"), Periods: at(y20, y21)}},
		{"change-stated-differs", qa.Query{Op: qa.Change, Indicators: of("retail"), Periods: at(y20, y21)}},
		{"change-index", qa.Query{Op: qa.Change, Indicators: of("iip"), Periods: at(y20, y21)}},
		{"change-two", qa.Query{Op: qa.Change, Indicators: of("output", "retail"), Periods: at(y20)}},
		{"change-two-areas", qa.Query{Op: qa.Change, Indicators: of("exports"), Areas: of("quang-ninh", "nghe-an"), Periods: at(y20)}},
		{"required-growth", qa.Query{Op: qa.RequiredGrowth, Indicators: of("output"), Periods: at(y21)}},
		{"required-growth-below", qa.Query{Op: qa.RequiredGrowth, Indicators: of("exports"), Periods: at(y21)}},
		{"pace", qa.Query{Op: qa.Pace, Indicators: of("exports"), Periods: at(y21)}},
		{"pace-quarter", qa.Query{Op: qa.Pace, Indicators: of("output"), Periods: at(y21), Per: period.Quarter}},
		{"pace-left", qa.Query{Op: qa.Pace, Indicators: of("retail"), Periods: at(y21)}},
		{"share", qa.Query{Op: qa.Share, Indicators: of("goods"), Periods: at(y20)}},
		{"share-areas", qa.Query{Op: qa.Share, Periods: at(y20), Pair: []qa.Ref{{Indicator: "exports", Area: "nghe-an", Period: y20}, {Indicator: "exports", Area: "quang-ninh", Period: y20}}}},
		{"remainder", qa.Query{Op: qa.Remainder, Indicators: of("exports", "goods"), Periods: at(y20)}},
		{"ratio", qa.Query{Op: qa.Ratio, Indicators: of("output", "retail"), Periods: at(y20)}},
		{"total", qa.Query{Op: qa.Total, Indicators: of("output", "retail"), Periods: at(y20)}},
		{"total-months", qa.Query{Op: qa.Total, Indicators: of("retail"), Periods: at(period.OfMonth(2021, 1), period.OfMonth(2021, 2))}},
		{"total-projects", qa.Query{Op: qa.Total, Projects: of("pellets"), Over: qa.OverProjects}},
		{"total-units", qa.Query{Op: qa.Total, Indicators: of("output", "exports"), Periods: at(y20)}},
		{"average", qa.Query{Op: qa.Average, Indicators: of("retail"), Periods: at(period.Cumul(2021, 2))}},
		{"count-projects", qa.Query{Op: qa.CountOf, Over: qa.OverProjects}},
		{"count-missed", qa.Query{Op: qa.CountOf, By: qa.Attainment, Periods: at(y20), Limit: &qa.Limit{Cmp: qa.Less, Plan: true}}},
		{"rank", qa.Query{Op: qa.Rank, By: qa.Attainment, Periods: at(y20)}},
		{"rank-areas", qa.Query{Op: qa.Rank, By: qa.Value, Over: qa.OverAreas, Indicators: of("exports"), Periods: at(y20)}},
		{"rank-projects", qa.Query{Op: qa.Rank, Over: qa.OverProjects, By: qa.Value}},
		{"list-documents", qa.Query{Op: qa.List, Over: qa.OverDocuments}},
		{"list-projects", qa.Query{Op: qa.List, Over: qa.OverProjects}},
		{"filter", qa.Query{Op: qa.Filter, By: qa.Growth, Periods: at(y21), Limit: &qa.Limit{Cmp: qa.More, Than: tenPercent}}},
		{"filter-none", qa.Query{Op: qa.Filter, By: qa.Growth, Periods: at(y21), Limit: &qa.Limit{Cmp: qa.More, Than: figure("50", quantity.Percent, 0)}}},
		{"backcast", qa.Query{Op: qa.Backcast, Indicators: of("retail"), Periods: at(y19)}},
		{"convert", qa.Query{Op: qa.Convert, Indicators: of("retail"), Periods: at(y20), Unit: "VND", Mult: 12, HasUnit: true}},
		{"convert-days", qa.Query{Op: qa.Convert, Projects: of("glucose"), Unit: "t/year", HasUnit: true}},
		{"convert-rate", qa.Query{Op: qa.Convert, Indicators: of("exports"), Periods: at(y20), Unit: "VND", Mult: 9, HasUnit: true}},
		{"convert-number", qa.Query{Op: qa.Convert, Claimed: &claimed, Unit: "USD", Mult: 9, HasUnit: true}},
		{"trend", qa.Query{Op: qa.Trend, Indicators: of("exports"), AllPeriods: true}},
		{"project", qa.Query{Op: qa.ProjectFacts, Projects: of("pellets")}},
		{"project-capacity", qa.Query{Op: qa.ProjectFacts, Projects: of("glucose"), Field: qa.CapacityField}},
		{"project-investor", qa.Query{Op: qa.ProjectFacts, Projects: of("pellets", "garments"), Field: qa.InvestorField}},
		{"project-investment-unknown", qa.Query{Op: qa.ProjectFacts, Projects: of("glucose"), Field: qa.InvestmentField}},
		{"statement", qa.Query{Op: qa.StatementOf, Kinds: []facts.StatementKind{facts.Cause}, Periods: at(y20)}},
		{"statement-several", qa.Query{Op: qa.StatementOf, Statements: of("cause", "solution")}},
		{"statement-premise", qa.Query{Op: qa.StatementOf, Kinds: []facts.StatementKind{facts.Cause}, Periods: at(y20), Premise: &qa.Premise{Verdict: qa.IsExceeded, Ref: qa.Ref{Indicator: "exports", Period: y20}}}},
		{"source", qa.Query{Op: qa.SourceOf, Of: qa.Value, Indicators: of("exports"), Periods: at(y20)}},
		{"verify-agrees", qa.Query{Op: qa.Verify, Indicators: of("output"), Periods: at(y20), Claimed: &bare}},
		{"verify-differs", qa.Query{Op: qa.Verify, Indicators: of("exports"), Periods: at(y20), Claimed: &claimed}},
		{"verify-growth", qa.Query{Op: qa.Verify, Of: qa.Growth, Indicators: of("retail"), Periods: at(y21), Claimed: &tenPercent}},
		{"explain", qa.Query{Op: qa.Explain, Of: qa.Attainment, Indicators: of("exports"), Periods: at(y20)}},
		{"explain-stated", qa.Query{Op: qa.Explain, Of: qa.Growth, Indicators: of("retail"), Periods: at(y20)}},
		{"explain-pace", qa.Query{Op: qa.Explain, Of: qa.Pace, Indicators: of("retail"), Periods: at(y21)}},
		{"explain-formula", qa.Query{Op: qa.Explain, Of: qa.Growth}},
		{"define", qa.Query{Op: qa.Define, Indicators: of("output")}},
		{"define-part", qa.Query{Op: qa.Define, Indicators: of("goods")}},
		{"coverage", qa.Query{Op: qa.Coverage}},
		{"coverage-indicator", qa.Query{Op: qa.Coverage, Indicators: of("retail")}},
		{"whatif", qa.Query{Op: qa.WhatIf, Indicators: of("exports"), Periods: at(y20), Assumed: &assumedValue, Of: qa.Value}},
		{"whatif-growth", qa.Query{Op: qa.WhatIf, Indicators: of("output"), Periods: at(y21), Assumed: &tenPercent, Of: qa.Growth}},
		{"contribution", qa.Query{Op: qa.Contribution, Indicators: of("goods"), Periods: at(y20)}},
		{"no-data-period", qa.Query{Op: qa.Value, Indicators: of("exports"), Periods: at(period.OfYear(2017))}},
		{"no-data-indicator", qa.Query{Op: qa.Value, Unknown: []qa.Unknown{{Kind: qa.UnknownIndicator, Text: "nhập khẩu", Name: text("nhập khẩu", "imports")}}, Periods: at(y20)}},
		{"no-data-area", qa.Query{Op: qa.Value, Indicators: of("exports"), Unknown: []qa.Unknown{{Kind: qa.UnknownArea, Text: "Hà Tĩnh", Name: text("Hà Tĩnh", "Ha Tinh")}}, Periods: at(y20)}},
		{"no-data-project", qa.Query{Op: qa.ProjectFacts, Projects: []string{}, Condition: "dệt may"}},
		{"not-understood", qa.Query{Op: qa.Value, Unknown: []qa.Unknown{{Kind: qa.UnknownWord, Text: "asdf <qwer>"}}}},
		{"help", qa.Query{Op: qa.Help}},
	}
}

// computed are the queries' answers in a language.
func computed(lang string) map[string]qa.Answer {
	s := world()
	out := map[string]qa.Answer{}
	for _, q := range queries() {
		q.q.Lang = lang
		if q.q.Areas == nil {
			q.q.Areas = []string{"nghe-an"}
		}
		a := qa.Compute(s, q.q, now)
		a.Query = q.q
		out[q.name] = a
	}
	return out
}
