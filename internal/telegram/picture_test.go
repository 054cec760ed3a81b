package telegram

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"factbot/internal/telegram/fakeapi"
)

// drawable answers with what can be drawn.
func drawable(_ context.Context, q Question) Reply {
	return Reply{Plain: "answer to " + q.Text, Own: q.Text, Drawn: true, Draw: strings.HasPrefix(q.Text, "draw it")}
}

// pressIt presses the button of a label under a message, as a person.
func (w *world) pressIt(c fakeapi.Call, label string, who fakeapi.Fields) {
	w.Helper()
	labels, data := c.Buttons()
	for i, l := range labels {
		if l == label {
			w.api.Press(c.Chat, c.Message, who, data[i], false)
			return
		}
	}
	w.Fatalf("no button %q among %q", label, labels)
}

// A picture is drawn once; afterwards it goes out by the id that Telegram knows it by, as a photo and as a file, also after a restart.
func TestPictureIsDrawnOnce(t *testing.T) {
	var drawn atomic.Int64
	w := work(t, stub{answer: drawable, drawn: &drawn})
	w.write(1, "draw a")
	sent := w.calls(1, "sendMessage")[0]
	w.pressIt(sent, "📈", person(1))
	w.calls(1, "sendPhoto")
	w.pressIt(sent, "📈", person(1))
	photos := w.calls(2, "sendPhoto")
	if photos[0].Params["photo"] != "uploaded photo-1" || photos[1].Params["photo"] != "photo-1" || !photos[1].OK() || drawn.Load() != 1 {
		t.Errorf("sent %q, %q, drawn %d times", photos[0].Params["photo"], photos[1].Params["photo"], drawn.Load())
	}
	w.pressIt(photos[0], "📎 PNG", person(1))
	if file := w.calls(1, "sendDocument")[0]; !file.OK() || file.Params["document"] != "uploaded document-2" {
		t.Errorf("the file is %v", file)
	}
	w.stop()
	if err := w.ended(); err != nil {
		t.Fatal(err)
	}
	w.begin(stub{answer: drawable, drawn: &drawn})
	w.pressIt(sent, "📈", person(1))
	if again := w.calls(3, "sendPhoto")[2]; again.Params["photo"] != "photo-1" || drawn.Load() != 2 { // the second was the file
		t.Errorf("after a restart %q, drawn %d times", again.Params["photo"], drawn.Load())
	}
}

// A picture that Telegram has forgotten is drawn anew.
func TestForgottenPictureIsDrawnAnew(t *testing.T) {
	w := work(t, stub{answer: drawable})
	w.write(1, "draw a")
	sent := w.calls(1, "sendMessage")[0]
	w.pressIt(sent, "📈", person(1))
	w.calls(1, "sendPhoto")
	w.api.ForgetFiles()
	w.pressIt(sent, "📈", person(1))
	photos := w.calls(3, "sendPhoto")
	if photos[1].OK() || !photos[2].OK() || !strings.HasPrefix(photos[2].Params["photo"], "uploaded") {
		t.Errorf("sent %v", photos)
	}
}

// A question that asks for a picture gets the answer and the picture, in this order; a command the picture alone.
func TestPictureAskedFor(t *testing.T) {
	w := work(t, stub{answer: drawable})
	w.write(1, "draw it")
	calls := w.calls(2, "sendMessage", "sendPhoto")
	if calls[0].Method != "sendMessage" || calls[1].Method != "sendPhoto" {
		t.Errorf("sent %s, then %s", calls[0].Method, calls[1].Method)
	}
	if labels, _ := calls[0].Buttons(); strings.Contains(strings.Join(labels, ""), "📈") {
		t.Errorf("offered again: %q", labels)
	}
	w.writeIn(1, 1, "/bieudo draw b", nil)
	if photos := w.calls(2, "sendPhoto"); !photos[1].OK() || len(w.api.Calls("sendMessage")) != 1 {
		t.Errorf("sent %v", photos)
	}
}

// What cannot be drawn is said, and so is what should have been and was not.
func TestNoPicture(t *testing.T) {
	w := work(t, stub{answer: drawable})
	w.write(1, "nothing to see")
	w.pressIt(w.calls(1, "sendMessage")[0], "📈", person(1))
	w.writeIn(1, 1, "/bieudo draw nothing", nil)
	w.writeIn(1, 1, "/chart", nil)
	equal(t, w.sent(4)[1:], []string{"vi tg_no_picture", "vi tg_failed", "vi tg_ask"})
	if n := len(w.api.Calls("sendPhoto")); n != 0 {
		t.Errorf("%d photos", n)
	}
}

// Where an answer comes with its picture and the picture cannot be sent, the answer does not come twice.
func TestPictureThatCannotBeSent(t *testing.T) {
	w := work(t, stub{answer: drawable})
	w.api.Fail(fakeapi.Fault{Method: "sendPhoto", Code: 429, RetryAfter: 7200})
	w.write(1, "draw it")
	w.calls(1, "sendPhoto")
	w.stop()
	if err := w.ended(); err != nil {
		t.Fatal(err)
	}
	if log := w.log.String(); !strings.Contains(log, "method=sendPhoto") || strings.Contains(log, "stays open") {
		t.Errorf("the question is asked again:\n%s", log)
	}
	equal(t, w.sent(1), []string{"answer to draw it"})
}
