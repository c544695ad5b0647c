package command

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/wire"
	"frontdesk/tui"
	"frontdesk/views/userfmt"
)

// redacted stands for what a rehearsal must not print: the key, and secrets.
const redacted = "(redacted)"

// dryRequest is one request that would be sent, as --dry-run prints it.
type dryRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	// Body is the JSON that would be sent, the parts of an upload, or null.
	Body json.RawMessage `json:"body"`
}

// dryRunAnswer is the answer of a dry run: the first request, and what follows it
// where the operation is more than one.
type dryRunAnswer struct {
	dryRequest
	Then      []dryRequest `json:"then,omitempty"`
	Operation string       `json:"operation"`
	User      *userJSON    `json:"user"`
	// WhyNot says that the desk would refuse it, as things are now.
	WhyNot string `json:"would_be_refused,omitempty"`
	// Skipped are those whom an operation of several users would not name.
	Skipped []userOutcomeJSON `json:"left_out,omitempty"`
	// Notes say what was done to what was given.
	Notes []string `json:"notes,omitempty"`
}

// dryRunOne runs the operation's own call through the real client, over a
// transport that writes down what it is given and sends no write.
func (r *run) dryRunOne(ctx context.Context) error {
	rec := &recorder{reads: !r.op.IsRead() && !r.op.ConfirmsRead, secrets: r.secrets()}
	_, _, err := r.op.Send(ctx, rec.wrap(r.session.Client), r.request)
	requests := rec.recorded()
	switch {
	case rec.failed != nil:
		return r.failBefore(failed("Nothing would be sent: " + clean.Sentence(rec.failed.Error())))
	case len(requests) == 0 && err != nil:
		return r.failBefore(failed("Nothing would be sent: " + clean.Sentence(err.Error())))
	case len(requests) == 0:
		return r.failBefore(failed("Nothing would be sent: there is nothing to do for " + userName(firstUser(r.user, &api.User{}))))
	}
	told := dryRunAnswer{dryRequest: requests[0], Then: requests[1:], Operation: r.op.ID, User: r.userJSON(r.user), WhyNot: r.whyNot(), Notes: r.notes}
	r.warnReason(r.headless().Tier(r.screens(r.session)))
	return r.printDryRun(told)
}

// printDryRun prints what would be sent. What policy refuses ends as the real run would.
func (r *run) printDryRun(told dryRunAnswer) error {
	show := func() error { return told.print(r.Stdout) }
	if r.json {
		show = func() error { return writeJSON(r.Stdout, told) }
	}
	if err := show(); err != nil || r.forbidden() == "" {
		return err
	}
	return Exit{Code: CodeFailed}
}

// warnReason says that the real run needs what this one does not.
func (r *run) warnReason(tier tui.Tier) {
	if !r.op.IsRead() && tier >= tui.T2 && r.reason == "" {
		typed := noteIf(tier >= tui.T3, " and, with --yes, what is to be typed as --confirm")
		r.warn("This run sends nothing and needs no reason; the real one needs a --reason, or asks for it" + typed + ".")
	}
}

// whyNot is the desk's reason to refuse, asked of the user as they are.
func (r *run) whyNot() string {
	if r.op.Scope == ops.ScopeUser && r.user == nil {
		return ""
	}
	if why := r.session.Catalogue.Unavailable(r.op, r.user, clean.Text{}, r.Now()); why != "" {
		return clean.Sentence(why)
	}
	if why := r.forbidden(); why != "" || !r.op.Part.InUser() {
		return why
	}
	if _, there := r.op.Part.Find(r.user, r.request.PartID); !there {
		return "that " + r.op.Part.String() + " is not there"
	}
	return plain(r.session.Catalogue.Unavailable(r.op, r.user, r.request.PartID, r.Now()))
}

// secrets are the values that came by a secret's flag.
func (r *run) secrets() []string {
	var all []string
	for _, f := range r.op.Fields {
		if value := r.request.Values[f.Name]; f.Kind == ops.FieldSecret && value != "" {
			all = append(all, value)
		}
	}
	return all
}

// recorder is the way that leads nowhere. Reads that a write needs first go
// through; everything else is written down and answered "not found", which an
// operation of several requests takes for one done by somebody else, and goes on.
type recorder struct {
	next    http.RoundTripper
	reads   bool
	secrets []string

	mu       sync.Mutex
	requests []dryRequest
	failed   error
}

// wrap is the client over this way.
func (c *recorder) wrap(client *api.Client) *api.Client {
	return client.WithTransport(func(next http.RoundTripper) http.RoundTripper {
		c.next = next
		return c
	})
}

func (c *recorder) recorded() []dryRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.requests)
}

// RoundTrip implements [http.RoundTripper].
func (c *recorder) RoundTrip(q *http.Request) (*http.Response, error) {
	if c.reads && q.Method == http.MethodGet {
		return c.next.RoundTrip(q)
	}
	heard, err := c.record(q)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.failed = err
		return nil, err
	}
	c.requests = append(c.requests, heard)
	const refusal = `{"errors":[{"code":"resource_not_found","message":"not sent"}]}`
	return &http.Response{
		StatusCode: http.StatusNotFound, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: q,
		Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(refusal)),
		Body: io.NopCloser(strings.NewReader(refusal)),
	}, nil
}

func (c *recorder) record(q *http.Request) (dryRequest, error) {
	heard := dryRequest{Method: q.Method, URL: q.URL.String(), Headers: map[string]string{}, Body: json.RawMessage("null")}
	for name, values := range q.Header {
		heard.Headers[name] = strings.Join(values, ", ")
		if name == "Authorization" {
			heard.Headers[name] = "Bearer " + redacted
		}
	}
	if q.Body == nil {
		return heard, nil
	}
	defer q.Body.Close()
	raw, err := io.ReadAll(q.Body)
	if err != nil {
		return dryRequest{}, err
	}
	switch kind, params, _ := mime.ParseMediaType(q.Header.Get("Content-Type")); kind {
	case "application/json":
		heard.Body, err = c.redact(raw)
	case "multipart/form-data":
		heard.Body, err = describeUpload(raw, params["boundary"])
	default:
		err = errors.New("the body is of a kind that cannot be shown")
	}
	return heard, err
}

// redact takes the secrets out of a JSON body: by the names that secrets have on
// this wire, and by the values that were given as secrets. Secrets stand at the
// top level only; what is below is metadata, and stays as it is.
func (c *recorder) redact(raw []byte) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, errors.New("the body is no JSON object")
	}
	hidden := false
	for name, value := range fields {
		var text string
		given := json.Unmarshal(value, &text) == nil && slices.Contains(c.secrets, text)
		if string(value) != "null" && (given || isSecretField(name)) {
			fields[name], hidden = json.RawMessage(`"`+redacted+`"`), true
		}
	}
	if !hidden {
		return raw, nil // to the byte
	}
	return wire.Encode(fields)
}

// isSecretField says that a field of a request holds a secret.
func isSecretField(name string) bool {
	switch name {
	case "password", "password_digest", "totp_secret", "backup_codes", "code", "secret", "token":
		return true
	}
	return false
}

// describeUpload describe an upload: a picture is no use on a terminal.
func describeUpload(raw []byte, boundary string) (json.RawMessage, error) {
	type part struct {
		Name     string `json:"name"`
		Filename string `json:"filename,omitempty"`
		Type     string `json:"content_type,omitempty"`
		Bytes    int    `json:"bytes"`
		SHA256   string `json:"sha256"`
	}
	var all []part
	reader := multipart.NewReader(bytes.NewReader(raw), boundary)
	for {
		p, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return wire.Encode(map[string]any{"multipart": all})
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		all = append(all, part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), len(content), hex.EncodeToString(sum[:])})
	}
}

// print is the rehearsal for people, as it would stand on the wire.
func (t dryRunAnswer) print(w io.Writer) error {
	var b strings.Builder
	for _, q := range append([]dryRequest{t.dryRequest}, t.Then...) {
		fmt.Fprintf(&b, "%s %s\n", q.Method, plain(q.URL))
		for _, name := range slices.Sorted(maps.Keys(q.Headers)) {
			fmt.Fprintf(&b, "%s: %s\n", name, plain(q.Headers[name]))
		}
		if string(q.Body) != "null" {
			fmt.Fprintf(&b, "\n%s\n", ascii(q.Body))
		}
		b.WriteString("\n")
	}
	b.WriteString("Nothing was sent.")
	if t.WhyNot != "" {
		b.WriteString(" As things are it would be refused: " + t.WhyNot + ".")
	}
	if n := len(t.Skipped); n > 0 {
		fmt.Fprintf(&b, " Left as they are: %s (%s).", userfmt.Count(n, "user"), t.Skipped[0].Reason)
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
