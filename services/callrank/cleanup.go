package main

import (
	"errors"
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
	for i := len(c.steps) - 1; i >= 0; i-- {
		problems = append(problems, c.steps[i]())
	}
	c.steps = nil
	return errors.Join(problems...)
}
