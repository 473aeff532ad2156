package transcript

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"
)

// Source is the text that spans refer to, taken out of a document.
type Source struct {
	// Text is in UTF-8.
	Text string
	// Container is empty when Text is the document itself, byte for byte;
	// otherwise it tells how the text was taken out: "json: content", "utf-16",
	// "windows-1252", "html", "utf-8, mended: entities".
	Container string
	// Cut is set where the document itself shows that its end is missing.
	Cut bool
	// Facts are what the container states beside the text.
	Facts Facts
}

// Decode takes the text out of a document: plain text in UTF-8 (a byte order
// mark is kept, so that offsets are the file's), UTF-16 or Windows-1252; the
// JSON of the FMP API or of a Motley Fool page; a saved HTML page. What other
// systems have garbled in the text is mended, and Container says so. The error
// is a *RefusedError when the document is empty, larger than MaxDocument,
// binary, or holds no text of a call.
func Decode(document []byte) (Source, error) {
	if len(document) > MaxDocument {
		return Source{}, refused(fmt.Sprintf("the document has %d bytes, and the most that is taken is %d", len(document), MaxDocument))
	}
	if name := binaryFormat(document); name != "" {
		return Source{}, refused("the document is " + name)
	}
	src, err := decodeText(document)
	if err != nil {
		return Source{}, err
	}
	if strings.TrimFunc(src.Text, isBlank) == "" {
		return Source{}, refused("the document is empty")
	}
	if inside, is, err := decodeJSON(src); is || err != nil {
		return inside, err
	}
	return decodePlain(src)
}

// decodePlain takes the text out of what may be a page or have markup in it,
// perhaps written as entities, and mends it.
func decodePlain(src Source) (Source, error) {
	const mostEscaped = 2 // times that markup was written as entities
	for range mostEscaped {
		how := markupOf(src.Text)
		if how != noMarkup {
			text, err := readableText(src.Text, how)
			if err != nil {
				return Source{}, err
			}
			src.Text = text
			src.Container = cmp.Or(src.Container, containerHTML)
		}
		text, what := mended(src.Text)
		if len(what) == 0 {
			break
		}
		src.Text = text
		src.Container = cmp.Or(src.Container, encodingMended+strings.Join(what, ", "))
	}
	return src, nil
}

const byteOrderMark = "\uFEFF"

// binaryFormat names the format of a document that begins like a file which is
// not text, or is empty.
func binaryFormat(document []byte) string {
	for _, format := range [...]struct{ magic, name string }{
		{"\x89PNG", "a picture (PNG)"},
		{"\xff\xd8\xff", "a picture (JPEG)"},
		{"GIF8", "a picture (GIF)"},
		{"RIFF", "a sound or picture (RIFF)"},
		{"II*\x00", "a picture (TIFF)"},
		{"MM\x00*", "a picture (TIFF)"},
		{"ID3", "a sound (MP3)"},
		{"%PDF-", "a PDF: give the text that is in it"},
		{"PK\x03\x04", "an archive or office document (ZIP): give the text that is in it"},
		{"\x1f\x8b", "compressed (gzip): give what is in it"},
		{"\x7fELF", "a program"},
		{"{\\rtf", "rich text (RTF): give the text that is in it"},
		{"%!PS", "PostScript: give the text that is in it"},
		{"\xd0\xcf\x11\xe0", "an office document: give the text that is in it"},
	} {
		if bytes.HasPrefix(document, []byte(format.magic)) {
			return format.name
		}
	}
	return ""
}
