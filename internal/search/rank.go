package search

import (
	"cmp"
	"math/bits"
	"slices"
)

// candidate is a chosen entry with what its names share with the question.
type candidate struct {
	entry uint32
	words uint64 // places in the question of the words that any of its names holds
	cover int32  // their weight, with half of it again for each neighbour shared
	close int32  // of its closest name: the weight shared less the weight of the words beside
}

// byWeight puts first what shares the most telling words, then the closest name, then the order given.
func byWeight(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.cover, a.cover), cmp.Compare(b.close, a.close), cmp.Compare(a.entry, b.entry))
}

// byCount puts first what shares the most words.
func byCount(a, b candidate) int {
	return cmp.Or(cmp.Compare(bits.OnesCount64(b.words), bits.OnesCount64(a.words)), byWeight(a, b))
}

// rank puts the best of the chosen entries in order.
func (x *Index) rank(s *scratch, limit int, order func(a, b candidate) int) []candidate {
	chosen := x.best(s, max(limit, kept))
	s.ranked = s.ranked[:0]
	for _, e := range chosen {
		s.ranked = append(s.ranked, x.compare(s, e))
	}
	slices.SortFunc(s.ranked, order)
	return s.ranked
}

// best cuts the chosen entries to at most n: by the weight of the terms that found them, then the shortest name, then the order given.
func (x *Index) best(s *scratch, n int) []uint32 {
	if len(s.chosen) <= n {
		return s.chosen
	}
	const half = 1<<31 - 1
	s.order = s.order[:0]
	for _, e := range s.chosen {
		sum := uint64(min(s.sum[e], 1<<24-1))
		s.order = append(s.order, (1<<24-1-sum)<<40|uint64(x.names.short[e])<<32|uint64(e&half))
	}
	slices.Sort(s.order)
	for i, o := range s.order[:n] {
		s.best = append(s.best[:i], uint32(o)&half)
	}
	return s.best[:n]
}

// compare sets the names of an entry against the question.
func (x *Index) compare(s *scratch, entry uint32) candidate {
	var words, pairs uint64
	closest := int32(-1 << 31)
	for name := x.names.first[entry]; name < x.names.first[entry+1]; name++ {
		var here, after uint64 // places of words, and of words whose neighbour before is here, too
		var beside int32
		last := 0
		for _, w := range x.names.words[x.names.start[name]:x.names.start[name+1]] {
			place := int(s.place[w])
			switch {
			case place == 0:
				beside += x.names.weight[w]
			case last != 0 && place == last+1:
				after |= 1 << (place - 1)
				fallthrough
			default:
				here |= 1 << (place - 1)
			}
			last = place
		}
		words, pairs = words|here, pairs|after
		closest = max(closest, x.worth(s, here, after)-beside)
	}
	return candidate{entry, words, x.worth(s, words, pairs), closest}
}

// worth is the weight of shared words, with half the weight of both for each pair.
func (x *Index) worth(s *scratch, words, pairs uint64) int32 {
	var sum int32
	for rest := words; rest != 0; rest &= rest - 1 {
		sum += x.names.weight[s.word[bits.TrailingZeros64(rest)]]
	}
	for rest := pairs; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		sum += (x.names.weight[s.word[i]] + x.names.weight[s.word[i-1]]) / 2
	}
	return sum
}

// whole keeps of ranked only the entries that hold all the known words, if there is any.
func (s *scratch) whole(ranked []candidate) []candidate {
	var known uint64
	for _, n := range s.word {
		if n != none {
			known |= 1 << (s.place[n] - 1)
		}
	}
	n := 0
	for _, c := range ranked {
		if c.words == known {
			n++
		}
	}
	if n == 0 {
		return ranked
	}
	return slices.DeleteFunc(ranked, func(c candidate) bool { return c.words != known })
}
