// Package config is `frontdesk config`: what holds now and where it comes from, where the
// file is, an example of it, its JSON schema.
//
// What may live here: flags, sentences, tables. What may not: what a setting means
// (api/config), how an instance is found (api/profile).
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

// Env is what the commands need from outside.
type Env struct {
	// Path is where the file is or would be; "" where there is no place for it.
	Path string
	// Instances reads the file.
	Instances func() (*session.Configured, error)
	// Flag is what --instance says, "" where it does not.
	Flag           *string
	Lookup         func(string) (string, bool) // os.LookupEnv
	Stdout, Stderr io.Writer
}

// New returns `frontdesk config` with all below it.
func New(env Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "config", Short: "Show, locate or begin the configuration",
		Long: "The configuration names instances, the source of each key, who may do what, and what is asked.\n" +
			"It is optional: without it CLERK_SECRET_KEY and CLERK_API_URL say which instance is worked on.",
		Args: command.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(showCommand(env), pathCommand(env), initCommand(env), schemaCommand(env))
	return cmd
}

func showCommand(env Env) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "show", Short: "Print what holds now, and where it comes from; no secrets", Args: command.NoArgs,
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
		Use: "path", Short: "Print where the file is", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if env.Path == "" {
				return errNoPlace()
			}
			if _, err := os.Stat(env.Path); errors.Is(err, fs.ErrNotExist) {
				fmt.Fprintln(env.Stderr, "There is no such file yet; frontdesk config init writes an example.")
			}
			_, err := fmt.Fprintln(env.Stdout, env.Path)
			return err
		},
	}
}

func initCommand(env Env) *cobra.Command {
	return &cobra.Command{
		Use: "init", Short: "Write an example of the file, which says nothing yet", Args: command.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if env.Path == "" {
				return errNoPlace()
			}
			shown := clean.NewText(env.Path).Display()
			switch err := writeNew(env.Path, settings.Example()); {
			case errors.Is(err, fs.ErrExist):
				return fmt.Errorf("%s is there already; nothing was written", shown)
			case err != nil:
				return fmt.Errorf("%s cannot be written: %w", shown, withoutPath(err))
			}
			_, err := fmt.Fprintf(env.Stdout, "Wrote %s. Everything in it is commented out, so nothing has changed yet.\n", shown)
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
	return errors.New("there is no place for it: neither HOME nor XDG_CONFIG_HOME names a folder")
}

// writeNew writes a file that is not there yet, for the operator alone.
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

// withoutPath removes the path from a file system error: the sentence names it.
func withoutPath(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
