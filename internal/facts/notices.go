package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

// NoticeCode says what a notice is about.
type NoticeCode string

// The codes. Those that answers warn of too have the same names there.
const (
	StatedDiffers     NoticeCode = "stated_differs"
	PlanBelowRealised NoticeCode = "plan_below_realised"
	PartsOverWhole    NoticeCode = "parts_over_whole"
	Revised           NoticeCode = "revised"
	SourcesDisagree   NoticeCode = "sources_disagree"
)

// Notice is something odd in facts that are well formed: what a source says does not fit together, or two sources do not.
// It is for the keeper of the facts, who leaves what the source says.
type Notice struct {
	Code      NoticeCode
	File      string
	Line      int
	Locator   string
	Indicator string
	Area      string
	Period    period.Period
	Said      quantity.Quantity // what stands there
	Against   quantity.Quantity // what it does not fit: computed, realised before, the whole, the other document's
	Message   string            // one line for the keeper
}

// String is "file:line: code: message".
func (n Notice) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", n.File, n.Line, n.Code, n.Message)
}

// Notices are all oddities of a snapshot, sorted by file and line.
func Notices(s *Snapshot) []Notice {
	var ns []Notice
	for _, c := range s.Claims() {
		ns = append(ns, s.claimNotice(c)...)
	}
	for o := range s.Observations() {
		ns = append(ns, s.planNotice(o)...)
		ns = append(ns, s.partsNotice(o)...)
		ns = append(ns, s.otherDocument(o)...)
	}
	slices.SortStableFunc(ns, func(a, b Notice) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return ns
}

// claimNotice sets a claim against what the levels give; nothing where they give nothing.
func (s *Snapshot) claimNotice(c Claim) []Notice {
	exact, how, ok := s.computed(c)
	if !ok || quantity.Agrees(c.Value, exact) {
		return nil
	}
	message := fmt.Sprintf("%s of %s in %s in %s: the source states %s %s, its figures give %s (%s)",
		c.Kind, c.Indicator, c.Area, c.Period, written(c.Value), c.Value.Unit, exact.Number.Round(c.Value.Decimals+2), how)
	return []Notice{{StatedDiffers, c.At.File, c.At.Line, c.Locator, c.Indicator, c.Area, c.Period, c.Value, exact, message}}
}

// computed is what the levels give for a claim, and how, in figures.
func (s *Snapshot) computed(c Claim) (q quantity.Quantity, how string, ok bool) {
	sr := s.Series(c.Indicator, c.Area)
	level, found := sr.said(c)
	if !found {
		return q, "", false
	}
	var base Observation
	var err error
	switch c.Kind {
	case Growth, GrowthPrev:
		if i := s.Indicator(c.Indicator); i != nil && (i.Kind == Index || i.Kind == Rate) {
			return q, "", false // levels of an index may have another base each year, a rate's growth is often meant in points
		}
		before := c.Period.AddYears(-1)
		if c.Kind == GrowthPrev {
			before = c.Period.Prev()
		}
		if base, found = sr.Realised(before); found {
			q, err = quantity.Growth(level.Value, base.Value)
		}
	case Attainment:
		if base, found = sr.planFor(c); found {
			q, err = quantity.Over(level.Value, base.Value)
		}
	case Contribution:
		return s.contribution(c, level)
	}
	if !found || err != nil {
		return q, "", false
	}
	return q, fmt.Sprintf("%s %s, %s %s", level.Period, level.Value, base.Period, base.Value), true
}

// said is the level that a claim is said of: its own document's before another's.
func (sr *Series) said(c Claim) (best Observation, ok bool) {
	for _, o := range sr.Observations(c.Period) {
		if o.Measure != c.Of || o.Measure == Plan && c.AssignedBy != "" && o.AssignedBy != c.AssignedBy {
			continue
		}
		if !ok || o.Source == c.Source && best.Source != c.Source {
			best, ok = o, true
		}
	}
	return best, ok
}

// planFor is the plan that an attainment is of: the period's own, else the year's.
func (sr *Series) planFor(c Claim) (Observation, bool) {
	for _, p := range []period.Period{c.Period, period.OfYear(c.Period.Year())} {
		for _, o := range sr.Observations(p) {
			if o.Measure == Plan && o.Source == c.Source && (c.AssignedBy == "" || o.AssignedBy == c.AssignedBy) {
				return o, true
			}
		}
		if o, ok := sr.Of(p, Plan, c.AssignedBy); ok {
			return o, true
		}
	}
	return Observation{}, false
}

// contribution is what a part's rise makes of the whole's level the year before, in points.
func (s *Snapshot) contribution(c Claim, level Observation) (q quantity.Quantity, how string, ok bool) {
	i := s.Indicator(c.Indicator)
	if i == nil || i.PartOf == "" {
		return q, "", false
	}
	before := c.Period.AddYears(-1)
	was, ok1 := s.Series(c.Indicator, c.Area).Realised(before)
	whole, ok2 := s.Series(i.PartOf, c.Area).Realised(before)
	if !ok1 || !ok2 {
		return q, "", false
	}
	rise, err := quantity.Sub(level.Value, was.Value)
	if err != nil {
		return q, "", false
	}
	if q, err = quantity.Over(rise, whole.Value); err != nil {
		return q, "", false
	}
	q.Unit = quantity.PP
	return q, fmt.Sprintf("%s %s, %s %s of the whole %s", level.Period, level.Value, before, was.Value, whole.Value), true
}

// planNotice names a plan below what was realised in the same months of the year before.
func (s *Snapshot) planNotice(o Observation) []Notice {
	if o.Measure != Plan {
		return nil
	}
	before := o.Period.AddYears(-1)
	was, ok := s.Series(o.Indicator, o.Area).Realised(before)
	if !ok {
		return nil
	}
	if c, err := quantity.Cmp(o.Value, was.Value); err != nil || c >= 0 {
		return nil
	}
	message := fmt.Sprintf("the plan of %s in %s for %s is %s, %s had %s (%s)",
		o.Indicator, o.Area, o.Period, o.Value, before, was.Value, was.Measure)
	return []Notice{{PlanBelowRealised, o.At.File, o.At.Line, o.Locator, o.Indicator, o.Area, o.Period, o.Value, was.Value, message}}
}

// partsNotice names a whole that one of its parts, or all of them together, exceed: in the same measure and document.
func (s *Snapshot) partsNotice(whole Observation) []Notice {
	var ns []Notice
	sum, parts := quantity.Quantity{}, 0
	for _, part := range s.Parts(whole.Indicator) {
		for _, o := range s.Series(part.ID, whole.Area).Observations(whole.Period) {
			if o.Measure != whole.Measure || o.Source != whole.Source || o.AssignedBy != whole.AssignedBy || o.Value.Unit != whole.Value.Unit {
				continue
			}
			if over(o.Value, whole.Value) {
				ns = append(ns, partsOver(whole, o, o.Value, fmt.Sprintf("its part %s has %s", o.Indicator, o.Value)))
			}
			if parts++; parts == 1 {
				sum = o.Value
			} else if added, err := quantity.Add(sum, o.Value); err == nil {
				sum = added
			}
			break
		}
	}
	if len(ns) == 0 && parts > 1 && over(sum, whole.Value) {
		ns = append(ns, partsOver(whole, whole, sum, fmt.Sprintf("its %d parts together have %s; do they overlap?", parts, sum)))
	}
	return ns
}

func partsOver(whole, at Observation, said quantity.Quantity, what string) Notice {
	message := fmt.Sprintf("%s in %s in %s has %s, %s", whole.Indicator, whole.Area, whole.Period, whole.Value, what)
	return Notice{PartsOverWhole, at.At.File, at.At.Line, at.Locator, at.Indicator, at.Area, at.Period, said, whole.Value, message}
}

func over(a, b quantity.Quantity) bool {
	c, err := quantity.Cmp(a, b)
	return err == nil && c > 0
}

// otherDocument names a figure that a newer document, or one of the same date, gives differently. A figure that is the other one
// rounded agrees.
func (s *Snapshot) otherDocument(o Observation) []Notice {
	for _, other := range s.Series(o.Indicator, o.Area).Observations(o.Period) {
		if other.At == o.At || other.Measure != o.Measure || other.AssignedBy != o.AssignedBy {
			continue
		}
		if quantity.Agrees(o.Value, other.Value) || quantity.Agrees(other.Value, o.Value) {
			continue
		}
		code := Revised
		switch {
		case other.Source.Date < o.Source.Date:
			continue // said where the older one stands
		case other.Source.Date == o.Source.Date:
			code = SourcesDisagree
			if cmp.Or(strings.Compare(other.At.File, o.At.File), cmp.Compare(other.At.Line, o.At.Line)) > 0 {
				continue // said where the later one stands
			}
		}
		message := fmt.Sprintf("%s of %s in %s in %s is %s here, %s in %s:%d (%s)",
			o.Measure, o.Indicator, o.Area, o.Period, o.Value, other.Value, other.At.File, other.At.Line, other.Source.Date)
		return []Notice{{code, o.At.File, o.At.Line, o.Locator, o.Indicator, o.Area, o.Period, o.Value, other.Value, message}}
	}
	return nil
}

// written is a figure with the decimals that its source wrote.
func written(q quantity.Quantity) string { return q.Fixed(max(q.Decimals, 0)) }
