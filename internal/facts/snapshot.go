package facts

import (
	"iter"
	"sync/atomic"
)

// Model is everything that a facts folder says, before it is made a Snapshot.
type Model struct {
	DefaultArea  string
	Areas        []*Area
	Indicators   []*Indicator
	Sources      []*Source
	Observations []Observation // beside those that were added
	Claims       []Claim
	Projects     []*Project
	Statements   []*Statement
	Revision     string // identifies the content: a short hash of the files

	ledger ledger
}

// Add adds an observation, in a fifth of the room that one takes among Observations.
func (m *Model) Add(o Observation) { m.ledger.add(o) }

// Snapshot is a loaded set of facts. It is never changed: a question that began with one ends with it.
type Snapshot struct {
	model      Model
	figures    layers
	areas      map[string]*Area
	indicators map[string]*Indicator
	parts      map[string][]*Indicator
	claims     map[seriesKey][]int32 // places in the model's
	shelf      shelf
	names      *snapshotNames
	origin     *origin // nil unless it was loaded
}

type seriesKey struct{ indicator, area string }

// NewSnapshot indexes a checked model. The model must not be changed afterwards. What a document says twice is kept once.
func NewSnapshot(m Model) *Snapshot {
	for _, o := range m.Observations {
		m.Add(o)
	}
	m.Observations = nil
	m.ledger.settle()
	return newSnapshot(m, single(&m.ledger))
}

func newSnapshot(m Model, figures layers) *Snapshot {
	m.ledger = ledger{} // it stands in the layers
	s := &Snapshot{model: m, figures: figures, areas: map[string]*Area{}, indicators: map[string]*Indicator{}, parts: map[string][]*Indicator{}, claims: map[seriesKey][]int32{},
		names: &snapshotNames{}}
	for i, c := range m.Claims {
		key := seriesKey{c.Indicator, c.Area}
		s.claims[key] = append(s.claims[key], int32(i))
		s.figures.name(key) // a series may have claims alone
	}
	for _, a := range m.Areas {
		s.areas[a.ID] = a
	}
	for _, i := range m.Indicators {
		s.indicators[i.ID] = i
		if i.PartOf != "" {
			s.parts[i.PartOf] = append(s.parts[i.PartOf], i)
		}
	}
	s.shelf.slots = make([]atomic.Pointer[Series], s.figures.slots())
	return s
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

// Observations of the whole model, in the order of their documents.
func (s *Snapshot) Observations() iter.Seq[Observation] { return s.figures.observations() }

// ObservationCount is how many there are.
func (s *Snapshot) ObservationCount() int { return s.figures.kept }

// Assigners are those who assigned plans, sorted.
func (s *Snapshot) Assigners() []string { return s.figures.assigners() }

// Claims of the whole model, in the order of their documents; not to be changed.
func (s *Snapshot) Claims() []Claim { return s.model.Claims }
