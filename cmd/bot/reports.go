package main

import (
	"strings"
	"unicode/utf8"

	"factbot/internal/desk"
	"factbot/internal/extract"
	"factbot/internal/review"
	"factbot/locales"
)

// A text that an admin writes is taken for a report where it is longer than questions are, or was forwarded, and has figures in it.
const (
	reportLength  = 200 // characters
	reportFigures = 2
)

// IsReport is telegram.Keeper's.
func (k *keeper) IsReport(text string, forwarded bool) bool {
	if !forwarded && utf8.RuneCountInString(text) < reportLength || strings.HasSuffix(strings.TrimSpace(text), "?") {
		return false
	}
	r := k.desk.ReadReport(text)
	return len(r.Figures)+len(r.Projects) >= reportFigures
}

// pastedEnd is how the name of a text that was no file ends.
const pastedEnd = ".txt"

// pasted is the name of a text that came without a file.
func (k *keeper) pasted(lang string) string {
	now := clock(k.w.env)()
	return k.desk.Printer().Message(lang, "report_pasted", map[string]any{"At": now.Format("02-01-2006 15.04")}) + pastedEnd
}

// makeOfReport takes in the figures that a report states.
func (k *keeper) makeOfReport(m *made, dir, name string, data []byte, without []review.Figure) error {
	text, note, err := extract.Text(data)
	if err != nil {
		return &refusal{[]string{name + ": " + err.Error()}}
	}
	r := k.desk.ReadReport(text)
	about := reportOf(k.desk, &r, text, name)
	if len(r.Figures)+len(r.Projects) == 0 {
		return &refusal{append([]string{k.desk.Printer().Message("vi", "report_nothing", map[string]any{"Name": name})}, k.desk.Reading(r, "vi")...)}
	}
	known, err := desk.ReadKnown(locales.FS)
	if err != nil {
		return err
	}
	if note != "" {
		m.notes = append(m.notes, note)
	}
	area := about.Area
	if a := k.desk.Facts().Area(area); a != nil {
		area = a.Name.In("vi")
	}
	m.notes = append(m.notes, k.desk.Printer().Message("vi", "report_source", map[string]any{"Title": about.Title, "Date": k.desk.Printer().Date("vi", about.Date)}),
		k.desk.Printer().Message("vi", "report_area", map[string]any{"Area": area}))
	m.notes = append(m.notes, k.desk.Reading(r, "vi")...)
	return k.takeTable(m, dir, r.Table(about, k.desk.Named), without, known)
}
