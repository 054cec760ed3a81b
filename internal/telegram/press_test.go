package telegram

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"factbot/internal/telegram/fakeapi"
)

const longQuestion = "tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng năm 2020 đạt bao nhiêu phần trăm kế hoạch?"

func TestExamplesAreButtons(t *testing.T) {
	w := work(t, stub{examples: []string{"exports 2020", longQuestion, "three", "four", "five"}})
	w.write(1, "/start")
	start := w.calls(1, "sendMessage")[0]
	labels, data := start.Buttons()
	if len(labels) != shownExamples || labels[0] != "exports 2020" || !strings.HasPrefix(labels[1], "tổng mức bán lẻ") {
		t.Fatalf("buttons %q", labels)
	}
	for _, d := range data[:2] {
		w.api.Press(1, start.Message, person(1), d, false)
	}
	equal(t, w.sent(3)[1:], []string{"exports 2020", longQuestion})
	w.api.Press(1, start.Message, person(1), data[1], true) // too old to be seen
	equal(t, w.sent(4)[3:], []string{longQuestion})
	if got := w.calls(3, "answerCallbackQuery"); got[0].Params["text"] != "" {
		t.Errorf("answered with %q", got[0].Params["text"])
	}
	if n := len(w.api.Calls("editMessageText")); n != 0 {
		t.Errorf("the greeting was edited %d times", n)
	}
}

// A bot that has just started knows the examples' buttons of the one before it.
func TestExamplesOutliveTheBot(t *testing.T) {
	w := work(t, stub{examples: []string{longQuestion}})
	w.api.Press(1, 50, person(1), pressed{what: pressAsk, key: true, text: questionKey(longQuestion)}.data(), true)
	equal(t, w.sent(1), []string{longQuestion})
}

func TestAnsweredFirst(t *testing.T) {
	begun, release := make(chan struct{}, 9), make(chan struct{})
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		begun <- struct{}{}
		<-release
		return Reply{Plain: q.Text}
	}})
	w.write(1, "slow question")
	<-begun
	w.api.Press(1, 50, person(1), "1a=pressed behind it", true)
	w.calls(1, "answerCallbackQuery") // though the chat's line stands still
	if n := len(w.api.Calls("sendMessage")); n != 0 {
		t.Fatalf("%d messages", n)
	}
	close(release)
	equal(t, w.sent(2), []string{"slow question", "pressed behind it"})
}

func TestButtonsThatAreNoLonger(t *testing.T) {
	w := work(t, stub{})
	for _, data := range []string{"", "1", "1a", "1a=", "2a=question", "xa=question", "1x=question", "1a!question", "1a#unknownkey12", "1a#short",
		"1l=fr", "1l#unknownkey12", "1a=\xff\xfe"} {
		before := len(w.api.Calls("answerCallbackQuery"))
		w.api.Press(1, 50, person(1), data, true)
		if got := w.calls(before+1, "answerCallbackQuery")[before].Params["text"]; got != "vi tg_expired" {
			// JSON puts a replacement character for what is not UTF-8
			if data != "1a=\xff\xfe" {
				t.Errorf("%q is answered with %q", data, got)
			}
		}
	}
}

func TestChoice(t *testing.T) {
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		if q.Text == "industry?" {
			return Reply{HTML: "Which?", Choice: true, Buttons: [][]Button{{{Label: "Value", Ask: "value of industry"}, {Label: "Index", Ask: "index of industry"}}}}
		}
		return Reply{HTML: q.Text}
	}})
	w.write(1, "industry?")
	which := w.calls(1, "sendMessage")[0]
	_, data := which.Buttons()
	w.api.Press(1, which.Message, person(1), data[1], false)
	edit := w.calls(1, "editMessageText")[0]
	if edit.Message != which.Message || edit.Plain != "index of industry" || edit.Params["reply_markup"] != "" {
		t.Errorf("edited %+v", edit)
	}
	w.api.Press(1, which.Message, person(1), data[1], false) // once more, from a screen that shows the old message
	w.api.Press(1, which.Message, person(1), data[0], true)
	equal(t, w.sent(2)[1:], []string{"value of industry"})
	if n := len(w.api.Calls("editMessageText")); n != 1 {
		t.Errorf("%d edits, though the second would change nothing", n)
	}
}

func TestChoiceOfAnother(t *testing.T) {
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		return Reply{HTML: "Which? " + q.Text, Choice: true, Buttons: [][]Button{{{Label: "Value", Ask: "value of industry"}}}}
	}})
	w.writeIn(group, 1, "/ask industry?", nil)
	which := w.calls(1, "sendMessage")[0]
	_, data := which.Buttons()
	w.api.Press(group, which.Message, person(2), data[0], false)
	if got := w.calls(1, "answerCallbackQuery")[0].Params["text"]; got != "vi tg_not_yours" {
		t.Errorf("answered with %q", got)
	}
	w.api.Press(group, which.Message, person(1), data[0], false)
	if got := w.calls(2, "answerCallbackQuery")[1].Params["text"]; got != "" {
		t.Errorf("answered with %q", got)
	}
	w.calls(1, "editMessageText")
}

func TestLanguage(t *testing.T) {
	w := work(t, stub{})
	w.write(1, "/lang")
	choice := w.calls(1, "sendMessage")[0]
	labels, data := choice.Buttons()
	equal(t, labels, []string{"vi tg_lang_name", "en tg_lang_name"})
	w.api.Press(1, choice.Message, person(1), data[1], false)
	if edit := w.calls(1, "editMessageText")[0]; edit.Plain != "en tg_lang_set" || edit.Params["reply_markup"] != "" {
		t.Errorf("edited %+v", edit)
	}
	w.write(1, "/privacy")
	w.write(1, "/settings VI")
	w.write(1, "/privacy")
	equal(t, w.sent(4)[1:], []string{"en tg_privacy map[Questions:90 Talk:30]", "vi tg_lang_set", "vi tg_privacy map[Questions:90 Talk:30]"})
	w.api.Press(group, choice.Message, person(1), data[1], true)
	if got := w.calls(2, "answerCallbackQuery")[1].Params["text"]; got != "en tg_lang_set" {
		t.Errorf("answered with %q", got)
	}
}

func TestCommands(t *testing.T) {
	for _, c := range []struct{ code, text, want string }{
		{"vi", "/start", "vi tg_start"},
		{"vi-VN", "/START", "vi tg_start"},
		{"en", "/start ref_42", "en tg_start"},
		{"de", "/start@figures_bot", "en tg_start"},
		{"", "/start", "en tg_start"},
		{"vi", "/help", "vi tg_help map[Examples:• exports 2020]"},
		{"vi", "/privacy now", "vi tg_privacy map[Questions:90 Talk:30]"},
		{"vi", "/startle", "vi tg_unknown"},
		{"en", "/nosuchcommand", "en tg_unknown"},
		{"vi", "/ask", "vi tg_ask"},
		{"vi", "/ask  exports 2021 ", "exports 2021"},
		{"vi", "exports /help", "exports /help"},
	} {
		t.Run(c.code+c.text, func(t *testing.T) {
			w := work(t, stub{examples: []string{"exports 2020"}})
			w.api.Write(1, fakeapi.Person(1, c.code), c.text, nil)
			call := w.calls(1, "sendMessage")[0]
			equal(t, []string{call.Plain}, []string{c.want})
			if c.text == "/ask" && !strings.Contains(call.Params["reply_markup"], `"force_reply":true`) {
				t.Errorf("reply markup %s", call.Params["reply_markup"])
			}
			if !strings.Contains(call.Params["link_preview_options"], `"is_disabled":true`) {
				t.Error("with a link preview")
			}
		})
	}
}

func FuzzCallbackData(f *testing.F) {
	f.Add("xuất khẩu 2020")
	f.Add(longQuestion)
	f.Add("1a#")
	b := bare(f)
	f.Fuzz(func(t *testing.T, text string) {
		readPressed(text)
		if text == "" || !utf8.ValidString(text) {
			return
		}
		p0 := place{turn: &turn{}}
		data := b.askData(p0, pressChoice, text)
		b.settle(t.Context(), p0.turn)
		if len(data) > maxData {
			t.Fatalf("%d bytes", len(data))
		}
		p, ok := readPressed(data)
		if !ok || p.what != pressChoice {
			t.Fatalf("%q is not read back", data)
		}
		if got, ok := b.questionOf(t.Context(), p); !ok || got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
