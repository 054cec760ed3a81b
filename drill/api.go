package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// token is the bot's.
const token = "123456789:DRILL-loopback-only"

// api is a Bot API on loopback that keeps count: every question is one of a kind, its answer repeats it, so that what is lost and what came twice
// is seen.
type api struct {
	url    string
	server *http.Server

	mu      sync.Mutex
	wake    chan struct{} // closed when there is something new
	pending []update      // not confirmed, for polling
	nextID  int64
	nextMsg int
	hook    string
	secret  string
	lanes   map[int64]chan update // by chat, for deliveries
	asked   map[string]*question
	order   []*question
	calls   int
	started chan struct{} // the bot is ready
	fault   func(method string, chat int64) *fault
	target  func(n int) string // where the n-th try of a delivery goes; nil: to the hook
	deliver int
	client  *http.Client
	files   map[string]string                             // that people sent, by id
	seen    func(chat int64, id int, text, markup string) // each message sent or edited; nil: nobody looks
}

type update struct {
	id   int64
	chat int64
	raw  json.RawMessage
}

// question is one question and what came of it.
type question struct {
	chat    int64
	mark    string
	asked   time.Time
	first   time.Time // its first answer
	answers int
	done    chan struct{}
}

// fault is what a call meets.
type fault struct {
	code  int           // 0: the connection is closed
	after int           // retry_after
	page  bool          // HTML instead of JSON
	lost  bool          // it happened, and the answer is an error
	delay time.Duration // before the answer
}

func newAPI() (*api, error) {
	a := &api{
		wake: make(chan struct{}), nextID: rand.Int64N(1 << 30), nextMsg: 1000, lanes: map[int64]chan update{}, asked: map[string]*question{}, files: map[string]string{},
		started: make(chan struct{}, 1),
		client:  &http.Client{Timeout: 40 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256, IdleConnTimeout: time.Minute}},
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	a.url = "http://" + l.Addr().String()
	a.server = &http.Server{Handler: a}
	go func() { _ = a.server.Serve(l) }()
	return a, nil
}

func (a *api) close() { _ = a.server.Close() }

// ask sends a text that no other is like, and gives what becomes of it.
func (a *api) ask(chat int64) *question {
	a.mu.Lock()
	n := len(a.order) + 1_000_001
	mark := grouped(n)
	q := &question{chat: chat, mark: mark, asked: time.Now(), done: make(chan struct{})}
	a.asked[mark], a.order = q, append(a.order, q)
	a.mu.Unlock()
	a.send(chat, mark+" triệu đồng là bao nhiêu tỷ đồng?")
	return q
}

// send sends a text.
func (a *api) send(chat int64, text string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.update(chat, "message", a.from(chat, map[string]any{"text": text}))
}

// sendFile sends a file.
func (a *api) sendFile(chat int64, name, data string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := fmt.Sprintf("f%d", len(a.files))
	a.files[id] = data
	a.update(chat, "message", a.from(chat, map[string]any{"document": map[string]any{"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(data)}}))
}

// press presses a button under a message of the bot's.
func (a *api) press(chat int64, message int, data string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	of := a.from(chat, map[string]any{"text": "…"})
	of["message_id"] = message
	a.update(chat, "callback_query", map[string]any{"id": strconv.FormatInt(a.nextID, 10), "from": of["from"], "chat_instance": "1", "data": data, "message": of})
}

// from is a message of a person's. The caller holds the lock.
func (a *api) from(chat int64, more map[string]any) map[string]any {
	a.nextMsg++
	m := map[string]any{
		"message_id": a.nextMsg, "date": time.Now().Unix(),
		"chat": map[string]any{"id": chat, "type": "private", "first_name": "Drill"},
		"from": map[string]any{"id": chat, "is_bot": false, "first_name": "Drill", "language_code": "vi"},
	}
	maps.Copy(m, more)
	return m
}

// update puts an update on its way. The caller holds the lock.
func (a *api) update(chat int64, kind string, body any) {
	a.nextID++
	raw, _ := json.Marshal(map[string]any{"update_id": a.nextID, kind: body})
	u := update{a.nextID, chat, raw}
	if a.hook == "" {
		a.pending = append(a.pending, u)
		a.stir()
		return
	}
	lane := a.lanes[chat]
	if lane == nil {
		lane = make(chan update, 1<<16)
		a.lanes[chat] = lane
		go func() {
			for u := range lane {
				a.deliverOne(u)
			}
		}()
	}
	lane <- u
}

// stir wakes those who wait for something new. The caller holds the lock.
func (a *api) stir() {
	close(a.wake)
	a.wake = make(chan struct{})
}

// deliverOne delivers an update until it is taken, as Telegram does, only sooner.
func (a *api) deliverOne(u update) {
	for n := 0; ; n++ {
		a.mu.Lock()
		to := a.hook
		if a.target != nil {
			a.deliver++
			to = a.target(a.deliver)
		}
		secret := a.secret
		a.mu.Unlock()
		request, _ := http.NewRequest(http.MethodPost, to, bytes.NewReader(u.raw))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		response, err := a.client.Do(request)
		if err == nil {
			body, read := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK && read == nil {
				if len(body) > 0 {
					a.call(body)
				}
				return
			}
		}
		time.Sleep(time.Duration(20+rand.IntN(80)) * time.Millisecond)
	}
}

// call is a call in the response to a delivery.
func (a *api) call(body []byte) {
	var c struct {
		Method string `json:"method"`
		Chat   int64  `json:"chat_id"`
		Text   string `json:"text"`
	}
	if json.Unmarshal(body, &c) == nil && c.Method == "sendMessage" {
		a.message(c.Chat, c.Text)
	}
}

// message is a message of the bot's.
func (a *api) message(chat int64, text string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.nextMsg++
	if mark, _, ok := strings.Cut(text, " triệu đồng"); ok {
		mark = mark[strings.LastIndexAny(mark, " \n>")+1:]
		if q := a.asked[mark]; q != nil && q.chat == chat {
			if q.answers++; q.answers == 1 {
				q.first = time.Now()
				close(q.done)
			}
		}
	}
	return a.nextMsg
}

// ServeHTTP is the Bot API.
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if id, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+token+"/"); ok {
		a.mu.Lock()
		data := a.files[id]
		a.mu.Unlock()
		_, _ = io.WriteString(w, data)
		return
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+token+"/")
	if !ok {
		reply(w, http.StatusUnauthorized, map[string]any{"ok": false, "error_code": 401, "description": "Unauthorized"})
		return
	}
	p := params(r)
	chat, _ := strconv.ParseInt(p["chat_id"], 10, 64)
	a.mu.Lock()
	a.calls++
	meet := a.fault
	a.mu.Unlock()
	var f *fault
	if meet != nil {
		f = meet(method, chat)
	}
	if f != nil && f.delay > 0 {
		select {
		case <-time.After(f.delay):
		case <-r.Context().Done():
			return
		}
	}
	var result any = true
	if f == nil || f.lost || f.delay > 0 && f.code == 200 {
		result = a.do(r, method, chat, p)
	}
	if f != nil && f.code != 200 {
		a.fail(w, f)
		return
	}
	reply(w, http.StatusOK, map[string]any{"ok": true, "result": result})
}

func (a *api) fail(w http.ResponseWriter, f *fault) {
	switch {
	case f.code == 0:
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = c.Close()
		}
	case f.page:
		w.WriteHeader(f.code)
		_, _ = io.WriteString(w, "<html><body><h1>"+strconv.Itoa(f.code)+"</h1></body></html>")
	default:
		answer := map[string]any{"ok": false, "error_code": f.code, "description": http.StatusText(f.code)}
		if f.after > 0 {
			answer["parameters"] = map[string]any{"retry_after": f.after}
		}
		reply(w, f.code, answer)
	}
}

// do is what a method does.
func (a *api) do(r *http.Request, method string, chat int64, p map[string]string) any {
	switch method {
	case "getMe":
		return map[string]any{"id": 123456789, "is_bot": true, "first_name": "Drill", "username": "drill_bot"}
	case "getUpdates":
		return a.poll(r, p)
	case "setWebhook":
		a.mu.Lock()
		a.hook, a.secret = p["url"], p["secret_token"]
		a.mu.Unlock()
		a.ready()
	case "deleteWebhook":
		a.mu.Lock()
		a.hook = ""
		a.mu.Unlock()
	case "getWebhookInfo":
		a.mu.Lock()
		defer a.mu.Unlock()
		return map[string]any{"url": a.hook, "has_custom_certificate": false, "pending_update_count": 0}
	case "sendMessage":
		id := a.message(chat, p["text"])
		a.show(chat, id, p)
		return map[string]any{"message_id": id, "date": time.Now().Unix(), "chat": map[string]any{"id": chat, "type": "private"}, "text": "sent"}
	case "editMessageText":
		id, _ := strconv.Atoi(p["message_id"])
		a.show(chat, id, p)
		return map[string]any{"message_id": id, "date": time.Now().Unix(), "chat": map[string]any{"id": chat, "type": "private"}, "text": "edited"}
	case "getFile":
		return map[string]any{"file_id": p["file_id"], "file_unique_id": p["file_id"], "file_path": p["file_id"]}
	case "getMyCommands":
		return []any{}
	case "getMyDescription", "getMyShortDescription":
		return map[string]any{}
	}
	return true
}

// show shows a message to whoever looks.
func (a *api) show(chat int64, id int, p map[string]string) {
	a.mu.Lock()
	seen := a.seen
	a.mu.Unlock()
	if seen != nil {
		seen(chat, id, p["text"], p["reply_markup"])
	}
}

func (a *api) ready() {
	select {
	case a.started <- struct{}{}:
	default:
	}
}

func (a *api) poll(r *http.Request, p map[string]string) any {
	offset, _ := strconv.ParseInt(p["offset"], 10, 64)
	seconds, _ := strconv.Atoi(p["timeout"])
	end := time.After(time.Duration(seconds) * time.Second)
	a.ready()
	for {
		a.mu.Lock()
		kept := a.pending[:0:0]
		for _, u := range a.pending {
			if u.id >= offset {
				kept = append(kept, u)
			}
		}
		a.pending = kept
		result := []json.RawMessage{}
		for _, u := range kept[:min(len(kept), 100)] {
			result = append(result, u.raw)
		}
		wake := a.wake
		a.mu.Unlock()
		if len(result) > 0 {
			return result
		}
		select {
		case <-wake:
		case <-end:
			return result
		case <-r.Context().Done():
			return result
		}
	}
}

func reply(w http.ResponseWriter, code int, answer any) {
	body, _ := json.Marshal(answer)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

// params are the parameters of a call, however they are sent.
func params(r *http.Request) map[string]string {
	p := map[string]string{}
	kind, with, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		m := multipart.NewReader(r.Body, with["boundary"])
		for {
			part, err := m.NextPart()
			if err != nil {
				break
			}
			text, _ := io.ReadAll(part)
			p[part.FormName()] = string(text)
		}
	case "application/json":
		var body map[string]any
		d := json.NewDecoder(r.Body)
		d.UseNumber()
		if d.Decode(&body) == nil {
			for k, v := range body {
				p[k] = fmt.Sprint(v)
			}
		}
	}
	return p
}

// grouped is a number as Vietnamese writes it.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// tally is what became of all questions.
type tally struct {
	questions, answered, twice, extra int
	waits                             []time.Duration
}

func (a *api) tally() tally {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := tally{questions: len(a.order)}
	for _, q := range a.order {
		if q.answers > 0 {
			t.answered++
			t.waits = append(t.waits, q.first.Sub(q.asked))
		}
		if q.answers > 1 {
			t.twice++
			t.extra += q.answers - 1
		}
	}
	return t
}
