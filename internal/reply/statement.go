package reply

import (
	"strconv"

	"factbot/internal/qa"
)

// quoted is how many letters of a statement are quoted at most.
const quoted = 400

// statements quotes what the documents say, each with the place where it says so; false where none of the results is a statement.
func (w *writer) statements(asked []*qa.Result, lead string) bool {
	found := false
	for _, r := range asked {
		if r.Statement == "" {
			continue
		}
		if !found {
			head := ""
			if sameKind(asked) {
				head = w.say("heading", "Subject", w.coded("statement_", string(r.Kind)))
			}
			w.line(capital(w.led(lead, head)))
		}
		found = true
		text := w.say("quoted", "Text", shortened(clean(r.Text.In(w.lang)), quoted))
		if !sameKind(asked) {
			text = w.label(subject{name: capital(w.coded("statement_", string(r.Kind)))}, text)
		}
		if place := clean(r.Locator); place != "" && len(asked) > 1 {
			text += " (" + shortened(place, locatorShown) + ")"
		}
		w.line(quote(text))
	}
	return found
}

func sameKind(results []*qa.Result) bool {
	for _, r := range results {
		if r.Kind != results[0].Kind {
			return false
		}
	}
	return true
}

// definitions writes what indicators are.
func (w *writer) definitions(asked []*qa.Result) {
	for _, r := range asked {
		name := clean(r.Name.In(w.lang))
		text := clean(r.Text.In(w.lang))
		if text == "" {
			w.line(bold(name))
		} else {
			w.line(w.say("label", "Subject", bold(name), "Says", text))
		}
		if unit := clean(w.units.Name(w.lang, r.Value.Unit, r.Value.Mult)); unit != "" {
			w.line("• " + capital(w.say("unit", "Unit", unit)))
		}
		if whole := clean(r.WholeName.In(w.lang)); whole != "" {
			w.line("• " + capital(w.say("part_of", "Whole", whole)))
		}
	}
}

// nameOf is the name of an indicator, where the answer knows it.
func nameOf(a *qa.Answer, id, lang string) string {
	if id == "" {
		return ""
	}
	for i := range a.Results {
		r := &a.Results[i]
		if r.Indicator == id {
			return clean(r.Name.In(lang))
		}
		for _, in := range r.Inputs {
			if in.Indicator == id {
				return clean(in.Name.In(lang))
			}
		}
	}
	return ""
}

// overIDs are the messages for how many there are of what.
var overIDs = map[qa.Over]string{qa.OverIndicators: "indicators", qa.OverAreas: "areas", qa.OverPeriods: "periods", qa.OverProjects: "projects",
	qa.OverDocuments: "documents", qa.OverParts: "parts"}

// counted writes a count and, a line each, what was counted.
func (w *writer) counted(a *qa.Answer, asked, company []*qa.Result, taken map[*qa.Result]bool) {
	for _, r := range asked {
		if kindOf(r.Measure, r.Op) != qa.CountOf {
			continue
		}
		n := 0
		if r.Value.IsInt() {
			n = int(r.Value.Full().Float())
		}
		w.line(capital(w.coded("count_", overIDs[a.Query.Over], "N", w.figure(r), "Count", strconv.Itoa(n))))
	}
	var list []*qa.Result
	for _, r := range company {
		if r.Op != qa.CountOf {
			list = append(list, r)
		}
	}
	first := subject{}
	items := w.items(a, list, list, taken)
	for i, it := range items {
		if i == 0 {
			first = it.subject
		}
		first = first.common(it.subject)
	}
	first.name = ""
	w.list(items, first, bulleted)
}
