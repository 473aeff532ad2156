package providers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"
	"go.uber.org/zap"

	"github.com/callrank/callrank/pkg/fundamentals"
	"github.com/callrank/callrank/pkg/retrieval"
)

const (
	// maxFacts bounds a document of the SEC, in bytes.
	maxFacts = 64 << 20
	// maxContact bounds what we call ourselves.
	maxContact = 200
	// maxRate is what the SEC allows, in requests a second, of one user on
	// however many machines.
	maxRate = 10
	// companiesKept is how many companies are kept in memory.
	companiesKept = 512

	// edgarName is what the SEC's server is called in errors and reasons.
	edgarName = "EDGAR"
	// extension of a company's document.
	extension = ".json"

	edgarTickers = "https://www.sec.gov/files/company_tickers.json"
	edgarFacts   = "https://data.sec.gov/api/xbrl/companyfacts/"
)

// EDGARConfig is how the SEC's EDGAR is asked.
type EDGARConfig struct {
	// Contact is who asks, as the SEC wants to know it: a name and an e-mail
	// address.
	Contact string
	// Cache is a directory for what was got; nothing is kept on disk without.
	Cache string
	// MaxAge is how long what was got is as good as new.
	MaxAge time.Duration
	// PerSecond is the most requests a second. Those of all programs that ask
	// for the same user count together.
	PerSecond float64
	// URL is the address of a mirror with the SEC's paths; the SEC's own
	// without.
	URL string
	// Log is told of old copies and of what could not be kept; nil for nobody.
	Log *zap.Logger
}

// DefaultEDGAR is the configuration but for who asks.
func DefaultEDGAR() EDGARConfig {
	const halfADay, courteous = 12 * time.Hour, 8
	return EDGARConfig{MaxAge: halfADay, PerSecond: courteous}
}

// Validate tells what is wrong with the configuration.
func (c *EDGARConfig) Validate() error {
	printable := strings.IndexFunc(c.Contact, func(r rune) bool { return r < ' ' || r > '~' }) < 0
	fields := strings.Fields(c.Contact)
	var problems []error
	if !printable || len(c.Contact) > maxContact || len(fields) < 2 || !strings.Contains(c.Contact, "@") {
		problems = append(problems, fmt.Errorf("contact %q: the SEC wants to know who asks: a name and an e-mail address in plain letters, such as \"Jane Doe jane@example.com\"", c.Contact))
	}
	if c.MaxAge < 0 {
		problems = append(problems, fmt.Errorf("age %s: wants 0 or more", c.MaxAge))
	}
	if !(c.PerSecond > 0 && c.PerSecond <= maxRate) {
		problems = append(problems, fmt.Errorf("rate %g: wants more than 0 and, as the SEC asks, no more than %d a second", c.PerSecond, maxRate))
	}
	if c.URL != "" {
		if u, err := url.Parse(c.URL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			problems = append(problems, fmt.Errorf("address %q: wants http:// or https:// and a host", c.URL))
		}
	}
	return errors.Join(problems...)
}

// EDGARSource reads companies from the facts that the SEC takes from their
// filings. It knows filed years and quarters, and nothing of consensus, prices,
// segments or owners.
type EDGARSource struct {
	documents  *retrieval.Documents
	pace       pace
	tickersURL string
	factsURL   string
	tickers    tickerList
	companies  *otter.Cache[string, recent]
	maxAge     time.Duration
}

// recent is a company, and when it was read.
type recent struct {
	company *fundamentals.Company
	read    time.Time
}

// EDGAR makes the source. Nothing is asked yet.
func EDGAR(config EDGARConfig) (*EDGARSource, error) {
	return newEDGAR(config, defaultPace())
}

func newEDGAR(config EDGARConfig, pace pace) (*EDGARSource, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	refused := fmt.Sprintf("the SEC refuses who does not say in the User-Agent who they are, or asked too fast: "+
		"it was %q, check the contact and wait ten minutes", config.Contact)
	client := retrieval.NewClient(pace.ask(retrieval.Config{
		Name: edgarName, MaxBody: maxFacts, PerSecond: config.PerSecond, Moved: "check --edgar-url",
		Header:  http.Header{"User-Agent": {config.Contact}, "Accept": {"application/json"}},
		Reasons: map[int]string{http.StatusUnauthorized: refused, http.StatusForbidden: refused},
	}))
	documents, err := retrieval.Keep(client, retrieval.Keeping{
		Cache: config.Cache, MaxAge: config.MaxAge, Log: config.Log, Now: pace.now,
		RefusesAll: []int{http.StatusUnauthorized, http.StatusForbidden},
	})
	if err != nil {
		return nil, err
	}
	s := &EDGARSource{documents: documents, pace: pace, tickersURL: edgarTickers, factsURL: edgarFacts, maxAge: config.MaxAge}
	if config.URL != "" {
		base := strings.TrimRight(config.URL, "/")
		s.tickersURL, s.factsURL = base+"/files/company_tickers.json", base+"/api/xbrl/companyfacts/"
	}
	s.companies, err = otter.New(&otter.Options[string, recent]{MaximumSize: companiesKept})
	if err != nil {
		return nil, fmt.Errorf("make a cache of companies: %w", err)
	}
	return s, nil
}

// Company returns the filed years and quarters of the company listed under a
// ticker. The error wraps fundamentals.ErrUnknown where the SEC has no such
// company or no figures of it, fundamentals.ErrRefused where it does not answer
// us, and a *fundamentals.FieldError where its document cannot be used; others
// pass, and are a *fundamentals.OutageError unless the context ended.
func (s *EDGARSource) Company(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	folded, ok := fundamentals.Ticker(ticker)
	if !ok {
		return nil, fmt.Errorf("%q is not a ticker: %w", ticker, fundamentals.ErrUnknown)
	}
	asking, cancel := s.pace.bounded(ctx)
	defer cancel()
	company, err := s.find(asking, folded)
	if ctx.Err() != nil {
		return company, err
	}
	return company, failure(err, edgarName, s.documents.RetryAt())
}

// find finds a company by its ticker, folded.
func (s *EDGARSource) find(ctx context.Context, ticker string) (*fundamentals.Company, error) {
	cik, err := s.tickers.find(ctx, s, ticker)
	if err != nil {
		return nil, err
	}
	if known, ok := s.companies.GetIfPresent(cik); ok && s.pace.now().Sub(known.read) < s.maxAge {
		return under(ticker, known.company), nil
	}
	return s.read(ctx, cik, ticker)
}

// read gets and reads the facts of a company.
func (s *EDGARSource) read(ctx context.Context, cik, ticker string) (*fundamentals.Company, error) {
	got, err := s.documents.Get(ctx, s.factsURL+"CIK"+cik+extension)
	switch {
	case errors.Is(err, retrieval.ErrNone):
		return nil, fmt.Errorf("EDGAR has no facts of %s, CIK %s: %w", ticker, cik, fundamentals.ErrUnknown)
	case err != nil:
		return nil, fmt.Errorf("facts of %s, CIK %s: %w", ticker, cik, err)
	}
	company, number, err := fundamentals.ParseCompanyFacts(got.Body, ticker)
	if err != nil {
		return nil, fmt.Errorf("read EDGAR's facts of %s, CIK %s: %w", ticker, cik, err)
	}
	if number != cik {
		return nil, fmt.Errorf("read EDGAR's facts of %s: %w", ticker, &fundamentals.FieldError{
			Field: "cik", Problem: fmt.Sprintf("want %s as was asked for, got %s", cik, number),
		})
	}
	if len(company.Actuals)+len(company.Quarters) == 0 {
		return nil, fmt.Errorf("EDGAR's facts of %s, CIK %s, have no fiscal year or quarter: %w", ticker, cik, fundamentals.ErrUnknown)
	}
	company.Document = "SEC EDGAR, CIK " + cik
	if got.Old == nil {
		s.companies.Set(cik, recent{company, got.Got})
		return company, nil
	}
	company.Document += fmt.Sprintf(" (copy of %s: EDGAR could not be asked)", got.Got.UTC().Format(time.DateOnly))
	outages := fundamentals.Outages(nil, failure(got.Old, edgarName, s.documents.RetryAt()))
	return company.WithOutages(outages...), nil
}

// under is a company under one of the tickers of its shares.
func under(ticker string, company *fundamentals.Company) *fundamentals.Company {
	if company.Ticker == ticker {
		return company
	}
	other := *company
	other.Ticker = ticker
	return &other
}
