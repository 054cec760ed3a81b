package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// replicas runs three bots on a PostgreSQL primary with a synchronous standby behind a load balancer, and takes one after the other away under load:
// each bot killed, each stopped for a while, the primary killed and the standby promoted. Beside that the facts are changed.
func replicas(d *exercise) error {
	pause := 8 * time.Second
	if d.short {
		pause = 4 * time.Second
	}
	pg, err := newCluster(d.dir)
	if err != nil {
		return err
	}
	defer pg.close()
	a, err := newAPI()
	if err != nil {
		return err
	}
	defer a.close()
	a.client.Timeout = 3 * time.Second // a load balancer does not wait for ever for a replica that is stuck
	key := strings.Repeat("5e", 32)
	shared := []string{"DATABASE_URL=" + pg.url(), "BOT_STATE_KEY=" + key, "BOT_WEBHOOK_URL=http://127.0.0.1:1/hook"}
	var bots []*bot
	var addresses []string
	for i := range 3 {
		address := freeAddress()
		addresses = append(addresses, "http://"+address+"/hook")
		bots = append(bots, newBot(d.path, a, append(shared, "BOT_WEBHOOK_LISTEN="+address, "BOT_REPLICA=replica-"+strconv.Itoa(i))...))
	}
	down := make([]atomic.Bool, 3)
	a.target = func(n int) string { // round robin over those that answer their health check
		for i := range addresses {
			if k := (n + i) % len(addresses); !down[k].Load() {
				return addresses[k]
			}
		}
		return addresses[n%len(addresses)]
	}
	for _, b := range bots {
		if _, err := b.startReady(a); err != nil {
			return err
		}
		defer b.kill()
	}
	stop := make(chan struct{})
	defer close(stop)
	for i, b := range bots {
		go balance(b, &down[i], stop)
	}
	people := gather(a, 24, 1001, func() time.Duration { return time.Duration(d.jitter(20)) * time.Millisecond })
	time.Sleep(time.Second)

	published := 0
	change := func(what string) error {
		published++
		took, err := publish(d, bots, shared, published)
		if err == nil {
			fmt.Printf("%-34s live on all after %v\n", what, took.Round(time.Millisecond))
			if took > time.Second {
				err = fmt.Errorf("%s: a change of the facts took %v until it was live on all", what, took)
			}
		}
		return err
	}
	if err := change("facts changed"); err != nil {
		return err
	}
	for i, b := range bots {
		from := time.Now()
		b.kill()
		time.Sleep(pause / 4)
		if _, err := b.startReady(a); err != nil {
			return err
		}
		fmt.Printf("replica %d killed and started          longest pause %v\n", i, a.longestPause(from))
	}
	for i, b := range bots {
		from := time.Now()
		b.signal(syscall.SIGSTOP)
		time.Sleep(pause)
		b.signal(syscall.SIGCONT)
		time.Sleep(pause / 4)
		fmt.Printf("replica %d stopped for %-4v            longest pause %v\n", i, pause, a.longestPause(from))
	}
	if err := change("facts changed again"); err != nil {
		return err
	}
	from := time.Now()
	pg.killPrimary()
	time.Sleep(pause / 4)
	if err := pg.promote(); err != nil {
		return err
	}
	time.Sleep(pause)
	fmt.Printf("primary killed, standby promoted    longest pause %v\n", a.longestPause(from))
	if err := change("facts changed on the new primary"); err != nil {
		return err
	}
	if err := kept(d, shared, published); err != nil {
		return err
	}
	people.leave()
	t := a.settle(90 * time.Second)
	return t.check("replicas", 0)
}

// balance asks a replica for its health, as a load balancer does.
func balance(b *bot, down *atomic.Bool, stop <-chan struct{}) {
	client := &http.Client{Timeout: 300 * time.Millisecond}
	for {
		select {
		case <-stop:
			return
		case <-time.After(200 * time.Millisecond):
		}
		response, err := client.Get("http://" + b.admin + "/healthz")
		if err == nil {
			_ = response.Body.Close()
		}
		down.Store(err != nil)
	}
}

// longestPause is the longest time since from in which nobody was answered.
func (a *api) longestPause(from time.Time) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	var longest time.Duration
	last := from
	for _, q := range a.order { // nearly in the order of their answers
		if q.answers == 0 || q.first.Before(last) {
			continue
		}
		longest, last = max(longest, q.first.Sub(last)), q.first
	}
	return longest.Round(time.Millisecond)
}

// publish puts the n-th facts into the state and gives the time until every replica answers from them.
func publish(d *exercise, bots []*bot, env []string, n int) (time.Duration, error) {
	folder, err := factsOf(d, n)
	if err != nil {
		return 0, err
	}
	c := exec.Command(d.path, "publish", "--facts", folder)
	c.Env = append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("publish: %w\n%s", err, out)
	}
	begun := time.Now()
	var id float64
	if _, err := fmt.Sscanf(string(out), "revision %f:", &id); err != nil {
		return 0, fmt.Errorf("publish said %q", out)
	}
	for _, b := range bots {
		for b.metric("factbot_facts_revision") != id {
			if time.Since(begun) > 20*time.Second {
				return 0, fmt.Errorf("a replica does not answer from revision %.0f\n%s", id, b.log)
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	return time.Since(begun), nil
}

// factsOf is a facts folder that differs from the others by a remark.
func factsOf(d *exercise, n int) (string, error) {
	folder := filepath.Join(d.dir, "facts"+strconv.Itoa(n))
	if err := os.CopyFS(folder, os.DirFS("facts")); err != nil {
		return "", err
	}
	return folder, appendTo(filepath.Join(folder, "catalogue.yaml"), fmt.Sprintf("\n# state %d\n", n))
}

func appendTo(name, text string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, text...), 0o644)
}

// kept checks that the newest facts in the state are the last ones that were published.
func kept(d *exercise, env []string, n int) error {
	folder := filepath.Join(d.dir, "fetched")
	c := exec.Command(d.path, "fetch", folder)
	c.Env = append(os.Environ(), env...)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("fetch: %w\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(folder, "catalogue.yaml"))
	if err != nil {
		return err
	}
	if !strings.Contains(string(data), fmt.Sprintf("# state %d\n", n)) {
		return fmt.Errorf("the last change of the facts is gone")
	}
	return nil
}
