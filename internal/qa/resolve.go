package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
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

	indicators []mentioned
	projects   []mentioned
	areas      []int // spans
	periods    []said
	follows    bool // something was inherited
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
		res := &resolver{Engine: e, q: &q, asked: asked, prev: conv.last(), conv: conv}
		query := res.settle()
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
		out = append(out, query)
		if query.Op != "" && query.Op != Help {
			conv = Conversation{Last: []Query{query}, Projects: query.Projects}
		}
	}
	return out
}

// sameProjects reports whether two queries ask of the same projects: then one answer says both.
func sameProjects(a, b Query) bool {
	return a.Op == ProjectFacts && b.Op == ProjectFacts && len(a.Projects) > 0 && equalStrings(a.Projects, b.Projects)
}

func equalStrings(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// settle makes the query, slot by slot.
func (r *resolver) settle() Query {
	r.out = Query{Lang: r.q.lang}
	if r.smallTalk() {
		return r.out
	}
	r.nameSlots()
	r.periodSlots()
	r.measureSlot()
	op := r.operation()
	r.out.Op = op
	r.inherit()
	if r.out.Op == "" {
		r.out.Op = r.bareOperation()
	}
	if r.prev == nil && r.named() == 0 && len(r.projects) == 0 && r.dangles() {
		r.out.Dangling = true
	}
	if r.out.Op != "" {
		r.fill()
		r.settlePeriods()
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
		if s.has(words.It) && !s.has(words.Filler) || s.has(words.Andwhat) && i == 0 && !s.has(words.Filler) {
			return r.out.Op != "" && r.out.Op != Help && r.out.Op != Coverage
		}
	}
	bases := q.has(words.Prevbase, words.Samebase, words.Yearbase)
	return bases && r.out.Op == Growth && !q.has(words.Grow, words.Fall, words.Howmuch)
}

// smallTalk settles greetings, thanks and questions about the bot itself.
func (r *resolver) smallTalk() bool {
	q := r.q
	for _, s := range q.spans {
		if s.kind == kindName || s.kind == kindPeriod || s.kind == kindUnknown || s.kind == kindAmount {
			return false
		}
	}
	switch {
	case q.has(words.Capabilities), q.has(words.Hello, words.Thanks, words.Bye):
	case q.has(words.Okay) && !q.has(operationWords...) && !q.has(words.Plan, words.Target, words.Project, words.It):
	default:
		return false
	}
	if q.has(words.Attain, words.Grow, words.Project, words.Missed, words.Exceeded, words.Capacity, words.Plan, words.Target) && !q.has(words.Capabilities) {
		return false
	}
	r.out.Op = Help
	return true
}

// nameSlots collects the indicators, areas and projects that are named.
func (r *resolver) nameSlots() {
	q := r.q
	about := q.has(words.Project, words.Capacity, words.Investor, words.Investment, words.Product, words.Sector) || len(q.names(classProject)) > 0 && len(q.names(classIndicator)) == 0
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
			r.out.AssignedBy = r.lex.targets[s.names[0].target].id
		}
	}
}

// besideProjects reports whether a word for projects stands right beside span i.
func (r *resolver) besideProjects(i int) bool {
	near := func(j int) bool {
		return j >= 0 && j < len(r.q.spans) && r.q.spans[j].kind == kindWord && r.q.spans[j].has(words.Project) && !r.q.spans[j].hasUnit
	}
	return near(i+1) && r.q.lang == "en" || near(i-1) && r.q.lang != "en"
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
	for _, s := range q.spans {
		if s.has(words.Plan) && !s.has(words.Attain, words.Missed, words.Exceeded) {
			return true
		}
	}
	return q.has(words.Target) && !r.indicatorsSaid()
}

// indicatorsSaid reports whether "chỉ tiêu", "indicators" means the indicators as a set: with which, all, list, or a count.
func (r *resolver) indicatorsSaid() bool {
	q := r.q
	if q.has(words.Indicators) {
		return true
	}
	for i, s := range q.spans {
		if !s.has(words.Target) {
			continue
		}
		if s.has(words.All) || s.to-s.from > 1 && s.has(words.Indicators) {
			return true
		}
		if i+1 < len(q.spans) && q.spans[i+1].has(words.Which, words.What) && !q.spans[i+1].has(words.Howmuch) {
			return true
		}
		if i > 0 && q.spans[i-1].has(words.All, words.List, words.Which, words.Howmuch, words.Number) && len(r.indicators) == 0 {
			return true
		}
		if q.has(words.List, words.Rank, words.Most, words.Least, words.Ascending) && len(r.indicators) == 0 {
			return true
		}
		// "các chỉ tiêu", "những chỉ tiêu"
		if len(q.tokens) > s.from && s.to-s.from >= 3 && len(r.indicators) == 0 {
			return true
		}
	}
	return false
}

// latestOf is the latest period with anything for the indicators in an area; zero where there is none.
func (e *Engine) latestOf(indicators []string, area string) period.Period {
	var latest period.Period
	for _, id := range indicators {
		ps := e.facts.Series(id, area).Periods()
		if n := len(ps); n > 0 && (latest.IsZero() || period.Compare(ps[n-1], latest) > 0) {
			latest = ps[n-1]
		}
	}
	return latest
}
