package telegram

import (
	"context"
	"slices"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// dress gives the bot its command menu and descriptions, in each language, where they are not what they should be. The bot works
// without.
func (b *Bot) dress(ctx context.Context) {
	b.dressIn(ctx, "", b.common())
	for _, lang := range b.languages {
		if lang != b.common() {
			b.dressIn(ctx, lang, lang)
		}
	}
}

// dressIn sets what people of a language see; those of code "" are all others.
func (b *Bot) dressIn(ctx context.Context, code, lang string) {
	own := func(id string) string { return b.texts.Text(lang, id, nil) }
	menu := []models.BotCommand{
		{Command: "ask", Description: own(textMenuAsk)},
		{Command: "chitieu", Description: own(textMenuShow)},
		{Command: "duan", Description: own(textMenuProject)},
		{Command: "nguon", Description: own(textMenuSource)},
		{Command: "sosanh", Description: own(textMenuCompare)},
		{Command: "bieudo", Description: own(textMenuChart)},
		{Command: "theodoi", Description: own(textMenuFollow)},
		{Command: "tinh", Description: own(textMenuArea)},
		{Command: "help", Description: own(textMenuHelp)},
		{Command: "lang", Description: own(textMenuLang)},
		{Command: "privacy", Description: own(textMenuPrivacy)},
		{Command: "quen", Description: own(textMenuForget)},
	}
	b.wear(ctx, "setMyCommands", code, func(ctx context.Context) (bool, error) {
		is, err := b.api.GetMyCommands(ctx, &bot.GetMyCommandsParams{LanguageCode: code})
		return slices.Equal(is, menu), err
	}, func(ctx context.Context) (bool, error) {
		return b.api.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: menu, LanguageCode: code})
	})
	b.wear(ctx, "setMyDescription", code, func(ctx context.Context) (bool, error) {
		is, err := b.api.GetMyDescription(ctx, &bot.GetMyDescriptionParams{LanguageCode: code})
		return is.Description == own(textDescription), err
	}, func(ctx context.Context) (bool, error) {
		return b.api.SetMyDescription(ctx, &bot.SetMyDescriptionParams{Description: own(textDescription), LanguageCode: code})
	})
	b.wear(ctx, "setMyShortDescription", code, func(ctx context.Context) (bool, error) {
		is, err := b.api.GetMyShortDescription(ctx, &bot.GetMyShortDescriptionParams{LanguageCode: code})
		return is.ShortDescription == own(textAbout), err
	}, func(ctx context.Context) (bool, error) {
		return b.api.SetMyShortDescription(ctx, &bot.SetMyShortDescriptionParams{ShortDescription: own(textAbout), LanguageCode: code})
	})
}

// wear sets one thing unless it is right already.
func (b *Bot) wear(ctx context.Context, method, code string, right, set func(context.Context) (bool, error)) {
	is := false
	err := b.sender.call(ctx, 0, func(ctx context.Context) (err error) {
		is, err = right(ctx)
		return err
	})
	if err == nil && !is {
		err = b.sender.call(ctx, 0, func(ctx context.Context) error {
			_, err := set(ctx)
			return err
		})
	}
	if err != nil && ctx.Err() == nil {
		b.log.Warn("not set", "method", method, "language", code, "error", short(err))
	}
}
