package e2e

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Secrets that are typed, sent or stored are in no file, no output and no forwarded
// byte. Private metadata is in the snapshot, which is what it is for.
func TestJournal_HasNoSecretAnywhere(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var forwarded strings.Builder
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		forwarded.Write(body)
		fmt.Fprint(&forwarded, r.Header, err)
	}))
	t.Cleanup(collector.Close)
	c := newCounter(t, "--users", "50")
	d := newOffice(t, c)
	id := c.users(t, 1)[0]
	conf := filepath.Join(d.home, ".config", "frontdesk")
	require.NoError(t, os.MkdirAll(conf, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(conf, "config.toml"), []byte("[journal]\nforward_otlp = \""+collector.URL+"\"\n"), 0o600))
	const password, private, totp = "canary-Password-7261", "canary-private-9913", "KRSXG5CTMVRXEZLU"
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte(password), 0o600))
	otp := filepath.Join(t.TempDir(), "otp")
	require.NoError(t, os.WriteFile(otp, []byte(totp), 0o600))
	var printed strings.Builder
	do := func(args ...string) {
		t.Helper()
		out, stderr, code := d.run(args...)
		require.Zero(t, code, "%v: %s", args, stderr)
		printed.WriteString(out + stderr)
	}
	for _, args := range [][]string{
		{"do", "update_user_metadata", id, "--private-metadata", `{"note":"` + private + `"}`, "--public-metadata", `{"plan":"gold"}`},
		{"do", "set_user_password", id, "--password-file", secret},
		{"do", "verify_password", id, "--password-file", secret},
		{"do", "update_user", id, "--totp-secret-file", otp},
	} {
		out, stderr, code := d.run(append(args, "--yes", "--reason", "asked to")...)
		if code == 2 && strings.Contains(stderr, "--confirm") { // asked for more than --yes
			_, confirm, _ := strings.Cut(stderr, "--confirm: ")
			require.NotEmpty(t, confirm, stderr)
			var u struct {
				Phones []struct {
					Number string `json:"phone_number"`
				} `json:"phone_numbers"`
			}
			require.Equal(t, http.StatusOK, ask(t, c.URL+"/v1", c.key, "/users/"+id, &u))
			typed := id[len(id)-4:]
			if strings.Contains(confirm, "phone ") {
				typed = u.Phones[0].Number[len(u.Phones[0].Number)-4:]
			}
			out, stderr, code = d.run(append(args, "--yes", "--reason", "asked to", "--confirm", typed)...)
		}
		require.Zero(t, code, "%v: %s", args, stderr)
		printed.WriteString(out + stderr)
	}
	do("journal", "show")
	do("journal", "show", "--json")
	do("journal", "show", "--csv")
	do("journal", "export")
	do("journal", "tail")
	do("journal", "verify")
	all := d.shown()
	require.GreaterOrEqual(t, len(all), 4)

	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(d.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		files[path] = string(raw)
		return err
	}))
	mu.Lock()
	defer mu.Unlock()
	files["forwarded"], files["printed"] = forwarded.String(), printed.String()
	require.Contains(t, files["forwarded"], "update_user_metadata", "it was forwarded")
	for name, content := range files {
		for _, secret := range []string{strings.TrimPrefix(c.key, "sk_test_"), password, totp} {
			require.NotContains(t, content, secret, name)
		}
		if !strings.Contains(name, "-snapshots") {
			require.NotContains(t, content, private, name)
		}
	}
}

// The cost that the journal adds to one `do`: with FRONTDESK_TEST_COST=1.
func TestJournal_CostOfOneDo(t *testing.T) {
	if os.Getenv("FRONTDESK_TEST_COST") == "" {
		t.Skip("FRONTDESK_TEST_COST is not set")
	}
	c := newCounter(t, "--users", "400")
	ids := c.users(t, 200)
	with, without := newOffice(t, c), newOffice(t, c)
	conf := filepath.Join(without.home, ".config", "frontdesk")
	require.NoError(t, os.MkdirAll(conf, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(conf, "config.toml"), []byte("[journal]\nenabled = false\n"), 0o600))
	took := map[*office][]time.Duration{}
	for i, id := range ids {
		d := []*office{with, without}[i%2]
		began := time.Now()
		_, stderr, code := d.run("do", "ban_user", id, "--yes", "--reason", "asked to")
		took[d] = append(took[d], time.Since(began))
		require.Zero(t, code, stderr)
	}
	at := func(d *office, part float64) time.Duration {
		slices.Sort(took[d])
		return took[d][int(part*float64(len(took[d])-1))].Round(100 * time.Microsecond)
	}
	require.Len(t, with.shown(), 100)
	t.Logf("one do with the journal: median %v, p95 %v; without: median %v, p95 %v", at(with, 0.5), at(with, 0.95), at(without, 0.5), at(without, 0.95))
}
