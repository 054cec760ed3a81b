package telegram

import (
	"context"
	"strings"

	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

// shownExamples is how many examples become buttons, and lines of help.
const shownExamples = 4

// commands are what the bot does on a command; text is what follows it.
var commands = map[string]func(b *Bot, ctx context.Context, p place, text string) []int{
	"start":    (*Bot).start,
	"help":     (*Bot).help,
	"ask":      (*Bot).asked,
	"lang":     (*Bot).choose,
	"language": (*Bot).choose,
	"settings": (*Bot).choose,
	"privacy":  (*Bot).privacy,
	"quen":     (*Bot).forgetPerson,
	"forget":   (*Bot).forgetPerson,

	"chitieu":    browse("indicators"),
	"indicators": browse("indicators"),
	"duan":       browse("projects"),
	"projects":   browse("projects"),
	"nguon":      browse("documents"),
	"sources":    browse("documents"),
	"bieudo":     (*Bot).chart,
	"chart":      (*Bot).chart,
	"theodoi":    (*Bot).following,
	"following":  (*Bot).following,
	"tinh":       (*Bot).settleArea,
	"area":       (*Bot).settleArea,
	"lichsu":     only((*Bot).history),
	"history":    only((*Bot).history),
	"hoantac":    only((*Bot).undo),
	"undo":       only((*Bot).undo),
	"cauhoi":     only((*Bot).wanting),
	"questions":  only((*Bot).wanting),
	"trangthai":  only((*Bot).status),
	"status":     only((*Bot).status),
	"sosanh":     (*Bot).compare,
	"compare":    (*Bot).compare,
}

// obey does what a command says.
func (b *Bot) obey(ctx context.Context, p place, h heard) []int {
	if do := commands[h.command]; do != nil {
		return do(b, ctx, p, h.text)
	}
	return b.say(ctx, p, b.text(b.lang(p), textUnknown))
}

// start greets: two lines and buttons to try. A link to an answer brings its question along; anything else that comes with it is left aside.
func (b *Bot) start(ctx context.Context, p place, code string) []int {
	if b.answer.Linked(code) {
		return b.say(ctx, p, b.ask(ctx, p, "#"+code))
	}
	r := b.text(b.lang(p), textStart)
	r.Buttons = b.tryOut(r.Lang)
	return b.say(ctx, p, r)
}

func (b *Bot) help(ctx context.Context, p place, _ string) []int {
	lang := b.lang(p)
	var lines []string
	for _, example := range b.examples(lang) {
		lines = append(lines, "• "+example)
	}
	r := b.filled(lang, textHelp, map[string]any{"Examples": strings.Join(lines, "\n")})
	if p.group {
		r.Plain += "\n" + b.texts.Text(lang, textHelpGroup, map[string]any{"Bot": b.me.Username})
	}
	r.Buttons = b.tryOut(lang)
	return b.say(ctx, p, r)
}

// examples are the first few questions worth trying.
func (b *Bot) examples(lang string) []string {
	all := b.answer.Examples(lang)
	return all[:min(len(all), shownExamples)]
}

// tryOut are buttons that ask the examples, one a row: on a phone two beside each other are cut short.
func (b *Bot) tryOut(lang string) [][]Button {
	var rows [][]Button
	for _, example := range b.examples(lang) {
		rows = append(rows, []Button{{Label: example, Ask: example}})
	}
	return rows
}

// asked answers what follows /ask, or asks for it.
func (b *Bot) asked(ctx context.Context, p place, text string) []int {
	if text == "" {
		return b.prompt(ctx, p)
	}
	return b.say(ctx, p, b.ask(ctx, p, text))
}

// prompt asks for the question. A reply to it reaches the bot in every group.
func (b *Bot) prompt(ctx context.Context, p place) []int {
	lang := b.lang(p)
	return b.sayWith(ctx, p, b.text(lang, textAsk), &models.ForceReply{
		ForceReply: true, Selective: p.group, InputFieldPlaceholder: b.texts.Text(lang, textAskField, nil),
	})
}

// choose sets the language that follows the command, or offers those there are.
func (b *Bot) choose(ctx context.Context, p place, text string) []int {
	for _, lang := range b.languages {
		if strings.EqualFold(text, lang) {
			b.chose(p, lang)
			return b.say(ctx, p, b.text(lang, textLangSet))
		}
	}
	var row []key
	for _, lang := range b.languages {
		row = append(row, key{Text: b.texts.Text(lang, textLangName, nil), Data: pressed{what: pressLanguage, text: lang}.data()})
	}
	return b.sayWith(ctx, p, b.text(b.lang(p), textLang), keyboard{[][]key{row}})
}

func (b *Bot) privacy(ctx context.Context, p place, _ string) []int {
	return b.say(ctx, p, b.filled(b.lang(p), textPrivacy, map[string]any{
		"Talk": int(b.kinds.talks.Keep.Minutes()), "Questions": b.forget.Days(),
	}))
}

// compare says how things are compared, with questions to try.
func (b *Bot) compare(ctx context.Context, p place, _ string) []int {
	r := b.text(b.lang(p), textCompare)
	for _, ask := range b.answer.Compare(r.Lang) {
		r.Buttons = append(r.Buttons, []Button{{Label: ask, Ask: ask}})
	}
	return b.say(ctx, p, r)
}

// forgetPerson forgets at once what is remembered of a person in this chat, and what they have chosen.
func (b *Bot) forgetPerson(ctx context.Context, p place, _ string) []int {
	lang := b.lang(p)
	p.turn.later(func(tx *state.Tx) error {
		if err := b.kinds.talks.Drop(tx, p.talkKey()); err != nil {
			return err
		}
		if err := tx.Unfollow(p.owner(), ""); err != nil {
			return err
		}
		return b.kinds.people.Drop(tx, number(p.person))
	})
	return b.say(ctx, p, b.text(lang, textForgotten))
}
