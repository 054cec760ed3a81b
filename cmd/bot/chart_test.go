package main

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// The pictures of docs/charts, each with the question that it answers. They are looked at by people, and held here to what is drawn now.
var pictures = []struct{ file, question string }{
	{"plan-and-realised.vi.png", "xuất khẩu 2020 đạt bao nhiêu % KH?"},
	{"plan-and-realised.en.png", "What share of the plan did retail sales reach in 2020?"},
	{"attainment.vi.png", "các chỉ tiêu năm 2020 đạt bao nhiêu % kế hoạch"},
	{"attainment.en.png", "Which indicators missed their plan in 2020?"},
	{"growth.vi.png", "IIP 2020 tăng bao nhiêu?"},
	{"capacities.vi.png", "công suất các dự án"},
}

func TestPictures(t *testing.T) {
	for _, p := range pictures {
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			at := filepath.Join("../../docs/charts", p.file)
			out := filepath.Join(t.TempDir(), "x.png")
			if *updateGolden {
				out = at
			}
			var errors bytes.Buffer
			if status := run([]string{"chart", "-o", out, p.question}, nil, io.Discard, &errors, func(string) string { return "" }); status != 0 {
				t.Fatalf("status %d: %s", status, errors.String())
			}
			want, got := picture(t, at), picture(t, out)
			if want.Bounds() != got.Bounds() {
				t.Fatalf("the picture is %v, the one in docs %v", got.Bounds(), want.Bounds())
			}
			if far := apart(want, got); far > 0.002 {
				t.Errorf("%.2f%% of the picture differ from the one in docs", 100*far)
			}
		})
	}
}

func picture(t *testing.T, file string) image.Image {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	im, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// apart is the share of pixels that differ by more than an edge drawn by another processor does.
func apart(a, b image.Image) float64 {
	differ, all := 0, 0
	bounds := a.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			all++
			if max(dist(ar, br), dist(ag, bg), dist(ab, bb)) > 0x4000 {
				differ++
			}
		}
	}
	return float64(differ) / float64(all)
}

func dist(a, b uint32) uint32 { return max(a, b) - min(a, b) }

// What cannot be drawn is answered in words, and nothing is written.
func TestNoPicture(t *testing.T) {
	out := filepath.Join(t.TempDir(), "x.png")
	var errors bytes.Buffer
	status := run([]string{"chart", "-o", out, "nhập khẩu 2020"}, nil, io.Discard, &errors, func(string) string { return "" })
	if _, err := os.Stat(out); status != statusFound || err == nil || !bytes.Contains(errors.Bytes(), []byte("nhập khẩu: chưa có")) {
		t.Errorf("status %d, file %v, %s", status, err, errors.String())
	}
}
