package reply

import (
	"bytes"
	"encoding/json"
	"strings"

	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/qa"
	"factbot/internal/quantity"
)

// answerJSON is the object of the contract, its keys in the contract's order.
type answerJSON struct {
	Question   string         `json:"question"`
	Lang       string         `json:"lang"`
	Status     qa.Status      `json:"status"`
	Operation  qa.Op          `json:"operation"`
	Results    []resultJSON   `json:"results"`
	Revision   string         `json:"revision"`
	Warnings   []warningJSON  `json:"warnings"`
	Options    []optionJSON   `json:"options"`
	Understood understoodJSON `json:"understood"`
	Sources    []sourceJSON   `json:"sources"`
	Text       string         `json:"text"`
}

type amountJSON struct {
	Value float64       `json:"value"`
	Unit  quantity.Unit `json:"unit"`
	Mult  int           `json:"mult"`
}

type resultJSON struct {
	Operation   qa.Op       `json:"operation,omitempty"` // where it is not the answer's
	Indicator   string      `json:"indicator,omitempty"`
	Project     string      `json:"project,omitempty"`
	Statement   string      `json:"statement,omitempty"`
	Name        string      `json:"name,omitempty"`
	Area        string      `json:"area,omitempty"`
	Period      string      `json:"period,omitempty"`
	BasePeriod  string      `json:"base_period,omitempty"`
	Measure     string      `json:"measure,omitempty"`
	*amountJSON             // absent where there is no value
	Shown       *amountJSON `json:"shown,omitempty"`
	Basis       qa.Basis    `json:"basis,omitempty"`
	Verdict     string      `json:"verdict,omitempty"`
	Rank        int         `json:"rank,omitempty"`
	AssignedBy  string      `json:"assigned_by,omitempty"`
	Alternative bool        `json:"alternative,omitempty"`
	Text        string      `json:"text,omitempty"`
	Source      string      `json:"source,omitempty"`
	Locator     string      `json:"locator,omitempty"`
	Inputs      []inputJSON `json:"inputs,omitempty"`
}

type inputJSON struct {
	Indicator string `json:"indicator,omitempty"` // where it is not the result's
	Name      string `json:"name,omitempty"`
	Area      string `json:"area,omitempty"` // where it is not the result's
	Measure   string `json:"measure"`
	amountJSON
	Period     string      `json:"period,omitempty"`
	AssignedBy string      `json:"assigned_by,omitempty"`
	Source     string      `json:"source,omitempty"`
	Locator    string      `json:"locator,omitempty"`
	Inputs     []inputJSON `json:"inputs,omitempty"`
}

type warningJSON struct {
	Code      string      `json:"code"`
	Message   string      `json:"message"`
	Indicator string      `json:"indicator,omitempty"`
	Area      string      `json:"area,omitempty"`
	Period    string      `json:"period,omitempty"`
	Of        qa.Op       `json:"of,omitempty"`
	Stated    *amountJSON `json:"stated,omitempty"`
	Computed  *amountJSON `json:"computed,omitempty"`
	Plan      *inputJSON  `json:"plan,omitempty"`
	Realised  *inputJSON  `json:"realised,omitempty"`
	Older     *inputJSON  `json:"older,omitempty"`
	Newer     *inputJSON  `json:"newer,omitempty"`
	Typed     string      `json:"typed,omitempty"`
	Meant     string      `json:"meant,omitempty"`
}

type optionJSON struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

type sourceJSON struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Date      string `json:"date"`
	URL       string `json:"url,omitempty"`
	Locator   string `json:"locator"`
}

// understoodJSON are slots as an object in their order, each name once.
type understoodJSON []qa.Slot

// MarshalJSON writes {"operation":{"value":"growth","from":"question"}, …}.
func (u understoodJSON) MarshalJSON() ([]byte, error) {
	type slotJSON struct {
		Value string    `json:"value"`
		From  qa.Origin `json:"from"`
		Typed string    `json:"typed,omitempty"`
	}
	var names []string
	slots := map[string]slotJSON{}
	for _, s := range u {
		had, ok := slots[s.Name]
		switch {
		case !ok:
			names = append(names, s.Name)
			slots[s.Name] = slotJSON{s.Value, s.From, s.Typed}
		case !strings.Contains(","+had.Value+",", ","+s.Value+","):
			had.Value += "," + s.Value
			slots[s.Name] = had
		}
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := member(&b, name, slots[name]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func member(b *bytes.Buffer, name string, value any) error {
	key, err := encoded(name)
	if err != nil {
		return err
	}
	v, err := encoded(value)
	if err != nil {
		return err
	}
	b.Write(key)
	b.WriteByte(':')
	b.Write(v)
	return nil
}

// encoded is a value as JSON on one line, with <, > and & as they are.
func encoded(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// JSON is the answer as the one-line object of the contract, without a line end.
func (p *Printer) JSON(a qa.Answer) []byte {
	marked := p.marked(&a)
	w := &writer{Printer: p, lang: known(a.Lang)}
	out := answerJSON{
		Question: a.Question, Lang: w.lang, Status: a.Status, Operation: a.Op, Revision: a.Revision, Text: plain(marked),
		Results: w.resultsJSON(&a), Warnings: w.warningsJSON(&a), Options: []optionJSON{}, Sources: []sourceJSON{}, Understood: slotsOf(&a),
	}
	for _, o := range a.Options {
		out.Options = append(out.Options, optionJSON{clean(o.Label.In(w.lang)), o.Text})
	}
	for _, s := range a.Sources {
		out.Sources = append(out.Sources, sourceJSON{s.ID, s.Title, s.Publisher, s.Date, s.URL, s.Locator})
	}
	b, err := encoded(out)
	if err != nil { // a number beyond float64: no figure is better than none that is right
		b, _ = encoded(answerJSON{Question: a.Question, Lang: w.lang, Status: a.Status, Operation: a.Op, Results: []resultJSON{},
			Revision: a.Revision, Warnings: []warningJSON{}, Options: []optionJSON{}, Understood: slotsOf(&a), Sources: out.Sources, Text: out.Text})
	}
	return b
}

func amountOf(q quantity.Quantity) *amountJSON {
	f := q.Float()
	if f == 0 {
		f = 0 // never −0
	}
	return &amountJSON{f, q.Unit, q.Mult}
}

func periodJSON(p period.Period) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}

// resultsJSON are the results in their order. Figures that only a warning names stand at the end: every figure of the text is there.
func (w *writer) resultsJSON(a *qa.Answer) []resultJSON {
	list := make([]resultJSON, 0, len(a.Results))
	for i := range a.Results {
		list = append(list, w.resultJSON(a, &a.Results[i]))
	}
	for i := range a.Warnings {
		k := &a.Warnings[i]
		for _, in := range []*qa.Input{k.Plan, k.Realised, k.Newer, k.Older} {
			if in != nil && !holds(list, in) {
				list = append(list, w.warnedJSON(k, in))
			}
		}
	}
	return list
}

// holds reports whether results or their inputs have a figure.
func holds(list []resultJSON, in *qa.Input) bool {
	want := *amountOf(in.Value)
	var within func([]inputJSON) bool
	within = func(inputs []inputJSON) bool {
		for _, i := range inputs {
			if i.amountJSON == want || within(i.Inputs) {
				return true
			}
		}
		return false
	}
	for _, r := range list {
		if r.amountJSON != nil && *r.amountJSON == want || within(r.Inputs) {
			return true
		}
	}
	return false
}

// warnedJSON is a figure of a warning as company.
func (w *writer) warnedJSON(k *qa.Warning, in *qa.Input) resultJSON {
	indicator, name := in.Indicator, in.Name
	if indicator == "" {
		indicator, name = k.Indicator, k.Name
	}
	area := in.Area
	if area == "" {
		area = k.Area
	}
	r := resultJSON{Operation: qa.Value, Indicator: indicator, Name: clean(name.In(w.lang)), Area: area, Period: periodJSON(in.Period), Measure: in.Measure,
		amountJSON: amountOf(in.Value), Basis: in.Basis, AssignedBy: in.Assigned, Source: in.Source, Locator: in.Locator}
	for _, part := range in.Parts {
		r.Inputs = append(r.Inputs, w.inputJSON(part, in.Indicator, in.Area))
	}
	return r
}

func (w *writer) resultJSON(a *qa.Answer, r *qa.Result) resultJSON {
	out := resultJSON{Indicator: r.Indicator, Project: r.Project, Statement: r.Statement, Name: clean(r.Name.In(w.lang)), Area: r.Area,
		Period: periodJSON(r.Period), BasePeriod: periodJSON(r.BasePeriod), Measure: r.Measure, Basis: r.Basis, Verdict: r.Verdict, Rank: r.Rank,
		AssignedBy: r.Assigned, Alternative: r.Alternative, Text: clean(r.Text.In(w.lang)), Source: r.Source, Locator: r.Locator}
	if r.Op != a.Op {
		out.Operation = r.Op
	}
	if r.HasValue {
		out.amountJSON = amountOf(r.Value)
	}
	if r.Shown != nil {
		out.Shown = amountOf(*r.Shown)
	}
	for _, in := range r.Inputs {
		out.Inputs = append(out.Inputs, w.inputJSON(in, r.Indicator, r.Area))
	}
	capacity, investment := otherAmounts(r)
	for _, other := range []struct {
		measure string
		value   *quantity.Quantity
	}{{"capacity", capacity}, {"investment", investment}} {
		if other.value != nil {
			out.Inputs = append(out.Inputs, inputJSON{Measure: other.measure, amountJSON: *amountOf(*other.value), Source: r.Source, Locator: r.Locator})
		}
	}
	return out
}

func (w *writer) inputJSON(in qa.Input, indicator, area string) inputJSON {
	out := inputJSON{Measure: in.Measure, amountJSON: *amountOf(in.Value), Period: periodJSON(in.Period), AssignedBy: in.Assigned, Source: in.Source,
		Locator: in.Locator}
	if in.Indicator != indicator || indicator == "" {
		out.Indicator, out.Name = in.Indicator, nameIn(in.Name, w.lang)
	}
	if in.Area != area {
		out.Area = in.Area
	}
	for _, part := range in.Parts {
		out.Inputs = append(out.Inputs, w.inputJSON(part, in.Indicator, in.Area))
	}
	return out
}

func nameIn(t facts.Text, lang string) string { return clean(t.In(lang)) }

func (w *writer) warningsJSON(a *qa.Answer) []warningJSON {
	list := make([]warningJSON, 0, len(a.Warnings))
	input := func(in *qa.Input, k *qa.Warning) *inputJSON {
		if in == nil {
			return nil
		}
		out := w.inputJSON(*in, k.Indicator, k.Area)
		return &out
	}
	amount := func(q *quantity.Quantity) *amountJSON {
		if q == nil {
			return nil
		}
		return amountOf(*q)
	}
	for i := range a.Warnings {
		k := &a.Warnings[i]
		list = append(list, warningJSON{Code: k.Code, Message: capital(w.warning(a, k, severalNames(a))), Indicator: k.Indicator, Area: k.Area,
			Period: periodJSON(k.Period), Of: k.Of, Stated: amount(k.Stated), Computed: amount(k.Computed), Plan: input(k.Plan, k), Realised: input(k.Realised, k),
			Older: input(k.Older, k), Newer: input(k.Newer, k), Typed: k.Typed, Meant: k.Meant})
	}
	return list
}
