package facts

import (
	"slices"

	"factbot/internal/strictyaml"
)

type statementForm struct {
	ID         strictyaml.At[string]   `yaml:"id,required"`
	Kind       strictyaml.At[string]   `yaml:"kind,required"`
	Text       text                    `yaml:"text,required"`
	Keywords   []strictyaml.At[string] `yaml:"keywords"`
	Period     strictyaml.At[string]   `yaml:"period"`
	Indicators []strictyaml.At[string] `yaml:"indicators"`
	Area       strictyaml.At[string]   `yaml:"area"`
	Locator    string                  `yaml:"locator"`
}

// statementKinds are the kinds that files may name.
var statementKinds = []StatementKind{Cause, Orientation, Solution, Result, Remark, Speaker}

// statement reads one entry under statements.
func (l *loader) statement(r reading, form statementForm) {
	s := &Statement{
		ID: form.ID.Value, Kind: StatementKind(form.Kind.Value), Text: l.text(r.name, "text", form.Text),
		Keywords: l.words(r.name, "keywords", form.Keywords), Period: l.period(r.name, "period", form.Period), Area: r.area,
		Source: r.source, Locator: form.Locator,
	}
	if form.Kind.Given() && !slices.Contains(statementKinds, s.Kind) {
		l.report(r.name, form.Kind.Pos, "kind: %q is not cause, orientation, solution, result, remark or speaker", s.Kind)
	}
	for _, id := range form.Indicators {
		s.Indicators = append(s.Indicators, l.reference(r.name, "indicators", id, l.indicators))
	}
	if form.Area.Given() {
		s.Area = l.reference(r.name, "area", form.Area, l.areas)
	}
	if l.claimID(r.name, "statement", form.ID) {
		l.model.Statements = append(l.model.Statements, s)
	}
}
