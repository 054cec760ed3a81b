// Package desk makes facts, words and index into one ready thing that answers. The command line, the chat and the evaluation all
// ask here, so that they take the same path.
//
// A Desk has the words of the languages and the current facts; Use puts other facts in their place at once, while a question that has
// begun ends with those it began with. It keeps what each chat may refer back to, for half an hour.
package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/internal/reply"
)

// Options are what a desk is made of. Facts and Locales are needed.
type Options struct {
	Facts   fs.FS // the facts folder
	Locales fs.FS // units.yaml, words.*.yaml, messages.*.yaml

	Clock func() time.Time // what conversations grow old by; nil: time.Now
	Idle  time.Duration    // how long a conversation is kept; 0: half an hour
	Chats int              // how many conversations are kept; 0: 10,000
	Log   *slog.Logger     // what went wrong, for the operator; nil: dropped
}

// Desk answers questions. It is safe for use by many goroutines.
type Desk struct {
	known   *Known
	printer *reply.Printer
	log     *slog.Logger
	chats   *chats
	now     atomic.Pointer[ready]
}

// ready is a snapshot with the engine that answers over it.
type ready struct {
	facts  *facts.Snapshot
	engine *qa.Engine
	index  *index
	areas  func() []*facts.Area // those that there are figures of
}

// Open reads the words and the facts. Where the facts have problems the error is facts.Problems.
func Open(o Options) (*Desk, error) {
	o = o.orDefault()
	type sentences struct {
		*reply.Messages
		err error
	}
	read := make(chan sentences, 1) // beside the rest, which does not need them
	go func() {
		m, err := reply.ReadMessages(o.Locales)
		read <- sentences{m, err}
	}()
	known, err := ReadKnown(o.Locales)
	if err != nil {
		return nil, err
	}
	d := &Desk{known: known, log: o.Log, chats: newChats(o.Chats, o.Idle, o.Clock)}
	snapshot, engine, problems := d.load(o.Facts)
	if len(problems) == 0 {
		d.use(snapshot, engine())
	}
	m := <-read
	switch {
	case m.err != nil:
		return nil, m.err
	case len(problems) > 0:
		return nil, problems
	}
	d.printer = reply.New(known.Units(), m.Messages)
	return d, nil
}

func (o Options) orDefault() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Idle == 0 {
		o.Idle = 30 * time.Minute
	}
	if o.Chats == 0 {
		o.Chats = 10_000
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Load reads a facts folder with the desk's words and names, without answering over it. What is as it was in the current facts is not read again.
func (d *Desk) Load(folder fs.FS) (*facts.Snapshot, facts.Problems) {
	opts := d.known.options()
	if r := d.now.Load(); r != nil {
		opts.Before = r.facts
	}
	return facts.Load(folder, opts)
}

// load reads a facts folder and prepares an engine for its catalogue meanwhile.
func (d *Desk) load(folder fs.FS) (s *facts.Snapshot, engine func() *qa.Engine, problems facts.Problems) {
	named := make(chan *qa.Engine, 1)
	opts := d.known.options()
	opts.Catalogue = func(catalogue *facts.Snapshot) {
		go func() { named <- d.newEngine(catalogue, nil) }()
	}
	s, problems = facts.Load(folder, opts)
	return s, func() *qa.Engine { return <-named }, problems
}

func (d *Desk) newEngine(s *facts.Snapshot, finder qa.Finder) *qa.Engine {
	indicators, areas := d.known.engineNames()
	return qa.NewEngine(s, d.known.words, indicators, areas, finder)
}

// Beside is a desk that answers over another state of the facts, in the same words. Where those have problems the error is facts.Problems.
func (d *Desk) Beside(folder fs.FS) (*Desk, error) {
	s, problems := d.Load(folder)
	if len(problems) > 0 {
		return nil, problems
	}
	b := &Desk{known: d.known, printer: d.printer, log: d.log, chats: newChats(d.chats.limit, d.chats.idle, d.chats.clock)}
	b.now.Store(d.now.Load())
	b.Use(s)
	return b, nil
}

// Use answers over these facts from now on. What is as it was in the current facts is not prepared again.
func (d *Desk) Use(s *facts.Snapshot) {
	var engine *qa.Engine
	if before := d.now.Load(); before != nil {
		engine = before.engine
	}
	d.use(s, engine)
}

// use is Use with an engine over other facts, which will do for these if they have the same catalogue; or nil.
func (d *Desk) use(s *facts.Snapshot, engine *qa.Engine) {
	r := &ready{facts: s, areas: sync.OnceValue(func() []*facts.Area { return withFigures(s) })}
	r.index = newIndex(func() []qa.Name { return r.engine.Names() }, s.Statements(), d.log)
	if engine != nil {
		r.engine = engine.Over(s, r.index)
	}
	if before := d.now.Load(); before != nil && r.engine != nil {
		r.index.keep(before.index, before.facts, s)
	}
	if r.engine == nil {
		r.engine = d.newEngine(s, r.index)
	}
	d.now.Store(r)
}

// Facts are the current facts.
func (d *Desk) Facts() *facts.Snapshot { return d.now.Load().facts }

// Known is what is known beside the facts.
func (d *Desk) Known() *Known { return d.known }

// Printer writes answers and messages.
func (d *Desk) Printer() *reply.Printer { return d.printer }

// Warm builds what is otherwise built when the first question needs it.
func (d *Desk) Warm() {
	r := d.now.Load()
	r.index.names()
	r.index.statements()
	r.engine.Warm()
}

// Question is a question with what it is asked in.
type Question struct {
	Chat     string // questions of one chat follow one another; empty: this one stands alone
	Text     string
	Lang     string    // "vi", "en", or empty: from the text
	Fallback string    // the language where the text shows none; empty: Vietnamese
	Area     string    // the chat's own default area, or empty
	Now      time.Time // what "năm nay" is relative to; zero: the desk's clock
}

// Ask answers a question. Whatever happens there is an answer: what the engine cannot cope with is not understood, and logged.
func (d *Desk) Ask(q Question) Reply {
	var prev qa.Conversation
	if q.Chat != "" {
		prev = d.chats.get(q.Chat)
	}
	r, next := d.Converse(q, prev)
	if q.Chat != "" {
		d.chats.put(q.Chat, next)
	}
	return r
}

// Converse answers a question that may refer back to a conversation, which the caller keeps, and gives what the next one may refer back to.
// Chat does not matter.
func (d *Desk) Converse(q Question, prev qa.Conversation) (Reply, qa.Conversation) {
	r := d.now.Load()
	if q.Now.IsZero() {
		q.Now = d.chats.clock()
	}
	q.Fallback = cmp.Or(q.Fallback, "vi")
	a, next, err := answer(r.engine, qa.Asked{Text: q.Text, Lang: q.Lang, Fallback: q.Fallback, Area: q.Area, Now: q.Now, Prev: prev})
	if err != nil {
		d.log.Error("question not answered", "error", err)
		a, next = notUnderstood(q, r.facts.Revision()), prev
	}
	return d.reply(a), next
}

// Forget ends a chat's conversation.
func (d *Desk) Forget(chat string) { d.chats.forget(chat) }

// answer is the engine's, with a panic as an error.
func answer(e *qa.Engine, q qa.Asked) (a qa.Answer, next qa.Conversation, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %s at %s", whatOf(p), origin())
		}
	}()
	a, next = e.Answer(q)
	return a, next, nil
}

// NotUnderstood is the reply to a line that is no question.
func (d *Desk) NotUnderstood(q Question) Reply {
	return d.reply(notUnderstood(q, d.Facts().Revision()))
}

func notUnderstood(q Question, revision string) qa.Answer {
	return qa.Answer{Question: q.Text, Lang: cmp.Or(q.Lang, q.Fallback, "vi"), Status: qa.NotUnderstood, Revision: revision}
}

// Problems are all things wrong with the facts, where that is what an error of Open says.
func Problems(err error) (facts.Problems, bool) {
	var ps facts.Problems
	ok := errors.As(err, &ps)
	return ps, ok
}
