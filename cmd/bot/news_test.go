package main

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	shipped "factbot/facts"
	"factbot/internal/desk"
	"factbot/internal/state"
)

const report = `source:
  id: bao-cao-thang-2-2021
  title: Báo cáo tháng 2 năm 2021
  publisher: Sở Công Thương
  date: 2021-02-28
area: nghe-an
figures:
  - {indicator: export_total, period: 2020, actual: 1133, locator: mục 1}
  - {indicator: retail_sales, period: 2021, plan: 74000, locator: mục 2}
  - {indicator: iip, period: 2020, growth: 6.4, of: actual, locator: mục 3}
`

// with is the shipped facts and further files.
func with(t *testing.T, more map[string]string) (*desk.Desk, []state.File) {
	t.Helper()
	folder := fstest.MapFS{}
	err := fs.WalkDir(shipped.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		data, err := fs.ReadFile(shipped.FS, path)
		folder[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range more {
		folder[path] = &fstest.MapFile{Data: []byte(text)}
	}
	d, err := openDesk(&world{err: new(bytes.Buffer), env: func(string) string { return "" }}, folder)
	if err != nil {
		t.Fatal(err)
	}
	files, err := packed(folder)
	if err != nil {
		t.Fatal(err)
	}
	return d, files
}

// Who follows something is told, once, by one message a document, in their language, of what is new in the revision; nobody else is.
func TestNews(t *testing.T) {
	store, err := state.Open(t.Context(), state.Options{Folder: t.TempDir(), Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	w := &world{err: new(bytes.Buffer), env: func(string) string { return "" }}
	follow := func(who int64, lang string, subjects ...desk.Subject) {
		t.Helper()
		if err := store.Do(t.Context(), func(tx *state.Tx) error {
			for _, s := range subjects {
				if err := tx.Follow(string(rune('a'+who)), s.ID(), state.Follower{Chat: who, Lang: lang}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	of := func(indicator string) desk.Subject { return desk.Subject{Indicator: indicator, Area: "nghe-an"} }
	follow(1, "vi", of("export_total"), of("retail_sales"), of("iip"))
	follow(2, "en", of("export_total"), of("export_goods"))
	follow(3, "vi", of("export_goods"), of("industrial_production"))
	told := func() map[int64][]string {
		t.Helper()
		found := map[int64][]string{}
		if err := store.Do(t.Context(), func(tx *state.Tx) error {
			clear(found)
			list, err := tx.Claim("test", time.Hour, 100)
			for _, n := range list {
				found[n.Body.Chat] = append(found[n.Body.Chat], n.Body.HTML)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return found
	}
	publishNow := func(more map[string]string) {
		t.Helper()
		d, files := with(t, more)
		if _, err := publish(t.Context(), w, store, d, state.About{What: "publish"}, files); err != nil {
			t.Fatal(err)
		}
	}

	publishNow(nil) // what the bot was built with is no news
	if found := told(); len(found) != 0 {
		t.Errorf("told of nothing new: %v", found)
	}
	publishNow(map[string]string{"documents/bc.yaml": report})
	found := told()
	if keys := slices.Sorted(maps.Keys(found)); !slices.Equal(keys, []int64{1, 2}) || len(found[1]) != 1 || len(found[2]) != 1 {
		t.Fatalf("told %v", found)
	}
	for _, want := range []string{"🔔 <b>Nguồn: Báo cáo tháng 2 năm 2021, Sở Công Thương, 28/02/2021</b>\n", "thực hiện <b>1.133 triệu USD</b>", "kế hoạch <b>74.000 tỷ đồng</b>",
		"tăng <b>6,4%</b>", "/theodoi"} {
		if !strings.Contains(found[1][0], want) {
			t.Errorf("%q lacks %q", found[1][0], want)
		}
	}
	if n := strings.Count(found[1][0], "•"); n != 3 {
		t.Errorf("%d figures in %q", n, found[1][0])
	}
	if !strings.Contains(found[2][0], "Total exports, Nghe An, 2020: <b>1,133 million USD</b>") || strings.Count(found[2][0], "•") != 1 {
		t.Errorf("in English %q", found[2][0])
	}
	publishNow(map[string]string{"documents/bc.yaml": report, "documents/other-name.yaml": "source: {id: trong, title: Trống, date: 2021-03-01}\narea: nghe-an\n"})
	if found := told(); len(found) != 0 {
		t.Errorf("told again: %v", found)
	}
	publishNow(map[string]string{"documents/bc.yaml": strings.Replace(report, "1133", "1140", 1)})
	if found := told(); len(found[1]) != 1 || !strings.Contains(found[1][0], "1.140") || strings.Count(found[1][0], "•") != 1 || len(found[2]) != 1 {
		t.Errorf("of a figure that was changed: %v", found)
	}
	if text := w.err.(*bytes.Buffer).String(); text != "" {
		t.Errorf("said %s", text)
	}
}
