package desk

import (
	"fmt"
	"testing"
	"time"

	"factbot/internal/qa"
)

func TestChats(t *testing.T) {
	now := time.Date(2021, 1, 15, 8, 0, 0, 0, time.UTC)
	c := newChats(2, 30*time.Minute, func() time.Time { return now })
	remember := func(op qa.Op) qa.Conversation { return qa.Conversation{Last: []qa.Query{{Op: op}}} }
	recalls := func(key string) qa.Op {
		if last := c.get(key).Last; len(last) == 1 {
			return last[0].Op
		}
		return ""
	}

	c.put("a", remember(qa.Value))
	c.put("b", remember(qa.Growth))
	c.put("a", remember(qa.Gap))
	if recalls("a") != qa.Gap || recalls("b") != qa.Growth {
		t.Errorf("a recalls %q, b %q; want gap, growth", recalls("a"), recalls("b"))
	}
	c.put("c", remember(qa.Pace))
	if recalls("b") != "" || recalls("a") != qa.Gap {
		t.Error("with room for two, the one that rested longest stays")
	}
	now = now.Add(30 * time.Minute)
	if recalls("a") != qa.Gap {
		t.Error("forgotten before the time")
	}
	c.put("a", remember(qa.Share))
	now = now.Add(30*time.Minute + time.Second)
	if recalls("a") != "" || recalls("c") != "" {
		t.Error("remembered longer than a conversation lasts")
	}
	c.put("a", remember(qa.Value))
	c.forget("a")
	if recalls("a") != "" {
		t.Error("remembered after it was to be forgotten")
	}
	for i := range 1000 {
		c.put(fmt.Sprint(i), remember(qa.Value))
	}
	if len(c.byKey) != 2 || c.order.Len() != 2 {
		t.Errorf("%d chats in the map, %d in the list; want 2", len(c.byKey), c.order.Len())
	}
}
