package api

import (
	"net/http"

	"frontdesk/api/exchange"
)

// beginExchange keeps what is about to be sent, without secrets.
func (c *Client) beginExchange(k *call, req *http.Request) *exchange.Pending {
	if c.exchanges == nil {
		return nil
	}
	header := []exchange.Field{{Name: "Authorization", Value: "Bearer " + exchange.KeyVariable}, {Name: "Clerk-API-Version", Value: string(c.version)}}
	if k.contentType != "" {
		header = append(header, exchange.Field{Name: "Content-Type", Value: k.contentType})
	}
	return c.exchanges.Begin(exchange.Request{
		Operation: k.op, Method: k.method, URL: req.URL.String(), Header: header, Type: k.contentType, Size: k.length, JSON: k.json,
		At: c.clock(), Mask: c.keyPieces.mask,
	})
}

// endExchange keeps an answer; err is why it is not whole.
func (c *Client) endExchange(p *exchange.Pending, res *http.Response, body []byte, err error) {
	if p == nil {
		return
	}
	a := exchange.Answer{Status: res.StatusCode, Type: res.Header.Get("Content-Type"), Body: body, At: c.clock(), TraceID: traceID(res, nil).Raw()}
	for _, name := range [...]string{"Content-Type", "Retry-After", "Date", "Server", "X-Clerk-Trace-Id", "Cf-Ray"} {
		if value := res.Header.Get(name); value != "" {
			a.Header = append(a.Header, exchange.Field{Name: name, Value: value})
		}
	}
	if err != nil {
		a.Failure = err.Error()
	}
	p.End(a)
}
