package mask

import (
	"strings"

	"frontdesk/api"
	"frontdesk/api/clean"
)

// Named returns the masks of a person of whom only id, name and address are known, as in a
// journal. The name may in fact be their address or id.
func (m *Mask) Named(id, name, address string) (maskedID, maskedName, maskedAddress string) {
	if !m.On() {
		return id, name, address
	}
	u := &api.User{ID: clean.NewText(id)}
	if name != id && name != address {
		u.FirstName = clean.NewText(name)
	}
	switch {
	case strings.Contains(address, "@"):
		u.EmailAddresses = []api.EmailAddress{{EmailAddress: clean.NewText(address)}}
	case address != "":
		u.PhoneNumbers = []api.PhoneNumber{{PhoneNumber: clean.NewText(address)}}
	}
	shown := m.User(u)
	if maskedID = shown.ID.Raw(); name != "" {
		maskedName = shown.Name().Raw()
	}
	for _, t := range []clean.Text{shown.Email(), shown.Phone()} {
		if !t.Empty() {
			maskedAddress = t.Raw()
		}
	}
	return maskedID, maskedName, maskedAddress
}
