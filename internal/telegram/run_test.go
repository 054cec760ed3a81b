package telegram

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"factbot/internal/telegram/fakeapi"
)

func TestStartWithoutNetwork(t *testing.T) {
	w := open(t)
	w.api.Fail(fakeapi.Fault{Method: "getMe", Times: 2})
	w.api.Fail(fakeapi.Fault{Method: "getMe", Code: 502, Page: true})
	w.api.Fail(fakeapi.Fault{Method: "getMe", Code: 429, RetryAfter: 12})
	b, err := w.prepare(stub{})
	if err != nil || b.Name() != fakeapi.BotName {
		t.Fatalf("%v", err)
	}
	waits := w.waited()
	if len(waits) != 4 || waits[3] != 12*time.Second || waits[2] > 4*time.Second || waits[2] < 2*time.Second {
		t.Errorf("waited %v", waits)
	}
}

func TestStartRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"wrong token", func(c *Config) { c.Token = "1:wrong" }, "TELEGRAM_BOT_TOKEN (401"},
		{"no token", func(c *Config) { c.Token = "" }, "TELEGRAM_BOT_TOKEN"},
		{"token with a path", func(c *Config) { c.Token = "1:a/../b" }, "TELEGRAM_BOT_TOKEN"},
		{"no address", func(c *Config) { c.URL = "localhost:8081" }, "TELEGRAM_API_URL"},
		{"no text", func(c *Config) { c.Languages = []string{"vi", "fr"}; c.Texts = onlyVietnamese{} }, `"tg_about" has no text in "fr"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := open(t)
			_, err := w.prepare(stub{}, c.change)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q in one line", err, c.want)
			}
			if len(w.waited()) > 0 {
				t.Errorf("waited %v", w.waited())
			}
		})
	}
}

type onlyVietnamese struct{ stubTexts }

func (o onlyVietnamese) Text(lang, id string, args map[string]any) string {
	if lang != "vi" {
		return ""
	}
	return o.stubTexts.Text(lang, id, args)
}

func TestStartInterrupted(t *testing.T) {
	w := open(t)
	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	_, err := New(ctx, Config{Token: fakeapi.Token, URL: w.api.URL, Answer: stub{}, Texts: stubTexts{}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWebhookIsRemoved(t *testing.T) {
	w := open(t)
	w.api.SetWebhook("https://example.org/secret-path")
	w.begin(stub{})
	w.write(1, "before all else")
	w.sent(1)
	log := w.log.String()
	if !strings.Contains(log, "webhook was set") || !strings.Contains(log, "example.org") || strings.Contains(log, "secret-path") {
		t.Errorf("log: %s", log)
	}
	w.api.SetWebhook("https://example.org/later")
	w.write(1, "and again")
	w.sent(2)
}

func TestPollingGoesOn(t *testing.T) {
	w := open(t)
	w.api.Fail(fakeapi.Fault{Method: "getUpdates", Code: 409, Description: "Conflict: terminated by other getUpdates request", Times: 3})
	w.api.Fail(fakeapi.Fault{Method: "getUpdates", Code: 502, Page: true})
	w.api.Fail(fakeapi.Fault{Method: "getUpdates", Code: 429, RetryAfter: 17})
	w.api.Fail(fakeapi.Fault{Method: "getUpdates"})
	w.begin(stub{})
	w.api.Deliver("message", "not a message")
	w.api.Deliver("poll", fakeapi.Fields{"id": "1"})
	w.write(1, "at last")
	equal(t, w.sent(1), []string{"at last"})
	if waits := w.waited(); !slices.Contains(waits, 17*time.Second) || slices.Max(waits) > 17*time.Second {
		t.Errorf("waited %v", waits)
	}
	log := w.log.String()
	for _, want := range []string{"another process polls", "unreadable update", "polling again"} {
		if strings.Count(log, want) != 1 {
			t.Errorf("%q stands %d times in the log:\n%s", want, strings.Count(log, want), log)
		}
	}
}

func TestTokenRevoked(t *testing.T) {
	w := work(t, stub{})
	w.write(1, "while it was good")
	w.sent(1)
	w.api.Fail(fakeapi.Fault{Method: "getUpdates", Code: 401, Description: "Unauthorized", Times: 5})
	w.write(1, "too late") // ends the poll that is held
	if err := w.ended(); !errors.Is(err, errToken) {
		t.Errorf("got %v", err)
	}
}

func TestStopFinishesWhatIsInHand(t *testing.T) {
	begun, release := make(chan struct{}, 9), make(chan struct{})
	w := work(t, stub{answer: func(ctx context.Context, q Question) Reply {
		begun <- struct{}{}
		<-release
		if ctx.Err() != nil {
			return Reply{Plain: "interrupted"}
		}
		return Reply{Plain: q.Text}
	}})
	w.write(1, "in work")
	<-begun
	w.write(1, "in line")
	w.write(2, "elsewhere")
	<-begun
	w.stop()
	close(release)
	if err := w.ended(); err != nil {
		t.Errorf("got %v", err)
	}
	got := w.sent(3)
	slices.Sort(got)
	equal(t, got, []string{"elsewhere", "in line", "in work"})
	if c := w.api.Confirmed(); c != 1004 {
		t.Errorf("confirmed up to %d, want 1004\n%s", c, w.log)
	}
	w.write(1, "to the next one")
	w.begin(stub{})
	equal(t, w.sent(4)[3:], []string{"to the next one"})
}

func TestStopDoesNotWaitForEver(t *testing.T) {
	begun := make(chan struct{})
	w := work(t, stub{answer: func(ctx context.Context, q Question) Reply {
		close(begun)
		<-ctx.Done()
		return Reply{Plain: q.Text}
	}}, func(c *Config) { c.Grace = time.Millisecond })
	w.write(1, "endless")
	<-begun
	w.stop()
	if err := w.ended(); err != nil {
		t.Errorf("got %v", err)
	}
	if !strings.Contains(w.log.String(), "left=1") {
		t.Errorf("log: %s", w.log)
	}
}

func TestMenuIsSetWhenItChanges(t *testing.T) {
	sets := []string{"setMyCommands", "setMyDescription", "setMyShortDescription"}
	w := work(t, stub{})
	w.calls(6, sets...)
	w.stop()
	if err := w.ended(); err != nil {
		t.Fatal(err)
	}
	for _, c := range w.api.Calls(sets...) {
		if !c.OK() {
			t.Errorf("%+v", c)
		}
	}
	w.begin(stub{})
	w.calls(4, "getMyShortDescription")
	w.stop()
	if err := w.ended(); err != nil {
		t.Fatal(err)
	}
	if n := len(w.api.Calls(sets...)); n != 6 {
		t.Errorf("%d calls, want the 6 of the first start", n)
	}
}

func TestRecent(t *testing.T) {
	r := newRecent[int, string](2)
	if !r.put(1, "a") || !r.put(2, "b") || r.put(1, "c") {
		t.Error("new and known are mixed up")
	}
	r.put(3, "d") // 2 rested longest
	if _, ok := r.get(2); ok {
		t.Error("2 is still there")
	}
	if v, _ := r.get(1); v != "c" {
		t.Errorf("1 is %q", v)
	}
	r.drop(1)
	r.drop(9)
	if _, ok := r.get(1); ok {
		t.Error("1 is still there")
	}
}
