package command

import (
	"context"
	"slices"

	"frontdesk/api/clean"
	"frontdesk/views/action"
)

// rehearseAll runs the operation's own call, batch by batch as the desk would,
// over a transport that sends nothing.
func (r *manyRun) rehearseAll(ctx context.Context) error {
	rec := &recorder{secrets: r.secrets()}
	client := rec.through(r.session.Client)
	told := rehearsal{Operation: r.op.ID, Notes: r.notes}
	var due []clean.Text
	for _, u := range r.crowd {
		if why := r.session.Catalogue.Unavailable(r.op, u, clean.Text{}, r.Now()); why != "" {
			told.Left = append(told.Left, fateJSON{personJSON: brief(u), State: "left_as_is", Reason: clean.Sentence(why)})
			continue
		}
		due = append(due, u.ID)
	}
	for batch := range slices.Chunk(due, r.op.MaxUsers) {
		request := r.request
		request.UserIDs = batch
		_, _, _ = r.op.Send(ctx, client, request) // the answer is the recorder's own
	}
	requests := rec.all()
	switch {
	case rec.failed != nil:
		return r.fails(failed("Nothing would be sent: " + clean.Sentence(rec.failed.Error())))
	case len(requests) == 0:
		off := action.HeadlessBulk{Op: r.op, Users: r.crowd}.Off(r.screens(r.session))
		return r.fails(failed("Nothing would be sent: " + plain(off)))
	}
	r.wantsReason(action.HeadlessBulk{Op: r.op, Users: r.crowd}.Tier(r.screens(r.session)))
	told.sent, told.Then = requests[0], requests[1:]
	if r.json {
		return writeJSON(r.Stdout, told)
	}
	return told.print(r.Stdout)
}
