package spell

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		max  int
		want int
	}{
		{"", "", 2, 0}, {"a", "", 2, 1}, {"", "ab", 2, 2}, {"", "abc", 2, 3}, {"khau", "khau", 0, 0}, {"khau", "kahu", 2, 1},
		{"khau", "kahu", 0, 1}, {"xuat", "xaut", 1, 1}, {"xuat khau", "xuat kahu", 2, 1}, {"xuatkhau", "xuatkahu", 2, 1},
		{"ke hoach", "koa hoach", 2, 2}, {"nghiep", "ngiep", 2, 1}, {"nghiep", "nhgiep", 2, 1}, {"nghiep", "nghhiep", 2, 1},
		{"nghiep", "nhiepg", 2, 2}, {"ca", "abc", 3, 3}, {"abcdef", "badcfe", 3, 3}, {"abcdef", "badcfe", 2, 3}, {"đường", "đuờng", 1, 1},
		{"abc", "xyz", 9, 3}, {"abc", "abc", -1, 0}, {"abc", "abd", -1, 1}, {"kitten", "sitting", 5, 3}, {"a", "abcdefgh", 100, 7},
		{"abc", "xyz", int(^uint(0) >> 1), 3}, {strings.Repeat("ab", 100), strings.Repeat("ba", 100), 2, 2},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := Distance(pair[0], pair[1], c.max); got != c.want {
				t.Errorf("Distance(%.20q, %.20q, %d) = %d, want %d", pair[0], pair[1], c.max, got, c.want)
			}
		}
	}
}

// plainDistance is optimal string alignment by its definition, the whole table.
func plainDistance(x, y string) int {
	a, b := []rune(x), []rune(y)
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := d[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			d[i][j] = min(change, d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// few is words of few letters, so that many are near each other; some are longer than the prefix.
func few(r *rand.Rand) string {
	b := make([]byte, 1+r.IntN(16))
	for i := range b {
		b[i] = "abc "[r.IntN(4)]
	}
	return string(b)
}

func TestDistanceAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		a, b := few(r), few(r)
		whole := plainDistance(a, b)
		for max := range 6 {
			if got := Distance(a, b, max); got != min(whole, max+1) {
				t.Fatalf("Distance(%q, %q, %d) = %d, by the whole table %d", a, b, max, got, whole)
			}
		}
	}
	if n := testing.AllocsPerRun(100, func() { Distance("tong kim ngach xuat khau", "tong kim nagch xuat khua", 2) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Near finds exactly what comparing with every word finds.
func TestNearAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	words := make([]string, 1500)
	for i := range words {
		words[i] = few(r)
	}
	d := New(words)
	found := 0
	for range 500 {
		asked := few(r)
		for edits := range 3 {
			var want []Match
			for i, w := range words {
				if n := plainDistance(asked, w); n <= edits && slices.Index(words, w) == i {
					want = append(want, Match{w, n})
				}
			}
			slices.SortStableFunc(want, func(a, b Match) int { return a.Edits - b.Edits })
			found += len(want)
			if got := d.Near(asked, edits); !slices.Equal(got, want) {
				t.Fatalf("Near(%q, %d) = %v\nwant %v", asked, edits, got, want)
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d words found: the test says little", found)
	}
}

func TestNear(t *testing.T) {
	d := New([]string{"khau", "khu", "xuat", "nhap", "xuat khau", "ke hoach", "nghiep", "kim ngach xuat khau hang hoa", "khau", "", "le"})
	for _, c := range []struct {
		asked string
		edits int
		want  string
	}{
		{"khau", 0, "khau:0"}, {"kahu", 0, ""}, {"kahu", 1, "khau:1 khu:1"}, {"kahu", 2, "khau:1 khu:1"}, {"kau", 1, "khau:1 khu:1"},
		{"khau", 2, "khau:0 khu:1 nhap:2"}, {"kau", 2, "khau:1 khu:1"}, {"xuta", 1, "xuat:1"}, {"xuat kahu", 1, "xuat khau:1"}, {"xuatkhau", 1, "xuat khau:1"},
		{"nhgiep", 1, "nghiep:1"}, {"koa hoach", 2, "ke hoach:2"}, {"kim nagch xuat khau hang hao", 2, "kim ngach xuat khau hang hoa:2"},
		{"kim ngach xuat khau hang ho", 1, "kim ngach xuat khau hang hoa:1"}, {"khau", -1, ""}, {"khau", 99, "khau:0 khu:1 nhap:2"},
		{"", 2, "le:2"}, {"\xff\xfe", 2, "le:2"}, {"zzzzz", 2, ""}, {strings.Repeat("k", 1<<16), 2, ""},
	} {
		var got []string
		for _, m := range d.Near(c.asked, c.edits) {
			got = append(got, fmt.Sprintf("%s:%d", m.Word, m.Edits))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("Near(%.20q, %d) = %s, want %s", c.asked, c.edits, s, c.want)
		}
	}
	if d.Len() != 9 {
		t.Errorf("%d words, want 9", d.Len())
	}
	for _, words := range [][]string{nil, {""}, {strings.Repeat("a", maxLetters+1)}} {
		if got := New(words).Near("a", 2); got != nil {
			t.Errorf("without words: %v", got)
		}
	}
}

func TestAllowed(t *testing.T) {
	for phrase, want := range map[string]int{
		"": 0, "le": 0, "ban": 0, "ke h": 0, "khau": 1, "ban le": 1, "nghiep": 1, "xuat khau": 2, "xuatkhau": 2, "2020": 0, "xua61t khau": 0, "đường": 1,
	} {
		if got := Allowed(phrase); got != want {
			t.Errorf("Allowed(%q) = %d, want %d", phrase, got, want)
		}
	}
}

func TestGoroutines(t *testing.T) {
	words := vocabulary(2000)
	d := New(words)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 300 {
				w := words[(i*7+g)%len(words)]
				if got := d.Near(w, 2); len(got) == 0 || got[0] != (Match{w, 0}) {
					t.Errorf("Near(%q) = %v beside others", w, got)
				}
			}
		})
	}
	group.Wait()
}

func FuzzNear(f *testing.F) {
	words := vocabulary(300)
	d := New(words)
	f.Add("xuat kahu", 2)
	f.Add("\xff\x00", 1)
	f.Fuzz(func(t *testing.T, asked string, edits int) {
		last := 0
		for _, m := range d.Near(asked, edits) {
			if m.Edits < last || m.Edits > min(max(edits, 0), 2) || Distance(asked, m.Word, 2) != m.Edits {
				t.Errorf("Near(%q, %d) has %v", asked, edits, m)
			}
			last = m.Edits
		}
	})
}

// vocabulary is n different words and short phrases of Vietnamese syllables without diacritics.
func vocabulary(n int) []string {
	r := rand.New(rand.NewPCG(5, uint64(n)))
	onsets, rhymes := strings.Fields(onsetList), strings.Fields(plainLetters.Replace(rhymeList))
	known := make(map[string]bool, n)
	var words []string
	for len(words) < n {
		var parts []string
		for range 1 + r.IntN(3) {
			parts = append(parts, onsets[r.IntN(len(onsets))]+rhymes[r.IntN(len(rhymes))])
		}
		if w := strings.Join(parts, " "); !known[w] {
			known[w] = true
			words = append(words, w)
		}
	}
	return words
}

func BenchmarkNear(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		words := vocabulary(n)
		d := New(words)
		r := rand.New(rand.NewPCG(6, 7))
		asked := make([]string, 1000)
		for i := range asked { // one swap
			w := []byte(words[r.IntN(n)])
			if k := r.IntN(len(w)); k > 0 {
				w[k], w[k-1] = w[k-1], w[k]
			}
			asked[i] = string(w)
		}
		for edits := 1; edits <= 2; edits++ {
			b.Run(fmt.Sprintf("words=%d/edits=%d", n, edits), func(b *testing.B) {
				b.ReportAllocs()
				var took []time.Duration
				i := 0
				for b.Loop() {
					start := time.Now()
					d.Near(asked[i%len(asked)], edits)
					took = append(took, time.Since(start))
					i++
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2])/1e3, "p50-µs")
				b.ReportMetric(float64(took[len(took)*99/100])/1e3, "p99-µs")
				b.ReportMetric(float64(4*(len(d.holders)+len(d.start)))/float64(n), "bytes/word")
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	words := vocabulary(10_000)
	b.ReportAllocs()
	for b.Loop() {
		New(words)
	}
}

func BenchmarkDistance(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Distance("kim ngach xuat khau", "kim nagch xuat kahu", 2)
	}
}
