package facts

import (
	"factbot/internal/period"
	"factbot/internal/strictyaml"
)

type projectForm struct {
	ID           strictyaml.At[string]   `yaml:"id,required"`
	Name         text                    `yaml:"name,required"`
	Aliases      []strictyaml.At[string] `yaml:"aliases"`
	Investor     string                  `yaml:"investor"`
	Product      text                    `yaml:"product"`
	Sector       text                    `yaml:"sector"`
	Keywords     []strictyaml.At[string] `yaml:"keywords"`
	Capacity     *quantityForm           `yaml:"capacity"`
	Investment   *quantityForm           `yaml:"investment"`
	Status       text                    `yaml:"status"`
	ExpectedYear strictyaml.At[int]      `yaml:"expected_year"`
	YearInferred bool                    `yaml:"year_inferred"`
	OpenList     bool                    `yaml:"open_list"`
	Place        string                  `yaml:"place"`
	Area         strictyaml.At[string]   `yaml:"area"`
	Locator      string                  `yaml:"locator"`
	Note         text                    `yaml:"note"`
}

// project reads one entry under projects.
func (l *loader) project(r reading, form projectForm) {
	p := &Project{
		ID: form.ID.Value, Name: l.text(r.name, "name", form.Name), Aliases: l.words(r.name, "aliases", form.Aliases),
		Investor: form.Investor, Product: l.text(r.name, "product", form.Product), Sector: l.text(r.name, "sector", form.Sector),
		Area: r.area, Place: form.Place, Capacity: l.quantity(r.name, "capacity", form.Capacity),
		Investment: l.quantity(r.name, "investment", form.Investment), Status: l.text(r.name, "status", form.Status),
		ExpectedYear: form.ExpectedYear.Value, YearInferred: form.YearInferred, OpenList: form.OpenList,
		Keywords: l.words(r.name, "keywords", form.Keywords), Source: r.source, Locator: form.Locator, Note: l.text(r.name, "note", form.Note),
	}
	if form.Area.Given() {
		p.Area = l.reference(r.name, "area", form.Area, l.areas)
	}
	if y := form.ExpectedYear; y.Given() && (y.Value < period.MinYear || y.Value > period.MaxYear) {
		l.report(r.name, y.Pos, "expected_year: %d is not in %d..%d", y.Value, period.MinYear, period.MaxYear)
	}
	if l.claimID(r.name, "project", form.ID) {
		l.model.Projects = append(l.model.Projects, p)
	}
}
