package input_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/input"
)

func TestCheckReason_RefusesWhatSaysNothing(t *testing.T) {
	for _, text := range []string{"", "y", ".", "-", "x", "ok", "asdf", "ASDF", "test", "Test.", "qwerty", "aaaa", "AaAa", "1111", "...", "--- x ---", "\u200b\u200b", "n/a",
		"\u54c8\u54c8\u54c8", "\u738b", "\u0434\u0430", "a b"} {
		require.Equal(t, input.EmptyReason, input.CheckReason(text), "%q", text)
	}
}

func TestCheckReason_TakesWhatSaysSomething(t *testing.T) {
	for _, text := range []string{"spam", "fraud", "#123", "T-4711", "4711", "asked for it", "test account of ours", "SMS", "\u9000\u6b3e", "\ud658\ubd88", "\u4e0d\u6b63", "\u30b9\u30d1\u30e0",
		"\u0441\u043f\u0430\u043c", "\u0627\u062d\u062a\u064a\u0627\u0644", "\u0927\u094b\u0916\u093e", "\u0e42\u0e01\u0e07"} {
		require.Empty(t, input.CheckReason(text), "%q", text)
	}
}
