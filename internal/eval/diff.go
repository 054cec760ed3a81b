package eval

import (
	"fmt"
	"io"
)

// WriteDiff prints which verdicts are not what they were, and how many texts changed beside. Both are reports on the same questions.
func WriteDiff(w io.Writer, before, now Report) {
	better, worse, reworded := 0, 0, 0
	for i := range min(len(before), len(now)) {
		a, b := before[i], now[i]
		switch {
		case a.Verdict == b.Verdict:
			if a.Given.Text != b.Given.Text {
				reworded++
			}
			continue
		case weight(b.Verdict) < weight(a.Verdict):
			better++
		default:
			worse++
		}
		fmt.Fprintf(w, "%10s -> %-10s %-14s %s\n", a.Verdict, b.Verdict, b.Question.ID, b.Question.Text)
		if b.Why != "" {
			fmt.Fprintf(w, "%11s%s\n", "", b.Why)
		}
	}
	fmt.Fprintf(w, "against before: %d better, %d worse, %d the same with another text\n", better, worse, reworded)
}

// weight is how bad a verdict is.
func weight(v Verdict) int {
	switch v {
	case Right:
		return 0
	case Incomplete:
		return 1
	case Miss:
		return 2
	}
	return 3
}
