package telegram

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"factbot/internal/state"
)

// followable answers with what can be followed.
func followable(_ context.Context, q Question) Reply {
	return Reply{Plain: "answer to " + q.Text + " in " + q.Area, Own: "#va_" + q.Text, Follow: true, Copy: "a copy"}
}

// subjects are what a person follows.
func (w *world) subjects(id int64) (list []string) {
	w.Helper()
	if err := memory(w, w.dir).Read(w.ctx, func(tx *state.Tx) (err error) {
		list, err = tx.Followed(number(id))
		return err
	}); err != nil {
		w.Fatal(err)
	}
	return list
}

// The bell begins to follow and ends it; the message shows which of the two comes next, with its other buttons as they were.
func TestBell(t *testing.T) {
	w := work(t, stub{answer: followable})
	w.write(1, "a")
	sent := w.calls(1, "sendMessage")[0]
	w.pressIt(sent, "🔔", person(1))
	turned := w.calls(1, "editMessageReplyMarkup")[0]
	if got := w.calls(1, "answerCallbackQuery")[0].Params["text"]; !strings.HasPrefix(got, "vi tg_followed ") || !strings.Contains(got, "name of va_a") {
		t.Errorf("said %q", got)
	}
	before, after := sent.Params["reply_markup"], turned.Params["reply_markup"]
	if !turned.OK() || strings.NewReplacer("🔔", "🔕", "1o=", "1x=").Replace(before) != after {
		t.Errorf("%d: before %s\nafter  %s", turned.Code, before, after)
	}
	w.writeIn(1, 1, "/theodoi", nil)
	list := w.calls(2, "sendMessage")[1]
	equal(t, w.subjects(1), []string{"subject va_a"})
	labels, _ := list.Buttons()
	equal(t, labels, []string{"name of va_a", "🔕"})
	w.pressIt(list, "🔕", person(1))
	w.calls(2, "editMessageReplyMarkup")
	w.writeIn(1, 1, "/theodoi", nil)
	if got := w.sent(3)[2]; got != "vi tg_follow_none" {
		t.Errorf("said %q", got)
	}
}

// In a group each person follows for themselves: the buttons, which all share, stay as they are.
func TestBellInGroup(t *testing.T) {
	w := work(t, stub{answer: followable})
	w.writeIn(-100, 1, "/ask a", nil)
	sent := w.calls(1, "sendMessage")[0]
	w.pressIt(sent, "🔔", person(2))
	if got := w.calls(1, "answerCallbackQuery")[0].Params["text"]; !strings.HasPrefix(got, "vi tg_followed_group") {
		t.Errorf("said %q", got)
	}
	w.writeIn(-100, 1, "/ask sentinel", nil)
	w.sent(2)
	if n := len(w.api.Calls("editMessageReplyMarkup")); n != 0 || !slices.Equal(w.subjects(2), []string{"subject va_a"}) || len(w.subjects(1)) != 0 {
		t.Errorf("%d edits, follows %q", n, w.subjects(2))
	}
}

// A forged code follows nothing and is answered politely; /quen ends all that a person follows.
func TestForgedBellAndForgetting(t *testing.T) {
	w := work(t, stub{answer: followable})
	w.write(1, "a")
	sent := w.calls(1, "sendMessage")[0]
	for n, data := range []string{"1o=nonsense", "1x=nonsense", "1o=project x", "1t=nowhere"} {
		w.api.Press(1, sent.Message, person(1), data, false)
		if got := w.calls(n+1, "answerCallbackQuery")[n].Params["text"]; got != "vi tg_expired" {
			t.Errorf("%s: said %q", data, got)
		}
	}
	w.pressIt(sent, "🔔", person(1))
	w.calls(1, "editMessageReplyMarkup")
	w.writeIn(1, 1, "/quen", nil)
	w.sent(2)
	w.write(1, "sentinel")
	w.sent(3)
	if list := w.subjects(1); len(list) != 0 {
		t.Errorf("still follows %q", list)
	}
}

// A notice goes out once, to a chat that takes it, also where the process that has it in hand is started anew.
func TestNoticeGoesOutOnce(t *testing.T) {
	w := work(t, stub{answer: followable})
	w.write(1, "a")
	w.sent(1)
	add := func(document string) {
		t.Helper()
		if err := memory(t, w.dir).Do(w.ctx, func(tx *state.Tx) error {
			_, err := tx.AddNotice(document, "1", time.Time{}, state.NoticeBody{Chat: 1, HTML: "🔔 <b>" + document + "</b>", Lang: "vi"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	add("one")
	add("one")
	b, err := w.prepare(stub{answer: followable})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		b.notifyOnce(w.ctx)
	}
	if got := w.sent(2); len(got) != 2 || got[1] != "🔔 one" {
		t.Errorf("sent %q", got)
	}
}
