package reply

import (
	"math/rand"
	"strings"
	"testing"

	"factbot/internal/quantity"
)

func computedQuantity(a, b string, unit quantity.Unit, mult int) quantity.Quantity {
	n, _ := quantity.MustNumber(a).Quo(quantity.MustNumber(b))
	return quantity.Quantity{Number: n, Unit: unit, Mult: mult, Decimals: quantity.Computed}
}

func TestAmount(t *testing.T) {
	p := newPrinter(t)
	for _, c := range []struct {
		q      quantity.Quantity
		vi, en string
	}{
		{figure("1120.5", "USD", 6), "1.120,5 triệu USD", "1,120.5 million USD"},
		{figure("78000", "VND", 9), "78.000 tỷ đồng", "78,000 billion VND"},
		{figure("1149.20", "USD", 6), "1.149,20 triệu USD", "1,149.20 million USD"}, // stored digits stay
		{figure("62.5", "item/year", 6), "62,5 triệu sản phẩm/năm", "62.5 million items/year"},
		{figure("-0.0", "percent", 0), "0,0%", "0.0%"},
		{computedQuantity("280", "3", "percent", 0), "93,33%", "93.33%"},
		{computedQuantity("195", "2", "percent", 0), "97,5%", "97.5%"},
		{computedQuantity("0.125", "1", "pp", 0), "0,13 điểm %", "0.13 pp"},       // half away from zero
		{computedQuantity("-0.125", "1", "pp", 0), "-0,13 điểm %", "-0.13 pp"},    // on both sides
		{computedQuantity("-0.001", "1", "percent", 0), "0%", "0%"},               // never -0
		{computedQuantity("1", "250", "VND", 9), "4 triệu đồng", "4 million VND"}, // too small for billions
		{computedQuantity("14365", "1000", "percent", 0), "14,37%", "14.37%"},
		{computedQuantity("1234567", "1", "count", 0), "1.234.567", "1,234,567"},
		{figure("999", "t", 0), "999 tấn", "999 t"},
		{figure("1.5", "t", 4), "15 nghìn tấn", "15 thousand t"}, // no word for 10^4
		{figure("5", "VND", -2), "0,05 đồng", "0.05 VND"},
		{figure("3", "con", 0), "3 con", "3 con"},
	} {
		if got := p.Amount("vi", c.q); got != c.vi {
			t.Errorf("vi %v: %q, want %q", c.q, got, c.vi)
		}
		if got := p.Amount("en", c.q); got != c.en {
			t.Errorf("en %v: %q, want %q", c.q, got, c.en)
		}
	}
}

func TestExact(t *testing.T) {
	p := newPrinter(t)
	for _, c := range []struct {
		q    quantity.Quantity
		want string
	}{
		{computedQuantity("68461", "1000", "VND", 12), "68,461 nghìn tỷ đồng"},
		{computedQuantity("68461000", "1", "VND", 6), "68.461.000 triệu đồng"},
		{computedQuantity("1", "1024", "t", 0), "0,0009765625 tấn"},
		{computedQuantity("2000000", "365", "t/day", 0), "≈ 5.479,45 tấn/ngày"},
		{figure("1.50", "USD", 9), "1,50 tỷ USD"},
	} {
		if got := p.exact("vi", c.q); got != c.want {
			t.Errorf("%v: %q, want %q", c.q, got, c.want)
		}
	}
}

// read is the plain notation of a number written for a reader.
func read(lang, s string) string {
	if lang == English {
		return strings.ReplaceAll(s, ",", "")
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
}

func checkGrouped(t *testing.T, n quantity.Number, decimals int) {
	t.Helper()
	for _, lang := range languages {
		s := grouped(lang, n.Fixed(decimals))
		back, _, err := quantity.ParseNumber(read(lang, s))
		if err != nil || back.Cmp(n.Round(decimals)) != 0 {
			t.Errorf("%s: %s with %d decimals is written %q and read back as %s (%v)", lang, n, decimals, s, back, err)
		}
		whole, _, _ := strings.Cut(strings.TrimPrefix(s, "-"), map[string]string{Vietnamese: ",", English: "."}[lang])
		groups := strings.FieldsFunc(whole, func(r rune) bool { return r == '.' || r == ',' })
		for i, g := range groups {
			if len(g) > 3 || i > 0 && len(g) != 3 {
				t.Errorf("%s: %q is grouped wrongly", lang, s)
			}
		}
		if strings.HasPrefix(s, "-") && strings.Trim(s, "-0.,") == "" {
			t.Errorf("%s: %q is a negative zero", lang, s)
		}
	}
}

func TestGroupedReadsBack(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 2000 {
		n, _ := quantity.Int(random.Int63n(1<<50) - 1<<49).Quo(quantity.Int(1 + random.Int63n(1000)))
		checkGrouped(t, n, random.Intn(6))
	}
}

func FuzzGrouped(f *testing.F) {
	f.Add(int64(112050), int64(100), uint8(2))
	f.Add(int64(-1), int64(1000), uint8(2))
	f.Add(int64(999999999), int64(1), uint8(0))
	f.Fuzz(func(t *testing.T, a, b int64, d uint8) {
		n, ok := quantity.Int(a).Quo(quantity.Int(b))
		if !ok {
			return
		}
		checkGrouped(t, n, int(d%8))
		q := quantity.Quantity{Number: n, Unit: "percent", Decimals: quantity.Computed}
		want := n.Round(decimalsShown)
		got, _, err := quantity.ParseNumber(read("vi", digits("vi", q)))
		if err != nil || got.Cmp(want) != 0 {
			t.Errorf("%s is shown as %q", n, digits("vi", q))
		}
	})
}
