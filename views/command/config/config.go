// Package config implements `frontdesk config`, which shows the settings in effect, locates
// the configuration file, writes an example, and prints the JSON schema.
//
// What may live here: flags, messages and tables. What may not: the meaning of a setting
// (api/config), and selecting an instance (api/profile).
package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"frontdesk/api/clean"
	settings "frontdesk/api/config"
	"frontdesk/api/session"
	"frontdesk/views/command"
)

// Env holds the dependencies of the commands.
type Env struct {
	// Path is the path of the file, which need not exist; "" if there is no folder for it.
	Path string
	// Instances reads the configuration.
	Instances func() (*session.Configured, error)
	// Flag is the value of --instance.
	Flag           *string
	Lookup         func(string) (string, bool) // os.LookupEnv
	Stdout, Stderr io.Writer
}

// New returns `frontdesk config` and its subcommands.
func New(env Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "config", Short: "Show, find or create the configuration file",
		Long: "The configuration file defines instances and where their keys come from, roles, the journal and the ticket field.\n" +
			"It is optional: without it, CLERK_SECRET_KEY and CLERK_API_URL select the instance.",
		Args: command.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(showCommand(env), pathCommand(env), initCommand(env), schemaCommand(env))
	return cmd
}

func showCommand(env Env) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "show", Short: "Print the settings in effect and where they come from, without secrets", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all, err := env.Instances()
			if err != nil {
				return err
			}
			rows, err := effective(env, all)
			if err != nil {
				return usage(err)
			}
			if asJSON {
				text, err := json.MarshalIndent(rows, "", "  ")
				if err == nil {
					_, err = fmt.Fprintf(env.Stdout, "%s\n", text)
				}
				return err
			}
			return writeRows(env.Stdout, rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON array of setting, value and source")
	return cmd
}

func pathCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use: "path", Short: "Print the path of the file", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if env.Path == "" {
				return errNoPlace()
			}
			if _, err := os.Stat(env.Path); errors.Is(err, fs.ErrNotExist) {
				fmt.Fprintln(env.Stderr, "The file does not exist yet. Run frontdesk config init to create an example.")
			}
			_, err := fmt.Fprintln(env.Stdout, env.Path)
			return err
		},
	}
}

func initCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "Create an example file with all settings commented out", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if env.Path == "" {
				return errNoPlace()
			}
			shown := clean.NewText(env.Path).Display()
			switch err := writeNew(env.Path, settings.Example()); {
			case errors.Is(err, fs.ErrExist):
				return fmt.Errorf("%s already exists; nothing was written", shown)
			case err != nil:
				return fmt.Errorf("%s cannot be written: %w", shown, withoutPath(err))
			}
			_, err := fmt.Fprintf(env.Stdout, "Created %s. All settings in it are commented out, so nothing changes yet.\n", shown)
			return err
		},
	}
}

func schemaCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON schema of the file, for editors", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := settings.Schema()
			if err == nil {
				_, err = env.Stdout.Write(text)
			}
			return err
		},
	}
}

func usage(err error) error { return command.Exit{Code: command.CodeUsage, Err: err} }

func errNoPlace() error {
	return errors.New("there is no folder for the configuration file: set HOME or XDG_CONFIG_HOME")
}

// writeNew creates a file that only the operator can access. It fails if the file exists.
func writeNew(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// withoutPath removes the path from a file system error, because the message names it.
func withoutPath(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
