package retrieval

import (
	"bytes"
	"cmp"
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

// maxSaid bounds what is repeated of a server's own words, in bytes.
const maxSaid = 200

// refusal is the error of an answer with another status than 200.
func (c *Client) refusal(response *http.Response) *Error {
	// Of a body that breaks off, what there is says enough.
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxRefusal))
	status := response.StatusCode
	reason, kind := meaning(status)
	problem := &Error{Kind: kind, Status: status, Reason: cmp.Or(c.config.Reasons[status], reason)}
	if status >= http.StatusMultipleChoices && status < http.StatusBadRequest {
		problem.Reason += movedTo(response)
		if c.config.Moved != "" {
			problem.Reason += ": " + c.config.Moved
		}
		return problem
	}
	if said := c.said(body); said != "" {
		problem.Reason += itSays(said)
	}
	if errors.Is(problem, ErrPassing) {
		problem.RetryAfter = retryAfter(response.Header.Get("Retry-After"))
	}
	return problem
}

// meaning is what a status other than 200 means in general.
func meaning(status int) (reason string, kind error) {
	switch {
	case status == http.StatusNotFound:
		return ErrNone.Error(), ErrNone
	case status == http.StatusTooManyRequests:
		return "it is asked too often: ask more slowly, or wait", ErrPassing
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status >= http.StatusInternalServerError:
		return "the server fails with " + named(status), ErrPassing
	case status >= http.StatusMultipleChoices && status < http.StatusBadRequest:
		return "the address has moved", ErrRefused
	}
	return "the request is refused with " + named(status), ErrRefused
}

// named is a status with its name.
func named(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
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

// check tells what is wrong with the body of an answer that came with status
// 200, if anything is. What breaks off is passing, and so is a page where JSON
// is wanted, because servers put one up while they are mended.
func check(body []byte) *Error {
	trimmed := bytes.TrimSpace(body)
	switch {
	case len(trimmed) == 0:
		return &Error{Kind: ErrPassing, Reason: "the answer is empty"}
	case trimmed[0] == '<':
		return &Error{Kind: ErrPassing, Reason: "the answer is a page, not JSON"}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && syntax.Offset >= int64(len(body)) {
			return &Error{Kind: ErrPassing, Reason: "the answer was cut off"}
		}
		return &Error{Kind: ErrUnreadable, Reason: "the answer is not JSON: " + Clip(err.Error())}
	}
	return nil
}

// said is what the body of a refusal says: some are JSON, others a sentence. A
// page says nothing.
func (c *Client) said(body []byte) string {
	if c.config.Said != nil {
		if message := c.config.Said(body); message != "" {
			return c.clean(message)
		}
	}
	text := strings.TrimSpace(string(body))
	if text == "" || strings.ContainsRune("<{[", rune(text[0])) {
		return ""
	}
	return c.clean(text)
}

// itSays adds a server's own words to a reason.
func itSays(said string) string { return " (it says: " + said + ")" }

// clean makes the words of a server fit for an error, and takes the secret out,
// should they repeat it.
func (c *Client) clean(text string) string {
	text = fold(text)
	if c.config.Secret != "" {
		text = strings.ReplaceAll(text, c.config.Secret, "xxxxx")
	}
	return cut(text)
}

// Clip makes the words of somebody else fit for an error: one short line of
// what can be printed, and nothing a terminal would act on.
func Clip(text string) string { return cut(fold(text)) }

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
