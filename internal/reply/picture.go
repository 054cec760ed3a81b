package reply

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"factbot/internal/chart"
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// barsOverTime is how many periods are shown as bars with all that is known of them; more are a line.
const barsOverTime = 6

// notesDrawn is how many doubts stand under a picture.
const notesDrawn = 3

// OverTime is the picture of an indicator over its periods: each with what was realised, what was planned, the attainment and the growth. Many
// periods are a line, and so are several indicators or areas. The others answer the same for the same periods: the attainments and the growths. It is nil where less
// than two figures are to be seen.
func (p *Printer) OverTime(trend, attained, grown qa.Answer) *chart.Chart {
	w := &writer{Printer: p, lang: known(trend.Lang)}
	lines := linesOf(&trend)
	if len(lines) == 0 {
		if lines = linesOf(&grown); len(lines) == 0 { // growths alone are known
			return nil
		}
		grown = qa.Answer{}
	}
	like := w.scaled(w.lang, lines[0].points[0].Value)
	for _, l := range lines {
		for _, r := range l.points {
			if _, ok := inUnit(r.Value, like); !ok {
				return nil
			}
		}
	}
	c := &chart.Chart{Subtitle: capital(w.unitOf(lines[0].points[0])), Notes: w.doubts(true, stepsOf(lines), &trend, &attained, &grown), Source: w.from(&trend, &attained, &grown)}
	s := w.subjectOf(lines[0].points[0])
	for _, l := range lines {
		s = s.common(w.subjectOf(l.points[0]))
	}
	s.period = ""
	c.Title = capital(w.named(s))
	if len(lines) == 1 && len(lines[0].points) <= barsOverTime {
		w.periodBars(c, lines[0], &attained, &grown)
	} else {
		w.periodLines(c, lines, s, &grown)
	}
	if !comparable(c) {
		return nil
	}
	return c
}

// overTimeLine is the series of one indicator and area, with the plans beside it.
type overTimeLine struct {
	points []*qa.Result
	plans  []*qa.Result
}

// mostLines is how many lines one picture holds.
const mostLines = 4

// linesOf are the series of an answer, in the order of their first figures.
func linesOf(a *qa.Answer) []overTimeLine {
	var lines []overTimeLine
	of := func(r *qa.Result) int {
		return slices.IndexFunc(lines, func(l overTimeLine) bool {
			return l.points[0].Indicator == r.Indicator && l.points[0].Area == r.Area && l.points[0].Op == r.Op
		})
	}
	for i := range a.Results {
		r := &a.Results[i]
		if r.Company || r.Alternative || !r.HasValue || r.Period.IsZero() || r.Indicator == "" {
			continue
		}
		k := of(r)
		switch {
		case k < 0 && len(lines) == mostLines:
			return nil
		case k < 0:
			lines = append(lines, overTimeLine{points: []*qa.Result{r}})
		case !slices.ContainsFunc(lines[k].points, func(o *qa.Result) bool { return o.Period == r.Period }):
			lines[k].points = append(lines[k].points, r)
		case r.Measure == facts.Plan.String(): // another one's plan for the same period
			lines[k].plans = append(lines[k].plans, r)
		}
	}
	for i := range a.Results {
		r := &a.Results[i]
		if k := of(r); r.Company && r.HasValue && r.Measure == facts.Plan.String() && k >= 0 {
			lines[k].plans = append(lines[k].plans, r)
		}
	}
	for _, l := range lines {
		slices.SortStableFunc(l.points, func(a, b *qa.Result) int { return period.Compare(a.Period, b.Period) })
	}
	return lines
}

// periodBars draws each period with its bars.
func (w *writer) periodBars(c *chart.Chart, l overTimeLine, attained, grown *qa.Answer) {
	like := w.scaled(w.lang, l.points[0].Value)
	tones := map[chart.Tone]bool{}
	bar := func(r *qa.Result, more string) chart.Bar {
		b := w.barOf(r, like, more)
		tones[b.Tone] = true
		return b
	}
	for _, r := range l.points {
		row := chart.Row{Name: capital(w.period(r.Period))}
		alone := kindOf(r.Measure, r.Op) == qa.Growth
		if alone {
			row.Remark = strings.TrimSpace(w.base(r))
		}
		for i := range grown.Results {
			if g := &grown.Results[i]; !alone && !g.Company && !g.Alternative && g.HasValue && g.Period == r.Period && g.Of == facts.Plan == (r.Measure == facts.Plan.String()) {
				row.Remark = plain(w.growth(g))
			}
		}
		more := ""
		for i := range attained.Results {
			if a := &attained.Results[i]; !a.Company && !a.Alternative && a.HasValue && a.Op == qa.Attainment && a.Period == r.Period && len(a.Inputs) == 2 && a.Inputs[0].Period == a.Inputs[1].Period {
				more = unbold(w.say("attainment", "Value", w.figure(a)))
			}
		}
		row.Bars = append(row.Bars, bar(r, more))
		for _, p := range l.plans {
			if p.Period == r.Period {
				row.Bars = append(row.Bars, bar(p, ""))
			}
		}
		c.Rows = append(c.Rows, row)
	}
	c.Legend = w.legend(tones)
}

// barOf is a figure as a bar of the unit of another, with more inside it.
func (w *writer) barOf(r *qa.Result, like quantity.Quantity, more string) chart.Bar {
	q, _ := inUnit(r.Value, like)
	text := digits(w.lang, q)
	if q.Unit == quantity.Percent {
		text = w.amount(w.lang, q)
	}
	b := chart.Bar{Size: q.Float(), Tone: toneOf(r)}
	switch kindOf(r.Measure, r.Op) {
	case qa.Value:
		b.Label = w.value(r.Measure, text, r.Assigned, r.Basis)
	case qa.Growth, qa.Change:
		b.Label = plain(w.moved(form(r.Of), r.Value, false)) + w.tags(w.certainty(r), w.origin(r))
	default:
		b.Label = text
	}
	b.Inside = more
	return b
}

// toneOf is how a figure looks: planned, estimated or realised.
func toneOf(r *qa.Result) chart.Tone {
	switch {
	case r.Measure == facts.Plan.String() || r.Of == facts.Plan:
		return chart.Plan
	case r.Measure == facts.Estimate.String() || r.Measure == facts.Preliminary.String() || r.Of == facts.Estimate || r.Of == facts.Preliminary:
		return chart.Vague
	}
	return chart.Plain
}

// legend names the tones where there is more than one.
func (w *writer) legend(tones map[chart.Tone]bool) []chart.Key {
	if len(tones) < 2 {
		return nil
	}
	var keys []chart.Key
	for _, t := range []struct {
		tone chart.Tone
		id   string
	}{{chart.Plain, "chart_actual"}, {chart.Vague, "chart_estimate"}, {chart.Plan, "chart_plan"}} {
		if tones[t.tone] {
			keys = append(keys, chart.Key{Tone: t.tone, Name: w.say(t.id)})
		}
	}
	return keys
}

// tickDecimals is how many decimals a value of an axis has at most.
const tickDecimals = 6

// periodLines draws the series as lines over all periods from the first to the last.
func (w *writer) periodLines(c *chart.Chart, lines []overTimeLine, said subject, grown *qa.Answer) {
	like := w.scaled(w.lang, lines[0].points[0].Value)
	steps := stepsOf(lines)
	s := &chart.Series{}
	for _, p := range steps {
		s.Periods = append(s.Periods, w.step(p))
	}
	low, high := 0.0, 0.0
	open := false
	for i, l := range lines {
		line := chart.Line{Tone: []chart.Tone{chart.Plain, chart.Second, chart.Third, chart.Fourth}[i]}
		least, most := 0, 0
		for k, r := range l.points {
			q, _ := inUnit(r.Value, like)
			at := q.Float()
			if i == 0 && k == 0 {
				low, high = at, at
			}
			low, high = min(low, at), max(high, at)
			point := chart.Point{Step: slices.Index(steps, r.Period), At: at, Open: toneOf(r) != chart.Plain}
			open = open || point.Open
			line.Points = append(line.Points, point)
			if at < line.Points[least].At {
				least = k
			}
			if at > line.Points[most].At {
				most = k
			}
		}
		for _, k := range []int{least, most, len(l.points) - 1} {
			q, _ := inUnit(l.points[k].Value, like)
			line.Points[k].Label = digits(w.lang, q)
		}
		if len(lines) > 1 {
			line.Name = capital(w.named(w.subjectOf(l.points[0]).without(said).timeless()))
			c.Legend = append(c.Legend, chart.Key{Tone: line.Tone, Name: line.Name})
		}
		s.Lines = append(s.Lines, line)
	}
	for _, at := range chart.Axis(low, high, 5) {
		s.Ticks = append(s.Ticks, chart.Tick{At: at, Label: grouped(w.lang, trimmed(strconv.FormatFloat(at, 'f', tickDecimals, 64)))})
	}
	c.Over = s
	last := lines[0].points[len(lines[0].points)-1]
	for i := range grown.Results {
		if g := &grown.Results[i]; len(lines) == 1 && kindOf(last.Measure, last.Op) != qa.Growth && !g.Company && !g.Alternative && g.HasValue && g.Period == last.Period && g.Of != facts.Plan {
			c.Subtitle = w.joined(c.Subtitle, plain(w.period(g.Period)+": "+w.growth(g)))
		}
	}
	if open {
		c.Legend = append(c.Legend, chart.Key{Tone: s.Lines[0].Tone, Open: true, Name: w.say("chart_open")})
	}
	if s.Ticks[0].At > 0 {
		c.Subtitle = w.joined(c.Subtitle, w.say("chart_cut", "Value", s.Ticks[0].Label))
	}
}

// stepsOf are the periods from the first to the last of the lines, also those without a figure.
func stepsOf(lines []overTimeLine) []period.Period {
	var all []period.Period
	for _, l := range lines {
		for _, r := range l.points {
			if !slices.Contains(all, r.Period) {
				all = append(all, r.Period)
			}
		}
	}
	slices.SortFunc(all, period.Compare)
	shape := all[0].Shape()
	regular := shape == period.Month || shape == period.Quarter || shape == period.Half || shape == period.Year
	for _, p := range all {
		regular = regular && p.Shape() == shape
	}
	if !regular {
		return all
	}
	var steps []period.Period
	for p := all[0]; period.Compare(p, all[len(all)-1]) <= 0; p = p.Next() {
		steps = append(steps, p)
	}
	return steps
}

// step is a period in as few letters as an axis has room for.
func (w *writer) step(p period.Period) string {
	switch p.Shape() {
	case period.Month:
		return w.say("chart_month", "Month", strconv.Itoa(p.Number()), "Year", strconv.Itoa(p.Year()))
	case period.Quarter:
		return w.say("chart_quarter", "Quarter", strconv.Itoa(p.Number()), "Year", strconv.Itoa(p.Year()))
	case period.Year:
		return w.say("chart_year", "Year", strconv.Itoa(p.Year()))
	}
	return w.period(p)
}

// Beside is the picture of several things beside one another: figures of one unit, such as attainments, growths, the figures of several areas, or
// what projects make. Where they are of several units it shows those of the most. It is nil where less than two are to be seen.
func (p *Printer) Beside(a qa.Answer) *chart.Chart {
	w := &writer{Printer: p, lang: known(a.Lang)}
	list := comparables(&a)
	if len(list) < 2 {
		return nil
	}
	var drawn []period.Period
	for _, r := range list {
		drawn = append(drawn, r.Period)
	}
	c := &chart.Chart{Notes: w.doubts(false, drawn, &a), Source: w.from(&a)}
	s := w.subjectOf(list[0])
	for _, r := range list[1:] {
		s = s.common(w.subjectOf(r))
	}
	kind := kindOf(list[0].Measure, list[0].Op)
	attainment := kind == qa.Attainment
	c.Title = capital(w.coded("chart_title_", string(kind), "Subject", w.named(s)))
	like := w.scaled(w.lang, list[0].Value)
	if list[0].Details != nil {
		area := list[0].AreaName.In(w.lang)
		for _, r := range list {
			if r.Area != list[0].Area {
				area = ""
			}
		}
		c.Title = w.say("chart_title_projects", "Area", clean(area))
		like = w.scaled(w.lang, *list[0].Details.Capacity)
	}
	if !attainment {
		c.Subtitle = capital(strings.TrimSpace(w.units.Name(w.lang, like.Unit, like.Mult)))
	}
	tones := map[chart.Tone]bool{}
	missed, done := false, false
	for _, r := range list {
		row := chart.Row{Name: capital(w.named(w.subjectOf(r).without(s)))}
		if row.Name == "" {
			row.Name = capital(w.named(w.subjectOf(r)))
		}
		var b chart.Bar
		switch {
		case r.Details != nil:
			q, _ := inUnit(*r.Details.Capacity, like)
			b = chart.Bar{Size: q.Float(), Label: exactDigits(w.lang, q)}
			row.Remark = clean(r.Details.Product.In(w.lang))
		case attainment:
			b = chart.Bar{Size: r.Value.Float(), Inside: w.amount(w.lang, r.Value)}
			row.Remark = unbold(w.madeOf(r, " / "))
			if whole := len(r.Inputs) == 2 && r.Inputs[0].Period == r.Inputs[1].Period; whole && r.Value.Cmp(quantity.Int(100)) < 0 {
				b.Tone, missed = chart.Missed, true
			} else if whole {
				done = true
			}
		default:
			b = w.barOf(r, like, "")
			tones[b.Tone] = true
		}
		row.Bars = []chart.Bar{b}
		c.Rows = append(c.Rows, row)
	}
	if more := len(c.Rows) - chart.RowsShown; more > 0 {
		c.Notes = append([]string{capital(w.say("chart_more", "Count", strconv.Itoa(more)))}, c.Notes...)
	}
	if list[0].Details != nil {
		slices.SortStableFunc(c.Rows, func(a, b chart.Row) int { return cmp.Compare(b.Bars[0].Size, a.Bars[0].Size) })
	}
	switch {
	case attainment:
		c.Mark = &chart.Mark{At: 100, Label: w.say("chart_mark")}
		if missed && done {
			c.Legend = []chart.Key{{Tone: chart.Plain, Name: w.say("chart_done")}, {Tone: chart.Missed, Name: w.say("chart_missed")}}
		}
	default:
		c.Legend = w.legend(tones)
	}
	return c
}

// comparables are the results of an answer of which one is more or less than another: of one operation and unit, those of the most.
func comparables(a *qa.Answer) []*qa.Result {
	type group struct {
		op   qa.Op
		unit quantity.Unit
		plan bool
	}
	var order []group
	found := map[group][]*qa.Result{}
	for i := range a.Results {
		r := &a.Results[i]
		if r.Company || r.Alternative {
			continue
		}
		g := group{kindOf(r.Measure, r.Op), r.Value.Unit, r.Measure == facts.Plan.String() || r.Of == facts.Plan}
		switch {
		case r.Details != nil && r.Details.Capacity != nil:
			g = group{qa.ProjectFacts, r.Details.Capacity.Unit, false}
		case !r.HasValue || r.Indicator == "" || r.Value.Unit == "":
			continue
		}
		if slices.ContainsFunc(found[g], func(o *qa.Result) bool { return sameSubject(o, r) }) {
			continue
		}
		if found[g] == nil {
			order = append(order, g)
		}
		found[g] = append(found[g], r)
	}
	var best []*qa.Result
	for _, g := range order {
		if len(found[g]) > len(best) {
			best = found[g]
		}
	}
	return best
}

// comparable reports whether a picture shows more than one figure.
func comparable(c *chart.Chart) bool {
	n := 0
	for _, r := range c.Rows {
		n += len(r.Bars)
	}
	if c.Over != nil {
		for _, l := range c.Over.Lines {
			n += len(l.Points)
		}
	}
	return n > 1
}

// inUnit is a quantity in the unit of another; of rates a percentage.
func inUnit(q, like quantity.Quantity) (quantity.Quantity, bool) {
	if q.Unit == like.Unit && q.Mult == like.Mult {
		return q, true
	}
	c, err := quantity.Convert(q, like.Unit, like.Mult)
	return c, err == nil
}

// unitOf is the unit of a result's figure, or what it is where it has none.
func (w *writer) unitOf(r *qa.Result) string {
	if kindOf(r.Measure, r.Op) == qa.Growth {
		return w.say("chart_growth")
	}
	q := w.scaled(w.lang, r.Value)
	return clean(w.units.Name(w.lang, q.Unit, q.Mult))
}

// doubts are the warnings of answers about what is drawn, each once; over time each says which period it is about.
func (w *writer) doubts(overTime bool, drawn []period.Period, answers ...*qa.Answer) []string {
	var out []string
	for _, a := range answers {
		several := severalNames(a)
		for i := range a.Warnings {
			k := &a.Warnings[i]
			if k.Code == qa.Assumed || k.Code == qa.MixedSources || !k.Period.IsZero() && !slices.Contains(drawn, k.Period) { // the sources stand below
				continue
			}
			text := w.warning(a, k, several)
			if overTime && !several && (k.Code == qa.StatedDiffers || k.Code == qa.Revised || k.Code == qa.SourcesDisagree) {
				text = w.label(subject{period: w.period(k.Period)}, text)
			}
			if text = plain(capital(text)); text != "" && !slices.Contains(out, text) && len(out) < notesDrawn {
				out = append(out, text)
			}
		}
	}
	return out
}

// from is where the figures of answers come from, without the places in the documents.
func (w *writer) from(answers ...*qa.Answer) string {
	var list []string
	for _, a := range answers {
		for _, s := range a.Sources {
			s.Locator = ""
			if text := w.source(s); text != "" && !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	if len(list) == 0 {
		return ""
	}
	more := ""
	if len(list) > sourcesShown {
		list, more = list[:sourcesShown], " "+w.say("and_others")
	}
	return plain(w.say("source", "Sources", strings.Join(list, "; ")+more))
}

// timeless is a subject without its period.
func (s subject) timeless() subject {
	s.period = ""
	return s
}
