package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Judged is one question of a set with its answer and verdict.
type Judged struct {
	Question Question
	Given    Given
	Verdict  Verdict
	Why      string        // where the verdict is not Right
	Took     time.Duration // 0: not measured
}

// Report is a whole set, judged.
type Report []Judged

// Counts are numbers of questions by verdict.
type Counts struct{ Right, Miss, Wrong, Incomplete int }

func (c *Counts) add(v Verdict) {
	switch v {
	case Right:
		c.Right++
	case Miss:
		c.Miss++
	case Wrong:
		c.Wrong++
	case Incomplete:
		c.Incomplete++
	}
}

// Total is the number of questions.
func (c Counts) Total() int { return c.Right + c.Miss + c.Wrong + c.Incomplete }

// Score judges answers, given in the order of the questions; took may be nil.
func Score(questions []Question, answers []Given, took []time.Duration) (Report, error) {
	if len(questions) != len(answers) {
		return nil, fmt.Errorf("%d questions but %d answers", len(questions), len(answers))
	}
	report := make(Report, len(questions))
	for i, q := range questions {
		j := Judged{Question: q, Given: answers[i]}
		j.Verdict, j.Why = Judge(q.Expect, answers[i])
		if i < len(took) {
			j.Took = took[i]
		}
		report[i] = j
	}
	return report, nil
}

// Counts are the report's numbers.
func (r Report) Counts() Counts {
	var c Counts
	for _, j := range r {
		c.add(j.Verdict)
	}
	return c
}

// Passes reports whether at least minRight of the answers are right and at most maxWrong are wrong, both shares of 1.
func (r Report) Passes(minRight, maxWrong float64) bool {
	if len(r) == 0 {
		return true
	}
	c, n := r.Counts(), float64(len(r))
	return float64(c.Right)/n >= minRight && float64(c.Wrong)/n <= maxWrong
}

// Summary is the report in one line.
func (r Report) Summary() string {
	c, n := r.Counts(), float64(max(len(r), 1))
	return fmt.Sprintf("%d questions: right %d (%.1f%%), miss %d, wrong %d (%.1f%%), incomplete %d",
		len(r), c.Right, float64(c.Right)/n*100, c.Miss, c.Wrong, float64(c.Wrong)/n*100, c.Incomplete)
}

// Write prints what is not right, a line per tag, the operations that were taken for others, the slowest questions, and the summary.
func (r Report) Write(w io.Writer) {
	for _, j := range r {
		if j.Verdict != Right {
			fmt.Fprintf(w, "%-10s %-14s %s\n%11s%s\n%11s-> %q\n", j.Verdict, j.Question.ID, j.Question.Text, "", j.Why, "", short(j.Given.Text, 200))
		}
	}
	r.writeTags(w)
	r.writeConfusion(w)
	r.writeSlowest(w)
	fmt.Fprintln(w, r.Summary())
}

func (r Report) writeTags(w io.Writer) {
	tags := map[string]*Counts{}
	for _, j := range r {
		of := j.Question.Tags
		if len(of) == 0 {
			of = []string{"-"}
		}
		for _, t := range of {
			if tags[t] == nil {
				tags[t] = &Counts{}
			}
			tags[t].add(j.Verdict)
		}
	}
	for _, t := range sortedKeys(tags) {
		c := tags[t]
		fmt.Fprintf(w, "%-24s right %4d of %4d  miss %3d  wrong %3d  incomplete %3d\n", t, c.Right, c.Total(), c.Miss, c.Wrong, c.Incomplete)
	}
}

// writeConfusion counts, for the questions that name the operation they expect, which other one was understood.
func (r Report) writeConfusion(w io.Writer) {
	mixed, expected := map[string]int{}, 0
	for _, j := range r {
		want := j.Question.Expect.Operation
		if len(want) == 0 {
			continue
		}
		expected++
		if !slices.Contains(want, j.Given.Operation) {
			mixed[fmt.Sprintf("%s taken for %s", strings.Join(want, "/"), cmp.Or(j.Given.Operation, "none"))]++
		}
	}
	if expected == 0 {
		return
	}
	n := 0
	for _, pair := range sortedKeys(mixed) {
		fmt.Fprintf(w, "operation: %s, %d times\n", pair, mixed[pair])
		n += mixed[pair]
	}
	fmt.Fprintf(w, "operation: %d of %d as expected\n", expected-n, expected)
}

// slowest is how many questions are named as the slowest.
const slowest = 3

func (r Report) writeSlowest(w io.Writer) {
	byTime := slices.Clone(r)
	slices.SortStableFunc(byTime, func(a, b Judged) int { return cmp.Compare(b.Took, a.Took) })
	for _, j := range byTime[:min(len(byTime), slowest)] {
		if j.Took > 0 {
			fmt.Fprintf(w, "slow: %8s %-14s %s\n", j.Took.Round(10*time.Microsecond), j.Question.ID, short(j.Question.Text, 80))
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// short is at most n letters of a text.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
