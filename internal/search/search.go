// Package search finds names and statements by approximate text. It alone knows bleve.
//
// Whole names are looked up elsewhere; what comes here is what is still unexplained of a question: part of a name, its words in
// another order, a word too many or too few. The index is asked for phrases (two and three words in a row) and, where no phrase
// is known, for single words; what it yields is put in order by the words that question and name share. Every step has a
// bound, so that a name of common words ("công ty") costs no more than another.
package search

import (
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// Entry is something with names: an indicator, an area, a project, a company, a product, a statement. Names are its names,
// aliases, keywords or text, in any language and as written.
type Entry struct {
	ID    string
	Names []string
}

// Hit is a found statement.
type Hit struct {
	ID    string
	Words []string // the words asked for that it holds, in the order asked
}

// Bounds of the work of one question.
const (
	maxAsked = 64   // words of a question that are looked at
	maxWord  = 64   // bytes of a word; longer ones are no words
	budget   = 1024 // entries read for the first choice
	kept     = 64   // of these, entries whose words are compared with the question's
	crowd    = 8    // common terms that are asked for together
	rare     = 8    // a word of at most so many entries finds them beside those found by phrases
)

// bulk is the number of names from which the index is built on disk: in memory one batch is then slower and larger.
const bulk = 20_000

// Index is an immutable index of names, safe for use by many goroutines. What it holds in bleve is released when the Index itself is
// no longer reachable, so a question may keep the one it began with.
type Index struct {
	reader  index.IndexReader
	entryOf []uint32 // by document number
	names   names
	common  map[commonTerm][]uint32 // of the terms in more than budget entries: the entries of the shortest names
	ids     []string                // by entry
	pool    sync.Pool               // *scratch
}

// Len is the number of entries.
func (x *Index) Len() int { return len(x.ids) }

// Find returns the ids of at most limit entries that the words may name, best first: those whose names share most with the words,
// counted by how rare a word is and whether its neighbour is shared too; of equal ones that with the fewest words beside, then in the
// order they were given to Build. Words are folded words of one stretch of a question, in their order.
//
// Entries that share two words in a row with the stretch are found first; a rare word that belongs to no such pair finds its
// entries, too. Only where there is no pair single words are asked for: those entries that hold all the known words or, if none
// does, those with the rarest of them.
func (x *Index) Find(words []string, limit int) []string {
	if limit <= 0 || len(x.ids) == 0 {
		return nil
	}
	s := x.ask(words)
	defer x.release(s)
	x.phrases(s)
	if x.gather(s, phraseField) {
		x.words(s, true)
		x.gatherRare(s)
		return x.list(x.rank(s, limit, byWeight), limit)
	}
	x.words(s, false)
	if !x.gather(s, wordField) {
		return nil
	}
	return x.list(s.whole(x.rank(s, limit, byWeight)), limit)
}

// Text returns at most limit entries that hold the words in any order, those with the most of the words first, then those with the
// rarer words, then in the order given to Build. It is meant for statements, which want an Index of their own: names and whole
// sentences would crowd each other out.
func (x *Index) Text(words []string, limit int) []Hit {
	if limit <= 0 || len(x.ids) == 0 {
		return nil
	}
	s := x.ask(words)
	defer x.release(s)
	x.words(s, false)
	if !x.gather(s, wordField) {
		return nil
	}
	ranked := x.rank(s, limit, byCount)
	hits := make([]Hit, 0, min(limit, len(ranked)))
	for _, c := range ranked {
		id := x.ids[c.entry]
		if len(hits) == limit {
			break
		}
		if containsHit(hits, id) {
			continue
		}
		hit := Hit{ID: id}
		for i, w := range s.asked {
			if c.words&(1<<i) != 0 {
				hit.Words = append(hit.Words, w)
			}
		}
		hits = append(hits, hit)
	}
	return hits
}

func containsHit(hits []Hit, id string) bool {
	for _, h := range hits {
		if h.ID == id {
			return true
		}
	}
	return false
}

// list is the ids of candidates, each once.
func (x *Index) list(ranked []candidate, limit int) []string {
	ids := make([]string, 0, min(limit, len(ranked)))
next:
	for _, c := range ranked {
		if len(ids) == limit {
			break
		}
		id := x.ids[c.entry]
		for _, have := range ids {
			if have == id {
				continue next
			}
		}
		ids = append(ids, id)
	}
	return ids
}

// resources is what has to be closed.
type resources struct {
	reader index.IndexReader
	bleve  bleve.Index
}

// keep closes r once x is unreachable. Nobody is left then to be told of an error, and nothing was written that could be lost.
func (x *Index) keep(r resources) {
	runtime.AddCleanup(x, func(r resources) {
		r.reader.Close()
		r.bleve.Close()
	}, r)
}
