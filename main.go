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
	"runtime/debug"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/adrg/xdg"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/desk"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/host"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/terminal"
	"frontdesk/views/action"
	"frontdesk/views/command"
	"frontdesk/views/command/directory"
	"frontdesk/views/mask"
	userview "frontdesk/views/user"
	"frontdesk/views/users"
)

// version is what the User-Agent and --version say.
const version = "0.1.0"

func main() { os.Exit(run()) }

// run is the program; its result is the exit code: 0 done, 1 failed or refused,
// 2 usage, 3 outcome unknown.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP, os.Interrupt)
	defer stop()
	info, _ := debug.ReadBuildInfo()
	err := command.Execute(ctx, root(), os.Args[1:], command.Program{Version: command.Version(version, info), Stderr: os.Stderr, Plain: plain()})
	var usage usageError
	var exit command.Exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.Code
	case errors.As(err, &usage):
		return 2
	default:
		return 1
	}
}

// plain says that the terminal cannot be asked for its colours: it says that it is
// none that could answer, or the answer would go to somebody else.
func plain() bool {
	kind := os.Getenv("TERM")
	return term.IsTerminal(os.Stdout.Fd()) && (kind == "" || kind == "dumb" || !term.IsTerminal(os.Stdin.Fd()))
}

// usageError is a mistake in flags or environment.
type usageError struct{ error }

func root() *cobra.Command {
	var o consoleOptions
	root := &cobra.Command{
		Use:   "frontdesk",
		Short: "Look after the users of a Clerk instance",
		Long: "A terminal console for support staff: find a person, see why they cannot sign in, mend it.\n\n" +
			"Without a key it runs on an embedded demo directory and nothing leaves this machine.\n" +
			"Set CLERK_SECRET_KEY to work on a real instance; CLERK_API_URL names another address.\n\n" +
			"frontdesk man is the manual page: frontdesk man | man -l -",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return console(cmd.Context(), o) },
	}
	root.SetFlagErrorFunc(command.FlagError)
	root.Flags().StringVar(&o.theme, "theme", "auto", "auto, dark, light, high-contrast, high-contrast-light or none")
	root.Flags().BoolVar(&o.mask, "mask", false, "start with the privacy mask on (P toggles it)")
	root.Flags().BoolVar(&o.mouse, "mouse", false, "start with the mouse on (M toggles it)")
	root.Flags().StringVar(&o.keyboard, "keyboard", "", "auto, or plain for terminals in which AltGr types nothing: leaves their keyboard protocol off (default: FRONTDESK_KEYBOARD, else auto)")
	root.PersistentFlags().StringVar(&o.db, "db", "", "file of the embedded directory (default: in your data directory; a passing one for sandbox)")
	command.CompleteNothing(root)
	command.CompleteValues(root, "theme", "auto", "dark", "light", "high-contrast", "high-contrast-light", "none")
	command.CompleteFiles(root, "db")
	root.AddCommand(directories(&o.db))
	root.AddCommand(commands(&o.db)...)
	return root
}

type consoleOptions struct {
	theme, db, keyboard string
	mouse, mask         bool
}

// connection is the session with an instance, and the demo's directory behind it.
type connection struct {
	session.Session
	demo *host.Embedded // nil on a real instance
}

// reach finds the instance in the environment; db names the demo's file.
func reach(ctx context.Context, db string) (*connection, error) {
	place, err := profile.Resolve(os.LookupEnv, profile.CurrentOperator())
	if err != nil {
		return nil, usageError{err}
	}
	c := &connection{Session: session.Session{Catalogue: ops.Users(), Instance: place.Instance, Close: func() {}}}
	conf := api.Config{BaseURL: place.BaseURL, Key: place.Key, UserAgent: "frontdesk/" + version, Clock: time.Now, Jitter: mathrand.Float64, Env: os.Getenv}
	if place.Instance.Kind == profile.Demo {
		if c.demo, err = embed(ctx, db, &conf); err != nil {
			return nil, err
		}
		c.Close = func() { _ = c.demo.Close() }
	} else {
		profile.Harden()
	}
	if c.Client, err = api.New(conf); err != nil {
		c.Close()
		return nil, usageError{err}
	}
	if c.Desk, err = desk.New(desk.Config{Client: c.Client, Catalogue: c.Catalogue, Clock: time.Now, MinInterval: place.Instance.Kind.RequestInterval()}); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// openSoon is how long the first frame may wait for the demo's directory.
const openSoon = 20 * time.Millisecond

// console runs the terminal program until the operator leaves.
func console(ctx context.Context, o consoleOptions) error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return usageError{errors.New("the console needs a terminal; `frontdesk users` and `frontdesk do` work without one")}
	}
	if os.Getenv("TERM") == "dumb" {
		return usageError{errors.New("this terminal (TERM=dumb) cannot show the console; `frontdesk users` and `frontdesk do` work in it")}
	}
	dark, light, err := themes(o.theme, os.Getenv("NO_COLOR"))
	if err != nil {
		return usageError{err}
	}
	plainKeys, err := parseKeyboardMode(o.keyboard, os.Getenv("FRONTDESK_KEYBOARD"))
	if err != nil {
		return usageError{err}
	}
	keys, err := tui.NewKeyMap(defaultKeys())
	if err != nil {
		return err
	}
	c, err := reach(ctx, o.db)
	if err != nil {
		return err
	}
	defer c.Close()
	// A file that cannot be opened is mostly known at once: then there is no screen to
	// come and go, and no questions to the terminal whose answers the shell would get.
	soon, stop := context.WithTimeout(ctx, openSoon)
	err = c.demo.Wait(soon)
	if stop(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return opened(err, o.db)
	}
	in, on := c.Instance, terminal.New(os.Stdin, os.Stdout)
	if plainKeys {
		on.DisableKeyboardProtocol()
	}
	env := &action.Env{
		Session: c.Session, Now: time.Now,
		Home: xdg.Home, SavedSearchFile: queues(), Editor: action.EditorFromEnv(os.Getenv, os.Environ(), on.RunChild), NewUserView: userview.NewDetail,
		Mask: mask.New(o.mask),
	}
	model := shell.New(shell.Config{
		Root: users.New(env), Keys: keys, Dark: dark, Light: light, Mouse: o.mouse, Mask: action.ScreenMask{Env: env}, Brand: "frontdesk",
		Instance: badge(in), Operator: in.Operator, Clock: time.Now, Env: os.Getenv,
		GlobalActions: func() []tui.Action { return []tui.Action{action.UndoAction(env)} },
	})
	if err := show(on, model, c.demo); err != nil {
		return err
	}
	return opened(c.demo.Err(), o.db)
}

// opened is why the demo's directory could not be opened, and what helps. A path at
// which there can be none is a mistake in the flag that names it.
func opened(err error, db string) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case db != "" && errors.Is(err, host.ErrInvalidPath):
		return usageError{err}
	case db == "" && host.IsDamaged("demo.db", err):
		return fmt.Errorf("%w; `frontdesk sandbox reset` makes a new one in its place", err)
	case host.IsDamaged(db, err):
		return fmt.Errorf("%w; `frontdesk sandbox reset --db %s` makes a new one in its place", err, clean.NewText(db).Display())
	case db == "":
		return fmt.Errorf("%w; another file is named with --db FILE", err)
	}
	return err
}

// commands are the operations and the list without the console.
func commands(db *string) []*cobra.Command {
	return command.New(command.Env{
		Connect: func(ctx context.Context) (*session.Session, error) {
			c, err := reach(ctx, *db)
			if err == nil {
				if err = opened(c.demo.Wait(ctx), *db); err != nil {
					c.Close()
				}
			}
			var usage usageError
			if errors.As(err, &usage) {
				return nil, command.Exit{Code: command.CodeUsage, Err: err}
			}
			if err != nil {
				return nil, err
			}
			return &c.Session, nil
		},
		Catalogue: ops.Users(), Stdin: os.Stdin, Stdout: keyless(os.Stdout), Stderr: keyless(os.Stderr),
		StdinIsTerminal: term.IsTerminal(os.Stdin.Fd()), StderrIsTerminal: term.IsTerminal(os.Stderr.Fd()), Now: time.Now, SavedSearchFile: queues(), Exit: os.Exit,
	})
}

// keyless is w without the secret key of the environment, where there is one.
func keyless(w io.Writer) io.Writer {
	key, err := api.NewKey(os.Getenv("CLERK_SECRET_KEY"))
	if err != nil {
		return w
	}
	return key.MaskWriter(w)
}

// directories are the commands that make and serve the embedded directory.
func directories(db *string) *cobra.Command {
	return directory.New(directory.Env{
		DB: db, DemoFile: func() (string, error) { return demoFile("") },
		Stdout: os.Stdout, Stderr: os.Stderr, Width: directory.TerminalWidth(os.Stderr), Now: time.Now, Rand: rand.Reader,
		SetGCPercent: debug.SetGCPercent,
	})
}

// show runs the model on this terminal and puts the terminal back. What became of
// writes that no screen could tell of any more is said then.
func show(on *terminal.Terminal, model *shell.Model, demo *host.Embedded) error {
	var options []tea.ProgramOption
	if os.Getenv("NO_COLOR") != "" {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	err := on.Run(model, demo.Failed(), options...)
	if err != nil {
		model.WaitForWrites(context.Background())
	}
	fault := model.FatalError()
	if fault != "" {
		fmt.Fprintln(os.Stderr, "frontdesk: "+fault)
	}
	if exit := part(os.Stderr, model.PendingOutcomes()); exit.Code > 1 || err == nil && exit.Code > 0 {
		return exit
	}
	if err == nil && fault != "" {
		return command.Exit{Code: command.CodeFailed}
	}
	return err
}

// part says how writes ended, a sentence each. The code is the worst of them.
func part(w io.Writer, ends []tui.OutcomeMsg) (exit command.Exit) {
	code := map[tui.OutcomeKind]int{tui.OutcomeIncomplete: command.CodeFailed, tui.OutcomeUnknown: command.CodeUnknown}
	for _, e := range ends {
		fmt.Fprintln(w, "frontdesk: "+clean.Sentence(e.Text))
		exit.Code = max(exit.Code, code[e.Kind])
	}
	return exit
}

// embed begins to open the demo's directory and points the client at it.
func embed(ctx context.Context, path string, conf *api.Config) (*host.Embedded, error) {
	path, err := demoFile(path)
	if err != nil {
		return nil, err
	}
	secret := "sk_test_" + rand.Text() + rand.Text()
	if conf.Key, err = api.NewKey(secret); err != nil {
		return nil, err
	}
	demo := host.Embed(ctx, host.OpenOptions{Path: path, Now: time.Now, Rand: rand.Reader}, secret)
	conf.BaseURL, conf.Transport = sandbox.InProcessURL+"/v1", demo
	return demo, nil
}

// demoFile is the demo directory's file.
func demoFile(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	return profile.DemoFile(os.LookupEnv, xdg.DataHome)
}

// queues is the operator's file of saved searches; it need not be there.
func queues() string { return profile.SavedSearchesFile(os.LookupEnv, xdg.ConfigHome) }

// badge is the instance as the header shows it.
func badge(in profile.Instance) shell.Instance {
	kind := map[profile.Kind]shell.Kind{
		profile.Demo: shell.KindDemo, profile.Development: shell.KindDevelopment, profile.Production: shell.KindProduction,
	}[in.Kind]
	return shell.Instance{Kind: kind, Word: in.Kind.String(), Name: in.Name}
}
