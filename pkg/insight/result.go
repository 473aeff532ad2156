package insight

import (
	"strings"

	"github.com/callrank/callrank/pkg/quantity"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

const (
	// measureRevenue is what a result measures.
	measureRevenue = "revenue"
	// fewWords is how soon a sentence says whose revenue it tells.
	fewWords = 3
	// mostResults bounds how many are told.
	mostResults = 16
)

// results are the levels of the whole company's revenue that management tells
// of a period that is over: a sum right beside words such as "total revenue", or
// beside "revenue" where the sentence names nothing that it might be of. "Net
// sales" and the like are told of parts of a company as well, and are no such
// words.
func (r *Rules) results(rd *reading, found []candidate) []*callrankv1.StatedResult {
	var out []*callrankv1.StatedResult
	for i := range found {
		if len(out) == mostResults {
			break
		}
		q, at := found[i].q, found[i].sentence
		if !q.Money() || !q.Value.Valid || q.Form != quantity.Digits || q.Direction != "" || !rd.speaks(at) {
			continue
		}
		s := &rd.sentences[at]
		if !rd.ofTheWhole(s, q) && !rd.ofNothingElse(s, q) || r.forward.Expects(rd.folded(s.start, s.end)) {
			continue
		}
		period := rd.period(found[i].named, callrankv1.OrientationPast)
		if period == "" {
			continue
		}
		out = append(out, &callrankv1.StatedResult{
			Measure: measureRevenue, Quote: rd.folded(s.start, s.end), Source: spanOf(s.start, s.end),
			Speaker: speakerOf(rd.transcript, rd.transcript.GetTurns()[s.turn]), Period: period, Figure: rd.figure(q),
		})
	}
	return out
}

// ofTheWhole tells whether a sum stands right after words for the revenue of
// the whole company, with no other figure between.
func (rd *reading) ofTheWhole(s *sentence, q *quantity.Quantity) bool {
	for _, h := range s.hits {
		gap := q.Start - h.End
		if gap < 0 || gap > reachMeasure || !h.Term.Groups.Has(rd.groups.whole) {
			continue
		}
		name := strings.ToLower(h.Term.Name)
		if strings.HasPrefix(name, "net ") || !strings.Contains(name, "revenue") && !strings.Contains(name, "sales") {
			continue
		}
		if !strings.ContainsAny(rd.text[h.End:q.Start], "0123456789;") {
			return true
		}
	}
	return false
}

// ofNothingElse tells whether a sum is of revenue, in a sentence that names
// nothing it might be of: management speaks of itself, or of revenue as such.
func (rd *reading) ofNothingElse(s *sentence, q *quantity.Quantity) bool {
	if s.voice == editor || rd.measureBeside(s, q) != measureRevenue ||
		rd.nearestSubject(s, q.Start, true) != "" || rd.nearestSubject(s, q.End, false) != "" {
		return false
	}
	whose := false
	for i, word := range strings.Fields(strings.ToLower(rd.text[s.start:q.Start])) {
		switch strings.Trim(word, ",.;:") {
		case "segment", "segments", "business", "other":
			return false
		case "we", "we're", "we’re", "our", "revenue", "revenues":
			whose = whose || i < fewWords
		}
	}
	return whose
}
