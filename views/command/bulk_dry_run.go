package command

import (
	"context"
	"slices"

	"frontdesk/api/clean"
	"frontdesk/views/action"
)

// dryRunBulk runs the operation's own call, batch by batch as the desk would,
// over a transport that sends nothing.
func (r *bulkRun) dryRunBulk(ctx context.Context) error {
	rec := &recorder{secrets: r.secrets()}
	client := rec.wrap(r.session.Client)
	told := dryRunAnswer{Operation: r.op.ID, Notes: r.notes}
	var due []clean.Text
	for _, u := range r.users {
		if why := r.session.Catalogue.Unavailable(r.op, u, clean.Text{}, r.Now()); why != "" {
			told.Skipped = append(told.Skipped, userOutcomeJSON{userJSON: r.userJSON(u), State: "left_as_is", Reason: clean.Sentence(why)})
			continue
		}
		due = append(due, u.ID)
	}
	for batch := range slices.Chunk(due, r.op.MaxUsers) {
		request := r.request
		request.UserIDs = batch
		_, _, _ = r.op.Send(ctx, client, request) // the answer is the recorder's own
	}
	requests := rec.recorded()
	switch {
	case rec.failed != nil:
		return r.failBefore(failed("Nothing would be sent: " + clean.Sentence(rec.failed.Error())))
	case len(requests) == 0:
		off := action.HeadlessBulk{Op: r.op, Users: r.users}.Off(r.screens(r.session))
		return r.failBefore(failed("Nothing would be sent: " + plain(off)))
	}
	r.warnReason(action.HeadlessBulk{Op: r.op, Users: r.users}.Tier(r.screens(r.session)))
	told.dryRequest, told.Then = requests[0], requests[1:]
	return r.printDryRun(told)
}
