package chart

import (
	"embed"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/text/unicode/norm"
)

// scale is how many pixels a unit of the layout has: phones have two or three to a point.
const scale = 2

// Be Vietnam Pro has every Vietnamese letter. Its licence (OFL 1.1) stands beside it.
//
//go:embed font/*.ttf
var fontFiles embed.FS

// weight is a cut of the font.
type weight uint8

const (
	regular weight = iota
	semibold
)

var readFonts = sync.OnceValues(func() (fonts [2]*opentype.Font, err error) {
	for i, name := range []string{"font/BeVietnamPro-Regular.ttf", "font/BeVietnamPro-SemiBold.ttf"} {
		data, err := fontFiles.ReadFile(name)
		if err != nil {
			return fonts, err
		}
		if fonts[i], err = opentype.Parse(data); err != nil {
			return fonts, err
		}
	}
	return fonts, nil
})

// style is how a text looks.
type style struct {
	size   float64
	weight weight
	ink    color.NRGBA
}

// canvas is drawn on in units of the layout. Without a picture it only measures.
type canvas struct {
	to    *gg.Context // nil: measure only
	probe *gg.Context // measures texts
	fonts [2]*opentype.Font
	faces map[face]font.Face
}

type face struct {
	size   float64
	weight weight
}

func newCanvas() (*canvas, error) {
	fonts, err := readFonts()
	if err != nil {
		return nil, err
	}
	return &canvas{probe: gg.NewContext(1, 1), fonts: fonts, faces: map[face]font.Face{}}, nil
}

// begin lays out a white picture.
func (c *canvas) begin(width, height float64) {
	c.to = gg.NewContext(int(width*scale), int(height*scale))
	c.to.SetColor(paper)
	c.to.Clear()
}

// encode writes the picture as PNG with a palette: a third of the size.
func (c *canvas) encode(w io.Writer) error {
	return png.Encode(w, paletted(c.to.Image()))
}

func (c *canvas) face(s style) font.Face {
	key := face{s.size, s.weight}
	f := c.faces[key]
	if f == nil {
		var err error
		if f, err = opentype.NewFace(c.fonts[s.weight], &opentype.FaceOptions{Size: s.size * scale, DPI: 72, Hinting: font.HintingNone}); err != nil {
			panic(err) // a size that is no number
		}
		c.faces[key] = f
	}
	return f
}

// width is how wide a text is.
func (c *canvas) width(s style, text string) float64 {
	c.probe.SetFontFace(c.face(s))
	w, _ := c.probe.MeasureString(norm.NFC.String(text))
	return w / scale
}

// text writes a line with its left end and base line at a point. Letters and their marks must be one sign each: no library shapes them.
func (c *canvas) text(s style, x, y float64, text string) {
	if c.to == nil {
		return
	}
	c.to.SetFontFace(c.face(s))
	c.to.SetColor(s.ink)
	c.to.DrawString(norm.NFC.String(text), x*scale, y*scale)
}

// lines breaks a text into lines of a width, at most n of them; the last says where more would follow.
func (c *canvas) lines(s style, text string, width float64, n int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		for c.width(s, word) > width { // longer than a line
			cut := len([]rune(word)) / 2
			if cut == 0 {
				break
			}
			for cut > 1 && c.width(s, string([]rune(word)[:cut])) > width {
				cut /= 2
			}
			if line != "" {
				out, line = append(out, line), ""
			}
			out, word = append(out, string([]rune(word)[:cut])), string([]rune(word)[cut:])
		}
		if longer := strings.TrimSpace(line + " " + word); c.width(s, longer) <= width {
			line = longer
			continue
		}
		out, line = append(out, line), word
	}
	if line != "" {
		out = append(out, line)
	}
	if len(out) > n {
		out = out[:n]
		last := []rune(out[n-1])
		for len(last) > 0 && c.width(s, string(last)+"…") > width {
			last = last[:len(last)-1]
		}
		out[n-1] = strings.TrimSpace(string(last)) + "…"
	}
	return out
}

// short is the beginning of a text that fits a width.
func (c *canvas) short(s style, text string, width float64) string {
	if lines := c.lines(s, text, width, 1); len(lines) > 0 {
		return lines[0]
	}
	return ""
}

// bar fills a bar, or outlines one with a line.
func (c *canvas) bar(x, y, width, height float64, fill, line color.NRGBA) {
	if c.to == nil || width <= 0 {
		return
	}
	radius := min(3, width/2)
	c.to.SetColor(fill)
	c.to.DrawRoundedRectangle(x*scale, y*scale, width*scale, height*scale, radius*scale)
	c.to.Fill()
	if line != fill {
		inset := 0.75
		c.to.SetColor(line)
		c.to.SetLineWidth(2 * inset * scale)
		c.to.DrawRoundedRectangle((x+inset)*scale, (y+inset)*scale, max(width-2*inset, 0)*scale, (height-2*inset)*scale, radius*scale)
		c.to.Stroke()
	}
}

// rule draws a straight line.
func (c *canvas) rule(x1, y1, x2, y2, width float64, ink color.NRGBA, dashes ...float64) {
	if c.to == nil {
		return
	}
	for i := range dashes {
		dashes[i] *= scale
	}
	c.to.SetDash(dashes...)
	c.to.SetColor(ink)
	c.to.SetLineWidth(width * scale)
	c.to.DrawLine(x1*scale, y1*scale, x2*scale, y2*scale)
	c.to.Stroke()
	c.to.SetDash()
}

// dot draws a point, open or filled.
func (c *canvas) dot(x, y, radius float64, ink color.NRGBA, open bool) {
	if c.to == nil {
		return
	}
	c.to.SetColor(ink)
	c.to.DrawCircle(x*scale, y*scale, radius*scale)
	c.to.Fill()
	if open {
		c.to.SetColor(paper)
		c.to.DrawCircle(x*scale, y*scale, radius*scale*0.5)
		c.to.Fill()
	}
}

// paletted is a picture in the colours that are drawn with, and what lies between each of them and the paper.
func paletted(im image.Image) *image.Paletted {
	bounds := im.Bounds()
	out := image.NewPaletted(bounds, palette())
	nearest := map[color.RGBA]uint8{}
	rgba, ok := im.(*image.RGBA)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			var at color.RGBA
			if ok {
				at = rgba.RGBAAt(x, y)
			} else {
				at, _ = color.RGBAModel.Convert(im.At(x, y)).(color.RGBA)
			}
			i, seen := nearest[at]
			if !seen {
				i = uint8(out.Palette.Index(at))
				nearest[at] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}

// shades is how many steps lie between a colour and the paper.
const shades = 15

var palette = sync.OnceValue(func() color.Palette {
	out := color.Palette{paper}
	for _, ink := range inks {
		for i := 1; i <= shades; i++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*i + int(b)*(shades-i)) / shades) }
			out = append(out, color.NRGBA{mix(ink.R, paper.R), mix(ink.G, paper.G), mix(ink.B, paper.B), 255})
		}
	}
	return out
})
