package reply

import (
	"factbot/internal/period"
	"factbot/internal/qa"
)

// subject is what a figure is of, in words: each part may be empty.
type subject struct{ name, area, period string }

// subjectOf is the subject of a result. A project stands by its name alone.
func (w *writer) subjectOf(r *qa.Result) subject {
	s := subject{name: clean(r.Name.In(w.lang))}
	if r.Project != "" {
		return s
	}
	s.area = clean(r.AreaName.In(w.lang))
	s.period = w.cumulative(r.Period)
	return s
}

// named writes a subject: Tổng kim ngạch xuất khẩu, Nghệ An năm 2020.
func (w *writer) named(s subject) string {
	place := s.area
	if s.area != "" && s.period != "" {
		place = w.say("subject_place", "Area", s.area, "Period", s.period)
	} else if s.area == "" {
		place = s.period
	}
	switch {
	case s.name == "":
		return place
	case place == "":
		return s.name
	case s.area == "":
		return w.say("subject_period", "Name", s.name, "Period", place)
	}
	return w.say("subject", "Name", s.name, "Place", place)
}

// without is what a subject says beyond another one.
func (s subject) without(said subject) subject {
	if s.name == said.name {
		s.name = ""
	}
	if s.area == said.area {
		s.area = ""
	}
	if s.period == said.period {
		s.period = ""
	}
	return s
}

// common is what two subjects share.
func (s subject) common(o subject) subject {
	if s.name != o.name {
		s.name = ""
	}
	if s.area != o.area {
		s.area = ""
	}
	if s.period != o.period {
		s.period = ""
	}
	return s
}

// sameSubject reports whether two results are of the same thing.
func sameSubject(a, b *qa.Result) bool {
	return a.Indicator == b.Indicator && a.Project == b.Project && a.Statement == b.Statement && a.Area == b.Area && a.Period == b.Period
}

// sameMonths reports whether two periods are the same part of two years.
func sameMonths(a, b period.Period) bool {
	return a.Len() < 12 && a.Len() == b.Len() && a.FirstMonth() == b.FirstMonth()
}
