package state

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Revision is one state of the facts: who brought it, from what, and all of its files.
type Revision struct {
	ID     int64
	At     time.Time
	Parent int64  // the revision before; 0: none
	Digest string // of paths and files
	About  About
}

// About is what is said of a revision.
type About struct {
	Who  int64  `json:"who,omitempty"`  // Telegram's id; 0: the command line
	What string `json:"what,omitempty"` // what was done: import, undo …
	From string `json:"from,omitempty"` // the name of the file that it came from
}

// File is a file of the facts folder.
type File struct {
	Path string // with slashes, below the folder
	Data []byte
}

// ErrMoved is that another revision was added meanwhile.
var ErrMoved = errors.New("the facts were changed meanwhile")

// ErrNoProposal is that there is no such proposal, or none any more.
var ErrNoProposal = errors.New("there is no such proposal any more")

// AddRevision adds a revision behind parent, the newest that its maker has seen. Where there is a newer one it is ErrMoved.
func (t *Tx) AddRevision(parent int64, about About, files []File) (Revision, error) {
	newest, err := t.newest()
	if err != nil {
		return Revision{}, err
	}
	if newest != parent {
		return Revision{}, ErrMoved
	}
	if err := checkPaths(files); err != nil {
		return Revision{}, err
	}
	text, err := json.Marshal(about)
	if err != nil {
		return Revision{}, err
	}
	r := Revision{At: t.now, Parent: parent, Digest: digest(files), About: about}
	// parent is unique: of two replicas that add behind the same one fails here, whatever they have read
	ok, err := t.row(`INSERT INTO revisions (at, parent, digest, body) VALUES (?, ?, ?, ?) ON CONFLICT (parent) DO NOTHING RETURNING id`,
		[]any{t.now.UnixMilli(), parent, r.Digest, t.store.vault.sealed(text, "revisions\x00"+r.Digest+strconv.FormatInt(parent, 10))}, &r.ID)
	if err != nil {
		return Revision{}, err
	}
	if !ok {
		return Revision{}, ErrMoved
	}
	for _, f := range files {
		if _, err := t.exec(`INSERT INTO revision_files (revision, path, data) VALUES (?, ?, ?)`, r.ID, f.Path, f.Data); err != nil {
			return Revision{}, err
		}
	}
	if t.store.engine == postgres {
		if _, err := t.exec(`SELECT pg_notify(?, ?)`, revisionChannel, strconv.FormatInt(r.ID, 10)); err != nil {
			return Revision{}, err
		}
	}
	return r, nil
}

// revisionChannel is where PostgreSQL tells of new revisions.
const revisionChannel = "factbot_revisions"

func (t *Tx) newest() (id int64, err error) {
	_, err = t.row(`SELECT id FROM revisions ORDER BY id DESC LIMIT 1`, nil, &id)
	return id, err
}

// Newest is the newest revision; ok is false where there is none.
func (t *Tx) Newest() (r Revision, ok bool, err error) {
	all, err := t.Revisions(1)
	if err != nil || len(all) == 0 {
		return r, false, err
	}
	return all[0], true, nil
}

// Revisions are the last ones, the newest first.
func (t *Tx) Revisions(limit int) ([]Revision, error) {
	var all []Revision
	err := t.rows(`SELECT id, at, parent, digest, body FROM revisions ORDER BY id DESC LIMIT ?`, []any{limit}, func(rows *sql.Rows) error {
		var r Revision
		var at int64
		var body []byte
		if err := rows.Scan(&r.ID, &at, &r.Parent, &r.Digest, &body); err != nil {
			return err
		}
		text, err := t.store.vault.opened(body, "revisions\x00"+r.Digest+strconv.FormatInt(r.Parent, 10))
		if err == nil {
			err = json.Unmarshal(text, &r.About)
		}
		if err != nil {
			return fmt.Errorf("revision %d: %w", r.ID, err)
		}
		r.At = time.UnixMilli(at).UTC()
		all = append(all, r)
		return nil
	})
	return all, err
}

// Files are the files of a revision, by path. What was kept is checked against its digest.
func (t *Tx) Files(revision int64) ([]File, error) {
	var want string
	ok, err := t.row(`SELECT digest FROM revisions WHERE id = ?`, []any{revision}, &want)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("there is no revision %d", revision)
	}
	var files []File
	err = t.rows(`SELECT path, data FROM revision_files WHERE revision = ? ORDER BY path`, []any{revision}, func(rows *sql.Rows) error {
		var f File
		if err := rows.Scan(&f.Path, &f.Data); err != nil {
			return err
		}
		files = append(files, f)
		return nil
	})
	if err == nil && digest(files) != want {
		err = fmt.Errorf("revision %d is damaged: its files are not those that were kept", revision)
	}
	if err == nil {
		err = checkPaths(files)
	}
	return files, err
}

// checkPaths refuses files that do not stand below a folder, whoever says so: they are written to disk under these paths, and a folder in memory with
// others has no end. Control characters would let two lists of files have one digest.
func checkPaths(files []File) error {
	for _, f := range files {
		if f.Path == "." || !fs.ValidPath(f.Path) || strings.IndexFunc(f.Path, unicode.IsControl) >= 0 {
			return fmt.Errorf("%q is no path of a file below a facts folder", f.Path)
		}
	}
	return nil
}

// digest is a hash over paths and files, whatever their order.
func digest(files []File) string {
	files = slices.Clone(files)
	slices.SortFunc(files, func(a, b File) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	h := sha256.New()
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		fmt.Fprintf(h, "%s\x00%x\n", f.Path, sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}
