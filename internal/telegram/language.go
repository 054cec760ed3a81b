package telegram

import (
	"slices"
	"strings"
)

// guess is the language of a person where a text shows none: chosen, else that of the app, else the one last answered in; empty where
// nothing is known.
func (b *Bot) guess(p place) string {
	if p.turn.human.Lang != "" {
		return p.turn.human.Lang
	}
	if p.code != "" {
		return b.spoken(p.code)
	}
	return p.turn.talk.Lang
}

// lang is the language of the bot's own texts for a person.
func (b *Bot) lang(p place) string {
	if lang := b.guess(p); slices.Contains(b.languages, lang) {
		return lang
	}
	return b.common()
}

// spoken is the language that is there for an IETF tag such as vi, en-GB or pt-br.
func (b *Bot) spoken(code string) string {
	base, _, _ := strings.Cut(strings.ToLower(code), "-")
	if slices.Contains(b.languages, base) {
		return base
	}
	return b.common()
}

// common is the language for people of no language that is there.
func (b *Bot) common() string {
	if slices.Contains(b.languages, "en") {
		return "en"
	}
	return b.languages[0]
}
