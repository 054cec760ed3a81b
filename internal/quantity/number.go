// Package quantity has exact numbers with their units. A figure keeps the digits it was written with; arithmetic is exact
// and is rounded once, at the display. It alone knows math/big.
package quantity

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// Number is an exact rational number; the zero value is 0. Numbers are never changed in place.
//
// Nearly all numbers are fractions of two machine words, in lowest terms; what is not is a big one.
type Number struct {
	num  int64    // not math.MinInt64
	less int64    // the denominator less one
	big  *big.Rat // where it does not fit; the others are 0 then
}

// Int is the whole number n.
func Int(n int64) Number {
	if n == math.MinInt64 {
		return Number{big: big.NewRat(n, 1)}
	}
	return Number{num: n}
}

// MaxDigits is how many digits a written number may have.
const MaxDigits = 30

// ParseNumber reads plain decimal notation: an optional sign, digits, and a point before decimals. Thousands marks, exponents and
// decimal commas are not read here. Decimals is the count of digits after the point, as written.
func ParseNumber(s string) (n Number, decimals int, err error) {
	digits := strings.TrimLeft(s, "+-")
	whole, frac, pointed := strings.Cut(digits, ".")
	if len(s)-len(digits) > 1 || !plainDigits(whole) || pointed && !plainDigits(frac) {
		return Number{}, 0, fmt.Errorf("%q is no decimal number", s)
	}
	if len(digits) > MaxDigits {
		return Number{}, 0, fmt.Errorf("%q has more than %d digits", s, MaxDigits)
	}
	if len(whole)+len(frac) <= mostPower {
		v := int64(0)
		for _, part := range [2]string{whole, frac} {
			for i := range len(part) {
				v = v*10 + int64(part[i]-'0')
			}
		}
		if s[0] == '-' {
			v = -v
		}
		return reduced(v, powers[len(frac)]), len(frac), nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Number{}, 0, fmt.Errorf("%q is no decimal number", s)
	}
	return ofRat(r), len(frac), nil
}

// MustNumber is ParseNumber for constants; it panics on what is no number.
func MustNumber(s string) Number {
	n, _, err := ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return n
}

func plainDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// mostPower is the highest power of ten in a machine word.
const mostPower = 18

var powers = func() (p [mostPower + 1]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// reduced is num/den in lowest terms; den is above 0.
func reduced(num, den int64) Number {
	if d := gcd(size(num), size(den)); d > 1 {
		num, den = num/int64(d), den/int64(d)
	}
	return Number{num: num, less: den - 1}
}

// ofRat is a number that math/big has, in machine words where it fits.
func ofRat(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Number{num: r.Num().Int64(), less: r.Denom().Int64() - 1}
	}
	return Number{big: r}
}

func (n Number) den() int64 { return n.less + 1 }

// rat is the number for math/big.
func (n Number) rat() *big.Rat {
	if n.big != nil {
		return n.big
	}
	return big.NewRat(n.num, n.den())
}

// small reports whether both are of machine words.
func small(n, m Number) bool { return n.big == nil && m.big == nil }

func size(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// times is a × b; ok is false where it does not fit.
func times(a, b int64) (c int64, ok bool) {
	hi, lo := bits.Mul64(size(a), size(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	c = int64(lo)
	if (a < 0) != (b < 0) {
		c = -c
	}
	return c, true
}

// plus is a + b; ok is false where it does not fit.
func plus(a, b int64) (c int64, ok bool) {
	c = a + b
	return c, (c > a) == (b > 0) && c != math.MinInt64
}

// Add returns n + m.
func (n Number) Add(m Number) Number {
	if small(n, m) {
		if sum, ok := add(n, m); ok {
			return sum
		}
	}
	return ofRat(new(big.Rat).Add(n.rat(), m.rat()))
}

func add(n, m Number) (Number, bool) {
	if n.less == 0 && m.less == 0 {
		c, ok := plus(n.num, m.num)
		return Number{num: c}, ok
	}
	d := int64(gcd(size(n.den()), size(m.den())))
	a, ok1 := times(n.num, m.den()/d)
	b, ok2 := times(m.num, n.den()/d)
	den, ok3 := times(n.den(), m.den()/d)
	c, ok4 := plus(a, b)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return Number{}, false
	}
	return reduced(c, den), true
}

// Sub returns n − m.
func (n Number) Sub(m Number) Number { return n.Add(m.Neg()) }

// Mul returns n × m.
func (n Number) Mul(m Number) Number {
	if small(n, m) {
		if p, ok := multiply(n.num, n.den(), m.num, m.den()); ok {
			return p
		}
	}
	return ofRat(new(big.Rat).Mul(n.rat(), m.rat()))
}

// multiply is a/b × c/d, both in lowest terms.
func multiply(a, b, c, d int64) (Number, bool) {
	x, y := reduced(a, d), reduced(c, b)
	num, ok1 := times(x.num, y.num)
	den, ok2 := times(x.den(), y.den())
	return Number{num: num, less: den - 1}, ok1 && ok2
}

// Quo returns n / m; ok is false where m is zero.
func (n Number) Quo(m Number) (q Number, ok bool) {
	if m.Sign() == 0 {
		return Number{}, false
	}
	if small(n, m) {
		num, den := m.den(), m.num
		if den < 0 {
			num, den = -num, -den
		}
		if q, ok := multiply(n.num, n.den(), num, den); ok {
			return q, true
		}
	}
	return ofRat(new(big.Rat).Quo(n.rat(), m.rat())), true
}

// Neg returns −n.
func (n Number) Neg() Number {
	if n.big != nil {
		return ofRat(new(big.Rat).Neg(n.big))
	}
	n.num = -n.num
	return n
}

// Abs returns |n|.
func (n Number) Abs() Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}

// Sign is −1, 0 or +1.
func (n Number) Sign() int {
	switch {
	case n.big != nil:
		return n.big.Sign()
	case n.num > 0:
		return 1
	case n.num < 0:
		return -1
	}
	return 0
}

// Cmp is −1, 0 or +1 as n is less than, equal to or greater than m.
func (n Number) Cmp(m Number) int {
	if !small(n, m) {
		return n.rat().Cmp(m.rat())
	}
	s, o := n.Sign(), m.Sign()
	switch {
	case s < o:
		return -1
	case s > o:
		return 1
	}
	hi, lo := bits.Mul64(size(n.num), size(m.den()))
	hi2, lo2 := bits.Mul64(size(m.num), size(n.den()))
	switch {
	case hi < hi2 || hi == hi2 && lo < lo2:
		return -s
	case hi == hi2 && lo == lo2:
		return 0
	}
	return s
}

// Shift returns n × 10^k.
func (n Number) Shift(k int) Number {
	if k == 0 {
		return n
	}
	abs := k
	if abs < 0 {
		abs = -abs
	}
	if n.big == nil && abs <= mostPower {
		by, of := powers[abs], int64(1)
		if k < 0 {
			by, of = of, by
		}
		if p, ok := multiply(n.num, n.den(), by, of); ok {
			return p
		}
	}
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(abs)), nil))
	if k < 0 {
		return ofRat(p.Quo(n.rat(), p))
	}
	return ofRat(p.Mul(n.rat(), p))
}

// parts are |n| rounded to d decimals, half away from zero, as its whole part and its decimals; ok is false where that takes more than machine words.
func (n Number) parts(d int) (whole, decimals uint64, ok bool) {
	if n.big != nil || d < 0 || d > mostPower {
		return 0, 0, false
	}
	den, power := size(n.den()), size(powers[d])
	whole, rest := size(n.num)/den, size(n.num)%den
	hi, lo := bits.Mul64(rest, power)
	decimals, rest = bits.Div64(hi, lo, den) // rest < den, so that this is below 10^d
	if rest >= den-rest {
		decimals++
	}
	if decimals == power {
		whole, decimals = whole+1, 0
	}
	return whole, decimals, true
}

// Round returns n rounded to d decimals, half away from zero. A negative d rounds before the point.
func (n Number) Round(d int) Number {
	if d < 0 {
		return n.Shift(d).Round(0).Shift(-d)
	}
	if whole, decimals, ok := n.parts(d); ok && whole <= math.MaxInt64 {
		r := Number{num: int64(whole)}.Add(reduced(int64(decimals), powers[d]))
		if n.num < 0 {
			return r.Neg()
		}
		return r
	}
	r, ok := new(big.Rat).SetString(n.rat().FloatString(d))
	if !ok {
		return n
	}
	return ofRat(r)
}

// Fixed writes n with exactly d decimals and a point, rounded half away from zero; never "-0".
func (n Number) Fixed(d int) string {
	d = max(d, 0)
	if whole, decimals, ok := n.parts(d); ok {
		b := make([]byte, 0, 48)
		if n.num < 0 && (whole > 0 || decimals > 0) {
			b = append(b, '-')
		}
		b = strconv.AppendUint(b, whole, 10)
		if d > 0 {
			at := len(b)
			b = strconv.AppendUint(b, decimals+size(powers[d]), 10) // a digit in front keeps the zeros
			b[at] = '.'
		}
		return string(b)
	}
	s := n.rat().FloatString(d)
	if strings.HasPrefix(s, "-") && strings.Trim(s, "-0.") == "" {
		return s[1:]
	}
	return s
}

// Exact reports whether n has a finite decimal notation, and how many decimals it needs.
func (n Number) Exact() (decimals int, ok bool) {
	if n.big != nil {
		return n.big.FloatPrec()
	}
	den, twos, fives := n.den(), 0, 0
	for ; den%2 == 0; den /= 2 {
		twos++
	}
	for ; den%5 == 0; den /= 5 {
		fives++
	}
	return max(twos, fives), den == 1
}

// exactFloat bounds the whole numbers that a float64 has exactly.
const exactFloat = 1 << 53

// OfDecimal is the number with these digits, places of them behind the point; there are no more than 18 places.
func OfDecimal(digits int64, places int) Number {
	if digits == math.MinInt64 {
		return Int(digits).Shift(-places)
	}
	return reduced(digits, powers[places])
}

// Decimal is what OfDecimal makes the number of; ok is false where there is no such.
func (n Number) Decimal() (digits int64, places int, ok bool) {
	places, ok = n.Exact()
	if n.big != nil || !ok || places > mostPower {
		return 0, 0, false
	}
	digits, ok = times(n.num, powers[places]/n.den())
	return digits, places, ok
}

// Float is the nearest float64, for machine output only.
func (n Number) Float() float64 {
	if n.big == nil && size(n.num) <= exactFloat && n.den() <= exactFloat {
		return float64(n.num) / float64(n.den())
	}
	f, _ := n.rat().Float64()
	return f
}

// IsInt reports whether n is a whole number.
func (n Number) IsInt() bool {
	if n.big != nil {
		return n.big.IsInt()
	}
	return n.less == 0
}

// String is the exact value: a decimal where there is a finite one, else a fraction ("280/3").
func (n Number) String() string {
	if d, ok := n.Exact(); ok {
		return n.Fixed(d)
	}
	return n.fraction()
}

// fraction is the exact value as a fraction, or as a whole number.
func (n Number) fraction() string {
	switch {
	case n.big != nil:
		return n.big.RatString()
	case n.less == 0:
		return strconv.FormatInt(n.num, 10)
	}
	return strconv.FormatInt(n.num, 10) + "/" + strconv.FormatInt(n.den(), 10)
}
