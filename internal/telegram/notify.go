package telegram

import (
	"context"
	"time"

	"factbot/internal/state"
)

const (
	notifyEvery   = 2 * time.Second
	noticesAtOnce = 20
	noticeHold    = 2 * time.Minute // another replica sends a claimed notice after that
	noticeTries   = 8
	noticeAgain   = time.Minute
)

// notify sends the notices that are due, answers first: it waits while questions wait.
func (b *Bot) notify(ctx context.Context) {
	for pause(ctx, notifyEvery) == nil {
		for b.notifyOnce(ctx) == noticesAtOnce {
		}
	}
}

// notifyOnce sends some notices and gives the number claimed.
func (b *Bot) notifyOnce(ctx context.Context) int {
	if b.broken.Load() || b.sender.open() {
		return 0
	}
	var due []state.Notice
	err := b.do(ctx, func(tx *state.Tx) (err error) {
		due, err = tx.Claim(b.holder, noticeHold, noticesAtOnce)
		return err
	})
	if err != nil {
		return 0
	}
	for _, n := range due {
		for b.lines.waiting() > 0 && ctx.Err() == nil {
			_ = b.pause(ctx, firstPause)
		}
		if b.sender.notices.Wait(ctx) != nil {
			return 0
		}
		b.sendNotice(ctx, n)
	}
	return len(due)
}

func (b *Bot) sendNotice(ctx context.Context, n state.Notice) {
	p := place{chat: n.Body.Chat, person: n.Body.Chat, turn: &turn{}}
	b.recall(ctx, p, p.turn)
	if p.turn.room.Blocked {
		b.endNotice(ctx, func(tx *state.Tx) error { return tx.Later(n.ID, b.holder, time.Time{}) })
		return
	}
	ids := b.say(ctx, p, Reply{HTML: n.Body.HTML, Lang: n.Body.Lang})
	b.endNotice(ctx, func(tx *state.Tx) error {
		for _, f := range p.turn.keep {
			if err := f(tx); err != nil {
				return err
			}
		}
		switch {
		case len(ids) > 0:
			_, err := tx.Sent(n.ID, b.holder)
			return err
		case p.turn.again.IsZero() || n.Tries+1 >= noticeTries:
			return tx.Later(n.ID, b.holder, time.Time{})
		}
		return tx.Later(n.ID, b.holder, p.turn.again.Add(noticeAgain))
	})
	if len(ids) > 0 {
		b.meter.Notice()
	}
}

func (b *Bot) endNotice(ctx context.Context, end func(*state.Tx) error) {
	ctx = context.WithoutCancel(ctx)
	for n := 1; n <= 5; n++ {
		if b.do(ctx, end) == nil {
			return
		}
		_ = b.pause(ctx, probeEvery)
	}
}
