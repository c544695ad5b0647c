package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// version is an API version by its release date; dates compare as strings.
type version string

const (
	versionDefault       version = "2021-02-05"
	versionPending       version = "2025-04-10" // sessions gain pending and tasks; /sessions/{id}/verify goes
	versionCompromised   version = "2025-11-10" // password/set_compromised and its opposite appear
	versionMetadataMoved version = "2026-05-12" // PATCH /users/{id} no longer takes metadata
)

// servedVersions are those that have a published specification. 2025-03-12 is
// stale but was pinned by generated clients, so it is served as the one before it.
var servedVersions = []version{
	versionDefault, "2024-10-01", "2025-03-12", versionPending, versionCompromised, versionMetadataMoved,
}

const (
	versionHeader = "Clerk-API-Version"
	versionParam  = "__clerk_api_version"
)

// versionOf reads the version from the header or from the query, never from both.
func versionOf(r *http.Request) (version, *apiError) {
	header := given(r.Header.Values(versionHeader))
	var query []string
	if strings.Contains(r.URL.RawQuery, versionParam) {
		query = given(r.URL.Query()[versionParam])
	}
	switch {
	case len(header) > 0 && len(query) > 0:
		return "", errVersion("it was given both as a header and as a query parameter")
	case len(header)+len(query) > 1:
		return "", errVersion("it was given more than once")
	case len(header)+len(query) == 0:
		return versionDefault, nil
	}
	v := version(append(header, query...)[0])
	if !slices.Contains(servedVersions, v) {
		return "", errVersion("unknown version " + quoteShort(string(v)))
	}
	return v, nil
}

// given are the values that say something.
func given(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}
