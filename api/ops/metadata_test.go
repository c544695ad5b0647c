package ops_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/ops"
)

func TestMergeMetadata(t *testing.T) {
	for _, c := range [][3]string{
		{`{"a":1}`, `{"b":2}`, `{"a":1,"b":2}`},
		{`{"a":1,"b":2}`, `{"a":null}`, `{"b":2}`},
		{`{"a":{"b":1,"c":2}}`, `{"a":{"b":null,"d":3}}`, `{"a":{"c":2,"d":3}}`},
		{`{"a":[1,2]}`, `{"a":[3]}`, `{"a":[3]}`},
		{`{"a":1}`, `{"a":{"b":null}}`, `{"a":{}}`},
		{``, `{"big":9007199254740993}`, `{"big":9007199254740993}`},
		{`null`, `{"a":1.50}`, `{"a":1.50}`},
	} {
		got, err := ops.MergeMetadata(json.RawMessage(c[0]), json.RawMessage(c[1]))
		require.NoError(t, err)
		require.Equal(t, c[2], string(got), "%s merged with %s", c[0], c[1])
	}
}

func TestMetadataChanges(t *testing.T) {
	got, err := ops.DiffMetadata(json.RawMessage(`{"a":1,"b":{"c":true,"d":9007199254740993},"same":1.0}`),
		json.RawMessage(`{"b":{"c":false,"d":9007199254740992},"e":"new","same":1}`))
	require.NoError(t, err)
	var said []string
	for _, c := range got {
		said = append(said, fmt.Sprintf("%s %s>%s", c.Path, c.Old, c.New))
	}
	require.Equal(t, []string{"a 1>", "b.c true>false", "b.d 9007199254740993>9007199254740992", `e >"new"`}, said)
}
