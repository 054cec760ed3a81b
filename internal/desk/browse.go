package desk

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/reply"
	"factbot/internal/token"
)

// What there is to leaf through.
const (
	BrowseIndicators = "indicators"
	BrowseProjects   = "projects"
	BrowseDocuments  = "documents"
)

// pageSize is how many things stand on a page.
const pageSize = 6

// Page is a page of what there is: HTML as Telegram reads it, the same without markup, and a question for each thing on it.
type Page struct {
	HTML, Plain  string
	Open         []Next
	Number, Last int // from 1
}

// Browse is a page of the indicators, the projects or the documents; a page that there is not is the nearest.
func (d *Desk) Browse(what, lang string, number int) Page {
	var items []item
	switch what {
	case BrowseIndicators:
		items = d.indicatorItems(lang)
	case BrowseProjects:
		items = d.projectItems(lang)
	case BrowseDocuments:
		items = d.documentItems(lang)
	}
	p := Page{Last: max(1, (len(items)+pageSize-1)/pageSize)}
	p.Number = min(max(number, 1), p.Last)
	heading := ""
	var marked, plain []string
	for _, i := range items[min(len(items), (p.Number-1)*pageSize):min(len(items), p.Number*pageSize)] {
		if i.heading != heading && i.heading != "" {
			heading = i.heading
			marked, plain = append(marked, "", "<b>"+html.EscapeString(heading)+"</b>"), append(plain, "", heading)
		}
		marked, plain = append(marked, "• "+html.EscapeString(i.text)), append(plain, "• "+i.text)
		if i.code != "" {
			p.Open = append(p.Open, Next{i.label, i.code})
		}
	}
	p.HTML, p.Plain = strings.TrimSpace(strings.Join(marked, "\n")), strings.TrimSpace(strings.Join(plain, "\n"))
	if p.Plain == "" {
		p.Plain = d.printer.Message(lang, "browse_none", nil)
		p.HTML = html.EscapeString(p.Plain)
	}
	return p
}

// item is one thing on a page.
type item struct {
	heading, text, label, code string
}

// indicatorItems are the indicators with their latest figure and how much of the plan that is, those of a whole behind it.
func (d *Desk) indicatorItems(lang string) []item {
	var items []item
	for _, i := range d.Facts().Indicators() {
		l, ok := d.latest(lang, i)
		if !ok {
			continue
		}
		text, _, _ := d.asked(l)
		r, _ := d.Converse(Question{Text: text, Lang: lang}, qa.Conversation{})
		line, _, _ := strings.Cut(r.Text(), "\n")
		items = append(items, item{text: line, label: reply.OneLine(i.Name.In(lang)), code: l.String()})
	}
	return items
}

// latest is the question for an indicator's latest figure: its attainment where there is one.
func (d *Desk) latest(lang string, i *facts.Indicator) (link, bool) {
	area := d.Facts().DefaultArea()
	if area == "" || len(d.Facts().Series(i.ID, area).Periods()) == 0 {
		for _, a := range d.Facts().Areas() {
			if len(d.Facts().Series(i.ID, a.ID).Periods()) > 0 {
				area = a.ID
				break
			}
		}
	}
	s := d.Facts().Series(i.ID, area)
	var at period.Period
	what := byte('p')
	for _, p := range s.Periods() {
		switch {
		case hasRealised(s, p):
			at, what = p, 'v'
			if levels(s, p) && hasPlan(s, p) {
				what = 'a'
			}
		case what == 'p' && hasPlan(s, p):
			at = p
		case at.IsZero() && grows(s, p):
			at, what = p, 'g'
		}
	}
	return link{lang: lang, what: what, of: i.ID, area: area, at: at}, !at.IsZero() && area != ""
}

// projectItems are the projects by sector.
func (d *Desk) projectItems(lang string) []item {
	projects := slices.Clone(d.Facts().Projects())
	slices.SortStableFunc(projects, func(a, b *facts.Project) int { return cmp.Compare(a.Sector.In(lang), b.Sector.In(lang)) })
	var items []item
	for _, p := range projects {
		text := reply.OneLine(p.Name.In(lang))
		if p.Capacity != nil {
			text += ": " + d.printer.Amount(lang, *p.Capacity)
		}
		items = append(items, item{heading: reply.OneLine(p.Sector.In(lang)), text: text, label: reply.OneLine(p.Name.In(lang)), code: link{lang: lang, what: 'j', of: p.ID}.String()})
	}
	return items
}

// documentItems are the documents, the newest first.
func (d *Desk) documentItems(lang string) []item {
	documents := slices.Clone(d.Facts().Sources())
	slices.SortStableFunc(documents, func(a, b *facts.Source) int { return cmp.Compare(b.Date, a.Date) })
	var items []item
	for _, s := range documents {
		text := d.printer.Cited(qa.Answer{Lang: lang, Sources: []qa.SourceRef{{ID: s.ID, Title: s.Title, Publisher: s.Publisher, Date: s.Date}}})
		if _, after, ok := strings.Cut(text, ": "); ok {
			text = after
		}
		if s.URL != "" {
			text += " " + reply.OneLine(s.URL)
		}
		items = append(items, item{text: text})
	}
	return items
}

// Suggest are ready answers to a text that is being typed, best first: the answer itself, then those that lead on from it; where it is none yet, those of the
// indicators whose name holds it, or a few that are worth a look.
func (d *Desk) Suggest(text, lang string, limit int) []Reply {
	var out []Reply
	seen := map[string]bool{}
	add := func(q Question) Reply {
		r, _ := d.Converse(q, qa.Conversation{})
		if r.Status == qa.Answered && len(out) < limit && !seen[q.Text] {
			seen[q.Text] = true
			out = append(out, r)
		}
		return r
	}
	if strings.TrimSpace(text) != "" {
		r := add(Question{Text: text, Fallback: lang})
		for _, n := range r.Next() {
			if ask, lang, ok := d.Unlink(n.Code); ok {
				add(Question{Text: ask, Lang: lang})
			}
		}
		for _, o := range r.Options {
			add(Question{Text: o.Text, Lang: r.Lang})
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, holds := range []bool{true, false} {
		for _, i := range d.Facts().Indicators() {
			if holds != (strings.TrimSpace(text) != "" && named(i, text)) {
				continue
			}
			if l, ok := d.latest(lang, i); ok {
				ask, _, _ := d.asked(l)
				add(Question{Text: ask, Lang: lang})
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// named reports whether a name of an indicator holds a text, whatever its marks.
func named(i *facts.Indicator, text string) bool {
	text = folded(text)
	for _, name := range append([]string{i.Name["vi"], i.Name["en"]}, i.Aliases...) {
		if strings.Contains(folded(name), text) {
			return true
		}
	}
	return false
}

// folded is a text without marks and case, its words parted by one blank.
func folded(text string) string {
	var words []string
	for _, t := range token.Split(text) {
		words = append(words, t.Fold)
	}
	return strings.Join(words, " ")
}
