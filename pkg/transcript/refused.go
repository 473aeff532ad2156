package transcript

// MaxDocument is the largest document taken, in bytes (4 MiB).
const MaxDocument = 4 << 20

// RefusedError says why a document is no transcript. It is permanent: the same
// document fails again.
type RefusedError struct {
	// Reason is a clause for a person to read, such as "the document is empty".
	Reason string
}

// Error returns the reason with what was being done.
func (e *RefusedError) Error() string { return "not a transcript: " + e.Reason }

func refused(reason string) error { return &RefusedError{Reason: reason} }
