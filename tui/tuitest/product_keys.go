package tuitest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui"
)

// ProductKeys returns the product's key map with additional bindings. It parses
// keymap.go, which tests cannot import because it is in package main.
func ProductKeys(t testing.TB, more ...tui.Binding) *tui.KeyMap {
	t.Helper()
	k, err := tui.NewKeyMap(append(productBindings(t), more...))
	require.NoError(t, err)
	return k
}

// Keys returns a key map with the additional bindings and the product's keys of the
// shell and the overlays, but of no screen.
func Keys(t testing.TB, more ...tui.Binding) *tui.KeyMap {
	t.Helper()
	shell := slices.DeleteFunc(productBindings(t), func(b tui.Binding) bool {
		family, _, _ := strings.Cut(b.Actions[0], ".")
		return !slices.Contains([]string{"app", "dialog", "menu", "page"}, family)
	})
	k, err := tui.NewKeyMap(append(shell, more...))
	require.NoError(t, err)
	return k
}

// Bind returns a binding of one action in the scope "screen".
func Bind(action string, keys ...string) tui.Binding {
	return tui.Binding{Scope: "screen", Actions: []string{action}, Keys: keys}
}

// productBindings reads the calls of bind in keymap.go.
func productBindings(t testing.TB) (out []tui.Binding) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(moduleRoot(t), "keymap.go"), nil, 0)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if name, ok := call.Fun.(*ast.Ident); !ok || name.Name != "bind" {
			return true
		}
		var args []string
		for _, arg := range call.Args {
			literal, ok := arg.(*ast.BasicLit)
			require.True(t, ok, "keymap.go: bind takes string literals")
			s, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			args = append(args, s)
		}
		out = append(out, tui.Binding{Scope: tui.Scope(args[0]), Actions: strings.Fields(args[1]), Keys: args[2:]})
		return true
	})
	require.NotEmpty(t, out, "keymap.go: no call of bind")
	return out
}

// moduleRoot returns the directory of go.mod, above the test's own.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		require.NotEqual(t, dir, parent, "no go.mod above the test's folder")
		dir = parent
	}
}
