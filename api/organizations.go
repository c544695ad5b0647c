package api

import (
	"context"
	"net/http"
)

// Organizations is GET /organizations: those whose id is the query or in whose
// name or slug it stands, newest first; "" is all. The reference's 23 do without
// it; it is the vendor's way from a name to the id that organization_id takes.
// 403 organization_not_enabled_in_instance.
func (c *Client) Organizations(ctx context.Context, query string, limit, offset int) (Page[Organization], error) {
	k := call{op: "look up the organization", method: http.MethodGet, path: "/organizations", query: paging(limit, offset)}
	if query != "" {
		k.query.Set("query", query)
	}
	return page[Organization](ctx, c, k, "an organization")
}
