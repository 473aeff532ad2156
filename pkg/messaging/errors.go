package messaging

import "errors"

// PermanentError is an error that the same event would meet again however
// often it was tried: it cannot be decoded, or it is no transcript. Every
// other error is taken to pass.
type PermanentError struct {
	// Err is what went wrong.
	Err error
}

// Error says what went wrong.
func (e *PermanentError) Error() string { return e.Err.Error() }

// Unwrap returns what went wrong.
func (e *PermanentError) Unwrap() error { return e.Err }

// Permanent marks an error as permanent. Of no error it makes none.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &PermanentError{Err: err}
}

// IsPermanent tells whether an error, or one it wraps, is permanent.
func IsPermanent(err error) bool {
	var permanent *PermanentError
	return errors.As(err, &permanent)
}
