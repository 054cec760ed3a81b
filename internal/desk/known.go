package desk

import (
	"io/fs"
	"sync"

	"factbot/internal/extract"
	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
	"factbot/reference"
)

// Known is what is known beside the facts: the words of the languages and the names of common indicators and areas.
type Known struct {
	words *words.Words
	names *reference.Names
	areas map[string]*reference.Area // by id and by folded name; nil where several are called so

	report func() (*extract.Words, error) // the words by which reports state figures
	common func(name string) bool         // whether a name is that of a common indicator

	province func(name string) string // the name of a known province by one of its names, or empty
}

// ReadKnown reads the words among the locales, and the names.
func ReadKnown(locales fs.FS) (*Known, error) {
	type read struct {
		names *reference.Names
		err   error
	}
	names := make(chan read, 1)
	go func() {
		n, err := reference.Load()
		names <- read{n, err}
	}()
	w, err := words.Load(locales)
	n := <-names
	if err != nil {
		return nil, err
	}
	if n.err != nil {
		return nil, n.err
	}
	named := sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for _, i := range n.names.Indicators {
			for _, name := range append([]string{i.Name["vi"]}, i.Aliases...) {
				m[token.Fold(name)] = true
			}
		}
		return m
	})
	provinces := sync.OnceValue(func() map[string]string {
		m := map[string]string{}
		for _, a := range n.names.Areas {
			if a.Kind == reference.Province {
				for _, name := range append([]string{a.Name["vi"]}, a.Aliases...) {
					m[token.Fold(name)] = a.Name["vi"]
				}
			}
		}
		return m
	})
	return &Known{
		words: w, names: n.names,
		report:   sync.OnceValues(func() (*extract.Words, error) { return extract.ReadWords(locales) }),
		common:   func(name string) bool { return named()[token.Fold(name)] },
		province: func(name string) string { return provinces()[token.Fold(name)] },
	}, nil
}

// Units reads and names units.
func (k *Known) Units() *quantity.Units { return k.words.Units }

// Kind is the kind of a common indicator by its name, or unknown.
func (k *Known) Kind(name string) facts.Kind { return k.names.Kind(name) }

// Area is a well-known area by its id or any of its names; nil for an unknown name and where several are called so. Of a
// province and a town of one name the province is meant. It is not to be used by several goroutines at once.
func (k *Known) Area(name string) *facts.Area {
	if k.areas == nil {
		k.nameAreas()
	}
	a := k.names.Area(name)
	if a == nil {
		a = k.areas[token.Fold(name)]
	}
	if a == nil {
		return nil
	}
	return &facts.Area{ID: a.ID, Name: a.Name, Aliases: a.Aliases, PartOf: a.PartOf}
}

func (k *Known) nameAreas() {
	k.areas = map[string]*reference.Area{}
	for i := range k.names.Areas {
		a := &k.names.Areas[i]
		for _, name := range append([]string{a.Name["vi"], a.Name["en"]}, a.Aliases...) {
			key := token.Fold(name)
			switch have, taken := k.areas[key]; {
			case !taken || have != nil && !large(have.Kind) && large(a.Kind):
				k.areas[key] = a
			case have != nil && have.ID != a.ID && large(have.Kind) == large(a.Kind):
				k.areas[key] = nil
			}
		}
	}
}

// large reports whether areas of a kind are meant before the towns and districts of their name.
func large(k reference.AreaKind) bool {
	return k != reference.City && k != reference.Town && k != reference.District
}

// options are how facts are read.
func (k *Known) options() facts.Options {
	return facts.Options{Units: k.words.Units, Kind: k.names.Kind}
}

// indicators and areas are the names as the engine wants them.
func (k *Known) engineNames() (indicators, areas []qa.Known) {
	for _, i := range k.names.Indicators {
		indicators = append(indicators, qa.Known{ID: i.ID, Name: i.Name, Aliases: i.Aliases, Shared: i.Shared})
	}
	for _, a := range k.names.Areas {
		areas = append(areas, qa.Known{ID: a.ID, Name: a.Name, Aliases: a.Aliases})
	}
	return indicators, areas
}
