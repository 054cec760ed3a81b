// Package reply shows an answer to a reader: as plain text, as Telegram HTML and as JSON, in Vietnamese or English. It computes nothing:
// every figure that it writes stands in the answer. It alone formats numbers, dates and periods, and alone knows the message library; the
// sentences themselves are data (locales/messages.*.yaml).
//
// A reply is short. What was asked comes first, the figure in bold; then what it is made of, doubts about it, what belongs beside it, and
// one line with the source.
//
//	Printer   the messages and unit names, prepared once
//	writer    one reply on its way: the language and the lines written so far
//	body      results → subject: predicate (detail)
package reply

import (
	"bytes"
	"io/fs"
	"strings"

	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// Printer writes answers. It is safe for use by many goroutines.
type Printer struct {
	units   *quantity.Units
	catalog *catalog
}

// Messages are the sentences of replies.
type Messages struct{ catalog *catalog }

// ReadMessages reads messages.vi.yaml and messages.en.yaml. The error names the file and what is wrong with it.
func ReadMessages(files fs.FS) (*Messages, error) {
	c, err := readCatalog(files)
	if err != nil {
		return nil, err
	}
	return &Messages{c}, nil
}

// New prepares a printer from the names of units and the messages.
func New(units *quantity.Units, m *Messages) *Printer { return &Printer{units, m.catalog} }

// Written is the reply to an answer in words, to be shown with markup or without.
type Written struct{ marked string }

// Write writes the reply to an answer.
func (p *Printer) Write(a qa.Answer) Written { return Written{p.marked(&a)} }

// Text is the reply without markup.
func (w Written) Text() string { return plain(w.marked) }

// HTML is the reply in the HTML that Telegram reads: b, i and blockquote, everything else escaped.
func (w Written) HTML() string { return asHTML(w.marked) }

// Date writes a date, which may be no more than a month or a year, the reader's way.
func (p *Printer) Date(lang, iso string) string { return date(known(lang), iso) }

// Message is a message of locales/messages.*.yaml with its arguments filled in, for callers with texts of their own. It is empty where there
// is no such message or an argument is missing; an unknown language is Vietnamese.
func (p *Printer) Message(lang, id string, args map[string]any) string {
	return p.catalog.message(known(lang), id, args)
}

// Amount writes a quantity with its unit the reader's way.
func (p *Printer) Amount(lang string, q quantity.Quantity) string { return p.amount(known(lang), q) }

// known is a language that there are messages in.
func known(lang string) string {
	if lang == English {
		return English
	}
	return Vietnamese
}

// writer is one reply on its way.
type writer struct {
	*Printer
	lang  string
	lines []string
	room  []byte // for the message that is being said

	periodWords map[period.Period]string // those written so far
}

// marked is the reply with its marks.
func (p *Printer) marked(a *qa.Answer) string {
	w := &writer{Printer: p, lang: known(a.Lang), lines: make([]string, 0, 12), room: make([]byte, 0, 256)}
	w.answer(a)
	return strings.Join(w.lines, "\n")
}

// line adds a line, unless it is empty.
func (w *writer) line(s string) {
	if s != "" {
		w.lines = append(w.lines, s)
	}
}

// say is a message with arguments given as name, value, name, value.
func (w *writer) say(id string, args ...string) string {
	if f, ok := w.catalog.fills[w.lang][id]; ok {
		w.room = f.fill(w.room[:0], args)
		return string(bytes.TrimSpace(w.room))
	}
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		data[args[i]] = args[i+1]
	}
	return w.catalog.message(w.lang, id, data)
}

// coded is the message of a code, or the general one where the code has none.
func (w *writer) coded(family string, code string, args ...string) string {
	if id := family + code; w.catalog.has(id) {
		return w.say(id, args...)
	}
	return w.say(family+"other", args...)
}

// Period writes a period the reader's way.
func (p *Printer) Period(lang string, at period.Period) string {
	return (&writer{Printer: p, lang: known(lang)}).period(at)
}

// Cited is where an answer's figures come from, in a few words: the first source without the place in it; empty where there is none.
func (p *Printer) Cited(a qa.Answer) string {
	if len(a.Sources) == 0 {
		return ""
	}
	s := a.Sources[0]
	s.Locator = ""
	w := &writer{Printer: p, lang: known(a.Lang)}
	return plain(w.say("source", "Sources", w.source(s)))
}
