// Package words has what the words of each language mean to a question: the senses of phrases, the words of periods and numbers.
// It reads locales/words.*.yaml; the engine knows senses, never words.
package words

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
)

// Language is one language's words.
type Language struct {
	Code       string              `yaml:"language"`
	Senses     map[string][]string `yaml:"senses"`
	Periods    map[string][]string `yaml:"periods"`
	Numbers    map[string]int      `yaml:"numbers"`
	Magnitudes map[string]int      `yaml:"magnitudes"`
	Months     map[string]int      `yaml:"months"`
	// Abbreviations and the words that they stand for, where they are part of a longer name.
	Abbreviations map[string]string `yaml:"abbreviations"`
}

// Words are the words of all languages, with the units.
type Words struct {
	Languages []Language
	Units     *quantity.Units
	Glossary  map[string][]string // English words of things, and what Vietnamese reports call them
}

// Load reads words.*.yaml, glossary.yaml and units.yaml. The error names every problem, a line each.
func Load(fsys fs.FS) (*Words, error) {
	names, err := fs.Glob(fsys, "words.*.yaml")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no words.*.yaml among the locales")
	}
	slices.Sort(names)
	w := &Words{}
	var problems []string
	for _, name := range names {
		var l Language
		problems = append(problems, read(fsys, name, &l)...)
		if want := strings.TrimSuffix(strings.TrimPrefix(path.Base(name), "words."), ".yaml"); l.Code != want {
			problems = append(problems, fmt.Sprintf("%s: language is %q, not %q as the name says", name, l.Code, want))
		}
		for sense := range l.Senses {
			if !Known(sense) {
				problems = append(problems, fmt.Sprintf("%s: sense %q is none that the engine knows", name, sense))
			}
		}
		w.Languages = append(w.Languages, l)
	}
	var glossary struct {
		Glossary map[string][]string `yaml:"glossary"`
	}
	problems = append(problems, read(fsys, "glossary.yaml", &glossary)...)
	w.Glossary = glossary.Glossary
	var units quantity.UnitWords
	problems = append(problems, read(fsys, "units.yaml", &units)...)
	if w.Units, err = quantity.NewUnits(units); err != nil {
		problems = append(problems, "units.yaml: "+err.Error())
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(problems, "\n"))
	}
	return w, nil
}

func read(fsys fs.FS, name string, into any) []string {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, p := range strictyaml.Load(name, data, into) {
		out = append(out, p.String())
	}
	return out
}
