package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"frontdesk/tui/tuitest"
)

// canary is a key that shares no part with any text; a long part of it in an output
// means that the key leaked.
const canary = "sk_live_Q7wR2tY9uI4oP1aS6dF3gH8jK5lZ0xCvBnM"

func requireNoKey(t *testing.T, out string) {
	t.Helper()
	secret := strings.TrimPrefix(canary, "sk_live_")
	for i := 0; i+12 <= len(secret); i++ {
		require.NotContains(t, strings.ToLower(out), strings.ToLower(secret[i:i+12]))
	}
}

// echoing serves the Authorization header of the request in every place of its
// answers, with that status for writes.
func echoing(t *testing.T, status int) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Clerk-Trace-Id", key)
		w.Header().Set("Cf-Ray", key)
		w.Header().Set("Location", "https://login.example/"+key+"?key="+key)
		if r.Method == http.MethodGet && status != 401 && status != 302 {
			user := fmt.Sprintf(`{"id":"user_2canary0000000000000000000a","object":"user","first_name":%[1]q,"last_name":"Echo","username":%[1]q,"external_id":%[1]q,
				"email_addresses":[{"id":"idn_1","email_address":%[2]q,"verification":{"status":"verified"}}],"primary_email_address_id":"idn_1","phone_numbers":[],
				"public_metadata":{%[1]q:%[1]q},"private_metadata":{},"unsafe_metadata":{},"password_enabled":true,"two_factor_enabled":false,"last_sign_in_at":null,
				"banned":false,"locked":false,"lockout_expires_in_seconds":null,"created_at":1768619811660,%[1]q:1}`, key, key+"@x.example")
			switch {
			case strings.HasSuffix(r.URL.Path, "/count"):
				fmt.Fprint(w, `{"object":"total_count","total_count":1}`)
			case strings.HasSuffix(r.URL.Path, "/users"):
				fmt.Fprint(w, "["+user+"]")
			default:
				fmt.Fprint(w, user)
			}
			return
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"errors":[{"code":%[1]q,"message":%[1]q,"long_message":"the key %[1]s is bad","meta":{"param_name":%[1]q}}],"clerk_trace_id":%[1]q}`, key)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestKey_EchoedByTheServerIsNotPrinted(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	lost := []string{"do", "ban_user", "user_2canary0000000000000000000a", "--yes", "--reason", "asked to", "--json"}
	for _, status := range []int{401, 422, 500} {
		base := echoing(t, status)
		for _, args := range [][]string{
			lost, {"users"}, {"users", "--json"}, {"users", "--csv"}, {"users", "echo"},
			{"do", "get_user", "user_2canary0000000000000000000a"}, {"do", "get_user", "user_2canary0000000000000000000a", "--json"},
			{"do", "ban_user", "user_2canary0000000000000000000a", "--yes", "--reason", "asked to"},
			{"do", "update_user", "user_2canary0000000000000000000a", "--first-name", "Ann", "--yes", "--reason", "asked to", "--json"},
			{"do", "ban_user", "user_2canary0000000000000000000a", "--dry-run"},
			{"do", "ban_user", "Echo", "--yes", "--reason", "asked to", "--json"},
		} {
			if status == 500 && &args[0] != &lost[0] {
				continue // looking up the outcome takes seconds, and is the same for all
			}
			cmd := exec.Command(bin, args...)
			cmd.Env = []string{"HOME=" + t.TempDir(), "CLERK_SECRET_KEY=" + canary, "CLERK_API_URL=" + base}
			out, _ := cmd.CombinedOutput() // the exit code does not matter here
			require.NotEmpty(t, out, args)
			requireNoKey(t, string(out))
		}
	}
}

func TestKey_TypedIntoTheCommandLineIsNotPrinted(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	for _, args := range [][]string{
		{canary}, {"sandbox", canary}, {"help", canary}, {"completion", canary}, {"users", canary}, {"users", "is:" + canary}, {"users", "--order", canary},
		{"users", "--email", canary}, {"users", "--phone", canary}, {"users", "--limit", canary}, {"users", "--json=" + canary},
		{"do", canary}, {"do", "get_user", canary}, {"do", "get_user", canary, "--json"}, {"do", "ban_user", canary, "--yes", "--reason", canary, "--json"},
		{"do", "ban_user", "--" + canary, "x"}, {"do", "ban_user", "sam", canary}, {"--" + canary}, {"-" + canary}, {"--mouse=" + canary},
		{"--db", "/nowhere/" + canary, "users"}, {"sandbox", "--listen", canary}, {"sandbox", "--latency", canary}, {"sandbox", "--off", canary},
		{"sandbox", "--drop", canary}, {"sandbox", "--secret-key-file", canary}, {"sandbox", "seed", "--users", canary}, {"users", "org:" + canary},
	} {
		cmd := exec.Command(bin, args...)
		cmd.Env = []string{"HOME=" + t.TempDir()}
		out, err := cmd.CombinedOutput()
		if args[0] != "help" && args[0] != "completion" {
			require.Error(t, err, "%v: %s", args, out)
		}
		requireNoKey(t, string(out))
	}
	for _, env := range [][]string{
		{"CLERK_SECRET_KEY=" + canary, "CLERK_API_URL=" + canary}, {"CLERK_SECRET_KEY=" + canary, "CLERK_API_URL=https://" + canary},
		{"CLERK_SECRET_KEY=" + canary, "CLERK_API_URL=https://x.example/?" + canary}, {"CLERK_SECRET_KEY=x" + canary}, {"CLERK_API_URL=" + canary},
		{"CLERK_SECRET_KEY=" + canary, "CLERK_API_URL=http://" + canary + ".example"}, {"CLERK_SECRET_KEY=" + canary, "HTTPS_PROXY=http://" + canary},
	} {
		cmd := exec.Command(bin, "users")
		cmd.Env = append(env, "HOME="+t.TempDir())
		out, err := cmd.CombinedOutput()
		require.Error(t, err, "%v: %s", env, out)
		requireNoKey(t, string(out))
	}
	tm := tuitest.Start(t, bin, []string{"--theme", canary}, nil, 100, 30)
	require.Equal(t, 2, tm.WaitExit())
	requireNoKey(t, string(tm.Output()))
}

func TestKey_EchoedByTheServerIsNotOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, status := range []int{422, 500} {
		tm := start(t, 150, 45, "CLERK_SECRET_KEY="+canary, "CLERK_API_URL="+echoing(t, status))
		tm.WaitFor("sk_live_… Echo")
		tm.Send("enter")
		tm.WaitFor("Users › sk_live_… Echo")
		for _, tab := range []string{"2", "3", "4", "5", "6", "7", "8", "9", "1"} {
			tm.Send(tab)
			tm.Quiet(100e6)
		}
		tm.Send("l")
		tm.WaitFor("Lock")
		requireNoKey(t, string(tm.Output()))
		tm.Kill(9)
	}
	for _, status := range []int{302, 401} {
		tm := start(t, 150, 45, "CLERK_SECRET_KEY="+canary, "CLERK_API_URL="+echoing(t, status))
		tm.WaitFor("Could not")
		requireNoKey(t, string(tm.Output()))
		tm.Kill(9)
	}
}
