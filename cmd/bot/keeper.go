package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	shipped "factbot/facts"
	"factbot/internal/desk"
	"factbot/internal/eval"
	"factbot/internal/extract"
	"factbot/internal/facts"
	"factbot/internal/review"
	"factbot/internal/state"
	"factbot/internal/telegram"
	"factbot/internal/tidy"
	"factbot/internal/update"
	"factbot/locales"
)

// keeper is telegram.Keeper: what admins bring is checked aside, shown as a difference, and becomes the next revision when it is confirmed.
type keeper struct {
	*live
	w       *world
	roles   roles
	started time.Time
}

// problemsShown is how many problems of a file are named in the chat, answersShown how many answers that an update changes.
const (
	problemsShown = 10
	answersShown  = 5
)

// Admin is telegram.Keeper's.
func (k *keeper) Admin(person int64) bool {
	return k.roles.mayPropose(person) || k.roles.mayApply(person)
}

// say is a message as a reply.
func (k *keeper) say(lang, id string, args map[string]any) telegram.Reply {
	return telegram.Reply{Plain: k.desk.Printer().Message(lang, id, args), Lang: lang}
}

func (k *keeper) just(lang, id string, args map[string]any) telegram.Proposed {
	return telegram.Proposed{Reply: k.say(lang, id, args)}
}

// failed is what is said where something went wrong that is no fault of the file.
func (k *keeper) failed(lang string, err error) telegram.Proposed {
	k.log.Error("an admin's update went wrong", "error", err)
	return k.just(lang, "admin_failed", nil)
}

// newest are the newest revision and its files; before the first one 0 and those that the bot was built with.
func (k *keeper) newest(ctx context.Context) (int64, []state.File, error) {
	id, files, err := newestFacts(ctx, k.store)
	if err == nil && id == 0 {
		files, err = packed(shipped.FS)
	}
	return id, files, err
}

// Propose is telegram.Keeper's.
func (k *keeper) Propose(ctx context.Context, u telegram.Upload) telegram.Proposed {
	switch {
	case !k.roles.mayPropose(u.Person):
		return k.just(u.Lang, "admin_not_editor", nil)
	case !k.follows:
		return k.just(u.Lang, "admin_folder", nil)
	}
	base, files, err := k.newest(ctx)
	if err != nil {
		return k.failed(u.Lang, err)
	}
	if u.Name == "" {
		u.Name = k.pasted(u.Lang)
	}
	made, err := k.make(files, u.Name, u.Data, nil)
	var refusal *refusal
	if errors.As(err, &refusal) {
		return k.refused(u, refusal)
	}
	if err != nil {
		return k.failed(u.Lang, err)
	}
	p := state.Proposal{Base: base, Who: u.Person, From: u.Name, Files: made.files, Data: u.Data}
	return k.propose(ctx, u.Lang, p, files, made)
}

// propose shows what a proposal changes and keeps it.
func (k *keeper) propose(ctx context.Context, lang string, p state.Proposal, were []state.File, made *made) telegram.Proposed {
	before, problems := k.desk.Load(unpacked(were))
	if len(problems) > 0 {
		return k.failed(lang, problems)
	}
	r := review.Compare(before, made.facts)
	if r.Empty() && slices.EqualFunc(were, made.files, sameFile) {
		return k.just(lang, "admin_nothing", map[string]any{"Name": p.From})
	}
	p.Areas = areasOf(&r)
	if a := k.roles.beyond(p.Who, p.Areas); a != "" {
		return k.just(lang, "admin_area", map[string]any{"Area": a})
	}
	out := telegram.Proposed{Reply: telegram.Reply{Lang: lang}, Key: newKey()}
	if doubtful := r.Doubtful(); len(doubtful) > 0 && len(made.tables) > 0 {
		if sure, err := k.make(were, p.From, p.Data, doubtful); err == nil && !slices.EqualFunc(sure.files, were, sameFile) {
			p.Sure, out.Doubtful = sure.files, true
		}
	}
	if err := k.store.Do(ctx, func(tx *state.Tx) error {
		p.At = tx.Now()
		return state.Proposals.Put(tx, out.Key, p)
	}); err != nil {
		return k.failed(lang, err)
	}
	head := k.desk.Printer().Message(lang, "admin_proposal", map[string]any{"Name": p.From})
	marked, plain := k.desk.Review(r, before, made.facts, lang)
	for _, note := range made.notes {
		marked, plain = marked+"\n"+html.EscapeString(note), plain+"\n"+note
	}
	if changed := k.answers(were, made.files); len(changed) > 0 {
		heading := k.desk.Printer().Message(lang, "admin_answers", map[string]any{"Count": len(changed)})
		text := strings.Join(changed[:min(len(changed), answersShown)], "\n")
		marked, plain = marked+"\n\n<b>"+html.EscapeString(heading)+"</b>\n"+html.EscapeString(text), plain+"\n\n"+heading+"\n"+text
	}
	out.Tell = k.roles.others(p.Who, p.Areas)
	out.HTML, out.Plain = "📄 <b>"+html.EscapeString(head)+"</b>\n"+marked, "📄 "+head+"\n"+plain
	return out
}

func sameFile(a, b state.File) bool { return a.Path == b.Path && bytes.Equal(a.Data, b.Data) }

// areasOf are the areas that a change changes something of.
func areasOf(r *review.Review) []string {
	var list []string
	add := func(id string) {
		if id != "" && !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	for _, changes := range [][]review.Change{r.Added, r.Changed, r.Removed} {
		for _, c := range changes {
			add(c.Area)
		}
	}
	for _, projects := range [][]*facts.Project{r.NewProjects, r.OtherProjects, r.GoneProjects} {
		for _, p := range projects {
			add(p.Area)
		}
	}
	return list
}

// newKey names a proposal: nobody guesses it.
func newKey() string {
	var b [10]byte
	_, _ = rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// refusal says why a file changes nothing: a line for each problem.
type refusal struct{ lines []string }

func (r *refusal) Error() string { return strings.Join(r.lines, "\n") }

func (k *keeper) refused(u telegram.Upload, r *refusal) telegram.Proposed {
	lines := r.lines[:min(len(r.lines), problemsShown)]
	if more := len(r.lines) - len(lines); more > 0 {
		lines = append(slices.Clone(lines), k.desk.Printer().Message(u.Lang, "news_more", map[string]any{"Count": more}))
	}
	return k.just(u.Lang, "admin_refused", map[string]any{"Name": u.Name, "Count": len(r.lines), "Problems": strings.Join(lines, "\n")})
}

// made are the facts as a file would make them.
type made struct {
	files  []state.File
	facts  *facts.Snapshot
	tables []tidy.Table // of a table or a report
	notes  []string     // what was decided on the way, and what was read out of a report
}

// make takes a file into a copy of the facts, without the figures that are left out. The error is a *refusal where the file is at fault.
func (k *keeper) make(files []state.File, name string, data []byte, without []review.Figure) (*made, error) {
	dir, err := os.MkdirTemp("", "facts-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := writeFolder(dir, files); err != nil {
		return nil, err
	}
	m := &made{}
	switch {
	case isYAML(name, data):
		err = k.makeOfYAML(dir, files, data)
	case extract.IsDocument(name, data):
		err = k.makeOfReport(m, dir, name, data, without)
	default:
		err = k.makeOfTable(m, dir, name, data, without)
	}
	if err != nil {
		return nil, err
	}
	folder := os.DirFS(dir)
	snapshot, problems := k.desk.Load(folder)
	if len(problems) > 0 {
		r := &refusal{}
		for _, p := range problems {
			r.lines = append(r.lines, p.String())
		}
		return nil, r
	}
	m.facts = snapshot
	m.files, err = packed(folder)
	return m, err
}

func isYAML(name string, data []byte) bool {
	ext := strings.ToLower(path.Ext(filepath.ToSlash(name)))
	return (ext == ".yaml" || ext == ".yml") && !bytes.HasPrefix(data, []byte("PK"))
}

// What tells a document of the facts from a catalogue, and which one it is; whether it is in order the loader says.
var (
	documentKey = regexp.MustCompile(`(?m)^\x{feff}?source:`)
	documentID  = regexp.MustCompile(`(?m)^\x{feff}?source:\s*(?:\{[^}\n]*?\bid:\s*|(?:#[^\n]*)?\n(?:[ \t]+[^\n]*\n|[ \t]*\n)*?[ \t]+id:\s*)["']?([^\s"'},]+)`)
	plainID     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
)

// makeOfYAML puts a document, or the catalogue, in the place of the one that there is.
func (k *keeper) makeOfYAML(dir string, files []state.File, data []byte) error {
	at := "catalogue.yaml"
	if documentKey.Match(data) {
		m := documentID.FindSubmatch(data)
		if m == nil {
			return &refusal{[]string{k.desk.Printer().Message("vi", "admin_no_id", nil)}}
		}
		id := string(m[1])
		if at = "documents/" + id + ".yaml"; !plainID.MatchString(id) {
			at = "documents/upload.yaml" // the loader says what is wrong with the id
		}
		for _, f := range files {
			if old := documentID.FindSubmatch(f.Data); strings.HasSuffix(f.Path, ".yaml") && old != nil && string(old[1]) == id {
				at = f.Path
			}
		}
	}
	return writeFolder(dir, []state.File{{Path: at, Data: data}})
}

// makeOfTable takes a table in.
func (k *keeper) makeOfTable(m *made, dir, name string, data []byte, without []review.Figure) error {
	known, err := desk.ReadKnown(locales.FS)
	if err != nil {
		return err
	}
	table, problems := tidy.Read(filepath.Base(filepath.ToSlash(name)), bytes.NewReader(data), tidy.Options{Units: known.Units(), Limits: tidy.Limits{Bytes: 8 << 20, Rows: 100_000}})
	if len(problems) > 0 {
		return refusedRows(problems)
	}
	return k.takeTable(m, dir, table, without, known)
}

// takeTable imports a table that was read.
func (k *keeper) takeTable(m *made, dir string, table tidy.Table, without []review.Figure, known *desk.Known) error {
	if len(without) > 0 {
		table = k.leaveOut(dir, table, without, known)
	}
	report, err := update.Import(dir, []tidy.Table{table}, update.Options{Units: known.Units(), Kind: known.Kind, Area: known.Area})
	var bad *update.Refusal
	if errors.As(err, &bad) {
		return refusedRows(bad.Problems)
	}
	if err != nil {
		return err
	}
	m.tables, m.notes = []tidy.Table{table}, append(m.notes, append(table.Notes, report.Notes...)...)
	return nil
}

func refusedRows(problems []tidy.Problem) *refusal {
	r := &refusal{}
	for _, p := range problems {
		r.lines = append(r.lines, p.String())
	}
	return r
}

// leaveOut is a table without the rows of some figures, by the names that the facts have with all of its rows.
func (k *keeper) leaveOut(dir string, t tidy.Table, without []review.Figure, known *desk.Known) tidy.Table {
	aside, err := os.MkdirTemp("", "facts-*")
	if err != nil {
		return t
	}
	defer os.RemoveAll(aside)
	if os.CopyFS(aside, os.DirFS(dir)) != nil {
		return t
	}
	if _, err := update.Import(aside, []tidy.Table{t}, update.Options{Units: known.Units(), Kind: known.Kind, Area: known.Area}); err != nil {
		return t
	}
	s, problems := k.desk.Load(os.DirFS(aside))
	if len(problems) > 0 {
		return t
	}
	claims := map[tidy.Claim]facts.ClaimKind{tidy.Growth: facts.Growth, tidy.GrowthPrev: facts.GrowthPrev, tidy.Attainment: facts.Attainment, tidy.Contribution: facts.Contribution}
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row tidy.Row) bool {
		return slices.ContainsFunc(without, func(f review.Figure) bool {
			return f.Period == row.Period && f.Measure.String() == string(row.Measure) && f.Claim == claims[row.Claim] && f.AssignedBy == row.AssignedBy &&
				slices.Contains(s.IndicatorsNamed(row.Indicator), f.Indicator) && (row.Area == "" || slices.Contains(s.AreasNamed(row.Area), f.Area))
		})
	})
	return t
}

// answers are the facts' own questions that an update answers otherwise, each with both answers.
func (k *keeper) answers(were, now []state.File) []string {
	folder := unpacked(now)
	sets, err := fs.Glob(folder, "questions/*.jsonl")
	if err != nil || len(sets) == 0 {
		return nil
	}
	old, err := k.desk.Beside(unpacked(were))
	if err != nil {
		return nil
	}
	next, err := k.desk.Beside(folder)
	if err != nil {
		return nil
	}
	var list []string
	for _, set := range sets {
		f, err := folder.Open(set)
		if err != nil {
			continue
		}
		questions, err := eval.ReadSet(set, f)
		_ = f.Close()
		if err != nil {
			continue
		}
		for _, q := range questions {
			ask := desk.Question{Text: q.Text}
			if day, err := time.Parse(time.DateOnly, q.Now); err == nil {
				ask.Now = day
			}
			first := func(d *desk.Desk) string { return strings.SplitN(d.Ask(ask).Text(), "\n", 2)[0] }
			if a, b := first(old), first(next); a != b {
				list = append(list, fmt.Sprintf("• %s: %s → %s", q.Text, a, b))
			}
		}
	}
	return list
}
