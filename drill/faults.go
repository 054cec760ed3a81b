package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// faults plays Telegram's bad days, each for some seconds under load; then all is well, and every question must have its answer.
func faults(d *exercise) error {
	on := func(methods ...string) func(f fault) func(string, int64) *fault {
		return func(f fault) func(string, int64) *fault {
			return func(method string, _ int64) *fault {
				for _, m := range methods {
					if m == method {
						return &f
					}
				}
				return nil
			}
		}
	}
	slow := 30 * time.Second
	if d.short {
		slow = 8 * time.Second
	}
	send, poll, both := on("sendMessage"), on("getUpdates"), on("sendMessage", "getUpdates")
	for _, day := range []struct {
		name  string
		meet  func(string, int64) *fault
		twice bool // the answer may have gone out
		most  int  // calls in five seconds that are no tight loop
	}{
		{"429 for a second", send(fault{code: 429, after: 1}), false, 200},
		{"500", both(fault{code: 500}), false, 400},
		{"502 with a page", both(fault{code: 502, page: true}), false, 400},
		{"connection closed", both(fault{}), false, 400},
		{"answer lost", send(fault{code: 500, lost: true}), true, 400},
		{"409 to a poll", poll(fault{code: 409}), false, 200},
		{"slow", send(fault{code: 200, delay: slow}), true, 200},
	} {
		if err := badDay(d, day.name, day.meet, day.twice, day.most); err != nil {
			return err
		}
	}
	if err := floodOfHours(d); err != nil {
		return err
	}
	return refusedToken(d)
}

func badDay(d *exercise, name string, meet func(string, int64) *fault, twice bool, most int) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	b := newBot(d.path, a, "BOT_DATA="+filepath.Join(d.dir, name))
	if _, err := b.startReady(a); err != nil {
		return err
	}
	people := gather(a, 8, 1001, none)
	time.Sleep(500 * time.Millisecond)
	rss := b.rss()
	a.mu.Lock()
	a.fault, a.calls = meet, 0
	a.mu.Unlock()
	long := 5
	if d.short {
		long = 3
	}
	time.Sleep(time.Duration(long) * time.Second)
	a.mu.Lock()
	calls := a.calls
	a.fault = nil
	a.mu.Unlock()
	time.Sleep(time.Second)
	people.leave()
	t := a.settle(60 * time.Second)
	fmt.Printf("%-20s %4d calls in %d s, memory %.0f → %.0f MiB\n", name, calls, long, rss, b.rss())
	may := 0
	if twice {
		may = calls
	}
	if err := b.stop(); err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, b.log)
	}
	if calls > most {
		return fmt.Errorf("%s: %d calls in %d s are a tight loop", name, calls, long)
	}
	return t.check(name, may)
}

// floodOfHours has Telegram ask for two hours of silence in one chat: it gets silence, the others their answers.
func floodOfHours(d *exercise) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	b := newBot(d.path, a, "BOT_DATA="+filepath.Join(d.dir, "flood"))
	if _, err := b.startReady(a); err != nil {
		return err
	}
	quiet := 0
	a.mu.Lock()
	a.fault = func(method string, chat int64) *fault {
		if method == "sendMessage" && chat == 13 {
			a.mu.Lock()
			quiet++
			a.mu.Unlock()
			return &fault{code: 429, after: 7200}
		}
		return nil
	}
	a.mu.Unlock()
	a.send(13, "xuất khẩu 2020")
	people := gather(a, 8, 1001, none)
	time.Sleep(500 * time.Millisecond)
	for range 5 {
		a.send(13, "bán lẻ 2020")
	}
	time.Sleep(2 * time.Second)
	people.leave()
	t := a.settle(20 * time.Second)
	if err := b.stop(); err != nil {
		return err
	}
	fmt.Printf("%-20s %4d calls to the chat that is to be left alone for hours\n", "429 for hours", quiet)
	if quiet > 2 {
		return fmt.Errorf("429 for hours: %d calls", quiet)
	}
	return t.check("429 for hours, the others", 0)
}

// refusedToken has Telegram refuse the token of a running bot: it ends, with a line that says so.
func refusedToken(d *exercise) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	b := newBot(d.path, a, "BOT_DATA="+filepath.Join(d.dir, "token"))
	if _, err := b.startReady(a); err != nil {
		return err
	}
	a.mu.Lock()
	a.fault = func(string, int64) *fault { return &fault{code: 401} }
	a.stir()
	a.mu.Unlock()
	a.send(1001, "xuất khẩu 2020") // ends the poll that is open
	select {
	case err := <-b.end:
		fmt.Printf("%-20s the bot ended: %v\n", "401", err)
		return nil
	case <-time.After(10 * time.Second):
		b.kill()
		return fmt.Errorf("401: the bot goes on\n%s", b.log)
	}
}
