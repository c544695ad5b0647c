package selection

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// readSize is how many rows one request asks for, the API's maximum.
const readSize = 500

// ErrListChanged says that the range does not begin or end with the users whom the
// operator saw there.
var ErrListChanged = errors.New("the list changed while the range was read")

// Reader reads the rows of a range from the service.
type Reader struct {
	Client *api.Client
	Query  func(pages.Request) api.Query
	// IsChained says that rows are requested by the id before them, so that none is
	// missed or read twice. It needs the order by creation.
	IsChained bool
	// First and Rows are the range, Top and Bottom the ids with which it must begin and
	// end; "" if they are not known.
	First, Rows int
	Top, Bottom string
}

// Read reads the range and reports after each page how many rows were read.
func (r Reader) Read(ctx context.Context, report func(rows int)) ([]*localsearch.Row, error) {
	var rows []*localsearch.Row
	for len(rows) < r.Rows {
		page := pages.Request{Offset: r.First + len(rows), Limit: min(readSize, r.Rows-len(rows))}
		if r.IsChained && len(rows) > 0 && !rows[len(rows)-1].HasNoID() {
			page.Offset, page.After = 0, rows[len(rows)-1].ID
		}
		users, err := r.Client.ListUsers(ctx, r.Query(page))
		if err != nil {
			return nil, err
		}
		rows = append(rows, localsearch.NewRows(users)...)
		if report(len(rows)); len(users) == 0 {
			break // only an empty page is certainly the last
		}
	}
	if len(rows) != r.Rows || !hasID(rows[0], r.Top) || !hasID(rows[len(rows)-1], r.Bottom) {
		return nil, ErrListChanged
	}
	return rows, nil
}

func hasID(r *localsearch.Row, id string) bool { return id == "" || r.ID == id }
