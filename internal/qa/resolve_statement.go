package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/token"
	"factbot/internal/words"
)

// statementKinds are the kinds of statements that senses ask for.
var statementKinds = []struct {
	sense words.Sense
	kinds []facts.StatementKind
}{
	{words.Cause, []facts.StatementKind{facts.Cause}},
	{words.Solution, []facts.StatementKind{facts.Solution}},
	{words.Orientation, []facts.StatementKind{facts.Orientation, facts.Solution}},
	{words.Speaker, []facts.StatementKind{facts.Speaker}},
}

// asksStatement reports whether what a document says in words is asked for.
func (r *resolver) asksStatement() bool {
	q := r.q
	if !q.has(words.Cause, words.Solution, words.Orientation, words.Speaker, words.Remark) {
		return false
	}
	if q.has(words.Cause, words.Speaker) {
		return true
	}
	if r.named() > 0 && len(q.amounts) > 0 && len(q.limits) == 0 {
		return false // "a colleague quotes exports of …": a claim
	}
	if u, ok := q.unit(); ok && u.unit != "" || q.has(words.Grow) && q.has(words.Howmuch) {
		return false
	}
	if !q.has(words.Solution) && r.asksCount() {
		return false // "bài báo nhắc đến bao nhiêu dự án"
	}
	if q.has(words.Solution) || q.has(words.Remark) && len(r.projects) == 0 {
		return true
	}
	if q.has(words.Compare) && r.named() > 0 && len(r.periods) > 1 {
		return false // "compare 2020 and 2021 plans for retail sales"
	}
	// words of orientation are also ordinary words: they ask for a statement where nothing is asked of a figure
	if q.has(words.Capacity) && (len(r.projects) > 0 || q.has(words.Project) || !q.has(words.How)) {
		return false // but "định hướng thu hút các tập đoàn quy mô lớn ra sao"
	}
	return q.has(words.Orientation) && !q.has(words.Howmuch, words.Attain, words.Missed, words.Exceeded, words.Short, words.Investor)
}

// statementsFor finds the statements that the words of the question point to, and reports whether there is any. With onlyWhole no kind of statement
// was asked for: they must hold every word that is no ordinary one.
func (r *resolver) statementsFor(onlyWhole bool) bool {
	q := r.q
	if r.tookOp && len(r.out.Kinds) == 0 && r.prev != nil {
		r.out.Kinds = r.prev.Kinds
	}
	for _, k := range statementKinds {
		if q.has(k.sense) {
			r.out.Kinds = append(r.out.Kinds, k.kinds...)
		}
	}
	topic, unknownWords := r.topic()
	topic = distinct(topic)
	if len(topic) == 0 || r.finder == nil {
		return len(r.out.Kinds) > 0
	}
	best, most := r.bestStatements(topic, unknownWords, r.out.Kinds)
	if len(best) == 0 && len(unknownWords) > 0 && len(r.out.Kinds) > 0 && !q.has(words.Speaker) && !r.asksCause() {
		best, most = r.bestStatements(topic, unknownWords, nil) // what is asked for as a measure may stand there as an orientation
	}
	if len(best) == 0 && len(unknownWords) == 0 && len(r.out.Kinds) > 0 && !onlyWhole {
		q.unknown = nil // ordinary words, about nothing in particular
		return true
	}
	if len(best) == 0 || onlyWhole && most < len(topic) && len(unknownWords) == 0 {
		return false
	}
	r.out.Statements = best
	q.unknown = nil
	return true
}

// asksCause reports whether a cause is asked for, by a word that is not what statements speak of as well: "vướng mắc".
func (r *resolver) asksCause() bool {
	return slices.ContainsFunc(r.q.spans, func(s span) bool { return s.has(words.Cause) && !s.of(classTopic) })
}

// speaksOf reports whether a statement of the kinds holds every word of what the question names.
func (r *resolver) speaksOf(kinds []facts.StatementKind) bool {
	topic, unexplained := r.topic()
	if len(topic) == 0 || r.finder == nil {
		return false
	}
	best, most := r.bestStatements(topic, unexplained, kinds)
	return len(best) > 0 && most == len(topic)
}

// topical reports whether the question names, and asks for nothing but, what a statement speaks of: "anything planned for the business
// environment?", "what about raw material exports?" Only its ordinary words may be missing there.
func (r *resolver) topical() bool {
	q := r.q
	if _, unit := q.unit(); unit || len(r.projects) > 0 || len(q.amounts) > 0 || r.prev != nil || r.finder == nil ||
		!slices.ContainsFunc(q.names(classTopic), func(i int) bool { return q.spans[i].kind == kindName }) ||
		q.has(words.Howmuch, words.Project, words.Capacity, words.Investor) || r.named() > 0 && len(r.periods) > 0 {
		return false
	}
	topic, unexplained := r.topic()
	best, _ := r.bestStatements(topic, unexplained, nil)
	return len(best) > 0
}

// bestStatements are the statements of the kinds that hold every one of the words that nothing explains and most of the topic, and how much of
// it they hold.
func (r *resolver) bestStatements(topic []string, unexplained []token.Token, kinds []facts.StatementKind) (best []string, most int) {
	ids, held := r.finder.Statements(topic, 12)
	for i, id := range ids {
		st := r.statement(id)
		if st == nil || !wanted(st.Kind, kinds) || held[i] < most || r.notHeld(unexplained, id) > 0 {
			continue
		}
		most = held[i]
		best = append(best, id)
	}
	return best, most
}

// topic is what the question is about, in folded words: names and unknown words, and the words of senses that are also ordinary
// words. The second list holds those that nothing else explains.
func (r *resolver) topic() (all []string, unexplained []token.Token) {
	for _, s := range r.q.spans {
		switch {
		case s.kind == kindUnknown || s.of(classTopic):
			tokens := r.q.tokens[s.from:s.to]
			if s.mended != "" && s.of(classTopic) {
				tokens = token.Split(r.lex.targets[s.names[0].target].name["vi"])
			}
			for _, t := range tokens {
				all = append(all, t.Fold)
				if !s.ordinary && !s.has(words.Filler, words.Orientation, words.Solution) {
					unexplained = append(unexplained, t)
				}
			}
		case s.kind == kindName && !s.of(classArea) && !s.of(classNoArea) && !s.of(classPublisher), s.kind == kindUnit,
			s.kind == kindWord && s.senses.Has(words.Orientation, words.Investment, words.Product, words.Project, words.Sector, words.Grow, words.Plan, words.Contribute, words.Starting):
			said := r.q.tokens[s.from:s.to]
			if s.of(classIndicator) && len(said) == 1 {
				all = append(all, r.lex.targets[s.names[0].target].expanded(said[0].Fold)...)
			}
			for _, t := range said {
				if t.Kind == token.Word && (s.kind != kindWord || !r.lex.fills(t.Fold)) {
					all = append(all, t.Fold)
					if s.of(classNoIndicator) && !s.of(classIndicator) {
						unexplained = append(unexplained, t)
					}
				}
			}
		}
	}
	return all, unexplained
}

// expanded are the words of the name that an abbreviation is the initials of: "xk" is "xuất khẩu". Nil where it is none.
func (t *target) expanded(abbreviation string) []string {
	for _, p := range t.known {
		initials := ""
		for _, f := range p.fold {
			initials += f[:min(1, len(f))]
		}
		if len(p.fold) > 1 && initials == abbreviation {
			return p.fold
		}
	}
	return nil
}

func (r *resolver) statement(id string) *facts.Statement {
	for _, s := range r.facts.Statements() {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// notHeld counts the words that neither the statement's text nor its keywords hold.
func (r *resolver) notHeld(list []token.Token, id string) int {
	st := r.statement(id)
	held := map[string][]string{}
	for _, text := range append([]string{st.Text["vi"], st.Text["en"]}, st.Keywords...) {
		for _, w := range token.Split(text) {
			held[w.Fold] = append(held[w.Fold], w.Lower)
		}
	}
	n, marked := 0, typedWithMarks(r.q.tokens)
	for _, w := range list {
		fits := false
		for _, lower := range held[w.Fold] {
			fits = fits || w.Lower == lower || !marked && token.Conflicts(w.Lower, lower) <= 0
		}
		if !fits {
			n++
		}
	}
	return n
}

func wanted(k facts.StatementKind, kinds []facts.StatementKind) bool {
	if len(kinds) == 0 {
		return true
	}
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return false
}

func nonZero(p period.Period) []period.Period {
	if p.IsZero() {
		return nil
	}
	return []period.Period{p}
}

func distinct(texts []string) []string {
	kept := texts[:0]
	for _, t := range texts {
		dup := false
		for _, k := range kept {
			dup = dup || k == t
		}
		if !dup {
			kept = append(kept, t)
		}
	}
	return kept
}
