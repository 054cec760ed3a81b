// Drill puts the built bot through bad days on loopback and prints what came of it: every question asked must have one answer. It is run by make:
// crash, faults, replicas, soak, hostile, updates; -short is the variant of about a minute that every change has to pass.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"time"
)

// drill is one exercise. The error is what must not be.
type drill func(d *exercise) error

var drills = map[string]drill{"crash": crash, "faults": faults, "replicas": replicas, "soak": soak, "hostile": hostile, "updates": updates}

// exercise is what a drill works with.
type exercise struct {
	short bool
	dir   string // for its files
	path  string // of the bot
	rnd   *rand.Rand
}

func main() {
	short := flag.Bool("short", false, "about a minute")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "of what is left to chance")
	flag.Parse()
	d := drills[flag.Arg(0)]
	if d == nil {
		fmt.Fprintln(os.Stderr, "drill: which? crash, faults, replicas, soak, hostile, updates")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), d, *short, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "drill:", err)
		os.Exit(1)
	}
}

func run(name string, d drill, short bool, seed uint64) error {
	dir, err := os.MkdirTemp("", "drill-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as another user
		return err
	}
	path, err := build(dir)
	if err != nil {
		return err
	}
	fmt.Printf("%s, seed %d\n", name, seed)
	begun := time.Now()
	err = d(&exercise{short: short, dir: dir, path: path, rnd: rand.New(rand.NewPCG(seed, 1))})
	fmt.Printf("%s: %.0f s\n", name, time.Since(begun).Seconds())
	return err
}

// crowd are people who ask, each a next question when the last one is answered, until quit.
type crowd struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

// gather starts n people; each waits between an answer and the next question.
func gather(a *api, n int, from int64, rest func() time.Duration) *crowd {
	c := &crowd{quit: make(chan struct{})}
	for i := range n {
		c.wg.Go(func() {
			for {
				q := a.ask(from + int64(i))
				select {
				case <-q.done:
				case <-c.quit:
					return
				}
				select {
				case <-time.After(rest()):
				case <-c.quit:
					return
				}
			}
		})
	}
	return c
}

// leave ends the asking; what is asked is still waited for by settle.
func (c *crowd) leave() {
	close(c.quit)
	c.wg.Wait()
}

func none() time.Duration { return 0 }

// settle waits until every question has an answer, at most for a time.
func (a *api) settle(longest time.Duration) tally {
	end := time.Now().Add(longest)
	for {
		t := a.tally()
		if t.answered == t.questions || time.Now().After(end) {
			time.Sleep(300 * time.Millisecond) // what comes twice comes now
			return a.tally()
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// check prints a tally and refuses one in which anything is lost, or more came twice than may.
func (t tally) check(name string, mayTwice int) error {
	fmt.Printf("%-34s %6d questions, %d lost, %d answered twice; answer p50 %v, p99 %v, longest %v\n", name, t.questions, t.questions-t.answered, t.extra,
		quantile(t.waits, .5), quantile(t.waits, .99), quantile(t.waits, 1))
	switch {
	case t.answered < t.questions:
		return fmt.Errorf("%s: %d questions have no answer", name, t.questions-t.answered)
	case t.extra > mayTwice:
		return fmt.Errorf("%s: %d answers came twice, at most %d may", name, t.extra, mayTwice)
	}
	return nil
}

func quantile(waits []time.Duration, q float64) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(waits))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)].Round(100 * time.Microsecond)
}

// jitter is up to n by chance, from any goroutine.
func (d *exercise) jitter(n int) int { return rand.IntN(n) }
