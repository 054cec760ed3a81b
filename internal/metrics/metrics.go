// Package metrics counts what the bot does, and shows it in the form that Prometheus reads. It never sees what people write, or who they are.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"
)

// Meter counts. All of its methods may be called on nil, which counts nothing.
type Meter struct {
	registry   *prometheus.Registry
	updates    *prometheus.CounterVec
	repeated   prometheus.Counter
	crowded    prometheus.Counter
	deliveries *prometheus.HistogramVec
	answers    *prometheus.CounterVec
	answering  prometheus.Histogram
	calls      *prometheus.CounterVec
	notices    prometheus.Counter
	revision   prometheus.Gauge
}

// New is a meter of a build.
func New(version string) *Meter {
	m := &Meter{
		registry:   prometheus.NewRegistry(),
		updates:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "factbot_updates_total", Help: "Updates taken, by kind."}, []string{"kind"}),
		repeated:   prometheus.NewCounter(prometheus.CounterOpts{Name: "factbot_updates_repeated_total", Help: "Updates that came again and were not dealt with twice."}),
		crowded:    prometheus.NewCounter(prometheus.CounterOpts{Name: "factbot_updates_crowded_total", Help: "Updates that found too much waiting in their chat."}),
		deliveries: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "factbot_delivery_seconds", Help: "From a delivery by webhook to its answer, by status.", Buckets: buckets}, []string{"status"}),
		answers:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "factbot_answers_total", Help: "Questions answered, by the status of the answer."}, []string{"status"}),
		answering:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "factbot_answer_seconds", Help: "From a question to its answer, text to text.", Buckets: buckets}),
		calls:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "factbot_calls_total", Help: "Calls of the Bot API, by what became of them."}, []string{"outcome"}),
		notices:    prometheus.NewCounter(prometheus.CounterOpts{Name: "factbot_notices_total", Help: "Notices that went out."}),
		revision:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "factbot_facts_revision", Help: "The revision of the facts in the state that is answered from; 0: a folder."}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "factbot_build_info", Help: "1, with the version of this build.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	m.registry.MustRegister(m.updates, m.repeated, m.crowded, m.deliveries, m.answers, m.answering, m.calls, m.notices, m.revision, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// buckets are in seconds, from what a question takes to what a person gives up at.
var buckets = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

// Handler shows the counts.
func (m *Meter) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Watch shows what waits, and whether Telegram is taken to be gone.
func (m *Meter) Watch(waiting func() int, gone func() bool) {
	if m == nil {
		return
	}
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "factbot_waiting", Help: "Updates waiting or in work."}, func() float64 { return float64(waiting()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "factbot_telegram_gone", Help: "1 while no calls are made, as Telegram does not answer."}, func() float64 { return yes(gone()) }))
}

// WatchState shows whether the state answers.
func (m *Meter) WatchState(broken func() bool) {
	if m != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "factbot_state_broken", Help: "1 while the state does not answer."},
			func() float64 { return yes(broken()) }))
	}
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Update counts an update taken.
func (m *Meter) Update(kind string) {
	if m != nil {
		m.updates.WithLabelValues(kind).Inc()
	}
}

// Repeated counts an update that came again.
func (m *Meter) Repeated() {
	if m != nil {
		m.repeated.Inc()
	}
}

// Crowded counts an update that found too much waiting in its chat.
func (m *Meter) Crowded() {
	if m != nil {
		m.crowded.Inc()
	}
}

// Delivery counts a delivery by webhook.
func (m *Meter) Delivery(status int, took time.Duration) {
	if m != nil {
		m.deliveries.WithLabelValues(strconv.Itoa(status)).Observe(took.Seconds())
	}
}

// Answer counts an answer.
func (m *Meter) Answer(status string, took time.Duration) {
	if m != nil {
		m.answers.WithLabelValues(status).Inc()
		m.answering.Observe(took.Seconds())
	}
}

// Call counts a call of the Bot API.
func (m *Meter) Call(outcome string) {
	if m != nil {
		m.calls.WithLabelValues(outcome).Inc()
	}
}

// Notice counts a notice that went out.
func (m *Meter) Notice() {
	if m != nil {
		m.notices.Inc()
	}
}

// Revision notes the revision that is answered from.
func (m *Meter) Revision(id int64) {
	if m != nil {
		m.revision.Set(float64(id))
	}
}

// Within is the time that a share of the answers since the start took at most: the upper bound of the histogram's bucket that holds it. It is 0 while nothing was answered, and
// the largest bound where it was longer.
func (m *Meter) Within(share float64) time.Duration {
	if m == nil {
		return 0
	}
	var read dto.Metric
	if err := m.answering.Write(&read); err != nil {
		return 0
	}
	h := read.GetHistogram()
	for _, b := range h.GetBucket() {
		if n := h.GetSampleCount(); n > 0 && float64(b.GetCumulativeCount()) >= share*float64(n) {
			return time.Duration(b.GetUpperBound() * float64(time.Second))
		}
	}
	if bounds := h.GetBucket(); h.GetSampleCount() > 0 && len(bounds) > 0 {
		return time.Duration(bounds[len(bounds)-1].GetUpperBound() * float64(time.Second))
	}
	return 0
}
