package insight

import (
	"fmt"

	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// misheardWarnings tell of names that the transcript spells by ear. Quotes
// keep the text as it stands.
func (rd *reading) misheardWarnings() []*callrankv1.Warning {
	out := make([]*callrankv1.Warning, 0, len(rd.lex.Misheard))
	for _, a := range rd.lex.Misheard {
		message := fmt.Sprintf("%q sounds like %s and is read as it", a.Heard, a.Name)
		if a.Times > 1 {
			message += fmt.Sprintf(" (%d times)", a.Times)
		}
		out = append(out, &callrankv1.Warning{
			Code: callrankv1.WarnMisheardName, Message: message, Source: spanOf(a.Start, a.End),
		})
	}
	for _, a := range rd.lex.Odd {
		out = append(out, &callrankv1.Warning{
			Code: callrankv1.WarnMisheardName, Message: fmt.Sprintf("%q reads like a name misheard", a.Heard), Source: spanOf(a.Start, a.End),
		})
	}
	return out
}
