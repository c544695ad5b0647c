package search_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/search"
)

func TestDistance_CountsLettersAndSwaps(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"okafro", "okafor", 1}, {"okafer", "okafor", 1}, {"mya", "maya", 1}, {"łukasz", "lukasz", 1}, {"żak", "zak", 1}, {"ca", "abc", 3}} {
		require.Equal(t, c.want, search.EditDistance(c.a, c.b), c)
		require.Equal(t, c.want, search.EditDistance(c.b, c.a), c)
	}
}

func TestFragment_IsThePrefixOfTheLongestWord(t *testing.T) {
	for text, want := range map[string]string{
		"okafro": "oka", "maya okafer": "oka", "żółwik": "żół", "maya@harborpine.example": "harbo", "elin": "el", "sam": "", "0142": "", "+1 415 555": "", "": "",
	} {
		require.Equal(t, want, search.Parse(text, time.Time{}).FuzzyPrefix(), text)
	}
}

func TestAsWords_SearchesTheTextUnparsed(t *testing.T) {
	for _, text := range []string{"Maya Okafor", "is:banned", "-org", `say "hi"`, "10:30", "O'Brien", `x"y`, "id:user_1 b"} {
		s := search.Parse(search.QuoteLiteral(text), time.Time{})
		require.Nil(t, s.InvalidToken(), text)
		require.False(t, s.HasTokens(), text)
	}
	require.Equal(t, "Maya Okafor", search.QuoteLiteral("Maya Okafor"))
}
