package reply

import (
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// verdictDetail is what stands behind a fact that a claim was checked against: the claim and how far it is off.
func (w *writer) verdictDetail(a *qa.Answer, fact, off *qa.Result, detail string) string {
	if a.Query.Claimed == nil || fact.Verdict == "agrees" {
		return detail
	}
	claim := *a.Query.Claimed
	if claim.Unit == "" {
		claim.Unit = fact.Value.Unit
		if claim.Mult == 0 {
			claim.Mult = fact.Value.Mult
		}
	}
	args := []string{"Claimed", w.claimed(fact, claim)}
	if off == nil || off.Value.Sign() == 0 {
		return w.joined(w.say("verify_claim", args...), detail)
	}
	return w.joined(w.say("verify_off", append(args, "Off", bold(w.amount(w.lang, size(off.Value))))...), detail)
}

// claimed is a claim in the words of the fact that it is set against.
func (w *writer) claimed(fact *qa.Result, claim quantity.Quantity) string {
	if kindOf(fact.Measure, fact.Op) == qa.Growth {
		return w.moved("noun", claim, false)
	}
	return w.amount(w.lang, claim)
}

// assumption repeats what a question assumes.
func (w *writer) assumption(a *qa.Answer, n qa.Note) string {
	if n.Value == nil {
		return ""
	}
	value := *n.Value
	for i := range a.Results {
		for _, in := range a.Results[i].Inputs {
			if in.Measure == assumed && in.Period == n.Period {
				value = in.Value
			}
		}
	}
	said := w.amount(w.lang, value)
	kind := "value"
	switch a.Query.Of {
	case qa.Growth, qa.Change:
		kind, said = "growth", w.moved("noun", value, false)
	case qa.Attainment:
		kind = "attainment"
	case qa.Gap:
		kind = "gap"
	default:
		if a.Query.Measure.String() == "plan" {
			kind = "plan"
		}
	}
	return w.say("assume_"+kind, "Value", said)
}
