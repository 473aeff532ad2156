package main

import (
	"container/list"
	"io/fs"
	"strings"
	"time"
)

// stamp tells one state of a file from another.
type stamp struct {
	size     int64
	modified int64
}

func stampOf(info fs.FileInfo) stamp {
	return stamp{info.Size(), info.ModTime().UnixNano()}
}

// settling are files that have arrived and may still be being written: each is
// due once it was left alone for a while.
type settling struct {
	settle time.Duration
	// queue holds each file once, the one that was left alone for longest first,
	// and at finds it there.
	queue *list.List
	at    map[string]*list.Element
}

// unsettled is a file in the queue.
type unsettled struct {
	path  string
	stamp stamp
	since time.Time
}

func newSettling(settle time.Duration) *settling {
	return &settling{settle: settle, queue: list.New(), at: map[string]*list.Element{}}
}

// touched notes that a file was written to, or found, and how it is now. The
// moment is never before that of an earlier call.
func (s *settling) touched(path string, as stamp, now time.Time) {
	s.gone(path)
	s.at[path] = s.queue.PushBack(unsettled{path, as, now})
}

// gone forgets a file.
func (s *settling) gone(path string) {
	if element, ok := s.at[path]; ok {
		s.queue.Remove(element)
		delete(s.at, path)
	}
}

// goneBelow forgets the files whose paths begin so.
func (s *settling) goneBelow(prefix string) {
	for path := range s.at {
		if strings.HasPrefix(path, prefix) {
			s.gone(path)
		}
	}
}

// due lists the files that have been left alone for long enough, in the order
// in which they have.
func (s *settling) due(now time.Time) []unsettled {
	var files []unsettled
	for element := s.queue.Front(); element != nil; element = element.Next() {
		file, ok := element.Value.(unsettled)
		if !ok || now.Sub(file.since) < s.settle {
			break
		}
		files = append(files, file)
	}
	return files
}

// next is the moment when the next file is due, if any is to be.
func (s *settling) next() (at time.Time, waiting bool) {
	front := s.queue.Front()
	if front == nil {
		return time.Time{}, false
	}
	file, ok := front.Value.(unsettled)
	return file.since.Add(s.settle), ok
}
