package reply

import (
	"strings"

	"factbot/internal/quantity"
)

// decimalsShown is how many decimals a computed figure is shown with at most.
const decimalsShown = 2

// grouped writes plain decimal notation ("-1120.50") the reader's way: 1.120,50 in Vietnamese, 1,120.50 in English.
func grouped(lang, s string) string {
	thousands, point := byte('.'), byte(',')
	if lang == English {
		thousands, point = ',', '.'
	}
	whole, frac, hasFrac := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	b.Grow(len(s) + len(whole)/3 + 1)
	b.WriteString(sign)
	for i := 0; i < len(whole); i++ {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(thousands)
		}
		b.WriteByte(whole[i])
	}
	if hasFrac {
		b.WriteByte(point)
		b.WriteString(frac)
	}
	return b.String()
}

// digits writes a quantity's number: the digits of the source where there is one; what is computed rounded half away from zero to two
// decimals, without trailing zeros.
func digits(lang string, q quantity.Quantity) string {
	if q.Decimals >= 0 {
		d := q.Decimals
		if needed, ok := q.Exact(); ok && needed > d {
			d = needed
		}
		return grouped(lang, q.Fixed(d))
	}
	return grouped(lang, trimmed(q.Fixed(decimalsShown)))
}

// exactDigits writes every decimal that a number has. One without an end, such as a third, is rounded and says so.
func exactDigits(lang string, q quantity.Quantity) string {
	d, ok := q.Exact()
	if !ok {
		return "≈ " + grouped(lang, trimmed(q.Fixed(decimalsShown)))
	}
	return grouped(lang, q.Fixed(max(d, q.Decimals)))
}

func trimmed(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// vanishes reports whether a computed number that is not zero would be shown as zero.
func vanishes(q quantity.Quantity) bool {
	return q.Decimals < 0 && q.Sign() != 0 && q.Round(decimalsShown).Sign() == 0
}

// mostShift bounds the powers of ten that are written out.
const mostShift = 30

// scaled is a quantity with a multiplier that the language has a word for, and small enough for the number to be seen. The number stays
// exact.
func (p *Printer) scaled(lang string, q quantity.Quantity) quantity.Quantity {
	if q.Mult > mostShift || q.Mult < -mostShift {
		return q
	}
	for (q.Mult > 0 && vanishes(q)) || !p.units.Scale(lang, q.Mult) {
		mult := max(q.Mult-1, 0)
		if q.Mult < 0 {
			mult = 0
		}
		decimals := q.Decimals
		if decimals >= 0 {
			decimals = max(decimals-(q.Mult-mult), 0)
		}
		q.Number, q.Mult, q.Decimals = q.Number.Shift(q.Mult-mult), mult, decimals
	}
	return q
}

// amount writes a quantity with its unit: 1.120 triệu USD, 93,33%, 62,5 triệu sản phẩm/năm.
func (p *Printer) amount(lang string, q quantity.Quantity) string {
	q = p.scaled(lang, q)
	return p.withUnit(lang, digits(lang, q), q)
}

// exact writes a quantity with its unit and all its decimals.
func (p *Printer) exact(lang string, q quantity.Quantity) string {
	return p.withUnit(lang, exactDigits(lang, q), q)
}

func (p *Printer) withUnit(lang, number string, q quantity.Quantity) string {
	unit := clean(p.units.Name(lang, q.Unit, q.Mult))
	switch {
	case unit == "":
		return number
	case strings.HasPrefix(unit, "%"):
		return number + unit
	}
	return number + " " + unit
}

// size is a quantity without its sign.
func size(q quantity.Quantity) quantity.Quantity {
	q.Number = q.Number.Abs()
	return q
}
