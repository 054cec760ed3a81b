package search

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"

	"factbot/internal/token"
)

// catalogue is a small catalogue of the kinds of things that an index holds.
var catalogue = []Entry{
	{"export_total", []string{"Tổng kim ngạch xuất khẩu", "kim ngạch xuất khẩu", "xuất khẩu", "total exports", "exports"}},
	{"export_goods", []string{"Xuất khẩu hàng hóa", "goods exports"}},
	{"import_total", []string{"Tổng kim ngạch nhập khẩu", "nhập khẩu", "imports"}},
	{"industry_value", []string{"Giá trị sản xuất công nghiệp", "GTSXCN", "value of industrial production"}},
	{"iip", []string{"Chỉ số sản xuất công nghiệp", "IIP", "industrial production index"}},
	{"retail", []string{"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "bán lẻ", "retail sales"}},
	{"nghe-an", []string{"Nghệ An", "tỉnh Nghệ An"}},
	{"dak-lak", []string{"Ðắk Lắk"}}, // with the Icelandic letter
	{"vinh", []string{"thành phố Vinh", "Vinh"}},
	{"hoa-binh", []string{"Hoà Bình"}},
	{"cement", []string{"Nhà máy Xi măng Tân Thắng", "xi măng"}},
	{"pellets", []string{"Dự án sản xuất viên nén sinh khối của Công ty TNHH Biomass Fuel Việt Nam", "viên nén", "wood pellets"}},
	{"dkc", []string{"Công ty CP Năng lượng DKC", "viên nén"}},
	{"glucose", []string{"Dây chuyền sản xuất đường lỏng Glucose", "đường"}},
	{"garment", []string{"Nhà máy may Nam Thuận", "may mặc", "garment"}},
}

func build(t testing.TB, entries []Entry) *Index {
	t.Helper()
	x, err := Build(entries)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestFind(t *testing.T) {
	x := build(t, catalogue)
	for _, c := range []struct{ asked, want string }{ // want: the first ids, in order
		// phrases
		{"tổng kim ngạch xuất khẩu", "export_total"},
		{"kim ngạch xuất", "export_total"},
		{"xuất khẩu các hàng hóa", "export_goods"},
		{"hàng hóa xuất khẩu", "export_goods"}, // another order
		{"giá trị công nghiệp", "industry_value"},
		{"sản xuất công nghiệp", "industry_value iip"}, // a tie: the order given
		{"chỉ số công nghiệp", "iip"},
		{"tổng mức bán lẻ tiêu dùng", "retail"},
		{"industrial production", "iip industry_value"}, // the closer name
		{"production industrial index", "iip"},
		{"Tân Thắng xi măng nhà máy", "cement"},
		{"nhà máy Tân Thắng", "cement"},
		{"công ty biomass fuel", "pellets"},
		{"công ty năng lượng", "dkc"},
		{"viên nén", "pellets dkc"}, // an alias of both
		{"nhà máy may", "garment cement"},
		// single words
		{"vinh", "vinh"},
		{"IIP", "iip"},
		{"iip của tỉnh mình", "iip"},
		{"glucose", "glucose"},
		{"khẩu xuất", "export_total"}, // no pair in this order: both words, then the closest
		{"fuel biomass", "pellets"},
		{"exports", "export_total export_goods"},
		// writing
		{"Nghệ An", "nghe-an"},
		{"an nghe", "nghe-an"},
		{"an", "nghe-an"},
		{"nghe an", "nghe-an"},
		{"đắk lắk", "dak-lak"},
		{"dak lak", "dak-lak"},
		{"hòa bình", "hoa-binh"},
		{"hoa binh", "hoa-binh"},
		{"đường lỏng", "glucose"},
		{norm.NFD.String("đường lỏng"), "glucose"},
		{norm.NFD.String("Nghệ An"), "nghe-an"},
		{"XUẤT-KHẨU HÀNG_HÓA", "export_goods"},
	} {
		got := x.Find(token.Words(c.asked), 5)
		want := strings.Fields(c.want)
		if len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("Find(%q) = %q, want first %q", c.asked, got, want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	x := build(t, catalogue)
	long := strings.Repeat("x", 1<<16)
	for _, words := range [][]string{
		nil, {}, {""}, {" "}, {"khong", "biet"}, {"\xff\xfe"}, {long}, {"xuat khau"}, {"Xuất"}, {"*"}, {"xuat*"}, {"+xuat", "-khau"}, {`"`}, {"\x00"},
	} {
		if got := x.Find(words, 5); len(got) != 0 {
			t.Errorf("Find(%.40q) = %q, want nothing", words, got)
		}
		if got := x.Text(words, 5); len(got) != 0 {
			t.Errorf("Text(%.40q) = %v, want nothing", words, got)
		}
	}
	for _, limit := range []int{0, -1} {
		if got := x.Find([]string{"xuat", "khau"}, limit); got != nil {
			t.Errorf("limit %d: %q, want nothing", limit, got)
		}
	}
	if got := x.Find([]string{"xuat", "khau"}, 1<<40); len(got) < 2 {
		t.Errorf("a very large limit: %q, want all that share the phrase", got)
	}
	if got := x.Find(slices.Repeat([]string{"xuat", "khau", "vinh"}, 10_000), 3); len(got) != 3 {
		t.Errorf("30,000 words: %q, want three ids", got)
	}
}

func TestEmpty(t *testing.T) {
	for _, entries := range [][]Entry{nil, {}, {{ID: "a"}}, {{"a", []string{"", "  ", "!?", "\xff"}}}} {
		x := build(t, entries)
		if got := x.Find([]string{"a", "b"}, 5); len(got) != 0 {
			t.Errorf("%v: Find gives %q, want nothing", entries, got)
		}
		if got := x.Text([]string{"a"}, 5); len(got) != 0 {
			t.Errorf("%v: Text gives %v, want nothing", entries, got)
		}
	}
	if _, err := Build([]Entry{{"a", []string{"x"}}, {"", []string{"Nghệ An"}}}); err == nil || !strings.Contains(err.Error(), "Nghệ An") {
		t.Errorf("an entry without id: %v, want an error that names it", err)
	}
}

// A known question hits each field, and no other field is there: an analyzer that got lost would give no error, only no hits.
func TestFields(t *testing.T) {
	x := build(t, catalogue)
	names, err := x.reader.Fields()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	if want := []string{"_id", phraseField, wordField}; !slices.Equal(names, want) {
		t.Errorf("fields %q, want %q", names, want)
	}
	for _, c := range []struct{ field, text string }{
		{phraseField, "xuat khau"}, {phraseField, "kim ngach xuat"}, {phraseField, "nghe an"}, {phraseField, "dak lak"},
		{wordField, "an"}, {wordField, "duong"}, {wordField, "iip"}, {wordField, "hoa"},
	} {
		s := x.ask(strings.Fields(c.text))
		s.add(c.text, 1, 1)
		if !x.gather(s, c.field) {
			t.Errorf("field %s has nothing under %q", c.field, c.text)
		}
		x.release(s)
	}
	for _, c := range []struct{ field, text string }{{phraseField, "xuat"}, {wordField, "xuat khau"}, {wordField, "xuất"}, {wordField, "đ"}} {
		s := x.ask(nil)
		s.add(c.text, 1, 1)
		if x.gather(s, c.field) {
			t.Errorf("field %s has %q, which belongs to another or is not folded", c.field, c.text)
		}
		x.release(s)
	}
}

func TestText(t *testing.T) {
	x := build(t, []Entry{
		{"s1", []string{"Đẩy mạnh xuất khẩu những mặt hàng chế biến có giá trị gia tăng cao", "giải pháp xuất khẩu"}},
		{"s2", []string{"Xây dựng hạ tầng cụm công nghiệp, hạ tầng cung cấp điện", "giải pháp hạ tầng"}},
		{"s3", []string{"Cấp điện cho đồng bào dân tộc tại các bản chưa có điện"}},
		{"s4", []string{"Do ảnh hưởng dịch Covid-19, xuất khẩu không đạt kế hoạch", "nguyên nhân"}},
		{"s5", []string{"Xuất khẩu nguyên liệu thô giảm dần"}},
		{"s6", []string{"Xuất khẩu nguyên liệu thô giảm dần"}},
	})
	for _, c := range []struct{ asked, want string }{
		{"hạ tầng điện", "s2:ha,tang,dien s1:tang s3:dien"}, // tăng folds to tang
		{"điện hạ tầng cụm", "s2:dien,ha,tang,cum s1:tang s3:dien"},
		{"nguyên nhân xuất khẩu covid", "s4:nguyen,nhan,xuat,khau,covid s5:nguyen,xuat,khau s6:nguyen,xuat,khau s1:xuat,khau"},
		{"đồng bào", "s3:dong,bao"},
		{"giải pháp giải pháp", "s1:giai,phap s2:giai,phap"},
		{"du lịch", ""},
	} {
		var got []string
		for _, h := range x.Text(token.Words(c.asked), 4) {
			got = append(got, h.ID+":"+strings.Join(h.Words, ","))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("Text(%q) = %s\nwant %s", c.asked, s, c.want)
		}
	}
}

// Equal candidates come in the order given, however the index numbers its documents, and one id comes once.
func TestTies(t *testing.T) {
	var entries []Entry
	var want []string
	for i := range 200 {
		id := fmt.Sprintf("f%03d", (i*7919+13)%1000)
		entries = append(entries, Entry{id, []string{"Nhà máy điện"}}, Entry{id, []string{"nhà máy điện"}})
		want = append(want, id)
	}
	for range 3 {
		x := build(t, entries)
		for _, asked := range []string{"nhà máy", "máy nhà", "điện", "nhà máy điện gió"} {
			if got := x.Find(token.Words(asked), 32); !slices.Equal(got, want[:32]) {
				t.Errorf("Find(%q) = %q\nwant %q", asked, got, want[:32])
			}
		}
	}
}

// A rare word that belongs to no known phrase finds its entry although many others hold the phrase beside it.
func TestRareWord(t *testing.T) {
	entries := []Entry{{"biomass", []string{"Công ty TNHH Biomass Fuel Việt Nam"}}}
	for i := range 500 {
		entries = append(entries, Entry{fmt.Sprint(i), []string{fmt.Sprintf("Nhà máy số %d", i)}})
	}
	x := build(t, entries)
	for _, asked := range []string{"nhà máy biomass", "biomass của nhà máy", "nhà máy số fuel"} {
		if got := x.Find(token.Words(asked), 5); len(got) != 5 || !slices.Contains(got, "biomass") {
			t.Errorf("Find(%q) = %q, want biomass among five", asked, got)
		}
	}
}

// What too many entries hold is found by the shortest names, and together with another such word by those that hold both.
func TestCommon(t *testing.T) {
	var entries []Entry
	for i := range 3 * budget {
		name := fmt.Sprintf("Công ty số %d tại xã %d", i, i)
		if i%2 == 0 {
			name = fmt.Sprintf("Công ty khai thác số %d tại xã %d", i, i)
		}
		entries = append(entries, Entry{fmt.Sprint(i), []string{name}})
	}
	entries = append(entries,
		Entry{"short", []string{"Công ty"}},
		Entry{"mixed", []string{"Tỉnh thác Công ty tại xa số khai"}})
	x := build(t, entries)
	for _, c := range []struct{ asked, want string }{
		{"công ty", "short"},
		{"ty công", "short"},
		{"công ty số 77", "77"},
		{"số công ty tại 91", "91"},
		{"xa số khai", "mixed"},
	} {
		if got := x.Find(token.Words(c.asked), 3); len(got) == 0 || got[0] != c.want {
			t.Errorf("Find(%q) = %q, want %q first", c.asked, got, c.want)
		}
	}
	if again := build(t, entries); !slices.Equal(x.Find([]string{"cong", "ty"}, 20), again.Find([]string{"cong", "ty"}, 20)) {
		t.Error("two indexes of the same names answer differently")
	}
}

// Each name of the catalogue finds its entry: whole, without diacritics, decomposed, and with a word too many.
func TestEveryName(t *testing.T) {
	x := build(t, catalogue)
	for _, e := range catalogue {
		for _, name := range e.Names {
			for _, asked := range []string{name, token.Fold(name), norm.NFD.String(name), strings.ToUpper(name), name + " zzz", "zzz " + name} {
				if got := x.Find(token.Words(asked), 5); !slices.Contains(got, e.ID) {
					t.Errorf("Find(%q) = %q, want %s among them", asked, got, e.ID)
				}
			}
		}
	}
}

// In memory and by way of files the same is found, and the files are gone.
func TestOnDisk(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	entries := corpus(bulk/2 + 1) // two names each
	x := build(t, entries)
	y := &Index{names: x.names, ids: x.ids}
	b, err := inMemory(entries)
	if err != nil {
		t.Fatal(err)
	}
	if err := y.open(b); err != nil {
		t.Fatal(err)
	}
	for _, asked := range questions(entries, 300) {
		if a, b := x.Find(asked, 10), y.Find(asked, 10); !slices.Equal(a, b) {
			t.Errorf("Find(%q): %q by files, %q in memory", asked, a, b)
		}
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestGoroutines(t *testing.T) {
	entries := corpus(3000)
	x := build(t, entries)
	asked := questions(entries, 200)
	want := make([][]string, len(asked))
	for i, q := range asked {
		want[i] = x.Find(q, 10)
	}
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range asked {
				i = (i + g*25) % len(asked)
				if got := x.Find(asked[i], 10); !slices.Equal(got, want[i]) {
					t.Errorf("Find(%q) = %q beside others, %q alone", asked[i], got, want[i])
				}
				x.Text(asked[i], 5)
			}
		})
	}
	group.Wait()
}

// An index nobody holds any more lets go of bleve, with its goroutines.
func TestReleased(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 5 {
		x := build(t, catalogue)
		if len(x.Find([]string{"xuat", "khau"}, 1)) != 1 {
			t.Fatal("found nothing")
		}
	}
	for range 1000 {
		runtime.GC()
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

func FuzzFind(f *testing.F) {
	x := build(f, catalogue)
	for _, s := range []string{"xuất khẩu 2020", "nghệ an", "", "\xff \x00", "an an an", "kim ngạch xuất khẩu xuất khẩu"} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		for _, words := range [][]string{token.Words(s), strings.Split(s, " ")} {
			got := x.Find(words, limit)
			if len(got) > max(limit, 0) || len(got) > len(catalogue) {
				t.Errorf("Find(%q, %d) gives %d ids", words, limit, len(got))
			}
			if again := x.Find(words, limit); !slices.Equal(got, again) {
				t.Errorf("Find(%q, %d) = %q, then %q", words, limit, got, again)
			}
			for i, id := range got {
				if slices.Contains(got[:i], id) {
					t.Errorf("Find(%q, %d) = %q: an id twice", words, limit, got)
				}
			}
			for _, h := range x.Text(words, limit) {
				if len(h.Words) == 0 {
					t.Errorf("Text(%q) = %v without a word", words, h)
				}
			}
		}
	})
}

// What is known at hand of words and phrases is what the index has.
func TestCounts(t *testing.T) {
	x := build(t, catalogue)
	counted := 0
	check := func(field string, words []uint32, want uint32) {
		t.Helper()
		text := make([]string, len(words))
		for name, n := range x.names.number {
			for i, w := range words {
				if w == n {
					text[i] = name
				}
			}
		}
		r, err := x.reader.TermFieldReader(t.Context(), []byte(strings.Join(text, " ")), field, false, false, false)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if uint64(want) != r.Count() {
			t.Errorf("%q: %d at hand, %d in the index", text, want, r.Count())
		}
		counted++
	}
	for w, n := range x.names.held {
		check(wordField, []uint32{uint32(w)}, n)
	}
	for p, h := range x.names.side {
		words := p[:]
		if p[2] == none {
			words = p[:2]
		}
		check(phraseField, words, h.entries)
	}
	var all int
	for _, field := range []string{wordField, phraseField} {
		dict, err := x.reader.FieldDict(field)
		if err != nil {
			t.Fatal(err)
		}
		for e, err := dict.Next(); e != nil; e, err = dict.Next() {
			if err != nil {
				t.Fatal(err)
			}
			all++
		}
		if err := dict.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if counted != all || all == 0 {
		t.Errorf("%d terms at hand, %d in the index", counted, all)
	}
}
