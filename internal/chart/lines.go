package chart

import "math"

const (
	plotHeight = 380
	axisWidth  = 170 // of a label at most
)

// over draws lines over time.
func (l *layout) over() {
	s := l.chart.Over
	axis := 0.0
	for _, t := range s.Ticks {
		axis = max(axis, l.width(tick, l.short(tick, t.Label, axisWidth)))
	}
	left, right := margin+axis+12, float64(pageWidth-margin-14)
	top := l.y + 34
	bottom := top + plotHeight
	low, high := s.Ticks[0].At, s.Ticks[len(s.Ticks)-1].At
	x := func(step int) float64 {
		if len(s.Periods) < 2 {
			return (left + right) / 2
		}
		return left + 10 + (right-left-20)*float64(step)/float64(len(s.Periods)-1)
	}
	y := func(at float64) float64 { return bottom - (at-low)/(high-low)*plotHeight }
	for _, t := range s.Ticks {
		at := y(t.At)
		if t.At == 0 {
			l.rule(left, at, right, at, 1.5, grey)
		} else {
			l.rule(left, at, right, at, 1, faint)
		}
		name := l.short(tick, t.Label, axisWidth)
		l.text(tick, left-12-l.width(tick, name), at+6, name)
	}
	l.steps(x, bottom)
	taken := &boxes{}
	for _, line := range s.Lines {
		l.line(line, x, y)
	}
	for _, line := range s.Lines {
		l.labels(line, x, y, taken)
	}
	l.y = bottom + 40
}

// steps writes the periods under the axis, as many as there is room for: the first, the last, and some between.
func (l *layout) steps(x func(int) float64, bottom float64) {
	periods := make([]string, len(l.chart.Over.Periods))
	for i, p := range l.chart.Over.Periods {
		periods[i] = l.short(tick, p, axisWidth)
	}
	last := len(periods) - 1
	widest := 0.0
	for _, p := range periods {
		widest = max(widest, l.width(tick, p))
	}
	every := 1
	for last > 0 && float64(every)*(x(last)-x(0))/float64(last) < widest+16 && every < last {
		every++
	}
	for i := last; i >= 0; i -= every {
		w := l.width(tick, periods[i])
		at := min(max(x(i)-w/2, margin), pageWidth-margin-w)
		l.rule(x(i), bottom, x(i), bottom+6, 1, grey)
		l.text(tick, at, bottom+28, periods[i])
	}
}

// line joins the points of neighbouring periods; where one is missing there is a gap.
func (l *layout) line(line Line, x func(int) float64, y func(float64) float64) {
	_, colour := line.Tone.look()
	for i := 1; i < len(line.Points); i++ {
		a, b := line.Points[i-1], line.Points[i]
		if b.Step == a.Step+1 {
			if b.Open {
				l.rule(x(a.Step), y(a.At), x(b.Step), y(b.At), 3, colour, 7, 5)
			} else {
				l.rule(x(a.Step), y(a.At), x(b.Step), y(b.At), 3, colour)
			}
		}
	}
	radius := 5.5
	if len(l.chart.Over.Periods) > 30 {
		radius = 3.5
	}
	for _, p := range line.Points {
		l.dot(x(p.Step), y(p.At), radius, colour, p.Open)
	}
}

// boxes are places that are written on.
type boxes struct{ list [][4]float64 }

// take takes a place, unless something is there.
func (b *boxes) take(x1, y1, x2, y2 float64) bool {
	for _, o := range b.list {
		if x1 < o[2] && o[0] < x2 && y1 < o[3] && o[1] < y2 {
			return false
		}
	}
	b.list = append(b.list, [4]float64{x1, y1, x2, y2})
	return true
}

// labels writes the numbers of points that have one, the last first, over the point or else under it; where neither is free it is left out.
func (l *layout) labels(line Line, x func(int) float64, y func(float64) float64, taken *boxes) {
	_, colour := line.Tone.look()
	s := style{19, semibold, colour}
	for i := len(line.Points) - 1; i >= 0; i-- {
		p := line.Points[i]
		if p.Label == "" {
			continue
		}
		text := l.short(s, p.Label, axisWidth)
		w := l.width(s, text)
		at := min(max(x(p.Step)-w/2, margin), pageWidth-margin-w)
		low := (i == 0 || line.Points[i-1].At > p.At) && (i+1 == len(line.Points) || line.Points[i+1].At > p.At) // between two lines that rise from it
		for _, dy := range [2]float64{pick(low, 26, -12), pick(low, -12, 26)} {
			base := y(p.At) + dy
			if taken.take(at-4, base-18, at+w+4, base+6) {
				l.text(s, at, base, text)
				break
			}
		}
	}
}

func pick(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

// Axis are round values, at most n+2 of them, from at or below low to at or above high. Where zero is near it is among them.
func Axis(low, high float64, n int) []float64 {
	if low > 0 && low < high*0.6 {
		low = 0
	}
	if high < 0 && high > low*0.6 {
		high = 0
	}
	if low == high {
		low, high = low-math.Max(math.Abs(low)*0.1, 1), high+math.Max(math.Abs(high)*0.1, 1)
	}
	rough := (high - low) / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := power * 10
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*power >= rough {
			step = m * power
			break
		}
	}
	var out []float64
	for i := math.Floor(low/step + 1e-9); ; i++ {
		out = append(out, i*step)
		if i*step >= high-step*1e-9 {
			return out
		}
	}
}
