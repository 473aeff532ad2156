package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/callrank/callrank/pkg/insight"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// What --explain tells of.
const (
	explainNothing = ""
	// explainClaims: every figure of a claim.
	explainClaims = "claims"
	// explainAll: near misses too.
	explainAll = "all"
)

// Bounds of what is told.
const (
	// nearMiss is what share of the least probability a near miss reaches.
	nearMiss = 0.5
	// mostReasons is how many reasons for and against are printed.
	mostReasons = 6
)

// explanation is how a figure was judged, as --explain prints it in JSON.
type explanation struct {
	Text             string   `json:"text"`
	Source           span     `json:"source"`
	Claim            bool     `json:"claim"`
	Relevance        string   `json:"relevance,omitempty"`
	Because          string   `json:"because"`
	ClaimProbability float64  `json:"claim_probability"`
	LeastClaim       float64  `json:"least_claim"`
	CoreProbability  float64  `json:"core_probability"`
	LeastCore        float64  `json:"least_core"`
	ForClaim         []reason `json:"for_claim"`
	ForCore          []reason `json:"for_core"`
}

type span struct {
	Start uint32 `json:"start"`
	End   uint32 `json:"end"`
}

// reason is one feature and what it adds to the log-odds.
type reason struct {
	Feature string  `json:"feature"`
	Words   string  `json:"words,omitempty"`
	Points  float64 `json:"points"`
}

// explained keeps the decisions that are to be told of.
func explained(decisions []insight.Decision, what string) []insight.Decision {
	var kept []insight.Decision
	for _, d := range decisions {
		near := what == explainAll && d.ClaimProbability >= nearMiss*d.LeastClaim
		if d.Claim || near {
			kept = append(kept, d)
		}
	}
	return kept
}

// explainedJSON adds the decisions to a printed analysis.
func explainedJSON(analysis []byte, decisions []insight.Decision) ([]byte, error) {
	list := make([]explanation, 0, len(decisions))
	for _, d := range decisions {
		x := explanation{
			Text: d.Text, Source: span{d.Source.GetStart(), d.Source.GetEnd()}, Claim: d.Claim, Because: d.Because,
			ClaimProbability: thousandths(d.ClaimProbability), LeastClaim: d.LeastClaim,
			CoreProbability: thousandths(d.CoreProbability), LeastCore: d.LeastCore,
			ForClaim: reasons(d.ForClaim), ForCore: reasons(d.ForCore),
		}
		if d.Claim {
			x.Relevance = d.Relevance
		}
		list = append(list, x)
	}
	b, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("print the explanations as JSON: %w", err)
	}
	return slices.Concat(analysis[:len(analysis)-1], []byte(`,"explanations":`), b, []byte{'}'}), nil
}

func reasons(fs []insight.Feature) []reason {
	out := make([]reason, 0, len(fs))
	for _, f := range fs {
		out = append(out, reason{f.Name, f.Words, thousandths(f.Points())})
	}
	return out
}

func thousandths(x float64) float64 { return math.Round(1000*x) / 1000 }

// printExplained prints the decisions for eyes.
func printExplained(to io.Writer, decisions []insight.Decision) error {
	if _, err := fmt.Fprintf(to, "\nWhy (points are log-odds)\n"); err != nil {
		return err
	}
	for _, d := range decisions {
		_, err := fmt.Fprintf(to, "\n%q in %q\n  %s\n  a claim: %.2f, counted from %.2f\n", d.Text, shortened(d.Quote), d.Because, d.ClaimProbability, d.LeastClaim)
		if err != nil {
			return err
		}
		if err := printReasons(to, d.ForClaim); err != nil {
			return err
		}
		if !d.Claim {
			continue
		}
		if _, err := fmt.Fprintf(to, "  about the theme itself: %.2f, core from %.2f\n", d.CoreProbability, d.LeastCore); err != nil {
			return err
		}
		if err := printReasons(to, d.ForCore); err != nil {
			return err
		}
	}
	return nil
}

func printReasons(to io.Writer, fs []insight.Feature) error {
	for _, f := range fs[:min(len(fs), mostReasons)] {
		words := f.Words
		if words == "" {
			words = f.Name
		}
		if _, err := fmt.Fprintf(to, "    %+5.2f  %s\n", f.Points(), words); err != nil {
			return err
		}
	}
	return nil
}

// longestQuoted bounds the sentence that is printed with a figure.
const longestQuoted = 160

func shortened(s string) string {
	runes := []rune(s)
	if len(runes) <= longestQuoted {
		return s
	}
	return string(runes[:longestQuoted]) + "…"
}

// decisions are how the figures of a call were judged.
func (a *analyzer) decisions(text string, t *callrankv1.Transcript) ([]insight.Decision, error) {
	found, err := a.engine.Explain(text, t)
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	return explained(found, a.explain), nil
}

// printWhy prints the decisions where they are asked for.
func (a *analyzer) printWhy(to io.Writer, decisions []insight.Decision) error {
	if a.explain == explainNothing {
		return nil
	}
	return printExplained(to, decisions)
}
