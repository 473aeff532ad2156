package fmp

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// maxSaid bounds what is repeated of the API's own words, in bytes.
	maxSaid = 200
	// nothing is what an error says of what is not there.
	nothing = "there is none"
)

// refusal is the error of an answer with another status than 200.
func (c *Client) refusal(response *http.Response) *Error {
	// Of a body that breaks off, what there is says enough.
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxRefusal))
	status := response.StatusCode
	problem := &Error{Kind: ErrRefused, Status: status}
	said := c.said(body)
	switch {
	case status == http.StatusUnauthorized:
		problem.Reason = "the key is missing or wrong: compare CALLRANK_FMP_KEY with the dashboard of Financial Modeling Prep"
	case status == http.StatusPaymentRequired:
		problem.Reason = "the plan of this key does not include it: ask for something else, or change the plan"
	case status == http.StatusForbidden:
		problem.Reason = "this key may not ask for it: the plan does not include it, or the key is suspended"
	case status == http.StatusNotFound:
		problem.Kind, problem.Reason = ErrNone, nothing
	case status == http.StatusTooManyRequests:
		problem.Kind, problem.Reason = ErrPassing, "too many requests for the plan of this key: lower --fmp-rate, or wait"
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status >= http.StatusInternalServerError:
		problem.Kind, problem.Reason = ErrPassing, "the server fails with "+strconv.Itoa(status)
	case status >= http.StatusMultipleChoices && status < http.StatusBadRequest:
		problem.Reason, said = "the address has moved"+movedTo(response)+": check --fmp-url", ""
	default:
		problem.Reason = "the request is refused with " + strconv.Itoa(status)
	}
	if said != "" {
		problem.Reason += " (it says: " + said + ")"
	}
	if errors.Is(problem, ErrPassing) {
		problem.RetryAfter = retryAfter(response.Header.Get("Retry-After"))
	}
	return problem
}

// movedTo names the host that an answer leads to.
func movedTo(response *http.Response) string {
	to, err := url.Parse(response.Header.Get("Location"))
	if err != nil || to.Host == "" {
		return ""
	}
	return " to " + strconv.QuoteToASCII(to.Host)
}

// retryAfter reads the header of that name: seconds, or a moment.
func retryAfter(header string) time.Duration {
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if moment, err := http.ParseTime(header); err == nil {
		return max(0, time.Until(moment))
	}
	return 0
}

// otherForm is the error of an answer that is JSON, but not of what was asked
// for.
func otherForm(asked string, err error) *Error {
	return &Error{
		Kind: ErrUnreadable, Request: asked, Status: http.StatusOK,
		Reason: "the answer has another form than expected: " + clip(err.Error()),
	}
}

// none is the error of an answer that there is no such thing.
func none(asked, reason string) *Error {
	return &Error{Kind: ErrNone, Request: asked, Status: http.StatusOK, Reason: reason}
}

// check tells what is wrong with the body of an answer that came with status
// 200, if anything is.
func (c *Client) check(body []byte) *Error {
	if len(bytes.TrimSpace(body)) == 0 {
		return &Error{Kind: ErrPassing, Reason: "the answer is empty"}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && syntax.Offset >= int64(len(body)) {
			return &Error{Kind: ErrPassing, Reason: "the answer was cut off"}
		}
		return &Error{Kind: ErrUnreadable, Reason: "the answer is not JSON: " + clip(err.Error())}
	}
	// The API tells some refusals with status 200.
	said := errorMessage(whole)
	switch {
	case said == "":
		return nil
	case strings.Contains(strings.ToLower(said), "limit reach"):
		return &Error{Kind: ErrPassing, Reason: "too many requests for the plan of this key: lower --fmp-rate, or wait (it says: " + c.clean(said) + ")"}
	default:
		return &Error{Kind: ErrRefused, Reason: "the request is refused (it says: " + c.clean(said) + ")"}
	}
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

// said is what the body of a refusal says: some are JSON, others a sentence. A
// page says nothing.
func (c *Client) said(body []byte) string {
	if message := errorMessage(body); message != "" {
		return c.clean(message)
	}
	text := strings.TrimSpace(string(body))
	if text == "" || strings.ContainsRune("<{[", rune(text[0])) {
		return ""
	}
	return c.clean(text)
}

// clean makes the words of somebody else fit for an error: one line, short,
// nothing a terminal would act on, and without the key, should they repeat it.
func (c *Client) clean(text string) string {
	return cut(strings.ReplaceAll(fold(text), c.key, "xxxxx"))
}

// clip makes a text one short line of what can be printed.
func clip(text string) string { return cut(fold(text)) }

// fold makes a text one line of what can be printed.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(text), " ")
}

// cut makes a text short.
func cut(text string) string {
	if len(text) <= maxSaid {
		return text
	}
	end := maxSaid
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}
