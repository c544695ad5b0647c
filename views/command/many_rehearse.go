package command

import (
	"context"
	"slices"

	"frontdesk/views/action"
)

// rehearseAll runs the operation's own call, batch by batch as the desk would,
// over a transport that sends nothing.
func (r *manyRun) rehearseAll(ctx context.Context) error {
	rec := &recorder{secrets: r.secrets()}
	client := rec.through(r.session.Client)
	told := rehearsal{Operation: r.op.ID}
	for batch := range slices.Chunk(r.crowd, r.op.Most) {
		request := r.request
		for _, u := range batch {
			if why := r.op.When(u, r.Now()); why != "" {
				told.Left = append(told.Left, fateJSON{personJSON: brief(u), State: "left_as_is", Reason: plain(why)})
				continue
			}
			request.UserIDs = append(request.UserIDs, u.ID)
		}
		if len(request.UserIDs) > 0 {
			_, _, _ = r.op.Send(ctx, client, request) // the answer is the recorder's own
		}
	}
	requests := rec.all()
	switch {
	case rec.failed != nil:
		return r.fails(failed("Nothing would be sent: " + plain(rec.failed.Error())))
	case len(requests) == 0:
		off := action.SpokenMany{Op: r.op, People: r.crowd}.Off(r.screens(r.session))
		return r.fails(failed("Nothing would be sent: " + plain(off)))
	}
	told.sent, told.Then = requests[0], requests[1:]
	if r.json {
		return writeJSON(r.Stdout, told)
	}
	return told.print(r.Stdout)
}
