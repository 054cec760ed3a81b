package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"factbot/internal/telegram/fakeapi"
)

// docs/tour.md is a run of the bot, written down: make tour. A test run plays it again and wants the same page.
func TestTour(t *testing.T) {
	const page = "../../docs/tour.md"
	tour := play(t)
	if *updateGolden {
		if err := os.WriteFile(page, []byte(tour), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != tour {
		t.Errorf("the bot says something else than %s; make tour writes it anew.\n%s", page, firstDifference(string(want), tour))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d\nwant %s\ngot  %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("%d lines, %d now", len(w), len(g))
}

// guide plays people and writes down what they see.
type guide struct {
	*testing.T
	api   *fakeapi.Server
	ctx   context.Context
	page  strings.Builder
	seen  int            // calls written down
	last  fakeapi.Call   // the last message with buttons
	typed fakeapi.Fields // the last message of a person
}

// The people of the tour, and the chat in which two of them are.
const (
	lan   = int64(1001) // an official
	minh  = int64(1002) // a reporter, whose phone is in English
	group = int64(-1001000000001)
)

var languages = map[int64]string{lan: "vi", minh: "en"}
var names = map[int64]string{lan: "Lan", minh: "Minh"}

func person(id int64) fakeapi.Fields {
	p := fakeapi.Person(id, languages[id])
	p["first_name"] = names[id]
	return p
}

// visible are the calls that people see something of.
func (g *guide) visible() []fakeapi.Call {
	var list []fakeapi.Call
	for _, c := range g.api.Calls("sendMessage", "editMessageText", "editMessageReplyMarkup", "sendPhoto", "sendDocument", "answerCallbackQuery", "answerInlineQuery") {
		if c.Method != "answerCallbackQuery" || c.Params["text"] != "" {
			list = append(list, c)
		}
	}
	return list
}

// then writes down the next n things that are seen.
func (g *guide) then(n int) {
	g.Helper()
	if err := g.api.Await(g.ctx, func() bool { return len(g.visible()) >= g.seen+n }); err != nil {
		g.Fatalf("%v; the page so far:\n%s", err, g.page.String())
	}
	for _, c := range g.visible()[g.seen : g.seen+n] {
		g.seen++
		if !c.OK() {
			g.Fatalf("refused: %s %v", c.Error, c.Params)
		}
		g.show(c)
	}
}

// show writes down one thing that is seen.
func (g *guide) show(c fakeapi.Call) {
	g.Helper()
	switch c.Method {
	case "answerCallbackQuery":
		g.quote("*" + c.Params["text"] + "*")
		g.page.WriteString("\n")
		return
	case "answerInlineQuery":
		var results []struct{ Title, Description string }
		if err := json.Unmarshal([]byte(c.Params["results"]), &results); err != nil {
			g.Fatal(err)
		}
		for _, r := range results[:min(len(results), 3)] {
			g.quote("**" + r.Title + "** – " + r.Description)
		}
		g.page.WriteString("\n")
		return
	case "sendPhoto":
		g.quote("🖼 a picture")
	case "sendDocument":
		g.quote("📎 the same picture as a file, as it was drawn")
	case "editMessageReplyMarkup":
		c.Plain = ""
	default:
		g.quote(strings.Split(c.Plain, "\n")...)
	}
	if labels, _ := c.Buttons(); len(labels) > 0 {
		g.last = c
		var shown []string
		for _, l := range labels {
			shown = append(shown, "`"+l+"`")
		}
		g.quote("", strings.Join(shown, " "))
	}
	g.page.WriteString("\n")
}

func (g *guide) quote(lines ...string) {
	for _, l := range lines {
		fmt.Fprintf(&g.page, "> %s  \n", strings.TrimSpace(l))
	}
}

// chapter begins a part of the tour.
func (g *guide) chapter(title string, lines ...string) {
	fmt.Fprintf(&g.page, "## %s\n\n", title)
	if len(lines) > 0 {
		fmt.Fprintf(&g.page, "%s\n\n", strings.Join(lines, "\n"))
	}
}

// writes makes a person write, in their own chat or another, and shows the n things that come of it.
func (g *guide) writes(who, chat int64, text string, n int, more fakeapi.Fields) {
	g.Helper()
	said := text
	if said == "" {
		said = "🎤 *a voice message*"
	}
	fmt.Fprintf(&g.page, "**%s:** %s\n\n", names[who], said)
	g.typed = g.api.Write(chat, person(who), text, more)
	g.then(n)
}

func (g *guide) asks(text string, n int) { g.Helper(); g.writes(lan, lan, text, n, nil) }

// presses makes a person press the button of a label under the last message that has buttons.
func (g *guide) presses(who int64, label string, n int) {
	g.Helper()
	labels, data := g.last.Buttons()
	for i, l := range labels {
		if strings.HasPrefix(l, label) && data[i] != "" {
			fmt.Fprintf(&g.page, "**%s presses** `%s`\n\n", names[who], l)
			g.api.Press(g.last.Chat, g.last.Message, person(who), data[i], false)
			g.then(n)
			return
		}
	}
	g.Fatalf("no button %q among %q", label, labels)
}

// play is the tour.
func play(t *testing.T) string {
	api := fakeapi.New()
	t.Cleanup(api.Close)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	data := t.TempDir()
	servingFrom(t, api, "", "text", data)
	g := &guide{T: t, api: api, ctx: ctx}
	g.page.WriteString("# A tour of the bot\n\nA run of the bot over the facts that it comes with, written down by `make tour`; a test holds the page to what the bot says.\n" +
		"Quoted is what the bot shows; under a message stand its buttons, `like this`; what it says for a moment on top of the chat is *slanted*.\n\n")

	g.chapter("Asking")
	g.asks("/start", 1)
	g.asks("xuất khẩu 2020 đạt bao nhiêu % KH?", 1)
	g.asks("con ban le", 1)
	g.asks("nhập khẩu 2020", 1)

	g.chapter("Buttons that lead on", "The answer to a button takes the place of the message; `↩` goes back. `📋` puts the sentence with its source on the clipboard.")
	g.asks("xuất khẩu 2020", 1)
	g.presses(lan, "Kế hoạch năm 2021", 1)
	g.presses(lan, "↩", 1)
	g.presses(lan, "👍", 1)

	g.chapter("Pictures", "Drawn once, then sent again by the id that Telegram knows it by. This one is", "![Tổng kim ngạch xuất khẩu](charts/plan-and-realised.vi.png)")
	g.presses(lan, "📈", 1)
	g.presses(lan, "📎", 1)
	g.asks("vẽ biểu đồ các chỉ tiêu năm 2020 đạt bao nhiêu % kế hoạch", 2)

	g.chapter("Browsing")
	g.asks("/chitieu", 1)
	g.asks("/duan", 1)
	g.presses(lan, "▶", 1)
	g.asks("/nguon", 1)
	g.asks("/sosanh", 1)

	g.chapter("In any chat", "Typed behind the bot's name, in whatever chat; the first three that are offered:")
	fmt.Fprintf(&g.page, "**Minh types** `@%s exports 2020`\n\n", fakeapi.BotName)
	api.Deliver("inline_query", fakeapi.Fields{"id": "i1", "from": person(minh), "query": "exports 2020", "offset": ""})
	g.then(1)

	g.chapter("In a group", "It answers what is addressed to it: commands, mentions, replies. Each person has a conversation of their own.")
	api.Deliver("my_chat_member", fakeapi.Fields{"chat": fakeapi.Fields{"id": group, "type": "supergroup", "title": "Phòng Tổng hợp"}, "from": person(lan), "date": 1,
		"old_chat_member": fakeapi.Fields{"status": "left", "user": fakeapi.Fields{"id": fakeapi.BotID, "is_bot": true, "first_name": "F"}},
		"new_chat_member": fakeapi.Fields{"status": "member", "user": fakeapi.Fields{"id": fakeapi.BotID, "is_bot": true, "first_name": "F"}}})
	g.then(1)
	g.writes(lan, group, "@"+fakeapi.BotName+" bán lẻ 2020", 1, nil)
	g.writes(minh, group, "/ask exports 2021", 1, nil)

	g.chapter("Corrected questions", "A question that is edited has its answer corrected in its place.")
	g.asks("xuất khẩu 2021 là bao nhiêu?", 1)
	fmt.Fprintf(&g.page, "**Lan changes it to:** bán lẻ 2021 là bao nhiêu?\n\n")
	api.Edit(g.typed, "bán lẻ 2021 là bao nhiêu?")
	g.then(1)
	g.writes(lan, lan, "", 1, fakeapi.Fields{"voice": fakeapi.Fields{"file_id": "v", "file_unique_id": "v", "duration": 3}})

	g.chapter("Two languages", "The question's own; where it shows none, the person's choice, then the language of their phone.")
	g.writes(minh, minh, "What share of the plan did retail sales reach in 2020?", 1, nil)
	g.writes(minh, minh, "/lang", 1, nil)
	g.presses(minh, "Tiếng Việt", 1)
	g.writes(minh, minh, "/lang en", 1, nil)
	g.writes(minh, minh, "/tinh", 1, nil)

	g.chapter("Following", "`🔔` under an answer: one is told when a document brings something new.")
	g.asks("xuất khẩu 2020", 1)
	g.presses(lan, "🔔", 2)
	g.asks("/theodoi", 1)
	g.page.WriteString("*A report with the final figure for 2020 is published (`bot publish`).*\n\n")
	publishReport(t, data)
	g.then(1)
	g.asks("xuất khẩu 2020", 1)

	g.chapter("What is kept")
	g.asks("/privacy", 1)
	g.asks("/quen", 1)
	g.asks("/theodoi", 1)
	return strings.TrimSpace(g.page.String()) + "\n"
}

// publishReport publishes the shipped facts with one more report.
func publishReport(t *testing.T, data string) {
	t.Helper()
	dir := t.TempDir()
	_, files := with(t, map[string]string{"documents/bc.yaml": report})
	for _, f := range files {
		at := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var errors bytes.Buffer
	if status := run([]string{"publish", "--facts", dir, "--data", data}, nil, io.Discard, &errors, func(string) string { return "" }); status != 0 {
		t.Fatalf("status %d: %s", status, errors.String())
	}
}
