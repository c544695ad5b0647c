package sandbox

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/sandbox/store"
)

// newOrganizationServer has three organizations: Ann is in all, Bob in Acme and Zen, Cid in Acme.
func newOrganizationServer(t *testing.T) *testServer {
	d := newTestServer(t)
	a := d.person("Ann", 1, func(u *store.User) { u.LastActiveAt = 5000 })
	b := d.person("Bob", 2, func(u *store.User) { u.LastActiveAt, u.Username = 7000, "" })
	c := d.person("Cid", 3, func(u *store.User) {
		u.Phones = []store.Phone{{ID: testID("idn", "CidPhone"), Number: "+15555550100"}}
	})
	d.person("Dot", 4)
	org := func(name string, created int64) *store.Organization {
		return &store.Organization{ID: testID("org", name), Name: name, Slug: strings.ToLower(name) + "-hq", CreatedAt: created, UpdatedAt: created}
	}
	acme, zen, mid := org("Acme", 1000), org("Zen", 3000), org("mid", 2000)
	member := func(u *store.User, o *store.Organization, role string, at int64) *store.Membership {
		return &store.Membership{ID: testID("orgmem", u.FirstName+o.Name), UserID: u.ID, OrganizationID: o.ID, Role: role, CreatedAt: at, UpdatedAt: at}
	}
	d.put(acme, zen, mid,
		member(a, acme, "org:admin", 30), member(b, acme, "org:member", 20), member(c, acme, "org:member", 10),
		member(a, zen, "org:member", 1), member(b, zen, "org:admin", 2), member(a, mid, "org:admin", 3))
	return d
}

func (d *testServer) organizationNames(query string) string {
	d.t.Helper()
	var out []string
	page := d.do("GET", "/v1/organizations?"+query, nil).ok()
	for _, o := range page["data"].([]any) {
		out = append(out, o.(fields)["name"].(string))
	}
	if !strings.Contains(query, "limit") && !strings.Contains(query, "offset") {
		require.EqualValues(d.t, len(out), page["total_count"], query)
	}
	return strings.Join(out, " ")
}

func (d *testServer) memberNames(query string) string {
	d.t.Helper()
	var out []string
	page := d.do("GET", "/v1/organizations/acme-hq/memberships?"+query, nil).ok()
	for _, m := range page["data"].([]any) {
		out = append(out, m.(fields)["public_user_data"].(fields)["first_name"].(string))
	}
	if !strings.Contains(query, "limit") && !strings.Contains(query, "offset") {
		require.EqualValues(d.t, len(out), page["total_count"], query)
	}
	return strings.Join(out, " ")
}

func TestListOrganizations_FiltersAndOrders(t *testing.T) {
	d := newOrganizationServer(t)
	ann, bob, cid, dot := testID("user", "Ann"), testID("user", "Bob"), testID("user", "Cid"), testID("user", "Dot")
	for query, want := range map[string]string{
		"":                                         "Zen mid Acme",
		"order_by=created_at":                      "Acme mid Zen",
		"order_by=%2Bname":                         "Acme mid Zen",
		"order_by=+name":                           "Acme mid Zen",
		"order_by=-name":                           "Zen mid Acme",
		"order_by=-members_count":                  "Acme Zen mid",
		"order_by=members_count":                   "mid Zen Acme",
		"user_id=" + cid:                           "Acme",
		"user_id=" + dot:                           "",
		"user_id=user_nobody":                      "",
		"user_id[]=" + bob + "&order_by=name":      "Acme Zen",
		"user_id=" + cid + "&user_id=" + bob:       "Zen Acme",
		"user_id=-" + bob:                          "mid",
		"user_id=%2B" + ann + "&user_id=-" + cid:   "Zen mid",
		"organization_id=" + testID("org", "Zen"):  "Zen",
		"organization_id=-" + testID("org", "Zen"): "mid Acme",
		"query=MI":                                 "mid",
		"query=hq":                                 "Zen mid Acme",
		"query=" + testID("org", "Acme"):           "Acme",
		"query=nothing":                            "",
		"query=e&user_id=" + bob:                   "Zen Acme",
		"include_members_count=true&limit=1":       "Zen",
		"offset=2":                                 "Acme",
	} {
		require.Equal(t, want, d.organizationNames(query), query)
	}
	for query, param := range map[string]string{
		"order_by=bogus": "order_by", "order_by=--name": "order_by", "order_by=email_address": "order_by",
		"include_members_count=maybe": "include_members_count", "limit=x": "limit", "offset=-1": "offset",
		strings.Repeat("user_id=a&", 101): "user_id",
	} {
		requireParam(t, d.unchecked().do("GET", "/v1/organizations?"+query, nil), param)
	}
}

// requireParam requires an error about one parameter in Clerk's shape.
func requireParam(t *testing.T, got reply, param string) {
	t.Helper()
	require.Equal(t, 422, got.status, "%s", got.body)
	var body errorBody
	require.NoError(t, json.Unmarshal(got.body, &body))
	require.Equal(t, param, got.fails(422, body.Errors[0].Code).Meta["param_name"])
}

// A membership check asks for one user of one organization: the response is that
// membership or nothing.
func TestListMembers_FiltersAndOrders(t *testing.T) {
	d := newOrganizationServer(t)
	bob, dot := testID("user", "Bob"), testID("user", "Dot")
	for query, want := range map[string]string{
		"":                                       "Ann Bob Cid",
		"order_by=%2Bcreated_at":                 "Cid Bob Ann",
		"order_by=-first_name":                   "Cid Bob Ann",
		"order_by=first_name&limit=1":            "Ann",
		"order_by=-email_address&offset=1":       "Bob Ann",
		"order_by=phone_number&limit=1":          "Cid",
		"order_by=username&limit=1":              "Ann",
		"user_id=" + bob:                         "Bob",
		"user_id=" + dot:                         "",
		"user_id[]=" + bob:                       "Bob",
		"user_id=-" + bob:                        "Ann Cid",
		"user_id=user_nobody":                    "",
		"role=org:admin":                         "Ann",
		"role=org:member":                        "Bob Cid",
		"role=org:member&role=org:admin":         "Ann Bob Cid",
		"role=org:owner":                         "",
		"role=org:admin&user_id=" + bob:          "",
		"role=org:member&order_by=%2Bcreated_at": "Cid Bob",
		"query=cid":                              "Cid",
		"query=mail.example":                     "Ann Bob Cid",
		"query=dot":                              "",
		"email_address=bob@mail.example":         "Bob",
		"email_address_query=ann@":               "Ann",
		"phone_number=%2B15555550100":            "Cid",
		"phone_number_query=555":                 "Cid",
		"username=ann_x":                         "Ann",
		"username_query=_x":                      "Ann Cid",
		"name_query=Bob":                         "Bob",
		"last_active_at_after=6000":              "Bob",
		"last_active_at_before=6000":             "Ann",
		"created_at_after=0&role=org:admin":      "Ann",
	} {
		require.Equal(t, want, d.memberNames(query), query)
	}
	for query, param := range map[string]string{
		"order_by=bogus": "order_by", "order_by=members_count": "order_by", "created_at_after=yesterday": "created_at_after",
		"last_active_at_before=1.5": "last_active_at_before", "limit=0": "limit", strings.Repeat("role=a&", 101): "role",
	} {
		requireParam(t, d.unchecked().do("GET", "/v1/organizations/acme-hq/memberships?"+query, nil), param)
	}
}

func TestListInvitations_FiltersAndOrders(t *testing.T) {
	d := newTestServer(t)
	made := map[string]string{}
	for i, name := range []string{"bea", "abe", "cal"} {
		d.pass(1e9)
		made[name] = d.do("POST", "/v1/invitations", fields{"email_address": name + "@mail.example", "expires_in_days": 9 - i}).ok()["id"].(string)
	}
	d.do("POST", "/v1/invitations/"+made["cal"]+"/revoke", nil).ok()
	names := func(query string) string {
		var out []string
		for _, i := range d.do("GET", "/v1/invitations?"+query, nil).list() {
			out = append(out, strings.TrimSuffix(i["email_address"].(string), "@mail.example"))
		}
		return strings.Join(out, " ")
	}
	for query, want := range map[string]string{
		"":                                      "abe bea",
		"status=revoked":                        "cal",
		"status=pending&status=revoked":         "cal abe bea",
		"status[]=accepted":                     "",
		"order_by=email_address":                "abe bea",
		"order_by=-email_address":               "bea abe",
		"order_by=%2Bcreated_at":                "bea abe",
		"order_by=expires_at":                   "abe bea",
		"query=BEA":                             "bea",
		"query=" + url.QueryEscape(made["abe"]): "abe",
	} {
		require.Equal(t, want, names(query), query)
	}
	for query, param := range map[string]string{"status=open": "status", "order_by=status": "order_by", "paginated=perhaps": "paginated"} {
		requireParam(t, d.do("GET", "/v1/invitations?"+query, nil), param)
	}
}

func TestDeleteInvitation_OfAnyStatus(t *testing.T) {
	d := newTestServer(t)
	invite := func(name string) string {
		return d.do("POST", "/v1/invitations", fields{"email_address": name + "@mail.example"}).ok()["id"].(string)
	}
	pending, revoked := invite("one"), invite("two")
	d.do("POST", "/v1/invitations/"+revoked+"/revoke", nil).ok()
	for _, id := range []string{pending, revoked} {
		require.Equal(t, fields{"object": "invitation", "id": id, "deleted": true}, d.do("DELETE", "/v1/invitations/"+id, nil).ok())
		d.do("DELETE", "/v1/invitations/"+id, nil).fails(404, "resource_not_found")
		d.do("POST", "/v1/invitations/"+id+"/revoke", nil).fails(404, "resource_not_found")
	}
	require.Empty(t, d.do("GET", "/v1/invitations?status=pending&status=revoked", nil).list())
	invite("one") // the address can be invited again
}
