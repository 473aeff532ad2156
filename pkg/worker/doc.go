// Package worker is how a stage runs: it subscribes to what the stage reads,
// hands each event to it, publishes what it makes of it, and only then
// acknowledges; with logs, metrics, health, and an orderly stop.
package worker
