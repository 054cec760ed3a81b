package qa

import (
	"slices"
	"sync"
	"time"

	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// kind is what a span is.
type kind uint8

const (
	kindUnknown kind = iota // tokens that nothing explains
	kindWord                // words of the language
	kindName                // names; the senses of the same words stand beside them
	kindPeriod              // a period
	kindAmount              // a number, with or without a unit
	kindUnit                // a unit alone
	kindStep                // "tháng", "quý", "năm" alone
)

// span is a stretch of tokens with everything that it may mean.
type span struct {
	from, to  int
	kind      kind
	senses    words.Set
	names     []match // what it names, several where the name is shared
	when      when
	amount    amountSaid // of an amount; of a unit, also beside the senses of the same words
	hasUnit   bool
	step      periodWord
	mended    string // what was typed, where it was mended
	partial   bool   // a name of which only a part was said
	bare      bool   // a filler typed without its marks: it may be a word of a name
	twofold   bool   // typed without its marks it says a plan ("đặt kế hoạch") or the attaining of one ("đạt kế hoạch")
	ordinary  bool   // of an unknown span: an ordinary word, which may stand in a question of what a document says
	elsewhere bool   // of an unknown span: a word of the language that says something in other places, so no mistyped one
	linking   bool   // may stand within a name without being part of it
}

// has reports whether the span says one of the senses.
func (s span) has(xs ...words.Sense) bool { return s.senses.Has(xs...) }

// of reports whether the span names something of the class.
func (s span) of(c class) bool {
	for _, m := range s.names {
		if m.class == c {
			return true
		}
	}
	return false
}

// segmenter cuts tokens into spans: the cover that explains most, with the fewest and longest phrases.
type segmenter struct {
	lex   *lexicon
	units *quantity.Units
	lang  int8
	now   time.Time

	tokens []token.Token // of the text being cut
}

// scores of a span of n tokens; longer phrases win over the same tokens in pieces, names over words, exact over mended.
const (
	scoreToken    = 20
	scoreJoin     = 6
	scoreConflict = 9
)

func score(n, bonus int) int { return scoreToken*n + scoreJoin*(n-1) + bonus }

// room is what a text is cut in, used for one text after another.
type room struct {
	best  []int
	from  []span
	found []match
	at    [][]match
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// cover is the best score of a cover of each number of tokens, none yet, and the span that it ends with.
func (r *room) cover(n int) (best []int, from []span) {
	r.best, r.from = slices.Grow(r.best[:0], n+1)[:n+1], slices.Grow(r.from[:0], n+1)[:n+1]
	clear(r.from)
	r.best[0] = 0
	for i := 1; i <= n; i++ {
		r.best[i] = -1
	}
	return r.best, r.from
}

func (g *segmenter) segment(tokens []token.Token) []span {
	n := len(tokens)
	g.tokens = tokens
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	found := g.lex.find(tokens, g.lang, room)
	periods := &periodScanner{lex: g.lex, tokens: tokens, found: found, lang: g.lang, now: g.now, units: g.units}
	amounts := &amountReader{tokens: tokens, found: found, units: g.units, lex: g.lex, comma: g.lex.langs[g.lang] != "en"}

	best, from := room.cover(n)
	for i := 0; i < n; i++ {
		if best[i] < 0 {
			continue
		}
		offer := func(s span, points int) {
			if total := best[i] + points; total > best[s.to] {
				best[s.to] = total
				from[s.to] = s
			}
		}
		offer(span{from: i, to: i + 1}, 0)
		w, length := periods.at(i)
		months := length // "7t" is rather seven months than seven tonnes
		if length > 0 {
			offer(span{from: i, to: i + length, kind: kindPeriod, when: w}, score(length, 3))
		}
		if a, length := amounts.at(i); length > 0 && !(length == months && length == 2 && tokens[i+1].Fold == "t") {
			bonus := 4
			if a.unit == "" && !a.hasMult {
				bonus = -6
			}
			if periods.year4(i) > 0 && !a.hasMult && !a.percent() {
				bonus = -6 // "2021 cái nào"
			}
			offer(span{from: i, to: i + length, kind: kindAmount, amount: a}, score(length, bonus))
			if scaled, n := amounts.scaled(i); n > 1 && n < length { // "92 nghìn lượt khách quốc tế"
				offer(span{from: i, to: i + n, kind: kindAmount, amount: scaled}, score(n, 0))
			}
			if length > 1 && tokens[i].Kind == token.Number && !a.hasMult { // the word behind it may begin a name: "1.600 doanh nghiệp thành lập mới"
				bare := amountSaid{number: a.number, decimals: a.decimals, hasNumber: true}
				offer(span{from: i, to: i + 1, kind: kindAmount, amount: bare}, score(1, -6))
			}
		}
		unit, units := amounts.unit(i, false)
		if units > 0 {
			offer(span{from: i, to: i + units, kind: kindUnit, amount: unit, hasUnit: true}, score(units, 0))
		}
		g.offerPhrases(found[i], i, unit, units, offer)
		if _, n := periods.number(i); n > 0 && tokens[i].Kind == token.Word {
			// a number word that counts what follows: "hai nhà máy"
			s := span{from: i, to: i + n, kind: kindWord}
			s.senses.Add(words.Filler)
			offer(s, score(n, -scoreToken/2))
		}
	}
	spans := collect(from, n)
	g.uncover(spans)
	spans = g.splitComparisons(tokens, spans)
	passIntroductions(tokens, spans)
	passPurposes(tokens, spans)
	settleTwofold(spans)
	settleFirst(spans)
	return spans
}

// offerPhrases offers one span for each length at i, with all its names and senses.
func (g *segmenter) offerPhrases(found []match, i int, unit amountSaid, unitLength int, offer func(span, int)) {
	for at := 0; at < len(found); {
		to := found[at].to
		s := span{from: i, to: to}
		least, exact := 99, false
		end := at
		for ; end < len(found) && found[end].to == to; end++ {
			least = min(least, found[end].conflicts)
			exact = exact || found[end].exact && found[end].class == classWord && found[end].lower != nil
		}
		var bonus int
		filler, base := false, false
		particle := false
		for _, m := range found[at:] {
			particle = particle || m.to == to && m.class == classWord && m.sense == words.Particle && m.exact
		}
		for _, m := range found[at:end] {
			if m.conflicts > least || exact && to-i == 1 && m.class == classWord && !m.exact {
				continue // "đạt" as typed is not "đặt" with a mark left out
			}
			switch {
			case m.class == classWord && m.sense == words.Filler:
				if !m.exact && to-i == 1 && !particle && m.conflicts == 0 {
					continue // typed bare it may be a word of a name
				}
				filler = filler || m.conflicts == 0
				s.bare = !m.exact
			case m.class == classWord && m.sense == words.Ordinary:
				s.ordinary = true
			case m.class == classWord && m.sense == words.Goodsword:
				base = base || to-i > 2
			case m.class == classWord && m.sense.OfNames():
				s.linking = s.linking || m.sense == words.Linking && m.conflicts == 0
			case m.class == classWord:
				if m.conflicts > 0 && m.letters < 5 && to-i == 1 || m.sense == words.All && !m.exact && to-i == 1 && !particle {
					continue
				}
				s.senses.Add(m.sense)
			case m.class == classPeriod:
				if m.part == pYear || m.part == pMonth || m.part == pQuarter || m.part == pHalf || m.part == pDay {
					s.step = m.part
				}
			default:
				s.names = append(s.names, m)
			}
		}
		s.names = preferNames(s.names)
		s.twofold = to-i > 1 && s.has(words.Attain) && planBeside(found[at:end])
		if s.has(words.Howmuch) && !exact && len(s.names) == 0 && to-i == 1 && g.afterProject(i) {
			at = end
			continue // "nha may may"
		}
		if attributes(s.names) && !s.senses.Empty() && to-i == 1 && g.afterProject(i) {
			s.senses, filler = words.Set{}, false // "dự án may": what they make
		}
		if (!s.senses.Empty() || filler) && guessed(s.names, g.tokens[i:to]) || !s.senses.Empty() && to-i == 1 && attributes(s.names) {
			s.names = nil // "may" is mấy rather than what a project makes, "dien bien" diễn biến rather than Điện Biên
		}
		switch {
		case len(s.names) > 0 && s.names[0].class == classTopic && s.senses.Empty() && !filler:
			s.kind, bonus = kindName, -scoreToken/2
			if to-i < 3 {
				bonus -= scoreJoin * (to - i - 1)
			}
		case len(s.names) > 0 && s.names[0].class != classTopic:
			s.kind, bonus = kindName, 5
			if s.names[0].exact {
				bonus++
			}
		case !s.senses.Empty():
			s.kind, bonus = kindWord, 2
		case s.step != pNone:
			s.kind, bonus = kindStep, 0
		case filler:
			s.kind, bonus = kindWord, 1
			s.senses.Add(words.Filler)
		case base: // "giá so sánh" belongs to a name elsewhere in the question
			offer(span{from: i, to: to}, score(to-i, -scoreToken/2))
			at = end
			continue
		case s.ordinary: // above its pieces where one of them is unknown, below words that are
			offer(s, score(to-i, 1-scoreToken))
			at = end
			continue
		default:
			at = end
			continue
		}
		if filler {
			s.senses.Add(words.Filler)
		}
		if unitLength == to-i {
			s.amount, s.hasUnit = unit, true
		}
		offer(s, score(to-i, bonus-scoreConflict*least))
		at = end
	}
}

// afterProject reports whether a word for projects ends right before token i.
func (g *segmenter) afterProject(i int) bool {
	for n := 1; n <= 2 && n <= i; n++ {
		for _, en := range g.lex.exact(foldOf(g.tokens[i-n : i])) {
			if en.class == classWord && en.sense == words.Project && en.lang == g.lang {
				return true
			}
		}
	}
	return false
}

// attributes reports whether all names are words that projects are chosen by, none a project's own.
func attributes(ms []match) bool {
	for _, m := range ms {
		if m.class != classProject || m.exact && m.lower != nil {
			return false
		}
	}
	return len(ms) > 0
}

// guessed reports whether all names are known by name only, and nothing was typed that tells them from ordinary words.
func guessed(ms []match, tokens []token.Token) bool {
	for _, m := range ms {
		if m.class != classNoArea && m.class != classNoIndicator {
			return false
		}
	}
	for _, t := range tokens {
		if token.Marked(t.Lower) {
			return false
		}
	}
	return len(ms) > 0
}

// splitComparisons takes an attainment of the plan apart where the plan is that of another period, "how do exports in 2020 compare with the target for
// 2021": a word that compares, and the plan.
func (g *segmenter) splitComparisons(tokens []token.Token, spans []span) []span {
	for i, s := range spans {
		if s.kind != kindWord || !s.has(words.Attain) || s.to-s.from < 3 {
			continue
		}
		next := i + 1
		for next < len(spans) && spans[next].linking {
			next++
		}
		if next == len(spans) || spans[next].kind != kindPeriod || !slices.ContainsFunc(spans[:i], func(before span) bool {
			return before.kind == kindPeriod && foldOf(tokens[before.from:before.to]) != foldOf(tokens[spans[next].from:spans[next].to])
		}) {
			continue
		}
		for from := s.from + 1; from < s.to; from++ {
			plan := g.phrase(tokens[from:s.to], from)
			for end := from; plan.has(words.Plan, words.Target) && end > max(s.from, from-2); end-- { // an article may stand between the two
				if compares := g.phrase(tokens[s.from:end], s.from); compares.has(words.Compare, words.Versus) {
					plan.from, compares.senses = end, compares.senses.Without(words.Attain)
					compares.senses.Add(words.Compare)
					return slices.Concat(spans[:i:i], []span{compares, plan}, spans[i+1:])
				}
			}
		}
	}
	return spans
}

// phrase is a span of words that are one phrase of a language, with its senses.
func (g *segmenter) phrase(tokens []token.Token, from int) span {
	s := span{from: from, to: from + len(tokens), kind: kindWord}
	for _, en := range g.lex.exact(foldOf(tokens)) {
		if en.class == classWord {
			s.senses.Add(en.sense)
		}
	}
	return s
}

// preferNames keeps, of several names of the same words, those of the facts before those known by name only, and those whose
// marks are all as typed before those that leave some out.
func preferNames(ms []match) []match {
	stored, exact, topic := false, false, len(ms) > 0
	for _, m := range ms {
		stored = stored || m.class < classNoIndicator
		topic = topic && m.class == classTopic
	}
	for _, m := range ms {
		if m.class < classNoIndicator || !stored {
			exact = exact || m.exact
		}
	}
	kept := ms[:0]
	for _, m := range ms {
		if stored && m.class >= classNoIndicator || m.class == classTopic && !topic || exact && !m.exact || holds(kept, m) {
			continue
		}
		kept = append(kept, m)
	}
	return kept
}

func holds(ms []match, m match) bool {
	for _, o := range ms {
		if o.class == m.class && o.target == m.target {
			return true
		}
	}
	return false
}

// uncover makes unknown again the fillers that together are two words of a name typed bare: "sau rieng" is sầu riêng.
func (g *segmenter) uncover(spans []span) {
	plain := func(s span) bool {
		return s.kind == kindWord && s.to-s.from == 1 && s.has(words.Filler) && !token.Marked(g.tokens[s.from].Lower)
	}
	for i := 1; i < len(spans); i++ {
		if a, b := spans[i-1], spans[i]; plain(a) && plain(b) && g.lex.hidden[g.tokens[a.from].Fold+" "+g.tokens[b.from].Fold] {
			spans[i-1], spans[i] = span{from: a.from, to: a.to}, span{from: b.from, to: b.to}
		}
	}
}

// planBeside reports whether one of the phrases that tokens may stand for is of a plan, and another of attaining one.
func planBeside(found []match) bool {
	says := func(text string, x words.Sense) bool {
		return slices.ContainsFunc(found, func(m match) bool { return m.class == classWord && m.text == text && m.sense == x })
	}
	return slices.ContainsFunc(found, func(m match) bool {
		return m.class == classWord && m.sense == words.Plan && !m.exact && !says(m.text, words.Attain)
	})
}

// settleTwofold reads "dat ke hoach" as "đặt kế hoạch" where someone sets it or an amount of it is asked: "tinh dat ke hoach xuat khau bao
// nhieu", "dat ke hoach bao nhieu ty". A percentage and a question of yes or no are of attaining it.
func settleTwofold(spans []span) {
	at := slices.IndexFunc(spans, func(s span) bool { return s.twofold })
	if at < 0 {
		return
	}
	asked, amount := false, false
	for _, s := range spans {
		asked = asked || s.has(words.Howmuch, words.What)
		amount = amount || s.hasUnit && !s.amount.percent()
		if s.has(words.Not) || s.hasUnit && s.amount.percent() {
			return
		}
	}
	set := at > 0 && (spans[at-1].has(words.Home) || spans[at-1].of(classArea))
	if asked && (set || amount) {
		spans[at].senses = words.Set{}
		spans[at].senses.Add(words.Plan)
	}
}

// settleFirst reads the word that asks why where a question begins with it, before something to be explained: "sao xuất khẩu không đạt kế hoạch".
func settleFirst(spans []span) {
	at := 0
	for at < len(spans) && spans[at].kind == kindWord && spans[at].has(words.Filler) && !spans[at].has(words.Whyfirst) {
		at++
	}
	if at == len(spans) || spans[at].kind != kindWord || !spans[at].has(words.Whyfirst) {
		return
	}
	if slices.ContainsFunc(spans[at+1:], func(s span) bool {
		return s.has(words.Missed, words.Exceeded, words.Fall, words.Grow, words.Short, words.Not, words.Lowadj, words.Highadj, words.Reach)
	}) {
		spans[at].senses = words.Set{}
		spans[at].senses.Add(words.Cause)
	}
}

// collect walks the best cover back.
func collect(from []span, n int) []span {
	length := 0
	for at := n; at > 0; at = from[at].from {
		length++
	}
	spans := make([]span, length)
	for at := n; at > 0; at = from[at].from {
		length--
		spans[length] = from[at]
	}
	return spans
}
