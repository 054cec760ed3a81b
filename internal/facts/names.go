package facts

import (
	"slices"
	"strings"
	"sync"

	"factbot/internal/token"
)

// catalogueNames finds the entries of one class (areas, indicators) by id, name or alias. Ids go before names, names before aliases;
// names are compared folded, and marks that are typed must not contradict.
type catalogueNames struct {
	byID   map[string]bool
	byFold map[string][]named
}

// named is one way to write an entry: rank 0 its id, 1 a name, 2 an alias.
type named struct {
	id    string
	rank  int
	words []string // lower case, with marks
}

func newNames() *catalogueNames {
	return &catalogueNames{map[string]bool{}, map[string][]named{}}
}

func (n *catalogueNames) has(id string) bool { return n.byID[id] }

// add takes an entry with all its names.
func (n *catalogueNames) add(id string, name Text, aliases []string) {
	n.byID[id] = true
	n.put(id, 0, id)
	for _, s := range name {
		n.put(id, 1, s)
	}
	for _, s := range aliases {
		n.put(id, 2, s)
	}
}

func (n *catalogueNames) put(id string, rank int, s string) {
	tokens := token.Split(s)
	e := named{id, rank, make([]string, len(tokens))}
	folds := make([]string, len(tokens))
	for i, t := range tokens {
		e.words[i], folds[i] = t.Lower, t.Fold
	}
	key := strings.Join(folds, " ")
	n.byFold[key] = append(n.byFold[key], e)
}

// find is the ids that a name may mean, sorted: one where it is clear, none where it is unknown.
func (n *catalogueNames) find(name string) []string {
	if n.byID[name] {
		return []string{name}
	}
	tokens := token.Split(name)
	best := [2]int{3, 0}
	var ids []string
	for _, e := range n.byFold[token.Fold(name)] {
		conflicts, exact := 0, 0
		for i, t := range tokens {
			if conflicts += token.Conflicts(t.Lower, e.words[i]); t.Lower != e.words[i] {
				exact = 1
			}
		}
		at := [2]int{e.rank, exact}
		if conflicts != 0 || slices.Compare(at[:], best[:]) > 0 {
			continue
		}
		if at != best {
			best, ids = at, nil
		}
		ids = append(ids, e.id)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// findOne is find where one entry is wanted; what says why there is none.
func (n *catalogueNames) findOne(class, name string) (id, what string) {
	switch ids := n.find(name); len(ids) {
	case 0:
		return "", class + " \"" + name + "\" is no id, name or alias in " + catalogueFile
	case 1:
		return ids[0], ""
	default:
		return "", class + " \"" + name + "\" is the name of several: " + strings.Join(ids, ", ")
	}
}

// snapshotNames are a snapshot's names, prepared when they are first asked for.
type snapshotNames struct {
	once              sync.Once
	areas, indicators *catalogueNames
}

func (s *Snapshot) prepared() *snapshotNames {
	s.names.once.Do(func() {
		if s.origin != nil {
			s.names.areas, s.names.indicators = s.origin.catalogue.areas, s.origin.catalogue.indicators
			return
		}
		s.names.areas, s.names.indicators = newNames(), newNames()
		for _, a := range s.model.Areas {
			s.names.areas.add(a.ID, a.Name, a.Aliases)
		}
		for _, i := range s.model.Indicators {
			s.names.indicators.add(i.ID, i.Name, i.Aliases)
		}
	})
	return s.names
}

// IndicatorsNamed are the ids of the indicators that a table may mean by an id, name or alias: ids go before names, names before
// aliases, and marks that are typed must not contradict. One where it is clear, none where the name is new.
func (s *Snapshot) IndicatorsNamed(name string) []string { return s.prepared().indicators.find(name) }

// AreasNamed is IndicatorsNamed for areas.
func (s *Snapshot) AreasNamed(name string) []string { return s.prepared().areas.find(name) }
