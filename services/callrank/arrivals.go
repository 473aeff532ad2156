package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/fsnotify/fsnotify"
)

const (
	// firstRetry and longestRetry bound the waits for a broker that is away.
	firstRetry   = 500 * time.Millisecond
	longestRetry = 30 * time.Second
)

// arrivals publishes the transcripts in directories as they arrive.
type arrivals struct {
	// dirs are the directories, which must stay.
	dirs []string
	// publish publishes what a file holds and returns the line that tells so. A
	// *brokerError is passing.
	publish func(ctx context.Context, path string, document []byte) (string, error)
	// tell prints a line.
	tell func(line string)
	// notices say what happens in the directories that are watched.
	notices notices

	settling *settling
	// done are the files that are through, well or not.
	done map[string]outcome
	// watched are the directories with everything below.
	watched map[string]bool
	retry   backoff.BackOff
	// away tells that the broker does not take anything for now; it is tried
	// again at retryAt.
	away    bool
	retryAt time.Time
}

// outcome is what became of a file as it was.
type outcome struct {
	stamp  stamp
	failed bool
}

// notices are what the system says of directories.
type notices struct {
	add, remove func(dir string) error
	events      <-chan fsnotify.Event
	errors      <-chan error
}

func noticesOf(w *fsnotify.Watcher) notices {
	return notices{add: w.Add, remove: w.Remove, events: w.Events, errors: w.Errors}
}

func newArrivals(dirs []string, settle time.Duration, from notices) *arrivals {
	cleaned := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		cleaned = append(cleaned, filepath.Clean(dir))
	}
	return &arrivals{
		dirs:     cleaned,
		notices:  from,
		settling: newSettling(settle),
		done:     map[string]outcome{},
		watched:  map[string]bool{},
		retry: &backoff.ExponentialBackOff{
			InitialInterval: firstRetry, MaxInterval: longestRetry,
			Multiplier: 2, RandomizationFactor: backoff.DefaultRandomizationFactor,
		},
	}
}

// run publishes until the context ends, which is no error, or a directory is
// gone, which is one.
func (a *arrivals) run(ctx context.Context) error {
	if err := a.look(); err != nil {
		return err
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		var due <-chan time.Time
		if at, waiting := a.next(); waiting {
			timer.Reset(time.Until(at))
			due = timer.C
		}
		var err error
		select {
		case <-ctx.Done():
			return nil
		case event := <-a.notices.events:
			err = a.notice(event)
		case problem := <-a.notices.errors:
			err = a.problem(problem)
		case <-due:
			a.publishDue(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// next is the moment when there is something to publish again.
func (a *arrivals) next() (time.Time, bool) {
	at, waiting := a.settling.next()
	if a.away && at.Before(a.retryAt) {
		at = a.retryAt
	}
	return at, waiting
}

// problem takes what the system could not tell: where that was too much at
// once, everything is looked at.
func (a *arrivals) problem(err error) error {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		return a.look()
	}
	return fmt.Errorf("watch %s: %w", strings.Join(a.dirs, ", "), err)
}

// look watches the directories and everything below, and finds what is there
// and not through.
func (a *arrivals) look() error {
	for _, dir := range a.dirs {
		if err := a.enter(dir); err != nil {
			return err
		}
	}
	return nil
}

// enter watches a directory and everything below, and finds what is there.
// Each directory is watched before it is read, so that nothing arrives between.
func (a *arrivals) enter(dir string) error {
	// With the separator a link to a directory is that directory.
	return filepath.WalkDir(dir+string(filepath.Separator), func(path string, entry fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		top := slices.Contains(a.dirs, path)
		switch {
		case top && errors.Is(err, fs.ErrNotExist):
			return gone(path)
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil && top:
			return fmt.Errorf("watch %s: %w", path, err)
		case err != nil:
			a.tell(failedLine(path, err))
			return nil
		case !top && isTemporary(path):
			return skip(entry)
		case entry.IsDir():
			return a.enterOne(path, top)
		case entry.Type().IsRegular() && isTranscriptName(path):
			a.found(path)
		}
		return nil
	})
}

// enterOne watches one directory.
func (a *arrivals) enterOne(dir string, top bool) error {
	err := a.notices.add(dir)
	switch {
	case err == nil:
		a.watched[dir] = true
		return nil
	case errors.Is(err, fs.ErrNotExist) && !top:
		return fs.SkipDir
	case errors.Is(err, fs.ErrNotExist):
		return gone(dir)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("watch %s: the system watches no more directories (raise fs.inotify.max_user_watches)", dir)
	case errors.Is(err, fs.ErrPermission) && !top:
		a.tell(failedLine(dir, err))
		return fs.SkipDir
	}
	return fmt.Errorf("watch %s: %w", dir, err)
}

// skip passes over what is temporary, with all that is below it.
func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func gone(dir string) error {
	return fmt.Errorf("the watched directory %s is gone: create it and start again", dir)
}

// isTemporary tells by its name what a program writes beside the file that it
// means to write, and what is hidden.
func isTemporary(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".part") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, "~")
}

// notice acts on what the system says.
func (a *arrivals) notice(event fsnotify.Event) error {
	path := filepath.Clean(event.Name)
	if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		return a.left(path)
	}
	if isTemporary(path) {
		return nil
	}
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil //nolint:nilerr // It is gone already.
	case info.IsDir() && event.Has(fsnotify.Create):
		return a.enter(path)
	case !info.Mode().IsRegular() || !isTranscriptName(path):
		return nil
	case event.Has(fsnotify.Create), event.Has(fsnotify.Chmod) && a.done[path].failed:
		// Another file than before under this name, however alike; or one that
		// may be readable now.
		delete(a.done, path)
	}
	a.found(path)
	return nil
}

// left forgets what is no longer there under its name: a file, or a directory
// with everything below.
func (a *arrivals) left(path string) error {
	if slices.Contains(a.dirs, path) {
		return gone(path)
	}
	a.settling.gone(path)
	delete(a.done, path)
	if !a.watched[path] {
		return nil
	}
	below := path + string(filepath.Separator)
	for dir := range a.watched {
		if dir == path || strings.HasPrefix(dir, below) {
			// Of one that is deleted the system has forgotten it itself.
			_ = a.notices.remove(dir)
			delete(a.watched, dir)
		}
	}
	a.settling.goneBelow(below)
	for file := range a.done {
		if strings.HasPrefix(file, below) {
			delete(a.done, file)
		}
	}
	return nil
}

// found notes a file that is there, unless it is through as it is.
func (a *arrivals) found(path string) {
	info, err := os.Lstat(path)
	if err != nil {
		a.settling.gone(path)
		return
	}
	as := stampOf(info)
	if through, ok := a.done[path]; ok && through.stamp == as {
		return
	}
	a.settling.touched(path, as, time.Now())
}

// publishDue publishes the files that have settled, until the broker is found
// to be away.
func (a *arrivals) publishDue(ctx context.Context) {
	for _, file := range a.settling.due(time.Now()) {
		line, err := a.publishOne(ctx, file.path, file.stamp)
		if ctx.Err() != nil {
			return
		}
		if passing, ok := errors.AsType[*brokerError](err); ok {
			a.wait(file.path, passing)
			return
		}
		if err != nil {
			line = failedLine(file.path, err)
		}
		if line != "" {
			a.tell(line)
		}
	}
}

// wait puts everything off because the broker does not take a file, and tells
// so the first time.
func (a *arrivals) wait(path string, err *brokerError) {
	if !a.away {
		a.tell(fmt.Sprintf("waiting    %s: %v; it is tried again until the broker takes it", path, err))
	}
	a.away, a.retryAt = true, time.Now().Add(a.retry.NextBackOff())
}

// publishOne publishes a file that has settled, if it still is as it was. What
// it returns is told; nothing where there is nothing to tell.
func (a *arrivals) publishOne(ctx context.Context, path string, as stamp) (string, error) {
	if !a.still(path, as) {
		return "", nil
	}
	document, err := readDocument(path)
	if err == nil && !a.still(path, as) {
		return "", nil
	}
	var line string
	if err == nil {
		line, err = a.publish(ctx, path, document)
	}
	if _, passing := errors.AsType[*brokerError](err); passing || ctx.Err() != nil {
		return "", err
	}
	a.away = false
	a.retry.Reset()
	a.done[path] = outcome{as, err != nil}
	a.settling.gone(path)
	return line, err
}

// still tells whether a file is as it was when it was touched last. One that is
// not has to settle again, one that is gone is forgotten.
func (a *arrivals) still(path string, as stamp) bool {
	info, err := os.Lstat(path)
	if err != nil {
		a.settling.gone(path)
		return false
	}
	if now := stampOf(info); now != as {
		a.settling.touched(path, now, time.Now())
		return false
	}
	return true
}
