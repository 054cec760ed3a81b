package desk

import (
	"strings"

	"factbot/internal/reply"
)

// Subject is something that there may be news of: an indicator of an area, or a project.
type Subject struct {
	Indicator, Area string
	Project         string
}

// ID is the subject as it is kept: other facts do not change it.
func (s Subject) ID() string {
	if s.Project != "" {
		return "project " + s.Project
	}
	return "indicator " + s.Indicator + " " + s.Area
}

// Subject is what the code of a question, or the id of a subject, is about; ok is false where the facts have it no more.
func (d *Desk) Subject(id string) (s Subject, ok bool) {
	switch parts := strings.Fields(id); {
	case len(parts) == 2 && parts[0] == "project":
		s.Project = parts[1]
	case len(parts) == 3 && parts[0] == "indicator":
		s.Indicator, s.Area = parts[1], parts[2]
	default:
		l, ok := d.readLink(id)
		if !ok {
			return s, false
		}
		if s.Area = l.area; l.what == 'j' {
			s.Project = l.of
		} else {
			s.Indicator = l.of
		}
	}
	return s, d.nameOf(s, "vi") != ""
}

// SubjectName is what a subject is called, and the code of a question about it.
func (d *Desk) SubjectName(s Subject, lang string) (name, code string) {
	l := link{lang: lang, what: 'v', of: s.Indicator, area: s.Area}
	if s.Project != "" {
		l = link{lang: lang, what: 'j', of: s.Project}
	}
	return d.nameOf(s, lang), l.String()
}

// nameOf is a subject's name, with its area where there are several; empty where the facts do not have it.
func (d *Desk) nameOf(s Subject, lang string) string {
	if s.Project != "" {
		for _, p := range d.Facts().Projects() {
			if p.ID == s.Project {
				return reply.OneLine(p.Name.In(lang))
			}
		}
		return ""
	}
	i, a := d.Facts().Indicator(s.Indicator), d.Facts().Area(s.Area)
	if i == nil || a == nil {
		return ""
	}
	name := i.Name.In(lang)
	if len(d.Areas()) > 1 {
		name += ", " + a.Name.In(lang)
	}
	return reply.OneLine(name)
}

// Followed is whether there is something to follow behind an answer's own question.
func (r Reply) Followed() bool {
	_, ok := r.link()
	return ok
}
