package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// admin is who brings updates, reader who looks at what the facts say meanwhile.
const (
	admin  = int64(900)
	reader = int64(901)
)

// shownTo is a message that somebody sees.
type shownTo struct {
	chat         int64
	id           int
	text, markup string
}

// updates has an admin apply one update after the other while the bot is killed at random moments; then many in a row without. What was acknowledged is there afterwards,
// as a whole, and no answer is made of two revisions.
func updates(d *exercise) error {
	kills, rows := 50, 1000
	if d.short {
		kills, rows = 12, 60
	}
	if err := updatesIn(d, "killed", kills, 0); err != nil {
		return err
	}
	return updatesIn(d, "in a row", 0, rows)
}

// bothFigures are two figures that every update changes together.
var bothFigures = regexp.MustCompile(`(?s)(\d\.\d{3}) triệu USD.*?(\d{2}\.\d{3}) tỷ đồng`)

func updatesIn(d *exercise, name string, kills, rows int) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	data := filepath.Join(d.dir, strings.ReplaceAll(name, " ", "-"))
	b := newBot(d.path, a, "BOT_DATA="+data, fmt.Sprintf("BOT_ADMINS=%d", admin))
	toAdmin, toReader := make(chan shownTo, 1<<12), make(chan shownTo, 1<<12)
	a.seen = func(chat int64, id int, text, markup string) {
		switch chat {
		case admin:
			toAdmin <- shownTo{chat, id, text, markup}
		case reader:
			toReader <- shownTo{chat, id, text, markup}
		}
	}
	if _, err := b.startReady(a); err != nil {
		return err
	}
	var end atomic.Bool
	killed := make(chan error, 1)
	go func() {
		defer end.Store(kills > 0)
		for range kills {
			time.Sleep(time.Duration(20+d.jitter(300)) * time.Millisecond)
			b.kill()
			if _, err := b.startReady(a); err != nil {
				killed <- err
				return
			}
		}
		killed <- nil
	}()
	var done atomic.Int64 // the last update that was acknowledged
	mixed := make(chan error, 1)
	read := make(chan int, 1)
	go func() { read <- readPairs(a, toReader, &done, &end, mixed) }()
	small := b.rss()
	applied := 0
	begun := time.Now()
	for i := 1; !end.Load(); i++ {
		if err := applyOne(a, toAdmin, i); err != nil {
			return fmt.Errorf("%s: update %d: %w\n%s", name, i, err, b.log)
		}
		done.Store(int64(i))
		applied = i
		if kills == 0 && i == rows/10 {
			small = b.rss()
		}
		if kills == 0 && i == rows {
			end.Store(true)
		}
	}
	took := time.Since(begun)
	if err := <-killed; err != nil {
		return err
	}
	pairs := <-read
	large := b.rss()
	if err := b.stop(); err != nil {
		return fmt.Errorf("the last stop: %w\n%s", err, b.log)
	}
	select {
	case err := <-mixed:
		return fmt.Errorf("%s: %w", name, err)
	default:
	}
	revisions, err := revisionsOf(d, data)
	if err != nil {
		return err
	}
	fmt.Printf("%-10s %d times kill -9; %d updates acknowledged in %.0f s, %d revisions, %d answers read meanwhile; memory %.0f to %.0f MiB\n",
		name, kills, applied, took.Seconds(), revisions, pairs, small, large)
	switch {
	case revisions != applied:
		return fmt.Errorf("%s: %d updates were acknowledged, and there are %d revisions", name, applied, revisions)
	case kills == 0 && large > 2*small+64:
		return fmt.Errorf("%s: memory grew from %.0f to %.0f MiB", name, small, large)
	}
	return finalFigure(d, data, applied)
}

// applyOne sends a table, waits until it is shown, applies it, and waits until that is acknowledged.
func applyOne(a *api, seen <-chan shownTo, i int) error {
	file := fmt.Sprintf("up-%d.csv", i)
	a.sendFile(admin, file, fmt.Sprintf("area,indicator,period,measure,value,unit,source,source_date\n"+
		"Nghệ An,Tổng kim ngạch xuất khẩu,2020,actual,%d,triệu USD,Báo cáo,2021-02-28\nNghệ An,Tổng mức bán lẻ hàng hóa,2020,actual,%d,tỷ đồng,Báo cáo,2021-02-28\n", 1000+i, 60000+i))
	deadline := time.After(30 * time.Second)
	pressed := false
	for {
		select {
		case m := <-seen:
			switch {
			case strings.Contains(m.text, file) && m.markup != "" && !pressed:
				key := regexp.MustCompile(`"(1y=[a-z0-9]+)"`).FindStringSubmatch(m.markup)
				if key == nil {
					return fmt.Errorf("no button to apply it: %s", m.markup)
				}
				a.press(admin, m.id, key[1])
				pressed = true
			case pressed && strings.Contains(m.text, fmt.Sprintf("bản %d.", i)):
				return nil
			case pressed && strings.Contains(m.text, "không còn"):
				return fmt.Errorf("what was shown is gone: %s", m.text)
			}
		case <-deadline:
			return fmt.Errorf("nothing came of it in 30 s, pressed %v", pressed)
		}
	}
}

// readPairs asks for both figures again and again: they are of one update, and of none older than was acknowledged when they were asked for.
func readPairs(a *api, seen <-chan shownTo, done *atomic.Int64, end *atomic.Bool, wrong chan<- error) (n int) {
	say := func(format string, args ...any) {
		select {
		case wrong <- fmt.Errorf(format, args...):
		default:
		}
	}
	var floors []int64 // of the last questions: what is answered may be an earlier one, or one again
	for !end.Load() {
		for len(seen) > 0 { // what came twice
			<-seen
		}
		floors = append(floors, done.Load())
		floors = floors[max(0, len(floors)-8):]
		a.send(reader, "xuất khẩu 2020 và bán lẻ 2020")
		select {
		case m := <-seen:
			found := bothFigures.FindStringSubmatch(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m.text, ""))
			floor := slices.Min(floors)
			if found == nil || floor == 0 {
				continue
			}
			exports, _ := strconv.ParseInt(strings.ReplaceAll(found[1], ".", ""), 10, 64)
			retail, _ := strconv.ParseInt(strings.ReplaceAll(found[2], ".", ""), 10, 64)
			n++
			if exports-1000 != retail-60000 {
				say("an answer is made of two revisions: %s", m.text)
			} else if exports-1000 < floor {
				say("update %d was acknowledged, and an answer has that of %d", floor, exports-1000)
			}
		case <-time.After(time.Second): // it was killed: the answer comes, or came twice, later
		}
		time.Sleep(5 * time.Millisecond)
	}
	return n
}

// revisionsOf counts the revisions in a state.
func revisionsOf(d *exercise, data string) (int, error) {
	out, err := exec.Command(d.path, "log", "--data", data, "-n", "1000000").Output()
	if err != nil {
		return 0, fmt.Errorf("bot log: %w", err)
	}
	return strings.Count(string(out), "\n"), nil
}

// finalFigure looks whether the last update is what the facts say.
func finalFigure(d *exercise, data string, i int) error {
	dir := data + "-facts"
	if out, err := exec.Command(d.path, "fetch", "--data", data, dir).CombinedOutput(); err != nil {
		return fmt.Errorf("bot fetch: %w\n%s", err, out)
	}
	defer os.RemoveAll(dir)
	out, err := exec.Command(d.path, "ask", "--facts", dir, "xuất khẩu 2020").CombinedOutput()
	if err != nil || !strings.Contains(string(out), grouped(1000+i)+" triệu USD") {
		return fmt.Errorf("after %d updates: %w\n%s", i, err, out)
	}
	return nil
}
