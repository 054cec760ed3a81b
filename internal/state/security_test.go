package state

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPasswordIsNowhere: whatever is wrong with the address of a database, what is said of it does not hold the password.
func TestPasswordIsNowhere(t *testing.T) {
	const secret = "s3cr3tword"
	for _, address := range []string{
		"postgres://u:" + secret + "@127.0.0.1:1/d",
		"postgres://127.0.0.1:1/d?user=u&password=" + secret,
		"postgres://127.0.0.1:1/d?pass%77ord=" + secret,
		"postgres://u:x@127.0.0.1:1/d?sslkey=none&sslpassword=" + secret,
		"postgres://u:" + secret + "@127.0.0.1:1/d?sslmode=nonsense",
		"postgres://127.0.0.1:1/d?sslmode=nonsense&password=" + secret,
		"postgres://u:" + secret + "@127.0.0.1:port/d",
		"postgres://u:1/" + secret + "@127.0.0.1:1/d",
		"postgres://u:1?" + secret + "@127.0.0.1:1/d",
		"postgres://u:1#" + secret + "@127.0.0.1:1/d",
		"postgres://u:" + secret + "%zz@127.0.0.1:1/d",
		"postgres://u:a@" + secret + "@127.0.0.1:1/d",
		"postgresql://u:" + secret + "@/d?host=/nowhere",
		"mysql://u:" + secret + "@127.0.0.1/d",
		"host=127.0.0.1 port=1 password=" + secret,
		secret,
	} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			s, err := Open(t.Context(), Options{URL: address, Key: testKey, Log: slog.New(slog.NewTextHandler(&log, nil))})
			if err == nil {
				_ = s.Close()
				t.Fatalf("%q opens", address)
			}
			if said := err.Error() + log.String(); strings.Contains(said, secret) {
				t.Errorf("%q: %s", address, said)
			}
		})
	}
}

// TestKeyIsNowhere: a key that cannot be used is not quoted, and one that is used stands in no file beside its own.
func TestKeyIsNowhere(t *testing.T) {
	key := strings.Repeat("5ec2e7", 11)[:2*keySize]
	for _, text := range []string{key[1:], key + "0", "0x" + key, key[:10] + " " + key[10:], strings.Replace(key, "e", "g", 1)} {
		if _, err := ReadKey(text); err == nil || strings.Contains(err.Error(), text[:8]) || strings.Contains(err.Error(), key[20:30]) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for name, mode := range map[string]fs.FileMode{"read by all": 0o644, "not a key": 0o600} {
		file, text := filepath.Join(t.TempDir(), "state.key"), key
		if mode == 0o600 {
			text = key[2:]
		}
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if _, err := KeyFile(file); err == nil || strings.Contains(err.Error(), key[20:30]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	raw, err := ReadKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	s, err := Open(t.Context(), Options{Folder: folder, Key: raw})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range filesOf(t, folder) {
		if bytes.Contains(data, raw) || bytes.Contains(data, []byte(key)) || bytes.Contains(data, []byte(hex.EncodeToString(raw))) {
			t.Errorf("%s holds the key", name)
		}
	}
}

const (
	secretText = "bí mật của tôi"
	secretID   = int64(987654321987)
)

// fill puts something personal everywhere.
func fill(t *testing.T, s *Store) {
	t.Helper()
	who := fmt.Sprint(secretID)
	do(t, s, func(tx *Tx) error {
		_, taken := tx.Take(Key{ID: 1, Mark: who}, who, []byte(secretText), "h", time.Minute)
		_, answered := tx.Answer(Key{ID: 2, Mark: who}, who, []byte(secretText))
		_, notice := tx.AddNotice("doc", who, tx.Now(), NoticeBody{Chat: secretID, HTML: secretText})
		_, revision := tx.AddRevision(0, About{Who: secretID, What: "import", From: secretText}, []File{{"catalogue.yaml", []byte("areas: []\n")}, {"documents/a.yaml", []byte("a: 1\n")}})
		return errors.Join(taken, answered, notice, revision, notes.Put(tx, who, note{Text: secretText}), tx.Follow(who, "iip", Follower{Chat: secretID}),
			tx.LogQuestion(Asked{Lang: "vi", Status: "answered", Text: secretText}), tx.Audit(Act{What: "import", Who: secretID, Detail: secretText}))
	})
}

func filesOf(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path], err = os.ReadFile(path)
		}
		return err
	}); err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	return files
}

// TestStolenFile: in the files as they lie on the disk, while the store is open and after, and in a backup, there is nothing that was said and nobody's
// id; they open with no other key, and only their owner may read them.
func TestStolenFile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state")
	s, err := Open(t.Context(), Options{Folder: folder, Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	look := func(when, folder string) {
		for name, data := range filesOf(t, folder) {
			for _, secret := range [][]byte{[]byte(secretText), []byte("của tôi"), fmt.Append(nil, secretID), fmt.Appendf(nil, "%x", secretID), {0xe5, 0xf4, 0xc9, 0x98, 0x43}} {
				if bytes.Contains(data, secret) {
					t.Errorf("%s: %s holds %q", when, name, secret)
				}
			}
		}
	}
	look("open", folder)
	look("backup", filepath.Dir(backup))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	look("closed", folder)
	if _, err := Open(t.Context(), Options{Folder: folder, Key: bytes.Repeat([]byte{8}, keySize)}); !errors.Is(err, errKey) {
		t.Errorf("another key: %v", err)
	}
	key := filepath.Join(folder, "state.key")
	if _, err := KeyFile(key); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{folder: 0o700, key: 0o600, backup: 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode().Perm(), err, want)
		}
	}
}

// TestChangedRecord: a body that was changed, cut short, or brought to another place, owner, time or kind is refused when it is read, not believed.
func TestChangedRecord(t *testing.T) {
	who, read := fmt.Sprint(secretID), map[string]func(tx *Tx) error{
		"updates": func(tx *Tx) error { _, err := tx.Open("h", true, time.Minute, 10); return err },
		"replies": func(tx *Tx) error { _, _, _, err := tx.Taken(Key{ID: 2, Mark: fmt.Sprint(secretID)}); return err },
		"records": func(tx *Tx) error { _, _, err := notes.Get(tx, fmt.Sprint(secretID)); return err },
		"follows": func(tx *Tx) error { return tx.Followers("iip", func(Follower) error { return nil }) },
		"notices": func(tx *Tx) error { _, err := tx.Claim("x", time.Minute, 10); return err },
		"revisions": func(tx *Tx) error {
			_, err := tx.Revisions(10)
			return err
		},
		"files":     func(tx *Tx) error { _, err := tx.Files(1); return err },
		"questions": func(tx *Tx) error { return tx.Questions(time.Time{}, "", func(Asked) error { return nil }) },
		"audit":     func(tx *Tx) error { return tx.Acts(time.Time{}, func(Act) error { return nil }) },
	}
	for _, c := range []struct{ what, change string }{
		{"updates", `UPDATE updates SET update_id = 3 WHERE update_id = 1`},
		{"updates", `UPDATE updates SET body = (SELECT body FROM updates WHERE update_id = 2) WHERE update_id = 1`},
		{"replies", `UPDATE updates SET body = (SELECT body FROM updates WHERE update_id = 1) WHERE update_id = 2`},
		{"records", `UPDATE records SET body = (SELECT body FROM follows)`},
		{"follows", `UPDATE follows SET owner = (SELECT hash FROM records)`},
		{"follows", `UPDATE follows SET body = (SELECT body FROM notices)`},
		{"notices", `UPDATE notices SET body = (SELECT body FROM follows)`},
		{"notices", `UPDATE notices SET owner = (SELECT hash FROM records)`},
		{"revisions", `UPDATE revisions SET parent = 7`},
		{"revisions", `UPDATE revisions SET digest = 'abc'`},
		{"files", `UPDATE revision_files SET path = 'documents/b.yaml' WHERE path = 'documents/a.yaml'`},
		{"files", `DELETE FROM revision_files WHERE path = 'documents/a.yaml'`},
		{"files", `UPDATE revision_files SET data = (SELECT data FROM revision_files WHERE path = 'documents/a.yaml')`},
		{"questions", `UPDATE questions SET at = at + 1`},
		{"audit", `UPDATE audit SET what = 'undo'`},
		{"audit", `UPDATE audit SET body = (SELECT body FROM questions)`},
	} {
		engines(t, func(t *testing.T, s *Store, _ *clock, _ func() *Store) {
			fill(t, s)
			if err := s.Read(t.Context(), func(tx *Tx) error { return read[c.what](tx) }); c.what != "updates" && c.what != "notices" && err != nil {
				t.Fatalf("%s, unchanged: %v", c.what, err)
			}
			do(t, s, func(tx *Tx) error {
				n, err := tx.exec(c.change)
				if n == 0 {
					t.Errorf("%s changes nothing", c.change)
				}
				return err
			})
			if err := s.Do(t.Context(), read[c.what]); err == nil || strings.Contains(err.Error(), secretText) || strings.Contains(err.Error(), who) {
				t.Errorf("%s after %s: %v", c.what, c.change, err)
			}
		})
	}
}

// FuzzSealed: of a sealed body no other can be made that opens, nor does it open at another place.
func FuzzSealed(f *testing.F) {
	v, err := newVault(testKey)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("text"), "place", 3, byte(1), "elsewhere")
	f.Add([]byte{}, "", 0, byte(255), "\x00")
	f.Fuzz(func(t *testing.T, text []byte, place string, at int, change byte, other string) {
		body := v.sealed(text, place)
		if got, err := v.opened(body, place); err != nil || !bytes.Equal(got, text) {
			t.Fatalf("%q became %q, %v", text, got, err)
		}
		if len(text) > 8 && bytes.Contains(body, text) {
			t.Error("the text stands in its sealed body")
		}
		if bytes.Equal(v.sealed(text, place), body) {
			t.Error("the same text is sealed alike twice")
		}
		if _, err := v.opened(body, other); other != place && err == nil {
			t.Errorf("what was sealed for %q opens for %q", place, other)
		}
		if i := int(uint(at) % uint(len(body))); change != 0 {
			changed := bytes.Clone(body)
			changed[i] ^= change
			if _, err := v.opened(changed, place); err == nil {
				t.Errorf("opens with byte %d changed", i)
			}
			if _, err := v.opened(body[:i], place); err == nil {
				t.Errorf("opens cut to %d bytes", i)
			}
		}
	})
}

// TestPathsOfRevisions: a path that leads out of a facts folder, or that a folder cannot have, is neither taken nor given, whoever wrote it into the store.
func TestPathsOfRevisions(t *testing.T) {
	engines(t, func(t *testing.T, s *Store, _ *clock, _ func() *Store) {
		for n, path := range []string{"../evil.yaml", "/etc/passwd", "a/../../b", "a//b", "./a", "a/.", "", ".", "..", "a/", "documents/a\nb.yaml", "a\x1bb", "a\xff"} {
			err := s.Do(t.Context(), func(tx *Tx) error {
				newest, err := tx.newest()
				if err == nil {
					_, err = tx.AddRevision(newest, About{}, []File{{path, nil}})
				}
				return err
			})
			if err == nil || errors.Is(err, ErrMoved) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("%q is taken: %v", path, err)
			}
			if strings.ContainsRune(path, 0xfffd) {
				continue // PostgreSQL keeps no such text
			}
			files, id := []File{{path, []byte("x")}}, int64(100+n)
			do(t, s, func(tx *Tx) error { // as somebody who has the key and the store may write it
				body := s.vault.sealed([]byte("{}"), "revisions\x00"+digest(files)+fmt.Sprint(-id))
				_, err := tx.exec(`INSERT INTO revisions (id, at, parent, digest, body) VALUES (?, 1, ?, ?, ?)`, id, -id, digest(files), body)
				_, more := tx.exec(`INSERT INTO revision_files (revision, path, data) VALUES (?, ?, ?)`, id, path, files[0].Data)
				return errors.Join(err, more)
			})
			err = s.Read(t.Context(), func(tx *Tx) error { _, err := tx.Files(id); return err })
			if err == nil || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is given: %v", path, err)
			}
		}
		do(t, s, func(tx *Tx) error {
			newest, err := tx.newest()
			_, more := tx.AddRevision(newest, About{}, []File{{"documents/Niên giám 2020.yaml", []byte{}}})
			return errors.Join(err, more)
		})
	})
}

// TestHostileValues: values that would be statements are values, in every place that takes one.
func TestHostileValues(t *testing.T) {
	for _, evil := range []string{`'; DROP TABLE records; --`, `" OR 1=1 --`, `?`, `$1`, `{blob}`, `\'`, "%", `') ON CONFLICT DO NOTHING; DELETE FROM updates; --`} {
		engines(t, func(t *testing.T, s *Store, _ *clock, _ func() *Store) {
			fill(t, s)
			before := counts(t, s)
			kind := Kind[string]{Name: evil}
			do(t, s, func(tx *Tx) error {
				_, taken := tx.Take(Key{ID: 5, Mark: evil}, evil, []byte(evil), evil, time.Minute)
				_, notice := tx.AddNotice(evil, evil, tx.Now(), NoticeBody{HTML: evil, Lang: evil})
				newest, _, _ := tx.Newest()
				_, revision := tx.AddRevision(newest.ID, About{What: evil, From: evil}, []File{{"documents/" + evil, []byte(evil)}})
				_, sent := tx.Sent(99, evil)
				return errors.Join(taken, notice, revision, sent, kind.Put(tx, evil, evil), tx.Follow(evil, evil, Follower{Lang: evil}), tx.Later(99, evil, time.Time{}),
					tx.Hold(evil, time.Minute), tx.LogQuestion(Asked{Lang: evil, Status: evil, Text: evil}), tx.Audit(Act{What: evil, Detail: evil}))
			})
			do(t, s, func(tx *Tx) error {
				got, ok, err := kind.Get(tx, evil)
				followed, more := tx.Followed(evil)
				asked := 0
				last := tx.Questions(time.Time{}, evil, func(a Asked) error { asked++; return nil })
				if !ok || got != evil || len(followed) != 1 || followed[0] != evil || asked != 1 {
					t.Errorf("%q: got %q, follows %q, %d questions", evil, got, followed, asked)
				}
				return errors.Join(err, more, last)
			})
			after := counts(t, s)
			for table, n := range after {
				if table != "meta" && n != before[table]+1 {
					t.Errorf("%q: %s has %d rows, had %d", evil, table, n, before[table])
				}
			}
		})
	}
}

func counts(t *testing.T, s *Store) map[string]int64 {
	t.Helper()
	rows := map[string]int64{}
	do(t, s, func(tx *Tx) error {
		for _, table := range tables {
			var n int64
			if _, err := tx.row(`SELECT COUNT(*) FROM `+table.name, nil, &n); err != nil {
				return err
			}
			rows[table.name] = n
		}
		if n := rows["revision_files"]; n > 2 { // the first revision has two
			rows["revision_files"] = 3
		}
		return nil
	})
	return rows
}

// TestParametersOnly: every statement is written in the code. What is put together is made of names in the code: those of tables, columns and migrations.
func TestParametersOnly(t *testing.T) {
	runs := map[string]int{"exec": 0, "row": 0, "rows": 0, "ExecContext": 1, "QueryContext": 1, "QueryRowContext": 1, "Exec": 1, "say": 0}
	// beside constants: names that come from the schema, and statements that were looked at here where they were made
	fixed := map[string][]string{
		"copy.go":    {"name", "table", "table.name", "write"},
		"migrate.go": {"statement", "metaTable"},
		"sweep.go":   {"rule.statement"},
		"watch.go":   {"revisionChannel"},
		"store.go":   {"t.store.engine.sql(statement)", "statement"}, // of row, which hands it on to rows
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "connection.go" { // which hands on what it is given
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if at, ok := runs[method.Sel.Name]; ok && len(call.Args) > at {
				seen++
				for _, part := range parts(call.Args[at]) {
					text := string(source[set.Position(part.Pos()).Offset:set.Position(part.End()).Offset])
					if !constant(part) && !contains(fixed[name], text) {
						t.Errorf("%s: the statement has %s in it", set.Position(part.Pos()), text)
					}
				}
			}
			return true
		})
	}
	if seen < 30 {
		t.Errorf("only %d statements seen", seen)
	}
}

// parts are what is joined by +.
func parts(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		return append(parts(b.X), parts(b.Y)...)
	}
	return []ast.Expr{e}
}

// constant reports whether an expression is a text in the code, or the columns of a table joined.
func constant(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.CallExpr: // strings.Join(columns, ", "), columns[0]
		f, ok := e.Fun.(*ast.SelectorExpr)
		if !ok || f.Sel.Name != "Join" {
			return false
		}
		joined, ok := e.Args[0].(*ast.Ident)
		return ok && joined.Name == "columns"
	case *ast.IndexExpr:
		of, ok := e.X.(*ast.Ident)
		return ok && of.Name == "columns"
	case *ast.SelectorExpr:
		return false
	}
	return false
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}
