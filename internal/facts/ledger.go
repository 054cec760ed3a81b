package facts

import (
	"cmp"
	"math"
	"slices"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

// ledger holds observations as entries of 48 bytes without a pointer in them, so that a country's figures fit a small machine and the collector passes
// them over. What repeats stands once in a register.
type ledger struct {
	entries []entry
	series  seriesRegister
	forms   forms
	sources register[*Source]
	files   register[string]
	remarks register[remark]
	notes   []Text // by remark

	// Once settled:
	first     []int32 // where the entries of each series begin, and behind the last
	calendar  []int32 // by series: its calendar
	calendars calendars
	kept      int     // entries that do not repeat
	uses      []int32 // by remark: entries with it that do not repeat
}

// entry is one observation. The numbers stand for what the registers hold.
type entry struct {
	digits                                   int64 // of the value, see forms
	at                                       period.Period
	series, form, source, remark, file, line int32
	came                                     int32 // place in the order that they came in, that of their documents
	measure                                  Measure
	repeats                                  bool // what its document says already
}

// forms take quantities apart into their digits, a machine word, and what else there is to them, which few of them do not share.
type forms struct {
	register[form]
	odd []quantity.Quantity
}

// form is what a quantity is beside its digits. Of one that does not fit a machine word the digits say which of the odd ones it is.
type form struct {
	unit                   quantity.Unit
	mult, decimals, places int
}

const oddValue = -1

// take is a quantity as its digits and its form.
func (f *forms) take(q quantity.Quantity) (digits int64, number int32) {
	digits, places, ok := q.Decimal()
	if !ok {
		f.odd = append(f.odd, q)
		return int64(len(f.odd) - 1), f.number(form{places: oddValue})
	}
	return digits, f.number(form{unit: q.Unit, mult: q.Mult, decimals: q.Decimals, places: places})
}

// value is the quantity that was taken.
func (f *forms) value(digits int64, number int32) quantity.Quantity {
	is := &f.all[number]
	if is.places == oddValue {
		return f.odd[digits]
	}
	return quantity.Quantity{Number: quantity.OfDecimal(digits, is.places), Unit: is.unit, Mult: is.mult, Decimals: is.decimals}
}

// remark is what few figures have beside their value. A note in other languages than these is kept apart.
type remark struct{ assignedBy, locator, vi, en string }

// register gives numbers to values, from 0 on in the order of their first use.
type register[T comparable] struct {
	all []T
	of  map[T]int32
}

func (r *register[T]) number(v T) int32 {
	if len(r.all) > 0 && r.all[len(r.all)-1] == v { // as mostly
		return int32(len(r.all) - 1)
	}
	if n, ok := r.of[v]; ok {
		return n
	}
	if r.of == nil {
		r.of = map[T]int32{}
	}
	n := int32(len(r.all))
	r.of[v], r.all = n, append(r.all, v)
	return n
}

// seriesRegister gives numbers to series. There are many; of indicators and areas, which they are made of, few.
type seriesRegister struct {
	indicators, areas register[string]
	pairs             register[pair]
}

// pair is an indicator and an area by their numbers.
type pair struct{ indicator, area int32 }

func (r *seriesRegister) len() int { return len(r.pairs.all) }

func (r *seriesRegister) number(key seriesKey) int32 {
	return r.pairs.number(pair{r.indicators.number(key.indicator), r.areas.number(key.area)})
}

// find is the number of a series that has one.
func (r *seriesRegister) find(key seriesKey) (n int32, ok bool) {
	i, ok1 := r.indicators.of[key.indicator]
	a, ok2 := r.areas.of[key.area]
	if !ok1 || !ok2 {
		return 0, false
	}
	n, ok = r.pairs.of[pair{i, a}]
	return n, ok
}

func (r *seriesRegister) key(n int32) seriesKey {
	p := r.pairs.all[n]
	return seriesKey{r.indicators.all[p.indicator], r.areas.all[p.area]}
}

func (r *seriesRegister) keys() []seriesKey {
	all := make([]seriesKey, r.len())
	for n := range all {
		all[n] = r.key(int32(n))
	}
	return all
}

// grow makes room for so many entries altogether.
func (l *ledger) grow(all int) {
	if all > cap(l.entries) {
		l.entries = slices.Grow(l.entries, all+all/50-len(l.entries))
	}
}

// add enters an observation.
func (l *ledger) add(o Observation) {
	e := entry{
		at: o.Period, series: l.series.number(seriesKey{o.Indicator, o.Area}), source: l.sources.number(o.Source), file: l.files.number(o.At.File), line: int32(min(o.At.Line, math.MaxInt32)), measure: o.Measure,
	}
	e.digits, e.form = l.forms.take(o.Value)
	e.remark = l.remarks.number(remark{o.AssignedBy, o.Locator, o.Note["vi"], o.Note["en"]})
	if int(e.remark) == len(l.notes) {
		l.notes = append(l.notes, o.Note)
	}
	e.came = int32(len(l.entries))
	l.entries = append(l.entries, e)
}

func (l *ledger) value(e *entry) quantity.Quantity { return l.forms.value(e.digits, e.form) }

// observation is an entry as it was added.
func (l *ledger) observation(e *entry) Observation {
	key, r := l.series.key(e.series), l.remarks.all[e.remark]
	return Observation{
		Indicator: key.indicator, Area: key.area, Period: e.at, Measure: e.measure, Value: l.value(e), AssignedBy: r.assignedBy, Source: l.sources.all[e.source],
		Locator: r.locator, Note: l.notes[e.remark], At: Place{l.files.all[e.file], int(e.line)},
	}
}

// settle sorts the entries by series, period and document, the newest first, and marks what a document says a second time.
func (l *ledger) settle() {
	l.first = make([]int32, l.series.len()+1)
	for i := range l.entries {
		l.first[l.entries[i].series+1]++
	}
	for s := range l.series.len() {
		l.first[s+1] += l.first[s]
	}
	next := slices.Clone(l.first)
	places := make([]int32, len(l.entries)) // sorted place → place in the order that they came in
	for i := range l.entries {
		s := l.entries[i].series
		places[next[s]] = int32(i)
		next[s]++
	}
	sorted := make([]entry, len(l.entries))
	for s := range l.series.len() {
		some := places[l.first[s]:l.first[s+1]]
		slices.SortStableFunc(some, func(a, b int32) int { return l.compare(&l.entries[a], &l.entries[b]) })
		for i, at := range some {
			sorted[int(l.first[s])+i] = l.entries[at]
		}
	}
	l.entries = sorted
	l.settleSeries()
}

// settleSeries marks what is said twice and notes the periods of each series.
func (l *ledger) settleSeries() {
	l.calendar, l.uses = make([]int32, l.series.len()), make([]int32, len(l.remarks.all))
	var periods []period.Period
	for s := range l.series.len() {
		some := l.of(int32(s))
		periods = periods[:0]
		for i := range some {
			if i == 0 || some[i].at != some[i-1].at {
				periods = append(periods, some[i].at)
			} else if some[i].repeats = l.said(some[:i], &some[i]); some[i].repeats {
				continue
			}
			l.kept++
			l.uses[some[i].remark]++
		}
		l.calendar[s] = l.calendars.number(periods)
	}
}

func (l *ledger) compare(a, b *entry) int {
	if c := period.Compare(a.at, b.at); c != 0 || a.source == b.source {
		return c
	}
	return cmp.Compare(l.sources.all[b.source].date(), l.sources.all[a.source].date())
}

// said reports whether one of the entries before e, which are those of its series as they are sorted, says the same of the same document.
func (l *ledger) said(before []entry, e *entry) bool {
	for i := len(before) - 1; i >= 0 && before[i].at == e.at; i-- {
		b := &before[i]
		if b.source != e.source || b.measure != e.measure || l.remarks.all[b.remark].assignedBy != l.remarks.all[e.remark].assignedBy {
			continue
		}
		if c, err := quantity.Cmp(l.value(b), l.value(e)); err == nil && c == 0 {
			return true
		}
	}
	return false
}

// of are the entries of a series.
func (l *ledger) of(series int32) []entry { return l.entries[l.first[series]:l.first[series+1]] }

// periods are those that a series has entries of.
func (l *ledger) periods(series int32) []period.Period { return l.calendars.all[l.calendar[series]] }

func (s *Source) date() string {
	if s == nil {
		return ""
	}
	return s.Date
}
