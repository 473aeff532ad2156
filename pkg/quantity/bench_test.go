package quantity_test

import (
	"strings"
	"testing"

	"github.com/callrank/callrank/pkg/quantity"
	"github.com/callrank/callrank/pkg/tests/realcalls"
)

// invented is about ten thousand words of an invented call.
var invented = strings.Repeat(`Thank you, and good afternoon. Revenue was $213.4 million, up 12% year over year, and we added 1,400 customers.
We expect between $50 million and $55 million next quarter, with margins in the mid-teens. Usage of our assistant more than doubled,
to tens of thousands of sessions a day, and our engineers resolve 30% to 40% of tickets without a person. With that, let us go on. `, 130)

func BenchmarkScan(b *testing.B) {
	b.SetBytes(int64(len(invented)))
	b.ReportAllocs()
	for b.Loop() {
		quantity.Scan(invented)
	}
}

func BenchmarkScanOfARealCall(b *testing.B) {
	text := string(realcalls.Read(b, "seeds/AMZN_2025_Q4.txt"))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		quantity.Scan(text)
	}
}
