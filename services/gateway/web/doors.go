package web

import (
	"net"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// policy is what a page may do: nothing but what comes from here. Transcripts
// are other people's text, and a page must not run what it finds in them.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// hardened sets the headers by which browsers hold a page to its own.
func hardened(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses what another site's page would have a browser send.
func sameOrigin() func(http.Handler) http.Handler {
	return http.NewCrossOriginProtection().Handler
}

// knownHost refuses requests for names that are not ours: a page elsewhere can
// have its name point here and would then count as the same origin.
func (s *Server) knownHost(next http.Handler) http.Handler {
	address, _, _ := net.SplitHostPort(s.settings.Address)
	local := loopback(address)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.isOurs(r.Host, local) {
			http.Error(w, "this host is not served here", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) isOurs(host string, local bool) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	for _, known := range s.settings.Hosts {
		if strings.EqualFold(host, known) {
			return true
		}
	}
	if loopback(host) {
		return true
	}
	// Where no names were given, a gateway that other machines can reach does
	// not know its own.
	return !local && len(s.settings.Hosts) == 0
}

// authorised wants the bearer token, once there is one.
func (s *Server) authorised(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if s.settings.Token == "" {
			next(ctx)
			return
		}
		given, found := strings.CutPrefix(ctx.Header("Authorization"), "Bearer ")
		if !found || !s.operators.knows(given) {
			ctx.SetHeader("WWW-Authenticate", `Bearer realm="callrank"`)
			// The client that is gone cannot be told.
			_ = huma.WriteErr(api, ctx, http.StatusUnauthorized, "publishing wants a bearer token")
			return
		}
		next(ctx)
	}
}
