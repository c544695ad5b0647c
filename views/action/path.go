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
	name string // raw, as the file system has it
	dir  bool
}

// listing is a directory as it was read.
type listing struct {
	dir     string // as it was asked for, with the slash at its end
	entries []dirEntry
	more    bool // there were more than are kept
	err     error
}

// maxEntries bounds a listing; who has more types a little of the name.
const maxEntries = 2000

// readDir lists a directory, folders first, then by name without regard to
// case. It reads the disk: for Tasks only.
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

// matching are the entries for what has been typed of a name: the one of that
// very name, those that begin with it, those that contain it. Hidden ones show
// only when asked for.
func (l listing) matching(typed string) []dirEntry {
	exact := typed
	typed = strings.ToLower(typed)
	var same, first, then []dirEntry
	for _, e := range l.entries {
		name := strings.ToLower(e.name)
		switch {
		case exact != "" && e.name == exact:
			same = append(same, e)
		case strings.HasPrefix(name, ".") && !strings.HasPrefix(typed, "."):
		case strings.HasPrefix(name, typed):
			first = append(first, e)
		case strings.Contains(name, typed):
			then = append(then, e)
		}
	}
	return slices.Concat(same, first, then)
}

// looksLikeImage goes by the name alone; the file's first bytes decide later.
func (e dirEntry) looksLikeImage() bool {
	switch strings.ToLower(filepath.Ext(e.name)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp":
		return true
	}
	return false
}

// splitPath parts what is in the box into the directory and what is typed of a
// name: "~/Pic" is home and "Pic". Nothing at all is the home directory.
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

// expandHome puts the home directory in place of a leading ~. A path that is typed
// behind another one begins anew: "~//etc" is /etc, "/etc/~/a" is at home.
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

// abbreviateHome is expand backwards, for the box.
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

// pastedPath reads a path as terminals and file managers hand it over: quoted,
// with shell escapes, or as a file:// address, with a newline at its end.
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

// unescape takes backslashes away, before any character or only before those
// given.
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
