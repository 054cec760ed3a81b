package qa_test

import (
	"encoding/json"
	"testing"

	"factbot/internal/qa"
)

// TestConversationIsKept: a conversation that was written down and read again goes on as if it had not been.
func TestConversationIsKept(t *testing.T) {
	kept := 0
	for _, s := range sets(t) {
		e := world(t, s.world)
		talks := map[string]qa.Conversation{}
		for _, line := range s.lines {
			if line.Chat == "" {
				continue
			}
			was := talks[line.Chat]
			text, err := json.Marshal(was)
			if err != nil {
				t.Fatalf("%s: %v", line.ID, err)
			}
			var again qa.Conversation
			if err := json.Unmarshal(text, &again); err != nil {
				t.Fatalf("%s: %v\n%s", line.ID, err, text)
			}
			a, next := e.Answer(qa.Asked{Text: line.Text, Now: s.now, Prev: was})
			b, _ := e.Answer(qa.Asked{Text: line.Text, Now: s.now, Prev: again})
			if digest(a) != digest(b) {
				t.Errorf("%s %q: %s\nfrom the kept conversation: %s", line.ID, line.Text, digest(a), digest(b))
			}
			talks[line.Chat] = next
			kept++
		}
	}
	if kept < 100 {
		t.Errorf("only %d messages of conversations", kept)
	}
}
