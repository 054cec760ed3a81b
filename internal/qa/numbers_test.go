package qa

import (
	"strings"
	"testing"
)

func TestParseMarked(t *testing.T) {
	for _, c := range []struct {
		text  string
		comma bool
		want  string
	}{
		{"1.120,5", true, "1120.5"}, {"1,120.5", false, "1120.5"}, {"1,120.5", true, "1120.5"}, {"68.461", true, "68461"}, {"68,461", true, "68.461"}, {"68,461", false, "68461"},
		{"1.120", false, "1.12"}, {"3.000.000", true, "3000000"}, {"1,12", true, "1.12"}, {"93.33", true, "93.33"}, {"0.125", true, "0.125"}, {"2020", true, "2020"},
		{"1.2.3", true, "?"}, {"12.34.567", true, "?"}, {"1,2,3.4,5", false, "?"},
	} {
		n, _, ok := parseMarked(c.text, c.comma)
		got := "?"
		if ok {
			got = n.String()
		}
		if got != c.want {
			t.Errorf("parseMarked(%q, comma %v) = %s, want %s", c.text, c.comma, got, c.want)
		}
	}
}

func TestAmountsOfQuestions(t *testing.T) {
	e := bare(t)
	for text, want := range map[string]string{
		"2.000 triệu USD": "2000 USD e6", "1,2 tỷ USD": "1.2 USD e9", "95 %": "95 percent", "100.000 tấn/năm": "100000 t/year", "2 tỷ rưỡi": "2.5 ? e9", "78 nghìn tỷ": "78 ? e12",
		"10 điểm phần trăm": "10 pp", "100.000 tấn một năm": "100000 t/year", "hai trăm triệu đồng": "200 VND e6", "$1.2 billion": "1.2 USD e9", "1.150 tr.USD": "1150 USD e6",
		"bao nhiêu nghìn tỷ": "unit ? e12", "mấy trăm triệu đô": "unit USD e6", "quy ra tấn/năm": "unit t/year", "bn tỷ": "unit ? e9", "2021 bn tỷ": "unit ? e9",
	} {
		var got []string
		for _, s := range e.read(text, "", "vi", day("2021-01-15")).spans {
			if s.kind != kindAmount && s.kind != kindUnit {
				continue
			}
			unit := string(s.amount.unit)
			if unit == "" {
				unit = "?"
			}
			q := s.amount.quantity("", 0)
			line := "unit " + unit
			if s.kind == kindAmount {
				line = q.Number.String() + " " + unit
			}
			if s.amount.mult != 0 {
				line += " e" + strings.TrimSpace(strings.Split(q.String()+" e", " e")[1])
			}
			got = append(got, line)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %s, want %s   (%s)", text, strings.Join(got, "; "), want, e.Understood(text, "", day("2021-01-15")))
		}
	}
}
