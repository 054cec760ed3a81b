package state

import (
	"context"
	"errors"
	"fmt"
)

// The meta table holds the schema's version and a text sealed with the key, by which a wrong key is noticed before anything is sealed with it.
const (
	metaTable   = `CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value {blob} NOT NULL)`
	metaVersion = "schema"
	metaKey     = "key"
	keyText     = "the key of this state"
)

// migrationLock is the advisory lock under which one replica migrates.
const migrationLock = 0x666163746f7274

// migrate brings the schema to this build's. Migrations go forward only: a newer schema is refused.
func (s *Store) migrate(ctx context.Context) error {
	return s.Do(ctx, func(t *Tx) error {
		if s.engine == postgres {
			if _, err := t.exec(`SELECT pg_advisory_xact_lock(?)`, int64(migrationLock)); err != nil {
				return err
			}
		}
		if _, err := t.exec(metaTable); err != nil {
			return err
		}
		version, err := t.version()
		if err != nil {
			return err
		}
		if version > len(migrations) {
			return fmt.Errorf("its schema %d is newer than this build's %d: run the newer build, or restore a backup made before it", version, len(migrations))
		}
		for ; version < len(migrations); version++ {
			for _, statement := range migrations[version] {
				if _, err := t.exec(statement); err != nil {
					return fmt.Errorf("schema %d: %w", version+1, err)
				}
			}
			if err := t.setMeta(metaVersion, []byte{byte(version + 1)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *Tx) version() (int, error) {
	v, err := t.meta(metaVersion)
	if err != nil || len(v) == 0 {
		return 0, err
	}
	return int(v[0]), nil
}

func (t *Tx) meta(name string) ([]byte, error) {
	var v []byte
	_, err := t.row(`SELECT value FROM meta WHERE name = ?`, []any{name}, &v)
	return v, err
}

func (t *Tx) setMeta(name string, value []byte) error {
	_, err := t.exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// metaBot is the id of the bot whose state it is.
const metaBot = "bot"

// Belongs makes the state that of one bot, by its id at Telegram. The updates of two bots have the same ids: the state of another is refused.
func (s *Store) Belongs(ctx context.Context, bot string) error {
	return s.Do(ctx, func(t *Tx) error {
		if _, err := t.exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, metaBot, []byte(bot)); err != nil {
			return err
		}
		held, err := t.meta(metaBot)
		if err == nil && string(held) != bot {
			err = fmt.Errorf("state in %s: it is that of bot %s, this one is %s: give each bot its own (--data, DATABASE_URL)", s.name, held, bot)
		}
		return err
	})
}

var errKey = errors.New("the key is not the one that it was made with: give that one (BOT_STATE_KEY or the key file)")

// checkKey refuses a key that the state was not made with.
func (s *Store) checkKey(ctx context.Context) error {
	return s.Do(ctx, func(t *Tx) error {
		held, err := t.meta(metaKey)
		if err != nil {
			return err
		}
		if held == nil {
			_, err := t.exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, metaKey, s.vault.sealed([]byte(keyText), metaKey))
			if err != nil {
				return err
			}
			if held, err = t.meta(metaKey); err != nil {
				return err
			}
		}
		if text, err := s.vault.opened(held, metaKey); err != nil || string(text) != keyText {
			return errKey
		}
		return nil
	})
}
