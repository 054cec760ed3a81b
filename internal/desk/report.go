package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"factbot/internal/extract"
	"factbot/internal/reply"
	"factbot/internal/token"
)

// What a reading of a report names in a chat: figures, and numbers left out.
const (
	readShown = 40
	leftShown = 12
)

// ReadReport reads the figures and projects out of the text of a report, with the names that the facts and the reference have.
func (d *Desk) ReadReport(text string) extract.Report {
	o, err := d.ReportOptions()
	if err != nil { // the words are built in, and a test reads them
		d.log.Error("a report is not read", "error", err)
		return extract.Report{}
	}
	return extract.Read(text, o)
}

// ReportOptions are how reports are read over the current facts.
func (d *Desk) ReportOptions() (extract.Options, error) {
	w, err := d.known.report()
	return extract.Options{Words: w, Units: d.known.Units(), Named: d.Named}, err
}

// Named reports whether a name is that of an indicator of the facts, or of a common one.
func (d *Desk) Named(name string) bool {
	return len(d.Facts().IndicatorsNamed(name)) > 0 || d.known.common(name)
}

// PlaceIn is the area that a text is of, where it does not call it a province or a city: the facts' own where it is named at all, else the province that is named most; empty where
// none is.
func (d *Desk) PlaceIn(text string) string {
	times := map[string]int{}
	var named []string
	tokens := token.Split(text)
	for i := range tokens {
		for n := min(4, len(tokens)-i); n > 0; n-- {
			words := make([]string, n)
			proper := true
			for k, t := range tokens[i : i+n] {
				first, _ := utf8.DecodeRuneInString(t.Text)
				proper = proper && unicode.IsUpper(first) && (k == 0 || strings.TrimSpace(t.Gap) == "")
				words[k] = t.Text
			}
			if !proper {
				continue
			}
			if a := d.Place(strings.Join(words, " ")); a != "" {
				if times[a]++; times[a] == 1 {
					named = append(named, a)
				}
				break
			}
		}
	}
	if own := d.Facts().DefaultArea(); times[own] > 0 {
		return own
	}
	slices.SortStableFunc(named, func(a, b string) int { return times[b] - times[a] })
	if len(named) == 0 {
		return ""
	}
	return named[0]
}

// Place is the name of the area that a report's word for a province or a city means; empty where there is none.
func (d *Desk) Place(name string) string {
	if ids := d.Facts().AreasNamed(name); len(ids) == 1 {
		return ids[0]
	}
	return d.known.province(name)
}

// Reading says what was read out of a report, each figure with the words that it came from, its line and how sure it is, and what was left out: a line each.
func (d *Desk) Reading(r extract.Report, lang string) []string {
	say := func(id string, args map[string]any) string { return reply.OneLine(d.printer.Message(lang, id, args)) }
	lines := []string{"", say("report_read", map[string]any{"Figures": len(r.Figures), "Projects": len(r.Projects), "Left": len(r.Left)})}
	for i, f := range r.Figures {
		if i == readShown {
			lines = append(lines, say("news_more", map[string]any{"Count": len(r.Figures) - i}))
			break
		}
		kind := say("measure_"+string(f.Measure), nil)
		if f.Claim != "" {
			kind = say("review_claim_"+string(f.Claim), map[string]any{"Measure": kind})
		}
		id := "report_figure"
		if f.Inherited {
			id = "report_inherited"
		}
		lines = append(lines, "• "+say(id, map[string]any{"Line": f.Line, "Words": tail(f.Words, 110), "Period": d.printer.Period(lang, f.Period), "Kind": kind, "Value": d.printer.Amount(lang, f.Value)}))
	}
	for _, p := range r.Projects {
		capacity := ""
		if p.Capacity != nil {
			capacity = d.printer.Amount(lang, *p.Capacity)
		}
		lines = append(lines, "• "+say("report_project", map[string]any{"Line": p.Line, "Name": p.Name, "Capacity": capacity, "Investor": p.Investor}))
	}
	if len(r.Left) > 0 {
		lines = append(lines, "", say("report_left", nil))
	}
	for i, l := range r.Left {
		if i == leftShown {
			lines = append(lines, say("news_more", map[string]any{"Count": len(r.Left) - i}))
			break
		}
		lines = append(lines, "• "+say("report_left_one", map[string]any{"Line": l.Line, "Words": tail(l.Words, 110), "Why": say("left_"+string(l.Reason), nil)}))
	}
	return lines
}

// tail is the end of a text of at most so many characters.
func tail(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return "… " + string(r[len(r)-n:])
	}
	return s
}
