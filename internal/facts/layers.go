package facts

import (
	"cmp"
	"iter"
	"slices"
)

// layers are the observations of a snapshot: those of a ledger, which snapshots share and nothing changes, and above it another with all that is known
// of the series that have changed since. So an update costs what it changes, not what there is.
type layers struct {
	below *ledger
	above *ledger // nil while nothing has changed

	moved []bool          // by series of below: it stands above
	left  map[int32]int32 // by remark of below: entries with it that were left behind in a series that moved
	kept  int             // observations in both
	rank  map[string]int  // the files of both, in the order in which they are loaded
}

// single is a settled ledger alone.
func single(l *ledger) layers { return layers{below: l, kept: l.kept} }

// find is where a series stands: its ledger, its number there, and its number among all.
func (f *layers) find(key seriesKey) (in *ledger, n int32, slot int, ok bool) {
	if f.above != nil {
		if n, ok = f.above.series.find(key); ok {
			return f.above, n, f.below.series.len() + int(n), true
		}
	}
	n, ok = f.below.series.find(key)
	return f.below, n, int(n), ok
}

// slots is how many numbers find gives.
func (f *layers) slots() int {
	n := f.below.series.len()
	if f.above != nil {
		n += f.above.series.len()
	}
	return n
}

// name makes a series known that has no entries.
func (f *layers) name(key seriesKey) {
	if _, _, _, ok := f.find(key); ok {
		return
	}
	l := f.below
	if f.above != nil {
		l = f.above
	}
	l.series.number(key)
	l.first = append(l.first, int32(len(l.entries)))
	l.calendar = append(l.calendar, l.calendars.number(nil))
}

// series are all those with entries.
func (f *layers) series() iter.Seq[seriesKey] {
	return func(yield func(seriesKey) bool) {
		for n := range int32(f.below.series.len()) {
			if (f.moved == nil || !f.moved[n]) && len(f.below.of(n)) > 0 && !yield(f.below.series.key(n)) {
				return
			}
		}
		if f.above == nil {
			return
		}
		for n := range int32(f.above.series.len()) {
			if len(f.above.of(n)) > 0 && !yield(f.above.series.key(n)) {
				return
			}
		}
	}
}

// placed is an entry with its ledger.
type placed struct {
	in *ledger
	*entry
}

// all are the entries of both layers in the order of their documents, with those that repeat.
func (f *layers) all() iter.Seq[placed] {
	return func(yield func(placed) bool) {
		order := make([]int32, len(f.below.entries))
		for i := range f.below.entries {
			order[f.below.entries[i].came] = int32(i)
		}
		var above []placed
		if f.above != nil {
			for i := range f.above.entries {
				above = append(above, placed{f.above, &f.above.entries[i]})
			}
			slices.SortStableFunc(above, f.compare)
		}
		for _, at := range order {
			e := placed{f.below, &f.below.entries[at]}
			if f.moved != nil && f.moved[e.series] {
				continue
			}
			for len(above) > 0 && f.compare(above[0], e) < 0 {
				if !yield(above[0]) {
					return
				}
				above = above[1:]
			}
			if !yield(e) {
				return
			}
		}
		for _, e := range above {
			if !yield(e) {
				return
			}
		}
	}
}

// compare is by file, and within a file by the order in which its entries came.
func (f *layers) compare(a, b placed) int {
	return cmp.Or(cmp.Compare(f.rank[a.in.files.all[a.file]], f.rank[b.in.files.all[b.file]]), cmp.Compare(a.came, b.came))
}

// observations are all of both layers in the order of their documents.
func (f *layers) observations() iter.Seq[Observation] {
	return func(yield func(Observation) bool) {
		for e := range f.all() {
			if !e.repeats && !yield(e.in.observation(e.entry)) {
				return
			}
		}
	}
}

// assigners are those who assigned what was observed, sorted.
func (f *layers) assigners() []string {
	var all []string
	add := func(l *ledger, left map[int32]int32) {
		for n, r := range l.remarks.all {
			if r.assignedBy != "" && l.uses[n] > left[int32(n)] {
				all = append(all, r.assignedBy)
			}
		}
	}
	add(f.below, f.left)
	if f.above != nil {
		add(f.above, nil)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// compactFrom says when both layers are put into one: from one in so many observations on that stands above, or that lies below for nothing.
const compactFrom = 4

// with are the layers after another load: what fresh has, and of what there was the entries of the files that were kept. Files are all
// there are now, in the order in which they are loaded.
func (f *layers) with(fresh *ledger, kept map[string]bool, files []string) layers {
	next := layers{below: f.below, above: &ledger{}, moved: make([]bool, f.below.series.len()), left: map[int32]int32{}, rank: map[string]int{}}
	for i, name := range files {
		next.rank[name] = i
	}
	var some []placed // of series that change
	for i := range fresh.entries {
		some = append(some, placed{fresh, &fresh.entries[i]})
	}
	for _, key := range f.changed(fresh, kept) {
		if n, ok := f.below.series.find(key); ok {
			next.moved[n] = true
		}
		if known := next.above.series.len(); int(next.above.series.number(key)) < known {
			continue
		}
		in, n, _, ok := f.find(key)
		if !ok {
			continue
		}
		entries := in.of(n)
		for i := range entries {
			if kept[in.files.all[entries[i].file]] {
				some = append(some, placed{in, &entries[i]})
			}
		}
	}
	slices.SortStableFunc(some, next.compare)
	for _, e := range some {
		next.above.add(e.in.observation(e.entry))
		next.above.entries[len(next.above.entries)-1].came = e.came
	}
	next.above.settle()
	next.kept = next.above.kept + f.below.kept
	idle := 0
	for n, moved := range next.moved {
		if moved {
			for _, e := range f.below.of(int32(n)) {
				idle++
				if !e.repeats {
					next.kept--
					next.left[e.remark]++
				}
			}
		}
	}
	if max(next.above.kept, idle) > next.kept/compactFrom {
		return next.compacted()
	}
	return next
}

// changed are the series that do not stand below as they are now: those above, those of fresh, those with entries of files that were not kept.
func (f *layers) changed(fresh *ledger, kept map[string]bool) []seriesKey {
	keys := fresh.series.keys()
	if f.above != nil {
		keys = append(keys, f.above.series.keys()...)
	}
	gone, any := make([]bool, len(f.below.files.all)), false
	for n, name := range f.below.files.all {
		gone[n] = !kept[name]
		any = any || gone[n]
	}
	if any {
		last := int32(-1)
		for i := range f.below.entries {
			if e := &f.below.entries[i]; e.series != last && gone[e.file] {
				last = e.series
				keys = append(keys, f.below.series.key(last))
			}
		}
	}
	return keys
}

// compacted are the layers in one ledger.
func (f *layers) compacted() layers {
	l := &ledger{}
	l.grow(f.kept)
	for e := range f.all() {
		l.add(e.in.observation(e.entry))
	}
	l.settle()
	return single(l)
}
