package search

import (
	"math/bits"

	"factbot/internal/token"
)

// names has the words of all names as numbers, in one piece, to compare them with a question's.
type names struct {
	number map[string]uint32 // of a folded word
	side   map[phrase]held   // words that stand side by side in a name
	held   []uint32          // by word number: the number of entries that hold it
	weight []int32           // by word number: how much it tells, by that number
	words  []uint32          // of all names, one after the other
	start  []uint32          // by name: its first place in words; one more at the end
	first  []uint32          // by entry: its first name; one more at the end
	short  []uint8           // by entry: the number of words of its shortest name, at most 255
}

// phrase is two or three words by their numbers; the third may be none.
type phrase [3]uint32

// held is how many entries hold a phrase, and the last of them plus one.
type held struct{ entries, last uint32 }

func (n *names) hold(p phrase, entry int) {
	if h := n.side[p]; h.last != uint32(entry)+1 {
		n.side[p] = held{h.entries + 1, uint32(entry) + 1}
	}
}

// collect numbers the words of all entries and weighs them.
func collect(entries []Entry) names {
	n := names{number: make(map[string]uint32), side: map[phrase]held{}, start: []uint32{0}, first: []uint32{0}, short: make([]uint8, len(entries))}
	var last []uint32 // by word number: the last entry that holds it plus one
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
					w = uint32(len(n.held))
					n.number[t.Fold] = w
					n.held, last = append(n.held, 0), append(last, 0)
				}
				if last[w] != uint32(e)+1 {
					last[w] = uint32(e) + 1
					n.held[w]++
				}
				n.words = append(n.words, w)
				if last := n.words[from:]; len(last) > 1 {
					n.hold(phrase{last[len(last)-2], w, none}, e)
					if len(last) > 2 {
						n.hold(phrase{last[len(last)-3], last[len(last)-2], w}, e)
					}
				}
			}
			if size := len(n.words) - from; size > 0 {
				shortest = min(shortest, size)
				n.start = append(n.start, uint32(len(n.words)))
			}
		}
		n.short[e] = uint8(shortest)
		n.first = append(n.first, uint32(len(n.start)-1))
	}
	n.weight = make([]int32, len(n.held))
	for w, count := range n.held {
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
