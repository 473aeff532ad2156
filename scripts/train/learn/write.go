package learn

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/callrank/callrank/pkg/insight"
)

// Write writes the weights to the files that the engine embeds, with where they
// come from. The same calls give the same bytes.
func Write(dir string, c *Corpus, r *Result) error {
	for name, write := range map[string]func(*bytes.Buffer, *Corpus, *Result){
		"claims.yaml": writeClaims, "traits.yaml": writeTraits, "scores.yaml": writeScores,
	} {
		var b bytes.Buffer
		write(&b, c, r)
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			return fmt.Errorf("write the weights: %w", err)
		}
	}
	return nil
}

// Sum is the SHA-256 of everything learnt from: texts, figures and answers.
func (c *Corpus) Sum() string {
	h := sha256.New()
	for _, e := range c.calls {
		h.Write(e.Sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func head(b *bytes.Buffer, comment string, c *Corpus, how string) {
	fmt.Fprintf(b, "# %s\n# Written by `make train`; do not edit.\nversion: %q\nprovenance: >-\n", comment, insight.Version())
	fmt.Fprintf(b, "  Learnt from %s. %s\n  SHA-256 of what they were learnt from: %s.\n", c, how, c.Sum())
}

func writeClaims(b *bytes.Buffer, c *Corpus, r *Result) {
	u := &r.Unseen
	head(b, "Weights of the questions asked of every quantity in management's speech: is it a\n# figure of a claim, and is the claim about the theme itself. Each is asked of the\n# quantity alone and in the context of how the others were judged. A weight is what\n# a unit of the feature adds to the log-odds.", c, fmt.Sprintf(
		"Logistic regressions with a ridge penalty of %d; the second look learns from first looks at companies that these did not see. Thresholds are probabilities, of a claim (%.2f) and of one about the theme itself (%.2f), chosen where companies left out one at a time meet the floors best. Companies never seen: of core figures %.3f found, %.3f as core; of figures called core %.3f right; of adjacent figures %.3f found; of all figures %.3f right. Without company packs %.3f of core figures found.",
		RidgeClaims, r.Thresholds.Claim, r.Thresholds.Core, u.Recall.Share(), u.RecallCore.Share(), u.Precision.Share(), u.RecallAdjacent.Share(), u.PrecisionAll.Share(), r.Stranger.Recall.Share(),
	))
	writeModels(b, r.Weights, insight.ModelClaim, insight.ModelClaimInContext, insight.ModelCore, insight.ModelCoreInContext)
}

func writeTraits(b *bytes.Buffer, c *Corpus, r *Result) {
	u := &r.Unseen
	head(b, "Weights of what a claim is: its orientation in time, the line of the income\n# statement it bears on, and its kind. The answer with the greatest sum over the\n# claim's figures wins.", c, fmt.Sprintf(
		"Multinomial logistic regressions with a ridge penalty of %d. Companies never seen: %.3f of orientations, %.3f of lines and %.3f of kinds are the readers'.",
		RidgeTraits, u.Orientation.Share(), u.Line.Share(), u.Kind.Share(),
	))
	b.WriteString("choices:\n")
	for _, name := range slices.Sorted(maps.Keys(r.Weights.Choices)) {
		fmt.Fprintf(b, "  %s:\n    answers:\n", name)
		for _, answer := range slices.Sorted(maps.Keys(r.Weights.Choices[name].Answers)) {
			writeModel(b, "      ", answer, r.Weights.Choices[name].Answers[answer])
		}
	}
}

func writeScores(b *bytes.Buffer, c *Corpus, r *Result) {
	u := &r.Unseen
	head(b, "Weights of scores, which add up drivers, and of what else is weighed by sum. A\n# driver that speaks for a score has no weight below zero, and hedging none above.", c, fmt.Sprintf(
		"Scores: least squares with signs fixed and a ridge penalty of %.1f, on drivers measured by weights that did not see the call's company. Questions: logistic regression with a ridge penalty of %.1f. Quotes: set by hand. Companies never seen: enthusiasm has a rank correlation of %.3f and a mean error of %.2f, substance %.3f and %.2f; questions about the theme an F1 of %.3f.",
		RidgeScores, RidgeQuestion, u.Enthusiasm.Spearman(), u.Enthusiasm.MeanError(), u.Substance.Spearman(), u.Substance.MeanError(), u.F1(),
	))
	writeModels(b, r.Weights, insight.ModelEnthusiasm, insight.ModelSubstance, insight.ModelQuote, insight.ModelQuestion)
}

func writeModels(b *bytes.Buffer, w insight.Weights, names ...string) {
	b.WriteString("models:\n")
	for _, name := range names {
		writeModel(b, "  ", name, w.Models[name])
	}
}

func writeModel(b *bytes.Buffer, indent, name string, m insight.Model) {
	fmt.Fprintf(b, "%s%q:\n%s  bias: %s\n", indent, name, indent, decimal(m.Bias))
	if m.Threshold != 0 {
		fmt.Fprintf(b, "%s  threshold: %s\n", indent, decimal(m.Threshold))
	}
	fmt.Fprintf(b, "%s  weights:\n", indent)
	for _, feature := range slices.Sorted(maps.Keys(m.Weights)) {
		fmt.Fprintf(b, "%s    %q: %s\n", indent, feature, decimal(m.Weights[feature]))
	}
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
