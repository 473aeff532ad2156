package stages

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
)

// scrapeTimeout bounds the question to the broker during a scrape.
const scrapeTimeout = 2 * time.Second

// awaited tells, at each scrape, how many calls wait to be grounded again.
type awaited struct {
	broker *messaging.Broker
	log    *zap.Logger
	calls  *prometheus.Desc
}

// registerAwaited has the number of calls told that wait to be grounded again.
func registerAwaited(metrics prometheus.Registerer, broker *messaging.Broker, log *zap.Logger) error {
	a := &awaited{broker: broker, log: log, calls: prometheus.NewDesc(
		"callrank_groundings_awaited", "Requests to ground a call again that have not been met.", nil, nil)}
	if err := metrics.Register(a); err != nil {
		return fmt.Errorf("register the metric of groundings awaited: %w", err)
	}
	return nil
}

// Describe implements prometheus.Collector.
func (a *awaited) Describe(out chan<- *prometheus.Desc) { out <- a.calls }

// Collect implements prometheus.Collector.
func (a *awaited) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	calls, err := a.broker.Awaited(ctx)
	if err != nil {
		a.log.Debug("it is unknown how many groundings are awaited", zap.Error(err))
		return
	}
	out <- prometheus.MustNewConstMetric(a.calls, prometheus.GaugeValue, float64(calls))
}
