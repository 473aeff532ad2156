package web

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
)

// markup writes HTML where templates would be too slow: five hundred rows of a
// ranking, in templates, took a tenth of a second. Tags are constants; all that
// comes from elsewhere goes through text, which escapes it.
type markup struct{ b strings.Builder }

// tag is a piece of HTML of this program's own. Only constants convert to it
// by themselves, so that what comes from elsewhere cannot be taken for one.
type tag string

func (m *markup) tag(html tag) *markup {
	m.b.WriteString(string(html))
	return m
}

// text writes a text, escaped for between tags and for within quotes.
func (m *markup) text(s string) *markup {
	template.HTMLEscape(&m.b, []byte(s))
	return m
}

// segment writes a text as one segment of the path of an address, escaped for
// within quotes.
func (m *markup) segment(s string) *markup { return m.text(url.PathEscape(s)) }

// coord writes a coordinate, to the tenth.
func (m *markup) coord(v float64) *markup {
	m.b.WriteString(coord(v))
	return m
}

func (m *markup) number(n int) *markup {
	m.b.WriteString(strconv.Itoa(n))
	return m
}

// html is what was written.
func (m *markup) html() template.HTML {
	return template.HTML(m.b.String()) //nolint:gosec // Tags are ours, and texts were escaped.
}
