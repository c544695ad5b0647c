package forward

import (
	"encoding/json"
	"strconv"
	"time"

	"frontdesk/api/journal"
)

// The messages of opentelemetry.proto.collector.logs.v1 in the JSON encoding: names in
// camel case, enumerations as numbers, 64-bit integers as strings.
type (
	otlpRequest struct {
		ResourceLogs []otlpResourceLogs `json:"resourceLogs"`
	}
	otlpResourceLogs struct {
		Resource  otlpResource    `json:"resource"`
		ScopeLogs []otlpScopeLogs `json:"scopeLogs"`
	}
	otlpResource struct {
		otlpAttributes
	}
	otlpScopeLogs struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		LogRecords []otlpLogRecord `json:"logRecords"`
	}
	otlpLogRecord struct {
		TimeUnixNano         string    `json:"timeUnixNano"`
		ObservedTimeUnixNano string    `json:"observedTimeUnixNano"`
		SeverityNumber       int       `json:"severityNumber"`
		Body                 otlpValue `json:"body"`
		otlpAttributes
		EventName string `json:"eventName"`
	}
	otlpAttributes struct {
		Attributes []otlpAttribute `json:"attributes"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		StringValue *string `json:"stringValue,omitempty"`
		IntValue    string  `json:"intValue,omitempty"`
	}
)

// SeverityNumber's values.
const (
	otlpInfo = 9
	otlpWarn = 13
)

func otlpString(s string) otlpValue { return otlpValue{StringValue: &s} }

func (a *otlpAttributes) add(name, value string) {
	a.Attributes = append(a.Attributes, otlpAttribute{name, otlpString(value)})
}

// logRecord converts a record to an OpenTelemetry log record. Its body is the whole record;
// its attributes are the fields that people search for.
func logRecord(r journal.Record) (otlpLogRecord, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return otlpLogRecord{}, err
	}
	at := unixNano(r.Time)
	out := otlpLogRecord{
		TimeUnixNano: at, ObservedTimeUnixNano: at, SeverityNumber: otlpInfo,
		EventName: "frontdesk.journal." + string(r.Kind), Body: otlpString(string(journal.ToASCII(raw))),
	}
	if r.Kind == journal.Refused || r.Kind == journal.Recovered || r.Outcome == journal.Unknown {
		out.SeverityNumber = otlpWarn
	}
	for _, a := range []pair{
		{"journal.id", r.ID}, {"journal.kind", string(r.Kind)}, {"journal.hash", r.Hash}, {"journal.intent", r.Intent},
		{"operation", r.Operation}, {"outcome", r.Outcome}, {"instance.name", r.Instance.Name}, {"instance.kind", r.Instance.Kind},
		{"user.name", r.Who.Kernel.User}, {"host.name", r.Who.Kernel.Host}, {"ticket", r.Ticket},
	} {
		if a.value != "" {
			out.add(a.name, a.value)
		}
	}
	out.Attributes = append(out.Attributes, otlpAttribute{"journal.seq", otlpValue{IntValue: strconv.FormatUint(r.Seq, 10)}})
	if len(r.Targets) == 1 {
		out.add("target.id", r.Targets[0].ID)
	}
	return out, nil
}

// unixNano formats a time as OTLP does.
func unixNano(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return strconv.FormatInt(t.UnixNano(), 10)
}
