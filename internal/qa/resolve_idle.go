package qa

import (
	"slices"

	"factbot/internal/words"
)

// uses names, for each sense that asks for something by itself, the operations that have a use for it. Said where another operation was
// settled, it would be passed over and the question answered as if it had not been there: "nếu", "chiếm", "nhiều nhất".
var uses = map[words.Sense][]Op{
	words.Most:         {Rank, List, CountOf, Total, Verify, StatementOf, Explain, Change},
	words.Least:        {Rank, List, CountOf, Total, Verify, StatementOf, Explain, Change},
	words.Highadj:      {Rank, StatementOf, Verify, Ratio, Change, List, CountOf},
	words.Lowadj:       {Rank, StatementOf, Verify, Ratio, Change, List, CountOf},
	words.Rank:         {Rank, List},
	words.Ascending:    {Rank, List},
	words.Placeword:    {Rank},
	words.Doubt:        {List, Verify, Explain, Growth, Attainment, Value, Change, Gap}, // whose answers warn of contradictions
	words.Share:        {Share, Attainment, Change, Rank, List, Contribution, Explain, Define, StatementOf, WhatIf, Verify, SourceOf, Remainder},
	words.Times:        {Ratio, Verify, WhatIf, Explain},
	words.Average:      {Average, Pace, Growth, Verify, Explain, WhatIf, Change, Rank},
	words.Except:       {Remainder, List, Rank, CountOf, Total, Average, Verify, StatementOf, ProjectFacts, Attainment},
	words.If:           {WhatIf},
	words.Contribute:   {Contribution, Share, StatementOf, Explain, Verify},
	words.Short:        {Gap, WhatIf, Rank, List, Explain, StatementOf, Verify, Pace, RequiredGrowth, Change, CountOf, SourceOf},
	words.Grow:         {Growth, RequiredGrowth, Change, Verify, WhatIf, Explain, Rank, List, CountOf, StatementOf, Contribution, Trend, SourceOf, Average, Backcast, Define},
	words.Fall:         {Growth, Gap, RequiredGrowth, Change, Verify, WhatIf, Explain, Rank, List, CountOf, StatementOf, Contribution, Trend, SourceOf, Average, Backcast, Define},
	words.Samebase:     {Growth, Change, Verify, Contribution, Rank, List, CountOf, WhatIf, Explain, StatementOf, Ratio, Trend, SourceOf},
	words.Prevbase:     {Growth, Change, Verify, Contribution, Rank, List, CountOf, WhatIf, Explain, StatementOf, Ratio, Trend, SourceOf},
	words.Yearbase:     {Growth, RequiredGrowth, Change, Verify, Contribution, Rank, List, CountOf, WhatIf, Explain, StatementOf, Ratio, Trend, SourceOf},
	words.Higher:       {Change, Rank, List, CountOf, Verify, WhatIf, Gap, StatementOf, Ratio, Explain, Growth, Attainment},
	words.Lower:        {Change, Rank, List, CountOf, Verify, WhatIf, Gap, StatementOf, Ratio, Explain, Growth, Attainment},
	words.Exceeded:     {Gap, Attainment, List, Rank, CountOf, StatementOf, Verify, WhatIf, Change, Explain},
	words.Missed:       {Gap, Attainment, List, Rank, CountOf, StatementOf, Verify, WhatIf, Change, Explain},
	words.Attain:       {Attainment, Gap, Rank, List, CountOf, Verify, WhatIf, RequiredGrowth, Pace, Change, Explain, StatementOf, SourceOf, Remainder, Ratio, Average, Coverage, Define, Trend, Convert, Share},
	words.Compare:      {Define, Change, Growth, Rank, List, Verify, Explain, StatementOf, WhatIf, Value, Attainment, Gap, Trend, Contribution, Average},
	words.Not:          {Attainment, Gap, Verify, StatementOf, List, Rank, CountOf, Change, Growth, Coverage, ProjectFacts, Trend, WhatIf, RequiredGrowth, SourceOf, Remainder},
	words.Lacking:      {ProjectFacts, CountOf, Coverage, SourceOf, StatementOf, Verify, Explain, Help},
	words.Toreach:      {ProjectFacts, Gap, Pace, RequiredGrowth, WhatIf, Attainment, Change, Verify, StatementOf, Explain, Convert, List, Rank},
	words.Cause:        {StatementOf, Explain, Change},
	words.Solution:     {StatementOf},
	words.When:         {Coverage, ProjectFacts, SourceOf, Rank, List, CountOf, Define, StatementOf, Trend, Verify},
	words.Whichmonth:   {Rank, List, Coverage, CountOf},
	words.Whichquarter: {Rank, List, Coverage, CountOf},
	words.Whichyear:    {Rank, List, Coverage, CountOf, Define, SourceOf, ProjectFacts},
}

// idle are the words that ask for something which the operation settled does not give. They stop the answer. A span that also says
// something else, or nothing in particular, may have been meant so.
func (r *resolver) idle() []string {
	if r.out.Over == OverDoubts || r.out.Over == OverFigures {
		return nil // words of growth and plan say where to look
	}
	if r.listed != "" || r.out.Op == Value && r.q.has(words.Backward, words.Level) { // one of several things asked; a level by way of its growth
		return nil
	}
	var texts []string
	if len(r.q.limits) > 0 && r.out.Limit == nil && r.named() == 0 && len(r.projects) == 0 && !r.follows && slices.Contains([]Op{Value, Growth, Attainment, Gap, Trend}, r.out.Op) {
		texts = append(texts, r.q.words(r.q.spans[r.q.limits[0].at])) // a threshold that chooses nothing
	}
	if r.out.Op == Value && r.named() > 0 && r.eachDay() && r.q.has(words.Each) {
		texts = append(texts, r.q.words(r.q.spans[r.q.at(words.Each)])) // there is no figure of a day
	}
	for i, s := range r.q.spans {
		if r.q.lang == "en" && s.kind == kindWord && s.has(words.If) && i == 0 && s.to == 1 && !slices.Contains([]Op{WhatIf, Pace, Average, Convert, Help}, r.out.Op) {
			texts = append(texts, r.q.words(s)) // "if A had met its plan, would B": a condition that is not computed
		}
		if s.kind != kindWord || s.has(words.Filler) || s.senses.Empty() {
			continue
		}
		if r.out.Limit != nil && s.has(words.Above, words.Below) && len(r.q.limits) > 0 && i < r.q.limits[0].at {
			continue // it says the condition
		}
		stops := true
		for x := words.NoSense + 1; x < words.Filler && stops; x++ {
			if !s.has(x) || x == words.Contrast || (x == words.Above || x == words.Below) && s.has(words.Higher, words.Lower) {
				continue
			}
			ops, strong := uses[x]
			stops = strong && !slices.Contains(ops, r.out.Op) && !(x == words.Lacking && r.out.NoPlan)
		}
		if stops {
			texts = append(texts, r.q.words(s))
		}
	}
	return texts
}
