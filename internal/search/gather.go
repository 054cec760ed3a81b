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
	open   []index.TermFieldReader
	sum    []int32  // by entry: weight of the terms that found it
	chosen []uint32 // the entries with a sum
	paired uint64   // places in asked that belong to a phrase which names hold
	doc    index.TermFieldDoc
	order  []uint64
	best   []uint32
	ranked []candidate
}

// term is one thing to ask the index for, with its places in the question as bits and the number of entries that hold it.
type term struct {
	text   string
	places uint64
	count  int
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
			p := phrase{s.word[i], s.word[i+1], none}
			if n == 3 {
				p[2] = s.word[i+2]
			}
			h := x.names.side[p]
			if h.entries == 0 || n == 3 && p[2] == none {
				break
			}
			s.add(strings.Join(s.asked[i:i+n], " "), (1<<n-1)<<i, h.entries)
		}
	}
}

// words makes s.terms the known words, or those of them at places not yet paired.
func (x *Index) words(s *scratch, unpaired bool) {
	s.terms = s.terms[:0]
	for i, n := range s.word {
		if n != none && (!unpaired || s.paired&(1<<i) == 0) {
			s.add(s.asked[i], 1<<i, x.names.held[n])
		}
	}
}

func (s *scratch) add(text string, places uint64, entries uint32) {
	for i := range s.terms {
		if s.terms[i].text == text {
			s.terms[i].places |= places
			return
		}
	}
	s.terms = append(s.terms, term{text, places, int(entries)})
}

// postings are the documents that hold a term, still to be read.
func (x *Index) postings(s *scratch, t term, field string) (index.TermFieldReader, error) {
	r, err := x.reader.TermFieldReader(context.Background(), []byte(t.text), field, false, false, false)
	if err == nil {
		s.open = append(s.open, r)
	}
	return r, err
}

// done closes what postings opened.
func (s *scratch) done() {
	for _, r := range s.open {
		r.Close() // only hands the reader back for the next look-up
	}
	clear(s.open)
	s.open = s.open[:0]
}

// rarestFirst sorts s.terms.
func (s *scratch) rarestFirst() {
	slices.SortStableFunc(s.terms, func(a, b term) int { return a.count - b.count })
}

// gather chooses the entries that hold terms of s.terms, from the rarest on and as long as the budget lasts. Where even the rarest is
// in too many entries, those that hold the most of the terms together are chosen. An error of the index finds nothing.
func (x *Index) gather(s *scratch, field string) bool {
	defer s.done()
	if s.rarestFirst(); len(s.terms) == 0 {
		return false
	}
	for _, t := range s.terms {
		s.paired |= t.places
	}
	if s.terms[0].count > budget {
		return x.together(s, field) == nil && len(s.chosen) > 0
	}
	left := budget
	for _, t := range s.terms {
		if left -= t.count; left < 0 {
			break
		}
		if x.choose(s, t, field) != nil {
			return false
		}
	}
	return len(s.chosen) > 0
}

// choose adds the entries that hold a term, by its weight.
func (x *Index) choose(s *scratch, t term, field string) error {
	r, err := x.postings(s, t, field)
	if err == nil {
		x.read(s, r, weight(len(x.ids), t.count), t.count)
	}
	return err
}

// gatherRare adds the entries of the rare ones of s.terms, which are words.
func (x *Index) gatherRare(s *scratch) {
	defer s.done()
	s.rarestFirst()
	for _, t := range s.terms {
		if t.count > rare || x.choose(s, t, wordField) != nil {
			return
		}
	}
}

// together chooses the entries that hold all of s.terms, each of them in more than budget entries: without the most common one as
// long as no entry does, and of a single term, or of more entries than the budget, those of the shortest names.
func (x *Index) together(s *scratch, field string) error {
	var readers []index.TermFieldReader
	for _, t := range s.terms[:min(len(s.terms), crowd)] {
		r, err := x.postings(s, t, field)
		if err != nil {
			return err
		}
		readers = append(readers, r)
	}
	for n := len(readers); n > 1; n-- {
		all := conjunction(readers[:n])
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
			return nil
		}
	}
	for _, e := range x.common[commonTerm{field, s.terms[0].text}] {
		s.choose(e, 1)
	}
	return nil
}

// conjunction is the documents that hold all terms, by the bit sets of the index; nil where it has none.
func conjunction(terms []index.TermFieldReader) index.TermFieldReader {
	var all index.OptimizableContext
	for _, r := range terms {
		o, ok := r.(index.Optimizable)
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
