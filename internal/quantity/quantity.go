package quantity

import (
	"errors"
	"fmt"
	"strings"
)

// Unit is a base unit as the contract names it: VND, USD, percent, pp, t, item, count, times, or any other by its own name; a
// rate over time carries it behind a slash (t/year, VND/month).
type Unit string

// The units that arithmetic knows by name.
const (
	Percent Unit = "percent"
	PP      Unit = "pp"
	Count   Unit = "count"
	Times   Unit = "times"
)

// Base is the unit without what stands behind the slash: t of t/year.
func (u Unit) Base() Unit {
	base, _, _ := strings.Cut(string(u), "/")
	return Unit(base)
}

// Per is the time behind the slash: year of t/year; empty where there is none.
func (u Unit) Per() string {
	_, per, _ := strings.Cut(string(u), "/")
	return per
}

// Quantity is a number of units × 10^Mult (SDMX UNIT_MULT): 78.000 tỷ đồng is 78000, VND, 9. Decimals is the count of decimals the
// source wrote, or Computed.
type Quantity struct {
	Number
	Unit     Unit
	Mult     int
	Decimals int
}

// Computed marks a quantity that no source wrote.
const Computed = -1

// String is for tests and logs: "280/3 percent", "1120 USD e6".
func (q Quantity) String() string {
	if q.Mult == 0 {
		return fmt.Sprintf("%s %s", q.Number, q.Unit)
	}
	return fmt.Sprintf("%s %s e%d", q.Number, q.Unit, q.Mult)
}

// Full is the number in plain base units: 78.000 tỷ → 78,000,000,000,000.
func (q Quantity) Full() Number { return q.Number.Shift(q.Mult) }

// UnitError says that two quantities cannot be set against each other.
type UnitError struct{ A, B Quantity }

func (e *UnitError) Error() string {
	return fmt.Sprintf("%s and %s are different units", e.A.Unit, e.B.Unit)
}

// ErrZeroBase is returned where a division would be by zero.
var ErrZeroBase = errors.New("the base is zero")

// at returns q's number written with another multiplier.
func (q Quantity) at(mult int) Number { return q.Number.Shift(q.Mult - mult) }

func computed(n Number, u Unit, mult int) Quantity { return Quantity{n, u, mult, Computed} }

// Add returns a + b with a's multiplier, or a *UnitError.
func Add(a, b Quantity) (Quantity, error) {
	if a.Unit != b.Unit {
		return Quantity{}, &UnitError{a, b}
	}
	return computed(a.Number.Add(b.at(a.Mult)), a.Unit, a.Mult), nil
}

// Sub returns a − b with a's multiplier, or a *UnitError. A difference of percentages is in percentage points.
func Sub(a, b Quantity) (Quantity, error) {
	if a.Unit != b.Unit {
		return Quantity{}, &UnitError{a, b}
	}
	unit := a.Unit
	if unit == Percent {
		unit = PP
	}
	return computed(a.Number.Sub(b.at(a.Mult)), unit, a.Mult), nil
}

// Over returns a / b × 100 in percent: attainment (realised over plan), share (part over whole). The error is a *UnitError or
// ErrZeroBase.
func Over(a, b Quantity) (Quantity, error) {
	n, err := quotient(a, b)
	return computed(n.Shift(2), Percent, 0), err
}

// Ratio returns a / b in times. The error is a *UnitError or ErrZeroBase.
func Ratio(a, b Quantity) (Quantity, error) {
	n, err := quotient(a, b)
	return computed(n, Times, 0), err
}

// Growth returns (q / base − 1) × 100 in percent. Multipliers may differ, units may not: the error is then a *UnitError. A
// zero base gives ErrZeroBase.
func Growth(q, base Quantity) (Quantity, error) {
	n, err := quotient(q, base)
	return computed(n.Sub(Int(1)).Shift(2), Percent, 0), err
}

// Backcast returns the level before a growth of g percent: q / (1 + g/100). A growth of −100 % gives ErrZeroBase.
func Backcast(q, g Quantity) (Quantity, error) {
	n, ok := q.Number.Quo(Int(1).Add(g.Full().Shift(-2)))
	if !ok {
		return Quantity{}, ErrZeroBase
	}
	return computed(n, q.Unit, q.Mult), nil
}

// Grown returns the level after a growth of g percent: q × (1 + g/100).
func Grown(q, g Quantity) Quantity {
	return computed(q.Number.Mul(Int(1).Add(g.Full().Shift(-2))), q.Unit, q.Mult)
}

// PartOf returns q × share/100, for a share in percent.
func PartOf(q, share Quantity) Quantity {
	return computed(q.Number.Mul(share.Full().Shift(-2)), q.Unit, q.Mult)
}

// Split returns q / n with per behind the unit's slash: 90480 tỷ over 12 months is VND/month. n must not be zero.
func Split(q Quantity, n int, per string) (Quantity, error) {
	r, ok := q.Number.Quo(Int(int64(n)))
	if !ok {
		return Quantity{}, ErrZeroBase
	}
	return computed(r, q.Unit+"/"+Unit(per), q.Mult), nil
}

func quotient(a, b Quantity) (Number, error) {
	if a.Unit != b.Unit {
		return Number{}, &UnitError{a, b}
	}
	n, ok := a.Full().Quo(b.Full())
	if !ok {
		return Number{}, ErrZeroBase
	}
	return n, nil
}

// Cmp compares two quantities of one unit after conversion; the error is a *UnitError.
func Cmp(a, b Quantity) (int, error) {
	c, err := Convert(b, a.Unit, a.Mult)
	if err != nil {
		return 0, &UnitError{a, b}
	}
	return a.Number.Cmp(c.Number), nil
}

// perYear counts the times in a year: 365 days, as the contract says.
var perYear = map[string]int64{"year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365, "hour": 365 * 24}

// Convert writes q in another unit of its kind, exactly: other multipliers, and times per year, month, day (365 days a
// year). Anything else is a *UnitError.
func Convert(q Quantity, unit Unit, mult int) (Quantity, error) {
	if q.Unit == unit {
		out := computed(q.at(mult), unit, mult)
		if mult == q.Mult {
			out.Decimals = q.Decimals
		}
		return out, nil
	}
	from, to := perYear[q.Unit.Per()], perYear[unit.Per()]
	if q.Unit.Base() != unit.Base() || from == 0 || to == 0 {
		return Quantity{}, &UnitError{q, Quantity{Unit: unit, Mult: mult}}
	}
	n, _ := q.at(mult).Mul(Int(from)).Quo(Int(to))
	return computed(n, unit, mult), nil
}

// Agrees reports whether stated, a figure or claim of a source, is what exact gives, rounded to the digits that stated was
// written with.
func Agrees(stated, exact Quantity) bool {
	c, err := Convert(exact, stated.Unit, stated.Mult)
	if err != nil {
		return false
	}
	return c.Number.Round(max(stated.Decimals, 0)).Cmp(stated.Number) == 0
}
