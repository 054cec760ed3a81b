package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Given is what is judged of an answer: the object as it was printed.
type Given struct {
	Status    string
	Operation string
	Text      string
	Results   []GivenResult
	Warnings  []GivenWarning
}

// GivenResult is one figure of an answer. Value is a number, or whatever stands in its place.
type GivenResult struct {
	Value any
	Unit  string
	Mult  int
}

// GivenWarning is one doubt of an answer.
type GivenWarning struct{ Code string }

// ReadGiven reads one answer.
func ReadGiven(line []byte) (Given, error) {
	var g Given
	err := json.Unmarshal(line, &g)
	return g, err
}

// ReadAnswers reads a file of answers, one a line. An error names the file and the line.
func ReadAnswers(name string, r io.Reader) ([]Given, error) {
	var answers []Given
	err := lines(name, r, func(n int, line []byte) error {
		g, err := ReadGiven(line)
		if err != nil {
			return fmt.Errorf("%s:%d: is not an answer: %w", name, n, err)
		}
		answers = append(answers, g)
		return nil
	})
	return answers, err
}

// Verdict is how an answer compares with what is expected.
type Verdict string

// The verdicts. Miss: declined, asked back or no data where an answer was expected. Wrong: another figure, or an answer to what cannot
// be answered. Incomplete: the figures are right, but something lacks that the text must say.
const (
	Right      Verdict = "right"
	Miss       Verdict = "miss"
	Wrong      Verdict = "wrong"
	Incomplete Verdict = "incomplete"
)

// beside is how many results more than wanted may stand in front: company, not a dump.
const beside = 2

// Judge compares an answer with what is expected of it, and says why where it is not right.
func Judge(e Expect, g Given) (Verdict, string) {
	wanted := e.Status
	if wanted == nil {
		wanted = Strings{"answered"}
	}
	front := g.Results[:min(len(g.Results), len(e.Values)+beside)]
	var missing []Value
	for _, v := range e.Values {
		if !slices.ContainsFunc(front, v.is) {
			missing = append(missing, v)
		}
	}
	switch {
	case !slices.Contains(wanted, g.Status) && declined(g.Status):
		return Miss, "status " + g.Status
	case !slices.Contains(wanted, g.Status):
		return Wrong, fmt.Sprintf("status %s, wanted %s", g.Status, strings.Join(wanted, "/"))
	case g.Status == "answered" && len(missing) > 0:
		return Wrong, fmt.Sprintf("lacks %s; has %s", show(missing), showGiven(g.Results))
	}
	return judgeText(e, g)
}

func judgeText(e Expect, g Given) (Verdict, string) {
	text := fold(g.Text)
	if text == "" {
		return Incomplete, "no text"
	}
	holds := func(s string) bool { return strings.Contains(text, fold(s)) }
	for _, some := range e.Mention {
		if !slices.ContainsFunc(some, holds) {
			return Incomplete, fmt.Sprintf("text lacks %q", []string(some))
		}
	}
	for _, s := range e.Avoid {
		if holds(s) && g.Status == "answered" {
			return Wrong, fmt.Sprintf("text holds %q", s)
		}
		if holds(s) {
			return Incomplete, fmt.Sprintf("text holds %q", s)
		}
	}
	for _, code := range e.Warning {
		if !slices.Contains(g.Warnings, GivenWarning{code}) {
			return Incomplete, "no warning " + code
		}
	}
	return Right, ""
}

func declined(status string) bool {
	return slices.Contains([]string{"clarify", "no_data", "not_understood", "help"}, status)
}

// is reports whether a result holds the value: within 0.006 for percentages and points, else within 0.05 % of the amount. What
// is compared was printed and is read back, so binary fractions do.
func (v Value) is(g GivenResult) bool {
	got, ok := number(g.Value)
	units := strings.Split(strings.ToLower(v.Unit), "|")
	if !ok || !slices.Contains(units, strings.ToLower(g.Unit)) {
		return false
	}
	if units[0] == "percent" || units[0] == "pp" {
		return math.Abs(got-v.Value) <= 0.0060001
	}
	want := v.Value * math.Pow(10, float64(v.Mult))
	got *= math.Pow(10, float64(g.Mult))
	return math.Abs(got-want) <= max(math.Abs(want)*5e-4, 1e-12)
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case string:
		n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return n, err == nil
	}
	return 0, false
}

func show(values []Value) string {
	var out []string
	for _, v := range values {
		out = append(out, fmt.Sprintf("[%v %s %d]", v.Value, v.Unit, v.Mult))
	}
	return strings.Join(out, " ")
}

func showGiven(results []GivenResult) string {
	if len(results) == 0 {
		return "nothing"
	}
	var out []string
	for _, r := range results[:min(len(results), 6)] {
		out = append(out, fmt.Sprintf("[%v %s %d]", r.Value, r.Unit, r.Mult))
	}
	return strings.Join(out, " ")
}

// fold is lower case without diacritics, đ as d, runs of white space as one blank. Unlike the words of a question it keeps punctuation.
func fold(s string) string {
	s = norm.NFD.String(strings.ReplaceAll(strings.ToLower(s), "đ", "d"))
	var b strings.Builder
	for i, r := range s {
		if norm.NFD.PropertiesString(s[i:]).CCC() == 0 {
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
