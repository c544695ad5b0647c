// Package e2e holds the tests over the whole project: the imports between packages,
// the tables in the README, and the built program in a real PTY.
//
// What may live here: tests only. What may not: anything that another package imports.
package e2e

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// arrows says which of our own packages each package may import. A trailing "/…"
// covers a folder and all below it. Test support packages (tuitest, contract) are not
// listed: only tests may import them.
var arrows = map[string][]string{
	"api":                     {"api/clean", "api/wire", "api/exchange"},
	"api/clean":               {},
	"api/wire":                {"api/clean"},
	"api/exchange":            {"api/clean"},
	"api/input":               {"api", "api/clean"},
	"api/ops":                 {"api", "api/clean", "api/wire", "api/input"},
	"api/verdict":             {"api", "api/clean"},
	"api/desk":                {"api", "api/clean", "api/ops"},
	"api/journal":             {"api/clean"},
	"api/journal/forward":     {"api/journal"},
	"api/journal/recorder":    {"api", "api/clean", "api/desk", "api/journal", "api/ops"},
	"api/session":             {"api", "api/config", "api/policy", "api/desk", "api/exchange", "api/journal", "api/journal/forward", "api/journal/recorder", "api/ops", "api/profile", "api/sandbox", "api/sandbox/host"},
	"api/config":              {"api/clean"},
	"api/policy":              {"api", "api/clean", "api/config", "api/ops"},
	"api/profile":             {"api", "api/clean", "api/config"},
	"api/search":              {"api", "api/verdict", "api/clean", "api/input"},
	"api/sandbox":             {"api/sandbox/faults", "api/sandbox/store"},
	"api/sandbox/faults":      {},
	"api/sandbox/host":        {"api/sandbox", "api/sandbox/faults", "api/sandbox/store", "api/sandbox/world"},
	"api/sandbox/store":       {},
	"api/sandbox/world":       {"api/sandbox/store"},
	"api/sandbox/contract":    {},
	"api/sandbox/storetest":   {"api/sandbox/store"},
	"tui":                     {},
	"tui/text":                {},
	"tui/keyinput":            {},
	"tui/outputfilter":        {},
	"tui/picture":             {"tui/text"},
	"tui/scroll":              {"tui"},
	"tui/table":               {"tui", "tui/text"},
	"tui/toast":               {"tui", "tui/text", "tui/scroll"},
	"tui/actionlist":          {"tui", "tui/text", "tui/textbox"},
	"tui/help":                {"tui", "tui/text", "tui/actionlist", "tui/scroll"},
	"tui/textbox":             {"tui", "tui/text"},
	"tui/palette":             {"tui", "tui/text", "tui/actionlist", "tui/scroll"},
	"tui/dialog":              {"tui", "tui/text", "tui/textbox"},
	"tui/shell":               {"tui", "tui/text", "tui/dialog", "tui/toast", "tui/help", "tui/palette"},
	"tui/terminal":            {"tui", "tui/keyinput", "tui/shell", "tui/outputfilter"},
	"tui/tuitest":             {"tui/…"},
	"views/userfmt":           {"api", "api/verdict", "api/clean", "api/wire", "api/input", "tui", "tui/text"},
	"views/avatar":            {"views/userfmt", "api", "api/clean", "tui", "tui/text", "tui/picture"},
	"views/mask":              {"api/journal", "views/userfmt", "api", "api/clean"},
	"views/export":            {"views/mask", "api", "api/clean", "api/wire"},
	"views/usercache":         {"api", "api/clean"},
	"views/action/wording":    {"views/userfmt", "api", "api/verdict", "api/clean", "api/ops", "api/desk", "tui"},
	"views/action":            {"views/action/wording", "views/mask", "views/userfmt", "views/avatar", "views/usercache", "api", "api/verdict", "api/clean", "api/wire", "api/input", "api/ops", "api/desk", "api/journal", "api/journal/recorder", "api/profile", "api/search", "api/session", "tui", "tui/text", "tui/textbox", "tui/picture"},
	"views/user":              {"views/journal", "api/journal", "views/action", "views/mask", "views/userfmt", "views/avatar", "views/usercache", "api", "api/verdict", "api/clean", "api/wire", "api/ops", "api/profile", "tui", "tui/text", "tui/picture", "tui/table"},
	"views/users/pages":       {"views/users/localsearch"},
	"views/users/localsearch": {"views/userfmt", "api", "api/clean", "api/input", "api/search", "tui/table", "tui/text"},
	"views/users/searchbox":   {"api", "api/search", "tui/text", "tui/textbox"},
	"views/users/selection":   {"views/users/pages", "views/users/localsearch", "api"},
	"views/users":             {"views/export", "views/mask", "views/users/pages", "views/users/selection", "views/users/searchbox", "views/users/localsearch", "views/user", "views/action", "views/action/wording", "views/userfmt", "views/savedsearch", "api", "api/verdict", "api/clean", "api/input", "api/ops", "api/desk", "api/profile", "api/search", "tui", "tui/text", "tui/textbox", "tui/table"},
	"views/requests":          {"views/mask", "api/clean", "api/exchange", "tui", "tui/text", "tui/textbox", "tui/table", "views/action", "views/userfmt"},
	"views/journal":           {"views/action", "views/userfmt", "api", "api/clean", "api/journal", "api/ops", "tui", "tui/text", "tui/textbox", "tui/table"},
	"views/runbook":           {"views/action", "views/action/wording", "views/userfmt", "api", "api/clean", "api/wire", "api/journal", "api/ops", "api/verdict", "tui", "tui/text"},
	"views/instances":         {"views/action", "api/clean", "api/profile", "api/session", "tui"},
	"views/tour":              {"views/action", "views/journal", "views/users", "api", "api/profile", "tui", "tui/text"},
	"views/viewtest":          {"api/…", "tui/…", "views/action", "views/mask"},
	"views/savedsearch":       {"api", "api/clean", "api/input"},
	"views/command":           {"views/action", "views/export", "views/mask", "views/action/wording", "views/userfmt", "views/savedsearch", "api", "api/verdict", "api/clean", "api/wire", "api/input", "api/search", "api/ops", "api/desk", "api/profile", "api/session", "tui", "tui/text"},
	"views/command/journal":   {"views/mask", "views/command", "api/clean", "api/desk", "api/journal", "api/session"},
	"views/command/config":    {"views/command", "api/clean", "api/config", "api/profile", "api/session"},
	"views/command/doctor":    {"views/command", "api", "api/clean", "api/config", "api/journal/forward", "api/profile", "api/session"},
	"views/command/place":     {"views/command", "views/command/directory", "api", "api/clean", "api/sandbox/host", "api/journal", "api/policy", "api/profile", "api/session"},
	"views/command/directory": {"views/command", "api/clean", "api/sandbox", "api/sandbox/host"},
	"views/e2e":               {},
	"views/e2e/pictures":      {"tui"},
	".":                       {"api", "api/clean", "api/config", "api/journal", "api/ops", "api/policy", "api/profile", "api/session", "api/sandbox/host", "tui", "tui/shell", "tui/terminal", "views/…"},
}

func allowed(from, to string) bool {
	for _, rule := range arrows[from] {
		if folder, all := strings.CutSuffix(rule, "/…"); rule == to || all && (to == folder || strings.HasPrefix(to, folder+"/")) {
			return true
		}
	}
	return false
}

func TestArrows_PointOneWay(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "testdata") {
			if d.Name() == ".." {
				return nil
			}
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		seen++
		dir, err := filepath.Rel(root, filepath.Dir(path))
		require.NoError(t, err)
		from := filepath.ToSlash(dir)
		_, known := arrows[from]
		require.True(t, known, "%s: a new room needs its arrows written down here", from)
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			require.NotEqual(t, "charm.land/bubbles/v2/textinput", name, "%s: text is typed into a tui/textbox", path)
			to, ours := strings.CutPrefix(name, "frontdesk/")
			if ours {
				require.True(t, allowed(from, to), "%s must not import %s", path, name)
			}
		}
		return nil
	}))
	require.Greater(t, seen, 20, "the walk found the sources")
}

func TestArrows_TopLevelFiles(t *testing.T) {
	card := map[string]bool{"go.mod": true, "go.sum": true, "main.go": true, "tui": true, "views": true, "api": true,
		"keymap.go": true, "theme.go": true, "Makefile": true, "README.md": true, "LICENSE": true, "docs": true}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	require.NoError(t, err)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.Name() == "frontdesk" {
			continue
		}
		require.True(t, card[e.Name()], "%s does not belong at the top level", e.Name())
	}
}
