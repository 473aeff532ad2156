package providers

import (
	"context"
	"time"
)

type patienceKey struct{}

// WithPatience is a context in which each provider is waited for at most so
// long, or as long as it is otherwise if that is less. A provider that does not
// answer in the time counts as unavailable, and the next one is asked; what it
// answers later is kept for the next question.
func WithPatience(ctx context.Context, most time.Duration) context.Context {
	return context.WithValue(ctx, patienceKey{}, most)
}

// patienceOf is how long a provider is waited for.
func patienceOf(ctx context.Context, standard time.Duration) time.Duration {
	if most, ok := ctx.Value(patienceKey{}).(time.Duration); ok {
		return min(most, standard)
	}
	return standard
}
