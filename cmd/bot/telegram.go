package main

import "errors"

type telegramCommand struct {
	source
}

// Run answers on Telegram until it is stopped.
func (c *telegramCommand) Run(w *world) error {
	if w.env("TELEGRAM_BOT_TOKEN") == "" {
		return errors.New("TELEGRAM_BOT_TOKEN is not set; write to @BotFather on Telegram, send /newbot, and it gives a token")
	}
	return errors.New("not built in")
}

type startCommand struct{}

// Run is Telegram where there is a token, else the chat in the terminal.
func (startCommand) Run(w *world) error {
	if w.env("TELEGRAM_BOT_TOKEN") != "" {
		return (&telegramCommand{}).Run(w)
	}
	if _, err := w.err.Write([]byte("bot: no TELEGRAM_BOT_TOKEN: this is the chat in the terminal; for Telegram write to @BotFather, send /newbot, and set the token it gives\n")); err != nil {
		return err
	}
	return (&chatCommand{asking: asking{Lang: "auto"}}).Run(w)
}
