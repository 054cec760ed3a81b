package qa

import (
	"factbot/internal/facts"
	"factbot/internal/period"
	"factbot/internal/quantity"
)

// Op is an operation of the contract.
type Op string

// The operations.
const (
	Value          Op = "value"
	Attainment     Op = "attainment"
	Gap            Op = "gap"
	Growth         Op = "growth"
	Change         Op = "change"
	RequiredGrowth Op = "required_growth"
	Pace           Op = "pace"
	Share          Op = "share"
	Remainder      Op = "remainder"
	Ratio          Op = "ratio"
	Total          Op = "total"
	Average        Op = "average"
	CountOf        Op = "count"
	Rank           Op = "rank"
	List           Op = "list"
	Filter         Op = "filter"
	Backcast       Op = "backcast"
	Convert        Op = "convert"
	Trend          Op = "trend"
	ProjectFacts   Op = "project"
	StatementOf    Op = "statement"
	SourceOf       Op = "source"
	Verify         Op = "verify"
	Explain        Op = "explain"
	Define         Op = "define"
	Coverage       Op = "coverage"
	WhatIf         Op = "whatif"
	Contribution   Op = "contribution"
	Help           Op = "help"
)

// Query is one settled question: ids instead of words, every default said. It is what Compute answers.
//
// Where a list is empty the query leaves the choice to the facts: no Indicators means every top-level indicator that has what
// is asked, no Periods the latest period that has it.
type Query struct {
	Op   Op     `json:",omitzero"`
	Lang string `json:",omitzero"` // of the question: "vi" or "en"

	// What the figure is of.
	Indicators []string        `json:",omitzero"` // ids, in the order asked
	Readings   bool            `json:",omitzero"` // the Indicators are readings of one ambiguous name, not several things asked for
	Areas      []string        `json:",omitzero"` // ids, in the order asked; the default area where none was named
	Periods    []period.Period `json:",omitzero"`
	AllPeriods bool            `json:",omitzero"` // every stored period (trend), or those within Periods[0]..Periods[1] where Range
	Range      bool            `json:",omitzero"`
	Last       int             `json:",omitzero"` // with AllPeriods: only the last n periods
	Step       period.Shape    `json:",omitzero"` // with AllPeriods: only periods of this shape; None: whatever there is, years first
	Measure    facts.Measure   `json:",omitzero"` // NoMeasure: the realised figure by rule, with the plan where nothing else exists
	AssignedBy string          `json:",omitzero"` // whose plan; empty: all of them
	Realised   bool            `json:",omitzero"` // only a realised figure will do (ước đạt, thực hiện), whichever of the three

	// Comparison. Pair is set where two figures are set against each other (change, ratio, share): first − second, part / whole.
	Pair []Ref `json:",omitzero"`
	Base Base  `json:",omitzero"` // what a growth is against

	// Numbers in the question.
	Claimed *quantity.Quantity `json:",omitzero"` // verify: the figure to check
	Assumed *quantity.Quantity `json:",omitzero"` // what-if: the figure to assume
	Of      Op                 `json:",omitzero"` // what Claimed or Assumed is: Value, Growth, Attainment, Gap, Share …; for Explain and SourceOf the operation explained
	Limit   *Limit             `json:",omitzero"` // filter, count: the condition on By

	// Rank, list, filter, count, total, average.
	Over   Over   `json:",omitzero"` // what is ranked or listed
	By     Op     `json:",omitzero"` // by which figure: Attainment, Growth, Value, Gap; Value of projects is the capacity
	Least  bool   `json:",omitzero"` // from the smallest
	Top    int    `json:",omitzero"` // only the first n; 0: all, the winner first
	Nth    int    `json:",omitzero"` // only the one at this place, from 2 on; 0: all
	Place  string `json:",omitzero"` // the member of the ranking whose place is asked; empty: none
	Parts  bool   `json:",omitzero"` // parts are asked for, not only top-level indicators
	NoPlan bool   `json:",omitzero"` // only those that have no plan

	// Units.
	Unit    quantity.Unit `json:",omitzero"` // convert: the unit asked for; empty: keep
	Mult    int           `json:",omitzero"` // convert: the multiplier asked for
	HasUnit bool          `json:",omitzero"` // Unit or Mult were asked for
	Per     period.Shape  `json:",omitzero"` // pace: per Month, Quarter, Half; None: per month

	// Projects.
	Projects  []string   `json:",omitzero"` // ids, in the order asked; nil: all
	Sides     [][]string `json:",omitzero"` // ratio, change: two sets of projects set against each other
	Condition string     `json:",omitzero"` // the words that chose them, for the reply ("may mặc")
	Field     Field      `json:",omitzero"` // what is asked of them
	Year      int        `json:",omitzero"` // expected year; 0: any
	Lacking   Field      `json:",omitzero"` // only those of which this is not known; AllFields: any
	Having    Field      `json:",omitzero"` // only those of which this is known; AllFields: any

	// Statements.
	Kinds      []facts.StatementKind `json:",omitzero"` // nil: any
	Statements []string              `json:",omitzero"` // ids of those that the words point to, best first; nil: by Kinds, Indicators and Periods

	Talk     NoteCode `json:",omitzero"` // help: what kind of small talk it is
	Dangling bool     `json:",omitzero"` // a follow-up with nothing to follow: which indicator is meant has to be asked
	Picture  bool     `json:",omitzero"` // the answer is wanted as a picture too
	Why      bool     `json:",omitzero"` // the cause of what is computed is asked for
	Premise  *Premise `json:",omitzero"` // something that the question takes for granted
	YesNo    Verdict  `json:",omitzero"` // the question asks whether this is so (reached, exceeded, less …); NoVerdict: it does not

	Unknown []Unknown `json:",omitzero"` // what was named and is not in the facts
	Slots   []Slot    `json:",omitzero"` // how each slot was understood, in the order of the contract
}

// Ref is one figure.
type Ref struct {
	Indicator string        `json:",omitzero"`
	Or        string        `json:",omitzero"` // another reading of the indicator's name, where that has no such figure
	Area      string        `json:",omitzero"`
	Period    period.Period `json:",omitzero"` // zero: the latest that has it
	Measure   facts.Measure `json:",omitzero"` // NoMeasure: realised by rule
	Assigned  string        `json:",omitzero"` // whose plan; empty: the query's AssignedBy
}

// BaseKind says what a growth or a change is against.
type BaseKind uint8

// The bases. DefaultBase is the same period of the previous year.
const (
	DefaultBase BaseKind = iota
	SamePeriod           // cùng kỳ
	PrevPeriod           // so với tháng trước, quý trước
	NamedPeriod          // so với 2018
	PlanBase             // so với kế hoạch
)

// Base is what a growth or a change is against.
type Base struct {
	Kind   BaseKind      `json:",omitzero"`
	Period period.Period `json:",omitzero"` // with NamedPeriod
	End    bool          `json:",omitzero"` // the level at the end of Period is meant, of a stock
	Plan   bool          `json:",omitzero"` // the plan for Period is meant
}

// Limit is a threshold: "trên 95 %", "từ 100 đến 200 tấn".
type Limit struct {
	Cmp  Cmp               `json:",omitzero"`
	Than quantity.Quantity `json:",omitzero"`
	To   quantity.Quantity `json:",omitzero"` // with Between
	Plan bool              `json:",omitzero"` // the threshold is the plan itself: dưới kế hoạch = attainment below 100
}

// Cmp is a comparison.
type Cmp uint8

// The comparisons.
const (
	Less Cmp = iota + 1
	AtMost
	Equal
	AtLeast
	More
	Between
)

// Over is what a list, a ranking or a count runs over.
type Over uint8

// The sets.
const (
	OverIndicators Over = iota
	OverAreas
	OverPeriods
	OverProjects
	OverDocuments
	OverParts   // the parts of Indicators[0]
	OverDoubts  // figures of which the documents contradict themselves
	OverFigures // whatever has the figure Claimed
)

// Field is what is asked of a project.
type Field uint8

// The fields; AllFields where none was named.
const (
	AllFields Field = iota
	CapacityField
	InvestorField
	ProductField
	SectorField
	PlaceField
	StatusField
	YearField
	InvestmentField
	AcreageField // the capacity, where it is an area
	NameField
)

// Verdict is a direction that a question supposes or asks about.
type Verdict uint8

// The verdicts.
const (
	NoVerdict  Verdict = iota
	IsReached          // đạt, hoàn thành kế hoạch
	IsMissed           // không đạt
	IsExceeded         // vượt
	IsRising           // tăng
	IsFalling          // giảm
	IsMore             // cao hơn
	IsLess             // thấp hơn
)

// Premise is what a question takes for granted of a figure ("vì sao xuất khẩu vượt kế hoạch"): checked, and corrected where the
// facts contradict it.
type Premise struct {
	Verdict Verdict `json:",omitzero"`
	Ref     Ref     `json:",omitzero"`
}

// UnknownKind tells what the unknown word seems to be.
type UnknownKind uint8

// The kinds of unknowns.
const (
	UnknownWord      UnknownKind = iota // a word that nothing explains
	UnknownIndicator                    // an indicator known by name only
	UnknownArea                         // an area known by name only
	UnknownProject
	UnknownPeriod
)

// Unknown is something that the question names and the facts lack.
type Unknown struct {
	Kind UnknownKind `json:",omitzero"`
	Text string      `json:",omitzero"` // as typed, or its proper name
	Name facts.Text  `json:",omitzero"`
}

// Origin says where a slot's value came from.
type Origin string

// The origins.
const (
	FromQuestion   Origin = "question"
	FromContext    Origin = "context"
	FromDefault    Origin = "default"
	FromCorrection Origin = "correction"
)

// Slot is one understood part of the question.
type Slot struct {
	Name  string `json:",omitzero"` // operation, indicator, area, period, measure, project, unit, number …
	Value string `json:",omitzero"`
	From  Origin `json:",omitzero"`
	Typed string `json:",omitzero"` // with FromCorrection: what was typed
}
