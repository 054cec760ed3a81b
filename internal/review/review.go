// Package review says what a change of the facts changes, figure by figure, and what is doubtful about it, so that a person can decide on it. It decides
// nothing and writes no sentence.
package review

import (
	"cmp"
	"slices"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Figure names one figure or claim of a document.
type Figure struct {
	Indicator  string
	Area       string
	Period     period.Period
	Measure    facts.Measure   // of a claim: what it is said of
	Claim      facts.ClaimKind // 0: a figure
	AssignedBy string
	Source     string
}

// Change is a figure that is new (no Old), changed, or removed (no New).
type Change struct {
	Figure
	Old, New *quantity.Quantity
	Before   *facts.Observation // of a new figure: what another document gave for the same until now, where that is something else
}

// Review is what a change changes.
type Review struct {
	Added, Changed, Removed                  []Change
	NewProjects, OtherProjects, GoneProjects []*facts.Project // of OtherProjects something is told otherwise
	NewIndicators                            []*facts.Indicator
	NewAreas                                 []*facts.Area
	NewDocuments                             []*facts.Source
	GoneStatements, NewStatements            int
	Doubts                                   []Doubt
}

// Empty reports whether nothing is changed that an answer could tell.
func (r *Review) Empty() bool {
	return len(r.Added)+len(r.Changed)+len(r.Removed)+len(r.NewProjects)+len(r.OtherProjects)+len(r.GoneProjects)+len(r.NewIndicators)+len(r.NewAreas)+r.GoneStatements+r.NewStatements == 0
}

// Compare reviews the change from one snapshot to another.
func Compare(before, after *facts.Snapshot) Review {
	var r Review
	r.figures(before, after)
	r.others(before, after)
	r.doubts(before, after)
	return r
}

// values are all figures and claims of a snapshot, and their names in the order of the documents.
func values(s *facts.Snapshot) (order []Figure, at map[Figure]quantity.Quantity) {
	at = map[Figure]quantity.Quantity{}
	add := func(f Figure, v quantity.Quantity) {
		if _, ok := at[f]; !ok {
			order = append(order, f)
		}
		at[f] = v
	}
	for o := range s.Observations() {
		add(Figure{o.Indicator, o.Area, o.Period, o.Measure, 0, o.AssignedBy, sourceID(o.Source)}, o.Value)
	}
	for _, c := range s.Claims() {
		add(Figure{c.Indicator, c.Area, c.Period, c.Of, c.Kind, c.AssignedBy, sourceID(c.Source)}, c.Value)
	}
	return order, at
}

func sourceID(s *facts.Source) string {
	if s == nil {
		return ""
	}
	return s.ID
}

func (r *Review) figures(before, after *facts.Snapshot) {
	were, old := values(before)
	are, now := values(after)
	for _, f := range are {
		v := now[f]
		was, there := old[f]
		switch {
		case !there:
			r.Added = append(r.Added, Change{Figure: f, New: &v, Before: elsewhere(before, f, v)})
		case !same(was, v):
			r.Changed = append(r.Changed, Change{Figure: f, Old: &was, New: &v})
		}
	}
	for _, f := range were {
		if _, there := now[f]; !there {
			was := old[f]
			r.Removed = append(r.Removed, Change{Figure: f, Old: &was})
		}
	}
}

// same reports whether two figures are written as the same amount.
func same(a, b quantity.Quantity) bool {
	return a.Unit == b.Unit && a.Full().Cmp(b.Full()) == 0
}

// elsewhere is what another document gave for a new figure, where that is something else.
func elsewhere(before *facts.Snapshot, f Figure, v quantity.Quantity) *facts.Observation {
	if f.Claim != 0 {
		return nil
	}
	series := before.Series(f.Indicator, f.Area)
	o, ok := series.Of(f.Period, f.Measure, f.AssignedBy)
	if !ok && f.Measure.Realised() { // an actual figure where there was an estimate
		o, ok = series.Realised(f.Period)
	}
	if !ok || same(o.Value, v) {
		return nil
	}
	return &o
}

func (r *Review) others(before, after *facts.Snapshot) {
	for _, i := range after.Indicators() {
		if before.Indicator(i.ID) == nil {
			r.NewIndicators = append(r.NewIndicators, i)
		}
	}
	for _, a := range after.Areas() {
		if before.Area(a.ID) == nil {
			r.NewAreas = append(r.NewAreas, a)
		}
	}
	for _, s := range after.Sources() {
		if !slices.ContainsFunc(before.Sources(), func(o *facts.Source) bool { return o.ID == s.ID }) {
			r.NewDocuments = append(r.NewDocuments, s)
		}
	}
	was := map[string]*facts.Project{}
	for _, p := range before.Projects() {
		was[p.ID] = p
	}
	for _, p := range after.Projects() {
		switch o := was[p.ID]; {
		case o == nil:
			r.NewProjects = append(r.NewProjects, p)
		case !o.Same(p):
			r.OtherProjects = append(r.OtherProjects, p)
		}
		delete(was, p.ID)
	}
	for _, p := range before.Projects() {
		if was[p.ID] != nil {
			r.GoneProjects = append(r.GoneProjects, p)
		}
	}
	said := map[string]bool{}
	for _, s := range before.Statements() {
		said[statement(s)] = true
	}
	for _, s := range after.Statements() {
		if text := statement(s); said[text] {
			delete(said, text)
		} else {
			r.NewStatements++
		}
	}
	r.GoneStatements = len(said)
}

func statement(s *facts.Statement) string {
	return sourceID(s.Source) + "\x00" + string(s.Kind) + "\x00" + s.Text.In("vi") + "\x00" + s.Text.In("en")
}

// DoubtKind is why something is doubtful, beside what facts.Notices remark.
type DoubtKind string

// The doubts.
const (
	Noticed  DoubtKind = "noticed"   // Notice says what
	UnitJump DoubtKind = "unit_jump" // a thousand or a million times what it was: a unit was mistaken
	Unlikely DoubtKind = "unlikely"  // many times what it was, or a rate beyond what rates are
)

// Doubt is something about a change that a person should look at.
type Doubt struct {
	Kind   DoubtKind
	Figure Figure // of Noticed without Source
	Value  quantity.Quantity
	Like   *facts.Observation // what it was set against
	Notice *facts.Notice
}

func (r *Review) doubts(before, after *facts.Snapshot) {
	for _, changes := range [][]Change{r.Changed, r.Added} {
		for _, c := range changes {
			if d, ok := doubtOf(after, c); ok {
				r.Doubts = append(r.Doubts, d)
			}
		}
	}
	type key struct {
		code            facts.NoticeCode
		indicator, area string
		at              period.Period
		message         string
	}
	keyOf := func(n *facts.Notice) key { return key{n.Code, n.Indicator, n.Area, n.Period, n.Message} }
	known := map[key]bool{}
	for _, n := range facts.Notices(before) {
		known[keyOf(&n)] = true
	}
	for _, n := range facts.Notices(after) {
		if k := keyOf(&n); !known[k] {
			known[k] = true
			r.Doubts = append(r.Doubts, Doubt{Kind: Noticed, Figure: Figure{Indicator: n.Indicator, Area: n.Area, Period: n.Period}, Value: n.Said, Notice: &n})
		}
	}
}

// What is beyond belief: times the figure that it is set against, and percent of a growth and of an attainment.
const (
	timesBelieved      = 5
	growthBelieved     = 100
	attainmentBelieved = 250
)

func doubtOf(s *facts.Snapshot, c Change) (Doubt, bool) {
	d := Doubt{Kind: Unlikely, Figure: c.Figure, Value: *c.New}
	size := c.New.Abs().Float()
	switch c.Claim {
	case facts.Growth, facts.GrowthPrev:
		return d, size > growthBelieved
	case facts.Attainment:
		return d, size > attainmentBelieved
	case 0:
	default:
		return d, false
	}
	ind := s.Indicator(c.Indicator)
	if ind != nil && ind.Kind == facts.Index {
		return d, false
	}
	like, ok := likeOf(s, c)
	if !ok || like.Value.Sign() == 0 || c.New.Sign() == 0 {
		return d, false
	}
	d.Like = &like
	if c.New.Sign() != like.Value.Sign() {
		return d, true
	}
	ratio, err := quantity.Ratio(*c.New, like.Value)
	if err != nil {
		return d, false
	}
	times := ratio.Float()
	for _, jump := range []float64{1e3, 1e6, 1e9} {
		for _, by := range []float64{times / jump, times * jump} {
			if by > 0.4 && by < 2.5 {
				d.Kind = UnitJump
				return d, true
			}
		}
	}
	return d, times > timesBelieved || times < 1.0/timesBelieved
}

// likeOf is what a figure should be somewhat like: another measure of the same period, else the realised figure of the nearest period of the same length.
func likeOf(s *facts.Snapshot, c Change) (facts.Observation, bool) {
	series := s.Series(c.Indicator, c.Area)
	for _, o := range series.Observations(c.Period) {
		if o.Measure != c.Measure || o.AssignedBy != c.AssignedBy || sourceID(o.Source) != c.Source {
			return o, true
		}
	}
	var nearest facts.Observation
	best := -1
	for _, p := range series.Periods() {
		if p == c.Period || p.Len() != c.Period.Len() {
			continue
		}
		o, ok := series.Realised(p)
		if !ok {
			o, ok = series.Of(p, facts.Plan, "")
		}
		away := (p.Year()-c.Period.Year())*12 + p.FirstMonth() - c.Period.FirstMonth()
		away = max(away, -away)
		if ok && (best < 0 || away < best) {
			nearest, best = o, away
		}
	}
	return nearest, best >= 0
}

// Doubtful are the figures that there are doubts about, as far as they are single ones of a document.
func (r *Review) Doubtful() []Figure {
	var list []Figure
	for _, d := range r.Doubts {
		if d.Figure.Source != "" && !slices.Contains(list, d.Figure) {
			list = append(list, d.Figure)
		}
	}
	slices.SortStableFunc(list, func(a, b Figure) int { return cmp.Compare(a.Indicator, b.Indicator) })
	return list
}
