package reply

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"factbot/internal/strictyaml"
)

// The languages of replies.
const (
	Vietnamese = "vi"
	English    = "en"
)

// languages are those that every message must be there in, the one that replies fall back to first.
var languages = []string{Vietnamese, English}

// catalog has the messages of all languages.
type catalog struct {
	localizers map[string]*i18n.Localizer
	ids        map[string]map[string]*i18n.Message // by language
	fills      map[string]map[string]filled        // by language: those that are no more than texts with places to fill in
}

// readCatalog reads messages.vi.yaml and messages.en.yaml. A message that one of them lacks is an error.
func readCatalog(messages fs.FS) (*catalog, error) {
	bundle := i18n.NewBundle(language.Make(languages[0]))
	c := &catalog{map[string]*i18n.Localizer{}, map[string]map[string]*i18n.Message{}, map[string]map[string]filled{}}
	for _, lang := range languages {
		name := "messages." + lang + ".yaml"
		bundle.RegisterUnmarshalFunc("yaml", unmarshal(name))
		file, err := bundle.LoadMessageFileFS(messages, name)
		if err != nil {
			return nil, err
		}
		c.ids[lang], c.fills[lang] = map[string]*i18n.Message{}, map[string]filled{}
		for _, m := range file.Messages {
			c.ids[lang][m.ID] = m
			if parsed, err := (strict{}).Parse(m.Other, "", ""); err == nil && m.One == "" {
				if f, ok := parsed.(filled); ok {
					c.fills[lang][m.ID] = f
				}
			}
		}
	}
	for _, lang := range languages {
		c.localizers[lang] = i18n.NewLocalizer(bundle, lang)
		for id := range c.ids[languages[0]] {
			if c.ids[lang][id] == nil {
				return nil, fmt.Errorf("messages.%s.yaml: message %q is missing, messages.%s.yaml has it", lang, id, languages[0])
			}
		}
		for id := range c.ids[lang] {
			if c.ids[languages[0]][id] == nil {
				return nil, fmt.Errorf("messages.%s.yaml: message %q is missing, messages.%s.yaml has it", languages[0], id, lang)
			}
		}
	}
	return c, nil
}

// unmarshal reads a message file strictly: each message is a text, or the texts for one and for other counts.
func unmarshal(name string) i18n.UnmarshalFunc {
	return func(data []byte, into any) error {
		messages := map[string]any{}
		if problems := strictyaml.Load(name, data, &messages); len(problems) > 0 {
			errs := make([]error, len(problems))
			for i, p := range problems {
				errs[i] = p
			}
			return errors.Join(errs...)
		}
		out, ok := into.(*any)
		if !ok {
			return fmt.Errorf("%s: messages are not read into a %T", name, into)
		}
		*out = messages
		return nil
	}
}

// has reports whether there is a message.
func (c *catalog) has(id string) bool { return c.ids[languages[0]][id] != nil }

// simple is a message that nothing has to be chosen for, which most are: the library takes ten times as long over it. It is empty where an argument
// is missing.
func (c *catalog) simple(lang, id string, argument func(name string) any) (s string, ok bool) {
	f, ok := c.fills[lang][id]
	if !ok {
		return "", false
	}
	s, err := f.with(argument)
	if err != nil {
		return "", true
	}
	return strings.TrimSpace(s), true
}

// message is a message in a language with its arguments filled in; empty where there is no such message or an argument is missing. An
// argument Count chooses between the forms for one and for more.
func (c *catalog) message(lang, id string, args map[string]any) string {
	if s, ok := c.simple(lang, id, func(name string) any { return args[name] }); ok {
		return s
	}
	localizer := c.localizers[lang]
	if localizer == nil || !c.has(id) {
		return ""
	}
	config := i18n.LocalizeConfig{MessageID: id, TemplateData: args, TemplateParser: strict{}}
	if c.ids[lang][id].One != "" { // a count asks for the form one, which other messages lack
		config.PluralCount = args["Count"]
	}
	s, err := localizer.Localize(&config)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(s)
}
