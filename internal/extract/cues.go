package extract

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"factbot/internal/strictyaml"
	"factbot/internal/token"
)

// cue is what a word of a report does to the figures around it.
type cue uint8

const (
	noCue cue = iota
	cueEstimate
	cuePreliminary
	cueActual
	cuePlan
	cueUp
	cueDown
	cueOver
	cueEquals
	cueTimes
	cueShare
	cueContribution
	cueGrowthName
	cueApproximate
	cueRespectively
	cuePart
	cueNotThis
)

var cueNames = map[string]cue{
	"estimate": cueEstimate, "preliminary": cuePreliminary, "actual": cueActual, "plan": cuePlan, "up": cueUp, "down": cueDown, "over": cueOver,
	"equals": cueEquals, "times": cueTimes, "share": cueShare, "contribution": cueContribution, "growth_name": cueGrowthName,
	"approximate": cueApproximate, "respectively": cueRespectively, "part": cuePart, "not_this": cueNotThis,
}

// Words are the words by which reports state figures.
type Words struct {
	cues          phrases[cue]
	leads         phrases[bool]
	tails         phrases[bool]
	heads         phrases[bool]
	circumstances phrases[bool]
	counters      phrases[bool]
	joined        phrases[bool]
	scopes        phrases[bool]
	planWords     phrases[bool]
	references    phrases[bool]
	negations     phrases[bool]
	places        phrases[bool]
	rates         phrases[bool]
	joins         phrases[bool]
	dangling      phrases[bool]
	openings      phrases[bool]
	kept          phrases[bool]
	keepers       phrases[bool]
	nothings      phrases[bool]
	measures      phrases[bool]
	aims          phrases[bool]
	narrows       phrases[bool]
	counted       phrases[bool]
	collectives   phrases[bool]
	conditions    phrases[bool]
	fragments     phrases[bool]
	districts     phrases[bool]
	within        phrases[bool]
	bases         phrases[baseWord]
	periods       map[string]phrases[bool]
	projects      map[string]phrases[bool]
	tables        map[string]phrases[bool]
	abbreviations map[string]string // lower case → what they stand for
}

// ReadWords reads report.vi.yaml among the locales. The error names every problem, a line each.
func ReadWords(locales fs.FS) (*Words, error) {
	const name = "report.vi.yaml"
	data, err := fs.ReadFile(locales, name)
	if err != nil {
		return nil, err
	}
	var file struct {
		Cues          map[string][]string `yaml:"cues"`
		Leads         []string            `yaml:"leads"`
		Tails         []string            `yaml:"tails"`
		Heads         []string            `yaml:"heads"`
		Circumstances []string            `yaml:"circumstances"`
		Counters      []string            `yaml:"counters"`
		Joined        []string            `yaml:"joined"`
		Scopes        []string            `yaml:"scopes"`
		PlanWords     []string            `yaml:"plan_words"`
		References    []string            `yaml:"references"`
		Negations     []string            `yaml:"negations"`
		Places        []string            `yaml:"places"`
		Rates         []string            `yaml:"rates"`
		Joins         []string            `yaml:"joins"`
		Dangling      []string            `yaml:"dangling"`
		Openings      []string            `yaml:"openings"`
		Kept          []string            `yaml:"kept"`
		Keepers       []string            `yaml:"keepers"`
		Nothings      []string            `yaml:"nothings"`
		Measures      []string            `yaml:"measures"`
		Aims          []string            `yaml:"aims"`
		Narrows       []string            `yaml:"narrows"`
		Counted       []string            `yaml:"counted"`
		Collectives   []string            `yaml:"collectives"`
		Conditions    []string            `yaml:"conditions"`
		Fragments     []string            `yaml:"fragments"`
		Districts     []string            `yaml:"districts"`
		Within        []string            `yaml:"within"`
		Bases         map[string][]string `yaml:"bases"`
		Periods       map[string][]string `yaml:"periods"`
		Projects      map[string][]string `yaml:"projects"`
		Tables        map[string][]string `yaml:"tables"`
		Abbreviations map[string]string   `yaml:"abbreviations"`
	}
	var problems []string
	for _, p := range strictyaml.Load(name, data, &file) {
		problems = append(problems, p.String())
	}
	w := &Words{
		leads: listed(file.Leads), tails: listed(file.Tails), heads: listed(file.Heads), circumstances: listed(file.Circumstances), counters: listed(file.Counters),
		joined: listed(file.Joined), scopes: listed(file.Scopes), planWords: listed(file.PlanWords), references: listed(file.References), negations: listed(file.Negations),
		places: listed(file.Places), rates: listed(file.Rates), joins: listed(file.Joins), dangling: listed(file.Dangling), openings: listed(file.Openings), kept: listed(file.Kept), keepers: listed(file.Keepers), nothings: listed(file.Nothings), measures: listed(file.Measures), aims: listed(file.Aims), narrows: listed(file.Narrows), counted: listed(file.Counted), collectives: listed(file.Collectives), conditions: listed(file.Conditions), fragments: listed(file.Fragments), districts: listed(file.Districts), within: listed(file.Within),
		periods: map[string]phrases[bool]{}, projects: map[string]phrases[bool]{}, tables: map[string]phrases[bool]{},
	}
	w.abbreviations = map[string]string{}
	for short, long := range file.Abbreviations {
		w.abbreviations[lower(token.Split(short))] = long
	}
	for sense, list := range file.Cues {
		if cueNames[sense] == noCue {
			problems = append(problems, fmt.Sprintf("%s: cue %q is none that is known", name, sense))
		}
		for _, phrase := range list {
			if was := w.cues.get(phrase); was != noCue && was != cueNames[sense] {
				problems = append(problems, fmt.Sprintf("%s: %q stands under two cues", name, phrase))
			}
			w.cues.put(phrase, cueNames[sense])
		}
	}
	for sense, list := range file.Bases {
		if baseNames[sense] == 0 {
			problems = append(problems, fmt.Sprintf("%s: base %q is none that is known", name, sense))
		}
		for _, phrase := range list {
			w.bases.put(phrase, baseNames[sense])
		}
	}
	for _, of := range []struct {
		from  map[string][]string
		to    map[string]phrases[bool]
		names []string
	}{{file.Periods, w.periods, periodWords}, {file.Projects, w.projects, projectWords}, {file.Tables, w.tables, tableWords}} {
		for sense, list := range of.from {
			of.to[sense] = listed(list)
			if !slices.Contains(of.names, sense) {
				problems = append(problems, fmt.Sprintf("%s: %q is no part that is known", name, sense))
			}
		}
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(problems, "\n"))
	}
	return w, nil
}

// phrases are phrases of words with what each means.
type phrases[T comparable] struct {
	of   map[string]T
	most int // words of the longest
}

func listed(list []string) (p phrases[bool]) {
	for _, phrase := range list {
		p.put(phrase, true)
	}
	return p
}

func (p *phrases[T]) put(phrase string, v T) {
	if p.of == nil {
		p.of = map[string]T{}
	}
	tokens := token.Split(phrase)
	p.of[lower(tokens)] = v
	p.most = max(p.most, len(tokens))
}

func (p *phrases[T]) get(phrase string) T { return p.of[lower(token.Split(phrase))] }

// at is the longest phrase that begins the tokens, and how many of them it takes. Commas stand within a phrase as they may.
func (p *phrases[T]) at(tokens []token.Token) (v T, n int) {
	var key strings.Builder
	var none T
	for i := 0; i < len(tokens) && i < p.most; i++ {
		if i > 0 {
			if !spaced(tokens[i].Gap) {
				break
			}
			key.WriteByte(' ')
		}
		key.WriteString(tokens[i].Lower)
		if w, ok := p.of[key.String()]; ok && w != none {
			v, n = w, i+1
		}
	}
	return v, n
}

// whole reports whether all of the tokens are one of the phrases.
func (p *phrases[T]) whole(tokens []token.Token) bool {
	_, n := p.at(tokens)
	return n > 0 && n == len(tokens)
}

// spaced reports whether a gap may stand within a phrase: blanks, a comma, a semicolon, a point ("tr.USD").
func spaced(gap string) bool { return strings.Trim(gap, " \t,;.") == "" }

func lower(tokens []token.Token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Lower
	}
	return strings.Join(words, " ")
}
