package qa

import (
	"slices"
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

// passPurposes passes over what the answer is for and who makes a claim: "để em chạy chữ bản tin tối", "Kịch bản em ghi … có đúng không?". Elsewhere
// the words of such clauses explain nothing: loudspeakers are also exported.
func passPurposes(tokens []token.Token, spans []span) {
	if !slices.ContainsFunc(spans, func(s span) bool { return s.kind == kindWord && s.has(words.Purpose, words.Occasion, words.Saying) }) {
		return
	}
	for i := 0; i < len(spans); i++ {
		if spans[i].kind != kindWord || !spans[i].has(words.Purpose) {
			continue
		}
		end := i + 1
		for end < len(spans) && !endsClause(tokens[spans[end].from]) {
			end++
		}
		rest := slices.Concat(spans[:i], spans[end:])
		if purpose(spans[i:end]) && asks(rest) {
			dated := slices.ContainsFunc(rest, func(s span) bool { return s.kind == kindPeriod })
			for j := i; j < end; j++ {
				if spans[j].kind != kindPeriod || dated {
					spans[j].fill()
				}
			}
			i = end - 1
		}
	}
	passSayer(spans)
	for i, s := range spans {
		if s.kind != kindWord || s.senses.Empty() || !s.senses.Without(words.Purpose, words.Occasion, words.Saying).Empty() {
			continue
		}
		if s.has(words.Purpose, words.Saying) {
			spans[i].fill()
		} else {
			spans[i].kind, spans[i].senses, spans[i].elsewhere = kindUnknown, words.Set{}, true
		}
	}
}

// purpose reports whether a clause says what the answer is for, and asks nothing: it names where the answer goes, or the speaker as the one
// who needs it and nothing that an operation goes by.
func purpose(clause []span) bool {
	place := false
	for _, s := range clause {
		switch {
		case s.kind == kindPeriod || s.kind == kindUnknown:
		case s.kind != kindWord || s.has(words.Howmuch, words.Which, words.What, words.Who, words.Where, words.When, words.How, words.Isittrue, words.Cause):
			return false
		default:
			place = place || s.has(words.Occasion) && !s.has(words.Purpose)
		}
	}
	return place || (clause[0].has(words.Occasion) || len(clause) > 1 && clause[1].has(words.Saying, words.Occasion)) && !asks(clause[1:]) // "để đọc loa"
}

// passSayer passes over who makes a claim that is to be checked, or the text that a figure is for, at the beginning of a question.
func passSayer(spans []span) {
	claim, check := false, false
	for _, s := range spans {
		claim = claim || s.kind == kindAmount
		check = check || s.has(words.Isittrue)
	}
	text := false // whose words are to be written: "dự thảo diễn văn cần nêu …"
	for i, s := range spans {
		person := s.kind == kindName && !s.of(classIndicator) && s.of(classNoIndicator) && claim && check && namesIndicator(spans[i+1:]) // "một học sinh viết rằng"
		if s.from > maxSayer || s.kind != kindWord && s.kind != kindUnknown && !person {
			return
		}
		if s.kind == kindUnknown && !(claim && check) {
			return
		}
		text = text || s.kind == kindWord && s.has(words.Occasion) && !s.has(words.Saying)
		if s.kind == kindWord && s.has(words.Saying) && (claim && check || text) {
			for j := range spans[:i+1] {
				spans[j].fill()
			}
			return
		}
	}
}

// maxSayer is how many words may say who makes a claim.
const maxSayer = 6

// fill makes a span one that carries nothing.
func (s *span) fill() {
	*s = span{from: s.from, to: s.to, kind: kindWord}
	s.senses.Add(words.Filler)
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
