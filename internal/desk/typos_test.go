package desk

import (
	"strings"
	"testing"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/synthetic"
)

// One mistyped word of a long name is told by the words around it, and said; a word that is another one is not.
func TestTypoInLongName(t *testing.T) {
	d := open(t, Options{})
	d.Use(facts.NewSnapshot(synthetic.Options{Names: 1000, Observations: 100_000, Seed: 1}.Model()))
	clean := d.Ask(Question{Text: "sản lượng tôm khu vực nhà nước theo giá so sánh Hà Nội năm 2018", Now: today})
	if clean.Status != qa.Answered {
		t.Fatalf("%s: %s", clean.Status, clean.Text())
	}
	for _, typed := range []string{"khuu vực", "khu vựcc", "khu vuực"} {
		r := d.Ask(Question{Text: strings.Replace(clean.Question, "khu vực", typed, 1), Now: today})
		if r.Status != qa.Answered || r.Results[0].Value.Cmp(clean.Results[0].Value.Number) != 0 {
			t.Errorf("%q: %s %s", typed, r.Status, r.Text())
			continue
		}
		if !strings.Contains(r.Text(), "Hiểu “") {
			t.Errorf("%q is mended without a word: %s", typed, r.Text())
		}
	}
	for _, other := range []string{"tôn", "tâm", "cau", "lụa", "sợi tôn"} { // each a word of its own, near a name's
		r := d.Ask(Question{Text: strings.Replace(clean.Question, "tôm", other, 1), Now: today})
		if r.Status == qa.Answered {
			t.Errorf("%q is answered: %s", other, r.Text())
		}
	}
}
