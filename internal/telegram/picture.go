package telegram

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"factbot/internal/state"
)

// Picture is an answer drawn.
type Picture struct {
	Key  string                 // the same for pictures that look the same, in every process
	Name string                 // of the file
	PNG  func() ([]byte, error) // draws it
}

// draw sends the picture of the answer to a question; as a file it comes as it was drawn, as Telegram makes photos smaller.
func (b *Bot) draw(ctx context.Context, p place, text string, asFile bool) {
	pic, ok := b.answer.Picture(ctx, b.question(p, text))
	if !ok {
		b.say(ctx, p, b.text(b.lang(p), textNoPicture))
		return
	}
	if !b.own(ctx, p.turn) {
		return
	}
	m := message{picture: &pic, asFile: asFile}
	if !asFile {
		m.markup = keyboard{[][]key{{{Text: "📎 PNG", Data: b.askData(p, pressFile, text)}}}}
	}
	_, err := b.put(ctx, &p, m)
	switch {
	case errors.Is(err, errNotDrawn):
		b.log.Error("a picture is not drawn", "error", err)
		b.say(ctx, p, b.text(b.lang(p), textFailed))
	case err != nil:
		b.lost(ctx, "sendPhoto", err)
		if passing(err) {
			p.turn.again = again(err)
		}
	}
}

var errNotDrawn = errors.New("not drawn")

// sendPicture is one sendPhoto or sendDocument: by the id that Telegram knows the picture by, where it was sent before, else with the picture itself.
func (b *Bot) sendPicture(ctx context.Context, p place, m message) (id int, err error) {
	record := m.picture.Key
	if m.asFile {
		record += "/file"
	}
	var known string
	_ = b.read(ctx, func(tx *state.Tx) (err error) {
		known, _, err = b.kinds.pictures.Get(tx, record)
		return err
	})
	if known != "" {
		id, _, err = b.sendFile(ctx, p, m, func() models.InputFile { return &models.InputFileString{Data: known} })
		if err == nil || !errors.Is(err, bot.ErrorBadRequest) || !says(err, "file") {
			return id, err
		}
	}
	data, err := m.picture.PNG()
	if err != nil {
		return 0, errors.Join(errNotDrawn, err)
	}
	id, known, err = b.sendFile(ctx, p, m, func() models.InputFile {
		return &models.InputFileUpload{Filename: m.picture.Name, Data: bytes.NewReader(data)} // a reader of its own for each try
	})
	if err == nil && known != "" {
		p.turn.later(func(tx *state.Tx) error { return b.kinds.pictures.Put(tx, record, known) })
	}
	return id, err
}

// sendFile sends a picture and gives the id of the message and that of the file.
func (b *Bot) sendFile(ctx context.Context, p place, m message, file func() models.InputFile) (id int, known string, err error) {
	err = b.sender.call(ctx, p.chat, func(ctx context.Context) error {
		var sent *models.Message
		var err error
		if m.asFile {
			sent, err = b.api.SendDocument(ctx, &bot.SendDocumentParams{ChatID: p.chat, MessageThreadID: p.thread, Document: file(), ReplyParameters: replyTo(p), ReplyMarkup: m.markup})
		} else {
			sent, err = b.api.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: p.chat, MessageThreadID: p.thread, Photo: file(), ReplyParameters: replyTo(p), ReplyMarkup: m.markup})
		}
		if err != nil {
			return err
		}
		id = sent.ID
		switch {
		case sent.Document != nil:
			known = sent.Document.FileID
		case len(sent.Photo) > 0:
			known = sent.Photo[len(sent.Photo)-1].FileID // the largest
		}
		return nil
	})
	return id, known, err
}

// chart draws the answer to what follows /bieudo.
func (b *Bot) chart(ctx context.Context, p place, text string) []int {
	if text = strings.TrimSpace(text); text == "" {
		return b.prompt(ctx, p)
	}
	b.draw(ctx, p, text, false)
	return nil
}
