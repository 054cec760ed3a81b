// Package extract reads figures and projects out of the text of a report: what a careful reader would copy into a table, each with the words it came
// from, its place and how sure it is. What it is not sure of it leaves out, and says so.
//
// A text goes through lines with what stands over them (lines.go), tokens (internal/token), items (items.go: amounts, percentages, periods, words
// that do something to figures, names), and the reading of a sentence from left to right (sentence.go; names.go: of what, around.go: what is said, figures.go
// and claims.go: what comes of it, lists.go: of several at once); tables are read by tables.go, projects by
// projects.go. The words are data (locales/report.vi.yaml); no indicator has a place here.
package extract

import (
	"slices"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// Options say what is known beside the text. Words and Units are needed.
type Options struct {
	Words *Words
	Units *quantity.Units
	// Period is what the report is of; zero: what its first lines say.
	Period period.Period
	// Named reports whether a name is that of an indicator; may be nil.
	Named func(name string) bool
}

// Report is what was read.
type Report struct {
	Title    string        // the first line that says what the report is; may be empty
	Date     string        // of the report, ISO, where it says one
	Places   []string      // the provinces and cities that it names as such, the most often named first
	Period   period.Period // what the report is of
	Figures  []Figure      // in the order of the text
	Projects []Project
	Left     []Left // numbers that may be figures and were not sure
}

// Figure is one figure or one claim.
type Figure struct {
	Indicator string // as the text names it
	Whole     string // what it is said to be a part of, as the text names that; may be empty
	Period    period.Period
	Measure   tidy.Measure // of a claim: of what it is said
	Claim     tidy.Claim   // empty for a figure
	Value     quantity.Quantity
	Unit      string // as written; empty for a claim
	Words     string // of the text, from the name to the figure
	Line      int    // from 1
	Inherited bool   // the name, the period or the base is said further up, not beside the figure
}

// Project is one project.
type Project struct {
	Name         string
	Investor     string
	Capacity     *quantity.Quantity
	Unit         string // of the capacity, as written
	Invested     *quantity.Quantity
	InvestedUnit string // its unit, as written
	Open         bool   // the list that names it goes on with "…"
	Words        string
	Line         int
}

// Left is a number that was left out.
type Left struct {
	Reason Reason
	Words  string
	Line   int
}

// Reason is why a number was left out.
type Reason string

// The reasons.
const (
	NoName      Reason = "no_name"     // what the figure is of is not clear
	NoBase      Reason = "no_base"     // what a change is set against is not said, or is no period that claims are made of
	NoMeasure   Reason = "no_measure"  // nothing says whether it is realised or planned
	Approximate Reason = "approximate" // "hơn 500", "từ 7 đến 8"
	Ambiguous   Reason = "ambiguous"   // it can be read in two ways
)

// Read reads a report.
func Read(text string, o Options) Report {
	text = token.Normalize(text)
	r := &reader{o: o, report: Report{Period: o.Period}, called: map[string]string{}, defined: map[string]string{}}
	lines := cut(text)
	r.settle(lines)
	for i := 0; i < len(lines); {
		if cells(lines[i].text) != nil {
			if n := r.table(lines[i:]); n > 0 {
				i += n
				continue
			}
		}
		r.line(lines[i])
		i++
	}
	r.repeated()
	return r.report
}

// reader reads one report.
type reader struct {
	o           Options
	report      Report
	english     bool // "," groups digits and "." is the decimal mark
	mixed       bool // both conventions stand in the text
	frames      []frame
	called      map[string]string // names, folded, as the text has them first
	defined     map[string]string // abbreviations that the text gives in brackets, folded, and the names before them
	last        *subject          // of the sentence before
	lastMeasure tidy.Measure
	sibling     base // of the line of the same kind before
}

// repeated leaves the very same figure in once. Two figures for one thing are left out, both of them: one of them is misread, or the text is wrong.
func (r *reader) repeated() {
	type thing struct {
		indicator, whole string
		period           period.Period
		claim            tidy.Claim
		measure          tidy.Measure
	}
	of := func(f Figure) thing {
		t := thing{token.Fold(f.Indicator), token.Fold(f.Whole), f.Period, f.Claim, f.Measure}
		if f.Claim != "" && f.Measure != tidy.Plan {
			t.measure = ""
		}
		return t
	}
	first, differs := map[thing]quantity.Quantity{}, map[thing]bool{}
	for _, f := range r.report.Figures {
		t := of(f)
		was, had := first[t]
		if !had {
			first[t] = f.Value
			continue
		}
		if c, err := quantity.Cmp(f.Value, was); err != nil || c != 0 {
			differs[t] = true
		}
	}
	var kept []Figure
	for _, f := range r.report.Figures {
		t := of(f)
		if _, fresh := first[t]; differs[t] {
			r.left(Ambiguous, f.Words, f.Line)
		} else if fresh {
			kept = append(kept, f)
			delete(first, t)
		}
	}
	r.report.Figures = kept
	slices.SortStableFunc(r.report.Left, func(a, b Left) int { return a.Line - b.Line })
}

func (r *reader) left(why Reason, words string, line int) {
	r.report.Left = append(r.report.Left, Left{why, words, line})
}
