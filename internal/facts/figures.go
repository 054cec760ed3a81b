package facts

import (
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
)

type figureForm struct {
	strictyaml.Pos
	Indicator    strictyaml.At[string] `yaml:"indicator,required"`
	Area         strictyaml.At[string] `yaml:"area"`
	Period       strictyaml.At[string] `yaml:"period,required"`
	Plan         strictyaml.Digits     `yaml:"plan"`
	Estimate     strictyaml.Digits     `yaml:"estimate"`
	Preliminary  strictyaml.Digits     `yaml:"preliminary"`
	Actual       strictyaml.Digits     `yaml:"actual"`
	Growth       strictyaml.Digits     `yaml:"growth"`
	GrowthPrev   strictyaml.Digits     `yaml:"growth_prev"`
	Attainment   strictyaml.Digits     `yaml:"attainment"`
	Contribution strictyaml.Digits     `yaml:"contribution"`
	PlanGrowth   strictyaml.Digits     `yaml:"plan_growth"`
	Of           strictyaml.At[string] `yaml:"of"`
	Unit         strictyaml.At[string] `yaml:"unit"`
	AssignedBy   string                `yaml:"assigned_by"`
	Locator      string                `yaml:"locator"`
	Note         text                  `yaml:"note"`
}

// figureKey says what a figure or claim is of, within one document.
type figureKey struct {
	indicator, area, assignedBy string
	period                      period.Period
	measure                     Measure
	claim                       ClaimKind
	source                      *Source
}

// figureAt is a figure with its place.
type figureAt struct {
	value quantity.Quantity
	at    Place
}

// measures are the measures by their names in files.
var measures = map[string]Measure{"plan": Plan, "estimate": Estimate, "preliminary": Preliminary, "actual": Actual}

// figure reads one entry under figures: up to four figures of one period, and the claims about them.
func (l *loader) figure(r reading, form figureForm) {
	key := figureKey{area: r.area, assignedBy: form.AssignedBy, source: r.source}
	if form.Indicator.Given() {
		key.indicator = l.reference(r.name, "indicator", form.Indicator, l.indicators)
	}
	if form.Area.Given() {
		key.area = l.reference(r.name, "area", form.Area, l.areas)
	} else if r.area == "" {
		l.report(r.name, form.Pos, "the figure names no area, and the document has none for all its figures")
	}
	key.period = l.period(r.name, "period", form.Period)
	unit, mult := l.figureUnit(r.name, form, key.indicator)
	note := l.text(r.name, "note", form.Note)

	said := NoMeasure // the most certain figure of the entry
	for _, f := range []struct {
		measure Measure
		digits  strictyaml.Digits
	}{{Plan, form.Plan}, {Estimate, form.Estimate}, {Preliminary, form.Preliminary}, {Actual, form.Actual}} {
		if !f.digits.Given() {
			continue
		}
		said = f.measure
		key.measure = f.measure
		if q, ok := l.digits(r.name, f.measure.String(), f.digits, unit, mult, key); ok {
			o := Observation{Indicator: key.indicator, Area: key.area, Period: key.period, Measure: f.measure, Value: q, Source: r.source,
				Locator: form.Locator, Note: note, At: Place{r.name, f.digits.Pos.Line}}
			if f.measure == Plan {
				o.AssignedBy = form.AssignedBy
			}
			l.model.Add(o)
		}
	}
	l.claims(r, form, key, l.claimedOf(r.name, form, said), note)
}

// claimedOf is the measure that the entry's claims are said of: what "of" says, else its most certain figure.
func (l *loader) claimedOf(name string, form figureForm, said Measure) Measure {
	if !form.Of.Given() {
		return said
	}
	of, ok := measures[form.Of.Value]
	if !ok {
		l.report(name, form.Of.Pos, "of: %q is not plan, estimate, preliminary or actual", form.Of.Value)
	}
	return of
}

// claims reads the claims of an entry, of being the measure that they are said of.
func (l *loader) claims(r reading, form figureForm, key figureKey, of Measure, note Text) {
	claims := []struct {
		label  string
		kind   ClaimKind
		of     Measure
		digits strictyaml.Digits
	}{
		{"growth", Growth, of, form.Growth}, {"growth_prev", GrowthPrev, of, form.GrowthPrev}, {"attainment", Attainment, of, form.Attainment},
		{"contribution", Contribution, of, form.Contribution}, {"plan_growth", Growth, Plan, form.PlanGrowth},
	}
	any := form.Plan.Given() || form.Estimate.Given() || form.Preliminary.Given() || form.Actual.Given()
	for _, c := range claims {
		if !c.digits.Given() {
			continue
		}
		any = true
		if c.of == NoMeasure {
			if !form.Of.Given() {
				l.report(r.name, c.digits.Pos, "%s: is said of no figure here; add of: plan, estimate, preliminary or actual", c.label)
			}
			continue
		}
		if c.kind == Attainment && c.of == Plan {
			l.report(r.name, c.digits.Pos, "attainment: is said of a plan; a realised figure attains one")
			continue
		}
		unit := quantity.Percent
		if c.kind == Contribution {
			unit = quantity.PP
		}
		key.measure, key.claim = c.of, c.kind
		if q, ok := l.digits(r.name, c.label, c.digits, unit, 0, key); ok {
			l.model.Claims = append(l.model.Claims, Claim{Indicator: key.indicator, Area: key.area, Period: key.period, Kind: c.kind, Of: c.of,
				Value: q, AssignedBy: form.AssignedBy, Source: r.source, Locator: form.Locator, Note: note, At: Place{r.name, c.digits.Pos.Line}})
		}
	}
	if !any {
		l.report(r.name, form.Pos, "the entry has no figure and no claim; give plan, estimate, preliminary, actual or growth")
	}
}

// figureUnit is the unit of an entry's figures: its own, which must be the indicator's but for the multiplier, else the indicator's.
func (l *loader) figureUnit(name string, form figureForm, indicator string) (quantity.Unit, int) {
	known := l.known[indicator]
	if !form.Unit.Given() {
		if known != nil {
			return known.Unit, known.Mult
		}
		return "", 0
	}
	unit, mult := l.unit(name, "unit", form.Unit)
	if known != nil && isUnit(unit) && isUnit(known.Unit) && unit != known.Unit {
		l.report(name, form.Unit.Pos, "unit: %q is %s, but %s is in %s", form.Unit.Value, unit, indicator, known.Unit)
	}
	return unit, mult
}

// digits reads a figure. It reports whether the figure is to be kept: it is right, complete, and stands here for the first time.
func (l *loader) digits(name, label string, g strictyaml.Digits, unit quantity.Unit, mult int, key figureKey) (quantity.Quantity, bool) {
	n, decimals, err := readNumber(g)
	if err != nil {
		l.report(name, g.Pos, "%s: %v", label, err)
		return quantity.Quantity{}, false
	}
	q := quantity.Quantity{Number: n, Unit: unit, Mult: mult, Decimals: decimals}
	if key.indicator == "" || key.area == "" || key.period.IsZero() {
		return q, false
	}
	if key.claim == 0 && key.measure != Plan {
		key.assignedBy = ""
	}
	was, repeated := l.figures[key]
	if !repeated {
		l.figures[key] = figureAt{q, Place{name, g.Pos.Line}}
		return q, true
	}
	if c, err := quantity.Cmp(was.value, q); err != nil || c != 0 {
		l.report(name, g.Pos, "%s: %s of %s in %s differs from %s in line %d of the same document", label, g.Text, key.indicator, key.period,
			was.value, was.at.Line)
	}
	return q, false
}
