package doctor

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dustin/go-humanize"
	"golang.org/x/sys/unix"

	"frontdesk/api/clean"
	"frontdesk/api/journal/forward"
	"frontdesk/api/profile"
	"frontdesk/api/session"
)

// leastSpace is the free disk space below which a warning is given. It is enough for some
// ten thousand records.
const leastSpace = 64 << 20

func (x *examination) journal(ctx context.Context) Finding {
	j := x.all.OpenJournal(x.place.Instance)
	if j == nil {
		return warn("switched off: changes are not recorded", "remove enabled = false from [journal] in config.toml")
	}
	if err := j.Check(); err != nil {
		return failed(err, "until the journal can be written, you can read but not change anything")
	}
	report, err := j.Verify(ctx)
	if err != nil {
		return failed(err, "")
	}
	switch p := report.Problem; {
	case p == nil:
	case p.IsCutOff:
		return warn("the last write was cut off: "+clean.Sentence(p.String()), "run frontdesk journal resolve to find out what became of the change")
	default:
		return fail("records were altered: "+clean.Sentence(p.String()), "keep the files and find out who changed them; run frontdesk journal verify for details")
	}
	says := fmt.Sprintf("%s, %s, unbroken", clean.NewText(j.Path()).Display(), count(report.Records, "record"))
	free, err := freeSpace(j.Dir())
	if err == nil && free < leastSpace {
		return warn(says+", but only "+humanize.Bytes(free)+" of disk space left", "free some space: without a journal you cannot change anything")
	}
	open, err := j.OpenIntents(ctx)
	if err != nil {
		return failed(err, "")
	}
	if len(open) > 0 {
		return warn(fmt.Sprintf("%s, but the outcome of %s is unknown", says, count(len(open), "change")), "start the console or run frontdesk journal resolve to find out")
	}
	if err == nil && free > 0 {
		says += ", " + humanize.Bytes(free) + " free"
	}
	return ok(says)
}

// freeSpace returns the disk space available in a directory, or in its closest existing
// parent.
func freeSpace(dir string) (uint64, error) {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return stat.Bavail * uint64(stat.Bsize), nil
}

// forwarding checks the forwarding destinations, if there are any.
func (x *examination) forwarding() {
	settings := x.all.Resolver.Config.JournalFor(x.place.Instance.ID)
	if !settings.IsOn() || settings.ForwardSyslog == "" && settings.ForwardOTLP == "" {
		return
	}
	x.check("forwarding", func(ctx context.Context) Finding {
		look := x.Forwarding
		if look == nil {
			look = forwardStatus
		}
		all, err := look(ctx, x.all, x.place.Instance)
		if err != nil {
			return failed(err, "")
		}
		return describeForwarding(all)
	})
}

// forwardStatus returns the progress of forwarding without sending anything.
func forwardStatus(ctx context.Context, all *session.Configured, in profile.Instance) ([]Destination, error) {
	settings := all.Resolver.Config.JournalFor(in.ID)
	to, err := forward.New(forward.Options{Journal: all.OpenJournal(in), Syslog: settings.ForwardSyslog, OTLP: settings.ForwardOTLP, Now: all.Options.Clock})
	if err != nil {
		return nil, err
	}
	states, err := to.Status(ctx)
	var out []Destination
	for _, s := range states {
		out = append(out, Destination{Name: s.Destination, Behind: s.Behind, Err: s.Err})
	}
	return out, err
}

func describeForwarding(all []Destination) Finding {
	var says []string
	state, do := OK, ""
	for _, d := range all {
		words := d.Name + " is up to date"
		if d.Behind > 0 {
			words = fmt.Sprintf("%s is %s behind", d.Name, count(int(d.Behind), "record"))
			state, do = Warn, "records are sent while frontdesk runs; none are lost"
		}
		if d.Err != nil {
			words += ": " + clean.Sentence(d.Err.Error())
			state, do = Warn, "sending resumes when the receiver is back; no records are lost"
		}
		says = append(says, words)
	}
	return Finding{State: state, Says: strings.Join(says, "; "), Do: do}
}
