// Command frontdesk is a terminal console with which support staff look after
// the users of a Clerk instance.
//
// This package is the composition root: flags, environment and wiring, the
// product's keys (keymap.go) and its colours (theme.go). Nothing else belongs
// here; rooms live below api/, tui/ and views/.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/signal"
	"os/user"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/fang/v2"
	"github.com/adrg/xdg"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/sieve"
	"frontdesk/views/action"
	"frontdesk/views/users"
)

// version is what the User-Agent and --version say.
const version = "0.1.0"

func main() { os.Exit(run()) }

// run is the program; its result is the exit code: 0 done, 1 failed, 2 usage.
func run() int {
	err := fang.Execute(context.Background(), command(), fang.WithVersion(version), fang.WithoutManpage(), fang.WithErrorHandler(sayError))
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return 2
	default:
		return 1
	}
}

// usageError is a mistake in flags or environment.
type usageError struct{ error }

// sayError prints one plain sentence, without a box: ops boxes log it.
func sayError(w io.Writer, _ fang.Styles, err error) { fmt.Fprintln(w, "frontdesk: "+err.Error()) }

func command() *cobra.Command {
	var o consoleOptions
	root := &cobra.Command{
		Use:   "frontdesk",
		Short: "Look after the users of a Clerk instance",
		Long: "A terminal console for support staff: find a person, see why they cannot sign in, mend it.\n\n" +
			"Without a key it runs on an embedded demo directory and nothing leaves this machine.\n" +
			"Set CLERK_SECRET_KEY to work on a real instance; CLERK_API_URL names another address.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return console(cmd.Context(), o) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.Flags().StringVar(&o.theme, "theme", "auto", "auto, dark, light, high-contrast or none")
	root.Flags().BoolVar(&o.mouse, "mouse", false, "start with the mouse on (M toggles it)")
	root.Flags().StringVar(&o.db, "db", "", "file of the demo directory (default: in your data directory)")
	root.AddCommand(sandboxCommand())
	return root
}

type consoleOptions struct {
	theme, db string
	mouse     bool
}

// console runs the terminal program until the operator leaves.
func console(ctx context.Context, o consoleOptions) error {
	dark, light, err := themes(o.theme, os.Getenv("NO_COLOR"))
	if err != nil {
		return usageError{err}
	}
	place, err := profile.Resolve(os.Getenv, operator())
	if err != nil {
		return usageError{err}
	}
	keys, err := tui.NewKeyMap(defaultKeys())
	if err != nil {
		return err
	}
	conf := api.Config{BaseURL: place.BaseURL, Key: place.Key, UserAgent: "frontdesk/" + version, Clock: time.Now, Jitter: mathrand.Float64}
	var demo *sandbox.Embedded
	if place.Instance.Kind == profile.Demo {
		if demo, err = embed(ctx, o.db, &conf); err != nil {
			return err
		}
		defer demo.Close()
	} else {
		profile.Harden()
	}
	client, err := api.New(conf)
	if err != nil {
		return usageError{err}
	}
	catalogue := ops.Users()
	d, err := desk.New(desk.Config{Client: client, Catalogue: catalogue, Clock: time.Now})
	if err != nil {
		return err
	}
	env := &action.Env{Client: client, Desk: d, Catalogue: catalogue, Instance: place.Instance, Now: time.Now, Home: xdg.Home}
	model := shell.New(shell.Config{
		Root: users.New(env), Keys: keys, Dark: dark, Light: light, Mouse: o.mouse, Brand: "frontdesk",
		Instance: badge(place.Instance), Operator: place.Instance.Operator, Clock: time.Now, Env: os.Getenv,
	})
	if err := show(model, demo); err != nil {
		return err
	}
	return demo.Err()
}

// show runs the model on this terminal and puts the terminal back. A signal to
// leave lets a call in flight end first.
func show(model *shell.Model, demo *sandbox.Embedded) error {
	options := []tea.ProgramOption{tea.WithOutput(sieve.New(os.Stdout)), tea.WithoutSignalHandler()}
	if os.Getenv("NO_COLOR") != "" {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	program := tea.NewProgram(model, options...)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGHUP, os.Interrupt, syscall.SIGCONT)
	defer signal.Stop(signals)
	over := make(chan struct{})
	defer close(over)
	go func() {
		broken := demo.Broken()
		for {
			select {
			case s := <-signals:
				if s == syscall.SIGCONT {
					program.Send(tea.ResumeMsg{})
					continue
				}
			case <-broken:
				broken = nil
			case <-over:
				return
			}
			program.Send(shell.LeaveMsg{})
		}
	}()
	if _, err := program.Run(); err != nil {
		model.Wait(context.Background())
		return err
	}
	return nil
}

// embed begins to open the demo's directory and points the client at it.
func embed(ctx context.Context, path string, conf *api.Config) (*sandbox.Embedded, error) {
	path, err := demoFile(path)
	if err != nil {
		return nil, err
	}
	secret := "sk_test_" + rand.Text() + rand.Text()
	if conf.Key, err = api.NewKey(secret); err != nil {
		return nil, err
	}
	demo := sandbox.Embed(ctx, sandbox.OpenOptions{Path: path, Now: time.Now, Rand: rand.Reader}, secret)
	conf.BaseURL, conf.Transport = sandbox.InProcessURL+"/v1", demo
	return demo, nil
}

// demoFile is the demo directory's file; its folder is made where it is missing.
func demoFile(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	path, err := xdg.DataFile("frontdesk/demo.db")
	if err != nil {
		return "", fmt.Errorf("there is no place for the demo directory: %w; name a file with --db", err)
	}
	return path, nil
}

// badge is the instance as the header shows it.
func badge(in profile.Instance) shell.Instance {
	kind := map[profile.Kind]shell.Kind{
		profile.Demo: shell.KindDemo, profile.Development: shell.KindDevelopment, profile.Production: shell.KindProduction,
	}[in.Kind]
	return shell.Instance{Kind: kind, Word: in.Kind.String(), Name: in.Name}
}

// operator is who sits at the desk, as the machine knows them: "jo@ops-2".
func operator() string {
	name, host := "someone", "this machine"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil {
		host, _, _ = strings.Cut(h, ".")
	}
	return name + "@" + host
}

// themes are the tables for a dark and a light terminal.
func themes(name, noColor string) (dark, light tui.Theme, err error) {
	if noColor != "" {
		name = "none"
	}
	switch name {
	case "auto":
		return themeDark(), themeLight(), nil
	case "dark":
		return themeDark(), themeDark(), nil
	case "light":
		return themeLight(), themeLight(), nil
	case "high-contrast":
		return themeHighContrast(), themeHighContrast(), nil
	case "none":
		return themeNone(), themeNone(), nil
	}
	return dark, light, fmt.Errorf("there is no theme %q: use auto, dark, light, high-contrast or none", name)
}

// sandboxCommand serves the embedded directory on loopback, for curl, other
// programs and teaching.
func sandboxCommand() *cobra.Command {
	o := sandbox.ServeOptions{Now: time.Now, Rand: rand.Reader}
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the embedded Clerk-compatible directory on loopback",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGTERM, syscall.SIGHUP, os.Interrupt)
			defer stop()
			o.Out = cmd.OutOrStdout()
			return sandbox.Serve(ctx, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Listen, "listen", "127.0.0.1:0", "address to listen on; port 0 picks a free one")
	f.StringVar(&o.DB, "db", "", "the directory's file (default: one that is gone when the server stops)")
	f.IntVar(&o.Users, "users", 0, "how many people a new directory holds (default 1248)")
	f.StringVar(&o.SecretKeyFile, "secret-key-file", "", "read the secret key from this file instead of making one")
	f.BoolVar(&o.Production, "production", false, "serve as a production instance: sk_live_ key, 1000 requests in 10 s")
	f.DurationVar((*time.Duration)(&o.Faults.Latency), "latency", 0, "wait this long before every answer")
	f.DurationVar((*time.Duration)(&o.Faults.Jitter), "jitter", 0, "and up to this much longer, at random")
	f.Float64Var(&o.Faults.ErrorRate, "error-rate", 0, "how many requests fail, 0 to 1")
	f.IntVar(&o.Faults.ErrorStatus, "error-status", 0, "the status they fail with (default 500)")
	f.StringVar(&o.Faults.RetryAfter, "retry-after", "", "answer 429 with this Retry-After")
	f.BoolVar(&o.Faults.HTML, "html", false, "answer a gateway's HTML page")
	f.BoolVar(&o.Faults.CutBody, "cut-body", false, "break every answer off half-way")
	f.StringVar(&o.Faults.Drop, "drop", "", "close the connection \"before\" or \"after\" acting")
	cmd.AddCommand(&cobra.Command{
		Use:   "reset",
		Short: "Put the demo directory back to how it was on the first day",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := demoFile(o.DB)
			if err != nil {
				return err
			}
			return sandbox.Reset(cmd.Context(), path)
		},
	})
	return cmd
}
