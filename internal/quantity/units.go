package quantity

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"factbot/internal/token"
)

// Units reads and names units with the words of the languages. The words are data (locales/units.yaml); a unit that they lack is
// kept by its own name.
type Units struct {
	mults   map[string]int      // folded word → power of ten
	units   map[string]Unit     // folded phrase → unit
	pers    map[string]string   // folded word → year, month …
	lower   map[string][]string // folded phrase → how it is written with its marks
	longest map[string]int      // the first word of a folded phrase → how many words the longest has
	def     UnitWords
}

// UnitWords is the form of locales/units.yaml.
type UnitWords struct {
	// Multipliers: each word and the power of ten it stands for.
	Multipliers map[string]int `yaml:"multipliers"`
	// Units: each unit, how it is written in input, and its name in each language's output.
	Units map[Unit]UnitWord `yaml:"units"`
	// Per: each time behind a slash (year, quarter, month, day, hour), how it is written, and its name in output.
	Per map[string]UnitWord `yaml:"per"`
	// Scales: the name of each power of ten in each language's output; "" for 0.
	Scales map[string]map[int]string `yaml:"scales"`
}

// UnitWord is one unit's words.
type UnitWord struct {
	Written []string          `yaml:"written"`
	Name    map[string]string `yaml:"name"` // by language
}

// NewUnits prepares the tables; a word given twice with different meanings is an error.
func NewUnits(w UnitWords) (*Units, error) {
	u := &Units{mults: map[string]int{}, units: map[string]Unit{}, longest: map[string]int{}, pers: map[string]string{}, lower: map[string][]string{}, def: w}
	for word, power := range w.Multipliers {
		u.mults[token.Fold(word)] = power
		u.write(word)
	}
	for unit, words := range w.Units {
		for _, written := range append(words.Written, string(unit)) {
			key := token.Fold(written)
			if was, ok := u.units[key]; ok && was != unit {
				return nil, fmt.Errorf("%q is written for both %s and %s", written, was, unit)
			}
			u.name(key, unit)
			u.write(written)
		}
	}
	for per, words := range w.Per {
		for _, written := range append(words.Written, per) {
			u.pers[token.Fold(written)] = per
		}
	}
	return u, nil
}

// With is u with further units, each called by its own name only.
func (u *Units) With(own []Unit) *Units {
	w := &Units{mults: u.mults, units: maps.Clone(u.units), longest: maps.Clone(u.longest), pers: u.pers, lower: u.lower, def: u.def}
	for _, unit := range own {
		key := token.Fold(string(unit.Base()))
		if _, known := w.units[key]; !known && key != "" {
			w.name(key, unit.Base())
		}
	}
	return w
}

// name files a unit under a folded phrase.
func (u *Units) name(phrase string, unit Unit) {
	u.units[phrase] = unit
	first, rest, _ := strings.Cut(phrase, " ")
	u.longest[first] = max(u.longest[first], 1+len(strings.Fields(rest)))
}

func (u *Units) write(word string) {
	tokens := token.Split(word)
	parts := make([]string, len(tokens))
	for i, t := range tokens {
		parts[i] = t.Lower
	}
	key := fold(tokens)
	u.lower[key] = append(u.lower[key], strings.Join(parts, " "))
}

// Fits reports whether tokens that fold to a multiplier or a unit carry no mark that its words have not: "tăn" is no tấn.
func (u *Units) Fits(tokens []token.Token) bool {
	written := u.lower[fold(tokens)]
	for _, w := range written {
		ok := true
		for i, part := range strings.Split(w, " ") {
			ok = ok && i < len(tokens) && token.Conflicts(tokens[i].Lower, part) <= 0
		}
		if ok {
			return true
		}
	}
	return len(written) == 0
}

// Written reports whether tokens are a multiplier or a unit letter for letter, marks and all.
func (u *Units) Written(tokens []token.Token) bool {
	parts := make([]string, len(tokens))
	for i, t := range tokens {
		parts[i] = t.Lower
	}
	return slices.Contains(u.lower[fold(tokens)], strings.Join(parts, " "))
}

// Scales are the words of a language for powers of ten.
func (u *Units) Scales(lang string) []string {
	var out []string
	for _, word := range u.def.Scales[lang] {
		out = append(out, word)
	}
	return out
}

// Multiplier is the power of ten that a folded word stands for.
func (u *Units) Multiplier(word string) (int, bool) {
	power, ok := u.mults[word]
	return power, ok
}

// Base is the unit that a folded phrase names.
func (u *Units) Base(phrase string) (Unit, bool) {
	unit, ok := u.units[phrase]
	return unit, ok
}

// Longest is of how many words the longest unit is that begins with a folded word; 0: none does.
func (u *Units) Longest(word string) int { return u.longest[word] }

// Time is the time (year, month …) that a folded word names behind a slash.
func (u *Units) Time(word string) (string, bool) {
	per, ok := u.pers[word]
	return per, ok
}

// Parse reads a unit as reports write it: "tỷ đồng", "tr.USD", "nghìn tấn", "triệu SP/năm", "%", "lượt khách". A base unit
// that the tables lack is kept by its own name, lower case, and known is then false.
func (u *Units) Parse(s string) (unit Unit, mult int, known bool) {
	head, per := s, ""
	if h, p, ok := strings.Cut(s, "/"); ok {
		if time, ok := u.pers[token.Fold(p)]; ok {
			head, per = h, "/"+time
		}
	}
	tokens := token.Split(head)
	i := 0
	for i < len(tokens) {
		rest := fold(tokens[i:])
		if base, ok := u.units[rest]; ok {
			return base + Unit(per), mult, true
		}
		power, ok := u.mults[tokens[i].Fold]
		if !ok {
			break
		}
		mult += power
		i++
	}
	if i == len(tokens) {
		return Unit(strings.TrimPrefix(per, "/")), mult, false
	}
	own := strings.ToLower(strings.TrimSpace(token.Normalize(head)[tokens[i].Start:]))
	return Unit(own + per), mult, false
}

func fold(tokens []token.Token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Fold
	}
	return strings.Join(words, " ")
}

// Name is how a language writes unit × 10^mult: "tỷ đồng", "million USD", "tấn/năm", "%".
func (u *Units) Name(lang string, unit Unit, mult int) string {
	base, per := unit.Base(), unit.Per()
	name := string(base)
	if w, ok := u.def.Units[base]; ok {
		if n, ok := w.Name[lang]; ok {
			name = n
		}
	}
	if mult != 0 {
		scale := u.def.Scales[lang][mult]
		if scale == "" {
			scale = fmt.Sprintf("×10^%d", mult)
		}
		name = strings.TrimSpace(scale + " " + name)
	}
	if per != "" {
		if w, ok := u.def.Per[per]; ok && w.Name[lang] != "" {
			per = w.Name[lang]
		}
		name += "/" + per
	}
	return name
}

// Scale reports whether a language has a word for 10^mult.
func (u *Units) Scale(lang string, mult int) bool {
	return mult == 0 || u.def.Scales[lang][mult] != ""
}
