package search

import (
	"context"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// scratch is the working memory of one question.
type scratch struct {
	asked  []string // the question's words, at most maxAsked
	word   []uint32 // by place in asked: the word's number, or none
	place  []uint8  // by word number: its first place in asked plus one, or zero
	terms  []term
	found  []posting
	sum    []int32  // by entry: weight of the terms that found it
	chosen []uint32 // the entries with a sum
	paired uint64   // places in asked that belong to a phrase which names hold
	doc    index.TermFieldDoc
	order  []uint64
	best   []uint32
	ranked []candidate
}

// term is one thing to ask the index for, with its places in the question as bits.
type term struct {
	text   string
	places uint64
}

// posting is a term with the documents that hold it, still to be read.
type posting struct {
	term
	count  int
	reader index.TermFieldReader
}

// none is no word's number.
const none = ^uint32(0)

func (x *Index) newScratch() *scratch {
	return &scratch{place: make([]uint8, len(x.names.weight)), sum: make([]int32, len(x.ids))}
}

// ask takes the words of a question that names hold.
func (x *Index) ask(words []string) *scratch {
	s := x.pool.Get().(*scratch)
	s.paired = 0
	s.asked = append(s.asked[:0], words[:min(len(words), maxAsked)]...)
	s.word = s.word[:0]
	for i, w := range s.asked {
		n, known := x.names.number[w]
		if !known {
			n = none
		} else if s.place[n] == 0 {
			s.place[n] = uint8(i) + 1
		}
		s.word = append(s.word, n)
	}
	return s
}

// release clears what the question left behind.
func (x *Index) release(s *scratch) {
	for _, n := range s.word {
		if n != none {
			s.place[n] = 0
		}
	}
	s.forget()
	clear(s.asked) // the question's memory is not ours to keep
	clear(s.terms)
	x.pool.Put(s)
}

// phrases makes s.terms the phrases of two and three words that stand side by side in names.
func (x *Index) phrases(s *scratch) {
	s.terms = s.terms[:0]
	for i := range s.asked {
		for n := 2; n <= 3 && i+n <= len(s.asked); n++ {
			if !x.names.pairs[pair{s.word[i+n-2], s.word[i+n-1]}] {
				break
			}
			s.add(strings.Join(s.asked[i:i+n], " "), (1<<n-1)<<i)
		}
	}
}

// words makes s.terms the known words, or those of them at places not yet paired.
func (s *scratch) words(unpaired bool) {
	s.terms = s.terms[:0]
	for i, n := range s.word {
		if n != none && (!unpaired || s.paired&(1<<i) == 0) {
			s.add(s.asked[i], 1<<i)
		}
	}
}

func (s *scratch) add(text string, places uint64) {
	for i := range s.terms {
		if s.terms[i].text == text {
			s.terms[i].places |= places
			return
		}
	}
	s.terms = append(s.terms, term{text, places})
}

// lookUp makes s.found those of s.terms that any document holds, the rarest first.
func (x *Index) lookUp(s *scratch, field string) error {
	for _, t := range s.terms {
		reader, err := x.reader.TermFieldReader(context.Background(), []byte(t.text), field, false, false, false)
		if err != nil {
			return err
		}
		if count := int(reader.Count()); count > 0 {
			s.found = append(s.found, posting{t, count, reader})
		} else if err := reader.Close(); err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.found, func(a, b posting) int { return a.count - b.count })
	return nil
}

// done closes what lookUp opened.
func (s *scratch) done() {
	for _, p := range s.found {
		p.reader.Close() // only hands the reader back for the next look-up
	}
	clear(s.found)
	s.found = s.found[:0]
}

// gather chooses the entries that hold terms of s.terms, from the rarest on and as long as the budget lasts. Where even the rarest is
// in too many entries, those that hold the most of the terms together are chosen. An error of the index finds nothing.
func (x *Index) gather(s *scratch, field string) bool {
	defer s.done()
	if x.lookUp(s, field) != nil || len(s.found) == 0 {
		return false
	}
	for _, p := range s.found {
		s.paired |= p.places
	}
	if s.found[0].count > budget {
		x.together(s, field)
		return len(s.chosen) > 0
	}
	left := budget
	for _, p := range s.found {
		if left -= p.count; left < 0 {
			break
		}
		x.read(s, p.reader, weight(len(x.ids), p.count), p.count)
	}
	return len(s.chosen) > 0
}

// gatherRare adds the entries of the rare ones of s.terms, which are words.
func (x *Index) gatherRare(s *scratch) {
	defer s.done()
	if x.lookUp(s, wordField) != nil {
		return
	}
	for _, p := range s.found {
		if p.count > rare {
			return
		}
		x.read(s, p.reader, weight(len(x.ids), p.count), p.count)
	}
}

// together chooses the entries that hold all of s.found, each of them in more than budget entries: without the most common one as
// long as no entry does, and of a single term, or of more entries than the budget, those of the shortest names.
func (x *Index) together(s *scratch, field string) {
	for n := min(len(s.found), crowd); n > 1; n-- {
		all := conjunction(s.found[:n])
		if all == nil {
			break
		}
		read := x.read(s, all, 1, budget+1)
		all.Close()
		if read > budget {
			s.forget()
			break
		}
		if read > 0 {
			return
		}
	}
	for _, e := range x.common[commonTerm{field, s.found[0].text}] {
		s.choose(e, 1)
	}
}

// conjunction is the documents that hold all terms, by the bit sets of the index; nil where it has none.
func conjunction(terms []posting) index.TermFieldReader {
	var all index.OptimizableContext
	for _, t := range terms {
		o, ok := t.reader.(index.Optimizable)
		if !ok {
			return nil
		}
		var err error
		if all, err = o.Optimize("conjunction:unadorned", all); err != nil || all == nil {
			return nil
		}
	}
	finished, err := all.Finish()
	if err != nil {
		return nil
	}
	reader, _ := finished.(index.TermFieldReader)
	return reader
}

// read adds weight to at most limit entries of r and returns their number.
func (x *Index) read(s *scratch, r index.TermFieldReader, weight int32, limit int) int {
	for n := range limit {
		p, err := r.Next(&s.doc)
		if err != nil || p == nil {
			return n
		}
		s.choose(x.entryOf[number(p.ID)], weight)
	}
	return limit
}

func (s *scratch) choose(entry uint32, weight int32) {
	if s.sum[entry] == 0 {
		s.chosen = append(s.chosen, entry)
	}
	s.sum[entry] += weight
}

// forget unchooses all entries.
func (s *scratch) forget() {
	for _, e := range s.chosen {
		s.sum[e] = 0
	}
	s.chosen = s.chosen[:0]
}
