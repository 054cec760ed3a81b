package reply

import (
	"strings"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// piecesShown is how many figures a result is shown to be made of at most.
const piecesShown = 8

// detail is what stands behind a result: what it is made of and the company that belongs to the very same subject.
// Brief leaves out the levels of a growth that the source states.
func (w *writer) detail(r *qa.Result, beside []*qa.Result, brief bool) string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	kind := kindOf(r.Measure, r.Op)
	switch kind {
	case qa.Attainment:
		add(w.madeOf(r, " / "))
	case qa.Gap:
		if !r.BasePeriod.IsZero() && r.BasePeriod != r.Period {
			break // the distance from an earlier figure, which stands beside it
		}
		for _, b := range beside {
			if kindOf(b.Measure, b.Op) == qa.Attainment {
				add(unbold(w.says(b)))
			}
		}
		add(w.madeOf(r, " / "))
	case qa.Value:
		if r.Basis == qa.Derived && len(r.Inputs) == 2 {
			add(w.madeOf(r, "; "))
		}
	case qa.ProjectFacts:
		add(w.projectBrief(r))
	case qa.Growth:
		sep := "; "
		if r.BaseOf == facts.Plan && r.BasePeriod.IsZero() {
			sep = " / "
		}
		if !brief || r.Basis != qa.Stated {
			add(w.madeOf(r, sep))
		}
	default:
		add(w.madeOf(r, "; "))
	}
	for _, b := range beside {
		k := kindOf(b.Measure, b.Op)
		switch {
		case kind == qa.Gap && k == qa.Attainment, kind == qa.Change && k == qa.Growth:
		case k == qa.Gap && (kind == qa.Attainment || kind == qa.Growth):
			add(w.say("gap_brief_"+direction(b.Value), "Value", w.amount(w.lang, size(b.Value))))
		case k == kind && b.Measure == r.Measure && b.Basis == r.Basis:
			add(w.say("other_document", "Says", unbold(w.says(b))))
		default:
			add(unbold(w.says(b)))
		}
	}
	return strings.Join(parts, "; ")
}

// unbold is marked text with no figure put forward.
func unbold(s string) string {
	return strings.Map(func(r rune) rune {
		if r == boldOn || r == boldOff {
			return -1
		}
		return r
	}, s)
}

// madeOf are the figures that a result was made of, each with as much of its subject as tells it from the result's and the others'.
func (w *writer) madeOf(r *qa.Result, sep string) string {
	if len(r.Inputs) == 0 || len(r.Inputs) > piecesShown {
		return ""
	}
	names, areas, periods := false, false, false
	for _, in := range r.Inputs {
		names = names || in.Name.In(w.lang) != "" && (in.Indicator != r.Indicator || r.Indicator == "")
		areas = areas || in.Area != r.Area && in.Area != "" && r.Indicator != ""
		periods = periods || in.Period != r.Period && !in.Period.IsZero()
	}
	pieces := make([]string, len(r.Inputs))
	for i := range r.Inputs {
		in := &r.Inputs[i]
		s := subject{}
		if names {
			s.name = clean(in.Name.In(w.lang))
		}
		if areas {
			s.area = clean(in.AreaName.In(w.lang))
		}
		if periods {
			s.period = w.period(in.Period)
		}
		bare := sep == " / " && i == 0 && len(r.Inputs) == 2 && !periods && sameUnit(in, &r.Inputs[1])
		pieces[i] = w.label(s, w.input(in, bare))
	}
	return strings.Join(pieces, sep)
}

func sameUnit(a, b *qa.Input) bool {
	return a.Value.Unit == b.Value.Unit && a.Value.Mult == b.Value.Mult
}

// label puts a subject before what is said of it.
func (w *writer) label(s subject, says string) string {
	if name := w.named(s); name != "" {
		return w.say("label", "Subject", name, "Says", says)
	}
	return says
}

// input says a figure that a result was made of; bare leaves its unit to the next one.
func (w *writer) input(in *qa.Input, bare bool) string {
	amount := w.amount(w.lang, in.Value)
	if bare {
		if q := w.scaled(w.lang, in.Value); q.Mult == in.Value.Mult {
			amount = digits(w.lang, q)
		}
	}
	switch kindOf(in.Measure, qa.Value) {
	case qa.Growth:
		return w.moved(form(in.Of), in.Value, false) + w.tags(w.say("tag_stated"))
	case qa.Attainment:
		return w.say("attainment", "Value", amount)
	}
	switch in.Measure {
	case assumed:
		return w.say("value_assumed", "Value", amount)
	case string(qa.ProjectFacts):
		return amount
	}
	return w.value(in.Measure, amount, in.Assigned, in.Basis)
}

// covered reports whether a warning says the figure of a result that stands as company, so that it needs no words of its own: the claim's
// computed twin, the figure of the other document.
func covered(a *qa.Answer, r *qa.Result) bool {
	for i := range a.Warnings {
		k := &a.Warnings[i]
		if k.Indicator != r.Indicator || k.Area != "" && k.Area != r.Area || k.Period != r.Period {
			continue
		}
		switch k.Code {
		case qa.StatedDiffers:
			if sameAmount(k.Stated, r) || sameAmount(k.Computed, r) {
				return true
			}
		case qa.SourcesDisagree:
			if k.Older != nil && sameAmount(&k.Older.Value, r) || k.Newer != nil && sameAmount(&k.Newer.Value, r) {
				return true
			}
		}
	}
	return false
}

// sameAmount reports whether a quantity is a result's value.
func sameAmount(q *quantity.Quantity, r *qa.Result) bool {
	return q != nil && r.HasValue && q.Unit == r.Value.Unit && q.Full().Cmp(r.Value.Full()) == 0
}
