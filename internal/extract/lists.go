package extract

import (
	"strings"

	"factbot/internal/token"
)

// listEnd is the last of the numbers that stand in one list with the number at an item: "2%, 3% và 4%", "5,2; 6,1 và 7 nghìn tấn". It is the item itself
// where there is no list.
func (s *sentence) listEnd(i int) int {
	end := i
	for j := i + 1; j < len(s.items); j++ {
		it := s.items[j]
		gap := strings.TrimSpace(s.t[it.from].Gap)
		switch {
		case it.kind == itemName && it.to == it.from+1 && s.t[it.from].Lower == "và" && j+1 < len(s.items) && s.items[j+1].kind == itemNumber:
			continue
		case it.kind == itemCue && (it.cue == cueUp || it.cue == cueDown) && s.t[it.from-1].Lower == "và" && j+1 < len(s.items) && s.items[j+1].kind == itemNumber:
			continue
		case it.kind == itemName && it.to == it.from+1 && s.t[it.from].Lower == "và" && j+2 < len(s.items) && s.items[j+1].kind == itemCue && (s.items[j+1].cue == cueUp || s.items[j+1].cue == cueDown) && s.items[j+2].kind == itemNumber && s.respective(i):
			continue
		case it.kind == itemNumber && s.items[j-1].kind == itemCue:
		case it.kind != itemNumber || gap != "," && gap != ";" && s.t[it.from-1].Lower != "và":
			return s.sameForm(i, end)
		}
		end = j
	}
	return s.sameForm(i, end)
}

// sameForm keeps a list only where all its numbers are of one kind; those without a unit have the next one's.
func (s *sentence) sameForm(i, end int) int {
	form, of := s.items[end].num.form, s.items[end].num.of
	if form == bare {
		return i
	}
	for j := end - 1; j >= i; j-- {
		it := &s.items[j]
		if it.kind != itemNumber {
			continue
		}
		if it.base.kind != noBase || it.num.form != bare && it.num.form != form || it.num.form == amount && it.num.of != of {
			return i
		}
	}
	return end
}

// listed reads several figures of several names, in their order: "A, B và C tăng lần lượt 2%, 3% và 4% so với cùng kỳ". They are taken only where there are as many names.
func (s *sentence) listed(i, end int, a around, runs []run, fresh bool) {
	var numbers []item
	dirs := map[int]int{}
	for _, it := range s.items[i : end+1] {
		switch {
		case it.kind == itemNumber:
			numbers = append(numbers, it)
		case it.kind == itemCue && it.cue == cueUp:
			dirs[len(numbers)] = 1
		case it.kind == itemCue && it.cue == cueDown:
			dirs[len(numbers)] = -1
		}
	}
	last := numbers[len(numbers)-1]
	subjects := s.list
	if a.respective && len(subjects) != len(numbers) && len(s.recent) >= len(numbers) {
		subjects = s.recent[len(s.recent)-len(numbers):]
	}
	if fresh {
		subjects = s.split(runs, len(numbers))
	}
	if len(subjects) != len(numbers) || !fresh && !a.respective && (s.list == nil || last.num.form != percent) {
		for _, it := range numbers {
			s.leave(Ambiguous, it.num)
		}
		s.list = nil
		return
	}
	measure := s.measure
	for k, it := range numbers {
		if it.num.form == bare {
			it.num.form, it.num.of, it.num.mult, it.num.unit = last.num.form, last.num.of, last.num.mult, last.num.unit
		}
		it.base = last.base
		s.subject = subjects[k]
		s.measure = measure
		b := a
		if k > 0 {
			b.last = item{}
		}
		if d := dirs[k]; d != 0 {
			b.dir = d
		}
		s.one(it, b)
	}
	if fresh {
		s.list = subjects
	}
}

// split cuts the names before a list of numbers at commas and at "và"; none where they are not as many as wanted.
func (s *sentence) split(runs []run, want int) []*subject {
	var pieces [][2]int
	for _, r := range runs {
		if r.trailing {
			return nil
		}
		from := r.from
		for j := r.from; j < r.to; j++ {
			if j > from && s.t[j].Lower == "và" {
				pieces = append(pieces, [2]int{from, j})
				from = j + 1
			}
		}
		pieces = append(pieces, [2]int{from, r.to})
	}
	var out []*subject
	for _, p := range pieces {
		from, to := s.strip(p[0], p[1])
		if from >= to {
			continue
		}
		out = append(out, &subject{name: s.text(from, to), from: s.t[from].Start, rate: s.rateName(from, to), unsure: s.dangling(from, to)})
	}
	if len(out) != want {
		return nil
	}
	if head := s.measureIn(out[0]); head != "" { // "diện tích hồ tiêu và cao su"
		for _, sub := range out[1:] {
			if s.measureIn(sub) == "" {
				sub.name = head + " " + sub.name
			}
		}
	}
	if s.part && s.whole != nil {
		for _, sub := range out {
			sub.whole = s.whole.name
		}
	}
	return out
}

// measureIn is what a name measures, where it begins with that: "diện tích" of "diện tích hồ tiêu".
func (s *sentence) measureIn(sub *subject) string {
	t := token.Split(sub.name)
	_, n := s.r.o.Words.measures.at(t)
	if n == 0 || n == len(t) {
		return ""
	}
	return sub.name[:t[n-1].End]
}

// respective reports whether "lần lượt" stands before an item, behind the figure before.
func (s *sentence) respective(i int) bool {
	for _, it := range s.items[s.past:i] {
		if it.kind == itemCue && it.cue == cueRespectively {
			return true
		}
	}
	return false
}
