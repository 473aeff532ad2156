package fundamentals

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Bounds of a document. The largest real ones are far smaller.
const (
	maxDocument = 4 << 20
	maxDepth    = 8
	maxEntries  = 10_000
)

// object is a JSON object as it stands in the document.
type object struct {
	values map[string]any
	// names in document order, for errors that do not vary.
	names []string
}

// readTree reads one JSON document into objects, lists ([]any), strings,
// numbers (json.Number), booleans and nil. It refuses what encoding/json lets
// pass: a name given twice, and anything after the document.
func readTree(b []byte) (any, error) {
	if len(b) > maxDocument {
		return nil, &FieldError{Problem: fmt.Sprintf("larger than %d bytes", maxDocument)}
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	t := &treeReader{decoder: decoder}
	value, err := t.value("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, &FieldError{Problem: "something follows the document"}
	}
	return value, nil
}

type treeReader struct{ decoder *json.Decoder }

func (t *treeReader) value(path string, depth int) (any, error) {
	token, err := t.token(path)
	if err != nil {
		return nil, err
	}
	delim, nested := token.(json.Delim)
	if !nested {
		return token, nil
	}
	if depth == maxDepth {
		return nil, &FieldError{Field: path, Problem: fmt.Sprintf("nested more than %d deep", maxDepth)}
	}
	if delim == '{' {
		return t.object(path, depth)
	}
	return t.list(path, depth)
}

func (t *treeReader) object(path string, depth int) (any, error) {
	o := &object{values: map[string]any{}}
	for t.decoder.More() {
		token, err := t.token(path)
		if err != nil {
			return nil, err
		}
		name, ok := token.(string)
		if !ok {
			return nil, &FieldError{Field: path, Problem: "want a name"}
		}
		at := join(path, name)
		if _, twice := o.values[name]; twice {
			return nil, &FieldError{Field: at, Problem: "is there twice"}
		}
		if o.values[name], err = t.value(at, depth+1); err != nil {
			return nil, err
		}
		o.names = append(o.names, name)
	}
	_, err := t.token(path)
	return o, err
}

func (t *treeReader) list(path string, depth int) (any, error) {
	items := []any{}
	for t.decoder.More() {
		if len(items) == maxEntries {
			return nil, &FieldError{Field: path, Problem: fmt.Sprintf("more than %d entries", maxEntries)}
		}
		item, err := t.value(path+"["+strconv.Itoa(len(items))+"]", depth+1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	_, err := t.token(path)
	return items, err
}

func (t *treeReader) token(path string) (json.Token, error) {
	token, err := t.decoder.Token()
	switch {
	case err == nil:
		return token, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &FieldError{Field: path, Problem: "the document ends too early"}
	}
	return nil, &FieldError{Field: path, Problem: fmt.Sprintf("not JSON at byte %d: %v", t.decoder.InputOffset(), err)}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
