package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"
)

// allowed are the kinds of updates that are dealt with. Left out, Telegram would go by the list of last time.
var allowed = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage, models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
	models.AllowedUpdateInlineQuery,
}

const (
	pollTimeout  = 50 * time.Second // how long Telegram holds a poll without updates
	pollSlack    = 25 * time.Second // and how much later the answer may come
	pollBytes    = 64 << 20         // the longest answer to a poll
	firstPause   = 200 * time.Millisecond
	longestPause = 5 * time.Second
	longestFlood = time.Minute // the longest retry_after that is obeyed to the letter
)

// poller asks Telegram for updates. It is used by one goroutine.
type poller struct {
	address   string // of the method getUpdates; it holds the token
	client    *http.Client
	log       *slog.Logger
	pause     func(context.Context, time.Duration) error
	webhook   func(context.Context) // removes a webhook that was set meanwhile
	offset    int64                 // the next update wanted: all before it are taken; 0: whichever comes
	confirmed int64                 // the offset that Telegram last heard
	heard     atomic.Bool           // the last poll was answered
}

// apiError is what Telegram answers instead of a result.
type apiError struct {
	code        int
	description string
	retryAfter  time.Duration
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.code, e.description) }

// run hands the updates of each poll to take, in order, until the context ends. Telegram is told to forget them by the next poll, which is
// after take. It gives up, with an error, only where the token is refused.
func (p *poller) run(ctx context.Context, take func(context.Context, []received) error) error {
	p.heard.Store(true) // Telegram has just said who the bot is
	var trouble int     // failed polls one after the other
	for ctx.Err() == nil {
		updates, err := p.poll(ctx, pollTimeout, 100)
		p.heard.Store(err == nil)
		if err != nil {
			if ctx.Err() == nil { // the stop is no trouble
				trouble++
				err = p.fail(ctx, err, trouble)
			}
			if errors.Is(err, errToken) {
				return err
			}
			continue
		}
		if trouble > 0 {
			p.log.Info("polling again", "failed", trouble)
			trouble = 0
		}
		if len(updates) == 0 { // all is confirmed; the ids of the next updates may be lower, as they start anew after a quiet week
			p.offset, p.confirmed = 0, 0
			continue
		}
		batch, last := p.read(updates)
		if len(batch) == 0 || take(ctx, batch) == nil {
			p.offset = last + 1
		}
	}
	return nil
}

// read reads updates, and the highest of their ids. What cannot be read is passed over: it would come again for ever.
func (p *poller) read(updates []json.RawMessage) (batch []received, last int64) {
	for _, raw := range updates {
		u, id, err := readUpdate(raw)
		if err != nil {
			p.log.Error("unreadable update passed over", "update", id, "error", short(err))
		} else {
			batch = append(batch, received{u, raw})
		}
		last = max(last, id)
	}
	return batch, last
}

// readUpdate reads an update, and its id by itself: there are updates of which the library can read no more. Without an id it is none.
func readUpdate(raw []byte) (u *models.Update, id int64, err error) {
	var named struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &named); err != nil {
		return nil, 0, err
	}
	u = new(models.Update)
	return u, named.ID, json.Unmarshal(raw, u)
}

// fail waits after a failed poll. The error is errToken where polling has no more sense.
func (p *poller) fail(ctx context.Context, err error, trouble int) error {
	wait := backoff(trouble, firstPause, longestPause)
	var refused *apiError
	if errors.As(err, &refused) {
		switch {
		case refused.code == http.StatusUnauthorized:
			return errToken
		case refused.code == http.StatusConflict && strings.Contains(refused.description, "webhook"):
			p.log.Warn("a webhook is set for this bot; it is removed, as updates are polled for")
			p.webhook(ctx)
		case refused.code == http.StatusConflict && trouble == 1:
			p.log.Warn("another process polls with the same token: one of the two must stop; trying again until then")
		case refused.code == http.StatusTooManyRequests:
			wait = max(wait, min(refused.retryAfter, longestFlood))
		}
	}
	if trouble == 1 || trouble%20 == 0 {
		p.log.Warn("polling failed", "times", trouble, "again_in", wait.Round(time.Millisecond), "error", short(err))
	}
	_ = p.pause(ctx, wait) // the caller looks at the context
	return nil
}

// confirm tells Telegram which updates need not come again, where it may not have heard. The poll that was given up is left a moment to end there: of two
// at a time Telegram refuses one.
func (p *poller) confirm(ctx context.Context) error {
	if p.offset == p.confirmed {
		return nil
	}
	if err := p.pause(ctx, firstPause); err != nil {
		return err
	}
	_, err := p.poll(ctx, 0, 1)
	return err
}

// poll asks for up to limit updates from the offset on, waiting up to hold for the first.
func (p *poller) poll(ctx context.Context, hold time.Duration, limit int) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, hold+pollSlack)
	defer cancel()
	body, err := json.Marshal(map[string]any{
		"offset": p.offset, "limit": limit, "timeout": int(hold / time.Second), "allowed_updates": allowed,
	})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.address, bytes.NewReader(body))
	if err != nil {
		return nil, errAddress
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := p.client.Do(request)
	if err != nil {
		return nil, withoutAddress(err) // whether Telegram has heard the offset is not known
	}
	p.confirmed = p.offset
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, pollBytes))
	if err != nil {
		return nil, err
	}
	return decodePoll(response.StatusCode, data)
}

func decodePoll(status int, data []byte) ([]json.RawMessage, error) {
	var answer struct {
		OK          bool              `json:"ok"`
		Result      []json.RawMessage `json:"result"`
		Code        int               `json:"error_code"`
		Description string            `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, &apiError{code: status, description: "the answer is not JSON"}
	}
	if !answer.OK {
		return nil, &apiError{answer.Code, answer.Description, time.Duration(answer.Parameters.RetryAfter) * time.Second}
	}
	return answer.Result, nil
}
