package state

import "sync"

// near is what this process keeps at hand of records beside an SQLite that it works with alone, so that a conversation that goes on is not read
// again and again. Another process that changes the state (bot restore) is noticed by the writer, which forgets all of it. Its methods may be called
// on nil, which keeps nothing.
type near struct {
	mu         sync.Mutex
	young, old map[string]nearby // old are those that were not used since young was begun
	epoch      int               // how often something was forgotten
}

// nearby is a record, or that there is none.
type nearby struct {
	value   any
	there   bool
	expires int64
}

// nearMost is how many records are young at most.
const nearMost = 8192

func newNear() *near { return &near{young: map[string]nearby{}} }

// get is what is known of a key, and the epoch that a look at the store begins in where nothing is.
func (n *near) get(key string) (r nearby, known bool, epoch int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if r, known = n.young[key]; !known {
		if r, known = n.old[key]; known {
			n.put(key, r)
		}
	}
	return r, known, n.epoch
}

// put keeps a record. The lock is held.
func (n *near) put(key string, r nearby) {
	if len(n.young) >= nearMost {
		n.young, n.old = map[string]nearby{}, n.young
		n.epoch++
	}
	n.young[key] = r
}

// found keeps what was read of the store. What was committed since that look began is newer and stays.
func (n *near) found(key string, r nearby, epoch int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, young := n.young[key]
	_, old := n.old[key]
	if !young && !old && n.epoch == epoch {
		n.put(key, r)
	}
}

// committed keeps what a transaction has changed, in the order of the transactions.
func (n *near) committed(changes []change) {
	if n == nil || len(changes) == 0 {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range changes {
		n.put(c.key, c.now)
	}
}

// forget forgets all.
func (n *near) forget() {
	if n == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.young, n.old = map[string]nearby{}, nil
	n.epoch++
}

// change is what a transaction makes of a record that is kept near.
type change struct {
	key string
	now nearby
}
