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
