package telegram

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"factbot/internal/telegram/fakeapi"
)

func TestOneChatInOrder(t *testing.T) {
	w := work(t, stub{})
	var want []string
	for i := range 15 {
		text := fmt.Sprintf("question %d", i)
		w.write(7, text)
		want = append(want, text)
	}
	equal(t, w.sent(15), want)
}

func TestChatsSideBySide(t *testing.T) {
	other := make(chan struct{})
	w := work(t, stub{answer: func(ctx context.Context, q Question) Reply {
		if q.Chat == 1 {
			<-other // ends only when the other chat is answered
		} else {
			close(other)
		}
		return Reply{Plain: q.Text}
	}})
	w.write(1, "slow one")
	w.write(2, "quick one")
	got := w.sent(2)
	if len(got) != 2 {
		t.Errorf("got %q", got)
	}
}

func TestPanicStaysAlone(t *testing.T) {
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		if q.Text == "explosive" {
			panic("cannot bear explosive")
		}
		return Reply{Plain: q.Text}
	}})
	w.write(1, "before it")
	w.write(1, "explosive")
	w.write(1, "after it")
	equal(t, w.sent(3), []string{"before it", "vi tg_failed", "after it"})
	w.write(2, "somebody else")
	equal(t, w.sent(4)[3:], []string{"somebody else"})
	if log := w.log.String(); !strings.Contains(log, "panic while answering") || !strings.Contains(log, "chat_test.go") && !strings.Contains(log, "TestPanicStaysAlone") {
		t.Errorf("the log does not say where: %s", log)
	}
}

func TestBusy(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		if q.Text == "first" {
			close(begun)
			<-release
		}
		return Reply{Plain: q.Text}
	}}, func(c *Config) { c.Depth = 2 })
	w.write(1, "first")
	<-begun
	for i := range 6 {
		w.write(1, fmt.Sprintf("then %d", i))
	}
	equal(t, w.sent(1), []string{"vi tg_busy"})
	w.write(2, "other chat")
	equal(t, w.sent(2)[1:], []string{"other chat"})
	close(release)
	equal(t, w.sent(5)[2:], []string{"first", "then 0", "then 1"})
	w.write(1, "room again")
	equal(t, w.sent(6)[5:], []string{"room again"})
}

func TestReplayIsNotAnsweredAgain(t *testing.T) {
	w := work(t, stub{})
	m := fakeapi.Fields{"message_id": 900, "date": 1, "chat": fakeapi.Fields{"id": 5, "type": "private"}, "from": person(5), "text": "only once"}
	id := w.api.Deliver("message", m)
	w.sent(1)
	w.api.Replay(id, "message", m)
	w.write(5, "the next")
	equal(t, w.sent(2), []string{"only once", "the next"})
}

func TestQuestion(t *testing.T) {
	asked := make(chan Question, 10)
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		asked <- q
		return Reply{Plain: "ok", Lang: "vi"}
	}})
	for _, c := range []struct {
		chat int64
		from fakeapi.Fields
		more fakeapi.Fields
		want Question
	}{
		{1, fakeapi.Person(1, "vi"), nil, Question{Chat: 1, Person: 1, Text: "gdp", Lang: "vi"}},
		{2, fakeapi.Person(2, "pt-br"), nil, Question{Chat: 2, Person: 2, Text: "gdp", Lang: "en"}},
		{3, fakeapi.Person(3, ""), nil, Question{Chat: 3, Person: 3, Text: "gdp"}},
		{3, fakeapi.Person(3, ""), nil, Question{Chat: 3, Person: 3, Text: "gdp", Lang: "vi"}}, // answered in Vietnamese before
		{-100, fakeapi.Person(4, "en"), fakeapi.Fields{"text": "/ask gdp", "entities": []fakeapi.Fields{{"type": "bot_command", "offset": 0, "length": 4}}},
			Question{Chat: -100, Person: 4, Text: "gdp", Lang: "en", Group: true}},
		{-100, fakeapi.Fields{"id": 1087968824, "is_bot": true, "first_name": "Group"}, fakeapi.Fields{"text": "/ask gdp",
			"sender_chat": fakeapi.Fields{"id": -100, "type": "supergroup"}, "entities": []fakeapi.Fields{{"type": "bot_command", "offset": 0, "length": 4}}},
			Question{Chat: -100, Person: -100, Text: "gdp", Group: true}},
	} {
		sent := len(w.api.Calls("sendMessage"))
		w.api.Write(c.chat, c.from, "gdp", c.more)
		if got := <-asked; !reflect.DeepEqual(got, c.want) {
			t.Errorf("got  %+v\nwant %+v", got, c.want)
		}
		w.sent(sent + 1)
	}
}

func TestEdited(t *testing.T) {
	long := strings.Repeat("a long line of an answer\n", 250)
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		if strings.HasPrefix(q.Text, "long") {
			return Reply{HTML: q.Text + "\n" + long}
		}
		return Reply{HTML: q.Text}
	}})
	m := w.write(1, "short")
	w.sent(1)
	w.api.Edit(m, "shorter")
	edit := w.calls(1, "editMessageText")[0]
	if edit.Plain != "shorter" || edit.Message != w.api.Calls("sendMessage")[0].Message {
		t.Errorf("edited %+v", edit)
	}
	w.api.Edit(m, "long")
	w.calls(2, "editMessageText")
	w.sent(2) // the rest in a new message
	w.api.Edit(m, "short again")
	if gone := w.calls(1, "deleteMessage")[0]; gone.Message != w.api.Calls("sendMessage")[1].Message {
		t.Errorf("deleted %+v", gone)
	}
	w.api.Edit(m, "short again") // changes nothing: no call
	w.api.Forget(1, edit.Message)
	w.api.Edit(m, "after it was deleted")
	equal(t, w.sent(3)[2:], []string{"after it was deleted"})
	equal(t, texts(w.api.Calls("editMessageText"))[2:], []string{"short again", ""})
}

func TestEditOfWhatWasNotAnswered(t *testing.T) {
	w := work(t, stub{})
	unknown := fakeapi.Fields{"message_id": 500, "date": 1, "chat": fakeapi.Fields{"id": 1, "type": "private"}, "from": person(1)}
	w.api.Edit(unknown, "from before the start")
	command := w.write(1, "/privacy")
	w.sent(1)
	w.api.Edit(command, "/help")
	w.write(1, "the end")
	equal(t, w.sent(2), []string{"vi tg_privacy map[Questions:90 Talk:30]", "the end"})
	if edits := w.api.Calls("editMessageText"); len(edits) > 0 {
		t.Errorf("edited %v", edits)
	}
}

func TestNotText(t *testing.T) {
	w := work(t, stub{})
	photo := []fakeapi.Fields{{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}}
	for _, album := range []string{"", "A", "A", "A"} {
		more := fakeapi.Fields{"photo": photo, "caption": "what is this?"}
		if album != "" {
			more["media_group_id"] = album
		}
		w.writeIn(1, 1, "", more)
	}
	w.writeIn(1, 1, "", fakeapi.Fields{"pinned_message": fakeapi.Fields{"message_id": 1, "date": 1, "chat": fakeapi.Fields{"id": 1, "type": "private"}}})
	w.writeIn(-9, 1, "", fakeapi.Fields{"photo": photo})
	w.write(1, "the end")
	equal(t, w.sent(3), []string{"vi tg_not_text", "vi tg_not_text", "the end"})
}
