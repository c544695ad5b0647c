package action_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"frontdesk/api"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/wire"
	"frontdesk/tui/tuitest"
	"frontdesk/views/action"
	"frontdesk/views/user"
	"frontdesk/views/viewtest"
)

// stored gives Daniel this metadata and opens him.
func stored(t *testing.T, b *viewtest.Harness, m api.Metadata) (*tuitest.Driver, *api.User) {
	t.Helper()
	u := b.FindUser("Daniel Reyes")
	_, err := b.Client.ReplaceMetadata(t.Context(), u.ID, m)
	require.NoError(t, err)
	return sit(t, b, "Daniel Reyes")
}

func object(text string) wire.Optional[api.RawObject] { return wire.Set(json.RawMessage(text)) }

// bodies keeps what is sent with a method, while letting it through.
func bodies(b *viewtest.Harness, method string) *[]string {
	var sent []string
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method == method {
			raw, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			sent = append(sent, string(raw))
			r.Body = io.NopCloser(strings.NewReader(string(raw)))
		}
		return nil, nil
	})
	return &sent
}

// write puts a whole text into the box that has the focus.
func write(d *tuitest.Driver, text string) {
	d.Press("ctrl+g")
	d.Paste(text)
}

func TestMetadata_SendsWhatIsTyped(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{}`)})
	sent := bodies(b, http.MethodPatch)
	pick(d, "Merge metadata")
	write(d, "")
	d.Press("backspace", "backspace")
	d.Type(`{"note": "two  words, été"}`)
	d.Press("ctrl+s", "enter")
	d.Dialog().Expect("Merge metadata")
	reason(d)
	d.Press("y")
	require.Len(t, *sent, 1)
	require.JSONEq(t, `{"public_metadata":{"note":"two  words, été"}}`, (*sent)[0])
}

func TestMetadata_MergeSendsOnlyChanges(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"plan":"silver","big":9007199254740993,"old":true,"kept":{"a":1,"b":null}}`), Private: object(`{"note":"secret of Daniel"}`)})
	sent := bodies(b, http.MethodPatch)
	pick(d, "Merge metadata")
	d.Has("Merge metadata", "Daniel Reyes", "on DEMO", "● public", "○ private", "0.1 of 8 KB", `"big": 9007199254740993`, "✓ Valid. No changes yet.")
	write(d, `{"plan":"gold","big":9007199254740993,"kept":{"a":1,"b":null},"seats":{"max":40}}`)
	d.Has("● public changed", "✓ Valid. 1 added · 1 removed · 1 changed.")
	d.Press("ctrl+s")
	d.Has("PUBLIC METADATA   1 added · 1 removed · 1 changed", "+ seats", "added    {\"max\":40}", "− old", "removed  true", "~ plan", `changed  "silver" → "gold"`)
	d.Lacks("big", "secret of Daniel")
	require.False(t, d.Asking())
	d.Press("enter")
	d.Dialog().Expect("Merge metadata", "sets 2 keys and removes 1 key of the public metadata", "To undo: z, or Merge metadata", "Reason")
	reason(d)
	require.Empty(t, *sent)
	d.Press("y")
	d.Has("Merged metadata of Daniel Reyes", "Overview")
	require.Len(t, *sent, 1)
	require.JSONEq(t, `{"public_metadata":{"old":null,"plan":"gold","seats":{"max":40}}}`, (*sent)[0])
	got := b.ReloadUser(u)
	require.Contains(t, string(got.PublicMetadata), "9007199254740993")
	require.JSONEq(t, `{"note":"secret of Daniel"}`, string(got.PrivateMetadata))
}

func TestMetadata_ReplaceIsT3AndSendsTheWholeField(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"plan":"silver","old":true}`), Unsafe: object(`{"theme":"dark"}`)})
	sent := bodies(b, http.MethodPut)
	pick(d, "Replace metadata")
	d.Press("shift+tab")
	d.Has("● unsafe", `"theme": "dark"`)
	write(d, `{"theme":"light","null is fine":null}`)
	d.Press("ctrl+s")
	d.Has("UNSAFE METADATA", "+ null is fine", "~ theme")
	d.Lacks("PUBLIC METADATA")
	d.Press("enter")
	d.Dialog().Expect("Replace metadata", "sets 2 keys of the unsafe metadata", "you checked that nothing uses the keys")
	d.Press("space", "enter")
	reason(d)
	d.Type(lastFour(u))
	d.Press("enter", "y")
	d.Has("Replaced metadata of Daniel Reyes")
	require.Len(t, *sent, 1)
	require.JSONEq(t, `{"unsafe_metadata":{"theme":"light","null is fine":null}}`, (*sent)[0])
}

func TestMetadata_ChecksTextWhileTyping(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
	before := len(b.Transport.Requests())
	pick(d, "Merge metadata")
	for text, says := range map[string]string{
		`[1]`:                             "It must be an object in { }, but is",
		"{\n  \"a\": 1,\n  \"b\" 2\n}":    "It is not valid JSON: line 3, column 7, invalid character '2'",
		`{"a":1,"a":2}`:                   `It contains the key "a" twice.`,
		``:                                "It is empty; an empty object is {}.",
		`{"a":null}`:                      "The key a would be null, but a merge removes null keys",
		`{"a":"` + bulk("x", 9000) + `"}`: "It is 9008 bytes; at most 8192 (8 KB) are allowed.",
	} {
		write(d, "x") // an empty paste leaves the box alone
		d.Press("backspace")
		d.Paste(text)
		d.Has("✗ " + says)
		d.Press("ctrl+s")
		d.Has("The public metadata cannot be sent", "Nothing was sent.")
		require.False(t, d.Asking())
		d.Lacks("PUBLIC METADATA")
	}
	write(d, `{ "plan" : "silver" }`)
	d.Has("✓ Valid. No changes yet.")
	d.Press("ctrl+s")
	d.Has("Nothing was changed")
	require.Len(t, b.Transport.Requests(), before)
}

func bulk(s string, n int) string { return strings.Repeat(s, n) }

func TestMetadata_AsksBeforeDiscarding(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
	pick(d, "Merge metadata")
	d.Press("esc")
	d.Has("Overview")
	pick(d, "Merge metadata")
	write(d, `{"plan":"gold"`)
	d.Press("esc")
	d.Dialog().Expect("Discard what you typed", "Discard what you typed?", "Keep editing")
	d.Press("enter")
	d.Has(`{"plan":"gold"`)
	d.Press("esc")
	d.Dialog().Expect("Discard what you typed")
	d.Press("y")
	d.Has("Overview")
}

func TestMetadata_KeepsARefusedChange(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
	pick(d, "Merge metadata")
	write(d, `{"plan":"gold"}`)
	d.Press("ctrl+s", "enter")
	d.Dialog().Expect("Merge metadata")
	reason(d)
	for _, status := range []int{409, 429} {
		b.Server.SetFaults(faults.Switches{ErrorRate: 1, ErrorStatus: status, Method: http.MethodPatch})
		d.Press("y")
		d.Has("~ plan", `"silver" → "gold"`, "Nothing was done")
		d.Press("esc", "enter")
		d.Dialog().Expect("Merge metadata", "chargeback on three orders")
		d.Press("enter")
	}
	b.Server.SetFaults(faults.Switches{})
	b.Transport.Intercept(func(r *http.Request) (*http.Response, error) {
		if r.Method != http.MethodPatch {
			return nil, nil
		}
		body := `{"errors":[{"code":"form_param_value_invalid","message":"is invalid","long_message":"plan is not one of ours","meta":{"param_name":"public_metadata"}}]}`
		return &http.Response{StatusCode: 422, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
	d.Press("y", "esc")
	d.Has("✗ Plan is not one of ours.", `{"plan":"gold"}`)
	b.Transport.Intercept(nil)
	d.Paste(" ")
	d.Lacks("not one of ours")
	d.Press("ctrl+s", "enter")
	d.Dialog().Expect("Merge metadata")
	d.Press("enter", "y")
	d.Has("Merged metadata of Daniel Reyes", "Overview")
	require.JSONEq(t, `{"plan":"gold"}`, string(b.ReloadUser(u).PublicMetadata))
}

// A merge leaves alone what somebody else did meanwhile; the review shows it.
func TestMetadata_ShowsConflictsBeforeSending(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"plan":"silver","seats":1}`)})
	pick(d, "Merge metadata")
	write(d, `{"plan":"gold","seats":1}`)
	_, err := b.Client.UpdateMetadata(t.Context(), u.ID, api.Metadata{Public: object(`{"seats":2,"theirs":true}`)})
	require.NoError(t, err)
	d.Press("ctrl+s", "enter")
	d.Dialog().Expect("Merge metadata")
	reason(d)
	d.Advance(10e9)
	d.Press("y")
	d.Has("Merge metadata, Daniel Reyes ·", "changed since you looked", "Someone else changed it meanwhile", "~ plan")
	d.Lacks("theirs", "seats")
	d.Press("enter")
	d.Dialog().Expect("Merge metadata", "sets 1 key")
	d.Press("enter", "y")
	d.Has("Merged metadata of Daniel Reyes")
	require.JSONEq(t, `{"plan":"gold","seats":2,"theirs":true}`, string(b.ReloadUser(u).PublicMetadata))
}

func TestMetadata_ReviewScrolls(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{}`)})
	pick(d, "Merge metadata")
	var keys []string
	for i := range 60 {
		keys = append(keys, fmt.Sprintf(`"key%02d":%q`, i, strings.Repeat("long ", 3)))
	}
	write(d, "{"+strings.Join(keys, ",")+"}")
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 8}} {
		d.Resize(size[0], size[1])
		d.Has("Valid")
		d.Press("ctrl+s")
		d.Has("60 added", "+ key00")
		d.Press("G")
		d.Has("+ key59")
		d.Lacks("+ key00")
		d.Press("g", "esc")
	}
}

func TestMetadata_EscapesStoredText(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"name":"Zoe\u202e\u009b31m\u001b[2J\u200b José محمد 👩‍👩‍👧"}`)})
	pick(d, "Merge metadata")
	d.Has(`Zoe\u202e\u009b31m\u001b[2J\u200b José`)
	d.Press("ctrl+s")
	d.Has("Nothing was changed")
	write(d, `{"name":"x`+"\u202e\u0085"+`"}`)
	d.Has(`x\u202e\u0085`)
	d.Press("ctrl+s")
	d.Has("~ name")
	d.Press("enter")
	d.Dialog().Expect("Merge metadata")
	reason(d)
	d.Press("y")
	d.Has("Merged metadata")
	require.JSONEq(t, `{"name":"x\u202e\u0085"}`, string(b.ReloadUser(u).PublicMetadata))
}

// edits gives the desk an editor: a shell script, run as the program would.
func edits(b *viewtest.Harness, script string) {
	b.Helper()
	path := b.WriteFile("editor", []byte("#!/bin/sh\n"+script+"\n"))
	require.NoError(b, os.Chmod(path, 0o700))
	folder := filepath.Join(b.Home, "run")
	require.NoError(b, os.MkdirAll(folder, 0o700))
	b.Env.Editor = &action.Editor{
		Command: path, TempDir: folder,
		Environ: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.Home, "CLERK_SECRET_KEY=sk_test_hush", "ALIAS=sk_test_hush", "CLERK_API_URL=https://x.example"},
		Exec: func(c tea.ExecCommand, done tea.ExecCallback) tea.Cmd {
			return func() tea.Msg { return done(c.Run()) }
		},
	}
}

// nothingLeft says that no file of a text is left on the disk.
func nothingLeft(b *viewtest.Harness) {
	b.Helper()
	left, err := os.ReadDir(filepath.Join(b.Home, "run"))
	require.NoError(b, err)
	require.Empty(b, left)
}

func TestEditor_GetsTheTextAndNoKey(t *testing.T) {
	b := viewtest.New(t)
	edits(b, `env > "$HOME/env"; stat -c '%a' "$1" "$(dirname "$1")" > "$HOME/modes"; cp "$1" "$HOME/copy"; touch "$1~"
printf '{"plan":"gold"}\n' > "$1"`)
	d, _ := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`), Private: object(`{"note":"hush"}`)})
	pick(d, "Merge metadata")
	d.Press("ctrl+e")
	d.Has(`{"plan":"gold"}`, "✓ Valid. 1 changed.")
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join(b.Home, name))
		require.NoError(t, err)
		return string(raw)
	}
	require.NotContains(t, read("env"), "sk_test_hush")
	require.NotContains(t, read("env"), "CLERK_")
	require.Contains(t, read("env"), "HOME=")
	require.Equal(t, "600\n700\n", read("modes"))
	require.JSONEq(t, `{"plan":"silver"}`, read("copy"))
	nothingLeft(b)
}

// Some editors begin every file with a byte order mark, or write UTF-16.
func TestEditor_RemovesAByteOrderMark(t *testing.T) {
	for _, script := range []string{`printf '\357\273\277{"plan":"gold"}\r\n' > "$1"`, `printf '\377\376{\0"\0p\0"\0:\0001\0}\0' > "$1"`, `printf '{"plan":"gold"}\r' > "$1"`} {
		b := viewtest.New(t)
		d, _ := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
		edits(b, script)
		pick(d, "Merge metadata")
		d.Press("ctrl+e")
		d.Has("✓ Valid.")
		d.Lacks(`\ufeff`, "not valid")
		nothingLeft(b)
	}
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{}`)})
	pick(d, "Merge metadata")
	write(d, "\ufeff{\"plan\":\"gold\"}")
	d.Has("✓ Valid.")
}

func TestEditor_FailsOrBreaksTheText(t *testing.T) {
	b := viewtest.New(t)
	d, _ := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
	edits(b, `echo '{"plan":"lost"}' > "$1"; exit 3`)
	pick(d, "Merge metadata")
	write(d, `{"plan":"typed"}`)
	d.Press("ctrl+e")
	d.Has("The editor failed: exit status 3", "Your text is unchanged.", `{"plan":"typed"}`)
	nothingLeft(b)
	for script, says := range map[string]string{
		`rm "$1"`: "no suc", `printf '\377' > "$1"`: "not UTF-8", `head -c 2000000 /dev/zero > "$1"`: "larger than 1024 KB",
	} {
		edits(b, script)
		d.Press("ctrl+e")
		d.Has("The editor failed", says, `{"plan":"typed"}`)
		nothingLeft(b)
	}
	edits(b, `printf '{"plan":\n' > "$1"`)
	d.Press("ctrl+e")
	d.Has("Your edits are kept", `{"plan":`, "✗ It is not valid JSON")
	nothingLeft(b)
	b.Env.Editor = nil
	d.Press("ctrl+e")
	d.Has("neither $VISUAL nor $EDITOR")
}

func TestMetadata_FitsEverySize(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and the race detector has nothing to add")
	}
	b := viewtest.New(t)
	var keys []string
	for i := range 140 {
		keys = append(keys, fmt.Sprintf(`"key%03d":"%s"`, i, strings.Repeat("x", 40)))
	}
	big := "{" + strings.Join(keys, ",") + "}"
	require.Less(t, len(big), 8<<10)
	stored(t, b, api.Metadata{Public: object(big)})
	u := b.FindUser("Daniel Reyes")
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 20}, {40, 8}, {200, 60}} {
		d := b.Drive(user.NewDetail(b.Env, u), size[0], size[1]) // the driver holds every frame to the size
		pick(d, "Replace metadata")
		d.Has("{")
		d.Press("ctrl+end")
		d.Has("142 }")
		d.Type("oops")
		d.Press("esc")
		d.Dialog().Expect("Discard what you typed", "Keep editing")
	}
}

// What is typed on while the review opens is not taken for its keys, and what is
// typed on behind the key that asks is the question's, and never its answer.
func TestMetadata_IgnoresLettersInTheReview(t *testing.T) {
	b := viewtest.New(t)
	d, u := stored(t, b, api.Metadata{Public: object(`{"plan":"silver"}`)})
	pick(d, "Merge metadata")
	write(d, `{"plan":"gold"}`)
	d.Burst("ctrl+s", "q", ":", "z", "b")
	d.Has("~ plan", "Letters are ignored in the review")
	require.False(t, d.Asking())
	d.Burst("enter", "q", "y")
	d.Dialog().Expect("Merge metadata", "Reason (required)  qy")
	d.Type(" moved from the old desk")
	d.Press("esc", "esc")
	d.Has("~ plan")
	d.Press("q")
	d.Has(`{"plan":"gold"}`)
	d.Type("x")
	d.Has(`"gold"}x`)
	require.Contains(t, string(b.ReloadUser(u).PublicMetadata), "silver")
}
