package telegram

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	inlineResults = 10
	inlineCache   = 20  // seconds: Telegram cannot be told to forget an answer
	inlineTitle   = 80  // characters
	inlineText    = 150 // of the lines below it
	inlineQuery   = 256 // of what is typed
)

// planInline answers what is typed behind the bot's name in any chat: nothing of it is kept.
func (b *Bot) planInline(q *models.InlineQuery) plan {
	if q.From == nil || q.Offset != "" {
		return plan{}
	}
	p := place{person: q.From.ID, code: q.From.LanguageCode}
	return plan{p: p, beside: func(ctx context.Context, p place) {
		results := []models.InlineQueryResult{}
		for i, s := range b.answer.Suggest(ctx, cut(q.Query, inlineQuery), b.guess(p), inlineResults) {
			if r := inlineResult(i, s); r != nil {
				results = append(results, r)
			}
		}
		err := b.sender.call(ctx, 0, func(ctx context.Context) error {
			_, err := b.api.AnswerInlineQuery(ctx, &bot.AnswerInlineQueryParams{InlineQueryID: q.ID, Results: results, IsPersonal: true, CacheTime: inlineCache})
			return err
		})
		if err != nil {
			b.lost(ctx, "answerInlineQuery", err)
		}
	}}
}

// inlineResult is a reply as something to be chosen, nil where it does not fit in one message.
func inlineResult(n int, r Reply) models.InlineQueryResult {
	texts, marked := pieces(r)
	lines := strings.Split(strings.TrimSpace(r.Plain), "\n")
	if len(texts) != 1 || lines[0] == "" {
		return nil
	}
	content := &models.InputTextMessageContent{MessageText: texts[0], LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: bot.True()}}
	if marked {
		content.ParseMode = models.ParseModeHTML
	}
	title, rest := lines[0], lines[1:]
	if name, figure, ok := strings.Cut(title, ": "); ok { // the figure first: a title is cut short
		title, rest = figure, append([]string{name}, rest...)
	}
	return &models.InlineQueryResultArticle{
		ID: fmt.Sprint(n), Title: cut(title, inlineTitle), Description: cut(strings.Join(rest, " · "), inlineText), InputMessageContent: content,
	}
}
