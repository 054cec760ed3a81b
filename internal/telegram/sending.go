package telegram

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/go-telegram/bot"
	"github.com/sony/gobreaker/v2"
	"golang.org/x/time/rate"
)

// Pace is how fast the bot sends. Zero values are what Telegram documents; a negative rate is none.
type Pace struct {
	Chat    float64 // messages a second in a private chat, beyond a burst; 0: 1
	Group   float64 // in a group; 0: 20 a minute
	Burst   int     // messages that may go out at once in a chat; 0: 20
	Notices float64 // notices a second, to all together; 0: 25, which leaves room for answers below Telegram's 30
}

func (p Pace) orDefault() Pace {
	for _, r := range []struct {
		is    *float64
		usual float64
	}{{&p.Chat, 1}, {&p.Group, 20.0 / 60}, {&p.Notices, 25}} {
		switch {
		case *r.is == 0:
			*r.is = r.usual
		case *r.is < 0:
			*r.is = float64(rate.Inf)
		}
	}
	if p.Burst == 0 {
		p.Burst = 20
	}
	return p
}

const (
	callTimeout  = 45 * time.Second // for one call
	patience     = 10 * time.Minute // all that one call waits for a network or a server that fails
	floodWait    = time.Minute      // all that one call waits for in retry_after; Telegram can ask for hours
	longestRetry = 30 * time.Second
	breakAfter   = 8               // failures one after the other after which calls wait for one that succeeds
	breakFor     = 2 * time.Second // and how long until the next is tried
	floodedChats = 3               // chats flooded within a second after which it is taken to be all of them
	rememberPace = 8192            // chats
)

// sender makes the calls: at the pace that Telegram wants, again where that may help, and none while Telegram is gone.
type sender struct {
	pace    Pace
	pause   func(context.Context, time.Duration) error
	breaker *gobreaker.CircuitBreaker[struct{}]
	notices *rate.Limiter
	clock   func() time.Time
	count   func(outcome string)

	mu       sync.Mutex
	chats    *recent[int64, *chatPace]
	flooded  int       // chats flooded, each less than a second after the one before
	floodAt  time.Time // the last one
	quietTil time.Time // for all chats
}

// chatPace is what a chat can take.
type chatPace struct {
	limit *rate.Limiter
	until time.Time // of a retry_after
}

func newSender(p Pace, pause func(context.Context, time.Duration) error, count func(string)) *sender {
	p = p.orDefault()
	return &sender{
		pace: p, pause: pause, clock: time.Now, count: count, chats: newRecent[int64, *chatPace](rememberPace),
		notices: rate.NewLimiter(rate.Limit(p.Notices), max(1, int(min(p.Notices, 25)))),
		breaker: gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
			Name: "Bot API", Timeout: breakFor,
			ReadyToTrip:  func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= breakAfter },
			IsSuccessful: func(err error) bool { return err == nil || answered(err) },
			IsExcluded:   func(err error) bool { return errors.Is(err, context.Canceled) },
		}),
	}
}

// answered reports whether an error is Telegram's own answer, not one of the network or the server.
func answered(err error) bool {
	var flood *bot.TooManyRequestsError
	return refused(err) || unread(err) || errors.As(err, &flood)
}

// open reports whether calls are not made at present, as Telegram does not answer.
func (s *sender) open() bool { return s.breaker.State() == gobreaker.StateOpen }

// of is what a chat can take; a group's id is negative.
func (s *sender) of(chat int64) *chatPace {
	if c, ok := s.chats.get(chat); ok {
		return c
	}
	r := s.pace.Chat
	if chat < 0 {
		r = s.pace.Group
	}
	c := &chatPace{limit: rate.NewLimiter(rate.Limit(r), s.pace.Burst)}
	s.chats.put(chat, c)
	return c
}

// allow reports whether a message may go to a chat at once, and counts it then.
func (s *sender) allow(chat int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, c := s.clock(), s.of(chat)
	return !now.Before(c.until) && !now.Before(s.quietTil) && c.limit.AllowN(now, 1)
}

// wait is how long a message to a chat waits before it is sent; it is counted. Chat 0 is no chat: what is not paced.
func (s *sender) wait(chat int64) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	wait := s.quietTil.Sub(now)
	if chat != 0 {
		c := s.of(chat)
		wait = max(wait, c.until.Sub(now), c.limit.ReserveN(now, 1).DelayFrom(now))
	}
	return max(wait, 0)
}

// flood notes a retry_after.
func (s *sender) flood(chat int64, after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	if chat != 0 {
		s.of(chat).until = now.Add(after)
	}
	if now.Sub(s.floodAt) < time.Second {
		s.flooded++
	} else {
		s.flooded = 1
	}
	s.floodAt = now
	if s.flooded >= floodedChats {
		s.quietTil = now.Add(min(after, floodWait))
	}
}

// postponed is the error of a call that is not made before a time.
type postponed struct{ until time.Time }

func (p postponed) Error() string {
	return "Telegram asks to wait until " + p.until.Format(time.RFC3339)
}

// call makes a call, and again where that may help: after retry_after, and after errors of the network and the server. A call that Telegram
// refuses is not made again. Chat is where a message goes, 0 for other calls.
func (s *sender) call(ctx context.Context, chat int64, f func(context.Context) error) error {
	var failed int
	var waited, floods time.Duration
	if wait := s.wait(chat); wait > floodWait {
		return postponed{s.clock().Add(wait)}
	} else if wait > 0 {
		if err := s.pause(ctx, wait); err != nil {
			return err
		}
	}
	for {
		_, err := s.breaker.Execute(func() (struct{}, error) {
			once, cancel := context.WithTimeout(ctx, callTimeout)
			defer cancel()
			err := f(once)
			if ctx.Err() != nil && err != nil {
				err = context.Cause(ctx) // a stop says nothing about Telegram
			}
			return struct{}{}, err
		})
		s.count(outcome(err))
		if err == nil || ctx.Err() != nil || refused(err) || unread(err) {
			return err
		}
		var wait time.Duration
		var flood *bot.TooManyRequestsError
		switch {
		case errors.As(err, &flood):
			wait = time.Duration(max(flood.RetryAfter, 1)) * time.Second
			s.flood(chat, wait)
			if floods += wait; floods > floodWait {
				return postponed{s.clock().Add(wait)}
			}
		case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
			wait = backoff(3, breakFor/4, breakFor)
		default:
			failed++
			wait = backoff(failed, firstPause, longestRetry)
		}
		if waited += wait; waited > patience {
			return err
		}
		if s.pause(ctx, wait) != nil {
			return err
		}
	}
}

// outcome names what became of a call, for the metrics.
func outcome(err error) string {
	var flood *bot.TooManyRequestsError
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &flood):
		return "flood"
	case errors.Is(err, bot.ErrorForbidden):
		return "blocked"
	case refused(err), unread(err):
		return "refused"
	case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
		return "held_back"
	}
	return "failed"
}
