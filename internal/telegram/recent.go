package telegram

import (
	"container/list"
	"sync"
)

// recent keeps the last limit values by key; the one that rested longest goes first. It is safe for use by many goroutines.
type recent[K comparable, V any] struct {
	limit int
	mu    sync.Mutex
	byKey map[K]*list.Element // of kept[K, V]
	order list.List           // the last used in front
}

type kept[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](limit int) *recent[K, V] {
	return &recent[K, V]{limit: limit, byKey: map[K]*list.Element{}}
}

// get is the value of a key.
func (r *recent[K, V]) get(key K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.byKey[key]
	if !ok {
		var none V
		return none, false
	}
	r.order.MoveToFront(e)
	return e.Value.(kept[K, V]).value, true
}

// put keeps a value and reports whether the key is new.
func (r *recent[K, V]) put(key K, value V) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.byKey[key]; ok {
		e.Value = kept[K, V]{key, value}
		r.order.MoveToFront(e)
		return false
	}
	r.byKey[key] = r.order.PushFront(kept[K, V]{key, value})
	if r.order.Len() > r.limit {
		r.remove(r.order.Back())
	}
	return true
}

// drop forgets a key.
func (r *recent[K, V]) drop(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e, ok := r.byKey[key]; ok {
		r.remove(e)
	}
}

func (r *recent[K, V]) remove(e *list.Element) {
	r.order.Remove(e)
	delete(r.byKey, e.Value.(kept[K, V]).key)
}
