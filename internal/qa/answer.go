package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Status is how a question ended.
type Status string

// The statuses.
const (
	Answered      Status = "answered"
	Clarify       Status = "clarify"
	NoData        Status = "no_data"
	NotUnderstood Status = "not_understood"
	Helped        Status = "help"
)

// Basis is where a result's value comes from.
type Basis string

// The bases: a figure of the source, a claim of the source, computed from stored figures, derived from a claim or an assumption.
const (
	Stored   Basis = "stored"
	Stated   Basis = "stated"
	Computed Basis = "computed"
	Derived  Basis = "derived"
)

// Answer is the computed answer, without a sentence in any language: package reply renders it.
type Answer struct {
	Question string
	Lang     string
	Status   Status
	Op       Op
	Results  []Result // what was asked first, then company
	Warnings []Warning
	Options  []Option // with Clarify
	Sources  []SourceRef
	Slots    []Slot
	Revision string

	YesNo     *bool      // a yes/no question's answer: of several things, whether it holds of them all
	None      bool       // of several things, it holds of none
	Notes     []Note     // remarks that the reply must make
	Lacks     []Lack     // with NoData, or beside an answer: what there is not
	Available *Available // what there is instead
	Query     Query      // what was computed; the next question of the chat may inherit from it
	Parts     []Answer   // several questions in one message: each one's answer, in order; Results holds them all
}

// Result is one figure, project or statement of an answer.
type Result struct {
	Op          Op   // the operation that it answers
	Company     bool // stands beside what was asked: the gap of an attainment, a part, a claim's computed twin
	Alternative bool // given instead of what is not there

	Indicator string // id, or empty
	Project   string // id, or empty
	Statement string // id, or empty
	Area      string // id
	Name      facts.Text
	AreaName  facts.Text
	PartOf    string     // id of the whole, where the indicator is a part
	WholeName facts.Text // of PartOf

	Period     period.Period
	BasePeriod period.Period // change, growth: the earlier one
	Measure    string        // plan, estimate, preliminary, actual, or the operation's name
	Of         facts.Measure // of a growth, attainment, share …: the measure that it is of
	BaseOf     facts.Measure // of a change or growth: the base's measure

	HasValue bool
	Value    quantity.Quantity
	Shown    *quantity.Quantity // convert: the value in the unit asked for; Value is the same amount
	Basis    Basis
	Inputs   []Input
	Verdict  string // verify: agrees, differs
	Assigned string // who assigned a plan
	Locator  string
	Text     facts.Text // a statement's words, a definition
	Kind     facts.StatementKind
	Details  *facts.Project // a project's facts
	Rank     int            // 1-based place in a ranking; ties share it
	Source   string         // source id
}

// Input is a stored figure or a claim that a result was made of.
type Input struct {
	Indicator string // where it is not the result's own
	Name      facts.Text
	Measure   string
	Value     quantity.Quantity
	Period    period.Period
	Area      string
	AreaName  facts.Text
	Source    string
	Basis     Basis
	Of        facts.Measure // of a claim: the measure that it is said of
	Assigned  string        // who assigned a plan
	Locator   string
	Parts     []Input // what a derived input was itself made of: the months of a sum
}

// Warning is a doubt that belongs to the answer.
type Warning struct {
	Code      string // of the contract: stated_differs …
	Indicator string
	Name      facts.Text
	Area      string
	AreaName  facts.Text
	Period    period.Period
	Stated    *quantity.Quantity // stated_differs: what the source states
	Computed  *quantity.Quantity // and what its figures give
	Of        Op                 // stated_differs: Growth or Attainment
	Plan      *Input             // plan_below_realised
	Realised  *Input
	Older     *Input // revised, sources_disagree: the other figure
	Newer     *Input
	Note      facts.Text
	Typed     string // assumed: what was typed
	Meant     string // and what was understood
}

// The warning codes of the contract.
const (
	StatedDiffers     = "stated_differs"
	PlanBelowRealised = "plan_below_realised"
	Revised           = "revised"
	SourcesDisagree   = "sources_disagree"
	MixedSources      = "mixed_sources"
	OpenList          = "open_list"
	SeriesBreak       = "series_break"
	Assumed           = "assumed"
)

// Option is one choice of a clarify: a complete question that can be asked as it stands.
type Option struct {
	Label facts.Text
	Text  string // the question to ask; Compute, which has no words, leaves it to the engine and fills Slot and Value
	Slot  string // the slot that the choice settles: area, indicator
	Value string // and the id to settle it with
}

// SourceRef is a source with the place in it.
type SourceRef struct {
	ID        string
	Title     string
	Publisher string
	Date      string
	URL       string
	Locator   string
	Note      facts.Text
}

// NoteCode names a remark.
type NoteCode string

// Note is a remark that the reply must make, with what it speaks of.
type Note struct {
	Code      NoteCode
	Name      facts.Text
	Period    period.Period
	Base      period.Period
	Value     *quantity.Quantity
	Indicator string
	N         int
}

// Lack is something that was asked for and is not there.
type Lack struct {
	Kind   string // indicator, area, period, plan, realised, growth, project, statement, word, rate, capacity, …
	Name   facts.Text
	Text   string // as typed, where there is no name
	Period period.Period
	Area   facts.Text
}

// Example is a question that has an answer: a value or an attainment.
type Example struct {
	Op     Op
	Name   facts.Text
	Area   facts.Text // empty where the default area is meant
	Period period.Period
}

// Available is what there is instead of what is not.
type Available struct {
	Indicators []facts.Text
	Areas      []facts.Text
	Periods    []period.Period
	Projects   []facts.Text
	Documents  []SourceRef
	Updated    string // date of the newest document
	Examples   []Example
}
