package telegram

import (
	"context"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

// Subject is something that can be followed: an indicator of an area, a project.
type Subject struct {
	ID   string // what is kept; other facts do not change it
	Name string
	Code string // a question about it is #Code
}

// owner is whom a follower is known by: the person, wherever they press.
func (p place) owner() string { return number(p.person) }

// follow begins or ends that a person is told of news of what a code is about; the toast says so.
func (b *Bot) follow(p place, m *models.Message, code string, begin bool) (act deed, toast string) {
	lang := b.lang(p)
	s, ok := b.answer.Subject(code, lang)
	if !ok || p.person <= 0 {
		return nil, b.texts.Text(lang, textExpired, nil)
	}
	act = func(ctx context.Context, p place) {
		p.turn.later(func(tx *state.Tx) error {
			if begin {
				return tx.Follow(p.owner(), s.ID, state.Follower{Chat: p.person, Lang: lang})
			}
			return tx.Unfollow(p.owner(), s.ID)
		})
		if !p.group { // the bell of a group is everybody's
			b.turned(ctx, p, m, code, begin)
		}
	}
	id := textUnfollowed
	switch {
	case begin && p.group:
		id = textFollowedGroup
	case begin:
		id = textFollowed
	}
	return act, cut(b.texts.Text(lang, id, map[string]any{"Name": cut(s.Name, 100), "Bot": b.me.Username}), 200)
}

// following lists what a person follows, each with the way to its figure and the way to end it.
func (b *Bot) following(ctx context.Context, p place, _ string) []int {
	r, markup := b.followed(ctx, p)
	return b.sayWith(ctx, p, r, markup)
}

// followed is the list of what a person follows.
func (b *Bot) followed(ctx context.Context, p place) (Reply, any) {
	lang := b.lang(p)
	var ids []string
	err := b.read(ctx, func(tx *state.Tx) (err error) {
		ids, err = tx.Followed(p.owner())
		return err
	})
	if err != nil {
		return b.text(lang, textFailed), nil
	}
	var rows [][]key
	for _, id := range ids {
		if s, ok := b.answer.Subject(id, lang); ok && len(rows) < mostFollowed {
			rows = append(rows, []key{
				{Text: cut(s.Name, maxLabel), Data: b.askData(p, pressAsk, "#"+s.Code)},
				{Text: "🔕", Data: pressed{what: pressUnfollow, text: s.Code}.data()},
			})
		}
	}
	if len(rows) == 0 {
		return b.text(lang, textFollowNone), nil
	}
	return b.text(lang, textFollowing), keyboard{rows}
}

// mostFollowed is how many rows a keyboard may have here.
const mostFollowed = 40

// turned shows under a message, on the bell of a code, that what it is about is followed now, or is not any more.
func (b *Bot) turned(ctx context.Context, p place, m *models.Message, code string, began bool) {
	if m == nil || m.ReplyMarkup == nil {
		return
	}
	var rows [][]key
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		var keys []key
		for _, k := range row {
			next := key{Text: k.Text, Data: k.CallbackData, URL: k.URL}
			if k.CopyText.Text != "" {
				next.Copy = &copied{k.CopyText.Text}
			}
			if d, ok := readPressed(k.CallbackData); ok && (d.what == pressFollow || d.what == pressUnfollow) && d.text == code {
				next = bell(code, began)
			}
			keys = append(keys, next)
		}
		rows = append(rows, keys)
	}
	err := b.sender.call(ctx, p.chat, func(ctx context.Context) error {
		_, err := b.api.EditMessageReplyMarkup(ctx, &bot.EditMessageReplyMarkupParams{ChatID: p.chat, MessageID: m.ID, ReplyMarkup: keyboard{rows}})
		return err
	})
	if err != nil && !says(err, "message is not modified") {
		b.lost(ctx, "editMessageReplyMarkup", err)
	}
}

// bell is the button that begins to follow, or ends it.
func bell(code string, followed bool) key {
	if followed {
		return key{Text: "🔕", Data: pressed{what: pressUnfollow, text: code}.data()}
	}
	return key{Text: "🔔", Data: pressed{what: pressFollow, text: code}.data()}
}
