package search

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A name typed without joiners, which keyboards lack, is the same name.
func TestFold_LeavesJoinersOut(t *testing.T) {
	for typed, stored := range map[string]string{
		"نیکپور":   "نیک\u200cپور",
		"نيكپور":   "نیک\u200cپور",
		"क्ष":      "क\u094d\u200dष",
		"می خواهم": "می\u200d خواهم",
	} {
		require.Equal(t, Fold(typed).Text, Fold(stored).Text, "%+q", stored)
	}
	require.NotEqual(t, Fold("نیکپور").Text, Fold("نیک پور").Text, "a space is no joiner")
}
