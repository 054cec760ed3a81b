package qa

import (
	"regexp"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/token"
)

// Name is one thing that can be named, for the search index: ids are those that Finder.Find returns.
type Name struct {
	ID    string
	Names []string
}

// Names are the indicators, areas and projects of the engine's lexicon, for the search index.
func (e *Engine) Names() []Name {
	var out []Name
	for _, t := range e.lex.targets {
		if t.class != classIndicator && t.class != classArea && t.class != classProject {
			continue
		}
		n := Name{ID: string(rune('a'+t.class)) + t.id}
		for _, p := range t.known {
			n.Names = append(n.Names, p.text)
		}
		out = append(out, n)
	}
	return out
}

// bracket is a name within a name: "Tổng sản phẩm trên địa bàn (GRDP)".
var bracket = regexp.MustCompile(`\(([^()]+)\)`)

// variants are the ways in which a name is said: whole, without what stands in brackets, and, where that is an abbreviation or a
// short form, what stands there.
func variants(name string) []string {
	out := []string{name}
	bare := strings.TrimSpace(bracket.ReplaceAllString(name, " "))
	if strings.Contains(name, " - ") { // a part: what stands in brackets is its whole's
		return append(out, bare)
	}
	if bare != "" && bare != name {
		out = append(out, bare)
	}
	for _, m := range bracket.FindAllStringSubmatch(name, -1) {
		if tokens := token.Split(m[1]); len(tokens) == 1 && tokens[0].Upper {
			out = append(out, m[1])
		}
	}
	return out
}

// nameCatalogue files the indicators and areas of the facts.
func (e *Engine) nameCatalogue() {
	for _, i := range e.facts.Indicators() {
		e.nameAll(classIndicator, i.ID, i.Name, i.Aliases)
	}
	for _, a := range e.facts.Areas() {
		e.nameAll(classArea, a.ID, a.Name, a.Aliases)
		if first, rest, ok := strings.Cut(a.Name["vi"], " "); ok && rest != "" { // "Q.Ninh"
			e.lex.name(classArea, a.ID, a.Name, string([]rune(first)[:1])+"."+rest)
		}
	}
	e.nameInitials()
}

// nameDocuments files what the documents of the facts name: projects, who assigned plans, what statements speak of, publishers and titles.
func (e *Engine) nameDocuments(assigners ...[]string) {
	for _, p := range e.facts.Projects() {
		e.nameProject(p)
	}
	for _, by := range e.facts.Assigners() {
		name := facts.Text{"vi": by}
		e.lex.name(classAssigner, by, name, by)
		for _, same := range assigners { // "Thủ tướng giao" is what "trung ương" assigned
			if slices.ContainsFunc(same, func(text string) bool { return token.Fold(text) == token.Fold(by) }) {
				for _, phrase := range same {
					e.lex.name(classAssigner, by, name, phrase)
				}
			}
		}
		if first, _, ok := strings.Cut(by, " "); ok && len(token.Split(first)) == 1 && token.Split(first)[0].Upper { // "HĐND tỉnh"
			e.lex.name(classAssigner, by, name, first)
		}
	}
	for _, s := range e.facts.Statements() {
		for _, word := range s.Keywords {
			e.lex.name(classTopic, token.Fold(word), facts.Text{"vi": word}, word)
		}
	}
	for _, s := range e.facts.Sources() {
		for _, text := range []string{s.Publisher, s.Title} {
			if text != "" {
				e.lex.name(classPublisher, s.ID, facts.Text{"vi": text}, text)
			}
		}
	}
}

// nameInitials files the initials of the areas, "QN", where they are one area's and no word.
func (e *Engine) nameInitials() {
	owner := map[string]*facts.Area{}
	for _, a := range e.facts.Areas() {
		var b strings.Builder
		for _, t := range token.Split(a.Name["vi"]) {
			b.WriteString(t.Fold[:1])
		}
		short := b.String()
		if _, taken := owner[short]; taken || len(short) < 2 || len(e.lex.exact(short)) > 0 || len(e.lex.short[short].long) > 0 {
			owner[short] = nil
			continue
		}
		owner[short] = a
	}
	for _, a := range e.facts.Areas() {
		for short, of := range owner {
			if of == a {
				e.lex.name(classArea, a.ID, a.Name, short)
			}
		}
	}
}

func (e *Engine) nameAll(c class, id string, name facts.Text, aliases []string) {
	for _, lang := range []string{"vi", "en"} {
		if name[lang] == "" {
			continue
		}
		var whole []token.Token
		for i, v := range variants(name[lang]) {
			if tokens := e.lex.name(c, id, name, v); i == 0 {
				whole = tokens
			}
		}
		if c == classIndicator {
			e.lex.hide(whole)
			e.lex.speaks(lang, whole)
			if _, end, ok := strings.Cut(name[lang], " - "); ok {
				e.lex.tail(e.lex.index[string(rune('a'+c))+id], end)
			}
		}
	}
	for _, alias := range aliases {
		e.lex.name(c, id, name, alias)
	}
}

// nameProject files a project's own names, and what it may be chosen by: its investor, product, sector, place and keywords. Projects
// that share such a word are one target with all of them.
func (e *Engine) nameProject(p *facts.Project) {
	e.nameAll(classProject, p.ID, p.Name, p.Aliases)
	e.lex.lookup(classProject, p.ID).include(p.ID, NameField)
	by := func(f Field, texts ...string) {
		for _, text := range texts {
			key := token.Fold(text)
			if key == "" {
				continue
			}
			id := string(rune('0'+f)) + ":" + key
			e.lex.name(classProject, id, facts.Text{"vi": text, "en": text}, text)
			e.lex.lookup(classProject, id).include(p.ID, f)
		}
	}
	by(InvestorField, p.Investor, companyName(p.Investor))
	by(ProductField, p.Product["vi"], p.Product["en"])
	by(SectorField, p.Sector["vi"], p.Sector["en"])
	by(PlaceField, p.Place)
	by(StatusField, p.Status["vi"], p.Status["en"])
	by(AllFields, p.Keywords...)
}

func (t *target) include(project string, f Field) {
	t.field = f
	if !slices.Contains(t.ids, project) {
		t.ids = append(t.ids, project)
	}
}

// companyForm is the legal form before a company's own name.
var companyForm = regexp.MustCompile(`(?i)^(tổng công ty|công ty|tập đoàn|cty)\s+((cổ phần|cp|tnhh|một thành viên|mtv|hợp danh|liên doanh)\s+)*`)

// companyName is a company's name without its legal form: "DKC" is found as "Năng lượng DKC".
func companyName(s string) string {
	s = token.Normalize(s)
	return strings.TrimSpace(companyForm.ReplaceAllString(s, ""))
}

// isPart reports whether a target is part of another one.
func (e *Engine) isPart(t *target) bool {
	switch t.class {
	case classIndicator:
		i := e.facts.Indicator(t.id)
		return i != nil && i.PartOf != ""
	case classProject:
		return t.field != NameField
	}
	return false
}

// named reports whether a phrase is a name of the class already.
func (e *Engine) named(c class, text string) bool {
	for _, en := range e.lex.exact(text) {
		if en.class == c {
			return true
		}
	}
	return false
}

// isName reports whether a phrase is a name, or a word of one, rather than a word of a language.
func (e *Engine) isName(text string) bool {
	for _, en := range e.lex.exact(text) {
		if en.class == classWord || en.class == classPeriod {
			return false
		}
	}
	return true
}

// knownOnly reports whether a phrase names nothing but what is known by name only.
func (e *Engine) knownOnly(text string) bool {
	for _, en := range e.lex.exact(text) {
		if en.class != classNoArea && en.class != classNoIndicator {
			return false
		}
	}
	return true
}

// general reports whether words only say that something is measured: "tổng", "kim ngạch", "number of".
func (e *Engine) general(folded []string) bool {
	return covered(folded, func(phrase string) bool { return e.measure[phrase] })
}

// covered reports whether words fall into phrases of up to three words that all hold: "chỉ số" is one, "chỉ số giá" is not.
func covered(words []string, holds func(string) bool) bool {
	if len(words) == 0 {
		return true
	}
	for n := min(3, len(words)); n > 0; n-- {
		phrase := words[0]
		if n > 1 {
			phrase = strings.Join(words[:n], " ")
		}
		if holds(phrase) && covered(words[n:], holds) {
			return true
		}
	}
	return false
}
