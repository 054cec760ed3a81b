package extract

import (
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// tableWords are the headings of tables in report.vi.yaml.
var tableWords = []string{"name", "unit", "done"}

// column is what a column of a table holds.
type column struct {
	name, unit bool
	measure    tidy.Measure
	claim      tidy.Claim
	period     period.Period
}

// cells are the cells of a line that is a table's row: set off by bars or tabs.
func cells(text string) []string {
	mark := "|"
	if !strings.Contains(text, mark) {
		mark = "\t"
	}
	if strings.Count(strings.Trim(text, mark), mark) < 2 {
		return nil
	}
	list := strings.Split(strings.Trim(strings.TrimSpace(text), mark), mark)
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// table reads the rows of a table from a line on, and how many lines it took; 0: there is no heading of a table that is understood.
func (r *reader) table(lines []line) int {
	columns := r.columns(cells(lines[0].text))
	if columns == nil {
		return 0
	}
	whole := ""
	n := 1
	for ; n < len(lines); n++ {
		row := cells(lines[n].text)
		if row == nil {
			break
		}
		if len(row) == len(columns) {
			whole = r.row(lines[n], columns, row, whole)
		}
	}
	return n
}

// columns reads the headings; nil where they name no indicators or no figures.
func (r *reader) columns(headings []string) []column {
	var out []column
	named, valued := false, false
	for _, h := range headings {
		t := token.Split(h)
		c := column{}
		is := func(kind string) bool {
			p := r.o.Words.tables[kind]
			_, n := p.at(t)
			return n > 0
		}
		switch {
		case len(t) == 0:
		case is("name") && !named:
			c.name, named = true, true
		case is("unit"):
			c.unit = true
		default:
			c = r.column(t, out)
			valued = valued || c.measure != ""
		}
		out = append(out, c)
	}
	if !named || !valued {
		return nil
	}
	return out
}

// column reads the heading of a column of figures: its measure and its period. Of a comparison only "TH/KH (%)" is clear: what a column calls "so với cùng kỳ" may be 105 as well as 5.
func (r *reader) column(t []token.Token, before []column) column {
	c := column{period: r.report.Period}
	plan, realised, compared := false, tidy.Measure(""), false
	for i := 0; i < len(t); {
		if p, n, ok := r.periodAt(t, i, 0); ok {
			c.period, i = p, i+n
			continue
		}
		if y := yearNumber(t[i]); y > 0 {
			c.period, i = period.OfYear(y), i+1
			continue
		}
		done := r.o.Words.tables["done"]
		switch cue, n := r.o.Words.cues.at(t[i:]); {
		case t[i].Lower == "so", t[i].Lower == "%", strings.Contains(t[i].Gap, "/") && i > 0:
			compared = true
		case n > 0 && cue == cueEstimate:
			realised = tidy.Estimate
		case n > 0 && cue == cuePreliminary:
			realised = tidy.Preliminary
		}
		if _, n := done.at(t[i:]); n > 0 && realised == "" {
			realised = tidy.Actual
		}
		if _, n := r.o.Words.planWords.at(t[i:]); n > 0 {
			plan = true
		}
		i++
	}
	switch {
	case compared && plan:
		for k := len(before) - 1; k >= 0; k-- {
			if b := before[k]; b.claim == "" && b.measure != "" && b.measure != tidy.Plan {
				return column{measure: b.measure, claim: tidy.Attainment, period: b.period}
			}
		}
		return column{}
	case compared:
		return column{}
	case plan && realised == "":
		c.measure = tidy.Plan
		if c.period.Len() < 12 && !c.period.IsZero() {
			c.period = period.OfYear(c.period.Year())
		}
	default:
		c.measure = realised
	}
	return c
}

// row reads the figures of one row, and gives the name of the whole whose parts may follow.
func (r *reader) row(l line, columns []column, row []string, whole string) string {
	name, unit := "", ""
	for i, c := range columns {
		switch {
		case c.name:
			name = row[i]
		case c.unit:
			unit = row[i]
		}
	}
	bare := strings.TrimLeft(name, "-+*• ")
	part := bare != name
	t := token.Split(bare)
	s := &sentence{r: r, l: l, t: t}
	from, to := s.strip(0, len(t))
	if from >= to {
		return whole
	}
	indicator := bare[t[from].Start:]
	if to < len(t) {
		indicator = strings.TrimSpace(bare[t[from].Start:t[to-1].End])
	}
	ut := token.Split(unit)
	of, mult, n := r.unitAt(ut)
	percentage := unit == "%"
	if n == 0 && !percentage || n < len(ut) && !percentage || percentage && !s.rateName(0, len(t)) {
		for i, c := range columns {
			if c.measure != "" && row[i] != "" {
				r.left(Ambiguous, bare+" | "+row[i], l.no)
			}
		}
		return indicator
	}
	if percentage {
		of, mult = quantity.Percent, 0
	}
	for i, c := range columns {
		v := token.Split(row[i])
		if c.measure == "" || len(v) != 1 || v[0].Kind != token.Number || c.period.IsZero() {
			continue
		}
		value, decimals, doubtful := r.digits(v[0].Text)
		f := Figure{Indicator: indicator, Period: c.period, Measure: c.measure, Claim: c.claim, Value: quantity.Quantity{Number: value, Unit: of, Mult: mult, Decimals: decimals},
			Unit: unit, Words: bare + " | " + unit + " | " + row[i], Line: l.no}
		if part {
			f.Whole = whole
		}
		if c.claim != "" {
			f.Value.Unit, f.Value.Mult, f.Unit = quantity.Percent, 0, ""
		}
		if doubtful || r.ahead(c.period) && c.measure != tidy.Plan {
			r.left(Ambiguous, f.Words, l.no)
			continue
		}
		r.report.Figures = append(r.report.Figures, f)
	}
	if part {
		return whole
	}
	return indicator
}
