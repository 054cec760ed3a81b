package qa

import (
	"slices"

	"factbot/internal/facts"
	"factbot/internal/quantity"
	"factbot/internal/token"
	"factbot/internal/words"
)

// bareClaim reports whether a figure is stated of an indicator and nothing asked: "exports of $1.12 billion in 2020?" wants it checked.
func (r *resolver) bareClaim() bool {
	q := r.q
	if r.named() == 0 || len(q.limits) > 0 || len(q.amounts) == 0 || q.has(askingWords...) {
		return false
	}
	if _, alone := q.unit(); alone {
		return false
	}
	for _, i := range q.amounts {
		if a := q.spans[i].amount; (a.unit != "" || a.hasMult) && r.fitsUnit(a) {
			return true
		}
	}
	return false
}

// fitsUnit reports whether an amount can be a figure of an indicator named: in its unit, another currency, or a percentage.
func (r *resolver) fitsUnit(a amountSaid) bool {
	if a.unit == "" || a.percent() {
		return true
	}
	for _, m := range r.indicators {
		for _, id := range m.ids {
			if i := r.facts.Indicator(id); i != nil && (i.Unit.Base() == a.unit.Base() || isCurrency(i.Unit) && isCurrency(a.unit)) {
				return true
			}
		}
	}
	return false
}

// askingWords are the senses by which something is asked, rather than stated.
var askingWords = []words.Sense{
	words.Howmuch, words.What, words.Which, words.Who, words.Where, words.When, words.How, words.If, words.Toreach, words.Needed, words.Cause, words.Solution, words.Explain,
	words.Source, words.Most, words.Least, words.Rank, words.List, words.Define, words.Coverage, words.Compare, words.Each, words.Average, words.Except, words.Rest, words.Times,
	words.Backward, words.Trend, words.Parts, words.Indicators, words.Areas, words.Contribute, words.Share,
}

// given reports whether an amount repeats what the facts state of the things named: "đường Glucose 150 tấn/ngày …", "mức tăng 7,5 % của năm 2020
// …". It narrows nothing and may be passed over.
func (r *resolver) given(a amountSaid) bool {
	if a.unit == "" && !a.hasMult && a.decimals == 0 && a.number.Cmp(quantity.Int(1000)) < 0 {
		return false
	}
	for _, p := range r.facts.Projects() {
		if !contains(r.out.Projects, p.ID) || r.named() > 0 {
			continue
		}
		for _, have := range []*quantity.Quantity{p.Capacity, p.Investment} {
			if have != nil && agreesWith(a.quantity(have.Unit, have.Mult), *have) {
				return true
			}
		}
	}
	areas := r.out.Areas
	if len(areas) == 0 {
		areas = []string{r.facts.DefaultArea()}
	}
	for _, id := range r.out.Indicators {
		ind := r.facts.Indicator(id)
		if ind == nil {
			continue
		}
		said := a.quantity(ind.Unit, ind.Mult)
		for _, area := range areas {
			if seriesHolds(r.facts.Series(id, area), said) {
				return true
			}
		}
	}
	return false
}

// seriesHolds reports whether a figure, a claim or an attainment of a series agrees with what was said.
func seriesHolds(s *facts.Series, said quantity.Quantity) bool {
	for _, p := range s.Periods() {
		var plans, realised []quantity.Quantity
		for _, o := range s.Observations(p) {
			if agreesWith(said, o.Value) {
				return true
			}
			if o.Measure == facts.Plan {
				plans = append(plans, o.Value)
			} else {
				realised = append(realised, o.Value)
			}
		}
		for _, c := range s.Claims(p) {
			size := c.Value
			if size.Sign() < 0 {
				size.Number = size.Number.Neg()
			}
			if agreesWith(said, c.Value) || agreesWith(said, size) {
				return true
			}
		}
		if said.Unit != quantity.Percent {
			continue
		}
		for _, plan := range plans {
			if slices.ContainsFunc(realised, func(v quantity.Quantity) bool {
				q, err := quantity.Over(v, plan)
				return err == nil && agreesWith(said, q)
			}) {
				return true
			}
		}
	}
	return false
}

// ownWords reports whether unknown words are all words of the names of an indicator that is named, or of its whole: "xuất khẩu … cần *xuất* bao
// nhiêu", "hàng hóa chiếm bao nhiêu % tổng *kim ngạch*".
func (r *resolver) ownWords(text string) bool {
	if len(r.indicators) == 0 && r.follows {
		return r.wordsOf(r.out.Indicators, text)
	}
	return slices.ContainsFunc(r.indicators, func(m mentioned) bool { return r.wordsOf(m.ids, text) })
}

// wordsOf reports whether all words of a text are words of one of the indicators' names, or of its whole where that is asked of.
func (r *resolver) wordsOf(indicators []string, text string) bool {
	tokens := token.Split(text)
	for _, id := range indicators {
		ids := []string{id}
		if i := r.facts.Indicator(id); i != nil && i.PartOf != "" && r.q.has(words.Total, words.Share) {
			ids = append(ids, i.PartOf)
		}
		if !slices.ContainsFunc(tokens, func(t token.Token) bool {
			return !slices.ContainsFunc(ids, func(id string) bool {
				own := r.lex.lookup(classIndicator, id)
				return own != nil && own.says(t)
			})
		}) {
			return true
		}
	}
	return false
}

// says reports whether a word is one of the target's names, its marks not contradicting.
func (t *target) says(word token.Token) bool {
	for _, p := range t.known {
		for i, f := range p.fold {
			if f == word.Fold && token.Conflicts(word.Lower, p.lower[i]) == 0 {
				return true
			}
		}
	}
	return false
}
