package telegram

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/go-telegram/bot"

	"factbot/internal/telegram/fakeapi"
)

// forbidden is a body that nobody may read.
type forbidden struct{ t *testing.T }

func (f forbidden) Read([]byte) (int, error) {
	f.t.Error("the body of a forged delivery was read")
	return 0, io.EOF
}

// quietly is a bot that takes deliveries and must not be asked.
func (w *world) quietly() *Bot {
	return w.hooked(stub{answer: func(_ context.Context, q Question) Reply {
		w.Errorf("asked %q", q.Text)
		return Reply{Plain: "?"}
	}})
}

const told = "TOLD-BY-A-STRANGER"

// TestForgedDeliveries: without the secret nothing is read, answered or written down, however the request looks.
func TestForgedDeliveries(t *testing.T) {
	w := open(t)
	b := w.quietly()
	for name, c := range map[string]struct {
		method string
		header http.Header
		want   int
	}{
		"no secret":          {http.MethodPost, http.Header{}, http.StatusUnauthorized},
		"empty secret":       {http.MethodPost, http.Header{secretHeader: {""}}, http.StatusUnauthorized},
		"another":            {http.MethodPost, http.Header{secretHeader: {told}}, http.StatusUnauthorized},
		"its beginning":      {http.MethodPost, http.Header{secretHeader: {hookSecret[:5]}}, http.StatusUnauthorized},
		"more than it":       {http.MethodPost, http.Header{secretHeader: {hookSecret + "x"}}, http.StatusUnauthorized},
		"in another case":    {http.MethodPost, http.Header{secretHeader: {strings.ToUpper(hookSecret)}}, http.StatusUnauthorized},
		"behind another":     {http.MethodPost, http.Header{secretHeader: {"x", hookSecret}}, http.StatusUnauthorized},
		"in a list":          {http.MethodPost, http.Header{secretHeader: {"x, " + hookSecret}}, http.StatusUnauthorized},
		"under another name": {http.MethodPost, http.Header{"Authorization": {hookSecret}}, http.StatusUnauthorized},
		"get":                {http.MethodGet, http.Header{secretHeader: {hookSecret}}, http.StatusMethodNotAllowed},
		"head":               {http.MethodHead, http.Header{secretHeader: {hookSecret}}, http.StatusMethodNotAllowed},
		"put":                {http.MethodPut, http.Header{secretHeader: {hookSecret}}, http.StatusMethodNotAllowed},
		"options":            {http.MethodOptions, http.Header{secretHeader: {hookSecret}}, http.StatusMethodNotAllowed},
		"overridden":         {http.MethodGet, http.Header{secretHeader: {hookSecret}, "X-Http-Method-Override": {"POST"}}, http.StatusMethodNotAllowed},
	} {
		r := httptest.NewRequest(c.method, "/hook/"+told+"?secret="+hookSecret, forbidden{t})
		r.Header = c.header
		r.Header.Set("User-Agent", told)
		answer := httptest.NewRecorder()
		b.ServeHTTP(answer, r)
		if answer.Code != c.want || answer.Body.Len() > 0 {
			t.Errorf("%s: %d %q, want %d and nothing", name, answer.Code, answer.Body, c.want)
		}
		if allow := answer.Header().Get("Allow"); (allow == http.MethodPost) != (c.want == http.StatusMethodNotAllowed) {
			t.Errorf("%s: Allow %q", name, allow)
		}
	}
	if log := w.log.String(); strings.Contains(log, told) || strings.Contains(log, hookSecret) {
		t.Errorf("the log holds what strangers sent, or the secret:\n%s", log)
	}
}

// TestForgedDeliveriesDoNotFillTheLog: thousands of forged deliveries are a few lines.
func TestForgedDeliveriesDoNotFillTheLog(t *testing.T) {
	w := open(t)
	b := w.quietly()
	for range 3000 {
		b.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", nil))
	}
	if n := strings.Count(w.log.String(), "not from Telegram"); n < 1 || n > 4 {
		t.Errorf("%d lines of the log", n)
	}
}

// TestNoSecretNoDeliveries: a bot that was given no secret takes no deliveries, not even those without one.
func TestNoSecretNoDeliveries(t *testing.T) {
	w := open(t)
	b, err := w.prepare(stub{})
	if err != nil {
		t.Fatal(err)
	}
	b.lines.work(w.ctx)
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"update_id":7}`))
	answer := httptest.NewRecorder()
	if b.ServeHTTP(answer, r); answer.Code != http.StatusUnauthorized {
		t.Errorf("%d", answer.Code)
	}
	for _, secret := range []string{"", " ", "two words", "umlaut-ä", "a\nb", strings.Repeat("x", 257)} {
		_, err := w.prepare(stub{}, func(c *Config) { c.Webhook = Webhook{URL: "https://example.org/hook", Secret: secret} })
		if err == nil || secret != "" && strings.Contains(err.Error(), secret+"x") {
			t.Errorf("the secret %q: %v", secret, err)
		}
	}
}

// TestSecretComparedInConstantTime: how long the answer takes says nothing of the secret. No measurement could show that for certain, so it is the
// code that is looked at: the secret is compared by crypto/subtle alone, beside whether there is one.
func TestSecretComparedInConstantTime(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "webhook.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constant := 0
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if name := source(n.Fun); strings.HasPrefix(name, "subtle.ConstantTime") && strings.Contains(source(n), "webhook.Secret") {
				constant++
				return false
			}
		case *ast.BinaryExpr:
			if (n.Op == token.EQL || n.Op == token.NEQ) && (source(n.X) == "b.webhook.Secret" || source(n.Y) == "b.webhook.Secret") && source(n.Y) != `""` {
				t.Errorf("the secret is compared by %s", n.Op)
			}
		}
		return true
	})
	if constant != 1 {
		t.Errorf("%d comparisons in constant time", constant)
	}
}

// source is an expression as it is written, as far as names go.
func source(n ast.Node) string {
	var b strings.Builder
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			b.WriteString(source(n.X) + "." + n.Sel.Name)
			return false
		case *ast.Ident:
			b.WriteString(n.Name)
		case *ast.BasicLit:
			b.WriteString(n.Value)
		}
		return true
	})
	return b.String()
}

// TestDeliveriesNotTaken: what is too long, too deep or no update is refused; what the library cannot read is passed over, as it would come again for
// hours and hold up what comes behind it.
func TestDeliveriesNotTaken(t *testing.T) {
	w := open(t)
	b := w.hooked(stub{})
	message := `"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"xuất khẩu 2020"}`
	fill := func(size int) string {
		text := `{"update_id":9,` + message + `,"more":""}`
		return strings.Replace(text, `"more":"`, `"more":"`+strings.Repeat("x", size-len(text)), 1)
	}
	for _, c := range []struct {
		name, body string
		want       int
	}{
		{"nothing", "", http.StatusBadRequest},
		{"no JSON", "xuất khẩu", http.StatusBadRequest},
		{"no update", `{"ok":true}`, http.StatusBadRequest},
		{"a list", `[{"update_id":7}]`, http.StatusBadRequest},
		{"an id that is none", `{"update_id":"7"}`, http.StatusBadRequest},
		{"two updates", `{"update_id":7}{"update_id":8}`, http.StatusBadRequest},
		{"deep", `{"update_id":7,"message":` + strings.Repeat(`{"reply_to_message":`, 20_000) + "{}" + strings.Repeat("}", 20_001), http.StatusBadRequest},
		{"deep lists", `{"update_id":7,"x":` + strings.Repeat("[", 500_000), http.StatusBadRequest},
		{"too long", fill(deliveryBytes + 1), http.StatusRequestEntityTooLarge},
		{"as long as may be", fill(deliveryBytes), http.StatusOK},
		{"no message", `{"update_id":8,"message":"xuất khẩu"}`, http.StatusOK},
		{"a kind of forwarding that is not known", `{"update_id":9,"message":{"message_id":1,"forward_origin":{"type":"telepathy"}}}`, http.StatusOK},
		{"a number too large", `{"update_id":10,"message":{"message_id":1e99}}`, http.StatusOK},
		{"nothing to do", `{"update_id":11}`, http.StatusOK},
	} {
		if status, _ := deliver(b, c.body); status != c.want {
			t.Errorf("%s: %d, want %d", c.name, status, c.want)
		}
	}
	if log := w.log.String(); strings.Contains(log, "xuất") || strings.Count(log, "unreadable update") != 3 {
		t.Errorf("log:\n%s", log)
	}
}

// FuzzDelivery: whatever Telegram delivers, the answer is one of those that it knows, and nothing of it stands in the log.
func FuzzDelivery(f *testing.F) {
	for _, body := range []string{
		`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"marker"}}`,
		`{"update_id":2,"message":{"message_id":2,"chat":{"id":-4,"type":"supergroup"},"text":"@figures_bot marker","entities":[{"type":"mention","offset":0,"length":12}]}}`,
		`{"update_id":3,"message":{"message_id":2,"chat":{"id":4,"type":"private"},"text":"/ask@ marker","entities":[{"type":"bot_command","offset":0,"length":9223372036854775807}]}}`,
		`{"update_id":4,"message":{"message_id":2,"chat":{"id":-4,"type":"group"},"text":"x","entities":[{"type":"mention","offset":9223372036854775807,"length":2}]}}`,
		`{"update_id":5,"edited_message":{"message_id":1,"chat":{"id":42,"type":"private"},"text":"marker"}}`,
		`{"update_id":6,"callback_query":{"id":"q","from":{"id":5},"message":{"message_id":3,"date":1,"chat":{"id":-5,"type":"group"}},"data":"1c=marker"}}`,
		`{"update_id":7,"callback_query":{}}`,
		`{"update_id":8,"my_chat_member":{"chat":{"id":-4,"type":"group"},"old_chat_member":{"status":"left","user":{"id":1}},"new_chat_member":{"status":"member","user":{"id":1}}}}`,
		`{"update_id":9,"my_chat_member":{}}`,
	} {
		f.Add(body)
	}
	api := fakeapi.New()
	f.Cleanup(api.Close)
	log := new(buffer)
	w := &world{T: new(testing.T), api: api, ctx: f.Context(), dir: f.TempDir(), log: log}
	b, err := w.prepare(stub{}, func(c *Config) {
		c.State, c.Webhook, c.Pace = memory(f, w.dir), Webhook{URL: "https://example.org/hook", Secret: hookSecret}, Pace{Chat: -1, Group: -1}
	})
	if err != nil {
		f.Fatal(err)
	}
	b.lines.work(w.ctx)
	f.Fuzz(func(t *testing.T, body string) {
		switch status, reply := deliver(b, body); status {
		case http.StatusOK:
			if reply["not JSON"] != nil {
				t.Errorf("the response is %v", reply)
			}
		case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusServiceUnavailable:
			if reply != nil {
				t.Errorf("%d with %v", status, reply)
			}
		default:
			t.Errorf("%d", status)
		}
		if strings.Contains(log.String(), "marker") || strings.Contains(log.String(), "panic") {
			t.Errorf("log: %s", log)
		}
	})
}

// TestPressesOfOthers: in a group nobody replaces the answer to another's question or sets another's language, with whatever data their app sends.
func TestPressesOfOthers(t *testing.T) {
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		return Reply{HTML: "answer", Choice: true, Lang: q.Lang, Buttons: [][]Button{{{Label: "Long", Ask: longQuestion}}}}
	}})
	w.writeIn(group, 1, "/ask industry?", nil)
	answer := w.calls(1, "sendMessage")[0]
	_, data := answer.Buttons()
	for n, forged := range []string{"1c=something else", data[0], "1c=/lang en", "1c=\u202e"} {
		w.api.Press(group, answer.Message, person(2), forged, false)
		if got := w.calls(n+1, "answerCallbackQuery")[n].Params["text"]; got != "vi tg_not_yours" {
			t.Errorf("%q is answered with %q", forged, got)
		}
	}
	w.api.Press(group, answer.Message, person(2), "1l=en", false)
	w.calls(5, "answerCallbackQuery")
	w.writeIn(group, 1, "/privacy", nil)
	w.writeIn(group, 2, "/privacy", nil)
	got := w.sent(3)[1:]
	if !strings.HasPrefix(got[0], "vi tg_privacy") || !strings.HasPrefix(got[1], "en tg_privacy") {
		t.Errorf("the languages are now those of %q", got)
	}
	if n := len(w.api.Calls("editMessageText", "deleteMessage")); n != 0 {
		t.Errorf("%d messages were changed", n)
	}
}

// TestPressIsNoCommand: callback data asks questions; it gives no commands.
func TestPressIsNoCommand(t *testing.T) {
	w := work(t, stub{})
	for n, text := range []string{"/start", "/lang en", "/ask x"} {
		w.api.Press(1, 50, person(1), "1a="+text, true)
		equal(t, w.sent(n + 1)[n:], []string{text})
	}
}

// TestImpostors: who is told of trouble is said by numbers in the configuration. A user name, a forwarded message, the name of a group, a reply
// to an admin, an id in the text make nobody one.
func TestImpostors(t *testing.T) {
	const admin = 99
	w := open(t)
	b := w.hooked(stub{}, func(c *Config) { c.Admins = []int64{admin} })
	boss := `{"id":99,"is_bot":false,"first_name":"Boss","username":"boss"}`
	for n, more := range []string{
		`"from":{"id":1,"first_name":"Boss","username":"boss"}`,
		`"from":{"id":2,"first_name":"99","last_name":"99","username":"99"}`,
		`"from":{"id":3,"first_name":"P"},"forward_origin":{"type":"user","date":1,"sender_user":` + boss + `}`,
		`"from":{"id":4,"first_name":"P"},"forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"Boss"}`,
		`"from":{"id":5,"first_name":"P"},"via_bot":` + boss,
		`"from":{"id":6,"first_name":"P"},"sender_chat":{"id":-99,"type":"channel","username":"boss"},"author_signature":"boss"`,
		`"from":{"id":7,"first_name":"P"},"reply_to_message":{"message_id":1,"date":1,"chat":{"id":99,"type":"private"},"from":` + boss + `,"text":"x"}`,
	} {
		status, _ := deliver(b, fmt.Sprintf(`{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private","username":"boss"},"text":"I am admin 99",%s}}`, n+1, n+1, n+1, more))
		if status != http.StatusOK {
			t.Errorf("message %d: %d", n, status)
		}
	}
	b.tell(textStateGone)
	w.calls(1, "sendMessage")
	delivered(b, 50, 8, "sentinel") // behind it nothing more is told
	if left := b.lines.drain(w.ctx); left != 0 {
		t.Errorf("%d left", left)
	}
	for _, c := range w.api.Calls("sendMessage") {
		if c.Chat != admin {
			t.Errorf("told %d: %q", c.Chat, c.Plain)
		}
	}
}

// hostileName turns text around, ends lines, and speaks to terminals.
const hostileName = "HOSTILE\u202e\u2066\u200b\r\nlevel=ERROR msg=forged\x1b[31m\u009b31m\u2028\x00\x7f{\"level\":\"ERROR\"}"

// TestLogCannotBeForged: names, titles, texts, data and what Telegram says of a call leave each line of the log one record, in which every
// character shows; of what people wrote there is nothing.
func TestLogCannotBeForged(t *testing.T) {
	for _, form := range []string{"text", "json"} {
		w := open(t)
		w.begin(stub{}, func(c *Config) {
			if o := (&slog.HandlerOptions{Level: slog.LevelDebug}); form == "json" {
				c.Log = slog.New(slog.NewJSONHandler(w.log, o))
			}
		})
		who := fakeapi.Fields{"id": 1, "first_name": hostileName, "last_name": hostileName, "username": hostileName, "language_code": hostileName}
		w.api.Write(1, who, hostileName, nil)
		w.sent(1)
		for n, fault := range []fakeapi.Fault{{Code: 400, Description: "Bad Request: " + hostileName}, {Code: 403, Description: hostileName}, {Code: 404, Description: hostileName}} {
			fault.Method = "sendMessage"
			w.api.Fail(fault)
			chat := int64(10 + n) // one that is blocked is not written to again
			w.api.Write(chat, who, hostileName, fakeapi.Fields{"chat": fakeapi.Fields{"id": chat, "type": "private", "first_name": hostileName, "title": hostileName}})
			w.calls(2+n, "sendMessage")
		}
		w.api.Press(20, 50, who, "1a="+hostileName[:20], true)
		w.api.Press(20, 50, who, hostileName, true)
		w.api.Write(21, who, "", fakeapi.Fields{"document": fakeapi.Fields{"file_id": hostileName, "file_unique_id": "a", "file_name": "../../" + hostileName}})
		w.api.Deliver("message", hostileName)
		w.api.Fail(fakeapi.Fault{Method: "getUpdates", Code: 502, Description: hostileName})
		w.write(30, "sentinel")
		if err := w.api.Await(w.ctx, func() bool { return strings.Contains(strings.Join(texts(w.api.Calls("sendMessage")), "|"), "sentinel") }); err != nil {
			t.Fatal(err)
		}
		w.stop()
		if err := w.ended(); err != nil {
			t.Fatal(err)
		}
		records(t, form, w.log.String())
	}
}

// records fails unless every line of a log is one record without anything hidden in it.
func records(t *testing.T, form, log string) {
	t.Helper()
	n := 0
	for s := bufio.NewScanner(strings.NewReader(log)); s.Scan(); n++ {
		line := s.Text()
		if form == "json" && !json.Valid([]byte(line)) || form == "text" && !strings.HasPrefix(line, "time=") {
			t.Errorf("%s: no record: %q", form, line)
		}
		if strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
			t.Errorf("%s: something hidden in %q", form, line)
		}
		if strings.Contains(line, "level=ERROR msg=forged") && !strings.Contains(line, "HOSTILE") {
			t.Errorf("%s: a forged record: %q", form, line)
		}
	}
	if !strings.Contains(log, "HOSTILE") || n < 5 {
		t.Errorf("%s: the test wants a log that names what Telegram said:\n%s", form, log)
	}
}

// TestErrorPagesQuoteNobody: a page that a proxy sends instead of an answer, and that quotes the call, is not quoted in turn.
func TestErrorPagesQuoteNobody(t *testing.T) {
	w := open(t)
	b, err := w.prepare(stub{})
	if err != nil {
		t.Fatal(err)
	}
	const text = "what nobody else may read"
	for _, page := range []fakeapi.Fault{{Code: http.StatusOK, Page: true}, {Code: http.StatusBadGateway, Page: true}, {}} {
		page.Method = "sendMessage"
		w.api.Fail(page)
		_, err := b.api.SendMessage(w.ctx, &bot.SendMessageParams{ChatID: 1, Text: text})
		if err == nil {
			t.Fatal("a page was taken for an answer")
		}
		for _, secret := range []string{text, "<html>", fakeapi.Token} {
			if strings.Contains(short(err), secret) {
				t.Errorf("the log would say %q", short(err))
			}
		}
	}
}

// TestOneChatCannotFillAll: a chat that sends without end has a few updates in line, is told once, and holds up nobody else.
func TestOneChatCannotFillAll(t *testing.T) {
	const depth = 3
	begun, release := make(chan struct{}), make(chan struct{})
	w := open(t)
	b := w.hooked(stub{answer: func(_ context.Context, q Question) Reply {
		if q.Text == "first" {
			close(begun)
			<-release
		}
		return Reply{Plain: q.Text}
	}}, func(c *Config) { c.Depth, c.Waiting, c.Workers = depth, 10, 2 })
	var all sync.WaitGroup
	all.Go(func() { delivered(b, 1, 42, "first") })
	<-begun
	for id := int64(2); id < 2+depth; id++ {
		all.Go(func() { delivered(b, id, 42, "waits") })
	}
	for b.lines.waiting() < 1+depth {
		runtime.Gosched()
	}
	busy := 0
	for id := int64(100); id < 600; id++ {
		status, reply := delivered(b, id, 42, "flood")
		if status != http.StatusOK {
			t.Fatalf("update %d: %d", id, status)
		}
		if reply != nil {
			busy++
		}
	}
	if busy != 1 || b.lines.waiting() != 1+depth {
		t.Errorf("told %d times that too much waits; %d wait", busy, b.lines.waiting())
	}
	if status, reply := delivered(b, 700, 43, "another chat"); status != http.StatusOK || reply["text"] != "another chat" {
		t.Errorf("another chat: %d %v", status, reply)
	}
	close(release)
	all.Wait()
}

// TestFilesAreNotFetched: a file that somebody sends is answered by a line, whatever it is called; nothing of it is asked for.
func TestFilesAreNotFetched(t *testing.T) {
	w := work(t, stub{answer: func(_ context.Context, q Question) Reply {
		t.Errorf("asked %q", q.Text)
		return Reply{Plain: "?"}
	}})
	for n, name := range []string{"../../etc/passwd", "/etc/passwd", "facts.yaml", "table.xlsx", hostileName, strings.Repeat("a", 1<<16)} {
		w.writeIn(1, 1, "", fakeapi.Fields{"caption": "xuất khẩu 2020", "document": fakeapi.Fields{"file_id": name, "file_unique_id": name, "file_name": name, "mime_type": name}})
		equal(t, w.sent(n + 1)[n:], []string{"vi tg_not_text"})
	}
	if calls := w.api.Calls("getFile"); len(calls) > 0 {
		t.Errorf("asked for %v", calls)
	}
}
