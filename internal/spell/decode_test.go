package spell

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"factbot/internal/token"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		// Telex
		{"xuaats", "xuất"}, {"xuaast", "xuất"}, {"xuatas", "xuất"}, {"xuatsa", "xuất"}, {"khaaur", "khẩu"}, {"kharu", "khảu"},
		{"nghieepj", "nghiệp"}, {"nghieejp", "nghiệp"}, {"nghiepej", "nghiệp"}, {"ddatj", "đạt"}, {"ddajt", "đạt"}, {"DDatj", "đạt"},
		{"coong", "công"}, {"thuwowng", "thương"}, {"thuowng", "thương"}, {"thuongw", "thương"}, {"dduwowngf", "đường"},
		{"dduowngf", "đường"}, {"tyr", "tỷ"}, {"tir", "tỉ"}, {"quys", "quý"}, {"quis", "quí"}, {"ddoongf", "đồng"}, {"trieeuj", "triệu"},
		{"bans", "bán"}, {"ler", "lẻ"}, {"hangf", "hàng"}, {"hoas", "hóa"}, {"kees", "kế"}, {"hoachj", "hoạch"}, {"nawm", "năm"},
		{"thangs", "tháng"}, {"taawng", ""}, {"tawng", "tăng"}, {"giamr", "giảm"}, {"giar", "giả"}, {"gif", "gì"}, {"gieengs", "giếng"},
		{"huyeenj", "huyện"}, {"quoocs", "quốc"}, {"quaanj", "quận"}, {"quawngr", "quẳng"}, {"thuowr", "thuở"}, {"ruwowuj", "rượu"},
		{"muaw", "mưa"}, {"luwu", "lưu"}, {"hoawcj", "hoặc"}, {"hoacwj", "hoặc"}, {"thuyr", "thủy"}, {"khuyur", "khuỷu"},
		{"ngoaif", "ngoài"}, {"yeeu", "yêu"}, {"ys", "ý"}, {"dduwowcj", "được"}, {"dduwocj", "được"}, {"vieen", "viên"}, {"neens", "nến"},
		{"ddoo", "đô"}, {"nghees", "nghế"}, {"ngheej", "nghệ"},
		// VNI
		{"xua61t", "xuất"}, {"xuat61", "xuất"}, {"xuat16", "xuất"}, {"kha63u", "khẩu"}, {"khau63", "khẩu"}, {"d9a5t", "đạt"},
		{"d9at5", "đạt"}, {"dat95", "đạt"}, {"D9A5T", "đạt"}, {"nghie65p", "nghiệp"}, {"co6ng", "công"}, {"na8m", "năm"}, {"nam8", "năm"},
		{"thu7o7ng", "thương"}, {"thuong7", "thương"}, {"d9u7o72ng", "đường"}, {"ty3", "tỷ"}, {"hoa1", "hóa"}, {"ba1n", "bán"},
		{"le3", "lẻ"}, {"ke61", "kế"}, {"hoa5ch", "hoạch"}, {"quy1", "quý"}, {"ruou75", "rượu"}, {"to6", "tô"}, {"be6n", "bên"},
		// English
		{"export", ""}, {"exports", ""}, {"import", ""}, {"imports", ""}, {"address", ""}, {"class", ""}, {"plan", ""}, {"goods", ""},
		{"too", ""}, {"area", ""}, {"program", ""}, {"see", ""}, {"seen", ""}, {"been", ""}, {"soon", ""}, {"room", ""}, {"food", ""},
		{"three", ""}, {"need", ""}, {"week", ""}, {"meet", ""}, {"these", ""}, {"there", ""}, {"here", ""}, {"gene", ""}, {"scene", ""},
		{"year", ""}, {"years", ""}, {"order", ""}, {"total", ""}, {"growth", ""}, {"target", ""}, {"data", ""}, {"index", ""},
		{"sales", ""}, {"first", ""}, {"was", ""}, {"what", ""}, {"with", ""}, {"per", ""}, {"for", ""}, {"added", ""}, {"did", ""},
		{"law", ""}, {"new", ""}, {"press", ""}, {"loss", ""}, {"more", ""}, {"were", ""}, {"sector", ""}, {"are", ""}, {"our", ""},
		{"source", ""}, {"project", ""}, {"projects", ""}, {"factory", ""}, {"retail", ""}, {"industry", ""}, {"province", ""}, {"share", ""},
		// no syllable, no mark, no keys
		{"", ""}, {"s", ""}, {"a", ""}, {"ssss", ""}, {"zzz", ""}, {"xuat", ""}, {"công", ""}, {"xuâts", ""}, {"2020", ""}, {"q1", ""}, {"t7", ""},
		{"6t", ""}, {"a66", ""}, {"a11", ""}, {"thang7", ""}, {"thang12", ""}, {"nam2020", ""}, {"covid19", ""}, {"keess", ""}, {"banss", ""},
		{"xuaat", ""}, {"xuaatf", ""}, {"cees", ""}, {"ngees", ""}, {"kaf", ""}, {"xuaats ", ""}, {"\xff\xfes", ""}, {"wwww", ""},
		{"aaaa", ""}, {"nghieeeeengs", ""}, {"d99at5", ""}, {"quc1", ""}, {"qus", ""},
	} {
		got, ok := Decode(c.typed)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Decode(%q) = %q, %v, want %q", c.typed, got, ok, c.want)
		}
	}
}

// common is syllables of reports and questions, in every rhyme family.
const common = `xuất khẩu nhập kim ngạch hàng hóa giá trị sản công nghiệp tổng mức bán lẻ lưu chuyển kế hoạch chỉ tiêu đạt bằng vượt hụt thiếu
so với cùng kỳ năm trước quý tháng ước thực hiện lũy tăng trưởng giảm tỷ đồng triệu nghìn đô tấn lượt khách nghệ tĩnh thái nguyên việt hòa bình
đắk lắk huế đường ngoài nước vốn đầu tư trực tiếp dự án nhà máy xi măng viên nén sinh khối điện tử lỏng dệt may suất cấp huyện thị xã
phường quận giải pháp nguyên nhân khó khăn ảnh hưởng dịch vụ doanh số bưởi chuối rượu bia thuốc giấy gỗ ván ép thủy sản hải ốc ếch ướp yến ỷ ý
quyết khuyến khích quặng quế quốc quả quỹ quét quỳnh giếng giữa giường gì giống khuỷu khuya thuở hoặc loắt xoèn ngoằn nghiêng nguồn được
thưởng buôn muỗi mười cửu hươu tuần khuân tuyển tuyết huých thoát hoạt xoáy đoàn toàn ngoáo đậu sấy bậc nhặt chặng chếch bệnh lệch`

// keys is what is pressed to type a syllable, the tone last or before the next consonant.
func keys(syllable, hat, horn, breve, stroke string, tones map[rune]string, late bool) string {
	var b strings.Builder
	tone := ""
	for _, r := range norm.NFD.String(syllable) {
		switch {
		case r == '\u0302' && hat == "":
			b.WriteByte(b.String()[b.Len()-1]) // Telex doubles the letter
		case r == '\u0302':
			b.WriteString(hat)
		case r == '\u031b':
			b.WriteString(horn)
		case r == '\u0306':
			b.WriteString(breve)
		case r == 'đ':
			b.WriteString("d" + stroke)
		case tones[r] != "": // kept back, since the dot below stands before a circumflex
			tone = tones[r]
		default:
			if !strings.ContainsRune("aeiouy", r) && tone != "" && !late {
				b.WriteString(tone)
				tone = ""
			}
			b.WriteRune(r)
		}
	}
	return b.String() + tone
}

func telexKeys(s string, late bool) string {
	return keys(s, "", "w", "w", "d", map[rune]string{sac: "s", huyen: "f", hoi: "r", nga: "x", nang: "j"}, late)
}

func vniKeys(s string, late bool) string {
	return keys(s, "6", "7", "8", "9", map[rune]string{sac: "1", huyen: "2", hoi: "3", nga: "4", nang: "5"}, late)
}

func TestDecodeUndoesTyping(t *testing.T) {
	n := 0
	for _, s := range strings.Fields(common) {
		if !token.Marked(s) {
			continue
		}
		n++
		for _, late := range []bool{true, false} {
			for _, typed := range []string{telexKeys(s, late), vniKeys(s, late)} {
				if got, ok := Decode(typed); !ok || got != s {
					t.Errorf("Decode(%q) = %q, %v, want %q", typed, got, ok, s)
				}
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d syllables with marks", n)
	}
}

// Every onset with every rhyme in every tone: what is a syllable comes back from both methods, but for what looks English.
func TestDecodeEverySyllable(t *testing.T) {
	n, english := 0, 0
	for _, o := range append(strings.Fields(onsetList), "", "đ") {
		for _, r := range strings.Fields(rhymeList) {
			plain := o
			if o == "đ" {
				plain = "d"
			}
			gotOnset, gotRhyme, ok := syllable(plain+plainLetters.Replace(r), marksOf(r))
			if !ok || gotOnset != plain || gotRhyme != r {
				continue
			}
			for _, tone := range []rune{level, sac, huyen, hoi, nga, nang} {
				s := o + withTone(r, tone)
				if !token.Marked(s) || stopped(r) && tone != sac && tone != nang {
					continue
				}
				n++
				if got, ok := Decode(vniKeys(s, true)); !ok || got != s {
					t.Errorf("Decode(%q) = %q, %v, want %q", vniKeys(s, true), got, ok, s)
				}
				if got, ok := Decode(telexKeys(s, true)); ok && got != s {
					t.Errorf("Decode(%q) = %q, want %q", telexKeys(s, true), got, s)
				} else if !ok {
					english++
					if tone != level || o == "đ" || !strings.Contains("ê ên êm ô ôn ôm", r) {
						t.Errorf("Decode(%q) is nothing, want %q", telexKeys(s, true), s)
					}
				}
			}
		}
	}
	t.Logf("%d syllables with marks; %d of them refused in Telex, which look English", n, english)
	if n < 10_000 {
		t.Errorf("only %d syllables", n)
	}
}

// No two rhymes are told by the same letters and marks.
func TestRhymes(t *testing.T) {
	if n := len(strings.Fields(rhymeList)); n != len(rhymes) {
		t.Errorf("%d rhymes, %d shapes", n, len(rhymes))
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"xuaats", "d9a5t", "too", "", "\xff", "uwowuw", "gi1", "qu9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := Decode(s)
		if !ok {
			if got != "" {
				t.Errorf("Decode(%q) = %q, false", s, got)
			}
			return
		}
		if !token.Marked(got) || !norm.NFC.IsNormalString(got) || strings.ToLower(got) != got || !utf8.ValidString(got) {
			t.Errorf("Decode(%q) = %q: no composed lower-case syllable with a mark", s, got)
		}
		if again, ok := Decode(vniKeys(got, true)); !ok || again != got {
			t.Errorf("Decode(%q) = %q, typed again %q, %v", s, got, again, ok)
		}
		if token.Split(got)[0].Lower != got && !strings.HasSuffix(token.Fold(got), "y") {
			t.Errorf("Decode(%q) = %q, which is settled as %q", s, got, token.Split(got)[0].Lower)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	words := strings.Fields("xuaats xua61t export nghieepj too plan")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Decode(words[i%len(words)])
		i++
	}
}
