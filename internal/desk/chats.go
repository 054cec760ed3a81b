package desk

import (
	"container/list"
	"sync"
	"time"

	"factbot/internal/qa"
)

// chats keeps the conversations of chats: each until it has rested for idle, and never more than limit of them, the one that rested
// longest going first.
type chats struct {
	limit int
	idle  time.Duration
	clock func() time.Time

	mu    sync.Mutex
	byKey map[string]*list.Element // of *chat
	order list.List                // the one asked last in front
}

type chat struct {
	key          string
	conversation qa.Conversation
	asked        time.Time
}

func newChats(limit int, idle time.Duration, clock func() time.Time) *chats {
	return &chats{limit: limit, idle: idle, clock: clock, byKey: map[string]*list.Element{}}
}

// get is what a chat remembers; a new conversation where it remembers nothing.
func (c *chats) get(key string) qa.Conversation {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return qa.Conversation{}
	}
	ch := e.Value.(*chat)
	if c.clock().Sub(ch.asked) > c.idle {
		c.drop(e)
		return qa.Conversation{}
	}
	return ch.conversation
}

// put is what the chat remembers from now on.
func (c *chats) put(key string, conversation qa.Conversation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.drop(e)
	}
	c.byKey[key] = c.order.PushFront(&chat{key, conversation, c.clock()})
	for c.order.Len() > c.limit {
		c.drop(c.order.Back())
	}
}

// forget ends a chat's conversation.
func (c *chats) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.drop(e)
	}
}

func (c *chats) drop(e *list.Element) {
	c.order.Remove(e)
	delete(c.byKey, e.Value.(*chat).key)
}
