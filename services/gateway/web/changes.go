package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// keepAlive is how often something is sent where nothing changes, so that
	// proxies keep the connection and a client that is gone is noticed.
	keepAlive = 20 * time.Second
	// sendTimeout is how long a client may take to take an event.
	sendTimeout = 10 * time.Second
	// comeBack is how long a client is asked to wait before it comes back, in
	// milliseconds.
	comeBack = 2000
)

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

type changesRequest struct {
	LastEventID string `doc:"Resume after this event" header:"Last-Event-ID"`
	Ticker      string `doc:"Only this company" maxLength:"16" query:"ticker"`
	After       uint64 `doc:"As Last-Event-ID, for who cannot set a header; the header wins" query:"after"`
	FromStart   bool   `doc:"Begin with every change there ever was, not with the last of each company" query:"from_start"`
}

// getChanges streams the changes: first the last state of each company, then
// what changes; or from where a client left off.
func (s *Server) getChanges(_ context.Context, in *changesRequest) (*huma.StreamResponse, error) {
	follow := messaging.Follow{Generation: s.Board.Generation(), Ticker: in.Ticker, FromStart: in.FromStart, After: in.After}
	if in.LastEventID != "" {
		after, err := strconv.ParseUint(in.LastEventID, 10, 64)
		if err != nil {
			return nil, huma.Error400BadRequest("Last-Event-ID is not one that was sent from here")
		}
		follow.After = after
	}
	select {
	case s.followers <- struct{}{}:
	default:
		return nil, huma.Error429TooManyRequests("too many follow the changes already")
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer func() { <-s.followers }()
		s.stream(ctx, follow)
	}}, nil
}

func (s *Server) stream(ctx huma.Context, follow messaging.Follow) {
	_, writer := humachi.Unwrap(ctx)
	ctx.SetHeader("Content-Type", "text/event-stream")
	ctx.SetHeader("Cache-Control", "no-store")
	ctx.SetHeader("X-Accel-Buffering", "no")
	out := &eventStream{w: ctx.BodyWriter(), control: http.NewResponseController(writer)}
	// The limit for reading a request is none for a stream.
	_ = out.control.SetReadDeadline(time.Time{})
	if out.send("retry: %d\n\n", comeBack) != nil {
		return
	}
	work, stop := context.WithCancel(ctx.Context())
	defer stop()
	changes := s.follow(work, follow)
	quiet := time.NewTicker(keepAlive)
	defer quiet.Stop()
	for {
		var err error
		select {
		case <-s.ending:
			return
		case change, ok := <-changes:
			if !ok {
				return
			}
			err = out.change(change)
		case <-quiet.C:
			err = out.send(": nothing new\n\n")
		}
		if err != nil {
			return
		}
	}
}

// follow puts the changes into a channel, which closes when the context ends.
func (s *Server) follow(ctx context.Context, follow messaging.Follow) <-chan messaging.Announced {
	out := make(chan messaging.Announced)
	go func() {
		defer close(out)
		for change, err := range s.Broker.Changes(ctx, follow) {
			if err != nil {
				s.Log.Error("the changes cannot be followed", zap.Error(err))
				return
			}
			select {
			case out <- change:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// eventStream writes server-sent events.
type eventStream struct {
	w       io.Writer
	control *http.ResponseController
}

// change sends a change under its place.
func (e *eventStream) change(announced messaging.Announced) error {
	b, err := callrankv1.JSON(announced.Change)
	if err != nil {
		return err
	}
	return e.send("id: %d\nevent: change\ndata: %s\n\n", announced.Sequence, b)
}

func (e *eventStream) send(format string, values ...any) error {
	if err := e.control.SetWriteDeadline(time.Now().Add(sendTimeout)); err != nil {
		return fmt.Errorf("limit the time to send: %w", err)
	}
	if _, err := fmt.Fprintf(e.w, format, values...); err != nil {
		return fmt.Errorf("send an event: %w", err)
	}
	if err := e.control.Flush(); err != nil {
		return fmt.Errorf("send an event: %w", err)
	}
	return nil
}
