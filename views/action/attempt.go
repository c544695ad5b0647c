package action

import (
	"maps"

	"frontdesk/api"
	"frontdesk/api/desk"
	"frontdesk/api/input"
	"frontdesk/api/ops"
	"frontdesk/tui"
	"frontdesk/views/action/wording"
	"frontdesk/views/mask"
)

// attempt is one operation that is being asked about or carried out: its target
// and what has been filled in so far.
type attempt struct {
	op ops.Operation
	// user is the target as last read, nil for an operation on the directory.
	user *api.User
	// item is the part of the user that the operation is for, if any.
	item ops.Item
	// image is the chosen file and picture its preview.
	image   *api.ImageFile
	picture []string
	// answers fill the form when the question is asked again; typed reports that
	// the operator entered them.
	answers tui.Answers
	typed   bool
	// value is the value that is edited in a metadata object, nil for none.
	value *metadataValue
	// preset are the fields that row determines; the form does not ask for them.
	preset map[string]string
	row    PartRow
	// fieldErrors and formErrors are the server's reasons for refusing the last
	// try. note says why the question is asked again.
	fieldErrors map[string]string
	formErrors  []string
	note        string
	// takenBy links each field with a taken value to the user who has the value.
	takenBy map[string]*tui.Link
	// was and is describe the change in the target that made another question
	// necessary; they are equal if there was none.
	was, is string
	// undoes is the write that this reverts, nil unless Undo asks it; since is what
	// somebody changed in it meanwhile, a line each.
	undoes *undoStep
	since  []string
	// inCase is the guided sequence to which it belongs, nil for none.
	inCase *Case
}

// escalated returns a with the operation as its answers make it.
func (a attempt) escalated() attempt {
	a.op = a.op.WithValues(a.request().Values)
	return a
}

// recreates returns the deleted user whom the attempt creates again, nil for none.
func (a attempt) recreates() *api.User {
	if a.undoes == nil {
		return nil
	}
	return a.undoes.journal.Recreates
}

// isReasked reports whether the question follows an answer of the server, so that
// it opens without a key of the operator.
func (a attempt) isReasked() bool {
	return a.was != a.is || len(a.fieldErrors)+len(a.formErrors) > 0 || a.note != ""
}

// withAnswers returns a with the answers given; those it did not ask for stay.
func (a attempt) withAnswers(given tui.Answers) attempt {
	answers := maps.Clone(a.answers)
	if answers == nil {
		answers = tui.Answers{}
	}
	maps.Copy(answers, given)
	if a.value != nil {
		a.value.setPatch(answers)
	}
	for _, f := range a.op.Fields {
		if answers[f.Name] == mask.Hidden && f.Current != nil && a.user != nil {
			answers[f.Name] = f.Current(a.user)
		}
	}
	// An unedited value is not an answer. Otherwise asking again would undo what
	// someone else has changed in the meantime.
	for _, f := range a.op.Fields {
		if f.Current != nil && a.user != nil && !f.Required && answers[f.Name] == f.Current(a.user) {
			delete(answers, f.Name)
		}
	}
	a.answers, a.typed = answers, true
	return a
}

// validate returns what is wrong with the combination of answers, or why policy does not
// allow the operation with them; "" if nothing.
func (a attempt) validate(env *Env) string {
	request := a.request()
	if reason := env.Catalogue.Forbidden(a.op.WithValues(request.Values), a.user); reason != "" {
		return reason
	}
	if wrong := env.Catalogue.CheckTicket(a.op.WithValues(request.Values), request.Ticket); wrong != "" {
		return wrong
	}
	if a.op.Validate == nil {
		return ""
	}
	return a.op.Validate(request)
}

// request returns the request for the desk, with the changed values only.
func (a attempt) request() ops.Request {
	r := a.op.NewRequest(a.user, a.item.ID, a.answers)
	if a.undoes != nil {
		r = a.op.NewRestore(a.user, a.item.ID, a.answers, a.undoes.answers)
	}
	r.Image, r.Reason, r.Ticket = a.image, input.CleanReason(a.answers[fieldReason]), input.CleanReason(a.answers[fieldTicket])
	return r
}

func (a attempt) intent() desk.Intent {
	return desk.Intent{Op: a.op, Seen: a.user, Request: a.request(), Agreed: false}
}

// key identifies the operation and its target, for tasks and toasts.
func (a attempt) key() string {
	key := a.op.ID
	if a.user != nil {
		key += " " + a.user.ID.Display()
	}
	if !a.item.ID.Empty() {
		key += " " + a.item.ID.Display()
	}
	return key
}

// call returns the attempt in the form that package wording describes.
func (a attempt) call() wording.Call {
	c := wording.Call{Op: a.op, User: a.user, Item: a.item, Values: a.request().Values, Reason: a.answers[fieldReason], Ticket: a.answers[fieldTicket]}
	if a.preset != nil {
		c.RowPart, c.RowItem = a.row.Part, a.row.Item
	}
	return c
}
