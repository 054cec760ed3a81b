package qa

import (
	"strings"

	"factbot/internal/token"
	"factbot/internal/words"
)

// Letters come with clauses that ask nothing: "Tôi về hưu đã lâu, ngày nào cũng đọc báo, …: năm 2020 bán lẻ được bao nhiêu?". What nothing
// explains in such a clause is passed over.

// passChatter marks the unknown words of clauses that name nothing and ask nothing as fillers, where another clause does. Such a clause is four
// words or more, at least half of them known words of conversation.
func (r *reading) passChatter() {
	type clause struct{ from, to int }
	var clauses []clause
	begin := 0
	for i := 1; i <= len(r.spans); i++ {
		if i == len(r.spans) || endsClause(r.tokens[r.spans[i].from]) {
			clauses = append(clauses, clause{begin, i})
			begin = i
		}
	}
	if len(clauses) < 2 {
		return
	}
	asked := false
	for _, c := range clauses {
		asked = asked || asks(r.spans[c.from:c.to])
	}
	if !asked {
		return
	}
	for _, c := range clauses {
		if chatter(r.spans[c.from:c.to]) {
			for i := c.from; i < c.to; i++ {
				if r.spans[i].kind == kindUnknown {
					r.spans[i].kind = kindWord
					r.spans[i].senses.Add(words.Filler)
				}
			}
		}
	}
}

// endsClause reports whether a mark that ends a clause stands before a token.
func endsClause(t token.Token) bool {
	return strings.ContainsAny(t.Gap, ",;:.!?\n…–") && strings.TrimSpace(t.Gap) != ""
}

// talk are the senses that a clause of conversation may say.
var talk = []words.Sense{words.Filler, words.Hello, words.Thanks, words.Bye, words.Okay, words.Home, words.Linking}

func chatter(spans []span) bool {
	known, unknown := 0, 0
	for _, s := range spans {
		n := s.to - s.from
		switch {
		case s.kind == kindUnknown:
			unknown += n
		case s.kind != kindWord || !s.has(words.Filler) && !s.senses.Without(talk...).Empty():
			return false
		default:
			known += n
		}
	}
	return unknown > 0 && known+unknown >= 4 && known >= unknown
}
