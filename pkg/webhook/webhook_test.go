package webhook_test

import (
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/webhook"
)

func TestSignatureIsThatOfTheSpecification(t *testing.T) {
	t.Parallel()
	// Computed independently: openssl dgst -sha256 -mac HMAC over
	// "live/HLYD/3.1767225600.{}" with the key below.
	secret, err := webhook.ParseSecret("whsec_" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef")))
	require.NoError(t, err)
	at := time.Unix(1767225600, 0)
	headers := http.Header{}
	secret.Sign(headers, "live/HLYD/3", []byte("{}"), at)
	require.Equal(t, "live/HLYD/3", headers.Get(webhook.HeaderID))
	require.Equal(t, "1767225600", headers.Get(webhook.HeaderTimestamp))
	require.Equal(t, "v1,Kt+N3eaOKAZcT7mn3TsmbSLDzeW+JNi3DS/q880aZW4=", headers.Get(webhook.HeaderSignature))
}

func TestWhatWasAlteredDoesNotVerify(t *testing.T) {
	t.Parallel()
	secret := webhook.Secret("a secret of more than twenty-four bytes")
	at := time.Unix(1767225600, 0)
	for name, tt := range map[string]struct {
		alter func(h http.Header)
		body  string
		later time.Duration
		holds bool
	}{
		"as it was sent":        {nil, "{}", time.Minute, true},
		"signed twice":          {func(h http.Header) { h.Set(webhook.HeaderSignature, "v1,bm8= "+h.Get(webhook.HeaderSignature)) }, "{}", 0, true},
		"another body":          {nil, "{ }", 0, false},
		"another id":            {func(h http.Header) { h.Set(webhook.HeaderID, "live/NGBC/3") }, "{}", 0, false},
		"another time":          {func(h http.Header) { h.Set(webhook.HeaderTimestamp, "1767225601") }, "{}", 0, false},
		"no time":               {func(h http.Header) { h.Del(webhook.HeaderTimestamp) }, "{}", 0, false},
		"no signature":          {func(h http.Header) { h.Del(webhook.HeaderSignature) }, "{}", 0, false},
		"sent again much later": {nil, "{}", 6 * time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			headers := http.Header{}
			secret.Sign(headers, "live/HLYD/3", []byte("{}"), at)
			if tt.alter != nil {
				tt.alter(headers)
			}
			err := secret.Verify(headers, []byte(tt.body), at.Add(tt.later))
			if tt.holds {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, webhook.ErrSignature)
		})
	}
}
