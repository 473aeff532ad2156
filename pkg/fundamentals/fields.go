package fundamentals

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Bounds of single values. The figures leave room for the market value of all
// companies in the smallest currency unit, and keep decimal arithmetic cheap.
const (
	maxText       = 1_000
	maxNumeral    = 40
	maxMagnitude  = 18
	maxPrecision  = 18
	earliestYear  = 1900
	latestYear    = 2200
	quartersAYear = 4
)

// document reads fields out of a tree. The first thing wrong is kept, and
// everything after it reads as absent.
type document struct{ err error }

func (d *document) failf(path, format string, args ...any) {
	if d.err == nil {
		d.err = &FieldError{Field: path, Problem: fmt.Sprintf(format, args...)}
	}
}

// fields is one object of the document, being read.
type fields struct {
	doc  *document
	path string
	obj  *object
	read map[string]bool
}

func (d *document) open(path string, value any) *fields {
	obj, ok := value.(*object)
	if !ok {
		d.failf(path, "want an object, got %s", kindOf(value))
		obj = &object{}
	}
	return &fields{doc: d, path: path, obj: obj, read: map[string]bool{}}
}

// take returns a value by name; null and absent are the same.
func (f *fields) take(name string) (any, bool) {
	f.read[name] = true
	value := f.obj.values[name]
	return value, value != nil && f.doc.err == nil
}

// close refuses fields that nothing read, so that a misspelt one is not lost.
// A field named "note" is for people and allowed everywhere.
func (f *fields) close() {
	for _, name := range f.obj.names {
		if !f.read[name] && name != "note" {
			f.doc.failf(join(f.path, name), "no such field")
		}
	}
}

func (f *fields) failf(name, format string, args ...any) {
	f.doc.failf(join(f.path, name), format, args...)
}

func (f *fields) text(name string) string {
	value, ok := f.take(name)
	if !ok {
		return ""
	}
	s, ok := value.(string)
	switch {
	case !ok:
		f.failf(name, "want a string, got %s", kindOf(value))
	case len(s) > maxText:
		f.failf(name, "longer than %d bytes", maxText)
	}
	return strings.TrimSpace(s)
}

func (f *fields) required(name string) string {
	s := f.text(name)
	if s == "" {
		f.failf(name, "missing")
	}
	return s
}

func (f *fields) date(name string) string {
	s := f.text(name)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		f.failf(name, "want a date such as 2026-05-01, got %q", s)
	}
	return s
}

func (f *fields) currency(name string) string {
	s := f.text(name)
	if s == "" {
		return ""
	}
	if len(s) != 3 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		f.failf(name, "want an ISO 4217 code such as USD, got %q", s)
	}
	return s
}

func (f *fields) figure(name string) Figure {
	value, ok := f.take(name)
	if !ok {
		return Figure{}
	}
	number, ok := value.(json.Number)
	if !ok {
		f.failf(name, "want a number, got %s", kindOf(value))
		return Figure{}
	}
	d, err := parseDecimal(string(number))
	if err != nil {
		f.failf(name, "%v", err)
		return Figure{}
	}
	return decimal.NewNullDecimal(d)
}

// fraction is a figure within bounds. Growth of 13% is written 0.13.
func (f *fields) fraction(name string, low, high int64) Figure {
	figure := f.figure(name)
	if figure.Valid && (figure.Decimal.LessThan(decimal.NewFromInt(low)) || figure.Decimal.GreaterThan(decimal.NewFromInt(high))) {
		f.failf(name, "want a fraction from %d to %d (13%% is 0.13), got %s", low, high, figure.Decimal)
	}
	return figure
}

func (f *fields) whole(name string, low, high int) (int, bool) {
	value, ok := f.take(name)
	if !ok {
		return 0, false
	}
	number, ok := value.(json.Number)
	if !ok {
		f.failf(name, "want a whole number, got %s", kindOf(value))
		return 0, false
	}
	n, err := strconv.Atoi(string(number))
	if err != nil || n < low || n > high {
		f.failf(name, "want a whole number from %d to %d, got %s", low, high, number)
		return 0, false
	}
	return n, true
}

func (f *fields) fiscalYear() int { return f.period("fiscal_year", earliestYear, latestYear) }

func (f *fields) fiscalQuarter() int { return f.period("fiscal_quarter", 1, quartersAYear) }

func (f *fields) period(name string, first, last int) int {
	n, ok := f.whole(name, first, last)
	if !ok {
		f.failf(name, "missing")
	}
	return n
}

func (f *fields) count(name string) *uint32 {
	const most = 1_000_000_000
	n, ok := f.whole(name, 0, most)
	if !ok {
		return nil
	}
	count := uint32(n)
	return &count
}

func (f *fields) texts(name string) []string {
	value, ok := f.take(name)
	if !ok {
		return nil
	}
	items, ok := value.([]any)
	if !ok {
		f.failf(name, "want a list, got %s", kindOf(value))
	}
	var out []string
	for i, item := range items {
		s, ok := item.(string)
		if s = strings.TrimSpace(s); !ok || s == "" || len(s) > maxText {
			f.failf(fmt.Sprintf("%s[%d]", name, i), "want a short string that is not empty")
		}
		out = append(out, s)
	}
	return out
}

// one reads an object where there is one.
func (f *fields) one(name string, read func(*fields)) {
	value, ok := f.take(name)
	if !ok {
		return
	}
	inner := f.doc.open(join(f.path, name), value)
	read(inner)
	inner.close()
}

// each reads a list of objects.
func (f *fields) each(name string, read func(*fields)) {
	value, ok := f.take(name)
	if !ok {
		return
	}
	items, ok := value.([]any)
	if !ok {
		f.failf(name, "want a list, got %s", kindOf(value))
	}
	for i, item := range items {
		inner := f.doc.open(fmt.Sprintf("%s[%d]", join(f.path, name), i), item)
		read(inner)
		inner.close()
	}
}

// parseDecimal reads a JSON number exactly. It refuses magnitudes that no
// figure has, because an exponent of a few bytes can stand for gigabytes.
func parseDecimal(s string) (decimal.Decimal, error) {
	if len(s) > maxNumeral {
		return decimal.Decimal{}, fmt.Errorf("a number of more than %d characters", maxNumeral)
	}
	// JSON has seen to its form, so only the exponent can be wrong.
	d, err := decimal.NewFromString(s)
	exponent := int(d.Exponent())
	if err != nil || exponent > maxMagnitude || exponent < -maxPrecision || d.NumDigits()+exponent > maxMagnitude {
		return decimal.Decimal{}, fmt.Errorf("the number %s is out of range", s)
	}
	return d, nil
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "nothing"
	case *object:
		return "an object"
	case []any:
		return "a list"
	case string:
		return "a string"
	case json.Number:
		return "a number"
	case bool:
		return "a truth value"
	}
	return "something else"
}

// ParseFigure reads a number as it stands in JSON, exactly; "null" and nothing
// are unknown. It refuses magnitudes that no figure has.
func ParseFigure(s string) (Figure, error) {
	if s == "" || s == "null" {
		return Figure{}, nil
	}
	d, err := parseDecimal(s)
	if err != nil {
		return Figure{}, err
	}
	return decimal.NewNullDecimal(d), nil
}
