package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const token = "123456789:BENCH-loopback-only"

// echo is a bot that says what it hears, as bare as the library allows: by a call, or in the response to the delivery. It is the ceiling.
func echo(args []string) error {
	api, listen, way := args[0], args[1], args[2]
	if way == "response" {
		return (&http.Server{Addr: listen, ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var u models.Update
			if json.NewDecoder(r.Body).Decode(&u) != nil || u.Message == nil {
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"method": "sendMessage", "chat_id": u.Message.Chat.ID, "text": u.Message.Text})
		})}).ListenAndServe()
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256, MaxIdleConns: 256}}
	b, err := bot.New(token, bot.WithServerURL(api), bot.WithSkipGetMe(), bot.WithHTTPClient(time.Minute, client), bot.WithWorkers(32),
		bot.WithDefaultHandler(func(ctx context.Context, b *bot.Bot, u *models.Update) {
			_, _ = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
		}))
	if err != nil {
		return err
	}
	go b.StartWebhook(context.Background())
	return (&http.Server{Addr: listen, ReadHeaderTimeout: time.Minute, Handler: b.WebhookHandler()}).ListenAndServe()
}

// api is the Bot API that both talk to: it answers at once, and wakes the chat that a message is for.
type api struct {
	url    string
	hook   atomic.Pointer[[2]string] // address and secret
	chats  []chan struct{}
	client *http.Client
	next   atomic.Int64
	lost   atomic.Int64 // questions without an answer
}

func newAPI(most int) (*api, error) {
	a := &api{client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 2048, MaxIdleConns: 4096}}}
	for range most {
		a.chats = append(a.chats, make(chan struct{}, 4))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	a.url = "http://" + l.Addr().String()
	go func() { _ = (&http.Server{Handler: a, ReadHeaderTimeout: time.Second}).Serve(l) }()
	return a, nil
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	result := "true"
	switch method {
	case "getMe":
		result = `{"id":123456789,"is_bot":true,"first_name":"Bench","username":"bench_bot"}`
	case "getMyCommands", "getUpdates":
		result = "[]"
	case "getMyDescription", "getMyShortDescription", "getWebhookInfo":
		result = "{}"
	case "setWebhook":
		a.hook.Store(&[2]string{r.FormValue("url"), r.FormValue("secret_token")})
	case "sendMessage":
		chat, _ := strconv.ParseInt(r.FormValue("chat_id"), 10, 64)
		result = fmt.Sprintf(`{"message_id":7,"date":1,"chat":{"id":%d,"type":"private"},"text":"x"}`, chat)
		a.wake(chat)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"ok":true,"result":`+result+`}`)
}

func (a *api) wake(chat int64) {
	if n := int(chat - 1000); n >= 0 && n < len(a.chats) {
		select {
		case a.chats[n] <- struct{}{}:
		default:
		}
	}
}

// question is what is asked: the echo says it again, the bot answers it.
const question = "xuất khẩu 2020 đạt bao nhiêu % KH?"

// deliver delivers one update and says whether the answer was in the response.
func (a *api) deliver(chat int) (bool, error) {
	id := a.next.Add(1)
	body := fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private","first_name":"B"},"from":{"id":%d,"is_bot":false,"first_name":"B","language_code":"vi"},"text":%q}}`,
		id, id, time.Now().Unix(), 1000+chat, 1000+chat, question)
	hook := a.hook.Load()
	for tries := 0; ; tries++ {
		r, _ := http.NewRequest(http.MethodPost, hook[0], bytes.NewReader([]byte(body)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook[1])
		response, err := a.client.Do(r)
		if (errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF)) && tries < 100 { // more connections at once than the system takes
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return false, err
		}
		answer, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			return false, err
		}
		if response.StatusCode == http.StatusOK {
			return len(answer) > 2, nil
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// load has n chats ask, each a next question once the last is answered, for a time.
func (a *api) load(n int, during time.Duration) (persecond float64, waits []time.Duration, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed atomic.Pointer[error]
	begun := time.Now()
	end := begun.Add(during)
	for c := range n {
		wg.Go(func() {
			var mine []time.Duration
			for time.Now().Before(end) {
				start := time.Now()
				answered, err := a.deliver(c)
				if err != nil {
					failed.Store(&err)
					return
				}
				if !answered {
					select {
					case <-a.chats[c]:
					case <-time.After(5 * time.Second):
						a.lost.Add(1) // the echo drops what the system does not take at once
						continue
					}
				}
				mine = append(mine, time.Since(start))
			}
			mu.Lock()
			waits = append(waits, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	took := time.Since(begun)
	if e := failed.Load(); e != nil {
		return 0, nil, *e
	}
	slices.Sort(waits)
	return float64(len(waits)) / took.Seconds(), waits, nil
}

// process is a bot under load.
type process struct {
	cmd *exec.Cmd
	log bytes.Buffer
}

// launch starts a process and waits until it takes deliveries at an address.
func (a *api) launch(address string, secret bool, c *exec.Cmd) (*process, error) {
	p := &process{cmd: c}
	c.Stderr = &p.log
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	a.hook.Store(nil)
	if err := c.Start(); err != nil {
		return nil, err
	}
	if !secret {
		a.hook.Store(&[2]string{"http://" + address + "/hook", ""})
	}
	for range 600 {
		if conn, err := net.Dial("tcp", address); err == nil && a.hook.Load() != nil {
			_ = conn.Close()
			return p, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.end()
	return nil, fmt.Errorf("not ready after 12 s\n%s", p.log.String())
}

func (p *process) end() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // killed
}

// cpu is the processor time that a process has used.
func (p *process) cpu() time.Duration {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	f := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func (p *process) rss() int {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb >> 10
		}
	}
	return 0
}

// webhook sets the bot beside the echo, with the same load in the same run.
func (b *bench) webhook() error {
	chats := []int{1, 64, 1024}
	a, err := newAPI(1024)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	during, times := 3*time.Second, runs
	if b.short {
		during, times = time.Second, 1
	}
	type key struct {
		bot, way string
		chats    int
	}
	rates, tails, costs := map[key][]float64{}, map[key][]time.Duration{}, map[key][]time.Duration{}
	idle := 0
	for round := range times {
		for _, way := range []string{"call", "response"} {
			for _, who := range []string{"echo", "bot"} {
				address := free()
				c := exec.Command(self, "echo", a.url, address, way)
				if who == "bot" {
					c = exec.Command(b.bot, "telegram")
					c.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+token, "TELEGRAM_API_URL="+a.url, "BOT_PACE=0", "BOT_DATA="+filepath.Join(b.dir, fmt.Sprint(way, round)),
						"BOT_WEBHOOK_URL=http://"+address+"/hook", "BOT_WEBHOOK_LISTEN="+address, "BOT_WEBHOOK_CALLS="+strconv.FormatBool(way == "call"), "BOT_WEBHOOK_CONNECTIONS=100", "BOT_LOG_LEVEL=warn")
				}
				p, err := a.launch(address, who == "bot", c)
				if err != nil {
					return err
				}
				if _, _, err := a.load(16, 500*time.Millisecond); err != nil {
					return fmt.Errorf("%s, %s: %w\n%s", who, way, err, p.log.String())
				}
				if who == "bot" && idle == 0 {
					idle = p.rss()
				}
				for _, n := range chats {
					before := p.cpu()
					a.lost.Store(0)
					rate, waits, err := a.load(n, during)
					if lost := a.lost.Load(); err == nil && who == "bot" && lost > 0 {
						err = fmt.Errorf("%d questions without an answer within 5 s", lost)
					}
					if err != nil {
						return fmt.Errorf("%s, %s, %d chats: %w\n%s", who, way, n, err, p.log.String())
					}
					k := key{who, way, n}
					rates[k], tails[k] = append(rates[k], rate), append(tails[k], quantile(waits, 0.99))
					costs[k] = append(costs[k], (p.cpu()-before)/time.Duration(len(waits)))
				}
				p.end()
			}
		}
	}
	var rows [][]string
	for _, way := range []string{"call", "response"} {
		for _, n := range chats {
			e, o := key{"echo", way, n}, key{"bot", way, n}
			rows = append(rows, []string{
				way, fmt.Sprint(n), fmt.Sprintf("%.0f/s", median(rates[e])), fmt.Sprintf("%.0f/s", median(rates[o])), fmt.Sprintf("%.0f %%", 100*median(rates[o])/median(rates[e])),
				micro(median(tails[e])), micro(median(tails[o])), fmt.Sprintf("%.2f×", float64(median(tails[o]))/float64(median(tails[e]))), micro(median(costs[e])), micro(median(costs[o])),
			})
		}
	}
	b.table("Against the ceiling: a bare echo on the same library, the same load (aimed at: 70 % by call, 40 % in the response, 1.5× the p99 at 64 chats)",
		[]string{"answers by", "chats", "echo", "bot", "share", "p99 echo", "p99 bot", "ratio", "CPU echo", "CPU bot"}, rows)
	b.say("\nEvery update is taken over durably. The bot holds %d MiB after its first answers.", idle)
	return nil
}

func free() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}
