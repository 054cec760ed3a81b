package chart

import "math"

const (
	barHeight = 26
	barGap    = 6
	rowGap    = 18
	labelGap  = 8
)

// rows draws the bars of each row under its name, all to one scale, beginning at zero.
func (l *layout) rows() {
	rows := l.chart.Rows[:min(len(l.chart.Rows), RowsShown)]
	zero, unit := l.fit(rows)
	top := l.y
	if l.chart.Mark != nil {
		l.y += 26
	}
	begin := l.y
	for _, r := range rows {
		l.y += rowGap
		l.name(r)
		from := l.y
		for _, b := range r.Bars {
			l.one(b, zero, unit)
		}
		l.rule(zero, from-2, zero, l.y-barGap+2, 1.5, grey)
	}
	l.y += rowGap / 2
	if m := l.chart.Mark; m != nil {
		x := zero + m.At*unit
		l.rule(x, begin+4, x, l.y, 1.5, ink, 5, 4)
		name := l.short(tick, m.Label, inner)
		width := l.width(tick, name)
		l.text(style{tick.size, tick.weight, ink}, min(max(x-width/2, margin), pageWidth-margin-width), top+20, name)
	}
	l.y += 6
}

// fit is where zero stands and how long a unit is, so that every bar has room for its label: that of a bar to the left stands to the right of zero.
func (l *layout) fit(rows []Row) (zero, unit float64) {
	left, right := 0.0, 0.0 // the longest bars to either side
	for _, r := range rows {
		for _, b := range r.Bars {
			left, right = max(left, -b.Size), max(right, b.Size)
		}
	}
	if m := l.chart.Mark; m != nil {
		right = max(right, m.At)
	}
	if left+right == 0 {
		return margin, 0
	}
	unit = inner / (left + right)
	for range 4 { // a shorter bar may have no room for what is inside
		was := unit
		for _, r := range rows {
			for _, b := range r.Bars {
				if w := l.labelWidth(l.settled(b, was)); w > 0 {
					if length := left + max(b.Size, 0); length > 0 {
						unit = min(unit, (inner-labelGap-w)/length)
					}
				}
			}
		}
		if unit == was {
			break
		}
	}
	return margin + left*unit, unit
}

// labelWidth is the width that a label takes beside its bar; one too long for that stands on its own line.
func (l *layout) labelWidth(b Bar) float64 {
	if w := l.width(label, b.Label); w <= inner*0.6 {
		return w
	}
	return 0
}

// settled is a bar with what it has inside beside it, where it is too short for that.
func (l *layout) settled(b Bar, unit float64) Bar {
	if b.Inside == "" || l.width(inside, b.Inside)+2*labelGap <= math.Abs(b.Size)*unit {
		return b
	}
	if b.Label != "" {
		b.Inside = b.Label + " · " + b.Inside
	}
	b.Label, b.Inside = b.Inside, ""
	return b
}

// name writes a row's name, and its remark beside it where there is room.
func (l *layout) name(r Row) {
	lines := l.lines(named, r.Name, inner, 2)
	for _, line := range lines {
		l.y += 28
		l.text(named, margin, l.y-6, line)
	}
	if r.Remark != "" {
		x := float64(margin)
		if len(lines) > 0 {
			x += l.width(named, lines[len(lines)-1]) + 14
		}
		if x+l.width(remark, r.Remark) <= pageWidth-margin {
			l.text(remark, x, l.y-6, r.Remark)
		} else {
			for _, line := range l.lines(remark, r.Remark, inner, 2) {
				l.y += 24
				l.text(remark, margin, l.y-5, line)
			}
		}
	}
	l.y += 4
}

// one draws a bar and what stands in it and at its end.
func (l *layout) one(b Bar, zero, unit float64) {
	b = l.settled(b, unit)
	fill, line := b.Tone.look()
	length := max(math.Abs(b.Size)*unit, 2)
	left, at := zero, zero+length+labelGap
	if b.Size < 0 {
		left, at = zero-length, zero+labelGap
	}
	l.bar(left, l.y, length, barHeight, fill, line)
	if b.Inside != "" {
		within := inside
		within.ink = b.Tone.inkOn()
		x := left + length - labelGap - l.width(inside, b.Inside)
		if b.Size < 0 {
			x = left + labelGap
		}
		if m := l.chart.Mark; m != nil { // not under the mark
			if mark := zero + m.At*unit; x < mark+4 && x+l.width(inside, b.Inside) > mark-6 {
				x = mark - 6 - l.width(inside, b.Inside)
			}
		}
		l.text(within, x, l.y+barHeight-7, b.Inside)
	}
	base := l.y + barHeight - 6
	l.y += barHeight + barGap
	if b.Label == "" {
		return
	}
	if l.labelWidth(b) == 0 {
		for _, text := range l.lines(label, b.Label, inner, 2) {
			l.y += 25
			l.text(label, margin, l.y-11, text)
		}
		return
	}
	if m := l.chart.Mark; m != nil && b.Size >= 0 { // not across the mark
		if x := zero + m.At*unit; at < x+4 && at+l.width(label, b.Label) > x-4 && x+labelGap+l.width(label, b.Label) <= pageWidth-margin {
			at = x + labelGap
		}
	}
	l.text(label, at, base, b.Label)
}
