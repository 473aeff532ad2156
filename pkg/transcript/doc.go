// Package transcript reads the transcript of an earnings call, in any layout
// it knows, into who spoke when.
//
// Decode takes the text out of a document: plain text in one of the usual
// encodings, the JSON of an API, a saved page. Read reads that text: the call
// (company, ticker, fiscal period, date), the participants, their turns by
// section, and the exchanges between analysts and management. Every piece
// keeps the span of bytes it was read from, so that whatever is said of a call
// can be shown in its source.
//
// The layout is recognised, never declared. A reader per layout turns the text
// into parts under headings; one shared understanding makes participants,
// sections and exchanges of them. A text whose layout is not known
// is read with fewer facts and a warning, never with guessed ones. Where no
// headings name the speakers, who speaks is concluded from what they say: how
// they are introduced, hand over and thank each other, ask and answer. The
// turns and a warning say so, and a voice that nothing names has no name. A
// document that is no transcript is refused with the reason.
//
// The package is pure: it reads the bytes it is given and nothing else. Time
// is linear in the length of the document, and the same document always gives
// the same transcript.
package transcript
