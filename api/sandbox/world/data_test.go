package world

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadPeople_ReadsTheEmbeddedFile(t *testing.T) {
	sections, err := readPeople(peopleText, testNow.UnixMilli())
	require.NoError(t, err)
	require.Len(t, sections, 3)
	require.Len(t, sections[sectionStories], 11)
	require.Len(t, sections[sectionToday], 41)
	require.Len(t, sections[sectionNamesakes], 6)
	named := 0
	for _, p := range sections[sectionStories] {
		if p.finish != nil {
			named++
		}
	}
	require.Len(t, stories, named, "every story is somebody's")
}

func TestReadPeople_RejectsMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"A/B | a@x.example | | | Rome, IT | it-IT | 3m | 2m":      "people.txt:1: 8 fields instead of 9",
		"\n# c\nA/B | | | tall | Rome, IT | | 3m | 2m | 1m":       `people.txt:3: unknown trait "tall"`,
		"A/B | | | locked:x | Rome, IT | | 3m | 2m | 1m":          `unknown trait "locked:x"`,
		"A/B | | | | Rome, IT | | 3m | 2m | -":                    "the times contradict the traits",
		"A/B | | | never | Rome, IT | | 3m | 2m | 1m":             "the times contradict the traits",
		"A/B | | | | Rome, IT | | soon | 2m | 1m":                 "soon",
		"\"A | | | | Rome, IT | | 3m | 2m | 1m":                   "the name",
		"A/B | | | | Rome, IT | | 3m | 2m | 1m\n    story nobody": `people.txt:2: unknown story "nobody"`,
		"A/B | | | | Rome, IT | | 3m | 2m | 1m\n    height 2":     `people.txt:2: unknown detail "height"`,
		"    public {}": "people.txt:1: 1 fields instead of 9",
	} {
		_, err := readPeople(text, testNow.UnixMilli())
		require.ErrorContains(t, err, want)
	}
}

func TestReadRegions_ReadsTheEmbeddedFile(t *testing.T) {
	regions, err := readRegions(namesText)
	require.NoError(t, err)
	require.Len(t, regions, 27)
	for _, r := range regions {
		require.Positive(t, r.weight)
		require.NotEmpty(t, r.locales)
		require.NotEmpty(t, r.towns)
		require.GreaterOrEqual(t, min(len(r.first), len(r.last)), 4)
		for _, town := range r.towns {
			require.Len(t, town.country, 2, town.city)
		}
	}
	for _, text := range []string{"weight many", "colour red", "weight 1\norder backwards"} {
		_, err := readRegions(text)
		require.ErrorContains(t, err, "names.txt:")
	}
}
