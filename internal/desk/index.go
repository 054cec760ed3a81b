package desk

import (
	"log/slog"
	"maps"
	"slices"
	"sync"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/search"
)

// index is the search index of one snapshot as the engine asks it. Names and statements have an index each; either is built when the
// first question needs it, since most are understood without.
type index struct {
	names      func() *search.Index
	statements func() *search.Index
}

// newIndex prepares an index. names is called when the first name is looked for.
func newIndex(names func() []qa.Name, statements []*facts.Statement, log *slog.Logger) *index {
	return &index{
		names: sync.OnceValue(func() *search.Index {
			known := names()
			entries := make([]search.Entry, len(known))
			for i, n := range known {
				entries[i] = search.Entry{ID: n.ID, Names: n.Names}
			}
			return build(entries, log)
		}),
		statements: sync.OnceValue(func() *search.Index {
			entries := make([]search.Entry, len(statements))
			for i, s := range statements {
				entries[i] = search.Entry{ID: s.ID, Names: append([]string{s.Text["vi"], s.Text["en"]}, s.Keywords...)}
			}
			return build(entries, log)
		}),
	}
}

// keep takes over what another index has, where it was of the same: the facts before had the same catalogue.
func (x *index) keep(other *index, before, now *facts.Snapshot) {
	if slices.EqualFunc(before.Projects(), now.Projects(), func(a, b *facts.Project) bool {
		return a.ID == b.ID && a.Same(b) && slices.Equal(a.Aliases, b.Aliases) && slices.Equal(a.Keywords, b.Keywords)
	}) {
		x.names = other.names
	}
	if slices.EqualFunc(before.Statements(), now.Statements(), func(a, b *facts.Statement) bool {
		return a.ID == b.ID && maps.Equal(a.Text, b.Text) && slices.Equal(a.Keywords, b.Keywords)
	}) {
		x.statements = other.statements
	}
}

// build is the index of entries; nil where it cannot be built: whole names are understood even so.
func build(entries []search.Entry, log *slog.Logger) *search.Index {
	x, err := search.Build(entries)
	if err != nil {
		log.Error("search index not built", "entries", len(entries), "error", err)
		return nil
	}
	return x
}

// Find is qa.Finder's.
func (x *index) Find(words []string, limit int) []string {
	if names := x.names(); names != nil {
		return names.Find(words, limit)
	}
	return nil
}

// Statements is qa.Finder's.
func (x *index) Statements(words []string, limit int) (ids []string, held []int) {
	statements := x.statements()
	if statements == nil {
		return nil, nil
	}
	for _, hit := range statements.Text(words, limit) {
		ids = append(ids, hit.ID)
		held = append(held, len(hit.Words))
	}
	return ids, held
}
