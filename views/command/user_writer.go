package command

import (
	"io"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/tui/text"
	"frontdesk/views/export"
	"frontdesk/views/userfmt"
)

func (o *listOptions) newWriter(env Env) export.Writer {
	var w export.Writer
	switch {
	case o.json:
		w = export.NewJSON(env.Stdout)
	case o.csv:
		w = export.NewCSV(env.Stdout, o.bom)
	default:
		w = &tableWriter{w: env.Stdout, now: env.Now()}
	}
	return export.Masked(w, env.mask)
}

// maxCellWidth is the maximum width of a column of the table, except for the id in the
// last column, which is never cut.
const maxCellWidth = 40

// tableWriter writes a table. It keeps the rows until close, because only then the
// widths of the columns are known.
type tableWriter struct {
	w         io.Writer
	now       time.Time
	rows      [][]string
	emptyNote string // printed instead of an empty table; "" is "No users match."
}

func (s *tableWriter) WritePage(users []api.User) error {
	for i := range users {
		u := &users[i]
		status := userfmt.StatusOf(u, s.now)
		s.rows = append(s.rows, []string{userfmt.Name(u), contact(u), status.Shape + " " + status.Word + status.Extra,
			userfmt.LastActive(u, s.now), u.ID.Display()})
	}
	return nil
}

func contact(u *api.User) string {
	if mail := u.Email(); !mail.Empty() {
		return mail.Display()
	}
	return userfmt.Phone(u.Phone())
}

func (s *tableWriter) Close() error {
	if len(s.rows) == 0 {
		if s.emptyNote == "" {
			s.emptyNote = "No users match."
		}
		_, err := io.WriteString(s.w, s.emptyNote+"\n")
		return err
	}
	rows := append([][]string{{"NAME", "E-MAIL OR PHONE", "STATUS", "LAST ACTIVE", "ID"}}, s.rows...)
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = min(max(widths[i], text.Width(cell)), maxCellWidth)
		}
	}
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			b.WriteString(text.Pad(cell, widths[i]) + "  ")
		}
		b.WriteString(row[len(row)-1] + "\n")
	}
	_, err := io.WriteString(s.w, text.IsolateRTL(b.String()))
	return err
}
