// Package strictyaml reads YAML files that people edit: strictly, every problem at once, each with its place. It alone knows the YAML
// library.
//
// A file is decoded into Go structs by their yaml tags. Unknown and repeated keys, values of another type, empty values, anchors,
// aliases and tags are problems. Scalars keep what was written: a string field given 2020 or no holds "2020" or "no", and Digits
// tells 012 from 12. Strings are composed (NFC).
//
// A field tagged `yaml:"id,required"` must be there. Wrapped as At[T] a value knows its line and column, so that checks which come
// later can name the place; a struct that embeds Pos knows where it begins.
package strictyaml

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// MaxSize is the size in bytes above which a file is refused before it is parsed.
const MaxSize = 4 << 20

// Pos is a place in a file; the first line and column are 1. The zero Pos is no place: what it belongs to is not in the file.
type Pos struct{ Line, Column int }

// IsZero reports whether p is no place.
func (p Pos) IsZero() bool { return p == Pos{} }

// Problem is one thing wrong with a file. Line and Column may be 0 where it concerns the whole file.
type Problem struct {
	File    string
	Line    int
	Column  int
	Message string
}

// longestMessage is how many bytes of a message are shown: what it quotes may be a whole file.
const longestMessage = 600

// String is "file:line:column: message".
func (p Problem) String() string {
	message := p.Message
	if len(message) > longestMessage {
		message = strings.ToValidUTF8(message[:longestMessage], "") + "…"
	}
	switch {
	case p.Line == 0:
		return p.File + ": " + message
	case p.Column == 0:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, message)
}

// Error is String, so that a Problem can stand as an error.
func (p Problem) Error() string { return p.String() }

// Compare orders problems by file, line and column.
func Compare(a, b Problem) int {
	return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// At is a value that knows its place; the zero At was not in the file.
type At[T any] struct {
	Value T
	Pos   Pos
}

// Given reports whether the value stands in the file.
func (a At[T]) Given() bool { return !a.Pos.IsZero() }

func (a *At[T]) decode(d *decoder, n *yaml.Node, label string) {
	a.Pos = Pos{n.Line, n.Column}
	d.value(n, reflect.ValueOf(&a.Value).Elem(), label)
}

// Digits is a scalar exactly as written: its text, and whether it stood in quotes. The zero Digits was not in the file.
type Digits struct {
	Text   string
	Quoted bool
	Pos    Pos
}

// Given reports whether the value stands in the file.
func (g Digits) Given() bool { return !g.Pos.IsZero() }

func (g *Digits) decode(d *decoder, n *yaml.Node, label string) {
	if d.scalar(n, label, "a number") {
		*g = Digits{n.Value, n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0, Pos{n.Line, n.Column}}
	}
}

// Load decodes data, the content of the file called name, into a pointer to a struct or map. It returns every problem found,
// in the order of the file; what is right beside them is decoded all the same.
func Load(name string, data []byte, into any) []Problem {
	if len(data) > MaxSize {
		return []Problem{{File: name, Message: fmt.Sprintf("%d bytes are more than the %d that are read", len(data), MaxSize)}}
	}
	var root yaml.Node
	if at := invalidUTF8(data); !at.IsZero() {
		return []Problem{{name, at.Line, at.Column, "the text is not UTF-8 here"}}
	}
	if err := yaml.Load(data, &root); err != nil {
		return []Problem{syntaxProblem(name, err)}
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) != 1 {
		return []Problem{{File: name, Message: "the file is empty"}}
	}
	d := &decoder{file: name}
	d.value(root.Content[0], reflect.ValueOf(into).Elem(), "")
	slices.SortStableFunc(d.problems, Compare)
	return d.problems
}

// syntaxProblem gives a YAML error its place.
func syntaxProblem(name string, err error) Problem {
	p := Problem{File: name, Message: err.Error()}
	var le *yaml.LoadError
	if errors.As(err, &le) {
		p = Problem{name, le.Mark.Line, le.Mark.Column, le.Message}
		if le.ContextMsg != "" {
			p.Message = le.ContextMsg + ": " + p.Message
		}
	}
	switch {
	case strings.Contains(p.Message, "no documents"):
		p.Message = "the file is empty"
	case strings.Contains(p.Message, "found multiple"):
		p.Message = "the file holds several documents; one is read"
	}
	p.Message = strings.TrimPrefix(p.Message, "yaml: ")
	return p
}

// invalidUTF8 is the place of the first byte that is no UTF-8, or zero.
func invalidUTF8(data []byte) Pos {
	at := Pos{1, 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at.Column++
		if r == '\n' {
			at = Pos{at.Line + 1, 1}
		}
		data = data[size:]
	}
	return Pos{}
}
