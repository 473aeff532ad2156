package retrieval

import (
	"net/http"
	"time"
)

// Config is how one server is asked.
type Config struct {
	// Name is what the server is called in errors and logs.
	Name string
	// Base is what all addresses begin with, so that errors need not repeat it.
	Base string
	// Header goes with every request.
	Header http.Header
	// Secret is what no error may repeat, such as the key in the header.
	Secret string
	// PerSecond is how many requests are sent in a second at most, evenly
	// spaced and counting those that are tried again.
	PerSecond float64
	// Tries is how often a request is sent at most while what fails is passing.
	Tries int
	// Timeout bounds one try.
	Timeout time.Duration
	// FirstWait is the wait before the second try; each further one is twice as
	// long, up to LongestWait, and jittered by a half. The server may ask for a
	// longer one, up to LongestWait too: past that it is not tried again.
	FirstWait, LongestWait time.Duration
	// MaxBody bounds an answer, in bytes.
	MaxBody int64
	// Reasons say, by status, what is wrong and what is to be done about it,
	// where that is known better than in general.
	Reasons map[int]string
	// Moved says what to do where an address leads elsewhere, which is not
	// followed.
	Moved string
	// Judge tells what is wrong with the body of an answer of status 200, and
	// what it says itself, for servers that tell refusals with it. It may be
	// nil.
	Judge func(body []byte) (problem *Error, said string)
	// Said finds the words in the body of a refusal, for servers that wrap
	// them. It may be nil.
	Said func(body []byte) string
	// Waiting is told why a request is tried again and after which wait, before
	// that wait. It may be nil.
	Waiting func(why error, wait time.Duration)
	// Transport sends requests; over the network where it is nil.
	Transport http.RoundTripper
}
