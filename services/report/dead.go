package report

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/callrank/callrank/pkg/messaging"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

// mostPayload is how much of a payload is printed for eyes.
const mostPayload = 400

// DeadLetters prints a list of dead letters.
func DeadLetters(to io.Writer, notes []messaging.DeadNote) error {
	if len(notes) == 0 {
		_, err := fmt.Fprintln(to, "No dead letters.")
		return err
	}
	t := newTable(plain{to}, "id", "stage", "call", "died", "reason")
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 5, WidthMax: 2 * widest}})
	for _, note := range notes {
		t.AppendRow(table.Row{note.Number, note.Stage, firstOf(note.CallID, Dash), note.Died.UTC().Format(time.DateTime), note.Reason})
	}
	t.Render()
	return nil
}

// DeadLetter prints a dead letter.
func DeadLetter(to io.Writer, number uint64, letter *callrankv1.DeadLetter) error {
	p := &printer{to: plain{to}}
	p.printf("dead letter %d\n", number)
	t := newTable(p.to)
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, WidthMax: 2 * widest}})
	t.AppendRows([]table.Row{
		{"event", letter.GetId()},
		{"stage", letter.GetStage()},
		{"reason", letter.GetReason()},
		{"cause", letter.GetCause()},
		{"from", fmt.Sprintf("%s, sequence %d, subject %s", letter.GetStream(), letter.GetSequence(), letter.GetSubject())},
		{"deliveries", letter.GetDeliveries()},
		{"died", letter.GetDiedAt()},
	})
	for _, header := range letter.GetHeaders() {
		t.AppendRow(table.Row{header.GetKey(), strings.Join(header.GetValues(), ", ")})
	}
	t.Render()
	p.printf("payload, %d bytes:\n%s\n", len(letter.GetPayload()), printable(letter.GetPayload()))
	return p.err
}

// printable is the beginning of a payload, if it is text.
func printable(payload []byte) string {
	head := payload[:min(len(payload), mostPayload)]
	// The cut may have fallen into a character.
	for range utf8.UTFMax - 1 {
		if utf8.Valid(head) || len(head) == 0 {
			break
		}
		head = head[:len(head)-1]
	}
	if !utf8.Valid(head) {
		return "(binary; --format json prints it whole)"
	}
	shown := string(head)
	if len(head) < len(payload) {
		shown += " ..."
	}
	return text.WrapSoft(shown, 2*widest)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
