package main

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"strconv"
	"syscall"

	"factbot/internal/desk"
	"factbot/internal/telegram"
)

// The environment of the Telegram bot. The token has no flag, where everybody on the machine could read it.
const (
	tokenVariable = "TELEGRAM_BOT_TOKEN"
	urlVariable   = "TELEGRAM_API_URL"
)

// howToGetToken is one line.
const howToGetToken = "write to @BotFather on Telegram, send /newbot, and set " + tokenVariable + " to the token that it gives"

type telegramCommand struct {
	source
}

// Run answers on Telegram until it is stopped.
func (c *telegramCommand) Run(w *world) error {
	token := w.env(tokenVariable)
	if token == "" {
		return fmt.Errorf("no %s: %s", tokenVariable, howToGetToken)
	}
	d, err := c.open(w)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	bot, err := telegram.New(ctx, telegram.Config{
		Token: token, URL: w.env(urlVariable), Answer: answerer{d}, Texts: texts{d}, Log: logger(w),
	})
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	if err != nil {
		return err
	}
	go d.Warm()
	return bot.Run(ctx)
}

// answerer answers chats at the desk.
type answerer struct{ *desk.Desk }

// Answer is telegram.Answerer's. In a group every person has a conversation of their own.
func (a answerer) Answer(_ context.Context, q telegram.Question) telegram.Reply {
	r := a.Ask(desk.Question{
		Chat: "telegram:" + strconv.FormatInt(q.Chat, 10) + ":" + strconv.FormatInt(q.Person, 10),
		Text: q.Text, Fallback: q.Lang,
	})
	shown := telegram.Reply{HTML: r.HTML(), Plain: r.Text(), Lang: r.Lang}
	for _, o := range r.Options {
		if o.Text != "" {
			shown.Buttons = append(shown.Buttons, []telegram.Button{{Label: o.Label.In(r.Lang), Ask: o.Text}})
			shown.Choice = true
		}
	}
	return shown
}

// texts are the desk's messages.
type texts struct{ *desk.Desk }

// Text is telegram.Texts'.
func (t texts) Text(lang, id string, args map[string]any) string {
	return t.Printer().Message(lang, id, args)
}

type startCommand struct{}

// Run is Telegram where there is a token, else the chat in the terminal.
func (startCommand) Run(w *world) error {
	if w.env(tokenVariable) != "" {
		return (&telegramCommand{}).Run(w)
	}
	fmt.Fprintf(w.err, "bot: no %s, so this is the chat in the terminal; for Telegram %s\n", tokenVariable, howToGetToken)
	return (&chatCommand{asking: asking{Lang: "auto"}}).Run(w)
}
