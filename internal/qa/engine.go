package qa

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/spell"
	"factbot/internal/token"
	"factbot/internal/words"
)

// Finder finds names and statements by approximate text. It is the search index behind a small interface.
type Finder interface {
	// Find returns the ids of the names (as Names gives them) that folded words may mean, best first.
	Find(words []string, limit int) []string
	// Statements returns the ids of the statements that hold most of the folded words, best first, with how many of them.
	Statements(words []string, limit int) (ids []string, held []int)
}

// Known is a name that the engine knows without having figures for it, so that it can say what it does not have.
type Known struct {
	ID      string
	Name    facts.Text
	Aliases []string
	Shared  []string // names that several are asked by
}

// Asked is a question with what it is asked in.
type Asked struct {
	Text     string
	Lang     string       // "vi", "en", or empty: from the text
	Fallback string       // the language where the text shows none; empty: Vietnamese
	Area     string       // the chat's own default area, or empty
	Now      time.Time    // what "năm nay" is relative to
	Prev     Conversation // what the chat asked before
}

// Engine answers questions over one snapshot. It is safe for use by many goroutines.
type Engine struct {
	facts     *facts.Snapshot
	finder    Finder
	words     *words.Words
	units     *quantity.Units
	lex       *lexicon
	catalogue *lexicon // what of it does not come from the documents
	spelling  func() spelling
	glossary  glossary
	phrases   map[string][]*filed // by joined phrase
	measure   map[string]bool     // folded phrases that only say that something is measured
	linking   map[string]bool     // folded words that a name may be said without
	joining   map[string]bool     // folded words that join more of the same: "và"
	owned     map[string]bool     // indicators of the facts that are a known one
	place     map[string]bool     // folded words that end a name without narrowing it: "hàng hóa", "trên địa bàn"
}

type spelling struct {
	dictionary *spell.Dictionary   // phrases, joined
	words      *spell.Dictionary   // the words of the facts' names
	forms      map[string][]string // those with their marks, by their letters
	beside     map[[2]string]bool  // words that stand side by side in a long name of the facts
}

// filed is a phrase that a typo may be mended to. It is cut when the first typo is near it, as most never are.
type filed struct {
	text string
	cut  atomic.Pointer[mendable]
}

// mendable is a phrase cut into words, with what is known of it.
type mendable struct {
	tokens  []token.Token
	name    bool // it names something
	distant bool // something that the facts have no figures of
}

// NewEngine prepares an engine: the names of the catalogue, those known by name only, and the words of the languages become one lexicon, to which
// that of the documents is added. A nil finder finds nothing: then only whole names are understood.
func NewEngine(s *facts.Snapshot, w *words.Words, indicators, areas []Known, finder Finder) *Engine {
	e := &Engine{facts: s, words: w, lex: newLexicon(w), glossary: newGlossary(w.Glossary)}
	e.measure = phrasesOf(w, "measureword")
	e.linking = wordsOf(w, "linking")
	e.joining = wordsOf(w, "joining")
	e.place = wordsOf(w, "home", "goodsword")
	e.nameCatalogue()
	e.nameKnown(indicators, areas)
	e.catalogue = e.lex
	return e.over(s, finder)
}

// Over is an engine over other facts with the same catalogue, whose names it need not file again; nil where the catalogue is another.
func (e *Engine) Over(s *facts.Snapshot, finder Finder) *Engine {
	if !slices.Equal(s.Indicators(), e.facts.Indicators()) || !slices.Equal(s.Areas(), e.facts.Areas()) {
		return nil
	}
	return e.over(s, finder)
}

// over is the engine with what the documents of some facts name.
func (e *Engine) over(s *facts.Snapshot, finder Finder) *Engine {
	of := *e
	of.facts, of.finder, of.lex, of.phrases = s, finder, e.catalogue.clone(), map[string][]*filed{}
	own := map[quantity.Unit]bool{}
	for _, i := range s.Indicators() {
		own[i.Unit] = true
	}
	for _, p := range s.Projects() {
		if p.Capacity != nil {
			own[p.Capacity.Unit.Base()] = true
		}
	}
	of.units = e.words.Units.With(slices.Sorted(maps.Keys(own)))
	of.nameDocuments(textsOf(e.words, "central"), textsOf(e.words, "council"))
	of.spelling = sync.OnceValue(of.spell)
	return &of
}

// wordsOf are the folded words of the phrases of senses, in all languages.
func wordsOf(w *words.Words, senses ...string) map[string]bool {
	out := map[string]bool{}
	for _, lang := range w.Languages {
		for _, sense := range senses {
			for _, text := range lang.Senses[sense] {
				for _, word := range token.Words(text) {
					out[word] = true
				}
			}
		}
	}
	return out
}

// textsOf are the phrases of a sense as they are written, in all languages.
func textsOf(w *words.Words, sense string) []string {
	var out []string
	for _, lang := range w.Languages {
		out = append(out, lang.Senses[sense]...)
	}
	return out
}

// phrasesOf are the folded phrases of a sense, in all languages.
func phrasesOf(w *words.Words, sense string) map[string]bool {
	out := map[string]bool{}
	for _, lang := range w.Languages {
		for _, text := range lang.Senses[sense] {
			out[token.Fold(text)] = true
		}
	}
	return out
}

// mendable is a filed phrase, cut.
func (e *Engine) mendable(p *filed) mendable {
	m := p.cut.Load()
	if m == nil {
		m = &mendable{token.Split(p.text), e.isName(p.text), e.knownOnly(p.text)}
		p.cut.Store(m)
	}
	return *m
}

// Warm prepares what is otherwise prepared when the first typo needs it.
func (e *Engine) Warm() { e.spelling() }

func (e *Engine) dictionary() *spell.Dictionary { return e.spelling().dictionary }

// spell joins every phrase of four letters or more for the mending of typos. It is made when the first question needs it.
func (e *Engine) spell() spelling {
	var joined []string
	known := map[string]bool{}
	file := func(text string) {
		if known[text] {
			return
		}
		known[text] = true
		key := strings.ReplaceAll(token.Fold(text), " ", "")
		if len(key) < 4 || len(key) > 32 {
			return
		}
		if len(e.phrases[key]) == 0 {
			joined = append(joined, key)
		}
		e.phrases[key] = append(e.phrases[key], &filed{text: text})
	}
	forms, beside := map[string][]string{}, map[[2]string]bool{}
	var single []string
	for _, t := range e.lex.targets {
		for _, p := range t.known {
			file(p.text)
			for i, word := range p.lower {
				file(word)
				if t.class > classProject || len(p.lower) < namedBeside {
					continue
				}
				if i > 0 {
					beside[[2]string{p.fold[i-1], p.fold[i]}] = true
				}
				if len(forms[p.fold[i]]) == 0 {
					single = append(single, p.fold[i])
				}
				if !slices.Contains(forms[p.fold[i]], word) {
					forms[p.fold[i]] = append(forms[p.fold[i]], word)
				}
			}
		}
	}
	for _, entries := range e.lex.entries {
		for _, en := range entries {
			if en.class == classWord && en.sense != words.Filler && !en.sense.OfNames() {
				file(en.text)
			}
		}
	}
	return spelling{spell.New(joined), spell.New(single), forms, beside}
}

// Answer computes the answer to a question and what its chat remembers for the next. It is a plain function of its arguments.
func (e *Engine) Answer(q Asked) (Answer, Conversation) {
	if q.Fallback == "" {
		q.Fallback = "vi"
	}
	r := e.read(q.Text, q.Lang, q.Fallback, q.Now)
	queries := e.resolve(r, q)
	answers := make([]Answer, len(queries))
	for i, query := range queries {
		answers[i] = Compute(e.facts, query, q.Now)
		answers[i].Query = query
		answers[i].Slots = query.Slots
		answers[i].Warnings = append(answers[i].Warnings, e.assumed(query.Slots, r.lang)...)
	}
	var a Answer
	if len(answers) == 1 {
		a = answers[0]
	} else {
		a = Merge(answers)
	}
	a.Question, a.Lang, a.Revision = q.Text, r.lang, e.facts.Revision()
	for i := range a.Options {
		if o := &a.Options[i]; o.Text == "" {
			o.Text = strings.TrimSpace(o.Label.In(r.lang) + " " + strings.TrimSpace(q.Text))
		}
	}
	if len(queries) > 0 {
		a.Query = queries[len(queries)-1]
	}
	return a, q.Prev.after(queries, a)
}

// slotClasses is what the ids of a slot name.
var slotClasses = map[string]class{"indicator": classIndicator, "area": classArea, "project": classProject}

// assumed warns of the names that were mistyped: what was typed, and what it was taken for.
func (e *Engine) assumed(slots []Slot, lang string) []Warning {
	var out []Warning
	for _, s := range slots {
		if s.From != FromCorrection {
			continue
		}
		var names []string
		for _, id := range strings.Split(s.Value, ",") {
			if t := e.lex.lookup(slotClasses[s.Name], id); t != nil {
				names = append(names, t.name.In(lang))
			}
		}
		if len(names) > 0 && len(names) <= few {
			out = append(out, Warning{Code: Assumed, Typed: s.Typed, Meant: strings.Join(names, ", ")})
		}
	}
	return out
}

// Unnamed is the longest run of words of a question that nothing explains, with the guesses at names beside them: what may be a name that the facts do not have. It
// is empty where everything is explained.
func (e *Engine) Unnamed(text, lang string, now time.Time) string {
	r := e.read(text, lang, "vi", now)
	best := ""
	for i := 0; i < len(r.spans); i++ {
		if r.spans[i].kind != kindUnknown {
			continue
		}
		joins := func(k int) bool {
			return r.spans[k].kind == kindUnknown || r.spans[k].kind == kindName && r.spans[k].partial
		}
		from, to := i, i+1
		for from > 0 && joins(from-1) && !endsClause(r.tokens[r.spans[from].from]) {
			from--
		}
		for to < len(r.spans) && joins(to) && !endsClause(r.tokens[r.spans[to].from]) {
			to++
		}
		if run := r.words(span{from: r.spans[from].from, to: r.spans[to-1].to}); len(run) > len(best) {
			best = run
		}
		i = to - 1
	}
	return best
}

// Understood is how a text is cut, for tests and logs: spans in brackets with what they mean.
func (e *Engine) Understood(text, lang string, now time.Time) string {
	r := e.read(text, lang, "vi", now)
	var b strings.Builder
	b.WriteString(r.lang)
	for _, s := range r.spans {
		b.WriteString(" [")
		b.WriteString(foldOf(r.tokens[s.from:s.to]))
		switch s.kind {
		case kindUnknown:
			b.WriteString(" ?")
		case kindPeriod:
			b.WriteString(" period")
		case kindAmount:
			b.WriteString(" amount " + s.amount.number.String() + " " + string(s.amount.unit))
		case kindUnit:
			b.WriteString(" unit " + string(s.amount.unit))
		case kindStep:
			b.WriteString(" step")
		}
		for _, m := range s.names {
			b.WriteString(" =" + e.lex.targets[m.target].id)
		}
		if !s.senses.Empty() {
			b.WriteString(" " + s.senses.String())
		}
		b.WriteString("]")
	}
	return b.String()
}
