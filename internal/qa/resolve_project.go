package qa

import (
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// setProjects chooses the projects: names together, conditions (a sector and a place) each narrowing.
func (r *resolver) setProjects() {
	if r.named() > 0 {
		return
	}
	if len(r.projects) == 0 {
		if kept := r.ofCompanies(nil); len(kept) > 0 && r.aboutProjects() && !r.follows {
			r.out.Projects, r.out.Condition = kept, r.q.words(r.q.spans[r.q.at(words.Companyword)])
		}
		return
	}
	var out []string
	var condition []string
	chosen, excluded := r.exceptProjects()
	for i, m := range chosen {
		condition = append(condition, r.q.words(r.q.spans[m.at]))
		if i == 0 {
			out = append(out, m.ids...)
			continue
		}
		both := intersect(out, m.ids)
		if len(both) > 0 && !r.joinedNames(chosen[i-1].at, m.at) {
			out = both
			continue
		}
		for _, id := range m.ids {
			if !contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if kept := r.ofCapacity(out); len(kept) > 0 {
		out = kept
	}
	out = r.ofCompanies(out)
	if len(excluded) > 0 { // "dự án nào không thuộc may mặc"
		var rest []string
		for _, p := range r.facts.Projects() {
			if (len(chosen) == 0 || contains(out, p.ID)) && !contains(excluded, p.ID) {
				rest = append(rest, p.ID)
			}
		}
		out = rest
	}
	r.out.Projects = out
	r.out.Condition = strings.Join(condition, ", ")
}

// ofCompanies keeps the projects of the kind of company that is said, where some are and some are not: "dự án do công ty cổ phần đầu tư". Nil ids are
// all projects; what chooses nothing leaves them as they were.
func (r *resolver) ofCompanies(ids []string) []string {
	at := r.q.at(words.Companyword)
	if at < 0 || r.q.spans[at].kind != kindWord || at+1 < len(r.q.spans) && r.q.spans[at+1].kind == kindName {
		return ids
	}
	kind := companyKind(r.q.tokens[r.q.spans[at].from:r.q.spans[at].to])
	var kept []string
	others := false
	for _, p := range r.facts.Projects() {
		switch {
		case ids != nil && !contains(ids, p.ID) || p.Investor == "":
		case strings.Contains(companyKind(token.Split(p.Investor)), kind):
			kept = append(kept, p.ID)
		default:
			others = true
		}
	}
	if len(kept) == 0 && r.q.spans[at].to-r.q.spans[at].from > 2 { // a form of company that no investor has
		r.q.unknown = append(r.q.unknown, r.q.words(r.q.spans[at]))
	}
	if len(kept) == 0 || !others {
		return ids
	}
	return kept
}

// companyKind is a company's name, folded, with the forms of companies as they are abbreviated in names.
func companyKind(name []token.Token) string {
	return strings.NewReplacer(" co phan ", " cp ", " trach nhiem huu han ", " tnhh ", " cty ", " cong ty ").Replace(" " + foldOf(name) + " ")
}

// exceptProjects parts the names that choose projects from those that a word of exception takes out: what is named behind it in the same
// clause, "dự án may mặc trừ An Hưng", "không tính An Hưng thì còn mấy dự án may mặc".
func (r *resolver) exceptProjects() (chosen []mentioned, excluded []string) {
	at := r.q.at(words.Except)
	if at < 0 {
		return r.projects, nil
	}
	end := at + 1
	for end < len(r.q.spans) && !r.q.spans[end].has(words.Howmuch, words.Which, words.Number, words.Rest, words.What) && !r.q.clauseBegins(end) {
		end++
	}
	for _, m := range r.projects {
		if m.at > at && m.at < end {
			excluded = append(excluded, m.ids...)
		} else {
			chosen = append(chosen, m)
		}
	}
	return chosen, excluded
}

// setOperating keeps the projects that run already, where that is asked: those whose status says so. Where none does, there is no answer.
func (r *resolver) setOperating() {
	if r.oneProject() || !r.q.has(words.Operating) || r.q.has(words.When, words.Whichyear, words.Yesno) && r.q.lang == "vi" || r.q.has(words.Starting) && r.q.lang == "vi" || !r.aboutProjects() {
		return
	}
	among := r.out.Projects
	var kept []string
	for _, p := range r.facts.Projects() {
		if among != nil && !contains(among, p.ID) {
			continue
		}
		if r.lex.says(p.Status["vi"], words.Operating) && !r.lex.says(p.Status["vi"], words.Plan) {
			kept = append(kept, p.ID)
		}
	}
	if len(kept) == 0 {
		r.q.unknown = append(r.q.unknown, r.q.words(r.q.spans[r.q.at(words.Operating)]))
		return
	}
	r.out.Projects = kept
}

// setLacking reads "chưa nêu công suất", "no stated investor": the projects of which that is not known are meant.
func (r *resolver) setLacking() {
	if !r.aboutProjects() || r.oneProject() {
		return
	}
	for i, s := range r.q.spans {
		if s.kind != kindWord || !s.has(words.Lacking) {
			continue
		}
		for j := i + 1; j < len(r.q.spans) && j <= i+2; j++ {
			for _, f := range fields {
				if r.q.spans[j].has(f.sense) {
					r.out.Lacking = f.field
				}
			}
			if r.out.Lacking != AllFields {
				r.out.Op = ProjectFacts
				if r.asksCount() {
					r.out.Op = CountOf
				}
				return
			}
		}
	}
}

// setHaving reads "bao nhiêu dự án có nêu công suất", "how many have a stated capacity": those of which it is known are counted.
func (r *resolver) setHaving() {
	at := r.having()
	if r.out.Op != CountOf || r.out.Lacking != AllFields || at < 0 {
		return
	}
	for _, f := range fields {
		if r.q.spans[at].has(f.sense) {
			r.out.Having = f.field
		}
	}
}

// having is the span of a fact that projects are said to have, with a word between ("dự án có công suất"); -1 where there is none.
func (r *resolver) having() int {
	q := r.q
	if !r.aboutProjects() || len(q.limits)+len(q.amounts) > 0 {
		return -1
	}
	for i, s := range q.spans {
		if s.kind != kindWord || !s.has(words.Capacity, words.Investor, words.Investment, words.Acreage) {
			continue
		}
		j := i - 1
		for j >= 0 && q.spans[j].has(words.Filler, words.Yesno, words.List) && !q.spans[j].has(words.And, words.Project) && !q.clauseBegins(j+1) {
			j--
		}
		if j >= 0 && j < i-1 && (q.spans[j].has(words.Project) || q.spans[j].of(classProject)) {
			return i
		}
	}
	return -1
}

// says reports whether a text holds a phrase with the sense.
func (l *lexicon) says(text string, sense words.Sense) bool {
	for _, ms := range l.find(token.Split(text), 0, new(room)) {
		for _, m := range ms {
			if m.class == classWord && m.sense == sense && m.conflicts == 0 {
				return true
			}
		}
	}
	for _, ms := range l.find(token.Split(text), l.langIndex("vi"), new(room)) {
		for _, m := range ms {
			if m.class == classWord && m.sense == sense && m.conflicts == 0 {
				return true
			}
		}
	}
	return false
}

// ofCapacity keeps the projects with a capacity that the question names: "the 120,000-tonne pellet project".
func (r *resolver) ofCapacity(ids []string) []string {
	var kept []string
	if r.out.Op != ProjectFacts {
		return nil
	}
	for _, p := range r.facts.Projects() {
		if !contains(ids, p.ID) || p.Capacity == nil {
			continue
		}
		for _, i := range r.q.amounts {
			a := r.q.spans[i].amount
			if a.unit != "" && a.unit.Base() == p.Capacity.Unit.Base() && a.number.Shift(a.mult).Cmp(p.Capacity.Full()) == 0 {
				kept = append(kept, p.ID)
				r.capacitySaid = true
			}
		}
	}
	return kept
}

// joinedNames reports whether "và" or a comma stands between two names.
func (r *resolver) joinedNames(a, b int) bool {
	for i := a + 1; i <= b; i++ {
		if i < b && r.q.spans[i].has(words.And) || strings.ContainsAny(r.q.tokens[r.q.spans[i].from].Gap, ",;") {
			return true
		}
	}
	return false
}

func intersect(a, b []string) []string {
	var out []string
	for _, x := range a {
		if contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// fields are the senses that ask for a field of a project.
var fields = []struct {
	sense words.Sense
	field Field
}{
	{words.Capacity, CapacityField}, {words.Investor, InvestorField}, {words.Product, ProductField}, {words.Sector, SectorField}, {words.Place, PlaceField},
	{words.State, StatusField}, {words.Investment, InvestmentField}, {words.Acreage, AcreageField},
}

// field is what is asked of a project; AllFields where several things are.
func (r *resolver) field() Field {
	if r.out.Lacking != AllFields {
		return AllFields
	}
	found := AllFields
	n := 0
	for _, f := range fields {
		if r.q.has(f.sense) {
			found = f.field
			n++
		}
	}
	if n == 0 && r.q.has(words.Who) {
		return InvestorField
	}
	if n == 0 && r.q.has(words.When, words.Whichyear) {
		return YearField
	}
	if n == 0 && r.q.has(words.Where) {
		return PlaceField
	}
	if u, ok := r.q.unit(); n == 0 && ok && r.q.has(words.Howmuch) {
		switch { // "làm được bao nhiêu sản phẩm", "bao nhiêu tỷ"
		case isCurrency(u.unit.Base()) || u.unit == "" && u.mult >= 9:
			return InvestmentField
		case u.unit != "" && u.unit.Base() != "người" && u.unit.Base() != "ha" && u.unit != "dự án" && !u.percent():
			return CapacityField
		}
	}
	if n == 0 && r.q.has(words.Starting, words.Operating) && r.q.has(words.Yesno, words.Isittrue) {
		return StatusField
	}
	if n > 1 || n == 1 && r.q.has(words.When, words.Whichyear, words.Starting) && r.q.has(words.Howmuch, words.Which, words.When, words.Whichyear) {
		return AllFields
	}
	return found
}

// setSides reads two sets of projects compared: "X gấp mấy lần tổng công suất Y và Z". What stands before the word of comparison is the first.
func (r *resolver) setSides() {
	if r.named() > 0 || !r.aboutProjects() && len(r.out.Projects) == 0 || r.out.Op == Share {
		return
	}
	if r.q.has(words.Investment) {
		r.out.Field = InvestmentField
	}
	at := r.q.at(words.Times, words.Higher, words.Lower, words.Compare)
	defer r.turnRatio()
	var first, second []string
	sides := r.projects
	if own := slices.DeleteFunc(slices.Clone(sides), func(m mentioned) bool { return !r.ownName(m) }); len(own) > 1 {
		sides = own // "công suất viên nén của A gấp mấy lần của B": the names are compared
	}
	for i, m := range sides {
		switch {
		case m.at < at && i < len(sides)-1 || i == 0:
			first = append(first, m.ids...)
		default:
			second = append(second, m.ids...)
		}
	}
	second = slices.DeleteFunc(second, func(id string) bool { return contains(first, id) }) // two words for one project are one side
	if len(second) == 0 && len(first) == 1 && r.q.has(words.It) && r.prev != nil && len(r.prev.Projects) == 1 && r.prev.Projects[0] != first[0] {
		first, second = r.prev.Projects, first // "công suất của nó gấp mấy lần X"
		if it := r.q.at(words.It); it > r.projects[0].at {
			first, second = second, first
		}
	}
	if len(r.projects) == 0 && len(r.out.Projects) == 2 {
		first, second = r.out.Projects[:1], r.out.Projects[1:]
	}
	if len(r.projects) == 1 && len(first) == 2 {
		first, second = first[:1], first[1:]
	}
	if len(first) > 0 && len(second) > 0 {
		r.out.Sides = [][]string{first, second}
	}
}

// turnRatio turns a ratio round where it is asked the English way: "How many times A is B" is B over A.
func (r *resolver) turnRatio() {
	if len(r.out.Sides) != 2 || len(r.projects) < 2 || !r.turnedBetween(r.projects[0].at, r.projects[len(r.projects)-1].at) {
		return
	}
	r.out.Sides[0], r.out.Sides[1] = r.out.Sides[1], r.out.Sides[0]
}

// setProjectUnit reads the time that a capacity is asked for: "mỗi ngày bao nhiêu tấn", "capacity per year".
func (r *resolver) setProjectUnit() {
	u, ok := r.q.unit()
	asked := ok && (u.unit != "" || u.hasMult)
	per := r.perTime()
	if per == "" {
		return
	}
	for _, p := range r.facts.Projects() {
		if contains(r.out.Projects, p.ID) && p.Capacity != nil && p.Capacity.Unit.Per() != "" {
			if p.Capacity.Unit.Per() != per {
				r.out.Op = Convert
				r.out.Unit, r.out.Mult, r.out.HasUnit = p.Capacity.Unit.Base()+quantity.Unit("/"+per), p.Capacity.Mult, true
				if asked {
					r.out.Mult = u.mult
				}
			}
			return
		}
	}
}

// perTime is the time that a capacity is asked per, as units name it: "tấn/năm", "mỗi tháng", "daily"; empty where none is said.
func (r *resolver) perTime() string {
	times := map[periodWord]string{pYear: "year", pQuarter: "quarter", pMonth: "month", pDay: "day"}
	for i, s := range r.q.spans {
		if s.step != pNone && s.kind != kindPeriod && (s.has(words.Each) || i > 0 && r.q.spans[i-1].has(words.Each, words.Convert)) {
			return times[s.step]
		}
	}
	u, _ := r.q.unit()
	return u.unit.Per()
}

// oneProject reports whether the question names one project by its own name: then nothing else in it chooses among projects.
func (r *resolver) oneProject() bool { return len(r.projects) == 1 && r.ownName(r.projects[0]) }

// ownName reports whether a mention is one project by its own name, none of the words that choose among projects.
func (r *resolver) ownName(m mentioned) bool {
	return len(m.ids) == 1 && slices.ContainsFunc(r.q.spans[m.at].names, func(n match) bool {
		t := &r.lex.targets[n.target]
		return t.class == classProject && t.field == NameField
	})
}

// projectYear is the year in which projects are to start, where the question names one.
func (r *resolver) projectYear() int {
	for _, p := range r.periods {
		if p.shape == period.Year && p.year > 0 && !r.oneProject() {
			return p.year
		}
	}
	return 0
}
