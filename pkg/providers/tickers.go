package providers

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/callrank/callrank/pkg/fundamentals"
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
	if ciks != nil && s.fetch.now().Sub(read) < s.maxAge {
		return ciks, nil
	}
	// Not under the lock: who asks meanwhile waits for the same document.
	got, err := s.fetch.get(ctx, s.tickersURL)
	switch {
	case err != nil && ciks != nil && ctx.Err() == nil:
		return ciks, nil
	case err != nil:
		// Without the list nothing is known of any company, so a list that is
		// not there is no answer.
		return nil, fmt.Errorf("the SEC's list of tickers: %w", err)
	}
	if ciks, err = parseTickers(got.body); err != nil {
		return nil, fmt.Errorf("read the SEC's list of tickers: %w", err)
	}
	if !got.old {
		l.mu.Lock()
		l.ciks, l.read = ciks, got.got
		l.mu.Unlock()
	}
	return ciks, nil
}

// parseTickers reads {"0": {"cik_str": 320193, "ticker": "AAPL", ...}, ...}.
func parseTickers(body []byte) (map[string]string, error) {
	var list map[string]struct {
		CIK    uint64 `json:"cik_str"`
		Ticker string `json:"ticker"`
	}
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, &fundamentals.FieldError{Problem: err.Error()}
	}
	if len(list) == 0 {
		return nil, &fundamentals.FieldError{Problem: "it is empty"}
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
