package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

const (
	// sessionCookie holds the session of an operator in a browser.
	sessionCookie = "callrank_operator"
	// sessionLength is how long an operator stays signed in.
	sessionLength = 12 * time.Hour
	// signInEvery and signInBurst bound how often a token may be guessed, by
	// all together.
	signInEvery = time.Second
	signInBurst = 10
	// csrfField is the field of a form that tells that it came from our page.
	csrfField = "csrf"
)

// operators knows who may see and do what operators do: whoever has the token,
// in a header, or in a session that was begun with it. Where no token is set
// the gateway is on loopback alone, and open.
//
// A session is signed and not kept: each gateway of several knows it, and one
// with another token does not.
type operators struct {
	token [sha256.Size]byte
	open  bool
	key   []byte
	tries *rate.Limiter
}

func newOperators(token string) (*operators, error) {
	o := &operators{token: sha256.Sum256([]byte(token)), open: token == "", tries: rate.NewLimiter(rate.Every(signInEvery), signInBurst)}
	secret := []byte(token)
	if o.open {
		// Forms are signed all the same.
		secret = make([]byte, sha256.Size)
		if _, err := rand.Read(secret); err != nil {
			return nil, err
		}
	}
	o.key = sign(secret, "callrank operator session")
	return o, nil
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// knows tells whether a token is the one. Digests are compared, so that not
// even the length tells by the time it takes.
func (o *operators) knows(token string) bool {
	given := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(o.token[:], given[:]) == 1
}

// session makes the value of a session's cookie: until when, something random,
// and the signature of both.
func (o *operators) session(until time.Time) string {
	var nonce [16]byte
	// It never fails, as its documentation says.
	_, _ = rand.Read(nonce[:])
	about := slices.Concat(binary.BigEndian.AppendUint64(nil, uint64(until.Unix())), nonce[:])
	return base64.RawURLEncoding.EncodeToString(slices.Concat(about, sign(o.key, "session "+string(about))))
}

// valid tells whether a session was begun here and still lasts.
func (o *operators) valid(session string, now time.Time) bool {
	const length = 24
	raw, err := base64.RawURLEncoding.DecodeString(session)
	if err != nil || len(raw) != length+sha256.Size {
		return false
	}
	about, signature := raw[:length], raw[length:]
	if !hmac.Equal(signature, sign(o.key, "session "+string(about))) {
		return false
	}
	return now.Unix() < int64(binary.BigEndian.Uint64(about))
}

// visitor is who asks for what operators see.
type visitor struct {
	// In tells that he may.
	In bool
	// Session is that of the browser; empty where there is none.
	Session string
	// Bearer tells that the token came in a header, which no other site can
	// have a browser send.
	Bearer bool
}

// who tells who asks.
func (o *operators) who(r *http.Request) visitor {
	if token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found && !o.open {
		return visitor{In: o.knows(token), Bearer: true}
	}
	if o.open {
		return visitor{In: true}
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || !o.valid(cookie.Value, time.Now()) {
		return visitor{}
	}
	return visitor{In: true, Session: cookie.Value}
}

// csrf is what a form of a visitor's page has to send back.
func (o *operators) csrf(v visitor) string {
	return base64.RawURLEncoding.EncodeToString(sign(o.key, "form "+v.Session))
}

// mayDo tells whether a form came from the visitor's own page.
func (o *operators) mayDo(r *http.Request, v visitor) bool {
	return v.In && (v.Bearer || hmac.Equal([]byte(r.PostFormValue(csrfField)), []byte(o.csrf(v))))
}

// cookie is the cookie of a session; an empty one ends it.
func (o *operators) cookie(r *http.Request, session string) *http.Cookie {
	c := &http.Cookie{ //nolint:gosec // Secure where the browser came by HTTPS.
		Name: sessionCookie, Value: session, Path: "/ops", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		// Over plain HTTP, as on loopback, a browser would drop it.
		Secure: r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https",
		MaxAge: int(sessionLength.Seconds()),
	}
	if session == "" {
		c.MaxAge = -1
	}
	return c
}
