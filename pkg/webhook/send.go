package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// ErrRefused is the error of a receiver that will not have a change, rather
// than one that cannot take it now.
var ErrRefused = errors.New("the receiver refuses this change")

// Timeout is how long a receiver may take.
const Timeout = 10 * time.Second

// Sender sends changes to a target.
type Sender struct {
	target Target
	client *http.Client
}

// NewSender returns a sender. Close it.
func NewSender(target Target) *Sender {
	return &Sender{target: target, client: &http.Client{
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, IdleConnTimeout: time.Minute},
		Timeout:   Timeout,
		// What is signed for one address is not carried to another.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Close closes idle connections.
func (s *Sender) Close() { s.client.CloseIdleConnections() }

// ID is by what a receiver knows a change again.
func ID(change *callrankv1.RankingChange) string {
	return change.GetGeneration() + "/" + change.GetTicker() + "/" + strconv.FormatUint(change.GetVersion(), 10)
}

// Body is what is sent of a change: its type, when it was, and the change.
func Body(change *callrankv1.RankingChange) ([]byte, error) {
	data, err := callrankv1.JSON(change)
	if err != nil {
		return nil, fmt.Errorf("print the change: %w", err)
	}
	return json.Marshal(struct {
		Type      string          `json:"type"`
		Timestamp string          `json:"timestamp"`
		Data      json.RawMessage `json:"data"`
	}{"ranking.changed", change.GetChangedAt(), data})
}

// Send sends a change, once. It returns no error when the receiver says that it
// has it (with a status of 200 to 299), and ErrRefused when it says that there
// is something wrong with the change.
func (s *Sender) Send(ctx context.Context, change *callrankv1.RankingChange) error {
	body, err := Body(change)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.target.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("make the request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "callrank-webhook")
	s.target.Secret.Sign(request.Header, ID(change), body, time.Now())
	response, err := s.client.Do(request)
	if err != nil {
		return fmt.Errorf("send to %s: %w", s.target.Name, withoutAddress(err))
	}
	defer func() { _ = response.Body.Close() }()
	// A connection is used again when its answer was read.
	const most = 64 << 10
	_, _ = io.CopyN(io.Discard, response.Body, most)
	switch status := response.StatusCode; {
	case status >= http.StatusOK && status < http.StatusMultipleChoices:
		return nil
	case status == http.StatusBadRequest, status == http.StatusRequestEntityTooLarge, status == http.StatusUnprocessableEntity:
		return fmt.Errorf("send to %s: %s: %w", s.target.Name, response.Status, ErrRefused)
	default:
		return fmt.Errorf("send to %s: %s", s.target.Name, response.Status)
	}
}

// withoutAddress is an error without the address that the library puts before
// it, in which there may be a secret.
func withoutAddress(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}
