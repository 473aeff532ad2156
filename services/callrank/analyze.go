package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/conviction"
	"github.com/callrank/callrank/pkg/insight"
	"github.com/callrank/callrank/pkg/lexicon"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
	"github.com/callrank/callrank/services/report"
	"github.com/callrank/callrank/services/stages"
)

// Formats that commands print.
const (
	formatTable = "table"
	formatJSON  = "json"
	formatText  = "text"
)

// errSomeFailed is the error of a command some of whose files failed, which it
// has told of one by one.
var errSomeFailed = errors.New("not every file could be worked on")

// analyzeCommand is `callrank analyze`.
func analyzeCommand() *cobra.Command {
	var a analyzer
	ground := stages.DefaultGroundSettings()
	var scoring stages.RankSettings
	var stated statedFacts
	var companies stages.CompanySettings
	format, previous, data := formatTable, "", defaultData
	log := settings.Log{Level: "warn", Format: "console"}
	command := &cobra.Command{
		Use:   "analyze FILE...",
		Short: "Analyse transcripts in files, without any server; - reads standard input",
		Args:  settings.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := a.check(format); err != nil {
				return err
			}
			facts, err := stated.parse()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			if stated.given() && len(files) > 1 {
				return usage("--ticker, --period and --date are for one file")
			}
			logger, err := log.Logger()
			if err != nil {
				return &settings.UsageError{Err: err}
			}
			if a.grounder, err = ground.Grounder(logger); err != nil {
				return err
			}
			if err := a.open(&companies, data, &scoring); err != nil {
				return err
			}
			if previous != "" {
				if a.previous, err = a.read(cmd.Context(), previous, transcript.Facts{}); err != nil {
					return fmt.Errorf("--previous %s: %w", previous, err)
				}
			}
			failed := false
			for _, file := range files {
				if err := a.print(cmd, file, facts, format); err != nil {
					cmd.PrintErrf("callrank: %s: %v\n", file, err)
					failed = true
				}
			}
			if failed {
				return errSomeFailed
			}
			return nil
		},
	}
	flags := command.Flags()
	flags.SortFlags = false
	flags.StringVar(&format, "format", format, "what is printed: table, json (one object a line) or text (what spans refer to)")
	ground.Flags(flags)
	flags.StringVar(&a.explain, "explain", explainNothing, "also tell why: of figures of claims, or of near misses too (all)")
	flags.Lookup("explain").NoOptDefVal = explainClaims
	flags.StringVar(&previous, "previous", "", "file of the company's call before this one, for the trend")
	scoring.Flags(flags)
	stated.flags(flags)
	companies.Flags(flags)
	flags.StringVar(&data, "data", data, "directory that may hold companies that were imported")
	log.Flags(flags)
	return command
}

// check reports a format or an explanation that there is not.
func (a *analyzer) check(format string) error {
	if format != formatTable && format != formatJSON && format != formatText {
		return usage("--format %q: wants table, json or text", format)
	}
	if a.explain != explainNothing && a.explain != explainClaims && a.explain != explainAll {
		return usage("--explain %q: wants claims or all", a.explain)
	}
	return nil
}

// usage is an error of usage.
func usage(format string, values ...any) error {
	return &settings.UsageError{Err: fmt.Errorf(format, values...)}
}

// analyzer runs the five stages on files, one function after the other.
type analyzer struct {
	reader   transcript.Reader
	engine   *insight.Rules
	grounder *stages.Grounder
	weights  *conviction.Weights
	previous *analysed
	// explain is what --explain tells of.
	explain string
}

// analysed is a call as analysed, with the text its spans refer to.
type analysed struct {
	text       string
	transcript *callrankv1.Transcript
	analysis   *callrankv1.Analysis
}

// open makes what reads, finds and scores.
func (a *analyzer) open(companies *stages.CompanySettings, data string, scoring *stages.RankSettings) (err error) {
	a.engine = insight.NewRules(lexicon.AI())
	if a.reader, err = companies.Reader(data); err != nil {
		return err
	}
	a.weights, err = scoring.Weights()
	return err
}

// print analyses one file and prints it in a format.
func (a *analyzer) print(cmd *cobra.Command, file string, facts transcript.Facts, format string) error {
	if format == formatText {
		source, err := decodeFile(file)
		if err != nil {
			return err
		}
		_, err = io.WriteString(cmd.OutOrStdout(), source.Text)
		return err
	}
	call, err := a.read(cmd.Context(), file, facts)
	if err != nil {
		return err
	}
	var decisions []insight.Decision
	if a.explain != explainNothing {
		if decisions, err = a.decisions(call.text, call.transcript); err != nil {
			return err
		}
	}
	if format == formatTable {
		return errors.Join(report.Analysis(cmd.OutOrStdout(), call.analysis), a.printWhy(cmd.OutOrStdout(), decisions))
	}
	b, err := callrankv1.JSON(call.analysis)
	if err != nil {
		return err
	}
	if a.explain != explainNothing {
		if b, err = explainedJSON(b, decisions); err != nil {
			return err
		}
	}
	_, err = cmd.OutOrStdout().Write(append(b, '\n'))
	return err
}

// read runs a file through the stages.
func (a *analyzer) read(ctx context.Context, file string, facts transcript.Facts) (*analysed, error) {
	source, err := decodeFile(file)
	if err != nil {
		return nil, err
	}
	// Ingest.
	read, err := a.reader.Read(source, facts)
	if err != nil {
		return nil, err
	}
	// Extract and quantify.
	extraction, quantification, err := a.engine.Analyse(source.Text, read)
	if err != nil {
		return nil, err
	}
	analysis := a.engine.Assemble(read, extraction, quantification)
	// Ground.
	if _, err := a.grounder.Ground(ctx, analysis); err != nil {
		return nil, err
	}
	// Rank, as far as one company goes.
	analysis.Conviction = a.convict(analysis)
	return &analysed{source.Text, read, analysis}, nil
}

// convict scores a call against the one before it.
func (a *analyzer) convict(analysis *callrankv1.Analysis) *callrankv1.Conviction {
	latest := conviction.Summarise(&callrankv1.Provenance{}, analysis, 0)
	var before *callrankv1.CallSummary
	if a.previous != nil {
		before = conviction.Summarise(&callrankv1.Provenance{}, a.previous.analysis, 0)
	}
	return conviction.Score(latest, before, a.weights)
}

// decodeFile reads the text of a file, or of standard input for -.
func decodeFile(file string) (transcript.Source, error) {
	document, err := readDocument(file)
	if err != nil {
		return transcript.Source{}, err
	}
	return transcript.Decode(document)
}

// readDocument reads the document of a call.
func readDocument(file string) ([]byte, error) { return readFile(file, transcript.MaxDocument) }

// readFile reads a file, or standard input for -, up to what is refused as too
// large anyway: more than so many bytes.
func readFile(file string, most int64) ([]byte, error) {
	var in io.Reader = os.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	document, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return document, nil
}
