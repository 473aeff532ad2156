package transcript

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// containerJSON is how Source.Container begins when the text is a string in a
// JSON document; the name of the field follows.
const containerJSON = "json: "

// textFields are the fields in which publishers keep the text of a call.
var textFields = [...]string{"transcript", "content", "text", "body"}

func looksLikeJSON(text string) bool {
	trimmed := strings.TrimSpace(strings.TrimPrefix(text, byteOrderMark))
	return trimmed != "" && (trimmed[0] == '{' || trimmed[0] == '[') && json.Valid([]byte(trimmed))
}

// decodeJSON takes the text and the facts out of what the FMP API answers (an
// array of one object, text in "content") or of a Motley Fool page (an object,
// text in "transcript").
func decodeJSON(text string) (Source, error) {
	object, err := onlyObject([]byte(strings.TrimPrefix(text, byteOrderMark)))
	if err != nil {
		return Source{}, err
	}
	for _, field := range textFields {
		var content string
		if json.Unmarshal(object[field], &content) != nil || strings.TrimSpace(content) == "" {
			continue
		}
		return Source{Text: content, Container: containerJSON + field, Facts: statedInJSON(object)}, nil
	}
	return Source{}, refused("the JSON holds no text of a call under " + strings.Join(textFields[:], ", "))
}

func onlyObject(document []byte) (map[string]json.RawMessage, error) {
	var object map[string]json.RawMessage
	if json.Unmarshal(document, &object) == nil {
		return object, nil
	}
	var objects []map[string]json.RawMessage
	if err := json.Unmarshal(document, &objects); err != nil {
		return nil, refused("the JSON is neither an object nor an array of objects")
	}
	if len(objects) != 1 {
		return nil, refused(fmt.Sprintf("the JSON holds %d objects, where one call is wanted", len(objects)))
	}
	return objects[0], nil
}

// statedInJSON reads the facts beside the text. A field that is absent, null
// or of another form than expected is unknown.
func statedInJSON(object map[string]json.RawMessage) Facts {
	facts := Facts{
		Ticker:        firstString(object, "symbol", "ticker"),
		Company:       firstString(object, "company", "companyName", "name"),
		FiscalYear:    firstNumber(object, "fiscalYear", "fiscal_year", "year"),
		FiscalQuarter: firstNumber(object, "quarter", "fiscal_quarter", "fiscalQuarter", "period"),
		CallDate:      firstString(object, "date", "call_date", "callDate"),
	}
	if _, err := NormaliseTicker(facts.Ticker); err != nil {
		facts.Ticker = ""
	}
	if !plausibleYear(facts.FiscalYear) {
		facts.FiscalYear, facts.FiscalQuarter = 0, 0
	}
	if facts.FiscalQuarter < 1 || facts.FiscalQuarter > 4 {
		facts.FiscalQuarter = 0
	}
	const isoDay = len("2006-01-02")
	if len(facts.CallDate) > isoDay {
		facts.CallDate = facts.CallDate[:isoDay]
	}
	if validDate(facts.CallDate) != nil {
		facts.CallDate = ""
	}
	return facts
}

func firstString(object map[string]json.RawMessage, fields ...string) string {
	for _, field := range fields {
		var s string
		if json.Unmarshal(object[field], &s) == nil && strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

// firstNumber reads 3, "3" and "Q3" alike; 0 when there is none.
func firstNumber(object map[string]json.RawMessage, fields ...string) int {
	for _, field := range fields {
		var n int
		if json.Unmarshal(object[field], &n) == nil && n != 0 {
			return n
		}
		digits := strings.TrimLeft(firstString(object, field), "Qq")
		if n, err := strconv.Atoi(digits); err == nil {
			return n
		}
	}
	return 0
}
