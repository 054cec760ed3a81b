package reply

import (
	"slices"
	"strconv"
	"strings"

	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// item is one result as it will stand: what it is of, what is said of it, what stands behind.
type item struct {
	subject
	says   string
	detail string
	rank   int
}

// items are results as items. Company of the very same subject is drawn from pool and goes behind its result; taken marks what was used.
// Results of one subject that follow each other and have no details become one item.
func (w *writer) items(a *qa.Answer, results []*qa.Result, pool []*qa.Result, taken map[*qa.Result]bool) []item {
	var list []item
	for i := 0; i < len(results); i++ {
		r := results[i]
		if taken[r] {
			continue
		}
		taken[r] = true
		var beside []*qa.Result
		for _, b := range pool {
			if taken[b] || b == r {
				continue
			}
			if sideOf(r, b) {
				taken[b] = true
			} else if belongs(b, r) {
				taken[b] = true
				if !covered(a, b) || kindOf(r.Measure, r.Op) == qa.Change && b.Basis == qa.Computed {
					beside = append(beside, b)
				}
			}
		}
		it := item{subject: w.subjectOf(r), says: w.saysWith(r, beside), detail: w.detail(r, beside, len(results) > 1), rank: r.Rank}
		if r.Verdict != "" {
			var off *qa.Result
			if i+1 < len(results) && results[i+1].Op == qa.Verify && results[i+1].Measure == string(qa.Verify) {
				i++
				off = results[i]
			}
			it.detail = w.verdictDetail(a, r, off, it.detail)
		}
		if n := len(list) - 1; n >= 0 && list[n].subject == it.subject && r.Rank == 0 && r.Project == "" && list[n].detail+it.detail == "" {
			list[n].says = w.say("both", "First", list[n].says, "Second", it.says)
			continue
		}
		list = append(list, it)
	}
	return list
}

// sideOf reports whether company is one of the two that a result sets against each other, percentages or capacities: the result's detail says it.
func sideOf(r, b *qa.Result) bool {
	switch kind := kindOf(r.Measure, r.Op); {
	case kind == qa.Change && r.Value.Unit == quantity.PP:
		return slices.ContainsFunc(r.Inputs, func(in qa.Input) bool {
			return in.Measure == b.Measure && in.Period == b.Period && (in.Indicator == b.Indicator || in.Indicator == "" && r.Indicator == b.Indicator) && sameAmount(&in.Value, b)
		})
	case kind == qa.Change || kind == qa.Ratio:
		return b.Details != nil && slices.ContainsFunc(r.Inputs, func(in qa.Input) bool {
			return in.Measure == string(qa.ProjectFacts) && in.Name["vi"] == b.Name["vi"]
		})
	}
	return false
}

// belongs reports whether company goes behind a result: it is of the same subject, and of the same plan where it is about one.
func belongs(b, r *qa.Result) bool {
	if !sameSubject(b, r) {
		return false
	}
	switch kindOf(b.Measure, b.Op) {
	case qa.Attainment, qa.Gap:
		return b.Assigned == r.Assigned || kindOf(r.Measure, r.Op) == qa.Value
	}
	return true
}

// saysWith is what is said of a result, a change with its percentage.
func (w *writer) saysWith(r *qa.Result, beside []*qa.Result) string {
	says := w.says(r)
	if kindOf(r.Measure, r.Op) == qa.Change {
		for _, b := range beside {
			if kindOf(b.Measure, b.Op) == qa.Growth {
				says = w.say("change_percent", "Change", says, "Percent", w.changePercent(r, b))
			}
		}
	}
	return says
}

// changePercent is the percentage beside a change, in the change's own words.
func (w *writer) changePercent(r, percent *qa.Result) string {
	if len(r.Inputs) >= 2 && !overTime(r.Inputs[0], r.Inputs[1]) {
		return bold(w.amount(w.lang, size(percent.Value)))
	}
	return w.moved("noun", percent.Value, true)
}

func (w *writer) joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// style is how the lines of a list begin.
type style uint8

const (
	bulleted style = iota
	numbered
)

// present writes the items of what was asked: one as a sentence with its detail below, several under what they have in common.
func (w *writer) present(items []item, lead string, st style) (said subject) {
	switch len(items) {
	case 0:
		w.line(capital(lead))
		return subject{}
	case 1:
		it := items[0]
		w.line(capital(w.led(lead, w.label(it.subject, it.says))))
		w.line(capital(it.detail))
		return it.subject
	}
	said = items[0].subject
	for _, it := range items[1:] {
		said = said.common(it.subject)
	}
	head := w.named(said)
	if head != "" {
		head = w.say("heading", "Subject", head)
	}
	w.line(capital(w.led(lead, head)))
	w.list(items, said, st)
	return said
}

// led is a text with something before it.
func (w *writer) led(lead, text string) string {
	if lead == "" || text == "" {
		return lead + text
	}
	return w.say("led", "Lead", lead, "Text", text)
}

// oneLine is an item on one line, its detail in brackets: those that are there already, where what is said ends with some.
func (w *writer) oneLine(it item, said subject) string {
	text := w.label(it.subject.without(said), it.says)
	switch {
	case it.detail == "":
		return text
	case strings.HasSuffix(text, ")"):
		return strings.TrimSuffix(text, ")") + "; " + it.detail + ")"
	}
	return text + " (" + it.detail + ")"
}

// list writes items a line each, without what has been said of their subjects.
func (w *writer) list(items []item, said subject, st style) {
	for i, it := range items {
		text := w.oneLine(it, said)
		mark := "• "
		if st == numbered {
			n := it.rank
			if n == 0 {
				n = i + 1
			}
			if i > 0 && n == 1 && items[i-1].rank > 1 { // another unit is ranked by itself
				w.lines = append(w.lines, "")
			}
			mark = strconv.Itoa(n) + ". "
		}
		w.line(mark + text)
	}
}
