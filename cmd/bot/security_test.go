package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"factbot/internal/state"
	"factbot/internal/telegram/fakeapi"
	"factbot/internal/token"
)

// hidden is what a name may bring beside its letters.
const hidden = `\u202e\u2066\u200b\r\nlevel=ERROR msg=forged\x1b[31m\x9b\u2028<b>&\"`

// hostileFacts are facts whose every name holds what is hidden. Salt has figures in so many areas that a question that names none is asked back.
var hostileFacts = func() map[string]string {
	files := map[string]string{"catalogue.yaml": "areas:\n", "documents/report.yaml": hostileReport}
	for i := range 15 {
		files["catalogue.yaml"] += fmt.Sprintf("  - {id: p%d, name: {vi: \"Vùng B%d%s\"}}\n", i, i, hidden)
		files["documents/report.yaml"] += fmt.Sprintf("  - {indicator: salt, area: p%d, period: 2020, actual: 7}\n", i)
	}
	files["catalogue.yaml"] += hostileCatalogue
	return files
}()

const (
	hostileCatalogue = `  - {id: a, name: {vi: "Vùng A` + hidden + `", en: "Area A` + hidden + `"}}
indicators:
  - {id: salt, name: {vi: "Sản lượng muối` + hidden + `", en: "Salt output` + hidden + `"}, aliases: [muối], unit: tấn, kind: flow}
  - {id: salt-value, name: {vi: "Giá trị muối` + hidden + `", en: "Salt value` + hidden + `"}, aliases: [muối], unit: tỷ đồng, kind: flow}
`
	hostileReport = `source: {id: report, title: "Báo cáo` + hidden + `", publisher: "Sở` + hidden + `", date: 2020-12-28, url: "https://example.org/` + `?a=<b>&c"}
area: a
figures:
  - {indicator: salt, period: 2020, plan: 10, actual: 12.5, locator: "trang` + hidden + `"}
  - {indicator: salt-value, period: 2020, actual: 3}
`
)

func writeFiles(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runningLog is a log that is written while it is read.
type runningLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *runningLog) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *runningLog) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// serving runs the bot on a Bot API until it is stopped, which gives its log.
func serving(t *testing.T, api *fakeapi.Server, facts, form string) (log *runningLog, stop func()) {
	t.Helper()
	return servingFrom(t, api, facts, form, t.TempDir())
}

func servingFrom(t *testing.T, api *fakeapi.Server, facts, form, data string) (log *runningLog, stop func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	log = new(runningLog)
	w := &world{in: strings.NewReader(""), out: io.Discard, err: visible{log}, env: func(string) string { return "" }}
	c := &telegramCommand{source{facts}, running{APIURL: api.URL, Data: data, Log: form, LogLevel: "debug", AdminListen: "127.0.0.1:0"}}
	done := make(chan error, 1)
	go func() { done <- c.serve(ctx, w, fakeapi.Token) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return log, stop
}

// TestHostileFactsOnTelegram: with hostile names in the facts and hostile questions every message is taken by Telegram at once, shows every
// character that it has, and so do its buttons; the log holds nothing of it, nor do the counts.
func TestHostileFactsOnTelegram(t *testing.T) {
	facts := writeFiles(t, hostileFacts)
	const person = int64(7531902468)
	for _, form := range []string{"text", "json"} {
		api := fakeapi.New()
		defer api.Close()
		log, stop := serving(t, api, facts, form)
		asked := []string{"/start", "/help", "sản lượng muối 2020 vùng A đạt bao nhiêu % kế hoạch?", "sản lượng muối 2020", "nguồn?", "salt output 2020?", "\u202esản lượng muối\u202c <b>qwerty</b> 2020",
			"zxcvb\x1b[31m\u009b\u2028level=ERROR msg=forged muối 2020", "</b><a href=\"tg://user?id=1\">muối</a>", strings.Repeat("muối ", 800)}
		for _, text := range asked {
			api.Write(person, fakeapi.Person(person, "vi"), text, nil)
		}
		sent := func() []fakeapi.Call { return api.Calls("sendMessage", "editMessageText") }
		if err := api.Await(t.Context(), func() bool { return len(sent()) >= len(asked) }); err != nil {
			t.Fatal(err)
		}
		at := regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(log.String())
		response, err := http.Get("http://" + at + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		counts, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil || !bytes.Contains(counts, []byte("factbot_answers_total")) {
			t.Fatalf("counts: %v\n%s", err, counts)
		}
		stop()
		choices := 0
		for _, c := range sent() {
			if !c.OK() {
				t.Errorf("refused: %s: %s", c.Error, c.Params["text"])
			}
			labels, _ := c.Buttons()
			if len(labels) > 0 && strings.HasPrefix(labels[0], "Vùng") {
				choices++
			}
			for _, text := range append(labels, strings.ReplaceAll(c.Plain, "\n", " ")) {
				shows(t, text)
			}
			if strings.Contains(c.Plain, "\nlevel=") {
				t.Errorf("a name began a line: %q", c.Plain)
			}
		}
		if choices == 0 {
			t.Error("the test wants a choice between areas")
		}
		records(t, form, log.String())
		for _, secret := range []string{fakeapi.Token, "muối", "salt", "qwerty", "zxcvb", "7531902468"} {
			if strings.Contains(log.String(), secret) || bytes.Contains(counts, []byte(secret)) {
				t.Errorf("%s: %q stands in the log or the counts:\n%s", form, secret, log)
			}
		}
	}
}

// shows fails where something in a text does not show.
func shows(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) || token.Invisible(r) {
			t.Errorf("%U in %q", r, text)
			return
		}
	}
}

// records fails unless every line of a log is one record.
func records(t *testing.T, form, log string) {
	t.Helper()
	for s := bufio.NewScanner(strings.NewReader(log)); s.Scan(); {
		line := s.Text()
		shows(t, line)
		if form == "json" && !json.Valid([]byte(line)) || form == "text" && !strings.HasPrefix(line, "time=") {
			t.Errorf("%s: no record: %q", form, line)
		}
	}
}

// TestBrokenRevisionInLog: what a broken revision is called and quotes leaves the log one record a line, in both forms.
func TestBrokenRevisionInLog(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		api := fakeapi.New()
		defer api.Close()
		var log bytes.Buffer
		w := &world{err: visible{&log}, env: func(string) string { return "" }}
		r := &running{Log: form, LogLevel: "debug"}
		w.log = r.logger(w)
		l := &live{log: w.log, follows: true}
		var err error
		if l.desk, err = (source{}).open(w); err != nil {
			t.Fatal(err)
		}
		if l.store, err = state.Open(t.Context(), state.Options{Folder: t.TempDir(), Key: make([]byte, 32)}); err != nil {
			t.Fatal(err)
		}
		defer l.store.Close()
		if _, err := publish(t.Context(), w, l.store, l.desk, state.About{}, []state.File{{Path: "documents/\u202ex\u2028y.yaml", Data: []byte("\"k\\n\\u001b[31mlevel=ERROR\\u202e\": 1\n")}}); err != nil {
			t.Fatal(err)
		}
		l.catchUp(t.Context())
		if !strings.Contains(log.String(), "last good ones stay") {
			t.Fatalf("the test wants a broken revision: %s", &log)
		}
		records(t, form, log.String())
	}
}

// TestTerminalIsNotSpokenTo: names of files and keys in a facts folder, which are other people's, reach the operator's terminal with every character shown.
func TestTerminalIsNotSpokenTo(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"documents/\x1b]0;owned\x07\u202e.yaml": "source: {title: T}\n",
		"documents/a.yaml":                      "\"\\e[31mkey\\u202e\": 1\nsource: {title: \"\\e[2J\"}\n",
		"catalogue.yaml":                        "areas: [{id: \"\\e[2J\", name: {vi: A}}]\n\"\\x9b31m\": 1\n",
	})
	for _, args := range [][]string{{"check", "--facts", dir}, {"ask", "--facts", dir, "muối"}, {"publish", "--facts", dir, "--data", t.TempDir()}, {"ask", "--facts", dir + "/\x1b[2J", "x"},
		{"import", "--facts", t.TempDir(), "\x1b[2J\u202e.csv"}, {"\x1b[2J"}} {
		var out, errs bytes.Buffer
		if status := run(args, strings.NewReader(""), &out, &errs, func(string) string { return "" }); status == 0 {
			t.Errorf("%q: no problem is seen", args)
		}
		shows(t, strings.NewReplacer("\n", " ", "\t", " ").Replace(out.String()+errs.String()))
	}
}

// TestSecretsAreNotSaid: whatever is wrong with the settings, what is said of it holds no secret, also where one stands in the wrong place.
func TestSecretsAreNotSaid(t *testing.T) {
	const bare = "5ec2e75ec2e7"
	key := strings.Repeat(bare, 6)[:64]
	files := writeFiles(t, map[string]string{"token": "123456:" + bare, "key": key, "url": "postgres://u:" + bare + "@127.0.0.1/d\n", "two": "token: 123456:" + bare + "\n" + bare + "\n"})
	data := t.TempDir()
	for _, c := range []struct {
		args []string
		env  map[string]string
	}{
		{[]string{"telegram", "--token-file", "123456:" + bare}, nil},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN_FILE": "123456:" + bare}},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN": "123456:" + bare + "/x", "BOT_DATA": data}},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN": "123456:" + bare, "BOT_DATA": data, "BOT_STATE_KEY": key + "0"}},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN": "123456:" + bare, "BOT_DATA": data, "BOT_STATE_KEY_FILE": key}},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN": "123456:" + bare, "BOT_DATA": data, "TELEGRAM_API_URL": "bot123456:" + bare}},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN": "123456:" + bare, "BOT_DATA": data, "BOT_WEBHOOK_URL": "https://example.org", "BOT_WEBHOOK_SECRET": bare + " " + bare}},
		{[]string{"telegram"}, map[string]string{"TELEGRAM_BOT_TOKEN": "123456:" + bare, "BOT_DATA": data, "BOT_WEBHOOK_URL": "https://example.org", "BOT_WEBHOOK_SECRET_FILE": bare}},
		{[]string{"telegram"}, map[string]string{"BOT_CONFIG": filepath.Join(files, "token")}},
		{[]string{"telegram"}, map[string]string{"BOT_CONFIG": filepath.Join(files, "key")}},
		{[]string{"telegram"}, map[string]string{"BOT_CONFIG": filepath.Join(files, "url")}},
		{[]string{"telegram"}, map[string]string{"BOT_CONFIG": filepath.Join(files, "two")}},
		{[]string{"backup", "x.db"}, map[string]string{"DATABASE_URL": "postgres://u:" + bare + "@127.0.0.1:none/d", "BOT_DATA": data}},
		{[]string{"backup", "x.db"}, map[string]string{"DATABASE_URL": "postgres://127.0.0.1/d?sslmode=none&password=" + bare, "BOT_DATA": data}},
		{[]string{"backup", "x.db"}, map[string]string{"DATABASE_URL": bare, "BOT_DATA": data}},
		{[]string{"backup", "x.db"}, map[string]string{"DATABASE_URL_FILE": "postgres://u:" + bare + "@127.0.0.1/d", "BOT_DATA": data}},
		{[]string{"state", "copy", "--from", data, "--to", "-"}, map[string]string{"DATABASE_URL": "postgres://u:1/" + bare + "@127.0.0.1/d", "BOT_STATE_KEY": key}},
	} {
		var out bytes.Buffer
		if status := run(c.args, strings.NewReader(""), &out, &out, func(name string) string { return c.env[name] }); status == 0 {
			t.Errorf("%v with %v: no mistake is seen", c.args, c.env)
		}
		if strings.Contains(out.String(), bare) {
			t.Errorf("%v with %v: %s", c.args, c.env, &out)
		}
	}
}

// TestNoSecretHasAFlag: secrets are given by the environment or a file: a flag stands in the list of processes.
func TestNoSecretHasAFlag(t *testing.T) {
	for _, flag := range []string{"--token", "--telegram-bot-token", "--database-url", "--state-key", "--webhook-secret", "--bot-state-key"} {
		var out bytes.Buffer
		status := run([]string{"telegram", flag, "x"}, strings.NewReader(""), &out, &out, func(string) string { return "" })
		if status != statusUsage || !strings.Contains(out.String(), "unknown flag") {
			t.Errorf("%s: %d, %s", flag, status, &out)
		}
	}
}

// TestAdminsAreNumbers: an admin is an id in the configuration, never a name, which another may take.
func TestAdminsAreNumbers(t *testing.T) {
	for _, admin := range []string{"@boss", "boss", "99x", "9,@boss", "1e3", "99999999999999999999"} {
		var out bytes.Buffer
		status := run([]string{"telegram", "--admins", admin}, strings.NewReader(""), &out, &out, func(string) string { return "" })
		if status != statusUsage || !strings.Contains(out.String(), "--admins") {
			t.Errorf("%s: %d, %s", admin, status, &out)
		}
	}
}

// TestPublishTakesNoLinks: a link in a facts folder brings nothing from outside into the state, be it among the facts or beside them.
func TestPublishTakesNoLinks(t *testing.T) {
	outside := writeFiles(t, map[string]string{"private": "for nobody else", "folder/private": "for nobody else"})
	for _, link := range []string{"README.md", "questions/q.jsonl", "documents/a.yaml", "notes"} {
		for _, to := range []string{"private", "folder", "nowhere"} {
			facts, data := writeFiles(t, map[string]string{"catalogue.yaml": "areas: []\n", "questions/.keep": "", "documents/.keep": ""}), t.TempDir()
			if err := os.Symlink(filepath.Join(outside, to), filepath.Join(facts, link)); err != nil {
				t.Skip(err)
			}
			var out bytes.Buffer
			if status := run([]string{"publish", "--facts", facts, "--data", data}, strings.NewReader(""), &out, &out, func(string) string { return "" }); status == 0 || strings.Contains(out.String(), "for nobody") {
				t.Errorf("%s to %s: %d, %s", link, to, status, &out)
			}
		}
	}
}

// TestFetchStaysInside: no path from the state is written outside the folder that was named.
func TestFetchStaysInside(t *testing.T) {
	for _, path := range []string{"../evil", "/evil", "a/../../evil", "..", "link/evil"} {
		outer := t.TempDir()
		dir := filepath.Join(outer, "facts")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outer, filepath.Join(dir, "link")); err != nil {
			t.Skip(err)
		}
		if err := writeFolder(dir, []state.File{{Path: path, Data: []byte("x")}}); err == nil {
			t.Errorf("%s: no error", path)
		}
		if left, err := os.ReadDir(outer); err != nil || len(left) != 1 {
			t.Errorf("%s: %v, %v", path, left, err)
		}
	}
}

// FuzzVisible: what is written shows, a text that shows is left as it is, and JSON stays what it was.
func FuzzVisible(f *testing.F) {
	f.Add("a\u202eb\x1b[31m\U000e0041\xff\n")
	f.Fuzz(func(t *testing.T, s string) {
		write := func(s string) string {
			var b bytes.Buffer
			if n, err := (visible{&b}).Write([]byte(s)); n != len(s) || err != nil {
				t.Errorf("%d of %d, %v", n, len(s), err)
			}
			return b.String()
		}
		got := write(s)
		for _, r := range got {
			if r != '\n' && r != '\t' && !unicode.IsGraphic(r) {
				t.Errorf("%U in %q", r, got)
			}
		}
		if write(got) != got {
			t.Errorf("%q is written as %q, that as %q", s, got, write(got))
		}
		said, err := json.Marshal(strings.ToValidUTF8(s, ""))
		if err != nil {
			t.Fatal(err)
		}
		var back string
		if err := json.Unmarshal([]byte(write(string(said))), &back); err != nil || back != strings.ToValidUTF8(s, "") {
			t.Errorf("%q came back from JSON as %q, %v", s, back, err)
		}
	})
}
