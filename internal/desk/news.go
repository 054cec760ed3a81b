package desk

import (
	"html"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/reply"
)

// News is what a document brings that was not there before: figures of an indicator in an area, or a project.
type News struct {
	Document *facts.Source
	Subject  Subject
	figures  []figureNews
}

// figureNews is a period of which there is a new figure or claim.
type figureNews struct {
	at      period.Period
	planned bool
}

// News are what the current facts have and those before them had not, document by document, as they are listed in the facts. A figure that was there before, in whatever
// file, is no news; one that was changed is.
func (d *Desk) News(before *facts.Snapshot) []News {
	after := d.Facts()
	var list []News
	at := map[[2]string]int{}
	add := func(doc *facts.Source, s Subject, f figureNews) {
		if doc == nil {
			return
		}
		key := [2]string{doc.ID, s.ID()}
		k, ok := at[key]
		if !ok {
			k, at[key] = len(list), len(list)
			list = append(list, News{Document: doc, Subject: s})
		}
		if !f.at.IsZero() && !slices.Contains(list[k].figures, f) {
			list[k].figures = append(list[k].figures, f)
		}
	}
	type figure struct {
		indicator, area, source, assigned, value string
		period                                   period.Period
		measure                                  facts.Measure
		claim                                    facts.ClaimKind
	}
	ofObservation := func(o facts.Observation) figure {
		return figure{o.Indicator, o.Area, o.Source.ID, o.AssignedBy, o.Value.Full().String() + string(o.Value.Unit), o.Period, o.Measure, 0}
	}
	ofClaim := func(c facts.Claim) figure {
		return figure{c.Indicator, c.Area, c.Source.ID, c.AssignedBy, c.Value.Full().String(), c.Period, c.Of, c.Kind}
	}
	old := map[figure]bool{}
	for o := range before.Observations() {
		old[ofObservation(o)] = true
	}
	for _, c := range before.Claims() {
		old[ofClaim(c)] = true
	}
	for o := range after.Observations() {
		if !old[ofObservation(o)] {
			add(o.Source, Subject{Indicator: o.Indicator, Area: o.Area}, figureNews{o.Period, o.Measure == facts.Plan})
		}
	}
	for _, c := range after.Claims() {
		if !old[ofClaim(c)] {
			add(c.Source, Subject{Indicator: c.Indicator, Area: c.Area}, figureNews{c.Period, c.Of == facts.Plan})
		}
	}
	for _, p := range after.Projects() {
		was := slices.IndexFunc(before.Projects(), func(o *facts.Project) bool { return o.ID == p.ID })
		if was < 0 || !p.Same(before.Projects()[was]) {
			add(p.Source, Subject{Project: p.ID}, figureNews{})
		}
	}
	return list
}

// How much of what a document brings stands in one message.
const (
	newsSubjects = 12
	newsFigures  = 3 // of one subject, the latest
)

// Announcement is one message of what a document brings, in the HTML that Telegram reads.
func (d *Desk) Announcement(doc *facts.Source, news []News, lang string) string {
	a := qa.Answer{Lang: lang, Sources: []qa.SourceRef{{ID: doc.ID, Title: doc.Title, Publisher: doc.Publisher, Date: doc.Date}}}
	lines := []string{"🔔 <b>" + html.EscapeString(reply.OneLine(d.printer.Cited(a))) + "</b>"}
	for i, n := range news {
		if i == newsSubjects {
			lines = append(lines, html.EscapeString(d.printer.Message(lang, "news_more", map[string]any{"Count": len(news) - i})))
			break
		}
		for _, q := range n.queries(lang) {
			a := qa.Compute(d.Facts(), q, d.chats.clock())
			a.Lang = lang
			if text := d.reply(a).HTML(); a.Status == qa.Answered {
				lines = append(lines, "• "+strings.SplitN(text, "\n", 2)[0])
			}
		}
	}
	return strings.Join(append(lines, html.EscapeString(d.printer.Message(lang, "news_end", nil))), "\n")
}

// queries ask for what is new, the latest first.
func (n News) queries(lang string) []qa.Query {
	if n.Subject.Project != "" {
		return []qa.Query{{Op: qa.ProjectFacts, Lang: lang, Projects: []string{n.Subject.Project}}}
	}
	figures := slices.Clone(n.figures)
	slices.SortStableFunc(figures, func(a, b figureNews) int { return period.Compare(b.at, a.at) })
	var list []qa.Query
	for _, f := range figures[:min(len(figures), newsFigures)] {
		q := qa.Query{Op: qa.Value, Lang: lang, Indicators: []string{n.Subject.Indicator}, Areas: []string{n.Subject.Area}, Periods: []period.Period{f.at}}
		if f.planned {
			q.Measure = facts.Plan
		}
		list = append(list, q)
	}
	return list
}
