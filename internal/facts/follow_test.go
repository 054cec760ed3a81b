package facts

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// edits changes a folder as people do: figures, documents and tables come, go and change; now and then the catalogue.
type edits struct {
	*rand.Rand
	files map[string]string
}

func (e *edits) of(list ...string) string { return list[e.IntN(len(list))] }

// table has figures mostly of its own eight indicators.
func (e *edits) table(own int) string {
	var b strings.Builder
	b.WriteString("area,indicator,period,measure,value,unit,assigned_by,source,source_date,locator,note\n")
	for range e.IntN(60) {
		measure, unit, value := e.of("actual", "plan", "estimate"), "triệu USD", fmt.Sprint(1+e.IntN(4))
		if e.IntN(4) == 0 {
			measure, unit = measure+e.of(".growth", ".growth_prev"), "%"
		}
		by := ""
		if strings.HasPrefix(measure, "plan") {
			by = e.of("", "HĐND", "Thủ tướng")
		}
		indicator := fmt.Sprintf("i%d", own*8+e.IntN(8))
		if e.IntN(15) == 0 {
			indicator = e.of("xk", "Nhập khẩu", "nk2")
		}
		source := e.of("Báo cáo", "d", "Niên giám")
		if e.IntN(200) == 0 {
			source = "" // that of the document beside, if there is one
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", e.of("Khu A", "b"), indicator, e.of("2019", "2020", "2020-07", "2020-Q1"), measure, value, unit, by,
			source, e.of("", "", "2021-01-02", "2021-05-05"), e.of("", "tr. 3"), e.of("", "", "sơ bộ"))
	}
	return b.String()
}

func (e *edits) document() string {
	var b strings.Builder
	fmt.Fprintf(&b, "source: {title: %s, date: %s}\narea: a\n", e.of("Báo cáo", "Niên giám", "Tập san"), e.of("2021-01-02", "2021-05-05"))
	if e.IntN(3) > 0 {
		fmt.Fprintf(&b, "figures:\n  - {indicator: %s, period: %s, actual: %d, plan: 7, assigned_by: HĐND, growth: %d}\n", e.of("xk", "nk"), e.of("2019", "2020"), 1+e.IntN(3), 1+e.IntN(3))
	}
	return b.String()
}

func (e *edits) change() {
	own := 1 + e.IntN(5)
	switch name := e.of(fmt.Sprintf("t%d", own), "d", "c"); e.IntN(16) {
	case 0:
		e.files["catalogue.yaml"] = followed + e.of("", "# more\n", "  - {id: nk3, name: {vi: Nhập siêu}, unit: triệu USD}\n")
	case 1:
		delete(e.files, "documents/"+name+e.of(".yaml", ".csv"))
	case 2, 3, 4, 5, 6, 7:
		e.files["documents/"+name+".yaml"] = e.document()
	case 8, 9:
		e.files["documents/p.csv"] = "name,area,investor,product,source,source_date\n" +
			fmt.Sprintf("Nhà máy %d,Khu A,,,%s,\n", e.IntN(3), e.of("Báo cáo", "Niên giám", "Tập san"))
	default:
		e.files[fmt.Sprintf("documents/t%d.csv", own)] = e.table(own)
	}
}

var followed = `areas:
  - {id: a, name: {vi: Khu A}}
  - {id: b, name: {vi: Khu B}}
indicators:
  - {id: xk, name: {vi: Xuất khẩu}, unit: triệu USD}
  - {id: nk, name: {vi: Nhập khẩu}, unit: triệu USD, aliases: [nk2]}
` + moreIndicators()

func moreIndicators() string {
	var b strings.Builder
	for i := range 48 {
		fmt.Fprintf(&b, "  - {id: i%d, name: {vi: Sản phẩm %d}, unit: triệu USD}\n", i, i)
	}
	return b.String()
}

// A folder loaded after another state of it is the same as one loaded alone, whatever was changed between, and over many changes.
func TestLoadFollows(t *testing.T) {
	units := testUnits(t)
	kept, layered, compacted := 0, 0, 0
	for seed := range uint64(60) {
		e := &edits{rand.New(rand.NewPCG(seed, 1)), map[string]string{"catalogue.yaml": followed}}
		for own := range 6 {
			e.files[fmt.Sprintf("documents/t%d.csv", own)] = e.table(own)
		}
		var before *Snapshot
		for step := range 20 {
			alone, want := Load(folder(e.files), Options{Units: units})
			s, problems := Load(folder(e.files), Options{Units: units, Before: before})
			if !reflect.DeepEqual(problems, want) {
				t.Fatalf("seed %d, step %d: the problems differ:\n%s\n%s", seed, step, problems.Error(), want.Error())
			}
			if s != nil {
				sameFacts(t, fmt.Sprintf("seed %d, step %d", seed, step), s, alone)
				if before != nil {
					kept += keptTables(s, before)
					if s.figures.above != nil {
						layered++
					} else if before.figures.above != nil {
						compacted++
					}
				}
				before = s
			}
			for range 1 + e.IntN(2) {
				e.change()
			}
		}
	}
	if kept < 100 || layered < 100 || compacted < 20 {
		t.Errorf("%d tables were kept, %d snapshots have two layers, %d were compacted: the test tests little", kept, layered, compacted)
	}
}

func keptTables(s, before *Snapshot) (n int) {
	for name, now := range s.origin.tables {
		if was := before.origin.tables[name]; was != nil && was.digest == now.digest {
			n++
		}
	}
	return n
}

// sameFacts holds one snapshot to another by all that can be asked of it.
func sameFacts(t *testing.T, what string, got, want *Snapshot) {
	t.Helper()
	a, b := got.model, want.model
	if !reflect.DeepEqual(a, b) {
		t.Fatalf("%s: the models differ:\n%+v\n%+v", what, a, b)
	}
	if x, y := slices.Collect(got.Observations()), slices.Collect(want.Observations()); !reflect.DeepEqual(x, y) {
		t.Fatalf("%s: the observations differ:\n%+v\n%+v", what, x, y)
	}
	if got.ObservationCount() != want.ObservationCount() || !slices.Equal(got.Assigners(), want.Assigners()) {
		t.Fatalf("%s: %d observations, assigned by %v; want %d, %v", what, got.ObservationCount(), got.Assigners(), want.ObservationCount(), want.Assigners())
	}
	for _, i := range want.Indicators() {
		for _, area := range want.Areas() {
			x, y := got.Series(i.ID, area.ID), want.Series(i.ID, area.ID)
			if !slices.Equal(x.Periods(), y.Periods()) {
				t.Fatalf("%s: %s in %s has %v, want %v", what, i.ID, area.ID, x.Periods(), y.Periods())
			}
			for _, p := range y.Periods() {
				if !reflect.DeepEqual(x.Observations(p), y.Observations(p)) || !reflect.DeepEqual(x.Claims(p), y.Claims(p)) {
					t.Fatalf("%s: %s in %s %v:\n%+v\n%+v", what, i.ID, area.ID, p, x.Observations(p), y.Observations(p))
				}
			}
		}
	}
	if !reflect.DeepEqual(Notices(got), Notices(want)) {
		t.Fatalf("%s: the notices differ", what)
	}
}

// On a disk a table is not opened again that was not touched; one that was changed is seen even where it keeps its size and its time.
func TestUntouchedTablesAreNotOpened(t *testing.T) {
	dir := t.TempDir()
	e := &edits{rand.New(rand.NewPCG(1, 1)), nil}
	files := map[string]string{"catalogue.yaml": followed, "documents/one.csv": e.table(1), "documents/two.csv": e.table(2), "documents/one.yaml": e.document(), "documents/two.yaml": e.document()}
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func(before *Snapshot) *Snapshot {
		t.Helper()
		s, problems := Load(os.DirFS(dir), Options{Units: testUnits(t), Before: before})
		if len(problems) > 0 {
			t.Fatal(problems.Error())
		}
		return s
	}
	path := filepath.Join(dir, "documents", "one.csv")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if identityOf(info) != (identity{}) {
		t.Error("a file that was written just now has an identity")
	}
	first := load(nil)
	for name := range files { // as if all had lain there for long
		if known := first.origin.tables[name]; known != nil {
			info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			known.id = identityAt(info, time.Now().Add(time.Hour))
			if known.id == (identity{}) {
				t.Skip("files have no identity here")
			}
		}
	}
	changed := []byte(strings.Replace(files["documents/one.csv"], ",2020,", ",2018,", 1))
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	second := load(first)
	files = maps.Clone(files)
	files["documents/one.csv"] = string(changed)
	sameFacts(t, "after a change", second, mustLoad(t, files))
	if slices.Equal(slices.Collect(maps.Keys(second.origin.tables)), nil) || second.Revision() == first.Revision() {
		t.Error("a changed table has the revision of what it was")
	}
}
