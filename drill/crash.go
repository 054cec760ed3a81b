package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// crash kills the bot at random moments under load, half of the times polling, half by webhook. An answer may come twice where it had left before
// that could be noted.
func crash(d *exercise) error {
	kills := 50
	if d.short {
		kills = 12
	}
	for _, mode := range []string{"polling", "webhook"} {
		if err := crashIn(d, mode, kills); err != nil {
			return err
		}
	}
	return nil
}

func crashIn(d *exercise, mode string, kills int) error {
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	env := []string{"BOT_DATA=" + filepath.Join(d.dir, mode)}
	if mode == "webhook" {
		env = append(env, webhook(freeAddress())...)
	}
	b := newBot(d.path, a, env...)
	var starts []time.Duration
	took, err := b.startReady(a)
	if err != nil {
		return err
	}
	starts = append(starts, took)
	people := gather(a, 16, 1001, none)
	for range kills {
		time.Sleep(time.Duration(20+d.rnd.IntN(300)) * time.Millisecond)
		b.kill()
		if took, err = b.startReady(a); err != nil {
			return err
		}
		starts = append(starts, took)
	}
	people.leave()
	t := a.settle(60 * time.Second)
	if err := b.stop(); err != nil {
		return fmt.Errorf("the last stop: %w\n%s", err, b.log)
	}
	if os.Getenv("DRILL_LOG") != "" {
		fmt.Println(b.log)
	}
	fmt.Printf("%s: %d times kill -9; start p50 %v, longest %v\n", mode, kills, quantile(starts, .5), quantile(starts, 1))
	if slowest := quantile(starts, 1); slowest > time.Second {
		return fmt.Errorf("a start took %v", slowest)
	}
	return t.check(mode, 16*kills) // each kill may meet every one of the 16 between the sending and the note
}
