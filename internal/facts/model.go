// Package facts has the figures, projects and statements of the documents, with the catalogue of what they are about: read
// strictly from files, checked as a whole, and from then on an immutable Snapshot.
package facts

import (
	"maps"

	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Text is a name or a short text by language ("vi", "en").
type Text map[string]string

// In is the text in a language; where it lacks that one, the Vietnamese, then any.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	if s := t["vi"]; s != "" {
		return s
	}
	return t["en"]
}

// Measure is what a figure is: the plan, or the realised figure in one of its three states.
type Measure uint8

// The measures, realised ones from the least to the most certain.
const (
	NoMeasure Measure = iota
	Plan
	Estimate
	Preliminary
	Actual
)

// String is the measure's name in files and in JSON.
func (m Measure) String() string {
	return [...]string{"", "plan", "estimate", "preliminary", "actual"}[m]
}

// Realised reports whether m is an estimate, a preliminary or an actual figure.
func (m Measure) Realised() bool { return m >= Estimate }

// ClaimKind is what a source states beside its figures.
type ClaimKind uint8

// The claims: growth against the same period of the year before, growth against the period just before, attainment of the year's
// plan, points contributed to the whole's growth.
const (
	Growth ClaimKind = iota + 1
	GrowthPrev
	Attainment
	Contribution
)

// String is the claim's suffix in files: growth, growth_prev, attainment, contribution.
func (k ClaimKind) String() string {
	return [...]string{"", "growth", "growth_prev", "attainment", "contribution"}[k]
}

// Kind is how an indicator's figures behave: flows add up over periods, stocks, indices and rates do not.
type Kind uint8

// The kinds. Nothing is summed over periods where the kind is unknown.
const (
	UnknownKind Kind = iota
	Flow
	Stock
	Index
	Rate
)

// String is the kind's name in files.
func (k Kind) String() string { return [...]string{"", "flow", "stock", "index", "rate"}[k] }

// Area is where a figure holds: a province, a country, a district.
type Area struct {
	ID      string
	Name    Text
	Aliases []string
	PartOf  string // the area that holds this one, or empty
	Breaks  []Break
}

// Indicator is what is measured. The price base and the scope belong to its identity: such series are never mixed.
type Indicator struct {
	ID         string
	Name       Text
	Aliases    []string // in any language; one alias may belong to several indicators
	Unit       quantity.Unit
	Mult       int // the multiplier it is usually written with
	Kind       Kind
	PartOf     string // the indicator that this is a part of, or empty
	Group      Text   // heading for browsing, or nil
	Definition Text
	Breaks     []Break
}

// Break is where a series stops being comparable: merged areas, a new base year.
type Break struct {
	At   period.Period // the first period of the new series
	Note Text
}

// Source is a document that figures come from.
type Source struct {
	ID        string
	Title     string
	Publisher string
	Date      string // ISO, 2020-12-28; may be shorter (2020-12) or empty
	URL       string
	Note      Text
	File      string // where in the facts folder it stands
}

// Place is where in the facts folder something stands.
type Place struct {
	File string
	Line int
}

// Observation is one figure: an indicator in an area in a period, as a plan or realised.
type Observation struct {
	Indicator  string
	Area       string
	Period     period.Period
	Measure    Measure
	Value      quantity.Quantity
	AssignedBy string // who assigned a plan, or empty
	Source     *Source
	Locator    string // the place in the source
	Note       Text
	At         Place
}

// Claim is a growth, an attainment or a contribution that a source states. Of is the measure that it is said of: a plan's growth is
// against last year's realised figure.
type Claim struct {
	Indicator  string
	Area       string
	Period     period.Period
	Kind       ClaimKind
	Of         Measure
	Value      quantity.Quantity // percent; pp for a contribution
	AssignedBy string            // whose plan an attainment is of, or who assigned the plan that it is said of; or empty
	Source     *Source
	Locator    string
	Note       Text
	At         Place
}

// Project is one key project. What is unknown is empty or nil, never zero.
type Project struct {
	ID           string
	Name         Text
	Aliases      []string
	Investor     string
	Product      Text
	Sector       Text
	Area         string             // area id
	Place        string             // as the source names it
	Capacity     *quantity.Quantity // per time: t/year, item/year, t/day
	Investment   *quantity.Quantity
	Status       Text
	ExpectedYear int      // year in which it is to start; 0 unknown
	YearInferred bool     // read from the context rather than stated of this project
	OpenList     bool     // the source's list that names it ends with "…"
	Keywords     []string // further words that it is asked by (products, sectors), in any language
	Source       *Source
	Locator      string
	Note         Text
}

// StatementKind is what a statement of a document is.
type StatementKind string

// The kinds of statements.
const (
	Cause       StatementKind = "cause"
	Orientation StatementKind = "orientation"
	Solution    StatementKind = "solution"
	Result      StatementKind = "result"
	Remark      StatementKind = "remark"
	Speaker     StatementKind = "speaker"
)

// Statement is a policy, a solution, a cause or a remark of a document, in short form.
type Statement struct {
	ID         string
	Kind       StatementKind
	Text       Text
	Keywords   []string      // words that it is asked by, in any language
	Period     period.Period // the period it speaks of; zero: none
	Indicators []string      // what it is about
	Area       string
	Source     *Source
	Locator    string
}

// Same reports whether the same is told of two projects.
func (p *Project) Same(o *Project) bool {
	amount := func(a, b *quantity.Quantity) bool {
		return a == nil && b == nil || a != nil && b != nil && a.Unit == b.Unit && a.Full().Cmp(b.Full()) == 0
	}
	id := func(s *Source) string {
		if s == nil {
			return ""
		}
		return s.ID
	}
	return maps.Equal(p.Name, o.Name) && p.Investor == o.Investor && maps.Equal(p.Product, o.Product) && maps.Equal(p.Sector, o.Sector) && p.Area == o.Area && p.Place == o.Place &&
		amount(p.Capacity, o.Capacity) && amount(p.Investment, o.Investment) && maps.Equal(p.Status, o.Status) && p.ExpectedYear == o.ExpectedYear && id(p.Source) == id(o.Source)
}
