package exchange_test

import (
	"strings"
	"testing"
	"time"

	"frontdesk/api/exchange"
)

// BenchmarkLog_Exchange is what keeping one page of the list costs.
func BenchmarkLog_Exchange(b *testing.B) {
	log := exchange.NewLog()
	page := []byte("[" + strings.Repeat(`{"id":"user_2x","first_name":"Maya","email_addresses":[{"id":"idn_1","email_address":"maya@harborpine.example"}],"public_metadata":{}},`, 900) + "{}]")
	keep := func(s string) string { return s }
	b.ReportAllocs()
	for b.Loop() {
		log.Begin(exchange.Request{Method: "GET", URL: "https://api.clerk.com/v1/users?limit=50", At: time.Unix(0, 0), Mask: keep}).
			End(exchange.Answer{Status: 200, Type: "application/json", Body: page, At: time.Unix(1, 0)})
	}
}
