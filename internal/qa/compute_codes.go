package qa

// The remarks that a reply must make. Name and Indicator say of what, Period and Base of when; what else is filled stands behind each.
const (
	NoteOnlyPlan     NoteCode = "only_plan"      // only a plan is there for Period; the figure shown is one
	NoteCumulative   NoteCode = "cumulative"     // the year Base has no realised figure of its own; Period is its latest part with one
	NoteYearPlan     NoteCode = "year_plan"      // the part of a year Period is set against the plan of the year Base
	NoteAddedUp      NoteCode = "added_up"       // the figure of Period is the sum of N stored figures
	NoteEvenly       NoteCode = "evenly"         // the average is the figure of Period spread evenly over N periods, Base being the first
	NoteSubtracted   NoteCode = "subtracted"     // the figure of Period is the difference of two cumulative figures, the longer being Base
	NoteBackcast     NoteCode = "backcast"       // the figure of Period is derived from the growth Value stated for Base
	NoteDays365      NoteCode = "days_365"       // a conversion counts 365 days a year
	NoteReadings     NoteCode = "readings"       // one name was read in N ways; each result is one of them
	NotePeriodsLeft  NoteCode = "periods_left"   // the pace counts N periods in Period; Base is the last realised one, or zero
	NotePlanReached  NoteCode = "plan_reached"   // the plan of Period is reached already: nothing is left to do
	NoteNoDoubt      NoteCode = "no_doubt"       // no figure contradicts another; N were looked at
	NoteNoneMatch    NoteCode = "none_match"     // nothing meets the condition; those looked at, N of them, stand as company
	NotePremise      NoteCode = "premise"        // what the question takes for granted is not so: the results say what is
	NoteOtherMeasure NoteCode = "other_measure"  // the measure asked for is not there, a more certain one is and is shown
	NoteNotPart      NoteCode = "not_part"       // a share of something that Name is no part of
	NoteWholeLeftOut NoteCode = "whole_left_out" // the area Name holds others and is not ranked among them
	NoteNoPlan       NoteCode = "no_plan"        // each of the results has no plan for Period
	NoteNoCause      NoteCode = "no_cause"       // the cause was asked for; the documents state none
	NoteLeftOut      NoteCode = "left_out"       // N of those that could be ranked have no figure for Period
	NoteGroups       NoteCode = "groups"         // ranked in N groups of one unit each: Rank begins anew in each
	NoteFormula      NoteCode = "formula"        // how an operation is computed, with no figures to show it on
	NoteSince        NoteCode = "since"          // there are figures of Name since Period
	NoteLatest       NoteCode = "latest"         // the newest period with a figure (of Name) is Period
	NoteUnitDiffers  NoteCode = "unit_differs"   // the figure claimed is in another unit, Value, than the stored one
	NoteAssumed      NoteCode = "assumed"        // the figure of Period is the question's assumption, Value
	NoteNth          NoteCode = "nth"            // the result is the one at place N of its ranking
	NoteHello        NoteCode = "hello"          // a greeting
	NoteThanks       NoteCode = "thanks"         // thanks, a farewell, an "ok"
	NoteMoreParts    NoteCode = "more_parts"     // Name has N more parts with a figure than those shown
)

// The kinds of a Lack. Name is the indicator, project or area that lacks it; Period and Area are filled where they are known; Text is
// what was typed where there is no name.
const (
	LackIndicator    = "indicator"    // known by name only, or no figure of it in the area
	LackArea         = "area"         // no figures of the area
	LackPeriod       = "period"       // nothing for the period (the figure asked for, where Name is there)
	LackRealised     = "realised"     // no realised figure
	LackPlan         = "plan"         // no plan; Text is who was to have assigned it
	LackMeasure      = "measure"      // not in the measure asked for, Text: actual …
	LackGrowth       = "growth"       // no growth, neither stated nor to be computed
	LackAttainment   = "attainment"   // no attainment
	LackContribution = "contribution" // no contribution
	LackBase         = "base"         // no figure of the period to compare with
	LackPart         = "part"         // an indicator without parts, or a part without a figure
	LackWhole        = "whole"        // no whole to take a share of
	LackSecond       = "second"       // only one of the two things to compare is known
	LackSum          = "sum"          // figures of this kind are not added up, or not every part is there
	LackOverlap      = "overlap"      // the things to add hold one another, or their parts are more than the whole
	LackUnit         = "unit"         // different units: not to be added, compared, ranked or converted
	LackRate         = "rate"         // no exchange rate; Text names both currencies: "VND/USD"
	LackPeriodsLeft  = "periods_left" // no period is left after the last realised one
	LackProject      = "project"
	LackStatement    = "statement"
	LackWord         = "word" // nothing explains the word Text
	LackCapacity     = "capacity"
	LackInvestment   = "investment"
	LackAcreage      = "acreage"
	LackInvestor     = "investor"
	LackProduct      = "product"
	LackSector       = "sector"
	LackPlace        = "place"
	LackStatus       = "status"
	LackYear         = "year"
	LackDefinition   = "definition"
	LackNumber       = "number"  // no figure to check or to assume was given
	LackContext      = "context" // nothing says what the question is about
)

// figuresBeside is how many parts stand beside their whole at most.
const figuresBeside = 6

// few is how many areas or readings are answered together without asking back.
const few = 3

// statementsShown is how many statements answer a question at most.
const statementsShown = 4
