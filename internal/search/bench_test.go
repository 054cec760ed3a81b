package search

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"factbot/internal/token"
)

// Words of which the names of a large catalogue are made. The first of them stand in most names, as they do in life.
var (
	heads = strings.Split("Công ty TNHH|Công ty cổ phần|Nhà máy|Dự án|Khu công nghiệp|Cụm công nghiệp|Kim ngạch xuất khẩu|Sản lượng|"+
		"Giá trị sản xuất|Số lao động|Tỷ lệ|Doanh thu|Chợ|Xã|Huyện|Phường", "|")
	goods = strings.Split("xi măng|viên nén|dệt may|da giày|thủy sản|gạo tẻ|cà phê|hồ tiêu|linh kiện điện tử|đường kính|gỗ dán|phân bón|"+
		"thép cán|gạch men|sữa tươi|bia chai|than đá|đá vôi|giấy bìa|nhựa dẻo|thức ăn chăn nuôi|bao bì|dược liệu|chè xanh", "|")
	onsets = strings.Fields("b c ch d đ g gi h kh l m n ng nh ph qu s t th tr v x")
	rhymes = strings.Fields("a an ang ao âu ay ân ăng e en ê ên iên iêu inh ông ôn ơn ua uân uy ươn ương ải ạnh ắc ệt ốc ỳ ủ")
)

// corpus is n entries of two names each, most of them alike in their beginnings; the same for the same n.
func corpus(n int) []Entry {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	syllable := func() string { return onsets[r.IntN(len(onsets))] + rhymes[r.IntN(len(rhymes))] }
	entries := make([]Entry, n)
	for i := range entries {
		head := heads[min(r.IntN(len(heads)), r.IntN(len(heads)))]
		product := goods[r.IntN(len(goods))]
		own := syllable() + " " + syllable()
		entries[i] = Entry{fmt.Sprintf("e%d", i), []string{head + " " + product + " " + own, product + " " + own + " " + syllable()}}
	}
	return entries
}

// questions is stretches of ten words: part of a name, in another order or with words of the question around it.
func questions(entries []Entry, n int) [][]string {
	r := rand.New(rand.NewPCG(2, uint64(n)))
	around := strings.Fields("nam 2020 dat bao nhieu so voi ke hoach tinh minh la cua")
	asked := make([][]string, n)
	for i := range asked {
		words := token.Words(entries[r.IntN(len(entries))].Names[0])
		switch r.IntN(4) {
		case 0: // a word too few
			words = slices.Delete(words, 0, 1)
		case 1: // the end first
			words = slices.Concat(words[len(words)-2:], words[:len(words)-2])
		case 2: // a word too many in the middle
			words = slices.Insert(words, len(words)/2, "moi")
		}
		for len(words) < 10 {
			words = append(words, around[r.IntN(len(around))])
		}
		asked[i] = words
	}
	return asked
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000, 100_000} { // names
		x := build(b, corpus(n/2))
		asked := questions(corpus(n/2), 1000)
		b.Run(fmt.Sprint("names=", n), func(b *testing.B) {
			percentiles(b, asked, func(words []string) { x.Find(words, 10) })
		})
		b.Run(fmt.Sprint("common/names=", n), func(b *testing.B) { // nothing but what very many names hold
			percentiles(b, [][]string{strings.Fields("cong ty"), strings.Fields("ty tnhh cong co phan san xuat nghiep"), strings.Fields("cong ty tnhh xi mang")},
				func(words []string) { x.Find(words, 10) })
		})
		b.Run(fmt.Sprint("words/names=", n), func(b *testing.B) { // no phrase is known: single words
			back := make([][]string, len(asked))
			for i, words := range asked {
				back[i] = slices.Clone(words)
				slices.Reverse(back[i])
			}
			percentiles(b, back, func(words []string) { x.Find(words, 10) })
		})
	}
}

func BenchmarkText(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		entries := corpus(n / 2)
		for i := range entries { // sentences of some twenty words
			entries[i].Names = []string{strings.Join(append(slices.Clone(entries[i].Names), entries[(i*31+7)%len(entries)].Names...), " ")}
		}
		x := build(b, entries)
		asked := questions(corpus(n/2), 1000)
		b.Run(fmt.Sprint("statements=", n/2), func(b *testing.B) {
			percentiles(b, asked, func(words []string) { x.Text(words, 5) })
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		entries := corpus(n / 2)
		b.Run(fmt.Sprint("names=", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				build(b, entries)
			}
		})
	}
}

// percentiles reports the median and the 99th percentile of f over the questions, in microseconds.
func percentiles(b *testing.B, asked [][]string, f func([]string)) {
	b.ReportAllocs()
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		f(asked[i%len(asked)])
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100])/1e3, "p99-µs")
}

func files(t *testing.T, dir string) (found []string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if path != dir {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
