package extract

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"factbot/internal/period"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// Document says what a table of a report's figures is of.
type Document struct {
	Name  string // of the file, for messages
	Area  string
	Title string // of the source
	Date  string // ISO, or empty
}

// quoted is how many characters of a report stand beside a figure.
const quoted = 300

// Table is a report's figures and projects as the rows of a table, for update.Import. A part that has no name of its own among the known ones is called after its whole.
func (r *Report) Table(d Document, named func(string) bool) tidy.Table {
	t := tidy.Table{Name: d.Name}
	for _, f := range r.Figures {
		name := f.Indicator
		if f.Whole != "" && (named == nil || !named(name)) && token.Fold(f.Whole) != token.Fold(name) {
			name = f.Whole + " - " + name
		}
		if named == nil || !named(name) {
			name = capitalized(name)
		}
		measure := f.Measure
		if measure == tidy.Actual && endsAfter(f.Period, d.Date) { // nobody knows it for certain yet
			measure = tidy.Estimate
		}
		t.Rows = append(t.Rows, tidy.Row{
			Line: f.Line, Area: d.Area, Indicator: name, Period: f.Period, Measure: measure, Claim: f.Claim, Value: f.Value, Unit: f.Unit,
			Source: d.Title, SourceDate: d.Date, Locator: fmt.Sprintf("dòng %d", f.Line), Note: "“" + shortened(f.Words) + "”",
		})
	}
	count := map[string]int{}
	for _, p := range r.Projects {
		count[token.Fold(p.Name)]++
	}
	for _, p := range r.Projects {
		row := tidy.Project{Line: p.Line, Name: p.Name, Investor: p.Investor, Area: d.Area, Source: d.Title, SourceDate: d.Date, Locator: fmt.Sprintf("dòng %d", p.Line)}
		if count[token.Fold(p.Name)] > 1 && p.Investor != "" {
			row.Name += " (" + p.Investor + ")"
		}
		if p.Capacity != nil {
			row.Capacity, row.CapacityUnit = p.Capacity, p.Unit
		}
		if p.Invested != nil {
			row.Investment, row.InvestmentUnit = p.Invested, p.InvestedUnit
		}
		t.Projects = append(t.Projects, row)
	}
	return t
}

// shortened is a text of at most so many characters.
func shortened(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > quoted {
		return "… " + string(r[len(r)-quoted:])
	}
	return string(r)
}

func capitalized(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// endsAfter reports whether a period has not ended on a day, which may be empty or no more than a month.
func endsAfter(p period.Period, day string) bool {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return false
	}
	return p.LastYear() > t.Year() || p.LastYear() == t.Year() && (p.LastMonth() > int(t.Month()) || p.LastMonth() == int(t.Month()) && t.AddDate(0, 0, 1).Month() == t.Month())
}
