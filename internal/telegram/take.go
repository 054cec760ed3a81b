package telegram

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"github.com/go-telegram/bot/models"
)

// take admits an update: one that did not come before gets its place in the line of its chat. It waits where too much is in hand
// altogether; the error is the context's, and the update is then not taken.
func (b *Bot) take(ctx context.Context, u *models.Update) error {
	if !b.seen.put(u.ID, struct{}{}) {
		b.log.Debug("update came again", "update", u.ID)
		return nil
	}
	err := b.admit(ctx, u)
	if err != nil {
		b.seen.drop(u.ID)
	}
	return err
}

func (b *Bot) admit(ctx context.Context, u *models.Update) error {
	switch {
	case u.Message != nil:
		return b.admitMessage(ctx, u.Message)
	case u.EditedMessage != nil:
		return b.admitEdit(ctx, u.EditedMessage)
	case u.CallbackQuery != nil:
		return b.admitPress(ctx, u.CallbackQuery)
	case u.MyChatMember != nil:
		return b.admitMember(ctx, u.MyChatMember)
	}
	return nil
}

// admitMessage puts a message that is meant for the bot in the line of its chat.
func (b *Bot) admitMessage(ctx context.Context, m *models.Message) error {
	h := hear(m, b.me)
	if h.kind == nothing {
		return nil
	}
	if h.kind == media && m.MediaGroupID != "" && !b.albums.put(m.MediaGroupID, struct{}{}) {
		return nil // one line for the whole album
	}
	p := placeOf(m)
	return b.line(ctx, p, func(ctx context.Context) { b.meet(ctx, p, m.ID, h) }, func(ctx context.Context) {
		b.say(ctx, p, b.text(b.lang(p), textBusy))
	})
}

// meet does what a message asks.
func (b *Bot) meet(ctx context.Context, p place, id int, h heard) {
	var ids []int
	switch {
	case h.kind == media:
		ids = b.say(ctx, p, b.text(b.lang(p), textNotText))
	case h.kind == command:
		ids = b.obey(ctx, p, h)
	case h.text == "":
		ids = b.prompt(ctx, p)
	default:
		ids = b.say(ctx, p, b.ask(ctx, p, h.text))
	}
	if h.kind != command && len(ids) > 0 {
		b.answers.put(messageKey{p.chat, id}, ids)
	}
}

// ask is the Answerer's reply.
func (b *Bot) ask(ctx context.Context, p place, text string) Reply {
	r := b.answer.Answer(ctx, Question{Chat: p.chat, Person: p.person, Text: text, Lang: b.guess(p), Group: p.group})
	if r.Lang != "" {
		b.lately.put(p.person, r.Lang)
	}
	return r
}

// admitEdit puts the correction of a question that was answered in the line of its chat. A command is never done twice.
func (b *Bot) admitEdit(ctx context.Context, m *models.Message) error {
	h := hear(m, b.me)
	if h.kind != question || h.text == "" {
		return nil
	}
	p, key := placeOf(m), messageKey{m.Chat.ID, m.ID}
	return b.line(ctx, p, func(ctx context.Context) {
		ids, ok := b.answers.get(key)
		if !ok {
			return
		}
		if now := b.rewrite(ctx, p, ids, b.ask(ctx, p, h.text)); len(now) > 0 {
			b.answers.put(key, now)
		}
	}, nil)
}

// admitMember notes that a chat has blocked the bot, or takes it back; a group that it comes into is greeted once.
func (b *Bot) admitMember(ctx context.Context, c *models.ChatMemberUpdated) error {
	if c.NewChatMember.Type == models.ChatMemberTypeBanned || c.NewChatMember.Type == models.ChatMemberTypeLeft {
		b.blocked.put(c.Chat.ID, b.admissions.Load())
		return nil
	}
	b.blocked.drop(c.Chat.ID)
	was := c.OldChatMember.Type
	came := was == models.ChatMemberTypeLeft || was == models.ChatMemberTypeBanned
	if !came || c.Chat.Type != models.ChatTypeGroup && c.Chat.Type != models.ChatTypeSupergroup || !b.welcomed.put(c.Chat.ID, struct{}{}) {
		return nil
	}
	p := place{chat: c.Chat.ID, group: true, person: c.From.ID, code: c.From.LanguageCode}
	return b.line(ctx, p, func(ctx context.Context) {
		b.say(ctx, p, b.filled(b.lang(p), textWelcome, map[string]any{"Bot": b.me.Username}))
	}, nil)
}

// line puts a job in the line of its chat. Where that is full, busy is done beside it, once until the line was empty.
func (b *Bot) line(ctx context.Context, p place, j, busy job) error {
	a, err := b.lines.put(ctx, lineKey{id: p.chat}, b.guard(p, j))
	if a == full && err == nil {
		b.log.Warn("too much waits in a chat")
		if busy != nil {
			_, err = b.lines.put(ctx, lineKey{true, p.chat}, b.guard(p, busy))
		}
	}
	return err
}

// guard keeps a panic within its job: it is logged, the person gets a polite line, and nobody else notices. A job that was put in line
// before its chat was found blocked is not done.
func (b *Bot) guard(p place, j job) job {
	nth := b.admissions.Add(1)
	return func(ctx context.Context) {
		defer func() {
			if v := recover(); v != nil {
				b.log.Error("panic while answering", "what", whatOf(v), "at", origin())
				b.apologise(ctx, p)
			}
		}()
		if last, blocked := b.blocked.get(p.chat); !blocked || nth > last {
			j(ctx)
		}
	}
}

func (b *Bot) apologise(ctx context.Context, p place) {
	defer func() {
		if v := recover(); v != nil {
			b.log.Error("panic while apologising", "what", whatOf(v), "at", origin())
		}
	}()
	b.say(ctx, p, b.text(b.lang(p), textFailed))
}

// whatOf is a panic's value for the log. Only errors of the runtime are shown: others may hold what people wrote.
func whatOf(v any) string {
	if e, ok := v.(runtime.Error); ok {
		return e.Error()
	}
	return fmt.Sprintf("%T", v)
}

// origin is the line that panicked. It is called while panicking.
func origin() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
