package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
)

// The formats of a table.
const (
	CSV     = "csv"
	JSONL   = "jsonl"
	Parquet = "parquet"
)

// Formats are all formats.
func Formats() []string { return []string{CSV, JSONL, Parquet} }

// Row is a row of one of the tables.
type Row interface{ RankingRow | ClaimRow }

// Writer writes the rows of a table. Close it: the table ends there.
type Writer[R Row] interface {
	Write(row *R) error
	Close() error
}

// NewWriter returns a writer of a format. Closing it does not close what it
// writes to.
func NewWriter[R Row](to io.Writer, format string) (Writer[R], error) {
	switch format {
	case CSV:
		w := &csvWriter[R]{out: csv.NewWriter(to)}
		if err := w.out.Write(columns(reflect.TypeFor[R]())); err != nil {
			return nil, fmt.Errorf("write the names of the columns: %w", err)
		}
		return w, nil
	case JSONL:
		out := json.NewEncoder(to)
		out.SetEscapeHTML(false)
		return &jsonWriter[R]{out}, nil
	case Parquet:
		return &parquetWriter[R]{out: parquet.NewGenericWriter[R](to, parquet.Compression(&parquet.Zstd))}, nil
	}
	return nil, fmt.Errorf("format %q: wants %s", format, strings.Join(Formats(), ", "))
}

// columns are the names of a row's columns, which are those of its JSON.
func columns(row reflect.Type) []string {
	names := make([]string, 0, row.NumField())
	for field := range row.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

type csvWriter[R Row] struct {
	out    *csv.Writer
	fields []string
}

func (w *csvWriter[R]) Write(row *R) error {
	value := reflect.ValueOf(row).Elem()
	w.fields = w.fields[:0]
	for _, field := range value.Fields() {
		w.fields = append(w.fields, cell(field))
	}
	return w.out.Write(w.fields)
}

func (w *csvWriter[R]) Close() error {
	w.out.Flush()
	return w.out.Error()
}

// cell prints a value; what is absent is empty.
func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if at, ok := reflect.TypeAssert[time.Time](v); ok {
		return at.Format(time.RFC3339Nano)
	}
	switch {
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10)
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	return v.String()
}

type jsonWriter[R Row] struct{ out *json.Encoder }

func (w *jsonWriter[R]) Write(row *R) error { return w.out.Encode(row) }

func (w *jsonWriter[R]) Close() error { return nil }

// groupSize is how many rows are in memory at once.
const groupSize = 20_000

type parquetWriter[R Row] struct {
	out  *parquet.GenericWriter[R]
	rows int
}

func (w *parquetWriter[R]) Write(row *R) error {
	if _, err := w.out.Write([]R{*row}); err != nil {
		return err
	}
	if w.rows++; w.rows%groupSize == 0 {
		return w.out.Flush()
	}
	return nil
}

func (w *parquetWriter[R]) Close() error { return w.out.Close() }
