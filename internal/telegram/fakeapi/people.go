package fakeapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"unicode/utf16"
)

// Fields are fields of a message or update, as the API names them; they stand over those that are filled in by themselves.
type Fields map[string]any

// chatOf is a chat by its id: a person's above 0, else a supergroup.
func chatOf(id int64) map[string]any {
	if id > 0 {
		return map[string]any{"id": id, "type": "private", "first_name": fmt.Sprint("P", id)}
	}
	return map[string]any{"id": id, "type": "supergroup", "title": "Group"}
}

// Person is a user whose app speaks a language; empty: it says nothing of that.
func Person(id int64, code string) Fields {
	p := Fields{"id": id, "is_bot": false, "first_name": fmt.Sprint("P", id)}
	if code != "" {
		p["language_code"] = code
	}
	return p
}

var typed = regexp.MustCompile(`(^|\s)(/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?|@[A-Za-z0-9_]+)`)

// typedEntities are the commands and mentions in a text.
func typedEntities(text string) []Fields {
	var found []Fields
	for _, at := range typed.FindAllStringSubmatchIndex(text, -1) {
		word := text[at[4]:at[5]]
		kind := "mention"
		if word[0] == '/' {
			kind = "bot_command"
		}
		offset := len(utf16.Encode([]rune(text[:at[4]])))
		found = append(found, Fields{"type": kind, "offset": offset, "length": len(word)})
	}
	return found
}

// Deliver sends an update of a kind (message, callback_query …) and gives its id.
func (s *Server) Deliver(kind string, body any) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deliver(kind, body)
}

func (s *Server) deliver(kind string, body any) int64 {
	s.lastID++
	raw, err := json.Marshal(map[string]any{"update_id": s.lastID, kind: body})
	if err != nil {
		panic(err) // a test gave what JSON does not hold
	}
	s.updates = append(s.updates, update{s.lastID, kind, raw})
	s.change()
	return s.lastID
}

// Replay sends an update once more, under the id that it had, though it was confirmed.
func (s *Server) Replay(id int64, kind string, body any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	raw, err := json.Marshal(map[string]any{"update_id": id, kind: body})
	if err != nil {
		panic(err)
	}
	s.updates = append(s.updates, update{again, kind, raw})
	s.change()
}

// Write makes a person write a text in a chat, and gives the message as it stands in the update. More fields stand over the usual ones.
func (s *Server) Write(chat int64, person Fields, text string, more Fields) Fields {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := Fields{"message_id": s.nextID, "date": 1, "chat": chatOf(chat), "from": person, "text": text}
	if found := typedEntities(text); found != nil {
		m["entities"] = found
	}
	maps.Copy(m, more)
	if text == "" {
		delete(m, "text")
	}
	s.messages[place{chat, s.nextID}] = &message{text: text, raw: m}
	s.nextID++
	s.deliver("message", m)
	return m
}

// Edit makes the person who wrote a message change its text.
func (s *Server) Edit(m Fields, text string) {
	edited := maps.Clone(m)
	edited["text"], edited["edit_date"] = text, 2
	delete(edited, "entities")
	if found := typedEntities(text); found != nil {
		edited["entities"] = found
	}
	s.Deliver("edited_message", edited)
}

// Press makes a person press a button with callback data under a message of the bot, which may be too old to be seen, and gives the id of
// the query.
func (s *Server) Press(chat int64, id int, person Fields, data string, old bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	query := fmt.Sprint("q", s.lastID+1)
	s.presses[query] = false
	m := map[string]any{"chat": chatOf(chat), "message_id": id, "date": 0}
	if at := s.messages[place{chat, id}]; at != nil && !old {
		m = maps.Clone(at.raw)
	}
	s.deliver("callback_query", Fields{"id": query, "from": person, "chat_instance": "1", "message": m, "data": data})
	return query
}

// Forget makes a message unknown, as if it was deleted.
func (s *Server) Forget(chat int64, id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.messages, place{chat, id})
}

// Buttons are the labels of the buttons under a message that a call sent, with their callback data.
func (c Call) Buttons() (labels, data []string) {
	var markup struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	_ = json.NewDecoder(strings.NewReader(c.Params["reply_markup"])).Decode(&markup) // none: no buttons
	for _, row := range markup.Rows {
		for _, b := range row {
			labels, data = append(labels, b.Text), append(data, b.Data)
		}
	}
	return labels, data
}
