package reference

import (
	"fmt"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/strictyaml"
	"factbot/internal/token"
)

type areasForm struct {
	Forms map[string]map[string][]string `yaml:"forms"` // kind → language → "Tỉnh %s", the first the full name
	Areas []areaForm                     `yaml:"areas"`
}

type areaForm struct {
	ID         strictyaml.At[string] `yaml:"id,required"`
	Kind       strictyaml.At[string] `yaml:"kind,required"`
	Name       map[string]string     `yaml:"name,required"`
	Aliases    []string              `yaml:"aliases"`
	PartOf     strictyaml.At[string] `yaml:"part_of"`
	MergedInto strictyaml.At[string] `yaml:"merged_into"`
	MergedAt   strictyaml.At[string] `yaml:"merged_at"`
}

var areaKinds = []AreaKind{Country, Bloc, Region, Province, City, Town, District}

const areasFile = "areas.yaml"

// areas makes the areas of their forms and checks what they refer to.
func (r *reader) areas(n *Names, form areasForm) {
	provinces := map[string]bool{} // folded names
	for _, a := range form.Areas {
		if a.Kind.Value == string(Province) {
			provinces[token.Fold(a.Name["vi"])] = true
			for _, alias := range a.Aliases {
				provinces[token.Fold(alias)] = true
			}
		}
	}
	known := map[string]bool{}
	for _, f := range form.Areas {
		if known[f.ID.Value] {
			r.report(areasFile, f.ID.Pos, "id: %q stands already above", f.ID.Value)
		}
		known[f.ID.Value] = true
		if !slices.Contains(areaKinds, AreaKind(f.Kind.Value)) {
			r.report(areasFile, f.Kind.Pos, "kind: %q is not country, bloc, region, province, city, town or district", f.Kind.Value)
		}
		if strings.TrimSpace(f.Name["vi"]) == "" || strings.TrimSpace(f.Name["en"]) == "" {
			r.report(areasFile, f.ID.Pos, "name: %q has no vi or no en", f.ID.Value)
		}
		n.Areas = append(n.Areas, r.area(f, form.Forms[f.Kind.Value], provinces))
	}
	for _, f := range form.Areas {
		for _, up := range []strictyaml.At[string]{f.PartOf, f.MergedInto} {
			if up.Given() && (!known[up.Value] || up.Value == f.ID.Value) {
				r.report(areasFile, up.Pos, "%q is no other area's id", up.Value)
			}
		}
	}
	for i := range n.Areas {
		n.areas[n.Areas[i].ID] = &n.Areas[i]
	}
}

// area is one area with the forms of its name. A city whose bare name is a province's is called by its full name only.
func (r *reader) area(f areaForm, forms map[string][]string, provinces map[string]bool) Area {
	a := Area{ID: f.ID.Value, Kind: AreaKind(f.Kind.Value), Name: facts.Text(f.Name), PartOf: f.PartOf.Value, MergedInto: f.MergedInto.Value}
	if f.MergedAt.Given() {
		p, err := period.Parse(f.MergedAt.Value)
		if err != nil {
			r.report(areasFile, f.MergedAt.Pos, "merged_at: %v", err)
		}
		a.MergedAt = p
	}
	if f.MergedInto.Given() != f.MergedAt.Given() {
		r.report(areasFile, f.ID.Pos, "%s: merged_into and merged_at stand together or not at all", a.ID)
	}
	shared := a.Kind != Province && forms != nil && provinces[token.Fold(f.Name["vi"])]
	full := facts.Text{}
	for _, lang := range []string{"vi", "en"} {
		for i, form := range forms[lang] {
			written := fmt.Sprintf(form, f.Name[lang])
			if i == 0 {
				full[lang] = written
			}
			a.Aliases = append(a.Aliases, written)
		}
	}
	if shared {
		a.Name = full
	}
	a.Aliases = append(a.Aliases, f.Aliases...)
	return a
}
