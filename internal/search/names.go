package search

import (
	"math/bits"

	"factbot/internal/token"
)

// names has the words of all names as numbers, in one piece, to compare them with a question's.
type names struct {
	number map[string]uint32 // of a folded word
	pairs  map[pair]bool     // words that stand side by side in a name
	weight []int32           // by word number: how much it tells, by the number of entries that hold it
	words  []uint32          // of all names, one after the other
	start  []uint32          // by name: its first place in words; one more at the end
	first  []uint32          // by entry: its first name; one more at the end
	short  []uint8           // by entry: the number of words of its shortest name, at most 255
}

// pair is two words by their numbers.
type pair [2]uint32

// collect numbers the words of all entries and weighs them.
func collect(entries []Entry) names {
	n := names{number: make(map[string]uint32), pairs: map[pair]bool{}, start: []uint32{0}, first: []uint32{0}, short: make([]uint8, len(entries))}
	var holders, last []uint32 // by word number: the entries that hold it, and the last of them plus one
	for e, entry := range entries {
		shortest := 255
		for _, name := range entry.Names {
			from := len(n.words)
			for _, t := range token.Split(name) {
				if t.Kind == token.Sign || len(t.Fold) > maxWord {
					continue
				}
				w, known := n.number[t.Fold]
				if !known {
					w = uint32(len(holders))
					n.number[t.Fold] = w
					holders, last = append(holders, 0), append(last, 0)
				}
				if last[w] != uint32(e)+1 {
					last[w] = uint32(e) + 1
					holders[w]++
				}
				if len(n.words) > from {
					n.pairs[pair{n.words[len(n.words)-1], w}] = true
				}
				n.words = append(n.words, w)
			}
			if size := len(n.words) - from; size > 0 {
				shortest = min(shortest, size)
				n.start = append(n.start, uint32(len(n.words)))
			}
		}
		n.short[e] = uint8(shortest)
		n.first = append(n.first, uint32(len(n.start)-1))
	}
	n.weight = make([]int32, len(holders))
	for w, count := range holders {
		n.weight[w] = weight(len(entries), int(count))
	}
	return n
}

// weight is what a term that count of total entries hold tells, in sixteenths of a bit: 16·log₂(1 + total/count), cut to whole
// numbers, so that equal terms weigh exactly the same and sums do not depend on their order.
func weight(total, count int) int32 {
	x := uint64(total+count) << 16 / uint64(max(count, 1)) // 1 + total/count with 16 binary places
	whole := bits.Len64(x) - 1
	fraction := x << (63 - whole) >> 59 & 15 // the four bits after the first: close to log₂ between powers of two
	return int32(16*(whole-16) + int(fraction))
}
