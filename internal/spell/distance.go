package spell

// short is the number of letters up to which a distance needs no memory of its own.
const short = 48

// Distance is the number of edits that turn a into b, when it is at most max; max+1 when it is more. An edit inserts, drops or
// changes a letter, or swaps two neighbours; no letter is edited twice (optimal string alignment).
func Distance(a, b string, max int) int {
	if max < 0 {
		max = 0
	}
	if a == b {
		return 0
	}
	var roomA, roomB [short]rune
	return distance(appendRunes(roomA[:0], a), appendRunes(roomB[:0], b), max)
}

func appendRunes(to []rune, s string) []rune {
	for _, r := range s {
		to = append(to, r)
	}
	return to
}

func distance(a, b []rune, max int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	max = min(max, len(b)) // which is never exceeded
	if len(b)-len(a) > max {
		return max + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	return align(a, b, max)
}

// align fills the table of distances between the beginnings of a and b, of which only three rows are needed at a time. Cells
// further than max from the diagonal are not looked at: they cannot lead to max or less.
func align(a, b []rune, max int) int {
	var room [3 * (short + 1)]int
	rows := room[:]
	width := len(a) + 1
	if 3*width > len(rows) {
		rows = make([]int, 3*width)
	}
	two, one, row := rows[:width], rows[width:2*width], rows[2*width:3*width]
	for i := range one {
		one[i] = i
	}
	for j := 1; j <= len(b); j++ {
		from, to := 1, len(a)
		if j-max > from {
			from = j - max
		}
		if j+max < to {
			to = j + max
		}
		row[from-1] = max + 1
		if from == 1 {
			row[0] = j
		}
		least := row[from-1]
		for i := from; i <= to; i++ {
			change := one[i-1]
			if a[i-1] != b[j-1] {
				change++
			}
			best := change
			if i < j+max && one[i]+1 < best { // beyond the diagonal band one[i] holds nothing
				best = one[i] + 1
			}
			if row[i-1]+1 < best {
				best = row[i-1] + 1
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] && two[i-2]+1 < best {
				best = two[i-2] + 1
			}
			row[i] = best
			least = min(least, best)
		}
		if least > max {
			return max + 1
		}
		two, one, row = one, row, two
	}
	return min(one[len(a)], max+1)
}
