package quantity

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// TestKept: what was written down is read again exactly.
func TestKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num, den := rapid.Int64().Draw(t, "num"), rapid.Int64Range(1, 1<<40).Draw(t, "den")
		n, _ := Int(num).Quo(Int(den))
		q := Quantity{n, Unit(rapid.SampledFrom([]string{"", "USD", "t/year", "lượt khách"}).Draw(t, "unit")), rapid.IntRange(-3, 12).Draw(t, "mult"), rapid.IntRange(-1, 6).Draw(t, "decimals")}
		text, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		var again Quantity
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatal(err)
		}
		if again.Cmp(q.Number) != 0 || again.Unit != q.Unit || again.Mult != q.Mult || again.Decimals != q.Decimals {
			t.Errorf("%v became %v by %s", q, again, text)
		}
	})
	for _, text := range []string{`{"Number":"1/0"}`, `{"Number":"x"}`, `{"Number":""}`, `7`} {
		var q Quantity
		if err := json.Unmarshal([]byte(text), &q); err == nil {
			t.Errorf("%s is read as %v", text, q)
		}
	}
}
