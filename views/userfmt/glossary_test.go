package userfmt_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/views/userfmt"
)

func TestGlossary_ExplainsEachTermInOneSentence(t *testing.T) {
	var words []string
	for _, term := range userfmt.Glossary() {
		words = append(words, term.Word)
		require.True(t, strings.HasSuffix(term.Meaning, "."), term.Word)
		require.Equal(t, 1, strings.Count(term.Meaning+" ", ". "), term.Word)
	}
	require.Equal(t, []string{"Ban", "Lock", "MFA", "Identification", "Metadata", "Instance"}, words)
}
