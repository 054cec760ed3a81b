package metrics

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// count does everything that is counted once.
func count(m *Meter) {
	m.Watch(func() int { return 3 }, func() bool { return true })
	m.WatchState(func() bool { return false })
	m.Update("message")
	m.Repeated()
	m.Crowded()
	m.Delivery(http.StatusOK, 2*time.Millisecond)
	m.Answer("answered", time.Millisecond)
	m.Call("ok")
	m.Notice()
	m.Revision(7)
}

func TestMeter(t *testing.T) {
	m := New("v1")
	count(m)
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`factbot_waiting 3`, `factbot_telegram_gone 1`, `factbot_state_broken 0`, `factbot_updates_total{kind="message"} 1`, `factbot_updates_repeated_total 1`,
		`factbot_updates_crowded_total 1`, `factbot_delivery_seconds_count{status="200"} 1`, `factbot_answers_total{status="answered"} 1`,
		`factbot_answer_seconds_count 1`, `factbot_calls_total{outcome="ok"} 1`, `factbot_notices_total 1`, `factbot_facts_revision 7`, `factbot_build_info{version="v1"} 1`,
	} {
		if !strings.Contains(w.Body.String(), "\n"+want+"\n") {
			t.Errorf("%q is not shown", want)
		}
	}
}

// Without a meter nothing is counted, and nothing breaks.
func TestNoMeter(*testing.T) { count(nil) }
