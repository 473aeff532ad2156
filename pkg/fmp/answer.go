package fmp

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/callrank/callrank/pkg/retrieval"
)

// tooMany is what is wrong where the rate of the plan is passed.
const tooMany = "too many requests for the plan of this key: lower --fmp-rate, or wait"

// reasons are what is wrong and what is to be done about it, by status.
func reasons() map[int]string {
	return map[int]string{
		http.StatusUnauthorized:    "the key is missing or wrong: compare CALLRANK_FMP_KEY with the dashboard of Financial Modeling Prep",
		http.StatusPaymentRequired: "the plan of this key does not include it: ask for something else, or change the plan",
		http.StatusForbidden:       "this key may not ask for it: the plan does not include it, or the key is suspended",
		http.StatusTooManyRequests: tooMany,
	}
}

// judge tells what is wrong with an answer of status 200, and what it says: the
// API tells some refusals with it.
func judge(body []byte) (problem *Error, said string) {
	said = errorMessage(body)
	switch {
	case said == "":
		return nil, ""
	case strings.Contains(strings.ToLower(said), "limit reach"):
		return &Error{Kind: ErrPassing, Reason: tooMany}, said
	}
	return &Error{Kind: ErrRefused, Reason: "the request is refused"}, said
}

// errorMessage is what an object says under the name that the API gives its
// errors, empty for anything else.
func errorMessage(body []byte) string {
	var object struct {
		Message string `json:"Error Message"`
	}
	if json.Unmarshal(body, &object) != nil {
		return ""
	}
	return object.Message
}

// otherForm is the error of an answer that is JSON, but not of what was asked
// for.
func otherForm(asked string, err error) *Error {
	return &Error{
		Kind: ErrUnreadable, Server: name, Request: asked, Status: http.StatusOK,
		Reason: "the answer has another form than expected: " + retrieval.Clip(err.Error()),
	}
}

// none is the error of an answer that there is no such thing.
func none(asked, reason string) *Error {
	return &Error{Kind: ErrNone, Server: name, Request: asked, Status: http.StatusOK, Reason: reason}
}
