package update

import "factbot/internal/facts"

// area is the id of an area by name: one of the facts, else a well-known one, else a new one of that name.
func (im *importer) area(sheet string, line int, name string) string {
	switch ids := im.areas.find(name); len(ids) {
	case 1:
		return ids[0]
	case 0:
	default:
		im.refuse(sheet, line, "area", "%q is the name of several: %v; write the id", name, ids)
		return ""
	}
	if im.opts.Area != nil {
		if known := im.opts.Area(name); known != nil {
			return im.wellKnown(known, name)
		}
	}
	a := &facts.Area{ID: im.areas.freeID("area", name), Name: facts.Text{"vi": name}}
	im.areas.addAll(a.ID, a.Name, nil)
	im.newAreas = append(im.newAreas, a)
	im.report.NewAreas = append(im.report.NewAreas, a.ID)
	return a.ID
}

// wellKnown enters a well-known area, and the one that holds it before it. Where the facts have it under one of its names, theirs
// is meant.
func (im *importer) wellKnown(known *facts.Area, asked string) string {
	for _, lang := range []string{"vi", "en"} {
		if ids := im.areas.find(known.Name[lang]); known.Name[lang] != "" && len(ids) == 1 {
			im.areas.add(ids[0], 2, asked)
			return ids[0]
		}
	}
	a := *known
	if a.PartOf != "" {
		holder := im.opts.Area(a.PartOf)
		a.PartOf = ""
		if holder != nil && holder.ID != known.ID && holder.PartOf != known.ID {
			a.PartOf = im.wellKnown(holder, holder.ID)
		}
	}
	a.ID = im.areas.freeID("area", known.ID)
	im.areas.addAll(a.ID, a.Name, a.Aliases)
	im.areas.add(a.ID, 2, asked)
	im.newAreas = append(im.newAreas, &a)
	im.report.NewAreas = append(im.report.NewAreas, a.ID)
	return a.ID
}
