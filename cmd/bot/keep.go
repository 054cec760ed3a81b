package main

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"factbot/internal/state"
)

// keeping is where the state is kept.
type keeping struct {
	store  *state.Store
	shared bool // several replicas may work with it
	key    []byte
	close  func() error
}

// stateFolder is where the state of a bot lives without a PostgreSQL, and its key without another place: --data as it stands, else a folder for
// each bot below the user's.
func (r *running) stateFolder(w *world, bot string) string {
	if r.Data != "" {
		return r.Data
	}
	if dir := w.env("STATE_DIRECTORY"); dir != "" { // systemd's
		return dir
	}
	home := w.env("HOME")
	base := cmp.Or(w.env("XDG_STATE_HOME"), filepath.Join(home, ".local", "state"))
	if home == "" && w.env("XDG_STATE_HOME") == "" {
		base = "."
	}
	if u, err := url.Parse(r.APIURL); err == nil && u.Host != "" && !strings.HasSuffix(u.Hostname(), "telegram.org") {
		bot += "@" + strings.ReplaceAll(u.Host, ":", "_") // another Bot API server has other chats and updates
	}
	return filepath.Join(base, "factbot", bot)
}

// botOf is the id of the bot that a token belongs to: it stands before the colon.
func botOf(token string) string {
	id, _, _ := strings.Cut(token, ":")
	if _, err := strconv.ParseInt(id, 10, 64); err != nil {
		return "bot"
	}
	return id
}

// openState opens the state of a bot. A process that works with a folder has it for itself.
func (r *running) openState(ctx context.Context, w *world, bot string) (*keeping, error) {
	database, err := r.secret(w, databaseVariable)
	if err != nil {
		return nil, err
	}
	folder := r.stateFolder(w, bot)
	k := &keeping{shared: database != "", close: func() error { return nil }}
	if !k.shared {
		if k.close, err = state.Lock(folder); err != nil {
			return nil, err
		}
	}
	if k.key, err = r.stateKey(w, folder); err == nil {
		k.store, err = state.Open(ctx, state.Options{Folder: folder, URL: database, Key: k.key, Alone: !k.shared, Log: r.logger(w)})
	}
	if err == nil {
		err = k.store.Belongs(ctx, bot)
	}
	if err != nil {
		_ = k.Close()
		return nil, err
	}
	return k, nil
}

// Close ends the work with the state.
func (k *keeping) Close() error {
	var err error
	if k.store != nil {
		err = k.store.Close()
	}
	return cmp.Or(err, k.close())
}

// stateKey is the key of the state: from the environment, the file that is named, or the folder's own, which is made where there is none.
func (r *running) stateKey(w *world, folder string) ([]byte, error) {
	text, err := r.secret(w, keyVariable)
	if err != nil {
		return nil, err
	}
	if text != "" {
		key, err := state.ReadKey(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", keyVariable, err)
		}
		return key, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	return state.KeyFile(filepath.Join(folder, "state.key"))
}

// webhookSecret is what Telegram sends along with deliveries: the one that is set, else one that comes of the key of the state, the same for all
// replicas and after every start.
func (r *running) webhookSecret(w *world, key []byte, bot string) (string, error) {
	secret, err := r.secret(w, secretVariable)
	if err != nil || secret != "" {
		return secret, err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte("factbot webhook " + bot))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// replica names this process among those that share a PostgreSQL. Alone it needs no name, and finds after a restart what it left.
func (r *running) replica(shared bool) string {
	if r.Replica != "" || !shared {
		return r.Replica
	}
	name, err := os.Hostname()
	if err != nil {
		name = "replica"
	}
	return name + ":" + strconv.Itoa(os.Getpid())
}

// retention is how long questions are kept.
func retention(questions time.Duration) state.Retention { return state.Retention{Questions: questions} }

// isMoved reports whether another was faster to add a revision.
func isMoved(err error) bool { return errors.Is(err, state.ErrMoved) }
