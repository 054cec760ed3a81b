package telegram

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Webhook is how updates are delivered to the bot, instead of being polled for.
type Webhook struct {
	URL         string // where Telegram delivers, https
	Listen      string // the address served, as :8443
	Secret      string // that Telegram sends along with every delivery: 1–256 of A–Z a–z 0–9 _ -
	Cert, Key   string // files, where TLS ends here; empty: at a proxy before
	Connections int    // deliveries at the same time; 0: 40
	Calls       bool   // answers go out by calls of their own, never in the response to a delivery
}

const (
	deliveryBytes = 1 << 20                           // the longest update
	deliveryWait  = 20 * time.Second                  // how long a delivery waits for its answer; then that goes out by a call
	secretHeader  = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // the name of a header
)

// response is what goes out in answer to one delivery. All of its methods may be called on nil: an update that was polled for has none.
type response struct {
	mu     sync.Mutex
	closed bool // too late for a reply
	body   []byte
	status int
	done   chan struct{}
}

func newResponse() *response { return &response{status: http.StatusOK, done: make(chan struct{})} }

// offer makes a call of the Bot API the response; false where it is too late for that, or there is one already.
func (r *response) offer(body []byte) bool {
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.body != nil {
		return false
	}
	r.body = body
	return true
}

// reply is what was offered.
func (r *response) reply() []byte {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.body
}

// again answers a delivery of an update that is dealt with as it was answered then; one that another is dealing with is to be repeated.
func (r *response) again(done bool, reply []byte) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.body, r.status = reply, http.StatusOK
	if !done {
		r.body, r.status = nil, http.StatusServiceUnavailable
	}
}

// end is that nothing more comes.
func (r *response) end() {
	if r != nil {
		close(r.done)
	}
}

// close is that the delivery does not wait any longer.
func (r *response) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}

// respond puts a message into the response to the delivery, where there is one and the chat may get a message now.
func (b *Bot) respond(p place, m message) bool {
	t := p.turn
	if t == nil || t.response == nil || t.taken || t.foreign || !b.sender.allow(p.chat) {
		return false
	}
	body, err := json.Marshal(inResponse{
		Method: "sendMessage", Chat: p.chat, Thread: p.thread, Text: m.text, Mode: modeOf(m), Markup: m.markup,
		Preview: preview{true}, Reply: replyTo(p),
	})
	if err != nil || !t.response.offer(body) {
		return false
	}
	b.known(p, t.room.open(true))
	return true
}

// inResponse is sendMessage as the response to a delivery has it.
type inResponse struct {
	Method  string                  `json:"method"`
	Chat    int64                   `json:"chat_id"`
	Thread  int                     `json:"message_thread_id,omitempty"`
	Text    string                  `json:"text"`
	Mode    models.ParseMode        `json:"parse_mode,omitempty"`
	Preview preview                 `json:"link_preview_options"`
	Reply   *models.ReplyParameters `json:"reply_parameters,omitempty"`
	Markup  any                     `json:"reply_markup,omitempty"`
}

type preview struct {
	Disabled bool `json:"is_disabled"`
}

// ServeHTTP takes a delivery of Telegram's: 200 when it is dealt with; anything else makes Telegram repeat it.
func (b *Bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	status, body := b.deliver(w, r)
	b.meter.Delivery(status, time.Since(begun))
	switch {
	case status == http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case status == http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "1")
	case len(body) > 0:
		w.Header().Set("Content-Type", "application/json")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // where it is lost Telegram asks again
}

func (b *Bot) deliver(w http.ResponseWriter, r *http.Request) (status int, body []byte) {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed, nil
	}
	if b.webhook.Secret == "" || subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), []byte(b.webhook.Secret)) != 1 {
		b.forged.Do(func() { // nothing of it is worth a place in the log, and strangers do not say how long that gets
			b.log.Warn("deliveries that are not from Telegram: the first, and every thousandth, is noted")
		})
		return http.StatusUnauthorized, nil
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, deliveryBytes))
	var tooLong *http.MaxBytesError
	if errors.As(err, &tooLong) {
		return http.StatusRequestEntityTooLarge, nil
	}
	if err != nil {
		return http.StatusBadRequest, nil
	}
	u, id, err := readUpdate(raw)
	switch {
	case id == 0:
		return http.StatusBadRequest, nil
	case err != nil: // it would come again for hours, and hold up what is behind it
		b.log.Error("unreadable update passed over", "update", id, "error", short(err))
		return http.StatusOK, nil
	case b.stopping.Load():
		return http.StatusServiceUnavailable, nil
	}
	return b.dealWith(r.Context(), u, raw)
}

// dealWith deals with a delivered update and gives the answer to its delivery.
func (b *Bot) dealWith(ctx context.Context, u *models.Update, raw []byte) (status int, body []byte) {
	id := keyOf(u)
	if !b.inHand.add(id) {
		return http.StatusServiceUnavailable, nil // this process is at it
	}
	pl := b.planOf(u)
	b.meter.Update(kindOf(u))
	if !pl.light || b.webhook.Calls {
		return b.takeDelivered(ctx, u, raw, pl)
	}
	came := !b.seen.put(id, struct{}{})
	if came && b.broken.Load() {
		b.inHand.remove(id)
		return http.StatusOK, nil // without the state the memory of this process has to do
	}
	t := &turn{update: id, raw: raw, lane: number(pl.p.chat), came: came, response: newResponse()}
	a, ok := b.lines.try(lineKey{id: pl.p.chat}, b.guard(t, pl.p, pl.do))
	if !ok {
		b.inHand.remove(id)
		return http.StatusServiceUnavailable, nil
	}
	if a != admitted {
		b.crowded(a)
		if a == fullStill {
			b.inHand.remove(id)
			b.settle(ctx, t)
			return http.StatusOK, nil
		}
		if _, ok := b.lines.try(lineKey{true, pl.p.chat}, b.guard(t, pl.p, pl.busy)); !ok {
			b.inHand.remove(id)
			return http.StatusServiceUnavailable, nil
		}
	}
	select {
	case <-t.response.done:
	case <-time.After(deliveryWait):
		t.response.close()
		return http.StatusServiceUnavailable, nil // it comes again, when it is dealt with or still is
	}
	t.response.mu.Lock()
	defer t.response.mu.Unlock()
	return t.response.status, t.response.body
}

// takeDelivered takes an update over first, for what is done by calls. Telegram may then forget it.
func (b *Bot) takeDelivered(ctx context.Context, u *models.Update, raw []byte, pl plan) (status int, body []byte) {
	b.inHand.remove(keyOf(u))
	if b.lines.waiting() >= cap(b.lines.slots)-1 {
		return http.StatusServiceUnavailable, nil
	}
	if err := b.takePlanned(ctx, []received{{u, raw}}, []plan{pl}); err != nil {
		return http.StatusServiceUnavailable, nil
	}
	return http.StatusOK, nil
}

// serve takes deliveries until the context ends, and then finishes those in hand.
func (b *Bot) serve(ctx context.Context) error {
	listener, err := net.Listen("tcp", b.webhook.Listen)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: b, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: deliveryWait + 10*time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: quiet,
	}
	failed := make(chan error, 1)
	go func() {
		if b.webhook.Cert != "" {
			failed <- server.ServeTLS(listener, b.webhook.Cert, b.webhook.Key)
		} else {
			failed <- server.Serve(listener)
		}
	}()
	go b.hook(ctx)
	b.log.Info("taking deliveries", "bot", b.me.Username, "at", listener.Addr().String(), "from", host(b.webhook.URL))
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	b.stopping.Store(true)
	b.restUntil = time.Now().Add(b.grace)
	rest, cancel := context.WithDeadline(context.WithoutCancel(ctx), b.restUntil)
	defer cancel()
	if err := server.Shutdown(rest); err != nil {
		_ = server.Close()
	}
	return nil
}

// hook tells Telegram where to deliver.
func (b *Bot) hook(ctx context.Context) {
	connections := b.webhook.Connections
	if connections == 0 {
		connections = 40
	}
	for failed := 1; ; failed++ {
		err := b.sender.call(ctx, 0, func(ctx context.Context) error {
			_, err := b.api.SetWebhook(ctx, &bot.SetWebhookParams{
				URL: b.webhook.URL, SecretToken: b.webhook.Secret, AllowedUpdates: allowed, MaxConnections: connections,
			})
			return err
		})
		if err == nil || ctx.Err() != nil {
			b.hooked.Store(err == nil)
			return
		}
		b.log.Error("the webhook is not set: nothing is delivered until it is", "times", failed, "error", short(withoutAddress(err)))
		if b.pause(ctx, backoff(failed, time.Second, time.Minute)) != nil {
			return
		}
	}
}

// secretForm is what a webhook's secret may be.
func secretForm(secret string) bool {
	return secret != "" && len(secret) <= 256 && strings.IndexFunc(secret, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '-'
	}) < 0
}
