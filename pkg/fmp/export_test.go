package fmp

import "net/http"

// Through has a client send its requests another way than over the network.
func (c *Client) Through(way http.RoundTripper) { c.http.Transport = way }

// MaxBody is the size of the largest answer, in bytes.
const MaxBody = maxBody
