package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// hostileNeedles have a meaning in SQL, LIKE, FTS5 or C strings.
var hostileNeedles = []string{
	"'", "\"", "%", "_", "*", "(", ")", "-", ":", "^", "\\", "+", "{name}", "''", "\"\"", "%%%", "___", "***", "(((", ")))", "---", ":::", "^^^", "\\\\\\",
	"a'b", "a\"b", "a%b", "a_b", "a*b", "a(b", "a)b", "a-b", "a:b", "a^b", "a\\b", "\"a\"", "\"abc", "abc\"", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)",
	"a AND b", "abc OR def", "NOT abc", "name : abc", "name:abc", "{name email} : abc", "- name : abc", "abc*", "^abc", "abc + def", "'; DROP TABLE users; --",
	"1' OR '1'='1", "%' ESCAPE '\\", "?1", "$1", ":id", "@x", "/*", "--", "\x00", "a\x00b", "abc\x00def", "\x00\x00\x00", "\xff\xfe\xfd", "a\xc3", "\u202eabc",
	"🎟️", "🎟️🎟️", "👩‍👩‍👧‍👦", "🇵🇹", "王", "小明", "王小明", "محمد علي", "שלום", "नमस्ते", "ไทย", "é", "e\u0301", "ﬁnd", "İstanbul", "ß", "SS", "\u200b", "a\u200bb",
	"\t", "a\tb", "a\nb", "\r\n", "\u2028", "\ufeff", "\U0010FFFF", "\ufffd", strings.Repeat("x", 5000), strings.Repeat("🎟", 300),
}

// Any text in a name is found by typing it, and finds nobody else.
func TestNeedle_HostileTextIsLiteral(t *testing.T) {
	s := openNew(t)
	bystander := person(0, "Bystander", "Abcdef")
	everybody := []*User{bystander}
	for i, needle := range hostileNeedles {
		u := person(i+1, "<"+needle+">", "")
		u.Username = "u" + fmt.Sprint(i) + "<" + needle + ">"
		everybody = append(everybody, u)
	}
	put(t, s, everybody...)
	require.NoError(t, s.Read(context.Background(), func(tx *Tx) error {
		for i, needle := range hostileNeedles {
			for _, q := range []Query{{NameLike: "<" + needle + ">"}, {UsernameLike: "<" + needle + ">"}, {AnyLike: "<" + needle + ">"}} {
				got, err := tx.Users(q)
				require.NoError(t, err, "%q", needle)
				require.Contains(t, ids(got...), everybody[i+1].ID, "%q", needle)
				require.NotContains(t, ids(got...), bystander.ID, "%q", needle)
			}
			for _, q := range []Query{{AnyLike: needle}, {NameLike: needle}, {EmailLike: needle}, {PhoneLike: needle}, {UsernameLike: needle}} {
				_, err := tx.CountUsers(q)
				require.NoError(t, err, "%q", needle)
			}
		}
		return nil
	}))
	// Everything in the index can be removed again, including invalid UTF-8.
	require.NoError(t, s.Write(context.Background(), func(tx *Tx) error {
		for _, u := range everybody {
			if err := tx.DeleteUser(u.ID); err != nil {
				return err
			}
		}
		return nil
	}))
	c := <-s.writer
	defer func() { s.writer <- c }()
	require.NoError(t, c.exec(context.Background(), "INSERT INTO search(search) VALUES ('integrity-check')"))
	var left int
	require.NoError(t, c.row(context.Background(), "SELECT count(*) FROM search WHERE search MATCH '\"abc\" OR \"bys\" OR \"exa\"'", nil, &left))
	require.Zero(t, left)
	require.NoError(t, c.row(context.Background(), "SELECT count(*) FROM identifications", nil, &left))
	require.Zero(t, left)
}

func TestNeedle_MetacharactersMatchThemselves(t *testing.T) {
	s := openNew(t)
	plain, special := person(1, "abcd", "efgh"), person(2, "a_c%", "e*gh")
	put(t, s, plain, special)
	for _, needle := range []string{"a_c", "a_", "c%", "%", "_", "*", "e*g", "e*"} {
		require.Equal(t, ids(special), find(t, s, Query{NameLike: needle}), needle)
	}
}

func FuzzNeedle(f *testing.F) {
	for _, n := range hostileNeedles {
		f.Add(n)
	}
	s, err := OpenTemp(context.Background())
	require.NoError(f, err)
	f.Cleanup(func() { s.Close() })
	put(f, s, person(1, "Maya", "Okafor"), person(2, "王小明", ""), person(3, "José", "O'Brien"))
	f.Fuzz(func(t *testing.T, needle string) {
		for _, q := range []Query{{AnyLike: needle}, {NameLike: needle}, {EmailLike: needle}, {PhoneLike: needle}, {UsernameLike: needle}, {Emails: []string{needle}},
			{UserIDs: []string{needle}}, {ExternalIDs: []string{needle}}, {Provider: needle}, {AnyLike: needle, OrderBy: "last_name"}} {
			find(t, s, q)
		}
	})
}

// Folding is idempotent, so that stored and typed text match, and its result is valid.
func FuzzFold(f *testing.F) {
	for _, n := range hostileNeedles {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := foldText(s)
		require.Equal(t, once, foldText(once))
		require.True(t, utf8.ValidString(once))
		require.NotContains(t, once, "\x00")
	})
}
