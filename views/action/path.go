package action

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdesk/api/clean"
)

// dirEntry is one name in a directory listing.
type dirEntry struct {
	name string // as the file system has it, not cleaned
	dir  bool
}

// listing is the content of a directory.
type listing struct {
	dir     string // with a slash at the end
	entries []dirEntry
	more    bool // there are more than maxEntries
	err     error
}

// maxEntries bounds a listing.
const maxEntries = 2000

// readDir lists a directory, folders first, then by name regardless of case. It
// reads the disk, so only tasks may call it.
func readDir(dir string) listing {
	l := listing{dir: dir}
	f, err := os.Open(dir)
	if err != nil {
		l.err = err
		return l
	}
	defer f.Close()
	found, err := f.ReadDir(maxEntries + 1)
	if err != nil && len(found) == 0 && err.Error() != "EOF" {
		l.err = err
		return l
	}
	l.more = len(found) > maxEntries
	for _, d := range found[:min(len(found), maxEntries)] {
		folder := d.IsDir()
		if d.Type()&os.ModeSymlink != 0 {
			if to, err := os.Stat(filepath.Join(dir, d.Name())); err == nil {
				folder = to.IsDir()
			}
		}
		l.entries = append(l.entries, dirEntry{name: d.Name(), dir: folder})
	}
	slices.SortFunc(l.entries, func(a, b dirEntry) int {
		if a.dir != b.dir {
			if a.dir {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return l
}

// matching returns the entries that match what has been typed of a name: first the
// entry of exactly that name, then those that begin with it, then those that
// contain it. Hidden entries match only if typed begins with a dot.
func (l listing) matching(typed string) []dirEntry {
	exact := typed
	typed = strings.ToLower(typed)
	var same, prefixed, containing []dirEntry
	for _, e := range l.entries {
		name := strings.ToLower(e.name)
		switch {
		case exact != "" && e.name == exact:
			same = append(same, e)
		case strings.HasPrefix(name, ".") && !strings.HasPrefix(typed, "."):
		case strings.HasPrefix(name, typed):
			prefixed = append(prefixed, e)
		case strings.Contains(name, typed):
			containing = append(containing, e)
		}
	}
	return slices.Concat(same, prefixed, containing)
}

// looksLikeImage reports whether the name is one of an image. Whether the file is
// one is decided by its first bytes, later.
func (e dirEntry) looksLikeImage() bool {
	switch strings.ToLower(filepath.Ext(e.name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp":
		return true
	}
	return false
}

// splitPath splits a typed path into the directory and the beginning of a name:
// "~/Pic" is the home directory and "Pic". An empty path is the home directory.
func splitPath(typed, home string) (dir, rest string) {
	full := expandHome(typed, home)
	if full == "" {
		return withSlash(home), ""
	}
	i := strings.LastIndexByte(full, filepath.Separator)
	if i < 0 {
		return "." + string(filepath.Separator), full
	}
	return full[:i+1], full[i+1:]
}

// expandHome replaces a leading ~ with the home directory. A path typed after
// another one replaces it: "~//etc" is /etc, and "/etc/~/a" is in the home
// directory.
func expandHome(typed, home string) string {
	if i := strings.LastIndex(typed, "//"); i >= 0 {
		typed = typed[i+1:]
	}
	if i := strings.LastIndex(typed, "/~/"); i >= 0 {
		typed = typed[i+1:]
	}
	if typed == "~" {
		return withSlash(home)
	}
	if rest, ok := strings.CutPrefix(typed, "~"+string(filepath.Separator)); ok {
		return withSlash(home) + rest
	}
	return typed
}

// abbreviateHome is the inverse of expandHome.
func abbreviateHome(path, home string) string {
	if home := withSlash(home); home != "/" && strings.HasPrefix(path, home) {
		return "~/" + path[len(home):]
	}
	return path
}

func withSlash(dir string) string {
	if strings.HasSuffix(dir, string(filepath.Separator)) {
		return dir
	}
	return dir + string(filepath.Separator)
}

// pastedPath reads a path the way terminals and file managers paste it: quoted,
// with shell escapes, or as a file:// URL, perhaps followed by a newline.
func pastedPath(pasted string) string {
	s := strings.TrimRight(pasted, "\r\n")
	if line, _, more := strings.Cut(s, "\n"); more {
		s = strings.TrimRight(line, "\r")
	}
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "file://"); ok {
		if u, err := url.Parse("file://" + rest); err == nil && u.Path != "" {
			return u.Path
		}
	}
	if n := len(s); n >= 2 && (s[0] == '\'' || s[0] == '"') && s[n-1] == s[0] {
		inner := s[1 : n-1]
		if s[0] == '\'' {
			return strings.ReplaceAll(inner, `'\''`, `'`) // how a shell writes a quote inside quotes
		}
		return unescape(inner, `"\$`+"`")
	}
	return unescape(s, "")
}

// unescape removes backslashes before the characters in only, or before any
// character if only is empty.
func unescape(s, only string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (only == "" || strings.IndexByte(only, s[i+1]) >= 0) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func displayName(name string) string { return clean.NewText(name).Display() }
