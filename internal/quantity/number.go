// Package quantity has exact numbers with their units. A figure keeps the digits it was written with; arithmetic is exact
// and is rounded once, at the display. It alone knows math/big.
package quantity

import (
	"fmt"
	"math/big"
	"strings"
)

// Number is an exact rational number; the zero value is 0. Numbers are never changed in place.
type Number struct{ r *big.Rat }

// Int is the whole number n.
func Int(n int64) Number { return Number{big.NewRat(n, 1)} }

// MaxDigits is how many digits a written number may have.
const MaxDigits = 30

// ParseNumber reads plain decimal notation: an optional sign, digits, and a point before decimals. Thousands marks, exponents and
// decimal commas are not read here. Decimals is the count of digits after the point, as written.
func ParseNumber(s string) (n Number, decimals int, err error) {
	digits := strings.TrimLeft(s, "+-")
	whole, frac, _ := strings.Cut(digits, ".")
	if len(s)-len(digits) > 1 || !plainDigits(whole) || strings.Contains(digits, ".") && !plainDigits(frac) {
		return Number{}, 0, fmt.Errorf("%q is no decimal number", s)
	}
	if len(digits) > MaxDigits {
		return Number{}, 0, fmt.Errorf("%q has more than %d digits", s, MaxDigits)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Number{}, 0, fmt.Errorf("%q is no decimal number", s)
	}
	return Number{r}, len(frac), nil
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

var zero = new(big.Rat)

func (n Number) rat() *big.Rat {
	if n.r == nil {
		return zero
	}
	return n.r
}

// Add returns n + m.
func (n Number) Add(m Number) Number { return Number{new(big.Rat).Add(n.rat(), m.rat())} }

// Sub returns n − m.
func (n Number) Sub(m Number) Number { return Number{new(big.Rat).Sub(n.rat(), m.rat())} }

// Mul returns n × m.
func (n Number) Mul(m Number) Number { return Number{new(big.Rat).Mul(n.rat(), m.rat())} }

// Quo returns n / m; ok is false where m is zero.
func (n Number) Quo(m Number) (q Number, ok bool) {
	if m.Sign() == 0 {
		return Number{}, false
	}
	return Number{new(big.Rat).Quo(n.rat(), m.rat())}, true
}

// Neg returns −n.
func (n Number) Neg() Number { return Number{new(big.Rat).Neg(n.rat())} }

// Abs returns |n|.
func (n Number) Abs() Number { return Number{new(big.Rat).Abs(n.rat())} }

// Sign is −1, 0 or +1.
func (n Number) Sign() int { return n.rat().Sign() }

// Cmp is −1, 0 or +1 as n is less than, equal to or greater than m.
func (n Number) Cmp(m Number) int { return n.rat().Cmp(m.rat()) }

// Shift returns n × 10^k.
func (n Number) Shift(k int) Number {
	if k == 0 {
		return n
	}
	abs := k
	if abs < 0 {
		abs = -abs
	}
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(abs)), nil))
	if k < 0 {
		return Number{new(big.Rat).Quo(n.rat(), p)}
	}
	return Number{new(big.Rat).Mul(n.rat(), p)}
}

// Round returns n rounded to d decimals, half away from zero. A negative d rounds before the point.
func (n Number) Round(d int) Number {
	if d < 0 {
		return n.Shift(d).Round(0).Shift(-d)
	}
	r, ok := new(big.Rat).SetString(n.rat().FloatString(d))
	if !ok {
		return n
	}
	return Number{r}
}

// Fixed writes n with exactly d decimals and a point, rounded half away from zero; never "-0".
func (n Number) Fixed(d int) string {
	s := n.rat().FloatString(max(d, 0))
	if strings.HasPrefix(s, "-") && strings.Trim(s, "-0.") == "" {
		return s[1:]
	}
	return s
}

// Exact reports whether n has a finite decimal notation, and how many decimals it needs.
func (n Number) Exact() (decimals int, ok bool) { return n.rat().FloatPrec() }

// Float is the nearest float64, for machine output only.
func (n Number) Float() float64 {
	f, _ := n.rat().Float64()
	return f
}

// IsInt reports whether n is a whole number.
func (n Number) IsInt() bool { return n.rat().IsInt() }

// String is the exact value: a decimal where there is a finite one, else a fraction ("280/3").
func (n Number) String() string {
	if d, ok := n.Exact(); ok {
		return n.Fixed(d)
	}
	return n.rat().RatString()
}
