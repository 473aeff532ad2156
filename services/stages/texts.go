package stages

import (
	"context"
	"fmt"

	"github.com/maypok86/otter/v2"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/transcript"
)

// textsKept is how many bytes of text a worker keeps at hand: some five
// hundred calls.
const textsKept = 32 << 20

// Texts finds the text of a call by the place of its transcript in the broker.
// Events carry the place and not the text, which is thirty times as long as
// what is said about it.
type Texts struct {
	broker *messaging.Broker
	cache  *otter.Cache[uint64, string]
}

// NewTexts returns the texts that lie in a broker.
func NewTexts(broker *messaging.Broker) (*Texts, error) {
	cache, err := otter.New(&otter.Options[uint64, string]{
		MaximumWeight: textsKept,
		Weigher:       func(_ uint64, text string) uint32 { return uint32(len(text)) },
	})
	if err != nil {
		return nil, fmt.Errorf("make a cache of texts: %w", err)
	}
	return &Texts{broker: broker, cache: cache}, nil
}

// Keep keeps a text at hand that was just read.
func (t *Texts) Keep(sequence uint64, text string) { t.cache.Set(sequence, text) }

// Text returns the text that the spans of a call refer to.
func (t *Texts) Text(ctx context.Context, sequence uint64) (string, error) {
	return t.cache.Get(ctx, sequence, otter.LoaderFunc[uint64, string](func(ctx context.Context, sequence uint64) (string, error) {
		published, err := t.broker.Transcript(ctx, sequence)
		if err != nil {
			return "", err
		}
		source, err := transcript.Decode(messaging.Document(published))
		if err != nil {
			return "", messaging.Permanent(fmt.Errorf("read transcript %d: %w", sequence, err))
		}
		return source.Text, nil
	}))
}
