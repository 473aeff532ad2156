package fmp

import "net/http"

// Through has the clients of a configuration send their requests another way
// than over the network.
func (c *Config) Through(way http.RoundTripper) { c.transport = way }

// MaxBody is the size of the largest answer, in bytes.
const MaxBody = maxBody
