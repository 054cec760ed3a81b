package desk

import (
	"factbot/internal/qa"
	"factbot/internal/reply"
)

// Bounds of the examples.
const (
	maxExamples = 4
	maxTried    = 16 // indicators
)

// Examples are a few questions worth trying, in a language, each of which is answered by the current facts. They name no period: the
// latest is meant.
func (d *Desk) Examples(lang string) []string {
	var out []string
	tried := 0
	for _, i := range d.Facts().Indicators() {
		if i.PartOf != "" {
			continue
		}
		if tried++; len(out) == maxExamples || tried > maxTried {
			break
		}
		for _, id := range []string{"example_attainment", "example_value"} {
			text := d.printer.Message(lang, id, map[string]any{"Name": i.Name.In(lang), "Period": ""})
			text = reply.OneLine(text)
			if r := d.Ask(Question{Text: text, Lang: lang}); text != "" && r.Status == qa.Answered {
				out = append(out, text)
				break
			}
		}
	}
	return out
}

// Compare are a few questions that set one thing against another, in a language, each of which is answered by the current facts.
func (d *Desk) Compare(lang string) []string {
	var names []string
	for _, i := range d.Facts().Indicators() {
		if i.PartOf == "" {
			names = append(names, i.Name.In(lang))
		}
	}
	var out []string
	try := func(id string, args map[string]any) {
		text := reply.OneLine(d.printer.Message(lang, id, args))
		if r := d.Ask(Question{Text: text, Lang: lang}); text != "" && r.Status == qa.Answered && len(out) < maxExamples {
			out = append(out, text)
		}
	}
	for i := 0; i+1 < min(len(names), maxTried) && len(out) < maxExamples-1; i++ {
		try("example_compare", map[string]any{"One": names[i], "Other": names[i+1]})
	}
	try("example_rank", map[string]any{})
	return out
}
