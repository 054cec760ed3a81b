package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// derived is the realised figure that a period's parts, or two cumulative figures, give. Only flows add up.
func (l line) derived(p period.Period) (picked, bool) {
	if l.ind.Kind != facts.Flow || p.IsZero() {
		return picked{}, false
	}
	if parts := l.tiles(p); parts != nil {
		return l.addedUp(p, parts)
	}
	return l.subtracted(p)
}

// tiles are the fewest stored realised figures whose periods make up p without gap or overlap; nil where there are none.
func (l line) tiles(p period.Period) []picked {
	type reach struct {
		pieces int
		last   picked
		from   int
	}
	var reached map[int]reach // by months covered from the start of p
	run := monthsOf(p)
	for _, q := range l.series.Ending(p) {
		if q == p || !p.Contains(q) {
			continue
		}
		r, ok := l.stored(q, facts.NoMeasure)
		if !ok {
			continue
		}
		if reached == nil {
			reached = map[int]reach{0: {}}
		}
		from := monthsOf(q).first - run.first
		before, ok := reached[from]
		if !ok {
			continue
		}
		to := from + q.Len()
		if had, ok := reached[to]; !ok || before.pieces+1 < had.pieces {
			reached[to] = reach{before.pieces + 1, r, from}
		}
	}
	end, ok := reached[p.Len()]
	if !ok || p.Len() == 0 {
		return nil
	}
	parts := make([]picked, end.pieces)
	for at := p.Len(); at > 0; at = reached[at].from {
		parts[reached[at].pieces-1] = reached[at].last
	}
	return parts
}

// addedUp is the sum of figures as the figure of p; of the least certain measure among them.
func (l line) addedUp(p period.Period, parts []picked) (picked, bool) {
	sum := picked{line: l, period: p, of: parts[0].of, value: parts[0].value, basis: Derived, parts: parts}
	for _, part := range parts[1:] {
		v, err := quantity.Add(sum.value, part.value)
		if err != nil {
			return picked{}, false
		}
		sum.value, sum.of = v, min(sum.of, part.of)
	}
	sum.value.Decimals = quantity.Computed
	return sum, sum.value.Unit != quantity.Percent
}

// subtracted is a part of a year as the cumulative figure up to its end less the one up to its beginning. A negative rest shows that
// the two do not belong together.
func (l line) subtracted(p period.Period) (picked, bool) {
	if p.FirstMonth() == 1 || p.LastYear() != p.Year() {
		return picked{}, false
	}
	whole, ok := l.stored(period.Cumul(p.Year(), p.LastMonth()), facts.NoMeasure)
	if !ok {
		return picked{}, false
	}
	before, ok := l.stored(period.Cumul(p.Year(), p.FirstMonth()-1), facts.NoMeasure)
	if !ok {
		if parts := l.tiles(period.Cumul(p.Year(), p.FirstMonth()-1)); parts != nil {
			before, ok = l.addedUp(period.Cumul(p.Year(), p.FirstMonth()-1), parts)
		}
	}
	if !ok {
		return picked{}, false
	}
	whole, before = sharing(whole, before)
	v, err := quantity.Sub(whole.value, before.value)
	if err != nil || v.Sign() < 0 || v.Unit == quantity.PP {
		return picked{}, false
	}
	return picked{line: l, period: p, of: min(whole.of, before.of), value: v, basis: Derived, parts: []picked{whole, before}}, true
}

// derivation is the remark that a derived figure needs.
func (p picked) derivation() []Note {
	if p.basis != Derived || len(p.parts) == 0 {
		return nil
	}
	n := Note{Code: NoteAddedUp, Name: p.line.ind.Name, Indicator: p.line.ind.ID, Period: p.period, N: len(p.parts)}
	if !p.period.Contains(p.parts[0].period) {
		n.Code, n.Base = NoteSubtracted, p.parts[0].period
	}
	return []Note{n}
}
