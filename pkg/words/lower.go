package words

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// Constants of reading eight bytes at a time.
const (
	lanes    = 0x0101010101010101
	highBits = 0x80 * lanes
	// Added to seven bits, these set the eighth from A on, and beyond Z.
	fromA   = (0x80 - 'A') * lanes
	beyondZ = (0x80 - 'Z' - 1) * lanes
	// The same of lower case.
	fromLowA   = (0x80 - 'a') * lanes
	beyondLowZ = (0x80 - 'z' - 1) * lanes
	// caseShift brings the eighth bit to the one that tells the cases apart.
	caseShift = 2
)

// stretch is how many bytes are folded before they are copied.
const stretch = 512

// lower folds the capitals of ASCII and keeps every offset.
func lower(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	var b [stretch]byte
	for len(text) > 0 {
		n := copy(b[:], text)
		for i := 0; i < n; i += block { // beyond n are bytes of before, which are not copied
			x := binary.LittleEndian.Uint64(b[i:])
			low := x &^ highBits
			capitals := (low + fromA) &^ (low + beyondZ) &^ x & highBits
			binary.LittleEndian.PutUint64(b[i:], x|capitals>>caseShift)
		}
		out.Write(b[:n])
		text = text[n:]
	}
	return out.String()
}

// lettersFirst is how many of eight bytes in lower case, from the first on, are
// letters of ASCII.
func lettersFirst(x uint64) int {
	low := x &^ highBits
	letters := (low + fromLowA) &^ (low + beyondLowZ) &^ x & highBits
	return bits.TrailingZeros64(letters^highBits) / 8
}
