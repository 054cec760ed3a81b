package reply

import (
	"strconv"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// projectFigure is a project's capacity or investment, whichever its result holds; where it holds none, the first that is known of it.
func (w *writer) projectFigure(r *qa.Result) string {
	if r.HasValue {
		if isInvestment(r) {
			return w.say("project_investment", "Value", w.projectAmount(r))
		}
		return w.say("project_capacity", "Value", w.projectAmount(r))
	}
	d := r.Details
	if d == nil {
		return w.say("project_unknown")
	}
	for _, text := range []string{w.otherCapacity(r), w.investor(d), w.product(d), w.status(d), w.place(r)} {
		if text != "" {
			return text
		}
	}
	return w.say("project_unknown")
}

// projectAmount is a project's figure; one that was converted stands with the stored one beside it.
func (w *writer) projectAmount(r *qa.Result) string {
	if r.Shown == nil && r.Basis == qa.Computed && len(r.Inputs) == 1 {
		return w.say("shown", "Shown", bold(w.exact(w.lang, r.Value)), "Value", w.amount(w.lang, r.Inputs[0].Value))
	}
	return w.figure(r)
}

// isInvestment reports whether the value of a project's result is its investment, be it converted.
func isInvestment(r *qa.Result) bool {
	d := r.Details
	return d != nil && d.Investment != nil && otherAmount(r, d.Investment) == nil && (d.Capacity == nil || otherAmount(r, d.Capacity) != nil)
}

// projectBrief is what a list says of a project behind its figure.
func (w *writer) projectBrief(r *qa.Result) string {
	if r.Details == nil || !r.HasValue {
		return ""
	}
	return w.investor(r.Details)
}

func (w *writer) investor(d *facts.Project) string {
	if s := clean(d.Investor); s != "" {
		return w.say("project_investor", "Investor", s)
	}
	return ""
}

func (w *writer) product(d *facts.Project) string {
	if s := clean(d.Product.In(w.lang)); s != "" {
		return w.say("project_product", "Product", s)
	}
	return ""
}

func (w *writer) sector(d *facts.Project) string {
	if s := clean(d.Sector.In(w.lang)); s != "" {
		return w.say("project_sector", "Sector", s)
	}
	return ""
}

func (w *writer) place(r *qa.Result) string {
	place, area := "", clean(r.AreaName.In(w.lang))
	if r.Details != nil {
		place = clean(r.Details.Place)
	}
	switch {
	case place == "" && area == "":
		return ""
	case place == "" || place == area:
		place = area
	case area != "":
		place += ", " + area
	}
	return w.say("project_place", "Place", place)
}

// status is a project's state and the year in which it is to start, which the source may not say of it in so many words.
func (w *writer) status(d *facts.Project) string {
	status, year := clean(d.Status.In(w.lang)), ""
	if d.ExpectedYear != 0 {
		year = w.say("project_year", "Year", strconv.Itoa(d.ExpectedYear))
		if d.YearInferred {
			year = w.say("project_year_inferred", "Year", strconv.Itoa(d.ExpectedYear))
		}
	}
	return w.joined(status, year)
}

// otherAmounts are the figures of a project that are neither its result's value nor what that was made of.
func otherAmounts(r *qa.Result) (capacity, investment *quantity.Quantity) {
	if r.Details == nil {
		return nil, nil
	}
	return otherAmount(r, r.Details.Capacity), otherAmount(r, r.Details.Investment)
}

func otherAmount(r *qa.Result, q *quantity.Quantity) *quantity.Quantity {
	if q == nil || sameAmount(q, r) {
		return nil
	}
	for i := range r.Inputs {
		if v := r.Inputs[i].Value; v.Unit == q.Unit && v.Full().Cmp(q.Full()) == 0 {
			return nil
		}
	}
	return q
}

// field says of a project what was asked; empty where that is not known.
func (w *writer) field(r *qa.Result, f qa.Field) string {
	d := r.Details
	if d == nil {
		return ""
	}
	switch f {
	case qa.InvestorField:
		return w.investor(d)
	case qa.ProductField:
		return w.product(d)
	case qa.SectorField:
		return w.sector(d)
	case qa.PlaceField:
		return w.place(r)
	case qa.StatusField, qa.YearField:
		return w.status(d)
	}
	if r.HasValue {
		return w.projectFigure(r)
	}
	return ""
}

// projectsOrFigures writes one project with all that is known of it, several a line each; other results as ever.
func (w *writer) projectsOrFigures(a *qa.Answer, asked, company []*qa.Result, taken map[*qa.Result]bool, lead string) subject {
	if len(asked) == 0 || asked[0].Project == "" {
		if len(asked) > 0 && asked[0].Statement != "" {
			w.statements(asked, lead)
			return subject{}
		}
		return w.present(w.items(a, asked, company, taken), lead, listStyle(asked))
	}
	field := a.Query.Field
	if len(asked) == 1 && field == qa.AllFields {
		w.project(asked[0], lead)
		return w.subjectOf(asked[0])
	}
	if field == qa.AllFields || field == qa.CapacityField || field == qa.InvestmentField {
		return w.present(w.items(a, asked, company, taken), lead, listStyle(asked))
	}
	var list []item
	for _, r := range asked {
		list = append(list, item{subject: w.subjectOf(r), says: w.field(r, field)})
	}
	return w.present(list, lead, bulleted)
}

// project writes all that is known of one project.
func (w *writer) project(r *qa.Result, lead string) {
	s := w.subjectOf(r)
	d := r.Details
	if d == nil {
		w.line(capital(w.led(lead, w.label(s, w.projectFigure(r)))))
		return
	}
	if r.HasValue {
		w.line(capital(w.led(lead, w.label(s, w.projectFigure(r)))))
	} else {
		w.line(capital(w.led(lead, bold(s.name))))
	}
	for _, text := range []string{w.otherCapacity(r), w.investor(d), w.product(d), w.sector(d), w.place(r), w.otherInvestment(r), w.status(d)} {
		if text != "" {
			w.line("• " + capital(text))
		}
	}
	if note := clean(d.Note.In(w.lang)); note != "" {
		w.line(italic(note))
	}
}

func (w *writer) otherCapacity(r *qa.Result) string {
	if capacity, _ := otherAmounts(r); capacity != nil {
		return w.say("project_capacity", "Value", bold(w.amount(w.lang, *capacity)))
	}
	return ""
}

func (w *writer) otherInvestment(r *qa.Result) string {
	if _, investment := otherAmounts(r); investment != nil {
		return w.say("project_investment", "Value", bold(w.amount(w.lang, *investment)))
	}
	return ""
}
