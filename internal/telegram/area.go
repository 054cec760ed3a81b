package telegram

import (
	"context"
	"strings"

	"factbot/internal/state"
)

// Area is one that there are figures of.
type Area struct {
	ID   string // at most 40 characters of ASCII; other facts do not change it
	Name string
}

// area is what questions in a chat are about where they name no area: the group's choice, else the person's; empty: none was chosen.
func (p place) area() string {
	if p.group && p.turn.room.Area != "" {
		return p.turn.room.Area
	}
	return p.turn.human.Area
}

// settleArea chooses the area that follows the command for this chat, or offers those there are.
func (b *Bot) settleArea(ctx context.Context, p place, text string) []int {
	lang := b.lang(p)
	areas := b.answer.Areas(lang)
	if len(areas) < 2 {
		name := ""
		if len(areas) == 1 {
			name = areas[0].Name
		}
		return b.say(ctx, p, b.filled(lang, textAreaOnly, map[string]any{"Name": name}))
	}
	if text != "" {
		if a, ok := b.answer.AreaNamed(text, lang); ok {
			return b.say(ctx, p, b.choseArea(p, a))
		}
	}
	var rows [][]key
	for i, a := range areas {
		if i == mostAreas {
			break
		}
		k := key{Text: cut(a.Name, maxLabel), Data: pressed{what: pressArea, text: a.ID}.data()}
		if a.ID == p.area() {
			k.Text = "✓ " + k.Text
		}
		if n := len(rows); n > 0 && len(rows[n-1]) == 1 && len([]rune(rows[n-1][0].Text+k.Text)) <= rowLabels {
			rows[n-1] = append(rows[n-1], k)
		} else {
			rows = append(rows, []key{k})
		}
	}
	return b.sayWith(ctx, p, b.text(lang, textArea), keyboard{rows})
}

// mostAreas is how many areas are offered as buttons; any other is chosen by its name.
const mostAreas = 70

// choseArea keeps an area for a group, or for a person in their own chat, and says so.
func (b *Bot) choseArea(p place, a Area) Reply {
	if p.group {
		r := p.turn.room
		r.Area = a.ID
		b.known(p, r)
	} else {
		p.turn.human.Area = a.ID
		h := p.turn.human
		p.turn.later(func(tx *state.Tx) error { return b.kinds.people.Put(tx, number(p.person), h) })
	}
	id := textAreaSet
	if p.group {
		id = textAreaSetGroup
	}
	return b.filled(b.lang(p), id, map[string]any{"Name": strings.TrimSpace(a.Name)})
}
