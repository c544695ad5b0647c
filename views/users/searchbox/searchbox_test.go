package searchbox_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api/search"
	"frontdesk/views/users/searchbox"
)

func TestBox_TypingReplacesTheSelectedText(t *testing.T) {
	b := searchbox.New()
	b.SetText("maya")
	b.Open()
	require.True(t, b.IsSelected())
	require.True(t, b.DeleteSelected())
	require.Empty(t, b.Text())
	require.False(t, b.DeleteSelected(), "nothing is selected any more")
}

func TestBox_NormalizesTypographicQuotes(t *testing.T) {
	b := searchbox.New()
	b.Open()
	require.True(t, b.Edit(tea.PasteMsg{Content: "name:“van der Meer”"}))
	require.Equal(t, `name:"van der Meer"`, b.Text())
}

func TestBox_CompletesTheTokenAtTheCursor(t *testing.T) {
	b := searchbox.New()
	b.SetText("is:ban")
	b.Open()
	b.Deselect()
	require.True(t, b.Complete())
	require.Equal(t, "is:banned ", b.Text())
}

func TestBox_CorrectsAWrongToken(t *testing.T) {
	b := searchbox.New()
	b.SetText("is:bannned")
	s := search.Parse(b.Text(), time.Time{})
	b.Reject(&s)
	require.True(t, b.Complete())
	require.Equal(t, "is:banned", strings.TrimSpace(b.Text()))
}

func TestBox_IsLongForTypedLinesOnly(t *testing.T) {
	b := searchbox.New()
	b.Open()
	b.Edit(tea.PasteMsg{Content: strings.Repeat("x", 201)})
	require.True(t, b.IsLong())
	b.SetText(strings.Repeat("x", 201))
	require.False(t, b.IsLong())
}
