package facts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
)

// Options says how a facts folder is read.
type Options struct {
	// Units reads the units; it must be given.
	Units *quantity.Units
	// Kind is the kind of a common indicator by its name, for indicators whose entry names none; may be nil.
	Kind func(name string) Kind
	// MaxYAML and MaxTable are the sizes in bytes above which a file is refused unread; 0 stands for the defaults.
	MaxYAML  int64
	MaxTable int64
	// Before are facts that the folder held before, loaded with the same options; may be nil. What has not changed is not read again: the snapshot is the
	// same as without, and there the sooner.
	Before *Snapshot
	// Catalogue is called with the catalogue alone as soon as it is read, unless there are problems by then; may be nil. Its areas and indicators are those
	// of the snapshot to come.
	Catalogue func(*Snapshot)
}

// The sizes above which files are refused, unless the options say otherwise.
const (
	DefaultMaxYAML  = strictyaml.MaxSize
	DefaultMaxTable = 64 << 20
)

// Problem is one thing wrong with a facts folder, with file, line and column.
type Problem = strictyaml.Problem

// Problems are all things wrong with a facts folder, sorted by file and line.
type Problems []Problem

// Error is all problems, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Places in a facts folder.
const (
	catalogueFile   = "catalogue.yaml"
	documentsFolder = "documents"
	questionsFolder = "questions"
	tableSuffix     = ".csv"
)

// Load reads a facts folder and checks it as a whole. Where anything is wrong the snapshot is nil and the problems say all of it; an
// empty folder is an empty snapshot.
func Load(fsys fs.FS, opts Options) (*Snapshot, Problems) {
	l := newLoader(opts)
	files := l.files(fsys)
	l.follow(opts.Before, files)
	tables := l.readTables(fsys, files)
	if at := slices.IndexFunc(files, isCatalogue); at >= 0 && l.before == nil {
		l.readCatalogue(files[at])
	}
	l.model.Areas, l.model.Indicators = l.all, l.list
	if opts.Catalogue != nil && len(l.problems) == 0 {
		opts.Catalogue(NewSnapshot(l.model))
	}
	for _, f := range files {
		if !f.isTable() && !isCatalogue(f) {
			l.document(f)
		}
	}
	l.tables(fsys, tables)
	if l.defaultArea.Given() && !l.areas.has(l.defaultArea.Value) {
		l.report(catalogueFile, l.defaultArea.Pos, "default_area: no area has the id %q", l.defaultArea.Value)
	}
	if len(l.problems) > 0 {
		slices.SortStableFunc(l.problems, strictyaml.Compare)
		return nil, l.problems
	}
	l.model.Revision = revision(files, tables)
	figures := l.figuresNow(files)
	l.model.DefaultArea = l.defaultAreaOf(&figures)
	s := newSnapshot(l.model, figures)
	s.origin = l.origin(s, tables)
	return s, nil
}

// loader is the state of one Load.
type loader struct {
	*catalogue
	opts      Options
	before    *origin // of the facts before, or nil
	problems  Problems
	model     Model
	named     map[string][]*Source // by folded id, title and address
	documents map[string]*Source   // by file name without .yaml
	ids       map[string]Problem   // class and folded id → where it was first given
	figures   map[figureKey]figureAt
	kept      map[string]bool // tables whose figures stand already
	free      chan struct{}   // places for tables that are cut into rows
}

func newLoader(opts Options) *loader {
	if opts.MaxYAML <= 0 {
		opts.MaxYAML = DefaultMaxYAML
	}
	if opts.MaxTable <= 0 {
		opts.MaxTable = DefaultMaxTable
	}
	return &loader{
		opts: opts, catalogue: newCatalogue(), named: map[string][]*Source{}, documents: map[string]*Source{}, ids: map[string]Problem{}, figures: map[figureKey]figureAt{},
		kept: map[string]bool{},
	}
}

func (l *loader) report(file string, at strictyaml.Pos, format string, args ...any) {
	l.problems = append(l.problems, Problem{File: file, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(format, args...)})
}

// file is one file of the folder.
type file struct {
	name   string // from the folder on, with slashes
	data   []byte // not of tables: those are read when it is their turn
	digest digest // not of tables
	size   int64
	id     identity // of a table
}

// digest identifies the content of a file.
type digest [sha256.Size]byte

func isCatalogue(f file) bool { return f.name == catalogueFile }

func (f file) isTable() bool { return strings.HasSuffix(f.name, tableSuffix) }

// files reads the files that hold facts, sorted by name.
func (l *loader) files(fsys fs.FS) []file {
	var files []file
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			l.report(name, strictyaml.Pos{}, "%v", cause(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if name != "." && strings.HasPrefix(path.Base(name), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if name == questionsFolder {
				return fs.SkipDir
			}
			return nil
		}
		if l.wanted(name, d) {
			f := file{name: name}
			if info, err := d.Info(); err == nil {
				f.size, f.id = info.Size(), identityOf(info)
			}
			if f.isTable() {
				files = append(files, f)
			} else if data, ok := l.read(fsys, name); ok {
				f.data, f.size, f.digest = data, int64(len(data)), sha256.Sum256(data)
				files = append(files, f)
			}
		}
		return nil
	})
	if err != nil {
		l.report(".", strictyaml.Pos{}, "%v", cause(err))
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files
}

// wanted reports whether a file holds facts, and names those that look so and cannot be read.
func (l *loader) wanted(name string, d fs.DirEntry) bool {
	ext := path.Ext(name)
	inDocuments := strings.HasPrefix(name, documentsFolder+"/")
	link := d.Type()&fs.ModeSymlink != 0
	switch {
	case link && (inDocuments || name == documentsFolder): // also to a folder, whose documents would be missing without a word
		l.report(name, strictyaml.Pos{}, "is a symbolic link; links are not followed, put the file or folder itself here")
	case !slices.Contains([]string{".yaml", ".yml", ".csv", ".xlsx"}, strings.ToLower(ext)):
		return false
	case link:
		l.report(name, strictyaml.Pos{}, "is a symbolic link; links are not followed, put the file itself here")
	case !d.Type().IsRegular():
		l.report(name, strictyaml.Pos{}, "is no regular file")
	case name == catalogueFile, inDocuments && (ext == ".yaml" || ext == ".csv"):
		return true
	case inDocuments:
		l.report(name, strictyaml.Pos{}, "is not read: documents are .yaml files, tables beside them .csv")
	default:
		l.report(name, strictyaml.Pos{}, "is not read here: documents stand in %s/", documentsFolder)
	}
	return false
}

// read is a file's content, unless it is larger than is read.
func (l *loader) read(fsys fs.FS, name string) ([]byte, bool) {
	data, err := content(fsys, name, l.opts.MaxYAML)
	if err != nil {
		l.report(name, strictyaml.Pos{}, "%v", err)
		return nil, false
	}
	return data, true
}

// content is a file's, of at most so many bytes.
func content(fsys fs.FS, name string, limit int64) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close()
	var b bytes.Buffer
	if info, err := f.Stat(); err == nil {
		b.Grow(int(min(info.Size(), limit)) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, cause(err)
	}
	if int64(b.Len()) > limit {
		return nil, fmt.Errorf("is larger than the %d bytes that are read; long series stand as tables, in several files", limit)
	}
	return b.Bytes(), nil
}

// cause is an error without the path that the problem names already.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// revision identifies the content of the files: twelve hexadecimal digits.
func revision(files []file, tables []*tableFile) string {
	h := sha256.New()
	add := func(name string, size int64, d digest) { fmt.Fprintf(h, "%s\x00%d\x00%x\x00", name, size, d) }
	for _, f := range files {
		if !f.isTable() {
			add(f.name, f.size, f.digest)
		}
	}
	for _, t := range tables {
		add(t.name, t.now.size, t.now.digest)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// defaultAreaOf is the catalogue's default area, else the only one with figures.
func (l *loader) defaultAreaOf(figures *layers) string {
	if l.defaultArea.Given() {
		return l.defaultArea.Value
	}
	only := ""
	for key := range figures.series() {
		if only != "" && only != key.area {
			return ""
		}
		only = key.area
	}
	for _, c := range l.model.Claims {
		if only != "" && only != c.Area {
			return ""
		}
		only = c.Area
	}
	return only
}
