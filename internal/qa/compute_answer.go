package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// answer makes the computation an Answer: the status, the results in their order, the warnings that the figures shown bring with
// them, the sources.
func (c *computation) answer() Answer {
	if c.status == "" && len(c.asked) == 0 && c.covers == nil && len(c.lacks) == 0 {
		c.gone()
	}
	a := Answer{Lang: c.q.Lang, Status: c.status, Op: c.op, Options: c.options, Slots: c.q.Slots, Revision: c.facts.Revision(), Query: c.q,
		Notes: compactNotes(c.notes), Lacks: compactLacks(c.lacks)}
	if a.Status == "" {
		a.Status = NoData
		if len(c.asked) > 0 || c.covers != nil {
			a.Status = Answered
		}
	}
	switch a.Status {
	case Answered:
		a.Results, a.Available = c.shown(), c.covers
		a.YesNo, a.None = c.yesNo()
		if len(c.asked) > 0 && !slices.ContainsFunc(c.asked, func(r Result) bool { return r.Op != Backcast }) {
			a.Op = Backcast
		}
	case NoData:
		a.Results = c.alternatives
		for i := range a.Results {
			a.Results[i].Alternative = true
		}
		a.Available = c.availableFor()
	case Helped, NotUnderstood:
		a.Available = c.availableFor()
		a.Available.Examples = c.examples()
		return a
	default:
		return a
	}
	checks := check{facts: c.facts, warnings: c.warnings}
	checks.results(a.Results)
	a.Warnings = checks.warnings
	a.Sources = c.sources(a.Results)
	c.nameAll(a.Results)
	return a
}

// shown are the results, what was asked first, then the company; each figure once.
func (c *computation) shown() []Result {
	list := make([]Result, 0, len(c.asked)+len(c.company))
	list = append(list, c.asked...)
	for _, r := range c.company {
		r.Company = true
		if !slices.ContainsFunc(list, func(had Result) bool { return sameResult(had, r) }) {
			list = append(list, r)
		}
	}
	return list
}

// sameResult reports whether two results say the same of the same.
func sameResult(a, b Result) bool {
	return a.Indicator == b.Indicator && a.Project == b.Project && a.Statement == b.Statement && a.Area == b.Area && a.Period == b.Period &&
		a.BasePeriod == b.BasePeriod && a.Measure == b.Measure && a.Assigned == b.Assigned && a.HasValue == b.HasValue && a.Basis == b.Basis &&
		a.Of == b.Of && a.Value.Unit == b.Value.Unit && a.Value.Full().Cmp(b.Value.Full()) == 0
}

// yesNo answers a yes/no question: yes where it holds of everything that was asked; nil where the results do not tell. None: it holds of nothing.
func (c *computation) yesNo() (yes *bool, none bool) {
	if c.holds != nil {
		return c.holds, false
	}
	if c.q.YesNo == NoVerdict || len(c.asked) == 0 {
		return nil, false
	}
	n := 0
	for _, r := range c.asked {
		holds, ok := verdictHolds(c.q.YesNo, r)
		if !ok || slices.ContainsFunc(twins(c.company, r), func(t Result) bool { other, told := verdictHolds(c.q.YesNo, t); return told && other != holds }) {
			return nil, false // or the source contradicts itself
		}
		if holds {
			n++
		}
	}
	all := n == len(c.asked)
	return &all, n == 0
}

// verdictHolds reports whether a figure is as supposed; ok is false where the figure does not tell.
func verdictHolds(v Verdict, r Result) (holds, ok bool) {
	if !r.HasValue {
		return false, false
	}
	sign := r.Value.Sign()
	switch r.Op {
	case Attainment:
		sign = r.Value.Full().Cmp(quantity.Int(100))
	case Ratio:
		sign = r.Value.Full().Cmp(quantity.Int(1))
	case Gap:
		sign = -sign
	case Growth, Change, RequiredGrowth:
	case Value:
		if r.Measure != string(Growth) {
			return false, false
		}
	default:
		return false, false
	}
	switch v {
	case IsReached:
		return sign >= 0, r.Op == Attainment || r.Op == Gap
	case IsMissed:
		return sign < 0, r.Op == Attainment || r.Op == Gap
	case IsExceeded, IsRising, IsMore:
		return sign > 0, true
	case IsFalling, IsLess:
		return sign < 0, true
	}
	return false, false
}

// sources are the documents of the results, in the order of their first figure, each with the first place in it.
func (c *computation) sources(results []Result) []SourceRef {
	var refs []SourceRef
	add := func(id, locator string) {
		if id == "" {
			return
		}
		for i := range refs {
			if refs[i].ID == id {
				if refs[i].Locator == "" {
					refs[i].Locator = locator
				}
				return
			}
		}
		refs = append(refs, c.sourceRef(id, locator))
	}
	var addInputs func([]Input)
	addInputs = func(inputs []Input) {
		for _, in := range inputs {
			add(in.Source, in.Locator)
			addInputs(in.Parts)
		}
	}
	for _, r := range results {
		add(r.Source, r.Locator)
		addInputs(r.Inputs)
	}
	return refs
}

// sourceRef is a document with a place in it.
func (c *computation) sourceRef(id, locator string) SourceRef {
	for _, s := range c.facts.Sources() {
		if s.ID == id {
			return SourceRef{ID: id, Title: s.Title, Publisher: s.Publisher, Date: s.Date, URL: s.URL, Locator: locator, Note: s.Note}
		}
	}
	return SourceRef{ID: id, Locator: locator}
}

func compactNotes(notes []Note) []Note {
	var list []Note
	for _, n := range notes {
		if !slices.ContainsFunc(list, func(had Note) bool {
			return had.Code == n.Code && had.Indicator == n.Indicator && had.Period == n.Period && had.Base == n.Base && had.Name.In("") == n.Name.In("")
		}) {
			list = append(list, n)
		}
	}
	return list
}

func compactLacks(lacks []Lack) []Lack {
	var list []Lack
	for _, l := range lacks {
		if !slices.ContainsFunc(list, func(had Lack) bool {
			return had.Kind == l.Kind && had.Text == l.Text && had.Period == l.Period && had.Name.In("") == l.Name.In("") && had.Area.In("") == l.Area.In("")
		}) {
			list = append(list, l)
		}
	}
	return list
}

// check finds the doubts about the figures that an answer shows.
type check struct {
	facts    *facts.Snapshot
	warnings []Warning
}

// warn adds a warning, once.
func (k *check) warn(w Warning) {
	if !slices.ContainsFunc(k.warnings, func(had Warning) bool { return sameWarning(had, w) }) {
		if a := k.facts.Area(w.Area); a != nil {
			w.AreaName = a.Name
		}
		k.warnings = append(k.warnings, w)
	}
}

// sameWarning reports whether two warnings doubt the same.
func sameWarning(a, b Warning) bool {
	return a.Code == b.Code && a.Indicator == b.Indicator && a.Area == b.Area && a.Period == b.Period && (a.Of == b.Of || a.Code != StatedDiffers) && a.Typed == b.Typed &&
		assignerOf(a.Plan) == assignerOf(b.Plan) && (a.Code == MixedSources || assignerOf(a.Newer) == assignerOf(b.Newer))
}

func assignerOf(in *Input) string {
	if in == nil {
		return ""
	}
	return in.Measure + " " + in.Assigned
}

// results checks every result and what it was made of.
func (k *check) results(results []Result) {
	stated := k.warnings
	k.warnings = nil
	for _, w := range stated {
		k.warn(w)
	}
	for i := range results {
		r := &results[i]
		if r.Indicator == "" {
			continue
		}
		if r.HasValue && r.Basis == Stored && r.Source != "" {
			k.figure(Input{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area, Source: r.Source,
				Basis: r.Basis, Assigned: r.Assigned, Of: r.Of})
		}
		if r.Basis == Stated {
			k.claim(r)
		}
		k.inputs(r, r.Inputs)
		k.mixed(r)
		k.breaks(r)
	}
}

func (k *check) inputs(r *Result, inputs []Input) {
	for _, in := range inputs {
		if in.Area == "" {
			in.Area = r.Area
		}
		if in.Indicator != "" && in.Basis == Stored {
			k.figure(in)
		}
		k.inputs(r, in.Parts)
	}
}

// figure checks one stored figure: a plan against what was realised the year before, and any figure against other documents.
func (k *check) figure(in Input) {
	ind := k.facts.Indicator(in.Indicator)
	if ind == nil {
		return
	}
	l := line{ind, in.Area, k.facts.Series(ind.ID, in.Area)}
	if in.Measure == facts.Plan.String() {
		k.planBelow(l, in)
	}
	k.revised(l, in)
}

// planBelow warns of a plan below what was realised the year before.
func (k *check) planBelow(l line, plan Input) {
	before, ok := l.level(plan.Period.AddYears(-1))
	if !ok || plan.Period.Len() > 12 {
		return
	}
	if c, err := quantity.Cmp(plan.Value, before.value); err != nil || c >= 0 {
		return
	}
	realised := before.input()
	k.warn(Warning{Code: PlanBelowRealised, Indicator: l.ind.ID, Name: l.ind.Name, Area: l.area, Period: plan.Period, Plan: &plan, Realised: &realised})
}

// revised warns where another document has another figure for the same: an older one, or one of the same date.
func (k *check) revised(l line, in Input) {
	obs := l.series.Observations(in.Period)
	if len(obs) < 2 {
		return
	}
	var shown *facts.Observation
	for i := range obs {
		if obs[i].Source != nil && obs[i].Source.ID == in.Source && obs[i].Measure.String() == in.Measure && obs[i].AssignedBy == in.Assigned && equalFigures(obs[i].Value, in.Value) {
			shown = &obs[i]
			break
		}
	}
	if shown == nil {
		return
	}
	for i := range obs {
		o := &obs[i]
		if o == shown || equalFigures(o.Value, shown.Value) || !sameKindOfFigure(o, shown) || o.Source == shown.Source && o.Measure != shown.Measure {
			continue
		}
		newer, older := in, l.figureOf(o).input()
		code := Revised
		if o.Measure == shown.Measure && sameDay(o.Source, shown.Source) {
			code = SourcesDisagree
		} else if o.Measure > shown.Measure || o.Measure == shown.Measure && sourceDate(o.Source) > sourceDate(shown.Source) {
			newer, older = older, newer
		}
		k.warn(Warning{Code: code, Indicator: l.ind.ID, Name: l.ind.Name, Area: l.area, Period: in.Period, Newer: &newer, Older: &older})
	}
}

// claim warns where another document states something else than a stated result.
func (k *check) claim(r *Result) {
	ind := k.facts.Indicator(r.Indicator)
	if ind == nil {
		return
	}
	kind := facts.Growth
	switch {
	case r.Op == Attainment:
		kind = facts.Attainment
	case r.Op == Contribution:
		kind = facts.Contribution
	case !r.BasePeriod.IsZero() && r.BasePeriod != r.Period.AddYears(-1):
		kind = facts.GrowthPrev
	}
	l := line{ind, r.Area, k.facts.Series(ind.ID, r.Area)}
	claims := l.series.Claims(r.Period)
	if len(claims) < 2 {
		return
	}
	shown := Input{Indicator: r.Indicator, Name: r.Name, Measure: r.Measure, Value: r.Value, Period: r.Period, Area: r.Area, Source: r.Source,
		Basis: Stated, Of: r.Of, Assigned: r.Assigned, Locator: r.Locator}
	date := ""
	for i := range claims {
		if claims[i].Source != nil && claims[i].Source.ID == r.Source {
			date = claims[i].Source.Date
		}
	}
	for i := range claims {
		cl := l.claimed(&claims[i])
		if cl.claim != kind || (cl.of == facts.Plan) != (r.Of == facts.Plan) || cl.assigned != r.Assigned || cl.sourceID() == r.Source || equalFigures(cl.value, r.Value) {
			continue
		}
		newer, older := shown, cl.input()
		code := Revised
		if cl.of == r.Of && sameDay(cl.source, &facts.Source{Date: date}) {
			code = SourcesDisagree
		} else if cl.of > r.Of || cl.of == r.Of && sourceDate(cl.source) > date {
			newer, older = older, newer
		}
		k.warn(Warning{Code: code, Indicator: ind.ID, Name: ind.Name, Area: r.Area, Period: r.Period, Newer: &newer, Older: &older})
	}
}

// sameKindOfFigure reports whether two observations are on the same thing: both realised, or both plans of one assigner.
func sameKindOfFigure(a, b *facts.Observation) bool {
	if a.Measure == facts.Plan || b.Measure == facts.Plan {
		return a.Measure == b.Measure && a.AssignedBy == b.AssignedBy
	}
	return true
}

func sourceDate(s *facts.Source) string {
	if s == nil {
		return ""
	}
	return s.Date
}

// mixed warns where the two figures of one result come from two documents.
func (k *check) mixed(r *Result) {
	switch r.Op {
	case Attainment, Gap, Share, Growth, Change, Ratio, RequiredGrowth, Remainder, Contribution:
	default:
		return
	}
	if r.Basis == Stated || len(r.Inputs) < 2 {
		return
	}
	first := documentOf(r.Inputs[0])
	for _, in := range r.Inputs[1:] {
		if other := documentOf(in); first != "" && other != "" && other != first {
			k.warn(Warning{Code: MixedSources, Indicator: r.Indicator, Name: r.Name, Area: r.Area, Period: r.Period, Of: r.Op,
				Newer: &r.Inputs[0], Older: &in})
			return
		}
	}
}

// documentOf is the document of an input, of a derived one that of its first part.
func documentOf(in Input) string {
	if in.Source == "" && len(in.Parts) > 0 {
		return documentOf(in.Parts[0])
	}
	return in.Source
}

// breaks warns where a result compares or adds figures from both sides of a break in their series.
func (k *check) breaks(r *Result) {
	if len(r.Inputs) < 2 && r.BasePeriod.IsZero() {
		return
	}
	months := monthsOf(r.Period)
	months.widen(r.BasePeriod)
	for _, in := range r.Inputs {
		months.widen(in.Period)
	}
	k.between(r.Indicator, r.Area, months, r)
}

// months is a run of months, counted from the year 0.
type months struct{ first, last int }

func monthsOf(p period.Period) months {
	return months{p.Year()*12 + p.FirstMonth(), p.LastYear()*12 + p.LastMonth()}
}

// widen makes the run cover a period too.
func (m *months) widen(p period.Period) {
	if !p.IsZero() {
		m.first, m.last = min(m.first, monthsOf(p).first), max(m.last, monthsOf(p).last)
	}
}

// between warns of the breaks of an indicator and an area within a run of months, its first month apart.
func (k *check) between(indicator, area string, run months, r *Result) {
	warn := func(breaks []facts.Break) {
		for _, b := range breaks {
			if at := monthsOf(b.At).first; at > run.first && at <= run.last {
				k.warn(Warning{Code: SeriesBreak, Indicator: indicator, Name: r.Name, Area: area, Period: b.At, Note: b.Note})
			}
		}
	}
	if ind := k.facts.Indicator(indicator); ind != nil {
		warn(ind.Breaks)
	}
	if a := k.facts.Area(area); a != nil {
		warn(a.Breaks)
	}
}
