package facts

import (
	"fmt"
	"regexp"
	"strings"

	"factbot/internal/quantity"
	"factbot/internal/strictyaml"
)

var (
	thousandOrDecimals = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}\.\d{3}$`)
	marked             = regexp.MustCompile(`^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$`)
	leadingZero        = regexp.MustCompile(`^[+-]?0\d`)
)

// readNumber reads a figure as the files write it: bare digits with a decimal point, or, in quotes, with the source's own marks:
// points between thousands and a decimal comma. What could be read both ways is refused.
func readNumber(g strictyaml.Digits) (quantity.Number, int, error) {
	s := strings.TrimSpace(g.Text)
	switch {
	case leadingZero.MatchString(s):
		return quantity.Number{}, 0, fmt.Errorf("%q begins with a zero that says nothing", g.Text)
	case !g.Quoted && thousandOrDecimals.MatchString(s):
		whole, frac, _ := strings.Cut(s, ".")
		return quantity.Number{}, 0, fmt.Errorf("%q can be read in two ways: write %s%s, or in quotes \"%s,%s\" with a decimal comma",
			g.Text, whole, frac, whole, frac)
	case !g.Quoted && strings.Contains(s, ","):
		return quantity.Number{}, 0, fmt.Errorf("%q has a decimal comma: put it in quotes, or write a point", g.Text)
	case g.Quoted && !marked.MatchString(s):
		return quantity.Number{}, 0, fmt.Errorf("%q in quotes is no number with points between thousands and a decimal comma (\"1.120,5\")", g.Text)
	case g.Quoted:
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	}
	return quantity.ParseNumber(s)
}
