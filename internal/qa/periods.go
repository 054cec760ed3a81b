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
		if v, err := strconv.Atoi(t.Text); err == nil && len(t.Text) <= 4 {
			return v, 1
		}
		return 0, 0
	}
	for n := 2; n >= 1; n-- {
		if i+n > len(s.tokens) {
			continue
		}
		key := t.Fold
		if n == 2 {
			key += " " + s.tokens[i+1].Fold
		}
		for _, table := range s.lex.numbers {
			if v, ok := table[key]; ok {
				return v, n
			}
		}
	}
	return 0, 0
}

// year4 is a year of four digits at i.
func (s *periodScanner) year4(i int) int {
	if i < 0 || i >= len(s.tokens) || s.tokens[i].Kind != token.Number || len(s.tokens[i].Text) != 4 {
		return 0
	}
	y, err := strconv.Atoi(s.tokens[i].Text)
	if err != nil || y < period.MinYear || y > period.MaxYear {
		return 0
	}
	return y
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

// years reads "2020", "năm 2020", "năm ngoái", "last year", "năm hai không hai mươi", "cả năm 2020".
func (s *periodScanner) years(i int) (when, int) {
	if n := s.word(i, pWhole); n > 0 {
		if w, m := s.years(i + n); m > 0 && w.shape == period.Year {
			return w, n + m
		}
		if s.word(i+n, pOf) > 0 {
			of := s.word(i+n, pOf)
			if w, m := s.years(i + n + of); m > 0 && w.shape == period.Year {
				return w, n + of + m
			}
		}
	}
	if y := s.year4(i); y > 0 && !s.quantityFollows(i) && !s.endsDate(i) {
		return when{shape: period.Year, year: y}, 1
	}
	if n := s.word(i, pYear); n > 0 {
		if y := s.year4(i + n); y > 0 {
			return when{shape: period.Year, year: y}, n + 1
		}
		if y, m := s.spelledYear(i + n); m > 0 {
			return when{shape: period.Year, year: y}, n + m
		}
		if rel, m := s.relation(i + n); m > 0 {
			return when{shape: period.Year, year: s.now.Year() + rel, relative: rel, isRel: true}, n + m
		}
		if t := i + n; t < len(s.tokens) && s.tokens[t].Kind == token.Number && len(s.tokens[t].Text) == 2 && s.lang == 0 && !s.quantityFollows(t) && s.word(t+1, pMonth) == 0 {
			y, _ := strconv.Atoi(s.tokens[t].Text)
			if y >= 10 && y <= 40 {
				return when{shape: period.Year, year: 2000 + y}, n + 1
			}
		}
	}
	if i < len(s.tokens) && strings.HasPrefix(s.tokens[i].Fold, "nam") && len(s.tokens[i].Fold) == 7 {
		if y, err := strconv.Atoi(s.tokens[i].Fold[3:]); err == nil && y >= period.MinYear && y <= period.MaxYear {
			return when{shape: period.Year, year: y}, 1
		}
	}
	if rel, n := s.relation(i); n > 0 {
		if m := s.word(i+n, pYear); m > 0 && (s.lex.langs[s.lang] == "en" || rel == 1 && s.year4(i+n+m) == 0) { // "last year", "sang năm"
			return when{shape: period.Year, year: s.now.Year() + rel, relative: rel, isRel: true}, n + m
		}
	}
	if n := s.word(i, pBeforeLast); n > 1 {
		return when{shape: period.Year, year: s.now.Year() - 2, relative: -2, isRel: true}, n
	}
	return when{}, 0
}

// endsDate reports whether the number at i is the year of a day: "28/12/2020" is no period.
func (s *periodScanner) endsDate(i int) bool {
	slash := func(at int) bool {
		g := s.tokens[at].Gap
		return (g == "/" || g == "-") && s.tokens[at-1].Kind == token.Number
	}
	return i >= 2 && slash(i) && slash(i-1)
}

// quantityFollows reports whether the number at i is followed by a unit or a multiplier, or is a percentage: then it is no year.
func (s *periodScanner) quantityFollows(i int) bool {
	if i+1 >= len(s.tokens) {
		return false
	}
	next := s.tokens[i+1]
	if next.Kind == token.Sign && next.Text == "%" {
		return strings.TrimSpace(next.Gap) == ""
	}
	if strings.TrimSpace(next.Gap) != "" {
		return false
	}
	for _, m := range s.found[i+1] {
		if m.class == classWord && m.sense == words.Howmuch && m.lang == s.lang {
			return false // "2021 bn tỷ": bao nhiêu
		}
	}
	if !s.units.Fits(s.tokens[i+1 : i+2]) {
		return false
	}
	_, scale := s.units.Multiplier(next.Fold)
	_, unit := s.units.Base(next.Fold)
	return scale && next.Fold != "k" || unit && next.Kind == token.Word && (len(next.Fold) > 2 || token.Marked(next.Lower))
}

// relation reads "nay", "trước", "kia", "sau", "last", "this", "next": by how many it differs from today's.
func (s *periodScanner) relation(i int) (rel, length int) {
	for _, r := range []struct {
		word periodWord
		rel  int
	}{{pBeforeLast, -2}, {pThis, 0}, {pLast, -1}, {pNext, 1}} {
		if n := s.word(i, r.word); n > length {
			rel, length = r.rel, n
		}
	}
	if rel == -1 && s.word(i+length, pBeforeLast) > 0 && s.lex.langs[s.lang] != "en" {
		return -2, length + s.word(i+length, pBeforeLast)
	}
	return rel, length
}

// spelledYear reads a year in words: "hai không hai mươi", "hai nghìn không trăm hai mốt", "twenty twenty-one".
func (s *periodScanner) spelledYear(i int) (year, length int) {
	var digits strings.Builder
	value, last := 0, -1
	thousands := false
	for at := i; at < len(s.tokens) && at-i < 8; at++ {
		word := s.tokens[at].Fold
		v, isNumber := 0, false
		for _, table := range s.lex.numbers {
			if x, ok := table[word]; ok {
				v, isNumber = x, true
				break
			}
		}
		scale := 0
		for _, table := range s.lex.scales {
			if x, ok := table[word]; ok {
				scale = x
				break
			}
		}
		switch {
		case scale == 1000 && last > 0:
			value, thousands, last = last*1000, true, -1
		case scale == 100 && last >= 0:
			value, last = value+last*100, -1
		case (scale == 10 || isNumber && v == 10) && last >= 0 && v <= 10:
			// "hai mươi": the digit before is tens; a digit behind it follows as units
			digits.WriteString(strconv.Itoa(last))
			value += last * 10
			last = -1
			if at+1 >= len(s.tokens) || !s.isDigitWord(at+1) {
				digits.WriteByte('0')
			}
		case isNumber && v < 10:
			if last >= 0 {
				digits.WriteString(strconv.Itoa(last))
			}
			last = v
		case isNumber && v >= 10 && thousands:
			value, last = value+v, -1
		case isNumber && v >= 10:
			if last >= 0 {
				digits.WriteString(strconv.Itoa(last))
				last = -1
			}
			if v == 20 && at+1 < len(s.tokens) && s.isDigitWord(at+1) && digits.Len() >= 2 {
				digits.WriteByte('2')
			} else {
				digits.WriteString(strconv.Itoa(v))
			}
		default:
			at = len(s.tokens)
			continue
		}
		y := 0
		if thousands {
			y = value + max(last, 0)
		} else {
			text := digits.String()
			if last >= 0 {
				text += strconv.Itoa(last)
			}
			if len(text) == 4 {
				y, _ = strconv.Atoi(text)
			}
		}
		if y >= 1990 && y <= 2100 {
			year, length = y, at-i+1
		}
	}
	if length < 2 {
		return 0, 0
	}
	return year, length
}

func (s *periodScanner) isDigitWord(i int) bool {
	for _, table := range s.lex.numbers {
		if v, ok := table[s.tokens[i].Fold]; ok && v > 0 && v < 10 {
			return true
		}
	}
	return false
}

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
	if n == 0 || v < 1 || v > 12 {
		return when{}, 0
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
	if gap := strings.TrimSpace(s.tokens[at+n].Gap); gap != "" && gap != "-" {
		return when{}, 0
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
			if m == 2 && v > unit.most || m > 0 && s.tokens[i+n].Kind == token.Word && s.year4(i+n+1) > 0 && s.word(i+n, pYear) > 0 {
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
		if !ok || len(digits) == 0 {
			continue
		}
		if v, err := strconv.Atoi(digits); err == nil && len(digits) <= 2 && v >= 1 && v <= c.most {
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
