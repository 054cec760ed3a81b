package telegram

import "testing"

var twoAreas = []Area{{"aaa", "Nghệ An"}, {"bbb", "Hà Tĩnh"}}

// A person's area is theirs in their own chat and wherever a group has none; a group's is the group's.
func TestAreaOfPersonAndGroup(t *testing.T) {
	w := work(t, stub{answer: followable, areas: twoAreas})
	tell := func(chat, id int64, text string) {
		w.writeIn(chat, id, text, nil)
	}
	ask := func(chat, id int64, n int, want string) {
		t.Helper()
		w.writeIn(chat, id, "/ask x", nil)
		if got := w.sent(n)[n-1]; got != want {
			t.Errorf("answered %q, want %q", got, want)
		}
	}
	ask(1, 1, 1, "answer to x in")
	tell(1, 1, "/tinh")
	offer := w.calls(2, "sendMessage")[1]
	w.pressIt(offer, "Hà Tĩnh", person(1))
	if got := w.calls(1, "editMessageText")[0].Plain; got != "vi tg_area_set map[Name:Hà Tĩnh]" {
		t.Errorf("said %q", got)
	}
	ask(1, 1, 3, "answer to x in bbb")
	ask(-100, 1, 4, "answer to x in bbb")
	tell(-100, 2, "/tinh nghệ an")
	if got := w.sent(5)[4]; got != "vi tg_area_set_group map[Name:Nghệ An]" {
		t.Errorf("said %q", got)
	}
	ask(-100, 1, 6, "answer to x in aaa")
	ask(1, 1, 7, "answer to x in bbb")
	tell(1, 1, "/tinh")
	labels, _ := w.calls(8, "sendMessage")[7].Buttons()
	equal(t, labels, []string{"Nghệ An", "✓ Hà Tĩnh"})
	w.writeIn(1, 1, "/lang en", nil) // another choice leaves this one
	w.sent(9)
	ask(1, 1, 10, "answer to x in bbb")
}

// With one area there is nothing to choose.
func TestOneArea(t *testing.T) {
	w := work(t, stub{areas: twoAreas[:1]})
	w.writeIn(1, 1, "/tinh Hà Tĩnh", nil)
	equal(t, w.sent(1), []string{"vi tg_area_only map[Name:Nghệ An]"})
}
