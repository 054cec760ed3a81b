package qa

import (
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// fill settles the slots that belong to the operation.
func (r *resolver) fill() {
	r.setIndicators()
	r.setProjects()
	r.setOperating()
	q, out := r.q, &r.out
	if out.Op == Change && r.onlyIndices() && len(r.indicators) == 1 && !q.has(words.Compare, words.Higher, words.Lower) {
		out.Op = Growth
	}
	switch out.Op {
	case Change, Ratio, Share:
		r.setPair()
		r.setSides()
	case Verify, WhatIf:
		r.setNumber()
	case Convert:
		if u, ok := q.unit(); ok {
			out.Unit, out.Mult, out.HasUnit = u.unit, u.mult, true
		}
		r.setProjectUnit()
	case Rank, List, Filter, CountOf, Total, Average:
		r.setRanking()
	case Explain, SourceOf:
		if of := r.operationBeside(out.Op); of != "" || !r.follows {
			out.Of = of
		}
		if out.Of == "" && out.Op == Explain {
			out.Of = r.percentExplained()
		}
	case ProjectFacts:
		out.Field = r.field()
		out.Year = r.projectYear()
		r.setProjectUnit()
	case StatementOf:
		r.statementsFor(false)
	}
	if out.Op == Value || out.Op == Gap || out.Op == Attainment || out.Op == Trend {
		r.setUnit()
	}
	r.setYesNo()
	r.setPremise()
	if q.has(words.Parts) && out.Op != Share && r.asksParts() {
		out.Parts = true
		if out.Op == List || out.Op == Rank {
			out.Over = OverParts
		}
	}
	if out.Op == Trend && len(r.periods) == 0 {
		out.AllPeriods = true
	}
}

// percentExplained is what a percentage in a question about a calculation is: an attainment, or of an index a growth.
func (r *resolver) percentExplained() Op {
	for _, i := range r.q.amounts {
		if r.q.spans[i].amount.percent() {
			if r.onlyIndices() {
				return Growth
			}
			return Attainment
		}
	}
	return ""
}

// setIndicators fills the indicators named; one name of several indicators gives readings.
func (r *resolver) setIndicators() {
	if len(r.indicators) == 0 {
		return
	}
	r.out.Indicators = nil
	r.out.Readings = false
	for _, m := range r.indicators {
		for _, id := range m.ids {
			if !contains(r.out.Indicators, id) {
				r.out.Indicators = append(r.out.Indicators, id)
			}
		}
	}
	if len(r.indicators) == 1 && len(r.indicators[0].ids) > 1 {
		r.out.Readings = true
	}
	if len(r.indicators) > 1 {
		r.out.Indicators = r.narrow()
	}
	if r.q.has(words.Except) && r.indicatorsSaid() { // "trừ xuất khẩu, các chỉ tiêu còn lại"
		var rest []string
		for _, i := range r.facts.Indicators() {
			if i.PartOf == "" && !contains(r.out.Indicators, i.ID) {
				rest = append(rest, i.ID)
			}
		}
		r.out.Indicators = rest
	}
}

// narrow drops, where several names are said, the readings that another name of the question settles: beside "giá trị sản xuất công
// nghiệp" a second "công nghiệp" is no new indicator.
func (r *resolver) narrow() []string {
	var out []string
	for _, m := range r.indicators {
		ids := m.ids
		if len(ids) > 1 {
			settled := false
			for _, o := range r.indicators {
				settled = settled || len(o.ids) == 1 && contains(ids, o.ids[0])
			}
			if settled {
				continue
			}
			ids = r.partsOfNamed(ids)
		}
		for _, id := range ids {
			if !contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// partsOfNamed keeps, of several parts with the same name ("khu vực FDI"), those of a whole that the question names too.
func (r *resolver) partsOfNamed(ids []string) []string {
	var out []string
	for _, id := range ids {
		i := r.facts.Indicator(id)
		for _, o := range r.indicators {
			if i != nil && len(o.ids) == 1 && o.ids[0] == i.PartOf {
				out = append(out, id)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return ids
}

// setProjects chooses the projects: names together, conditions (a sector and a place) each narrowing.
func (r *resolver) setProjects() {
	if len(r.projects) == 0 || r.named() > 0 {
		return
	}
	var out []string
	var condition []string
	for i, m := range r.projects {
		condition = append(condition, r.q.words(r.q.spans[m.at]))
		if i == 0 {
			out = append(out, m.ids...)
			continue
		}
		both := intersect(out, m.ids)
		if len(both) > 0 && !r.joinedNames(r.projects[i-1].at, m.at) {
			out = both
			continue
		}
		for _, id := range m.ids {
			if !contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if kept := r.ofCapacity(out); len(kept) > 0 {
		out = kept
	}
	if r.q.has(words.Except) { // "dự án nào không thuộc may mặc"
		var rest []string
		for _, p := range r.facts.Projects() {
			if !contains(out, p.ID) {
				rest = append(rest, p.ID)
			}
		}
		out = rest
	}
	r.out.Projects = out
	r.out.Condition = strings.Join(condition, ", ")
}

// setOperating keeps the projects that run already, where that is asked: those whose status says so. Where none does, there is no answer.
func (r *resolver) setOperating() {
	if !r.q.has(words.Operating) || r.q.has(words.When, words.Whichyear, words.Yesno) && r.q.lang == "vi" || r.q.has(words.Starting) && r.q.lang == "vi" || !r.aboutProjects() {
		return
	}
	among := r.out.Projects
	var kept []string
	for _, p := range r.facts.Projects() {
		if among != nil && !contains(among, p.ID) {
			continue
		}
		if r.lex.says(p.Status["vi"], words.Operating) && !r.lex.says(p.Status["vi"], words.Plan) {
			kept = append(kept, p.ID)
		}
	}
	if len(kept) == 0 {
		r.q.unknown = append(r.q.unknown, r.q.words(r.q.spans[r.q.at(words.Operating)]))
		return
	}
	r.out.Projects = kept
}

// says reports whether a text holds a phrase with the sense.
func (l *lexicon) says(text string, sense words.Sense) bool {
	for _, ms := range l.find(token.Split(text), 0) {
		for _, m := range ms {
			if m.class == classWord && m.sense == sense && m.conflicts == 0 {
				return true
			}
		}
	}
	for _, ms := range l.find(token.Split(text), l.langIndex("vi")) {
		for _, m := range ms {
			if m.class == classWord && m.sense == sense && m.conflicts == 0 {
				return true
			}
		}
	}
	return false
}

// ofCapacity keeps the projects with a capacity that the question names: "the 120,000-tonne pellet project".
func (r *resolver) ofCapacity(ids []string) []string {
	var kept []string
	if r.out.Op != ProjectFacts {
		return nil
	}
	for _, p := range r.facts.Projects() {
		if !contains(ids, p.ID) || p.Capacity == nil {
			continue
		}
		for _, i := range r.q.amounts {
			a := r.q.spans[i].amount
			if a.unit != "" && a.unit.Base() == p.Capacity.Unit.Base() && a.number.Shift(a.mult).Cmp(p.Capacity.Full()) == 0 {
				kept = append(kept, p.ID)
				r.capacitySaid = true
			}
		}
	}
	return kept
}

// joinedNames reports whether "và" or a comma stands between two names.
func (r *resolver) joinedNames(a, b int) bool {
	for i := a + 1; i <= b; i++ {
		if i < b && r.q.spans[i].has(words.And) || strings.ContainsAny(r.q.tokens[r.q.spans[i].from].Gap, ",;") {
			return true
		}
	}
	return false
}

func intersect(a, b []string) []string {
	var out []string
	for _, x := range a {
		if contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// field is what is asked of a project; AllFields where several things are.
func (r *resolver) field() Field {
	fields := []struct {
		sense words.Sense
		field Field
	}{
		{words.Capacity, CapacityField}, {words.Investor, InvestorField}, {words.Product, ProductField}, {words.Sector, SectorField}, {words.Place, PlaceField},
		{words.State, StatusField}, {words.Investment, InvestmentField},
	}
	found := AllFields
	n := 0
	for _, f := range fields {
		if r.q.has(f.sense) {
			found = f.field
			n++
		}
	}
	if n == 0 && r.q.has(words.Who) {
		return InvestorField
	}
	if n == 0 && r.q.has(words.When, words.Whichyear) {
		return YearField
	}
	if n == 0 && r.q.has(words.Where) {
		return PlaceField
	}
	if n == 0 && r.q.has(words.Starting) && r.q.has(words.Yesno) {
		return StatusField
	}
	if n > 1 {
		return AllFields
	}
	return found
}

// setSides reads two sets of projects compared: "X gấp mấy lần tổng công suất Y và Z". What stands before the word of comparison is the first.
func (r *resolver) setSides() {
	if r.named() > 0 || !r.aboutProjects() && len(r.out.Projects) == 0 || r.out.Op == Share {
		return
	}
	if r.q.has(words.Investment) {
		r.out.Field = InvestmentField
	}
	at := r.q.at(words.Times, words.Higher, words.Lower, words.Compare)
	defer r.turnRatio()
	var first, second []string
	for i, m := range r.projects {
		switch {
		case m.at < at && i < len(r.projects)-1 || i == 0:
			first = append(first, m.ids...)
		default:
			second = append(second, m.ids...)
		}
	}
	if len(r.projects) == 0 && len(r.out.Projects) == 2 {
		first, second = r.out.Projects[:1], r.out.Projects[1:]
	}
	if len(r.projects) == 1 && len(first) == 2 {
		first, second = first[:1], first[1:]
	}
	if len(first) > 0 && len(second) > 0 {
		r.out.Sides = [][]string{first, second}
	}
}

// turnRatio turns a ratio round where it is asked the English way: "How many times A is B" is B over A.
func (r *resolver) turnRatio() {
	if r.out.Op != Ratio || r.q.lang != "en" || r.q.at(words.Times) > 1 || r.q.has(words.Higher, words.Lower) || len(r.out.Sides) != 2 {
		return
	}
	for _, s := range r.q.spans {
		if s.has(words.Versus) && !s.has(words.Filler) {
			return
		}
	}
	r.out.Sides[0], r.out.Sides[1] = r.out.Sides[1], r.out.Sides[0]
}

// setProjectUnit reads the time that a capacity is asked for: "mỗi ngày bao nhiêu tấn", "capacity per year".
func (r *resolver) setProjectUnit() {
	per := ""
	u, ok := r.q.unit()
	if ok {
		per = u.unit.Per()
	}
	asked := ok && (u.unit != "" || u.hasMult)
	times := map[periodWord]string{pYear: "year", pQuarter: "quarter", pMonth: "month", pDay: "day"}
	for i, s := range r.q.spans {
		if s.step != pNone && i > 0 && r.q.spans[i-1].has(words.Each) {
			per = times[s.step]
		}
	}
	if per == "" {
		return
	}
	for _, p := range r.facts.Projects() {
		if contains(r.out.Projects, p.ID) && p.Capacity != nil && p.Capacity.Unit.Per() != "" {
			if p.Capacity.Unit.Per() != per {
				r.out.Op = Convert
				r.out.Unit, r.out.Mult, r.out.HasUnit = p.Capacity.Unit.Base()+quantity.Unit("/"+per), p.Capacity.Mult, true
				if asked {
					r.out.Mult = u.mult
				}
			}
			return
		}
	}
}

// projectYear is the year in which projects are to start, where the question names one.
func (r *resolver) projectYear() int {
	for _, p := range r.periods {
		if p.shape == period.Year && p.year > 0 {
			return p.year
		}
	}
	return 0
}

// setNumber fills the figure that the question claims or assumes, and what it is a figure of.
func (r *resolver) setNumber() {
	if len(r.q.amounts) == 0 {
		return
	}
	at := r.q.amounts[0]
	for _, i := range r.q.amounts {
		if a := r.q.spans[i].amount; a.unit != "" || a.hasMult {
			at = i
			break
		}
	}
	for _, i := range r.q.amounts { // of several numbers the growth is what is claimed: "kế hoạch 73.000 tỷ tăng 8,8 %"
		if i > 0 && r.q.spans[i].amount.percent() && r.q.spans[i-1].has(words.Grow, words.Fall) {
			at = i
		}
	}
	a := r.q.spans[at].amount
	unit, mult := quantity.Unit(""), 0
	if len(r.out.Indicators) > 0 {
		if i := r.facts.Indicator(r.out.Indicators[0]); i != nil {
			unit, mult = i.Unit, i.Mult
		}
	} else if len(r.out.Projects) > 0 {
		for _, p := range r.facts.Projects() {
			if contains(r.out.Projects, p.ID) && p.Capacity != nil {
				unit, mult = p.Capacity.Unit, p.Capacity.Mult
				if a.unit != "" && a.unit.Per() == "" && unit.Base() == a.unit {
					a.unit = unit
				}
				break
			}
		}
	}
	n := a.quantity(unit, mult)
	q, out := r.q, &r.out
	percent := n.Unit == quantity.Percent
	switch {
	case percent && q.has(words.Grow, words.Fall):
		out.Of = Growth
		if q.has(words.Fall) && !q.has(words.Grow) && n.Sign() > 0 {
			n.Number = n.Neg()
		}
	case percent && q.has(words.Share):
		out.Of = Share
	case percent && q.has(words.Attain, words.Reach, words.Plan, words.Exceeded, words.Missed):
		out.Of = Attainment
		if q.has(words.Exceeded) && !q.has(words.Reach) && n.Full().Cmp(quantity.Int(50)) < 0 {
			n.Number = n.Number.Add(quantity.Int(100))
		}
	case q.has(words.Short, words.Exceeded) || q.has(words.Missed) && !percent && q.has(words.Howmuch):
		out.Of = Gap
		if q.has(words.Exceeded) && !q.has(words.Short) {
			n.Number = n.Neg()
		}
	case !percent && q.has(words.Grow, words.Fall, words.More) && a.unit != "":
		out.Of = Change
	default:
		out.Of = Value
	}
	if out.Op == Verify && len(out.Projects) > 0 && r.named() == 0 && out.Of == Value {
		out.Of = "" // a project's own figure
	}
	if out.Op == Verify {
		out.Claimed = &n
		if out.Of == Change {
			r.setPair()
		}
		return
	}
	out.Assumed = &n
	if out.Of != Growth && out.Of != Attainment {
		out.Of = Value
	}
	if out.Measure == facts.Plan && out.Of == Value && !q.has(words.Attain) && r.assumesRealised() {
		out.Measure = facts.NoMeasure
	}
}

// assumesRealised reports whether the number assumed is a realised figure: "nếu đạt 1.150 triệu …", not "nếu kế hoạch là …".
func (r *resolver) assumesRealised() bool {
	if len(r.q.amounts) == 0 {
		return true
	}
	for i := r.q.amounts[0] - 1; i >= 0 && i >= r.q.amounts[0]-3; i-- {
		if r.q.spans[i].has(words.Plan, words.Target) {
			return false
		}
		if r.q.spans[i].has(words.Reach, words.Realised) {
			return true
		}
	}
	return true
}

// setRanking fills what is ranked, listed or counted, by what, under which condition.
func (r *resolver) setRanking() {
	q, out := r.q, &r.out
	switch {
	case r.aboutProjects():
		out.Over = OverProjects
		out.Year = r.projectYear()
		if r.named() == 0 {
			out.Indicators = nil
		}
		if u, ok := q.unit(); ok && u.unit.Per() != "" {
			out.Unit, out.Mult, out.HasUnit = u.unit, u.mult, true
		}
		if q.has(words.Investment) {
			out.Field = InvestmentField
		} else {
			out.Field = r.field()
		}
		if out.Op == List && len(out.Projects) == 0 && r.prev != nil && len(r.projects) == 0 && r.follows {
			out.Projects = r.conv.Projects
		}
	case q.has(words.Areas):
		out.Over = OverAreas
	case q.has(words.Whichmonth, words.Whichquarter, words.Whichyear):
		out.Over = OverPeriods
	case out.Over == OverProjects && r.named() > 0:
		out.Over = OverIndicators
	case (out.Op == Total || out.Op == Average) && r.named() > 0:
	case len(r.areas) > 1 && r.named() == 1:
		out.Over = OverAreas
	case out.Op == Rank && r.named() == 1 && r.series():
		out.Over = OverPeriods
	}
	if out.By == "" || r.byWords() != "" {
		out.By = r.byWords()
	}
	out.Least = q.has(words.Least, words.Ascending) || q.has(words.Lower) && len(q.limits) == 0
	if q.has(words.Most) {
		out.Least = false
	}
	if q.has(words.Missed, words.Exceeded) && len(q.limits) == 0 && out.Op != Rank {
		out.Limit = &Limit{Cmp: Less, Than: quantity.Quantity{Number: quantity.Int(100), Unit: quantity.Percent}, Plan: true}
		if q.has(words.Exceeded) && !q.has(words.Missed) {
			out.Limit.Cmp = More
		}
		out.By = Attainment
	} else if q.has(words.Attain) && len(q.limits) == 0 && out.Op != Rank && !q.percent() && r.filtersReached() {
		out.Limit = &Limit{Cmp: AtLeast, Than: quantity.Quantity{Number: quantity.Int(100), Unit: quantity.Percent}, Plan: true}
		out.By = Attainment
	} else if q.has(words.Fall) && !q.has(words.Grow) && out.Op != Rank && len(q.limits) == 0 && (q.has(words.Which) || out.Op == CountOf) {
		out.Limit = &Limit{Cmp: Less, Than: quantity.Quantity{Number: quantity.Int(0), Unit: quantity.Percent}}
		out.By = Growth
	} else if q.has(words.Grow) && !q.has(words.Fall) && out.Op != Rank && len(q.limits) == 0 && q.has(words.Which) && !q.percent() {
		out.Limit = &Limit{Cmp: More, Than: quantity.Quantity{Number: quantity.Int(0), Unit: quantity.Percent}}
		out.By = Growth
	}
	if len(q.limits) > 0 {
		r.setLimit(q.limits[0])
	}
	r.setTop()
	if r.asksParts() {
		out.Parts = true
		if r.named() > 0 {
			out.Over = OverParts
		}
	}
}

// filtersReached reports whether "đạt kế hoạch" chooses among indicators: "chỉ tiêu nào đạt kế hoạch?"
func (r *resolver) filtersReached() bool {
	return r.out.Op == List && r.q.has(words.Which, words.List) || r.out.Op == CountOf
}

// series reports whether a ranking of one indicator runs over its periods.
func (r *resolver) series() bool {
	for _, s := range r.q.spans {
		if s.step != pNone && s.kind != kindPeriod {
			return true
		}
	}
	return len(r.periods) > 1 || r.q.has(words.When, words.Trend) || len(r.periods) == 1 && (r.periods[0].end != nil || r.periods[0].last > 0)
}

// byWords is the figure that a ranking or list goes by.
func (r *resolver) byWords() Op {
	q := r.q
	switch {
	case r.out.Over == OverProjects:
		return Value
	case q.has(words.Short) && !q.percent():
		return Gap
	case q.has(words.Attain, words.Missed, words.Exceeded):
		return Attainment
	case q.has(words.Grow, words.Fall):
		return Growth
	case q.has(words.Reach) && (r.out.Over == OverIndicators && r.named() == 0 || q.percent() || r.percentLimit()):
		return Attainment
	case r.percentLimit() && r.named() == 0:
		return Attainment
	case q.has(words.Reach) && r.out.Op == Rank:
		return Attainment
	case r.out.Op == Rank && r.out.Over == OverIndicators && r.named() == 0:
		return r.out.By
	case r.out.Op == Rank || r.named() > 0:
		return Value
	}
	return ""
}

func (r *resolver) percentLimit() bool {
	return len(r.q.limits) > 0 && (r.q.limits[0].than.percent() || r.q.limits[0].to.percent())
}

func (r *resolver) setLimit(l limited) {
	unit, mult := quantity.Unit(""), 0
	switch {
	case len(r.out.Indicators) > 0:
		if i := r.facts.Indicator(r.out.Indicators[0]); i != nil {
			unit, mult = i.Unit, i.Mult
		}
	case r.out.By == Attainment || r.out.By == Growth:
		unit = quantity.Percent
	}
	than := l.than.quantity(unit, mult)
	r.out.Limit = &Limit{Cmp: l.cmp, Than: than}
	if l.cmp == Between {
		r.out.Limit.To = l.to.quantity(unit, mult)
	}
	if r.out.By == "" && than.Unit == quantity.Percent {
		r.out.By = Attainment
	} else if r.out.By == "" {
		r.out.By = Value
	}
}

// setTop reads "top 3", "ba dự án lớn nhất", "2 chỉ tiêu cao nhất".
func (r *resolver) setTop() {
	if r.out.Op != Rank {
		return
	}
	for _, i := range r.q.amounts {
		a := r.q.spans[i].amount
		if a.unit == "" && !a.hasMult || a.unit == "dự án" || a.unit == "item" {
			if n := int(a.number.Float()); a.number.IsInt() && n > 0 && n <= 100 {
				r.out.Top = n
			}
		}
	}
	for i, s := range r.q.spans {
		if s.kind != kindUnknown && s.kind != kindWord || i+1 >= len(r.q.spans) {
			continue
		}
		if n := r.lex.smallNumber(foldOf(r.q.tokens[s.from:s.to])); n > 1 && r.q.spans[i+1].has(words.Project, words.Target, words.Indicators, words.Areas, words.Most, words.Least) {
			r.out.Top = n
		}
	}
}

// smallNumber is the value of a number word.
func (l *lexicon) smallNumber(word string) int {
	for _, table := range l.numbers {
		if n, ok := table[word]; ok {
			return n
		}
	}
	return 0
}

// setUnit notes the unit that a value is asked in, where it is another than the figure's own: "bao nhiêu nghìn tỷ".
func (r *resolver) setUnit() {
	u, ok := r.q.unit()
	if !ok || u.percent() || len(r.out.Indicators) != 1 {
		return
	}
	i := r.facts.Indicator(r.out.Indicators[0])
	if i == nil || i.Unit == "" {
		return
	}
	switch {
	case i.Unit == quantity.Percent && (u.hasMult || isCurrency(u.unit)) && r.out.Op == Value:
		r.out.Op = Convert
	case u.unit != "" && u.unit.Base() != i.Unit.Base() && isCurrency(u.unit) && isCurrency(i.Unit):
		r.out.Op = Convert
	case u.unit != "" && u.unit != i.Unit:
		return
	case isCurrency(u.unit) && !u.hasMult:
		return // "bao nhiêu đồng", "how many USD": the usual multiplier says it as well
	case (u.hasMult || u.unit != "") && u.mult != i.Mult && r.out.Op == Value:
		r.out.Op = Convert
	}
	r.out.Unit, r.out.Mult, r.out.HasUnit = u.unit, u.mult, true
}

// setYesNo notes what a yes/no question asks about.
func (r *resolver) setYesNo() {
	q := r.q
	if !q.has(words.Yesno, words.Isittrue) || q.has(words.Howmuch, words.Which, words.What, words.Who, words.Where, words.When, words.How, words.Cause) || r.out.Op == Verify {
		return
	}
	switch r.out.Op {
	case Attainment, Gap:
		switch {
		case q.has(words.Exceeded):
			r.out.YesNo = IsExceeded
		case q.has(words.Missed):
			r.out.YesNo = IsMissed
		default:
			r.out.YesNo = IsReached
		}
	case Growth:
		switch {
		case q.has(words.Grow):
			r.out.YesNo = IsRising
		case q.has(words.Fall):
			r.out.YesNo = IsFalling
		}
	case Change:
		switch {
		case q.has(words.Higher):
			r.out.YesNo = IsMore
		case q.has(words.Lower):
			r.out.YesNo = IsLess
		}
	}
}

// setPremise notes what a why-question takes for granted.
func (r *resolver) setPremise() {
	q := r.q
	if r.out.Op != StatementOf || !q.has(words.Cause) {
		return
	}
	v := NoVerdict
	switch {
	case q.has(words.Missed, words.Short):
		v = IsMissed
	case q.has(words.Exceeded):
		v = IsExceeded
	case q.has(words.Attain):
		v = IsReached
	case q.has(words.Fall):
		v = IsFalling
	case q.has(words.Grow):
		v = IsRising
	}
	if v == NoVerdict || len(r.out.Indicators) == 0 {
		return
	}
	p := &Premise{Verdict: v, Ref: Ref{Indicator: r.out.Indicators[0]}}
	if len(r.out.Areas) > 0 {
		p.Ref.Area = r.out.Areas[0]
	}
	for _, s := range r.periods {
		if x := s.when.period(); !x.IsZero() && !s.base {
			p.Ref.Period = x
			break
		}
	}
	r.out.Premise = p
}

// operationBeside is the operation that a question about a source or a calculation names beside: "cách tính tỷ lệ hoàn thành".
func (r *resolver) operationBeside(except Op) Op {
	for _, rule := range rules {
		if rule.op != except && rule.op != Coverage && rule.op != SourceOf && rule.op != Explain && rule.op != StatementOf && rule.op != List && rule.op != Define && rule.op != ProjectFacts && rule.holds(r) {
			return rule.op
		}
	}
	return ""
}
