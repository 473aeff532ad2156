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

// decodeJSON takes the text and the facts out of what the FMP API answers (an
// array of one object, text in "content") or of a Motley Fool page (an object,
// text in "transcript"). A document that breaks off within the text gives what
// there is of it. It reports whether the document is JSON.
func decodeJSON(src Source) (inside Source, is bool, err error) {
	text := strings.TrimFunc(src.Text, isBlank)
	if text == "" || text[0] != '{' && text[0] != '[' {
		return Source{}, false, nil
	}
	var document any
	cut := src.Cut
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		if !opensObject(text) {
			return Source{}, false, nil
		}
		closed, is := closedJSON(text)
		if !is || json.Unmarshal([]byte(closed), &document) != nil {
			return Source{}, false, refused("the JSON is broken: " + err.Error())
		}
		cut = true
	}
	object, err := onlyObject(document)
	if err != nil {
		return Source{}, false, err
	}
	content, field, err := contentOf(object)
	if err != nil {
		return Source{}, false, err
	}
	inside, err = decodePlain(Source{Text: content, Container: containerJSON + field, Facts: statedInJSON(object), Cut: cut})
	return inside, true, err
}

// opensObject reports whether a text begins like an object in JSON, or like an
// array of objects.
func opensObject(text string) bool {
	text = strings.TrimLeft(strings.TrimPrefix(text, "["), " \t\r\n")
	key, is := strings.CutPrefix(text, "{")
	return is && strings.HasPrefix(strings.TrimLeft(key, " \t\r\n"), `"`)
}

func onlyObject(document any) (map[string]any, error) {
	objects, is := document.([]any)
	if !is {
		objects = []any{document}
	}
	switch {
	case len(objects) == 0:
		return nil, refused("the JSON is an empty list: its publisher has no transcript of the call")
	case len(objects) > 1 && allObjects(objects):
		return nil, refused(fmt.Sprintf("the JSON holds %d objects, where one call is wanted", len(objects)))
	}
	object, is := objects[0].(map[string]any)
	if !is || len(objects) > 1 {
		return nil, refused("the JSON is neither an object nor an array of objects")
	}
	return object, nil
}

func allObjects(values []any) bool {
	for _, v := range values {
		if _, is := v.(map[string]any); !is {
			return false
		}
	}
	return true
}

// contentOf returns the text of a call and the field it is under.
func contentOf(object map[string]any) (content, field string, err error) {
	empty := ""
	for _, field := range textFields {
		content, is := object[field].(string)
		switch {
		case !is:
		case strings.TrimFunc(content, isBlank) == "":
			empty = field
		default:
			return content, field, nil
		}
	}
	if empty != "" {
		return "", "", refused("the JSON holds an empty text under " + empty)
	}
	return "", "", refused("the JSON holds no text of a call under " + strings.Join(textFields[:], ", "))
}

// statedInJSON reads the facts beside the text. A field that is absent, null
// or of another form than expected is unknown.
func statedInJSON(object map[string]any) Facts {
	facts := Facts{
		Ticker:        firstString(object, "symbol", "ticker"),
		Company:       firstString(object, "company", "companyName", "name"),
		FiscalYear:    firstNumber(object, "", "fiscalYear", "fiscal_year", "year"),
		FiscalQuarter: firstNumber(object, "Qq", "quarter", "fiscal_quarter", "fiscalQuarter", "period"),
		FiscalHalf:    firstNumber(object, "Hh", "half", "fiscal_half", "fiscalHalf", "period"),
		CallDate:      firstString(object, "date", "call_date", "callDate"),
	}
	if _, err := NormaliseTicker(facts.Ticker); err != nil {
		facts.Ticker = ""
	}
	if !plausibleYear(facts.FiscalYear) {
		facts.FiscalYear, facts.FiscalQuarter, facts.FiscalHalf = 0, 0, 0
	}
	if facts.FiscalQuarter < 1 || facts.FiscalQuarter > 4 {
		facts.FiscalQuarter = 0
	}
	if !facts.Period().isWhole() || facts.FiscalQuarter != 0 {
		facts.FiscalHalf = 0
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

func firstString(object map[string]any, fields ...string) string {
	for _, field := range fields {
		if s, is := object[field].(string); is && strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

// firstNumber reads 3, "3" and, behind one of some letters, "Q3" alike; 0 when
// there is none.
func firstNumber(object map[string]any, letters string, fields ...string) int {
	const most = 1 << 20 // beyond any year
	for _, field := range fields {
		if n, is := object[field].(float64); is && n != 0 && n == float64(int(max(min(n, most), -most))) {
			return int(n)
		}
		digits := strings.TrimLeft(firstString(object, field), letters)
		if n, err := strconv.Atoi(digits); err == nil {
			return n
		}
	}
	return 0
}
