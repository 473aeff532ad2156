package transcript

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Names of encodings, as Source.Container prints them.
const (
	encodingUTF16    = "utf-16"
	encodingWindows  = "windows-1252"
	encodingRepaired = "utf-8, with broken characters replaced"
	encodingMended   = "utf-8, mended: "
)

// decodeText turns the bytes of a text into UTF-8, and names as the container
// the encoding they were in: none when they are UTF-8 already, and the text is
// the same bytes.
func decodeText(document []byte) (Source, error) {
	if order, is := utf16Order(document); is {
		return decodeUTF16(document, order)
	}
	if holdsControls(document) {
		return Source{}, refused("the document is binary")
	}
	if utf8.Valid(document) {
		return Source{Text: string(document)}, nil
	}
	if whole := withoutCutCharacter(document); utf8.Valid(whole) {
		return Source{Text: string(whole), Cut: true}, nil
	}
	if mostlyUTF8(document) {
		return Source{Text: strings.ToValidUTF8(string(document), "\uFFFD"), Container: encodingRepaired}, nil
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(document)
	if err != nil {
		return Source{}, refused("the document is in no encoding that is known")
	}
	return Source{Text: string(decoded), Container: encodingWindows}, nil
}

func decodeUTF16(document []byte, order unicode.Endianness) (Source, error) {
	cut := len(document)%2 == 1
	decoded, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(document[:len(document)&^1])
	if err != nil || holdsControls(decoded) {
		return Source{}, refused("the document is binary")
	}
	return Source{Text: string(decoded), Container: encodingUTF16, Cut: cut}, nil
}

// utf16Order tells UTF-16 by its byte order mark or, without one, by the zero
// bytes that Latin letters have in every other place.
func utf16Order(document []byte) (unicode.Endianness, bool) {
	if len(document) < 2 {
		return unicode.LittleEndian, false
	}
	switch {
	case document[0] == 0xFF && document[1] == 0xFE:
		return unicode.LittleEndian, true
	case document[0] == 0xFE && document[1] == 0xFF:
		return unicode.BigEndian, true
	}
	const sample = 2048
	head := document[:min(len(document), sample)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs >= 8 && zeros[1] > pairs*3/4 && zeros[0] == 0:
		return unicode.LittleEndian, true
	case pairs >= 8 && zeros[0] > pairs*3/4 && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// holdsControls reports whether the bytes hold a NUL, or so many other control
// characters that they are no text.
func holdsControls(b []byte) bool {
	controls := 0
	for _, c := range b {
		switch {
		case c == 0:
			return true
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v':
			controls++
		}
	}
	return controls > 8 && controls > len(b)/500
}

// withoutCutCharacter drops a last character of which the end is missing, as
// in a file that was cut at a number of bytes. Offsets stay the file's.
func withoutCutCharacter(document []byte) []byte {
	for back := 1; back < utf8.UTFMax && back <= len(document); back++ {
		last := document[len(document)-back:]
		if utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return document[:len(document)-back]
			}
			break
		}
	}
	return document
}

// mostlyUTF8 reports whether the bytes beyond ASCII are more often parts of
// good UTF-8 than not: then the others are damage, not another encoding.
func mostlyUTF8(document []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(document); {
		r, size := utf8.DecodeRune(document[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	return good > 0 && bad <= good
}
