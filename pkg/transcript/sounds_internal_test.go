package transcript

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestGivenNamesThatSoundAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"katya", "katia"}, {"cori", "corie"}, {"hawk", "hock"}, {"leany", "leni"}, {"neal", "neil"}, {"karmen", "carmen"}, {"philip", "filip"}} {
		require.True(t, soundsLike(pair[0], pair[1]), "%v", pair)
		require.True(t, soundsLike(pair[1], pair[0]), "%v", pair)
	}
	for _, pair := range [][2]string{{"", ""}, {"jim", "jon"}, {"dan", "don"}, {"boris", "carmen"}, {"peter", "paula"}, {"ada", "ida"}} {
		require.False(t, soundsLike(pair[0], pair[1]), "%v", pair)
	}
}

func TestNamesRunTogetherAreTakenApartBySyllables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, word, last string }{
		{"otto", "ottolindgren", "lindgren"},
		{"finn", "finnaltmann", "altmann"},
		{"elka", "elkamorrow", "morrow"},
		{"rook", "roffan", "fan"},
		{"lee", "leelarsen", "larsen"},
		{"otto", "otto", ""},
		{"otto", "ottola", ""},
		{"anna", "ottolindgren", ""},
		{"", "ottolindgren", ""},
		{"łu", "łukaszkowal", ""},
	} {
		require.Equal(t, c.last, runTogether(c.given, c.word), "%s in %s", c.given, c.word)
	}
}

func TestNamesOfAnyLettersAreComparedWithoutFault(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		a, b := rapid.String().Draw(rt, "a"), rapid.String().Draw(rt, "b")
		require.Equal(rt, soundsLike(plain(a), plain(b)), soundsLike(plain(b), plain(a)))
		require.Equal(rt, keyOf(a).isHeardAs(keyOf(b)), keyOf(a).isHeardAs(keyOf(b)))
		if last := runTogether(plain(a), plain(b)); last != "" {
			require.True(rt, isASCII(last))
		}
	})
}
