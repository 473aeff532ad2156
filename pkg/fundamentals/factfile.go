package fundamentals

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

const (
	// maxCompanyFacts bounds a document in bytes. The largest companies' have
	// some ten million.
	maxCompanyFacts = 64 << 20
	// maxLabel is longer than the name of any form or accession number.
	maxLabel  = 25
	secsADay  = 24 * 60 * 60
	firstDate = "1990-01-01"
	lastDate  = "2199-12-31"
)

// day is a date, counted in days.
type day int

func parseDay(s string) (day, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || s < firstDate || s > lastDate {
		return 0, false
	}
	return day(t.Unix() / secsADay), true
}

func (d day) date() time.Time { return time.Unix(int64(d)*secsADay, 0).UTC() }

func (d day) String() string { return d.date().Format(time.DateOnly) }

// span is a period, both days included.
type span struct{ start, end day }

func (s span) days() int { return int(s.end-s.start) + 1 }

// near tells that two spans are the same, give or take what weeks do to years.
func (s span) near(other span) bool {
	return abs(s.start-other.start) <= slack && abs(s.end-other.end) <= slack
}

func abs(d day) day { return max(d, -d) }

// fact is a figure of a filing over a period.
type fact struct {
	span
	filing

	concept  string
	currency string
	value    decimal.Decimal
	// labelled is the fiscal year the filing, not the figure, is of; 0 where
	// it does not say.
	labelled int
}

// filing is the document a figure stands in.
type filing struct {
	// filed is the date, ISO 8601.
	filed     string
	accession string
	form      string
}

// factFile is a document, read.
type factFile struct {
	cik   string
	name  string
	facts []fact
	// latest is the date of the last filing.
	latest string
	warned warnings
}

// writtenFact is a fact as it stands in the document.
type writtenFact struct {
	Start string      `json:"start"`
	End   string      `json:"end"`
	Val   json.Number `json:"val"`
	Accn  string      `json:"accn"`
	FY    json.Number `json:"fy"`
	Form  string      `json:"form"`
	Filed string      `json:"filed"`
}

// passedOver is a value that nobody needs.
type passedOver struct{}

// UnmarshalJSON does nothing.
func (*passedOver) UnmarshalJSON([]byte) error { return nil }

// readFactFile reads the concepts that are wanted. One concept at a time is
// held in memory, beside the document itself.
func readFactFile(b []byte) (*factFile, error) {
	if len(b) > maxCompanyFacts {
		return nil, &FieldError{Problem: fmt.Sprintf("larger than %d bytes", maxCompanyFacts)}
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	r := &factReader{decoder: decoder, file: &factFile{}}
	err := r.each("", func(field string) error {
		switch field {
		case "cik":
			return r.cik()
		case "entityName":
			return r.decode(field, &r.file.name)
		case "facts":
			return r.each(field, r.taxonomy)
		}
		return r.decode(field, &passedOver{})
	})
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, &FieldError{Problem: "something follows the document"}
	}
	if r.file.name = strings.TrimSpace(r.file.name); len(r.file.name) > maxText {
		return nil, &FieldError{Field: "entityName", Problem: fmt.Sprintf("longer than %d bytes", maxText)}
	}
	return r.file, nil
}

type factReader struct {
	decoder *json.Decoder
	file    *factFile
}

// each reads an object, name by name.
func (r *factReader) each(path string, read func(name string) error) error {
	opened, err := r.decoder.Token()
	if err != nil {
		return r.broken(path, err)
	}
	if opened != json.Delim('{') {
		return &FieldError{Field: path, Problem: "want an object"}
	}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return r.broken(path, err)
		}
		// The decoder takes nothing but a string for a name.
		name, _ := token.(string)
		if err := read(name); err != nil {
			return err
		}
	}
	if _, err := r.decoder.Token(); err != nil {
		return r.broken(path, err)
	}
	return nil
}

func (r *factReader) decode(path string, into any) error {
	if err := r.decoder.Decode(into); err != nil {
		return r.broken(path, err)
	}
	return nil
}

func (r *factReader) broken(path string, err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &FieldError{Field: path, Problem: "the document ends too early"}
	case errors.As(err, &kind):
		return &FieldError{Field: path, Problem: "of the wrong form: got " + kind.Value}
	}
	return &FieldError{Field: path, Problem: fmt.Sprintf("not JSON at byte %d: %v", r.decoder.InputOffset(), err)}
}

// cik is written as a number, or with leading zeros as a string.
func (r *factReader) cik() error {
	var number json.RawMessage
	if err := r.decode("cik", &number); err != nil {
		return err
	}
	n, err := strconv.ParseUint(strings.Trim(string(number), `"`), 10, 32)
	if err != nil {
		return &FieldError{Field: "cik", Problem: "want a whole number"}
	}
	r.file.cik = fmt.Sprintf("%010d", n)
	return nil
}

func (r *factReader) taxonomy(name string) error {
	return r.each("facts."+name, func(concept string) error {
		path := "facts." + name + "." + concept
		full := name + ":" + concept
		perShare, ok := wanted(full)
		if !ok {
			return r.decode(path, &passedOver{})
		}
		var written struct {
			Units map[string][]writtenFact `json:"units"`
		}
		if err := r.decode(path, &written); err != nil {
			return err
		}
		units := make([]string, 0, len(written.Units))
		for unit := range written.Units {
			units = append(units, unit)
		}
		slices.Sort(units)
		for _, unit := range units {
			if len(written.Units[unit]) > maxEntries {
				return &FieldError{Field: path, Problem: fmt.Sprintf("more than %d entries", maxEntries)}
			}
			r.unit(full, unit, perShare, written.Units[unit])
		}
		return nil
	})
}

// unit keeps the facts of a concept in one unit.
func (r *factReader) unit(concept, unit string, perShare bool, all []writtenFact) {
	currency, ok := currencyOf(unit, perShare)
	if !ok {
		r.file.warned.add(concept, fmt.Sprintf("its unit %.*q is none that is known", maxLabel, unit))
		return
	}
	for i := range all {
		kept, problem := all[i].read()
		if problem != "" {
			r.file.warned.add(fmt.Sprintf("%s filed %.*q", concept, maxLabel, all[i].Filed), problem)
			continue
		}
		kept.concept, kept.currency = concept, currency
		r.file.facts = append(r.file.facts, kept)
		r.file.latest = max(r.file.latest, kept.filed)
	}
}

// currencyOf reads a unit: a currency, or a currency per share.
func currencyOf(unit string, perShare bool) (string, bool) {
	const length = len("USD")
	if len(unit) < length || strings.Trim(unit[:length], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", false
	}
	switch unit[length:] {
	case "":
		return unit[:length], !perShare
	case "/shares", "-per-shares", "/share", "-per-share":
		return unit[:length], perShare
	}
	return "", false
}

// read checks a fact; the problem is empty where there is none.
func (w *writtenFact) read() (fact, string) {
	start, startOK := parseDay(w.Start)
	end, endOK := parseDay(w.End)
	filed, filedOK := parseDay(w.Filed)
	switch {
	case !startOK || !endOK || !filedOK:
		return fact{}, "its dates cannot be read"
	case start > end || end > filed:
		return fact{}, "its dates are not in order"
	case len(w.Accn) > maxLabel || strings.Trim(w.Accn, "0123456789-") != "":
		return fact{}, "its accession number cannot be read"
	case len(w.Form) > maxLabel || strings.Trim(w.Form, tickerLetters+"-/ ") != "":
		return fact{}, "its form cannot be read"
	case w.Val == "":
		return fact{}, "it has no value"
	}
	value, err := parseDecimal(string(w.Val))
	if err != nil {
		return fact{}, err.Error()
	}
	// A label that is no number is one that does not say.
	labelled, _ := strconv.Atoi(string(w.FY))
	return fact{
		span: span{start, end}, value: value, labelled: labelled,
		filing: filing{filed: w.Filed, accession: w.Accn, form: w.Form},
	}, ""
}
