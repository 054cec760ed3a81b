package desk

import (
	"html"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/reply"
	"factbot/internal/review"
)

// reviewed is how many things of a kind a review names; the rest are counted.
const reviewed = 8

// Review writes what a change of the facts changes, for whoever decides on it: HTML as Telegram reads it, and the same without markup.
func (d *Desk) Review(r review.Review, before, after *facts.Snapshot, lang string) (marked, plain string) {
	w := &reviewer{d: d, before: before, after: after, lang: lang}
	w.counts(&r)
	w.list("review_changed", len(r.Changed), func(i int) string { return w.change(r.Changed[i]) })
	w.list("review_added", len(r.Added), func(i int) string { return w.change(r.Added[i]) })
	w.list("review_removed", len(r.Removed), func(i int) string { return w.change(r.Removed[i]) })
	w.list("review_new_projects", len(r.NewProjects), func(i int) string { return r.NewProjects[i].Name.In(lang) })
	w.list("review_other_projects", len(r.OtherProjects), func(i int) string { return r.OtherProjects[i].Name.In(lang) })
	w.list("review_gone_projects", len(r.GoneProjects), func(i int) string { return r.GoneProjects[i].Name.In(lang) })
	w.list("review_new_indicators", len(r.NewIndicators), func(i int) string { return r.NewIndicators[i].Name.In(lang) })
	w.list("review_new_areas", len(r.NewAreas), func(i int) string { return r.NewAreas[i].Name.In(lang) })
	w.list("review_doubts", len(r.Doubts), func(i int) string { return w.doubt(r.Doubts[i]) })
	return strings.Join(w.marked, "\n"), strings.Join(w.plain, "\n")
}

// reviewer writes one review.
type reviewer struct {
	d             *Desk
	before, after *facts.Snapshot
	lang          string
	marked, plain []string
}

func (w *reviewer) say(id string, args map[string]any) string {
	return reply.OneLine(w.d.printer.Message(w.lang, id, args))
}

func (w *reviewer) counts(r *review.Review) {
	text := w.say("review_counts", map[string]any{"Added": len(r.Added), "Changed": len(r.Changed), "Removed": len(r.Removed), "Doubts": len(r.Doubts)})
	w.marked, w.plain = append(w.marked, "<b>"+html.EscapeString(text)+"</b>"), append(w.plain, text)
	if n := r.NewStatements + r.GoneStatements; n > 0 {
		text := w.say("review_statements", map[string]any{"New": r.NewStatements, "Gone": r.GoneStatements})
		w.marked, w.plain = append(w.marked, html.EscapeString(text)), append(w.plain, text)
	}
}

// list writes the first few things of a kind under its heading.
func (w *reviewer) list(heading string, n int, line func(int) string) {
	if n == 0 {
		return
	}
	text := w.say(heading, nil)
	w.marked, w.plain = append(w.marked, "", "<b>"+html.EscapeString(text)+"</b>"), append(w.plain, "", text)
	for i := range min(n, reviewed) {
		text := "• " + reply.OneLine(line(i))
		w.marked, w.plain = append(w.marked, html.EscapeString(text)), append(w.plain, text)
	}
	if n > reviewed {
		text := w.say("news_more", map[string]any{"Count": n - reviewed})
		w.marked, w.plain = append(w.marked, html.EscapeString(text)), append(w.plain, text)
	}
}

// named is what a figure is of.
func (w *reviewer) named(f review.Figure) string {
	s := w.after
	if s.Indicator(f.Indicator) == nil {
		s = w.before
	}
	text := f.Indicator
	if i := s.Indicator(f.Indicator); i != nil {
		text = i.Name.In(w.lang)
	}
	if a := s.Area(f.Area); a != nil {
		text += ", " + a.Name.In(w.lang)
	}
	return text + " " + w.d.printer.Period(w.lang, f.Period)
}

// kind is what a figure is: a plan, an estimate, the growth of a plan …
func (w *reviewer) kind(f review.Figure) string {
	id := "measure_other"
	if f.Measure != facts.NoMeasure {
		id = "measure_" + f.Measure.String()
	}
	text := w.say(id, nil)
	if f.Claim != 0 {
		text = w.say("review_claim_"+f.Claim.String(), map[string]any{"Measure": text})
	}
	if f.AssignedBy != "" {
		text += " (" + w.say("tag_assigned", map[string]any{"By": f.AssignedBy}) + ")"
	}
	return text
}

func (w *reviewer) amount(q quantity.Quantity) string { return w.d.printer.Amount(w.lang, q) }

func (w *reviewer) change(c review.Change) string {
	args := map[string]any{"Name": w.named(c.Figure), "Kind": w.kind(c.Figure), "Old": "", "New": "", "Source": ""}
	id := "review_one_added"
	if c.New != nil {
		args["New"] = w.amount(*c.New)
	}
	switch {
	case c.New == nil:
		id, args["Old"] = "review_one_removed", w.amount(*c.Old)
	case c.Old != nil:
		id, args["Old"] = "review_one_changed", w.amount(*c.Old)
	case c.Before != nil:
		id, args["Old"] = "review_one_otherwise", w.amount(c.Before.Value)
		if c.Before.Source != nil {
			args["Source"] = c.Before.Source.Title
		}
	}
	return w.say(id, args)
}

func (w *reviewer) doubt(d review.Doubt) string {
	args := map[string]any{"Name": w.named(d.Figure), "Value": w.amount(d.Value), "Like": "", "Against": ""}
	if d.Like != nil {
		args["Like"] = w.d.printer.Period(w.lang, d.Like.Period) + ": " + w.amount(d.Like.Value)
	}
	if d.Kind == review.Noticed {
		args["Against"] = w.amount(d.Notice.Against)
		return w.say("review_doubt_"+string(d.Notice.Code), args)
	}
	if d.Like == nil {
		return w.say("review_doubt_beyond", args)
	}
	return w.say("review_doubt_"+string(d.Kind), args)
}
