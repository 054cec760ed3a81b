package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"factbot/internal/desk"
	"factbot/internal/state"
)

// stateFlags say which state a command works with: that of the running bot, by the same settings.
type stateFlags struct {
	Config          string `placeholder:"FILE" help:"The bot's YAML file."`
	Data            string `placeholder:"DIR" help:"Where the state lives, as the bot has it."`
	TokenFile       string `env:"TELEGRAM_BOT_TOKEN_FILE" placeholder:"FILE" help:"Holds the bot's token, which says where its state lives without --data."`
	DatabaseURLFile string `name:"database-url-file" env:"DATABASE_URL_FILE" placeholder:"FILE" help:"Holds the address of a PostgreSQL (else DATABASE_URL)."`
	StateKeyFile    string `env:"BOT_STATE_KEY_FILE" placeholder:"FILE" help:"Holds the key of the state (else BOT_STATE_KEY)."`
	APIURL          string `name:"api-url" env:"TELEGRAM_API_URL" placeholder:"URL" help:"The Bot API server, as the bot has it."`
}

func (f stateFlags) running() *running {
	return &running{Data: f.Data, TokenFile: f.TokenFile, DatabaseURLFile: f.DatabaseURLFile, StateKeyFile: f.StateKeyFile, APIURL: f.APIURL}
}

// need is what must be there before a command works with a state: at a wrong place it must not begin a new one unnoticed.
type need int

const (
	needNothing need = iota // a new state may begin
	needKey                 // and a key that is known
	needState               // a state that is there
)

// open opens the state beside a bot that may be running: SQLite and PostgreSQL both take several processes.
func (f stateFlags) open(ctx context.Context, w *world, n need) (*state.Store, error) {
	r := f.running()
	database, err := r.secret(w, databaseVariable)
	if err != nil {
		return nil, err
	}
	token, err := r.secret(w, tokenVariable)
	if err != nil {
		return nil, err
	}
	if database == "" && f.Data == "" && token == "" {
		return nil, fmt.Errorf("which state? Give --data, DATABASE_URL or the bot's token")
	}
	folder := r.stateFolder(w, botOf(token))
	if err := f.check(w, n, folder, database); err != nil {
		return nil, err
	}
	key, err := r.stateKey(w, folder)
	if err != nil {
		return nil, err
	}
	return state.Open(ctx, state.Options{Folder: folder, URL: database, Key: key, Log: logger(w)})
}

// check refuses a place where what is needed is not.
func (f stateFlags) check(w *world, n need, folder, database string) error {
	if n == needState && database == "" {
		if _, err := os.Stat(filepath.Join(folder, "state.db")); err != nil {
			return fmt.Errorf("%s: there is no state; give the place that the bot has (--data, DATABASE_URL)", filepath.Join(folder, "state.db"))
		}
	}
	if n != needNothing && w.env(keyVariable) == "" && f.StateKeyFile == "" {
		if _, err := os.Stat(filepath.Join(folder, "state.key")); err != nil {
			return fmt.Errorf("%s: there is no key; give the one that the state was made with (%s, --state-key-file)", filepath.Join(folder, "state.key"), keyVariable)
		}
	}
	return nil
}

// with runs f with the state.
func (f stateFlags) with(w *world, n need, do func(context.Context, *state.Store) error) error {
	ctx := context.Background()
	s, err := f.open(ctx, w, n)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, s), s.Close())
}

type backupCommand struct {
	stateFlags
	File string `arg:"" help:"The file to write: an SQLite file, whatever the state is kept in. The key is not in it."`
}

// Run writes all of the state, as it is at one moment, while the bot runs.
func (c *backupCommand) Run(w *world) error {
	return c.with(w, needState, func(ctx context.Context, s *state.Store) error {
		rows, err := s.Backup(ctx, c.File)
		if err != nil {
			return err
		}
		return w.print(fmt.Sprintf("wrote %s: %s\n", c.File, rowsOf(rows)))
	})
}

type restoreCommand struct {
	stateFlags
	File string `arg:"" help:"A file that bot backup has written."`
	Yes  bool   `help:"Do it: all that the state holds now is lost."`
}

// Run puts a backup in the place of what the state holds.
func (c *restoreCommand) Run(w *world) error {
	if !c.Yes {
		return errors.New("all that the state holds now would be lost: back it up, then say --yes")
	}
	return c.with(w, needKey, func(ctx context.Context, s *state.Store) error {
		rows, err := s.Restore(ctx, c.File)
		if err != nil {
			return err
		}
		return w.print(fmt.Sprintf("restored %s: %s\n", c.File, rowsOf(rows)))
	})
}

type stateCommand struct {
	Copy stateCopyCommand `cmd:"" help:"Bring everything from one state into another, empty one: from SQLite to PostgreSQL, or back."`
}

type stateCopyCommand struct {
	From         string `required:"" placeholder:"PLACE" help:"A data folder, or - for the PostgreSQL of DATABASE_URL."`
	To           string `required:"" placeholder:"PLACE" help:"A data folder, or - for the PostgreSQL of DATABASE_URL."`
	StateKeyFile string `env:"BOT_STATE_KEY_FILE" placeholder:"FILE" help:"Holds the key of both (else BOT_STATE_KEY); without any, that in the folder copied from."`

	DatabaseURLFile string `name:"database-url-file" env:"DATABASE_URL_FILE" placeholder:"FILE" help:"Holds the address of the PostgreSQL (else DATABASE_URL)."`
}

// Run copies, and says how many rows of each table.
func (c *stateCopyCommand) Run(w *world) error {
	if (c.From == "-") == (c.To == "-") && c.From == "-" {
		return errors.New("--from and --to are the same PostgreSQL")
	}
	ctx := context.Background()
	r := &running{StateKeyFile: c.StateKeyFile, DatabaseURLFile: c.DatabaseURLFile}
	folder := c.From
	if folder == "-" {
		folder = c.To
	}
	if err := (stateFlags{StateKeyFile: c.StateKeyFile}).check(w, needKey, folder, "-"); err != nil {
		return err
	}
	key, err := r.stateKey(w, folder)
	if err != nil {
		return err
	}
	open := func(place string) (*state.Store, error) {
		if place != "-" {
			return state.Open(ctx, state.Options{Folder: place, Key: key})
		}
		url, err := r.secret(w, databaseVariable)
		if err == nil && url == "" {
			err = errors.New("- is the PostgreSQL of DATABASE_URL, which is not set")
		}
		if err != nil {
			return nil, err
		}
		return state.Open(ctx, state.Options{URL: url, Key: key})
	}
	if _, err := os.Stat(filepath.Join(c.From, "state.db")); c.From != "-" && err != nil {
		return missing(err)
	}
	from, err := open(c.From)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := open(c.To)
	if err != nil {
		return err
	}
	defer to.Close()
	rows, err := state.Copy(ctx, from, to)
	if err != nil {
		return err
	}
	if c.To != "-" && w.env(keyVariable) == "" && c.StateKeyFile == "" {
		if err := keyInto(c.To, key); err != nil {
			return err
		}
	}
	return w.print("copied " + rowsOf(rows) + "\n")
}

// keyInto puts the key beside a state that was copied without it.
func keyInto(folder string, key []byte) error {
	f, err := os.OpenFile(filepath.Join(folder, "state.key"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// rowsOf names how many rows of each table.
func rowsOf(rows map[string]int64) string {
	var parts []string
	for _, table := range slices.Sorted(maps.Keys(rows)) {
		parts = append(parts, fmt.Sprintf("%s %d", table, rows[table]))
	}
	return strings.Join(parts, ", ")
}

type publishCommand struct {
	source
	stateFlags
}

// Run makes a facts folder the newest revision in the state, which every replica then answers from.
func (c *publishCommand) Run(w *world) error {
	d, err := c.source.open(w) // refuses facts with problems
	if err != nil {
		return err
	}
	folder, name, err := c.folder()
	if err != nil {
		return err
	}
	files, err := packed(folder)
	if err != nil {
		return err
	}
	return c.with(w, needNothing, func(ctx context.Context, s *state.Store) error {
		r, err := publish(ctx, w, s, d, state.About{What: "publish", From: name}, files)
		if err != nil {
			return err
		}
		return w.print(fmt.Sprintf("revision %d: facts %s, %s\n", r.ID, d.Facts().Revision(), count(len(files), "file")))
	})
}

// publish adds a revision behind the newest, whichever that is.
func publish(ctx context.Context, w *world, s *state.Store, d *desk.Desk, about state.About, files []state.File) (r state.Revision, err error) {
	for range 5 {
		var newest int64
		var were []state.File
		if newest, were, err = newestFacts(ctx, s); err != nil {
			return r, err
		}
		if r, err = publishBehind(ctx, w, s, d, about, newest, were, files); !isMoved(err) {
			return r, err
		}
	}
	return r, err
}

type fetchCommand struct {
	stateFlags
	Dir string `arg:"" help:"The folder to write; it is made, and may not be there."`
}

// Run writes the newest revision's files into a folder, for git or an editor.
func (c *fetchCommand) Run(w *world) error {
	if _, err := os.Stat(c.Dir); err == nil {
		return fmt.Errorf("%s: is there already", c.Dir)
	}
	return c.with(w, needState, func(ctx context.Context, s *state.Store) error {
		id, files, err := newestFacts(ctx, s)
		if err != nil {
			return err
		}
		if id == 0 {
			return errors.New("the state holds no facts: bot publish puts a folder there")
		}
		if err := writeFolder(c.Dir, files); err != nil {
			return err
		}
		return w.print(fmt.Sprintf("revision %d: wrote %s to %s\n", id, count(len(files), "file"), c.Dir))
	})
}

// writeFolder writes files below a folder; the paths come from the state and may not lead out of it.
func writeFolder(dir string, files []state.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // official figures, for everybody to read
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		if err := root.MkdirAll(filepath.Dir(filepath.FromSlash(f.Path)), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(filepath.FromSlash(f.Path), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// importPublished takes tables into the facts of the state: the newest revision's files, the tables over them, the next revision.
func importPublished(w *world, f stateFlags, take func(dir, shown string) error) error {
	return f.with(w, needState, func(ctx context.Context, s *state.Store) error {
		id, files, err := newestFacts(ctx, s)
		if err != nil {
			return err
		}
		if id == 0 {
			return errors.New("the state holds no facts to take them into: bot publish puts a folder there")
		}
		dir, err := os.MkdirTemp("", "facts-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if err := writeFolder(dir, files); err != nil {
			return err
		}
		if err := take(dir, "facts"); err != nil {
			return err
		}
		d, err := openDesk(w, os.DirFS(dir))
		if problems, ok := desk.Problems(err); ok {
			return fmt.Errorf("the facts would have problems:\n%s", list(problems, "facts"))
		}
		if err != nil {
			return err
		}
		now, err := packed(os.DirFS(dir))
		if err != nil {
			return err
		}
		r, err := publishBehind(ctx, w, s, d, state.About{What: "import"}, id, files, now)
		if isMoved(err) {
			return errors.New("the facts were changed meanwhile: import again")
		}
		if err != nil {
			return err
		}
		return w.print(fmt.Sprintf("revision %d: facts %s\n", r.ID, d.Facts().Revision()))
	})
}

// publishBehind adds a revision behind the one that it was made from, tells those who follow what it brings, and adds a line to the audit. Where there is a
// newer one by now nothing is done.
func publishBehind(ctx context.Context, w *world, s *state.Store, d *desk.Desk, about state.About, parent int64, were, files []state.File) (r state.Revision, err error) {
	news, err := newsSince(d, were)
	if err != nil {
		logger(w).Warn("what is new cannot be told: the facts before cannot be read any more", "error", err)
	}
	err = s.Do(ctx, func(tx *state.Tx) error {
		if r, err = tx.AddRevision(parent, about, files); err != nil {
			return err
		}
		if err := announce(tx, d, strconv.FormatInt(r.ID, 10), news); err != nil {
			return err
		}
		detail := fmt.Sprintf("revision %d", r.ID)
		if about.From != "" {
			detail += " from " + about.From
		}
		return tx.Audit(state.Act{What: about.What, Detail: detail})
	})
	return r, err
}
