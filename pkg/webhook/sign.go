package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Headers of a request.
const (
	// HeaderID is the same whenever the same change is sent: a receiver that has
	// seen it may leave it.
	HeaderID = "Webhook-Id"
	// HeaderTimestamp is when this request was made, in seconds since 1970.
	HeaderTimestamp = "Webhook-Timestamp"
	// HeaderSignature is v1, a comma, and the signature in base64.
	HeaderSignature = "Webhook-Signature"
)

const (
	// secretPrefix begins a secret in its written form.
	secretPrefix = "whsec_"
	// shortestSecret and longestSecret bound a secret, in bytes, as the
	// specification does.
	shortestSecret, longestSecret = 24, 64
	// tolerance is how far the clocks of sender and receiver may be apart.
	tolerance = 5 * time.Minute
	// version begins a signature of this kind.
	version = "v1,"
)

// ErrSignature is the error of a request that was not signed with the secret,
// or too long ago.
var ErrSignature = errors.New("the signature does not hold")

// Secret is what sender and receiver share.
type Secret []byte

// ParseSecret reads a secret in its written form: whsec_ and 24 to 64 bytes in
// base64.
func ParseSecret(s string) (Secret, error) {
	text, ok := strings.CutPrefix(strings.TrimSpace(s), secretPrefix)
	if !ok {
		return nil, errors.New("a secret begins with " + secretPrefix)
	}
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		// The error would repeat a part of it.
		return nil, errors.New("the secret is not base64")
	}
	if len(secret) < shortestSecret || len(secret) > longestSecret {
		return nil, fmt.Errorf("the secret has %d bytes: wants %d to %d", len(secret), shortestSecret, longestSecret)
	}
	return secret, nil
}

// sign is the signature of a request.
func (s Secret) sign(id, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, s)
	// A hash takes everything.
	_, _ = mac.Write([]byte(id + "." + timestamp + "."))
	_, _ = mac.Write(body)
	return version + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Sign signs a request that is made now.
func (s Secret) Sign(headers http.Header, id string, body []byte, now time.Time) {
	timestamp := strconv.FormatInt(now.Unix(), 10)
	headers.Set(HeaderID, id)
	headers.Set(HeaderTimestamp, timestamp)
	headers.Set(HeaderSignature, s.sign(id, timestamp, body))
}

// Verify is for receivers: it returns ErrSignature for a request that was not
// signed with the secret, or more than five minutes ago.
func (s Secret) Verify(headers http.Header, body []byte, now time.Time) error {
	timestamp := headers.Get(HeaderTimestamp)
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > tolerance {
		return fmt.Errorf("made at %q: %w", timestamp, ErrSignature)
	}
	want := []byte(s.sign(headers.Get(HeaderID), timestamp, body))
	// A sender that changes its secret signs with both for a while.
	for one := range strings.FieldsSeq(headers.Get(HeaderSignature)) {
		if hmac.Equal([]byte(one), want) {
			return nil
		}
	}
	return ErrSignature
}
