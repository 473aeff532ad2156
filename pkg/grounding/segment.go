package grounding

import (
	"strings"

	"github.com/callrank/callrank/pkg/fundamentals"
)

// segmentOf finds the filed segment that the claim's subject names: of its
// years the base's, else the last.
func (w *work) segmentOf(s *spoken) *fundamentals.Segment {
	if w.company == nil {
		return nil
	}
	name := segmentNamed(w.names, s.subject)
	if name == "" {
		return nil
	}
	var found *fundamentals.Segment
	for i := range w.company.Segments {
		segment := &w.company.Segments[i]
		switch {
		case segment.Name != name:
		case w.base != nil && segment.FiscalYear == w.base.year:
			return segment
		case found == nil || segment.FiscalYear > found.FiscalYear:
			found = segment
		}
	}
	return found
}

// segmentName is one of the names under which a segment is spoken of.
type segmentName struct {
	spoken words
	name   string
}

// segmentNames lists the names and aliases of all segments.
func segmentNames(segments []fundamentals.Segment) []segmentName {
	var names []segmentName
	for i := range segments {
		for _, spoken := range append([]string{segments[i].Name}, segments[i].Aliases...) {
			if folded := fold(spoken); len(folded) > len("  ") {
				names = append(names, segmentName{folded, segments[i].Name})
			}
		}
	}
	return names
}

// segmentNamed is the segment that stands in a text under one of its names; of
// several the one that stands there with most letters.
func segmentNamed(names []segmentName, text words) string {
	name, longest := "", 0
	for _, n := range names {
		if len(n.spoken) > longest && strings.Contains(string(text), string(n.spoken)) {
			name, longest = n.name, len(n.spoken)
		}
	}
	return name
}
