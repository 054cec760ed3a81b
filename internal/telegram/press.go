package telegram

import (
	"context"
	"slices"
	"sync"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

// planPress answers a pressed button at once, beside the chat's line, as it spins until then; what it asks goes into the line.
func (b *Bot) planPress(q *models.CallbackQuery) plan {
	p, message := placeOfPress(q)
	d, ok := readPressed(q.Data)
	ok = ok && p.chat != 0
	var act deed
	answered := false
	var mu sync.Mutex
	answer := func(ctx context.Context, p place) { // by whichever line comes first; the other waits until it is done
		mu.Lock()
		defer mu.Unlock()
		if answered {
			return
		}
		answered = true
		toast := b.texts.Text(b.lang(p), textExpired, nil)
		if ok {
			act, toast = b.actOf(ctx, d, p, message)
		}
		b.toast(ctx, q.ID, toast)
	}
	return plan{p: p, busy: b.sayBusy, beside: answer, do: func(ctx context.Context, p place) {
		answer(ctx, p)
		if act != nil {
			act(ctx, p)
		}
	}}
}

// actOf is what a button does, nil for nothing, and the words that it is answered with, empty for none.
func (b *Bot) actOf(ctx context.Context, d pressed, p place, m *models.Message) (act deed, toast string) {
	own := func(id string) string { return b.texts.Text(b.lang(p), id, nil) }
	if d.what == pressLanguage {
		if !slices.Contains(b.languages, d.text) {
			return nil, own(textExpired)
		}
		b.chose(p, d.text)
		if p.group || m == nil {
			return nil, own(textLangSet)
		}
		return func(ctx context.Context, p place) { b.rewrite(ctx, p, []int{m.ID}, b.text(d.text, textLangSet)) }, ""
	}
	switch d.what {
	case pressArea:
		for _, a := range b.answer.Areas(b.lang(p)) {
			if a.ID == d.text {
				return func(ctx context.Context, p place) {
					if r := b.choseArea(p, a); m != nil {
						b.rewrite(ctx, p, []int{m.ID}, r)
					}
				}, ""
			}
		}
		return nil, own(textExpired)
	case pressSuggest:
		if !b.admin(p) {
			return nil, own(textExpired)
		}
		return func(ctx context.Context, p place) {
			b.propose(ctx, p, b.keeper.Suggest(ctx, p.person, d.text, b.lang(p)))
		}, ""
	case byte(Apply), byte(ApplySure), byte(Drop):
		if !b.admin(p) {
			return nil, own(textExpired)
		}
		return func(ctx context.Context, p place) { b.decide(ctx, p, m, Choice(d.what), d.text) }, ""
	case pressFollow, pressUnfollow:
		return b.follow(p, m, d.text, d.what == pressFollow)
	}
	if d.what == pressPage {
		if m == nil {
			return nil, own(textExpired)
		}
		return func(ctx context.Context, p place) { b.leaf(ctx, p, m.ID, d.text) }, ""
	}
	text, ok := b.questionOf(ctx, d)
	if !ok {
		return nil, own(textExpired)
	}
	switch d.what {
	case pressUp, pressDown:
		b.judged(p, d.what, text)
		return nil, own(textThanks)
	case pressDraw, pressFile:
		return func(ctx context.Context, p place) { b.draw(ctx, p, text, d.what == pressFile) }, ""
	case pressChoice, pressNext, pressBack:
		if m == nil {
			break
		}
		if p.group && m.ReplyToMessage != nil { // who wrote in the name of a group is not known: then anyone may
			if asker, _ := writer(m.ReplyToMessage); asker > 0 && asker != p.person {
				return nil, own(textNotYours)
			}
		}
		return func(ctx context.Context, p place) {
			if from, ok := ownOf(m); ok && d.what == pressNext {
				p.turn.back, _ = b.questionOf(ctx, from)
			}
			b.rewrite(ctx, p, []int{m.ID}, b.ask(ctx, p, text))
		}, ""
	}
	return func(ctx context.Context, p place) { b.say(ctx, p, b.ask(ctx, p, text)) }, ""
}

// judged notes that an answer was of use, or not.
func (b *Bot) judged(p place, what byte, question string) {
	status := statusUp
	if what == pressDown {
		status = statusDown
	}
	lang := b.lang(p)
	p.turn.later(func(tx *state.Tx) error {
		return tx.LogQuestion(state.Asked{Lang: lang, Status: status, Text: cut(question, loggedText)})
	})
}

// The statuses of questions in the log that people have judged the answers of.
const (
	statusUp   = "up"
	statusDown = "down"
)

// placeOfPress is where the answer to a button goes, and the message that it stands under, nil where that is too old to be seen or was
// sent through inline mode.
func placeOfPress(q *models.CallbackQuery) (place, *models.Message) {
	p := place{person: q.From.ID, code: q.From.LanguageCode}
	if m := q.Message.Message; m != nil {
		p.chat, p.group = m.Chat.ID, m.Chat.Type != models.ChatTypePrivate
		if m.IsTopicMessage {
			p.thread = m.MessageThreadID
		}
		if p.group {
			p.reply = m.ID
		}
		return p, m
	}
	if m := q.Message.InaccessibleMessage; m != nil {
		p.chat, p.group = m.Chat.ID, m.Chat.Type != models.ChatTypePrivate
	}
	return p, nil
}

// toast answers a pressed button, with a few words where there are any.
func (b *Bot) toast(ctx context.Context, id, text string) {
	err := b.sender.call(ctx, 0, func(ctx context.Context) error {
		_, err := b.api.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: id, Text: cut(text, 200)})
		return err
	})
	if err != nil {
		b.lost(ctx, "answerCallbackQuery", err)
	}
}
