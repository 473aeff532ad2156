package providers

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/callrank/callrank/pkg/retrieval"
	"github.com/callrank/callrank/pkg/transcript"
)

// Companies reads a directory of companies from a file in the form of the SEC's
// company_tickers.json.
func Companies(path string) (*transcript.Companies, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the list of companies: %w", err)
	}
	defer func() { _ = f.Close() }()
	document, err := ReadCompanies(f)
	if err != nil {
		return nil, err
	}
	companies, err := transcript.ParseSECCompanies(document)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return companies, nil
}

// ReadCompanies reads a list of companies, up to what is refused as too large
// anyway.
func ReadCompanies(from io.Reader) ([]byte, error) {
	document, err := io.ReadAll(io.LimitReader(from, transcript.MaxCompaniesDocument+1))
	if err != nil {
		return nil, fmt.Errorf("read the list of companies: %w", err)
	}
	return document, nil
}

// FetchCompanies fetches a list of companies over HTTP. The SEC answers only
// those whose user agent says who they are and how to write to them.
func FetchCompanies(ctx context.Context, address, userAgent string) ([]byte, error) {
	const perSecond = 1
	pace := defaultPace()
	client := retrieval.NewClient(pace.ask(retrieval.Config{
		Name: "the list of companies", PerSecond: perSecond, MaxBody: transcript.MaxCompaniesDocument,
		Header: http.Header{"User-Agent": {userAgent}, "Accept": {"application/json"}},
	}))
	defer client.Close()
	document, err := client.Get(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("fetch the list of companies: %w", err)
	}
	return document, nil
}
