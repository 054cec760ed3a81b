package state

import "time"

// Proposal is an update of the facts that waits to be confirmed: all files as they would be, and what they were made from. It is void when the facts have moved on.
type Proposal struct {
	Base  int64     `json:"base"`           // the revision that it was made from
	Who   int64     `json:"who,omitempty"`  // Telegram's id; 0: the command line
	From  string    `json:"from,omitempty"` // the name of the file that it came from
	At    time.Time `json:"at"`
	Files []File    `json:"files"`
}

// Proposals are kept by a key of their maker's, each for a week.
var Proposals = Kind[Proposal]{Name: "proposal", Keep: 7 * 24 * time.Hour}

// Apply makes a proposal the next revision, and forgets it, both or neither; ErrMoved where the facts have moved on.
func (t *Tx) Apply(key string, about About) (Revision, error) {
	p, ok, err := Proposals.Get(t, key)
	if err != nil {
		return Revision{}, err
	}
	if !ok {
		return Revision{}, ErrNoProposal
	}
	about.From = p.From
	r, err := t.AddRevision(p.Base, about, p.Files)
	if err != nil {
		return Revision{}, err
	}
	return r, Proposals.Drop(t, key)
}
