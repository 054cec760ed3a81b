package reference

import (
	"maps"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/strictyaml"
	"factbot/internal/token"
)

type indicatorsForm struct {
	Leads      map[string][]strictyaml.At[string] `yaml:"leads"` // kind → words at the beginning of a name
	Cuts       []string                           `yaml:"cuts"`
	Indicators []indicatorForm                    `yaml:"indicators"`
}

type indicatorForm struct {
	ID      strictyaml.At[string]   `yaml:"id,required"`
	Kind    strictyaml.At[string]   `yaml:"kind,required"`
	Name    map[string]string       `yaml:"name,required"`
	Aliases []strictyaml.At[string] `yaml:"aliases"`
	Shared  []string                `yaml:"shared"` // names that other indicators are asked by too, whatever their kind
}

const indicatorsFile = "indicators.yaml"

var kinds = map[string]facts.Kind{"flow": facts.Flow, "stock": facts.Stock, "index": facts.Index, "rate": facts.Rate}

// indicators makes the indicators of their forms. One name may not have two kinds.
func (r *reader) indicators(n *Names, form indicatorsForm) {
	for _, kind := range slices.Sorted(maps.Keys(form.Leads)) {
		for _, w := range form.Leads[kind] {
			if kinds[kind] == facts.UnknownKind {
				r.report(indicatorsFile, w.Pos, "leads: %q is not flow, stock, index or rate", kind)
			}
			n.leads[token.Fold(w.Value)] = kinds[kind]
		}
	}
	for _, cut := range form.Cuts {
		n.cuts = append(n.cuts, token.Fold(cut))
	}
	known := map[string]bool{}
	for _, f := range form.Indicators {
		if known[f.ID.Value] {
			r.report(indicatorsFile, f.ID.Pos, "id: %q stands already above", f.ID.Value)
		}
		known[f.ID.Value] = true
		i := Indicator{ID: f.ID.Value, Kind: kinds[f.Kind.Value], Name: facts.Text(f.Name)}
		if i.Kind == facts.UnknownKind {
			r.report(indicatorsFile, f.Kind.Pos, "kind: %q is not flow, stock, index or rate", f.Kind.Value)
		}
		if strings.TrimSpace(f.Name["vi"]) == "" || strings.TrimSpace(f.Name["en"]) == "" {
			r.report(indicatorsFile, f.ID.Pos, "name: %q has no vi or no en", f.ID.Value)
		}
		for _, lang := range slices.Sorted(maps.Keys(f.Name)) {
			r.kind(n, strictyaml.At[string]{Value: f.Name[lang], Pos: f.ID.Pos}, i.Kind)
		}
		for _, alias := range f.Aliases {
			i.Aliases = append(i.Aliases, alias.Value)
			r.kind(n, alias, i.Kind)
		}
		i.Shared = f.Shared
		n.Indicators = append(n.Indicators, i)
	}
}

func (r *reader) kind(n *Names, name strictyaml.At[string], kind facts.Kind) {
	key := token.Fold(name.Value)
	if key == "" {
		r.report(indicatorsFile, name.Pos, "%q has no word in it", name.Value)
	} else if was, ok := n.kinds[key]; ok && was != kind {
		r.report(indicatorsFile, name.Pos, "%q is %s here and %s above", name.Value, kind, was)
	}
	n.kinds[key] = kind
}
