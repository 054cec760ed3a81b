// Package period has the time periods of statistics: years, half-years, quarters, months, cumulative months of a year and spans of
// years. A period is the months that it covers, whatever it was called: "6 tháng đầu năm" and "nửa đầu năm" are one period.
package period

import (
	"cmp"
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Period is a run of whole months. The zero Period is no period. Periods are comparable with ==.
type Period struct {
	start  int32 // months since January of the year 0
	months int32
}

// Shape is how long a period is and where in the year it lies.
type Shape uint8

// The shapes. Cumulative is a run of months from January on that is no quarter, half or year; Span is whole years, more than
// one; Run is any other run of months.
const (
	None Shape = iota
	Month
	Quarter
	Half
	Cumulative
	Year
	Span
	Run
)

func of(year, month, months int) Period { return Period{int32(year*12 + month - 1), int32(months)} }

// OfYear is the whole year.
func OfYear(year int) Period { return of(year, 1, 12) }

// OfHalf is the first (1) or second (2) half of a year.
func OfHalf(year, n int) Period { return of(year, n*6-5, 6) }

// OfQuarter is quarter 1 to 4 of a year.
func OfQuarter(year, n int) Period { return of(year, n*3-2, 3) }

// OfMonth is month 1 to 12 of a year.
func OfMonth(year, month int) Period { return of(year, month, 1) }

// Cumul is the first n months of a year; of 3, 6 and 12 months it is the first quarter, half and the year.
func Cumul(year, n int) Period { return of(year, 1, n) }

// Years is the span of whole years from first to last.
func Years(first, last int) Period { return of(first, 1, (last-first+1)*12) }

// Months is the run of months from the first of a to the last of b.
func Months(a, b Period) Period { return Period{a.start, b.start + b.months - a.start} }

// IsZero reports whether p is no period.
func (p Period) IsZero() bool { return p.months == 0 }

// Year is the year in which p begins.
func (p Period) Year() int { return int(p.start) / 12 }

// FirstMonth is the month 1 to 12 in which p begins.
func (p Period) FirstMonth() int { return int(p.start)%12 + 1 }

// LastMonth is the month 1 to 12 in which p ends.
func (p Period) LastMonth() int { return int(p.start+p.months-1)%12 + 1 }

// LastYear is the year in which p ends.
func (p Period) LastYear() int { return int(p.start+p.months-1) / 12 }

// Len is the number of months in p.
func (p Period) Len() int { return int(p.months) }

// Shape tells what kind of period p is.
func (p Period) Shape() Shape {
	first := p.FirstMonth()
	switch {
	case p.months == 0:
		return None
	case p.months == 1:
		return Month
	case p.months == 3 && first%3 == 1:
		return Quarter
	case p.months == 6 && first%6 == 1:
		return Half
	case p.months == 12 && first == 1:
		return Year
	case first == 1 && p.months < 12:
		return Cumulative
	case first == 1 && p.months%12 == 0:
		return Span
	}
	return Run
}

// Number is the month, quarter or half of the year that p is, the count of months of a cumulative period, the year of a year.
func (p Period) Number() int {
	switch p.Shape() {
	case Month:
		return p.FirstMonth()
	case Quarter:
		return p.LastMonth() / 3
	case Half:
		return p.LastMonth() / 6
	case Year:
		return p.Year()
	}
	return p.Len()
}

// AddYears is the same months n years later; n may be negative.
func (p Period) AddYears(n int) Period { return Period{p.start + int32(n)*12, p.months} }

// InYear is the same months of another year.
func (p Period) InYear(year int) Period { return p.AddYears(year - p.Year()) }

// Prev is the period of the same length just before p: the month before, the quarter before, the year before.
func (p Period) Prev() Period { return Period{p.start - p.months, p.months} }

// Next is the period of the same length just after p.
func (p Period) Next() Period { return Period{p.start + p.months, p.months} }

// Contains reports whether every month of q is one of p.
func (p Period) Contains(q Period) bool {
	return q.months > 0 && p.start <= q.start && q.start+q.months <= p.start+p.months
}

// Parts are the consecutive periods of n months that p consists of; nil where n does not divide it.
func (p Period) Parts(n int) []Period {
	if n <= 0 || p.Len()%n != 0 {
		return nil
	}
	parts := make([]Period, 0, p.Len()/n)
	for at := p.start; at < p.start+p.months; at += int32(n) {
		parts = append(parts, Period{at, int32(n)})
	}
	return parts
}

// Minus is what is left of p without its beginning q; ok is false where q does not begin with p or is not shorter.
func (p Period) Minus(q Period) (rest Period, ok bool) {
	if q.start != p.start || q.months <= 0 || q.months >= p.months {
		return Period{}, false
	}
	return Period{p.start + q.months, p.months - q.months}, true
}

// Compare orders periods by their end; of equal ends the shorter comes first, so that the last one is the cumulative one.
func Compare(a, b Period) int {
	if c := cmp.Compare(a.start+a.months, b.start+b.months); c != 0 {
		return c
	}
	return cmp.Compare(a.months, b.months)
}

// Ending are those of sorted periods that end in a month of p.
func Ending(sorted []Period, p Period) []Period {
	behind := func(month int32) int {
		return sort.Search(len(sorted), func(i int) bool { return sorted[i].start+sorted[i].months > month })
	}
	from, to := behind(p.start), behind(p.start+p.months)
	return sorted[from:to:to]
}

// String is the SDMX notation: 2020, 2020-S1, 2020-Q1, 2020-07, and a time range for the rest: 2020-01-01/P7M, 2021-01-01/P5Y.
func (p Period) String() string {
	y := p.Year()
	switch p.Shape() {
	case None:
		return ""
	case Month:
		return fmt.Sprintf("%04d-%02d", y, p.FirstMonth())
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", y, p.Number())
	case Half:
		return fmt.Sprintf("%04d-S%d", y, p.Number())
	case Year:
		return fmt.Sprintf("%04d", y)
	case Span:
		return fmt.Sprintf("%04d-01-01/P%dY", y, p.Len()/12)
	}
	return fmt.Sprintf("%04d-%02d-01/P%dM", y, p.FirstMonth(), p.Len())
}

// MarshalText is String, for what is kept.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (p *Period) UnmarshalText(text []byte) error {
	*p = Period{}
	if len(text) == 0 {
		return nil
	}
	var err error
	*p, err = Parse(string(text))
	return err
}

// First and last year that a period may have.
const (
	MinYear = 1900
	MaxYear = 2199
)

// maxMonths is the longest period that is read: a century.
const maxMonths = 1200

// Parse reads a period as files write it: the SDMX notation, and 2020-H1, 2020-01..2020-07, 07/2020, Q1/2020, I/2020, 9T/2020, 6T/2020,
// 2018-2020. The error says what is wrong with which part.
func Parse(s string) (Period, error) {
	in := strings.TrimSpace(s)
	u := strings.ToUpper(strings.ReplaceAll(in, " ", ""))
	if a, b, ok := strings.Cut(u, ".."); ok {
		return parseRange(in, a, b)
	}
	if head, dur, ok := strings.Cut(u, "/P"); ok && len(head) >= 7 {
		return parseDuration(in, head, dur)
	}
	if head, tail, ok := strings.Cut(u, "/"); ok {
		year, err := parseYear(in, tail)
		if err != nil {
			return Period{}, err
		}
		return parsePart(in, year, head)
	}
	if len(u) == 9 && u[4] == '-' && isDigits(u[:4]) && isDigits(u[5:]) {
		return parseRange(in, u[:4], u[5:])
	}
	head, tail, dashed := strings.Cut(u, "-")
	year, err := parseYear(in, head)
	if err != nil {
		return Period{}, err
	}
	if !dashed {
		return OfYear(year), nil
	}
	return parsePart(in, year, tail)
}

func parseYear(in, s string) (int, error) {
	if len(s) != 4 || !isDigits(s) {
		return 0, fmt.Errorf("period %q: %q is no year of four digits", in, s)
	}
	year, _ := strconv.Atoi(s)
	if year < MinYear || year > MaxYear {
		return 0, fmt.Errorf("period %q: year %d is not in %d..%d", in, year, MinYear, MaxYear)
	}
	return year, nil
}

// parsePart reads what stands beside the year: 07, Q1, S1, H1, I..IV, 9T.
func parsePart(in string, year int, part string) (Period, error) {
	roman := map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4}
	if n, ok := roman[part]; ok {
		return OfQuarter(year, n), nil
	}
	within := func(digits string, most int, name string) (int, error) {
		n, err := strconv.Atoi(digits)
		if err != nil || !isDigits(digits) || len(digits) > 2 || n < 1 || n > most {
			return 0, fmt.Errorf("period %q: %s %q is not in 1..%d", in, name, digits, most)
		}
		return n, nil
	}
	switch {
	case part == "":
		return Period{}, fmt.Errorf("period %q: nothing beside the year", in)
	case part[0] == 'Q':
		n, err := within(part[1:], 4, "quarter")
		return OfQuarter(year, n), err
	case part[0] == 'S' || part[0] == 'H':
		n, err := within(part[1:], 2, "half")
		return OfHalf(year, n), err
	case part[0] == 'T' || part[0] == 'M':
		n, err := within(part[1:], 12, "month")
		return OfMonth(year, n), err
	case part[len(part)-1] == 'T':
		n, err := within(part[:len(part)-1], 12, "count of months")
		return Cumul(year, n), err
	case isDigits(part):
		n, err := within(part, 12, "month")
		return OfMonth(year, n), err
	}
	return Period{}, fmt.Errorf("period %q: %q is none of a month (07), Q1..Q4, S1, S2 or a count of months (9T)", in, part)
}

func parseRange(in, a, b string) (Period, error) {
	first, err := Parse(a)
	if err != nil {
		return Period{}, fmt.Errorf("period %q: %w", in, err)
	}
	last, err := Parse(b)
	if err != nil {
		return Period{}, fmt.Errorf("period %q: %w", in, err)
	}
	if last.start+last.months <= first.start || last.start < first.start {
		return Period{}, fmt.Errorf("period %q: ends before it begins", in)
	}
	if p := Months(first, last); p.months <= maxMonths {
		return p, nil
	}
	return Period{}, fmt.Errorf("period %q: longer than %d months", in, maxMonths)
}

func parseDuration(in, head, dur string) (Period, error) {
	first, err := Parse(strings.TrimSuffix(head, "-01"))
	if strings.Count(head, "-") == 1 {
		first, err = Parse(head)
	}
	if err != nil {
		return Period{}, fmt.Errorf("period %q: %w", in, err)
	}
	if dur == "" {
		return Period{}, fmt.Errorf("period %q: no duration after P", in)
	}
	n, convErr := strconv.Atoi(dur[:len(dur)-1])
	unit := dur[len(dur)-1]
	if convErr != nil || n < 1 || n > maxMonths || unit != 'M' && unit != 'Y' {
		return Period{}, fmt.Errorf("period %q: duration %q is not a count of months (P7M) or years (P5Y)", in, "P"+dur)
	}
	if unit == 'Y' {
		n *= 12
	}
	if n > maxMonths {
		return Period{}, fmt.Errorf("period %q: longer than %d months", in, maxMonths)
	}
	return Period{first.start, int32(n)}, nil //nolint:gosec // n is at most maxMonths
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
