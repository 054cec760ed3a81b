package chart

import (
	"bytes"
	"errors"
	"image/color"
	"math"
)

// The page, in units of which a phone shows about two to the point: texts of 18 to 30 are then read without a glass.
const (
	pageWidth = 720
	margin    = 32
	inner     = pageWidth - 2*margin
)

// RowsShown is how many rows of bars are drawn; more are too many for a glance.
const RowsShown = 24

// The colours. They differ in lightness too, and each tone is named in the legend or on the bar.
var (
	paper  = color.NRGBA{255, 255, 255, 255}
	ink    = color.NRGBA{26, 32, 44, 255}
	grey   = color.NRGBA{94, 103, 117, 255}
	faint  = color.NRGBA{222, 226, 232, 255}
	blue   = color.NRGBA{24, 95, 165, 255}
	light  = color.NRGBA{84, 152, 217, 255}
	orange = color.NRGBA{186, 86, 12, 255}
	green  = color.NRGBA{34, 130, 84, 255}
	violet = color.NRGBA{122, 78, 168, 255}
	mist   = color.NRGBA{236, 240, 245, 255}

	inks = []color.NRGBA{ink, grey, faint, blue, light, orange, green, violet, mist}
)

// look is the fill and the outline of a tone.
func (t Tone) look() (fill, line color.NRGBA) {
	switch t {
	case Vague:
		return light, blue
	case Plan:
		return mist, grey
	case Missed:
		return orange, orange
	case Second:
		return orange, orange
	case Third:
		return green, green
	case Fourth:
		return violet, violet
	}
	return blue, blue
}

// The texts.
var (
	titled  = style{29, semibold, ink}
	under   = style{20, regular, grey}
	named   = style{22, semibold, ink}
	remark  = style{19, regular, grey}
	label   = style{20, regular, ink}
	inside  = style{19, semibold, paper}
	tick    = style{18, regular, grey}
	noted   = style{18, regular, ink}
	sourced = style{17, regular, grey}
)

// inkOn is what can be read on a bar.
func (t Tone) inkOn() color.NRGBA {
	if t == Plan || t == Vague {
		return ink
	}
	return paper
}

// ErrEmpty is that a chart shows nothing.
var ErrEmpty = errors.New("a chart without figures")

// PNG draws a chart: 1,440 pixels wide, as high as it needs. The error is ErrEmpty, or that a length is no number.
func (c *Chart) PNG() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	to, err := newCanvas()
	if err != nil {
		return nil, err
	}
	l := &layout{canvas: to, chart: c}
	height := l.page()
	to.begin(pageWidth, math.Ceil(height))
	l.page()
	var b bytes.Buffer
	if err := to.encode(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (c *Chart) check() error {
	n := 0
	for _, r := range c.Rows {
		for _, b := range r.Bars {
			if math.IsNaN(b.Size) || math.IsInf(b.Size, 0) {
				return errors.New("a bar of no length")
			}
			n++
		}
	}
	if c.Over != nil {
		for _, line := range c.Over.Lines {
			for _, p := range line.Points {
				if math.IsNaN(p.At) || math.IsInf(p.At, 0) || p.Step < 0 || p.Step >= len(c.Over.Periods) {
					return errors.New("a point of no place")
				}
				n++
			}
		}
		if len(c.Over.Ticks) < 2 {
			return errors.New("an axis of less than two values")
		}
	}
	if n == 0 {
		return ErrEmpty
	}
	return nil
}

// layout puts one thing under the other; y is where the next begins.
type layout struct {
	*canvas
	chart *Chart
	y     float64
}

// page lays out everything and says how high it is.
func (l *layout) page() float64 {
	l.y = margin - 4
	for _, line := range l.balanced(titled, l.chart.Title, 3) {
		l.y += 36
		l.text(titled, margin, l.y-7, line)
	}
	if l.chart.Subtitle != "" {
		l.wrapped(under, l.chart.Subtitle, 27, 3)
	}
	l.y += 8
	l.legend()
	l.y += 8
	if l.chart.Over != nil {
		l.over()
	} else {
		l.rows()
	}
	for _, n := range l.chart.Notes {
		l.note(n)
	}
	if l.chart.Source != "" {
		l.y += 8
		l.rule(margin, l.y, pageWidth-margin, l.y, 1, faint)
		l.y += 6
		l.wrapped(sourced, l.chart.Source, 24, 3)
	}
	return l.y + margin - 12
}

// balanced breaks a text into no more lines than it needs, as even as they come: no last line of one word.
func (l *layout) balanced(s style, text string, n int) []string {
	lines := l.lines(s, text, inner, n)
	for width := float64(inner); len(lines) > 1 && width > inner/2; width -= 8 {
		narrow := l.lines(s, text, width, n+1)
		if len(narrow) > len(lines) {
			break
		}
		lines = narrow
	}
	return lines
}

// wrapped writes a text over the whole width.
func (l *layout) wrapped(s style, text string, leading float64, n int) {
	for _, line := range l.lines(s, text, inner, n) {
		l.y += leading
		l.text(s, margin, l.y-leading*0.2, line)
	}
}

// note writes a doubt, with a sign before it.
func (l *layout) note(text string) {
	const indent = 30
	l.y += 8
	l.dot(margin+10, l.y+13, 10, orange, false)
	l.text(style{17, semibold, paper}, margin+7.6, l.y+19, "!")
	for _, line := range l.lines(noted, text, inner-indent, 4) {
		l.y += 25
		l.text(noted, margin+indent, l.y-5, line)
	}
}

// legend names the tones, as many to a line as fit.
func (l *layout) legend() {
	const box, gap = 18, 24
	x := float64(margin)
	for i, k := range l.chart.Legend {
		name := l.short(tick, k.Name, inner-box-8)
		width := box + 8 + l.width(tick, name)
		if i == 0 || x+width > pageWidth-margin {
			x = margin
			l.y += 28
		}
		fill, line := k.Tone.look()
		if k.Open {
			l.dot(x+box/2, l.y-9, 6, line, true)
		} else {
			l.bar(x, l.y-16, box, 14, fill, line)
		}
		l.text(tick, x+box+8, l.y-3, name)
		x += width + gap
	}
}
