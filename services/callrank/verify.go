package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Bounds of what is checked in one go.
const (
	mostClaimBytes = 16 << 20
	mostClaims     = 10_000
	mostQuoteBytes = 64 << 10
	mostFigures    = 64
)

// claimed is one claim as it comes: see the contracts. Fields beyond these are
// left alone, so that what other programs print can be checked as it is.
type claimed struct {
	Quote   string   `json:"quote"`
	Figures []string `json:"figures"`
	Speaker string   `json:"speaker"`
}

// verdict is what is printed for one claim.
type verdict struct {
	OK     bool   `json:"ok"`
	Reason string `json:"reason"`
	// Source is where the quote stands in the text that `analyze --format
	// text` prints; absent where it does not.
	Source *callrankv1.Span `json:"source,omitempty"`
}

// errSomeRefused is the error of --strict when a claim does not pass.
var errSomeRefused = errors.New("not every claim stands in the transcript")

// verifyCommand is `callrank verify`.
func verifyCommand() *cobra.Command {
	file, strict := "", false
	command := &cobra.Command{
		Use:   "verify --transcript FILE CLAIMS.json",
		Short: "Check claims from anywhere against a transcript, to the letter; - reads standard input",
		Long: "Checks claims from anywhere (a model, a vendor) against a transcript. CLAIMS.json holds\n" +
			`[{"quote": "...", "figures": ["..."]}], with "speaker" where somebody is named; printed is` + "\n" +
			`[{"ok": true or false, "reason": "..."}] in the same order.` + "\n\n" +
			"A claim passes when its quote reads in the transcript to the letter, said by management or by the\n" +
			"speaker named, and each figure is a whole quantity in it. Only white space and the shapes of quotation\n" +
			"marks and dashes are folded. The exit code is 0 when all claims were checked, whether they pass or not.",
		Args: settings.Args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return usage("--transcript: name the file of the transcript")
			}
			if file == "-" && args[0] == "-" {
				return usage("standard input is either the transcript or the claims")
			}
			verifier, err := openVerifier(file)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			claims, err := readClaims(args[0])
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			refused, err := printVerdicts(cmd.OutOrStdout(), verifier, claims)
			if err == nil && strict && refused > 0 {
				err = errSomeRefused
			}
			return err
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&file, "transcript", "", "file of the transcript, in any layout")
	flags.BoolVar(&strict, "strict", false, "exit with 1 when a claim does not pass")
	return command
}

// openVerifier reads a transcript. A text that is none is checked against all
// the same, only that nobody is known to have said it.
func openVerifier(file string) (*insight.Verifier, error) {
	source, err := decodeFile(file)
	if err != nil {
		return nil, err
	}
	read, err := transcript.Read(source, transcript.Facts{})
	if err != nil {
		read = nil
	}
	return insight.NewVerifier(source.Text, read)
}

// readClaims reads the claims of a file, or of standard input for -.
func readClaims(file string) ([]claimed, error) {
	var in io.Reader = os.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, mostClaimBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(text) > mostClaimBytes {
		return nil, fmt.Errorf("more than %d MiB of claims: check them in parts", mostClaimBytes>>20)
	}
	return parseClaims(text)
}

// parseClaims reads a JSON array claim by claim, so that an error tells which.
func parseClaims(text []byte) ([]claimed, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(text))
	opening, err := dec.Token()
	if err != nil {
		return nil, malformed(text, dec.InputOffset(), err)
	}
	if opening != json.Delim('[') {
		return nil, fmt.Errorf(`%s: wants an array of claims: [{"quote": "...", "figures": ["..."]}]`, placeIn(text, 0))
	}
	claims := []claimed{}
	for dec.More() {
		var c *claimed
		at := pastComma(text, dec.InputOffset())
		if err := dec.Decode(&c); err != nil {
			return nil, fmt.Errorf("claim %d: %w", len(claims)+1, malformed(text, at, err))
		}
		if err := c.check(); err != nil {
			return nil, fmt.Errorf("claim %d, %s: %w", len(claims)+1, placeIn(text, at), err)
		}
		if claims = append(claims, *c); len(claims) > mostClaims {
			return nil, fmt.Errorf("more than %d claims: check them in parts", mostClaims)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, malformed(text, dec.InputOffset(), err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: something follows the array of claims", placeIn(text, dec.InputOffset()))
	}
	return claims, nil
}

// check refuses what is no claim, or one too large.
func (c *claimed) check() error {
	switch {
	case c == nil:
		return errors.New("wants an object, got null")
	case c.Quote == "":
		return errors.New(`"quote" is missing or empty`)
	case len(c.Quote) > mostQuoteBytes:
		return fmt.Errorf(`"quote" is longer than %d bytes`, mostQuoteBytes)
	case len(c.Figures) > mostFigures:
		return fmt.Errorf(`"figures" has more than %d entries`, mostFigures)
	}
	return nil
}

// malformed tells what is wrong with the JSON, and where.
func malformed(text []byte, at int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		// A decoder counts from somewhere else than the beginning; reading all
		// of it again does not.
		var all json.RawMessage
		_ = errors.As(json.Unmarshal(text, &all), &syntax)
		return fmt.Errorf("%s: not JSON: %w", placeIn(text, syntax.Offset-1), err)
	case errors.As(err, &kind):
		field := "a claim"
		if kind.Field != "" {
			field = fmt.Sprintf("%q", kind.Field)
		}
		// The offset is counted from where the claim begins.
		return fmt.Errorf("%s: %s cannot be a JSON %s", placeIn(text, at+kind.Offset-1), field, kind.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: not JSON: it ends too early", placeIn(text, int64(len(text))))
	}
	return fmt.Errorf("%s: %w", placeIn(text, at), err)
}

// pastComma is the offset after the comma that stands at it or, behind white
// space, after it; the offset itself where there is none.
func pastComma(text []byte, at int64) int64 {
	if i := pastSpace(text, at); i < int64(len(text)) && text[i] == ',' {
		return i + 1
	}
	return at
}

func pastSpace(text []byte, at int64) int64 {
	for at < int64(len(text)) && strings.IndexByte(" \t\r\n", text[at]) >= 0 {
		at++
	}
	return at
}

// placeIn is the line and column of the first byte that is no white space from
// an offset on.
func placeIn(text []byte, at int64) string {
	at = pastSpace(text, min(max(at, 0), int64(len(text))))
	before := text[:at]
	return fmt.Sprintf("line %d, column %d", bytes.Count(before, []byte("\n"))+1, len(before)-bytes.LastIndexByte(before, '\n'))
}

// printVerdicts checks the claims one by one and prints the array, a claim a
// line.
func printVerdicts(to io.Writer, verifier *insight.Verifier, claims []claimed) (refused int, err error) {
	out := bufio.NewWriter(to)
	_ = out.WriteByte('[') // what goes wrong is kept and told by Flush
	for i, c := range claims {
		v := verdict{OK: true}
		if v.Source, err = verifier.Verify(insight.Statement{Quote: c.Quote, Figures: c.Figures, Speaker: c.Speaker}); err != nil {
			v.OK, v.Reason = false, err.Error()
			refused++
		} else {
			v.Reason = fmt.Sprintf("reads at bytes %d to %d", v.Source.GetStart(), v.Source.GetEnd())
		}
		line, err := encode(v)
		if err != nil {
			return refused, err
		}
		if i > 0 {
			_, _ = out.WriteString(",\n ")
		}
		_, _ = out.Write(line)
	}
	_, _ = out.WriteString("]\n")
	return refused, out.Flush()
}

// encode is JSON with "<" and "&" as they are: it goes to terminals and
// programs, not into pages.
func encode(v verdict) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("print a verdict: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
}
