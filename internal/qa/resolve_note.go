package qa

import (
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/words"
)

// unknowns notes what was named and is not in the facts: it stops the answer rather than being passed over.
func (r *resolver) unknowns() {
	q, out := r.q, &r.out
	for _, i := range q.names(classNoIndicator) {
		s := q.spans[i]
		if s.of(classIndicator) || s.of(classProject) || out.Op == StatementOf && len(out.Statements) > 0 || r.fieldNamed(s) {
			continue
		}
		out.Unknown = append(out.Unknown, Unknown{Kind: UnknownIndicator, Text: q.words(s), Name: r.lex.targets[s.names[0].target].name})
	}
	if r.qualified() {
		out.Indicators, out.Pair, out.Readings = nil, nil, false
	}
	kind := UnknownWord
	if r.aboutProjects() && out.Op != StatementOf && (len(r.projects) == 0 || q.has(words.And)) {
		kind = UnknownProject
	}
	if out.Op != StatementOf || len(out.Statements) == 0 {
		for _, i := range q.names(classTopic) {
			if q.spans[i].kind == kindName {
				q.unknown = append(q.unknown, q.words(q.spans[i]))
			}
		}
		if r.named() > 0 {
			for _, m := range r.projects { // "xuất khẩu dệt may": what a project makes is no part of the indicator
				q.unknown = append(q.unknown, q.words(q.spans[m.at]))
			}
		}
	}
	for _, text := range q.unknown {
		if kind == UnknownWord && r.ownWords(text) {
			continue
		}
		out.Unknown = append(out.Unknown, Unknown{Kind: kind, Text: text})
	}
	for _, i := range q.amounts {
		if !r.usesNumber(i) && !r.given(q.spans[i].amount) {
			out.Unknown = append(out.Unknown, Unknown{Kind: UnknownWord, Text: q.words(q.spans[i])})
		}
	}
	for _, text := range slices.Concat(r.pointless(), r.idle()) {
		out.Unknown = append(out.Unknown, Unknown{Kind: UnknownWord, Text: text})
	}
	if r.adjacent() {
		out.Unknown = append(out.Unknown, Unknown{Kind: UnknownWord, Text: q.text})
	}
	for i := range out.Unknown {
		out.Unknown[i].Text = inShort(out.Unknown[i].Text)
	}
}

// echoed is how many characters of what was not understood are said again: enough to know it by, and no more is remembered.
const echoed = 200

func inShort(text string) string {
	if letters := []rune(text); len(letters) > echoed {
		return string(letters[:echoed]) + "…"
	}
	return text
}

// fieldNamed reports whether a known name is here only the field of a project: "vốn đầu tư của dự án".
func (r *resolver) fieldNamed(s span) bool {
	return r.aboutProjects() && s.has(words.Investment, words.Capacity, words.Product, words.Sector, words.Investor)
}

// usesNumber reports whether the operation has a use for the number of span i.
func (r *resolver) usesNumber(i int) bool {
	a := r.q.spans[i].amount
	if r.out.Over == OverFigures {
		return true
	}
	switch r.out.Op {
	case Verify, WhatIf:
		return true
	case Convert:
		return r.out.Claimed != nil
	case Rank:
		return a.unit == "" || a.unit == "dự án" || r.out.Top > 0
	case Explain, SourceOf:
		return true
	case Growth, Change, Value, Attainment:
		return r.monthListed(i)
	case Total, Average, Ratio, CountOf, List, Share, ProjectFacts:
		return (a.unit == "" || a.unit == "dự án") && !a.hasMult && a.decimals == 0 || r.capacitySaid // "hai dự án", "both 2"
	}
	return r.q.has(words.Each) && a.unit == ""
}

// qualified reports whether an indicator stands right beside one known by name only: "giá trị tăng thêm ngành công nghiệp" is one thing, and
// not there.
func (r *resolver) qualified() bool {
	q := r.q
	for i := 1; i < len(q.spans); i++ {
		a, b := q.spans[i-1], q.spans[i]
		if strings.TrimSpace(q.tokens[b.from].Gap) != "" || r.out.Op == StatementOf {
			continue
		}
		if a.of(classNoIndicator) && b.of(classIndicator) || a.of(classIndicator) && b.of(classNoIndicator) {
			return true
		}
	}
	return false
}

// pointless are words that the question would have been answered without: what is compared, shared or counted in some unit where no indicator
// is named that this could be said of. They stop the answer.
func (r *resolver) pointless() []string {
	q, out := r.q, &r.out
	var texts []string
	if q.has(words.Share) && q.has(words.Higher, words.Lower) && out.Op == Share {
		texts = append(texts, q.text) // shares set against each other
	}
	if out.Op == Pace && r.eachDay() {
		texts = append(texts, q.text) // a pace is per month, quarter, half-year or year
	}
	if q.has(words.Bothareas, words.Areas) && (out.Op == Change || out.Op == Ratio) && len(out.Pair) == 0 {
		texts = append(texts, q.text)
	}
	if (out.Op == Change || out.Op == Ratio) && len(r.projects) > 0 && r.named() == 0 && len(out.Sides) == 0 {
		texts = append(texts, q.text) // one project, and nothing to set it against
	}
	if out.Op == ProjectFacts && len(r.projects) > 0 && q.has(words.Howmuch) {
		for _, s := range q.spans {
			if (s.kind == kindUnit || s.hasUnit) && s.amount.unit.Base() == "người" && s.senses.Empty() {
				texts = append(texts, q.words(s)) // people: no field of a project
			}
		}
	}
	if len(out.Indicators) > 0 || len(out.Projects) > 0 {
		return texts
	}
	switch out.Op {
	case Ratio, Share, Change, Remainder, Contribution, Average, Total, Verify, WhatIf:
		if out.Over == OverIndicators && len(out.Sides) == 0 && len(q.names(classNoIndicator)) == 0 && !r.indicatorsSaid() && !(out.Op == Verify && out.Of != Value) {
			texts = append(texts, q.text)
		}
	case Value, Gap, Attainment, Growth, Pace:
		for _, s := range q.spans {
			if (s.kind == kindUnit || s.hasUnit) && s.amount.unit != "" && !s.amount.percent() && !isCurrency(s.amount.unit.Base()) && s.senses.Empty() {
				texts = append(texts, q.words(s)) // "how many jobs": of what, nobody knows
			}
		}
	}
	return texts
}

// adjacent reports whether two indicators stand side by side with nothing between: "xuất khẩu gạo" is neither of the two.
func (r *resolver) adjacent() bool {
	if r.out.Op == StatementOf || r.out.Op == Define {
		return false
	}
	for i := 1; i < len(r.indicators); i++ {
		a, b := r.q.spans[r.indicators[i-1].at], r.q.spans[r.indicators[i].at]
		if between := a.to; r.q.lang == "en" && between < b.from && r.groupword(between, b.from) {
			return true // "FDI sector exports"
		}
		if a.to == b.from && strings.TrimSpace(r.q.tokens[b.from].Gap) == "" {
			return true
		}
	}
	return false
}

// groupword reports whether tokens from..to are a word for a group of things: "sector".
func (r *resolver) groupword(from, to int) bool {
	return slices.ContainsFunc(r.lex.exact(foldOf(r.q.tokens[from:to])), func(en entry) bool { return en.class == classWord && en.sense == words.Groupword })
}

// note records how each slot was understood.
func (r *resolver) note() {
	out := &r.out
	from := FromQuestion
	if r.follows {
		from = FromContext
	}
	out.Slots = make([]Slot, 0, 8)
	add := func(name, value string, o Origin, typed string) {
		if value != "" {
			out.Slots = append(out.Slots, Slot{Name: name, Value: value, From: o, Typed: typed})
		}
	}
	opFrom := FromQuestion
	switch {
	case r.operation() == out.Op:
	case r.follows:
		opFrom = FromContext
	default:
		opFrom = FromDefault
	}
	add("operation", string(out.Op), opFrom, "")
	o, typed := r.origin(r.indicators, from)
	if r.fromUnit {
		o = FromDefault
	}
	add("indicator", strings.Join(out.Indicators, ","), o, typed)
	o, typed = r.origin(r.projects, from)
	add("project", strings.Join(out.Projects, ","), o, typed)
	switch {
	case len(r.areas) > 0:
		o, typed = FromQuestion, ""
		for _, i := range r.areas {
			if t := r.q.spans[i].mended; t != "" {
				o, typed = FromCorrection, t
			}
		}
		add("area", strings.Join(out.Areas, ","), o, typed)
	case len(out.Areas) > 0 && r.follows:
		add("area", strings.Join(out.Areas, ","), FromContext, "")
	default:
		area := r.facts.DefaultArea()
		if len(out.Areas) > 0 {
			area = out.Areas[0]
		}
		add("area", area, FromDefault, "")
	}
	if len(out.Periods) > 0 {
		o = FromQuestion
		if len(r.periods) == 0 {
			o = FromContext
		}
		add("period", joinPeriods(out.Periods), o, "")
	}
	if out.Measure != 0 {
		o = FromQuestion
		if !r.planSaid() && r.follows {
			o = FromContext
		}
		add("measure", out.Measure.String(), o, "")
	}
	if out.HasUnit {
		add("unit", string(out.Unit), FromQuestion, "")
	}
}

func joinPeriods(ps []period.Period) string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = p.String()
	}
	return strings.Join(parts, ",")
}

// origin tells whether names were said, mended or inherited.
func (r *resolver) origin(ms []mentioned, otherwise Origin) (Origin, string) {
	if len(ms) == 0 {
		return otherwise, ""
	}
	for _, m := range ms {
		if t := r.q.spans[m.at].mended; t != "" {
			return FromCorrection, t
		}
	}
	return FromQuestion, ""
}

// saidAt is the settled period of a span; zero where it was no period of its own.
func (r *resolver) saidAt(at int) period.Period {
	for _, p := range r.periods {
		if p.at == at {
			w := p.when
			if w.open() || w.shape == period.Cumulative && w.n == 0 {
				w = r.openYear(w)
			}
			return w.period()
		}
	}
	return period.Period{}
}
