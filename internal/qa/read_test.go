package qa_test

import (
	"strings"
	"testing"
	"time"

	"factbot/internal/qa"
)

// TestTyping: the ways in which people type the same words, over the shipped facts.
func TestTyping(t *testing.T) {
	e := world(t, "shipped")
	now := time.Date(2021, 1, 15, 0, 0, 0, 0, time.UTC)
	want, _ := e.Answer(qa.Asked{Text: "xuất khẩu 2020 đạt bao nhiêu % kế hoạch", Now: now})
	for _, text := range []string{
		"xuat khau 2020 dat bao nhieu % ke hoach", "xuâts khâủ 2020 đạt bao nhiêu % kế hoạch", "xuaats khaaur 2020 ddatj bao nhieeu % kees hoachj", "xua61t kha63u 2020 đạt bn % KH",
		"XK 2020 đạt bn % kh", "xuất-khẩu 2020 đạt bao_nhiêu % KH", "xuatkhau 2020 đạt bao nhiêu % kế hoạch", "xuất khẩu 2020 đạt bao nhiêuuuu % kế hoạch", "xuat kahu 2020 dat bn % ke hoach",
		"xuất khẩu 2020 đạt bao nhiêu % koa hoạch", "export 2020 đạt bn % plan", "KNXK 2020 hoàn thành mấy phần trăm kế hoạch ạ", "kim nghạch xuất khảu 2020 đạt mấy % KH",
	} {
		got, _ := e.Answer(qa.Asked{Text: text, Now: now})
		if digest(got) != digest(want) {
			t.Errorf("%q: %s   (%s)", text, digest(got), e.Understood(text, "", now))
		}
	}
}

// TestNothingElse: words that only look alike are not taken for what is known.
func TestNothingElse(t *testing.T) {
	e := world(t, "shipped")
	now := time.Date(2021, 1, 15, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{
		"bản lề 2020 bao nhiêu", "nhập khẩu 2020", "xuất nhập khẩu 2020", "xuất khẩu gạo 2020", "xuất khẩu Hà Tĩnh 2020", "bán lẻ huyện Nghi Lộc 2020", "bán buôn 2020", "giá trị tăng thêm công nghiệp 2020",
		"số doanh nghiệp xuất khẩu 2020", "xuất khẩu lao động 2020", "kim ngạch 2020", "đất xuất khẩu 2020", "xuất khẩu sang Nhật 2020",
	} {
		if got, _ := e.Answer(qa.Asked{Text: text, Now: now}); got.Status == qa.Answered {
			t.Errorf("%q: %s   (%s)", text, digest(got), e.Understood(text, "", now))
		}
	}
}

// TestConversation: what a follow-up inherits, line by line; the first result of each answer.
func TestConversation(t *testing.T) {
	now := time.Date(2021, 1, 15, 0, 0, 0, 0, time.UTC)
	for _, talk := range [][][2]string{
		{{"xuất khẩu 2020 đạt bao nhiêu % KH?", "attainment export_total 2020: 280/3 percent"}, {"cảm ơn em", "help"}, {"còn bán lẻ?", "attainment retail_sales 2020: 68461/700 percent"},
			{"à không, công nghiệp giá trị sản xuất", "attainment industrial_production 2020: 97.5 percent"}, {"hụt bao nhiêu?", "gap industrial_production 2020: 2000 VND e9"}},
		{{"bán lẻ 2020?", "estimate retail_sales 2020: 68461 VND e9"}, {"năm 2021?", "plan retail_sales 2021: 73000 VND e9"}, {"mỗi quý?", "pace retail_sales 2021: 18250 VND/quarter e9"},
			{"số này lấy ở đâu", "pace retail_sales 2021: 18250 VND/quarter e9"}},
		{{"so với tháng trước?", "clarify"}},
		{{"còn năm 2021?", "clarify"}},
		{{"xuất khẩu hàng hóa chiếm bao nhiêu % tổng kim ngạch xuất khẩu 2020", "share export_goods 2020: 2025/28 percent"}, {"phần còn lại?", "remainder export_total 2020: 310 USD e6"}},
	} {
		e := world(t, "shipped")
		var conv qa.Conversation
		for _, line := range talk {
			var a qa.Answer
			a, conv = e.Answer(qa.Asked{Text: line[0], Now: now, Prev: conv})
			got := string(a.Status)
			if len(a.Results) > 0 && a.Status == qa.Answered {
				r := a.Results[0]
				got = strings.Join([]string{r.Measure, r.Indicator, r.Period.String() + ":", r.Value.String()}, " ")
			}
			if got != line[1] {
				t.Errorf("%q: %s, want %s   (%s)", line[0], got, line[1], e.Understood(line[0], "", now))
			}
		}
	}
}
