package desk

import (
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/reply"
)

// Next is a question that leads on from an answer.
type Next struct {
	Label string // short, for a button
	Code  string // the question, see Unlink
}

// most is how many questions are offered under an answer.
const most = 4

// Link is the code of an answer's own question, empty where it is not one that a code can hold.
func (r Reply) Link() string {
	l, ok := r.link()
	if !ok {
		return ""
	}
	return l.String()
}

// link is the answer's own question: of one indicator, area and period, or of one project.
func (r Reply) link() (link, bool) {
	a := r.Answer
	if len(a.Parts) > 0 || a.Status != qa.Answered && a.Status != qa.NoData || len(a.Query.Pair) > 0 || a.Query.Limit != nil || a.Query.Assumed != nil || a.Query.Claimed != nil {
		return link{}, false
	}
	first := r.first()
	if first == nil {
		return link{}, false
	}
	l := link{lang: r.Lang, of: first.Indicator, area: first.Area, at: first.Period}
	switch a.Op {
	case qa.Value:
		l.what = 'v'
		if a.Query.Measure == facts.Plan {
			l.what = 'p'
		}
	case qa.Attainment, qa.Gap:
		l.what = 'a'
	case qa.Growth:
		l.what = 'g'
		if a.Query.Base != (qa.Base{}) {
			return link{}, false
		}
	case qa.Trend:
		l.what, l.at = 't', period.Period{}
	case qa.ProjectFacts:
		l.what, l.of = 'j', first.Project
	default:
		return link{}, false
	}
	return l, l.of != "" && (l.what == 'j' || l.area != "")
}

// first is the answer's only result of what was asked, of a series the last; nil where there are several or none.
func (r Reply) first() *qa.Result {
	var found *qa.Result
	for i := range r.Results {
		x := &r.Results[i]
		if x.Company || x.Alternative {
			continue
		}
		if found != nil && (x.Indicator != found.Indicator || x.Period != found.Period && r.Op != qa.Trend || x.Project != found.Project || x.Area != found.Area) {
			return nil
		}
		if found == nil || r.Op == qa.Trend {
			found = x
		}
	}
	return found
}

// Next are the questions that lead on from an answer: each is answered by the current facts, and none is the one just answered.
func (r Reply) Next() []Next {
	first := r.first()
	if len(r.Parts) > 0 || first == nil || r.Status != qa.Answered && r.Status != qa.NoData {
		return r.members()
	}
	if first.Project != "" {
		return nil
	}
	if first.Indicator == "" {
		return nil
	}
	own := r.Link()
	var out []Next
	add := func(l link) {
		if len(out) < most && l.String() != own {
			out = append(out, Next{r.label(l, first.Period), l.String()})
		}
	}
	s := r.desk.Facts().Series(first.Indicator, first.Area)
	at := first.Period
	of := func(what byte, p period.Period) link {
		return link{lang: r.Lang, what: what, of: first.Indicator, area: first.Area, at: p}
	}
	if hasPlan(s, at) && hasRealised(s, at) && r.Op != qa.Attainment && r.Op != qa.Gap && levels(s, at) {
		add(of('a', at))
	}
	if r.Op != qa.Growth && r.Op != qa.Change && grows(s, at) {
		add(of('g', at))
	}
	if r.Op != qa.Value && hasRealised(s, at) {
		add(of('v', at))
	}
	if series(s, at) {
		add(of('t', period.Period{}))
	}
	if next := at.AddYears(1); !at.IsZero() && hasPlan(s, next) {
		add(of('p', next))
	} else if r.Query.Measure != facts.Plan && hasPlan(s, at) && !hasRealised(s, at) {
		add(of('p', at))
	}
	if parts := r.desk.Facts().Parts(first.Indicator); len(parts) > 0 && r.Op != qa.Value {
		for _, p := range parts {
			if hasRealised(r.desk.Facts().Series(p.ID, first.Area), at) {
				add(link{lang: r.Lang, what: 'v', of: p.ID, area: first.Area, at: at})
			}
		}
	}
	if before := at.AddYears(-1); !at.IsZero() && hasRealised(s, before) && !hasRealised(s, at) {
		add(of('v', before))
	}
	return out
}

// members are the questions behind a list: one for each of its first few.
func (r Reply) members() []Next {
	if len(r.Parts) > 0 || r.Status != qa.Answered {
		return nil
	}
	var out []Next
	seen := map[string]bool{}
	for i := range r.Results {
		x := &r.Results[i]
		if x.Company || x.Alternative || len(out) == most {
			continue
		}
		l := link{lang: r.Lang, what: 'v', of: x.Indicator, area: x.Area, at: x.Period}
		if x.Project != "" {
			l = link{lang: r.Lang, what: 'j', of: x.Project}
		} else if x.Indicator == "" || x.Area == "" {
			continue
		}
		if code := l.String(); !seen[l.of] {
			seen[l.of] = true
			out = append(out, Next{reply.OneLine(x.Name.In(r.Lang)), code})
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// levels reports whether plan and realised figure are amounts, of which there is an attainment.
func levels(s *facts.Series, p period.Period) bool {
	return len(s.Observations(p)) > 1
}

// grows reports whether there is a growth over the year before.
func grows(s *facts.Series, p period.Period) bool {
	for _, c := range s.Claims(p) {
		if c.Kind == facts.Growth {
			return true
		}
	}
	return !p.IsZero() && len(s.Observations(p)) > 0 && hasRealised(s, p.AddYears(-1))
}

// series reports whether there are at least three realised figures of the period's kind.
func series(s *facts.Series, like period.Period) bool {
	n := 0
	for _, p := range s.Periods() {
		if p.Shape() == like.Shape() && hasRealised(s, p) {
			n++
		}
	}
	return n > 2
}

// label is what stands on a button: what is asked, and the period where it is another than the answer's.
func (r Reply) label(l link, at period.Period) string {
	args := map[string]any{"Period": "", "Name": ""}
	if !l.at.IsZero() && l.at != at {
		args["Period"] = r.desk.printer.Period(r.Lang, l.at)
	}
	if first := r.first(); first != nil && l.of != first.Indicator {
		args["Name"] = r.desk.Facts().Indicator(l.of).Name.In(r.Lang)
	}
	return reply.OneLine(r.desk.printer.Message(r.Lang, asks[l.what].label, args))
}

// copyLimit is the most characters that a button can put on the clipboard.
const copyLimit = 256

// Copy is a sentence with its source that stands for the answer in a text, empty where it does not fit.
func (r Reply) Copy() string {
	if r.Status != qa.Answered || len(r.Parts) > 0 || r.first() == nil || r.Op == qa.Trend {
		return ""
	}
	lines := strings.Split(r.Text(), "\n")
	source := r.desk.printer.Cited(r.Answer)
	if source == "" || len(lines) == 0 {
		return ""
	}
	for _, text := range []string{strings.Join(lines[:min(2, len(lines))], ". "), lines[0]} {
		if text += " (" + source + ")"; len([]rune(text)) <= copyLimit && !strings.Contains(text, "•") && !strings.Contains(text, "⚠") && !strings.HasPrefix(text, "1.") {
			return text
		}
	}
	return ""
}
