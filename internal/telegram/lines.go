package telegram

import (
	"context"
	"sync"
	"time"
)

// job is a piece of work. Its context ends when the bot has stopped and the time to finish is over.
type job func(context.Context)

// lineKey names a line: that of a chat, or one beside it for what must not wait behind the chat's questions.
type lineKey struct {
	beside bool
	id     int64
}

// lines keeps jobs in lines. The jobs of a line are done one after the other, those of different lines side by side, each line in its turn.
type lines struct {
	depth int           // jobs waiting in one line
	slots chan struct{} // one for each job in all lines, waiting or in work
	ready chan *line    // lines with a job waiting and none in work; it never fills, as each has at least one slot
	hands chan struct{} // one for each job in work that does not rest
	quit  chan struct{}
	jobs  sync.WaitGroup

	mu    sync.Mutex
	byKey map[lineKey]*line
}

type line struct {
	key  lineKey
	jobs []job
	told bool // that it is full, since it was last empty
}

// admission is what became of a job.
type admission int

const (
	admitted  admission = iota
	full                // the line is full, for the first time since it was empty
	fullStill           // and again
)

func newLines(depth, total, workers int) *lines {
	return &lines{
		depth: depth, slots: make(chan struct{}, total), ready: make(chan *line, total), hands: make(chan struct{}, workers), quit: make(chan struct{}),
		byKey: map[lineKey]*line{},
	}
}

// put adds a job to a line. Where all lines together are full it waits; the error is the context's.
func (l *lines) put(ctx context.Context, key lineKey, j job) (admission, error) {
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return full, ctx.Err()
	}
	return l.join(key, j), nil
}

// try is put that does not wait: where all lines together are full, ok is false.
func (l *lines) try(key lineKey, j job) (a admission, ok bool) {
	select {
	case l.slots <- struct{}{}:
		return l.join(key, j), true
	default:
		return full, false
	}
}

// join adds a job that has its slot to its line.
func (l *lines) join(key lineKey, j job) admission {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.byKey[key]
	if ln == nil {
		ln = &line{key: key}
		l.byKey[key] = ln
		l.ready <- ln
	} else if len(ln.jobs) >= l.depth {
		<-l.slots
		if ln.told {
			return fullStill
		}
		ln.told = true
		return full
	}
	ln.jobs = append(ln.jobs, j)
	l.jobs.Add(1)
	return admitted
}

// waiting is the number of jobs in all lines, waiting or in work.
func (l *lines) waiting() int { return len(l.slots) }

// work does the jobs, as many at a time as there are hands.
func (l *lines) work(ctx context.Context) {
	ctx = context.WithValue(ctx, handKey{}, true)
	go func() {
		for {
			var ln *line
			select {
			case <-l.quit:
				return
			case ln = <-l.ready:
			}
			select {
			case <-l.quit:
				return
			case l.hands <- struct{}{}:
			}
			go func() {
				defer func() { <-l.hands }()
				l.step(ctx, ln)
			}()
		}
	}()
}

// handKey marks the context of a job, which has a hand.
type handKey struct{}

// rest pauses. Where it is a job that does, its hand is free for another meanwhile.
func (l *lines) rest(ctx context.Context, d time.Duration, pause func(context.Context, time.Duration) error) error {
	if ctx.Value(handKey{}) == nil {
		return pause(ctx, d)
	}
	<-l.hands
	defer func() { l.hands <- struct{}{} }()
	return pause(ctx, d)
}

// step does a line's next job.
func (l *lines) step(ctx context.Context, ln *line) {
	l.mu.Lock()
	j := ln.jobs[0]
	ln.jobs = ln.jobs[1:]
	l.mu.Unlock()
	defer l.done(ln)
	j(ctx)
}

// done puts the line back into its turn, or away where nothing waits.
func (l *lines) done(ln *line) {
	l.mu.Lock()
	if len(ln.jobs) > 0 {
		l.ready <- ln
	} else {
		delete(l.byKey, ln.key)
	}
	l.mu.Unlock()
	<-l.slots
	l.jobs.Done()
}

// drain waits until all jobs are done or the context ends, and lets the workers go. It gives the number of jobs that were not done.
// Nothing may be put any more.
func (l *lines) drain(ctx context.Context) int {
	empty := make(chan struct{})
	go func() {
		l.jobs.Wait()
		close(empty)
	}()
	select {
	case <-empty:
	case <-ctx.Done():
	}
	close(l.quit)
	return len(l.slots)
}
