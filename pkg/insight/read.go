package insight

import (
	"fmt"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Reading is a call as read, with every figure judged: what both Extract and
// Quantify rest on. Whoever does both reads the call once. It does not change,
// and is safe for concurrent use.
type Reading struct {
	rules *Rules
	call  *reading
	found []candidate
}

// Read reads a call. It returns an error when spans do not lie within the text.
func (r *Rules) Read(text string, t *callrankv1.Transcript) (*Reading, error) {
	rd, err := r.read(text, t)
	if err != nil {
		return nil, fmt.Errorf("read the call: %w", err)
	}
	return &Reading{rules: r, call: rd, found: r.judged(rd)}, nil
}

// Extract is what Rules.Extract finds.
func (x *Reading) Extract() *callrankv1.Extraction { return x.rules.extraction(x.call, x.found) }

// Quantify is what Rules.Quantify measures.
func (x *Reading) Quantify(e *callrankv1.Extraction) (*callrankv1.Quantification, error) {
	if err := checkExtraction(x.call.text, e); err != nil {
		return nil, fmt.Errorf("quantify: %w", err)
	}
	return x.rules.quantification(x.call, x.found), nil
}
