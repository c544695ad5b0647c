package store

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// spellings maps names in a directory to the ways people type them.
var spellings = map[string][]string{
	"محمد علي":     {"محمد علی", "محمد على", "مُحَمَّد", "محمّد", "محـــمد", "مُحَمَّد عَلِيّ", "ﻣﺤﻤﺪ"},
	"أحمد":         {"احمد", "إحمد", "آحمد", "ٱحمد", "أَحْمَد"},
	"فاطمة":        {"فاطمه", "فاطِمَة", "ﻓﺎﻃﻤﺔ"},
	"مؤمن":         {"مومن", "مُؤْمِن"},
	"هانئ":         {"هاني", "هانی", "هانى"},
	"کاوه کریمی":   {"كاوه كريمي", "کاوه كريمى"},
	"نیک\u200cپور": {"نيكپور", "نیکپور", "نيك\u200cپور"},
	"مُنى":         {"مني", "منی", "منى"},
	"رحمٰن":        {"رحمن"},
	"נועה כהן":     {"נוֹעָה", "נוֹעָה כֹּהֵן", "נועה", "כּהן"},
	"שָׁלוֹם":      {"שלום", "שׁלום", "שָׁלוֹם"},
	"José Núñez":   {"jose nunez", "JOSÉ", "Jose\u0301"},
	"Łukasz":       {"lukasz"},
}

func TestFold_MatchesTypedSpellings(t *testing.T) {
	s := openNew(t)
	names := []string{}
	for name := range spellings {
		names = append(names, name)
	}
	slices.Sort(names)
	of := map[string]string{}
	for i, name := range names {
		first, last, _ := strings.Cut(name, " ")
		u := person(i+1, first, last)
		put(t, s, u)
		of[name] = u.ID
	}
	put(t, s, person(90, "سامي", "حسن"), person(91, "יעל", "לוי"))
	for name, typed := range spellings {
		for _, q := range append(typed, name) {
			require.Contains(t, find(t, s, Query{AnyLike: q}), of[name], "%q for %q", q, name)
			require.Contains(t, find(t, s, Query{NameLike: q}), of[name], "%q for %q", q, name)
		}
	}
	// A different letter remains different.
	for _, q := range []string{"محمذ", "حمدأ", "فاطمت", "נועח", "כהנ", "ليس"} {
		require.Empty(t, find(t, s, Query{AnyLike: q}), q)
	}
	// Letters and separators are kept.
	for text, want := range map[string]string{
		"בן־גוריון": "בן־גוריון", "ء": "ء", "פּ": "פ", "٣": "٣", "हिन्दी": "हिन्दी", "ไทย": "ไทย", "ﷲ": "الله", "가": "가",
	} {
		require.Equal(t, want, foldText(text), text)
	}
}

// foldOfVersion1 is the folding of schema version 1.
func foldOfVersion1(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case r >= 0x0300 && r <= 0x036f:
		case strokes[r] != "" && !unicode.Is(unicode.Arabic, r):
			b.WriteString(strokes[r])
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}

// makeVersion1 stores a user's words as version 1 did.
func makeVersion1(t *testing.T, s *Store, users ...*User) {
	t.Helper()
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
		for _, u := range users {
			var seq int64
			if err := tx.c.row(tx.ctx, "SELECT seq FROM users WHERE id = ?", []any{u.ID}, &seq); err != nil {
				return err
			}
			is := searchWordsOf(u)
			was := is
			was.first, was.last = foldOfVersion1(u.FirstName), foldOfVersion1(u.LastName)
			was.name = nameOf(was.first, was.last)
			if err := cmp.Or(tx.updateColumns(seq, columnsOf(u, is), columnsOf(u, was)), tx.unindex(seq, is), tx.index(seq, was)); err != nil {
				return err
			}
		}
		return tx.c.execAll(tx.ctx, "PRAGMA user_version=1")
	}))
}

func TestUpgrade_ReindexesAnOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "directory.db")
	s, err := Open(context.Background(), path)
	require.NoError(t, err)
	var users []*User
	for name := range spellings {
		first, last, _ := strings.Cut(name, " ")
		users = append(users, person(len(users)+1, first, last))
	}
	for i := range 300 {
		users = append(users, person(100+i, fmt.Sprintf("Maya%d", i), "Okafor"))
	}
	put(t, s, users...)
	makeVersion1(t, s, users...)
	require.Empty(t, find(t, s, Query{AnyLike: "احمد"}), "an old file finds nobody")
	require.NoError(t, s.Close())

	for range 2 { // the second time there is nothing to do
		s, err = Open(context.Background(), path)
		require.NoError(t, err)
		for _, u := range users[:len(spellings)] {
			for _, q := range append(spellings[strings.TrimSpace(u.FirstName+" "+u.LastName)], u.FirstName) {
				require.Contains(t, find(t, s, Query{AnyLike: q}), u.ID, "%q", q)
			}
		}
		require.Len(t, find(t, s, Query{AnyLike: "okafor"}), 300)
		require.NoError(t, s.Close())
	}

	// The index no longer has the old words: a deleted user is not found.
	s, err = Open(context.Background(), path)
	require.NoError(t, err)
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
		for _, u := range users[:len(spellings)] {
			if err := tx.DeleteUser(u.ID); err != nil {
				return err
			}
		}
		var left int
		require.NoError(t, tx.c.row(tx.ctx, `SELECT count(*) FROM search WHERE search MATCH '"حمد" OR "علي" OR "على" OR "علی" OR "نوע" OR "שלו"'`, nil, &left))
		require.Zero(t, left)
		return nil
	}))
	var version int
	w := <-s.writer
	require.NoError(t, w.row(context.Background(), "PRAGMA user_version", nil, &version))
	s.writer <- w
	require.Equal(t, schemaVersion, version)
	require.NoError(t, s.Close())
}
