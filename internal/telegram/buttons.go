package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

// keyboard and key are inline keyboards as the Bot API reads them. The library's own button always sends an empty copy_text.
type keyboard struct {
	Rows [][]key `json:"inline_keyboard"`
}

type key struct {
	Text string  `json:"text"`
	Data string  `json:"callback_data,omitempty"`
	URL  string  `json:"url,omitempty"`
	Copy *copied `json:"copy_text,omitempty"`
}

// copied is what a button puts on the clipboard.
type copied struct {
	Text string `json:"text"`
}

// maxData is the most bytes of callback_data, maxLabel the most characters of a label that are sent.
const (
	maxData  = 64
	maxLabel = 64
)

// The callback data of a button: a version, what it does, how its text is held, the text. It outlives releases and anyone can forge it, so
// it holds nothing that must be believed: a question, or the name of a language.
//
//	1a=xuất khẩu 2020   asks a question
//	1c=…                the same, as a choice: the answer takes the place of the message
//	1a#k3J_9xQ2bTzA     the question does not fit: its key
//	1n=#va_k3jx…        the same: the answer takes the place of the message, with a way back
//	1b=#va_k3jx…        goes back
//	1u=… 1d=…           says that the answer to the question was of use, or not
//	1g=#va_k3jx…        draws the answer to the question; 1f=… sends that picture as a file
//	1o=va_k3jx…         begins to follow what the code is about; 1x=… ends it
//	1y=k3jx…            applies an admin's proposal; 1s=… without what is doubtful; 1z=… drops it
//	1k=k3jx…            proposes a name
//	1p=projects:2       another page
//	1t=k3jx2a           sets the area
//	1l=en               sets the language
const (
	dataVersion   = '1'
	pressAsk      = 'a'
	pressChoice   = 'c'
	pressNext     = 'n'
	pressBack     = 'b'
	pressUp       = 'u'
	pressDown     = 'd'
	pressDraw     = 'g'
	pressFile     = 'f'
	pressFollow   = 'o'
	pressUnfollow = 'x'
	pressArea     = 't'
	pressSuggest  = 'k'
	pressPage     = 'p'
	pressLanguage = 'l'
	heldAsText    = '='
	heldByKey     = '#'
	keyLength     = 12
)

// pressed is what a button does.
type pressed struct {
	what byte
	key  bool // text is the key of a question
	text string
}

// data is the callback data of a button. A text that does not fit must have become a key.
func (p pressed) data() string {
	held := byte(heldAsText)
	if p.key {
		held = heldByKey
	}
	return string([]byte{dataVersion, p.what, held}) + p.text
}

// readPressed reads callback data.
func readPressed(data string) (pressed, bool) {
	if len(data) < 4 || len(data) > maxData || data[0] != dataVersion || !utf8.ValidString(data) {
		return pressed{}, false
	}
	p := pressed{what: data[1], key: data[2] == heldByKey, text: data[3:]}
	switch {
	case data[2] != heldAsText && data[2] != heldByKey, p.key && len(p.text) != keyLength:
		return pressed{}, false
	case strings.ContainsRune("acnbudgf", rune(p.what)), strings.ContainsRune("lpoxtyszk", rune(p.what)) && !p.key:
		return p, true
	}
	return pressed{}, false
}

// questionKey is a short key for a question: the same for the same text, so that one that the Answerer still offers is found after a restart.
func questionKey(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:keyLength]
}

// keyboardOf is the keyboard under a reply; nil where it has no buttons.
func (b *Bot) keyboardOf(p place, r Reply) any {
	what := byte(pressAsk)
	if r.Choice {
		what = pressChoice
	}
	var rows [][]key
	for _, buttons := range r.Buttons {
		var row []key
		for _, button := range buttons {
			k := key{Text: cut(button.Label, maxLabel), URL: button.URL}
			if button.Ask != "" {
				k.URL, k.Data = "", b.askData(p, what, button.Ask)
			}
			if k.Text != "" && (k.Data != "" || k.URL != "") {
				row = append(row, k)
			}
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	rows = append(rows, b.leadingOn(p, r)...)
	if len(rows) == 0 {
		return nil
	}
	return keyboard{rows}
}

// A row holds labels of at most this many characters together: on a phone longer ones are cut short.
const rowLabels = 30

// leadingOn are the rows under an answer: the questions that lead on, the way back, and what can be done with the answer.
func (b *Bot) leadingOn(p place, r Reply) [][]key {
	var rows [][]key
	used := rowLabels + 1
	for _, next := range r.Next {
		label := cut(next.Label, maxLabel)
		n := len([]rune(label))
		k := key{Text: label, Data: b.askData(p, pressNext, next.Ask)}
		if used+n > rowLabels {
			rows, used = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], k)
		used += n
	}
	if p.turn != nil && p.turn.back != "" {
		rows = append(rows, []key{{Text: "↩", Data: b.askData(p, pressBack, p.turn.back)}})
	}
	var last []key
	if r.Drawn && r.Own != "" && !r.Draw {
		last = append(last, key{Text: "📈", Data: b.askData(p, pressDraw, r.Own)})
	}
	if r.Copy != "" {
		last = append(last, key{Text: "📋", Copy: &copied{r.Copy}})
	}
	if code, ok := strings.CutPrefix(r.Own, "#"); ok {
		if r.Follow {
			last = append(last, bell(code, false))
		}
		last = append(last, key{Text: "🔗", URL: "https://t.me/share/url?url=" + url.QueryEscape("https://t.me/"+b.me.Username+"?start="+code)})
	}
	if r.Own != "" {
		last = append(last, key{Text: "👍", Data: b.askData(p, pressUp, r.Own)}, key{Text: "👎", Data: b.askData(p, pressDown, r.Own)})
	}
	if len(last) > 0 {
		rows = append(rows, last)
	}
	return rows
}

// ownOf is the question that a message answers, as its buttons hold it; empty where they do not.
func ownOf(m *models.Message) (d pressed, ok bool) {
	if m == nil || m.ReplyMarkup == nil {
		return pressed{}, false
	}
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, k := range row {
			if d, ok := readPressed(k.CallbackData); ok && d.what == pressDown {
				return d, true
			}
		}
	}
	return pressed{}, false
}

// askData is the callback data that asks a question.
func (b *Bot) askData(p place, what byte, text string) string {
	if d := (pressed{what: what, text: text}).data(); len(d) <= maxData && utf8.ValidString(text) {
		return d
	}
	k := questionKey(text)
	p.turn.later(func(tx *state.Tx) error { return b.kinds.buttons.Put(tx, k, text) })
	return pressed{what: what, key: true, text: k}.data()
}

// questionOf is the question of a button that asks.
func (b *Bot) questionOf(ctx context.Context, p pressed) (text string, ok bool) {
	if !p.key {
		return p.text, true
	}
	_ = b.read(ctx, func(tx *state.Tx) (err error) {
		text, ok, err = b.kinds.buttons.Get(tx, p.text)
		return err
	})
	if ok {
		return text, true
	}
	for _, lang := range b.languages {
		for _, example := range b.answer.Examples(lang) {
			if questionKey(example) == p.text {
				return example, true
			}
		}
	}
	return "", false
}

// cut is the beginning of a text, of at most n characters.
func cut(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}
