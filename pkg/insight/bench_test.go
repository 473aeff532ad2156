package insight_test

import (
	"strings"
	"testing"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// BenchmarkAnInventedCall reads an invented call of about ten thousand words.
func BenchmarkAnInventedCall(b *testing.B) {
	c := newCall()
	for range 60 {
		c.chief(strings.Repeat("Our AI assistant serves more than 40,000 customers, up 24% year over year, and it saves them time. "+
			"We opened stores and repurchased $55 million of shares. Demand is strong, and we are confident in the long term. ", 4))
		c.says("Quentin Analyst", callrankv1.KindAnalyst, "What do you expect of AI revenue next year, and how do you think about margins?")
	}
	text := c.text.String()
	r := engine()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := r.Analyse(text, &c.transcript); err != nil {
			b.Fatal(err)
		}
	}
}
