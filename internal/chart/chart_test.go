package chart

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// drawn is a chart as a picture.
func drawn(t *testing.T, c *Chart) image.Image {
	t.Helper()
	data, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	im, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// Every letter of Vietnamese has its shape in both cuts of the font.
func TestFontHasEveryVietnameseLetter(t *testing.T) {
	fonts, err := readFonts()
	if err != nil {
		t.Fatal(err)
	}
	letters := 0
	for _, base := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			letter := []rune(norm.NFC.String(string(base) + tone))
			if len(letter) != 1 {
				t.Fatalf("%q is not one sign", letter)
			}
			letters++
			for i, f := range fonts {
				if index, err := f.GlyphIndex(&sfnt.Buffer{}, letter[0]); err != nil || index == 0 {
					t.Errorf("font %d has no %q", i, letter)
				}
			}
		}
	}
	for _, r := range "đĐ₫…–·%" {
		for i, f := range fonts {
			if index, err := f.GlyphIndex(&sfnt.Buffer{}, r); err != nil || index == 0 {
				t.Errorf("font %d has no %q", i, r)
			}
		}
	}
	if letters != 144 {
		t.Errorf("%d letters were looked at", letters)
	}
}

// Letters whose marks are signs of their own look like those that are one sign.
func TestMarksStandOnTheirLetters(t *testing.T) {
	c := &Chart{Title: "Kỳ kế hoạch của tỉnh Nghệ An", Source: "Nguồn: báo cáo", Rows: []Row{{"Xuất khẩu", "ước đạt", []Bar{{Size: 3, Label: "đạt ỹ"}}}}}
	apart := &Chart{Title: norm.NFD.String(c.Title), Source: norm.NFD.String(c.Source),
		Rows: []Row{{norm.NFD.String("Xuất khẩu"), norm.NFD.String("ước đạt"), []Bar{{Size: 3, Label: norm.NFD.String("đạt ỹ")}}}}}
	if apart.Title == c.Title {
		t.Fatal("the texts do not differ")
	}
	one, _ := c.PNG()
	other, _ := apart.PNG()
	if !bytes.Equal(one, other) {
		t.Error("the pictures differ")
	}
}

// Whatever a chart holds stays on the page, beside an empty margin, and is within what Telegram takes.
func TestNothingLeavesThePage(t *testing.T) {
	chance := rand.New(rand.NewPCG(4, 2))
	words := func(n int) string {
		var list []string
		for range chance.IntN(n) + 1 {
			list = append(list, strings.Repeat("wỸ", chance.IntN(9)+1))
		}
		return strings.Join(list, " ")
	}
	for i := range 12 {
		c := &Chart{Title: words(20), Subtitle: words(9), Source: words(30), Notes: []string{words(40)}, Legend: []Key{{Plain, false, words(5)}, {Plan, true, words(9)}}}
		if i%2 == 0 {
			for range chance.IntN(9) + 1 {
				row := Row{Name: words(9), Remark: words(9)}
				for range chance.IntN(3) + 1 {
					b := Bar{Size: chance.NormFloat64() * math.Pow(10, float64(chance.IntN(9)-3)), Label: words(4), Tone: Tone(chance.IntN(int(tones)))}
					if chance.IntN(2) == 0 {
						b.Inside = words(3)
					}
					row.Bars = append(row.Bars, b)
				}
				c.Rows = append(c.Rows, row)
			}
			if i%4 == 0 {
				c.Mark = &Mark{100, words(2)}
			}
		} else {
			s := &Series{}
			low, high := math.Inf(1), math.Inf(-1)
			for k := range chance.IntN(60) + 1 {
				s.Periods = append(s.Periods, fmt.Sprintf("%d/%d", k%12+1, 2018+k/12))
			}
			line := Line{Name: words(3)}
			for k := range s.Periods {
				if at := chance.NormFloat64() * 1000; k == 0 || chance.IntN(5) > 0 {
					low, high = min(low, at), max(high, at)
					line.Points = append(line.Points, Point{Step: k, At: at, Label: words(1), Open: chance.IntN(4) == 0})
				}
			}
			for _, at := range Axis(low, high, 5) {
				s.Ticks = append(s.Ticks, Tick{at, fmt.Sprint(at)})
			}
			s.Lines, c.Over = []Line{line}, s
		}
		im := drawn(t, c)
		b := im.Bounds()
		if b.Dx()+b.Dy() > 10_000 || b.Dy() > 20*b.Dx() {
			t.Errorf("%d: %v is more than Telegram takes", i, b)
		}
		for y := range b.Dy() {
			for x := range 24 {
				for _, at := range []image.Point{{x, y}, {b.Dx() - 1 - x, y}} {
					if r, g, bl, _ := im.At(at.X, at.Y).RGBA(); r+g+bl != 3*0xffff {
						t.Fatalf("%d: ink at %v of %v", i, at, b)
					}
				}
			}
		}
	}
}

// Axis holds what it is of between round values, with zero where that is near.
func TestAxis(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	for range 5000 {
		low := chance.NormFloat64() * math.Pow(10, float64(chance.IntN(12)-4))
		high := low + chance.ExpFloat64()*math.Pow(10, float64(chance.IntN(12)-4))
		axis := Axis(low, high, 5)
		first, last := axis[0], axis[len(axis)-1]
		slack := (last - first) * 1e-6
		if first > low+slack || last < high-slack || len(axis) < 2 || len(axis) > 8 {
			t.Fatalf("%g to %g: %g", low, high, axis)
		}
		if low > 0 && low < high/2 && first != 0 {
			t.Fatalf("%g to %g begins at %g", low, high, first)
		}
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	if _, err := (&Chart{Title: "x"}).PNG(); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing: %v", err)
	}
	for _, c := range []*Chart{
		{Rows: []Row{{Bars: []Bar{{Size: math.NaN()}}}}},
		{Rows: []Row{{Bars: []Bar{{Size: math.Inf(1)}}}}},
		{Over: &Series{Periods: []string{"1"}, Lines: []Line{{Points: []Point{{Step: 1}}}}, Ticks: []Tick{{0, "0"}, {1, "1"}}}},
		{Over: &Series{Periods: []string{"1"}, Lines: []Line{{Points: []Point{{Step: 0}}}}}},
	} {
		if _, err := c.PNG(); err == nil || errors.Is(err, ErrEmpty) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// The key tells charts apart that look different, and no others.
func TestKey(t *testing.T) {
	of := func(label string) string {
		return (&Chart{Rows: []Row{{Name: "a", Bars: []Bar{{Size: 1, Label: label}}}}}).Key()
	}
	one, again := of("1"), of("1")
	if one != again || one == of("2") || len(one) != 22 {
		t.Errorf("%q %q", of("1"), of("2"))
	}
}

func BenchmarkPNG(b *testing.B) {
	c := &Chart{Title: "Tổng kim ngạch xuất khẩu", Mark: &Mark{100, "kế hoạch"}}
	for i := range 6 {
		c.Rows = append(c.Rows, Row{Name: "Giá trị sản xuất công nghiệp", Remark: "ước đạt 78.000", Bars: []Bar{{Size: float64(60 + 10*i), Inside: "97,5%"}}})
	}
	for b.Loop() {
		if _, err := c.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
