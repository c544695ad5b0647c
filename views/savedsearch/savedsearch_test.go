package savedsearch_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"frontdesk/api/search"
	"frontdesk/views/savedsearch"
)

func TestBuiltIn_IsValid(t *testing.T) {
	for _, q := range savedsearch.BuiltIn() {
		require.Nil(t, search.Parse(q.Text, time.Now()).InvalidToken(), q.Name)
		require.Empty(t, savedsearch.CheckName(q.Name))
	}
}

func TestRead_BrokenFileNamesTheLine(t *testing.T) {
	for text, says := range map[string]string{
		"a = \"x\"\nb = \n":                    "line 2",
		"a = \"x\"\nb = 7\n":                   "line 2",
		"a = \"x\"\n\n# c\n\"b c\" = \"y\"\n":  "line 4: the name “b c” takes letters",
		"a = \"x\"\na = \"y\"\n":               "line 2",
		"a = \"x\x1b[2J\"\n":                   "line 1",
		"12 = \"x\"\n":                         "line 1: the name “12” needs a letter",
		"[queue]\nname = \"x\"\n":              "line 1",
		strings.Repeat("#", 1<<20) + "\na = 1": "too large",
	} {
		path := filepath.Join(t.TempDir(), "queues.toml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		got, err := savedsearch.Read(path)
		require.Equal(t, savedsearch.BuiltIn(), got)
		require.ErrorContains(t, err, "queues.toml")
		require.ErrorContains(t, err, says)
		require.NotContains(t, err.Error(), "\x1b")
		require.Error(t, savedsearch.Save(path, "c", "z"), "a file that is not understood is not written over")
		now, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, text, string(now))
	}
	_, err := savedsearch.Read(t.TempDir())
	require.ErrorContains(t, err, "is not a file")
}

func TestSave_KeepsTheRestOfTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "frontdesk", "queues.toml")
	all, err := savedsearch.Read(path)
	require.NoError(t, err)
	require.Equal(t, savedsearch.BuiltIn(), all)
	require.NoError(t, savedsearch.Save(path, "vip", `name:"van der Berg" org:x`))
	require.NoError(t, savedsearch.Save(path, "tricky", "a \\ \" \t é 王"))
	require.NoError(t, savedsearch.Save(path, "vip", "is:locked"))
	require.Error(t, savedsearch.Save(path, "a b", "x"))
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(file), "# frontdesk's saved searches"))
	require.Equal(t, 1, strings.Count(string(file), "\nvip = "))
	all, err = savedsearch.Read(path)
	require.NoError(t, err)
	require.Equal(t, []savedsearch.Search{{Name: "vip", Text: "is:locked", IsOwn: true}, {Name: "tricky", Text: "a \\ \" \t é 王", IsOwn: true}}, all[len(savedsearch.BuiltIn()):])
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1, "nothing is left lying about")
}

// Notepad begins a file with a byte order mark, PowerShell writes UTF-16.
func TestRead_FilesOfAnyEncoding(t *testing.T) {
	for name, text := range map[string]string{
		"mark": "\ufeffvip = \"is:banned\"\r\n", "lone CR": "# mine\rvip = \"is:banned\"\r", "UTF-16": "\xff\xfev\x00i\x00p\x00=\x00\"\x00i\x00s\x00:\x00b\x00a\x00n\x00n\x00e\x00d\x00\"\x00\n\x00",
	} {
		path := filepath.Join(t.TempDir(), "queues.toml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		got, err := savedsearch.Read(path)
		require.NoError(t, err, name)
		require.Contains(t, got, savedsearch.Search{Name: "vip", Text: "is:banned", IsOwn: true}, name)
		require.NoError(t, savedsearch.Save(path, "other", "is:locked"), name)
		got, err = savedsearch.Read(path)
		require.NoError(t, err, name)
		require.Contains(t, got, savedsearch.Search{Name: "vip", Text: "is:banned", IsOwn: true}, name)
		require.Contains(t, got, savedsearch.Search{Name: "other", Text: "is:locked", IsOwn: true}, name)
	}
	path := filepath.Join(t.TempDir(), "queues.toml")
	require.NoError(t, os.WriteFile(path, []byte("vip = \"caf\xe9\""), 0o600))
	got, err := savedsearch.Read(path)
	require.Equal(t, savedsearch.BuiltIn(), got)
	require.ErrorContains(t, err, "queues.toml is neither UTF-8 nor UTF-16 text")
}
