package reply

import (
	"slices"
	"strings"

	"factbot/internal/qa"
)

// How many names of a kind are listed at most.
const (
	namesShown     = 12
	periodsShown   = 6
	documentsShown = 5
	optionsShown   = 10
)

// noData says what is missing, then what there is instead.
func (w *writer) noData(a *qa.Answer) {
	before := len(w.lines)
	w.lacks(a)
	if len(w.lines) == before {
		w.line(w.say("nothing"))
	}
	w.notes(a)
	var list []*qa.Result
	for i := range a.Results {
		if r := &a.Results[i]; !covered(a, r) || r.Measure != string(qa.Growth) {
			list = append(list, r)
		}
	}
	if len(list) > 0 {
		items := w.items(a, list, nil, map[*qa.Result]bool{})
		said := items[0].subject
		for _, it := range items[1:] {
			said = said.common(it.subject)
		}
		if len(items) == 1 {
			w.line(w.say("instead", "Text", w.label(items[0].subject, items[0].says)))
			w.line(capital(items[0].detail))
		} else {
			w.line(w.say("instead", "Text", w.named(said)))
			w.list(items, said, bulleted)
		}
	}
	w.warnings(a)
	if a.Available != nil {
		w.instead(a, len(list) > 0)
	}
}

// instead names what there is of the kind that is missing.
func (w *writer) instead(a *qa.Answer, figures bool) {
	lacks := func(kinds ...string) bool {
		return slices.ContainsFunc(a.Lacks, func(l qa.Lack) bool { return slices.Contains(kinds, l.Kind) })
	}
	v := a.Available
	switch {
	case lacks(qa.LackProject) && len(v.Projects) > 0:
		w.line(w.say("available_projects", "Names", w.names(v.Projects)))
	case lacks(qa.LackArea) && len(v.Areas) > 0:
		w.line(w.say("available_areas", "Names", w.names(v.Areas)))
	case lacks(qa.LackIndicator, qa.LackWord, qa.LackContext) && len(v.Indicators) > 0:
		w.line(w.say("available_indicators", "Names", w.names(v.Indicators)))
	case !figures && len(v.Periods) > 0 && lacks(qa.LackPeriod, qa.LackRealised, qa.LackPlan, qa.LackGrowth, qa.LackBase, qa.LackMeasure):
		w.line(w.say("available_periods", "Names", w.periods(v)))
	}
}

// periods are the latest periods there are, in words.
func (w *writer) periods(v *qa.Available) string {
	s := ""
	for i, p := range v.Periods[max(0, len(v.Periods)-periodsShown):] {
		if i > 0 {
			s += ", "
		}
		s += w.period(p)
	}
	return s
}

// coverage names everything there is.
func (w *writer) coverage(a *qa.Answer) {
	v := a.Available
	if v == nil {
		return
	}
	for _, kind := range []struct{ id, names string }{
		{"available_indicators", w.names(v.Indicators)},
		{"available_areas", w.names(v.Areas)},
		{"available_periods", w.periods(v)},
		{"available_projects", w.names(v.Projects)},
	} {
		if kind.names != "" {
			w.line(w.say(kind.id, "Names", kind.names))
		}
	}
	w.documents(v.Documents, documentsShown)
	if v.Updated != "" {
		w.line(w.say("updated", "Date", date(w.lang, v.Updated)))
	}
}

// documents lists up to n documents, the newest first.
func (w *writer) documents(docs []qa.SourceRef, n int) {
	if len(docs) == 0 {
		return
	}
	w.line(w.say("available_documents"))
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, func(a, b qa.SourceRef) int {
		switch {
		case a.Date > b.Date:
			return -1
		case a.Date < b.Date:
			return 1
		}
		return 0
	})
	for _, d := range sorted[:min(n, len(sorted))] {
		w.line("• " + w.source(d))
	}
	if len(sorted) > n {
		w.line("• …")
	}
}

// clarify asks back, once, with the choices.
func (w *writer) clarify(a *qa.Answer) {
	w.lacks(a)
	if len(a.Options) == 0 {
		w.line(w.say("clarify_open"))
		return
	}
	w.line(w.say("clarify"))
	for i, o := range a.Options {
		if i == optionsShown {
			w.line("• …")
			return
		}
		w.line("• " + w.Choice(w.lang, o))
	}
}

// Choice is one of the choices of a question that asks back, as the list of them and its button have it.
func (p *Printer) Choice(lang string, o qa.Option) string {
	if label := clean(o.Label.In(known(lang))); label != "" {
		return label
	}
	return clean(o.Text)
}

// help answers a greeting, thanks, or the question what the bot can do.
func (w *writer) help(a *qa.Answer) {
	short := false
	for _, n := range a.Notes {
		if id := "help_" + string(n.Code); w.catalog.has(id) {
			w.line(w.say(id))
			short = short || n.Code == "thanks"
		}
	}
	if !short {
		w.line(w.say("help_other"))
		w.examples(a)
	}
}

// notUnderstood says so, with what can be asked.
func (w *writer) notUnderstood(a *qa.Answer) {
	w.line(w.say("not_understood"))
	for _, l := range a.Lacks {
		if l.Kind == qa.LackWord && clean(l.Text) != "" {
			w.line(capital(w.lack(&l)))
		}
	}
	w.line(w.say("help_other"))
	w.examples(a)
}

// examples are questions that have an answer.
func (w *writer) examples(a *qa.Answer) {
	if a.Available == nil || len(a.Available.Examples) == 0 {
		return
	}
	w.line(w.say("examples"))
	for _, e := range a.Available.Examples {
		name := strings.TrimSpace(clean(e.Name.In(w.lang)) + " " + clean(e.Area.In(w.lang)))
		id := "example_value"
		if e.Op == qa.Attainment {
			id = "example_attainment"
		}
		w.line("• " + w.say(id, "Name", name, "Period", w.period(e.Period)))
	}
}
