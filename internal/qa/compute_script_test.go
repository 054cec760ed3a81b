package qa

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

var updateComputed = flag.Bool("update-compute", false, "write the answers of testdata/compute anew")

// TestComputeScripts asks the queries of testdata/compute. A script begins with facts, a line each; a line that begins with > is a
// query; the indented lines under it are the answer. testdata/compute/README.md explains the lines.
func TestComputeScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/compute/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts:", err)
	}
	for _, path := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) { runScript(t, path) })
	}
}

func runScript(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var model facts.Model
	var snapshot *facts.Snapshot
	var want, got []string
	at := 0
	check := func() {
		if w, g := strings.Join(want, "\n"), strings.Join(got, "\n"); w != g && !*updateComputed {
			t.Errorf("%s:%d:\nwant\n%s\ngot\n%s", path, at, w, g)
		}
		for _, line := range got {
			fmt.Fprintln(&out, line)
		}
		want, got = nil, nil
	}
	scan := bufio.NewScanner(strings.NewReader(string(data)))
	for n := 1; scan.Scan(); n++ {
		line := scan.Text()
		switch {
		case strings.HasPrefix(line, "    "):
			want = append(want, line)
			continue
		case strings.HasPrefix(line, ">"):
			check()
			at = n
			if snapshot == nil {
				snapshot = facts.NewSnapshot(model)
			}
			for _, l := range printAnswer(askScript(t, snapshot, strings.TrimPrefix(line, ">"))) {
				got = append(got, "    "+l)
			}
		default:
			check()
			if fields := strings.Fields(line); len(fields) > 0 && !strings.HasPrefix(line, "#") {
				addFact(t, &model, fields)
			}
		}
		fmt.Fprintln(&out, line)
	}
	check()
	if *updateComputed {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// askScript answers a query, or several joined by " + ".
func askScript(t *testing.T, s *facts.Snapshot, text string) Answer {
	t.Helper()
	parts := strings.Split(text, " + ")
	answers := make([]Answer, len(parts))
	for i, part := range parts {
		answers[i] = Compute(s, scriptQuery(t, s, strings.Fields(part)), time.Time{})
	}
	return Merge(answers)
}

// addFact reads one line of facts.
func addFact(t *testing.T, m *facts.Model, f []string) {
	t.Helper()
	name := func(id string) facts.Text { return facts.Text{"vi": id} }
	switch f[0] {
	case "area": // area ID [in ID] [break PERIOD]
		a := &facts.Area{ID: f[1], Name: name(f[1])}
		for i := 2; i+1 < len(f); i += 2 {
			switch f[i] {
			case "in":
				a.PartOf = f[i+1]
			case "break":
				a.Breaks = []facts.Break{{At: mustPeriod(t, f[i+1])}}
			case "default":
				m.DefaultArea = f[1]
			}
		}
		m.Areas = append(m.Areas, a)
	case "indicator": // indicator ID KIND UNIT MULT [in ID]
		kinds := map[string]facts.Kind{"flow": facts.Flow, "stock": facts.Stock, "index": facts.Index, "rate": facts.Rate, "unknown": facts.UnknownKind}
		ind := &facts.Indicator{ID: f[1], Name: name(f[1]), Kind: kinds[f[2]], Unit: quantity.Unit(f[3]), Mult: mustInt(t, f[4])}
		if len(f) > 6 && f[5] == "in" {
			ind.PartOf = f[6]
		}
		m.Indicators = append(m.Indicators, ind)
	case "doc": // doc ID DATE
		m.Sources = append(m.Sources, &facts.Source{ID: f[1], Title: f[1], Date: strings.Trim(f[2], "-")})
	case "fig": // fig DOC INDICATOR AREA PERIOD MEASURE VALUE [by WHOM]
		o := facts.Observation{Indicator: f[2], Area: f[3], Period: mustPeriod(t, f[4]), Measure: scriptMeasure(f[5]), Source: scriptSource(t, m, f[1])}
		for _, ind := range m.Indicators {
			if ind.ID == f[2] {
				o.Value = scriptQuantity(t, f[6], ind.Unit, ind.Mult)
			}
		}
		if len(f) > 8 && f[7] == "by" {
			o.AssignedBy = f[8]
		}
		m.Observations = append(m.Observations, o)
	case "claim": // claim DOC INDICATOR AREA PERIOD MEASURE KIND VALUE
		kinds := map[string]facts.ClaimKind{"growth": facts.Growth, "growth_prev": facts.GrowthPrev, "attainment": facts.Attainment, "contribution": facts.Contribution}
		unit := quantity.Percent
		if f[6] == "contribution" {
			unit = quantity.PP
		}
		m.Claims = append(m.Claims, facts.Claim{Indicator: f[2], Area: f[3], Period: mustPeriod(t, f[4]), Of: scriptMeasure(f[5]), Kind: kinds[f[6]],
			Value: scriptQuantity(t, f[7], unit, 0), Source: scriptSource(t, m, f[1])})
	case "project": // project DOC ID [cap VALUE UNIT MULT] [year N] [open yes] [investor NAME]
		p := &facts.Project{ID: f[2], Name: name(f[2]), Source: scriptSource(t, m, f[1])}
		for i := 3; i < len(f); i++ {
			switch f[i] {
			case "cap":
				q := scriptQuantity(t, f[i+1], quantity.Unit(f[i+2]), mustInt(t, f[i+3]))
				p.Capacity = &q
			case "year":
				p.ExpectedYear = mustInt(t, f[i+1])
			case "open":
				p.OpenList = true
			case "investor":
				p.Investor = f[i+1]
			}
		}
		m.Projects = append(m.Projects, p)
	case "statement": // statement DOC ID KIND [PERIOD|-] [INDICATOR]
		s := &facts.Statement{ID: f[2], Kind: facts.StatementKind(f[3]), Text: name(f[2]), Source: scriptSource(t, m, f[1])}
		if len(f) > 4 && f[4] != "-" {
			s.Period = mustPeriod(t, f[4])
		}
		s.Indicators = f[min(5, len(f)):]
		m.Statements = append(m.Statements, s)
	default:
		t.Fatalf("unknown fact %q", f)
	}
}

// scriptQuery reads a query: the operation, ids of indicators (of areas with @, of projects with &), periods, and key=value for the rest.
func scriptQuery(t *testing.T, s *facts.Snapshot, words []string) Query {
	t.Helper()
	q := Query{Op: Op(words[0]), Lang: "vi"}
	for _, w := range words[1:] {
		key, value, keyed := strings.Cut(w, "=")
		switch {
		case keyed:
			scriptSlot(t, s, &q, key, value)
		case w == "plan" || w == "estimate" || w == "preliminary" || w == "actual":
			q.Measure = scriptMeasure(w)
		case strings.HasPrefix(w, "@"):
			q.Areas = append(q.Areas, w[1:])
			q.Slots = append(q.Slots, Slot{Name: "area", Value: w[1:], From: FromQuestion})
		case strings.HasPrefix(w, "&"):
			q.Projects = append(q.Projects, w[1:])
		case s.Indicator(w) != nil:
			q.Indicators = append(q.Indicators, w)
		default:
			q.Periods = append(q.Periods, mustPeriod(t, w))
		}
	}
	return q
}

func scriptSlot(t *testing.T, s *facts.Snapshot, q *Query, key, value string) {
	t.Helper()
	shapes := map[string]period.Shape{"month": period.Month, "quarter": period.Quarter, "half": period.Half, "year": period.Year, "cumulative": period.Cumulative}
	verdicts := map[string]Verdict{"reached": IsReached, "missed": IsMissed, "exceeded": IsExceeded, "rising": IsRising, "falling": IsFalling, "more": IsMore, "less": IsLess}
	switch key {
	case "by":
		q.By = Op(value)
	case "of":
		q.Of = Op(value)
	case "over":
		q.Over = map[string]Over{"areas": OverAreas, "periods": OverPeriods, "projects": OverProjects, "documents": OverDocuments, "parts": OverParts, "doubts": OverDoubts, "figures": OverFigures}[value]
	case "per":
		q.Per = shapes[value]
	case "step":
		q.Step = shapes[value]
	case "last":
		q.Last = mustInt(t, value)
	case "place":
		q.Place = value
	case "top":
		q.Top = mustInt(t, value)
	case "year":
		q.Year = mustInt(t, value)
	case "only":
		switch value {
		case "realised":
			q.Realised = true
		case "parts":
			q.Parts = true
		case "least":
			q.Least = true
		case "all":
			q.AllPeriods = true
		case "range":
			q.Range = true
		case "readings":
			q.Readings = true
		}
	case "assigned":
		q.AssignedBy = value
	case "base":
		switch value {
		case "prev":
			q.Base.Kind = PrevPeriod
		case "same":
			q.Base.Kind = SamePeriod
		case "plan":
			q.Base.Kind = PlanBase
		default:
			q.Base = Base{Kind: NamedPeriod, Period: mustPeriod(t, value)}
		}
	case "pair": // indicator@area:period:measure
		head, tail, _ := strings.Cut(value, ":")
		p, m, _ := strings.Cut(tail, ":")
		id, area, _ := strings.Cut(head, "@")
		r := Ref{Indicator: id, Area: area, Measure: scriptMeasure(m)}
		if p != "" {
			r.Period = mustPeriod(t, p)
		}
		q.Pair = append(q.Pair, r)
	case "unit":
		u, m, _ := strings.Cut(value, ":")
		q.HasUnit, q.Unit, q.Mult = true, quantity.Unit(u), mustInt(t, m)
	case "claimed", "assumed":
		n := scriptAmount(t, value)
		if key == "claimed" {
			q.Claimed = &n
		} else {
			q.Assumed = &n
		}
	case "limit": // <95:percent:0, <plan, ..100:t/year:0..200:t/year:0
		q.Limit = scriptLimit(t, value)
	case "field":
		q.Field = map[string]Field{"capacity": CapacityField, "investor": InvestorField, "investment": InvestmentField, "year": YearField}[value]
	case "kind":
		q.Kinds = append(q.Kinds, facts.StatementKind(value))
	case "statement":
		q.Statements = append(q.Statements, value)
	case "yes":
		q.YesNo = verdicts[value]
	case "premise":
		v, id, _ := strings.Cut(value, ":")
		q.Premise = &Premise{Verdict: verdicts[v], Ref: Ref{Indicator: id}}
	case "unknown":
		kind, text, _ := strings.Cut(value, ":")
		kinds := map[string]UnknownKind{"word": UnknownWord, "indicator": UnknownIndicator, "area": UnknownArea, "project": UnknownProject, "period": UnknownPeriod}
		q.Unknown = append(q.Unknown, Unknown{Kind: kinds[kind], Text: text})
	case "default": // an area that the question did not name
		q.Areas = append(q.Areas, value)
		q.Slots = append(q.Slots, Slot{Name: "area", Value: value, From: FromDefault})
	default:
		t.Fatalf("unknown slot %q", key)
	}
}

func scriptLimit(t *testing.T, value string) *Limit {
	t.Helper()
	if a, b, ok := strings.Cut(strings.TrimPrefix(value, ".."), ".."); ok {
		return &Limit{Cmp: Between, Than: scriptAmount(t, a), To: scriptAmount(t, b)}
	}
	cmps := []struct {
		sign string
		cmp  Cmp
	}{{"<~", AtMost}, {">~", AtLeast}, {"<", Less}, {">", More}, {"~", Equal}}
	for _, c := range cmps {
		if rest, ok := strings.CutPrefix(value, c.sign); ok {
			if rest == "plan" {
				return &Limit{Cmp: c.cmp, Plan: true}
			}
			return &Limit{Cmp: c.cmp, Than: scriptAmount(t, rest)}
		}
	}
	t.Fatalf("limit %q", value)
	return nil
}

// scriptAmount reads VALUE:UNIT:MULT, the last two optional.
func scriptAmount(t *testing.T, s string) quantity.Quantity {
	t.Helper()
	parts := strings.Split(s+"::", ":")
	mult := 0
	if parts[2] != "" {
		mult = mustInt(t, parts[2])
	}
	return scriptQuantity(t, parts[0], quantity.Unit(parts[1]), mult)
}

func scriptQuantity(t *testing.T, s string, unit quantity.Unit, mult int) quantity.Quantity {
	t.Helper()
	n, decimals, err := quantity.ParseNumber(s)
	if err != nil {
		t.Fatal(err)
	}
	return quantity.Quantity{Number: n, Unit: unit, Mult: mult, Decimals: decimals}
}

func scriptMeasure(s string) facts.Measure {
	for m := facts.NoMeasure; m <= facts.Actual; m++ {
		if m.String() == s {
			return m
		}
	}
	return facts.NoMeasure
}

func scriptSource(t *testing.T, m *facts.Model, id string) *facts.Source {
	t.Helper()
	for _, s := range m.Sources {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no document %q", id)
	return nil
}

func mustPeriod(t *testing.T, s string) period.Period {
	t.Helper()
	p, err := period.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func mustInt(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// printAnswer writes an answer in lines: the status where it is not answered, the results, then what goes with them.
func printAnswer(a Answer) []string {
	var lines []string
	add := func(format string, args ...any) {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " "))
	}
	if a.Status != Answered {
		add("%s", a.Status)
	}
	if a.Op != a.Query.Op {
		add("op %s", a.Op)
	}
	if a.YesNo != nil {
		add("%s", map[bool]string{true: "yes", false: "no"}[*a.YesNo])
	}
	for _, r := range a.Results {
		add("%s", printResult(r))
	}
	for _, w := range a.Warnings {
		add("! %s %s %s", w.Code, w.Indicator, w.Period)
	}
	for _, n := range a.Notes {
		value := ""
		if n.N != 0 {
			value = strconv.Itoa(n.N)
		}
		if n.Value != nil {
			value = n.Value.String()
		}
		base := ""
		if !n.Base.IsZero() {
			base = "of " + n.Base.String()
		}
		add("# %s %s %s %s %s", n.Code, n.Name.In(""), n.Period, base, value)
	}
	for _, l := range a.Lacks {
		add("- %s %s %s %s %s", l.Kind, l.Name.In(""), l.Area.In(""), l.Period, l.Text)
	}
	for _, o := range a.Options {
		add("? %s %s", o.Slot, o.Value)
	}
	if a.Status == Answered && a.Available != nil {
		for _, list := range [][]facts.Text{a.Available.Indicators, a.Available.Areas, a.Available.Projects} {
			var names []string
			for _, n := range list {
				names = append(names, n.In(""))
			}
			add("has %s", strings.Join(names, " "))
		}
		add("has %v", a.Available.Periods)
	}
	return lines
}

func printResult(r Result) string {
	base, what, value := "", r.Indicator+r.Project+r.Statement, "none"
	if !r.BasePeriod.IsZero() {
		base = "on " + r.BasePeriod.String()
	}
	if r.HasValue {
		value = r.Value.String()
	}
	if r.Shown != nil {
		value += " = " + r.Shown.String()
	}
	flags := ""
	for _, f := range []struct {
		set  bool
		name string
	}{{r.Company, "company"}, {r.Alternative, "alternative"}, {r.Basis == Stated, "stated"}, {r.Basis == Derived, "derived"},
		{r.Basis == Stored && r.Measure != r.Of.String(), "stored"}, {r.Assigned != "", "by " + r.Assigned}, {r.Verdict != "", r.Verdict},
		{r.Rank > 0, fmt.Sprintf("#%d", r.Rank)}, {r.Measure == "growth" && r.Of == facts.Plan, "of-plan"}} {
		if f.set {
			flags += ", " + f.name
		}
	}
	return fmt.Sprintf("%s %s %s %s %s: %s%s", r.Measure, what, r.Area, r.Period, base, value, flags)
}
