package callrankv1

import (
	"bytes"
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// JSON prints a message as the contracts do: snake_case names, absent for
// unknown, one line, and the same bytes on every run (protojson alone varies
// its white space from build to build).
func JSON(m proto.Message) ([]byte, error) {
	loose, err := protojson.MarshalOptions{UseProtoNames: true, EmitDefaultValues: true}.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("print %s as JSON: %w", m.ProtoReflect().Descriptor().FullName(), err)
	}
	var tight bytes.Buffer
	if err := json.Compact(&tight, loose); err != nil {
		return nil, fmt.Errorf("fold %s as JSON: %w", m.ProtoReflect().Descriptor().FullName(), err)
	}
	return tight.Bytes(), nil
}

// ParseJSON reads what JSON printed. Fields it does not know are refused, so
// that a misspelt one is not silently lost.
func ParseJSON(b []byte, m proto.Message) error {
	if err := protojson.Unmarshal(b, m); err != nil {
		return fmt.Errorf("read %s from JSON: %w", m.ProtoReflect().Descriptor().FullName(), err)
	}
	return nil
}
