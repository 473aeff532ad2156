package transcript

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// The years of a fiscal period or a call date that are taken for real.
const (
	earliestYear = 1990
	latestYear   = 2099
)

// maxTicker is the length of the longest ticker, in bytes.
const maxTicker = 12

// Facts are what a publisher states of a call beside the text. Zero values are
// unknown.
type Facts struct {
	// Ticker in any usual form; Read brings it into the form of NormaliseTicker.
	Ticker string
	// Company is its name as the publisher writes it.
	Company string
	// FiscalYear and FiscalQuarter (1 to 4), or FiscalHalf (1 or 2) where the
	// company reports by half-year, are the company's own period, which need not
	// follow the calendar.
	FiscalYear, FiscalQuarter, FiscalHalf int
	// CallDate is the day of the call in ISO 8601: 2026-02-05.
	CallDate string
}

// Validate reports every fact that cannot be true: a ticker that is none, a
// quarter outside 1 to 4, a half outside 1 and 2, either without a year, a
// quarter that is not in the half, an implausible year, a date that is not in
// the calendar, a name that is not UTF-8.
func (f Facts) Validate() error {
	var faults []error
	if f.Ticker != "" {
		if _, err := NormaliseTicker(f.Ticker); err != nil {
			faults = append(faults, err)
		}
	}
	if !utf8.ValidString(f.Company) {
		faults = append(faults, fmt.Errorf("company %q is not UTF-8", f.Company))
	}
	faults = append(faults, f.periodFaults()...)
	if f.CallDate != "" {
		if err := validDate(f.CallDate); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// periodFaults reports what cannot be true of the stated period.
func (f Facts) periodFaults() []error {
	var faults []error
	if f.FiscalYear != 0 && !plausibleYear(f.FiscalYear) {
		faults = append(faults, fmt.Errorf("fiscal year %d is not between %d and %d", f.FiscalYear, earliestYear, latestYear))
	}
	if f.FiscalQuarter < 0 || f.FiscalQuarter > 4 {
		faults = append(faults, fmt.Errorf("fiscal quarter %d is not between 1 and 4", f.FiscalQuarter))
	}
	if f.FiscalHalf < 0 || f.FiscalHalf > 2 {
		faults = append(faults, fmt.Errorf("fiscal half %d is not 1 or 2", f.FiscalHalf))
	}
	if f.FiscalHalf != 0 && f.FiscalYear == 0 {
		faults = append(faults, fmt.Errorf("fiscal half %d is stated without its year", f.FiscalHalf))
	}
	if f.FiscalHalf != 0 && f.FiscalQuarter != 0 && halfOf(f.FiscalQuarter) != f.FiscalHalf {
		faults = append(faults, fmt.Errorf("fiscal quarter %d is not in half %d", f.FiscalQuarter, f.FiscalHalf))
	}
	if f.FiscalQuarter != 0 && f.FiscalYear == 0 {
		faults = append(faults, fmt.Errorf("fiscal quarter %d is stated without its year", f.FiscalQuarter))
	}
	return faults
}

func plausibleYear(year int) bool { return year >= earliestYear && year <= latestYear }

func validDate(date string) error {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return fmt.Errorf("call date %q is not a day such as 2026-02-05: %w", date, err)
	}
	if !plausibleYear(day.Year()) {
		return fmt.Errorf("call date %s is not between %d and %d", date, earliestYear, latestYear)
	}
	return nil
}

// CallID names a call by ticker and fiscal period, such as AMZN-2025Q4 or
// TARN-2025H1; where the period is unknown, by ticker and date, such as
// AMZN-20260205. It is empty when neither can be told. The ticker is taken as
// it stands.
func CallID(ticker string, period Period, date string) string {
	switch {
	case ticker == "":
		return ""
	case period.isWhole():
		return ticker + "-" + period.String()
	case date != "" && validDate(date) == nil:
		return ticker + "-" + strings.ReplaceAll(date, "-", "")
	default:
		return ""
	}
}

// NormaliseTicker brings a ticker into the form the SEC writes: upper case, a
// share class after a hyphen (BRK.B and BRK/B become BRK-B). It is an error if
// what remains is not one to twelve letters, digits and hyphens that begin with
// a letter or digit.
func NormaliseTicker(s string) (string, error) {
	ticker := strings.ToUpper(strings.TrimSpace(s))
	ticker = classMarks.Replace(ticker)
	if ticker == "" || len(ticker) > maxTicker || ticker[0] == '-' {
		return "", fmt.Errorf("%q is not a ticker such as AMZN or BRK-B", s)
	}
	for i := range len(ticker) {
		c := ticker[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return "", fmt.Errorf("%q is not a ticker such as AMZN or BRK-B", s)
		}
	}
	return ticker, nil
}

// classMarks are the ways in which a share class is set off.
var classMarks = strings.NewReplacer(".", "-", "/", "-")
