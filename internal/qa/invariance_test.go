package qa_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"factbot/internal/qa"
	"factbot/internal/token"
)

// unmarked is a text as typed without diacritics.
func unmarked(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.NewReplacer("đ", "d", "Đ", "D").Replace(s)) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestInvariance: the same question typed otherwise has the same answer. What a way of typing really makes ambiguous is counted against
// the share that may differ.
func TestInvariance(t *testing.T) {
	ways := []struct {
		name  string
		as    func(string) string
		share float64 // of the questions that may differ
		why   string
	}{
		{"NFD", norm.NFD.String, 0, ""},
		{"upper case", strings.ToUpper, 0.01, "Roman numerals, abbreviations and names written in capitals look alike"},
		{"without diacritics", unmarked, 0.01, "may is mấy or may, la hien is a place or là hiện"},
		{"polite", func(s string) string { return "Dạ em chào anh, cho em hỏi " + s + " ạ" }, 0.01, "with more words typed bare a bare word is less telling"},
		{"polite English", func(s string) string { return "Good morning, could you please tell me: " + s + " Many thanks!" }, 0.01, "a sentence of thanks is one more question to tell apart"},
		{"mention", func(s string) string { return "@congthuong_bot " + s }, 0, ""},
		{"blanks", func(s string) string { return "  " + strings.ReplaceAll(s, " ", "  ") + " \u200b" }, 0, ""},
	}
	for _, way := range ways {
		t.Run(way.name, func(t *testing.T) {
			differ, total := 0, 0
			for _, s := range sets(t) {
				e := world(t, s.world)
				talks := map[string]qa.Conversation{}
				changed := map[string]qa.Conversation{}
				for _, line := range s.lines {
					if way.name == "polite" && (line.Tags != nil && strings.Contains(strings.Join(line.Tags, " "), "help") || line.Lang == "en" || line.Chat != "") {
						continue
					}
					if way.name == "polite English" && (strings.Contains(strings.Join(line.Tags, " "), "help") || line.Lang != "en" || line.Chat != "") {
						continue
					}
					total++
					a, next := e.Answer(qa.Asked{Text: line.Text, Now: s.now, Prev: talks[line.Chat]})
					b, other := e.Answer(qa.Asked{Text: way.as(line.Text), Now: s.now, Prev: changed[line.Chat]})
					if line.Chat != "" {
						talks[line.Chat], changed[line.Chat] = next, other
					}
					if digest(a) != digest(b) {
						differ++
						t.Logf("%s %s: %q\n%s\n-- typed so: %q\n%s", s.name, line.ID, line.Text, digest(a), way.as(line.Text), digest(b))
					}
				}
			}
			if got := float64(differ) / float64(total); got > way.share {
				t.Errorf("%d of %d answers differ (%.1f%%), more than %.1f%% (%s)", differ, total, 100*got, 100*way.share, way.why)
			}
		})
	}
}

// TestEveryWordCounts: where a word that an answer rests on is replaced by one that nobody knows, the answer does not stand.
func TestEveryWordCounts(t *testing.T) {
	tried, stood := 0, 0
	for _, s := range sets(t) {
		e := world(t, s.world)
		for _, line := range s.lines {
			if line.Chat != "" {
				continue
			}
			a, _ := e.Answer(qa.Asked{Text: line.Text, Now: s.now})
			if a.Status != qa.Answered || len(a.Lacks) > 0 {
				continue
			}
			tokens := token.Split(line.Text)
			for i, tok := range tokens {
				if tok.Kind != token.Word || len(tok.Fold) < 3 || i > 0 && tok.Glued() || strings.Contains(tok.Gap, "@") || strings.Contains(tok.Gap, "_") {
					continue
				}
				text := token.Normalize(line.Text)
				changed := text[:tok.Start] + "qwvx" + text[tok.End:]
				b, _ := e.Answer(qa.Asked{Text: changed, Lang: a.Lang, Now: s.now})
				tried++
				if b.Status == qa.Answered && digest(b) == digest(a) && len(b.Lacks) == len(a.Lacks) {
					rests := true // not where the clause around it says nothing
					for _, less := range []string{withoutClause(text, tok.Start), without(asker, text, tok.Start), without(sayer, text, tok.Start), without(purpose, text, tok.Start)} {
						c, _ := e.Answer(qa.Asked{Text: less, Lang: a.Lang, Now: s.now})
						rests = rests && (less == text || digest(c) != digest(a))
					}
					if !rests {
						continue
					}
					stood++
					if stood <= 40 {
						t.Logf("%s %s: %q is answered alike", s.name, line.ID, changed)
					}
				}
			}
		}
	}
	if tried == 0 || stood > 0 {
		t.Errorf("%d of %d answers stand with a word that nobody knows", stood, tried)
	}
}

// Who asks, who makes a claim and what the answer is for are no part of a question.
var (
	asker   = regexp.MustCompile(`(?i)^.*?(xin(?: \S+){1,2} hỏi|xin|hỏi|hoi|nhờ|cần biết|và cần|want to know|need to know)\s`)
	sayer   = regexp.MustCompile(`(?i)^[^\d,;:.!?]*?((?:nói|viết|ghi|bảo) rằng|đọc thấy|nói là|nói|ghi là|viết ghi|ghi|viết|nêu|bảo|told me|says|say|quotes)[\s:]`)
	purpose = regexp.MustCompile(`(?i)(^|\s)(để|so i|for my|should i put) .*$`)
)

// without cuts out what a pattern finds, where it holds a place of the text.
func without(pattern *regexp.Regexp, text string, at int) string {
	if m := pattern.FindStringIndex(text); m != nil && m[0] <= at && at < m[1] {
		return text[:m[0]] + text[m[1]:]
	}
	return text
}

// withoutClause cuts out the clause around a place of a text.
func withoutClause(text string, at int) string {
	from := strings.LastIndexAny(text[:at], ",;:.!?\n") + 1
	to := len(text)
	if i := strings.IndexAny(text[at:], ",;:.!?\n"); i >= 0 {
		to = at + i + 1
	}
	return text[:from] + text[to:]
}

// TestSameAgain: the same question has the same answer, whoever asks at the same time.
func TestSameAgain(t *testing.T) {
	for _, s := range sets(t) {
		e := world(t, s.world)
		for _, line := range s.lines {
			a, _ := e.Answer(qa.Asked{Text: line.Text, Now: s.now})
			b, _ := e.Answer(qa.Asked{Text: line.Text, Now: s.now})
			if digest(a) != digest(b) {
				t.Errorf("%q: %s, then %s", line.Text, digest(a), digest(b))
			}
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, text := range []string{"xuất khẩu 2020 đạt bao nhiêu % KH?", "bán lẻ 2021 tăng 8,8% đúng không", "What share of total exports were goods?", "còn năm 2021?", "1.120,5 tr.USD 6T/2020", "top 3 dự án từ 2 đến 5 tấn/năm", "năm hai không hai mươi"} {
		f.Add(text)
	}
	asked := sets(f)[:2]
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range asked {
			e := world(t, s.world)
			a, next := e.Answer(qa.Asked{Text: text, Now: s.now})
			switch a.Status {
			case qa.Answered, qa.Clarify, qa.NoData, qa.NotUnderstood, qa.Helped:
			default:
				t.Errorf("%q: status %q", text, a.Status)
			}
			if a.Status == qa.Answered && len(a.Results) == 0 && a.Available == nil && len(a.Notes) == 0 {
				t.Errorf("%q is answered by nothing", text)
			}
			if b, _ := e.Answer(qa.Asked{Text: text, Now: s.now}); digest(b) != digest(a) {
				t.Errorf("%q: %s, then %s", text, digest(a), digest(b))
			}
			e.Answer(qa.Asked{Text: text, Now: s.now, Prev: next})
		}
	})
}
