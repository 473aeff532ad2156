package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/callrank/callrank/pkg/providers"
	"github.com/callrank/callrank/pkg/settings"
	"github.com/callrank/callrank/pkg/transcript"
	"github.com/callrank/callrank/services/stages"
)

// companiesCommand is `callrank companies`.
func companiesCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "companies",
		Short: "See to the companies that calls are known to be of",
		Args:  settings.Args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			return usage("companies wants import or find")
		},
	}
	command.AddCommand(companiesImport(), companiesFind())
	return command
}

func companiesImport() *cobra.Command {
	data, userAgent := defaultData, ""
	command := &cobra.Command{
		Use:   "import FILE or URL",
		Short: "Take the SEC's list of tickers (company_tickers.json) into the data directory; - reads standard input",
		Args:  settings.Args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			document, err := companiesDocument(cmd, args[0], userAgent)
			if err != nil {
				return err
			}
			imported, err := transcript.ParseSECCompanies(document)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			before, err := knownIn(data)
			if err != nil {
				// What cannot be read is replaced.
				cmd.PrintErrf("callrank: %v\n", err)
			}
			if err := replaceFile(stages.CompaniesFile(data), document); err != nil {
				return err
			}
			return reportImport(cmd.OutOrStdout(), imported, before, stages.CompaniesFile(data))
		},
	}
	flags := command.Flags()
	flags.StringVar(&data, "data", data, "directory for what is kept")
	flags.StringVar(&userAgent, "user-agent", userAgent, `who asks, with an address to write to ("Example Capital desk@example.com"): the SEC wants it with a URL`)
	return command
}

// companiesDocument reads the list that is to be imported.
func companiesDocument(cmd *cobra.Command, from, userAgent string) ([]byte, error) {
	switch {
	case from == "-":
		return providers.ReadCompanies(cmd.InOrStdin())
	case !strings.HasPrefix(from, "https://") && !strings.HasPrefix(from, "http://"):
		f, err := os.Open(from)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		return providers.ReadCompanies(f)
	case userAgent == "":
		return nil, usage("--user-agent: say who asks, with an address to write to; the SEC refuses others")
	default:
		return providers.FetchCompanies(cmd.Context(), from, userAgent)
	}
}

// knownIn is the directory that a data directory makes.
func knownIn(data string) (*transcript.Companies, error) {
	var companies stages.CompanySettings
	reader, err := companies.Reader(data)
	if reader.Companies == nil {
		reader.Companies = transcript.WellKnown()
	}
	return reader.Companies, err
}

func reportImport(to io.Writer, imported, before *transcript.Companies, file string) error {
	tickers, added := 0, 0
	for company := range imported.All() {
		tickers += 1 + len(company.OtherTickers)
		if !knows(before, company) {
			added++
		}
	}
	_, err := fmt.Fprintf(to, "%d companies with %d tickers, %d of them new, are in %s\nPrograms that run read it when they start again.\n",
		imported.Len(), tickers, added, file)
	return err
}

// knows tells whether a directory has a company under any of its tickers.
func knows(companies *transcript.Companies, company transcript.Company) bool {
	for _, ticker := range append([]string{company.Ticker}, company.OtherTickers...) {
		if _, is := companies.ByTicker(ticker); is {
			return true
		}
	}
	return false
}

// replaceFile writes a file so that whoever reads it sees the old one or the
// new one, whole.
func replaceFile(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("create the data directory: %w", err)
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write the companies: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the companies: %w", err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write the companies: %w", err)
	}
	return nil
}

func companiesFind() *cobra.Command {
	data := defaultData
	var companies stages.CompanySettings
	command := &cobra.Command{
		Use:   "find NAME or TICKER",
		Short: "Print the company that a name or a ticker is known to be of",
		Args:  settings.Args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			reader, err := companies.Reader(data)
			if err != nil {
				return err
			}
			if reader.Companies == nil {
				reader.Companies = transcript.WellKnown()
			}
			return printCompany(cmd.OutOrStdout(), reader.Companies, strings.Join(args, " "))
		},
	}
	flags := command.Flags()
	companies.Flags(flags)
	flags.StringVar(&data, "data", data, "directory that may hold companies that were imported")
	return command
}

// printCompany prints the company that is called so, and the one that has such
// a ticker if that is another.
func printCompany(to io.Writer, companies *transcript.Companies, of string) error {
	named, isName := companies.ByName(of)
	listed, isTicker := companies.ByTicker(of)
	if !isName && !isTicker {
		return fmt.Errorf("none of %d companies has the name or ticker %q: `callrank companies import` takes a list of more", companies.Len(), of)
	}
	var found []transcript.Company
	if isTicker {
		found = append(found, listed)
	}
	if isName && (!isTicker || named.Ticker != listed.Ticker) {
		found = append(found, named)
	}
	for _, company := range found {
		also := ""
		if len(company.OtherTickers) > 0 {
			also = "  also " + strings.Join(company.OtherTickers, ", ")
		}
		if _, err := fmt.Fprintf(to, "%-8s %s%s\n", company.Ticker, company.Name, also); err != nil {
			return err
		}
	}
	return nil
}
