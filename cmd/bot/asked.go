package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"factbot/internal/desk"
	"factbot/internal/state"
	"factbot/internal/telegram"
	"factbot/internal/update"
)

const (
	askedSince   = 30 * 24 * time.Hour
	wantingShown = 10
)

// suggestions are aliases that may be proposed, by the keys of their buttons.
var suggestions = state.Kind[suggestion]{Name: "alias", Keep: askedSince}

type suggestion struct {
	Phrase    string `json:"phrase"`
	Indicator string `json:"indicator"`
}

// Asked is telegram.Keeper's.
func (k *keeper) Asked(ctx context.Context, lang string) telegram.Listed {
	var asked []desk.Asked
	err := k.store.Read(ctx, func(tx *state.Tx) error {
		asked = nil
		return tx.Questions(tx.Now().Add(-askedSince), "", func(q state.Asked) error {
			switch q.Status {
			case "answered", "help", "up":
			default:
				if text, code := strings.CutPrefix(q.Text, "#"); code {
					if asks, _, ok := k.desk.Unlink(text); ok {
						q.Text = asks
					}
				}
				asked = append(asked, desk.Asked{Text: q.Text, Lang: q.Lang, Down: q.Status == "down"})
			}
			return nil
		})
	})
	if err != nil {
		return telegram.Listed{Reply: k.failed(lang, err).Reply}
	}
	if len(asked) == 0 {
		return telegram.Listed{Reply: k.say(lang, "admin_no_asked", nil)}
	}
	say := k.desk.Printer().Message
	lines := []string{say(lang, "admin_asked", nil)}
	var out telegram.Listed
	keep := map[string]suggestion{}
	for i, w := range k.desk.Wanted(asked) {
		if i == wantingShown {
			break
		}
		k.desk.Look(&w)
		lines = append(lines, say(lang, "admin_asked_line", map[string]any{"Count": w.Count, "Down": w.Down, "Text": w.Text, "Phrase": w.Phrase, "Now": w.Answered}))
		for _, like := range w.Like {
			key := newKey()
			keep[key] = suggestion{w.Phrase, like.ID}
			out.Suggested = append(out.Suggested, telegram.Suggested{Key: key, Label: fmt.Sprintf("＋ “%s” → %s", w.Phrase, like.Name.In(lang))})
		}
	}
	if err := k.store.Do(ctx, func(tx *state.Tx) error {
		for key, s := range keep {
			if err := suggestions.Put(tx, key, s); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return telegram.Listed{Reply: k.failed(lang, err).Reply}
	}
	out.Reply = telegram.Reply{Plain: strings.Join(lines, "\n"), Lang: lang}
	return out
}

// Suggest is telegram.Keeper's: the alias of a button goes the way of every update.
func (k *keeper) Suggest(ctx context.Context, person int64, key, lang string) telegram.Proposed {
	if !k.roles.mayPropose(person) {
		return k.just(lang, "admin_not_editor", nil)
	}
	if !k.follows {
		return k.just(lang, "admin_folder", nil)
	}
	var s suggestion
	var found bool
	if err := k.store.Read(ctx, func(tx *state.Tx) (err error) {
		s, found, err = suggestions.Get(tx, key)
		return err
	}); err != nil {
		return k.failed(lang, err)
	}
	if !found {
		return k.just(lang, "admin_gone", nil)
	}
	base, files, err := k.newest(ctx)
	if err != nil {
		return k.failed(lang, err)
	}
	name := k.desk.Printer().Message(lang, "admin_alias", map[string]any{"Phrase": s.Phrase, "Name": s.Indicator})
	for _, f := range files {
		if f.Path != "catalogue.yaml" {
			continue
		}
		data, err := update.AddAlias(f.Data, s.Indicator, s.Phrase)
		if err != nil {
			return k.just(lang, "admin_refused", map[string]any{"Name": name, "Count": 1, "Problems": err.Error()})
		}
		made, err := k.make(files, "catalogue.yaml", data, nil)
		if err != nil {
			return k.just(lang, "admin_refused", map[string]any{"Name": name, "Count": 1, "Problems": err.Error()})
		}
		return k.propose(ctx, lang, state.Proposal{Base: base, Who: person, From: name, Files: made.files, Data: data}, files, made)
	}
	return k.failed(lang, fmt.Errorf("no catalogue among %d files", len(files)))
}
