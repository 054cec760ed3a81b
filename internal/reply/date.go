package reply

import (
	"strconv"
	"strings"
	"time"

	"factbot/internal/period"
)

// date writes an ISO date, or its beginning, the reader's way: 28/12/2020 or 28 December 2020. What is no date is left as it is.
func date(lang, iso string) string {
	if t, err := time.Parse("2006-01-02", iso); err == nil {
		if lang == English {
			return t.Format("2 January 2006")
		}
		return t.Format("02/01/2006")
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		if lang == English {
			return t.Format("January 2006")
		}
		return t.Format("01/2006")
	}
	return clean(iso)
}

var romans = [...]string{"", "I", "II", "III", "IV"}

// period writes a period in words: năm 2020, quý I/2021, 9 tháng năm 2020; empty for none.
func (w *writer) period(p period.Period) string {
	words, ok := w.periodWords[p]
	if !ok {
		if w.periodWords == nil {
			w.periodWords = map[period.Period]string{}
		}
		words = w.periodInWords(p)
		w.periodWords[p] = words
	}
	return words
}

func (w *writer) periodInWords(p period.Period) string {
	year := strconv.Itoa(p.Year())
	n := p.Number()
	switch p.Shape() {
	case period.None:
		return ""
	case period.Month:
		return w.say("period_month", "Month", w.month(p.FirstMonth()), "Year", year)
	case period.Quarter:
		return w.say("period_quarter", "Quarter", w.quarter(n), "Year", year)
	case period.Half:
		if n == 1 {
			return w.say("period_half_first", "Year", year)
		}
		return w.say("period_half_second", "Year", year)
	case period.Cumulative:
		return w.say("period_months", "Months", w.count(n), "Year", year)
	case period.Year:
		return w.say("period_year", "Year", year)
	case period.Span:
		return w.say("period_span", "First", year, "Last", strconv.Itoa(p.LastYear()))
	}
	if p.LastYear() != p.Year() {
		return w.say("period_run_years", "First", w.period(period.OfMonth(p.Year(), p.FirstMonth())),
			"Last", w.period(period.OfMonth(p.LastYear(), p.LastMonth())))
	}
	return w.say("period_run", "First", w.month(p.FirstMonth()), "Last", w.month(p.LastMonth()), "Year", year)
}

// cumulative is a period in words that says of months from January on that they are added up.
func (w *writer) cumulative(p period.Period) string {
	if p.Shape() == period.Cumulative {
		return w.say("period_cumulative", "Period", w.period(p))
	}
	return w.period(p)
}

// month is the name that the language gives a month: its number in Vietnamese.
func (w *writer) month(n int) string {
	if w.lang == English {
		return time.Month(n).String()
	}
	return strconv.Itoa(n)
}

// quarter is the number of a quarter: a Roman one in Vietnamese.
func (w *writer) quarter(n int) string {
	if w.lang == English || n >= len(romans) {
		return strconv.Itoa(n)
	}
	return romans[n]
}

// count is a small number of months as a period's name writes it: "nine" in English, 9 in Vietnamese.
func (w *writer) count(n int) string {
	names := strings.Fields("zero one two three four five six seven eight nine ten eleven twelve")
	if w.lang == English && n >= 0 && n < len(names) {
		return names[n]
	}
	return strconv.Itoa(n)
}
