package qa

import (
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/words"
)

// inherit takes over from the chat's last question what this one leaves out. A complete question – one that names what it is of and asks
// something, or names a period with it – inherits nothing, unless a word of continuation ("còn", "thế", "what about") opens it.
func (r *resolver) inherit() {
	prev := r.prev
	if prev == nil {
		return
	}
	q := r.q
	marked := r.continues() || r.namesPartOfLast()
	own := r.out.Op
	named := len(r.indicators) > 0 || len(r.projects) > 0 || len(q.names(classNoIndicator)) > 0
	sets := r.indicatorsSaid() || own == Coverage || own == Define && named
	if own == Coverage || own == StatementOf && !q.has(words.It) && (named || len(q.unknown) > 0 || len(r.periods) > 0 || !q.has(words.Cause)) {
		return
	}
	if own == Convert && r.plainConversion() && len(r.periods) == 0 {
		return
	}
	if named && !marked && (own != "" || len(r.periods) > 0) {
		return
	}
	if named && own != "" && own != Value && !marked {
		return
	}
	if named && len(r.periods) > 0 && !marked {
		return
	}
	if !named && own == "" && len(r.periods) == 0 && len(r.areas) == 0 && !marked && r.out.Measure == facts.NoMeasure {
		return
	}
	if !named && len(r.areas) == 0 && len(r.periods) == 0 && slices.ContainsFunc(q.unknown, func(text string) bool { return !r.wordsOf(prev.Indicators, text) }) {
		return
	}
	ofThose := own == Rank && len(prev.Indicators) == 0 && (prev.Op == Attainment || prev.Op == Growth || prev.Op == Gap) && !r.aboutProjects() // "chỉ tiêu nào thấp nhất?", of what was just listed
	if sets && own != "" && !q.has(words.It) && !ofThose {
		return
	}
	if !ofThose && (own == Rank || own == List || own == CountOf) && !named && r.setsOwn() {
		return
	}
	r.follows = true
	if own == Value && named && q.percent() && q.has(words.Howmuch) && len(q.amounts) == 0 && (prev.Op == Attainment || prev.Op == Growth) && r.out.Measure == facts.NoMeasure && !r.onlyRates() {
		own, r.out.Op = "", "" // "riêng xuất khẩu hàng hóa thì được bao nhiêu %"
	}
	if own == Value && !named && r.out.AssignedBy != "" && (prev.Op == Attainment || prev.Op == Gap) {
		own, r.out.Op, r.out.Measure = "", "", facts.NoMeasure // "còn so với dự toán trung ương giao?"
	}
	if prev.Op == WhatIf && prev.Assumed != nil && !named && q.has(words.It) && (own == Growth || own == Gap || own == Attainment) {
		r.out.Op, r.out.Assumed, r.out.Of, r.out.By, r.out.Measure = WhatIf, prev.Assumed, prev.Of, own, prev.Measure // what that would be
		own, r.periods = WhatIf, nil
	}
	if own == SourceOf || own == Explain {
		r.takeAll(prev)
		return
	}
	if own == Convert && !named {
		r.out.Of, r.out.Pair = prev.Op, prev.Pair
		if prev.Op == SourceOf || prev.Op == Explain || prev.Op == Convert {
			r.out.Of = prev.Of
		}
		if r.out.Of == ProjectFacts || r.out.Of == Verify || r.out.Of == WhatIf || r.out.Of == Rank || r.out.Of == List {
			r.out.Of = ""
		}
	}
	if own == "" {
		r.tookOp = true
		r.takeOperation(prev, named)
	} else if own == Rank || own == List || own == CountOf {
		r.out.Over, r.out.Parts = prev.Over, prev.Parts
		switch prev.Op {
		case Attainment, Growth, Gap:
			r.out.By = prev.Op
		case Rank, List, CountOf:
			r.out.By = prev.By
		}
	}
	if !named {
		r.takeNames(prev)
	}
	if len(r.periods) == 0 {
		r.out.Periods, r.out.AllPeriods, r.out.Range, r.out.Last = prev.Periods, prev.AllPeriods && r.out.Op == prev.Op, prev.Range && r.out.Op == prev.Op, prev.Last
		if r.out.Op == prev.Op {
			r.out.Step = prev.Step
		}
	}
	if before := r.conv.Before; r.q.has(words.Both) && own == Change && len(before) > 0 && len(prev.Periods) == 1 && len(before[0].Periods) == 1 && before[0].Periods[0] != prev.Periods[0] &&
		slices.Equal(before[0].Indicators, prev.Indicators) && len(prev.Indicators) == 1 { // "hai năm chênh nhau bao nhiêu?"
		a, b := lastRef(prev), lastRef(&before[0])
		if period.Compare(a.Period, b.Period) < 0 {
			a, b = b, a
		}
		r.out.Pair, r.bothPeriods = []Ref{a, b}, true
	}
	if !r.pairPeriod.IsZero() {
		r.out.Periods = []period.Period{r.pairPeriod}
	}
	if r.out.Op == prev.Op && r.out.Measure == facts.NoMeasure && !r.out.Realised && own == "" && !(prev.Op == Growth && len(r.periods) > 0) {
		r.out.Measure, r.out.Realised = prev.Measure, prev.Realised
		if r.out.AssignedBy == "" {
			r.out.AssignedBy = prev.AssignedBy
		}
	}
	if own == Growth && prev.Measure == facts.Plan && r.out.Measure == facts.NoMeasure && !named && len(r.periods) == 0 {
		r.out.Measure = facts.Plan
	}
	if len(r.areas) == 0 {
		r.out.Areas = prev.Areas
	}
}

// namesPartOfLast reports whether the question names only a part of what was asked of last, and no period: "how many were
// international?"
func (r *resolver) namesPartOfLast() bool {
	if len(r.indicators) != 1 || len(r.periods) > 0 || len(r.areas) > 0 {
		return false
	}
	for _, id := range r.indicators[0].ids {
		i := r.facts.Indicator(id)
		if i == nil || i.PartOf == "" || !contains(r.prev.Indicators, i.PartOf) {
			return false
		}
	}
	return true
}

// setsOwn reports whether the question names the set that it ranks or counts: "dự án nào", "tháng nào".
func (r *resolver) setsOwn() bool {
	q := r.q
	if q.has(words.Areas, words.Whichmonth, words.Whichquarter, words.Whichyear) {
		return false
	}
	if q.has(words.Project) && r.prev.aboutProjects() && !q.has(words.All) && (q.has(words.Higher, words.Lower) || len(q.limits) == 0 && r.continues()) {
		return false
	}
	return q.has(words.Project) || r.indicatorsSaid()
}

// continues reports whether the question opens as a continuation, or speaks of "this", "that".
func (r *resolver) continues() bool {
	for i, s := range r.q.spans {
		if (s.has(words.Andwhat, words.Correct) || s.has(words.Parts) && s.to-s.from > 1) && i <= 2 {
			return true
		}
		if s.has(words.Andwhat) && s.kind == kindWord && i == len(r.q.spans)-1 {
			return true
		}
		if s.has(words.How) && s.kind == kindWord && i >= len(r.q.spans)-2 && r.q.lang == "vi" {
			return true
		}
		if s.has(words.It) && !s.has(words.Filler) {
			return true
		}
	}
	return !r.q.first
}

func (r *resolver) takeAll(prev *Query) {
	op, of := r.out.Op, prev.Op
	if prev.Op == Convert && prev.Of != "" {
		of = prev.Of
	}
	if len(r.indicators) > 0 || len(r.projects) > 0 {
		return
	}
	periods, measure := r.out.Periods, r.out.Measure
	r.out = *prev
	r.out.Op, r.out.Lang, r.out.Unknown, r.out.Slots = op, r.q.lang, nil, nil
	if prev.Op != SourceOf && prev.Op != Explain {
		r.out.Of = of
	}
	if len(periods) > 0 {
		r.out.Periods = periods
	}
	if measure != facts.NoMeasure {
		r.out.Measure = measure
	}
}

// takeOperation takes over the operation with what belongs to it.
func (r *resolver) takeOperation(prev *Query, named bool) {
	p := *prev
	switch p.Op {
	case SourceOf, Explain, Verify, Convert, Define, Coverage:
		if p.Op == SourceOf || p.Op == Explain || p.Op == Convert || p.Op == Verify {
			p.Op = Value
			if prev.Of != "" && prev.Op != Verify {
				p.Op = prev.Of
			}
		}
	case StatementOf:
		if named && r.out.Measure == facts.NoMeasure && r.speaksOf(prev.Kinds) {
			break // "riêng về xuất khẩu thì sao?"
		}
		if named || r.out.Measure != facts.NoMeasure {
			p.Op = Value
		}
	case ProjectFacts:
		if len(r.indicators) > 0 {
			p.Op = Value
		}
	}
	if len(r.projects) > 0 && p.Op != ProjectFacts && !prev.aboutProjects() {
		p.Op = ProjectFacts
	}
	if r.out.Measure != facts.NoMeasure || r.out.Realised {
		p.Op = Value
	}
	r.out.Op = p.Op
	r.out.Base, r.out.By, r.out.Least, r.out.Top, r.out.Parts, r.out.Limit = p.Base, p.By, p.Least, p.Top, p.Parts, p.Limit
	r.out.Over, r.out.Per, r.out.Field, r.out.Kinds, r.out.YesNo = p.Over, p.Per, p.Field, p.Kinds, NoVerdict
	r.out.Unit, r.out.Mult, r.out.HasUnit = p.Unit, p.Mult, p.HasUnit && r.out.Op == p.Op
	r.out.Assumed, r.out.Of = p.Assumed, p.Of
	if p.Op == Growth && len(r.periods) > 0 && p.Base.Kind == NamedPeriod {
		r.out.Base = Base{}
	}
}

// takeNames takes over what the last question was of.
func (r *resolver) takeNames(prev *Query) {
	if r.out.Op == ProjectFacts && len(r.projects) == 0 || prev.aboutProjects() && len(prev.Indicators) == 0 {
		r.out.Projects, r.out.Condition = prev.Projects, prev.Condition
		if len(r.conv.Projects) > 0 && (r.q.has(words.It, words.Higher, words.Lower, words.Total, words.Average) || prev.Op != ProjectFacts || len(prev.Projects) == 0) {
			r.out.Projects = r.conv.Projects
		}
		if before := r.conv.Before; (r.q.has(words.Both) || r.out.Op == Ratio) && len(before) > 0 && before[0].aboutProjects() && len(r.out.Projects) == 1 {
			r.out.Projects = append(append([]string{}, before[0].Projects...), r.out.Projects...)
		}
		if r.out.Op == Total || r.out.Op == Average || r.out.Op == Rank || r.out.Op == CountOf || r.out.Op == List {
			r.out.Over = OverProjects
		}
		return
	}
	if r.q.has(words.Both) && len(r.conv.Before) > 0 && len(prev.Indicators) == 1 && !contains(r.conv.Before[0].Indicators, prev.Indicators[0]) {
		r.out.Indicators = append(append([]string{}, r.conv.Before[0].Indicators...), prev.Indicators...)
		return
	}
	if prev.Over == OverIndicators && (prev.Op == Rank || prev.Op == List) && len(prev.Indicators) == 0 {
		return
	}
	r.out.Indicators, r.out.Readings = prev.Indicators, prev.Readings
	if len(prev.Pair) == 2 && r.out.Op == Growth && len(r.periods) == 0 { // the growth of what was just compared
		later, earlier := prev.Pair[0], prev.Pair[1]
		if later.Indicator == earlier.Indicator && !later.Period.IsZero() {
			r.out.Indicators = []string{later.Indicator}
			r.out.Measure = later.Measure
			r.out.Base = Base{Kind: NamedPeriod, Period: earlier.Period}
			if earlier.Period == later.Period.AddYears(-1) {
				r.out.Base = Base{}
			}
			r.pairPeriod = later.Period
		}
	}
	if len(prev.Pair) == 2 && (r.out.Op == Remainder || r.out.Op == Share || r.out.Op == prev.Op && len(r.periods) == 0) {
		r.out.Pair = prev.Pair
		if len(r.areas) > 0 {
			r.out.Pair = nil
			if ids := r.areaIDs(); len(ids) == 1 {
				for _, ref := range prev.Pair {
					ref.Area = ids[0]
					r.out.Pair = append(r.out.Pair, ref)
				}
			}
		}
		if len(r.periods) == 0 && len(prev.Periods) == 0 && r.out.Op == Remainder {
			r.out.Indicators = []string{prev.Pair[1].Indicator, prev.Pair[0].Indicator}
			r.out.Periods = nonZero(prev.Pair[0].Period)
		}
	}
	if len(r.q.names(classNoIndicator)) == 0 && len(prev.Indicators) == 0 {
		for _, u := range prev.Unknown {
			if u.Kind == UnknownIndicator {
				r.out.Unknown = append(r.out.Unknown, u)
			}
		}
	}
}

// areaIDs are the areas of the facts that the question names.
func (r *resolver) areaIDs() []string {
	var ids []string
	for _, at := range r.areas {
		for _, m := range r.q.spans[at].names {
			if t := &r.lex.targets[m.target]; t.class == classArea && !contains(ids, t.id) {
				ids = append(ids, t.id)
			}
		}
	}
	return ids
}

// settleAreas fills the areas: those named, else those inherited, else the chat's own.
func (r *resolver) settleAreas() {
	var ids []string
	for _, at := range r.areas {
		s := r.q.spans[at]
		for _, m := range s.names {
			t := &r.lex.targets[m.target]
			switch t.class {
			case classArea:
				if !contains(ids, t.id) {
					ids = append(ids, t.id)
				}
			case classNoArea:
				r.out.Unknown = append(r.out.Unknown, Unknown{Kind: UnknownArea, Text: r.q.words(s), Name: t.name})
			}
			break
		}
	}
	for _, name := range r.namelessAreas() {
		r.out.Unknown = append(r.out.Unknown, Unknown{Kind: UnknownArea, Text: name, Name: facts.Text{"vi": name, "en": name}})
	}
	switch {
	case len(ids) > 0:
		r.out.Areas = ids
	case r.q.has(words.Bothareas) && len(r.twoAreas()) == 2:
		r.out.Areas = r.twoAreas()
		if len(r.indicators) == 1 && r.q.has(words.Total) && r.out.Op == Value {
			r.out.Op = Total
		}
	case len(r.out.Areas) > 0:
	case r.asked.Area != "" && r.facts.Area(r.asked.Area) != nil:
		r.out.Areas = []string{r.asked.Area}
	}
}

// twoAreas are the areas that hold no other, where there are two.
func (r *resolver) twoAreas() []string {
	var ids []string
	for _, a := range r.facts.Areas() {
		if !slices.ContainsFunc(r.facts.Areas(), func(o *facts.Area) bool { return o.PartOf == a.ID }) {
			ids = append(ids, a.ID)
		}
	}
	if len(ids) != 2 {
		return nil
	}
	return ids
}

// namelessAreas are areas that nobody here knows, told by the word before them: "huyện Nghi Lộc". Their words are unknown no more.
func (r *resolver) namelessAreas() []string {
	q := r.q
	var out []string
	for i := 0; i+1 < len(q.spans); i++ {
		if !q.spans[i].has(words.Areaword) || q.spans[i+1].kind != kindUnknown || q.spans[i+1].ordinary {
			continue
		}
		from, to := i+1, i+1
		for to < len(q.spans) && q.spans[to].kind == kindUnknown && to-from < 3 {
			to++
		}
		first, last := q.spans[i], q.spans[to-1]
		name := q.words(span{from: first.from, to: last.to})
		out = append(out, name)
		kept := q.unknown[:0]
		for _, u := range q.unknown {
			if !strings.Contains(name, u) {
				kept = append(kept, u)
			}
		}
		q.unknown = kept
	}
	return out
}
