// Package web is what the gateway serves: the JSON API, the changes of the
// ranking as server-sent events, the door for transcripts, and the pages that
// analysts read.
package web
