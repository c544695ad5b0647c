// Package exchange keeps what was sent to the service and answered lately, without the
// secrets in it, so that an operator can look at it.
//
// What may live here: the bounded list, and taking secrets out before anything is kept.
// What may not: sending (api), words for screens (views/requests).
package exchange

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// maxEntries and maxBytes bound a Log; the oldest go first.
	maxEntries = 300
	maxBytes   = 1 << 20
	// maxRequest and maxAnswer are how much of a body is looked at. What a request keeps
	// secret is also taken out of its answer, so all of it is.
	maxRequest, maxAnswer = 64 << 10, 4 << 10
	// maxReadAnswer is less: reads are many, and what they say is on the screens.
	maxReadAnswer = 1 << 10
	// entryBytes is what an entry takes beside its texts.
	entryBytes = 400
)

// Exchange is one request and its answer. No secret is in it; the rest is text from
// outside and must be cleaned before it is shown.
type Exchange struct {
	Serial    int
	Operation string // "ban the user"
	Sent      time.Time
	Method    string
	URL       string
	Header    []Field // those that matter; the key is KeyVariable
	Body      Body

	Waiting      bool // nothing has come back yet
	Status       int  // 0 without an answer
	Failure      string
	Took         time.Duration
	AnswerHeader []Field
	Answer       Body
	TraceID      string
}

// KeyVariable stands where the secret key was sent.
const KeyVariable = "$CLERK_SECRET_KEY"

// Field is one header.
type Field struct{ Name, Value string }

// Body is what is kept of a body.
type Body struct {
	Size int64
	Type string
	Text string // JSON, indented, with Redacted in place of secrets
	// Cut says that Text is only the beginning; a body that is not JSON has no Text.
	Cut bool
}

// Log holds the newest exchanges. It is safe for concurrent use; a nil Log keeps nothing.
type Log struct {
	mu      sync.Mutex
	all     []*Exchange // the oldest first
	bytes   int
	serial  int
	version int
}

// NewLog returns an empty Log.
func NewLog() *Log { return &Log{} }

// Version changes whenever the Log does.
func (l *Log) Version() int {
	if l == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.version
}

// All returns the exchanges, the newest first.
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

// Request is what is about to be sent. JSON is the body where it is JSON; Mask takes the
// secret key out of a text.
type Request struct {
	Operation, Method, URL string
	Header                 []Field
	Type                   string
	Size                   int64
	JSON                   []byte
	At                     time.Time
	Mask                   func(string) string
}

// Answer is what came back. Failure says why nothing did, or not all of it.
type Answer struct {
	Status  int
	Header  []Field
	Type    string
	Body    []byte
	TraceID string
	Failure string
	At      time.Time
}

// Pending is a request on its way.
type Pending struct {
	log     *Log
	entry   *Exchange
	mask    func(string) string
	secrets []string
}

// Begin keeps a request. The answer is given to End.
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

// End keeps what came of a request.
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

// clean takes the key and what the request kept secret out of an answer.
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

// redactURL takes secrets out of the query.
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
