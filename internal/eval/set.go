// Package eval asks whether answers are right: it reads question sets, judges each answer as it was printed, and reports.
//
// A set is a JSON-lines file of questions with what is expected of their answers. Wrong weighs most: an answer that was declined
// is a pity, a wrong figure is the worst that can happen.
package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Question is one line of a set.
type Question struct {
	ID     string   `json:"id"`
	Lang   string   `json:"lang,omitempty"`
	Tags   []string `json:"tags,omitempty"`
	Chat   string   `json:"chat,omitempty"` // questions of one chat are one conversation, in order
	Now    string   `json:"now,omitempty"`  // ISO date that the question is asked on
	Text   string   `json:"text"`
	Expect Expect   `json:"expect"`

	Line int `json:"-"`
}

// Expect is what an answer must be.
type Expect struct {
	Status    Strings   `json:"status,omitempty"` // the statuses that are right; none: answered
	Values    []Value   `json:"values,omitempty"`
	Mention   []Strings `json:"mention,omitempty"` // each needs one of its strings in the text
	Avoid     []string  `json:"avoid,omitempty"`
	Warning   Strings   `json:"warning,omitempty"` // the codes that must be there
	Operation Strings   `json:"operation,omitempty"`
}

// Strings is a list of strings; in JSON one string may stand for a list of one.
type Strings []string

// UnmarshalJSON reads a string or a list of strings.
func (s *Strings) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var one string
		if err := json.Unmarshal(data, &one); err != nil {
			return err
		}
		*s = Strings{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(data, &many); err != nil {
		return fmt.Errorf("%s is neither a string nor a list of strings", data)
	}
	*s = many
	return nil
}

// Value is an expected figure, in JSON [value, unit, mult]. Unit may name several that count as the same: "VND|VND/month".
type Value struct {
	Value float64
	Unit  string
	Mult  int
}

// UnmarshalJSON reads [value, unit, mult].
func (v *Value) UnmarshalJSON(data []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil || len(parts) != 3 {
		return fmt.Errorf("value %s is not [value, unit, mult]", data)
	}
	for i, into := range []any{&v.Value, &v.Unit, &v.Mult} {
		if err := json.Unmarshal(parts[i], into); err != nil {
			return fmt.Errorf("value %s: %s is not the %s", data, parts[i], [...]string{"number", "unit", "multiplier"}[i])
		}
	}
	return nil
}

// maxLine is the longest line of a set or of a file of answers that is read, in bytes.
const maxLine = 4 << 20

// ReadSet reads a set. An error names the file and the line.
func ReadSet(name string, r io.Reader) ([]Question, error) {
	var questions []Question
	err := lines(name, r, func(n int, line []byte) error {
		q := Question{Line: n}
		if err := json.Unmarshal(line, &q); err != nil {
			return fmt.Errorf("%s:%d: is not a question of a set: %w", name, n, err)
		}
		if q.Now != "" {
			if _, err := time.Parse(time.DateOnly, q.Now); err != nil {
				return fmt.Errorf("%s:%d: now: %q is not a date like 2021-01-15", name, n, q.Now)
			}
			if len(questions) > 0 && questions[0].Now != q.Now {
				return fmt.Errorf("%s:%d: now: %q is not %q as in line %d: a set is asked on one date", name, n, q.Now, questions[0].Now, questions[0].Line)
			}
		}
		if q.ID == "" {
			q.ID = "?"
		}
		questions = append(questions, q)
		return nil
	})
	return questions, err
}

// lines calls each with every line that is not empty.
func lines(name string, r io.Reader, each func(n int, line []byte) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 64<<10), maxLine)
	n := 0
	for scanner.Scan() {
		n++
		line := scanner.Bytes()
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if err := each(n, line); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	return nil
}
