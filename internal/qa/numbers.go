package qa

import (
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// amount is a number with its unit as a question writes it, or a unit alone ("ra nghìn tỷ"). What it leaves out – the base unit of
// "1.210 triệu" – the indicator says later.
type amountSaid struct {
	number    quantity.Number
	decimals  int
	hasNumber bool
	unit      quantity.Unit // empty: not said
	mult      int
	hasMult   bool
}

// percent reports whether the amount is in percent or percentage points.
func (a amountSaid) percent() bool { return a.unit == quantity.Percent || a.unit == quantity.PP }

// quantity is the amount with what it leaves out taken from a unit and a multiplier.
func (a amountSaid) quantity(unit quantity.Unit, mult int) quantity.Quantity {
	q := quantity.Quantity{Number: a.number, Unit: a.unit, Mult: a.mult, Decimals: a.decimals}
	if q.Unit == "" {
		q.Unit = unit
		if !a.hasMult {
			q.Mult = mult
		}
	}
	return q
}

// amountReader reads amounts off the tokens.
type amountReader struct {
	tokens []token.Token
	found  [][]match
	units  *quantity.Units
	lex    *lexicon
	comma  bool // the decimal mark of the question's language is a comma
}

// at reads the amount that begins at i: its length in tokens, 0 if none does.
func (r *amountReader) at(i int) (amountSaid, int) {
	if unit, ok := r.units.Base(r.tokens[i].Fold); ok && (unit == "USD" || unit == "VND") && i+1 < len(r.tokens) && r.tokens[i+1].Kind == token.Number {
		// "$1.2 billion", "USD 2 million"
		if a, n := r.number(i + 1); n > 0 && a.unit == "" {
			a.unit = unit
			return a, n + 1
		}
	}
	return r.number(i)
}

func (r *amountReader) number(i int) (amountSaid, int) {
	t := r.tokens[i]
	var a amountSaid
	n := 1
	switch {
	case t.Kind == token.Number:
		v, decimals, ok := parseMarked(t.Text, r.comma)
		if !ok {
			return amountSaid{}, 0
		}
		a = amountSaid{number: v, decimals: decimals, hasNumber: true}
		if i > 0 && strings.HasSuffix(t.Gap, "-") && (t.Gap == "-" || strings.HasSuffix(t.Gap, " -")) && i > 0 && t.Gap != "-" {
			a.number = a.number.Neg()
		}
	case t.Kind == token.Word:
		v, length := r.spelled(i)
		if length == 0 {
			return amountSaid{}, 0
		}
		a, n = amountSaid{number: quantity.Int(int64(v)), hasNumber: true}, length
	default:
		return amountSaid{}, 0
	}
	u, m := r.unit(i+n, true)
	if m == 0 && t.Kind == token.Word {
		return amountSaid{}, 0 // a number word alone is a word
	}
	if t.Kind == token.Word && n == 1 && !u.hasMult && !u.percent() && !r.lex.countsAsTyped(t) {
		return amountSaid{}, 0 // "lam san pham gi", "nam do la bao nhieu"
	}
	u.number, u.decimals, u.hasNumber = a.number, a.decimals, true
	n += m
	if u.hasMult && i+n < len(r.tokens) && r.has(i+n, words.Half) { // 2 tỷ rưỡi
		half, _ := quantity.Int(1).Quo(quantity.Int(2))
		u.number, u.decimals = u.number.Add(half), 1
		n++
		if u.unit == "" {
			if w, k := r.unit(i+n, true); k > 0 && !w.hasMult {
				u.unit, n = w.unit, n+k
			}
		}
	}
	return u, n
}

// scaled is the number at i with its multipliers alone, no unit; length 0 where it has none.
func (r *amountReader) scaled(i int) (amountSaid, int) {
	if r.tokens[i].Kind != token.Number {
		return amountSaid{}, 0
	}
	v, decimals, ok := parseMarked(r.tokens[i].Text, r.comma)
	if !ok {
		return amountSaid{}, 0
	}
	a := amountSaid{number: v, decimals: decimals, hasNumber: true}
	at := i + 1
	for at < len(r.tokens) && joined(r.tokens[at].Gap) {
		power, ok := r.units.Multiplier(r.tokens[at].Fold)
		if !ok || !r.units.Fits(r.tokens[at:at+1]) {
			break
		}
		a.mult += power
		a.hasMult = true
		at++
	}
	if !a.hasMult {
		return amountSaid{}, 0
	}
	return a, at - i
}

// unit reads multipliers and a base unit with its time: "nghìn tỷ đồng", "tr.USD", "%", "tấn/năm". Length 0 if there is none.
func (r *amountReader) unit(i int, afterNumber bool) (amountSaid, int) {
	var a amountSaid
	at := i
	for at < len(r.tokens) {
		power, ok := r.units.Multiplier(r.tokens[at].Fold)
		if !ok || at > i && !joined(r.tokens[at].Gap) || !r.units.Fits(r.tokens[at:at+1]) {
			break
		}
		if r.comma && r.has(at, words.Howmuch) {
			break // "bn" is bao nhiêu in Vietnamese, a billion in English
		}
		if power == 2 && !afterNumber { // "mấy trăm triệu": only a magnitude
			if _, more := r.multiplier(at + 1); !more {
				break
			}
			at++
			continue
		}
		a.mult += power
		a.hasMult = true
		at++
	}
	longest := 0
	if at < len(r.tokens) {
		longest = r.units.Longest(r.tokens[at].Fold)
	}
	for n := min(longest, 4); n >= 1; n-- {
		if at+n > len(r.tokens) || !contiguous(r.tokens[at:at+n], at > i) {
			continue
		}
		if unit, ok := r.units.Base(foldOf(r.tokens[at : at+n])); ok && r.units.Fits(r.tokens[at:at+n]) {
			if n == 1 && !afterNumber && at == i && len(r.tokens[at].Fold) == 1 && r.tokens[at].Kind == token.Word {
				break // a single letter is no unit by itself
			}
			if n == 1 && len(r.tokens[at].Fold) <= 2 && (!afterNumber || !a.hasMult) && isCurrency(unit) && r.tokens[at].Kind == token.Word && !token.Marked(r.tokens[at].Lower) {
				break // "do" is no đô
			}
			a.unit = unit
			at += n
			break
		}
	}
	if a.unit != "" && at < len(r.tokens) {
		gap := strings.TrimSpace(r.tokens[at].Gap)
		if gap == "/" {
			if per, ok := r.units.Time(r.tokens[at].Fold); ok {
				a.unit += quantity.Unit("/" + per)
				at++
			}
		} else if at+1 < len(r.tokens) && a.unit != quantity.Percent && r.isPer(at) && gap == "" {
			if per, ok := r.units.Time(r.tokens[at+1].Fold); ok {
				a.unit += quantity.Unit("/" + per)
				at += 2
			}
		}
	}
	return a, at - i
}

func (r *amountReader) multiplier(i int) (int, bool) {
	if i >= len(r.tokens) {
		return 0, false
	}
	return r.units.Multiplier(r.tokens[i].Fold)
}

// isPer reports whether the token is a word for "per", as in "tấn mỗi năm", "tonnes a year".
func (r *amountReader) isPer(i int) bool { return r.has(i, words.Each) }

func (r *amountReader) has(i int, sense words.Sense) bool {
	for _, m := range r.found[i] {
		if m.class == classWord && m.sense == sense && m.to == i+1 {
			return true
		}
	}
	return false
}

// spelled reads a number in words: "hai trăm", "mười lăm", "two hundred".
func (r *amountReader) spelled(i int) (value, length int) {
	last, total := -1, 0
	for at := i; at < len(r.tokens); at++ {
		f := r.tokens[at].Fold
		v, scale := -1, 0
		for lang := range r.lex.numbers {
			if !r.lex.counts(r.tokens[at]) {
				break // "làm" is no "lăm"
			}
			if x, ok := r.lex.numbers[lang][f]; ok && v < 0 {
				v = x
			}
			if x, ok := r.lex.scales[lang][f]; ok && scale == 0 {
				scale = x
			}
		}
		switch {
		case scale > 0 && last >= 0 && scale != 1000:
			total, last = total+last*scale, -1
		case v == 10 && last > 0 && scale == 0:
			total, last = total+last*10, -1
		case v >= 0 && last < 0:
			last = v
		default:
			if last >= 0 {
				total += last
			}
			return total, at - i
		}
		length = at - i + 1
	}
	if last >= 0 {
		total += last
	}
	return total, length
}

func joined(gap string) bool {
	g := strings.TrimSpace(gap)
	return g == "" || g == "."
}

// contiguous reports whether only blanks, points or hyphens stand between the tokens.
func contiguous(tokens []token.Token, first bool) bool {
	for i, t := range tokens {
		if i == 0 && !first {
			if strings.Trim(t.Gap, " .-\t") != "" {
				return false
			}
			continue
		}
		if g := strings.TrimSpace(t.Gap); g != "" && g != "." && g != "-" {
			return false
		}
	}
	return true
}

func foldOf(tokens []token.Token) string {
	if len(tokens) == 1 {
		return tokens[0].Fold
	}
	size := len(tokens)
	for _, t := range tokens {
		size += len(t.Fold)
	}
	var b strings.Builder
	b.Grow(size)
	for i, t := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Fold)
	}
	return b.String()
}

// parseMarked reads a number with thousands and decimal marks, where comma says that the language's decimal mark is a comma. Both marks: the
// last is the decimal one. One mark repeated: thousands. One mark before exactly three digits: thousands if it is the
// language's thousands mark. Else it is the decimal mark.
func parseMarked(s string, comma bool) (n quantity.Number, decimals int, ok bool) {
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	decimal := byte(0)
	switch {
	case points == 0 && commas == 0:
	case points > 0 && commas > 0:
		decimal = '.'
		if strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.') {
			decimal = ','
		}
		if strings.Count(s, string(decimal)) > 1 {
			return n, 0, false
		}
	case points > 1 || commas > 1:
	default:
		mark := byte('.')
		if commas == 1 {
			mark = ','
		}
		head, tail, _ := strings.Cut(s, string(mark))
		thousands := len(tail) == 3 && len(head) <= 3 && head != "0" && (mark == '.') == comma
		if !thousands {
			decimal = mark
		}
	}
	if !grouped(s, decimal) {
		return n, 0, false
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == decimal && decimal != 0:
			b.WriteByte('.')
		case s[i] != '.' && s[i] != ',':
			b.WriteByte(s[i])
		}
	}
	n, decimals, err := quantity.ParseNumber(b.String())
	return n, decimals, err == nil
}

// grouped reports whether the thousands marks before the decimal mark stand before groups of three digits.
func grouped(s string, decimal byte) bool {
	whole := s
	if decimal != 0 {
		whole, _, _ = strings.Cut(s, string(decimal))
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == '.' || r == ',' })
	if len(groups) < 2 {
		return true
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return len(groups[0]) <= 3
}
