package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/callrank/callrank/pkg/messaging"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/stages"
)

// manyFiles is from how many files on a bar shows the progress.
const manyFiles = 4

// publishCommand is `callrank publish`.
func publishCommand() *cobra.Command {
	to := newReach()
	var stated statedFacts
	revision := uint32(0)
	command := &cobra.Command{
		Use:   "publish FILE or DIR...",
		Short: "Publish transcripts of calls that have ended; - reads standard input",
		Args:  settings.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			facts, err := stated.parse()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			files, err := transcriptFiles(args)
			if err != nil {
				return err
			}
			if stated.given() && len(files) > 1 {
				return usage("--ticker, --period and --date are for one file")
			}
			broker, err := to.openBroker(cmd.Context())
			if err != nil {
				return err
			}
			defer closeBroker(cmd.Context(), broker)
			if err := broker.Provision(cmd.Context()); err != nil {
				return err
			}
			p := publisher{broker: broker, facts: facts, revision: revision, out: cmd.OutOrStdout()}
			return p.files(cmd.Context(), files, cmd.ErrOrStderr())
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	stated.flags(flags)
	flags.Uint32Var(&revision, "revision", 0, "higher for a corrected text of the same call; without one the text published last wins")
	to.flags(flags, false)
	return command
}

func closeBroker(ctx context.Context, broker *messaging.Broker) {
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	// What was published is stored; nothing is lost with the connection.
	_ = broker.Close(closing)
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
		if entry.Type().IsRegular() && slices.Contains([]string{".txt", ".json", ".htm", ".html"}, strings.ToLower(filepath.Ext(path))) {
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

// publisher publishes files and tells of each what became of it.
type publisher struct {
	broker   *messaging.Broker
	facts    transcript.Facts
	revision uint32
	out      io.Writer
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
			line = fmt.Sprintf("failed     %s: %v", file, err)
		}
		bar.line(p.out, line)
	}
	bar.finish()
	if failed > 0 {
		return fmt.Errorf("%w: %d of %d failed", errSomeFailed, failed, len(files))
	}
	return nil
}

// file publishes one file. It is read here first, so that what is no transcript
// is told at once and does not become a dead letter.
func (p *publisher) file(ctx context.Context, file string) (string, error) {
	document, err := readFile(file)
	if err != nil {
		return "", err
	}
	published := transcriptEvent(document, p.facts)
	published.Origin = &file
	if p.revision > 0 {
		published.Revision = &p.revision
	}
	call, err := stages.Check(published)
	if err != nil {
		return "", err
	}
	receipt, err := p.broker.PublishTranscript(ctx, "publish", published)
	if err != nil {
		return "", err
	}
	word := "published"
	if receipt.Duplicate {
		word = "duplicate"
	}
	return fmt.Sprintf("%s  %-14s %s", word, call.GetId(), file), nil
}

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
		year, quarter := int32(facts.FiscalYear), int32(facts.FiscalQuarter)
		p.FiscalYear, p.FiscalQuarter = &year, &quarter
	}
	return p
}

// bar shows progress where there is much to do and somebody to see it.
type bar struct{ shown *progressbar.ProgressBar }

func newBar(steps int, what string, to io.Writer) *bar {
	file, ok := to.(*os.File)
	if steps < manyFiles || !ok || !term.IsTerminal(int(file.Fd())) {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(to),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
	)}
}

// line prints a line above the bar and takes it a step on.
func (b *bar) line(to io.Writer, line string) {
	if b.shown != nil {
		_ = b.shown.Clear()
	}
	// Where standard output is gone there is nobody to tell.
	_, _ = fmt.Fprintln(to, line)
	b.step()
}

// step takes the bar a step on.
func (b *bar) step() {
	if b.shown != nil {
		_ = b.shown.Add(1)
	}
}

func (b *bar) finish() {
	if b.shown != nil {
		_ = errors.Join(b.shown.Finish(), b.shown.Close())
	}
}
