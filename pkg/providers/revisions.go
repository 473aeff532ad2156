package providers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/callrank/callrank/pkg/fmp"
)

const (
	// maxRevisions bounds how many states of estimates are kept of a company,
	// and maxRevisionsFile their file in bytes.
	maxRevisions, maxRevisionsFile = 400, 4 << 20
)

// expectation is what analysts expected on a day.
type expectation struct {
	On        string                `json:"on"`
	Estimates []fmp.AnalystEstimate `json:"estimates"`
}

// revisions keep what analysts expected over time, which the API does not: it
// tells only what they expect now. There is a file for each company.
type revisions struct{ dir string }

// record adds what is expected on a day and returns all that was ever seen, in
// order. What came of it is returned even where it could not be kept. Of
// several on one day the last stands, and what did not change is known from
// when it was first seen.
func (r revisions) record(symbol string, now expectation) ([]expectation, error) {
	if r.dir == "" {
		return []expectation{now}, nil
	}
	path := filepath.Join(r.dir, "estimates."+symbol+extension)
	all, err := r.read(path)
	if err != nil {
		return []expectation{now}, err
	}
	for len(all) > 0 && all[len(all)-1].On >= now.On {
		if all[len(all)-1].On > now.On {
			return all, nil // The clock was set back, or a copy is older.
		}
		all = all[:len(all)-1]
	}
	if len(all) > 0 && sameEstimates(all[len(all)-1], now) {
		return all, nil
	}
	all = append(all, now)
	all = all[max(0, len(all)-maxRevisions):]
	content, err := json.Marshal(all)
	if err != nil {
		return all, fmt.Errorf("keep estimates: %w", err)
	}
	return all, replaceFile(path, content)
}

// sameEstimates tells that nothing was revised: as written, 1.30 is 1.3.
func sameEstimates(a, b expectation) bool {
	before, errBefore := json.Marshal(a.Estimates)
	after, errAfter := json.Marshal(b.Estimates)
	return errBefore == nil && errAfter == nil && bytes.Equal(before, after)
}

// read reads what was seen before; nothing of a file that came to harm.
func (r revisions) read(path string) ([]expectation, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read kept estimates: %w", err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, maxRevisionsFile))
	if err != nil {
		return nil, fmt.Errorf("read kept estimates: %w", err)
	}
	var all []expectation
	if json.Unmarshal(content, &all) != nil {
		return nil, nil
	}
	return all, nil
}

// replaceFile writes a file so that whoever reads it sees the old one or the
// new one, whole.
func replaceFile(path string, content []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("keep estimates: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, written := file.Write(content)
	if err := errors.Join(written, file.Close()); err != nil {
		return fmt.Errorf("keep estimates: %w", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("keep estimates: %w", err)
	}
	return nil
}
