package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// publishSettings are what `callrank publish` publishes, and how.
type publishSettings struct {
	to        *reach
	stated    statedFacts
	companies stages.CompanySettings
	revision  uint32
	watch     bool
	settle    time.Duration
}

// publishCommand is `callrank publish`.
func publishCommand() *cobra.Command {
	s := publishSettings{to: newReach(), settle: time.Second}
	command := &cobra.Command{
		Use:   "publish FILE or DIR...",
		Short: "Publish transcripts of calls that have ended; - reads standard input",
		Args:  settings.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			facts, err := s.stated.parse()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			files, err := s.files(args)
			if err != nil {
				return err
			}
			reader, err := s.companies.Reader(s.to.data)
			if err != nil {
				return err
			}
			broker, err := s.to.openToPublish(cmd.Context())
			if err != nil {
				return err
			}
			defer closeBroker(cmd.Context(), broker)
			p := newPublisher(broker, "publish", cmd.OutOrStdout())
			p.reader, p.facts, p.revision = reader, facts, s.revision
			if s.watch {
				p.send = whenReady(broker, p.send)
				return p.watch(cmd.Context(), args, s.settle, cmd.ErrOrStderr())
			}
			return p.files(cmd.Context(), files, cmd.ErrOrStderr())
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	s.stated.flags(flags)
	flags.Uint32Var(&s.revision, "revision", 0, "higher for a corrected text of the same call; without one the text published last wins")
	flags.BoolVar(&s.watch, "watch", false, "watch the directories: publish what is there, then each new or changed transcript, until Ctrl-C")
	flags.DurationVar(&s.settle, "settle", s.settle, "with --watch: how long a file has to be left alone before it is taken to be complete")
	s.companies.Flags(flags)
	s.to.flags(flags, false)
	return command
}

// files lists what is to be published. With --watch it only looks whether that
// can be watched.
func (s *publishSettings) files(args []string) ([]string, error) {
	if s.watch {
		if s.stated.given() {
			return nil, usage("--ticker, --period and --date are for one file, not for --watch")
		}
		if s.settle < 0 {
			return nil, usage("--settle %s: wants a time that is not negative", s.settle)
		}
		return nil, directories(args)
	}
	files, err := transcriptFiles(args)
	if err != nil {
		return nil, err
	}
	if s.stated.given() && len(files) > 1 {
		return nil, usage("--ticker, --period and --date are for one file")
	}
	return files, nil
}

// directories wants every argument to be a directory.
func directories(args []string) error {
	for _, arg := range args {
		if arg == "-" {
			return usage("--watch wants directories, and - is standard input")
		}
		info, err := os.Stat(arg)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return usage("--watch wants directories, and %s is a file", arg)
		}
	}
	return nil
}

// transcriptFiles lists files as they are given, and those in directories in
// the order of their names.
func transcriptFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		if arg == "-" {
			files = append(files, arg)
			continue
		}
		info, err := os.Stat(arg)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		found, err := filesBelow(arg)
		if err != nil {
			return nil, fmt.Errorf("look for transcripts in %s: %w", arg, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("no transcripts (.txt, .json, .htm, .html) in %s", arg)
		}
		files = append(files, found...)
	}
	return files, nil
}

func filesBelow(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Type().IsRegular() && isTranscriptName(path) {
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

// isTranscriptName tells by its name whether a file in a directory may be a
// transcript.
func isTranscriptName(path string) bool {
	return slices.Contains([]string{".txt", ".json", ".htm", ".html"}, strings.ToLower(filepath.Ext(path)))
}

// send publishes a transcript and returns when it is stored.
type send func(context.Context, *callrankv1.TranscriptPublished) (messaging.Receipt, error)

// publisher publishes transcripts and tells of each what became of it.
type publisher struct {
	send     send
	reader   transcript.Reader
	facts    transcript.Facts
	revision uint32
	out      io.Writer
}

// newPublisher publishes to a broker, under the name by which events tell who
// published them.
func newPublisher(broker *messaging.Broker, name string, out io.Writer) *publisher {
	return &publisher{out: out, send: func(ctx context.Context, published *callrankv1.TranscriptPublished) (messaging.Receipt, error) {
		return broker.PublishTranscript(ctx, name, published)
	}}
}

// files publishes files one after the other.
func (p *publisher) files(ctx context.Context, files []string, progress io.Writer) error {
	bar := newBar(len(files), "publishing", progress)
	failed := 0
	for _, file := range files {
		line, err := p.file(ctx, file)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			line = failedLine(file, err)
		}
		bar.line(p.out, line)
	}
	bar.finish()
	if failed > 0 {
		return fmt.Errorf("%w: %d of %d failed", errSomeFailed, failed, len(files))
	}
	return nil
}

func failedLine(what string, err error) string { return fmt.Sprintf("failed     %s: %v", what, err) }

// file publishes one file.
func (p *publisher) file(ctx context.Context, file string) (string, error) {
	document, err := readDocument(file)
	if err != nil {
		return "", err
	}
	return p.document(ctx, document, file, file)
}

// document publishes a document and returns the line that tells so, with the
// name given. It is read here first, so that what is no transcript is told at
// once and does not become a dead letter. The error is a *brokerError where the
// document is well and the broker did not take it for now.
func (p *publisher) document(ctx context.Context, document []byte, origin, name string) (string, error) {
	published := transcriptEvent(document, p.facts)
	published.Origin = &origin
	if p.revision > 0 {
		published.Revision = &p.revision
	}
	call, err := stages.Check(p.reader, published)
	if err != nil {
		return "", err
	}
	receipt, err := p.send(ctx, published)
	if messaging.IsPermanent(err) {
		return "", err
	}
	if err != nil {
		return "", &brokerError{err}
	}
	word := "published"
	if receipt.Duplicate {
		word = "duplicate"
	}
	return fmt.Sprintf("%s  %-14s %s", word, call.GetId(), name), nil
}

// brokerError is the error of a broker that may take the same later.
type brokerError struct{ err error }

// Error says what the broker said.
func (e *brokerError) Error() string { return e.err.Error() }

// Unwrap returns what the broker said.
func (e *brokerError) Unwrap() error { return e.err }

// transcriptEvent is a document with what is stated of it.
func transcriptEvent(document []byte, facts transcript.Facts) *callrankv1.TranscriptPublished {
	p := &callrankv1.TranscriptPublished{Document: document}
	if facts.Ticker != "" {
		p.Ticker = &facts.Ticker
	}
	if facts.CallDate != "" {
		p.CallDate = &facts.CallDate
	}
	if facts.FiscalYear != 0 {
		p.FiscalYear = new(int32(facts.FiscalYear))
	}
	if facts.FiscalQuarter != 0 {
		p.FiscalQuarter = new(int32(facts.FiscalQuarter))
	}
	if facts.FiscalHalf != 0 {
		p.FiscalHalf = new(int32(facts.FiscalHalf))
	}
	return p
}
