package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/go-telegram/bot"
)

var (
	errToken   = errors.New("Telegram refuses TELEGRAM_BOT_TOKEN (401 Unauthorized): ask @BotFather for the token with /token")
	errSecret  = errors.New("the webhook's secret is not 1-256 of A-Z a-z 0-9 _ -")
	errAddress = errors.New("TELEGRAM_API_URL is not an address: give the base URL of a Bot API server, without a slash at the end")
)

// refused reports whether Telegram will not have a call, however often it is made.
func refused(err error) bool {
	var migrated *bot.MigrateError
	return errors.As(err, &migrated) || errors.Is(err, bot.ErrorBadRequest) || errors.Is(err, bot.ErrorUnauthorized) ||
		errors.Is(err, bot.ErrorForbidden) || errors.Is(err, bot.ErrorNotFound) || errors.Is(err, bot.ErrorConflict)
}

// passing reports whether a call failed for a reason that will pass: the network, the server, the stop.
func passing(err error) bool { return err != nil && !refused(err) && !unread(err) }

// again is when what could not be sent is tried again.
func again(err error) time.Time {
	var p postponed
	if errors.As(err, &p) {
		return p.until
	}
	return time.Now().Add(holdFor)
}

// unread reports whether a call was made and only its result was not what the library expects.
func unread(err error) bool {
	var mismatch *json.UnmarshalTypeError
	return errors.As(err, &mismatch)
}

// says reports whether Telegram refused a call with these words. They are not part of the documented interface: what depends on them must
// also do without.
func says(err error, words string) bool {
	return errors.Is(err, bot.ErrorBadRequest) && strings.Contains(strings.ToLower(err.Error()), words)
}

// backoff is how long to wait after the n-th failure: twice as long each time, up to longest, and up to half of it less by chance.
func backoff(n int, first, longest time.Duration) time.Duration {
	d := longest
	if n < 16 {
		d = min(first<<(n-1), longest)
	}
	return d - rand.N(d/2) //nolint:gosec // chance, no secret
}

// pause waits. The error is the context's.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// withoutAddress is an error of the network without the address, which holds the token.
func withoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// short is an error in one line of the log, every character of which shows. What a server sends instead of an answer can be a whole page, which
// may quote what was sent.
func short(err error) string {
	var page *json.SyntaxError
	if errors.As(err, &page) {
		return "the answer is not JSON"
	}
	line := []rune(strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }), " "))
	if len(line) > 200 {
		line = append(line[:200], '…')
	}
	return string(line)
}
