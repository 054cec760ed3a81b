package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

// received is an update as it came.
type received struct {
	update *models.Update
	raw    json.RawMessage
}

// deed is what an update makes the bot do, in the turn that the place has.
type deed func(ctx context.Context, p place)

// plan is what is to be done with an update. Without a deed it is dealt with.
type plan struct {
	p      place
	do     deed
	busy   deed // where the chat's line is full
	beside deed // done at once, beside the chat's line; nil: nothing
	light  bool // mostly one message is all there is to it: it may go out in the response to a delivery
}

// take takes updates over, durably, and gives those that did not come before their places in the lines of their chats. It waits where too much
// is in hand altogether; the error is the context's. When it returns nil Telegram may forget them.
func (b *Bot) take(ctx context.Context, batch []received) error {
	plans := make([]plan, len(batch))
	for i, r := range batch {
		plans[i] = b.planOf(r.update)
	}
	return b.takePlanned(ctx, batch, plans)
}

func (b *Bot) takePlanned(ctx context.Context, batch []received, plans []plan) error {
	fresh := make([]bool, len(batch))
	err := b.do(ctx, func(tx *state.Tx) error {
		for i, r := range batch {
			var body []byte
			if plans[i].do != nil {
				body = r.raw
			}
			var err error
			if fresh[i], err = tx.Take(keyOf(r.update), number(plans[i].p.chat), body, b.holder, b.hold); err != nil {
				return err
			}
		}
		return nil
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, r := range batch {
		first := b.seen.put(keyOf(r.update), struct{}{})
		if err != nil {
			fresh[i] = first // without the state the memory of this process has to do
		}
		if !fresh[i] {
			b.log.Debug("update came again", "update", r.update.ID)
			b.meter.Repeated()
			continue
		}
		if err := b.queue(ctx, keyOf(r.update), plans[i]); err != nil {
			return err
		}
		b.meter.Update(kindOf(r.update))
	}
	return nil
}

// resume takes up what was taken over before a stop and not dealt with; with others, also what other replicas left behind.
func (b *Bot) resume(ctx context.Context, own bool) error {
	for {
		var open []state.Update
		err := b.do(ctx, func(tx *state.Tx) (err error) {
			open, err = tx.Open(b.holder, own, b.hold, takenUpAtOnce)
			return err
		})
		if err != nil || len(open) == 0 {
			return err
		}
		b.log.Info("updates taken up that were left open", "updates", len(open))
		for _, o := range open {
			u := new(models.Update)
			var p plan
			if err := json.Unmarshal(o.Body, u); err != nil {
				b.log.Error("unreadable update passed over", "update", o.ID, "error", short(err))
			} else if b.inHand.has(keyOf(u)) {
				continue
			} else {
				b.seen.put(keyOf(u), struct{}{})
				p = b.planOf(u)
			}
			u.ID = o.ID
			if err := b.queue(ctx, keyOf(u), p); err != nil {
				return err
			}
		}
		if len(open) < takenUpAtOnce {
			return nil
		}
		own = false // the rest of the holder's own would come again
	}
}

// none is no update.
var none state.Key

// keyOf names an update. Telegram repeats one as it was; another of the same id is of another message, another time or another button.
func keyOf(u *models.Update) state.Key {
	k := state.Key{ID: u.ID}
	message := func(m *models.Message) { k.Mark = fmt.Sprint(m.Chat.ID, m.ID, m.Date, m.EditDate) }
	switch {
	case u.Message != nil:
		message(u.Message)
	case u.EditedMessage != nil:
		message(u.EditedMessage)
	case u.CallbackQuery != nil:
		k.Mark = u.CallbackQuery.ID
	case u.InlineQuery != nil:
		k.Mark = u.InlineQuery.ID
	case u.MyChatMember != nil:
		k.Mark = fmt.Sprint(u.MyChatMember.Chat.ID, u.MyChatMember.Date, u.MyChatMember.NewChatMember.Type)
	}
	return k
}

// takenUpAtOnce is how many open updates are taken up in one transaction.
const takenUpAtOnce = 1000

// planOf is what is to be done with an update.
func (b *Bot) planOf(u *models.Update) plan {
	switch {
	case u.Message != nil:
		return b.planMessage(u.Message)
	case u.EditedMessage != nil:
		return b.planEdit(u.EditedMessage)
	case u.CallbackQuery != nil:
		return b.planPress(u.CallbackQuery)
	case u.MyChatMember != nil:
		return b.planMember(u.MyChatMember)
	case u.InlineQuery != nil:
		return b.planInline(u.InlineQuery)
	}
	return plan{}
}

// planMessage answers a message that is meant for the bot.
func (b *Bot) planMessage(m *models.Message) plan {
	h := hear(m, b.me)
	if h.kind == nothing {
		return plan{}
	}
	if h.kind == media && m.MediaGroupID != "" && !b.albums.put(m.MediaGroupID, struct{}{}) {
		return plan{} // one line for the whole album
	}
	return plan{
		p:     placeOf(m),
		do:    func(ctx context.Context, p place) { b.meet(ctx, p, m, h) },
		busy:  b.sayBusy,
		light: true,
	}
}

// typingAfter is how long a person waits before the chat says that the bot is typing.
const typingAfter = 500 * time.Millisecond

// typing has the chat say that the bot is typing, where the answer takes that long; stop ends it.
func (b *Bot) typing(ctx context.Context, p place) (stop func()) {
	t := time.AfterFunc(typingAfter, func() {
		_, err := b.api.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: p.chat, MessageThreadID: p.thread, Action: models.ChatActionTyping})
		if err != nil {
			b.log.Debug("refused", "method", "sendChatAction", "error", short(err))
		}
	})
	return func() { t.Stop() }
}

// loggedText is how many characters of a question are logged.
const loggedText = 500

func (b *Bot) sayBusy(ctx context.Context, p place) { b.say(ctx, p, b.text(b.lang(p), textBusy)) }

// meet does what a message asks.
func (b *Bot) meet(ctx context.Context, p place, m *models.Message, h heard) {
	defer b.typing(ctx, p)()
	var ids []int
	switch {
	case h.kind == media:
		ids = b.receive(ctx, p, m.Document)
	case h.kind == command:
		ids = b.obey(ctx, p, h)
	case h.text == "":
		ids = b.prompt(ctx, p)
	default:
		var isReport bool
		if ids, isReport = b.report(ctx, p, m, h.text); !isReport {
			ids = b.say(ctx, p, b.ask(ctx, p, h.text))
		}
	}
	if h.kind != command && (len(ids) > 0 || p.turn.response.reply() != nil) {
		b.remember(p.turn, messageKey{p.chat, m.ID}, ids)
	}
}

// question is a text as a question of a person in a chat.
func (b *Bot) question(p place, text string) Question {
	return Question{Chat: p.chat, Person: p.person, Text: text, Lang: b.guess(p), Area: p.area(), Group: p.group, Memory: p.turn.talk.Memory}
}

// ask is the Answerer's reply. What it remembers is kept for the person's next question in the chat.
func (b *Bot) ask(ctx context.Context, p place, text string) Reply {
	r := b.answer.Answer(ctx, b.question(p, text))
	t := talk{Memory: r.Memory, Lang: r.Lang}
	if t.Lang == "" {
		t.Lang = p.turn.talk.Lang
	}
	p.turn.talk = t
	p.turn.put(b.kinds.talks.Prepare(b.state, p.talkKey(), t))
	if r.Status != "" {
		p.turn.later(func(tx *state.Tx) error {
			return tx.LogQuestion(state.Asked{Lang: r.Lang, Status: r.Status, Text: cut(text, loggedText)})
		})
	}
	return r
}

// planEdit corrects the answer to a question that was edited. A command is never done twice.
func (b *Bot) planEdit(m *models.Message) plan {
	h := hear(m, b.me)
	if h.kind != question || h.text == "" {
		return plan{}
	}
	key := messageKey{m.Chat.ID, m.ID}
	return plan{p: placeOf(m), do: func(ctx context.Context, p place) {
		ids, ok := b.answersOf(ctx, key)
		if !ok {
			return
		}
		if len(ids) == 0 { // answered in the response to a delivery: by what message is not known
			p.reply = m.ID
		}
		if now := b.rewrite(ctx, p, ids, b.ask(ctx, p, h.text)); len(now) > 0 {
			b.remember(p.turn, key, now)
		}
	}}
}

// planMember notes that a chat has blocked the bot, or takes it back; a group that it comes into is greeted once.
func (b *Bot) planMember(c *models.ChatMemberUpdated) plan {
	p := place{chat: c.Chat.ID, group: c.Chat.Type == models.ChatTypeGroup || c.Chat.Type == models.ChatTypeSupergroup, person: c.From.ID, code: c.From.LanguageCode}
	if gone(c.NewChatMember.Type) {
		b.blocked.put(c.Chat.ID, b.admissions.Load())
		return plan{p: p, do: func(_ context.Context, p place) { b.known(p, p.turn.room.open(false)) }}
	}
	b.blocked.drop(c.Chat.ID)
	came := gone(c.OldChatMember.Type)
	return plan{p: p, do: func(ctx context.Context, p place) {
		greet := came && p.group && !p.turn.room.Greeted
		r := p.turn.room.open(true)
		r.Greeted = r.Greeted || greet
		b.known(p, r)
		if greet {
			b.say(ctx, p, b.filled(b.lang(p), textWelcome, map[string]any{"Bot": b.me.Username}))
		}
	}}
}

// gone reports whether a member is none any more.
func gone(t models.ChatMemberType) bool {
	return t == models.ChatMemberTypeBanned || t == models.ChatMemberTypeLeft
}

// queue puts an update that was taken over in the line of its chat. Where that is full, busy is done beside it, once until the line was empty.
func (b *Bot) queue(ctx context.Context, update state.Key, pl plan) error {
	if pl.beside != nil {
		if _, err := b.lines.put(ctx, lineKey{true, pl.p.person}, b.guard(&turn{taken: true}, pl.p, pl.beside)); err != nil {
			return err
		}
	}
	if pl.do == nil {
		return nil
	}
	t := &turn{update: update, taken: true}
	b.inHand.add(update)
	a, err := b.lines.put(ctx, lineKey{id: pl.p.chat}, b.guard(t, pl.p, pl.do))
	if err != nil {
		b.inHand.remove(update)
		return err
	}
	if a == admitted {
		return nil
	}
	b.crowded(a)
	if a == full && pl.busy != nil {
		_, err = b.lines.put(ctx, lineKey{true, pl.p.chat}, b.guard(t, pl.p, pl.busy))
		return err
	}
	b.settle(ctx, t)
	b.inHand.remove(update)
	return nil
}

// crowded notes that an update found its chat's line full.
func (b *Bot) crowded(a admission) {
	b.meter.Crowded()
	if a == full {
		b.log.Warn("too much waits in a chat")
	}
}

// guard is the job of a deed: it begins and ends the turn, and keeps a panic within: it is logged, the person gets a polite line, and nobody else
// notices. A deed that was put in line before its chat was found blocked is not done.
func (b *Bot) guard(t *turn, p place, do deed) job {
	nth := b.admissions.Add(1)
	return func(ctx context.Context) {
		defer t.response.end() // when it is out of hand: the next delivery of it is answered at once
		defer b.inHand.remove(t.update)
		p.turn = t
		b.recall(ctx, p, t)
		if t.foreign {
			return
		}
		defer func() {
			if v := recover(); v != nil {
				b.log.Error("panic while answering", "what", whatOf(v), "at", origin())
				t.keep, t.again = nil, time.Time{} // it would panic again
				b.apologise(ctx, p)
			}
			b.settle(ctx, t)
		}()
		if last, blocked := b.blocked.get(p.chat); !blocked || nth > last {
			do(ctx, p)
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
