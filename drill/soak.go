package main

import (
	"fmt"
	"path/filepath"
	"time"
)

// soak measures the most that the bot answers, then has it answer half of that for minutes: what it holds must not grow.
func soak(d *exercise) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	b := newBot(d.path, a, append(webhook(freeAddress()), "BOT_DATA="+filepath.Join(d.dir, "soak"))...)
	if _, err := b.startReady(a); err != nil {
		return err
	}
	seconds, window := 600, 60
	if d.short {
		seconds, window = 36, 8
	}
	probe := gather(a, 64, 1001, none)
	time.Sleep(5 * time.Second)
	probe.leave()
	before := a.settle(20 * time.Second)
	most := float64(before.answered) / 5
	each := time.Duration(float64(time.Second) * 64 / (most / 2))
	people := gather(a, 64, 5001, func() time.Duration { return max(0, each-time.Duration(float64(time.Second)*64/most)) })
	type sample struct{ rss, goroutines, files float64 }
	take := func() sample {
		var s sample
		n := 0
		for end := time.Now().Add(time.Duration(window) * time.Second); time.Now().Before(end); n++ {
			s.rss += b.rss()
			s.goroutines += b.metric("go_goroutines")
			s.files += float64(b.files())
			time.Sleep(500 * time.Millisecond)
		}
		return sample{s.rss / float64(n), s.goroutines / float64(n), s.files / float64(n)}
	}
	time.Sleep(time.Duration(window) * time.Second) // what is built at first use is no growth
	begun := a.tally().answered
	from := time.Now()
	first := take()
	time.Sleep(time.Duration(max(0, seconds-3*window)) * time.Second)
	last := take()
	rate := float64(a.tally().answered-begun) / time.Since(from).Seconds()
	people.leave()
	t := a.settle(20 * time.Second)
	fmt.Printf("at most %.0f answers a second, then %.0f a second\n", most, rate)
	fmt.Printf("%-12s %10s %10s\n", "", "first", "last")
	fmt.Printf("%-12s %10.1f %10.1f\n%-12s %10.1f %10.1f\n%-12s %10.1f %10.1f\n", "memory, MiB", first.rss, last.rss, "goroutines", first.goroutines, last.goroutines, "files", first.files, last.files)
	if err := b.stop(); err != nil {
		return err
	}
	if last.rss > first.rss*1.25+16 || last.goroutines > first.goroutines*1.25+20 || last.files > first.files+20 {
		return fmt.Errorf("what it holds has grown")
	}
	return t.check("soak", 0)
}
