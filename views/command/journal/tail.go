package journal

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api/journal"
	"frontdesk/views/command"
)

// tailPoll is the time between two checks for new records.
const tailPoll = 500 * time.Millisecond

func tailCommand(env Env) *cobra.Command {
	var follow bool
	var n int
	o := &showOptions{}
	cmd := &cobra.Command{
		Use:   "tail",
		Short: "Print the last records, newest last",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 0 {
				return usage("--lines must be 0 or more")
			}
			return env.with(func(j *journal.Journal) error {
				err := tail(cmd.Context(), env, j, o, n, follow)
				if follow && errors.Is(err, context.Canceled) {
					return nil // ctrl-c is the normal way to stop
				}
				return err
			})
		},
	}
	f := cmd.Flags()
	f.BoolVarP(&follow, "follow", "f", false, "keep printing new records until ctrl-c")
	f.IntVarP(&n, "lines", "n", 10, "number of records to print")
	f.BoolVar(&o.json, "json", false, "print JSON, one object per line")
	f.BoolVar(&o.utc, "utc", false, "print times in UTC")
	f.BoolVar(&o.mask, "mask", false, "hide the users' names, addresses, numbers, ids and values")
	return cmd
}

func tail(ctx context.Context, env Env, j *journal.Journal, o *showOptions, n int, follow bool) error {
	out := o.newWriter(env)
	var last uint64
	for isFirst := true; ; isFirst = false {
		var found []journal.Record
		for r, err := range j.Records(ctx) {
			if err != nil {
				return err
			}
			if isFirst && len(found) == n || r.Seq <= last {
				if isFirst && n == 0 {
					last = r.Seq
				}
				break
			}
			found = append(found, r)
		}
		for _, r := range slices.Backward(found) {
			last = r.Seq
			if err := out.write(single(r)); err != nil {
				return err
			}
		}
		if !follow {
			return out.close()
		}
		if err := env.sleep(ctx, tailPoll); err != nil {
			return err
		}
	}
}

// single returns a record as an entry of its own.
func single(r journal.Record) journal.Entry {
	e := journal.Entry{Record: r}
	if r.Kind == journal.Outcome {
		e.Kind, e.Ending = journal.Intent, &r
	}
	return e
}

func (e Env) sleep(ctx context.Context, d time.Duration) error {
	if e.Sleep != nil {
		return e.Sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
