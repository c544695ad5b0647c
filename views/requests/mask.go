package requests

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"frontdesk/api/exchange"
	"frontdesk/views/mask"
)

// maskExchange returns an exchange with the privacy mask applied. Only the structure of its
// URL and bodies is kept.
func maskExchange(m *mask.Mask, e exchange.Exchange) exchange.Exchange {
	if !m.On() {
		return e
	}
	e.URL, e.Failure = maskURL(m, e.URL), m.Text(e.Failure)
	e.Body.Text, e.Answer.Text = maskBody(m, e.Body.Text), maskBody(m, e.Answer.Text)
	return e
}

// maskAddress is like maskExchange for a row of the list, which has no bodies.
func maskAddress(m *mask.Mask, e exchange.Exchange) exchange.Exchange {
	if m.On() {
		e.URL = maskURL(m, e.URL)
	}
	return e
}

// plainParameters are query parameters whose values are not personal.
var plainParameters = []string{"limit", "offset", "order_by", "paginated", "banned", "status"}

func maskURL(m *mask.Mask, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return mask.Hidden
	}
	segments := strings.Split(u.Path, "/")
	for i, s := range segments {
		if prefix, id, is := strings.Cut(s, "_"); is && prefix != "" && strings.ContainsAny(id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			if segments[i] = m.Value(s); segments[i] == s {
				segments[i] = prefix + "_" + mask.Hidden
			}
		}
	}
	shown := strings.Join(segments, "/")
	if u.Host != "" {
		shown = u.Scheme + "://" + u.Host + shown
	}
	var query []string
	values := u.Query()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		value := mask.Hidden
		if slices.Contains(plainParameters, name) {
			value = values.Get(name)
		}
		query = append(query, name+"="+value)
	}
	if len(query) > 0 {
		shown += "?" + strings.Join(query, "&")
	}
	return shown
}

// maskBody masks the values in a body of complete JSON. Any other body is hidden.
func maskBody(m *mask.Mask, text string) string {
	if text == "" {
		return ""
	}
	var out bytes.Buffer
	if !json.Valid([]byte(text)) || json.Indent(&out, m.JSON(json.RawMessage(text)), "", "  ") != nil {
		return mask.Hidden
	}
	return out.String()
}
