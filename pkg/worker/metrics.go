package worker

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
)

// scrapeTimeout bounds the questions to the broker during a scrape.
const scrapeTimeout = 2 * time.Second

// Metrics are what a program tells Prometheus.
type Metrics struct {
	// Registry takes further metrics.
	Registry *prometheus.Registry

	events  *prometheus.CounterVec
	seconds *prometheus.HistogramVec
	age     *prometheus.HistogramVec
}

// NewMetrics returns metrics on a registry of their own.
func NewMetrics() *Metrics {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "callrank_stage_events_total",
			Help: "Events a stage was given, by what became of them: done, retried, dead, stopped.",
		}, []string{"generation", "stage", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "callrank_stage_seconds",
			Help:    "Time a stage took for one event, publishing included.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 16),
		}, []string{"generation", "stage"}),
		age: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "callrank_event_age_seconds",
			Help:    "Time from the storing of an event to the end of the stage's work on it.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 20),
		}, []string{"generation", "stage"}),
	}
	m.Registry.MustRegister(m.events, m.seconds, m.age,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// forget drops what is told of a generation that is worked for no more.
func (m *Metrics) forget(generation string) {
	labels := prometheus.Labels{"generation": generation}
	m.events.DeletePartialMatch(labels)
	m.seconds.DeletePartialMatch(labels)
	m.age.DeletePartialMatch(labels)
}

// lag tells, at each scrape, how far a stage is behind.
type lag struct {
	broker  *messaging.Broker
	reads   string
	durable string
	log     *zap.Logger

	waiting, inHand *prometheus.Desc
}

func newLag(broker *messaging.Broker, stage *Stage, generation, durable string, log *zap.Logger) *lag {
	labels := prometheus.Labels{"generation": generation, "stage": stage.Name}
	return &lag{
		broker:  broker,
		reads:   stage.Reads,
		durable: durable,
		log:     log,
		waiting: prometheus.NewDesc("callrank_stage_waiting", "Events that no worker of the stage has been given yet.", nil, labels),
		inHand:  prometheus.NewDesc("callrank_stage_in_hand", "Events that workers of the stage have been given and not acknowledged.", nil, labels),
	}
}

// Describe implements prometheus.Collector.
func (l *lag) Describe(out chan<- *prometheus.Desc) {
	out <- l.waiting
	out <- l.inHand
}

// Collect implements prometheus.Collector.
func (l *lag) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	waiting, inHand, err := l.broker.Lag(ctx, l.reads, l.durable)
	if err != nil {
		l.log.Debug("lag is unknown", zap.Error(err))
		return
	}
	out <- prometheus.MustNewConstMetric(l.waiting, prometheus.GaugeValue, float64(waiting))
	out <- prometheus.MustNewConstMetric(l.inHand, prometheus.GaugeValue, float64(inHand))
}
