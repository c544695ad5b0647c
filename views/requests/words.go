package requests

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"frontdesk/api/clean"
	"frontdesk/api/exchange"
	"frontdesk/tui"
)

// path returns the URL without the part common to all requests.
func path(e exchange.Exchange) string {
	if _, rest, found := strings.Cut(e.URL, "/v1/"); found {
		return "/" + rest
	}
	return e.URL
}

// outcomeWords describes the result of a request.
func outcomeWords(e exchange.Exchange) (string, tui.Tone) {
	switch {
	case e.Waiting:
		return "waiting", tui.ToneInfo
	case e.Status == 0 && strings.Contains(e.Failure, "cancel"):
		return "cancelled", tui.ToneNone
	case e.Status == 0:
		return "no answer", tui.ToneBad
	case e.Failure != "":
		return fmt.Sprintf("%d, broken off", e.Status), tui.ToneBad
	case e.Status >= 500:
		return fmt.Sprintf("%d server error", e.Status), tui.ToneBad
	case e.Status >= 400:
		return fmt.Sprintf("%d %s", e.Status, refusalWords(e.Status)), tui.ToneWarn
	}
	return fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)), tui.ToneOK
}

func refusalWords(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "key refused"
	case http.StatusPaymentRequired:
		return "not in the plan"
	case http.StatusForbidden:
		return "not allowed"
	case http.StatusUnprocessableEntity:
		return "not valid"
	}
	return strings.ToLower(http.StatusText(status))
}

// tookWords returns how long a request took, or has taken so far.
func tookWords(e exchange.Exchange, now time.Time) string {
	took := e.Took
	if e.Waiting {
		took = max(0, now.Sub(e.Sent))
	}
	switch {
	case took < time.Second:
		return fmt.Sprintf("%d ms", took.Milliseconds())
	case took < time.Minute:
		return fmt.Sprintf("%.1f s", took.Seconds())
	}
	return took.Round(time.Second).String()
}

func sizeWords(b exchange.Body) string {
	if b.Size <= 0 {
		return ""
	}
	return humanize.Bytes(uint64(b.Size))
}

// curl returns a request as a curl command. The key is a shell variable; other secrets are
// shown as redacted.
func curl(e exchange.Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "curl -X %s %s", e.Method, clean.ShellArg(copied(e.URL)))
	for _, f := range e.Header {
		if strings.Contains(f.Value, exchange.KeyVariable) {
			fmt.Fprintf(&b, " \\\n  -H \"%s: %s\"", f.Name, f.Value) // expanded by the shell
			continue
		}
		fmt.Fprintf(&b, " \\\n  -H %s", clean.ShellArg(f.Name+": "+copied(f.Value)))
	}
	switch {
	case e.Body.Size == 0:
	case e.Body.Text == "" || e.Body.Cut:
		fmt.Fprintf(&b, " \\\n  --data-binary @body  # %s of %s, not kept", sizeWords(e.Body), copied(e.Body.Type))
	default:
		fmt.Fprintf(&b, " \\\n  -d %s", clean.ShellArg(oneLine(e.Body.Text)))
	}
	return b.String()
}

// oneLine joins indented JSON to one line. Line breaks in strings are escaped, so all others
// are layout.
func oneLine(indented string) string {
	lines := strings.Split(indented, "\n")
	for i, l := range lines {
		lines[i] = copied(strings.TrimLeft(l, " "))
	}
	return strings.Join(lines, "")
}
