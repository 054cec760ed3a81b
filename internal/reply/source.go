package reply

import (
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
)

const (
	sourcesShown = 3  // documents that a source line names at most
	locatorShown = 40 // letters of the place in a document
)

// sources writes one line with where the figures come from; asked for the source, a line for each document with all that is known of it.
func (w *writer) sources(a *qa.Answer) {
	listed := a.Op == qa.Coverage || a.Op == qa.List && a.Available != nil && len(a.Available.Documents) > 0
	if len(a.Sources) == 0 || listed || a.Status != qa.Answered && a.Status != qa.NoData {
		return
	}
	if a.Op == qa.SourceOf {
		for _, s := range a.Sources {
			w.line(w.say("source", "Sources", w.source(s)))
			w.line(clean(s.URL))
			if note := clean(s.Note.In(w.lang)); note != "" {
				w.line(italic(note))
			}
		}
		return
	}
	var list []string
	for _, s := range a.Sources {
		if text := w.source(s); text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	more := ""
	if len(list) > sourcesShown {
		list, more = list[:sourcesShown], " "+w.say("and_others")
	}
	if len(list) > 0 {
		w.line(italic(w.say("source", "Sources", strings.Join(list, "; ")+more)))
	}
}

// source names a document: title, publisher, date, the place in it.
func (w *writer) source(s qa.SourceRef) string {
	title := clean(s.Title)
	if title == "" {
		title = clean(s.ID)
	}
	list := []string{title}
	for _, text := range []string{clean(s.Publisher), date(w.lang, s.Date)} {
		if text != "" {
			list = append(list, text)
		}
	}
	text := strings.Join(list, ", ")
	if place := clean(s.Locator); place != "" {
		text += " (" + shortened(place, locatorShown) + ")"
	}
	return text
}

// understood writes, in one line, what was taken from the chat or mended, so that a misreading shows.
func (w *writer) understood(a *qa.Answer) {
	if a.Status == qa.Helped || a.Status == qa.NotUnderstood {
		return
	}
	mended := slices.ContainsFunc(a.Warnings, func(k qa.Warning) bool { return k.Code == qa.Assumed })
	var list []string
	for _, s := range slotsOf(a) {
		if s.From != qa.FromContext && (s.From != qa.FromCorrection || mended) {
			continue
		}
		if text := w.slot(a, s); text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	if len(list) > 0 {
		w.line(italic(w.say("understood", "Slots", strings.Join(list, ", "))))
	}
}

// slotsOf are the slots of an answer, or of its parts.
func slotsOf(a *qa.Answer) []qa.Slot {
	slots := a.Slots
	if len(slots) == 0 {
		for _, p := range a.Parts {
			slots = append(slots, p.Slots...)
		}
	}
	return slots
}

// slot is one understood part in words; empty where there are none for it.
func (w *writer) slot(a *qa.Answer, s qa.Slot) string {
	var list []string
	for _, v := range strings.Split(s.Value, ",") {
		v = strings.TrimSpace(v)
		text := ""
		switch s.Name {
		case "operation":
			if id := "op_" + v; w.catalog.has(id) {
				text = w.say(id)
			}
		case "measure":
			if id := "measure_" + v; v != "" && w.catalog.has(id) {
				text = w.say(id)
			}
		case "period":
			if p, err := period.Parse(v); err == nil {
				text = w.period(p)
			}
		default:
			text = idName(a, s.Name, v, w.lang)
		}
		if text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return strings.Join(list, ", ")
}

// idName is the name behind an id, where the answer knows it.
func idName(a *qa.Answer, slot, id, lang string) string {
	name := func(t facts.Text) string { return clean(t.In(lang)) }
	for i := range a.Results {
		r := &a.Results[i]
		switch {
		case slot == "indicator" && r.Indicator == id, slot == "project" && r.Project == id:
			return name(r.Name)
		case slot == "area" && r.Area == id && id != "":
			return name(r.AreaName)
		}
	}
	if slot == "indicator" {
		return nameOf(a, id, lang)
	}
	return ""
}
