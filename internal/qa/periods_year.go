package qa

import (
	"strconv"
	"strings"

	"factbot/internal/period"
	"factbot/internal/token"
	"factbot/internal/words"
)

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
	for _, m := range s.found[i+1] {
		if m.to > i+2 && m.class != classPeriod && m.conflicts == 0 {
			return false // "2020 tỷ lệ hộ nghèo": it begins a phrase
		}
	}
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
