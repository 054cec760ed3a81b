package qa

import (
	"strconv"
	"strings"
	"time"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// periodWord is what a word adds to a period.
type periodWord uint8

const (
	pNone periodWord = iota
	pYear
	pMonth
	pQuarter
	pHalf
	pDay
	pThis
	pLast
	pBeforeLast
	pNext
	pBeginning
	pEnding
	pCumulative
	pUntil
	pWhole
	pSpan
	pTo
	pLatest
	pToDate
	pOf
)

var periodWords = map[string]periodWord{
	"year": pYear, "month": pMonth, "quarter": pQuarter, "half": pHalf, "day": pDay, "this": pThis, "last": pLast, "beforelast": pBeforeLast, "next": pNext,
	"beginning": pBeginning, "ending": pEnding, "cumulative": pCumulative, "until": pUntil, "whole": pWhole, "span": pSpan, "to": pTo, "latest": pLatest, "todate": pToDate, "of": pOf,
}

// when is a period as a question names it. Without a year it is open: "tháng 7" is a month of a year that the question does not say.
type when struct {
	shape    period.Shape
	n        int // month, quarter, half, count of months; 0 of a cumulative: up to the latest
	year     int // 0: open
	last     int // of the last n years, months …: shape is the step
	end      *when
	relative int  // of "năm trước", "tháng trước": how many shapes before today's; 0 otherwise
	isRel    bool // said relative to today
}

// period is the settled period of an expression with a year; zero for an open or a relative series.
func (w when) period() period.Period {
	if w.year == 0 {
		return period.Period{}
	}
	switch w.shape {
	case period.Year:
		return period.OfYear(w.year)
	case period.Half:
		return period.OfHalf(w.year, w.n)
	case period.Quarter:
		return period.OfQuarter(w.year, w.n)
	case period.Month:
		return period.OfMonth(w.year, w.n)
	case period.Cumulative:
		if w.n > 0 {
			return period.Cumul(w.year, w.n)
		}
	case period.Run: // the last n months
		return period.Months(period.OfMonth(w.year, 13-w.n), period.OfMonth(w.year, 12))
	}
	return period.Period{}
}

// open reports whether the year is missing.
func (w when) open() bool { return w.year == 0 && w.last == 0 }

// in is the expression in a year.
func (w when) in(year int) when {
	if w.year == 0 && w.last == 0 {
		w.year = year
	}
	if w.end != nil && w.end.year == 0 {
		end := w.end.in(year)
		w.end = &end
	}
	return w
}

// periodScanner reads period expressions off the tokens.
type periodScanner struct {
	lex    *lexicon
	tokens []token.Token
	found  [][]match
	lang   int8
	now    time.Time
	units  *quantity.Units
}

// word is the longest period word of the kind at i: its length in tokens, 0 if there is none.
func (s *periodScanner) word(i int, want periodWord) int {
	if i < 0 || i >= len(s.tokens) {
		return 0
	}
	n := 0
	for _, m := range s.found[i] {
		if m.class == classPeriod && m.part == want && m.to-i > n && !(s.langs(m)) {
			n = m.to - i
		}
	}
	return n
}

// langs reports whether m is of another language and too short to be borrowed.
func (s *periodScanner) langs(m match) bool { return m.lang != s.lang && m.letters < 4 }

// number is a small number at i, in digits or words: its value and length.
func (s *periodScanner) number(i int) (value, length int) {
	if i < 0 || i >= len(s.tokens) {
		return 0, 0
	}
	t := s.tokens[i]
	if t.Kind == token.Number {
		if len(t.Text) <= 4 {
			if v, err := strconv.Atoi(t.Text); err == nil {
				return v, 1
			}
		}
		return 0, 0
	}
	if t.Kind == token.Word && !s.lex.counts(t) {
		return 0, 0 // "sầu" is no "sáu"
	}
	var room [48]byte
	for n := 2; n >= 1; n-- {
		if i+n > len(s.tokens) {
			continue
		}
		key := append(room[:0], t.Fold...)
		if n == 2 {
			next := s.tokens[i+1]
			if next.Kind == token.Word && !s.lex.counts(next) {
				continue
			}
			key = append(append(key, ' '), next.Fold...)
		}
		for _, table := range s.lex.numbers {
			if v, ok := table[string(key)]; ok {
				return v, n
			}
		}
	}
	return 0, 0
}

// at reads the period expression that begins at i; length 0 if none does.
func (s *periodScanner) at(i int) (when, int) {
	for _, read := range []func(int) (when, int){
		s.spanned, s.cumulative, s.lastN, s.counted, s.named, s.halves, s.monthNames, s.compact, s.slashed, s.years,
	} {
		if w, n := read(i); n > 0 {
			return s.ranged(w, i, n)
		}
	}
	return when{}, 0
}

// tail reads the year behind a part of a year: "/2020", "năm 2020", "of last year", "2020". Length 0 if there is none.
func (s *periodScanner) tail(i int) (year, length int) {
	if i >= len(s.tokens) {
		return 0, 0
	}
	gap := strings.TrimSpace(s.tokens[i].Gap)
	if gap != "" && gap != "/" && gap != "-" && gap != "," && gap != "." && gap != "(" {
		return 0, 0
	}
	at := i
	for n := s.word(at, pOf); n > 0 && s.year4(at) == 0; n = s.word(at, pOf) {
		// "của năm 2020": the year word may be one of the words of "of" itself
		if w, m := s.years(at); m > 0 && w.year > 0 {
			return w.year, at + m - i
		}
		at += n
	}
	if w, n := s.years(at); n > 0 && w.year > 0 && w.end == nil {
		return w.year, at + n - i
	}
	if n := s.word(at, pYear); n > 0 && s.year4(at+n) > 0 {
		return s.year4(at + n), at + n + 1 - i
	}
	return 0, 0
}

func (s *periodScanner) withTail(w when, i, n int) (when, int) {
	if year, m := s.tail(i + n); m > 0 {
		w.year = year
		return w, n + m
	}
	return w, n
}

// cumulative reads "lũy kế đến tháng 8/2021", "tính đến hết quý III", "từ đầu năm đến nay", "year to date", "through August 2021".
func (s *periodScanner) cumulative(i int) (when, int) {
	n := s.word(i, pCumulative)
	strong := n > 0
	if n == 0 {
		n = s.word(i, pUntil)
	}
	if n == 0 {
		return when{}, 0
	}
	for {
		more := max(s.word(i+n, pCumulative), s.word(i+n, pUntil), s.word(i+n, pTo))
		if more == 0 {
			break
		}
		n += more
	}
	if w, m := s.part(i + n); m > 0 {
		switch w.shape {
		case period.Month:
			w.shape = period.Cumulative
		case period.Quarter:
			w.shape, w.n = period.Cumulative, w.n*3
		case period.Half:
			w.shape, w.n = period.Cumulative, w.n*6
		}
		return w, n + m
	}
	if !strong {
		return when{}, 0
	}
	n += s.word(i+n, pToDate)
	if w, m := s.years(i + n); m > 0 && w.year > 0 {
		return when{shape: period.Cumulative, year: w.year}, n + m
	}
	return when{shape: period.Cumulative, year: s.now.Year(), isRel: true}, n
}

// lastN reads "3 năm gần nhất", "hai quý gần đây", "the last three years", "past 12 months".
func (s *periodScanner) lastN(i int) (when, int) {
	units := []struct {
		word  periodWord
		shape period.Shape
	}{{pYear, period.Year}, {pQuarter, period.Quarter}, {pMonth, period.Month}}
	if v, n := s.number(i); n > 0 && v >= 1 && v <= 60 {
		for _, u := range units {
			m := s.word(i+n, u.word)
			if m == 0 {
				continue
			}
			if k := s.word(i+n+m, pLatest); k > 0 {
				return when{shape: u.shape, last: v}, n + m + k
			}
			if w, k := s.years(i + n + m); k > 0 && u.shape == period.Year && w.year > 0 {
				if w, k = s.ranged(w, i+n+m, k); w.end != nil { // "3 năm 2018-2020"
					return w, n + m + k
				}
			}
		}
	}
	if k := s.word(i, pLatest); k > 0 && s.lex.langs[s.lang] == "en" {
		if v, n := s.number(i + k); n > 0 && v >= 1 && v <= 60 {
			for _, u := range units {
				if m := s.word(i+k+n, u.word); m > 0 {
					return when{shape: u.shape, last: v}, k + n + m
				}
			}
		}
	}
	return when{}, 0
}

// spanned reads "giai đoạn 2018-2020", "từ năm 2018 đến năm 2020", "from January to July 2020", "từ tháng 1 đến tháng 7".
func (s *periodScanner) spanned(i int) (when, int) {
	n := s.word(i, pSpan)
	if n == 0 {
		return when{}, 0
	}
	read := func(at int) (when, int) {
		if w, m := s.part(at); m > 0 {
			return w, m
		}
		return s.years(at)
	}
	a, m := read(i + n)
	if m == 0 {
		return when{}, 0
	}
	w, length := s.ranged(a, i+n, m)
	if to := s.word(i+n+m, pToDate); w.end == nil && to > 0 && a.shape == period.Year && a.year > 0 && a.year < s.now.Year() { // "từ 2021 đến nay"
		w.end = &when{shape: period.Year, year: s.now.Year()}
		length = m + to
	}
	if w.end == nil {
		return when{}, 0
	}
	return w, n + length
}

// ranged extends an expression by "đến …", "- …": "2018–2020", "tháng 1 đến tháng 7/2020", "quý I-III/2020".
func (s *periodScanner) ranged(a when, i, n int) (when, int) {
	at := i + n
	if at >= len(s.tokens) || a.end != nil || a.last > 0 {
		return a, n
	}
	to := 0
	if gap := strings.TrimSpace(s.tokens[at].Gap); gap != "-" && gap != ".." && gap != "..." {
		to = s.word(at, pTo)
		if to == 0 {
			return a, n
		}
		if s.isAnd(at) && s.word(i-1, pSpan) == 0 {
			return a, n // "2019 và 2020" are two periods, "giữa 2019 và 2020" is one span
		}
	}
	b, m := s.part(at + to)
	if m == 0 {
		b, m = s.years(at + to)
	}
	if m == 0 {
		if v, k := s.number(at + to); k == 1 && (a.shape == period.Month || a.shape == period.Quarter) && v > a.n && v <= 12 {
			b, m = s.withTail(when{shape: a.shape, n: v}, at+to, 1)
		} else if v, k := s.roman(at + to); k == 1 && a.shape == period.Quarter {
			b, m = s.withTail(when{shape: a.shape, n: v}, at+to, 1)
		}
	}
	if m == 0 || b.shape != a.shape {
		return a, n
	}
	if a.year == 0 {
		a.year = b.year
	}
	if a.year != 0 && b.year != 0 && (b.year < a.year || b.year == a.year && b.n < a.n) {
		return a, n
	}
	a.end = &b
	return a, n + to + m
}

// isAnd reports whether the word at i is one that also joins two things.
func (s *periodScanner) isAnd(i int) bool {
	for _, m := range s.found[i] {
		if m.class == classWord && m.sense == words.And && m.to == i+1 {
			return true
		}
	}
	return false
}
