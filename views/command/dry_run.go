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
	"frontdesk/views/export"
	"frontdesk/views/userfmt"
)

// redacted stands for the key and for secrets.
const redacted = "(redacted)"

// dryRequest is one request that would be sent, as --dry-run prints it.
type dryRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	// Body is the JSON body, a description of an upload, or null.
	Body json.RawMessage `json:"body"`
}

// dryRunAnswer is the result of a dry run: the first request, and the following ones
// of an operation that sends several.
type dryRunAnswer struct {
	dryRequest
	Then      []dryRequest `json:"then,omitempty"`
	Operation string       `json:"operation"`
	User      *userJSON    `json:"user"`
	// WhyNot says why the desk would refuse the operation now.
	WhyNot string `json:"would_be_refused,omitempty"`
	// Skipped are the users that an operation on several users would leave out.
	Skipped []userOutcomeJSON `json:"left_out,omitempty"`
	// Notes say how the input was changed.
	Notes []string `json:"notes,omitempty"`
}

// dryRunOne calls the operation with the real client, over a transport that records
// writes instead of sending them.
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
		return r.failBefore(failed("Nothing would be sent: there is nothing to do for " + userfmt.Name(firstUser(r.user, &api.User{}))))
	}
	answer := dryRunAnswer{dryRequest: requests[0], Then: requests[1:], Operation: r.op.ID, User: r.userJSON(r.user), WhyNot: r.whyNot(), Notes: r.notes}
	r.warnReason(r.headless().Tier(r.screens(r.session)))
	return r.printDryRun(answer)
}

// printDryRun prints what would be sent. It fails, as the real run would, if the policy
// forbids the operation.
func (r *run) printDryRun(answer dryRunAnswer) error {
	show := func() error { return answer.print(r.Stdout) }
	if r.json {
		show = func() error { return writeJSON(r.Stdout, answer) }
	}
	if err := show(); err != nil || r.forbidden() == "" {
		return err
	}
	return Exit{Code: CodeFailed}
}

// warnReason says that the real run needs a reason, if this one has none.
func (r *run) warnReason(tier tui.Tier) {
	if !r.op.IsRead() && tier >= tui.T2 && r.reason == "" {
		confirm := noteIf(tier >= tui.T3, ", and --confirm with --yes")
		r.warn("A dry run needs no reason; the real run needs --reason or asks for it" + confirm + ".")
	}
}

// whyNot says why the desk would refuse the operation for the user as they are now.
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
	if _, found := r.op.Part.Find(r.user, r.request.PartID); !found {
		return "that " + r.op.Part.String() + " does not exist"
	}
	return plain(r.session.Catalogue.Unavailable(r.op, r.user, r.request.PartID, r.Now()))
}

// secrets returns the values of the secret fields.
func (r *run) secrets() []string {
	var all []string
	for _, f := range r.op.Fields {
		if value := r.request.Values[f.Name]; f.Kind == ops.FieldSecret && value != "" {
			all = append(all, value)
		}
	}
	return all
}

// recorder is a transport that sends no writes. It lets the reads through that a write
// needs first. It records everything else and answers "not found", on which an
// operation with several requests goes on, as if that part were done already.
type recorder struct {
	next    http.RoundTripper
	reads   bool // let reads through
	secrets []string

	mu       sync.Mutex
	requests []dryRequest
	failed   error
}

// wrap returns a client that uses the recorder.
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
	recorded, err := c.record(q)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.failed = err
		return nil, err
	}
	c.requests = append(c.requests, recorded)
	const refusal = `{"errors":[{"code":"resource_not_found","message":"not sent"}]}`
	return &http.Response{
		StatusCode: http.StatusNotFound, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: q,
		Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(refusal)),
		Body: io.NopCloser(strings.NewReader(refusal)),
	}, nil
}

func (c *recorder) record(q *http.Request) (dryRequest, error) {
	recorded := dryRequest{Method: q.Method, URL: q.URL.String(), Headers: map[string]string{}, Body: json.RawMessage("null")}
	for name, values := range q.Header {
		recorded.Headers[name] = strings.Join(values, ", ")
		if name == "Authorization" {
			recorded.Headers[name] = "Bearer " + redacted
		}
	}
	if q.Body == nil {
		return recorded, nil
	}
	defer q.Body.Close()
	raw, err := io.ReadAll(q.Body)
	if err != nil {
		return dryRequest{}, err
	}
	switch kind, params, _ := mime.ParseMediaType(q.Header.Get("Content-Type")); kind {
	case "application/json":
		recorded.Body, err = c.redact(raw)
	case "multipart/form-data":
		recorded.Body, err = describeUpload(raw, params["boundary"])
	default:
		err = errors.New("the body has a content type that cannot be shown")
	}
	return recorded, err
}

// redact removes the secrets from a JSON body: the fields that have the name of a
// secret, and the values that were given as secrets. It looks at the top level only;
// what is below is metadata.
func (c *recorder) redact(raw []byte) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, errors.New("the body is not a JSON object")
	}
	hidden := false
	for name, value := range fields {
		var text string
		isGiven := json.Unmarshal(value, &text) == nil && slices.Contains(c.secrets, text)
		if string(value) != "null" && (isGiven || isSecretField(name)) {
			fields[name], hidden = json.RawMessage(`"`+redacted+`"`), true
		}
	}
	if !hidden {
		return raw, nil // byte for byte
	}
	return wire.Encode(fields)
}

// isSecretField reports whether a field of a request holds a secret.
func isSecretField(name string) bool {
	switch name {
	case "password", "password_digest", "totp_secret", "backup_codes", "code", "secret", "token":
		return true
	}
	return false
}

// describeUpload describes the parts of an upload by size and hash.
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

// print writes the requests as HTTP text.
func (t dryRunAnswer) print(w io.Writer) error {
	var b strings.Builder
	for _, q := range append([]dryRequest{t.dryRequest}, t.Then...) {
		fmt.Fprintf(&b, "%s %s\n", q.Method, plain(q.URL))
		for _, name := range slices.Sorted(maps.Keys(q.Headers)) {
			fmt.Fprintf(&b, "%s: %s\n", name, plain(q.Headers[name]))
		}
		if string(q.Body) != "null" {
			fmt.Fprintf(&b, "\n%s\n", export.ASCII(q.Body))
		}
		b.WriteString("\n")
	}
	b.WriteString("Nothing was sent.")
	if t.WhyNot != "" {
		b.WriteString(" As things stand it would be refused: " + t.WhyNot + ".")
	}
	if n := len(t.Skipped); n > 0 {
		fmt.Fprintf(&b, " Unchanged: %s (%s).", userfmt.Count(n, "user"), t.Skipped[0].Reason)
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
