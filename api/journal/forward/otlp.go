package forward

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/log"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/resource"

	"frontdesk/api/journal"
)

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

// otlpSink sends log records over HTTP.
type otlpSink struct {
	exporter *otlploghttp.Exporter
	made     *collected
	provider *sdklog.LoggerProvider
	logger   log.Logger
}

func openOTLP(address, version string) (sink, error) {
	client := &http.Client{Timeout: sendTimeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	exporter, err := otlploghttp.New(context.Background(), otlploghttp.WithEndpointURL(address), otlploghttp.WithHTTPClient(client),
		otlploghttp.WithRetry(otlploghttp.RetryConfig{Enabled: false}), otlploghttp.WithTimeout(sendTimeout))
	if err != nil {
		return nil, err
	}
	made := &collected{}
	about := resource.NewSchemaless(attribute.String("service.name", "frontdesk"), attribute.String("service.version", version))
	provider := sdklog.NewLoggerProvider(sdklog.WithResource(about), sdklog.WithProcessor(made))
	return otlpSink{exporter, made, provider, provider.Logger("frontdesk/journal")}, nil
}

// Send implements sink. It collects the records and exports them in one request, because
// the processors of the SDK do not return export errors.
func (s otlpSink) Send(ctx context.Context, records []journal.Record) error {
	s.made.records = nil
	for _, r := range records {
		out, err := logRecord(r)
		if err != nil {
			return err
		}
		s.logger.Emit(ctx, out)
	}
	return s.exporter.Export(ctx, s.made.records)
}

func (s otlpSink) Close() error {
	return errors.Join(s.provider.Shutdown(context.Background()), s.exporter.Shutdown(context.Background()))
}

// collected is a log processor that stores records.
type collected struct{ records []sdklog.Record }

func (c *collected) OnEmit(_ context.Context, r *sdklog.Record) error {
	c.records = append(c.records, r.Clone())
	return nil
}

func (c *collected) Enabled(context.Context, sdklog.EnabledParameters) bool { return true }
func (c *collected) Shutdown(context.Context) error                         { return nil }
func (c *collected) ForceFlush(context.Context) error                       { return nil }

// logRecord converts a record to an OpenTelemetry log record. The body is the whole record;
// the fields that people search for are attributes.
func logRecord(r journal.Record) (out log.Record, err error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return out, err
	}
	out.SetTimestamp(r.Time)
	out.SetObservedTimestamp(r.Time)
	out.SetEventName("frontdesk.journal." + string(r.Kind))
	out.SetSeverity(log.SeverityInfo)
	if r.Kind == journal.Refused || r.Kind == journal.Recovered || r.Outcome == journal.Unknown {
		out.SetSeverity(log.SeverityWarn)
	}
	out.SetBody(attribute.StringValue(string(journal.ToASCII(raw))))
	for _, a := range []struct{ name, value string }{
		{"journal.id", r.ID}, {"journal.kind", string(r.Kind)}, {"journal.hash", r.Hash}, {"journal.intent", r.Intent},
		{"operation", r.Operation}, {"outcome", r.Outcome}, {"instance.name", r.Instance.Name}, {"instance.kind", r.Instance.Kind},
		{"user.name", r.Who.Kernel.User}, {"host.name", r.Who.Kernel.Host}, {"ticket", r.Ticket},
	} {
		if a.value != "" {
			out.AddAttributes(attribute.String(a.name, a.value))
		}
	}
	out.AddAttributes(attribute.Int64("journal.seq", int64(r.Seq)))
	if len(r.Targets) == 1 {
		out.AddAttributes(attribute.String("target.id", r.Targets[0].ID))
	}
	return out, nil
}
