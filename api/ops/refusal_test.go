package ops_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/ops"
)

// refused is an error response with an item for each parameter, in the server's words.
func refused(t *testing.T, status int, items ...[2]string) error {
	t.Helper()
	e := &api.Error{Status: status, Sent: true}
	for _, i := range items {
		var item api.ErrorItem
		body, err := json.Marshal(map[string]any{"long_message": i[1], "meta": map[string]string{"param_name": i[0]}})
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(body, &item))
		e.Items = append(e.Items, item)
	}
	return fmt.Errorf("wrapped: %w", e)
}

func TestSortRefusal_ByField(t *testing.T) {
	op, _ := ops.Users().Get("create_user")
	got := op.ReadRefusal(refused(t, 422,
		[2]string{"email_address[0]", "is taken."}, [2]string{"email_address", "is odd"}, [2]string{"phone_numbers", "is no number"},
		[2]string{"public_metadata.plan", "is too long"}, [2]string{"password_digest", "is no digest"},
		[2]string{"first_name\x1b[31m", "hostile"}, [2]string{"", "the quota is used up"}, [2]string{"sideways", "is unknown"}))
	require.Equal(t, map[string]string{
		"email_address": "is taken; is odd", "phone_number": "is no number", "public_metadata": "is too long", "password_digest": "is no digest",
	}, got.Fields)
	require.Equal(t, []string{"hostile", "the quota is used up", "is unknown"}, got.General)
}

func TestSortRefusal_IgnoresOtherErrors(t *testing.T) {
	op, _ := ops.Users().Get("create_user")
	for _, err := range []error{nil, errors.New("username: is odd"), refused(t, 500, [2]string{"username", "failed"}), &api.Error{Status: 422}} {
		got := op.ReadRefusal(err)
		require.Empty(t, got.Fields)
		require.Empty(t, got.General)
	}
}

func TestMetadataPatch_TurnsOneObjectIntoTheOther(t *testing.T) {
	for _, c := range [][3]string{
		{`{"a":1}`, `{"a":1}`, `{}`},
		{`{"a":1,"b":2}`, `{"b":3}`, `{"a":null,"b":3}`},
		{`{"big":9007199254740993}`, `{"big":9007199254740992}`, `{"big":9007199254740992}`},
		{`{"a":{"b":1,"c":{"d":2}}}`, `{"a":{"c":{}}}`, `{"a":{"b":null,"c":{"d":null}}}`},
		{`{"a":[1,2]}`, `{"a":[2,null]}`, `{"a":[2,null]}`},
		{`{"a":{"b":1}}`, `{"a":"x"}`, `{"a":"x"}`},
		{`{"a":"x"}`, `{"a":{"b":"<&>"}}`, `{"a":{"b":"<&>"}}`},
		{`{"kept":null,"a":1}`, `{"kept":null,"a":2}`, `{"a":2}`},
		{`{"n":1.0}`, `{"n":1}`, `{}`},
		{``, `{"new":{}}`, `{"new":{}}`},
	} {
		before, after := json.RawMessage(c[0]), json.RawMessage(c[1])
		patch, err := ops.MetadataPatch(before, after)
		require.NoError(t, err, c)
		require.Equal(t, c[2], string(patch), c)
		is, err := ops.MergeMetadata(before, patch)
		require.NoError(t, err)
		left, err := ops.DiffMetadata(is, after)
		require.NoError(t, err)
		require.Empty(t, left, c)
	}
}

func TestMetadataPatch_ReportsWhatItCannotExpress(t *testing.T) {
	for _, c := range [][2]string{{`{"a":1}`, `{"a":null}`}, {`{}`, `{"a":null}`}, {`{"a":{"b":1}}`, `{"a":{"b":{"c":null}}}`}} {
		_, err := ops.MetadataPatch(json.RawMessage(c[0]), json.RawMessage(c[1]))
		require.ErrorContains(t, err, "a merge removes null keys", c)
	}
	_, err := ops.MetadataPatch(nil, json.RawMessage(`{"a":1,"a":2}`))
	require.ErrorContains(t, err, "twice")
}
