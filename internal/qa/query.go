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
	Op   Op
	Lang string // of the question: "vi" or "en"

	// What the figure is of.
	Indicators []string // ids, in the order asked
	Readings   bool     // the Indicators are readings of one ambiguous name, not several things asked for
	Areas      []string // ids, in the order asked; the default area where none was named
	Periods    []period.Period
	AllPeriods bool // every stored period (trend), or those within Periods[0]..Periods[1] where Range
	Range      bool
	Last       int           // with AllPeriods: only the last n periods
	Step       period.Shape  // with AllPeriods: only periods of this shape; None: whatever there is, years first
	Measure    facts.Measure // NoMeasure: the realised figure by rule, with the plan where nothing else exists
	AssignedBy string        // whose plan; empty: all of them
	Realised   bool          // only a realised figure will do (ước đạt, thực hiện), whichever of the three

	// Comparison. Pair is set where two figures are set against each other (change, ratio, share): first − second, part / whole.
	Pair []Ref
	Base Base // what a growth is against

	// Numbers in the question.
	Claimed *quantity.Quantity // verify: the figure to check
	Assumed *quantity.Quantity // what-if: the figure to assume
	Of      Op                 // what Claimed or Assumed is: Value, Growth, Attainment, Gap, Share …; for Explain and SourceOf the operation explained
	Limit   *Limit             // filter, count: the condition on By

	// Rank, list, filter, count, total, average.
	Over   Over   // what is ranked or listed
	By     Op     // by which figure: Attainment, Growth, Value, Gap; Value of projects is the capacity
	Least  bool   // from the smallest
	Top    int    // only the first n; 0: all, the winner first
	Nth    int    // only the one at this place, from 2 on; 0: all
	Place  string // the member of the ranking whose place is asked; empty: none
	Parts  bool   // parts are asked for, not only top-level indicators
	NoPlan bool   // only those that have no plan

	// Units.
	Unit    quantity.Unit // convert: the unit asked for; empty: keep
	Mult    int           // convert: the multiplier asked for
	HasUnit bool          // Unit or Mult were asked for
	Per     period.Shape  // pace: per Month, Quarter, Half; None: per month

	// Projects.
	Projects  []string   // ids, in the order asked; nil: all
	Sides     [][]string // ratio, change: two sets of projects set against each other
	Condition string     // the words that chose them, for the reply ("may mặc")
	Field     Field      // what is asked of them
	Year      int        // expected year; 0: any
	Lacking   Field      // only those of which this is not known; AllFields: any
	Having    Field      // only those of which this is known; AllFields: any

	// Statements.
	Kinds      []facts.StatementKind // nil: any
	Statements []string              // ids of those that the words point to, best first; nil: by Kinds, Indicators and Periods

	Talk     NoteCode // help: what kind of small talk it is
	Dangling bool     // a follow-up with nothing to follow: which indicator is meant has to be asked
	Picture  bool     // the answer is wanted as a picture too
	Why      bool     // the cause of what is computed is asked for
	Premise  *Premise // something that the question takes for granted
	YesNo    Verdict  // the question asks whether this is so (reached, exceeded, less …); NoVerdict: it does not

	Unknown []Unknown // what was named and is not in the facts
	Slots   []Slot    // how each slot was understood, in the order of the contract
}

// Ref is one figure.
type Ref struct {
	Indicator string
	Or        string // another reading of the indicator's name, where that has no such figure
	Area      string
	Period    period.Period // zero: the latest that has it
	Measure   facts.Measure // NoMeasure: realised by rule
	Assigned  string        // whose plan; empty: the query's AssignedBy
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
	Kind   BaseKind
	Period period.Period // with NamedPeriod
	End    bool          // the level at the end of Period is meant, of a stock
	Plan   bool          // the plan for Period is meant
}

// Limit is a threshold: "trên 95 %", "từ 100 đến 200 tấn".
type Limit struct {
	Cmp  Cmp
	Than quantity.Quantity
	To   quantity.Quantity // with Between
	Plan bool              // the threshold is the plan itself: dưới kế hoạch = attainment below 100
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
	Verdict Verdict
	Ref     Ref
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
	Kind UnknownKind
	Text string // as typed, or its proper name
	Name facts.Text
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
	Name  string // operation, indicator, area, period, measure, project, unit, number …
	Value string
	From  Origin
	Typed string // with FromCorrection: what was typed
}
