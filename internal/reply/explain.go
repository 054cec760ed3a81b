package reply

import (
	"strconv"
	"strings"

	"factbot/internal/qa"
)

// explained writes how results are computed: the rule in words, then the rule with the figures filled in.
func (w *writer) explained(a *qa.Answer, asked []*qa.Result) {
	if len(asked) == 0 {
		return // the remark with the bare formula says it
	}
	last := ""
	for _, r := range asked {
		kind := kindOf(r.Measure, r.Op)
		rule := w.coded("formula_", string(kind))
		if r.Basis == qa.Stored || r.Basis == qa.Stated {
			rule = w.say("formula_" + string(r.Basis))
		}
		if rule != last {
			w.line(rule)
			last = rule
		}
		if r.Basis == qa.Stored || r.Basis == qa.Stated {
			continue
		}
		if filled := w.filled(a, r, kind); filled != "" {
			w.line(w.say("equals", "Formula", filled, "Value", bold(w.amount(w.lang, r.Value))))
		}
	}
}

// filled is a formula with the figures of a result's inputs; empty where they do not fit it.
func (w *writer) filled(a *qa.Answer, r *qa.Result, kind qa.Op) string {
	in := make([]string, len(r.Inputs))
	for i := range r.Inputs {
		in[i] = w.amount(w.lang, r.Inputs[i].Value)
	}
	two, three := len(in) == 2, len(in) == 3
	switch {
	case (kind == qa.Attainment || kind == qa.Share) && two:
		return in[0] + " ÷ " + in[1] + " × 100"
	case kind == qa.Ratio && two:
		return in[0] + " ÷ " + in[1]
	case kind == qa.Gap && two:
		return in[1] + " − " + in[0]
	case (kind == qa.Growth || kind == qa.RequiredGrowth) && two && r.Value.Unit == "percent":
		return "(" + in[0] + " ÷ " + in[1] + " − 1) × 100"
	case (kind == qa.Change || kind == qa.Growth || kind == qa.RequiredGrowth) && two:
		return in[0] + " − " + in[1]
	case kind == qa.Remainder && len(in) > 1:
		return strings.Join(in, " − ")
	case kind == qa.Total && len(in) > 1:
		return strings.Join(in, " + ")
	case kind == qa.Value && len(in) > 1 && !r.Period.Contains(r.Inputs[0].Period):
		return strings.Join(in, " − ")
	case kind == qa.Value && len(in) > 1:
		return strings.Join(in, " + ")
	case kind == qa.Average && len(in) > 1:
		return w.say("formula_mean", "Sum", strings.Join(in, " + "), "Count", strconv.Itoa(len(in)))
	case kind == qa.Backcast && two:
		return in[0] + " ÷ (1 + " + in[1] + ")"
	case kind == qa.Contribution && three:
		return "(" + in[0] + " − " + in[1] + ") ÷ " + in[2] + " × 100"
	case kind == qa.Pace:
		return w.paceFormula(a, in)
	}
	return ""
}

// paceFormula is what is missing by the periods left.
func (w *writer) paceFormula(a *qa.Answer, in []string) string {
	for _, n := range a.Notes {
		if n.Code == qa.NotePeriodsLeft && n.N > 0 {
			missing := in[0]
			if len(in) == 2 {
				missing = "(" + in[0] + " − " + in[1] + ")"
			}
			return w.say("formula_per", "Missing", missing, "Count", strconv.Itoa(n.N))
		}
	}
	return ""
}
