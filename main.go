// Command frontdesk is a terminal console with which support staff look after the users
// of a Clerk instance.
//
// This package is the composition root: flags, environment and wiring, the product's
// keys (keymap.go) and its colours (theme.go). Everything else is below api/, tui/ and
// views/.
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
	"frontdesk/api/journal"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
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

// version is shown by --version and sent in the User-Agent.
const version = "0.1.0"

func main() { os.Exit(run()) }

// run runs the program and returns its exit code: 0 done, 1 failed or refused, 2 usage,
// 3 outcome unknown.
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

// plain reports whether the terminal must not be asked for its colours: it cannot
// answer, or somebody else would receive the answer.
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

// open connects to the instance named by the environment; db is the demo's file.
func open(ctx context.Context, db string) (*session.Session, error) {
	place, err := profile.Resolve(os.LookupEnv, profile.CurrentOperator())
	if err != nil {
		return nil, usageError{err}
	}
	s, err := session.Open(ctx, session.Options{
		Profile: place, UserAgent: "frontdesk/" + version, DemoFile: func() (string, error) { return demoFile(db) },
		Clock: time.Now, Jitter: mathrand.Float64, Env: os.Getenv, Rand: rand.Reader, Journal: openJournal(place.Instance.Kind),
	})
	var mistake session.ConfigError
	if errors.As(err, &mistake) {
		return nil, usageError{err}
	}
	return s, err
}

// openJournal returns the operator's journal of the instances of a kind. No file is
// touched before it is needed.
func openJournal(kind profile.Kind) *journal.Journal {
	dir, err := profile.JournalFolder(os.LookupEnv, xdg.StateHome)
	return journal.Open(journal.Options{
		Dir: dir, DirErr: err, Name: kind.JournalName(), Now: time.Now, Rand: rand.Reader,
		Who: func() journal.Who { return journal.CurrentWho(os.Getenv) },
	})
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
	s, err := open(ctx, o.db)
	if err != nil {
		return err
	}
	defer s.Close()
	// A file that cannot be opened is usually known at once. Then no screen appears and
	// disappears, and the terminal gets no queries whose answers would end up in the
	// operator's shell.
	soon, stop := context.WithTimeout(ctx, openSoon)
	err = s.Demo.Wait(soon)
	if stop(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return opened(err, o.db)
	}
	in, on := s.Instance, terminal.New(os.Stdin, os.Stdout)
	if plainKeys {
		on.DisableKeyboardProtocol()
	}
	env := &action.Env{
		Session: *s, Now: time.Now,
		Home: xdg.Home, SavedSearchFile: queues(), Editor: action.EditorFromEnv(os.Getenv, os.Environ(), on.RunChild), NewUserView: userview.NewDetail,
		Mask: mask.New(o.mask),
	}
	model := shell.New(shell.Config{
		Root: users.New(env), Keys: keys, Dark: dark, Light: light, Mouse: o.mouse, Mask: env.Mask, Brand: "frontdesk",
		Instance: badge(in), Operator: in.Operator, Clock: time.Now, Env: os.Getenv,
		GlobalActions: func() []tui.Action { return []tui.Action{action.UndoAction(env)} },
	})
	if err := show(on, model, s.Demo); err != nil {
		return err
	}
	return opened(s.Demo.Err(), o.db)
}

// opened explains why the demo's directory could not be opened, and what to do. A path
// that cannot hold a file is a mistake in the flag that names it.
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

// commands returns the subcommands for users and operations.
func commands(db *string) []*cobra.Command {
	return command.New(command.Env{
		Connect: func(ctx context.Context) (*session.Session, error) {
			s, err := open(ctx, *db)
			if err == nil {
				if err = opened(s.Demo.Wait(ctx), *db); err != nil {
					s.Close()
				}
			}
			var usage usageError
			if errors.As(err, &usage) {
				return nil, command.Exit{Code: command.CodeUsage, Err: err}
			}
			if err != nil {
				return nil, err
			}
			return s, nil
		},
		Catalogue: ops.Users(), Stdin: os.Stdin, Stdout: keyless(os.Stdout), Stderr: keyless(os.Stderr),
		StdinIsTerminal: term.IsTerminal(os.Stdin.Fd()), StderrIsTerminal: term.IsTerminal(os.Stderr.Fd()), Now: time.Now, SavedSearchFile: queues(), Exit: os.Exit,
	})
}

// keyless returns a writer to w that masks the secret key of the environment, if there
// is one.
func keyless(w io.Writer) io.Writer {
	key, err := api.NewKey(os.Getenv("CLERK_SECRET_KEY"))
	if err != nil {
		return w
	}
	return key.MaskWriter(w)
}

// directories returns the subcommands that create and serve the embedded directory.
func directories(db *string) *cobra.Command {
	return directory.New(directory.Env{
		DB: db, DemoFile: func() (string, error) { return demoFile("") },
		Stdout: os.Stdout, Stderr: os.Stderr, Width: directory.TerminalWidth(os.Stderr), Now: time.Now, Rand: rand.Reader,
		SetGCPercent: debug.SetGCPercent,
	})
}

// show runs the model on this terminal, restores the terminal, and then prints the
// outcomes of writes that no screen could show.
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

// part prints how writes ended, one sentence each. The exit code is that of the worst.
func part(w io.Writer, ends []tui.OutcomeMsg) (exit command.Exit) {
	code := map[tui.OutcomeKind]int{tui.OutcomeIncomplete: command.CodeFailed, tui.OutcomeUnknown: command.CodeUnknown}
	for _, e := range ends {
		fmt.Fprintln(w, "frontdesk: "+clean.Sentence(e.Text))
		exit.Code = max(exit.Code, code[e.Kind])
	}
	return exit
}

// demoFile returns the path of the demo's file.
func demoFile(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	return profile.DemoFile(os.LookupEnv, xdg.DataHome)
}

// queues returns the path of the operator's saved searches, which need not exist.
func queues() string { return profile.SavedSearchesFile(os.LookupEnv, xdg.ConfigHome) }

// badge returns the instance as the header shows it.
func badge(in profile.Instance) tui.Instance {
	kind := map[profile.Kind]tui.InstanceKind{
		profile.Demo: tui.InstanceDemo, profile.Development: tui.InstanceDevelopment, profile.Production: tui.InstanceProduction,
	}[in.Kind]
	return tui.Instance{Kind: kind, Word: in.Kind.String(), Name: in.Name}
}
