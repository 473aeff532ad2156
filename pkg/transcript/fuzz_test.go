package transcript_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/callrank/callrank/pkg/transcript"
	callrankv1 "github.com/callrank/callrank/proto/callrank/v1"
)

func FuzzDecode(f *testing.F) {
	for _, l := range layouts {
		f.Add([]byte(l.set(f, halyard())))
	}
	f.Add([]byte("\xff\xfeO\x00p\x00e\x00r\x00a\x00t\x00o\x00r\x00"))
	f.Add([]byte("It\x92s \x93fine\x94"))
	f.Add([]byte("<html><body><p>Operator</p><nav><p>Good day</body>"))
	f.Add([]byte(`[{"content": "Operator: Good day", "quarter": "Q3", "year": "2025"}]`))
	f.Fuzz(func(t *testing.T, document []byte) {
		src, err := transcript.Decode(document)
		if err != nil {
			var refused *transcript.RefusedError
			require.ErrorAs(t, err, &refused)
			return
		}
		require.True(t, utf8.ValidString(src.Text))
		require.NoError(t, src.Facts.Validate())
		if src.Container == "" {
			require.Equal(t, string(document[:len(src.Text)]), src.Text, "spans refer to the file")
		}
		requireReadable(t, src)
	})
}

func FuzzRead(f *testing.F) {
	for _, l := range layouts {
		src, err := transcript.Decode([]byte(l.set(f, halyard())))
		require.NoError(f, err)
		f.Add(src.Text, src.Container)
	}
	f.Add(setFlat(f, halyard()), "")
	f.Add(numbered(halyard()), "")
	f.Add(pressRelease, "")
	f.Add(setFlat(f, halyard()), "\xc0")
	f.Fuzz(func(t *testing.T, text, container string) {
		requireReadable(t, transcript.Source{Text: text, Container: container})
	})
}

// requireReadable checks what holds of the reading of any text.
func requireReadable(t *testing.T, src transcript.Source) {
	t.Helper()
	call, err := transcript.Read(src, transcript.Facts{})
	if err != nil {
		var refused *transcript.RefusedError
		require.ErrorAs(t, err, &refused)
		return
	}
	requireOrdered(t, src, call)
	for _, p := range call.GetParticipants() {
		require.NotEmpty(t, p.GetName())
	}
	_, err = callrankv1.JSON(call)
	require.NoError(t, err)
	again, err := transcript.Read(src, transcript.Facts{})
	require.NoError(t, err)
	require.Equal(t, reading(src, call), reading(src, again))
	require.Contains(t, []string{
		callrankv1.LayoutMotleyFool, callrankv1.LayoutMotleyFoolJSON, callrankv1.LayoutMotleyFoolOld, callrankv1.LayoutSeekingAlpha,
		callrankv1.LayoutStreetEvents, callrankv1.LayoutFMP, callrankv1.LayoutFlat,
	}, call.GetCall().GetLayout())
}
