package providers

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/transcript"
)

// tickerList is the SEC's list of tickers, kept in memory once it was read.
type tickerList struct {
	mu   sync.Mutex
	ciks map[string]string
	read time.Time
}

// find returns the CIK of a ticker, ten digits. Classes of shares are listed
// with a hyphen, and asked for with a dot as well.
func (l *tickerList) find(ctx context.Context, s *EDGARSource, ticker string) (string, error) {
	ciks, err := l.current(ctx, s)
	if err != nil {
		return "", err
	}
	for _, name := range []string{ticker, strings.ReplaceAll(ticker, ".", "-")} {
		if cik, ok := ciks[name]; ok {
			return cik, nil
		}
	}
	return "", fmt.Errorf("the SEC lists no %s: %w", ticker, fundamentals.ErrUnknown)
}

// current returns the list, got anew when it is old. An old one does where
// there is no other.
func (l *tickerList) current(ctx context.Context, s *EDGARSource) (map[string]string, error) {
	l.mu.Lock()
	ciks, read := l.ciks, l.read
	l.mu.Unlock()
	if ciks != nil && s.pace.now().Sub(read) < s.maxAge {
		return ciks, nil
	}
	// Not under the lock: who asks meanwhile waits for the same document.
	got, err := s.documents.Get(ctx, s.tickersURL)
	switch {
	case err != nil && ciks != nil && ctx.Err() == nil:
		return ciks, nil
	case err != nil:
		// Without the list nothing is known of any company, so a list that is
		// not there is no answer.
		return nil, fmt.Errorf("the SEC's list of tickers: %w", err)
	}
	if ciks, err = ciksByTicker(got.Body); err != nil {
		return nil, fmt.Errorf("read the SEC's list of tickers: %w", err)
	}
	if got.Old == nil {
		l.mu.Lock()
		l.ciks, l.read = ciks, got.Got
		l.mu.Unlock()
	}
	return ciks, nil
}

// ciksByTicker reads the SEC's list of tickers.
func ciksByTicker(document []byte) (map[string]string, error) {
	list, err := transcript.ParseSECTickers(document)
	if err != nil {
		return nil, &fundamentals.FieldError{Problem: err.Error()}
	}
	ciks := make(map[string]string, len(list))
	for _, entry := range list {
		cik := fmt.Sprintf("%010d", entry.CIK)
		// Of two companies under one ticker the older number is kept, so that
		// every reading agrees.
		if known, twice := ciks[entry.Ticker]; !twice || cik < known {
			ciks[entry.Ticker] = cik
		}
	}
	return ciks, nil
}
