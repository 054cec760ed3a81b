package qa

import (
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/words"
)

// resolver settles one question into a query.
type resolver struct {
	*Engine
	q     *Question
	asked Asked
	prev  *Query // what a follow-up inherits from, or nil
	conv  Conversation
	out   Query

	indicators   []mentioned
	projects     []mentioned
	areas        []int // spans
	periods      []said
	follows      bool          // something was inherited
	tookOp       bool          // the operation, too
	capacitySaid bool          // a capacity chose among the projects
	bothPeriods  bool          // the pair is of the two periods spoken of before
	fromUnit     bool          // the indicator is the one that a unit belongs to
	pairPeriod   period.Period // the later period of a pair compared before
	listed       Op            // the operation, where it is one of a list
}

// mentioned is a name in the question: the targets it may mean and its span.
type mentioned struct {
	ids     []string
	at      int
	partial bool
}

// said is a period in the question.
type said struct {
	when
	at   int
	base bool // what is compared with: "so với 2019"
}

// resolve settles every question of a text, each the context of the next.
func (e *Engine) resolve(r reading, asked Asked) []Query {
	conv := asked.Prev
	var out []Query
	for _, q := range questions(r) {
		queries := e.settleAll(&q, asked, conv)
		query := queries[len(queries)-1]
		if len(out) > 0 && query.Op == Help {
			continue // thanks behind a question
		}
		if len(out) == 1 && out[0].Op == Help {
			out = out[:0] // a greeting before one
		}
		if len(out) > 0 && sameProjects(out[len(out)-1], query) {
			out[len(out)-1].Field = AllFields
			continue
		}
		if len(out) > 0 && query.Op == SourceOf && out[len(out)-1].Op == SourceOf && slices.Equal(out[len(out)-1].Indicators, query.Indicators) && slices.Equal(out[len(out)-1].Projects, query.Projects) {
			continue // "báo nào, đăng ngày nào?"
		}
		out = append(out, queries...)
		if query.Op != "" && query.Op != Help {
			before := conv.last()
			conv = Conversation{Last: queries, Projects: query.Projects}
			if before != nil {
				conv.Before = []Query{*before}
			}
		}
	}
	return out
}

// settleAll settles one question: mostly one query; one for each query of the last message where the question only names something else
// to ask them of ("còn bán lẻ?"), and one for each thing asked in a list ("kế hoạch và thực hiện", "value, plan and attainment").
func (e *Engine) settleAll(q *Question, asked Asked, conv Conversation) []Query {
	settle := func(prev *Query, listed Op, measure facts.Measure, realised bool) (Query, *resolver) {
		again := *q
		again.unknown = slices.Clone(q.unknown)
		r := &resolver{Engine: e, q: &again, asked: asked, prev: prev, conv: conv, listed: listed}
		query := r.settle()
		query.Picture = q.picture
		if listed != "" {
			query.Measure, query.Realised = measure, realised
		}
		return query, r
	}
	if claims := q.claims(); len(claims) > 1 {
		var out []Query
		for i := range claims {
			out = append(out, e.settleAll(&claims[i], asked, conv)...)
		}
		return out
	}
	query, r := settle(conv.last(), "", 0, false)
	if r.alsoGrowth(query) {
		level, _ := settle(conv.last(), Value, query.Measure, query.Realised)
		level.Base = Base{}
		return []Query{level, query}
	}
	if items := r.listedOperations(); len(items) > 1 {
		var out []Query
		for _, item := range items {
			one, _ := settle(conv.last(), item.op, item.measure, item.realised)
			out = append(out, one)
		}
		return out
	}
	if bases := r.bothBases(query); len(bases) > 0 {
		var out []Query
		for _, base := range bases {
			one := query
			one.Base = Base{Kind: base}
			out = append(out, one)
		}
		return out
	}
	if r.follows && r.tookOp && len(conv.Last) > 1 {
		var out []Query
		for i := range conv.Last {
			one, _ := settle(&conv.Last[i], "", 0, false)
			out = append(out, one)
		}
		return out
	}
	return []Query{query}
}

// bothBases are the bases of a growth or change asked against two: "so với tháng trước và cùng kỳ".
func (r *resolver) bothBases(query Query) []BaseKind {
	if query.Op != Growth && query.Op != Change || len(query.Pair) > 0 {
		return nil
	}
	prev, same := r.q.at(words.Prevbase), r.q.at(words.Samebase)
	if prev < 0 || same < 0 || prev == same {
		return nil
	}
	if prev < same {
		return []BaseKind{PrevPeriod, SamePeriod}
	}
	return []BaseKind{SamePeriod, PrevPeriod}
}

// listedItem is one thing asked in a list.
type listedItem struct {
	op       Op
	measure  facts.Measure
	realised bool
}

// listedOperations reads lists of what is asked: "kế hoạch và thực hiện 2020", "value, plan and attainment". Only neighbours joined by "and"
// or a comma are a list.
func (r *resolver) listedOperations() []listedItem {
	q := r.q
	if r.named() == 0 || len(r.out.Pair) > 0 || q.has(words.Compare, words.Higher, words.Lower, words.Share, words.Yesno, words.Isittrue, words.Which, words.Grow, words.Fall) || r.unexplained() || r.realisedOverPlan() {
		return nil
	}
	var items []listedItem
	last := -1
	for i, s := range q.spans {
		item, ok := r.itemOf(s)
		if !ok {
			continue
		}
		if last >= 0 {
			joined := false
			for j := last + 1; j <= i; j++ {
				between := q.spans[j]
				if strings.ContainsAny(q.tokens[between.from].Gap, ",/") {
					joined = true
				}
				if j == i {
					break
				}
				if between.has(words.And) && between.kind == kindWord {
					joined = true
				} else if between.kind == kindPeriod || between.of(classIndicator) && len(r.indicators) == 1 && len(r.periods) < 2 { // "the attainment of exports in 2020 and the shortfall"
					continue
				} else if between.kind != kindWord || !between.has(words.Filler) {
					return nil
				}
			}
			if !joined {
				return nil
			}
		}
		if len(items) > 0 && items[len(items)-1] == item {
			return nil
		}
		items, last = append(items, item), i
	}
	return items
}

// alsoGrowth reports whether the growth asked for is joined to the figure itself: "kế hoạch xuất khẩu 2021 và mức tăng", "the planned exports for 2021
// and the planned growth rate".
func (r *resolver) alsoGrowth(query Query) bool {
	q := r.q
	if query.Op != Growth || r.named() != 1 || len(query.Pair) > 0 || len(query.Unknown) > 0 || r.onlyIndices() || r.indicators[0].at > q.at(words.Grow) || q.has(words.Howmuch, words.Yesno, words.Isittrue, words.Which, words.Fall, words.Compare) {
		return false
	}
	joined := false
	for i := q.at(words.Grow) - 1; i > r.indicators[0].at; i-- {
		switch s := q.spans[i]; {
		case s.kind == kindPeriod && joined:
		case s.kind != kindWord:
			return false
		case s.has(words.And):
			joined = true
		case !s.has(words.Filler, words.Plan, words.Target):
			return false
		}
	}
	return joined
}

// unexplained reports whether anything is unknown but words of what is asked for beside the first thing asked.
func (r *resolver) unexplained() bool {
	return slices.ContainsFunc(r.out.Unknown, func(u Unknown) bool {
		return !slices.ContainsFunc(r.q.spans, func(s span) bool {
			_, item := r.itemOf(s)
			return item && r.q.words(s) == u.Text
		})
	})
}

// itemOf is what a span asks for as one of a list.
func (r *resolver) itemOf(s span) (listedItem, bool) {
	switch {
	case s.kind != kindWord:
	case s.has(words.Attain):
		return listedItem{op: Attainment}, true
	case s.has(words.Short):
		return listedItem{op: Gap}, true
	case s.has(words.Plan) && !s.has(words.Needed), s.has(words.Target) && !r.indicatorsSaid():
		return listedItem{op: Value, measure: facts.Plan}, true
	case s.has(words.Realised, words.Estimate) && !s.has(words.Reach), s.has(words.Valueword):
		return listedItem{op: Value, realised: true}, true
	}
	return listedItem{}, false
}

// sameProjects reports whether two queries ask of the same projects: then one answer says both.
func sameProjects(a, b Query) bool {
	return a.Op == ProjectFacts && b.Op == ProjectFacts && len(b.Unknown) == 0 && len(a.Projects) > 0 && slices.Equal(a.Projects, b.Projects)
}

// settle makes the query, slot by slot.
func (r *resolver) settle() Query {
	r.out = Query{Lang: r.q.lang}
	if r.smallTalk() {
		return r.out
	}
	r.nameSlots()
	r.indicatorOfUnit()
	r.periodSlots()
	r.measureSlot()
	r.out.Op = r.operation()
	if r.listed != "" {
		r.out.Op = r.listed
	}
	r.inherit()
	if r.out.Op == "" {
		r.out.Op = r.bareOperation()
	}
	if r.prev == nil && r.named() == 0 && len(r.projects) == 0 && r.dangles() {
		r.out.Dangling = !r.asksFigure()
		if r.out.Op == "" {
			r.out.Op = Value
		}
	}
	if r.out.Op != "" {
		r.fill()
		r.settlePeriods()
		r.assumeNext()
		r.settleAreas()
	}
	r.unknowns()
	r.note()
	return r.out
}

// dangles reports whether a question without a name refers back: "so với tháng trước?", "nó đạt bao nhiêu?", "còn năm ngoái thì sao?"
func (r *resolver) dangles() bool {
	q := r.q
	if len(q.names(classNoIndicator)) > 0 || len(q.unknown) > 0 || r.indicatorsSaid() || q.has(words.Project, words.Capacity) {
		return false
	}
	for i, s := range q.spans {
		if s.has(words.It) && !s.has(words.Filler) || s.has(words.Andwhat) && i == 0 && r.operation() == "" && (len(r.periods) > 0 || len(r.areas) > 0) {
			return r.out.Op != Help && r.out.Op != Coverage && r.out.Op != SourceOf // where figures come from may be asked of all
		}
	}
	bases := q.has(words.Prevbase, words.Samebase, words.Yearbase)
	return bases && r.out.Op == Growth && !q.has(words.Grow, words.Fall, words.Howmuch)
}

// smallTalk settles greetings, thanks and questions about the bot itself.
func (r *resolver) smallTalk() bool {
	q := r.q
	for _, s := range q.spans {
		if s.kind == kindName && !(r.thanked() && (s.has(words.Filler) || s.of(classPublisher))) || s.kind == kindPeriod || s.kind == kindUnknown && !r.thanked() || s.kind == kindAmount {
			return false
		}
	}
	rest := q.senses.Without(words.Hello, words.Thanks, words.Bye, words.Okay, words.It, words.Andwhat, words.All, words.Home, words.Howmuch, words.Yesno, words.Not, words.And,
		words.Linking, words.What, words.How, words.Only, words.Correct, words.Isittrue, words.Occasion, words.Saying, words.Purpose, words.Companyword)
	if r.thanked() {
		rest = rest.Without(words.Areaword) // "chị ở Hội đồng nhân dân tỉnh"
	}
	switch {
	case q.has(words.Capabilities):
	case !rest.Empty():
		return false
	case q.has(words.Hello, words.Thanks, words.Bye):
	case q.has(words.Okay) && !q.has(words.It, words.Howmuch):
	default:
		return false
	}
	r.out.Op = Help
	switch {
	case q.has(words.Capabilities):
	case q.has(words.Thanks, words.Okay, words.Bye):
		r.out.Talk = NoteThanks
	default:
		r.out.Talk = NoteHello
	}
	return true
}

// thanked reports whether a greeting, thanks or a farewell open the message and nothing in it asks: "Thanks, that completes my audit."
func (r *resolver) thanked() bool {
	q := r.q
	return len(q.spans) > 0 && q.spans[0].has(words.Thanks, words.Bye, words.Hello) && !q.has(askingWords...) && !q.has(operationWords...) && !strings.Contains(q.text, "?")
}

// nameSlots collects the indicators, areas and projects that are named.
func (r *resolver) nameSlots() {
	q := r.q
	about := q.has(words.Project, words.Capacity, words.Investor, words.Investment, words.Product, words.Sector) || len(q.names(classProject)) > 0 && len(q.names(classIndicator)) == 0
	ofProject := len(q.names(classProject)) > 0 || q.has(words.Project) || r.prev != nil && r.prev.aboutProjects()
	var assigners []string
	for i, s := range q.spans {
		if s.kind != kindName {
			continue
		}
		var ind, proj []string
		for _, m := range s.names {
			t := &r.lex.targets[m.target]
			switch t.class {
			case classIndicator:
				ind = append(ind, t.id)
			case classProject:
				for _, id := range t.ids {
					if !contains(proj, id) {
						proj = append(proj, id)
					}
				}
			}
		}
		switch {
		case len(ind) > 0 && ofProject && s.has(words.Investment, words.Capacity, words.Product):
			ind = nil // "vốn đầu tư của dự án": a field of the project
		case len(ind) > 0 && len(proj) > 0 && about:
			ind = nil
		case len(ind) > 0:
			proj = nil
		}
		if len(ind) > 0 && r.besideProjects(i) {
			q.unknown = append(q.unknown, q.words(s)) // "cement projects" where no project is known by that word
			continue
		}
		if len(ind) > 0 {
			r.indicators = append(r.indicators, mentioned{ind, i, s.partial})
		}
		if len(proj) > 0 {
			r.projects = append(r.projects, mentioned{proj, i, s.partial})
		}
		if s.of(classArea) || s.of(classNoArea) {
			if len(ind) == 0 && len(proj) == 0 {
				r.areas = append(r.areas, i)
			}
		}
		if s.of(classAssigner) {
			assigners = append(assigners, r.lex.targets[s.names[0].target].id)
		}
	}
	if len(assigners) == 1 { // of several every plan is shown
		r.out.AssignedBy = assigners[0]
	}
}

// besideProjects reports whether a word for projects stands right beside span i.
func (r *resolver) besideProjects(i int) bool {
	near := func(j int) bool {
		return j >= 0 && j < len(r.q.spans) && r.q.spans[j].kind == kindWord && r.q.spans[j].has(words.Project)
	}
	return near(i+1) && r.q.lang == "en" || near(i-1) && r.q.lang != "en"
}

// indicatorOfUnit is the one indicator that is counted in the unit of an amount, where none is named: "9.500 nghìn lượt khách".
func (r *resolver) indicatorOfUnit() {
	q := r.q
	if len(r.indicators) > 0 || len(q.names(classNoIndicator)) > 0 || q.has(words.Project, words.Target, words.Indicators, words.Capacity) || r.prev != nil {
		return
	}
	for i, s := range q.spans {
		u := s.amount.unit
		if s.kind != kindAmount && s.kind != kindUnit || u == "" || s.amount.percent() || isCurrency(u.Base()) || u.Per() != "" || u == quantity.Times {
			continue
		}
		var ids []string
		for _, ind := range r.facts.Indicators() {
			if ind.Unit == u && ind.PartOf == "" {
				ids = append(ids, ind.ID)
			}
		}
		if len(ids) == 1 && r.holdsProjects(ids[0]) {
			r.indicators, r.projects = append(r.indicators, mentioned{ids: ids, at: i}), nil
			r.fromUnit = true
		}
		return
	}
}

// holdsProjects reports whether every word that was taken for a project's is one of the indicator's names: "lượt khách *du lịch*".
func (r *resolver) holdsProjects(indicator string) bool {
	t := r.lex.lookup(classIndicator, indicator)
	for _, m := range r.projects {
		for _, tok := range r.q.tokens[r.q.spans[m.at].from:r.q.spans[m.at].to] {
			if t == nil || !t.holds(tok) {
				return false
			}
		}
	}
	return true
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// measureSlot settles which figure is meant: the plan, or one of the realised ones.
func (r *resolver) measureSlot() {
	q := r.q
	switch {
	case q.has(words.Actual) && q.has(words.Estimate): // "final or an estimate?"
	case q.has(words.Preliminary):
		r.out.Measure = facts.Preliminary
	case q.has(words.Actual):
		r.out.Measure = facts.Actual
	case r.planSaid():
		r.out.Measure = facts.Plan
	case q.has(words.Estimate, words.Realised):
		r.out.Realised = true
	}
}

// planSaid reports whether the plan is asked for: by a word for it, or by "chỉ tiêu" where that is no word for indicators.
func (r *resolver) planSaid() bool {
	q := r.q
	for i, s := range q.spans {
		if s.has(words.Plan) && !s.has(words.Attain, words.Missed, words.Exceeded) && !r.planGiven(i) {
			return true
		}
	}
	return q.has(words.Target) && !r.indicatorsSaid()
}

// planGiven reports whether the word for the plan at span i only says what the number behind it is, and what was realised is asked: "được giao 80.000
// tỷ thì làm được bao nhiêu".
func (r *resolver) planGiven(i int) bool {
	q := r.q
	return i+1 < len(q.spans) && q.spans[i+1].kind == kindAmount && q.has(words.Howmuch) && q.has(words.Realised, words.Reach) && !q.has(words.If, words.Isittrue)
}

// whichBefore reports whether "which" stands before span i, with nothing but a period between.
func (r *resolver) whichBefore(i int) bool {
	i--
	for i > 0 && (r.q.spans[i].kind == kindPeriod || r.q.spans[i].has(words.Filler)) && !r.q.spans[i].has(words.Which, words.Yesno) {
		i--
	}
	return i >= 0 && r.q.spans[i].has(words.Which) && !r.q.spans[i].has(words.Howmuch)
}

// indicatorsSaid reports whether "chỉ tiêu", "indicators" means the indicators as a set: with which, all, list, or a count.
func (r *resolver) indicatorsSaid() bool {
	q := r.q
	if q.has(words.Indicators) || q.has(words.Sector) && q.has(words.Attain, words.Missed, words.Exceeded, words.Short, words.Grow, words.Fall) && len(r.projects) == 0 && len(r.indicators) == 0 && !q.has(words.Project, words.Product, words.Investor) {
		return true
	}
	for i, s := range q.spans {
		if q.lang == "en" && s.has(words.Plan) && s.kind == kindWord && r.named() == 0 && i > 0 && r.whichBefore(i) {
			return true // "which 2021 targets …"
		}
		if !s.has(words.Target) {
			continue
		}
		if s.has(words.All) || s.to-s.from > 1 && s.has(words.Indicators) {
			return true
		}
		next := i + 1
		for next < len(q.spans) && q.spans[next].kind == kindWord && q.spans[next].senses.Without(words.Filler).Empty() {
			next++
		}
		if next < len(q.spans) && q.spans[next].has(words.Which, words.What) && !q.spans[next].has(words.Howmuch) {
			return true
		}
		if i > 0 && q.spans[i-1].has(words.All, words.List, words.Which, words.Howmuch, words.Number) && len(r.indicators) == 0 {
			return true
		}
		if q.has(words.List, words.Rank, words.Most, words.Least, words.Ascending) && len(r.indicators) == 0 {
			return true
		}
		// "các chỉ tiêu", "những chỉ tiêu"
		if s.to-s.from >= 3 && (len(r.indicators) == 0 || q.has(words.Except)) {
			return true
		}
	}
	return false
}
