package qa

import (
	"time"

	"factbot/internal/facts"
	"factbot/internal/period"
)

// Compute answers a settled query from a snapshot. It is a plain function: no clock, no language, no order but the query's and the
// catalogue's. What cannot be found or computed ends as NoData with Lacks, Available and alternative results; nothing is guessed.
// The time is what "so far" is relative to; every period of the query is absolute already.
func Compute(s *facts.Snapshot, q Query, _ time.Time) Answer {
	c := &computation{facts: s, q: q, op: q.Op}
	c.run()
	return c.answer()
}

// computation is one query on its way to an answer.
type computation struct {
	facts *facts.Snapshot
	q     Query
	op    Op // the operation of the answer: the query's, unless another one had to answer it

	outcome
	options  []Option
	status   Status // decided early; empty: by what was found
	covers   *Available
	holds    *bool // whether the condition put to a single figure holds
	narrowed bool  // inside another computation: no parts beside, no premise
}

// outcome is what one line of the answer came to: one indicator in one area, say.
type outcome struct {
	asked        []Result
	company      []Result
	alternatives []Result
	lacks        []Lack
	notes        []Note
	warnings     []Warning
	planOnly     bool // only a plan was there where a realised figure was meant
}

func (o *outcome) ok() bool { return len(o.asked) > 0 }

// add appends another line's outcome.
func (o *outcome) add(more outcome) {
	o.asked = append(o.asked, more.asked...)
	o.company = append(o.company, more.company...)
	o.alternatives = append(o.alternatives, more.alternatives...)
	o.lacks = append(o.lacks, more.lacks...)
	o.notes = append(o.notes, more.notes...)
	o.warnings = append(o.warnings, more.warnings...)
	o.planOnly = o.planOnly || more.planOnly
}

// run settles what is unknown, then computes the operation.
func (c *computation) run() {
	if c.q.Op == Help {
		c.status = Helped
		if c.q.Talk != "" {
			c.notes = append(c.notes, Note{Code: c.q.Talk})
		}
		return
	}
	if c.q.Op == "" {
		c.status = NotUnderstood
		for _, u := range c.q.Unknown {
			c.lacks = append(c.lacks, Lack{Kind: LackWord, Text: u.Text})
		}
		return
	}
	if c.unknown() {
		return
	}
	if c.q.Dangling {
		c.askIndicator()
		return
	}
	if c.q.Premise != nil && !c.narrowed && c.premise() {
		return
	}
	c.operate()
	c.limited()
	c.inUnit()
}

// operate computes the query's operation.
func (c *computation) operate() {
	switch c.q.Op {
	case Value:
		c.perLine(c.value)
	case Attainment:
		c.perLine(c.attainment)
	case Gap:
		c.perLine(c.gap)
	case Growth:
		c.perLine(c.growth)
	case RequiredGrowth:
		c.perLine(c.requiredGrowth)
	case Pace:
		c.perLine(c.pace)
	case Backcast:
		c.perLine(c.backcast)
	case Contribution:
		c.contributions()
	case Change:
		c.changes()
	case Share:
		c.shares()
	case Ratio:
		c.ratios()
	case Remainder:
		c.remainders()
	case Total, Average:
		c.totals()
	case CountOf:
		c.count()
	case Rank, List, Filter:
		c.ranking()
	case Convert:
		c.convert()
	case Trend:
		c.perLine(func(l line, _ period.Period) outcome { return c.trend(l) })
	case ProjectFacts:
		c.projects()
	case StatementOf:
		c.statements()
	case SourceOf:
		c.source()
	case Verify:
		c.verify()
	case Explain:
		c.explain()
	case Define:
		c.define()
	case Coverage:
		c.coverage()
	case WhatIf:
		c.perLine(c.whatIf)
	default:
		c.status = NotUnderstood
	}
}

// sub computes a changed query inside this one, without its company of parts and without its premise.
func (c *computation) sub(change func(*Query)) *computation {
	q := c.q
	q.Unknown, q.Premise = nil, nil
	change(&q)
	switch q.Op {
	case Convert, Verify, Explain, SourceOf, Help, "": // what asks for another operation is none itself
		q.Op = Value
	}
	s := &computation{facts: c.facts, q: q, op: q.Op, narrowed: true}
	s.run()
	return s
}
