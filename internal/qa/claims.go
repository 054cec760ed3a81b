package qa

import (
	"slices"

	"factbot/internal/words"
)

// claims parts a sentence to check that states several figures into one question for each: "ước đạt 78.000 tỷ đồng, bằng 97,5 % kế hoạch, đúng không?"
// Each keeps the names and its own words; of the other figures' words, those that say what they are figures of are dropped. Nil where there is but one.
func (q *Question) claims() []Question {
	if len(q.amounts) < 2 || len(q.limits) > 0 || !q.has(words.Isittrue) || q.has(words.Howmuch, words.If, words.Which) {
		return nil
	}
	for _, at := range q.amounts {
		if a := q.spans[at].amount; a.unit == "" && !a.hasMult {
			return nil
		}
	}
	window := q.windows()
	var out []Question
	for k := range q.amounts {
		one := Question{reading: q.reading, first: q.first}
		own := indices(q.spans, window, k)
		periods := slices.ContainsFunc(own, func(i int) bool { return q.spans[i].kind == kindPeriod && !q.comparedAt(i) })
		grows := slices.ContainsFunc(own, func(i int) bool { return q.spans[i].has(words.Grow, words.Fall) })
		for i, s := range q.spans {
			switch {
			case grows && s.has(words.Plan) && !s.has(words.Attain): // the growth of the plan stated before
			case window[i] == k || s.kind == kindName || s.has(words.Isittrue) || s.kind == kindUnknown:
			case s.kind == kindPeriod && !periods && !q.comparedAt(i):
			default:
				continue
			}
			one.spans = append(one.spans, s)
		}
		one.gather()
		out = append(out, one)
	}
	return out
}

// windows gives each span the figure that it speaks of: those before a figure back to the clause before it, and those behind the last one.
func (q *Question) windows() []int {
	window := make([]int, len(q.spans))
	from := 0
	for k, at := range q.amounts {
		to := len(q.spans)
		if k+1 < len(q.amounts) {
			to = at + 1
			for i := at + 1; i < q.amounts[k+1]; i++ {
				if q.clauseBegins(i) || q.spans[i].has(words.And) && q.spans[i].kind == kindWord {
					to = i
				}
			}
		}
		for i := from; i < to; i++ {
			window[i] = k
		}
		from = to
	}
	return window
}

// indices are the spans of window k.
func indices(spans []span, window []int, k int) []int {
	var out []int
	for i := range spans {
		if window[i] == k {
			out = append(out, i)
		}
	}
	return out
}

// comparedAt reports whether a word of comparison stands right before span i.
func (q *Question) comparedAt(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if q.spans[j].has(words.Versus, words.Samebase) && !q.spans[j].has(words.And) {
			return true
		}
		if !q.spans[j].has(words.Filler, words.Realised, words.Estimate, words.Plan, words.Actual) {
			return false
		}
	}
	return false
}
