package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// Build makes the index of entries: in memory in one batch and so in one segment or, of very many names, by way of files that
// are gone when Build returns. Names without a word find nothing; entries of the same id are found as one. An error says which entry lacks an
// id, or comes from bleve.
func Build(entries []Entry) (*Index, error) {
	if registered != nil {
		return nil, fmt.Errorf("search: %w", registered)
	}
	if len(entries) > math.MaxInt32 {
		return nil, fmt.Errorf("search: %d entries are too many", len(entries))
	}
	count := 0
	x := &Index{ids: make([]string, len(entries))}
	for i, e := range entries {
		if e.ID == "" {
			return nil, fmt.Errorf("search: entry %d of %d, named %q, has no id", i+1, len(entries), e.Names)
		}
		x.ids[i] = e.ID
		count += len(e.Names)
	}
	x.names = collect(entries)
	build := inMemory
	if count > bulk {
		build = onDisk
	}
	b, err := build(entries)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	if err := x.open(b); err != nil {
		return nil, errors.Join(fmt.Errorf("search: %w", err), b.Close())
	}
	return x, nil
}

// key is the document id of an entry: its place, since ids may repeat.
func key(entry int) string { return strconv.Itoa(entry) }

func inMemory(entries []Entry) (bleve.Index, error) {
	b, err := bleve.NewUsing("", fields(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	batch := b.NewBatch()
	for i, e := range entries {
		if err := batch.Index(key(i), document{e.Names, e.Names}); err != nil {
			return nil, errors.Join(err, b.Close())
		}
	}
	if err := b.Batch(batch); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// onDisk builds one segment in a folder of its own, opens it and removes the folder: the open files live on until they are closed.
func onDisk(entries []Entry) (b bleve.Index, err error) {
	dir, err := os.MkdirTemp("", "names-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := os.RemoveAll(dir); e != nil && err == nil {
			b, err = nil, errors.Join(e, b.Close())
		}
	}()
	path := filepath.Join(dir, "index")
	builder, err := bleve.NewBuilder(path, fields(), map[string]any{"buildPathPrefix": dir})
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		if err := builder.Index(key(i), document{e.Names, e.Names}); err != nil {
			return nil, errors.Join(err, builder.Close())
		}
	}
	if err := builder.Close(); err != nil {
		return nil, err
	}
	return bleve.OpenUsing(path, map[string]any{"read_only": true})
}

// open takes a reader for the life of the index, and from it what questions need at hand.
func (x *Index) open(b bleve.Index) error {
	advanced, err := b.Advanced()
	if err != nil {
		return err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return err
	}
	x.reader = reader
	if err := x.number(); err != nil {
		return errors.Join(err, reader.Close())
	}
	if err := x.champions(); err != nil {
		return errors.Join(err, reader.Close())
	}
	x.pool.New = func() any { return x.newScratch() }
	x.keep(resources{reader, b})
	return nil
}

// number notes which entry each document is: bleve numbers them in any order.
func (x *Index) number() error {
	docs, err := x.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer docs.Close()
	for {
		internal, err := docs.Next()
		if err != nil {
			return err
		}
		if internal == nil {
			return nil
		}
		external, err := x.reader.ExternalID(internal)
		if err != nil {
			return err
		}
		entry, err := strconv.Atoi(external)
		if err != nil || entry < 0 || entry >= len(x.ids) {
			return fmt.Errorf("document id %q is no number of an entry", external)
		}
		n := number(internal)
		for uint64(len(x.entryOf)) <= n {
			x.entryOf = append(x.entryOf, 0)
		}
		x.entryOf[n] = uint32(entry)
	}
}

func number(id index.IndexInternalID) uint64 { return binary.BigEndian.Uint64(id) }

// commonTerm is a term of a field.
type commonTerm struct{ field, term string }

// champions notes the entries of the shortest names for each term that too many entries hold to read them all for a question.
func (x *Index) champions() error {
	x.common = make(map[commonTerm][]uint32)
	if len(x.ids) <= budget {
		return nil
	}
	for _, field := range []string{phraseField, wordField} {
		terms, err := x.commonTerms(field)
		if err != nil {
			return err
		}
		for _, term := range terms {
			best, err := x.shortest(field, term)
			if err != nil {
				return err
			}
			x.common[commonTerm{field, term}] = best
		}
	}
	return nil
}

func (x *Index) commonTerms(field string) (terms []string, err error) {
	dict, err := x.reader.FieldDict(field)
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return terms, err
		}
		if entry.Count > budget {
			terms = append(terms, strings.Clone(entry.Term))
		}
	}
}

func (x *Index) shortest(field, term string) ([]uint32, error) {
	postings, err := x.reader.TermFieldReader(context.Background(), []byte(term), field, false, false, false)
	if err != nil {
		return nil, err
	}
	defer postings.Close()
	var all []uint64 // length of the shortest name, then the entry
	for {
		p, err := postings.Next(nil)
		if err != nil {
			return nil, err
		}
		if p == nil {
			break
		}
		entry := x.entryOf[number(p.ID)]
		all = append(all, uint64(x.names.short[entry])<<32|uint64(entry))
	}
	slices.Sort(all)
	best := make([]uint32, min(kept, len(all)))
	for i := range best {
		best[i] = uint32(all[i])
	}
	return best, nil
}
