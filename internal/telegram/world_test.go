package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"factbot/internal/state"
	"factbot/internal/telegram/fakeapi"
)

// stub answers with a function; without one it repeats the question.
type stub struct {
	answer   func(context.Context, Question) Reply
	examples []string
	areas    []Area
	drawn    *atomic.Int64 // counts pictures drawn
}

func (s stub) Answer(ctx context.Context, q Question) Reply {
	if s.answer == nil {
		return Reply{HTML: "<b>" + q.Text + "</b>", Plain: q.Text}
	}
	return s.answer(ctx, q)
}

func (s stub) Linked(code string) bool { return code == "va_linked" }

func (s stub) Suggest(_ context.Context, text, _ string, limit int) []Reply {
	var out []Reply
	for i := range 3 {
		out = append(out, Reply{HTML: fmt.Sprintf("<b>%s</b>: figure %d", text, i), Plain: fmt.Sprintf("%s: figure %d", text, i)})
	}
	return out[:min(limit, len(out))]
}

func (s stub) Browse(what, lang string, page int) Page {
	return Page{Plain: fmt.Sprintf("%s %s %d", lang, what, page), Open: []Button{{Label: "open", Ask: "#va_linked"}}, Number: page, Last: 3}
}

// Picture is of every question that begins with "draw".
func (s stub) Picture(_ context.Context, q Question) (Picture, bool) {
	if !strings.HasPrefix(q.Text, "draw") {
		return Picture{}, false
	}
	return Picture{Key: q.Text, Name: "x.png", PNG: func() ([]byte, error) {
		if s.drawn != nil {
			s.drawn.Add(1)
		}
		if q.Text == "draw nothing" {
			return nil, errors.New("no ink")
		}
		var b bytes.Buffer
		err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30)))
		return b.Bytes(), err
	}}, true
}

func (s stub) Subject(id, lang string) (Subject, bool) {
	code := strings.TrimPrefix(id, "subject ")
	if !strings.HasPrefix(code, "va_") {
		return Subject{}, false
	}
	return Subject{ID: "subject " + code, Name: "name of " + code, Code: code}, true
}

func (s stub) Areas(string) []Area { return s.areas }

func (s stub) AreaNamed(text, _ string) (Area, bool) {
	for _, a := range s.areas {
		if strings.EqualFold(a.Name, text) {
			return a, true
		}
	}
	return Area{}, false
}

func (s stub) Compare(lang string) []string { return []string{"a against b"} }

func (s stub) Examples(lang string) []string { return s.examples }

// stubTexts says its language, the id and the arguments.
type stubTexts struct{}

func (stubTexts) Text(lang, id string, args map[string]any) string {
	if len(args) == 0 {
		return lang + " " + id
	}
	return cut(fmt.Sprint(lang, " ", id, " ", args), 64)
}

// world is a bot at work against a Bot API.
type world struct {
	*testing.T
	api  *fakeapi.Server
	ctx  context.Context // ends a test that hangs
	dir  string          // of the state
	log  *buffer
	stop func()     // tells the bot to stop
	done chan error // what Run gave

	mu      sync.Mutex
	waits   []time.Duration // what the bot waited for
	written []string        // texts of people
}

// buffer is a log that may be written to and read at once.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// open starts a Bot API without a bot.
func open(t *testing.T) *world {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	w := &world{T: t, api: fakeapi.New(), ctx: ctx, dir: t.TempDir(), log: new(buffer), stop: func() {}, done: make(chan error, 1)}
	t.Cleanup(func() {
		cancel()
		w.api.Close()
		w.private()
	})
	return w
}

// work starts a Bot API and a bot.
func work(t *testing.T, s stub, change ...func(*Config)) *world {
	t.Helper()
	w := open(t)
	w.begin(s, change...)
	return w
}

// bare is a bot that talks to nobody.
func bare(t testing.TB) *Bot {
	return &Bot{state: memory(t, t.TempDir()), kinds: newKinds(Keep{}.orDefault()), answer: stub{}, log: slog.New(slog.DiscardHandler)}
}

// memory opens the state in a folder.
func memory(t testing.TB, folder string) *state.Store {
	t.Helper()
	s, err := state.Open(context.Background(), state.Options{Folder: folder, Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// begin starts a bot.
func (w *world) begin(s stub, change ...func(*Config)) {
	w.Helper()
	b, err := w.prepare(s, change...)
	if err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.stop = cancel
	done := make(chan error, 1)
	w.done = done
	go func() {
		done <- b.Run(ctx)
		close(done)
	}()
	w.Cleanup(func() {
		cancel()
		<-done
	})
}

func (w *world) prepare(s stub, change ...func(*Config)) (*Bot, error) {
	c := Config{
		Token: fakeapi.Token, URL: w.api.URL, Answer: s, Texts: stubTexts{}, State: memory(w, w.dir),
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, f := range change {
		f(&c)
	}
	return prepare(w.ctx, c, func(ctx context.Context, d time.Duration) error {
		w.mu.Lock()
		w.waits = append(w.waits, d)
		w.mu.Unlock()
		return ctx.Err()
	})
}

// private fails where the log holds the token or what people wrote.
func (w *world) private() {
	w.Helper()
	log := w.log.String()
	for _, secret := range append(w.written, fakeapi.Token) {
		if len(secret) > 3 && strings.Contains(log, secret) {
			w.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

// person is a user whose app is in Vietnamese.
func person(id int64) fakeapi.Fields { return fakeapi.Person(id, "vi") }

// write makes a person write in their own chat.
func (w *world) write(id int64, text string) fakeapi.Fields {
	return w.writeIn(id, id, text, nil)
}

func (w *world) writeIn(chat, id int64, text string, more fakeapi.Fields) fakeapi.Fields {
	w.written = append(w.written, text)
	return w.api.Write(chat, person(id), text, more)
}

// calls waits until n calls of the methods were made and gives them all.
func (w *world) calls(n int, methods ...string) []fakeapi.Call {
	w.Helper()
	if err := w.api.Await(w.ctx, func() bool { return len(w.api.Calls(methods...)) >= n }); err != nil {
		w.Fatalf("waiting for %d × %v: %v; calls: %v\n%s", n, methods, err, w.api.Calls(), w.log)
	}
	return w.api.Calls(methods...)
}

// sent waits for n messages and gives their texts.
func (w *world) sent(n int) []string {
	w.Helper()
	return texts(w.calls(n, "sendMessage"))
}

func texts(calls []fakeapi.Call) []string {
	var all []string
	for _, c := range calls {
		all = append(all, c.Plain)
	}
	return all
}

// waited are the pauses so far.
func (w *world) waited() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]time.Duration(nil), w.waits...)
}

// ended waits until Run returns.
func (w *world) ended() error {
	w.Helper()
	select {
	case err := <-w.done:
		return err
	case <-w.ctx.Done():
		w.Fatalf("the bot does not stop\n%s", w.log)
		return nil
	}
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func sprint(v any) string { return fmt.Sprint(v) }

// remembered is a stub's memory: the text of the question before, quoted, or nothing.
func remembered(q Question) string {
	if text, ok := Remembered[string](q.Memory); ok {
		return strconv.Quote(text)
	}
	return ""
}
