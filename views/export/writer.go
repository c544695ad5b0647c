// Package export writes lists of users for other programs: as CSV that is safe to open
// in a spreadsheet, as JSON, and through the privacy mask.
//
// Only how a list is written belongs here. Who is in it, and where it goes, is for
// `frontdesk users` and the list's own export to say.
package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/wire"
	"frontdesk/views/mask"
)

// Writer writes a list of users page by page. Close ends the list; it does not close
// what is written to.
type Writer interface {
	WritePage([]api.User) error
	Close() error
}

// NewJSON returns a Writer of the API's objects as one array, in ASCII.
func NewJSON(w io.Writer) Writer { return &jsonUsers{w: w} }

// NewCSV returns a Writer of CSV; bom puts a byte order mark first, for Excel.
func NewCSV(w io.Writer, bom bool) Writer {
	return &csvUsers{out: w, w: csv.NewWriter(w), bom: bom}
}

// Masked returns a Writer that masks users on their way to w while the mask is on.
func Masked(w Writer, m *mask.Mask) Writer {
	if !m.On() {
		return w
	}
	return maskedUsers{w, m}
}

type maskedUsers struct {
	Writer
	mask *mask.Mask
}

func (s maskedUsers) WritePage(users []api.User) error {
	shown := make([]api.User, len(users))
	for i := range users {
		shown[i] = *s.mask.User(&users[i])
	}
	return s.Writer.WritePage(shown)
}

// jsonUsers writes the API's objects as one array, one per line.
type jsonUsers struct {
	w    io.Writer
	rows int
}

func (s *jsonUsers) WritePage(users []api.User) error {
	for i := range users {
		before := ",\n"
		if s.rows == 0 {
			before = "[\n"
		}
		s.rows++
		body, err := object(&users[i])
		if err == nil {
			_, err = s.w.Write(append([]byte(before), ASCII(body)...))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *jsonUsers) Close() error {
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

// csvUsers writes CSV in which no cell is a formula to a spreadsheet.
type csvUsers struct {
	out   io.Writer // that w writes to
	w     *csv.Writer
	bom   bool
	begun bool
}

func (s *csvUsers) begin() error {
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

func (s *csvUsers) WritePage(users []api.User) error {
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

func (s *csvUsers) Close() error {
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

// ASCII escapes everything outside of printable ASCII in raw. In JSON such characters
// occur only in strings, so the values stay the same.
func ASCII(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		c, size := utf8.DecodeRune(raw)
		raw = raw[size:]
		switch {
		case c < 0x7f:
			out = append(out, byte(c))
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, c)
		}
	}
	return out
}
