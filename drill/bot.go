package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// bot is a process of the built binary.
type bot struct {
	path  string
	env   []string
	admin string // the address of its metrics

	mu  sync.Mutex
	cmd *exec.Cmd
	end chan error
	log *bytes.Buffer
}

// build builds the bot as it is shipped.
func build(dir string) (string, error) {
	path := filepath.Join(dir, "bot")
	c := exec.Command("go", "build", "-trimpath", "-o", path, "./cmd/bot")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
}

// newBot is a bot against a Bot API. Calls are not paced: the drills ask faster than people do.
func newBot(path string, a *api, env ...string) *bot {
	admin := freeAddress()
	b := &bot{path: path, admin: admin}
	b.env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+token, "TELEGRAM_API_URL="+a.url, "BOT_PACE=0", "BOT_ADMIN_LISTEN="+admin)
	b.env = append(b.env, env...)
	return b
}

// webhook is the environment of a bot that takes deliveries at an address.
func webhook(address string) []string {
	return []string{"BOT_WEBHOOK_URL=http://" + address + "/hook", "BOT_WEBHOOK_LISTEN=" + address}
}

func freeAddress() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start starts the process.
func (b *bot) start() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cmd = exec.Command(b.path, "telegram")
	b.cmd.Env = b.env
	b.log = new(bytes.Buffer)
	b.cmd.Stderr = b.log
	b.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := b.cmd.Start(); err != nil {
		return err
	}
	b.end = make(chan error, 1)
	go func(c *exec.Cmd, end chan error) { end <- c.Wait() }(b.cmd, b.end)
	return nil
}

// startReady starts the process and gives how long it took until it asked for updates.
func (b *bot) startReady(a *api) (time.Duration, error) {
	select {
	case <-a.started:
	default:
	}
	begun := time.Now()
	if err := b.start(); err != nil {
		return 0, err
	}
	select {
	case <-a.started:
		return time.Since(begun), nil
	case err := <-b.end:
		return 0, fmt.Errorf("the bot ended: %w\n%s", err, b.log)
	case <-time.After(20 * time.Second):
		return 0, fmt.Errorf("the bot is not ready after 20 s\n%s", b.log)
	}
}

func (b *bot) signal(s syscall.Signal) { _ = b.cmd.Process.Signal(s) }

// kill ends the process as a crash does, and waits until it is gone.
func (b *bot) kill() {
	b.signal(syscall.SIGKILL)
	_ = b.wait() // it ends as it was told to
}

// wait waits until the process is gone, and says how it ended.
func (b *bot) wait() error { return <-b.end }

// stop ends the process in good order.
func (b *bot) stop() error {
	b.signal(syscall.SIGTERM)
	select {
	case err := <-b.end:
		return err
	case <-time.After(15 * time.Second):
		b.signal(syscall.SIGKILL)
		return errors.New("the bot did not stop within 15 s")
	}
}

// metric is the value of a metric without labels.
func (b *bot) metric(name string) float64 {
	response, err := http.Get("http://" + b.admin + "/metrics")
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	for line := range strings.Lines(string(text)) {
		if v, ok := strings.CutPrefix(line, name+" "); ok {
			f, _ := strconv.ParseFloat(strings.TrimSpace(v), 64)
			return f
		}
	}
	return 0
}

// files is the number of files that the process holds open, rss its memory in MiB.
func (b *bot) files() int {
	entries, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", b.cmd.Process.Pid))
	return len(entries)
}

func (b *bot) rss() float64 { return b.metric("process_resident_memory_bytes") / (1 << 20) }
