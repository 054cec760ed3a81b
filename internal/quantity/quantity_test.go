package quantity

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"factbot/internal/strictyaml"
	"factbot/locales"
)

func units(t testing.TB) *Units {
	t.Helper()
	data, err := locales.FS.ReadFile("units.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var w UnitWords
	if problems := strictyaml.Load("units.yaml", data, &w); len(problems) > 0 {
		t.Fatal(problems)
	}
	u, err := NewUnits(w)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func of(s string, unit Unit, mult int) Quantity {
	n, d, err := ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return Quantity{n, unit, mult, d}
}

func TestParseNumber(t *testing.T) {
	for in, want := range map[string]struct {
		value    string
		decimals int
	}{"1120.5": {"1120.5", 1}, "012": {"12", 0}, "-0.50": {"-0.5", 2}, "78000": {"78000", 0}, "0.0": {"0", 1}} {
		n, d, err := ParseNumber(in)
		if err != nil || n.String() != want.value || d != want.decimals {
			t.Errorf("ParseNumber(%q) = %s, %d, %v, want %s, %d", in, n, d, err, want.value, want.decimals)
		}
	}
	for _, in := range []string{"", "1,5", "1e5", ".5", "5.", "--1", "1.2.3", "١", strings.Repeat("9", 31), "1_000", "NaN"} {
		if n, _, err := ParseNumber(in); err == nil {
			t.Errorf("ParseNumber(%q) = %s, want an error", in, n)
		}
	}
}

// TestFixed: half away from zero, from the exact value; never -0.
func TestFixed(t *testing.T) {
	third, _ := Int(280).Quo(Int(3))
	for _, c := range []struct {
		n    Number
		d    int
		want string
	}{
		{third, 2, "93.33"}, {MustNumber("0.125"), 2, "0.13"}, {MustNumber("-0.125"), 2, "-0.13"}, {MustNumber("2.5"), 0, "3"}, {MustNumber("-0.004"), 2, "0.00"},
		{MustNumber("14.37"), 2, "14.37"}, {MustNumber("1.005"), 2, "1.01"},
	} {
		if got := c.n.Fixed(c.d); got != c.want {
			t.Errorf("%s with %d decimals: %s, want %s", c.n, c.d, got, c.want)
		}
	}
}

func TestArithmetic(t *testing.T) {
	realised, plan := of("1120", "USD", 6), of("1.2", "USD", 9)
	for name, c := range map[string]struct {
		got  func() (Quantity, error)
		want string
	}{
		"attainment": {func() (Quantity, error) { return Over(realised, plan) }, "280/3 percent"},
		"gap":        {func() (Quantity, error) { return Sub(plan, realised) }, "0.08 USD e9"},
		"growth":     {func() (Quantity, error) { return Growth(of("850", "USD", 6), realised) }, "-675/28 percent"},
		"points":     {func() (Quantity, error) { return Sub(of("15", Percent, 0), of("6.36", Percent, 0)) }, "8.64 pp"},
		"per month":  {func() (Quantity, error) { return Split(of("90480", "VND", 9), 12, "month") }, "7540 VND/month e9"},
		"per year":   {func() (Quantity, error) { return Convert(of("150", "t/day", 0), "t/year", 0) }, "54750 t/year"},
		"times":      {func() (Quantity, error) { return Ratio(of("2", "t/year", 6), of("60000", "t/year", 0)) }, "100/3 times"},
	} {
		got, err := c.got()
		if err != nil || got.String() != c.want {
			t.Errorf("%s: %s, %v, want %s", name, got, err, c.want)
		}
	}
	var unit *UnitError
	if _, err := Add(realised, of("1", "VND", 9)); !errors.As(err, &unit) {
		t.Errorf("adding USD and VND: %v", err)
	}
	if _, err := Growth(realised, of("0", "USD", 6)); !errors.Is(err, ErrZeroBase) {
		t.Errorf("growth over zero: %v", err)
	}
}

func TestAgrees(t *testing.T) {
	exact, _ := Over(of("68461", "VND", 9), of("70000", "VND", 9))
	for stated, want := range map[string]bool{"97.8": true, "97.80": true, "97.9": false, "98": true, "97.801": true} {
		if got := Agrees(of(stated, Percent, 0), exact); got != want {
			t.Errorf("%s agrees with %s: %v, want %v", stated, exact, got, want)
		}
	}
}

func TestUnits(t *testing.T) {
	u := units(t)
	for in, want := range map[string]struct {
		unit Unit
		mult int
	}{
		"tỷ đồng": {"VND", 9}, "nghìn tỷ đồng": {"VND", 12}, "triệu USD": {"USD", 6}, "tr.USD": {"USD", 6}, "tỷ USD": {"USD", 9}, "%": {Percent, 0}, "nghìn tấn": {"t", 3},
		"triệu SP/năm": {"item/year", 6}, "tấn/ngày": {"t/day", 0}, "lượt khách": {"lượt khách", 0}, "Tr.đ": {"VND", 6}, "tấn.km": {"tấn.km", 0}, "nghìn m³": {"m3", 3},
	} {
		unit, mult, _ := u.Parse(in)
		if unit != want.unit || mult != want.mult {
			t.Errorf("Parse(%q) = %s e%d, want %s e%d", in, unit, mult, want.unit, want.mult)
		}
	}
	if got := u.Name("vi", "t/year", 3); got != "nghìn tấn/năm" {
		t.Errorf("thousand tonnes a year in Vietnamese: %q", got)
	}
	if got := u.Name("en", "VND", 9); got != "billion VND" {
		t.Errorf("tỷ đồng in English: %q", got)
	}
}

func TestProperties(t *testing.T) {
	number := rapid.Custom(func(t *rapid.T) Quantity {
		n, _ := Int(rapid.Int64Range(1, 1e12).Draw(t, "n")).Quo(Int(rapid.Int64Range(1, 1000).Draw(t, "d")))
		return Quantity{n, "VND", rapid.SampledFrom([]int{0, 3, 6, 9, 12}).Draw(t, "mult"), Computed}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		share, err := Over(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if back := PartOf(b, share); back.Full().Cmp(a.Full()) != 0 {
			t.Errorf("attainment × plan is %s, not %s", back, a)
		}
		g, _ := Growth(a, b)
		if back := Grown(b, g); back.Full().Cmp(a.Full()) != 0 {
			t.Errorf("grown back: %s, not %s", back, a)
		}
		if base, err := Backcast(a, g); err != nil || base.Full().Cmp(b.Full()) != 0 {
			t.Errorf("back-cast: %s, %v, not %s", base, err, b)
		}
		there, _ := Convert(a, "VND", b.Mult)
		if back, _ := Convert(there, "VND", a.Mult); back.Number.Cmp(a.Number) != 0 {
			t.Errorf("converted there and back: %s, not %s", back, a)
		}
		sum, _ := Add(a, b)
		if rest, _ := Sub(sum, b); rest.Full().Cmp(a.Full()) != 0 {
			t.Errorf("added and taken away: %s, not %s", rest, a)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1120.5", "-0.50", "012", "1e5", "1,5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, d, err := ParseNumber(s)
		if err != nil {
			return
		}
		back, _, err := ParseNumber(n.Fixed(d))
		if err != nil || back.Cmp(n) != 0 {
			t.Errorf("ParseNumber(%q) = %s, written %s and read again %s, %v", s, n, n.Fixed(d), back, err)
		}
	})
}
