package quantity

import (
	"encoding/json"
	"fmt"
	"math/big"
)

// kept is a quantity as it is kept: the number is a fraction, "28/3".
type kept struct {
	Number   string
	Unit     Unit `json:",omitempty"`
	Mult     int  `json:",omitempty"`
	Decimals int  `json:",omitempty"`
}

// MarshalJSON writes a quantity exactly.
func (q Quantity) MarshalJSON() ([]byte, error) {
	return json.Marshal(kept{q.fraction(), q.Unit, q.Mult, q.Decimals})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (q *Quantity) UnmarshalJSON(text []byte) error {
	var k kept
	if err := json.Unmarshal(text, &k); err != nil {
		return err
	}
	r, ok := new(big.Rat).SetString(k.Number)
	if !ok {
		return fmt.Errorf("%q is no fraction", k.Number)
	}
	*q = Quantity{ofRat(r), k.Unit, k.Mult, k.Decimals}
	return nil
}
