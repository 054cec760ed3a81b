package token

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSplit(t *testing.T) {
	for in, want := range map[string]string{
		"Xuất khẩu 2020 đạt bao nhiêu % KH?": "xuat|khau|2020|dat|bao|nhieu|%|kh",
		"1.120,5 tr.USD":      "1.120,5|tr|usd",
		"6T/2020, Q1 và T7":   "6|t|2020|q1|va|t7",
		"Ðắk Lắk":             "dak|lak",
		"hoà hòa thuỷ thủy":   "hoa|hoa|thuy|thuy",
		"tỉ tỷ kì kỳ quí quý": "ty|ty|ky|ky|quy|quy",
		"bán-lẻ công_nghiệp":  "ban|le|cong|nghiep",
		"97,5%KH":             "97,5|%|kh",
		"\u200bNghệ\u00a0An":  "nghe|an",
		"":                    "",
		"🙏!?":                 "",
	} {
		var got []string
		for _, tok := range Split(in) {
			got = append(got, tok.Fold)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("Split(%q) = %s, want %s", in, s, want)
		}
	}
}

func TestConflicts(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		want        int
	}{
		{"xuất", "xuất", 0}, {"xuat", "xuất", 0}, {"xuât", "xuất", 0}, {"lề", "lẻ", 2}, {"lẽ", "lẻ", 1},
		{"đất", "đạt", 2}, {"tầng", "tăng", 2}, {"ban", "bán", 0}, {"bản", "bán", 1}, {"chi", "chỉ", 0}, {"abc", "abd", -1},
	} {
		if got := Conflicts(c.typed, c.word); got != c.want {
			t.Errorf("Conflicts(%s, %s) = %d, want %d", c.typed, c.word, got, c.want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Nghệ An", "hoà bình", "6T/2020", "Ðường 1.120,5%", "ẾẾ\u0301", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		if d := Fold(norm.NFD.String(norm.NFC.String(s))); d != once && norm.NFC.String(s) == s {
			t.Errorf("Fold(NFD %q) = %q, want %q", s, d, once)
		}
		text := Normalize(s)
		for _, tok := range Split(s) {
			if text[tok.Start:tok.End] != tok.Text {
				t.Errorf("token %q does not stand at %d..%d of %q", tok.Text, tok.Start, tok.End, text)
			}
		}
	})
}

// What is passed as settled is what Normalize would leave alone.
func TestSettled(t *testing.T) {
	slow := func(s string) string {
		s = strings.Map(func(r rune) rune {
			if Invisible(r) {
				return -1
			}
			return r
		}, s)
		return replacer.Replace(norm.NFC.String(s))
	}
	for r := rune(0); r < 0x3000; r++ {
		for _, s := range []string{string(r), "a" + string(r), string(r) + "e", "đ" + string(r) + "Ỹ"} {
			if settled(s) && slow(s) != s {
				t.Errorf("%q passes, and would be %q", s, slow(s))
			}
		}
	}
	for _, s := range []string{"xuất khẩu hàng hóa năm 2020 đạt bao nhiêu % KH?", "ĐƯỜNG BỘ", "Ỷ Ỹ ỷ"} {
		if !settled(s) {
			t.Errorf("%q does not pass", s)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"lẻ", "lẽ", true}, {"lẻ", "lé", false}, {"lụa", "lúa", false}, {"sửa", "sữa", true}, {"sửa", "sứa", false}, {"đỏ", "dỏ", false}, {"mỹ", "mỷ", true}, {"xuất", "xuất", true}, {"xuat", "xuất", false}, {"bán", "bá", false}} {
		if got := Alike(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}
