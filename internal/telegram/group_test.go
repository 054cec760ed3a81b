package telegram

import (
	"context"
	"slices"
	"strings"
	"testing"

	"factbot/internal/telegram/fakeapi"
)

const group = -1001234

func TestGroups(t *testing.T) {
	ours := fakeapi.Fields{"message_id": 3, "date": 1, "chat": fakeapi.Fields{"id": group, "type": "supergroup"},
		"from": fakeapi.Fields{"id": fakeapi.BotID, "is_bot": true, "first_name": "F"}, "text": "earlier"}
	theirs := fakeapi.Fields{"message_id": 4, "date": 1, "chat": fakeapi.Fields{"id": group, "type": "supergroup"},
		"from": person(2), "text": "earlier"}
	w := work(t, stub{})
	for _, c := range []struct {
		text string
		more fakeapi.Fields
		want string // empty: silence
	}{
		{"people talking", nil, ""},
		{"people talking to each other", fakeapi.Fields{"reply_to_message": theirs}, ""},
		{"a question for us", fakeapi.Fields{"reply_to_message": ours}, "a question for us"},
		{"@figures_bot exports 2020", nil, "exports 2020"},
		{"@Figures_BOT: exports 2020", nil, "exports 2020"},
		{"🙂 xuất khẩu @figures_bot 2020", nil, "🙂 xuất khẩu  2020"},
		{"@figures_bot", nil, "vi tg_ask"},
		{"@other_bot exports", nil, ""},
		{"/ask exports 2020", nil, "exports 2020"},
		{"/ask@figures_bot exports 2020", nil, "exports 2020"},
		{"/ask@FIGURES_bot", nil, "vi tg_ask"},
		{"/ask@other_bot exports 2020", nil, ""},
		{"/ask@other_bot exports 2020", fakeapi.Fields{"reply_to_message": ours}, ""},
		{"/weather", nil, ""},
		{"/weather@figures_bot", nil, "vi tg_unknown"},
		{"a bot talking to @figures_bot", fakeapi.Fields{"from": fakeapi.Fields{"id": 77, "is_bot": true, "first_name": "B"}}, ""},
		{"from the channel @figures_bot", fakeapi.Fields{"is_automatic_forward": true}, ""},
	} {
		before := len(w.api.Calls("sendMessage"))
		m := w.writeIn(group, 1, c.text, c.more)
		want := []string{"sentinel"}
		if c.want != "" {
			want = []string{c.want, "sentinel"}
		}
		w.writeIn(group, 1, "/ask sentinel", nil)
		got := w.calls(before+len(want), "sendMessage")[before:]
		equal(t, texts(got), want)
		reply := got[0].Params["reply_parameters"]
		if c.want != "" && (!strings.Contains(reply, `"allow_sending_without_reply":true`) || !strings.Contains(reply, id(m))) {
			t.Errorf("%q: reply parameters %s", c.text, reply)
		}
	}
}

func TestTopics(t *testing.T) {
	w := work(t, stub{})
	w.writeIn(group, 1, "/ask in a topic", fakeapi.Fields{"message_thread_id": 7, "is_topic_message": true})
	w.writeIn(group, 1, "/ask in a thread of replies", fakeapi.Fields{"message_thread_id": 8})
	calls := w.calls(2, "sendMessage")
	if a, b := calls[0].Params["message_thread_id"], calls[1].Params["message_thread_id"]; a != "7" || b != "" {
		t.Errorf("threads %q and %q", a, b)
	}
	w.api.CloseTopic(group, 9)
	w.writeIn(group, 1, "/ask in a topic that goes", fakeapi.Fields{"message_thread_id": 9, "is_topic_message": true})
	calls = w.calls(4, "sendMessage")
	if calls[2].OK() || !calls[3].OK() || calls[3].Params["message_thread_id"] != "" {
		t.Errorf("calls %+v", calls[2:])
	}
}

func TestGroupMoves(t *testing.T) {
	w := work(t, stub{})
	w.api.Fail(fakeapi.Fault{Method: "sendMessage", Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MovedTo: -1009})
	w.writeIn(-9, 1, "/ask where are we", nil)
	if calls := w.calls(2, "sendMessage"); calls[1].Chat != -1009 || !calls[1].OK() {
		t.Errorf("calls %+v", calls)
	}
}

func TestMembership(t *testing.T) {
	w := work(t, stub{})
	member := func(chat int64, was, is string) {
		status := func(s string) fakeapi.Fields {
			return fakeapi.Fields{"status": s, "user": fakeapi.Fields{"id": fakeapi.BotID, "is_bot": true, "first_name": "F"}}
		}
		kind := "supergroup"
		if chat > 0 {
			kind = "private"
		}
		w.api.Deliver("my_chat_member", fakeapi.Fields{"chat": fakeapi.Fields{"id": chat, "type": kind}, "from": person(1), "date": 1,
			"old_chat_member": status(was), "new_chat_member": status(is)})
	}
	member(group, "left", "member")
	w.sent(1)
	member(group, "member", "administrator")
	member(group, "administrator", "kicked")
	member(group, "left", "member")
	member(1, "member", "kicked")
	w.writeIn(group, 1, "/ask once more", nil) // not greeted again
	member(1, "kicked", "member")
	w.write(1, "the end")
	got := w.sent(3)
	slices.Sort(got) // two chats
	equal(t, got, []string{"once more", "the end", "vi tg_welcome map[Bot:figures_bot]"})
}

func TestBlocked(t *testing.T) {
	asked := make(chan string, 10)
	proceed := make(chan struct{})
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		asked <- q.Text
		<-proceed
		return Reply{Plain: q.Text}
	}})
	w.api.Block(1, true)
	w.write(1, "one")
	<-asked
	w.write(1, "two")
	w.write(2, "elsewhere") // admitted after "two"
	<-asked
	close(proceed)
	w.sent(2)
	w.api.Block(1, false)
	w.write(1, "three")
	w.sent(3)
	if got := <-asked; got != "three" {
		t.Errorf("asked %q though the chat was blocked", got)
	}
	for _, c := range w.api.Calls("sendMessage") {
		if c.Plain == "two" {
			t.Error("sent to a chat that had just refused")
		}
	}
}

func id(m fakeapi.Fields) string { return `"message_id":` + strings.TrimSpace(sprint(m["message_id"])) }
