package main

import (
	"errors"
	"io/fs"
	"strconv"
	"time"

	shipped "factbot/facts"
	"factbot/internal/desk"
	"factbot/internal/facts"
	"factbot/internal/state"
)

// newsSince is what the desk's facts bring beside those of a revision's files; before the first revision it is those that the bot was built with
// that it answered from.
func newsSince(d *desk.Desk, files []state.File) ([]desk.News, error) {
	var folder fs.FS = shipped.FS
	if files != nil {
		folder = unpacked(files)
	}
	before, problems := d.Load(folder)
	if len(problems) > 0 {
		return nil, errors.New(problems[0].String())
	}
	return d.News(before), nil
}

// announce puts a notice for each follower and document among those to be sent, in the transaction of the revision that brings the news: both are there or
// neither is, and nobody is told twice.
func announce(tx *state.Tx, d *desk.Desk, revision string, news []desk.News) error {
	type follower struct {
		chat int64
		doc  string
	}
	var order []follower
	told := map[follower][]desk.News{}
	lang := map[int64]string{}
	documents := map[string]*facts.Source{}
	for _, n := range news {
		documents[n.Document.ID] = n.Document
		err := tx.Followers(n.Subject.ID(), func(f state.Follower) error {
			key := follower{f.Chat, n.Document.ID}
			if told[key] == nil {
				order = append(order, key)
			}
			told[key], lang[f.Chat] = append(told[key], n), f.Lang
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, key := range order {
		body := state.NoticeBody{Chat: key.chat, Lang: lang[key.chat], HTML: d.Announcement(documents[key.doc], told[key], lang[key.chat])}
		if _, err := tx.AddNotice(revision+" "+key.doc, strconv.FormatInt(key.chat, 10), time.Time{}, body); err != nil {
			return err
		}
	}
	return nil
}
