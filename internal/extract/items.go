package extract

import (
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/token"
)

type itemKind uint8

const (
	itemName    itemKind = iota // a word of no other kind
	itemNumber                  // an amount, a percentage, a bare number
	itemPeriod                  //
	itemBase                    // what a change is set against
	itemCue                     //
	itemNothing                 // a reference, a date, a footnote
)

// item is one thing that a sentence says, of one token or several.
type item struct {
	kind     itemKind
	from, to int // tokens
	cue      cue
	period   period.Period
	base     base // of a base, or right behind a percentage
	num      number
	negated  bool // a cue behind "không"
	day      bool // a date
	scope    bool // a price base or a scope, in brackets or not: part of the name
}

// number is a number with what it counts.
type number struct {
	value    quantity.Number
	decimals int
	text     string
	form     numberForm
	unit     string // as written
	of       quantity.Unit
	mult     int
	range_   bool // one end of a range
	doubtful bool // it can be read in two ways
	minus    bool // "(-2,7 %)"
	end      int  // the byte behind the unit
}

type numberForm uint8

const (
	bare numberForm = iota
	amount
	percent
	points
	times
)

// items cuts a sentence's tokens into items. Tokens that a project took are passed over.
func (r *reader) items(t []token.Token, taken []bool) []item {
	var out []item
	add := func(kind itemKind, from, n int) *item {
		out = append(out, item{kind: kind, from: from, to: from + n})
		return &out[len(out)-1]
	}
	w := r.o.Words
	for i := 0; i < len(t); {
		if taken != nil && taken[i] {
			add(itemNothing, i, 1)
			i++
			continue
		}
		if n := r.joinedAt(t[i:]); n > 0 {
			add(itemName, i, n)
			i += n
			continue
		}
		if n := r.scopeAt(t[i:]); n > 0 {
			add(itemName, i, n).scope = true
			i += n
			continue
		}
		if b, n := r.baseAt(t, i, false); n > 0 {
			add(itemBase, i, n).base = b
			i += n
			continue
		}
		if p, n, ok := r.periodAt(t, i, 0); ok {
			add(itemPeriod, i, n).period = p
			i += n
			continue
		}
		if _, _, n := dateAt(t[i:]); n > 0 {
			add(itemNothing, i, n).day = true
			i += n
			continue
		}
		if n := r.referenceAt(t, i); n > 0 {
			add(itemNothing, i, n)
			i += n
			continue
		}
		if t[i].Kind == token.Sign && i+1 < len(t) && t[i+1].Kind == token.Number && t[i].Lower == "+" {
			add(itemCue, i, 1).cue = cueUp
			i++
			continue
		}
		if y := yearNumber(t[i]); y > 0 && i > 0 && plainGap(t[i:i+1]) && out[len(out)-1].kind == itemName { // "vụ đông xuân 2020"
			if _, _, n := r.unitAt(t[i+1:]); n == 0 {
				it := add(itemPeriod, i, 1)
				if y != r.report.Period.Year() {
					it.period = period.OfYear(y)
				}
				i++
				continue
			}
		}
		if t[i].Kind == token.Number {
			it := add(itemNumber, i, 1)
			num, n := r.numberAt(t, i)
			it.num, it.to = num, i+n
			i += n
			if num.form == percent || num.form == times {
				b, n := r.baseAt(t, i, true)
				if p, k, ok := r.barePeriod(t, i); n == 0 && num.form == times && ok { // "gấp 3 lần năm 2021"
					b, n = base{kind: baseNamed, period: p}, k
				}
				if n > 0 {
					it.base = b
					it.to, i = i+n, i+n
				}
			}
			continue
		}
		if n := r.withinName(t, i); n > 0 {
			add(itemName, i, n)
			i += n
			continue
		}
		if n := w.keeps(t, i); n > 0 {
			add(itemName, i, n)
			i += n
			continue
		}
		if c, n := w.cues.at(t[i:]); n > 0 && cleanGaps(t[i:i+n]) && (c != cueApproximate || i+n < len(t) && t[i+n].Kind == token.Number) && !(c == cueShare && lower(t[i:i+n]) == "tỷ trọng" && startsName(t, i)) {
			if n > 1 && r.is("year", t[i+n-1:]) > 0 && yearAfter(t[i+n-1:]) > 0 { // "kế hoạch năm 2020"
				n--
			}
			it := add(itemCue, i, n)
			it.cue = c
			if len(out) > 1 {
				was := out[len(out)-2]
				it.negated = was.kind == itemName && w.negations.whole(t[was.from:was.to]) && plainGap(t[i:i+1])
			}
			i += n
			continue
		}
		add(itemName, i, 1)
		i++
	}
	return out
}

// withinName is the length of a cue's words that stand within a name, since what says what the figure is comes later: "số xã đạt chuẩn nông thôn mới là 58 xã".
func (r *reader) withinName(t []token.Token, i int) int {
	c, n := r.o.Words.cues.at(t[i:])
	if c != cueActual || n != 1 || i == 0 || !plainGap(t[i:i+1]) {
		return 0
	}
	words := 0
	for j := i + 1; j < len(t) && plainGap(t[j:j+1]) && t[j].Kind == token.Word; {
		if _, k, ok := r.periodAt(t, j, 0); ok {
			j += k
			continue
		}
		switch c, k := r.o.Words.cues.at(t[j:]); {
		case k > 0 && words > 0 && (c == cueActual || c == cueEstimate || c == cuePreliminary):
			return n
		case k > 0:
			return 0
		}
		words++
		j++
	}
	return 0
}

// keeps is the length of a cue's words that are part of a name there: "vốn đầu tư thực hiện", "vốn thực hiện từ ngân sách".
func (w *Words) keeps(t []token.Token, i int) int {
	_, n := w.kept.at(t[i:])
	if n == 0 || i == 0 || !plainGap(t[i:i+1]) {
		return 0
	}
	for j := i - 1; j >= 0 && j >= i-7; j-- {
		if _, k := w.keepers.at(t[j:]); k > 0 {
			return n
		}
		if !plainGap(t[j : j+1]) {
			break
		}
	}
	return 0
}

// barePeriod is a period right behind a number.
func (r *reader) barePeriod(t []token.Token, i int) (period.Period, int, bool) {
	if i >= len(t) || !plainGap(t[i:i+1]) {
		return period.Period{}, 0, false
	}
	return r.periodAt(t, i, 0)
}

// startsName reports whether a token begins a clause.
func startsName(t []token.Token, i int) bool { return i == 0 || strings.ContainsAny(t[i].Gap, ",;:.(") }

// cleanGaps reports whether the words of a phrase stand next to each other.
func cleanGaps(t []token.Token) bool { return len(t) < 2 || plainGap(t[1:]) }

func (r *reader) joinedAt(t []token.Token) int {
	_, n := r.o.Words.joined.at(t)
	return n
}

// scopeAt is the length of a price base or a scope: "giá so sánh năm 2010", "(không kể dầu thô)". It is a part of the name.
func (r *reader) scopeAt(t []token.Token) int {
	_, n := r.o.Words.scopes.at(t)
	if n == 0 || !cleanGaps(t[:n]) {
		return 0
	}
	if strings.HasSuffix(t[0].Gap, "(") {
		for j := n; j < len(t) && j < n+8; j++ {
			if strings.ContainsAny(t[j].Gap, ")") {
				return j
			}
		}
		return n
	}
	if last := t[n-1].Lower; last != "sánh" && last != "hành" && last != "gss" && last != "ss" && last != "tế" {
		return 0 // without brackets only a price base is surely a part of the name
	}
	j := n
	if j < len(t) && t[j].Lower == "năm" && plainGap(t[j:j+1]) {
		j++
	}
	if j < len(t) && yearNumber(t[j]) > 0 && yearNumber(t[j]) <= 2015 && plainGap(t[j:j+1]) {
		return j + 1
	}
	return n
}

// referenceAt is the length of what has a number and is no figure: "số 35/NQ-HĐND", "(1)", "lần thứ XIX", "Covid-19".
func (r *reader) referenceAt(t []token.Token, i int) int {
	if t[i].Kind == token.Number {
		if open := strings.HasSuffix(t[i].Gap, "(") || strings.HasSuffix(t[i].Gap, "["); open && len(t[i].Text) <= 2 && (i+1 == len(t) || strings.HasPrefix(t[i+1].Gap, ")") || strings.HasPrefix(t[i+1].Gap, "]")) {
			return 1
		}
		if i+1 < len(t) && strings.Trim(t[i+1].Gap, " ") == "/" && t[i+1].Kind == token.Word && t[i+1].Upper { // 2187/UBND-KTTH
			if _, plan := r.o.Words.planWords.at(t[i+1:]); plan == 0 || i+2 < len(t) && t[i+2].Gap == "-" {
				return r.glued(t, i)
			}
		}
		if i > 0 && t[i].Gap == "-" && t[i-1].Kind == token.Word { // Covid-19
			return 1
		}
		if d := whole(t[i]); d >= 1 && d <= 31 && i > 0 && t[i-1].Lower == "ngày" && i+1 < len(t) && t[i+1].Gap == "/" { // ngày 28/12
			if m := whole(t[i+1]); m >= 1 && m <= 12 {
				return 2
			}
		}
		return 0
	}
	_, n := r.o.Words.references.at(t[i:])
	if n == 0 || i+n >= len(t) || !plainGap(t[i+n:i+n+1]) || !cleanGaps(t[i:i+n]) {
		return 0
	}
	next := t[i+n]
	if next.Kind != token.Number && romans[next.Lower] == 0 && !strings.EqualFold(next.Text, "xix") {
		return 0
	}
	if t[i].Lower == "số" && i+n+1 < len(t) && strings.Trim(t[i+n+1].Gap, " ") != "/" {
		return 0
	}
	return n + max(1, r.glued(t, i+n))
}

// glued is how many tokens hang together by slashes and hyphens.
func (r *reader) glued(t []token.Token, i int) int {
	n := 1
	for i+n < len(t) && t[i+n].Gap != "" && strings.Trim(t[i+n].Gap, "/-") == "" {
		n++
	}
	return n
}

// numberAt reads the number at a token, with its unit, and how many tokens it takes.
func (r *reader) numberAt(t []token.Token, i int) (number, int) {
	num := number{text: t[i].Text, end: t[i].End}
	num.value, num.decimals, num.doubtful = r.digits(t[i].Text)
	switch gap := t[i].Gap; {
	case strings.HasSuffix(gap, "(-"), strings.HasSuffix(gap, ": -") && i+1 < len(t) && t[i+1].Lower == "%":
		num.minus = true
	case strings.HasSuffix(gap, "-") && (i > 0 || strings.TrimSpace(gap) == "-"):
		num.doubtful = true // a minus, or a dash
	}
	if i > 0 && t[i-1].Kind == token.Number && strings.TrimSpace(t[i].Gap) == "-" || i > 1 && t[i-1].Kind == token.Sign && t[i-2].Kind == token.Number && strings.TrimSpace(t[i].Gap) == "-" {
		num.range_, num.doubtful = true, false
	}
	n := 1
	rest := t[i+1:]
	tight := func(k int) bool { return k < len(rest) && strings.TrimSpace(rest[k].Gap) == "" }
	switch {
	case tight(0) && rest[0].Lower == "%":
		num.form, n = percent, 2
	case tight(0) && tight(1) && rest[0].Lower == "phần" && rest[1].Lower == "trăm":
		num.form, n = percent, 3
	case tight(0) && tight(1) && rest[0].Lower == "điểm" && rest[1].Lower == "%":
		num.form, n = points, 3
	case tight(0) && tight(1) && tight(2) && rest[0].Lower == "điểm" && rest[1].Lower == "phần" && rest[2].Lower == "trăm":
		num.form, n = points, 4
	case tight(0) && rest[0].Lower == "lần":
		num.form, n = times, 2
	default:
		if k := r.compound(rest, &num); k > 0 { // "21 tỷ 362 triệu USD"
			n += k
			rest = rest[k:]
		}
		if unit, mult, k := r.unitAt(rest); k > 0 {
			num.form, num.of, num.mult, n = amount, unit, mult, n+k
			start := rest[0].Start
			end := rest[k-1].End
			num.unit, num.end = sliceOf(rest, start, end), end
		}
	}
	if num.form == percent {
		num.end = t[i+n-1].End
	}
	if j := i + n; j+1 < len(t) && strings.TrimSpace(t[j].Gap) == "-" && t[j].Kind == token.Number && yearNumber(t[j]) < 0 {
		num.range_ = true
	}
	return num, n
}

// compound takes the lower part of an amount in two multipliers, "21 tỷ 362 triệu USD", into the number, as 21.362 of the lower one, and says how many tokens lie before that one.
func (r *reader) compound(t []token.Token, num *number) int {
	if len(t) < 3 || !unitGap(t[0].Gap) || strings.TrimSpace(t[1].Gap) != "" || !unitGap(t[2].Gap) || t[1].Kind != token.Number || !r.o.Units.Written(t[:1]) || !r.o.Units.Written(t[2:3]) {
		return 0
	}
	high, ok := r.o.Units.Multiplier(t[0].Fold)
	low, also := r.o.Units.Multiplier(t[2].Fold)
	v, decimals, doubtful := r.digits(t[1].Text)
	if !ok || !also || high <= low {
		return 0
	}
	num.value, num.decimals = num.value.Shift(high-low).Add(v), decimals
	num.doubtful = num.doubtful || doubtful || v.Cmp(quantity.Int(1).Shift(high-low)) >= 0
	return 2
}

// sliceOf is the text of tokens with the gaps between them.
func sliceOf(t []token.Token, start, end int) string {
	var b strings.Builder
	for k, x := range t {
		if x.Start < start || x.End > end {
			continue
		}
		if k > 0 && x.Start > start {
			b.WriteString(x.Gap)
		}
		b.WriteString(x.Text)
	}
	return b.String()
}

// unitAt reads the unit at the beginning of the tokens, and how many it takes: multipliers, then a unit or a thing that reports count, then a slash
// with a time or a thing.
func (r *reader) unitAt(t []token.Token) (unit quantity.Unit, mult, n int) {
	i := 0
	for i < len(t) && i < 2 && unitGap(t[i].Gap) {
		power, ok := r.o.Units.Multiplier(t[i].Fold)
		if !ok || !r.o.Units.Written(t[i:i+1]) || t[i].Lower == "k" {
			break
		}
		mult += power
		i++
	}
	longest := 0
	var base quantity.Unit
	for k := min(4, len(t)-i); k > 0; k-- {
		words := t[i : i+k]
		if !unitGaps(words, i) {
			continue
		}
		fold := make([]string, k)
		for j, x := range words {
			fold[j] = x.Fold
		}
		if u, ok := r.o.Units.Base(strings.Join(fold, " ")); ok && r.o.Units.Written(words) {
			longest, base = k, u
			break
		}
		if r.o.Words.counters.whole(words) {
			longest, base = k, quantity.Unit(lower(words))
			break
		}
	}
	if longest == 0 {
		return "", 0, 0
	}
	n = i + longest
	if n < len(t) && t[n].Gap == "/" || n < len(t) && strings.TrimSpace(t[n].Gap) == "/" && t[n-1].Kind == token.Word {
		if _, plan := r.o.Words.planWords.at(t[n:]); plan == 0 {
			per := 0
			for k := min(2, len(t)-n); k > 0 && per == 0; k-- {
				fold := make([]string, k)
				for j, x := range t[n : n+k] {
					fold[j] = x.Fold
				}
				if time, ok := r.o.Units.Time(strings.Join(fold, " ")); ok {
					per, base = k, base+quantity.Unit("/"+time)
				}
			}
			if per == 0 && t[n].Kind == token.Word && t[n].Gap == "/" {
				_, counted, k := r.unitAt(t[n:])
				if k == 0 || counted != 0 {
					k = 1
				}
				per, base = k, base+quantity.Unit("/"+lower(t[n:n+k]))
			}
			n += per
		}
	}
	return base, mult, n
}

func unitGap(gap string) bool { return strings.Trim(gap, " .") == "" }

func unitGaps(t []token.Token, before int) bool {
	for i, x := range t {
		switch {
		case i == 0 && before == 0 && strings.TrimSpace(x.Gap) != "":
			return false
		case !unitGap(x.Gap):
			return false
		}
	}
	return true
}

// digits reads a number as the text writes numbers; doubtful: it can be read in two ways, or none.
func (r *reader) digits(s string) (n quantity.Number, decimals int, doubtful bool) {
	group, mark := ".", ","
	if r.english {
		group, mark = mark, group
	}
	switch {
	case strings.Count(s, mark) > 1, strings.Contains(s, mark) && strings.LastIndex(s, group) > strings.Index(s, mark):
		return n, 0, true
	}
	wholePart, fraction, _ := strings.Cut(s, mark)
	groups := strings.Split(wholePart, group)
	good := len(groups) == 1
	if len(groups) > 1 {
		good = len(groups[0]) <= 3 && groups[0] != "0"
		for _, g := range groups[1:] {
			good = good && len(g) == 3
		}
	}
	if !good && len(groups) == 2 && !strings.Contains(s, mark) && len(groups[1]) != 3 { // 93.33 among 1.120,5
		fraction, groups, good = groups[1], groups[:1], true
	}
	if r.mixed && (len(groups) == 2 && fraction == "" || len(groups) == 1 && len(fraction) == 3) {
		doubtful = true
	}
	text := strings.Join(groups, "")
	if fraction != "" {
		text += "." + fraction
	}
	v, d, err := quantity.ParseNumber(text)
	return v, d, doubtful || !good || err != nil
}
