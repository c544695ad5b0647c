package api

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var jsonCorpus = []string{
	``, ` `, `null`, `nul`, `nulll`, `true`, `false`, `tru`, `0`, `-0`, `01`, `-`, `1.`, `1.5`, `.5`, `1e5`, `1E+5`, `1e`, `1e+`, `--1`,
	`""`, `"a`, `"\n"`, `"\x"`, `"\u12"`, `"\u12aF"`, `"\ud800"`, "\"\x01\"", "\"\u0085\u202e\"", `"\`, `"\u`,
	`[]`, `[ ]`, `[1]`, `[1,]`, `[,1]`, `[1 2]`, `[[[]]]`, `[[]`, `]`, `[}`, `{}`, `{"a":1}`, `{"a":1,}`, `{"a"}`, `{"a":}`, `{a:1}`,
	`{"a":1 "b":2}`, `{"a":{"b":[1,{"c":null}]},"d":"e"}`, `{"a":1}}`, `1 2`, "\ufeff{}", "{}\x00", ` {"a" : [ 1 , "x" ] } `, `{,"a":1}`,
}

func TestScannerAcceptsWhatJSONIs(t *testing.T) {
	for _, src := range jsonCorpus {
		s := scanner{src: src}
		require.Equal(t, json.Valid([]byte(src)), s.whole() == nil, "%q", src)
	}
}

func FuzzScanner(f *testing.F) {
	for _, src := range jsonCorpus {
		f.Add(src)
	}
	f.Add(userJSON)
	f.Fuzz(func(t *testing.T, src string) {
		s := scanner{src: src}
		valid := s.whole() == nil
		if s.deepest < 9000 { // encoding/json gives up at 10000
			require.Equal(t, json.Valid([]byte(src)), valid, "%q", src)
		}
		var u User
		require.Equal(t, valid, u.UnmarshalJSON([]byte(src)) == nil)
		if _, err := readRows([]byte(src)); err == nil {
			require.True(t, valid, "%q", src)
		}
		if valid {
			_, _ = readOne[failure]([]byte(src), "an error")
		}
		_ = CheckMetadata([]byte(src))
	})
}

func TestScannerDoesNotRecurse(t *testing.T) {
	const deep = 8 << 20
	src := strings.Repeat("[", deep) + strings.Repeat("]", deep)
	s := scanner{src: src}
	require.NoError(t, s.whole())
	require.Equal(t, deep, s.deepest)
}
