package insight

import (
	"fmt"

	"google.golang.org/protobuf/proto"

	"github.com/callrank/callrank/pkg/lexicon"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Name and version of the engine. The version changes with every change of
// rules or weights that may change a result.
const (
	engineName    = "rules"
	engineVersion = "1.2.0"
)

// Version is the version of the engine.
func Version() string { return engineVersion }

// Rules is the default engine: no network, the same answer every time. It is
// safe for concurrent use.
type Rules struct {
	theme  *lexicon.Theme
	groups groupSets
	claims claimWeights
	traits traitWeights
	scores scoreWeights
	// questions tells whether an analyst asks about the theme.
	questions weigher
	forward   *Forward
	measures  *measures
	tenses    *tenses
}

// NewRules returns the engine for a theme, with the weights embedded in this
// package. Groups of the lexicon that the weights name and the theme lacks
// count for nothing.
func NewRules(theme *lexicon.Theme) *Rules { return NewRulesWith(theme, EmbeddedWeights()) }

// NewRulesWith returns the engine for a theme with weights of one's own.
func NewRulesWith(theme *lexicon.Theme, w Weights) *Rules {
	return &Rules{
		theme:     theme,
		groups:    groupsOf(theme),
		claims:    w.claims(theme),
		traits:    w.traits(theme),
		scores:    w.scores(),
		questions: w.Models[ModelQuestion].weigher(questionNames()),
		forward:   NewForward(),
		measures:  newMeasures(),
		tenses:    newTenses(),
	}
}

// Engine names the engine.
func (r *Rules) Engine() *callrankv1.Engine {
	return &callrankv1.Engine{Name: engineName, Version: engineVersion}
}

// Extract finds where in the call the theme is spoken of. text is the source
// text that the transcript's spans refer to. It returns an error when they do
// not lie within it.
func (r *Rules) Extract(text string, t *callrankv1.Transcript) (*callrankv1.Extraction, error) {
	x, err := r.Read(text, t)
	if err != nil {
		return nil, fmt.Errorf("extract: %w", err)
	}
	return x.Extract(), nil
}

func (r *Rules) extraction(rd *reading, found []candidate) *callrankv1.Extraction {
	return &callrankv1.Extraction{
		Passages:   rd.passages(),
		Quotes:     r.quotes(rd),
		Exchanges:  r.exchanges(rd),
		Enthusiasm: r.enthusiasm(rd, found),
		Warnings:   rd.misheardWarnings(),
	}
}

// Quantify measures what the call claims about the theme. The extraction is
// that of the same call; its exchanges tell which answers were asked for. It
// returns an error when spans do not lie within the text.
func (r *Rules) Quantify(text string, t *callrankv1.Transcript, e *callrankv1.Extraction) (*callrankv1.Quantification, error) {
	x, err := r.Read(text, t)
	if err != nil {
		return nil, fmt.Errorf("quantify: %w", err)
	}
	return x.Quantify(e)
}

func (r *Rules) quantification(rd *reading, found []candidate) *callrankv1.Quantification {
	claims := r.claimsOf(rd, found)
	warnings := r.contradictions(rd, found, claims)
	return &callrankv1.Quantification{
		Claims: claims, Substance: r.substance(rd, found, claims), Warnings: warnings, Results: r.results(rd, found),
	}
}

// Analyse does what Extract and Quantify do, from one reading of the text. It
// returns an error when spans do not lie within the text.
func (r *Rules) Analyse(text string, t *callrankv1.Transcript) (*callrankv1.Extraction, *callrankv1.Quantification, error) {
	x, err := r.Read(text, t)
	if err != nil {
		return nil, nil, fmt.Errorf("analyse: %w", err)
	}
	return x.Extract(), r.quantification(x.call, x.found), nil
}

// Assemble puts together what is known of a call, without grounding and
// conviction. What it returns shares nothing with what it was given.
func (r *Rules) Assemble(t *callrankv1.Transcript, e *callrankv1.Extraction, q *callrankv1.Quantification) *callrankv1.Analysis {
	a := &callrankv1.Analysis{
		Call:         t.GetCall(),
		Participants: t.GetParticipants(),
		Turns:        uint32(len(t.GetTurns())),
		Words:        t.GetWords(),
		Enthusiasm:   e.GetEnthusiasm(),
		Substance:    q.GetSubstance(),
		Quotes:       e.GetQuotes(),
		Claims:       q.GetClaims(),
		Exchanges:    e.GetExchanges(),
		Engine:       r.Engine(),
		Results:      q.GetResults(),
	}
	a.Warnings = append(a.Warnings, t.GetWarnings()...)
	a.Warnings = append(a.Warnings, e.GetWarnings()...)
	a.Warnings = append(a.Warnings, q.GetWarnings()...)
	return proto.CloneOf(a)
}
