package qa

import (
	"time"

	"factbot/internal/facts"
)

// Finder finds names by approximate text: folded words in, ids of what may be meant out, best first. It is the search index behind a
// small interface.
type Finder interface {
	Find(words []string, limit int) []string
}

// Speller finds the known words near a mistyped one: at most the given number of edits away (a transposition counts as one), nearest
// first.
type Speller interface {
	Near(word string, edits int) []string
}

// Asked is a question with what it is asked in.
type Asked struct {
	Text string
	Lang string    // "vi", "en", or empty: from the text, then Fallback
	Area string    // the chat's own default area, or empty
	Now  time.Time // what "năm nay" is relative to
	Prev Conversation

	Fallback string // the language where the text shows none
}

// Conversation is what a chat's next question may inherit from; the zero value is a new conversation.
type Conversation struct {
	Last     []Query // the queries of the last question that had an answer, in order
	Results  []string
	Projects []string
}

// Engine answers questions over one snapshot. It is safe for use by many goroutines.
type Engine struct {
	facts *facts.Snapshot
}

// Answer computes the answer to a question and what its chat remembers for the next. It is a plain function of its arguments.
func (e *Engine) Answer(q Asked) (Answer, Conversation) {
	return Answer{}, Conversation{}
}
