package quantity

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// wide are numbers of every size: small ones, those at the edge of machine words and those beyond.
func wide(r *rand.Rand) *big.Rat {
	part := func() *big.Int {
		switch r.IntN(6) {
		case 0:
			return big.NewInt(r.Int64N(3))
		case 1:
			return big.NewInt(r.Int64N(2000))
		case 2:
			return big.NewInt(powers[r.IntN(len(powers))])
		case 3:
			return big.NewInt(math.MaxInt64 - r.Int64N(3))
		case 4:
			return new(big.Int).Add(big.NewInt(math.MaxInt64), big.NewInt(r.Int64N(3)))
		}
		return big.NewInt(r.Int64())
	}
	num, den := part(), part()
	if den.Sign() == 0 {
		den = big.NewInt(1)
	}
	if r.IntN(2) == 0 {
		num.Neg(num)
	}
	return new(big.Rat).SetFrac(num, den)
}

// Whatever the size, a number is what math/big makes of it, and equal numbers are equal values.
func TestNumberIsBig(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	is := func(what string, got Number, want *big.Rat) {
		t.Helper()
		if got.rat().Cmp(want) != 0 {
			t.Fatalf("%s is %s, want %s", what, got.rat(), want)
		}
		if got.big == nil != (ofRat(want).big == nil) || got.big == nil && got != ofRat(want) {
			t.Fatalf("%s is kept as %+v, want %+v", what, got, ofRat(want))
		}
	}
	for range 200_000 {
		a, b := wide(r), wide(r)
		n, m := ofRat(new(big.Rat).Set(a)), ofRat(new(big.Rat).Set(b))
		is("n", n, a)
		is("n+m", n.Add(m), new(big.Rat).Add(a, b))
		is("n-m", n.Sub(m), new(big.Rat).Sub(a, b))
		is("n*m", n.Mul(m), new(big.Rat).Mul(a, b))
		is("-n", n.Neg(), new(big.Rat).Neg(a))
		is("|n|", n.Abs(), new(big.Rat).Abs(a))
		if q, ok := n.Quo(m); ok != (b.Sign() != 0) {
			t.Fatalf("%s / %s: %v", a, b, ok)
		} else if ok {
			is("n/m", q, new(big.Rat).Quo(a, b))
		}
		if n.Cmp(m) != a.Cmp(b) || n.Sign() != a.Sign() || n.IsInt() != a.IsInt() {
			t.Fatalf("%s to %s: %d, sign %d, whole %v", a, b, n.Cmp(m), n.Sign(), n.IsInt())
		}
		if f, _ := a.Float64(); n.Float() != f {
			t.Fatalf("%s as a float is %v, want %v", a, n.Float(), f)
		}
		d := r.IntN(22)
		want := a.FloatString(d)
		rounded, _ := new(big.Rat).SetString(want)
		is("n rounded", n.Round(d), rounded)
		if strings.HasPrefix(want, "-") && rounded.Sign() == 0 {
			want = want[1:]
		}
		if got := n.Fixed(d); got != want {
			t.Fatalf("%s to %d decimals is %s, want %s", a, d, got, want)
		}
		k := r.IntN(45) - 22
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(k, -k))), nil))
		if k < 0 {
			ten.Inv(ten)
		}
		is("n shifted", n.Shift(k), new(big.Rat).Mul(a, ten))
		prec, exact := a.FloatPrec()
		if got, ok := n.Exact(); ok != exact || ok && got != prec {
			t.Fatalf("%s needs %d decimals, %v; want %d, %v", a, got, ok, prec, exact)
		}
		if digits, places, ok := n.Decimal(); ok {
			is("n from its digits", OfDecimal(digits, places), a)
		} else if n.big == nil && exact && prec < 10 && n.num < 1_000_000 && n.num > -1_000_000 {
			t.Fatalf("%s has no digits", a)
		}
		if n.fraction() != a.RatString() {
			t.Fatalf("%s is written %s", a, n.fraction())
		}
	}
}

// A written number is read as math/big reads it.
func TestParseIsBig(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 100_000 {
		var b strings.Builder
		b.WriteString([]string{"", "-", "+"}[r.IntN(3)])
		digits := func(n int) {
			for range n {
				b.WriteByte(byte('0' + r.IntN(10)))
			}
		}
		digits(1 + r.IntN(20))
		places := 0
		if r.IntN(2) == 0 {
			places = 1 + r.IntN(9)
			b.WriteByte('.')
			digits(places)
		}
		n, decimals, err := ParseNumber(b.String())
		want, ok := new(big.Rat).SetString(b.String())
		if len(strings.TrimLeft(b.String(), "+-")) > MaxDigits {
			ok = false
		}
		if ok != (err == nil) || ok && (n.rat().Cmp(want) != 0 || decimals != places) {
			t.Fatalf("%s is %s with %d decimals, %v", b.String(), n, decimals, err)
		}
	}
}
