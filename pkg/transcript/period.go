package transcript

import (
	"fmt"
	"strings"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// Period is a fiscal period: a quarter of a fiscal year, or a half of one that
// a company reports on by half-years. Zero fields are unknown.
type Period struct {
	Year    int
	Quarter int // 1 to 4
	Half    int // 1 or 2, where there is no quarter
}

// PeriodOf is the period of a call, as far as it is known.
func PeriodOf(call *callrankv1.Call) Period {
	p := Period{Year: int(call.GetFiscalYear()), Quarter: int(call.GetFiscalQuarter())}
	if p.Quarter == 0 {
		p.Half = int(call.GetFiscalHalf())
	}
	return p
}

// Period is the period that the facts state. A quarter tells more than the half
// it is in.
func (f Facts) Period() Period {
	p := Period{Year: f.FiscalYear, Quarter: f.FiscalQuarter}
	if p.Quarter == 0 {
		p.Half = f.FiscalHalf
	}
	return p
}

// ParsePeriod reads a period as people type it: 2025Q4, FY2025 Q4, Q4 FY2025,
// 2025H1, H1-2025.
func ParsePeriod(s string) (Period, error) {
	// What it may be set with tells nothing.
	bare := strings.NewReplacer("FY", "", " ", "", "-", "").Replace(strings.ToUpper(s))
	const form = len("2025Q4")
	if len(bare) == form && (bare[0] == 'Q' || bare[0] == 'H') { // Q42025
		bare = bare[2:] + bare[:2]
	}
	if len(bare) == form {
		p := Period{Year: number(bare[:4])}
		switch n := number(bare[5:]); bare[4] {
		case 'Q':
			p.Quarter = n
		case 'H':
			p.Half = n
		}
		if p.isWhole() {
			return p, nil
		}
	}
	return Period{}, fmt.Errorf("%q is no fiscal period such as 2025Q4 or 2025H1", s)
}

// String is the period as the id of a call has it: 2025Q4, 2025H1.
func (p Period) String() string {
	if p.Quarter == 0 && p.Half != 0 {
		return fmt.Sprintf("%dH%d", p.Year, p.Half)
	}
	return fmt.Sprintf("%dQ%d", p.Year, p.Quarter)
}

// isWhole reports whether the period is known and can be one.
func (p Period) isWhole() bool {
	quarter := p.Quarter >= 1 && p.Quarter <= 4 && p.Half == 0
	half := p.Quarter == 0 && (p.Half == 1 || p.Half == 2)
	return plausibleYear(p.Year) && (quarter || half)
}

// within reports whether the period is a quarter with which a half ends:
// results of both are told on one call.
func (p Period) within(half Period) bool {
	return p.Year == half.Year && half.Half != 0 && p.Quarter == 2*half.Half
}

// halfOf is the half of the year that a quarter is in.
func halfOf(quarter int) int { return (quarter + 1) / 2 }
