package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"factbot/internal/period"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// line is one line of a text: a paragraph, a bullet, a heading.
type line struct {
	no        int
	text      string // without its mark
	mark      string // what kind of bullet or number it begins with: "-", "1.", "a)"; empty for a paragraph, "#" for a heading
	opens     bool   // ends with a colon: what follows is under it
	goesOn    bool   // what follows is a bullet of another kind
	sentences [][]token.Token
}

var marks = []struct {
	form *regexp.Regexp
	mark string
}{
	{regexp.MustCompile(`^[-*•+·▪►»○●◦✓√]\s*`), ""}, // the mark itself
	{regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})+\.?\s+`), "1.1"},
	{regexp.MustCompile(`^\d{1,2}[.)]\s+`), "1."},
	{regexp.MustCompile(`^\(\d{1,2}\)\s*`), "(1)"},
	{regexp.MustCompile(`^[IVX]{1,5}[.)]\s+`), "I."},
	{regexp.MustCompile(`^[a-zđ][.)]\s+`), "a)"},
	{regexp.MustCompile(`^[A-ZĐ][.)]\s+`), "A."},
}

// cut makes the lines of a text.
func cut(text string) []line {
	var lines []line
	for i, raw := range strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		l := line{no: i + 1, text: strings.TrimSpace(raw)}
		for _, m := range marks {
			if at := m.form.FindString(l.text); at != "" && !strings.HasPrefix(l.text, "-,") {
				if l.mark = m.mark; m.mark == "" {
					_, size := utf8.DecodeRuneInString(at)
					l.mark = at[:size]
				}
				l.text = strings.TrimSpace(l.text[len(at):])
				break
			}
		}
		if l.text == "" {
			continue
		}
		l.opens = strings.HasSuffix(l.text, ":")
		l.sentences = sentences(token.Split(l.text))
		if l.mark == "" && heading(l) {
			l.mark = "#"
		}
		if n := len(lines); n > 0 && l.mark != "" && l.mark != "#" && lines[n-1].mark != l.mark {
			lines[n-1].goesOn = true
		}
		lines = append(lines, l)
	}
	return lines
}

// heading reports whether a paragraph is one: short, without an end and without a unit or a percentage.
func heading(l line) bool {
	if len(l.sentences) != 1 || len(l.sentences[0]) > 30 || strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ";") {
		return false
	}
	for _, t := range l.sentences[0] {
		if t.Kind == token.Sign || t.Kind == token.Number && strings.ContainsAny(t.Text, ".,") {
			return false
		}
	}
	return true
}

// sentences cuts the tokens of a line where a point, or another end, stands before a capital.
func sentences(tokens []token.Token) [][]token.Token {
	var out [][]token.Token
	start := 0
	for i := 1; i < len(tokens); i++ {
		first, _ := utf8.DecodeRuneInString(tokens[i].Text)
		gap := tokens[i].Gap
		if !strings.ContainsAny(gap, ".!?…") || strings.Contains(gap, ".,") || !strings.ContainsAny(gap, " \t-+•\"") || !unicode.IsUpper(first) && tokens[i].Kind != token.Number {
			continue
		}
		before := tokens[i-1]
		if before.Kind == token.Word && utf8.RuneCountInString(before.Text) <= 2 && before.Upper || strings.Contains(gap, "…;") {
			continue // TP. Vinh
		}
		out = append(out, tokens[start:i])
		start = i
	}
	if start < len(tokens) {
		out = append(out, tokens[start:])
	}
	return out
}

// frame is what stands over a line.
type frame struct {
	mark    string
	period  period.Period // zero: nothing said
	base    base
	plan    bool
	subject *subject // what the line is a list of
	part    bool     // its parts follow
	project string   // the kind of projects that follow
	last    base     // that its last change was set against
	lead    tidy.Measure
}

// enter leaves the frames that a line of a mark is not under, and gives the one that it is under.
func (r *reader) enter(mark string) frame {
	numbered := func(m string) bool { return m != "" && m != "#" && (m[0] < '!' || strings.ContainsAny(m, ".)")) }
	r.sibling = base{}
	for i, f := range r.frames {
		if f.mark == mark && mark != "#" {
			r.sibling = f.last
			r.frames = r.frames[:i]
			break
		}
	}
	for n := len(r.frames); mark == "#" && n > 0 && !numbered(r.frames[n-1].mark); n-- {
		r.frames = r.frames[:n-1]
	}
	for n := len(r.frames); mark == "" && n > 0 && r.frames[n-1].mark != "#" && !numbered(r.frames[n-1].mark); n-- {
		r.frames = r.frames[:n-1]
	}
	if n := len(r.frames); n > 0 {
		return r.frames[n-1]
	}
	return frame{}
}

var (
	dayOfReport = regexp.MustCompile(`(?i)\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})`)
	titles      = regexp.MustCompile(`(?i)^(báo cáo|tình hình|kết quả|thông cáo|số liệu)`)
	grouped     = regexp.MustCompile(`\d\.\d{3}(?:\.\d{3})*,\d|\d(?:\.\d{3}){2,}`)
	groupedEN   = regexp.MustCompile(`\d,\d{3}(?:,\d{3})*\.\d|\d(?:,\d{3}){2,}`)
	decimal     = regexp.MustCompile(`(?:^|[^\d.,])\d+,(?:\d{1,2}|\d{4,})(?:[^\d.,]|[.,]?\s|[.,]?$)`)
)

// settle finds what holds for the whole text: its title, date and period, and which mark is the decimal one.
func (r *reader) settle(lines []line) {
	vi, grouping := 0, 0
	for k, l := range lines {
		vi += len(grouped.FindAllString(l.text, -1)) + len(decimal.FindAllString(l.text, -1))
		grouping += len(groupedEN.FindAllString(l.text, -1))
		if m := dayOfReport.FindStringSubmatch(l.text); m != nil && r.report.Date == "" && len(l.sentences[0]) < 16 {
			r.report.Date = isoDay(m)
		}
		if r.report.Title == "" && titles.MatchString(l.text) && l.mark == "#" {
			r.report.Title = l.text
			if len(l.sentences[0]) <= 3 && k+1 < len(lines) && lines[k+1].mark == "#" {
				r.report.Title += " " + lines[k+1].text
			}
		}
	}
	r.english, r.mixed = grouping > 0 && vi == 0, grouping > 0 && vi > 0
	r.report.Places = r.places(lines)
	if r.report.Title == "" && len(lines) > 1 && lines[0].mark == "#" {
		r.report.Title = lines[0].text
	}
	if !r.report.Period.IsZero() {
		return
	}
	year := 0
	var first period.Period
	for pass := range 2 { // the headings first, then the text
		for _, l := range lines {
			if (pass == 0) != (l.mark == "#") || dayOfReport.MatchString(l.text) {
				continue
			}
			for _, s := range l.sentences {
				for i := 0; i < len(s); i++ {
					if !r.periodWord(s, i) || r.aimedAt(s[:i]) {
						continue
					}
					p, n, ok := r.periodAt(s, i, year)
					if !ok {
						continue
					}
					i += n - 1
					switch {
					case p.Year() > 0 && !first.IsZero():
						r.report.Period = first.InYear(p.Year()) // "tháng 11 và 11 tháng năm 2020"
						return
					case p.Year() > 0:
						r.report.Period = p
						return
					case first.IsZero():
						first = p
					}
				}
			}
		}
	}
}

// aimedAt reports whether the words before a period speak of what is to come in it: "phương hướng 6 tháng cuối năm", and not "kết quả thực hiện kế hoạch năm 2020".
func (r *reader) aimedAt(before []token.Token) bool {
	for i := max(0, len(before)-5); i < len(before); i++ {
		if _, n := r.o.Words.planWords.at(before[i:]); n == 0 {
			if _, n = r.o.Words.aims.at(before[i:]); n == 0 {
				continue
			}
		}
		done := r.o.Words.tables["done"]
		for j := max(0, i-2); j < i; j++ {
			if _, n := done.at(before[j:]); n > 0 {
				return false
			}
		}
		return true
	}
	return false
}

// line reads one line under what stands over it.
func (r *reader) line(l line) {
	if len(l.sentences) > 0 && len(l.sentences[0]) < 16 && dayOfReport.MatchString(l.text) {
		return // where and when the report was signed
	}
	over := r.enter(l.mark)
	own := frame{mark: l.mark, period: over.period, base: over.base, plan: over.plan, project: over.project, lead: over.lead}
	if over.mark != "#" && !numberedMark(over.mark) {
		own.subject, own.part = over.subject, over.part
	}
	if l.mark != "" && own.base.kind == noBase {
		own.base = r.sibling
	}
	var s *sentence
	for _, tokens := range l.sentences {
		s = r.sentence(l, tokens, own, s)
		r.last, r.lastMeasure = s.subject, s.measure
		if s.framed != (period.Period{}) {
			own.period = s.framed
		}
	}
	if s == nil {
		return
	}
	under := frame{mark: l.mark, period: over.period, plan: over.plan}
	switch {
	case l.mark == "#" || numberedMark(l.mark) && s.figures == 0:
		if s.period != (period.Period{}) && s.explicit && s.periods() == 1 {
			under.period = s.period
		}
		under.plan = over.plan || s.saysPlan && !s.saysActual || !under.period.IsZero() && s.ahead(under.period)
	case l.opens || l.goesOn:
		under.period, under.base, under.subject, under.part = s.period, s.base, s.subject, s.part || l.opens
		under.plan = over.plan || s.measure == tidy.Plan && s.figures == 0
		under.project = s.projects
		if s.figures == 0 && (s.measure == tidy.Estimate || s.measure == tidy.Preliminary) {
			under.lead = s.measure
		}
	}
	under.last = s.same
	r.frames = append(r.frames, under)
}

func numberedMark(m string) bool {
	return m != "" && m != "#" && strings.ContainsAny(m, ".)")
}

// isoDay is a day, month and year as ISO; empty where there is no such day.
func isoDay(m []string) string {
	y, mo, d := atoi(m[3]), atoi(m[2]), atoi(m[1])
	if mo < 1 || mo > 12 || d < 1 || d > 31 || y < period.MinYear || y > period.MaxYear {
		return ""
	}
	return twoDigits(y, mo, d)
}

// places are the names behind "tỉnh", "thành phố", "TP" in a text, the most often named first; of several equally often the first.
func (r *reader) places(lines []line) []string {
	times := map[string]int{}
	var names []string
	for _, l := range lines {
		for _, s := range l.sentences {
			for i := range s {
				_, n := r.o.Words.places.at(s[i:])
				if n == 0 {
					continue
				}
				to := i + n
				for to < len(s) && to < i+n+4 && proper(s[to]) && plainGap(s[to:to+1]) {
					to++
				}
				if name := token.Fold(lower(s[i+n : to])); name != "" {
					if times[name]++; times[name] == 1 {
						names = append(names, name)
					}
				}
			}
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return times[b] - times[a] })
	return names
}
