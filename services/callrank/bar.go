package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// manyFiles is from how many files on a bar shows the progress.
const manyFiles = 4

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
