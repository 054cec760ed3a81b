package telegram

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"factbot/internal/telegram/fakeapi"
)

func TestCallsMadeAgain(t *testing.T) {
	const method = "sendMessage"
	for _, c := range []struct {
		name  string
		fault fakeapi.Fault
		calls int
		sent  bool
	}{
		{"server error", fakeapi.Fault{Code: 500, Description: "Internal Server Error"}, 2, true},
		{"proxy page, twice", fakeapi.Fault{Code: 502, Page: true, Times: 2}, 3, true},
		{"broken connection", fakeapi.Fault{}, 2, true},
		{"server error for long", fakeapi.Fault{Code: 500, Times: 6}, 7, true},
		{"refused", fakeapi.Fault{Code: 400, Description: "Bad Request: something"}, 1, false},
		{"chat gone", fakeapi.Fault{Code: 400, Description: "Bad Request: chat not found"}, 1, false},
		{"forbidden", fakeapi.Fault{Code: 403, Description: "Forbidden: bot was blocked by the user"}, 1, false},
		{"flood", fakeapi.Fault{Code: 429, Description: "Too Many Requests: retry after 7", RetryAfter: 7}, 2, true},
		{"flood for hours", fakeapi.Fault{Code: 429, RetryAfter: 7200}, 1, false},
		{"flood again and again", fakeapi.Fault{Code: 429, RetryAfter: 25, Times: 9}, 3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := work(t, stub{})
			w.calls(2, "setMyShortDescription") // the last of the start
			c.fault.Method = method
			w.api.Fail(c.fault)
			w.write(1, "one question")
			w.calls(c.calls, method)
			w.write(2, "sentinel")
			calls := w.calls(c.calls+1, method)
			if got := calls[c.calls-1].OK(); got != c.sent {
				t.Errorf("sent: %t, want %t", got, c.sent)
			}
			waits := w.waited()
			if c.fault.RetryAfter == 7 && !slices.Contains(waits, 7*time.Second) {
				t.Errorf("waited %v, not 7 s", waits)
			}
			if c.fault.RetryAfter > 60 && len(waits) > 0 {
				t.Errorf("waited %v", waits)
			}
		})
	}
}

func TestLongReply(t *testing.T) {
	paragraph := "<b>Heading</b>\n" + strings.Repeat("một hàng số liệu &amp; nguồn\n", 40) + "\n"
	w := work(t, stub{answer: func(context.Context, Question) Reply {
		return Reply{HTML: strings.Repeat(paragraph, 9), Buttons: [][]Button{{{Label: "More", Ask: "more"}}}}
	}})
	w.writeIn(group, 1, "/ask everything", nil)
	calls := w.calls(3, "sendMessage")
	for i, c := range calls {
		if !c.OK() || !strings.HasPrefix(c.Plain, "Heading") || !strings.HasSuffix(c.Plain, "nguồn") {
			t.Errorf("part %d is not whole paragraphs: %s … %d", i, c.Error, len(c.Plain))
		}
		if (c.Params["reply_markup"] != "") != (i == len(calls)-1) {
			t.Errorf("part %d: buttons %q", i, c.Params["reply_markup"])
		}
		if (c.Params["reply_parameters"] != "") != (i == 0) {
			t.Errorf("part %d: reply %q", i, c.Params["reply_parameters"])
		}
	}
}

func TestMarkupRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		r    Reply
		want []string
	}{
		{"with plain text", Reply{HTML: "<b>93 %", Plain: "93 % <of> plan"}, []string{"93 % <of> plan"}},
		{"without", Reply{HTML: "<p>93 %</p> &amp; <b>more</b>"}, []string{"93 % & more"}},
		{"in the second part", Reply{HTML: "<b>" + strings.Repeat("a", 4000) + "</b>\n\n<p>" + strings.Repeat("b", 200) + "</p>", Plain: "all of it"},
			[]string{strings.Repeat("a", 4000), strings.Repeat("b", 200)}},
		{"only plain", Reply{Plain: "1 < 2 & 3 > 2"}, []string{"1 < 2 & 3 > 2"}},
		{"nothing at all", Reply{}, []string{"vi tg_failed"}},
		{"nothing to see", Reply{HTML: "<b> </b>"}, []string{"vi tg_failed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := work(t, stub{answer: func(context.Context, Question) Reply { return c.r }})
			w.write(1, "anything")
			accepted := func() (texts []string) {
				for _, c := range w.api.Calls("sendMessage") {
					if c.OK() {
						texts = append(texts, c.Plain)
					}
				}
				return texts
			}
			if err := w.api.Await(w.ctx, func() bool { return len(accepted()) >= len(c.want) }); err != nil {
				t.Fatal(err)
			}
			equal(t, accepted(), c.want)
		})
	}
}

func TestButtons(t *testing.T) {
	b, p := bare(t), place{turn: &turn{}}
	if b.keyboardOf(p, Reply{}) != nil || b.keyboardOf(p, Reply{Buttons: [][]Button{{}, {{Label: "no action"}}, {{Ask: "no label"}}}}) != nil {
		t.Error("a keyboard without buttons")
	}
	k, ok := b.keyboardOf(p, Reply{Buttons: [][]Button{{{Label: "Site", URL: "https://example.org"}, {Label: strings.Repeat("x", 99), Ask: "q", URL: "https://example.org"}}}}).(keyboard)
	if !ok || len(k.Rows) != 1 || len(k.Rows[0]) != 2 {
		t.Fatalf("keyboard %+v", k)
	}
	if site, ask := k.Rows[0][0], k.Rows[0][1]; site.Data != "" || ask.URL != "" || len([]rune(ask.Text)) != maxLabel {
		t.Errorf("keyboard %+v", k)
	}
}
