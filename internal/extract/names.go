package extract

import (
	"strings"
	"unicode/utf8"

	"factbot/internal/token"
)

// subject is what figures are of.
type subject struct {
	name      string
	whole     string
	from      int  // the byte of the line where it is named
	inherited bool // named further up
	rate      bool // already a percentage
	unsure    bool // it may be more, or less, than the name
}

// run is a stretch of words without a break that no item explains.
type run struct {
	from, to int    // tokens
	gap      [2]int // tokens within that are a period, not of the name
	soft     bool   // only a comma stands before it
	and      bool   // "và" stands before it
	ended    bool   // a cue, a base or a colon stands behind it
	trailing bool   // it stands right behind a number: of that, not of what follows
}

// runs are the stretches of names among items, and where each ends.
func (s *sentence) runs(items []item) []run {
	var out []run
	open := false
	for k, it := range items {
		first := s.t[it.from]
		broken := strings.ContainsAny(first.Gap, ",;:(") || strings.ContainsAny(first.Gap, ").") && !s.abbreviated(it.from) && (k == 0 || !items[k-1].scope) || strings.Contains(first.Gap, " - ") && proper(first)
		if it.kind == itemName && (it.scope || s.abbreviation(it.from)) {
			broken = false
		}
		if it.kind != itemName {
			if n := len(out); n > 0 && (it.kind == itemCue || it.kind == itemBase) {
				for j := range out {
					out[j].ended = true
				}
			}
			open = open && it.kind == itemPeriod
			continue
		}
		conj := it.to == it.from+1 && s.r.o.Words.joins.whole(s.t[it.from:it.to])
		if n := len(out); n > 0 && open && !broken {
			if items[k-1].kind == itemPeriod {
				if !it.scope && !follows(first.Lower) {
					out = append(out, run{from: it.from, to: it.to})
					continue
				}
				out[n-1].gap = [2]int{items[k-1].from, items[k-1].to}
			}
			out[n-1].to = it.to
			continue
		}
		if n := len(out); n > 0 && strings.Contains(first.Gap, ":") {
			out[n-1].ended = true
		}
		out = append(out, run{from: it.from, to: it.to, soft: broken && strings.Trim(first.Gap, " ,)") == "" && open, and: conj, trailing: k == 0 && !broken && !conj && s.past > 0})
		open = true
	}
	return out
}

// follows reports whether a word goes on with the name before a period: "xuất khẩu tháng 11 của khối FDI".
func follows(word string) bool {
	switch word {
	case "của", "khu", "khối", "hàng":
		return true
	}
	return false
}

// abbreviation reports whether a token is an abbreviation in brackets: "(IIP)".
func (s *sentence) abbreviation(i int) bool {
	t := s.t[i]
	return strings.TrimSpace(t.Gap) == "(" && t.Kind == token.Word && (t.Upper || len(t.Text) <= 5) && (i+1 == len(s.t) || strings.HasPrefix(s.t[i+1].Gap, ")"))
}

func (s *sentence) abbreviated(i int) bool {
	return i > 0 && s.abbreviation(i-1) && strings.TrimSpace(s.t[i].Gap) == ")"
}

// strip takes from a stretch of tokens the words in front and behind that are no part of a name.
func (s *sentence) strip(from, to int) (int, int) {
	w := s.r.o.Words
	for from < to {
		if _, n := w.leads.at(s.t[from:to]); n > 0 && cleanGaps(s.t[from:from+n]) && !s.named(from, to) {
			from += n
			continue
		}
		if _, k, ok := s.r.periodAt(s.t[:to], from, 0); ok {
			from += k
			continue
		}
		break
	}
	for from < to {
		cut := 0
		for k := min(6, to-from); k > 0 && cut == 0; k-- {
			if w.tails.whole(s.t[to-k:to]) && cleanGaps(s.t[to-k:to]) {
				cut = k
			}
		}
		if cut == 0 {
			for k := min(5, to-from); k > 0 && cut == 0; k-- {
				if _, n, ok := s.r.periodAt(s.t[:to], to-k, 0); ok && n == k {
					cut = k
				}
			}
		}
		if cut == 0 {
			break
		}
		to -= cut
	}
	return from, to
}

// named reports whether a stretch as it stands is the name of a known indicator.
func (s *sentence) named(from, to int) bool {
	return s.r.o.Named != nil && to > from && s.r.o.Named(s.text(from, to))
}

// text is the text of tokens as it stands, with a bracket that closes behind them.
func (s *sentence) text(from, to int) string {
	if from >= to {
		return ""
	}
	text := s.l.text[s.t[from].Start:s.t[to-1].End]
	if strings.Count(text, "(") > strings.Count(text, ")") {
		if rest := s.l.text[s.t[to-1].End:]; strings.HasPrefix(rest, ")") {
			text += ")"
		} else {
			text = strings.Replace(text, "(", "", 1)
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

func (s *sentence) head(i int) bool {
	_, n := s.r.o.Words.heads.at(s.t[i:])
	return n > 0
}

func (s *sentence) circumstance(i int) bool {
	_, n := s.r.o.Words.circumstances.at(s.t[i:])
	return n > 0
}

// subjectOf is what the runs before a figure name; nil where they name nothing. A comma may stand within a name ("chế biến, chế tạo"): where the last
// stretch does not begin as names do, the one before belongs to it.
func (s *sentence) subjectOf(runs []run) (*subject, int) {
	for k := len(runs) - 1; k >= 0; k-- {
		if runs[k].trailing {
			return nil, -1
		}
		from, to := s.strip(runs[k].from, runs[k].to)
		if from >= to || token.Fold(s.text(from, to)) == "" || !s.wordy(from, to) {
			continue
		}
		first := k
		for first > 0 && runs[first].soft && !runs[first-1].trailing && !s.named(from, to) {
			begin, _ := s.strip(runs[first-1].from, runs[first-1].to)
			if begin >= runs[first-1].to {
				break
			}
			if s.named(begin, to) {
				from, first = begin, first-1
				break
			}
			if s.collective(runs[first-1], from, to) {
				from, first = begin, first-1
				break
			}
			if s.head(from) || s.circumstance(runs[first-1].from) || !s.head(begin) {
				break
			}
			from, first = begin, first-1
		}
		if s.circumstance(from) {
			return &subject{unsure: true, from: s.t[from].Start}, k
		}
		sub := &subject{name: s.text(from, to), from: s.t[from].Start}
		if gap := runs[k].gap; gap[1] > 0 && gap[0] > from && gap[1] < to {
			rest := s.text(gap[1], to)
			if strings.Contains(s.t[gap[1]].Gap, "(") {
				rest = "(" + strings.TrimSuffix(rest, ")") + ")"
			}
			sub.name = s.text(from, gap[0]) + " " + rest
		}
		sub.name = s.r.calledBefore(sub.name)
		known := s.named(from, to)
		if short := s.bracketed(from, to); short != "" && !known && to-from <= 3 {
			sub.name, known = short, true
		} else if s.abbreviation(to-1) && to-from > 2 {
			s.r.defined[s.t[to-1].Fold] = sub.name
		}
		sub.rate = s.rateName(from, to)
		words := to - from
		sub.unsure = !known && (words > 22 || !s.head(from) && !s.mayName(from, to) || s.dangling(from, to) || s.r.o.Words.nothings.whole(s.t[from:to]) || s.district(from))
		return sub, first
	}
	return nil, -1
}

// district reports whether a name begins with a smaller place.
func (s *sentence) district(i int) bool {
	_, n := s.r.o.Words.districts.at(s.t[i:])
	return n > 0
}

// collective reports whether the stretch before a comma holds several things in one name, of which a stretch behind it is the next.
func (s *sentence) collective(before run, from, to int) bool {
	begin, end := s.strip(before.from, before.to)
	if begin >= end || end-begin > 5 || to-from > 3 {
		return false
	}
	_, n := s.r.o.Words.collectives.at(s.t[begin:end])
	_, again := s.r.o.Words.collectives.at(s.t[from:to])
	return n > 0 && n < end-begin && again == 0
}

// bracketed is a known abbreviation in brackets at the end of a stretch that is no name itself: "kinh tế (GRDP)".
func (s *sentence) bracketed(from, to int) string {
	if s.abbreviation(to-1) && to-from > 1 && s.named(to-1, to) {
		return s.t[to-1].Text
	}
	return ""
}

// calledBefore is the name by which the text called the same thing before, where this one only abbreviates it: "kim ngạch XK".
func (r *reader) calledBefore(name string) string {
	t := token.Split(name)
	words := make([]string, len(t))
	for i, x := range t {
		words[i] = x.Lower
		if long := r.o.Words.abbreviations[x.Lower]; long != "" && x.Upper {
			words[i] = token.Normalize(long)
		}
	}
	key := bareName(strings.Join(words, " "))
	if was := r.called[key]; was != "" {
		return was
	}
	if key == bareName(name) {
		r.called[key] = name
	}
	return name
}

// mayName reports whether a stretch that does not begin as names usually do may be one: in a list of parts, at the beginning of a line, behind a mark.
func (s *sentence) mayName(from, to int) bool {
	if s.part || s.l.mark != "" && s.l.mark != "#" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.t[from].Text)
	return strings.ToUpper(string(r)) == string(r) || to-from >= 2 && from > 0 && strings.ContainsAny(s.t[from].Gap, ";:")
}

// wordy reports whether a stretch has a word in it.
func (s *sentence) wordy(from, to int) bool {
	for _, t := range s.t[from:to] {
		if t.Kind == token.Word {
			return true
		}
	}
	return false
}

// dangling reports whether a name ends or begins in the middle.
func (s *sentence) dangling(from, to int) bool {
	w := s.r.o.Words
	return w.dangling.whole(s.t[to-1:to]) || w.openings.whole(s.t[from:from+1])
}

// rateName reports whether a name is that of a percentage: "tỷ lệ hộ nghèo", "độ che phủ rừng".
func (s *sentence) rateName(from, to int) bool {
	for i := from; i < to && i < from+3; i++ {
		if _, n := s.r.o.Words.rates.at(s.t[i:to]); n > 0 {
			return true
		}
	}
	return false
}
