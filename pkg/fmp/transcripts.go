package fmp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Endpoints of transcripts.
const (
	endpointTranscript = "earning-call-transcript"
	endpointDates      = "earning-call-transcript-dates"
	endpointLatest     = "earning-call-transcript-latest"
)

// MaxLatest is how many calls a page of the latest ones holds at most.
const MaxLatest = 100

// Call is a call of which there is a transcript.
type Call struct {
	// Symbol is the company's as the API writes it: BRK-B, 0700.HK.
	Symbol string
	// FiscalYear and FiscalQuarter (1 to 4) are the company's own; 0 where the
	// API names none that can be asked for.
	FiscalYear, FiscalQuarter int
	// Date is the day of the call in ISO 8601, empty where there is none.
	Date string
}

// Transcript returns a call's transcript as the API answers it: the JSON of an
// array with one object, whose text is in "content". The error is an ErrNone
// where there is none, or one without text.
func (c *Client) Transcript(ctx context.Context, symbol string, year, quarter int) ([]byte, error) {
	query := transcriptQuery(symbol, year, quarter)
	body, err := c.Get(ctx, endpointTranscript, query)
	if err != nil {
		return nil, err
	}
	asked := request(endpointTranscript, query)
	entries, err := elements[json.RawMessage](body, asked)
	if err != nil {
		return nil, err
	}
	// Of several the longest counts: a first, incomplete text may stand beside
	// the one that replaced it.
	var best json.RawMessage
	longest := 0
	for _, entry := range entries {
		var text struct {
			Content string `json:"content"`
		}
		if err := json.Unmarshal(entry, &text); err != nil {
			return nil, otherForm(asked, err)
		}
		if n := len(strings.TrimSpace(text.Content)); n > longest {
			best, longest = entry, n
		}
	}
	switch {
	case best == nil:
		return nil, none(asked, "there is a transcript without text")
	case len(entries) == 1:
		return body, nil
	}
	return slices.Concat([]byte("["), best, []byte("]")), nil
}

// TranscriptURL is where a call's transcript is asked for. There is no key in
// it.
func (c *Client) TranscriptURL(symbol string, year, quarter int) string {
	return c.URL(endpointTranscript, transcriptQuery(symbol, year, quarter))
}

func transcriptQuery(symbol string, year, quarter int) url.Values {
	return url.Values{"symbol": {symbol}, "year": {strconv.Itoa(year)}, "quarter": {strconv.Itoa(quarter)}}
}

// TranscriptDates lists the calls of a company of which there are transcripts,
// the latest first. The error is an ErrNone where there are none.
func (c *Client) TranscriptDates(ctx context.Context, symbol string) ([]Call, error) {
	entries, err := List[listed](ctx, c, endpointDates, url.Values{"symbol": {symbol}})
	if err != nil {
		return nil, err
	}
	calls := make([]Call, 0, len(entries))
	for _, entry := range entries {
		call := entry.call()
		call.Symbol = symbol
		calls = append(calls, call)
	}
	slices.SortStableFunc(calls, func(a, b Call) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.FiscalYear, a.FiscalYear), cmp.Compare(b.FiscalQuarter, a.FiscalQuarter))
	})
	return calls, nil
}

// LatestTranscripts lists the calls of all companies whose transcripts came
// last, page by page, as Pages does; a page holds at most MaxLatest.
func (c *Client) LatestTranscripts(ctx context.Context, limit, pages int) iter.Seq2[Call, error] {
	return func(yield func(Call, error) bool) {
		for entry, err := range Pages[listed](ctx, c, endpointLatest, nil, min(limit, MaxLatest), pages) {
			if !yield(entry.call(), err) {
				return
			}
		}
	}
}

// listed is a call as the API lists it: with a quarter among a company's, with
// a period among the latest.
type listed struct {
	Symbol     string `json:"symbol"`
	FiscalYear Whole  `json:"fiscalYear"`
	Quarter    Whole  `json:"quarter"`
	Period     string `json:"period"`
	Date       string `json:"date"`
}

func (l *listed) call() Call {
	call := Call{Symbol: l.Symbol, FiscalYear: int(l.FiscalYear), FiscalQuarter: int(l.Quarter)}
	if call.FiscalQuarter == 0 {
		call.FiscalQuarter = quarterOf(l.Period)
	}
	if call.FiscalQuarter < 1 || call.FiscalQuarter > 4 {
		call.FiscalQuarter = 0
	}
	if day, _, _ := strings.Cut(l.Date, " "); isDay(day) {
		call.Date = day
	}
	return call
}

// quarterOf is the quarter by which a transcript of a period is asked for, 0
// for a period that is none. The call on a half or a whole year is that of its
// last quarter.
func quarterOf(period string) int {
	switch strings.ToUpper(strings.TrimSpace(period)) {
	case "Q1":
		return 1
	case "Q2", "H1":
		return 2
	case "Q3":
		return 3
	case "Q4", "H2", "FY":
		return 4
	}
	return 0
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// Whole is a whole number, which the API writes as a number at some endpoints
// and as a text at others; 0 where there is none.
type Whole int

// UnmarshalJSON reads 2025, "2025" and null.
func (w *Whole) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if text == "null" || text == "" {
		*w = 0
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%q is no whole number", text)
	}
	*w = Whole(n)
	return nil
}
