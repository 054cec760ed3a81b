package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"factbot/internal/quantity"
	"factbot/internal/token"
)

// projectWords are the parts of a project in report.vi.yaml.
var projectWords = []string{"heads", "capacity", "investor", "by", "companies", "investment", "ends"}

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
		begins := i == 0 || strings.ContainsAny(s.t[i].Gap, ",;:.(") || s.t[i-1].Lower == "và" || s.t[i-1].Lower == "gồm" || s.t[i-1].Lower == "là"
		if kind != "" && begins && (i == 0 && s.l.mark != "" || i > 0) && proper(s.t[i]) && s.isProject("heads", i) == 0 && !s.company(i) {
			if p, n := s.namedShort(i, kind); p != nil {
				s.r.report.Projects = append(s.r.report.Projects, *p)
				take(i, i+n)
				i += n
				continue
			}
		}
		if s.isProject("heads", i) == 0 || i > 0 && s.t[i-1].Kind == token.Number || i > 0 && !begins && s.isProject("heads", i-1) > 0 {
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
	for end < len(s.t) && end-i <= maxName {
		gap := s.t[end].Gap
		if strings.ContainsAny(gap, ",;:(.") || strings.Contains(gap, "…") {
			break
		}
		if s.isProject("ends", end) > 0 && end > headEnd || s.isProject("by", end) > 0 && s.company(end+1) {
			break
		}
		if s.t[end].Kind == token.Number && end+1 < len(s.t) && strings.TrimSpace(s.t[end+1].Gap) == "" {
			if _, _, k := s.r.unitAt(s.t[end+1:]); k > 0 {
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
	if !named && p.Investor == "" || !named && p.Capacity == nil && len(tail.investors) == 0 {
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
	return i > 0 && strings.ContainsAny(s.t[i].Gap, ";:")
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
	investors  []string
	capacities []sized
}

// attributes reads what is said of a project behind its name, up to the next project of the list: capacity, investor, investment.
func (s *sentence) attributes(at int, p *Project) attributes {
	a := attributes{end: at}
	depth := 0
	for j := at; j < min(len(s.t), at+maxSaid); {
		gap := s.t[j].Gap
		depth += strings.Count(gap, "(") - strings.Count(gap, ")")
		if strings.Contains(gap, ";") && depth <= 0 || j > at && strings.ContainsAny(gap, ".") && !strings.Contains(gap, "…") && proper(s.t[j]) {
			break
		}
		if s.isProject("heads", j) > 0 && j > at && depth <= 0 && strings.ContainsAny(gap, ",") && !s.company(j) {
			break
		}
		switch {
		case s.isProject("capacity", j) > 0:
			k := j + s.isProject("capacity", j)
			k, a.capacities = s.amounts(k, a.capacities)
			a.end, j = k, k
			continue
		case s.isProject("investment", j) > 0:
			k := j + s.isProject("investment", j)
			var list []sized
			if k, list = s.amounts(k, nil); len(list) == 1 {
				p.Invested, p.InvestedUnit = &list[0].q, list[0].unit
			}
			a.end, j = k, k
			continue
		case s.isProject("investor", j) > 0:
			k := j + s.isProject("investor", j)
			for k < len(s.t) && (s.t[k].Lower == "là" || s.t[k].Lower == "do") {
				k++
			}
			names, next := s.companies(k, true)
			a.investors = append(a.investors, names...)
			a.end, j = max(next, j+1), max(next, j+1)
			continue
		case s.isProject("by", j) > 0 && s.company(j+1), j > at && depth == 1 && strings.HasSuffix(gap, "(") && s.company(j):
			k := j
			if !s.company(j) {
				k++
			}
			names, next := s.companies(k, false)
			a.investors = append(a.investors, names...)
			a.end, j = max(next, j+1), max(next, j+1)
			continue
		}
		j++
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

// amounts reads one amount, or several with "và" between them.
func (s *sentence) amounts(k int, list []sized) (int, []sized) {
	for k < len(s.t) && s.t[k].Kind != token.Number && k < len(s.t)-1 && (s.t[k].Lower == "là" || s.t[k].Lower == "đạt" || s.t[k].Lower == "thiết" || s.t[k].Lower == "kế") {
		k++
	}
	for k < len(s.t) && s.t[k].Kind == token.Number {
		num, n := s.r.numberAt(s.t, k)
		if num.form != amount || num.doubtful || num.range_ {
			return k, list
		}
		list = append(list, sized{quantity.Quantity{Number: num.value, Unit: num.of, Mult: num.mult, Decimals: num.decimals}, num.unit})
		k += n
		if k+1 < len(s.t) && s.t[k].Lower == "và" && s.t[k+1].Kind == token.Number {
			k++
		}
	}
	return k, list
}

// companies reads the names of companies: "Công ty TNHH A và Công ty CP B làm chủ đầu tư".
func (s *sentence) companies(k int, said bool) ([]string, int) {
	var out []string
	for k < len(s.t) && (s.company(k) || said && proper(s.t[k])) {
		j := k + 1
		for j < len(s.t) {
			gap := s.t[j].Gap
			if strings.ContainsAny(gap, ",;:()") || strings.Contains(gap, ". ") {
				break
			}
			if s.t[j].Lower == "làm" || s.t[j].Lower == "và" && j+1 < len(s.t) && s.company(j+1) || s.isProject("ends", j) > 0 && !proper(s.t[j]) && s.t[j].Lower != "triển" && s.t[j].Lower != "thuộc" {
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
