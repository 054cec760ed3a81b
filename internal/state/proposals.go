package state

import "time"

// Proposal is an update of the facts that waits to be confirmed: all files as they would be, and what they were made from. It is void when the facts have moved on.
type Proposal struct {
	Base  int64     `json:"base"`           // the revision that it was made from
	Who   int64     `json:"who,omitempty"`  // Telegram's id; 0: the command line
	From  string    `json:"from,omitempty"` // the name of the file that it came from
	At    time.Time `json:"at"`
	Files []File    `json:"files"`
	Data  []byte    `json:"data,omitempty"`  // of the file that it came from, to be looked at again where the facts have moved on
	Sure  []File    `json:"sure,omitempty"`  // all files as they would be without what is doubtful
	Areas []string  `json:"areas,omitempty"` // that it changes something of
	Undo  int64     `json:"undo,omitempty"`  // the revision that it takes back; 0: it is none such
}

// Decided are what became of proposals, by their keys, so that who decides twice hears it again.
var Decided = Kind[int64]{Name: "decided", Keep: 7 * 24 * time.Hour}

// Proposals are kept by a key of their maker's, each for a week.
var Proposals = Kind[Proposal]{Name: "proposal", Keep: 7 * 24 * time.Hour}

// Apply makes a proposal the next revision, as a whole or what is sure of it, and forgets it, both or neither; ErrMoved where the facts have moved on.
func (t *Tx) Apply(key string, sure bool, about About) (Revision, error) {
	p, ok, err := Proposals.Get(t, key)
	if err != nil {
		return Revision{}, err
	}
	if !ok {
		return Revision{}, ErrNoProposal
	}
	about.From = p.From
	files := p.Files
	if sure {
		files = p.Sure
	}
	r, err := t.AddRevision(p.Base, about, files)
	if err != nil {
		return Revision{}, err
	}
	if err := Decided.Put(t, key, r.ID); err != nil {
		return Revision{}, err
	}
	return r, Proposals.Drop(t, key)
}
