package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"factbot/internal/quantity"
	"factbot/internal/token"
)

// projectWords are the parts of a project in report.vi.yaml.
var projectWords = []string{"shared", "forms", "is", "company_ends", "heads", "capacity", "investor", "by", "companies", "investment", "ends"}

// Words of a project's name, and of what is said of it, at most.
const (
	maxName = 25
	maxSaid = 100
)

// isProject is how many of the tokens a word of a kind takes.
func (s *sentence) isProject(kind string, i int) int {
	p := s.r.o.Words.projects[kind]
	_, n := p.at(s.t[i:])
	if n > 0 && !cleanGaps(s.t[i:i+n]) {
		return 0
	}
	return n
}

// readProjects reads the projects that a sentence names, and says which tokens they took; nil: none.
func (s *sentence) readProjects() []bool {
	var taken []bool
	take := func(from, to int) {
		if taken == nil {
			taken = make([]bool, len(s.t))
		}
		for i := from; i < to && i < len(taken); i++ {
			taken[i] = true
		}
	}
	kind := s.over.project
	for i := 0; i < len(s.t); {
		begins := i == 0 || strings.ContainsAny(s.t[i].Gap, ",;:.()") || s.t[i-1].Lower == "và" || s.t[i-1].Lower == "gồm" || s.t[i-1].Lower == "là"
		if kind != "" && begins && (i == 0 && s.l.mark != "" || i > 0) && proper(s.t[i]) && s.isProject("heads", i) == 0 && !s.company(i) {
			if p, n := s.namedShort(i, kind); p != nil {
				s.r.report.Projects = append(s.r.report.Projects, *p)
				take(i, i+n)
				i += n
				continue
			}
		}
		if s.isProject("heads", i) == 0 || i > 0 && s.t[i-1].Kind == token.Number && strings.TrimSpace(s.t[i].Gap) == "" || i > 0 && !begins && s.isProject("heads", i-1) > 0 {
			i++
			continue
		}
		projects, n, lists := s.projectAt(i)
		if lists != "" {
			kind = lists
			s.projects = lists
			take(i, i+n)
			i += n
			continue
		}
		if len(projects) == 0 {
			i++
			continue
		}
		s.r.report.Projects = append(s.r.report.Projects, projects...)
		take(i, i+n)
		i += n
	}
	return taken
}

func proper(t token.Token) bool {
	r, _ := utf8.DecodeRuneInString(t.Text)
	return t.Kind == token.Word && unicode.IsUpper(r)
}

func (s *sentence) company(i int) bool { return s.isProject("companies", i) > 0 }

// namedShort is a project of a list that names its kind once: "một số dự án may mặc: Đỉnh Vàng, An Hưng, Nam Thuận…".
func (s *sentence) namedShort(i int, kind string) (*Project, int) {
	n := 1
	for i+n < len(s.t) && proper(s.t[i+n]) && plainGap(s.t[i+n:i+n+1]) && n < 6 {
		n++
	}
	if i+n < len(s.t) && !strings.ContainsAny(s.t[i+n].Gap, ",;.…(") && s.t[i+n].Lower != "và" {
		return nil, 0
	}
	if _, _, ok := s.r.periodAt(s.t, i, 0); ok {
		return nil, 0
	}
	p := &Project{Name: kind + " " + s.text(i, i+n), Line: s.l.no, Words: s.text(i, i+n)}
	rest := s.l.text[s.t[i+n-1].End:]
	p.Open = openList(rest)
	return p, n
}

// openList reports whether a list goes on with "…" without naming more.
func openList(rest string) bool {
	rest, _, _ = strings.Cut(rest, ";")
	return strings.Contains(rest, "…") || strings.Contains(rest, "...") || strings.Contains(rest, "v.v")
}

// projectAt reads the project, or the two of one name, that a token begins, and how many tokens they take. lists is the kind of projects whose names follow, where a
// list of them begins.
func (s *sentence) projectAt(i int) (projects []Project, n int, lists string) {
	end := i + s.isProject("heads", i)
	headEnd := end
	if end < len(s.t) && s.isProject("ends", end) > 0 && (s.isProject("by", end) == 0 || !s.company(end+1)) {
		return nil, 0, "" // "nhà máy tại Nghĩa Hưng"
	}
	for end < len(s.t) && end-i <= maxName {
		gap := s.t[end].Gap
		if strings.ContainsAny(gap, ",;:(.") || strings.Contains(gap, "…") {
			break
		}
		if s.isProject("ends", end) > 0 && end > headEnd || s.isProject("by", end) > 0 && s.company(end+1) {
			break
		}
		if s.t[end].Kind == token.Number {
			if q, k := s.size(end); k > 0 && (q.q.Unit.Per() != "" || s.r.known(q.q.Unit)) {
				break
			}
		}
		end++
	}
	if end <= i || end-i > maxName {
		return nil, 0, ""
	}
	if end < len(s.t) && strings.Contains(s.t[end].Gap, ":") || end == len(s.t) && s.l.opens {
		if s.properName(headEnd, end) && end < len(s.t) {
			goto named
		}
		if headEnd == end {
			return nil, 0, ""
		}
		name := s.text(i, end)
		return nil, end - i, strings.ToUpper(name[:1]) + name[1:]
	}
named:
	p := Project{Name: s.text(i, end), Line: s.l.no}
	tail := s.attributes(end, &p)
	named := s.properName(headEnd, end)
	stop := tail.end
	p.Words = s.text(i, stop)
	if !named && (end >= len(s.t) || s.isProject("by", end) == 0 || !s.company(end+1)) {
		return nil, 0, ""
	}
	if p.Capacity == nil && p.Investor == "" && p.Invested == nil && !s.listedProject(i) {
		return nil, 0, ""
	}
	if len(tail.investors) > 1 && len(tail.investors) == len(tail.capacities) {
		for k, who := range tail.investors {
			one := p
			one.Investor = who
			one.Capacity, one.Unit = &tail.capacities[k].q, tail.capacities[k].unit
			projects = append(projects, one)
		}
		return projects, stop - i, ""
	}
	for k := len(s.r.report.Projects) - 1; tail.shared && k >= 0; k-- {
		if before := &s.r.report.Projects[k]; before.Line == s.l.no && before.Investor == "" {
			before.Investor = p.Investor
		} else {
			break
		}
	}
	if len(tail.capacities) > 1 {
		p.Capacity, p.Unit = nil, ""
	}
	return []Project{p}, stop - i, ""
}

// listedProject reports whether a project is one of a list: a bullet of its own, or set off by semicolons.
func (s *sentence) listedProject(i int) bool {
	if s.l.mark != "" && s.l.mark != "#" && i == 0 {
		return true
	}
	if n := len(s.r.report.Projects); i > 0 && n > 0 && strings.Contains(s.t[i].Gap, ",") && s.r.report.Projects[n-1].Line == s.l.no {
		return strings.HasPrefix(token.Fold(s.r.report.Projects[n-1].Name), s.t[i].Fold+" ") // the next of a list, and no place of the one before
	}
	return i > 0 && (strings.ContainsAny(s.t[i].Gap, ";:") || strings.ContainsAny(s.t[i].Gap, ")]") && s.t[i-1].Kind == token.Number)
}

// properName reports whether a stretch of tokens has a proper name in it.
func (s *sentence) properName(from, to int) bool {
	for j := from; j < to; j++ {
		if proper(s.t[j]) && !s.t[j].Upper || s.t[j].Upper && s.isProject("heads", j) == 0 {
			return true
		}
	}
	return false
}

type sized struct {
	q    quantity.Quantity
	unit string
}

type attributes struct {
	end        int
	shared     bool // "cùng do": the investor is that of the projects before, too
	investors  []string
	capacities []sized
}

// attributes reads what is said of a project behind its name, up to the next project of the list: capacity, investor, investment.
func (s *sentence) attributes(at int, p *Project) attributes {
	a := attributes{end: at}
	depth := 0
	for j := at; j < min(len(s.t), at+maxSaid); {
		gap := s.t[j].Gap
		var ends bool
		if strings.Contains(gap, ":") && j > at && j-1 >= at {
			break
		}
		if depth, ends = nesting(gap, depth); ends || j > at && strings.ContainsAny(gap, ".") && !strings.Contains(gap, "…") && proper(s.t[j]) {
			break
		}
		if s.isProject("heads", j) > 0 && j > at && depth <= 0 && (strings.ContainsAny(gap, ",") || s.t[j-1].Lower == "và") && !s.company(j) {
			break
		}
		next := j + 1
		switch {
		case s.isProject("capacity", j) > 0:
			had := len(a.capacities)
			if next, a.capacities = s.amounts(j+s.isProject("capacity", j), a.capacities); len(a.capacities) > had {
				a.end = next
			}
		case s.isProject("investment", j) > 0:
			var list []sized
			if next, list = s.amounts(j+s.isProject("investment", j), nil); len(list) == 1 {
				p.Invested, p.InvestedUnit = &list[0].q, list[0].unit
				a.end = next
			}
		case s.isProject("investor", j) > 0:
			k := j + s.isProject("investor", j)
			for k < len(s.t) && (s.t[k].Lower == "là" || s.t[k].Lower == "do") {
				k++
			}
			next = s.investors(k, true, &a)
		case s.isProject("by", j) > 0 && s.company(j+1):
			a.shared = j > at && s.isProject("shared", j-1) > 0
			next = s.investors(j+1, false, &a)
		case strings.HasSuffix(gap, "(") && s.company(j):
			next = s.investors(j, false, &a)
		case s.t[j].Kind == token.Number && (j == at || strings.HasSuffix(gap, "(")):
			if q, k := s.size(j); k > 0 && (s.isMoney(q) && p.Invested == nil) {
				p.Invested, p.InvestedUnit, next = &q.q, q.unit, j+k
				a.end = next
			} else if k > 0 && len(a.capacities) == 0 {
				a.capacities, next = append(a.capacities, q), j+k
				a.end = next
			}
		}
		j = max(next, j+1)
	}
	if len(a.investors) > 0 {
		p.Investor = a.investors[0]
		if len(a.investors) > 1 && len(a.capacities) != len(a.investors) {
			p.Investor = strings.Join(a.investors, ", ")
		}
	}
	if len(a.capacities) > 0 {
		p.Capacity, p.Unit = &a.capacities[0].q, a.capacities[0].unit
	}
	return a
}

// known reports whether a unit is one of the units, and no thing that is counted.
func (r *reader) known(u quantity.Unit) bool {
	_, ok := r.o.Units.Base(token.Fold(string(u)))
	return ok
}

// nesting is how deep in brackets a gap ends, and whether a semicolon stands in it outside of them.
func nesting(gap string, depth int) (int, bool) {
	for _, r := range gap {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(0, depth-1)
		case r == ';' && depth == 0:
			return depth, true
		}
	}
	return depth, false
}

func (s *sentence) investors(k int, said bool, a *attributes) int {
	names, next := s.companies(k, said)
	a.investors = append(a.investors, names...)
	a.end = max(a.end, next)
	return next
}

func (s *sentence) isMoney(q sized) bool { return q.q.Unit == "VND" || q.q.Unit == "USD" }

// amounts reads one amount, or several with "và" between them.
func (s *sentence) amounts(k int, list []sized) (int, []sized) {
	for k < len(s.t)-1 && s.isProject("is", k) > 0 {
		k += s.isProject("is", k)
	}
	for k < len(s.t) && s.t[k].Kind == token.Number {
		q, n := s.size(k)
		if n == 0 {
			return k, list
		}
		list = append(list, q)
		k += n
		if k+1 < len(s.t) && s.t[k].Lower == "và" && s.t[k+1].Kind == token.Number {
			k++
		}
	}
	return k, list
}

// size reads an amount of a project: in a unit that is known, of a product ("2,5 triệu tấn xi măng/năm"), or of things that are counted by the time ("14 triệu lốp/năm").
func (s *sentence) size(k int) (sized, int) {
	num, n := s.r.numberAt(s.t, k)
	if num.doubtful || num.range_ || num.form != amount && num.form != bare {
		return sized{}, 0
	}
	unit, mult, of := num.unit, num.mult, num.of
	if at := k + n; of.Per() == "" {
		for num.form == bare && at < len(s.t) && plainGap(s.t[at:at+1]) && s.r.o.Units.Written(s.t[at:at+1]) {
			power, ok := s.r.o.Units.Multiplier(s.t[at].Fold)
			if !ok {
				break
			}
			mult, at = mult+power, at+1
		}
		things := at
		for at < len(s.t) && at < things+4 && s.t[at].Kind == token.Word && plainGap(s.t[at:at+1]) {
			at++
		}
		if at < len(s.t) && (at > things || num.form == amount) && strings.TrimSpace(s.t[at].Gap) == "/" {
			if time, ok := s.r.o.Units.Time(s.t[at].Fold); ok {
				if num.form == bare {
					of = quantity.Unit(lower(s.t[things:at]))
				}
				of += quantity.Unit("/" + time)
				at++
				if at < len(s.t) && time == "day" && s.t[at].Lower == "đêm" {
					at++
				}
				n = at - k
				unit = sliceOf(s.t[k+1:at], s.t[k+1].Start, s.t[at-1].End)
			}
		}
	}
	if of == "" {
		return sized{}, 0
	}
	return sized{quantity.Quantity{Number: num.value, Unit: of, Mult: mult, Decimals: num.decimals}, unit}, n
}

// companies reads the names of companies: "Công ty TNHH A và Công ty CP B làm chủ đầu tư".
func (s *sentence) companies(k int, said bool) ([]string, int) {
	var out []string
	for k < len(s.t) && (s.company(k) || said && proper(s.t[k])) {
		j := k + 1
		for j < len(s.t) {
			gap := s.t[j].Gap
			if s.abbreviation(j) {
				j++
				continue
			}
			if strings.HasSuffix(strings.TrimSpace(gap), ",") && s.isProject("forms", j) > 0 {
				j++
				continue
			}
			if strings.ContainsAny(strings.TrimPrefix(gap, ")"), ",;:()") || strings.Contains(gap, ". ") || strings.HasPrefix(gap, ")") && !s.abbreviated(j) {
				break
			}
			if s.isProject("company_ends", j) > 0 && !proper(s.t[j]) || s.t[j].Lower == "và" && j+1 < len(s.t) && s.company(j+1) || s.isProject("ends", j) > 0 && !proper(s.t[j]) {
				break
			}
			j++
		}
		out = append(out, s.text(k, j))
		k = j
		if k+1 < len(s.t) && s.t[k].Lower == "và" && s.company(k+1) {
			k++
			continue
		}
		break
	}
	if k < len(s.t) && s.t[k].Lower == "làm" {
		k++
		if n := s.isProject("investor", k); n > 0 {
			k += n
		}
	}
	return out, k
}
