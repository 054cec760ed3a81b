package telegram

import (
	"context"
	"encoding/json"
	"slices"
)

// Answerer answers questions. It is used by many goroutines at once; the questions of one chat come one after the other.
type Answerer interface {
	// Answer answers a question. The context ends when the bot stops and its time to finish is over.
	Answer(ctx context.Context, q Question) Reply
	// Linked reports whether a code that came with a link or a button is a question that can be answered: #code then is its text.
	Linked(code string) bool
	// Picture is the answer to a question drawn, ok where there is something to draw.
	Picture(ctx context.Context, q Question) (p Picture, ok bool)
	// Subject is what the id of a subject, or a code of Linked, is about, ok where there is something that can be followed.
	Subject(id, lang string) (s Subject, ok bool)
	// Areas are the areas that there are figures of.
	Areas(lang string) []Area
	// AreaNamed is the one of a name as people type it.
	AreaNamed(text, lang string) (a Area, ok bool)
	// Suggest are ready replies to what is being typed, best first.
	Suggest(ctx context.Context, text, lang string, limit int) []Reply
	// Browse is a page of the indicators, the projects or the documents that there are; a page that there is not is the nearest.
	Browse(what, lang string, page int) Page
	// Compare are questions worth trying that set one thing against another.
	Compare(lang string) []string
	// Examples are questions worth trying, in a language, best first. The first few become buttons.
	Examples(lang string) []string
}

// Question is what a person asked. Chat and Person together name a conversation: a group has one for each of its people.
type Question struct {
	Chat   int64
	Person int64 // the user, or the group or channel in whose name an anonymous admin writes
	Text   string
	Lang   string // the language where the text shows none: the person's choice, else that of their app; empty: nothing is known
	Area   string // the id of the area where the text names none; empty: none was chosen
	Group  bool
	Memory Memory // of the reply to the last question of this person in this chat
}

// Memory is what a reply leaves for the next question: a value that JSON can hold and that nobody changes. The zero one is nothing, or nothing any more.
type Memory struct {
	value any
	text  json.RawMessage // as it came back from the state, where it did
}

// Remembering is a value as a memory.
func Remembering(value any) Memory { return Memory{value: value} }

// Remembered is the value of a memory; ok is false where there is none that this build can read.
func Remembered[T any](m Memory) (value T, ok bool) {
	if value, ok = m.value.(T); ok {
		return value, true
	}
	if m.text == nil || json.Unmarshal(m.text, &value) != nil {
		var none T
		return none, false
	}
	return value, true
}

// MarshalJSON writes the value.
func (m Memory) MarshalJSON() ([]byte, error) {
	if m.value == nil && m.text != nil {
		return m.text, nil
	}
	return json.Marshal(m.value)
}

// UnmarshalJSON keeps what was written, until its type is known.
func (m *Memory) UnmarshalJSON(text []byte) error {
	*m = Memory{text: slices.Clone(text)}
	return nil
}

// IsZero is for encoding/json.
func (m Memory) IsZero() bool { return m.value == nil && m.text == nil }

// Reply is what is shown. Either of HTML and Plain may be empty, not both.
type Reply struct {
	HTML    string   // as the Bot API reads it, everything else escaped; of any length
	Plain   string   // the same without markup, for when the markup is refused
	Lang    string   // the language that the reply is in; empty: not known
	Status  string   // what became of the question, for the log of questions; empty: it is not logged
	Memory  Memory   // given back with the next question
	Next    []Button // questions that lead on: the answer to the one pressed takes the place of this reply, and one can go back
	Own     string   // the question that this answers, complete in itself, or #code; empty: it is not to be asked again
	Copy    string   // a sentence for the clipboard, at most 256 characters; empty: none
	Drawn   bool     // there may be a picture of it
	Draw    bool     // the question asks for the picture
	Follow  bool     // Own is a code whose subject can be followed
	Buttons [][]Button
	Choice  bool // the buttons are readings of the question: the answer to the one pressed takes the place of this reply
}

// Page is a page of what there is.
type Page struct {
	HTML, Plain  string
	Open         []Button // a question for each thing on it
	Number, Last int      // from 1
}

// Button asks a question when it is pressed, or opens an address.
type Button struct {
	Label string
	Ask   string // the question, complete in itself
	URL   string // where there is no Ask
}

// Texts are the bot's own sentences, without markup, by message id (see TextIDs). An unknown id is empty.
type Texts interface {
	Text(lang, id string, args map[string]any) string
}
