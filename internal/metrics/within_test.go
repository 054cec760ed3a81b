package metrics

import (
	"testing"
	"time"
)

func TestWithin(t *testing.T) {
	m := New("test")
	if got := m.Within(0.5); got != 0 {
		t.Errorf("of nothing %v", got)
	}
	for range 98 {
		m.Answer("answered", 40*time.Microsecond)
	}
	m.Answer("answered", 3*time.Second)
	m.Answer("answered", 3*time.Second)
	if half, most := m.Within(0.5), m.Within(0.99); half < 40*time.Microsecond || half > time.Millisecond || most < time.Second || (*Meter)(nil).Within(0.5) != 0 {
		t.Errorf("half within %v, 99 of 100 within %v", half, most)
	}
}
