package reply

import (
	"slices"
	"strconv"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// notes writes the remarks of an answer, each once. Those that stand before the first figure are said already.
func (w *writer) notes(a *qa.Answer) {
	var said []string
	for _, n := range a.Notes {
		switch n.Code {
		case qa.NotePremise, qa.NoteAssumed, qa.NoteNoneMatch:
			continue
		}
		text := w.note(a, n)
		if text == "" || slices.Contains(said, text) {
			continue
		}
		said = append(said, text)
		w.line(text)
	}
}

// note is one remark.
func (w *writer) note(a *qa.Answer, n qa.Note) string {
	if n.Code == qa.NoteFormula {
		return w.coded("formula_", string(a.Query.Of))
	}
	name := clean(n.Name.In(w.lang))
	if (n.Code == qa.NoteSince || n.Code == qa.NoteLatest) && !severalNames(a) && len(a.Results) > 0 {
		name = "" // the reply has named it
	}
	args := []string{"Name", name, "Period", w.period(n.Period), "Base", w.period(n.Base), "Count", strconv.Itoa(n.N), "Value", ""}
	if n.Value != nil {
		args[len(args)-1] = w.amount(w.lang, *n.Value)
		if n.Code == qa.NoteBackcast {
			args[len(args)-1] = w.moved("noun", *n.Value, false)
		}
	}
	id := string(n.Code)
	if n.Code == qa.NotePeriodsLeft {
		id += stepIDs[paceStep(a)]
	}
	return capital(w.coded("note_", id, args...))
}

// stepIDs end the message for the periods left of each length; months need none.
var stepIDs = map[string]string{"quarter": "_quarters", "half": "_halves", "year": "_years"}

// paceStep is what the first pace among the results is per: month, quarter …
func paceStep(a *qa.Answer) string {
	for i := range a.Results {
		if a.Results[i].Measure == string(qa.Pace) {
			return a.Results[i].Value.Unit.Per()
		}
	}
	return ""
}

// warnings writes the doubts about an answer, a line each, naming what they are about where the answer is about several things.
func (w *writer) warnings(a *qa.Answer) {
	several := severalNames(a)
	var said []string
	for i := range a.Warnings {
		k := &a.Warnings[i]
		text := w.warning(a, k, several)
		if text == "" || slices.Contains(said, text) {
			continue
		}
		said = append(said, text)
		w.line("⚠ " + capital(text))
	}
}

// severalNames reports whether the results are about more than one indicator, or about one in several areas.
func severalNames(a *qa.Answer) bool {
	first := -1
	for i := range a.Results {
		r := &a.Results[i]
		if r.Indicator == "" {
			continue
		}
		if first < 0 {
			first = i
		}
		if r.Indicator != a.Results[first].Indicator || r.Area != a.Results[first].Area {
			return true
		}
	}
	return false
}

// warning is one doubt in words; named puts what it is about before it.
func (w *writer) warning(a *qa.Answer, k *qa.Warning, named bool) string {
	text := w.doubt(k)
	if text == "" || !named && (len(a.Results) == 0 || k.Indicator == "" || a.Results[0].Indicator == k.Indicator) {
		return text
	}
	s := subject{name: clean(k.Name.In(w.lang))}
	if severalAreas(a) {
		s.area = clean(k.AreaName.In(w.lang))
	}
	switch k.Code {
	case qa.Assumed, qa.OpenList:
		return text
	case qa.StatedDiffers, qa.MixedSources, qa.Revised, qa.SourcesDisagree:
		s.period = w.period(k.Period)
	}
	return w.label(s, text)
}

func severalAreas(a *qa.Answer) bool {
	for i := range a.Results {
		if a.Results[i].Area != a.Results[0].Area {
			return true
		}
	}
	return false
}

func (w *writer) doubt(k *qa.Warning) string {
	switch k.Code {
	case qa.StatedDiffers:
		if k.Stated == nil || k.Computed == nil {
			return ""
		}
		if k.Of == qa.Attainment {
			return w.say("warning_stated_differs_attainment", "Stated", w.amount(w.lang, *k.Stated), "Computed", w.amount(w.lang, *k.Computed))
		}
		return w.say("warning_stated_differs", "Stated", w.claim(k.Of, *k.Stated), "Computed", w.claim(k.Of, *k.Computed))
	case qa.PlanBelowRealised:
		if k.Plan == nil || k.Realised == nil {
			return ""
		}
		return w.say("warning_plan_below_realised", "Period", w.period(k.Plan.Period), "Plan", w.amount(w.lang, k.Plan.Value),
			"Measure", w.coded("measure_", k.Realised.Measure), "Base", w.period(k.Realised.Period), "Realised", w.amount(w.lang, k.Realised.Value))
	case qa.Revised, qa.SourcesDisagree:
		if k.Older == nil || k.Newer == nil {
			return ""
		}
		return w.say("warning_"+k.Code, "Older", w.input(k.Older, false), "Newer", w.input(k.Newer, false))
	case qa.SeriesBreak:
		return w.say("warning_series_break", "Period", w.period(k.Period), "Note", clean(k.Note.In(w.lang)))
	case qa.Assumed:
		return w.say("warning_assumed", "Typed", clean(k.Typed), "Meant", clean(k.Meant))
	}
	return w.coded("warning_", k.Code)
}

// claim is a stated figure, or its computed twin, in words.
func (w *writer) claim(of qa.Op, q quantity.Quantity) string {
	if of == qa.Growth || of == qa.Change || of == "" {
		return w.moved("noun", q, false)
	}
	return w.amount(w.lang, q)
}

// lackAbout are the kinds of a lack that the words typed name the thing of.
var lackAbout = map[string]bool{qa.LackIndicator: true, qa.LackArea: true, qa.LackProject: true, qa.LackPeriod: true}

// lacks writes what was asked for and is not there; several of one kind on one line.
func (w *writer) lacks(a *qa.Answer) {
	done := make([]bool, len(a.Lacks))
	for i := range a.Lacks {
		if done[i] {
			continue
		}
		l := &a.Lacks[i]
		about := w.lackSubject(l)
		for j := i + 1; j < len(a.Lacks); j++ {
			o := &a.Lacks[j]
			if done[j] || o.Kind != l.Kind || o.Period != l.Period || o.Area.In(w.lang) != l.Area.In(w.lang) || o.Text != l.Text && !lackAbout[l.Kind] {
				continue
			}
			done[j] = true
			if more := w.lackSubject(o).name; more != "" && more != about.name {
				about.name += ", " + more
			}
		}
		if a.Op == qa.Define && len(a.Results) == 1 {
			about = subject{} // the reply has named it
		}
		w.line(capital(w.label(about, w.lack(l))))
	}
}

// lackSubject is what lacks something.
func (w *writer) lackSubject(l *qa.Lack) subject {
	s := subject{name: clean(l.Name.In(w.lang)), area: clean(l.Area.In(w.lang)), period: w.period(l.Period)}
	if s.name == "" && lackAbout[l.Kind] {
		s.name = clean(l.Text)
	}
	if s.name == s.area {
		s.area = ""
	}
	return s
}

// lack says what is missing.
func (w *writer) lack(l *qa.Lack) string {
	text := clean(l.Text)
	switch l.Kind {
	case qa.LackMeasure:
		return w.say("lack_measure", "Measure", w.coded("measure_", l.Text))
	case qa.LackPlan:
		if text != "" {
			return w.say("lack_plan_by", "By", text)
		}
	case qa.LackStatement:
		return w.say("lack_statement", "Kind", w.coded("statement_", l.Text))
	case qa.LackRate:
		return w.say("lack_rate", "Pair", text)
	case qa.LackWord:
		if text == "" {
			return w.say("lack_other")
		}
		return w.say("lack_word", "Text", text)
	}
	return w.coded("lack_", l.Kind)
}

// names are up to namesShown names, the rest left open.
func (w *writer) names(texts []facts.Text) string {
	s := ""
	for i, t := range texts {
		if i == namesShown {
			return s + " " + w.say("and_others")
		}
		if i > 0 {
			s += ", "
		}
		s += clean(t.In(w.lang))
	}
	return s
}
