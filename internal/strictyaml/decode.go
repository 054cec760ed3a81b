package strictyaml

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/unicode/norm"
)

// placed is a type of this package that decodes itself with its place.
type placed interface {
	decode(d *decoder, n *yaml.Node, label string)
}

var posType = reflect.TypeFor[Pos]()

type decoder struct {
	file     string
	problems []Problem
}

// report notes a problem at a node; label is the key it belongs to, or empty.
func (d *decoder) report(n *yaml.Node, label, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if label != "" {
		message = label + ": " + message
	}
	d.problems = append(d.problems, Problem{d.file, n.Line, n.Column, message})
}

// value decodes a node into v, which is settable.
func (d *decoder) value(n *yaml.Node, v reflect.Value, label string) {
	if !d.plain(n, label) {
		return
	}
	if p, ok := v.Addr().Interface().(placed); ok {
		p.decode(d, n, label)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), label)
	case reflect.Struct:
		d.structure(n, v, label)
	case reflect.Map:
		d.mapping(n, v, label)
	case reflect.Slice:
		d.list(n, v, label)
	case reflect.String:
		if d.scalar(n, label, "a text") {
			v.SetString(norm.NFC.String(n.Value))
		}
	case reflect.Bool:
		d.boolean(n, v, label)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		d.integer(n, v, label)
	case reflect.Interface:
		d.free(n, v, label)
	default:
		d.report(n, label, "no value of this kind can be read")
	}
}

// free decodes a node into an any: a text (numbers and the like as written), a []any or a map[string]any.
func (d *decoder) free(n *yaml.Node, v reflect.Value, label string) {
	var out reflect.Value
	switch n.Kind {
	case yaml.MappingNode:
		out = reflect.New(reflect.TypeFor[map[string]any]()).Elem()
	case yaml.SequenceNode:
		out = reflect.New(reflect.TypeFor[[]any]()).Elem()
	default:
		out = reflect.New(reflect.TypeFor[string]()).Elem()
	}
	if !out.Type().AssignableTo(v.Type()) {
		d.report(n, label, "no value of this kind can be read")
		return
	}
	d.value(n, out, label)
	v.Set(out)
}

// plain refuses what is never read: aliases, anchors, explicit tags and empty values.
func (d *decoder) plain(n *yaml.Node, label string) bool {
	switch {
	case n.Kind == yaml.AliasNode:
		d.report(n, label, "alias %q: anchors and aliases are not read, write the value out", "*"+n.Value)
	case n.Anchor != "":
		d.report(n, label, "anchor %q: anchors and aliases are not read, write the value out", "&"+n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		d.report(n, label, "tag %q: tags are not read", n.Tag)
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		d.report(n, label, "the value is empty: leave the key out or give it a value")
	default:
		return true
	}
	return false
}

func (d *decoder) scalar(n *yaml.Node, label, want string) bool {
	if n.Kind != yaml.ScalarNode {
		d.report(n, label, "%s stands where %s is expected", kindName(n), want)
		return false
	}
	return true
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return strconv.Quote(n.Value)
}

func (d *decoder) boolean(n *yaml.Node, v reflect.Value, label string) {
	if !d.scalar(n, label, "true or false") {
		return
	}
	switch n.Value {
	case "true":
		v.SetBool(true)
	case "false":
		v.SetBool(false)
	default:
		d.report(n, label, "%q is not true or false", n.Value)
	}
}

func (d *decoder) integer(n *yaml.Node, v reflect.Value, label string) {
	if !d.scalar(n, label, "a whole number") {
		return
	}
	i, ok := wholeNumber(n.Value)
	if !ok || v.OverflowInt(i) || n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		d.report(n, label, "%q is no whole number", n.Value)
		return
	}
	v.SetInt(i)
}

// wholeNumber reads digits with an optional minus; no leading zero, no marks, no other base.
func wholeNumber(s string) (int64, bool) {
	i, err := strconv.ParseInt(s, 10, 64)
	return i, err == nil && strconv.FormatInt(i, 10) == s
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, label string) {
	if n.Kind != yaml.SequenceNode {
		d.report(n, label, "%s stands where a list is expected", kindName(n))
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.value(item, out.Index(i), label)
	}
	v.Set(out)
}

// entries calls f for every pair of a mapping whose key is a plain scalar that stood not before.
func (d *decoder) entries(n *yaml.Node, label string, f func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.report(n, label, "%s stands where a mapping is expected", kindName(n))
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			d.report(key, label, "a key is %s; keys are plain words", kindName(key))
			continue
		}
		if key.ShortTag() == "!!null" || !d.plain(key, label) {
			if key.ShortTag() == "!!null" {
				d.report(key, label, "a key is empty")
			}
			continue
		}
		if line, ok := seen[key.Value]; ok {
			d.report(key, label, "key %q stands already in line %d", key.Value, line)
			continue
		}
		seen[key.Value] = key.Line
		f(key, value)
	}
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, label string) {
	t := v.Type()
	out := reflect.MakeMap(t)
	d.entries(n, label, func(key, value *yaml.Node) {
		k := reflect.New(t.Key()).Elem()
		switch k.Kind() {
		case reflect.String:
			k.SetString(norm.NFC.String(key.Value))
		case reflect.Int:
			i, ok := wholeNumber(key.Value)
			if !ok {
				d.report(key, label, "key %q is no whole number", key.Value)
				return
			}
			k.SetInt(i)
		default:
			d.report(key, label, "no key of this kind can be read")
			return
		}
		e := reflect.New(t.Elem()).Elem()
		d.value(value, e, key.Value)
		out.SetMapIndex(k, e)
	})
	v.Set(out)
}

// field is one key that a struct has.
type field struct {
	name     string
	index    int
	required bool
}

func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if name != "" && name != "-" {
			fields = append(fields, field{name, i, option == "required"})
		}
	}
	return fields
}

func (d *decoder) structure(n *yaml.Node, v reflect.Value, label string) {
	t := v.Type()
	if f, ok := t.FieldByName("Pos"); ok && f.Anonymous && f.Type == posType {
		v.FieldByIndex(f.Index).Set(reflect.ValueOf(Pos{n.Line, n.Column}))
	}
	fields := fieldsOf(t)
	given := map[string]bool{}
	d.entries(n, label, func(key, value *yaml.Node) {
		for _, f := range fields {
			if f.name == key.Value {
				given[f.name] = true
				d.value(value, v.Field(f.index), f.name)
				return
			}
		}
		d.report(key, label, "unknown key %q; known are %s", key.Value, names(fields))
	})
	if n.Kind != yaml.MappingNode {
		return
	}
	for _, f := range fields {
		if f.required && !given[f.name] {
			d.report(n, label, "key %q is missing", f.name)
		}
	}
}

func names(fields []field) string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.name
	}
	return strings.Join(all, ", ")
}
