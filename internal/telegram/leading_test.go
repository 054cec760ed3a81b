package telegram

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"factbot/internal/state"
	"factbot/internal/telegram/fakeapi"
)

// leading answers with a question that leads on, and says what it was asked.
func leading(_ context.Context, q Question) Reply {
	return Reply{
		Plain: "answer to " + q.Text, Own: "own " + q.Text, Copy: "copy of " + q.Text, Memory: Remembering(q.Text), Status: "answered",
		Next: []Button{{Label: "a short one", Ask: "next one"}, {Label: "another", Ask: "next two"}, {Label: "one with a label that is much too long", Ask: "next three"}},
	}
}

// The answer to a question that leads on takes the place of the message; from there one goes back.
func TestLeadingOnAndBack(t *testing.T) {
	w := work(t, stub{answer: leading})
	w.write(1, "first")
	sent := w.calls(1, "sendMessage")[0]
	labels, data := sent.Buttons()
	equal(t, labels, []string{"a short one", "another", "one with a label that is much too long", "📋", "👍", "👎"})
	press := func(label string, n int) fakeapi.Call {
		t.Helper()
		for i, l := range labels {
			if l == label {
				w.api.Press(1, sent.Message, person(1), data[i], false)
				c := w.calls(n, "editMessageText")[n-1]
				labels, data = c.Buttons()
				return c
			}
		}
		t.Fatalf("no button %q among %q", label, labels)
		return fakeapi.Call{}
	}
	if c := press("another", 1); c.Message != sent.Message || c.Plain != "answer to next two" {
		t.Errorf("led on to %q", c.Plain)
	}
	if c := press("↩", 2); c.Plain != "answer to own first" {
		t.Errorf("back at %q", c.Plain)
	}
	if strings.Contains(strings.Join(labels, " "), "↩") {
		t.Errorf("there is nothing to go back to: %q", labels)
	}
	if n := len(w.api.Calls("sendMessage")); n != 1 {
		t.Errorf("%d messages", n)
	}
}

// What is put on the clipboard goes out as such, and no other button has it.
func TestCopyButton(t *testing.T) {
	w := work(t, stub{answer: leading})
	w.write(1, "first")
	markup := w.calls(1, "sendMessage")[0].Params["reply_markup"]
	if strings.Count(markup, `"copy_text"`) != 1 || !strings.Contains(markup, `"copy_text":{"text":"copy of first"}`) {
		t.Errorf("markup %s", markup)
	}
}

// A judgement is kept without whoever gave it.
func TestJudged(t *testing.T) {
	w := work(t, stub{answer: leading})
	w.write(1, "first")
	sent := w.calls(1, "sendMessage")[0]
	_, data := sent.Buttons()
	w.api.Press(1, sent.Message, person(1), data[len(data)-1], false)
	if got := w.calls(1, "answerCallbackQuery")[0].Params["text"]; got != "vi tg_thanks" {
		t.Errorf("said %q", got)
	}
	w.write(1, "sentinel")
	w.sent(2)
	var judged []string
	s := memory(t, w.dir)
	if err := s.Read(w.ctx, func(tx *state.Tx) error {
		judged = nil
		return tx.Questions(tx.Now().AddDate(-1, 0, 0), statusDown, func(a state.Asked) error {
			judged = append(judged, a.Text)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	equal(t, judged, []string{"own first"})
}

// In any chat ready answers are offered while one types; nothing of it is kept.
func TestInline(t *testing.T) {
	w := work(t, stub{})
	w.api.Deliver("inline_query", fakeapi.Fields{"id": "q1", "from": person(1), "query": "xuất khẩu", "offset": ""})
	c := w.calls(1, "answerInlineQuery")[0]
	var results []struct {
		Type, ID, Title, Description string
		Content                      struct {
			Text string `json:"message_text"`
			Mode string `json:"parse_mode"`
		} `json:"input_message_content"`
	}
	if err := json.Unmarshal([]byte(c.Params["results"]), &results); err != nil || !c.OK() {
		t.Fatalf("%v: %+v", err, c)
	}
	if len(results) != 3 || results[0].Type != "article" || results[0].Title != "figure 0" || results[0].Description != "xuất khẩu" || results[0].Content.Text != "<b>xuất khẩu</b>: figure 0" || results[0].Content.Mode != "HTML" {
		t.Errorf("results %+v", results)
	}
	if c.Params["is_personal"] != "true" || c.Params["cache_time"] == "" || c.Params["cache_time"] == "0" {
		t.Errorf("cached %q, personal %q", c.Params["cache_time"], c.Params["is_personal"])
	}
}

// Pages are leafed through in place; a forged page is none.
func TestBrowse(t *testing.T) {
	w := work(t, stub{})
	w.write(1, "/duan")
	sent := w.calls(1, "sendMessage")[0]
	labels, data := sent.Buttons()
	equal(t, append([]string{sent.Plain}, labels...), []string{"vi projects 1", "open", "1/3", "▶"})
	w.api.Press(1, sent.Message, person(1), data[2], false)
	edit := w.calls(1, "editMessageText")[0]
	labels, _ = edit.Buttons()
	equal(t, append([]string{edit.Plain}, labels...), []string{"vi projects 2", "open", "◀", "2/3", "▶"})
	for _, forged := range []string{"1p=secrets:1", "1p=projects:x", "1p=projects", "1p=projects:99999999999999999999"} {
		w.api.Press(1, sent.Message, person(1), forged, false)
	}
	w.write(1, "/nguon")
	w.sent(2)
	if n := len(w.api.Calls("editMessageText")); n != 1 {
		t.Errorf("%d edits", n)
	}
}

// A link to an answer asks its question; anything else greets.
func TestLinked(t *testing.T) {
	w := work(t, stub{})
	w.write(1, "/start va_linked")
	w.write(1, "/start va_other")
	equal(t, w.sent(2), []string{"#va_linked", "vi tg_start"})
}

// What is remembered of a person is forgotten at once when they say so.
func TestForgotten(t *testing.T) {
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		return Reply{Plain: "after " + remembered(q) + " in " + q.Lang, Memory: Remembering(q.Text)}
	}})
	w.write(1, "/lang en")
	w.write(1, "one")
	w.write(1, "two")
	w.write(1, "/quen")
	w.write(1, "three")
	equal(t, w.sent(5), []string{"en tg_lang_set", "after  in en", `after "one" in en`, "en tg_forgotten", "after  in vi"})
}

// Where an answer takes long the chat says that the bot is typing.
func TestTyping(t *testing.T) {
	typing := make(chan struct{})
	w := work(t, stub{answer: func(context.Context, Question) Reply {
		<-typing
		return Reply{Plain: "at last"}
	}})
	w.write(1, "a long one")
	if c := w.calls(1, "sendChatAction")[0]; c.Chat != 1 || c.Params["action"] != "typing" || !c.OK() {
		t.Errorf("%+v", c)
	}
	close(typing)
	equal(t, w.sent(1), []string{"at last"})
}
