package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"html"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// maxText is the most characters of a message, counted as UTF-16 units after the markup is read.
const maxText = 4096

// say sends a reply, in as many messages as it needs, and gives their ids.
func (b *Bot) say(ctx context.Context, p place, r Reply) []int {
	if r.Draw && r.Own != "" && !b.own(ctx, p.turn) { // two messages do not go out in the response
		return nil
	}
	ids := b.write(ctx, p, nil, r, b.keyboardOf(p, r))
	if r.Draw && r.Own != "" && len(ids) > 0 && p.turn.again.IsZero() {
		p.reply = 0
		b.draw(ctx, p, r.Own, false)
		p.turn.again = time.Time{} // the answer is there: it does not come again for the picture's sake
	}
	return ids
}

// sayWith sends a reply with a keyboard of its own.
func (b *Bot) sayWith(ctx context.Context, p place, r Reply, markup any) []int {
	return b.write(ctx, p, nil, r, markup)
}

// rewrite puts a reply in the place of messages sent before, and gives the ids of those that now hold it.
func (b *Bot) rewrite(ctx context.Context, p place, ids []int, r Reply) []int {
	return b.write(ctx, p, ids, r, b.keyboardOf(p, r))
}

// write shows a reply in messages sent before, as far as there are any, and in new ones; what is left over of the old ones goes. Where the
// markup is refused, the rest of the reply is sent without.
func (b *Bot) write(ctx context.Context, p place, old []int, r Reply, markup any) []int {
	texts, marked := pieces(r)
	if len(texts) == 0 {
		b.log.Error("empty reply")
		texts, marked = []string{b.texts.Text(b.lang(p), textFailed, nil)}, false
	}
	if len(texts) == 1 && len(old) == 0 && b.respond(p, message{text: texts[0], marked: marked, markup: markup}) {
		return nil // in the response to the delivery, of which nothing is heard again
	}
	if !b.own(ctx, p.turn) {
		return nil
	}
	var ids []int
	for i := 0; i < len(texts); i++ {
		m := message{text: texts[i], marked: marked}
		if i < len(old) {
			m.id = old[i]
		}
		if i == len(texts)-1 {
			m.markup = markup
		}
		id, err := b.put(ctx, &p, m)
		if marked && says(err, "can't parse entities") {
			b.log.Error("markup refused, sent without") // the error quotes it
			texts, marked = append(texts[:i:i], unmarked(texts[i:], r, i)...), false
			i--
			continue
		}
		if err != nil {
			b.lost(ctx, "sendMessage", err)
			if passing(err) {
				p.turn.again = again(err)
			}
			return ids
		}
		ids = append(ids, id)
		p.reply = 0 // the first message is the reply, the others follow it
	}
	for _, id := range old[min(len(texts), len(old)):] {
		b.remove(ctx, p, id)
	}
	return ids
}

// pieces are the messages that a reply needs, and whether they have markup.
func pieces(r Reply) ([]string, bool) {
	if r.HTML != "" {
		return split(r.HTML, maxText), true
	}
	return splitPlain(r.Plain), false
}

// unmarked are the messages from the i-th on without markup.
func unmarked(texts []string, r Reply, i int) []string {
	if i == 0 && r.Plain != "" {
		return splitPlain(r.Plain)
	}
	var plain []string
	for _, t := range texts {
		plain = append(plain, splitPlain(strip(t))...)
	}
	return plain
}

func splitPlain(text string) []string {
	texts := split(html.EscapeString(text), maxText)
	for i, t := range texts {
		texts[i] = html.UnescapeString(t)
	}
	return texts
}

// message is one message to be sent, or to be written over one sent before.
type message struct {
	id      int // 0: a new one
	text    string
	marked  bool     // with HTML
	markup  any      // keyboard, or nil
	picture *Picture // in place of text
	asFile  bool     // the picture as it was drawn
}

// put sends or edits one message and gives its id. It goes round what Telegram refuses for a reason that does not concern the text: a
// topic that is gone, a group that moved, a message that can no longer be edited. Each can happen once.
func (b *Bot) put(ctx context.Context, p *place, m message) (int, error) {
	content := contentOf(m)
	for {
		if was, ok := b.shown.get(messageKey{p.chat, m.id}); ok && m.id != 0 && was == content {
			return m.id, nil // nothing would change
		}
		before := b.admissions.Load()
		id, err := b.call(ctx, *p, m)
		var moved *bot.MigrateError
		switch {
		case err == nil || m.id != 0 && says(err, "message is not modified"):
			b.shown.put(messageKey{p.chat, id}, content)
			b.known(*p, p.turn.room.open(true))
			return id, nil
		case m.id != 0 && (says(err, "message to edit not found") || says(err, "message can't be edited")):
			m.id = 0
		case p.thread != 0 && says(err, "thread not found"):
			p.thread = 0
		case errors.As(err, &moved) && p.chat != int64(moved.MigrateToChatID):
			p.chat, p.thread, p.reply, m.id = int64(moved.MigrateToChatID), 0, 0, 0
		case errors.Is(err, bot.ErrorForbidden):
			b.blocked.put(p.chat, before) // what came after the call may come from a person who has changed their mind
			b.known(*p, p.turn.room.open(false))
			return 0, err
		default:
			return 0, err
		}
	}
}

// contentOf stands for what a message shows.
func contentOf(m message) uint64 {
	var h maphash.Hash
	h.SetSeed(contentSeed)
	markup, _ := json.Marshal(m.markup) // what cannot be written is refused when it is sent
	fmt.Fprintf(&h, "%t\x00%s\x00%s", m.marked, m.text, markup)
	return h.Sum64()
}

var contentSeed = maphash.MakeSeed()

// call is one sendMessage or editMessageText.
func (b *Bot) call(ctx context.Context, p place, m message) (id int, err error) {
	if m.picture != nil {
		return b.sendPicture(ctx, p, m)
	}
	preview, mode := &models.LinkPreviewOptions{IsDisabled: bot.True()}, modeOf(m)
	if m.id != 0 {
		return m.id, b.sender.call(ctx, p.chat, func(ctx context.Context) error {
			_, err := b.api.EditMessageText(ctx, &bot.EditMessageTextParams{
				ChatID: p.chat, MessageID: m.id, Text: m.text, ParseMode: mode, LinkPreviewOptions: preview, ReplyMarkup: m.markup,
			})
			return err
		})
	}
	err = b.sender.call(ctx, p.chat, func(ctx context.Context) error {
		sent, err := b.api.SendMessage(ctx, &bot.SendMessageParams{
			ChatID: p.chat, MessageThreadID: p.thread, Text: m.text, ParseMode: mode, LinkPreviewOptions: preview,
			ReplyParameters: replyTo(p), ReplyMarkup: m.markup,
		})
		if err == nil {
			id = sent.ID
		}
		return err
	})
	return id, err
}

func modeOf(m message) models.ParseMode {
	if m.marked {
		return models.ParseModeHTML
	}
	return ""
}

// replyTo is the message that a new one is a reply to, nil where it is none.
func replyTo(p place) *models.ReplyParameters {
	if p.reply == 0 {
		return nil
	}
	return &models.ReplyParameters{MessageID: p.reply, AllowSendingWithoutReply: true}
}

// remove deletes a message that nothing is left for.
func (b *Bot) remove(ctx context.Context, p place, id int) {
	err := b.sender.call(ctx, 0, func(ctx context.Context) error {
		_, err := b.api.DeleteMessage(ctx, &bot.DeleteMessageParams{ChatID: p.chat, MessageID: id})
		return err
	})
	if err != nil {
		b.lost(ctx, "deleteMessage", err)
	}
}

// lost logs a call that was given up. What Telegram refuses in the ordinary course of things is no trouble.
func (b *Bot) lost(ctx context.Context, method string, err error) {
	switch {
	case errors.Is(err, bot.ErrorForbidden):
		b.log.Info("a chat does not take messages any more", "method", method)
	case ctx.Err() != nil:
		b.log.Warn("given up at the stop", "method", method)
	case says(err, "query is too old"), says(err, "chat not found"), says(err, "message to be replied not found"),
		says(err, "message to delete not found"), says(err, "message can't be deleted"):
		b.log.Debug("refused", "method", method, "error", short(err))
	default:
		b.log.Warn("call given up", "method", method, "error", short(err))
	}
}
