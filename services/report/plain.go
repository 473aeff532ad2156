package report

import (
	"fmt"
	"io"
	"strings"
)

// Plain is a text without what would steer a terminal: transcripts are other
// people's text, and must not write anywhere but where they are printed.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return '·'
		}
		return r
	}, s)
}

// plain prints texts plainly.
type plain struct{ to io.Writer }

// Write implements io.Writer.
func (p plain) Write(b []byte) (int, error) {
	if _, err := io.WriteString(p.to, Plain(string(b))); err != nil {
		return 0, fmt.Errorf("print: %w", err)
	}
	return len(b), nil
}
