package forward

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/syslog"
	"net/url"
	"strings"

	"frontdesk/api/journal"
)

// maxSyslog is the maximum size of a message, because syslog daemons truncate longer ones.
const maxSyslog = 7 << 10

// parseSyslog parses "local" or an address.
func parseSyslog(s string) (network, address string, err error) {
	if s == "local" {
		return "", "", nil
	}
	network, address, ok := strings.Cut(s, "://")
	switch {
	case !ok || address == "":
	case network == "unix", network == "unixgram":
		if strings.HasPrefix(address, "/") {
			return network, address, nil
		}
	case network == "udp", network == "tcp":
		if u, err := url.Parse(s); err == nil && u.Port() != "" {
			return network, u.Host, nil
		}
	}
	return "", "", errors.New(`syslog must be "local" or an address like udp://logs:514, tcp://logs:514 or unix:///dev/log`)
}

// syslogSink sends one message per record.
type syslogSink struct{ w *syslog.Writer }

func openSyslog(network, address string) (sink, error) {
	const priority = syslog.LOG_AUTHPRIV | syslog.LOG_NOTICE
	w, err := syslog.Dial(network, address, priority, "frontdesk")
	if err != nil && network == "unix" { // /dev/log is usually a datagram socket
		w, err = syslog.Dial("unixgram", address, priority, "frontdesk")
	}
	if err != nil {
		return nil, err
	}
	return syslogSink{w}, nil
}

func (s syslogSink) Send(ctx context.Context, records []journal.Record) error {
	for _, r := range records {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := message(r)
		if err != nil {
			return err
		}
		write := s.w.Notice
		if r.Kind == journal.Refused || r.Kind == journal.Recovered || r.Outcome == journal.Unknown {
			write = s.w.Warning
		}
		if err := write(text); err != nil {
			return err
		}
	}
	return nil
}

func (s syslogSink) Close() error { return s.w.Close() }

// message returns a record as one line of ASCII. A record that is too long is reduced to
// the fields that identify it, including its hash, which is enough to detect tampering.
func message(r journal.Record) (string, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	if text := journal.ToASCII(raw); len(text) <= maxSyslog {
		return string(text), nil
	}
	count := len(r.Targets)
	r.Targets, r.Changes, r.WayBack, r.Cut = r.Targets[:min(1, count)], nil, nil, true
	r.Message = fmt.Sprintf("too long for syslog: %d users; %s", count, r.Message[:min(len(r.Message), 500)])
	r.Reason = r.Reason[:min(len(r.Reason), 500)]
	raw, err = json.Marshal(r)
	return string(journal.ToASCII(raw)), err
}
