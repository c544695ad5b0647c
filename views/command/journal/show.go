package journal

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"frontdesk/api/journal"
	"frontdesk/views/command"
)

// showOptions are the flags of show.
type showOptions struct {
	filter         journal.Filter
	since          string
	json, csv, utc bool
	mask           bool
}

func showCommand(env Env) *cobra.Command {
	o := &showOptions{}
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Print the records, newest first, as text, CSV or JSON",
		Args:  command.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(env); err != nil {
				return err
			}
			return env.with(func(j *journal.Journal) error { return o.show(cmd.Context(), env, j) })
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.filter.User, "user", "", "only changes to this user: an id, or part of a name or address")
	f.StringVar(&o.filter.Operation, "op", "", "only this operation, like ban_user")
	f.StringVar(&o.filter.By, "by", "", "only changes by this system user, also if they used sudo or SSH")
	f.StringVar(&o.since, "since", "", "only records since then, like 30m, 8h, 7d or 2026-11-30")
	f.StringVar(&o.filter.Text, "text", "", "only records that contain this text, such as a reason, ticket or value")
	f.IntVar(&o.filter.Limit, "limit", 100, "print at most this many records; 0 prints all")
	f.BoolVar(&o.json, "json", false, "print JSON, one object per line")
	f.BoolVar(&o.csv, "csv", false, "print CSV that is safe to open in a spreadsheet")
	f.BoolVar(&o.utc, "utc", false, "print times in UTC")
	f.BoolVar(&o.mask, "mask", false, "hide the users' names, addresses, numbers, ids and values")
	return cmd
}

func (o *showOptions) check(env Env) error {
	switch {
	case o.json && o.csv:
		return usage("use either --json or --csv, not both")
	case o.filter.Limit < 0:
		return usage("--limit must be 0 or more")
	case o.since == "":
		return nil
	}
	var err error
	o.filter.Since, err = parseSince(o.since, env.Now(), o.zone(env))
	return err
}

func (o *showOptions) zone(env Env) *time.Location {
	if o.utc || env.Local == nil {
		return time.UTC
	}
	return env.Local
}

// parseSince parses an age (90s, 30m, 8h, 7d) or a date.
func parseSince(typed string, now time.Time, zone *time.Location) (time.Time, error) {
	if age := regexp.MustCompile(`^([0-9]{1,6})([smhdw])$`).FindStringSubmatch(typed); age != nil {
		n, _ := strconv.Atoi(age[1])
		unit := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[age[2]]
		return now.Add(-time.Duration(n) * unit), nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, typed, zone); err == nil {
		return day, nil
	}
	return time.Time{}, usage("--since must be an age like 30m, 8h or 7d, or a date like 2026-11-30")
}

func (o *showOptions) show(ctx context.Context, env Env, j *journal.Journal) error {
	out := o.newWriter(env)
	shown, open := 0, 0
	for e, err := range j.Entries(ctx, o.filter) {
		if err != nil {
			return err
		}
		if e.Kind == journal.Rotated {
			continue
		}
		if e.IsOpen() {
			open++
		}
		shown++
		if err := out.write(e); err != nil {
			return err
		}
	}
	if err := out.close(); err != nil {
		return err
	}
	switch {
	case shown == 0:
		fmt.Fprintln(env.Stderr, "Nothing in the journal matches.")
	case o.filter.Limit > 0 && shown >= o.filter.Limit:
		fmt.Fprintf(env.Stderr, "Only the newest %d are shown; use --limit to see more.\n", shown)
	}
	if open > 0 {
		fmt.Fprintf(env.Stderr, "Changes with an unknown outcome: %d; run `frontdesk journal resolve` to find out.\n", open)
	}
	return nil
}
