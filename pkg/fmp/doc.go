// Package fmp is a client of the API of Financial Modeling Prep, for whatever
// is read from there: client.go asks politely and patiently (a rate, retries,
// limits), list.go reads lists and pages of them, errors.go tells the kinds of
// failure apart, and each subject has a file with its endpoints.
//
// An endpoint that has no function here is asked with List or Pages and a type
// that names the fields of interest.
package fmp
