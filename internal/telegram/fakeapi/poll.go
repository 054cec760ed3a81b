package fakeapi

import (
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// again stands for the id of an update that is sent once more: it is gone with the next poll.
const again = math.MaxInt64

// getUpdates gives the updates from the offset on, and waits for one where there is none. A newer poll ends an older one.
func (s *Server) getUpdates(w http.ResponseWriter, r *http.Request, params map[string]string) {
	offset, _ := strconv.ParseInt(params["offset"], 10, 64)
	limit, _ := strconv.Atoi(params["limit"])
	hold, _ := strconv.Atoi(params["timeout"])
	over := time.NewTimer(time.Duration(hold) * time.Second)
	defer over.Stop()

	s.mu.Lock()
	s.polls++
	me := s.polls
	if params["allowed_updates"] != "" {
		_ = json.Unmarshal([]byte(params["allowed_updates"]), &s.allowed)
	}
	s.confirmed = max(s.confirmed, offset)
	s.updates = slices.DeleteFunc(s.updates, func(u update) bool { return u.id < offset })
	s.calls = append(s.calls, record("getUpdates", params))
	s.change()
	for {
		refused, found := s.ready(me, limit)
		changed := s.changed
		s.mu.Unlock()
		if refused != nil || len(found) > 0 || hold == 0 {
			answer(w, refused, found)
			return
		}
		select {
		case <-changed:
		case <-over.C:
			hold = 0
		case <-r.Context().Done():
			return
		case <-s.closed:
			return
		}
		s.mu.Lock()
	}
}

// ready is what a poll can be answered with at once.
func (s *Server) ready(poll, limit int) (*refusal, []json.RawMessage) {
	switch {
	case s.webhook != "":
		return &refusal{http.StatusConflict, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}, nil
	case poll != s.polls:
		return &refusal{http.StatusConflict, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}, nil
	}
	found := []json.RawMessage{}
	for _, u := range s.updates {
		if limit > 0 && len(found) == limit {
			break
		}
		if s.allowed == nil || u.kind == "" || slices.Contains(s.allowed, u.kind) {
			found = append(found, u.body)
		}
	}
	if len(found) > 0 {
		s.updates = slices.DeleteFunc(s.updates, func(u update) bool { return u.id == again })
	}
	return nil, found
}
