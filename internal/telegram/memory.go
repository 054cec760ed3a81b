package telegram

import (
	"context"
	"errors"
	"strconv"
	"time"

	"factbot/internal/state"
)

// Keep is how long what is personal is remembered after it was last of use. Zero values are the defaults.
type Keep struct {
	Talk    time.Duration // what a conversation may refer back to; 0: 30 minutes
	Answers time.Duration // which messages answer a question, so that an edited one is answered in its place; 0: 48 hours
	People  time.Duration // the language and the area a person has chosen, chats that take no messages; 0: 400 days
	Buttons time.Duration // the questions of buttons, the pictures that Telegram has; 0: 90 days
}

func (k Keep) orDefault() Keep {
	for _, d := range []struct {
		is    *time.Duration
		usual time.Duration
	}{{&k.Talk, 30 * time.Minute}, {&k.Answers, 48 * time.Hour}, {&k.People, 400 * 24 * time.Hour}, {&k.Buttons, 90 * 24 * time.Hour}} {
		if *d.is == 0 {
			*d.is = d.usual
		}
	}
	return k
}

// kinds are the records that the bot keeps.
type kinds struct {
	talks    state.Kind[talk]   // by chat and person
	people   state.Kind[human]  // by person
	chats    state.Kind[room]   // by chat
	answers  state.Kind[[]int]  // by chat and message of a question: the messages of its answer, none where they are not known
	buttons  state.Kind[string] // by key: the question
	pictures state.Kind[string] // by key: the id that Telegram knows the picture by
}

func newKinds(k Keep) kinds {
	return kinds{
		talks:    state.Kind[talk]{Name: "talk", Keep: k.Talk, Near: true},
		people:   state.Kind[human]{Name: "person", Keep: k.People, Near: true},
		chats:    state.Kind[room]{Name: "chat", Keep: k.People, Near: true},
		answers:  state.Kind[[]int]{Name: "answer", Keep: k.Answers},
		buttons:  state.Kind[string]{Name: "button", Keep: k.Buttons},
		pictures: state.Kind[string]{Name: "picture", Keep: k.Buttons},
	}
}

// talk is a conversation with a person in a chat.
type talk struct {
	Memory Memory `json:"memory,omitzero"` // the Answerer's
	Lang   string `json:"lang,omitempty"`  // last answered in
}

// human is what a person has chosen.
type human struct {
	Lang string `json:"lang,omitempty"`
	Area string `json:"area,omitempty"` // what their questions are about where they name none
}

// room is what is known of a chat.
type room struct {
	Blocked bool   `json:"blocked,omitempty"` // it takes no messages
	Greeted bool   `json:"greeted,omitempty"`
	Area    string `json:"area,omitempty"` // what questions of the group are about where they name none
}

// open is a room that takes messages, or does not.
func (r room) open(takes bool) room {
	r.Blocked = !takes
	return r
}

// turn is one update being dealt with: what is remembered of where it came from, and what is to be remembered when it is dealt with.
type turn struct {
	update   state.Key // the zero one: none
	raw      []byte    // the update, where it is not in the state yet
	lane     string
	talk     talk
	human    human
	room     room
	keep     []func(*state.Tx) error
	again    time.Time // something could not be sent: the update is to be dealt with again then
	back     string    // the question to go back to; empty: there is none
	response *response // where a reply may go out in the response to a delivery; nil: by a call
	taken    bool      // the update is in the state, this process' to deal with
	came     bool      // it has come to this process before
	foreign  bool      // it is another's, or dealt with
}

// later keeps something together with the update's end.
func (t *turn) later(f func(*state.Tx) error) { t.keep = append(t.keep, f) }

// put is later with what is ready to be kept.
func (t *turn) put(keep func(*state.Tx) error, err error) {
	if err != nil {
		keep = func(*state.Tx) error { return err }
	}
	t.later(keep)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func (p place) talkKey() string { return number(p.chat) + ":" + number(p.person) }

func (k messageKey) String() string { return number(k.chat) + ":" + strconv.Itoa(k.id) }

// stateTime is how long the state may take for one transaction before the bot goes on without, and probeEvery how often it is tried then.
const (
	stateTime  = 2 * time.Second
	probeEvery = time.Second
)

// errBroken is the error of a transaction that is not tried, as the state did not answer a moment ago.
var errBroken = errors.New("the state does not answer")

// do runs a transaction that changes something, read one that does not. While the state does not answer only one in a second is tried: a question
// is not kept waiting by what it can be answered without.
func (b *Bot) do(ctx context.Context, f func(*state.Tx) error) error {
	err := b.withState(ctx, b.state.Do, f)
	if err == nil { // only what can be written is whole: a full disk can still be read
		b.trouble(nil)
	}
	return err
}

func (b *Bot) read(ctx context.Context, f func(*state.Tx) error) error {
	return b.withState(ctx, b.state.Read, f)
}

func (b *Bot) withState(ctx context.Context, run func(context.Context, func(*state.Tx) error) error, f func(*state.Tx) error) error {
	if b.broken.Load() {
		now, last := time.Now().UnixNano(), b.probed.Load()
		if now-last < int64(probeEvery) || !b.probed.CompareAndSwap(last, now) {
			return errBroken
		}
	}
	once, cancel := context.WithTimeout(ctx, stateTime)
	defer cancel()
	err := run(once, f)
	if ctx.Err() == nil && err != nil {
		b.trouble(err)
	}
	return err
}

// recall begins a turn. Where the state cannot be read it remembers nothing, and the answer goes without. An update that is not in the state yet may
// be in it: then it is foreign. Of a process that is alone only what it has seen before is looked for; what it took before a restart is found to be so when
// it is owned or settled.
func (b *Bot) recall(ctx context.Context, p place, t *turn) {
	_ = b.read(ctx, func(tx *state.Tx) error {
		var err error
		if !t.taken && t.update != none && (t.came || !b.state.Alone()) {
			found, done, reply, err := tx.Taken(t.update)
			if err != nil {
				return err
			}
			if t.foreign = found; found {
				t.response.again(done, reply)
				return nil
			}
		}
		if t.talk, _, err = b.kinds.talks.Get(tx, p.talkKey()); err != nil {
			return err
		}
		if t.human, _, err = b.kinds.people.Get(tx, number(p.person)); err != nil {
			return err
		}
		t.room, _, err = b.kinds.chats.Get(tx, number(p.chat))
		return err
	})
}

// own takes the update of a turn over, before anything is done that cannot be taken back; false where it is another's.
func (b *Bot) own(ctx context.Context, t *turn) bool {
	if t.taken || t.foreign || t.update == none {
		return !t.foreign
	}
	var isNew bool
	err := b.do(ctx, func(tx *state.Tx) (err error) {
		isNew, err = tx.Take(t.update, t.lane, t.raw, b.holder, b.hold)
		return err
	})
	t.taken = true // without the state the memory of this process has to do
	if err == nil && !isNew {
		t.taken, t.foreign = false, true
		t.response.again(false, nil)
	}
	return t.taken
}

// settle ends a turn: what is to be remembered of it is, and the update is dealt with, both or neither. What could not be sent leaves the update
// open.
func (b *Bot) settle(ctx context.Context, t *turn) {
	ctx = context.WithoutCancel(ctx)
	if t.foreign {
		return
	}
	if !t.again.IsZero() {
		b.log.Warn("an update stays open, as its answer could not be sent", "update", t.update.ID)
		_ = b.do(ctx, func(tx *state.Tx) error { return tx.Postpone(t.update, t.again) })
		return
	}
	isNew := true
	end := func(tx *state.Tx) (err error) {
		for _, f := range t.keep {
			if err := f(tx); err != nil {
				return err
			}
		}
		switch {
		case t.update == none:
		case t.taken:
			return tx.Done(t.update)
		default:
			isNew, err = tx.Answer(t.update, t.lane, t.response.reply())
			if err == nil && !isNew {
				err = errForeign
			}
		}
		return err
	}
	err := b.do(ctx, end)
	switch {
	case errors.Is(err, errForeign): // another replica was faster: what it has answered goes out
		_ = b.read(ctx, func(tx *state.Tx) error {
			_, done, reply, err := tx.Taken(t.update)
			t.response.again(done, reply)
			return err
		})
	case err != nil && t.update != none:
		b.owed.put(t.update, end)
	}
}

var errForeign = errors.New("the update is another's")

// trouble notes whether the state answers, and says so when that changes.
func (b *Bot) trouble(err error) {
	if errors.Is(err, errForeign) {
		return
	}
	if was := b.broken.Swap(err != nil); was == (err != nil) {
		return
	}
	if err != nil {
		b.log.Error("the state does not answer: questions are answered without what was said before, and may be answered again after a restart", "error", short(err))
		b.tell(textStateGone)
		return
	}
	b.log.Info("the state answers again")
	b.tell(textStateBack)
}

// answersOf are the messages that answer a question.
func (b *Bot) answersOf(ctx context.Context, key messageKey) (ids []int, ok bool) {
	_ = b.read(ctx, func(tx *state.Tx) (err error) {
		ids, ok, err = b.kinds.answers.Get(tx, key.String())
		return err
	})
	return ids, ok
}

// remember keeps which messages answer a question.
func (b *Bot) remember(t *turn, key messageKey, ids []int) {
	t.put(b.kinds.answers.Prepare(b.state, key.String(), ids))
}

// chose keeps the language that a person has chosen.
func (b *Bot) chose(p place, lang string) {
	p.turn.human.Lang = lang
	h := p.turn.human
	p.turn.put(b.kinds.people.Prepare(b.state, number(p.person), h))
}

// known keeps what is known of a chat.
func (b *Bot) known(p place, r room) {
	if p.turn.room == r {
		return
	}
	p.turn.room = r
	p.turn.put(b.kinds.chats.Prepare(b.state, number(p.chat), r))
}
