package reply

import (
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// Measures of inputs that are no measure of the facts.
const (
	growthPrev = "growth_prev" // a claim of growth over the period before
	assumed    = "assumed"     // what the question assumes
)

// kindOf is what a result's figure is: a value, or what an operation made.
func kindOf(measure string, op qa.Op) qa.Op {
	switch measure {
	case facts.Plan.String(), facts.Estimate.String(), facts.Preliminary.String(), facts.Actual.String():
		return qa.Value
	case growthPrev:
		return qa.Growth
	case "", assumed:
		return op
	}
	return qa.Op(measure)
}

// says is what a reply says of a result, without its subject: ước đạt 1.120 triệu USD; đạt 93,33% kế hoạch.
func (w *writer) says(r *qa.Result) string {
	if !r.HasValue && r.Project == "" {
		return clean(r.Text.In(w.lang))
	}
	switch kindOf(r.Measure, r.Op) {
	case qa.Value:
		return w.value(r.Measure, w.figure(r), r.Assigned, r.Basis)
	case qa.Attainment:
		return w.say("attainment", "Value", w.figure(r)) + w.tags(w.uncertain(r), w.origin(r), w.assigner(r.Assigned))
	case qa.Gap:
		return w.gap(r) + w.tags(w.origin(r), w.assigner(r.Assigned))
	case qa.Growth:
		return w.growth(r)
	case qa.Change:
		return w.change(r)
	case qa.RequiredGrowth:
		return w.requiredGrowth(r)
	case qa.Pace:
		return w.pace(r)
	case qa.Share:
		id := "share"
		if len(r.Inputs) == 2 && r.Inputs[0].Period != r.Inputs[1].Period {
			id = "share_of_period"
		}
		return w.say(id, "Value", w.figure(r), "Whole", w.other(r))
	case qa.Remainder:
		return w.say("remainder", "Value", w.figure(r))
	case qa.Ratio:
		return w.say("ratio", "Value", w.figure(r), "Other", w.other(r))
	case qa.Total:
		return w.say("total", "Value", w.figure(r)) + w.tags(w.uncertain(r))
	case qa.Average:
		return w.say("average", "Value", w.figure(r)) + w.tags(w.uncertain(r))
	case qa.Backcast:
		return w.say("backcast", "Value", w.figure(r))
	case qa.WhatIf:
		return w.say("whatif", "Value", w.figure(r))
	case qa.Contribution:
		return w.contribution(r)
	case qa.ProjectFacts:
		return w.projectFigure(r)
	case qa.Convert:
		return w.converted(r)
	}
	return w.figure(r)
}

// figure is a result's number in bold; with another unit asked for that one, exact, and the stored one beside it.
func (w *writer) figure(r *qa.Result) string {
	if r.Shown != nil {
		return w.say("shown", "Shown", bold(w.exact(w.lang, *r.Shown)), "Value", w.amount(w.lang, r.Value))
	}
	return bold(w.amount(w.lang, r.Value))
}

// converted is a number of the question in another unit.
func (w *writer) converted(r *qa.Result) string {
	if r.Shown == nil {
		return w.figure(r)
	}
	return w.say("converted", "Shown", bold(w.exact(w.lang, *r.Shown)), "Value", w.exact(w.lang, r.Value))
}

// value says an amount with its measure: ước đạt …, kế hoạch … (HĐND tỉnh giao).
func (w *writer) value(measure, amount, by string, basis qa.Basis) string {
	origin := ""
	if basis == qa.Derived {
		origin = w.say("tag_derived")
	}
	text, tags := w.coded("value_", measure, "Value", amount), w.tags(origin, w.assigner(by))
	if tags != "" && strings.HasSuffix(text, ")") { // one pair of brackets
		return strings.TrimSuffix(text, ")") + ", " + strings.TrimPrefix(tags, " (")
	}
	return text + tags
}

// tags are remarks in brackets behind a figure; nothing where there are none.
func (w *writer) tags(tags ...string) string {
	list := make([]string, 0, len(tags))
	for _, t := range tags {
		if t != "" {
			list = append(list, t)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// certainty says of a figure made of an estimate or a preliminary figure that it is.
func (w *writer) certainty(r *qa.Result) string {
	switch r.Of {
	case facts.Estimate:
		return w.say("tag_estimate")
	case facts.Preliminary:
		return w.say("tag_preliminary")
	}
	return ""
}

// uncertain is certainty where the figures that a result was made of, which say it themselves, do not stand behind it.
func (w *writer) uncertain(r *qa.Result) string {
	if len(r.Inputs) > 0 && len(r.Inputs) <= piecesShown {
		return ""
	}
	return w.certainty(r)
}

// origin says of a figure that the source states it, or that it is derived.
func (w *writer) origin(r *qa.Result) string {
	switch r.Basis {
	case qa.Stated:
		return w.say("tag_stated")
	case qa.Derived:
		return w.say("tag_derived")
	}
	return ""
}

// assigner says who assigned a plan.
func (w *writer) assigner(by string) string {
	if by = clean(by); by == "" {
		return ""
	}
	return w.say("tag_assigned", "By", by)
}

// direction is the ending of the messages for a rise, a fall, no change, or one too small to show.
func direction(q quantity.Quantity) string {
	switch {
	case q.Sign() == 0:
		return "none"
	case q.Mult == 0 && vanishes(q):
		return "hardly"
	case q.Sign() < 0:
		return "down"
	}
	return "up"
}

// moved says a rise or a fall, its sign in words. The forms are move (what was), plan (what is to be) and noun (a rise of …).
func (w *writer) moved(form string, q quantity.Quantity, inBold bool) string {
	amount := w.amount(w.lang, size(q))
	if inBold {
		amount = bold(amount)
	}
	return w.say(form+"_"+direction(q), "Value", amount)
}

// form is the form of a rise or a fall of a measure.
func form(of facts.Measure) string {
	if of == facts.Plan {
		return "plan"
	}
	return "move"
}

func (w *writer) gap(r *qa.Result) string {
	if !r.BasePeriod.IsZero() && r.BasePeriod != r.Period {
		last := *r
		last.BaseOf, last.Of = r.Of, r.BaseOf
		return w.say("distance_"+direction(r.Value), "Value", bold(w.amount(w.lang, size(r.Value))), "Base", w.base(&last))
	}
	if r.Shown != nil && r.Value.Sign() != 0 {
		q := size(*r.Shown)
		return w.say("gap_"+direction(r.Value), "Value", w.say("shown", "Shown", bold(w.exact(w.lang, q)), "Value", w.amount(w.lang, size(r.Value))))
	}
	return w.say("gap_"+direction(r.Value), "Value", bold(w.amount(w.lang, size(r.Value))))
}

func (w *writer) growth(r *qa.Result) string {
	if r.BaseOf == facts.Plan && r.BasePeriod.IsZero() {
		return w.say("against_plan_"+direction(r.Value), "Value", bold(w.amount(w.lang, size(r.Value)))) + w.tags(w.uncertain(r), w.origin(r))
	}
	return w.moved(form(r.Of), r.Value, true) + w.base(r) + w.tags(w.uncertain(r), w.origin(r), w.assigner(r.Assigned))
}

// base says what a growth or a change is against, with a blank before it.
func (w *writer) base(r *qa.Result) string {
	if r.BasePeriod.IsZero() {
		return ""
	}
	p := w.period(r.BasePeriod)
	id := "base"
	switch {
	case r.BaseOf == facts.Plan:
		id = "base_plan"
	case (r.BaseOf == facts.Estimate || r.BaseOf == facts.Preliminary) && r.Of != r.BaseOf:
		id = "base_" + r.BaseOf.String()
	case sameMonths(r.Period, r.BasePeriod) && r.BasePeriod == r.Period.AddYears(-1):
		id, p = "base_same", w.period(period.OfYear(r.BasePeriod.Year()))
	}
	return " " + w.say(id, "Period", p)
}

// change is the difference of two figures: over time a rise or a fall, else one is above or below the other.
func (w *writer) change(r *qa.Result) string {
	if len(r.Inputs) >= 2 && !overTime(r.Inputs[0], r.Inputs[1]) {
		return w.say("than_"+direction(r.Value), "Value", w.sized(r), "Other", w.other(r))
	}
	if r.Shown == nil {
		return w.moved(form(r.Of), r.Value, true) + w.base(r) + w.tags(w.uncertain(r), w.origin(r))
	}
	return w.say(form(r.Of)+"_"+direction(r.Value), "Value", w.sized(r)) + w.base(r) + w.tags(w.uncertain(r), w.origin(r))
}

// sized is a result's figure without its sign.
func (w *writer) sized(r *qa.Result) string {
	c := *r
	c.Value = size(r.Value)
	if r.Shown != nil {
		shown := size(*r.Shown)
		c.Shown = &shown
	}
	return w.figure(&c)
}

// overTime reports whether two inputs are of one thing at two times.
func overTime(a, b qa.Input) bool {
	return a.Indicator == b.Indicator && a.Area == b.Area && a.Period != b.Period
}

func (w *writer) requiredGrowth(r *qa.Result) string {
	return w.say("required_"+direction(r.Value), "Value", bold(w.amount(w.lang, size(r.Value))), "Base", w.base(r)) +
		w.tags(w.origin(r), w.assigner(r.Assigned))
}

func (w *writer) pace(r *qa.Result) string {
	if r.Value.Sign() <= 0 {
		return w.say("pace_none")
	}
	return w.say("pace", "Value", w.figure(r)) + w.tags(w.assigner(r.Assigned))
}

func (w *writer) contribution(r *qa.Result) string {
	return w.say("contribution_"+direction(r.Value), "Value", bold(w.amount(w.lang, size(r.Value))), "Whole", w.otherName(r, 2)) +
		w.tags(w.uncertain(r), w.origin(r))
}

// otherName is the name of an input, where it is another one's than the result's.
func (w *writer) otherName(r *qa.Result, i int) string {
	if i >= len(r.Inputs) {
		return ""
	}
	in := r.Inputs[i]
	if in.Indicator == r.Indicator {
		return ""
	}
	return clean(in.Name.In(w.lang))
}

// other is what the second figure of a comparison is of, as far as it differs from the first: its name, its area, its period, else its measure.
func (w *writer) other(r *qa.Result) string {
	if len(r.Inputs) < 2 {
		return ""
	}
	a, b := r.Inputs[0], r.Inputs[1]
	s := subject{}
	if b.Indicator != a.Indicator || b.Measure == string(qa.ProjectFacts) {
		s.name = clean(b.Name.In(w.lang))
	}
	if b.Area != a.Area {
		s.area = clean(b.AreaName.In(w.lang))
	}
	if b.Period != a.Period {
		s.period = w.period(b.Period)
	}
	text := w.named(s)
	if text == "" {
		return w.coded("measure_", b.Measure)
	}
	return text
}
