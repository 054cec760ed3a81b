package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"factbot/internal/facts"
	"factbot/internal/state"
	"factbot/internal/telegram"
)

// historyShown is how many revisions are listed.
const historyShown = 10

// Decide is telegram.Keeper's. What is applied is on disk, and answered from, before it is said.
func (k *keeper) Decide(ctx context.Context, d telegram.Decision) telegram.Proposed {
	var p state.Proposal
	var found bool
	var done int64
	err := k.store.Read(ctx, func(tx *state.Tx) (err error) {
		if p, found, err = state.Proposals.Get(tx, d.Key); err != nil || found {
			return err
		}
		done, _, err = state.Decided.Get(tx, d.Key)
		return err
	})
	switch {
	case err != nil:
		return k.failed(d.Lang, err)
	case done > 0:
		return k.just(d.Lang, "admin_applied", map[string]any{"Revision": done})
	case !found:
		return k.just(d.Lang, "admin_gone", nil)
	case d.Choice == telegram.Drop && (d.Person == p.Who || k.roles.mayApply(d.Person)):
		if err := k.store.Do(ctx, func(tx *state.Tx) error { return state.Proposals.Drop(tx, d.Key) }); err != nil {
			return k.failed(d.Lang, err)
		}
		return k.just(d.Lang, "admin_dropped", map[string]any{"Name": p.From})
	case !k.roles.mayApply(d.Person):
		return k.again(d, p, "admin_not_approver")
	case k.roles.second && d.Person == p.Who:
		return k.again(d, p, "admin_second")
	case k.roles.beyond(d.Person, p.Areas) != "":
		return k.again(d, p, "admin_area")
	case d.Choice == telegram.ApplySure && p.Sure == nil, d.Choice != telegram.Apply && d.Choice != telegram.ApplySure:
		return k.just(d.Lang, "admin_gone", nil)
	}
	return k.apply(ctx, d, p)
}

// again says why a person may not decide, and leaves the choice to others.
func (k *keeper) again(d telegram.Decision, p state.Proposal, id string) telegram.Proposed {
	r := k.just(d.Lang, id, map[string]any{"Area": k.roles.beyond(d.Person, p.Areas), "Name": p.From})
	r.Key, r.Doubtful = d.Key, p.Sure != nil
	return r
}

// apply makes a proposal the next revision, with the notices that it brings.
func (k *keeper) apply(ctx context.Context, d telegram.Decision, p state.Proposal) telegram.Proposed {
	sure := d.Choice == telegram.ApplySure
	files := p.Files
	if sure {
		files = p.Sure
	}
	after, err := k.desk.Beside(unpacked(files))
	if err != nil {
		return k.failed(d.Lang, err)
	}
	_, were, err := k.newest(ctx)
	if err != nil {
		return k.failed(d.Lang, err)
	}
	news, err := newsSince(after, were)
	if err != nil {
		k.log.Warn("what is new cannot be told", "error", err)
	}
	what := "update"
	if p.Undo > 0 {
		what = "undo"
	}
	var r state.Revision
	err = k.store.Do(ctx, func(tx *state.Tx) error {
		if r, err = tx.Apply(d.Key, sure, state.About{Who: d.Person, What: what}); err != nil {
			return err
		}
		if err := announce(tx, after, strconv.FormatInt(r.ID, 10), news); err != nil {
			return err
		}
		return tx.Audit(state.Act{What: what, Who: d.Person, Detail: fmt.Sprintf("revision %d from %s, proposed by %d", r.ID, p.From, p.Who)})
	})
	switch {
	case errors.Is(err, state.ErrNoProposal):
		return k.just(d.Lang, "admin_gone", nil)
	case isMoved(err):
		return k.moved(ctx, d, p)
	case err != nil:
		return k.failed(d.Lang, err)
	}
	k.catchUp(ctx)
	return k.just(d.Lang, "admin_applied", map[string]any{"Revision": r.ID})
}

// moved shows a proposal anew over the facts as they are by now.
func (k *keeper) moved(ctx context.Context, d telegram.Decision, p state.Proposal) telegram.Proposed {
	_ = k.store.Do(ctx, func(tx *state.Tx) error { return state.Proposals.Drop(tx, d.Key) })
	var r telegram.Proposed
	if p.Undo > 0 {
		r = k.Undo(ctx, p.Who, p.Undo, d.Lang)
	} else {
		r = k.Propose(ctx, telegram.Upload{Person: p.Who, Name: p.From, Data: p.Data, Lang: d.Lang})
	}
	head := k.desk.Printer().Message(d.Lang, "admin_moved", nil)
	if r.HTML != "" {
		r.HTML = html.EscapeString(head) + "\n\n" + r.HTML
	}
	r.Plain = head + "\n\n" + r.Plain
	return r
}

// History is telegram.Keeper's.
func (k *keeper) History(ctx context.Context, lang string) telegram.Reply {
	var list []state.Revision
	if err := k.store.Read(ctx, func(tx *state.Tx) (err error) {
		list, err = tx.Revisions(historyShown)
		return err
	}); err != nil {
		return k.failed(lang, err).Reply
	}
	if len(list) == 0 {
		return k.say(lang, "admin_no_history", nil)
	}
	lines := []string{k.desk.Printer().Message(lang, "admin_history", nil)}
	for _, r := range list {
		lines = append(lines, k.desk.Printer().Message(lang, "admin_revision", map[string]any{
			"Revision": r.ID, "At": k.local(r.At), "What": r.About.What, "Who": r.About.Who, "From": r.About.From,
		}))
	}
	return telegram.Reply{Plain: strings.Join(lines, "\n"), Lang: lang}
}

// local is a time as people at the bot's place read it.
func (k *keeper) local(t time.Time) string {
	return t.In(clock(k.w.env)().Location()).Format("02/01/2006 15:04")
}

// Undo is telegram.Keeper's: the files that a revision changed become what they were before it, where no later one has changed them.
func (k *keeper) Undo(ctx context.Context, person, revision int64, lang string) telegram.Proposed {
	if !k.roles.mayPropose(person) {
		return k.just(lang, "admin_not_editor", nil)
	}
	var base state.Revision
	var now, then, was []state.File
	err := k.store.Read(ctx, func(tx *state.Tx) error {
		all, err := tx.Revisions(undoable)
		if err != nil || len(all) == 0 {
			return err
		}
		base = all[0]
		if revision == 0 {
			revision = base.ID
		}
		i := slices.IndexFunc(all, func(r state.Revision) bool { return r.ID == revision })
		if i < 0 || all[i].Parent == 0 {
			base.ID = 0
			return nil
		}
		for _, of := range []struct {
			id int64
			to *[]state.File
		}{{base.ID, &now}, {revision, &then}, {all[i].Parent, &was}} {
			if *of.to, err = tx.Files(of.id); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return k.failed(lang, err)
	case base.ID == 0:
		return k.just(lang, "admin_no_undo", map[string]any{"Revision": revision})
	}
	files, conflict := takenBack(now, then, was)
	if conflict != "" {
		return k.just(lang, "admin_undo_conflict", map[string]any{"Revision": revision, "File": conflict})
	}
	folder := unpacked(files)
	snapshot, problems := k.desk.Load(folder)
	if len(problems) > 0 {
		return k.just(lang, "admin_undo_conflict", map[string]any{"Revision": revision, "File": problems[0].String()})
	}
	p := state.Proposal{Base: base.ID, Who: person, From: k.desk.Printer().Message(lang, "admin_undo", map[string]any{"Revision": revision}), Files: files, Undo: revision}
	return k.propose(ctx, lang, p, now, &made{files: files, facts: snapshot})
}

// undoable is how far back a revision can be taken back.
const undoable = 1000

// takenBack are the files of now, with those that differ between was and then as they were; conflict is one of them that has changed since.
func takenBack(now, then, was []state.File) (files []state.File, conflict string) {
	at := func(list []state.File) map[string]string {
		m := map[string]string{}
		for _, f := range list {
			m[f.Path] = string(f.Data)
		}
		return m
	}
	current, after, before := at(now), at(then), at(was)
	paths := map[string]bool{}
	for p := range after {
		paths[p] = true
	}
	for p := range before {
		paths[p] = true
	}
	for p := range paths {
		old, had := before[p]
		changed, has := after[p]
		if old == changed && had == has {
			continue
		}
		if is, there := current[p]; is != changed || there != has {
			return nil, p
		}
		if had {
			current[p] = old
		} else {
			delete(current, p)
		}
	}
	for p, data := range current {
		files = append(files, state.File{Path: p, Data: []byte(data)})
	}
	slices.SortFunc(files, func(a, b state.File) int { return strings.Compare(a.Path, b.Path) })
	return files, ""
}

// short is a time in as few digits as say something.
func short(d time.Duration) string {
	if d == 0 {
		return "–"
	}
	return "≤ " + d.Round(time.Microsecond).String()
}

// Status is telegram.Keeper's.
func (k *keeper) Status(ctx context.Context, lang string) telegram.Reply {
	s := k.desk.Facts()
	asked, answered, unanswered, down := 0, 0, 0, 0
	var newest state.Revision
	err := k.store.Read(ctx, func(tx *state.Tx) (err error) {
		asked, answered, unanswered, down = 0, 0, 0, 0
		if newest, _, err = tx.Newest(); err != nil {
			return err
		}
		return tx.Questions(tx.Now().Add(-24*time.Hour), "", func(q state.Asked) error {
			switch q.Status {
			case "down":
				down++
			case "up":
			case "answered", "help":
				asked, answered = asked+1, answered+1
			default:
				asked, unanswered = asked+1, unanswered+1
			}
			return nil
		})
	})
	if err != nil {
		return k.failed(lang, err).Reply
	}
	share := 100
	if asked > 0 {
		share = 100 * answered / asked
	}
	at := ""
	if newest.ID > 0 {
		at = k.local(newest.At)
	}
	return k.say(lang, "admin_status", map[string]any{
		"Revision": k.revision.Load(), "At": at, "Digest": s.Revision(), "Figures": s.ObservationCount(), "Claims": len(s.Claims()), "Projects": len(s.Projects()), "Documents": len(s.Sources()),
		"Doubts": len(facts.Notices(s)), "Asked": asked, "Share": share, "Unanswered": unanswered, "Down": down, "P50": short(k.meter.Within(0.5)), "P99": short(k.meter.Within(0.99)), "Version": version(), "Hours": int(time.Since(k.started).Hours()),
	})
}
