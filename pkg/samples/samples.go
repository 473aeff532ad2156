// Package samples holds calls of invented companies in the known layouts, with
// invented fundamentals, so that the first run shows something. Every company,
// person, product and figure in them is made up.
package samples

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed calls fundamentals
var files embed.FS

// Call is one sample.
type Call struct {
	// Name is the name of its file, such as HLYD_2025Q4.txt.
	Name string
	// Ticker is stated where the text does not tell it; else empty.
	Ticker string
	// Document is the transcript.
	Document []byte
}

// untold are the tickers of companies in whose calls nobody names them: the
// layout without speakers has no heading either.
var untold = map[string]string{ //nolint:gochecknoglobals // A table.
	"OSTG_2025Q2.txt": "OSTG", "OSTG_2025Q3.txt": "OSTG",
	"PLLS_2025Q3.txt": "PLLS", "PLLS_2025Q4.txt": "PLLS",
}

// Calls are all samples, in the order of their names.
func Calls() ([]Call, error) {
	entries, err := files.ReadDir("calls")
	if err != nil {
		return nil, fmt.Errorf("list the samples: %w", err)
	}
	calls := make([]Call, 0, len(entries))
	for _, entry := range entries {
		document, err := files.ReadFile("calls/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read sample %s: %w", entry.Name(), err)
		}
		calls = append(calls, Call{Name: entry.Name(), Ticker: untold[entry.Name()], Document: document})
	}
	return calls, nil
}

// Fundamentals are the files of the invented companies' fundamentals.
func Fundamentals() fs.FS {
	sub, err := fs.Sub(files, "fundamentals")
	if err != nil {
		// The directory is part of the program.
		panic(fmt.Sprintf("samples: %v", err))
	}
	return sub
}

// LastCall is the day of the last of the calls: how old a call is, is counted
// from there, or all of them would be old in the end.
const LastCall = "2026-05-07"
