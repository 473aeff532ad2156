// Package retrieval gets JSON documents from servers of others over HTTP,
// politely and patiently.
//
// A Client asks one server: no faster than its rate, again with growing,
// jittered waits when that fails in passing, no sooner than the server asks to
// be, and for no more than a bound. An Error says which of four kinds a failure
// is. Documents keep what a Client got, on disk and at hand, have many askers of
// one document wait for one request, and leave a server alone while it is down.
package retrieval
