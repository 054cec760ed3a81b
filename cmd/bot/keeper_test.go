package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"factbot/internal/telegram/fakeapi"
)

// The people of these tests.
const (
	boss     = int64(11) // proposes and applies
	editor   = int64(12)
	approver = int64(13)
	anybody  = int64(14)
)

// office is a bot with admins, and people who write to it.
type office struct {
	*testing.T
	api  *fakeapi.Server
	ctx  context.Context
	data string
	seen int
	stop func()
}

func newOffice(t *testing.T, change ...func(*running)) *office {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	o := &office{T: t, api: fakeapi.New(), ctx: ctx, data: t.TempDir()}
	t.Cleanup(o.api.Close)
	o.begin(change...)
	return o
}

// begin starts the bot.
func (o *office) begin(change ...func(*running)) {
	o.Helper()
	ctx, cancel := context.WithCancel(o.ctx)
	r := running{APIURL: o.api.URL, Data: o.data, Log: "text", LogLevel: "warn", Admins: []int64{boss}, Editors: []int64{editor}, Approvers: []int64{approver}}
	for _, f := range change {
		f(&r)
	}
	w := &world{in: strings.NewReader(""), out: io.Discard, err: visible{new(runningLog)}, env: func(string) string { return "" }}
	done := make(chan error, 1)
	go func() { done <- (&telegramCommand{source{}, r}).serve(ctx, w, fakeapi.Token) }()
	o.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			o.Error(err)
		}
	})
	o.Cleanup(o.stop)
}

// next is the next message that the bot sends or edits.
func (o *office) next() fakeapi.Call {
	o.Helper()
	calls := func() []fakeapi.Call { return o.api.Calls("sendMessage", "editMessageText") }
	if err := o.api.Await(o.ctx, func() bool { return len(calls()) > o.seen }); err != nil {
		o.Fatal(err)
	}
	c := calls()[o.seen]
	o.seen++
	if !c.OK() {
		o.Fatalf("refused: %s: %s", c.Error, c.Params["text"])
	}
	return c
}

func (o *office) says(who int64, text string) fakeapi.Call {
	o.Helper()
	o.api.Write(who, fakeapi.Person(who, "vi"), text, nil)
	return o.next()
}

func (o *office) sends(who int64, name, text string) fakeapi.Call {
	o.Helper()
	o.api.Write(who, fakeapi.Person(who, "vi"), "", o.api.Document(name, []byte(text)))
	return o.next()
}

// presses presses the button of a label under a message; the message may have been sent to another person, as a forwarded key would be.
func (o *office) presses(who int64, c fakeapi.Call, label string) fakeapi.Call {
	o.Helper()
	labels, data := c.Buttons()
	for i, l := range labels {
		if l == label {
			o.api.Press(who, c.Message, fakeapi.Person(who, "vi"), data[i], who != c.Chat)
			return o.next()
		}
	}
	o.Fatalf("no button %q among %q under %q", label, labels, c.Plain)
	return fakeapi.Call{}
}

func (o *office) wants(c fakeapi.Call, words ...string) fakeapi.Call {
	o.Helper()
	for _, w := range words {
		if !strings.Contains(c.Plain, w) {
			o.Errorf("%q lacks %q", c.Plain, w)
		}
	}
	return c
}

const (
	table = "area,indicator,period,measure,value,unit,source,source_date\n" +
		"Nghệ An,Tổng kim ngạch xuất khẩu,2020,actual,1133,triệu USD,Báo cáo tháng 2,2021-02-28\n" +
		"Nghệ An,Tổng mức bán lẻ hàng hóa,2020,actual,69010000,tỷ đồng,Báo cáo tháng 2,2021-02-28\n"
	applyIt, applySure, dropIt = "✅ Áp dụng", "✅ Áp dụng, trừ số đáng ngờ", "✖ Bỏ"
)

// A table is shown as a difference; nothing changes before it is applied, then answers change at once, and it can be taken back.
func TestTableToLiveFacts(t *testing.T) {
	o := newOffice(t)
	shown := o.wants(o.sends(boss, "bc-thang-2.csv", table), "bc-thang-2.csv", "Mới 2, thay đổi 0, bỏ 0, đáng ngờ", "1.133 triệu USD; trước đây 1.120 triệu USD (Nỗ lực vượt khó)",
		"⚠ Đáng ngờ", "69.010.000 tỷ đồng, trong khi", "nhầm đơn vị?")
	o.wants(o.says(anybody, "xuất khẩu 2020"), "1.120 triệu USD")
	o.wants(o.presses(boss, shown, applySure), "Đã áp dụng: bản 1")
	o.wants(o.says(anybody, "xuất khẩu 2020"), "thực hiện 1.133 triệu USD", "số đã điều chỉnh")
	o.wants(o.says(anybody, "bán lẻ 2020"), "68.461 tỷ đồng")
	o.wants(o.says(boss, "/lichsu"), "1 · ", "update", "bc-thang-2.csv")
	o.wants(o.says(boss, "/hoantac"), "Không có bản 1 để lấy lại")
	second := o.sends(boss, "moi.csv", strings.Replace(table, "69010000", "69010", 1))
	o.wants(o.presses(boss, second, applyIt), "Đã áp dụng: bản 2")
	o.wants(o.says(anybody, "bán lẻ 2020"), "thực hiện 69.010 tỷ đồng")
	back := o.wants(o.says(boss, "/hoantac 2"), "hoàn tác bản 2", "bỏ 1")
	o.wants(o.presses(boss, back, applyIt), "Đã áp dụng: bản 3")
	o.wants(o.says(anybody, "bán lẻ 2020"), "ước đạt 68.461 tỷ đồng")
	o.wants(o.says(boss, "/trangthai"), "bản 3", "24 giờ qua", "p50 ≤ ", "p99 ≤ ")
}

// A document of the facts takes the place of the one of its id; the comments of what was not touched stay.
func TestDocumentToLiveFacts(t *testing.T) {
	o := newOffice(t)
	first := o.wants(o.sends(boss, "upload (1).yaml", report), "Mới 3")
	o.presses(boss, first, applyIt)
	changed := o.wants(o.sends(boss, "other name.yml", "# mine\n"+strings.Replace(report, "1133", "1140", 1)), "Mới 0, thay đổi 1", "1.133 triệu USD → 1.140 triệu USD")
	o.presses(boss, changed, applyIt)
	o.wants(o.says(anybody, "xuất khẩu 2020"), "1.140 triệu USD")
	o.wants(o.sends(boss, "again.yaml", "# mine\n"+strings.Replace(report, "1133", "1140", 1)), "không có gì mới")
}

// What is wrong with a file is named, with its place, and nothing changes.
func TestRefusedFiles(t *testing.T) {
	o := newOffice(t)
	for name, c := range map[string]struct{ text, want string }{
		"a.csv":       {"area,indicator,period,measure,value,unit,source\nNghệ An,Tổng kim ngạch xuất khẩu,2020,actual,1.1.1,triệu USD,x\n", "a.csv:2"},
		"b.csv":       {"nonsense\n1\n", "b.csv"},
		"c.yaml":      {"source: {id: x, title: X}\narea: nghe-an\nfigures:\n  - {indicator: nothing, period: 2020, actual: 1}\n", "documents/x.yaml:4"},
		"d.yaml":      {"source:\n  title: X\n", "source: id"},
		"e.yaml":      {"a: &a [1,2]\nb: *a\n", "catalogue.yaml"},
		"../../f.csv": {"x;y\n1;2\n", "f.csv"},
		"g.xlsx":      {"PK\x03\x04 not a workbook", "g.xlsx"},
		"h.bin":       {"\x00\x01\x02\x03", "h.bin"},
	} {
		got := o.sends(boss, name, c.text)
		o.wants(got, "✖", "chưa có gì thay đổi", c.want)
		if labels, _ := got.Buttons(); len(labels) > 0 {
			t.Errorf("%s: may be applied: %q", name, labels)
		}
	}
	o.wants(o.says(anybody, "xuất khẩu 2020"), "ước đạt 1.120 triệu USD")
	o.wants(o.says(boss, "/lichsu"), "Chưa có cập nhật nào")
}

// Who may propose may not apply, nor the other way round; others' files are not fetched, and their forged decisions are none.
func TestWhoMay(t *testing.T) {
	o := newOffice(t)
	o.wants(o.sends(anybody, "x.csv", table), "chỉ đọc được chữ")
	o.wants(o.sends(approver, "x.csv", table), "không có quyền đề nghị")
	if n := len(o.api.Calls("getFile")); n != 1 {
		t.Errorf("%d files fetched", n)
	}
	for _, command := range []string{"/lichsu", "/hoantac", "/trangthai"} {
		o.wants(o.says(anybody, command), "không có lệnh này")
	}
	o.sends(editor, "x.csv", table) // in any order: the editor sees it, and so do those who may apply it
	o.next()
	o.next()
	var shown fakeapi.Call
	told := map[int64]bool{}
	for _, c := range o.api.Calls("sendMessage") {
		if strings.Contains(c.Plain, "Cập nhật từ x.csv") {
			if told[c.Chat] = true; c.Chat == editor {
				shown = c
			}
		}
	}
	if len(told) != 3 || !told[boss] || !told[approver] {
		t.Fatalf("told %v", told)
	}
	o.wants(o.presses(editor, shown, applyIt), "Cần người có quyền duyệt")
	labels, data := shown.Buttons()
	o.api.Press(anybody, shown.Message, fakeapi.Person(anybody, "vi"), data[0], true)
	o.wants(o.says(anybody, "xuất khẩu 2020"), "1.120 triệu USD")
	if len(labels) != 3 {
		t.Errorf("buttons %q", labels)
	}
	o.wants(o.presses(approver, shown, applyIt), "Đã áp dụng: bản 1")
	o.wants(o.presses(approver, shown, applyIt), "Đã áp dụng: bản 1") // the same again, told again
	o.wants(o.presses(editor, shown, dropIt), "Đã áp dụng: bản 1")
}

// With a second person required nobody applies what they proposed; who is limited to areas changes nothing of others.
func TestSecondPersonAndAreas(t *testing.T) {
	o := newOffice(t, func(r *running) {
		r.RequireSecondPerson = true
		r.AdminAreas = map[string]string{"12": "ha-tinh", "13": "nghe-an+ha-tinh"}
	})
	o.wants(o.sends(editor, "x.csv", table), "không được giao")
	first := o.sends(boss, "x.csv", table)
	shown := o.next() // to the other who may apply it
	if first.Chat != boss {
		first, shown = shown, first
	}
	if shown.Chat != approver {
		t.Fatalf("told %d", shown.Chat)
	}
	o.wants(o.presses(boss, first, applyIt), "cần một người khác duyệt")
	o.wants(o.presses(approver, shown, applySure), "Đã áp dụng: bản 1")
}

// What was proposed over facts that have moved on is shown anew, and what was dropped is gone.
func TestMovedAndDropped(t *testing.T) {
	o := newOffice(t)
	late := o.sends(boss, "late.csv", table)
	early := o.sends(boss, "early.csv", strings.Replace(strings.Replace(table, "1133", "1150", 1), "69010000", "69010", 1))
	o.wants(o.presses(boss, early, applyIt), "Đã áp dụng: bản 1")
	again := o.wants(o.presses(boss, late, applyIt), "đã thay đổi trong lúc chờ", "1.150 triệu USD → 1.133 triệu USD")
	o.wants(o.presses(boss, again, dropIt), "Đã bỏ late.csv")
	o.wants(o.presses(boss, again, applyIt), "không còn")
	o.wants(o.says(anybody, "xuất khẩu 2020"), "1.150 triệu USD")
}

// An update outlives the process: proposed before a stop, it is applied after it, and answers stay what they are after another.
func TestUpdateOutlivesTheProcess(t *testing.T) {
	o := newOffice(t)
	shown := o.sends(boss, "x.csv", table)
	o.stop()
	o.begin()
	o.wants(o.presses(boss, shown, applySure), "Đã áp dụng: bản 1")
	o.stop()
	o.begin()
	o.wants(o.says(anybody, "xuất khẩu 2020"), "1.133 triệu USD")
}

// What was asked in vain is listed, alike questions together; a name for it is proposed, applied, and then the question is answered.
func TestLearningFromQuestions(t *testing.T) {
	o := newOffice(t)
	o.wants(o.says(boss, "/cauhoi"), "không có câu nào")
	for _, text := range []string{"trị giá xuất ngoại zwq 2020", "trị giá xuất ngoại zwq 2020?", "Trị giá xuất ngoại zwq năm 2020", "giá vàng hôm nay"} {
		o.says(anybody, text)
	}
	o.wants(o.says(anybody, "/cauhoi"), "không có lệnh này")
	list := o.wants(o.says(boss, "/cauhoi"), "3× ", "zwq", "1× giá vàng hôm nay")
	labels, data := list.Buttons()
	if len(labels) == 0 || !strings.HasPrefix(labels[0], "＋ “") {
		t.Fatalf("buttons %q", labels)
	}
	o.api.Press(boss, list.Message, fakeapi.Person(boss, "vi"), data[0], false)
	shown := o.wants(o.next(), "tên gọi “", "chưa áp dụng")
	o.wants(o.presses(boss, shown, applyIt), "Đã áp dụng: bản 1")
	if got := o.says(anybody, "trị giá xuất ngoại zwq 2020"); strings.Contains(got.Plain, "Chưa hiểu “trị") {
		t.Errorf("still %q", got.Plain)
	}
}
