package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// A batch is confirmed when all of it is taken; after a quiet poll any id may come.
func TestOffsets(t *testing.T) {
	answers := []string{`[{"update_id":9},{"update_id":10}]`, `[]`, `[{"update_id":3}]`, `[{"update_id":4},{"update_id":5},{"update_id":6}]`, `[]`}
	var offsets []int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ Offset int64 }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Error(err)
		}
		offsets = append(offsets, asked.Offset)
		fmt.Fprintf(w, `{"ok":true,"result":%s}`, answers[0])
		answers = answers[1:]
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	p := &poller{address: server.URL, client: server.Client(), log: slog.New(slog.DiscardHandler), pause: pause}
	var taken []int64
	err := p.run(ctx, func(_ context.Context, batch []received) error {
		for _, r := range batch {
			if r.update.ID == 5 { // the stop comes while the batch is taken: all of it comes again
				cancel()
				return ctx.Err()
			}
			taken = append(taken, r.update.ID)
		}
		return nil
	})
	if err != nil || !slices.Equal(taken, []int64{9, 10, 3, 4}) {
		t.Errorf("taken %v, %v", taken, err)
	}
	if err := p.confirm(t.Context()); err != nil {
		t.Error(err)
	}
	if !slices.Equal(offsets, []int64{0, 11, 0, 4}) {
		t.Errorf("offsets %v", offsets)
	}
	if err := p.confirm(t.Context()); err != nil || len(offsets) != 4 {
		t.Errorf("confirmed twice: %v, %v", offsets, err)
	}
}

func TestPause(t *testing.T) {
	if err := pause(t.Context(), time.Nanosecond); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := pause(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBackoff(t *testing.T) {
	for n := 1; n < 100; n++ {
		if d, top := backoff(n, firstPause, longestPause), min(firstPause<<min(n-1, 10), longestPause); d > top || d < top/2 {
			t.Errorf("after %d failures %v, not within %v and its half", n, d, top)
		}
	}
}
