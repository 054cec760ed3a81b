package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// hostile has one person send a thousand messages a second while fifty others ask as people do.
func hostile(d *exercise) error {
	seconds := 60
	if d.short {
		seconds = 10
	}
	for _, mode := range []string{"polling", "webhook"} {
		if err := hostileIn(d, mode, seconds); err != nil {
			return err
		}
	}
	return nil
}

func hostileIn(d *exercise, mode string, seconds int) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	env := []string{"BOT_DATA=" + filepath.Join(d.dir, "hostile-"+mode), "BOT_PACE=1"}
	if mode == "webhook" {
		env = append(env, webhook(freeAddress())...)
	}
	b := newBot(d.path, a, env...)
	if _, err := b.startReady(a); err != nil {
		return err
	}
	stop := time.After(time.Duration(seconds) * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	people := gather(a, 50, 1001, func() time.Duration { return time.Duration(800+d.jitter(1200)) * time.Millisecond })
	sent := 0
	for on := true; on; {
		select {
		case <-tick.C:
			for range 10 {
				a.send(666, "xuất khẩu 2020")
				sent++
			}
		case <-stop:
			on = false
		}
	}
	people.leave()
	t := a.settle(20 * time.Second)
	fmt.Printf("%s: %d hostile messages in %d s, memory %.0f MiB, goroutines %.0f\n", mode, sent, seconds, b.rss(), b.metric("go_goroutines"))
	b.kill()
	if p99 := quantile(t.waits, .99); p99 > 250*time.Millisecond {
		_ = t.check(mode, 0)
		return fmt.Errorf("%s: the ordinary ones' p99 is %v", mode, p99)
	}
	return t.check(mode, 0)
}
