package qa

import (
	"slices"
	"strconv"
	"strings"

	"factbot/internal/period"
	"factbot/internal/token"
	"factbot/internal/words"
)

// counted reads a count of months as a cumulative period: "6 tháng đầu năm 2020", "9T/2020", "9 tháng", "first nine months of 2020",
// "6 tháng cuối năm"; and "first quarter", "second half".
func (s *periodScanner) counted(i int) (when, int) {
	at := i
	ending, beginning := false, false
	if s.lex.langs[s.lang] == "en" {
		if n := s.word(at, pBeginning); n > 0 {
			at, beginning = at+n, true
		} else if n := s.word(at, pEnding); n > 0 {
			at, ending = at+n, true
		}
		if w, n := s.ordinalPart(i); n > 0 {
			return s.withTail(w, i, n)
		}
	}
	v, n := s.number(at)
	if n == 0 || v < 1 || v > 12 || v == 1 && !beginning && s.lex.langs[s.lang] != "en" && s.word(at+n+s.word(at+n, pMonth), pBeginning) == 0 {
		return when{}, 0 // "một tháng" is a month, none in particular
	}
	// "tháng năm" and "năm 2020" are no counts; a number word must stand directly before the month word
	m := s.word(at+n, pMonth)
	if m == 0 && at+n < len(s.tokens) && s.tokens[at+n].Glued() && s.tokens[at].Kind == token.Number {
		if t := s.tokens[at+n].Fold; t == "t" {
			m = 1
		} else if len(t) == 5 && t[0] == 't' { // 9T2020
			if y, err := strconv.Atoi(t[1:]); err == nil && y >= period.MinYear && y <= period.MaxYear {
				return when{shape: period.Cumulative, n: v, year: y}, at + n + 1 - i
			}
		}
	}
	if m == 0 {
		return when{}, 0
	}
	if gap := strings.TrimSpace(s.tokens[at+n].Gap); gap != "" && gap != "-" || s.says(at+n+m, words.Rest) {
		return when{}, 0 // "hai tháng còn lại"
	}
	length := at + n + m - i
	w := when{shape: period.Cumulative, n: v}
	if k := s.word(i+length, pBeginning); k > 0 && !beginning {
		length += k
		if y := s.word(i+length, pYear); y > 0 && s.year4(i+length+y) == 0 {
			if _, isRel := s.relation(i + length + y); isRel == 0 {
				length += y
			}
		}
	} else if k := s.word(i+length, pEnding); k > 0 && !ending && s.lex.langs[s.lang] != "en" {
		length += k
		ending = true
		if y := s.word(i+length, pYear); y > 0 && s.year4(i+length+y) == 0 {
			length += y
		}
	}
	if ending {
		switch v {
		case 6:
			w = when{shape: period.Half, n: 2}
		case 3:
			w = when{shape: period.Quarter, n: 4}
		default:
			w = when{shape: period.Run, n: v}
		}
	}
	if v == 12 && !ending {
		w = when{shape: period.Year}
	}
	if w2, n2 := s.withTail(w, i, length); n2 > length {
		return w2, n2
	}
	if w.shape == period.Year {
		return when{}, 0
	}
	return w, length
}

// ordinalPart reads "first quarter", "third quarter", "second half".
func (s *periodScanner) ordinalPart(i int) (when, int) {
	v, n := s.number(i)
	if n == 0 && s.word(i, pBeginning) > 0 {
		v, n = 1, s.word(i, pBeginning)
	}
	if n == 0 && s.word(i, pEnding) > 0 {
		v, n = 2, s.word(i, pEnding)
	}
	if n == 0 || s.tokens[i].Kind == token.Number {
		return when{}, 0
	}
	if m := s.word(i+n, pQuarter); m > 0 && v >= 1 && v <= 4 {
		return when{shape: period.Quarter, n: v}, n + m
	}
	if m := s.word(i+n, pHalf); m > 0 && v >= 1 && v <= 2 {
		return when{shape: period.Half, n: v}, n + m
	}
	return when{}, 0
}

// part reads one part of a year with its tail, without ranges.
func (s *periodScanner) part(i int) (when, int) {
	for _, read := range []func(int) (when, int){s.counted, s.named, s.halves, s.monthNames, s.compact, s.slashed} {
		if w, n := read(i); n > 0 {
			return w, n
		}
	}
	return when{}, 0
}

// named reads "tháng 7/2020", "tháng bảy năm ngoái", "quý III năm 2021", "tháng trước", "last month".
func (s *periodScanner) named(i int) (when, int) {
	for _, unit := range []struct {
		word  periodWord
		shape period.Shape
		most  int
	}{{pMonth, period.Month, 12}, {pQuarter, period.Quarter, 4}} {
		if n := s.word(i, unit.word); n > 0 {
			v, m := s.number(i + n)
			if m == 0 && unit.shape == period.Quarter {
				v, m = s.roman(i + n)
			}
			if m == 2 && v > unit.most || m > 0 && s.tokens[i+n].Kind == token.Word && (s.year4(i+n+1) > 0 || s.related(i+n+1)) && s.word(i+n, pYear) > 0 {
				// "tháng năm 2020" is no May: năm is the year's word there
				m = 0
			}
			if m > 0 && v >= 1 && v <= unit.most {
				return s.withTail(when{shape: unit.shape, n: v}, i, n+m)
			}
			if rel, m := s.relation(i + n); m > 0 {
				return s.shifted(unit.shape, rel), n + m
			}
		}
		if rel, n := s.relation(i); n > 0 && s.lex.langs[s.lang] == "en" {
			if m := s.word(i+n, unit.word); m > 0 {
				return s.shifted(unit.shape, rel), n + m
			}
		}
	}
	return when{}, 0
}

// says reports whether a phrase with the sense begins at i.
func (s *periodScanner) says(i int, sense words.Sense) bool {
	return i < len(s.tokens) && slices.ContainsFunc(s.found[i], func(m match) bool { return m.class == classWord && m.sense == sense && m.conflicts == 0 })
}

// related reports whether a word like "nay", "ngoái" stands at i: the word before it is the year's.
func (s *periodScanner) related(i int) bool {
	if i >= len(s.tokens) {
		return false
	}
	_, n := s.relation(i)
	return n > 0
}

// shifted is today's month or quarter, rel later.
func (s *periodScanner) shifted(shape period.Shape, rel int) when {
	p := period.OfMonth(s.now.Year(), int(s.now.Month()))
	if shape == period.Quarter {
		p = period.OfQuarter(s.now.Year(), (int(s.now.Month())+2)/3)
	}
	for ; rel < 0; rel++ {
		p = p.Prev()
	}
	for ; rel > 0; rel-- {
		p = p.Next()
	}
	return when{shape: shape, n: p.Number(), year: p.Year(), isRel: true, relative: -1}
}

func (s *periodScanner) roman(i int) (value, length int) {
	if i >= len(s.tokens) {
		return 0, 0
	}
	switch s.tokens[i].Fold {
	case "i":
		return 1, 1
	case "ii":
		return 2, 1
	case "iii":
		return 3, 1
	case "iv":
		return 4, 1
	}
	return 0, 0
}

// halves reads "nửa đầu năm 2020", "nửa cuối năm".
func (s *periodScanner) halves(i int) (when, int) {
	n := s.word(i, pHalf)
	if n == 0 || s.lex.langs[s.lang] == "en" {
		return when{}, 0
	}
	half := 0
	m := s.word(i+n, pBeginning)
	if m > 0 {
		half = 1
	} else if m = s.word(i+n, pEnding); m > 0 {
		half = 2
	}
	if half == 0 {
		return when{}, 0
	}
	length := n + m
	if y := s.word(i+length, pYear); y > 0 && s.year4(i+length+y) == 0 {
		if _, r := s.relation(i + length + y); r == 0 {
			length += y
		}
	}
	return s.withTail(when{shape: period.Half, n: half}, i, length)
}

// monthNames reads "July 2020", "in May".
func (s *periodScanner) monthNames(i int) (when, int) {
	if i >= len(s.tokens) || s.lex.langs[s.lang] != "en" {
		return when{}, 0
	}
	n, ok := s.lex.months[s.tokens[i].Fold]
	if !ok {
		return when{}, 0
	}
	w, length := s.withTail(when{shape: period.Month, n: n}, i, 1)
	if s.tokens[i].Fold == "may" || s.tokens[i].Fold == "mar" {
		if length == 1 && (i == 0 || s.word(i-1, pOf) == 0 && s.word(i-1, pTo) == 0) {
			return when{}, 0
		}
	}
	return w, length
}

// compact reads T7, Q1/2020, H1 2020, th7, quy1, thang7.
func (s *periodScanner) compact(i int) (when, int) {
	if i >= len(s.tokens) || s.tokens[i].Kind != token.Word {
		return when{}, 0
	}
	f := s.tokens[i].Fold
	for _, c := range []struct {
		head  string
		shape period.Shape
		most  int
	}{{"thang", period.Month, 12}, {"th", period.Month, 12}, {"t", period.Month, 12}, {"quy", period.Quarter, 4}, {"q", period.Quarter, 4}, {"h", period.Half, 2}, {"s", period.Half, 2}} {
		digits, ok := strings.CutPrefix(f, c.head)
		if !ok || len(digits) == 0 || len(digits) > 2 || digits[0] < '0' || digits[0] > '9' {
			continue
		}
		if v, err := strconv.Atoi(digits); err == nil && v >= 1 && v <= c.most {
			return s.withTail(when{shape: c.shape, n: v}, i, 1)
		}
	}
	return when{}, 0
}

// slashed reads "07/2020", "7-2020", "III/2021".
func (s *periodScanner) slashed(i int) (when, int) {
	y := s.year4(i + 1)
	if y == 0 {
		return when{}, 0
	}
	gap := strings.TrimSpace(s.tokens[i+1].Gap)
	if i > 0 && strings.TrimSpace(s.tokens[i].Gap) == "/" && s.tokens[i-1].Kind == token.Number {
		return when{}, 0 // a day before it: no month
	}
	if gap != "/" && gap != "-" {
		return when{}, 0
	}
	if q, n := s.roman(i); n > 0 {
		return when{shape: period.Quarter, n: q, year: y}, 2
	}
	if v, n := s.number(i); n == 1 && s.tokens[i].Kind == token.Number && v >= 1 && v <= 12 {
		return when{shape: period.Month, n: v, year: y}, 2
	}
	return when{}, 0
}
