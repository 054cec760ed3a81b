package reply

import (
	"slices"

	"factbot/internal/qa"
)

// answer writes a whole reply: the body of each question that was asked, then once for all the sources and what was understood.
func (w *writer) answer(a *qa.Answer) {
	if len(a.Parts) > 0 {
		for i := range a.Parts {
			if i > 0 {
				w.lines = append(w.lines, "")
			}
			w.body(&a.Parts[i])
		}
	} else {
		w.body(a)
	}
	w.sources(a)
	w.understood(a)
}

// body writes the answer to one question.
func (w *writer) body(a *qa.Answer) {
	before := len(w.lines)
	switch a.Status {
	case qa.Answered:
		w.answered(a)
	case qa.NoData:
		w.noData(a)
	case qa.Clarify:
		w.clarify(a)
	case qa.Helped:
		w.help(a)
	default:
		w.notUnderstood(a)
	}
	if len(w.lines) == before {
		w.line(w.say("nothing"))
	}
}

// answered writes results, remarks, doubts and company.
func (w *writer) answered(a *qa.Answer) {
	asked, company := split(a)
	lead := w.lead(a)
	taken := map[*qa.Result]bool{}
	var said subject
	if len(asked) == 0 && noted(a, qa.NoteNoneMatch) {
		w.line(capital(w.say("note_none_match")))
		asked, company = company, nil
	}
	switch a.Op {
	case qa.StatementOf:
		if !w.statements(asked, lead) {
			said = w.present(w.items(a, asked, company, taken), lead, bulleted)
		}
	case qa.ProjectFacts, qa.SourceOf:
		said = w.projectsOrFigures(a, asked, company, taken, lead)
	case qa.Coverage:
		w.coverage(a)
		said = w.present(w.items(a, asked, company, taken), lead, bulleted)
	case qa.Define:
		w.definitions(asked)
	case qa.CountOf:
		w.counted(a, asked, company, taken)
	default:
		said = w.present(w.items(a, asked, company, taken), lead, listStyle(asked))
	}
	if a.Op == qa.List && a.Available != nil && len(a.Available.Documents) > 0 {
		w.documents(a.Available.Documents, len(a.Available.Documents))
	}
	if a.Op == qa.Explain {
		w.explained(a, asked)
	}
	w.notes(a)
	w.warnings(a)
	w.company(a, asked, company, taken, said)
	w.lacks(a)
}

// noted reports whether an answer carries a remark.
func noted(a *qa.Answer, code qa.NoteCode) bool {
	return slices.ContainsFunc(a.Notes, func(n qa.Note) bool { return n.Code == code })
}

// split are the results that were asked for and those that stand beside them. Results that are only the name of a document are left to
// the list of documents.
func split(a *qa.Answer) (asked, company []*qa.Result) {
	for i := range a.Results {
		r := &a.Results[i]
		switch {
		case r.Measure == string(qa.SourceOf) && !r.HasValue:
		case r.Company:
			company = append(company, r)
		default:
			asked = append(asked, r)
		}
	}
	return asked, company
}

// listStyle numbers what is ranked.
func listStyle(asked []*qa.Result) style {
	if len(asked) > 0 && asked[0].Rank > 0 {
		return numbered
	}
	return bulleted
}

// verdictIDs are the messages for a yes/no question's direction.
var verdictIDs = map[qa.Verdict]string{qa.NoVerdict: "plain", qa.IsReached: "reached", qa.IsMissed: "missed", qa.IsExceeded: "exceeded",
	qa.IsRising: "rising", qa.IsFalling: "falling", qa.IsMore: "more", qa.IsLess: "less"}

// lead is what comes before the first figure: yes or no, right or wrong, what is assumed, a premise that is not so.
func (w *writer) lead(a *qa.Answer) string {
	for _, n := range a.Notes {
		switch n.Code {
		case qa.NotePremise:
			return w.say("premise")
		case qa.NoteAssumed:
			if a.Op == qa.WhatIf {
				return w.assumption(a, n)
			}
		}
	}
	if a.YesNo == nil {
		return ""
	}
	if a.Op == qa.Verify {
		if *a.YesNo {
			asked, company := split(a)
			differs := func(r *qa.Result) bool { return r.Verdict == "differs" }
			switch {
			case slices.ContainsFunc(company, differs):
				return w.say("verify_stated") // and what the figures give stands beside
			case len(asked) > 0 && differs(asked[0]) && a.Query.Limit == nil:
				return w.say("verify_computed") // and what the source states stands first
			}
			return w.say("verify_agrees")
		}
		return w.say("verify_differs")
	}
	if asked, _ := split(a); len(asked) > 1 && !*a.YesNo && !a.None {
		return w.say("no_all")
	}
	id := verdictIDs[a.Query.YesNo]
	if *a.YesNo {
		return w.coded("yes_", id)
	}
	return w.coded("no_", id)
}

// company writes what stands beside the results and was not said yet: first the parts of what was asked, then the rest.
func (w *writer) company(a *qa.Answer, asked, company []*qa.Result, taken map[*qa.Result]bool, said subject) {
	var parts, rest []*qa.Result
	for _, r := range company {
		switch {
		case taken[r]:
		case covered(a, r):
			taken[r] = true
		case len(asked) > 0 && r.PartOf != "" && partOfAny(r, asked):
			parts = append(parts, r)
		default:
			rest = append(rest, r)
		}
	}
	if len(parts) > 0 {
		w.beside(w.say("of_which"), w.items(a, parts, parts, taken), said)
	}
	if len(rest) > 0 {
		w.beside("", w.items(a, rest, rest, taken), said)
	}
}

func partOfAny(r *qa.Result, asked []*qa.Result) bool {
	for _, whole := range asked {
		if whole.Indicator == r.PartOf {
			return true
		}
	}
	return false
}

// beside writes company: one item on the line of its heading, several below it.
func (w *writer) beside(head string, items []item, said subject) {
	if len(items) == 1 {
		w.line(capital(w.led(head, w.oneLine(items[0], said))))
		return
	}
	w.line(head)
	w.list(items, said, bulleted)
}
