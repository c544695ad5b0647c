package command

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
	"frontdesk/tui/text"
	"frontdesk/views/userfmt"
)

// userWriter writes a list of users page by page.
type userWriter interface {
	writePage([]api.User) error
	close() error
}

func (o *listOptions) newWriter(env Env) userWriter {
	if env.mask.On() {
		return maskedUsers{o.newWriterOf(env), env.mask}
	}
	return o.newWriterOf(env)
}

func (o *listOptions) newWriterOf(env Env) userWriter {
	switch {
	case o.json:
		return &jsonWriter{w: env.Stdout}
	case o.csv:
		return &csvWriter{out: env.Stdout, w: csv.NewWriter(env.Stdout), bom: o.bom}
	}
	return &tableWriter{w: env.Stdout, now: env.Now()}
}

// jsonWriter writes the API's objects as one array, one per line.
type jsonWriter struct {
	w    io.Writer
	rows int
}

func (s *jsonWriter) writePage(users []api.User) error {
	for i := range users {
		before := ",\n"
		if s.rows == 0 {
			before = "[\n"
		}
		s.rows++
		body, err := object(&users[i])
		if err == nil {
			_, err = s.w.Write(append([]byte(before), ascii(body)...))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *jsonWriter) close() error {
	closing := "\n]\n"
	if s.rows == 0 {
		closing = "[]\n"
	}
	_, err := io.WriteString(s.w, closing)
	return err
}

// object returns a user as the API returned it, or what could be read of a malformed
// one.
func object(u *api.User) ([]byte, error) {
	if len(u.Body) > 0 && json.Valid(u.Body) {
		return wire.Encode(u.Body)
	}
	var problems []string
	for _, p := range u.Problems {
		problems = append(problems, p.Raw())
	}
	return wire.Encode(map[string]any{"object": "user", "id": u.ID.Raw(), "problems": problems})
}

// csvWriter writes CSV in which no cell is a formula to a spreadsheet.
type csvWriter struct {
	out   io.Writer // that w writes to
	w     *csv.Writer
	bom   bool
	begun bool
}

func (s *csvWriter) begin() error {
	if s.begun {
		return nil
	}
	s.begun = true
	if s.bom {
		if _, err := io.WriteString(s.out, "\ufeff"); err != nil {
			return err
		}
	}
	return s.w.Write([]string{"id", "first_name", "last_name", "username", "email", "phone", "external_id",
		"banned", "locked", "mfa", "created_at", "last_sign_in_at", "last_active_at"})
}

func (s *csvWriter) writePage(users []api.User) error {
	if err := s.begin(); err != nil {
		return err
	}
	for i := range users {
		u := &users[i]
		row := make([]string, 0, 13)
		for _, t := range []clean.Text{u.ID, u.FirstName, u.LastName, u.Username, u.Email(), u.Phone(), u.ExternalID} {
			row = append(row, t.CSV())
		}
		for _, flag := range []bool{u.Banned, u.Locked, u.HasMFA()} {
			row = append(row, strconv.FormatBool(flag))
		}
		for _, at := range []wire.Time{u.CreatedAt, u.LastSignInAt, u.LastActiveAt} {
			row = append(row, formatTime(at.Time))
		}
		if err := s.w.Write(row); err != nil {
			return err
		}
	}
	s.w.Flush()
	return s.w.Error()
}

func (s *csvWriter) close() error {
	if err := s.begin(); err != nil {
		return err
	}
	s.w.Flush()
	return s.w.Error()
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
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

func (s *tableWriter) writePage(users []api.User) error {
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

func (s *tableWriter) close() error {
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
