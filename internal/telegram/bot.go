package telegram

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"golang.org/x/time/rate"

	"factbot/internal/metrics"
	"factbot/internal/state"
)

// Config is what a bot is made of. Token, Answer, Texts and State are needed.
type Config struct {
	Token     string
	URL       string // base URL of the Bot API server, without a slash at the end; empty: Telegram's own
	Answer    Answerer
	Texts     Texts
	Languages []string // that Texts have; empty: vi and en
	State     *state.Store
	Log       *slog.Logger // for the operator; nil: dropped. It never gets the token or what people write
	Keep      Keep
	Forget    state.Retention
	Pace      Pace
	Replica   string  // names this process among those that share the state; empty: it is the only one
	Admins    []int64 // people who are told when something is wrong
	Keeper    Keeper  // nil: nobody sends files
	Webhook   Webhook // with a URL updates are delivered there, else they are polled for
	Meter     *metrics.Meter

	Workers int           // questions in work at the same time; 0: 32
	Depth   int           // updates that wait in one chat; 0: 20
	Waiting int           // updates that wait in all chats; 0: 2,048
	Grace   time.Duration // to finish what is in hand when stopped; 0: 7 s
}

// How much is remembered in the process alone, where forgetting it does no harm.
const (
	rememberUpdates = 8192
	rememberAnswers = 8192
	rememberBlocked = 8192
)

// holdFor is how long a replica's open updates stay its own without a sign of life.
const holdFor = 30 * time.Second

// Bot is a bot on Telegram.
type Bot struct {
	api       *bot.Bot
	me        models.User
	answer    Answerer
	texts     Texts
	languages []string
	log       *slog.Logger
	poller    *poller
	lines     *lines
	sender    *sender
	webhook   Webhook
	admins    []int64
	keeper    Keeper
	client    *http.Client
	meter     *metrics.Meter
	grace     time.Duration
	forged    rate.Sometimes // how often deliveries that are forged are noted
	pause     func(context.Context, time.Duration) error
	stopping  atomic.Bool
	restUntil time.Time   // when stopped: the end of the time to finish what is in hand
	hooked    atomic.Bool // Telegram knows where to deliver

	admissions atomic.Int64 // jobs put in line so far

	state  *state.Store
	kinds  kinds
	holder string        // whose open updates are this process'
	hold   time.Duration // how long they stay so without a sign of life
	forget state.Retention
	broken atomic.Bool  // the state did not answer
	probed atomic.Int64 // when it was last asked since, in nanoseconds
	inHand *inHand
	owed   *owed

	seen    *recent[state.Key, struct{}] // updates
	shown   *recent[messageKey, uint64]  // a message of the bot → its content
	blocked *recent[int64, int64]        // chats that do not take messages → the last admission that is not answered for that
	albums  *recent[string, struct{}]    // albums that were answered
}

// messageKey names a message.
type messageKey struct {
	chat int64
	id   int
}

// New prepares a bot and asks Telegram who it is. While Telegram cannot be reached it tries again, until the context ends; where the
// token is refused, or Texts lack something, that is the error, in one line.
func New(ctx context.Context, c Config) (*Bot, error) { return prepare(ctx, c, pause) }

func prepare(ctx context.Context, c Config, pause func(context.Context, time.Duration) error) (*Bot, error) {
	c = c.orDefault()
	if err := CheckTexts(c.Texts, c.Languages); err != nil {
		return nil, err
	}
	if u, err := url.Parse(c.URL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errAddress
	}
	if c.Token == "" || strings.ContainsAny(c.Token, "/?# \t\n") {
		return nil, errToken
	}
	if w := c.Webhook; w.URL != "" && !secretForm(w.Secret) {
		return nil, errSecret
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = c.Workers + 2
	client := &http.Client{Transport: transport}
	api, err := bot.New(c.Token,
		bot.WithSkipGetMe(),
		bot.WithServerURL(c.URL),
		bot.WithHTTPClient(pollTimeout, client),
		bot.WithNotAsyncHandlers(),
		bot.WithDefaultHandler(func(context.Context, *bot.Bot, *models.Update) {}), // the library's own logs what people write
		bot.WithErrorsHandler(func(err error) { c.Log.Warn("Bot API", "error", short(err)) }),
	)
	if err != nil {
		return nil, err
	}
	b := &Bot{
		api: api, answer: c.Answer, texts: c.Texts, languages: c.Languages, log: c.Log, meter: c.Meter,
		lines: newLines(c.Depth, c.Waiting, c.Workers), webhook: c.Webhook, admins: c.Admins, keeper: c.Keeper, client: client, grace: c.Grace, pause: pause,
		state: c.State, kinds: newKinds(c.Keep), holder: c.Replica, hold: holdFor, forget: c.Forget,
		inHand: newInHand(), owed: newOwed(),
		seen:    newRecent[state.Key, struct{}](rememberUpdates),
		shown:   newRecent[messageKey, uint64](rememberAnswers),
		blocked: newRecent[int64, int64](rememberBlocked),
		albums:  newRecent[string, struct{}](rememberBlocked),
	}
	b.forged.First, b.forged.Every = 1, 1000
	b.sender = newSender(c.Pace, func(ctx context.Context, d time.Duration) error { return b.lines.rest(ctx, d, pause) }, b.meter.Call)
	b.meter.Watch(b.lines.waiting, b.sender.open)
	b.meter.WatchState(b.broken.Load)
	b.poller = &poller{
		address: c.URL + "/bot" + c.Token + "/getUpdates", client: client, log: c.Log, pause: pause, webhook: b.unhook,
	}
	if err := b.introduce(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

func (c Config) orDefault() Config {
	c.URL = strings.TrimRight(cmp.Or(c.URL, "https://api.telegram.org"), "/")
	c.Workers = cmp.Or(c.Workers, 32)
	c.Depth = cmp.Or(c.Depth, 20)
	c.Waiting = cmp.Or(c.Waiting, 2048)
	c.Keep = c.Keep.orDefault()
	c.Grace = cmp.Or(c.Grace, 7*time.Second)
	if len(c.Languages) == 0 {
		c.Languages = []string{"vi", "en"}
	}
	c.Languages = slices.Clone(c.Languages)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// introduce learns the bot's name and id from Telegram. It tries until it gets an answer or the context ends.
func (b *Bot) introduce(ctx context.Context) error {
	for failed := 1; ; failed++ {
		once, cancel := context.WithTimeout(ctx, callTimeout)
		me, err := b.api.GetMe(once)
		cancel()
		if err == nil {
			b.me = *me
			return nil
		}
		if errors.Is(err, bot.ErrorUnauthorized) || errors.Is(err, bot.ErrorNotFound) {
			return errToken
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		wait := backoff(failed, time.Second, 30*time.Second)
		var flood *bot.TooManyRequestsError
		if errors.As(err, &flood) {
			wait = max(wait, min(time.Duration(flood.RetryAfter)*time.Second, longestFlood))
		}
		b.log.Warn("Telegram cannot be reached", "times", failed, "again_in", wait.Round(time.Millisecond), "error", short(withoutAddress(err)))
		if err := b.pause(ctx, wait); err != nil {
			return err
		}
	}
}

// Name is the bot's user name, without @.
func (b *Bot) Name() string { return b.me.Username }

// Run answers until the context ends. Then no more updates are taken, and what is in hand is finished within the grace period. The
// error is that of a token refused, or of an address that cannot be listened at.
func (b *Bot) Run(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	b.lines.work(work)
	_ = b.resume(ctx, true) // said already where it fails
	var beside sync.WaitGroup
	beside.Go(func() { b.dress(ctx) })
	beside.Go(func() { b.tend(ctx) })
	beside.Go(func() { b.notify(ctx) })
	err := b.listen(ctx)
	b.stop(ctx)
	cancel()
	if err == nil {
		beside.Wait()
	}
	return err
}

// listen takes updates as they come.
func (b *Bot) listen(ctx context.Context) error {
	if b.webhook.URL != "" {
		return b.serve(ctx)
	}
	b.unhook(ctx)
	b.log.Info("polling", "bot", b.me.Username)
	return b.poller.run(ctx, b.take)
}

// Ready reports why the bot cannot take updates at present, nil where it can. A state that does not answer is no reason: questions are answered without.
func (b *Bot) Ready(ctx context.Context) error {
	switch {
	case b.stopping.Load():
		return errors.New("stopping")
	case b.sender.open():
		return errors.New("Telegram does not answer")
	case b.webhook.URL != "" && !b.hooked.Load():
		return errors.New("the webhook is not set")
	case b.webhook.URL == "" && !b.poller.heard.Load():
		return errors.New("polls are not answered")
	}
	return nil
}

// stop finishes what is in hand.
func (b *Bot) stop(ctx context.Context) {
	if b.restUntil.IsZero() {
		b.restUntil = time.Now().Add(b.grace)
	}
	rest, cancel := context.WithDeadline(context.WithoutCancel(ctx), b.restUntil)
	defer cancel()
	if left := b.lines.drain(rest); left > 0 {
		b.log.Warn("stopped before everything was answered", "left", left)
		return
	}
	if err := b.poller.confirm(rest); err != nil && b.webhook.URL == "" {
		b.log.Info("the last updates are not confirmed and may come again", "error", short(err))
	}
	b.log.Info("stopped")
}

// unhook removes a webhook, without which there is no polling.
func (b *Bot) unhook(ctx context.Context) {
	var set string
	err := b.sender.call(ctx, 0, func(ctx context.Context) error {
		info, err := b.api.GetWebhookInfo(ctx)
		if err == nil {
			set = info.URL
		}
		return err
	})
	if err == nil && set == "" {
		return
	}
	if set != "" {
		b.log.Warn("a webhook was set for this bot; it is removed", "host", host(set))
	}
	err = b.sender.call(ctx, 0, func(ctx context.Context) error {
		_, err := b.api.DeleteWebhook(ctx, &bot.DeleteWebhookParams{})
		return err
	})
	if err != nil && ctx.Err() == nil {
		b.log.Warn("the webhook is not removed", "error", short(err))
	}
}

// host is the machine of an address, whose path may hold a secret.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
