// Package fakeapi is a Bot API server for tests: it behaves as the real one does where the bot depends on it, refuses what that refuses,
// and records every call. People write, press and edit through its methods; nothing in it sleeps.
package fakeapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// Token is the only token that the server takes.
const Token = "123456:fake-token-of-the-test"

// The bot as getMe names it.
const (
	BotID   = 123456
	BotName = "figures_bot"
)

// Call is one call of the bot.
type Call struct {
	Method  string
	Params  map[string]string
	Chat    int64
	Message int    // the id of the message sent or edited
	Plain   string // the text of the message as it is read
	Code    int    // 200, or that of the error
	Error   string // the description of a refusal
}

// OK reports whether the call had a result.
func (c Call) OK() bool { return c.Code == http.StatusOK }

// Fault makes the next calls fail. It is used up by Times calls; 0 is once.
type Fault struct {
	Method      string // empty: any but getUpdates
	Code        int    // 401, 429, 500 …; 0 breaks the connection
	Description string
	Page        bool // the answer is an HTML page, as from a proxy, which quotes the text of the call
	RetryAfter  int  // seconds, with 429
	MovedTo     int64
	Times       int
}

// Server is the Bot API.
type Server struct {
	URL  string
	http *httptest.Server

	mu        sync.Mutex
	changed   chan struct{} // closed at every change, and made anew
	closed    chan struct{}
	updates   []update
	lastID    int64 // of updates
	nextID    int   // of messages
	allowed   []string
	polls     int
	webhook   string
	calls     []Call
	faults    []*Fault
	messages  map[place]*message
	files     map[string]string // by the id that they were given
	presses   map[string]bool   // callback query → answered
	blocked   map[int64]bool
	topics    map[place]bool // closed topics
	worn      map[string]string
	confirmed int64
}

type update struct {
	id   int64
	kind string
	body json.RawMessage
}

type place struct {
	chat int64
	id   int
}

type message struct {
	text, markup string
	byBot        bool
	raw          map[string]any // as it stands in updates
}

// New starts a server. Close it.
func New() *Server {
	s := &Server{
		changed: make(chan struct{}), closed: make(chan struct{}), lastID: 1000, nextID: 1,
		messages: map[place]*message{}, files: map[string]string{}, presses: map[string]bool{}, blocked: map[int64]bool{}, topics: map[place]bool{}, worn: map[string]string{},
	}
	s.http = httptest.NewServer(s)
	s.URL = s.http.URL
	return s
}

// Close stops the server.
func (s *Server) Close() {
	close(s.closed)
	s.http.CloseClientConnections()
	s.http.Close()
}

// change tells those who wait that something has happened. s.mu is held.
func (s *Server) change() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Await waits until something is true of the server. The error is the context's.
func (s *Server) Await(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Calls are the calls of a method so far, of all methods but getUpdates where none is named.
func (s *Server) Calls(methods ...string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, c := range s.calls {
		if len(methods) == 0 && c.Method != "getUpdates" {
			calls = append(calls, c)
		}
		for _, m := range methods {
			if c.Method == m {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// Fail lets calls fail.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = max(f.Times, 1)
	s.faults = append(s.faults, &f)
}

// SetWebhook sets a webhook, as another program may have done.
func (s *Server) SetWebhook(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.webhook = address
	s.change()
}

// Block makes a chat refuse messages, or take them again.
func (s *Server) Block(chat int64, blocked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocked[chat] = blocked
}

// CloseTopic removes a topic of a forum.
func (s *Server) CloseTopic(chat int64, thread int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.topics[place{chat, thread}] = true
}

// Confirmed is the id of the first update that the bot has not confirmed.
func (s *Server) Confirmed() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.confirmed
}

// ServeHTTP is the Bot API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/file/") {
		s.download(w, r.URL.Path)
		return
	}
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	params, err := read(r)
	switch {
	case !ok:
		answer(w, &refusal{http.StatusNotFound, "Not Found"}, nil)
	case token != Token:
		answer(w, &refusal{http.StatusUnauthorized, "Unauthorized"}, nil)
	case err != nil:
		answer(w, &refusal{http.StatusBadRequest, "Bad Request: " + err.Error()}, nil)
	case s.fault(w, method, params):
	case method == "getUpdates":
		s.getUpdates(w, r, params)
	default:
		s.call(w, method, params)
	}
}

// read is the parameters of a call, however they are encoded.
func read(r *http.Request) (map[string]string, error) {
	params := map[string]string{}
	switch kind := r.Header.Get("Content-Type"); {
	case strings.HasPrefix(kind, "application/json"):
		var raw map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&raw); err != nil {
			return nil, err
		}
		for name, value := range raw {
			params[name] = strings.Trim(string(value), `"`)
		}
	case strings.HasPrefix(kind, "multipart/form-data"):
		form, err := r.MultipartReader()
		if err != nil {
			return nil, err
		}
		for {
			part, err := form.NextPart()
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && len(params) == 0 {
				return params, nil // a call without parameters has an empty body
			}
			if err != nil {
				return nil, err
			}
			value, err := io.ReadAll(part)
			if err != nil {
				return nil, err
			}
			params[part.FormName()] = string(value)
		}
	}
	return params, nil
}

// fault answers with a fault, if there is one for the method.
func (s *Server) fault(w http.ResponseWriter, method string, params map[string]string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Times == 0 || f.Method != method && (f.Method != "" || method == "getUpdates") {
			continue
		}
		f.Times--
		c := record(method, params)
		c.Code, c.Error = f.Code, f.Description
		s.calls = append(s.calls, c)
		s.change()
		f.answer(w, params["text"])
		return true
	}
	return false
}

func (f *Fault) answer(w http.ResponseWriter, text string) {
	switch {
	case f.Code == 0:
		if h, ok := w.(http.Hijacker); ok {
			if conn, _, err := h.Hijack(); err == nil {
				_ = conn.Close()
			}
		}
	case f.Page:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Code)
		fmt.Fprint(w, "<html><body><h1>", http.StatusText(f.Code), "</h1>", text, "</body></html>") //nolint:gosec // read by the bot under test alone
	default:
		body := map[string]any{"ok": false, "error_code": f.Code, "description": f.Description}
		more := map[string]any{}
		if f.RetryAfter != 0 {
			more["retry_after"] = f.RetryAfter
		}
		if f.MovedTo != 0 {
			more["migrate_to_chat_id"] = f.MovedTo
		}
		body["parameters"] = more
		write(w, f.Code, body)
	}
}

// refusal is an error of the API.
type refusal struct {
	code        int
	description string
}

func (e *refusal) Error() string { return e.description }

func bad(format string, args ...any) *refusal {
	return &refusal{http.StatusBadRequest, "Bad Request: " + fmt.Sprintf(format, args...)}
}

func answer(w http.ResponseWriter, refused *refusal, result any) {
	if refused != nil {
		write(w, refused.code, map[string]any{"ok": false, "error_code": refused.code, "description": refused.description})
		return
	}
	write(w, http.StatusOK, map[string]any{"ok": true, "result": result})
}

func write(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone reads nothing
}
