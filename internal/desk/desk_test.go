package desk

import (
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	shipped "factbot/facts"
	"factbot/internal/facts"
	"factbot/internal/qa"
	"factbot/locales"
)

var today = time.Date(2021, 1, 15, 8, 0, 0, 0, time.UTC)

func open(t testing.TB, o Options) *Desk {
	t.Helper()
	if o.Facts == nil {
		o.Facts = shipped.FS
	}
	o.Locales = locales.FS
	d, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

// without is the locales but for one file.
func without(name string) fs.FS {
	out := fstest.MapFS{}
	files, err := locales.FS.ReadDir(".")
	if err != nil {
		return out
	}
	for _, f := range files {
		if data, err := locales.FS.ReadFile(f.Name()); err == nil && f.Name() != name {
			out[f.Name()] = &fstest.MapFile{Data: data}
		}
	}
	return out
}

func TestConversation(t *testing.T) {
	now := today
	d := open(t, Options{Clock: func() time.Time { return now }})
	ask := func(chat, text string) Reply { return d.Ask(Question{Chat: chat, Text: text}) }

	if r := ask("a", "xuất khẩu 2020 đạt bao nhiêu % KH?"); r.Status != qa.Answered || !strings.Contains(r.Text(), "93,33") {
		t.Fatalf("%s: %s", r.Status, r.Text())
	}
	if r := ask("a", "còn thiếu bao nhiêu?"); r.Op != qa.Gap || !strings.Contains(r.Text(), "80 triệu USD") {
		t.Errorf("a follow-up: %s: %s", r.Op, r.Text())
	}
	if r := ask("b", "còn năm 2021?"); r.Status == qa.Answered {
		t.Errorf("another chat's follow-up: %s: %s", r.Status, r.Text())
	}
	if r := ask("", "còn năm 2021?"); r.Status == qa.Answered {
		t.Errorf("a question of no chat: %s: %s", r.Status, r.Text())
	}
	now = now.Add(31 * time.Minute)
	if r := ask("a", "còn năm 2021?"); r.Status == qa.Answered {
		t.Errorf("after half an hour: %s: %s", r.Status, r.Text())
	}
	ask("a", "xuất khẩu 2020?")
	d.Forget("a")
	if r := ask("a", "còn năm 2021?"); r.Status == qa.Answered {
		t.Errorf("after it was to be forgotten: %s: %s", r.Status, r.Text())
	}
}

const (
	small = `areas: [{id: here, name: {vi: Đây}}]
indicators: [{id: salt, name: {vi: Sản lượng muối, en: Salt output}, unit: nghìn tấn, kind: flow}]
`
	report = `source: {id: report, title: Báo cáo, publisher: Sở, date: 2020-12-28}
area: here
figures: [{indicator: salt, period: 2020, actual: 12.5}]
`
)

func folder(document string) fstest.MapFS {
	return fstest.MapFS{"catalogue.yaml": {Data: []byte(small)}, "documents/report.yaml": {Data: []byte(document)}}
}

// Other facts take the place of the current ones while questions are asked: each answer is wholly of the one or of the other.
func TestUse(t *testing.T) {
	d := open(t, Options{Facts: folder(report)})
	before := d.Facts()
	after, problems := d.Load(folder(strings.Replace(report, "12.5", "13.5", 1)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	text := map[string]string{before.Revision(): "12,5", after.Revision(): "13,5"}
	if len(text) != 2 {
		t.Fatal("two facts of one revision")
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 200 {
				if i%10 == 0 {
					d.Use([]*facts.Snapshot{before, after}[i/10%2])
				}
				r := d.Ask(Question{Text: "sản lượng muối 2020?", Now: today})
				if !strings.Contains(r.Text(), text[r.Revision]) {
					t.Errorf("revision %s answers %q", r.Revision, r.Text())
				}
			}
		})
	}
	all.Wait()
}

// A panic while answering or writing becomes an answer that declines.
func TestPanic(t *testing.T) {
	var log strings.Builder
	d := open(t, Options{Facts: folder(report), Log: logTo(&log)})
	d.now.Load().engine = nil
	r := d.Ask(Question{Chat: "a", Text: "sản lượng muối 2020?", Now: today})
	if r.Status != qa.NotUnderstood || r.Text() == "" || !json.Valid([]byte(r.JSON())) {
		t.Errorf("%s: %s", r.Status, r.JSON())
	}
	if got := log.String(); !strings.Contains(got, "question not answered") || !strings.Contains(got, "qa.") || strings.Contains(got, "muối") {
		t.Errorf("the log says %q: it should name the place and not the question", got)
	}
	shown := shown(d, "text", func(a qa.Answer) string {
		if a.Status != qa.NotUnderstood || len(a.Results) > 0 {
			t.Errorf("shown instead: %v", a)
		}
		if strings.Count(log.String(), "not shown") == 0 {
			panic("no words")
		}
		return "sorry"
	}, r.Answer)
	if shown != "sorry" {
		t.Errorf("shown %q", shown)
	}
}

func TestOpenNamesProblems(t *testing.T) {
	_, err := Open(Options{Facts: folder(strings.Replace(report, "salt", "sugar", 1)), Locales: locales.FS})
	problems, ok := Problems(err)
	if !ok || len(problems) != 1 || problems[0].File != "documents/report.yaml" || problems[0].Line != 3 || problems[0].Column == 0 {
		t.Errorf("problems %v of %v", problems, err)
	}
	for name, o := range map[string]Options{
		"words":    {Facts: shipped.FS, Locales: fstest.MapFS{}},
		"messages": {Facts: shipped.FS, Locales: without("messages.vi.yaml")},
		"units":    {Facts: shipped.FS, Locales: without("units.yaml")},
	} {
		if _, err := Open(o); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

var statuses = []string{"answered", "clarify", "no_data", "not_understood", "help"}

// Whatever is asked, the answer is one line with one object that says what was asked and how it ended, and has a text.
func FuzzAsk(f *testing.F) {
	for _, text := range []string{"xuất khẩu 2020 đạt bao nhiêu % KH?", "còn năm 2021?", "mỗi tháng phải đạt bao nhiêu", "compare 2020 and 2021 exports",
		"công suất trên 100 nghìn tấn/năm", "xuất khẩu 1.120,5 tr.USD đúng không", "", "\x00\xff", "GTSXCN 99999999999999999999 nghìn tỷ", "9T/2020 so với cùng kỳ"} {
		f.Add(text)
	}
	var log strings.Builder
	d := open(f, Options{Log: logTo(&log)})
	f.Fuzz(func(t *testing.T, text string) {
		for range 2 { // the second time as a follow-up of the first
			r := d.Ask(Question{Chat: "fuzz", Text: text, Now: today})
			line := r.JSON()
			if log.Len() > 0 {
				t.Fatalf("%q: logged %s", text, log.String())
			}
			var object struct {
				Question, Lang, Status, Text string
				Results                      []struct{ Unit string }
			}
			if err := json.Unmarshal([]byte(line), &object); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			if strings.ContainsAny(line, "\n\r") || !utf8.ValidString(line) {
				t.Errorf("%q is not one line of UTF-8", line)
			}
			if !slices.Contains(statuses, object.Status) || object.Text == "" || object.Lang != "vi" && object.Lang != "en" {
				t.Errorf("status %q, language %q, text %q", object.Status, object.Lang, object.Text)
			}
			if utf8.ValidString(text) && object.Question != text {
				t.Errorf("asked %q, answered %q", text, object.Question)
			}
			if object.Text != r.Text() {
				t.Errorf("the object's text is %q, the reply's %q", object.Text, r.Text())
			}
		}
	})
}

// The examples are answered, in either language, whatever the facts are.
func TestExamples(t *testing.T) {
	for name, files := range map[string]fs.FS{"shipped": shipped.FS, "small": folder(report), "none": fstest.MapFS{}} {
		d := open(t, Options{Facts: files, Clock: func() time.Time { return today }})
		for _, lang := range []string{"vi", "en"} {
			examples := d.Examples(lang)
			if len(examples) > maxExamples || (len(examples) == 0) != (name == "none") {
				t.Errorf("%s, %s: %d examples", name, lang, len(examples))
			}
			for _, text := range examples {
				if r := d.Ask(Question{Text: text}); r.Status != qa.Answered || r.Lang != lang {
					t.Errorf("%s, %s: %q is %s in %s", name, lang, text, r.Status, r.Lang)
				}
			}
		}
	}
}
