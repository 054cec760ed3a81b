package extract

import (
	"strings"

	"factbot/internal/period"
	"factbot/internal/tidy"
	"factbot/internal/token"
)

// around is what stands between the figure before and this one.
type around struct {
	last        item // the item just before
	dir         int  // 1 up, -1 down
	over        bool
	equals      bool
	share       bool
	contributes bool
	growthName  bool
	skip        bool
	respective  bool
	multiple    bool
	measure     tidy.Measure
	done        bool // "thực hiện": not what was aimed at
	said        bool // something says that a figure follows
	period      period.Period
	base        base
	baseAt      int
	day         bool // of a day, not of a period
	colon       bool
}

// around gathers what stands between the figure before and an item. What is said before the name that it is of counts only as far as it leads in.
func (s *sentence) around(i int, window []item, runs []run, first int) around {
	a := around{baseAt: -1}
	begin := 0
	if first >= 0 {
		begin = runs[first].from
	}
	if i > 0 {
		a.last = s.items[i-1]
	}
	a.colon = strings.Contains(s.t[s.items[i].from].Gap, ":")
	for k, it := range window {
		leading := it.from < begin
		if leading && (strings.Contains(s.t[it.from].Gap, ";") || it.kind == itemCue && it.cue == cuePart) {
			a.measure, a.base, a.baseAt = "", base{}, -1 // another clause's
		}
		switch it.kind {
		case itemPeriod:
			if it.period.IsZero() {
				continue
			}
			if s.past > 0 || s.figures > 0 || a.period.IsZero() || !leading {
				a.period = it.period
			}
		case itemNothing:
			a.day = a.day || it.day && !leading
		case itemBase:
			if (!leading || it.base.kind != basePlan) && !s.colonBehind(&window[k]) {
				a.base, a.baseAt = it.base, k
			}
		case itemCue:
			if it.negated {
				continue
			}
			a.cue(it.cue, leading)
			a.done = a.done || it.cue == cueActual && s.r.o.Words.kept.whole(s.t[it.from:min(it.to, it.from+2)])
		}
	}
	return a
}

// cue takes in what a word does; leading: it stands before the name.
func (a *around) cue(c cue, leading bool) {
	stronger := func(m tidy.Measure) {
		if m == tidy.Actual && a.measure != "" {
			return
		}
		a.measure = m
	}
	switch c {
	case cueEstimate:
		stronger(tidy.Estimate)
	case cuePreliminary:
		stronger(tidy.Preliminary)
	case cuePlan:
		stronger(tidy.Plan)
	}
	if c == cueGrowthName {
		a.growthName = true
	}
	if leading {
		return
	}
	a.said = true
	switch c {
	case cueActual:
		stronger(tidy.Actual)
		a.dir, a.share = 0, false
	case cueUp:
		a.dir, a.over, a.share = 1, false, false
	case cueDown:
		a.dir, a.over, a.share = -1, false, false
	case cueOver:
		a.dir, a.over, a.share = 1, true, false
	case cueEquals:
		a.equals, a.dir, a.share = true, 0, false
	case cueTimes:
		a.multiple = true
	case cueShare:
		a.share, a.dir = true, 0
	case cueContribution:
		a.contributes = true
	case cueRespectively:
		a.respective = true
	case cueNotThis:
		a.skip = true
	}
}

// blankGrouped reports whether a number stands right before the one that is read: "1 120 triệu USD" may be one number.
func (s *sentence) blankGrouped() bool {
	if s.at == 0 {
		return false
	}
	before, it := s.items[s.at-1], s.items[s.at]
	return before.kind == itemNumber && before.num.form == bare && before.to == it.from && plainGap(s.t[it.from:it.from+1])
}

// periodBehind is the period that stands behind a figure and is its own: "đạt 105 triệu USD trong tháng 11, tăng 5%".
func (s *sentence) periodBehind(end int) period.Period {
	at := end + 1
	if at < len(s.items) && s.items[at].kind == itemName && s.r.o.Words.within.whole(s.t[s.items[at].from:s.items[at].to]) && plainGap(s.t[s.items[at].from:s.items[at].from+1]) {
		at++
	}
	if at >= len(s.items) || s.items[at].kind != itemPeriod || !plainGap(s.t[s.items[at].from:s.items[at].from+1]) {
		return period.Period{}
	}
	if to := s.items[at].to; to < len(s.t) && plainGap(s.t[to:to+1]) && s.itemOf(to).kind != itemName { // "… năm 2020 đạt": it begins what follows
		return period.Period{}
	}
	return s.items[at].period
}

// planIs reports whether "so với kế hoạch … là" stands before an amount.
func (s *sentence) planIs(a around) bool {
	if s.at < 2 || a.last.kind != itemCue || a.last.cue != cueActual || a.last.to != a.last.from+1 {
		return false
	}
	before := s.items[s.at-2]
	return before.kind == itemBase && before.base.kind == basePlan && before.to == a.last.from
}

// fragment reports whether a name says only which part of something is meant: "khu vực FDI".
func (s *sentence) fragment(name string) bool {
	_, n := s.r.o.Words.fragments.at(token.Split(name))
	return n > 0
}

// conditional reports whether the sentence holds only under a condition: "Nếu không tính tiền sử dụng đất, …".
func (s *sentence) conditional() bool {
	_, n := s.r.o.Words.conditions.at(s.t)
	return n > 0
}

// narrowed reports whether what stands behind a percentage narrows it down: "tăng 12,4% về lượng".
func (s *sentence) narrowed(it item) bool {
	return it.to < len(s.t) && plainGap(s.t[it.to:it.to+1]) && s.r.o.Words.narrows.whole(s.t[it.to:it.to+1])
}

// afterRange reports whether a number is the second of "từ 7 đến 8".
func (s *sentence) afterRange(it item) bool {
	if it.from == 0 {
		return false
	}
	w := s.t[it.from-1].Lower
	return (w == "đến" || w == "tới") && s.past > 0
}
