package tidy

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"factbot/internal/period"
	"factbot/internal/token"
)

// newYears reports whether the dates in the column of periods are 1 January of different years and nothing else: they may then be
// years as well as Januaries.
func (rd *reader) newYears(s *sheet, h *header) bool {
	years := map[int16]bool{}
	for _, r := range s.rows[h.row+1:] {
		c := h.cell(r, "period")
		switch {
		case c.date == date{}:
		case c.date.month != 1 || c.date.day != 1:
			return false
		case c.format != showsYear && c.format != showsMonth:
			years[c.date.year] = true
		}
	}
	return len(years) > 1
}

// periodOf reads a period: as files write it, in Vietnamese words, or a date of a workbook, where the first of a month is that
// month and a date shown as a year that year. newYears says that 1 January may mean a year.
func periodOf(c cell, newYears bool) (period.Period, error) {
	if c.date != (date{}) {
		d := c.date
		iso := fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
		switch {
		case d.year < period.MinYear || d.year > period.MaxYear:
			return period.Period{}, fmt.Errorf("the date %s is not in %d..%d", iso, period.MinYear, period.MaxYear)
		case c.format == showsYear:
			return period.OfYear(int(d.year)), nil
		case d.day != 1:
			return period.Period{}, fmt.Errorf("the date %s is not the first of a month; write the period as text: %s", iso, iso[:7])
		case newYears && c.format != showsMonth:
			return period.Period{}, fmt.Errorf("the date %s may be the year %d or its January, and so may all dates of the column; write the periods as text: %d or %s",
				iso, d.year, d.year, iso[:7])
		}
		return period.OfMonth(int(d.year), int(d.month)), nil
	}
	if c.text == "" {
		return period.Period{}, fmt.Errorf("the cell is empty; write 2020, 2020-S1, 2020-Q1, 2020-07 or 2020-01..2020-07")
	}
	p, err := period.Parse(c.text)
	if err == nil {
		return p, nil
	}
	if day, dayErr := time.Parse(time.DateOnly, c.text); dayErr == nil {
		return periodOf(cell{date: date{int16(day.Year()), int16(day.Month()), int16(day.Day())}}, false)
	}
	if q, ok := inWords(c.text); ok {
		return q, nil
	}
	return period.Period{}, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "period "))
}

// inWords reads the periods of Vietnamese tables: "năm 2020", "tháng 7/2021", "quý I/2021", "6 tháng 2021", "7 tháng đầu năm 2021".
func inWords(text string) (period.Period, bool) {
	words := token.Words(text)
	n := len(words)
	if n < 2 {
		return period.Period{}, false
	}
	year := words[n-1]
	words = words[:n-1]
	for len(words) > 1 && (words[len(words)-1] == "nam" || words[len(words)-1] == "dau") {
		words = words[:len(words)-1]
	}
	var part string
	switch {
	case len(words) == 1 && words[0] == "nam":
		p, err := period.Parse(year)
		return p, err == nil
	case len(words) == 2 && words[0] == "thang":
		part = words[1]
	case len(words) == 2 && words[0] == "quy":
		part = "Q" + words[1]
		if roman := strings.ToUpper(words[1]); strings.Trim(roman, "IV") == "" {
			part = roman
		}
	case len(words) == 2 && words[1] == "thang":
		part = words[0] + "T"
	default:
		return period.Period{}, false
	}
	p, err := period.Parse(part + "/" + year)
	return p, err == nil
}

// dateOf reads the date of a source as ISO: 2020-12-28, 2020-12, 2020, 28/12/2020, 12/2020, or a date of a workbook.
func dateOf(c cell) (string, error) {
	if c.date != (date{}) {
		return fmt.Sprintf("%04d-%02d-%02d", c.date.year, c.date.month, c.date.day), nil
	}
	if c.text == "" {
		return "", nil
	}
	for layout, out := range map[string]string{
		"2006-01-02": "2006-01-02", "2006-01": "2006-01", "2006": "2006", "2/1/2006": "2006-01-02", "1/2006": "2006-01", "2.1.2006": "2006-01-02",
		"2-1-2006": "2006-01-02",
	} {
		if day, err := time.Parse(layout, c.text); err == nil && day.Year() >= period.MinYear && day.Year() <= period.MaxYear {
			return day.Format(out), nil
		}
	}
	return "", fmt.Errorf("%q is no date; write 2020-12-28, 2020-12 or 28/12/2020", c.text)
}

// yearOf reads a year of four digits; 0 for an empty cell.
func yearOf(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	year, err := strconv.Atoi(text)
	if err != nil || year < period.MinYear || year > period.MaxYear {
		return 0, fmt.Errorf("%q is no year in %d..%d", text, period.MinYear, period.MaxYear)
	}
	return year, nil
}
