// Package gold reads calls that careful readers annotated claim by claim, and
// finds the readers' figures in the text of the call.
package gold

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Call is one annotated call.
type Call struct {
	// Name is that of its file; Company is its ticker, which tells calls of
	// one company together.
	Name, Company string
	// Text is the source text that spans refer to.
	Text       string
	Transcript *callrankv1.Transcript
	// Figures are the readers' figures, in the order of their file.
	Figures []Figure
	// Questions are the analysts' questions.
	Questions []Question
	// Enthusiasm and Substance are the readers' scores; nil where none is
	// given.
	Enthusiasm, Substance *float64
	// Sum is the SHA-256 of the annotations and the text.
	Sum [sha256.Size]byte
	// Unplaced counts the figures that do not stand in the text as quoted.
	Unplaced int
}

// Figure is a figure of a claim that a reader marked.
type Figure struct {
	// Start and End are its place in the text, in bytes.
	Start, End int
	// Claim is what the reader says of its claim; Text, Value, Low, High and
	// Unit are the figure's own.
	Claim            *Claim
	Text             string   `json:"text"`
	Value, Low, High *float64 `json:"-"`
	Unit             string   `json:"unit"`
	// Required: an engine that misses it is wrong; others may be found or not.
	Required bool `json:"required"`
}

// Claim is a claim as a reader marked it.
type Claim struct {
	Quote       string       `json:"quote"`
	Speaker     string       `json:"speaker"`
	Section     string       `json:"section"`
	Relevance   string       `json:"relevance"`
	Orientation string       `json:"orientation"`
	Line        string       `json:"line"`
	Kind        string       `json:"kind"`
	Figures     []figureForm `json:"figures"`
}

type figureForm struct {
	Text     string   `json:"text"`
	Value    *float64 `json:"value"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	Unit     string   `json:"unit"`
	Required bool     `json:"required"`
}

// Question is an analyst's question.
type Question struct {
	Analyst string `json:"analyst"`
	// About tells whether it is about the theme; nil where readers differ.
	About *bool `json:"about_ai"`
}

// file is the form of an annotated call.
type file struct {
	Transcript string `json:"transcript"`
	Call       struct {
		Ticker string `json:"ticker"`
	} `json:"call"`
	Enthusiasm *float64   `json:"enthusiasm"`
	Substance  *float64   `json:"substance"`
	Claims     []*Claim   `json:"claims"`
	Questions  []Question `json:"questions"`
}

// ErrAbsent is the error where the annotated calls are not there.
var ErrAbsent = errors.New("the annotated calls are not here: they belong to their publishers; give their directory, which has gold/ and the transcripts, with --shared or CALLRANK_SHARED")

// page is a file among the annotations that is of no call.
const page = "page.json"

// Load reads all annotated calls below root, in the order of their names.
func Load(root string) ([]*Call, error) {
	names, err := filepath.Glob(filepath.Join(root, "gold", "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list the annotated calls: %w", err)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return filepath.Base(n) == page })
	if root == "" || len(names) == 0 {
		return nil, ErrAbsent
	}
	slices.Sort(names)
	calls := make([]*Call, 0, len(names))
	for _, n := range names {
		c, err := load(root, n)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", filepath.Base(n), err)
		}
		calls = append(calls, c)
	}
	return calls, nil
}

func load(root, name string) (*Call, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	document, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Transcript)))
	if err != nil {
		return nil, err
	}
	src, err := transcript.Decode(document)
	if err != nil {
		return nil, fmt.Errorf("decode %s: %w", f.Transcript, err)
	}
	t, err := transcript.Read(src, transcript.Facts{})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Transcript, err)
	}
	c := &Call{
		Name: strings.TrimSuffix(filepath.Base(name), ".json"), Company: f.Call.Ticker, Text: src.Text, Transcript: t,
		Questions: f.Questions, Enthusiasm: f.Enthusiasm, Substance: f.Substance,
	}
	c.Sum = sha256.Sum256(append(slices.Clip(data), document...))
	c.place(f.Claims)
	return c, nil
}

// place finds the readers' figures in the text. Readers quote with white space
// folded.
func (c *Call) place(claims []*Claim) {
	text := Squash(c.Text)
	for _, claim := range claims {
		at := strings.Index(text.Words, claim.Quote)
		for _, f := range claim.Figures {
			k := -1
			if at >= 0 {
				k = strings.Index(claim.Quote, f.Text)
			}
			if k < 0 {
				c.Unplaced++
				continue
			}
			start := at + k
			c.Figures = append(c.Figures, Figure{
				Start: text.Source(start), End: text.Source(start+len(f.Text)-1) + 1,
				Claim: claim, Text: f.Text, Value: f.Value, Low: f.Low, High: f.High, Unit: f.Unit, Required: f.Required,
			})
		}
	}
}

// Silent reports a call in which the readers found no claim.
func (c *Call) Silent() bool { return len(c.Figures) == 0 }

// LastName is the last name of a person in lower case, letters only; empty where
// there is none.
func LastName(name string) string {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, words[len(words)-1])
}
