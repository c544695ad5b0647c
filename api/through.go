package api

import "net/http"

// WithTransport is the same client over another way: wrap is given the transport that
// carries this client's requests, and gives the one that carries the copy's.
// What goes through it has the Authorization header; it is for a rehearsal that
// shows a request in place of sending it. The two clients wait for the server's
// limits apart.
func (c *Client) WithTransport(wrap func(http.RoundTripper) http.RoundTripper) *Client {
	return &Client{
		base: c.base, host: c.host, loopback: c.loopback, inProcess: c.inProcess,
		key: c.key, pieces: c.pieces, transport: wrap(c.transport), agent: c.agent, version: c.version, timeout: c.timeout,
		clock: c.clock, sleep: c.sleep, jitter: c.jitter, proxies: c.proxies, env: c.env,
	}
}
