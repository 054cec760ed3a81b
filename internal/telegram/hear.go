package telegram

import (
	"strings"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"
)

// heard is what a message asks of the bot.
type heard struct {
	kind    kind
	command string // of a command: its name in lower case, without slash and bot
	text    string // the question, or what follows the command
}

type kind int

const (
	nothing  kind = iota // not for the bot
	question             // may be empty: the bot was only named
	command
	media // something without text
)

// hear is what a message asks of the bot. In groups that is only what is addressed to it: a command, a reply, a mention.
func hear(m *models.Message, me models.User) heard {
	if m.From != nil && m.From.IsBot && m.SenderChat == nil || m.IsAutomaticForward {
		return heard{}
	}
	private := m.Chat.Type == models.ChatTypePrivate
	if name, at, rest, ok := splitCommand(m); ok {
		switch {
		case at != "" && !strings.EqualFold(at, me.Username):
			return heard{}
		case private || at != "" || commands[name] != nil:
			return heard{command, name, rest}
		}
		return heard{} // another bot's, perhaps
	}
	if m.Text == "" {
		if private && showsSomething(m) {
			return heard{kind: media}
		}
		return heard{}
	}
	text, mentioned := withoutMention(m, me)
	replied := m.ReplyToMessage != nil && m.ReplyToMessage.From != nil && m.ReplyToMessage.From.ID == me.ID
	if private || mentioned || replied {
		return heard{kind: question, text: text}
	}
	return heard{}
}

// splitCommand takes a message that begins with a command apart. A command and a bot's name are ASCII, so that units are bytes there.
func splitCommand(m *models.Message) (name, at, rest string, ok bool) {
	for _, e := range m.Entities {
		if e.Type == models.MessageEntityTypeBotCommand && e.Offset == 0 && e.Length > 1 && e.Length <= len(m.Text) {
			name, at, _ = strings.Cut(m.Text[1:e.Length], "@")
			return strings.ToLower(name), at, strings.TrimSpace(m.Text[e.Length:]), true
		}
	}
	return "", "", "", false
}

// withoutMention is the text of a message without the names that address the bot, and whether there were any.
func withoutMention(m *models.Message, me models.User) (string, bool) {
	units := utf16.Encode([]rune(m.Text))
	var kept []uint16
	from, found := 0, false
	for _, e := range m.Entities {
		if e.Offset < from || e.Length < 0 || e.Length > len(units)-e.Offset {
			continue
		}
		end := e.Offset + e.Length
		name := string(utf16.Decode(units[e.Offset:end]))
		named := e.Type == models.MessageEntityTypeMention && strings.EqualFold(name, "@"+me.Username)
		meant := e.Type == models.MessageEntityTypeTextMention && e.User != nil && e.User.ID == me.ID
		if named || meant {
			kept = append(kept, units[from:e.Offset]...)
			from, found = end, true
		}
	}
	if !found {
		return strings.TrimSpace(m.Text), false
	}
	text := string(utf16.Decode(append(kept, units[from:]...)))
	return strings.TrimLeft(strings.TrimSpace(text), ",:;–- "), true
}

// showsSomething reports whether a person sent something other than text, and not Telegram a notice of something that happened.
func showsSomething(m *models.Message) bool {
	return len(m.Photo) > 0 || m.Document != nil || m.Voice != nil || m.Video != nil || m.VideoNote != nil || m.Audio != nil ||
		m.Animation != nil || m.Sticker != nil || m.Location != nil || m.Venue != nil || m.Contact != nil || m.Poll != nil ||
		m.Dice != nil || m.Story != nil || m.Game != nil || m.PaidMedia != nil || m.Checklist != nil
}

// place is where an answer goes and to whom.
type place struct {
	chat   int64
	thread int // forum topic, or 0
	reply  int // in groups: the message that is answered, or 0
	group  bool
	person int64
	code   string // language_code of the person's app, or empty
	turn   *turn  // the update that is being dealt with
}

// placeOf is where the answer to a message goes.
func placeOf(m *models.Message) place {
	p := place{chat: m.Chat.ID, group: m.Chat.Type != models.ChatTypePrivate}
	if p.group {
		p.reply = m.ID
	}
	if m.IsTopicMessage {
		p.thread = m.MessageThreadID
	}
	p.person, p.code = writer(m)
	return p
}

// writer is the person who wrote a message. An anonymous admin writes in the name of the group, a channel in its own.
func writer(m *models.Message) (id int64, code string) {
	switch {
	case m.SenderChat != nil:
		return m.SenderChat.ID, ""
	case m.From != nil:
		return m.From.ID, m.From.LanguageCode
	}
	return m.Chat.ID, ""
}
