// Package exchange keeps the most recent API requests and their answers in memory, with
// secrets redacted, so that an operator can inspect them.
//
// What may live here: the bounded log, and redacting secrets before anything is stored.
// What may not: sending requests (api), and text for screens (views/requests).
package exchange

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// maxEntries and maxBytes limit a Log; the oldest entries are dropped first.
	maxEntries = 300
	maxBytes   = 1 << 20
	// maxRequest and maxAnswer limit how much of a body is processed. maxRequest is large
	// because secrets found in a request are also redacted in its answer.
	maxRequest, maxAnswer = 64 << 10, 4 << 10
	// maxReadAnswer is smaller, because reads are frequent and the screens show their data.
	maxReadAnswer = 1 << 10
	// entryBytes is the approximate size of an entry without its texts.
	entryBytes = 400
)

// Exchange is one request and its answer, with secrets redacted. Its texts come from
// outside and must be cleaned before they are displayed.
type Exchange struct {
	Serial    int
	Operation string // "ban the user"
	Sent      time.Time
	Method    string
	URL       string
	Header    []Field // relevant headers; the key is replaced by KeyVariable
	Body      Body

	Waiting      bool // no answer has arrived yet
	Status       int  // 0 without an answer
	Failure      string
	Took         time.Duration
	AnswerHeader []Field
	Answer       Body
	TraceID      string
}

// KeyVariable replaces the secret key.
const KeyVariable = "$CLERK_SECRET_KEY"

// Field is one header.
type Field struct{ Name, Value string }

// Body is the stored part of a request or response body.
type Body struct {
	Size int64
	Type string
	Text string // JSON, indented, with Redacted in place of secrets
	// Cut reports whether Text is truncated. A body that is not JSON has no Text.
	Cut bool
}

// Log holds the most recent exchanges. It is safe for concurrent use. A nil Log discards
// everything.
type Log struct {
	mu      sync.Mutex
	all     []*Exchange // oldest first
	bytes   int
	serial  int
	version int
}

func NewLog() *Log { return &Log{} }

// Version returns a number that changes whenever the Log does.
func (l *Log) Version() int {
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.version
}

// All returns the exchanges, newest first.
func (l *Log) All() []Exchange {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]Exchange, 0, len(l.all))
	for _, e := range slices.Backward(l.all) {
		out = append(out, *e)
	}
	return out
}

// Request describes a request about to be sent. JSON is the body if it is JSON. Mask
// removes the secret key from a text.
type Request struct {
	Operation, Method, URL string
	Header                 []Field
	Type                   string
	Size                   int64
	JSON                   []byte
	At                     time.Time
	Mask                   func(string) string
}

// Answer describes a response. Failure says why it is missing or incomplete.
type Answer struct {
	Status  int
	Header  []Field
	Type    string
	Body    []byte
	TraceID string
	Failure string
	At      time.Time
}

// Pending is a request without an answer so far.
type Pending struct {
	log     *Log
	entry   *Exchange
	mask    func(string) string
	secrets []string
}

// Begin logs a request. Pass its answer to End.
func (l *Log) Begin(r Request) *Pending {
	if l == nil {
		return nil
	}
	text, cut, secrets := redactJSON(r.JSON, maxRequest, nil)
	e := &Exchange{
		Operation: r.Operation, Method: r.Method, URL: r.Mask(redactURL(r.URL)), Header: r.Header, Sent: r.At, Waiting: true,
		Body: Body{Size: r.Size, Type: r.Type, Text: r.Mask(text), Cut: cut},
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.serial++
	l.version++
	e.Serial = l.serial
	l.all = append(l.all, e)
	l.bytes += e.size()
	l.trim()
	return &Pending{l, e, r.Mask, secrets}
}

// End logs the answer to a request.
func (p *Pending) End(a Answer) {
	if p == nil {
		return
	}
	body := Body{Size: int64(len(a.Body)), Type: a.Type}
	if strings.Contains(a.Type, "json") {
		text, cut, _ := redactJSON(a.Body, p.answerLimit(), p.secrets)
		body.Text, body.Cut = p.clean(text), cut
	}
	l, e := p.log, p.entry
	l.mu.Lock()
	defer l.mu.Unlock()
	before := e.size()
	e.Waiting, e.Status, e.Took, e.Answer = false, a.Status, a.At.Sub(e.Sent), body
	e.Failure, e.TraceID = p.clean(a.Failure), p.clean(a.TraceID)
	for _, f := range a.Header {
		e.AnswerHeader = append(e.AnswerHeader, Field{f.Name, p.clean(f.Value)})
	}
	l.version++
	if slices.Contains(l.all, e) {
		l.bytes += e.size() - before
		l.trim()
	}
}

func (p *Pending) answerLimit() int {
	if p.entry.Method == "GET" {
		return maxReadAnswer
	}
	return maxAnswer
}

// clean removes the key and the secrets of the request from an answer.
func (p *Pending) clean(text string) string {
	return p.mask(withoutSecrets(text, p.secrets))
}

func (l *Log) trim() {
	for len(l.all) > maxEntries || l.bytes > maxBytes && len(l.all) > 1 {
		l.bytes -= l.all[0].size()
		l.all[0] = nil
		l.all = l.all[1:]
	}
}

func (e *Exchange) size() int {
	return entryBytes + len(e.URL) + len(e.Body.Text) + len(e.Answer.Text) + len(e.Failure)
}

// redactURL redacts secrets in the query.
func redactURL(address string) string {
	before, query, found := strings.Cut(address, "?")
	if !found {
		return address
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		plain, err := url.QueryUnescape(value)
		if isSecretName(name) || err != nil || isSecretValue(plain) {
			pairs[i] = name + "=" + url.QueryEscape(Redacted)
		}
	}
	return before + "?" + strings.Join(pairs, "&")
}
