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

	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/api/profile"
	"frontdesk/api/sandbox/host"
	"frontdesk/api/session"
	"frontdesk/tui"
	"frontdesk/tui/shell"
	"frontdesk/tui/terminal"
	"frontdesk/views/action"
	"frontdesk/views/command"
	configcmd "frontdesk/views/command/config"
	"frontdesk/views/command/directory"
	"frontdesk/views/command/doctor"
	journalcmd "frontdesk/views/command/journal"
	"frontdesk/views/command/place"
	"frontdesk/views/instances"
	journalview "frontdesk/views/journal"
	"frontdesk/views/mask"
	"frontdesk/views/requests"
	"frontdesk/views/runbook"
	"frontdesk/views/tour"
	userview "frontdesk/views/user"
	"frontdesk/views/userfmt"
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
	var exit command.Exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.Code
	}
	return command.CodeFailed
}

// plain reports whether the terminal must not be asked for its colours: it cannot
// answer, or somebody else would receive the answer.
func plain() bool {
	kind := os.Getenv("TERM")
	return term.IsTerminal(os.Stdout.Fd()) && (kind == "" || kind == "dumb" || !term.IsTerminal(os.Stdin.Fd()))
}

// usageError returns err as a mistake in flags, environment or configuration.
func usageError(err error) error { return command.Exit{Code: command.CodeUsage, Err: err} }

func root() *cobra.Command {
	o := consoleOptions{Place: newPlace()}
	root := &cobra.Command{
		Use:   "frontdesk",
		Short: "Look after the users of a Clerk instance",
		Long: "A terminal console for support staff: find a person, see why they cannot sign in, fix it.\n\n" +
			"Without a key it runs on an embedded demo directory and nothing leaves this machine.\n" +
			"Set CLERK_SECRET_KEY to work on a real instance; CLERK_API_URL sets another address.\n\n" +
			"frontdesk man prints the manual page: frontdesk man | man -l -",
		Args: command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return console(cmd.Context(), o) },
	}
	root.SetFlagErrorFunc(command.FlagError)
	o.declare(root)
	o.Declare(root)
	root.AddCommand(tourCommand(&o), directories(&o.DB))
	root.AddCommand(commands(o.Place)...)
	return root
}

type consoleOptions struct {
	*place.Place
	theme, keyboard string
	mouse, mask     bool
	plain           bool
	tour            bool // begin with it
}

// declare declares the flags of a command that opens the console.
func (o *consoleOptions) declare(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.theme, "theme", "", "auto, dark, light, high-contrast, high-contrast-light or none (default: theme in config.toml, else auto)")
	f.BoolVar(&o.mask, "mask", false, "start with the privacy mask on (P toggles it)")
	f.BoolVar(&o.mouse, "mouse", false, "start with the mouse on (M toggles it)")
	f.BoolVar(&o.plain, "plain", false, "lines of words for screen readers (also FRONTDESK_PLAIN=1, or plain in config.toml)")
	f.StringVar(&o.keyboard, "keyboard", "", "auto, or plain for terminals in which AltGr types nothing: turns their keyboard protocol off (default: FRONTDESK_KEYBOARD, else auto)")
	command.CompleteNothing(cmd)
	command.CompleteValues(cmd, "theme", "auto", "dark", "light", "high-contrast", "high-contrast-light", "none")
}

// tourCommand returns `frontdesk tour`.
func tourCommand(o *consoleOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tour",
		Short: "Learn the console in five minutes, on the demo",
		Long:  "Opens the console on the demo with a panel that says what to press and why, in seven steps. T leaves the tour and goes on with it.",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.tour = true
			return console(cmd.Context(), *o)
		},
	}
	o.declare(cmd)
	return cmd
}

// newPlace returns what says which instance is worked on.
func newPlace() *place.Place {
	return place.New(place.Env{
		Lookup: os.LookupEnv, Environ: os.Environ(), Home: xdg.Home, ConfigHome: xdg.ConfigHome, DataHome: xdg.DataHome, StateHome: xdg.StateHome,
		LoginUIDFile: "/proc/self/loginuid", Stderr: os.Stderr,
		Options: session.Options{UserAgent: "frontdesk/" + version, Clock: time.Now, Jitter: mathrand.Float64, Env: os.Getenv, Rand: rand.Reader},
	})
}

// openSoon is how long the first frame may wait for the demo's directory.
const openSoon = 20 * time.Millisecond

// console runs the terminal program until the operator leaves.
func console(ctx context.Context, o consoleOptions) error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return usageError(errors.New("the console needs a terminal; `frontdesk users` and `frontdesk do` work without one"))
	}
	if os.Getenv("TERM") == "dumb" {
		return usageError(errors.New("this terminal (TERM=dumb) cannot show the console; `frontdesk users` and `frontdesk do` work in it"))
	}
	plainKeys, err := parseKeyboardMode(o.keyboard, os.Getenv("FRONTDESK_KEYBOARD"))
	if err != nil {
		return usageError(err)
	}
	keys, err := tui.NewKeyMap(defaultKeys())
	if err != nil {
		return err
	}
	all, err := o.Instances()
	if err != nil {
		return err
	}
	colours, err := themes(o.theme, all.Resolver.Config.Theme, os.Getenv("NO_COLOR"))
	if err != nil {
		return usageError(err)
	}
	plain, err := isPlain(o.plain, os.Getenv("FRONTDESK_PLAIN"), all.Resolver.Config.Theme)
	if err != nil {
		return usageError(err)
	}
	if o.tour {
		if err := o.CheckTour(all); err != nil {
			return err
		}
	}
	s, err := o.OpenIn(ctx, all)
	if err != nil {
		return err
	}
	all.Resolver.Stderr = nil // from now on the screen has no place for what a program that prints a key says
	file := tour.NewFile(o.TourFile())
	guide := tour.New(tour.Config{State: file.Read(), File: file, Offers: o.DB == "", Starts: o.tour})
	switcher := instances.New(instances.Config{
		Instances: all, Root: users.New, ResetDemo: o.ResetDemo, Guide: guide.On,
		Actions: func(env *action.Env) []tui.Action {
			return append([]tui.Action{action.UndoAction(env), journalview.Action(env), requests.Action(env)}, guide.Actions(env)...)
		},
	})
	defer switcher.Close()
	on := terminal.New(os.Stdin, os.Stdout)
	env := &action.Env{
		Session: *s, Now: time.Now,
		Home: xdg.Home, SavedSearchFile: o.SavedSearchFile(), Editor: action.EditorFromEnv(os.Getenv, all.Resolver.EnvironWithoutKeys(), on.RunChild), NewUserView: userview.NewDetail, RunbookActions: runbook.Actions,
		Mask: mask.New(o.mask),
	}
	first := switcher.Adopt(env)
	// A file that cannot be opened is usually known at once. Then no screen appears and
	// disappears, and the terminal gets no queries whose answers would end up in the
	// operator's shell.
	soon, stop := context.WithTimeout(ctx, openSoon)
	err = s.Demo.Wait(soon)
	if stop(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return directory.ExplainOpen(err, o.DB)
	}
	if plainKeys {
		on.DisableKeyboardProtocol()
	}
	model := shell.New(shell.Config{
		Root: first.Root, Keys: keys, Themes: colours, Mouse: o.mouse, Plain: plain, Mask: env.Mask, Brand: "frontdesk",
		Instance: first.Instance, Operator: first.Operator, Clock: time.Now, Env: os.Getenv, GlobalActions: first.GlobalActions,
		Guide: first.Guide, Glossary: userfmt.Glossary(),
	})
	if err := show(on, model, s.Demo); err != nil {
		return err
	}
	return directory.ExplainOpen(s.Demo.Err(), o.DB)
}

// commands returns the subcommands that work on an instance, or on what says which.
func commands(p *place.Place) []*cobra.Command {
	stdin, stdout, stderr := term.IsTerminal(os.Stdin.Fd()), p.Keys.Writer(os.Stdout), p.Keys.Writer(os.Stderr)
	return append(command.New(command.Env{
		Connect: p.Connect, Catalogue: ops.Users(), Stdin: os.Stdin, Stdout: stdout, Stderr: stderr, StdinIsTerminal: stdin,
		StderrIsTerminal: term.IsTerminal(os.Stderr.Fd()), Width: directory.TerminalWidth(os.Stderr), Now: time.Now, SavedSearchFile: p.SavedSearchFile(), Exit: os.Exit,
	}),
		journalcmd.New(journalcmd.Env{Journal: p.Journal, Connect: p.Connect, Stdout: stdout, Stderr: stderr, Now: time.Now, Local: time.Local}),
		configcmd.New(configcmd.Env{Path: p.ConfigFile(), Flag: &p.Instance, Lookup: os.LookupEnv, Stdout: stdout, Stderr: stderr, Instances: p.Instances}),
		doctor.New(doctor.Env{
			Instances: p.Instances, Path: p.ConfigFile(), Flag: &p.Instance, Lookup: os.LookupEnv, Environ: os.Environ(), Now: time.Now,
			StdinIsTerminal: stdin, StdoutIsTerminal: term.IsTerminal(os.Stdout.Fd()), Stdout: stdout,
			WeakColours: weakColours,
		}))
}

// directories returns the subcommands that create and serve the embedded directory.
func directories(db *string) *cobra.Command {
	return directory.New(directory.Env{
		DB: db, DemoFile: func() (string, error) { return profile.DemoFile(os.LookupEnv, xdg.DataHome) },
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
