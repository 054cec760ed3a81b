package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"factbot/internal/desk"
	"factbot/internal/facts"
	"factbot/internal/metrics"
	"factbot/internal/qa"
	"factbot/internal/telegram"
)

// drawnAtOnce is how many pictures are drawn at the same time: each takes some 20 MB meanwhile.
const drawnAtOnce = 2

// howToGetToken is one line.
const howToGetToken = "write to @BotFather on Telegram, send /newbot, and set " + tokenVariable + " to the token that it gives"

type telegramCommand struct {
	source
	running
}

// Run answers on Telegram until it is stopped.
func (c *telegramCommand) Run(w *world) error {
	token, err := c.secret(w, tokenVariable)
	if err != nil {
		return err
	}
	if token == "" {
		return fmt.Errorf("no %s: %s", tokenVariable, howToGetToken)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	err = c.serve(ctx, w, token)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

func (c *telegramCommand) serve(ctx context.Context, w *world, token string) error {
	log, bot := c.logger(w), botOf(token)
	w.log = log
	kept, err := c.openState(ctx, w, bot)
	if err != nil {
		return err
	}
	defer kept.Close()
	secret, err := c.webhookSecret(w, kept.key, bot)
	if err != nil {
		return err
	}
	l, err := c.live(ctx, w, kept, log)
	if err != nil {
		return err
	}
	meter := metrics.New(version())
	l.meter = meter
	meter.Revision(l.revision.Load())
	allowed, err := c.roles()
	if err != nil {
		return err
	}
	t, err := telegram.New(ctx, telegram.Config{
		Keeper: &keeper{live: l, w: w, roles: allowed, started: time.Now()},
		Token:  token, URL: c.APIURL, Answer: answerer{l, meter, make(chan struct{}, drawnAtOnce)}, Texts: texts{l.desk}, Log: log, State: kept.store, Meter: meter,
		Replica: c.replica(kept.shared), Admins: c.Admins, Workers: c.Workers, Depth: c.Depth, Waiting: c.Waiting,
		Keep:   telegram.Keep{Talk: c.KeepTalk, Answers: c.KeepAnswers, People: c.KeepPeople},
		Forget: retention(c.KeepQuestions), Pace: c.pacing(),
		Webhook: telegram.Webhook{URL: c.WebhookURL, Listen: c.WebhookListen, Secret: secret, Cert: c.WebhookCert, Key: c.WebhookKey, Connections: c.WebhookConnections, Calls: c.WebhookCalls},
	})
	if err != nil {
		return err
	}
	if c.AdminListen != "" {
		closeAdmin, err := watchHealth(c.AdminListen, meter, t.Ready, log)
		if err != nil {
			return err
		}
		defer closeAdmin()
	}
	log.Info("started", "version", version(), "state", kept.store.Engine(), "facts", l.desk.Facts().Revision())
	go l.desk.Warm()
	done := make(chan struct{})
	follow, unfollow := context.WithCancel(ctx)
	go func() {
		defer close(done)
		if l.follows {
			l.follow(follow)
			return
		}
		if c.Facts != "" {
			l.watchFolder(follow, c.Facts, lookEvery, t.TellFacts)
		}
	}()
	err = t.Run(ctx)
	unfollow()
	<-done
	return err
}

// pacing is the pace of sending; a setting of 0 is none.
func (r *running) pacing() telegram.Pace {
	if r.Pace <= 0 {
		return telegram.Pace{Chat: -1, Group: -1, Burst: r.Burst}
	}
	return telegram.Pace{Chat: r.Pace, Group: r.Pace / 3, Burst: r.Burst}
}

// logger writes for the operator, to standard error.
func (r *running) logger(w *world) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(r.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if r.Log == "json" {
		return slog.New(slog.NewJSONHandler(w.err, o))
	}
	return slog.New(slog.NewTextHandler(w.err, o))
}

// answerer answers chats from the live facts.
type answerer struct {
	*live
	meter   *metrics.Meter
	drawing chan struct{} // has room for as many pictures as are drawn at a time
}

// memory is what a chat may refer back to, and the revision of the facts that it was last answered from.
type memory struct {
	Conversation qa.Conversation `json:"conversation"`
	Revision     int64           `json:"revision,omitempty"`
}

// Answer is telegram.Answerer's. A chat that was answered from newer facts than these, by another replica, is answered when they are here.
func (a answerer) Answer(ctx context.Context, q telegram.Question) telegram.Reply {
	m, _ := telegram.Remembered[memory](q.Memory)
	a.reach(ctx, m.Revision)
	asked := a.asked(q)
	begun := time.Now()
	revision := a.revision.Load()
	r, next := a.desk.Converse(asked, m.Conversation)
	shown := telegram.Reply{HTML: r.HTML(), Plain: r.Text(), Lang: r.Lang, Status: string(r.Status), Next: opening(r.Next()), Copy: r.Copy(), Own: own(r, q.Text),
		Drawn: r.Drawn(), Follow: r.Followed()}
	shown.Draw = shown.Drawn && r.Query.Picture
	a.meter.Answer(string(r.Status), time.Since(begun))
	for _, o := range r.Options {
		if o.Text != "" {
			shown.Buttons = append(shown.Buttons, []telegram.Button{{Label: a.desk.Printer().Choice(r.Lang, o), Ask: o.Text}})
			shown.Choice = true
		}
	}
	shown.Memory = telegram.Remembering(memory{next, max(revision, m.Revision)})
	return shown
}

// asked is a question of a chat for the desk.
func (a answerer) asked(q telegram.Question) desk.Question {
	asked := desk.Question{Text: q.Text, Fallback: q.Lang}
	if code, ok := strings.CutPrefix(q.Text, "#"); ok {
		if text, lang, ok := a.desk.Unlink(code); ok {
			asked = desk.Question{Text: text, Lang: lang}
		}
	}
	if area := a.desk.AreaOf(q.Area); area != nil {
		asked.Area = area.ID
	}
	return asked
}

// Picture is telegram.Answerer's.
func (a answerer) Picture(ctx context.Context, q telegram.Question) (p telegram.Picture, ok bool) {
	r, _ := a.desk.Converse(a.asked(q), qa.Conversation{})
	c := r.Chart()
	if c == nil {
		return p, false
	}
	return telegram.Picture{Key: c.Key(), Name: "chart-" + c.Key()[:6] + ".png", PNG: func() ([]byte, error) {
		select { // drawing takes memory: a few at a time
		case a.drawing <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		defer func() { <-a.drawing }()
		return c.PNG()
	}}, true
}

// Subject is telegram.Answerer's.
func (a answerer) Subject(id, lang string) (telegram.Subject, bool) {
	s, ok := a.desk.Subject(id)
	if !ok {
		return telegram.Subject{}, false
	}
	name, code := a.desk.SubjectName(s, lang)
	return telegram.Subject{ID: s.ID(), Name: name, Code: code}, true
}

// Areas are telegram.Answerer's.
func (a answerer) Areas(lang string) []telegram.Area {
	var list []telegram.Area
	for _, area := range a.desk.Areas() {
		list = append(list, a.area(area, lang))
	}
	return list
}

// AreaNamed is telegram.Answerer's.
func (a answerer) AreaNamed(text, lang string) (telegram.Area, bool) {
	area, ok := a.desk.AreaNamed(text)
	if !ok {
		return telegram.Area{}, false
	}
	return a.area(area, lang), true
}

func (a answerer) area(area *facts.Area, lang string) telegram.Area {
	return telegram.Area{ID: a.desk.AreaCode(area), Name: area.Name.In(lang)}
}

// own is the question of an answer, complete in itself: its code, else its text where nothing of it came from the talk before.
func own(r desk.Reply, text string) string {
	if code := r.Link(); code != "" {
		return "#" + code
	}
	if r.Status != qa.Answered && r.Status != qa.NoData && r.Status != qa.NotUnderstood || slices.ContainsFunc(r.Slots, func(s qa.Slot) bool { return s.From == qa.FromContext }) {
		return ""
	}
	return text
}

// opening are questions as buttons.
func opening(next []desk.Next) []telegram.Button {
	var buttons []telegram.Button
	for _, n := range next {
		buttons = append(buttons, telegram.Button{Label: n.Label, Ask: "#" + n.Code})
	}
	return buttons
}

// Suggest is telegram.Answerer's.
func (a answerer) Suggest(ctx context.Context, text, lang string, limit int) []telegram.Reply {
	var out []telegram.Reply
	for _, r := range a.desk.Suggest(text, lang, limit) {
		out = append(out, telegram.Reply{HTML: r.HTML(), Plain: r.Text(), Lang: r.Lang})
	}
	return out
}

// Browse is telegram.Answerer's.
func (a answerer) Browse(what, lang string, page int) telegram.Page {
	p := a.desk.Browse(what, lang, page)
	return telegram.Page{HTML: p.HTML, Plain: p.Plain, Open: opening(p.Open), Number: p.Number, Last: p.Last}
}

// Compare is telegram.Answerer's.
func (a answerer) Compare(lang string) []string { return a.desk.Compare(lang) }

// Linked is telegram.Answerer's.
func (a answerer) Linked(code string) bool {
	_, _, ok := a.desk.Unlink(code)
	return ok
}

// Examples are telegram.Answerer's.
func (a answerer) Examples(lang string) []string { return a.desk.Examples(lang) }

// texts are the desk's messages.
type texts struct{ *desk.Desk }

// Text is telegram.Texts'.
func (t texts) Text(lang, id string, args map[string]any) string {
	return t.Printer().Message(lang, id, args)
}

type startCommand struct {
	telegramCommand
}

// Run is Telegram where there is a token, else the chat in the terminal.
func (c *startCommand) Run(w *world) error {
	token, err := c.secret(w, tokenVariable)
	if err != nil {
		return err
	}
	if token != "" {
		return c.telegramCommand.Run(w)
	}
	fmt.Fprintf(w.err, "bot: no %s, so this is the chat in the terminal; for Telegram %s\n", tokenVariable, howToGetToken)
	return (&chatCommand{source: c.source, asking: asking{Lang: "auto"}}).Run(w)
}
