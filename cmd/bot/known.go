package main

import (
	"factbot/internal/quantity"
	"factbot/internal/update"
	"factbot/internal/words"
	"factbot/locales"
)

// known is what there is beside the facts: the words of units, names of common indicators and areas.
type known struct {
	units *quantity.Units
}

func openKnown() (known, error) {
	w, err := words.Load(locales.FS)
	if err != nil {
		return known{}, err
	}
	return known{units: w.Units}, nil
}

// update are an import's options.
func (k known) update() update.Options { return update.Options{Units: k.units} }
