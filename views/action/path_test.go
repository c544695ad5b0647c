package action

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPastedPath_UndoesShellQuoting(t *testing.T) {
	for pasted, want := range map[string]string{
		"/home/jo/cat.png":                   "/home/jo/cat.png",
		"/home/jo/cat.png\n":                 "/home/jo/cat.png",
		"'/home/jo/my cat.png'":              "/home/jo/my cat.png",
		`"/home/jo/my cat.png" `:             "/home/jo/my cat.png",
		`"/home/jo/a \"b\" \c.png"`:          `/home/jo/a "b" \c.png`,
		`/home/jo/my\ cat\ \(1\).png`:        "/home/jo/my cat (1).png",
		"file:///home/jo/my%20cat.png":       "/home/jo/my cat.png",
		"file:///home/jo/a.png\r\nfile:///b": "/home/jo/a.png",
		`'it'\''s.png'`:                      "it's.png",
		"~/cat.png":                          "~/cat.png",
		"":                                   "",
		`\`:                                  `\`,
		"'":                                  "'",
	} {
		require.Equal(t, want, pastedPath(pasted), "%q", pasted)
	}
}

func TestSplitPath(t *testing.T) {
	for typed, want := range map[string][2]string{
		"":          {"/home/jo/", ""},
		"~":         {"/home/jo/", ""},
		"~/":        {"/home/jo/", ""},
		"~/Pic":     {"/home/jo/", "Pic"},
		"~x/Pic":    {"~x/", "Pic"},
		"/":         {"/", ""},
		"~//etc/a":  {"/etc/", "a"},
		"/etc/~/a":  {"/home/jo/", "a"},
		"//":        {"/", ""},
		"/tmp/a.pn": {"/tmp/", "a.pn"},
		"cat":       {"./", "cat"},
	} {
		dir, rest := splitPath(typed, "/home/jo")
		require.Equal(t, want, [2]string{dir, rest}, typed)
	}
	require.Equal(t, "~/a/b", abbreviateHome("/home/jo/a/b", "/home/jo"))
	require.Equal(t, "/home/joe/a", abbreviateHome("/home/joe/a", "/home/jo"))
	require.Equal(t, "/etc", abbreviateHome("/etc", "/"))
}

func TestReadDir_SortsFiltersAndReportsErrors(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.png", "A.jpg", ".hidden.png", "notes.txt"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "pictures"), 0o700))
	require.NoError(t, os.Symlink(filepath.Join(dir, "pictures"), filepath.Join(dir, "link")))
	names := func(es []dirEntry) (out []string) {
		for _, e := range es {
			out = append(out, e.name)
		}
		return out
	}
	l := readDir(dir)
	require.NoError(t, l.err)
	require.Equal(t, []string{"link", "pictures", "A.jpg", "b.png", "notes.txt"}, names(l.matching("")))
	require.Equal(t, []string{".hidden.png"}, names(l.matching(".h")))
	require.Equal(t, []string{"notes.txt"}, names(l.matching("tes")), "a part of the name is enough")
	require.Equal(t, []string{"b.png"}, names(l.matching("B.P")))
	require.Equal(t, []string{"pictures"}, names(l.matching("pic")))
	require.True(t, dirEntry{name: "A.JPG"}.looksLikeImage())
	require.False(t, dirEntry{name: "notes.txt"}.looksLikeImage())

	require.Error(t, readDir(filepath.Join(dir, "nothing")).err)
	require.Empty(t, readDir(filepath.Join(dir, "pictures")).entries)
	require.NoError(t, readDir(filepath.Join(dir, "pictures")).err)
}
