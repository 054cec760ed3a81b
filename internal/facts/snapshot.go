package facts

import (
	"cmp"
	"slices"

	"factbot/internal/period"
)

// Model is everything that a facts folder says, before it is made a Snapshot.
type Model struct {
	DefaultArea  string
	Areas        []*Area
	Indicators   []*Indicator
	Sources      []*Source
	Observations []Observation
	Claims       []Claim
	Projects     []*Project
	Statements   []*Statement
	Revision     string // identifies the content: a short hash of the files
}

// Snapshot is a loaded set of facts. It is never changed: a question that began with one ends with it.
type Snapshot struct {
	model      Model
	areas      map[string]*Area
	indicators map[string]*Indicator
	parts      map[string][]*Indicator
	series     map[seriesKey]*Series
	names      *snapshotNames
}

type seriesKey struct{ indicator, area string }

// Series is all that is known of one indicator in one area.
type Series struct {
	periods      []period.Period // sorted by period.Compare, each once
	observations map[period.Period][]Observation
	claims       map[period.Period][]Claim
}

// NewSnapshot indexes a checked model. The model must not be changed afterwards.
func NewSnapshot(m Model) *Snapshot {
	s := &Snapshot{m, map[string]*Area{}, map[string]*Indicator{}, map[string][]*Indicator{}, map[seriesKey]*Series{}, &snapshotNames{}}
	for _, a := range m.Areas {
		s.areas[a.ID] = a
	}
	for _, i := range m.Indicators {
		s.indicators[i.ID] = i
		if i.PartOf != "" {
			s.parts[i.PartOf] = append(s.parts[i.PartOf], i)
		}
	}
	for _, o := range m.Observations {
		sr := s.at(o.Indicator, o.Area)
		sr.observations[o.Period] = append(sr.observations[o.Period], o)
	}
	for _, c := range m.Claims {
		sr := s.at(c.Indicator, c.Area)
		sr.claims[c.Period] = append(sr.claims[c.Period], c)
	}
	for _, sr := range s.series {
		sr.settle()
	}
	return s
}

func (s *Snapshot) at(indicator, area string) *Series {
	key := seriesKey{indicator, area}
	sr := s.series[key]
	if sr == nil {
		sr = &Series{observations: map[period.Period][]Observation{}, claims: map[period.Period][]Claim{}}
		s.series[key] = sr
	}
	return sr
}

// settle sorts the periods, and what stands in each: the newest document first.
func (sr *Series) settle() {
	for p, os := range sr.observations {
		sr.periods = append(sr.periods, p)
		slices.SortStableFunc(os, func(a, b Observation) int { return cmp.Compare(b.Source.Date, a.Source.Date) })
	}
	for p, cs := range sr.claims {
		if _, ok := sr.observations[p]; !ok {
			sr.periods = append(sr.periods, p)
		}
		slices.SortStableFunc(cs, func(a, b Claim) int { return cmp.Compare(b.Source.Date, a.Source.Date) })
	}
	slices.SortFunc(sr.periods, period.Compare)
}

// Revision identifies the facts that the snapshot was made from.
func (s *Snapshot) Revision() string { return s.model.Revision }

// DefaultArea is the id of the area that a question means when it names none: the catalogue's, else the only one with figures,
// else empty.
func (s *Snapshot) DefaultArea() string { return s.model.DefaultArea }

// Areas are all areas, in the order of the catalogue.
func (s *Snapshot) Areas() []*Area { return s.model.Areas }

// Area is the area with an id, or nil.
func (s *Snapshot) Area(id string) *Area { return s.areas[id] }

// Indicators are all indicators, in the order of the catalogue.
func (s *Snapshot) Indicators() []*Indicator { return s.model.Indicators }

// Indicator is the indicator with an id, or nil.
func (s *Snapshot) Indicator(id string) *Indicator { return s.indicators[id] }

// Parts are the direct parts of an indicator, in the order of the catalogue.
func (s *Snapshot) Parts(indicator string) []*Indicator { return s.parts[indicator] }

// Sources are all documents.
func (s *Snapshot) Sources() []*Source { return s.model.Sources }

// Projects are all projects, in the order of their documents.
func (s *Snapshot) Projects() []*Project { return s.model.Projects }

// Statements are all statements, in the order of their documents.
func (s *Snapshot) Statements() []*Statement { return s.model.Statements }

// Observations and Claims of the whole model, in the order of their documents; not to be changed.
func (s *Snapshot) Observations() []Observation { return s.model.Observations }

// Claims of the whole model, in the order of their documents; not to be changed.
func (s *Snapshot) Claims() []Claim { return s.model.Claims }

var noSeries = &Series{}

// Series is what is known of an indicator in an area; empty, never nil, where nothing is.
func (s *Snapshot) Series(indicator, area string) *Series {
	if sr := s.series[seriesKey{indicator, area}]; sr != nil {
		return sr
	}
	return noSeries
}

// Periods are the periods with a figure or a claim, the latest end last; of equal ends the longer last. Not to be changed.
func (sr *Series) Periods() []period.Period { return sr.periods }

// Observations of one period, of all measures and documents, the newest document first. Not to be changed.
func (sr *Series) Observations(p period.Period) []Observation { return sr.observations[p] }

// Claims of one period, the newest document first. Not to be changed.
func (sr *Series) Claims(p period.Period) []Claim { return sr.claims[p] }
