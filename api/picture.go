package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"

	"frontdesk/api/clean"
)

// maxHops is how many redirects a picture may take; images move between CDNs.
const maxHops = 3

// FetchImage fetches an image_url, capped at 10 MB, without the key. Only https is
// fetched, or what the API's own host serves where that is on this machine or in
// this process; a redirect must keep to the same rule.
func (c *Client) FetchImage(ctx context.Context, address clean.Text) ([]byte, error) {
	k := call{op: "load the picture", method: http.MethodGet}
	timed, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	u, err := url.Parse(address.Raw())
	if err != nil {
		return nil, k.fail(KindRefused, errPictureAddress)
	}
	for range maxHops + 1 {
		if err := c.allowed(u); err != nil {
			return nil, k.fail(KindRefused, err)
		}
		body, next, err := c.picture(ctx, timed, &k, u)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return body, nil
		}
		u = next
	}
	return nil, k.fail(KindRefused, errors.New("its address leads on and on"))
}

var errPictureAddress = errors.New("its address is not one that is opened from here")

// allowed says whether a picture may be fetched from u.
func (c *Client) allowed(u *url.URL) error {
	own := u.Host == c.host && (c.loopback || c.inProcess)
	if u.Host == "" || u.User != nil || (u.Scheme != "https" && (u.Scheme != "http" || !own)) {
		return errPictureAddress
	}
	// A picture that lies on the operator's own machine is only the sandbox's.
	if isLoopback(u.Hostname()) && !own && !c.loopback {
		return errPictureAddress
	}
	return nil
}

// picture makes one request; next is where a redirect leads.
func (c *Client) picture(parent, ctx context.Context, k *call, u *url.URL) (body []byte, next *url.URL, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, k.fail(KindRefused, errPictureAddress)
	}
	req.Header.Set("Accept", "image/png, image/jpeg, image/gif, image/webp")
	req.Header.Set("User-Agent", c.agent)
	var foot footprint
	res, err := c.transport.RoundTrip(req.WithContext(foot.trace(ctx)))
	if err != nil {
		return nil, nil, c.unreached(parent, ctx, k, u, &foot, err)
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		if to, err := u.Parse(res.Header.Get("Location")); err == nil && res.Header.Get("Location") != "" {
			return nil, to, nil
		}
	}
	if res.StatusCode != http.StatusOK {
		e := k.fail(kindOfStatus(res.StatusCode), nil)
		e.Status, e.Sent = res.StatusCode, true
		return nil, nil, e
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(res.Body, maxImage+1)); err != nil {
		e := k.lost(parent, ctx, err)
		e.Sent = true
		return nil, nil, e
	}
	if b.Len() > maxImage {
		return nil, nil, k.fail(KindRefused, tooBig(int64(b.Len())))
	}
	if isHTML(res, b.Bytes()) {
		e := k.fail(KindInvalidResponse, errWebPage)
		e.Status, e.Sent = res.StatusCode, true
		return nil, nil, e
	}
	return b.Bytes(), nil, nil
}
