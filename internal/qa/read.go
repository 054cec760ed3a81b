package qa

import (
	"regexp"
	"strings"
	"time"

	"factbot/internal/token"
)

// reading is a text cut into spans, with what was mended on the way.
type reading struct {
	text   string
	lang   string
	tokens []token.Token
	spans  []span
}

// maxTokens is how long a question may be; what is longer is no question.
const maxTokens = 160

// mention is a name of a bot or a person: addressed, not asked about.
var mention = regexp.MustCompile(`(^|[\s,;:(])@[A-Za-z0-9_]+`)

// glued is a currency's code written onto its number: "VND75 trillion".
var glued = regexp.MustCompile(`(?i)(^|[\s(])(vnd|usd|us\$|eur)(\d)`)

// digitGlued reports whether a digit stands right behind a letter or a sign of a currency, for the ordinary text where none does.
func digitGlued(text string) bool {
	for i := 1; i < len(text); i++ {
		if c := text[i-1] | 0x20; text[i] >= '0' && text[i] <= '9' && (c >= 'a' && c <= 'z' || text[i-1] == '$') {
			return true
		}
	}
	return false
}

// read cuts a text into spans. What nothing explains stays as unknown spans.
func (e *Engine) read(text, lang, fallback string, now time.Time) reading {
	text = token.Normalize(text)
	if strings.Contains(text, "@") {
		text = mention.ReplaceAllString(text, "$1")
	}
	if digitGlued(text) {
		text = glued.ReplaceAllString(text, "$1$2 $3")
	}
	r := reading{text: text, tokens: token.Split(text)}
	if len(r.tokens) > maxTokens {
		r.tokens = r.tokens[:maxTokens]
	}
	r.lang = lang
	if r.lang == "" {
		r.lang = e.lex.languageOf(r.tokens, fallback)
	}
	g := &segmenter{lex: e.lex, units: e.units, lang: e.lex.langIndex(r.lang), now: now}
	r.spans = g.segment(r.tokens)
	m := &mender{engine: e, segment: g.segment}
	if unknown(r.spans) > 0 {
		r.tokens, r.spans = m.mend(r.tokens, r.spans)
	}
	if r.lang == "en" {
		r.tokens, r.spans = m.ofProjects(r.tokens, r.spans)
	}
	if m.adjacentNames(r.tokens, r.spans) { // "XK thủy sản": written out the two may be one name
		if long, ok := m.writtenOut(r.tokens); ok {
			if _, spans := m.partial(long, g.segment(long)); unknown(spans) <= unknown(r.spans) && !m.adjacentNames(long, spans) {
				r.tokens, r.spans = long, spans
			}
		}
	}
	_, r.spans = m.partial(r.tokens, r.spans)
	r.passChatter()
	return r
}

// unknown counts the tokens that nothing explains.
func unknown(spans []span) int {
	n := 0
	for _, s := range spans {
		if s.kind == kindUnknown {
			n += s.to - s.from
		}
	}
	return n
}

// words is what was typed of a span.
func (r reading) words(s span) string {
	if s.to <= s.from || s.to > len(r.tokens) {
		return ""
	}
	first, last := r.tokens[s.from], r.tokens[s.to-1]
	if last.End > len(r.text) || first.Start > last.End {
		return foldOf(r.tokens[s.from:s.to])
	}
	return r.text[first.Start:last.End]
}
