package forward_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/api/journal"
	"frontdesk/api/journal/forward"
)

// logs is a request of OTLP's log service in the JSON encoding, as a collector reads it.
type logs struct {
	ResourceLogs []struct {
		Resource  struct{ Attributes []attribute }
		ScopeLogs []struct {
			Scope      struct{ Name string }
			LogRecords []struct {
				TimeUnixNano, ObservedTimeUnixNano uint64 `json:",string"`
				SeverityNumber                     int
				EventName                          string
				Body                               struct{ StringValue string }
				Attributes                         []attribute
			}
		}
	}
}

type attribute struct {
	Key   string
	Value struct {
		StringValue string
		IntValue    int64 `json:",string"`
	}
}

// decodeLogs reads a request; a field that OTLP does not have is an error.
func decodeLogs(t *testing.T, r *http.Request) (sent logs) {
	t.Helper()
	require.Equal(t, "application/json", r.Header.Get("Content-Type"))
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(body)
		require.NoError(t, err)
		body = unzipped
	}
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(&sent))
	require.Len(t, sent.ResourceLogs, 1)
	require.Len(t, sent.ResourceLogs[0].ScopeLogs, 1)
	return sent
}

// sendOne forwards one refused change of a user to a collector and returns the request.
func sendOne(t *testing.T, answer func(http.ResponseWriter), env map[string]string) (r journal.Record, sent logs, head http.Header, err error) {
	t.Helper()
	b := newBook(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, head = decodeLogs(t, r), r.Header
		answer(w)
	}))
	t.Cleanup(server.Close)
	r, err = b.Append(journal.Record{Kind: journal.Refused, Operation: "delete_user", Ticket: "FD-7", Targets: []journal.Target{{ID: "user_1", Name: "李小龍"}}})
	require.NoError(t, err)
	err = b.forwarder(forward.Options{OTLP: server.URL, Version: "0.1.0", Env: func(name string) string { return env[name] }}).Flush(t.Context())
	return r, sent, head, err
}

func TestOTLP_RecordHasWhatPeopleSearchFor(t *testing.T) {
	r, sent, head, err := sendOne(t, func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"partialSuccess":{}}`) }, nil)
	require.NoError(t, err)
	require.Equal(t, "frontdesk/0.1.0", head.Get("User-Agent"))
	from := sent.ResourceLogs[0]
	require.Equal(t, map[string]string{"service.name": "frontdesk", "service.version": "0.1.0"}, values(from.Resource.Attributes))
	require.Equal(t, "frontdesk/journal", from.ScopeLogs[0].Scope.Name)
	require.Len(t, from.ScopeLogs[0].LogRecords, 1)
	got := from.ScopeLogs[0].LogRecords[0]
	require.Equal(t, uint64(r.Time.UnixNano()), got.TimeUnixNano)
	require.Equal(t, got.TimeUnixNano, got.ObservedTimeUnixNano)
	require.Equal(t, 13, got.SeverityNumber, "a refusal is a warning")
	require.Equal(t, "frontdesk.journal.refused", got.EventName)
	var whole journal.Record
	require.NoError(t, json.Unmarshal([]byte(got.Body.StringValue), &whole))
	require.Equal(t, r.Hash, whole.Hash)
	require.Equal(t, "李小龍", whole.Targets[0].Name)
	require.Equal(t, map[string]string{
		"journal.id": r.ID, "journal.kind": "refused", "journal.hash": r.Hash, "operation": "delete_user", "ticket": "FD-7",
		"user.name": "jo", "host.name": "ops-2", "journal.seq": "", "target.id": "user_1",
	}, values(got.Attributes))
	for _, a := range got.Attributes {
		if a.Key == "journal.seq" {
			require.Equal(t, int64(r.Seq), a.Value.IntValue)
		}
	}
}

func values(all []attribute) map[string]string {
	out := map[string]string{}
	for _, a := range all {
		out[a.Key] = a.Value.StringValue
	}
	return out
}

func TestOTLP_FollowsTheEnvironment(t *testing.T) {
	_, sent, head, err := sendOne(t, func(http.ResponseWriter) {}, map[string]string{
		"OTEL_EXPORTER_OTLP_HEADERS": "x-team=other", "OTEL_EXPORTER_OTLP_LOGS_HEADERS": "authorization=Basic%20am8%3D, x-team = desk",
		"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip",
		"OTEL_RESOURCE_ATTRIBUTES":       "deployment.environment.name=stage,service.name=other",
	})
	require.NoError(t, err)
	require.Equal(t, "Basic am8=", head.Get("Authorization"))
	require.Equal(t, "desk", head.Get("X-Team"))
	require.Equal(t, "gzip", head.Get("Content-Encoding"))
	require.Equal(t, map[string]string{"service.name": "frontdesk", "service.version": "0.1.0", "deployment.environment.name": "stage"}, values(sent.ResourceLogs[0].Resource.Attributes))
}

func TestOTLP_SaysWhichVariableCannotBeRead(t *testing.T) {
	for name, value := range map[string]string{
		"OTEL_EXPORTER_OTLP_HEADERS": "secret", "OTEL_EXPORTER_OTLP_COMPRESSION": "zstd-secret", "OTEL_RESOURCE_ATTRIBUTES": "a=%zsecret",
	} {
		_, _, head, err := sendOne(t, func(http.ResponseWriter) {}, map[string]string{name: value})
		require.ErrorContains(t, err, name)
		require.NotContains(t, err.Error(), "secret")
		require.Nil(t, head, "nothing was sent")
	}
}

func TestOTLP_ReportsWhatTheCollectorDidNotTake(t *testing.T) {
	for answer, says := range map[string]string{
		`{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too old"}}`: "the collector rejected 1 records: too old",
		`{"partialSuccess":{"rejectedLogRecords":1}}`:                            "the collector rejected 1 records",
		`{"partialSuccess":{"rejectedLogRecords":"0","errorMessage":"slow"}}`:    "",
		`welcome`: "",
	} {
		_, _, _, err := sendOne(t, func(w http.ResponseWriter) { _, _ = io.WriteString(w, answer) }, nil)
		if says == "" {
			require.NoError(t, err, answer)
			continue
		}
		require.ErrorContains(t, err, says)
	}
	_, _, _, err := sendOne(t, func(w http.ResponseWriter) { http.Error(w, "no such tenant", http.StatusForbidden) }, nil)
	require.ErrorContains(t, err, "the collector answered 403 Forbidden: no such tenant")
}
