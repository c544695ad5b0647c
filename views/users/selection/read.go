package selection

import (
	"context"
	"errors"

	"frontdesk/api"
	"frontdesk/views/users/localsearch"
	"frontdesk/views/users/pages"
)

// readSize is how many rows one request asks for: a long range is read in few.
const readSize = 500

// ErrListChanged says that other users stand at the ends of a range than the
// operator saw there.
var ErrListChanged = errors.New("the list changed while the range was read")

// Reader reads the rows of a range from the service.
type Reader struct {
	Client *api.Client
	Query  func(pages.Request) api.Query
	// IsChained says that the list is in the order by age, in which rows are read
	// after the last one that came, so that nobody is missed or read twice.
	IsChained bool
	// First and Rows are the range, Top and Bottom the ids that it must begin and
	// end with.
	First, Rows int
	Top, Bottom string
}

// Read reads the range and reports after each page how many rows have come.
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
			break // a page that is only short may have others behind it
		}
	}
	if len(rows) != r.Rows || rows[0].ID != r.Top || rows[len(rows)-1].ID != r.Bottom {
		return nil, ErrListChanged
	}
	return rows, nil
}
