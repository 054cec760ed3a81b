package qa

import (
	"time"

	"factbot/internal/facts"
)

// The steps of Answer, for the benchmarks of the parts.

// ReadStep is reading: a text cut into spans.
func (e *Engine) ReadStep(text string, now time.Time) any { return e.read(text, "", "vi", now) }

// ResolveStep is resolving what ReadStep gave.
func (e *Engine) ResolveStep(read any, asked Asked) []Query { return e.resolve(read.(reading), asked) }

// FactsOf are the facts that an engine answers over.
func (e *Engine) FactsOf() *facts.Snapshot { return e.facts }
