package telegram

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// browsed are what can be leafed through, as the Answerer calls it.
var browsed = []string{"indicators", "projects", "documents"}

// browse is the command that shows the first page.
func browse(what string) func(*Bot, context.Context, place, string) []int {
	return func(b *Bot, ctx context.Context, p place, _ string) []int {
		return b.sayWith(ctx, p, b.pageOf(p, what, 1), b.pageKeys(p, what, 1))
	}
}

// pageOf is a page as a reply.
func (b *Bot) pageOf(p place, what string, number int) Reply {
	page := b.answer.Browse(what, b.lang(p), number)
	return Reply{HTML: page.HTML, Plain: page.Plain, Lang: b.lang(p)}
}

// pageKeys are the things on a page as buttons, and the ways to the other pages.
func (b *Bot) pageKeys(p place, what string, number int) any {
	page := b.answer.Browse(what, b.lang(p), number)
	var rows [][]key
	for _, open := range page.Open {
		rows = append(rows, []key{{Text: cut(open.Label, maxLabel), Data: b.askData(p, pressAsk, open.Ask)}})
	}
	if page.Last > 1 {
		var row []key
		if page.Number > 1 {
			row = append(row, pageKey("◀", what, page.Number-1))
		}
		row = append(row, pageKey(strconv.Itoa(page.Number)+"/"+strconv.Itoa(page.Last), what, page.Number))
		if page.Number < page.Last {
			row = append(row, pageKey("▶", what, page.Number+1))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	return keyboard{rows}
}

func pageKey(label, what string, number int) key {
	return key{Text: label, Data: pressed{what: pressPage, text: what + ":" + strconv.Itoa(number)}.data()}
}

// leaf shows another page in the place of one.
func (b *Bot) leaf(ctx context.Context, p place, id int, to string) bool {
	what, n, _ := strings.Cut(to, ":")
	number, err := strconv.Atoi(n)
	if err != nil || !slices.Contains(browsed, what) {
		return false
	}
	b.write(ctx, p, []int{id}, b.pageOf(p, what, number), b.pageKeys(p, what, number))
	return true
}
