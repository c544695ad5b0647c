package forward

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"frontdesk/api/journal"
)

// maxAnswer is the most that is read of a collector's answer, in bytes.
const maxAnswer = 64 << 10

// parseOTLP parses the URL of a collector. It adds the default path of OTLP if there is
// none.
func parseOTLP(s string) (string, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("the address of the collector must be a URL like https://otel:4318/v1/logs; set headers in OTEL_EXPORTER_OTLP_HEADERS")
	case strings.Trim(u.Path, "/") == "":
		u.Path = "/v1/logs"
	}
	return u.String(), nil
}

// otlpSink sends log records to a collector over HTTP, in OTLP's JSON encoding
// (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). The exporter of
// OpenTelemetry's SDK would add a quarter to the size of the program, for one request.
type otlpSink struct {
	client   *http.Client
	address  string
	headers  http.Header
	gzip     bool
	resource otlpResource
}

// openOTLP returns a sink for a collector. It takes headers, compression and attributes of
// the resource from OpenTelemetry's environment variables.
func openOTLP(address, version string, env func(string) string) (sink, error) {
	s := otlpSink{
		client:  &http.Client{Timeout: sendTimeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		address: address, headers: http.Header{},
	}
	headers, err := parsePairs(firstSet(env, "OTEL_EXPORTER_OTLP_LOGS_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"))
	if err != nil {
		return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_HEADERS: %w", err)
	}
	for _, h := range headers {
		s.headers.Set(h.name, h.value)
	}
	s.headers.Set("Content-Type", "application/json")
	s.headers.Set("User-Agent", "frontdesk/"+version)
	switch compression := firstSet(env, "OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION"); compression {
	case "gzip":
		s.gzip = true
		s.headers.Set("Content-Encoding", "gzip")
	case "", "none":
	default:
		return nil, errors.New("OTEL_EXPORTER_OTLP_COMPRESSION must be gzip or none")
	}
	attributes, err := parsePairs(env("OTEL_RESOURCE_ATTRIBUTES"))
	if err != nil {
		return nil, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	s.resource.add("service.name", "frontdesk")
	s.resource.add("service.version", version)
	for _, a := range attributes {
		if a.name != "service.name" && a.name != "service.version" {
			s.resource.add(a.name, a.value)
		}
	}
	return s, nil
}

// firstSet returns the value of the first variable that has one.
func firstSet(env func(string) string, names ...string) string {
	for _, name := range names {
		if v := env(name); v != "" {
			return v
		}
	}
	return ""
}

type pair struct{ name, value string }

// parsePairs parses "name=value,name=value" with percent-encoded values, as
// OpenTelemetry's environment variables have it. Its errors repeat nothing of s, which
// may be secret.
func parsePairs(s string) (all []pair, err error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	for one := range strings.SplitSeq(s, ",") {
		name, value, ok := strings.Cut(one, "=")
		name = strings.TrimSpace(name)
		value, err := url.PathUnescape(strings.TrimSpace(value))
		if !ok || name == "" || strings.ContainsAny(name, " \t\r\n:") || err != nil {
			return nil, errors.New("must be name=value,name=value with percent-encoded values")
		}
		all = append(all, pair{name, value})
	}
	return all, nil
}

// Send implements sink.
func (s otlpSink) Send(ctx context.Context, records []journal.Record) error {
	body, err := s.body(records)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header = s.headers
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return err
	}
	return checkAnswer(response, answer)
}

// checkAnswer returns an error unless the collector took all records.
func checkAnswer(response *http.Response, answer []byte) error {
	if response.StatusCode < 200 || response.StatusCode > 299 {
		if text := strings.TrimSpace(string(answer[:min(len(answer), 500)])); text != "" {
			return fmt.Errorf("the collector answered %s: %s", response.Status, text)
		}
		return fmt.Errorf("the collector answered %s", response.Status)
	}
	var reply struct {
		PartialSuccess struct {
			RejectedLogRecords json.Number
			ErrorMessage       string
		}
	}
	if json.Unmarshal(answer, &reply) != nil { // on success some collectors answer nothing, or no JSON
		return nil
	}
	if n := reply.PartialSuccess.RejectedLogRecords; n != "" && n != "0" {
		return fmt.Errorf("the collector rejected %s records: %s", n, reply.PartialSuccess.ErrorMessage)
	}
	return nil
}

// body returns the body of the request that sends records.
func (s otlpSink) body(records []journal.Record) ([]byte, error) {
	scope := otlpScopeLogs{LogRecords: make([]otlpLogRecord, 0, len(records))}
	scope.Scope.Name = "frontdesk/journal"
	for _, r := range records {
		out, err := logRecord(r)
		if err != nil {
			return nil, err
		}
		scope.LogRecords = append(scope.LogRecords, out)
	}
	raw, err := json.Marshal(otlpRequest{[]otlpResourceLogs{{Resource: s.resource, ScopeLogs: []otlpScopeLogs{scope}}}})
	if err != nil || !s.gzip {
		return raw, err
	}
	var small bytes.Buffer
	w := gzip.NewWriter(&small)
	_, err = w.Write(raw)
	err = errors.Join(err, w.Close())
	return small.Bytes(), err
}

// Close implements sink.
func (s otlpSink) Close() error {
	s.client.CloseIdleConnections()
	return nil
}
