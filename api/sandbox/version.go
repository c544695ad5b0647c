package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// version is an API version, a date; versions compare as strings.
type version string

const (
	versionDefault       version = "2021-02-05"
	versionPending       version = "2025-04-10" // sessions have pending and tasks; /sessions/{id}/verify is removed
	versionCompromised   version = "2025-11-10" // adds password/set_compromised and unset_compromised
	versionMetadataMoved version = "2026-05-12" // PATCH /users/{id} no longer takes metadata
)

// servedVersions are the versions with a published specification. 2025-03-12 is obsolete,
// but generated clients are pinned to it; it is served like the one before it.
var servedVersions = []version{
	versionDefault, "2024-10-01", "2025-03-12", versionPending, versionCompromised, versionMetadataMoved,
}

const (
	versionHeader = "Clerk-API-Version"
	versionParam  = "__clerk_api_version"
)

// versionOf reads the version from the header or the query. Giving both is an error.
func versionOf(r *http.Request) (version, *apiError) {
	header := nonEmpty(r.Header.Values(versionHeader))
	var query []string
	if strings.Contains(r.URL.RawQuery, versionParam) {
		query = nonEmpty(r.URL.Query()[versionParam])
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
		return "", errVersion("unknown version " + quoteTruncated(string(v)))
	}
	return v, nil
}

// nonEmpty returns the values that are not empty.
func nonEmpty(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
}
