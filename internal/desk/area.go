package desk

import (
	"slices"

	"factbot/internal/facts"
)

// Areas are those that there are figures of, in the order of the facts.
func (d *Desk) Areas() []*facts.Area { return d.now.Load().areas() }

// withFigures are the areas of a snapshot that have a figure or a claim of any indicator.
func withFigures(s *facts.Snapshot) []*facts.Area {
	var list []*facts.Area
	for _, a := range s.Areas() {
		for _, i := range s.Indicators() {
			if len(s.Series(i.ID, a.ID).Periods()) > 0 {
				list = append(list, a)
				break
			}
		}
	}
	return list
}

// AreaNamed is the one of them that a person may mean by a name; ok is false where it is none, or several.
func (d *Desk) AreaNamed(name string) (area *facts.Area, ok bool) {
	ids := d.Facts().AreasNamed(name)
	for _, a := range d.Areas() {
		if slices.Contains(ids, a.ID) {
			if area != nil {
				return nil, false
			}
			area = a
		}
	}
	return area, area != nil
}

// AreaCode is an area's id in a few letters, and AreaOf the area of one; nil where there is none any more.
func (d *Desk) AreaCode(a *facts.Area) string { return short(a.ID) }

// AreaOf is the area of a code.
func (d *Desk) AreaOf(code string) *facts.Area {
	for _, a := range d.Areas() {
		if short(a.ID) == code {
			return a
		}
	}
	return nil
}
