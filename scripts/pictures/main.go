// Command pictures takes the pictures of the pages that the README and docs
// show, of a system that runs: pictures -page URL -nats URL DIRECTORY.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// patience bounds all of it.
const patience = 2 * time.Minute

// picture is one of them.
type picture struct {
	Path, Name    string
	Width, Height int64
	Dark          bool
	// Do is done in the page before the picture is taken.
	Do string
}

var pictures = []picture{ //nolint:gochecknoglobals // A table.
	{Path: "/", Name: "ranking.png", Width: 1440, Height: 1000},
	{Path: "/", Name: "ranking-dark.png", Width: 1440, Height: 1000, Dark: true},
	{Path: "/", Name: "ranking-phone.png", Width: 390, Height: 844},
	{Path: "/companies/HLYD", Name: "company.png", Width: 1300, Height: 1900},
	{Path: "/calls/HLYD-2026Q1", Name: "call.png", Width: 1300, Height: 1000, Do: `location.hash = "c11"`},
	{Path: "/methodology", Name: "methodology.png", Width: 1300, Height: 1300},
	{Path: "/ops", Name: "ops.png", Width: 1300, Height: 1150},
}

func main() {
	page := flag.String("page", "", "address of the pages")
	nats := flag.String("nats", "", "address of the broker")
	flag.Parse()
	if err := run(*page, *nats, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(page, nats, directory string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := bury(ctx, nats); err != nil {
		return err
	}
	program, err := chromium()
	if err != nil {
		return err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", true))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	for _, one := range pictures {
		if err := one.take(ctx, page, filepath.Join(directory, one.Name)); err != nil {
			return fmt.Errorf("%s: %w", one.Name, err)
		}
	}
	return nil
}

func chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium is here, which scripts/test installs")
}

func (p *picture) take(ctx context.Context, page, file string) error {
	scheme := "light"
	if p.Dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		return err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(p.Width, p.Height), chromedp.Navigate(page+p.Path)); err != nil {
		return err
	}
	if p.Do != "" {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](p.Do)); err != nil {
			return err
		}
	}
	// Live pages say so; the others have nothing to wait for.
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](`(document.getElementById("live-state")?.textContent ?? "live") === "live"`)); err != nil {
		return err
	}
	taken, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(file, taken, 0o600)
}

// bury publishes what no stage can work on, for the page of operations to have
// something to show, and waits until it is among the dead letters.
func bury(ctx context.Context, nats string) error {
	broker, err := messaging.Connect(ctx, "callrank-pictures", messaging.Config{URL: nats, Replicas: 1}, zap.NewNop())
	if err != nil {
		return err
	}
	defer func() { _ = broker.Close(ctx) }()
	if _, err := broker.PublishTranscript(ctx, "pictures", &callrankv1.TranscriptPublished{Text: "Nothing that anybody said.", Ticker: new("ALDR")}); err != nil {
		return err
	}
	ticker := time.NewTicker(patience / 1000)
	defer ticker.Stop()
	for {
		notes, err := broker.DeadLetters(ctx)
		if err != nil || len(notes) > 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}
