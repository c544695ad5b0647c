package sandbox

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

func jsonInto(raw []byte, into any) error { return json.Unmarshal(raw, into) }

func TestMergeMetadata(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) {
		u.Public = []byte(`{"id":9223372036854775807,"a":{"b":1,"c":[1,2]},"gone":true}`)
		u.Unsafe = []byte(`{"keep":1}`)
	})
	path := "/users/" + u.ID + "/metadata"
	r := d.do("PATCH", path, `{"public_metadata":{"a":{"c":[3],"d":{"e":null,"f":12345678901234567890}},"gone":null,"h":"<&>"},"private_metadata":{"x":{"y":null}}}`)
	require.JSONEq(t, `{"id":9223372036854775807,"a":{"b":1,"c":[3],"d":{"f":12345678901234567890}},"h":"<&>"}`, string(mustField(t, r.body, "public_metadata")))
	require.Contains(t, string(r.body), "9223372036854775807")
	require.Contains(t, string(r.body), "12345678901234567890")
	require.JSONEq(t, `{"x":{}}`, string(mustField(t, r.body, "private_metadata")))
	require.JSONEq(t, `{"keep":1}`, string(mustField(t, r.body, "unsafe_metadata")))
	for _, body := range []any{nil, "null", fields{}} {
		require.Equal(t, 200, d.unchecked().do("PATCH", path, body).status)
	}
	require.Equal(t, 200, d.do("PATCH", path, `{"public_metadata":null}`).status)
	require.Contains(t, string(d.stored(u.ID).Public), "9223372036854775807", "null is no change of a whole field")

	d.do("PATCH", path, fields{"metadata": fields{}}).fails(422, "form_param_unknown")
	d.do("PATCH", path, fields{"public_metadata": "text"}).fails(422, "form_param_value_invalid")
	d.do("PATCH", path, fields{"public_metadata": fields{"big": strings.Repeat("x", 8190)}}).fails(422, "form_param_exceeds_allowed_size")
	d.do("PATCH", "/users/user_x/metadata", fields{}).fails(404, "resource_not_found")
}

func mustField(t *testing.T, body []byte, name string) json.RawMessage {
	t.Helper()
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(body, &all), "%s", body)
	return all[name]
}

func TestMergeMetadata_LimitAppliesToTheResult(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1)
	half := strings.Repeat("x", 5000)
	d.do("PATCH", "/users/"+u.ID+"/metadata", fields{"public_metadata": fields{"a": half}, "private_metadata": fields{"a": half}}).ok()
	d.do("PATCH", "/users/"+u.ID+"/metadata", fields{"public_metadata": fields{"b": half}}).fails(422, "form_param_exceeds_allowed_size")
	d.do("PATCH", "/users/"+u.ID+"/metadata", fields{"public_metadata": fields{"a": nil, "b": half}}).ok()
}

func TestReplaceMetadata(t *testing.T) {
	d := newTestServer(t)
	u := d.person("Ann", 1, func(u *store.User) { u.Public, u.Private = []byte(`{"a":1,"b":2}`), []byte(`{"p":1}`) })
	path := "/users/" + u.ID + "/metadata"
	out := d.do("PUT", path, fields{"public_metadata": fields{"c": nil}}).ok()
	require.Equal(t, fields{"c": nil}, out["public_metadata"], "null inside is a value here")
	require.Equal(t, fields{"p": 1.0}, out["private_metadata"])
	require.Equal(t, fields{}, d.do("PUT", path, fields{"private_metadata": fields{}}).ok()["private_metadata"])
	require.Equal(t, fields{}, d.unchecked().do("PUT", path, `{"public_metadata":null}`).ok()["public_metadata"])
	d.do("PUT", path, fields{"public_metadata": 1}).fails(422, "form_param_value_invalid")
}

func FuzzMergePatch_KeepsUnnamedKeys(f *testing.F) {
	f.Add(`{"a":{"b":1}}`, `{"a":{"c":null}}`)
	f.Fuzz(func(t *testing.T, before, patch string) {
		old, err := decodeObject([]byte(before))
		if err != nil {
			t.Skip()
		}
		change, err := decodeObject([]byte(patch))
		if err != nil {
			t.Skip()
		}
		kept := map[string]any{}
		for key, value := range old {
			if _, named := change[key]; !named {
				kept[key] = value
			}
		}
		merged := mergePatch(old, change)
		for key, value := range kept {
			require.Equal(t, value, merged[key])
		}
		for key, value := range change {
			if value == nil {
				require.NotContains(t, merged, key)
			}
		}
	})
}
