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

// leastSpace is how much room the journal's disk should have: some ten thousand records.
const leastSpace = 64 << 20

func (x *examination) journal(ctx context.Context) Finding {
	j := x.all.OpenJournal(x.place.Instance)
	if j == nil {
		return warn("switched off: nobody can say tomorrow who did what", "remove enabled = false from [journal]")
	}
	if err := j.Check(); err != nil {
		return failed(err, "nothing can be changed until it can be written; reading goes on")
	}
	report, err := j.Verify(ctx)
	if err != nil {
		return failed(err, "")
	}
	if report.Problem != nil {
		return fail("not as it was written: "+clean.Sentence(report.Problem.String()), "keep the files and ask who changed them; frontdesk journal verify says more")
	}
	says := fmt.Sprintf("%s, %s, unbroken", clean.NewText(j.Path()).Display(), count(report.Records, "record"))
	free, err := freeSpace(j.Dir())
	if err == nil && free < leastSpace {
		return warn(says+", but only "+humanize.Bytes(free)+" of disk are left", "make room: without a journal nothing is changed")
	}
	open, err := j.OpenIntents(ctx)
	if err != nil {
		return failed(err, "")
	}
	if len(open) > 0 {
		return warn(fmt.Sprintf("%s, but the outcome of %s is not known", says, count(len(open), "change")), "start the console: it looks them up")
	}
	if err == nil && free > 0 {
		says += ", " + humanize.Bytes(free) + " free"
	}
	return ok(says)
}

// freeSpace is what a user may still write on the disk of a folder, or of the nearest
// one that is there.
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

// forwarding is left out where nothing is forwarded.
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

// forwardStatus looks at how far the forwarder has come; it sends nothing.
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
		words := d.Name + " has everything"
		if d.Behind > 0 {
			words = fmt.Sprintf("%s is %s behind", d.Name, count(int(d.Behind), "record"))
			state, do = Warn, "they are sent while frontdesk runs; nothing is lost meanwhile"
		}
		if d.Err != nil {
			words += ": " + clean.Sentence(d.Err.Error())
			state, do = Warn, "it goes on by itself when the receiver is back; nothing is lost meanwhile"
		}
		says = append(says, words)
	}
	return Finding{State: state, Says: strings.Join(says, "; "), Do: do}
}
