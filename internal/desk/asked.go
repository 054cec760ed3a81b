package desk

import (
	"cmp"
	"slices"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/token"
)

// Asked is a question of the log that was not answered, or whose answer was of no use.
type Asked struct {
	Text, Lang string
	Down       bool // 👎
}

// Wanting are questions that want better answers: alike ones together.
type Wanting struct {
	Text     string // the most frequent of them
	Lang     string
	Count    int
	Down     int  // of them with 👎
	Answered bool // by now
	// Phrase is what of the text nothing explains, empty where all is; Like the indicators that it may be a name of, best first.
	Phrase string
	Like   []*facts.Indicator
}

// alikeShare is how much of their words two questions have in common to count as one.
const alikeShare = 0.6

// Wanted groups questions, the most frequent first.
func (d *Desk) Wanted(asked []Asked) []Wanting {
	type counted struct {
		Wanting
		words map[string]bool
	}
	same := map[string]*counted{}
	var order []*counted
	for _, a := range asked {
		words := map[string]bool{}
		var folded []string
		for _, t := range token.Split(a.Text) {
			if t.Kind == token.Word {
				words[t.Fold], folded = true, append(folded, t.Fold)
			}
		}
		key := strings.Join(folded, " ")
		c := same[key]
		if c == nil {
			c = &counted{Wanting{Text: a.Text, Lang: a.Lang}, words}
			same[key], order = c, append(order, c)
		}
		c.Count++
		if a.Down {
			c.Down++
		}
	}
	slices.SortStableFunc(order, func(a, b *counted) int { return cmp.Compare(b.Count, a.Count) })
	var groups []*counted
	for _, c := range order {
		i := slices.IndexFunc(groups, func(g *counted) bool { return alike(g.words, c.words) })
		if i < 0 {
			groups = append(groups, c)
			continue
		}
		groups[i].Count, groups[i].Down = groups[i].Count+c.Count, groups[i].Down+c.Down
	}
	slices.SortStableFunc(groups, func(a, b *counted) int { return cmp.Compare(b.Count, a.Count) })
	list := make([]Wanting, len(groups))
	for i, g := range groups {
		list[i] = g.Wanting
	}
	return list
}

// alike reports whether two sets of words have most in common.
func alike(a, b map[string]bool) bool {
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	all := len(a) + len(b) - common
	return all > 0 && float64(common) >= alikeShare*float64(all)
}

// Look fills what the current facts make of a question.
func (d *Desk) Look(w *Wanting) {
	r := d.Ask(Question{Text: w.Text, Lang: w.Lang})
	if w.Answered = r.Status == qa.Answered; w.Answered {
		return
	}
	w.Phrase = d.now.Load().engine.Unnamed(w.Text, w.Lang, d.chats.clock())
	if w.Phrase == "" {
		return
	}
	for _, id := range r.Query.Indicators { // what the rest of the question is about
		if i := d.Facts().Indicator(id); i != nil {
			w.Like = append(w.Like, i)
		}
	}
	for _, i := range d.like(w.Phrase) {
		if !slices.Contains(w.Like, i) {
			w.Like = append(w.Like, i)
		}
	}
	w.Like = w.Like[:min(len(w.Like), mostLike)]
}

// mostLike is how many indicators are offered for a phrase.
const mostLike = 2

// like are the indicators whose names have words of a phrase, or of which it may be the initials; those with the most first.
func (d *Desk) like(phrase string) []*facts.Indicator {
	var words []string
	for _, t := range token.Split(phrase) {
		words = append(words, t.Fold)
	}
	score := map[*facts.Indicator]float64{}
	var list []*facts.Indicator
	for _, i := range d.Facts().Indicators() {
		for _, name := range append([]string{i.Name["vi"], i.Name["en"]}, i.Aliases...) {
			var has []string
			for _, t := range token.Split(name) {
				has = append(has, t.Fold)
			}
			score[i] = max(score[i], shared(words, has))
		}
		if score[i] > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b *facts.Indicator) int { return cmp.Compare(score[b], score[a]) })
	return list[:min(len(list), mostLike)]
}

// shared is which part of the words a name has; a word counts half that is made of its initials in order: "xnk" of "kim ngạch xuất nhập khẩu".
func shared(words, name []string) float64 {
	if len(words) == 0 {
		return 0
	}
	initials := ""
	for _, n := range name {
		if n != "" {
			initials += n[:1]
		}
	}
	sum := 0.0
	for _, w := range words {
		switch {
		case slices.Contains(name, w):
			sum++
		case len(w) > 1 && within(w, initials):
			sum += 0.5
		}
	}
	return sum / float64(len(words))
}

// within reports whether all letters of a word stand in a text in order.
func within(word, text string) bool {
	for i := range len(word) {
		at := strings.IndexByte(text, word[i])
		if at < 0 {
			return false
		}
		text = text[at+1:]
	}
	return true
}
