package fmp

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// MaxPages is how many pages are read where no other bound is given; the API
// has no more.
const MaxPages = 100

// List asks an endpoint that answers with an array and reads its elements,
// which are of the form T. An empty array is an ErrNone.
func List[T any](ctx context.Context, c *Client, endpoint string, query url.Values) ([]T, error) {
	body, err := c.Get(ctx, endpoint, query)
	if err != nil {
		return nil, err
	}
	return elements[T](body, request(endpoint, query))
}

// elements reads the elements of an array that was asked for.
func elements[T any](body []byte, asked string) ([]T, error) {
	var list []T
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, otherForm(asked, err)
	}
	if len(list) == 0 {
		return nil, none(asked, ErrNone.Error())
	}
	return list, nil
}

// Pages asks an endpoint for one page after the other, each of limit elements,
// as they are wanted. It ends after a page that is short or empty, or after so
// many pages, which are at most MaxPages; 0 is as many. An error is the last
// that is yielded.
func Pages[T any](ctx context.Context, c *Client, endpoint string, query url.Values, limit, pages int) iter.Seq2[T, error] {
	if pages < 1 || pages > MaxPages {
		pages = MaxPages
	}
	return func(yield func(T, error) bool) {
		paged := maps.Clone(query)
		if paged == nil {
			paged = url.Values{}
		}
		paged.Set("limit", strconv.Itoa(limit))
		for page := range pages {
			paged.Set("page", strconv.Itoa(page))
			list, err := List[T](ctx, c, endpoint, paged)
			if isEnd(err, page) {
				return
			}
			if err != nil {
				var zero T
				yield(zero, err)
				return
			}
			if !yieldAll(slices.Values(list), yield) || len(list) < limit {
				return
			}
		}
	}
}

// isEnd tells whether an answer says that there are no more pages. An endpoint
// that is not found when it is first asked is no end, but a wrong address.
func isEnd(err error, page int) bool {
	problem, ok := errors.AsType[*Error](err)
	return ok && errors.Is(problem, ErrNone) && (page > 0 || problem.Status != http.StatusNotFound)
}

func yieldAll[T any](elements iter.Seq[T], yield func(T, error) bool) bool {
	for element := range elements {
		if !yield(element, nil) {
			return false
		}
	}
	return true
}
