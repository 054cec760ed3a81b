package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"factbot/internal/desk"
)

// maxLine is the longest line that is read as a question, in bytes. Of a longer one only the beginning is kept.
const maxLine = 1 << 20

// lines reads lines of any length in bounded memory.
type lines struct{ in *bufio.Reader }

func newLines(in io.Reader) *lines { return &lines{bufio.NewReaderSize(in, 64<<10)} }

// line is one line of input, without its end.
type line struct {
	text []byte
	cut  bool // it was longer than maxLine
}

// next is the next line; io.EOF where there is none. A last line without an end counts.
func (l *lines) next() (line, error) {
	var got line
	for {
		part, err := l.in.ReadSlice('\n')
		room := maxLine + len("\r\n") - len(got.text)
		if len(part) > room {
			part, got.cut = part[:room], true
		}
		got.text = append(got.text, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(got.text) == 0:
			return got, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return got, err
		}
		got.text = bytes.TrimSuffix(bytes.TrimSuffix(got.text, []byte("\n")), []byte("\r"))
		if len(got.text) > maxLine {
			got.text, got.cut = got.text[:maxLine], true
		}
		return got, nil
	}
}

// each does something with every line, until the first error.
func (l *lines) each(do func(line) error) error {
	for {
		line, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		if err := do(line); err != nil {
			return err
		}
	}
}

func (l line) blank() bool { return len(bytes.TrimSpace(l.text)) == 0 }

// maxEcho is how much of a line that is no question stands in its answer, in letters.
const maxEcho = 500

// read puts the line's question into q. What is no question (an object that is malformed or has no text, a line that is too long) stands
// there in short and gives false.
func (l line) read(q *desk.Question) bool {
	text := strings.TrimPrefix(string(l.text), "\ufeff")
	valid := utf8.ValidString(text)
	text = strings.ToValidUTF8(text, "\ufffd")
	if q.Text = text; l.cut {
		q.Text = echo(text)
		return false
	}
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return true
	}
	var object struct {
		Chat string  `json:"chat"`
		Text *string `json:"text"`
	}
	if err := json.Unmarshal([]byte(text), &object); err != nil || object.Text == nil || !valid {
		q.Text = echo(text)
		return false
	}
	q.Chat, q.Text = object.Chat, *object.Text
	return true
}

func echo(s string) string {
	n := 0
	for i := range s {
		if n == maxEcho {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
