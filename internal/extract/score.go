package extract

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// Passage is a labelled passage of a report: what a careful reader finds in it.
type Passage struct {
	ID       string         `json:"id"`
	Text     string         `json:"text"`
	Area     string         `json:"area"`
	Period   string         `json:"period"`
	Figures  []LabelFigure  `json:"figures"`
	Projects []LabelProject `json:"projects"`
}

// LabelFigure is a labelled figure: with a measure, or a claim in percent.
type LabelFigure struct {
	Indicator string `json:"indicator"`
	Period    string `json:"period"` // 2020, 2020-Q3, 2020-S1, 2020-11, 2020-M9
	Measure   string `json:"measure,omitempty"`
	Claim     string `json:"claim,omitempty"`
	Of        string `json:"of,omitempty"` // of a claim: plan, where it is one that is aimed at
	Value     string `json:"value"`
	Unit      string `json:"unit,omitempty"`
}

// LabelProject is a labelled project.
type LabelProject struct {
	Name     string `json:"name"`
	Capacity string `json:"capacity,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Investor string `json:"investor,omitempty"`
}

// ReadPassages reads labelled passages, one object a line. The error names the line.
func ReadPassages(name string, in io.Reader) ([]Passage, error) {
	var out []Passage
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var p Passage
		d := json.NewDecoder(strings.NewReader(lines.Text()))
		d.DisallowUnknownFields()
		if err := d.Decode(&p); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if _, err := labelPeriod(p.Period); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		for _, f := range p.Figures {
			if _, err := labelPeriod(f.Period); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			if _, _, err := quantity.ParseNumber(f.Value); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
		}
		out = append(out, p)
	}
	return out, lines.Err()
}

// labelPeriod reads a label's period: as files write them, and 2020-M9 for nine months.
func labelPeriod(s string) (period.Period, error) {
	if year, months, ok := strings.Cut(s, "-M"); ok {
		return period.Cumul(atoi(year), atoi(months)), nil
	}
	return period.Parse(s)
}

// Score counts how what was read compares with the labels.
type Score struct {
	Labelled, Found, Right int            // figures
	Fields                 map[string]int // of the figures found that a label has the number of: how many have each field right
	Matched                int
	Projects               struct{ Labelled, Found, Right int }
	Misses                 []string // a line for each figure or project that was not read right
}

// fields are what a figure is compared by.
var fields = []string{"indicator", "period", "measure", "value", "unit"}

// Precision is the share of the figures found that are right in every field, Recall that of the labelled ones that were found right.
func (s *Score) Precision() float64 { return share(s.Right, s.Found) }

// Recall is the share of the labelled figures that were found right.
func (s *Score) Recall() float64 { return share(s.Right, s.Labelled) }

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// Evaluate reads passages and compares.
func Evaluate(passages []Passage, o Options) *Score {
	s := &Score{Fields: map[string]int{}}
	for _, p := range passages {
		o.Period, _ = labelPeriod(p.Period)
		s.passage(p, Read(p.Text, o), o.Units)
	}
	return s
}

// passage compares one passage: every figure found is set beside the label that it has the most fields of.
func (s *Score) passage(p Passage, r Report, units *quantity.Units) {
	s.Labelled += len(p.Figures)
	s.Found += len(r.Figures)
	used := make([]bool, len(p.Figures))
	best := func(f Figure, least int) (int, []string) {
		at, have := -1, []string(nil)
		for i, l := range p.Figures {
			if same := agreeing(f, l, units); !used[i] && slices.Contains(same, "value") && len(same) >= least && len(same) > len(have) {
				at, have = i, same
			}
		}
		return at, have
	}
	pending := slices.Clone(r.Figures)
	for least := len(fields); least > 0; least-- {
		var rest []Figure
		for _, f := range pending {
			i, have := best(f, least)
			if i < 0 {
				rest = append(rest, f)
				continue
			}
			used[i] = true
			s.Matched++
			for _, field := range have {
				s.Fields[field]++
			}
			if len(have) == len(fields) {
				s.Right++
			} else {
				s.Misses = append(s.Misses, fmt.Sprintf("%s: wrong %s: found %s, labelled %s", p.ID, strings.Join(without(fields, have), ", "), written(f), labelText(p.Figures[i])))
			}
		}
		pending = rest
	}
	for _, f := range pending {
		s.Misses = append(s.Misses, fmt.Sprintf("%s: not labelled: %s (%s)", p.ID, written(f), f.Words))
	}
	for i, l := range p.Figures {
		if !used[i] {
			why := ""
			for _, left := range r.Left {
				why += fmt.Sprintf(" [%s: %s]", left.Reason, left.Words)
			}
			s.Misses = append(s.Misses, fmt.Sprintf("%s: missed: %s%s", p.ID, labelText(l), why))
		}
	}
	s.projects(p, r, units)
}

func (s *Score) projects(p Passage, r Report, units *quantity.Units) {
	s.Projects.Labelled += len(p.Projects)
	s.Projects.Found += len(r.Projects)
	used := make([]bool, len(p.Projects))
found:
	for _, f := range r.Projects {
		for i, l := range p.Projects {
			if used[i] || bareName(f.Name) != bareName(l.Name) {
				continue
			}
			used[i] = true
			if sameCapacity(f, l, units) && bareName(f.Investor) == bareName(l.Investor) {
				s.Projects.Right++
			} else {
				s.Misses = append(s.Misses, fmt.Sprintf("%s: wrong project: found %s, labelled %+v", p.ID, projectText(f), l))
			}
			continue found
		}
		s.Misses = append(s.Misses, fmt.Sprintf("%s: project not labelled: %s", p.ID, projectText(f)))
	}
	for i, l := range p.Projects {
		if !used[i] {
			s.Misses = append(s.Misses, fmt.Sprintf("%s: project missed: %+v", p.ID, l))
		}
	}
}

func projectText(p Project) string {
	capacity := ""
	if p.Capacity != nil {
		capacity = tidy.Digits(*p.Capacity) + " " + p.Unit
	}
	return fmt.Sprintf("%q capacity %q investor %q", p.Name, capacity, p.Investor)
}

func sameCapacity(f Project, l LabelProject, units *quantity.Units) bool {
	if f.Capacity == nil || l.Capacity == "" {
		return f.Capacity == nil && l.Capacity == ""
	}
	n, _, err := quantity.ParseNumber(l.Capacity)
	if err != nil {
		return false
	}
	unit, mult, _ := units.Parse(l.Unit)
	if f.Capacity.Cmp(n) == 0 && token.Fold(f.Unit) == token.Fold(l.Unit) {
		return true
	}
	return f.Capacity.Cmp(n) == 0 && f.Capacity.Mult == mult && token.Fold(string(f.Capacity.Unit)) == token.Fold(string(unit))
}

// agreeing are the fields in which a figure agrees with a label.
func agreeing(f Figure, l LabelFigure, units *quantity.Units) []string {
	var same []string
	add := func(field string, ok bool) {
		if ok {
			same = append(same, field)
		}
	}
	p, _ := labelPeriod(l.Period)
	n, _, _ := quantity.ParseNumber(l.Value)
	unit, mult := quantity.Unit(""), 0
	if l.Claim == "" {
		unit, mult, _ = units.Parse(l.Unit)
	}
	add("indicator", bareName(f.Indicator) == bareName(l.Indicator))
	add("period", f.Period == p)
	if l.Claim != "" {
		add("measure", string(f.Claim) == l.Claim && (l.Of == "plan") == (f.Measure == tidy.Plan))
	} else {
		add("measure", f.Claim == "" && string(f.Measure) == l.Measure)
	}
	add("value", f.Value.Cmp(n) == 0)
	add("unit", l.Claim != "" && f.Claim != "" || f.Value.Mult == mult && token.Fold(string(f.Value.Unit)) == token.Fold(string(unit)))
	return same
}

// bareName is what a name is compared by: without brackets, and without what stands around names that says where.
func bareName(name string) string {
	for {
		before, rest, ok := strings.Cut(name, "(")
		if !ok {
			break
		}
		_, after, _ := strings.Cut(rest, ")")
		name = before + " " + after
	}
	key := strings.Join(strings.Fields(token.Fold(name)), " ")
	key = priceBase.ReplaceAllString(key, "")
	for _, tail := range []string{" tren dia ban tinh", " tren dia ban", " cua tinh", " toan tinh", " cua thanh pho", " tren dia ban thanh pho"} {
		key = strings.TrimSuffix(key, tail)
	}
	return key
}

// priceBase is said of a figure as often as of its name: "theo giá so sánh năm 2010".
var priceBase = regexp.MustCompile(` (?:tinh )?(?:theo )?gia (?:so sanh|hien hanh|thuc te)(?: nam)?(?: 2010)?`)

func without(all, some []string) []string {
	var out []string
	for _, x := range all {
		if !slices.Contains(some, x) {
			out = append(out, x)
		}
	}
	return out
}

func written(f Figure) string {
	kind := string(f.Measure)
	if f.Claim != "" {
		kind += "." + string(f.Claim)
	}
	return fmt.Sprintf("%q %s %s %s %s", f.Indicator, f.Period, kind, tidy.Digits(f.Value), f.Unit)
}

func labelText(l LabelFigure) string {
	return strings.TrimSpace(fmt.Sprintf("%q %s %s %s %s", l.Indicator, l.Period, strings.Trim(l.Measure+l.Of+"."+l.Claim, "."), l.Value, l.Unit))
}

// Write prints precision and recall, of figures as a whole and per field, and of projects.
func (s *Score) Write(out io.Writer, misses bool) {
	if misses {
		for _, m := range s.Misses {
			fmt.Fprintln(out, m)
		}
	}
	fmt.Fprintf(out, "figures    %4d labelled  %4d found  %4d right   precision %.1f %%  recall %.1f %%\n", s.Labelled, s.Found, s.Right, 100*s.Precision(), 100*s.Recall())
	for _, field := range fields {
		n := s.Fields[field]
		fmt.Fprintf(out, "  %-10s                        %4d right   precision %.1f %%  recall %.1f %%\n", field, n, 100*share(n, s.Found), 100*share(n, s.Labelled))
	}
	p := s.Projects
	fmt.Fprintf(out, "projects   %4d labelled  %4d found  %4d right   precision %.1f %%  recall %.1f %%\n", p.Labelled, p.Found, p.Right, 100*share(p.Right, p.Found), 100*share(p.Right, p.Labelled))
}
