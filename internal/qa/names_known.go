package qa

import (
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/token"
	"factbot/internal/words"
)

// nameKnown files the names known without figures. A known indicator that one of the facts' names holds lends its aliases to that one
// (to the closest whole of several): "GRDP" finds "Tổng sản phẩm trên địa bàn tỉnh (GRDP) theo giá so sánh". The others are known by
// name only. Areas likewise.
func (e *Engine) nameKnown(indicators, areas []Known) {
	owner := e.ownerNames(indicators)
	own := map[string]bool{} // what the facts call their indicators themselves
	for _, t := range e.lex.targets {
		if t.class == classIndicator {
			for _, p := range t.known {
				own[strings.Join(p.fold, " ")] = true
			}
		}
	}
	e.owned = map[string]bool{}
	for _, ids := range owner {
		for _, id := range ids {
			e.owned[id] = true
		}
	}
	words := e.occurrences()
	for i, k := range indicators {
		if owners := owner[i]; len(owners) > 0 {
			for _, alias := range slices.Concat(k.all(), k.Shared) {
				if own[token.Fold(alias)] && len(owners) == 1 || e.heldElsewhere(alias, owners, words) {
					continue
				}
				for _, id := range owners {
					e.lex.lend(classIndicator, id, e.facts.Indicator(id).Name, alias)
				}
			}
			continue
		}
		for _, alias := range slices.Concat(k.all(), k.Shared) {
			if !e.growthOf(alias) {
				e.lex.name(classNoIndicator, k.ID, k.Name, alias)
			}
		}
	}
	places := e.ownAreas()
	for _, k := range areas {
		if id := k.area(places); id != "" {
			for _, alias := range k.all() {
				e.lex.name(classArea, id, e.facts.Area(id).Name, alias)
			}
			continue
		}
		for _, alias := range k.all() {
			e.lex.name(classNoArea, k.ID, k.Name, alias)
		}
	}
}

// cut are the folded words of a name of an indicator, which are mostly filed already.
func (e *Engine) cut(i *facts.Indicator, name string) []string {
	if t := e.lex.lookup(classIndicator, i.ID); t != nil {
		for _, p := range t.known {
			if p.text == name {
				return p.fold
			}
		}
	}
	return token.Words(name)
}

// occurrence is a word of an indicator's own name, with its place there.
type occurrence struct {
	of   *facts.Indicator
	name []string
	from int
}

// occurrences are the words of all own names. There may be ten thousand names: each is cut into words once.
func (e *Engine) occurrences() map[string][]occurrence {
	of := map[string][]occurrence{}
	for _, i := range e.facts.Indicators() {
		for _, v := range variants(i.Name["vi"]) {
			name := e.cut(i, v)
			for from, w := range name {
				of[w] = append(of[w], occurrence{i, name, from})
			}
		}
	}
	return of
}

// heldElsewhere reports whether a name to be lent stands in the own name of another indicator of the facts, and in none of its owners': "hải sản" is
// rather "Sản lượng hải sản khai thác" than "Tổng sản lượng thủy sản".
func (e *Engine) heldElsewhere(alias string, owners []string, words map[string][]occurrence) bool {
	w := token.Words(alias)
	if len(w) == 0 {
		return false
	}
	elsewhere := false
	for _, o := range words[w[0]] {
		if o.from+len(w) > len(o.name) || !slices.Equal(o.name[o.from:o.from+len(w)], w) || o.from > 0 && !e.general(o.name[:o.from]) {
			continue
		}
		if slices.Contains(owners, o.of.ID) {
			return false
		}
		elsewhere = elsewhere || !strings.Contains(o.of.Name["vi"], " - ")
	}
	return elsewhere
}

func (k Known) all() []string {
	var out []string
	for _, lang := range []string{"vi", "en"} {
		if k.Name[lang] != "" {
			out = append(out, variants(k.Name[lang])...)
		}
	}
	return append(out, k.Aliases...)
}

// growthOf reports whether a phrase is a word of growth and the name of an indicator of the facts, in either order: "GRDP growth" asks for
// the growth of GRDP.
func (e *Engine) growthOf(text string) bool {
	w := token.Words(text)
	grow := func(part []string) bool {
		for _, en := range e.lex.exact(strings.Join(part, " ")) {
			if en.class == classWord && en.sense == words.Grow {
				return true
			}
		}
		return false
	}
	for i := 1; i < len(w); i++ {
		if grow(w[:i]) && e.named(classIndicator, strings.Join(w[i:], " ")) || grow(w[i:]) && e.named(classIndicator, strings.Join(w[:i], " ")) {
			return true
		}
	}
	return false
}

// ownAreas are the areas of the facts by the fold of their names and by id.
func (e *Engine) ownAreas() map[string]string {
	own := map[string]string{}
	for _, a := range e.facts.Areas() {
		own[a.ID] = a.ID
		for _, name := range []string{a.Name["en"], a.Name["vi"]} {
			if name != "" {
				own[token.Fold(name)] = a.ID
			}
		}
	}
	return own
}

// area is the area of the facts that a known area is, by its id or any of its names; empty where it is none of them.
func (k Known) area(own map[string]string) string {
	if id := own[k.ID]; id != "" {
		return id
	}
	for _, name := range k.all() {
		if id := own[token.Fold(name)]; id != "" {
			return id
		}
	}
	return ""
}

// claimed is an indicator of the facts that a known one may be.
type claimed struct {
	id   string
	part bool
	left int // words of its name beside the known one's
}

// lendShort gives the known indicators that no name of the facts holds as its longest to the wholes whose name begins with theirs and only
// goes on to more of the same kind or to how and where it is measured: "bán lẻ" finds "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ",
// "xuất khẩu" finds "Kim ngạch xuất khẩu hàng hóa", and neither finds "Xuất khẩu dệt may".
func (e *Engine) lendShort(known []Known, byPhrase map[string]int, claims map[int][]claimed) {
	found := map[int][]claimed{}
	for _, ind := range e.facts.Indicators() {
		name := ind.Name["vi"]
		if ind.PartOf != "" || name == "" || strings.Contains(name, " - ") {
			continue
		}
		for _, v := range variants(name) {
			w := e.cut(ind, v)
			for from := 0; from < len(w) && e.general(w[:from]); from++ {
				for to := len(w) - 1; to > from; to-- {
					i, ok := byPhrase[strings.Join(w[from:to], " ")]
					if !ok || len(claims[i]) > 0 || !e.wider(w[to:]) {
						continue
					}
					found[i] = append(found[i], claimed{ind.ID, false, len(w) - (to - from)})
				}
			}
		}
	}
	for i, cs := range found {
		claims[i] = cs
	}
	for i, cs := range claims {
		if whole := e.wholeOf(cs, known[i]); whole != "" {
			claims[i] = []claimed{{whole, false, 0}}
		}
	}
}

// wholeOf is the one whole that all claimed indicators are parts of, where its name begins with a short name of the known one too: "bán lẻ" is
// rather the whole "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ" than its part "Doanh thu bán lẻ hàng hóa".
func (e *Engine) wholeOf(cs []claimed, k Known) string {
	whole := ""
	for _, c := range cs {
		i := e.facts.Indicator(c.id)
		if i == nil || i.PartOf == "" || whole != "" && whole != i.PartOf {
			return ""
		}
		whole = i.PartOf
	}
	w := e.facts.Indicator(whole)
	if w == nil {
		return ""
	}
	name := token.Words(w.Name["vi"])
	for _, alias := range k.all() {
		a := token.Words(alias)
		for from := 0; from+len(a) <= len(name) && e.general(name[:from]); from++ {
			if slices.Equal(name[from:from+len(a)], a) {
				return whole
			}
		}
	}
	return ""
}

// wider reports whether the end of a name makes it no narrower: "và …", "hàng hóa", "trên địa bàn", "theo giá …".
func (e *Engine) wider(rest []string) bool {
	if len(rest) > 0 && e.joining[rest[0]] {
		return true
	}
	for _, w := range rest {
		if !e.measure[w] && !e.linking[w] && !e.place[w] {
			return false
		}
	}
	return true
}

// ownerNames finds, for each known indicator, the indicators of the facts that are it: those whose name holds one of its names as the
// longest known name there, the closest whole first; several only where they are equally close.
func (e *Engine) ownerNames(known []Known) map[int][]string {
	type held struct{ indicator, length, from int }
	byPhrase := map[string]int{}
	longest := 0
	for i, k := range known {
		for _, alias := range k.all() {
			w := token.Words(alias)
			longest = max(longest, len(w))
			if _, ok := byPhrase[strings.Join(w, " ")]; !ok {
				byPhrase[strings.Join(w, " ")] = i
			}
		}
	}
	claims := map[int][]claimed{}
	for _, ind := range e.facts.Indicators() {
		name := ind.Name["vi"]
		if name == "" {
			name = ind.Name["en"]
		}
		name, _, _ = strings.Cut(name, " - ")
		seen := map[int]bool{}
		for _, v := range variants(name) {
			w := e.cut(ind, v)
			best := held{-1, 0, 0}
			for from := range w {
				for to := min(len(w), from+longest); to > from; to-- {
					if i, ok := byPhrase[strings.Join(w[from:to], " ")]; ok {
						if to-from > best.length {
							best = held{i, to - from, from}
						}
						break
					}
				}
			}
			if best.indicator >= 0 && !seen[best.indicator] && e.general(w[:best.from]) {
				seen[best.indicator] = true
				claims[best.indicator] = append(claims[best.indicator], claimed{ind.ID, ind.PartOf != "" || strings.Contains(ind.Name["vi"], " - "), len(w) - best.length})
			}
		}
	}
	e.lendShort(known, byPhrase, claims)
	out := map[int][]string{}
	for i, cs := range claims {
		slices.SortStableFunc(cs, func(a, b claimed) int {
			if a.part != b.part {
				if b.part {
					return -1
				}
				return 1
			}
			return a.left - b.left
		})
		for _, c := range cs {
			if c.part == cs[0].part && c.left == cs[0].left {
				out[i] = append(out[i], c.id)
			}
		}
	}
	return out
}
