package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Keeper keeps the facts: admins send it files, look at what they change, and decide. It is asked by many goroutines at once.
type Keeper interface {
	// Admin reports whether a person may send files and see what admins see.
	Admin(person int64) bool
	// IsReport reports whether a text that an admin writes, or forwards, is a report to read figures out of, and no question.
	IsReport(text string, forwarded bool) bool
	// Propose reads a file, or the text of a report, and says what it would change. Nothing is changed yet.
	Propose(ctx context.Context, u Upload) Proposed
	// Decide applies a proposal, without what is doubtful in it, or drops it. What comes of it may be another proposal, where the facts have moved on.
	Decide(ctx context.Context, d Decision) Proposed
	// History lists the last revisions of the facts.
	History(ctx context.Context, lang string) Reply
	// Undo proposes to take a revision back; 0 is the last.
	Undo(ctx context.Context, person, revision int64, lang string) Proposed
	// Asked lists what was asked and not answered, or of no use, with names that may be added.
	Asked(ctx context.Context, lang string) Listed
	// Suggest proposes a name of a Listed.
	Suggest(ctx context.Context, person int64, key, lang string) Proposed
	// Status says how the bot does.
	Status(ctx context.Context, lang string) Reply
}

// Upload is a file that an admin sent.
type Upload struct {
	Person int64
	Name   string // of the file, as the person's device has it: not to be trusted; empty: a text that was written or forwarded
	Data   []byte
	Lang   string
}

// Choice is what is decided of a proposal.
type Choice byte

// The choices.
const (
	Apply     Choice = 'y'
	ApplySure Choice = 's' // without what is doubtful
	Drop      Choice = 'z'
)

// Decision is a person's choice on a proposal.
type Decision struct {
	Person int64
	Key    string
	Choice Choice
	Lang   string
}

// Proposed is what is said of a proposal, with what may be chosen; without a Key there is nothing to choose.
type Proposed struct {
	Reply
	Key      string  // at most 40 characters of ASCII
	Doubtful bool    // something can be left out
	Tell     []int64 // others who have to decide: they see it too, in their own chats
}

// Listed is a list with names that may be proposed.
type Listed struct {
	Reply
	Suggested []Suggested
}

// Suggested is a name that may be proposed.
type Suggested struct{ Label, Key string }

// maxUpload is the most bytes of a file that is fetched: tables of a province have some hundred thousand.
const maxUpload = 8 << 20

// admin reports whether the person who writes in their own chat is one.
func (b *Bot) admin(p place) bool {
	return b.keeper != nil && !p.group && p.person > 0 && b.keeper.Admin(p.person)
}

// receive takes an admin's file. Other people's are not fetched.
func (b *Bot) receive(ctx context.Context, p place, d *models.Document) []int {
	lang := b.lang(p)
	switch {
	case d == nil || !b.admin(p):
		return b.say(ctx, p, b.text(lang, textNotText))
	case d.FileSize > maxUpload:
		return b.say(ctx, p, b.filled(lang, textTooLarge, map[string]any{"Name": cut(d.FileName, 100), "Limit": maxUpload >> 20}))
	}
	data, err := b.fetch(ctx, d.FileID)
	if err != nil {
		b.log.Warn("a file is not fetched", "error", short(withoutAddress(err)))
		id := textNotFetched
		if errors.Is(err, errTooLarge) {
			id = textTooLarge
		}
		return b.say(ctx, p, b.filled(lang, id, map[string]any{"Name": cut(d.FileName, 100), "Limit": maxUpload >> 20}))
	}
	return b.propose(ctx, p, b.keeper.Propose(ctx, Upload{Person: p.person, Name: cut(d.FileName, 200), Data: data, Lang: lang}))
}

// report takes the text of a report that an admin wrote or forwarded. It is told from a question by its length and its figures.
func (b *Bot) report(ctx context.Context, p place, m *models.Message, text string) (ids []int, ok bool) {
	if !b.admin(p) || !b.keeper.IsReport(text, m.ForwardOrigin != nil) {
		return nil, false
	}
	return b.propose(ctx, p, b.keeper.Propose(ctx, Upload{Person: p.person, Data: []byte(text), Lang: b.lang(p)})), true
}

var errTooLarge = errors.New("too large")

// fetch gets a file from Telegram.
func (b *Bot) fetch(ctx context.Context, id string) ([]byte, error) {
	var file *models.File
	err := b.sender.call(ctx, 0, func(ctx context.Context) (err error) {
		file, err = b.api.GetFile(ctx, &bot.GetFileParams{FileID: id})
		return err
	})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.api.FileDownloadLink(file), nil)
	if err != nil {
		return nil, errors.New("no address of the file")
	}
	response, err := b.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", response.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, maxUpload+1))
	if err == nil && len(data) > maxUpload {
		err = errTooLarge
	}
	return data, err
}

// propose shows a proposal, with what may be chosen.
func (b *Bot) propose(ctx context.Context, p place, r Proposed) []int {
	if r.Key == "" {
		return b.say(ctx, p, r.Reply)
	}
	for _, id := range r.Tell {
		to := place{chat: id, person: id, code: r.Lang} // their own language where it is known, else that of the proposal
		b.lines.try(lineKey{true, id}, func(ctx context.Context) {
			to.turn = &turn{}
			b.recall(ctx, to, to.turn)
			b.sayWith(ctx, to, r.Reply, b.choices(to, r))
		})
	}
	return b.sayWith(ctx, p, r.Reply, b.choices(p, r))
}

func (b *Bot) choices(p place, r Proposed) any {
	lang := b.lang(p)
	button := func(id string, c Choice) key {
		return key{Text: b.texts.Text(lang, id, nil), Data: pressed{what: byte(c), text: r.Key}.data()}
	}
	rows := [][]key{{button(textApply, Apply)}}
	if r.Doubtful {
		rows = append(rows, []key{button(textApplySure, ApplySure)})
	}
	return keyboard{append(rows, []key{button(textDrop, Drop)})}
}

// decide does what an admin chose, and shows what came of it in the place of the proposal.
func (b *Bot) decide(ctx context.Context, p place, m *models.Message, c Choice, of string) {
	r := b.keeper.Decide(ctx, Decision{Person: p.person, Key: of, Choice: c, Lang: b.lang(p)})
	if m == nil {
		b.propose(ctx, p, r)
		return
	}
	var markup any
	if r.Key != "" {
		markup = b.choices(p, r)
	}
	b.write(ctx, p, []int{m.ID}, r.Reply, markup)
}

// only is a command of admins; for others it is none.
func only(do func(b *Bot, ctx context.Context, p place, text string) []int) func(*Bot, context.Context, place, string) []int {
	return func(b *Bot, ctx context.Context, p place, text string) []int {
		if !b.admin(p) {
			return b.say(ctx, p, b.text(b.lang(p), textUnknown))
		}
		return do(b, ctx, p, text)
	}
}

func (b *Bot) history(ctx context.Context, p place, _ string) []int {
	return b.say(ctx, p, b.keeper.History(ctx, b.lang(p)))
}

// wanting lists what was asked in vain.
func (b *Bot) wanting(ctx context.Context, p place, _ string) []int {
	l := b.keeper.Asked(ctx, b.lang(p))
	var rows [][]key
	for _, s := range l.Suggested {
		rows = append(rows, []key{{Text: cut(s.Label, maxLabel), Data: pressed{what: pressSuggest, text: s.Key}.data()}})
	}
	if len(rows) == 0 {
		return b.say(ctx, p, l.Reply)
	}
	return b.sayWith(ctx, p, l.Reply, keyboard{rows})
}

func (b *Bot) status(ctx context.Context, p place, _ string) []int {
	return b.say(ctx, p, b.keeper.Status(ctx, b.lang(p)))
}

// undo proposes to take back the revision of a number, or the last.
func (b *Bot) undo(ctx context.Context, p place, text string) []int {
	var revision int64
	if text = strings.TrimSpace(text); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return b.say(ctx, p, b.text(b.lang(p), textUndoWhat))
		}
		revision = n
	}
	return b.propose(ctx, p, b.keeper.Undo(ctx, p.person, revision, b.lang(p)))
}
