package telegram

import (
	"context"
	"errors"
	"io"
	"log"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

const (
	tendEvery  = 5 * time.Second
	sweepEvery = 10 * time.Minute
)

// tend does what comes round: it keeps open updates this process' own, takes up those that others have left, settles what the state was owed, and
// forgets what has expired.
func (b *Bot) tend(ctx context.Context) {
	sweep := time.Now().Add(rand.N(sweepEvery)) //nolint:gosec // chance, no secret: replicas that began together do not all sweep together
	for pause(ctx, tendEvery) == nil {
		b.tendOnce(ctx)
		if time.Now().After(sweep) && !b.broken.Load() {
			sweep = time.Now().Add(sweepEvery)
			if gone, err := b.state.Sweep(ctx, b.forget); err != nil {
				b.log.Warn("what has expired is not all forgotten", "error", short(err))
			} else if gone > 0 {
				b.log.Info("forgotten", "rows", gone)
			}
		}
	}
}

func (b *Bot) tendOnce(ctx context.Context) {
	if err := b.do(ctx, func(tx *state.Tx) error { return tx.Hold(b.holder, b.hold) }); err != nil {
		return
	}
	for id, end := range b.owed.all() {
		if err := b.do(ctx, end); err != nil && !errors.Is(err, errForeign) {
			return
		}
		b.owed.drop(id)
	}
	_ = b.resume(ctx, false)
}

// tell says something to the admins, when there is room for it.
func (b *Bot) tell(id string) { b.tellWith(id, nil) }

// TellFacts tells the admins that the facts on disk cannot be used, or can be again where there is no problem.
func (b *Bot) TellFacts(problem string) {
	if problem == "" {
		b.tell(textFactsBack)
		return
	}
	b.tellWith(textFactsBroken, map[string]any{"Problem": cut(problem, 300)})
}

func (b *Bot) tellWith(id string, args map[string]any) {
	for _, admin := range b.admins {
		p := place{chat: admin, person: admin}
		b.lines.try(lineKey{true, admin}, func(ctx context.Context) {
			p.turn = &turn{}
			b.say(ctx, p, b.filled(b.lang(p), id, args))
		})
	}
}

// inHand are the updates that this process is dealing with.
type inHand struct {
	mu  sync.Mutex
	ids map[state.Key]bool
}

func newInHand() *inHand { return &inHand{ids: map[state.Key]bool{}} }

// add reports whether the update was not in hand.
func (h *inHand) add(id state.Key) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ids[id] || id == none {
		return id == none
	}
	h.ids[id] = true
	return true
}

func (h *inHand) remove(id state.Key) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.ids, id)
}

func (h *inHand) has(id state.Key) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ids[id]
}

// owed are the ends of updates that the state did not take.
type owed struct {
	mu   sync.Mutex
	ends map[state.Key]func(*state.Tx) error
}

// mostOwed is how many are kept: a state that is away for longer is told less.
const mostOwed = 10_000

func newOwed() *owed { return &owed{ends: map[state.Key]func(*state.Tx) error{}} }

func (o *owed) put(id state.Key, end func(*state.Tx) error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.ends) < mostOwed {
		o.ends[id] = end
	}
}

func (o *owed) drop(id state.Key) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.ends, id)
}

func (o *owed) all() map[state.Key]func(*state.Tx) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	ends := make(map[state.Key]func(*state.Tx) error, len(o.ends))
	for id, end := range o.ends {
		ends[id] = end
	}
	return ends
}

// kindOf names what an update is, for the metrics.
func kindOf(u *models.Update) string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.CallbackQuery != nil:
		return "callback_query"
	case u.InlineQuery != nil:
		return "inline_query"
	case u.MyChatMember != nil:
		return "my_chat_member"
	}
	return "other"
}

// quiet is the log of the HTTP server, which would quote what strangers send.
var quiet = log.New(io.Discard, "", 0)
