package command

import (
	"context"
	"slices"

	"frontdesk/api/clean"
	"frontdesk/views/action"
)

// dryRunBulk calls the operation batch by batch, as the desk would, over a transport
// that sends nothing.
func (r *bulkRun) dryRunBulk(ctx context.Context) error {
	rec := &recorder{secrets: r.secrets()}
	client := rec.wrap(r.session.Client)
	answer := dryRunAnswer{Operation: r.op.ID, Notes: r.notes}
	var applicable []clean.Text
	for _, u := range r.users {
		if why := r.session.Catalogue.Unavailable(r.op, u, clean.Text{}, r.Now()); why != "" {
			answer.Skipped = append(answer.Skipped, userOutcomeJSON{userJSON: r.userJSON(u), State: "left_as_is", Reason: clean.Sentence(why)})
			continue
		}
		applicable = append(applicable, u.ID)
	}
	for batch := range slices.Chunk(applicable, r.op.MaxUsers) {
		request := r.request
		request.UserIDs = batch
		_, _, _ = r.op.Send(ctx, client, request) // the recorder made up the answer
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
	answer.dryRequest, answer.Then = requests[0], requests[1:]
	return r.printDryRun(answer)
}
