package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"factbot/internal/period"
	"factbot/internal/token"
)

// periodWords are the parts of the periods in report.vi.yaml.
var periodWords = []string{"year", "this_year", "month", "this_month", "this_quarter", "quarter", "half", "first", "last", "cumulative", "until", "span", "past", "of"}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func twoDigits(y, m, d int) string { return fmt.Sprintf("%04d-%02d-%02d", y, m, d) }

// is reports how many of the tokens a word of a kind takes; 0: none.
func (r *reader) is(kind string, tokens []token.Token) int {
	p := r.o.Words.periods[kind]
	_, n := p.at(tokens)
	return n
}

// whole is a token that is a number without marks; -1: it is none.
func whole(t token.Token) int {
	if t.Kind != token.Number || strings.ContainsAny(t.Text, ".,") || len(t.Text) > 4 {
		return -1
	}
	return atoi(t.Text)
}

// yearNumber is a token that may be a year.
func yearNumber(t token.Token) int {
	if n := whole(t); len(t.Text) == 4 && n >= period.MinYear && n <= period.MaxYear {
		return n
	}
	return -1
}

// periodWord reports whether a period may begin at a token.
func (r *reader) periodWord(tokens []token.Token, i int) bool {
	_, _, ok := r.periodAt(tokens, i, 2000)
	return ok
}

// yearBehind is the year that a period names behind it ("tháng 11/2020", "11 tháng năm 2020"), and how many tokens that takes; else the year given.
func (r *reader) yearBehind(tokens []token.Token, year int) (int, int) {
	if len(tokens) == 0 {
		return year, 0
	}
	i := 0
	if n := r.is("first", tokens); n > 0 && plainGap(tokens[:n]) && plainGap(tokens[:1]) {
		i = n
	}
	if i < len(tokens) && (i == 0 && strings.Trim(tokens[i].Gap, " ") == "/" || strings.TrimSpace(tokens[i].Gap) == "" || tokens[i].Gap == "-" || tokens[i].Gap == ".") {
		if y := yearNumber(tokens[i]); y > 0 {
			return y, i + 1
		}
	}
	if i < len(tokens) && plainGap(tokens[i:i+1]) {
		if n := r.is("year", tokens[i:]); n > 0 && i+n < len(tokens) && plainGap(tokens[i+n:i+n+1]) {
			if y := yearNumber(tokens[i+n]); y > 0 {
				return y, i + n + 1
			}
		}
	}
	if i > 0 && plainGap(tokens[:i]) && tokens[i-1].Lower == "năm" && i > 1 { // "đầu năm"
		return year, i
	}
	return year, 0
}

func plainGap(tokens []token.Token) bool {
	for _, t := range tokens {
		if strings.TrimSpace(t.Gap) != "" {
			return false
		}
	}
	return true
}

var romans = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}

// periodAt reads a period that begins at a token: "năm 2020", "tháng 11/2020", "11 tháng", "quý III", "lũy kế đến hết tháng 11", "cả năm". year is the
// one meant where none is said; without it (0) a period that names none has the year 0.
func (r *reader) periodAt(tokens []token.Token, at, year int) (p period.Period, n int, ok bool) {
	t := tokens[at:]
	of := r.report.Period
	if year == 0 && !of.IsZero() {
		year = of.LastYear()
	}
	if k := r.is("half", t); k > 0 && t[0].Kind == token.Word {
		y, m := r.yearBehind(t[k:], year)
		return period.OfHalf(y, 1), k + m, true
	}
	if k := r.is("cumulative", t); k > 0 {
		rest := t[k:]
		j := 0
		for j < len(rest) && plainGap(rest[j:j+1]) && slices.Contains([]string{"từ", "đầu", "năm", "đến", "hết", "cuối", "của", "cả", "tính"}, rest[j].Lower) && yearAfter(rest[j:]) < 0 {
			j++
		}
		if j < len(rest) && plainGap(rest[j:j+1]) {
			if q, m, ok := r.periodAt(rest, j, year); ok && q.Shape() != period.Span {
				return period.Cumul(q.LastYear(), q.LastMonth()), k + j + m, true
			}
		}
		if of.IsZero() || of.Len() == 12 && j == 0 && k == 2 && t[0].Lower == "tính" {
			return period.Period{}, 0, false
		}
		return period.Cumul(of.LastYear(), of.LastMonth()), k, true
	}
	if k := r.is("until", t); k > 0 && k < len(t) && plainGap(t[k:k+1]) {
		if m := r.is("month", t[k:]); m > 0 && k+m < len(t) {
			if n := whole(t[k+m]); n >= 1 && n <= 12 {
				y, more := r.yearBehind(t[k+m+1:], year)
				return period.OfMonth(y, n), k + m + 1 + more, true
			}
		}
		if y, m, n := dateAt(t[k:]); n > 0 {
			return period.OfMonth(y, m), k + n, true
		}
		if m := r.is("year", t[k:]); m > 0 {
			if k+m < len(t) && plainGap(t[k+m:k+m+1]) && yearNumber(t[k+m]) > 0 {
				return period.OfYear(yearNumber(t[k+m])), k + m + 1, true
			}
			if lower(t[:k]) != "đến" && year > 0 { // "đến cuối năm"
				return period.OfYear(year), k + m, true
			}
		}
	}
	if k := r.is("span", t); k > 0 && k+1 < len(t) {
		if a, b := yearNumber(t[k]), yearNumber(t[k+1]); a > 0 && b > a {
			return period.Years(a, b), k + 2, true
		}
	}
	for _, word := range []string{"this_year", "this_month", "this_quarter"} {
		k := r.is(word, t)
		if k == 0 || of.IsZero() || k < len(t) && plainGap(t[k:k+1]) && (whole(t[k]) > 0 || romans[t[k].Lower] > 0) {
			continue
		}
		switch {
		case word == "this_year":
			return period.OfYear(year), k, true
		case word == "this_month" && of.Len() < 12:
			return period.OfMonth(of.LastYear(), of.LastMonth()), k, true
		case word == "this_quarter" && of.LastMonth()%3 == 0:
			return period.OfQuarter(of.LastYear(), of.LastMonth()/3), k, true
		}
	}
	if k := r.is("year", t); k == 1 && len(t) > 1 && plainGap(t[1:2]) {
		if y := yearNumber(t[1]); y > 0 {
			if len(t) > 2 && t[2].Gap != " " && strings.Trim(t[2].Gap, " ") == "-" && yearNumber(t[2]) > y {
				return period.Years(y, yearNumber(t[2])), 3, true
			}
			return period.OfYear(y), 2, true
		}
	}
	if k := r.is("month", t); k > 0 && len(t) > k && plainGap(t[k:k+1]) {
		if m := whole(t[k]); m >= 1 && m <= 12 {
			y, more := r.yearBehind(t[k+1:], year)
			return period.OfMonth(y, m), k + 1 + more, true
		}
	}
	if k := r.is("quarter", t); k > 0 && len(t) > k && plainGap(t[k:k+1]) {
		q := romans[t[k].Lower]
		if q == 0 {
			q = whole(t[k])
		}
		if q >= 1 && q <= 4 {
			y, more := r.yearBehind(t[k+1:], year)
			return period.OfQuarter(y, q), k + 1 + more, true
		}
	}
	if m := whole(t[0]); m >= 2 && m <= 12 && len(t) > 1 && plainGap(t[1:2]) {
		if k := r.is("month", t[1:]); k > 0 {
			if n := r.is("last", t[1+k:]); n > 0 && plainGap(t[1+k:1+k+n]) {
				y, more := r.yearBehind(t[1+k+n:], year)
				if m == 6 || m == 3 {
					return period.Months(period.OfMonth(y, 13-m), period.OfMonth(y, 12)), 1 + k + n + more, true
				}
				return period.Period{}, 0, false
			}
			if len(t) > 1+k && plainGap(t[1+k:2+k]) && r.is("past", t[1+k:]) > 0 {
				return period.Period{}, 0, false
			}
			y, more := r.yearBehind(t[1+k:], year)
			if len(t) > 1+k && strings.TrimSpace(t[1+k].Gap) == "" && whole(t[1+k]) > 0 && more == 0 {
				return period.Period{}, 0, false // "10 tháng 12": a day
			}
			return period.Cumul(y, m), 1 + k + more, true
		}
	}
	return period.Period{}, 0, false
}

func yearAfter(tokens []token.Token) int {
	if len(tokens) > 1 && tokens[0].Lower == "năm" {
		return yearNumber(tokens[1])
	}
	return -1
}

// dateAt reads 15/11/2020, 15-11-2020 and 15.11.2020, with "ngày" before it or not, as year and month, and how many tokens it takes.
func dateAt(t []token.Token) (y, m, n int) {
	var i, d int
	if len(t) > 0 && t[0].Lower == "ngày" {
		i = 1
	}
	if len(t) > i && t[i].Kind == token.Number && strings.Count(t[i].Text, ".") == 2 {
		parts := strings.Split(t[i].Text, ".")
		if y, m, d = atoi(parts[2]), atoi(parts[1]), atoi(parts[0]); len(parts[2]) == 4 && m >= 1 && m <= 12 && d >= 1 && d <= 31 {
			return y, m, i + 1
		}
		return 0, 0, 0
	}
	slash := func(s string) bool { s = strings.TrimSpace(s); return s == "/" || s == "-" }
	if len(t) < i+3 || !slash(t[i+1].Gap) || !slash(t[i+2].Gap) {
		return 0, 0, 0
	}
	if y, m, d = yearNumber(t[i+2]), whole(t[i+1]), whole(t[i]); y > 0 && m >= 1 && m <= 12 && d >= 1 && d <= 31 {
		return y, m, i + 3
	}
	return 0, 0, 0
}

// base is what a change is set against.
type base struct {
	kind   baseWord
	period period.Period // where it is named
	short  bool          // of a plan: not the year's

	estimated bool // it is called an estimate
}

type baseWord uint8

const (
	noBase baseWord = iota
	basePlan
	baseSame  // the same period of the year before
	basePrev  // the period before
	baseNamed // a period of its own
	baseOther
	baseSeason // a crop: the same of the year before, where the year is said
)

var baseNames = map[string]baseWord{"same": baseSame, "previous": basePrev, "other": baseOther, "season": baseSeason}

// baseAt reads what a change is set against where it begins at a token: "so với cùng kỳ", "/KH", "so năm 2019", "kế hoạch năm" and how many tokens it takes. bare says that
// it stands right behind a percentage, where "so với" may be lacking.
func (r *reader) baseAt(tokens []token.Token, at int, bare bool) (b base, n int) {
	if at >= len(tokens) {
		return base{}, 0
	}
	t := tokens[at:]
	i, said := 0, false
	for i < len(t) && i < 2 && (i == 0 || plainGap(t[i:i+1])) && (t[i].Lower == "so" && i == 0 || t[i].Lower == "với" && i == 1) {
		i, said = i+1, true
	}
	if i >= len(t) || said && strings.Trim(t[i].Gap, " /") != "" {
		return base{}, 0
	}
	slashed := strings.TrimSpace(t[0].Gap) == "/"
	if !said && !slashed && (!bare || strings.TrimSpace(t[0].Gap) != "") {
		return base{}, 0
	}
	w := r.o.Words
	if p := w.periods["of"]; said {
		if _, k := p.at(t[i:]); k > 0 && i+k < len(t) && cleanGaps(t[i:i+k]) { // "so với số thực hiện năm 2019"
			i += k
		}
	}
	if _, k := w.planWords.at(t[i:]); k > 0 {
		b.kind = basePlan
		j := i + k
		for j < len(t) && plainGap(t[j:j+1]) && slices.Contains([]string{"năm", "cả", "giao", "đề", "ra", "tỉnh", "trung", "ương", "hđnd", "được", "của", "đã", "ubnd", "nsnn", "tw", "thủ", "tướng", "chính", "phủ", "bộ", "tài", "chính", "pháp", "lệnh", "tháng", "quý", "kế", "hoạch", "dự", "toán", "kh"}, t[j].Lower) {
			if t[j].Lower == "tháng" || t[j].Lower == "quý" {
				b.short = true
				if j+1 < len(t) && (whole(t[j+1]) > 0 || romans[t[j+1].Lower] > 0) {
					j++
				}
			}
			if t[j].Lower == "năm" && yearAfter(t[j:]) > 0 {
				b.period = period.OfYear(yearAfter(t[j:]))
				j++
			}
			j++
		}
		if j < len(t) && plainGap(t[j:j+1]) && yearNumber(t[j]) > 0 {
			b.period = period.OfYear(yearNumber(t[j]))
			j++
		}
		return b, j
	}
	if slashed {
		return base{}, 0
	}
	estimated := i > 0 && slices.ContainsFunc(t[:i], func(x token.Token) bool { return x.Lower == "ước" })
	if kind, k := w.bases.at(t[i:]); k > 0 && (said || kind == baseSame) {
		b.kind, b.estimated = kind, estimated
		j := i + k
		if kind == baseSeason {
			for n := j; n < len(t) && n < j+6 && plainGap(t[n:n+1]); n++ {
				if s, m := w.bases.at(t[n:]); s == baseSame {
					return base{kind: baseSame}, n + m
				}
			}
			return base{kind: baseOther}, j
		}
		// "cùng kỳ năm 2019", "cùng kỳ các năm trước", "cùng tháng 11/2019"
		if kind == baseSame && j < len(t) {
			if y := yearNumber(t[j]); y > 0 && plainGap(t[j:j+1]) {
				return base{kind: baseSame, period: period.OfYear(y)}, j + 1
			}
			if y := yearAfter(t[j:]); y > 0 && plainGap(t[j:j+2]) {
				return base{kind: baseSame, period: period.OfYear(y)}, j + 2
			}
			if plainGap(t[j : j+1]) {
				if p, m, ok := r.periodAt(t, j, 0); ok && p.Len() <= 12 {
					return base{kind: baseNamed, period: p}, j + m
				}
			}
			if t[j].Lower == "các" || t[j].Lower == "nhiều" {
				b.kind = baseOther
			}
		}
		return b, j
	}
	if !said {
		return base{}, 0
	}
	if p, m, ok := r.periodAt(t, i, 0); ok {
		j := i + m
		if j < len(t) && plainGap(t[j:j+1]) && r.is("past", t[j:]) > 0 || j+1 < len(t) && t[j].Lower == "năm" && r.is("past", t[j+1:]) > 0 { // "tháng 12 năm trước"
			k := 1
			if t[j].Lower == "năm" {
				k = 2
			}
			return base{kind: baseNamed, period: p.AddYears(-1)}, j + k
		}
		return base{kind: baseNamed, period: p, estimated: estimated}, j
	}
	if y := yearNumber(t[i]); y > 0 {
		return base{kind: baseNamed, period: period.OfYear(y)}, i + 1
	}
	return base{kind: baseOther}, i
}

// claimOf is the claim that a change against a base makes of a period; none where it is no claim that a table has.
func (b base) claimOf(p period.Period) (growth, prev, ok bool) {
	switch b.kind {
	case baseSame:
		ok = b.period.IsZero() || b.period.Year() == p.Year()-1
		return ok, false, ok
	case basePrev:
		ok = p.Shape() == period.Month || p.Shape() == period.Quarter
		return false, ok, ok
	case baseNamed:
		switch {
		case b.period == p.AddYears(-1):
			return true, false, true
		case b.period == p.Prev():
			return false, true, true
		}
	}
	return false, false, false
}
