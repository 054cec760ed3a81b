package update

import (
	"regexp"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// newcomer is an indicator that the tables bring.
type newcomer struct {
	facts.Indicator
	kind   string
	partOf string // as the table says
	at     tidy.Problem
	units  map[unitKey]int // how many rows have each unit
	order  []unitKey       // as met
	text   map[unitKey]string
	first  map[quantity.Unit]int // the line that first had the unit
}

type unitKey struct {
	unit quantity.Unit
	mult int
}

// names enters the indicators that the tables name and the facts lack, before any row is taken: a part may stand above its whole, and
// an abbreviation above the name that has it in brackets.
func (im *importer) names(tables []tidy.Table) {
	for _, bracketed := range []bool{true, false} {
		for _, t := range tables {
			im.file = t.Name
			for _, r := range t.Rows {
				if strings.Contains(r.Indicator, "(") == bracketed && len(im.indicators.find(r.Indicator)) == 0 {
					im.newcomer(t.Name, r)
				}
			}
		}
	}
	for _, t := range tables {
		im.file = t.Name
		for _, r := range t.Rows {
			switch ids := im.indicators.find(r.Indicator); {
			case len(ids) != 1:
				im.refuse(r.Sheet, r.Line, "indicator", "%q is the name of several: %s; write the full name or the id", r.Indicator, strings.Join(ids, ", "))
			case im.byID[ids[0]] != nil:
				im.describe(im.byID[ids[0]], r)
			default:
				im.describedAlready(ids[0], r)
			}
		}
	}
}

// newcomer enters a new indicator by the name in a row. Abbreviations in brackets behind its own part of the name are aliases.
func (im *importer) newcomer(file string, r tidy.Row) {
	n := &newcomer{at: tidy.Problem{File: file, Sheet: r.Sheet, Line: r.Line}, units: map[unitKey]int{}, text: map[unitKey]string{}, first: map[quantity.Unit]int{}}
	n.ID = im.indicators.freeID("indicator", r.Indicator)
	n.Name = facts.Text{"vi": r.Indicator}
	own := dashes.Replace(r.Indicator)
	own = own[strings.LastIndex(own, partOfJoiner)+1:]
	for _, m := range brackets.FindAllStringSubmatch(own, -1) {
		if abbreviation(m[1]) {
			n.Aliases = append(n.Aliases, m[1])
		}
	}
	im.indicators.addAll(n.ID, n.Name, n.Aliases)
	im.newcomers = append(im.newcomers, n)
	im.byID[n.ID] = n
	im.report.NewIndicators = append(im.report.NewIndicators, n.ID)
}

// describe takes what a row says of its new indicator; rows must not contradict each other.
func (im *importer) describe(n *newcomer, r tidy.Row) {
	agree := func(column string, had *string, said string) {
		switch {
		case said == "" || *had == said:
		case *had == "":
			*had = said
		default:
			im.refuse(r.Sheet, r.Line, column, "%q, but an earlier row says %q of the same indicator", said, *had)
		}
	}
	agree("kind", &n.kind, r.Kind)
	agree("part_of", &n.partOf, r.PartOf)
	en := n.Name["en"]
	agree("indicator_en", &en, r.IndicatorEN)
	if en != "" {
		n.Name["en"] = en
	}
	if r.Claim != "" {
		return
	}
	if r.Value.Unit == "" {
		im.refuse(r.Sheet, r.Line, "unit", "the cell is empty and the indicator is new; write the unit as reports do: tỷ đồng, %%, lượt khách")
		return
	}
	k := unitKey{r.Value.Unit, r.Value.Mult}
	if n.units[k]++; n.units[k] == 1 {
		n.order = append(n.order, k)
		n.text[k] = r.Unit
		if r.Unit == "" {
			n.text[k], _ = tidy.UnitText(im.opts.Units, "vi", k.unit, k.mult)
		}
	}
	if _, ok := n.first[k.unit]; !ok {
		n.first[k.unit] = r.Line
	}
}

// describedAlready notes what a row says of an indicator that the catalogue describes otherwise; the catalogue counts.
func (im *importer) describedAlready(id string, r tidy.Row) {
	i := im.before.Indicator(id)
	if i == nil {
		return
	}
	if r.Kind != "" && r.Kind != i.Kind.String() {
		im.note("%s: the kind %q of the table is left out, the catalogue says %q", id, r.Kind, i.Kind)
	}
	if r.Claim == "" && r.Value.Unit != "" && r.Value.Unit != i.Unit {
		im.refuse(r.Sheet, r.Line, "unit", "%q is %s, but %s is in %s", r.Unit, r.Value.Unit, id, i.Unit)
	}
}

var (
	brackets = regexp.MustCompile(`\s*\(([^()]*)\)`)
	dashes   = strings.NewReplacer(" – ", partOfJoiner, " — ", partOfJoiner)
)

// partOfJoiner stands between a whole and its part in a name.
const partOfJoiner = " - "

// settleIndicators gives the new indicators their units, wholes and aliases, once all names are known.
func (im *importer) settleIndicators() {
	short := map[string]int{} // folded name without abbreviations → how many indicators
	for _, n := range im.newcomers {
		short[token.Fold(withoutAbbreviations(n.Name["vi"]))]++
	}
	for _, n := range im.newcomers {
		im.file = n.at.File
		im.settleUnit(n)
		im.settleWhole(n)
		bare := withoutAbbreviations(n.Name["vi"])
		if bare != n.Name["vi"] && token.Fold(bare) != "" && short[token.Fold(bare)] == 1 && len(im.indicators.byFold[token.Fold(bare)]) == 0 {
			n.Aliases = append(n.Aliases, bare)
		}
	}
}

// withoutAbbreviations is a name without the abbreviations in brackets. Other brackets stay: a price base or a scope is part of what
// the indicator is.
func withoutAbbreviations(name string) string {
	return strings.TrimSpace(brackets.ReplaceAllStringFunc(name, func(m string) string {
		if abbreviation(brackets.FindStringSubmatch(m)[1]) {
			return ""
		}
		return m
	}))
}

// abbreviation reports whether a text is one word of two to ten letters, all capitals.
func abbreviation(s string) bool {
	tokens := token.Split(s)
	return len(tokens) == 1 && tokens[0].Upper && len([]rune(tokens[0].Text)) <= 10
}

// settleUnit takes the most usual unit; of an indicator without figures percent.
func (im *importer) settleUnit(n *newcomer) {
	best := unitKey{quantity.Percent, 0}
	for _, k := range n.order {
		if n.units[k] > n.units[best] {
			best = k
		}
	}
	n.Unit, n.Mult = best.unit, best.mult
	if n.text[best] == "" {
		n.text[best], _ = tidy.UnitText(im.opts.Units, "vi", best.unit, best.mult)
	}
	for _, k := range n.order {
		if k.unit != best.unit && n.first[k.unit] > 0 {
			im.refuse(n.at.Sheet, n.first[k.unit], "unit", "%q is %s, but most rows of %q are in %s; indicators in different units need names of their own",
				n.text[k], k.unit, n.Name["vi"], best.unit)
			n.first[k.unit] = 0
		}
	}
}

// settleWhole finds what the indicator is a part of: what its column says, else the longest beginning before a dash that names
// another indicator.
func (im *importer) settleWhole(n *newcomer) {
	name := dashes.Replace(n.Name["vi"])
	for at := strings.LastIndex(name, partOfJoiner); at > 0; at = strings.LastIndex(name[:at], partOfJoiner) {
		if ids := im.indicators.find(name[:at]); len(ids) == 1 && ids[0] != n.ID {
			n.PartOf = ids[0]
			break
		}
	}
	if n.partOf == "" {
		return
	}
	switch ids := im.indicators.find(n.partOf); {
	case len(ids) == 1 && ids[0] != n.ID:
		n.PartOf = ids[0]
	case len(ids) == 1:
		im.refuse(n.at.Sheet, n.at.Line, "part_of", "%q is the indicator itself", n.partOf)
	case len(ids) == 0:
		im.refuse(n.at.Sheet, n.at.Line, "part_of", "%q is no indicator of the facts or of the tables", n.partOf)
	default:
		im.refuse(n.at.Sheet, n.at.Line, "part_of", "%q is the name of several: %s; write the id", n.partOf, strings.Join(ids, ", "))
	}
}
