package main

import (
	"errors"
	"slices"
	"sync"
)

// cleanup is what was opened and has to be closed, last first, whether things
// went well or not.
type cleanup struct {
	mu    sync.Mutex
	steps []func() error
}

// add adds what closes something that was just opened.
func (c *cleanup) add(step func() error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps = append(c.steps, step)
}

// close closes everything.
func (c *cleanup) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var problems []error
	for _, step := range slices.Backward(c.steps) {
		problems = append(problems, step())
	}
	c.steps = nil
	return errors.Join(problems...)
}
