package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"factbot/internal/state"
	"factbot/internal/telegram/fakeapi"
)

const hookSecret = "s3cret_-"

// hooked is a bot that takes deliveries, without a listener: its lines work.
func (w *world) hooked(s stub, change ...func(*Config)) *Bot {
	w.Helper()
	b, err := w.prepare(s, append(change, func(c *Config) { c.Webhook = Webhook{URL: "https://example.org/hook", Secret: hookSecret} })...)
	if err != nil {
		w.Fatal(err)
	}
	b.lines.work(w.ctx)
	return b
}

// delivered delivers a message and gives the answer to the delivery.
func delivered(b *Bot, id int64, chat int64, text string) (status int, reply map[string]any) {
	return deliver(b, fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1700000000,"chat":{"id":%d,"type":"private"},"from":{"id":%d,"language_code":"vi"},"text":%q}}`, id, id, chat, chat, text))
}

func deliver(b *Bot, update string) (status int, reply map[string]any) {
	r := httptest.NewRequest(http.MethodPost, "/hook", bytes.NewReader([]byte(update)))
	r.Header.Set(secretHeader, hookSecret)
	answer := httptest.NewRecorder()
	b.ServeHTTP(answer, r)
	if answer.Body.Len() > 0 {
		if err := json.Unmarshal(answer.Body.Bytes(), &reply); err != nil {
			return answer.Code, map[string]any{"not JSON": answer.Body.String()}
		}
	}
	return answer.Code, reply
}

// One message goes out in the response, without a call; the same one where the delivery comes again, to this process or another.
func TestAnswerInResponse(t *testing.T) {
	asked := 0
	w := open(t)
	b := w.hooked(stub{answer: func(_ context.Context, q Question) Reply {
		asked++
		return Reply{HTML: "<b>" + q.Text + "</b>", Plain: q.Text, Memory: Remembering(map[string]int{"n": 1})}
	}})
	for range 2 {
		status, reply := delivered(b, 7, 42, "xuất khẩu 2020")
		if status != http.StatusOK || reply["method"] != "sendMessage" || reply["chat_id"] != 42.0 || reply["text"] != "<b>xuất khẩu 2020</b>" || reply["parse_mode"] != "HTML" {
			t.Errorf("%d %v", status, reply)
		}
	}
	other := w.hooked(stub{answer: func(context.Context, Question) Reply { t.Error("asked again"); return Reply{Plain: "?"} }})
	if status, reply := delivered(other, 7, 42, "xuất khẩu 2020"); status != http.StatusOK || reply["text"] != "<b>xuất khẩu 2020</b>" {
		t.Errorf("another replica: %d %v", status, reply)
	}
	if asked != 1 || len(w.api.Calls("sendMessage")) > 0 {
		t.Errorf("asked %d times, %d calls", asked, len(w.api.Calls("sendMessage")))
	}
}

// A conversation follows the person from replica to replica.
func TestMemoryFollows(t *testing.T) {
	w := open(t)
	s := stub{answer: func(_ context.Context, q Question) Reply {
		return Reply{Plain: "after " + remembered(q), Memory: Remembering(q.Text)}
	}}
	one, two := w.hooked(s), w.hooked(s)
	_, _ = delivered(one, 1, 42, "first")
	if _, reply := delivered(two, 2, 42, "second"); reply["text"] != `after "first"` {
		t.Errorf("the other replica says %v", reply["text"])
	}
	if _, reply := delivered(one, 3, 42, "third"); reply["text"] != `after "second"` {
		t.Errorf("the first one says %v", reply["text"])
	}
}

// What one message does not hold is sent by calls, once.
func TestLongAnswerByCalls(t *testing.T) {
	w := open(t)
	b := w.hooked(stub{answer: func(context.Context, Question) Reply { return Reply{Plain: strings.Repeat("một hàng\n", 900)} }})
	for range 2 {
		if status, reply := delivered(b, 7, 42, "everything"); status != http.StatusOK || reply != nil {
			t.Errorf("%d %v", status, reply)
		}
	}
	if n := len(w.api.Calls("sendMessage")); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

// An update that another replica is dealing with is not answered: Telegram is to repeat it.
func TestOpenElsewhere(t *testing.T) {
	w := open(t)
	b := w.hooked(stub{answer: func(context.Context, Question) Reply { t.Error("asked"); return Reply{Plain: "?"} }})
	key := state.Key{ID: 7, Mark: fmt.Sprint(int64(42), 7, 1700000000, 0)}
	if err := b.state.Do(w.ctx, func(tx *state.Tx) error {
		_, err := tx.Take(key, "42", []byte("{}"), "another", time.Minute)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if status, reply := delivered(b, 7, 42, "xuất khẩu 2020"); status != http.StatusServiceUnavailable || reply != nil {
		t.Errorf("open: %d %v", status, reply)
	}
	if err := b.state.Do(w.ctx, func(tx *state.Tx) error { return tx.Done(key) }); err != nil {
		t.Fatal(err)
	}
	if status, reply := delivered(b, 7, 42, "xuất khẩu 2020"); status != http.StatusOK || reply != nil {
		t.Errorf("done by calls: %d %v", status, reply)
	}
}

// Where everything is full the delivery is refused, and nothing of it stays behind.
func TestFull(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	w := open(t)
	b := w.hooked(stub{answer: func(_ context.Context, q Question) Reply {
		begun <- struct{}{}
		<-release
		return Reply{Plain: q.Text}
	}}, func(c *Config) { c.Waiting, c.Workers = 1, 1 })
	first := make(chan int)
	go func() {
		status, _ := delivered(b, 1, 42, "first")
		first <- status
	}()
	<-begun
	if status, _ := delivered(b, 2, 43, "second"); status != http.StatusServiceUnavailable {
		t.Errorf("full: %d", status)
	}
	close(release)
	if status := <-first; status != http.StatusOK {
		t.Errorf("the first: %d", status)
	}
	go func() { <-begun }()
	if status, reply := delivered(b, 2, 43, "second"); status != http.StatusOK || reply["text"] != "second" {
		t.Errorf("again: %d %v", status, reply)
	}
}

// Without the state questions are answered all the same, and not twice; when it is back it is told.
func TestStateBroken(t *testing.T) {
	w := open(t)
	b := w.hooked(stub{}, func(c *Config) { c.Admins = []int64{99} })
	b.broken.Store(true)
	b.probed.Store(time.Now().Add(time.Hour).UnixNano()) // as if it had been tried a moment ago
	for n, want := range []any{"<b>xuất khẩu 2020</b>", nil} {
		if status, reply := delivered(b, 7, 42, "xuất khẩu 2020"); status != http.StatusOK || reply["text"] != want {
			t.Errorf("delivery %d: %d %v, want %v", n, status, reply["text"], want)
		}
	}
	if len(b.owed.all()) != 1 {
		t.Fatalf("owed %d", len(b.owed.all()))
	}
	b.probed.Store(0)
	b.tendOnce(w.ctx)
	if b.broken.Load() || len(b.owed.all()) != 0 {
		t.Errorf("broken %t, owed %d", b.broken.Load(), len(b.owed.all()))
	}
	if status, reply := delivered(b, 7, 42, "xuất khẩu 2020"); status != http.StatusOK || reply["text"] != "<b>xuất khẩu 2020</b>" {
		t.Errorf("after all: %d %v", status, reply)
	}
	w.calls(1, "sendMessage") // the admin is told
	if c := w.api.Calls("sendMessage")[0]; c.Chat != 99 || !strings.Contains(c.Plain, textStateBack) {
		t.Errorf("told %d %q", c.Chat, c.Plain)
	}
}

// What was taken over and not dealt with is taken up by the next process; what is in hand is not taken up twice.
func TestResume(t *testing.T) {
	w := open(t)
	s := memory(t, w.dir)
	for id := int64(1); id <= 3; id++ {
		raw := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"question %d"}}`, id, id, id)
		if err := s.Do(w.ctx, func(tx *state.Tx) error {
			_, err := tx.Take(state.Key{ID: id, Mark: fmt.Sprint(int64(42), int(id), 1, 0)}, "42", []byte(raw), "", time.Minute)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	w.begin(stub{})
	equal(t, w.sent(3), []string{"question 1", "question 2", "question 3"})
	w.write(43, "sentinel")
	w.sent(4)
}

// An answer that cannot go out for hours leaves its update open until then.
func TestPostponedUntil(t *testing.T) {
	w := open(t)
	b := w.hooked(stub{answer: func(context.Context, Question) Reply { return Reply{Plain: strings.Repeat("một hàng\n", 900)} }})
	w.api.Fail(fakeapi.Fault{Method: "sendMessage", Code: 429, RetryAfter: 7200})
	if status, _ := delivered(b, 7, 42, "everything"); status != http.StatusOK {
		t.Errorf("%d", status)
	}
	open := func(at time.Duration) (n int) {
		later, err := state.Open(w.ctx, state.Options{Folder: w.dir, Key: make([]byte, 32), Clock: func() time.Time { return time.Now().Add(at) }})
		if err != nil {
			t.Fatal(err)
		}
		defer later.Close()
		if err := later.Do(w.ctx, func(tx *state.Tx) error {
			all, err := tx.Open("another", false, time.Second, 10)
			n = len(all)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := open(110 * time.Minute); n != 0 {
		t.Errorf("%d taken up before the two hours are over", n)
	}
	if n := open(121 * time.Minute); n != 1 {
		t.Errorf("%d taken up after two hours", n)
	}
}

// A notice goes out once, whichever replica is first, and not to a chat that takes no messages.
func TestNotices(t *testing.T) {
	w := open(t)
	one, two := w.hooked(stub{}, func(c *Config) { c.Replica = "one" }), w.hooked(stub{}, func(c *Config) { c.Replica = "two" })
	if err := one.state.Do(w.ctx, func(tx *state.Tx) error {
		for chat := int64(1); chat <= 30; chat++ {
			if _, err := tx.AddNotice("document", number(chat), tx.Now(), state.NoticeBody{Chat: chat, HTML: "<b>new</b>"}); err != nil {
				return err
			}
		}
		return one.kinds.chats.Put(tx, "30", room{Blocked: true})
	}); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		for two.notifyOnce(w.ctx) > 0 {
		}
		close(done)
	}()
	for one.notifyOnce(w.ctx) > 0 {
	}
	<-done
	seen := map[int64]int{}
	for _, c := range w.api.Calls("sendMessage") {
		seen[c.Chat]++
	}
	if len(seen) != 29 || seen[30] != 0 {
		t.Errorf("sent to %d chats, %d times to the one that is blocked", len(seen), seen[30])
	}
	for chat, n := range seen {
		if n != 1 {
			t.Errorf("chat %d got it %d times", chat, n)
		}
	}
}

// A job that waits leaves its hand to another.
func TestRestingLeavesHand(t *testing.T) {
	l := newLines(9, 9, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	l.work(ctx)
	resting, other := make(chan struct{}), make(chan struct{})
	put := func(id int64, j job) {
		if _, err := l.put(ctx, lineKey{id: id}, j); err != nil {
			t.Fatal(err)
		}
	}
	put(1, func(ctx context.Context) {
		_ = l.rest(ctx, 0, func(context.Context, time.Duration) error {
			close(resting)
			<-other // the other's work is done while this one rests
			return nil
		})
	})
	<-resting
	put(2, func(context.Context) { close(other) })
	if left := l.drain(ctx); left != 0 {
		t.Errorf("%d left", left)
	}
}

// Chats flooded one right after the other are taken to be all of them; one alone is left alone.
func TestFlooded(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	s := newSender(Pace{}, nil, func(string) {})
	s.clock = func() time.Time { return now }
	s.flood(1, 10*time.Second)
	if s.allow(1) || !s.allow(2) {
		t.Error("one chat's silence is that chat's alone")
	}
	s.flood(2, 10*time.Second)
	s.flood(3, 10*time.Second)
	if s.allow(4) {
		t.Error("after three in a second none is written to")
	}
	now = now.Add(11 * time.Second)
	if !s.allow(1) || !s.allow(4) {
		t.Error("silence is over")
	}
}

// Messages to a chat go out in a burst, then one a second; a group gets twenty a minute.
func TestPace(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	s := newSender(Pace{}, nil, func(string) {})
	s.clock = func() time.Time { return now }
	burst := func(chat int64) (n int) {
		for s.allow(chat) {
			n++
		}
		return n
	}
	if person, group := burst(1), burst(-1); person != 20 || group != 20 {
		t.Errorf("at once %d and %d", person, group)
	}
	now = now.Add(time.Minute)
	if person, group := burst(1), burst(-1); person != 20 || group != 20 {
		t.Errorf("after a minute %d and %d", person, group)
	}
	now = now.Add(6 * time.Second)
	if person, group := burst(1), burst(-1); person != 6 || group != 2 {
		t.Errorf("after six seconds %d and %d", person, group)
	}
	if wait := s.wait(1); wait != time.Second {
		t.Errorf("the next waits %v", wait)
	}
}

// While Telegram is gone calls are held back instead of made.
func TestHeldBack(t *testing.T) {
	var outcomes []string
	s := newSender(Pace{}, func(context.Context, time.Duration) error { return nil }, func(o string) { outcomes = append(outcomes, o) })
	calls, gone := 0, errors.New("connection refused")
	if err := s.call(t.Context(), 0, func(context.Context) error { calls++; return gone }); !errors.Is(err, gone) && err == nil {
		t.Fatal("a call to nobody has succeeded")
	}
	if calls != breakAfter || !s.open() {
		t.Errorf("%d calls were made; open %t", calls, s.open())
	}
	if !strings.Contains(strings.Join(outcomes, " "), "held_back") {
		t.Errorf("outcomes %v", outcomes)
	}
}

// Deliveries that are in hand when the bot is stopped are answered; then it ends.
func TestStopWithDeliveries(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	w := open(t)
	address := freeAddress(t)
	w.begin(stub{answer: func(_ context.Context, q Question) Reply {
		close(begun)
		<-release
		return Reply{Plain: q.Text}
	}}, func(c *Config) {
		c.Webhook = Webhook{URL: "https://example.org/hook", Listen: address, Secret: hookSecret}
	})
	w.calls(1, "setWebhook")
	answered := make(chan string, 1)
	go func() {
		body := `{"update_id":7,"message":{"message_id":7,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"in hand"}}`
		request, _ := http.NewRequestWithContext(w.ctx, http.MethodPost, "http://"+address+"/hook", strings.NewReader(body))
		request.Header.Set(secretHeader, hookSecret)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		answered <- string(text)
	}()
	<-begun
	w.stop()
	close(release)
	if got := <-answered; !strings.Contains(got, `"text":"in hand"`) {
		t.Errorf("answered %q", got)
	}
	if err := w.ended(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

// freeAddress is one on loopback that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// A process that is alone does not look up what it has not seen: an update that it answered before a restart is answered as it was then all the same, and
// leaves nothing a second time.
func TestAgainAfterRestart(t *testing.T) {
	w := open(t)
	alone := func() *state.Store {
		s, err := state.Open(w.ctx, state.Options{Folder: w.dir, Key: make([]byte, 32), Alone: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := alone()
	b := w.hooked(stub{answer: func(context.Context, Question) Reply { return Reply{Plain: "then", Memory: Remembering("then")} }}, func(c *Config) { c.State = first })
	if _, reply := delivered(b, 7, 42, "xuất khẩu 2020"); reply["text"] != "then" {
		t.Fatalf("%v", reply)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := alone()
	defer second.Close()
	b = w.hooked(stub{answer: func(_ context.Context, q Question) Reply {
		return Reply{Plain: "now, after " + remembered(q), Memory: Remembering("now")}
	}}, func(c *Config) { c.State = second })
	if _, reply := delivered(b, 7, 42, "xuất khẩu 2020"); reply["text"] != "then" {
		t.Errorf("it is answered %v", reply["text"])
	}
	if _, reply := delivered(b, 8, 42, "còn 2021?"); reply["text"] != `now, after "then"` {
		t.Errorf("the next question is answered %v", reply["text"])
	}
	if len(w.api.Calls("sendMessage")) > 0 {
		t.Error("it went out by a call, too")
	}
}
