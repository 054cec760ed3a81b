package qa

import (
	"slices"

	"factbot/internal/token"
	"factbot/internal/words"
)

// Before they ask people say who they are and what they are about: "Chúng tôi đang soạn bài địa lý địa phương và cần giá trị …", "Câu lạc bộ báo chí xin
// số liệu …". Elsewhere the words of such a beginning explain nothing.

// mostBefore is how many spans may stand before an introduction: a greeting.
const mostBefore = 3

// passIntroductions passes over such a beginning, where nothing in it is asked of and the rest asks something.
func passIntroductions(tokens []token.Token, spans []span) {
	defer forgetIntroductions(spans)
	begin := 0
	for begin < len(spans) && begin < mostBefore && spans[begin].kind == kindWord && spans[begin].has(words.Hello, words.Filler) && !spans[begin].has(words.Intro) {
		begin++
	}
	switch end := introduced(tokens, spans, begin); {
	case end > begin:
		for i := begin; i < end; i++ {
			spans[i].fill()
		}
	default:
		for i := begin; i < requested(spans, begin); i++ {
			spans[i].fill()
		}
	}
}

// introduced is where an introduction ends that begins with who asks; begin where there is none.
func introduced(tokens []token.Token, spans []span, begin int) int {
	if begin >= len(spans) || spans[begin].kind != kindWord || !spans[begin].has(words.Intro) {
		return begin
	}
	end, other := begin+1, false
	for ; end < len(spans) && !endsClause(tokens[spans[end].from]) && !wishes(spans[end:]); end++ {
		if !tells(spans[end], &other) {
			return begin
		}
	}
	rest := spans[end:]
	switch {
	case spans[0].has(words.Hello) && !slices.ContainsFunc(rest, func(s span) bool { return s.kind != kindWord && s.kind != kindUnknown || s.has(asked...) }):
		return len(spans) // nothing but a greeting
	case !asks(rest), other && !namesSomething(rest):
		return begin
	}
	return end
}

// requested is where a beginning ends that tells whatever it tells, up to a word that nothing can be said of but words: "Bà con trong xóm hỏi …". What
// follows must name what it asks of. It is begin where there is none.
func requested(spans []span, begin int) int {
	other, said := false, begin > 0 // said: there are words of conversation
	for end := begin; end < len(spans) && spans[end].from < longestBeginning; end++ {
		if spans[end].kind == kindWord && spans[end].has(words.Request) {
			if said && namesSomething(spans[end:]) {
				return end
			}
			return begin
		}
		said = said || spans[end].kind == kindWord
		if !tells(spans[end], &other) {
			return begin
		}
	}
	return begin
}

// longestBeginning is how many words may stand before a request.
const longestBeginning = 16

// tells reports whether a span may stand where nothing is asked of; other notes that it is something that might be counted: "giáo viên".
func tells(s span, other *bool) bool {
	switch {
	case s.kind == kindUnknown || s.kind == kindUnit:
		return true
	case s.kind == kindWord:
		return !s.has(asked...)
	case s.kind == kindName && !slices.ContainsFunc(s.names, func(m match) bool { return m.class != classNoIndicator }):
		*other = true
		return true
	}
	return false
}

// namesSomething reports whether spans name an indicator or a project that there are facts of.
func namesSomething(spans []span) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return s.of(classIndicator) || s.of(classProject) })
}

// forgetIntroductions takes away the senses that have no other use. A wish alone carries nothing; who asks is unknown elsewhere.
func forgetIntroductions(spans []span) {
	for i, s := range spans {
		if !s.has(words.Intro, words.Wish, words.Request) {
			continue
		}
		wish := s.has(words.Wish, words.Request)
		s.senses = s.senses.Without(words.Intro, words.Wish, words.Request)
		switch {
		case s.kind != kindWord || !s.senses.Empty() || s.hasUnit:
		case wish:
			s.senses.Add(words.Filler)
		default:
			s.kind, s.elsewhere = kindUnknown, true
		}
		spans[i] = s
	}
}

// wishes reports whether spans begin with a wish: "cần", "và xin".
func wishes(spans []span) bool {
	if spans[0].kind == kindWord && spans[0].has(words.And) && len(spans) > 1 {
		spans = spans[1:]
	}
	return spans[0].kind == kindWord && spans[0].has(words.Wish)
}

// asked are the senses of which none may be said where nothing is asked.
var asked = append([]words.Sense{words.Which, words.What, words.Who, words.Where, words.When, words.How, words.Yesno, words.Isittrue},
	slices.DeleteFunc(slices.Clone(operationWords), func(s words.Sense) bool { return s == words.Source })...)
