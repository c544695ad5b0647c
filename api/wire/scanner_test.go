package wire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/wire"
)

var jsonCorpus = []string{
	``, ` `, `null`, `nul`, `nulll`, `true`, `false`, `tru`, `0`, `-0`, `01`, `-`, `1.`, `1.5`, `.5`, `1e5`, `1E+5`, `1e`, `1e+`, `--1`,
	`""`, `"a`, `"\n"`, `"\x"`, `"\u12"`, `"\u12aF"`, `"\ud800"`, "\"\x01\"", "\"\u0085\u202e\"", `"\`, `"\u`,
	`[]`, `[ ]`, `[1]`, `[1,]`, `[,1]`, `[1 2]`, `[[[]]]`, `[[]`, `]`, `[}`, `{}`, `{"a":1}`, `{"a":1,}`, `{"a"}`, `{"a":}`, `{a:1}`,
	`{"a":1 "b":2}`, `{"a":{"b":[1,{"c":null}]},"d":"e"}`, `{"a":1}}`, `1 2`, "\ufeff{}", "{}\x00", ` {"a" : [ 1 , "x" ] } `, `{,"a":1}`,
}

func TestScanner_AcceptsValidJSON(t *testing.T) {
	for _, src := range jsonCorpus {
		_, err := wire.Check(src)
		require.Equal(t, json.Valid([]byte(src)), err == nil, "%q", src)
	}
}

func FuzzScanner(f *testing.F) {
	for _, src := range jsonCorpus {
		f.Add(src)
	}
	f.Add(`{"id":"user_1","email_addresses":[{"id":"idn_1","linked_to":[{"type":"oauth_google"}],"created_at":1768619805296}],"public_metadata":{"a":[1]}}`)
	f.Fuzz(func(t *testing.T, src string) {
		depth, err := wire.Check(src)
		valid := err == nil
		if depth < 9000 { // encoding/json gives up at 10000
			require.Equal(t, json.Valid([]byte(src)), valid, "%q", src)
		}
		var u api.User
		require.Equal(t, valid, u.UnmarshalJSON([]byte(src)) == nil)
		if _, err := wire.DecodeList[api.Deleted]([]byte(src), "an object"); err == nil {
			require.True(t, valid, "%q", src)
		}
		if valid {
			_, _ = wire.DecodeObject[api.Instance]([]byte(src), "an instance")
		}
		_ = api.CheckMetadata([]byte(src))
	})
}

func TestScanner_DoesNotRecurse(t *testing.T) {
	const deep = 8 << 20
	src := strings.Repeat("[", deep) + strings.Repeat("]", deep)
	depth, err := wire.Check(src)
	require.NoError(t, err)
	require.Equal(t, deep, depth)
}
