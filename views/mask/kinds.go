package mask

import (
	"fmt"
	"strings"

	"frontdesk/api/clean"
	"frontdesk/views/userfmt"
)

// kind is what a field holds, and so what its mask looks like.
type kind int

const (
	kindOther kind = iota // masked without a look of its own: what nobody thought of is safe
	kindPlain             // says nothing of anybody: a state, a role, a provider
	kindID
	kindFirstName
	kindLastName
	kindUsername
	kindEmail
	kindDomain
	kindPhone
	kindWallet
	kindOrganization
	kindSlug
	kindIP
	kindCity
	kindCountry
	kindPicture
	kindSentence
)

// kinds are the fields by their names in the API, where the name alone says it.
var kinds = map[string]kind{
	"object": kindPlain, "status": kindPlain, "strategy": kindPlain, "channel": kindPlain, "type": kindPlain,
	"provider": kindPlain, "role": kindPlain, "role_name": kindPlain, "permissions": kindPlain, "protocol": kindPlain,
	"device_type": kindPlain, "browser_name": kindPlain, "browser_version": kindPlain, "code": kindPlain,
	"key": kindPlain, "approved_scopes": kindPlain,

	"first_name": kindFirstName, "last_name": kindLastName, "username": kindUsername, "sub": kindID,
	"email_address": kindEmail, "domain": kindDomain, "domains": kindDomain,
	"phone_number": kindPhone, "web3_wallet": kindWallet, "slug": kindSlug,
	"ip_address": kindIP, "city": kindCity, "country": kindCountry,
	"image_url": kindPicture, "profile_image_url": kindPicture, "avatar_url": kindPicture, "logo_public_url": kindPicture,
	"message": kindSentence, "long_message": kindSentence, "problems": kindSentence,
}

// kindOf is what a field holds; in says of which object.
func kindOf(in, field string) kind {
	if k, known := kinds[field]; known {
		return k
	}
	switch {
	case field == "name" && (in == "organization" || in == "public_organization_data"):
		return kindOrganization
	case field == "id" || strings.HasSuffix(field, "_id"):
		return kindID
	}
	return kindOther
}

// mask is the mask of a value of that kind, of somebody or, where p is nil, of nobody
// who is known.
func (m *Mask) mask(k kind, value string, p *person) string {
	switch k {
	case kindPlain:
		return value
	case kindPicture:
		return ""
	case kindSentence:
		return m.text(value)
	case kindFirstName, kindLastName:
		return nameMask(k, value, p)
	case kindPhone:
		return m.masked(value, func() string {
			masked := m.phoneMask(p)
			m.phrases.add(userfmt.Phone(clean.NewText(value)), masked)
			return masked
		})
	}
	if known, ok := m.values[value]; ok || value == "" {
		return known
	}
	masked := m.newMask(k, value, p)
	if isTelling(k, value) {
		return m.give(value, masked)
	}
	m.values[value] = masked // and not to Text, which would find it in words of ours
	return masked
}

// isTelling says that a value, where it stands in a sentence, is hardly a word of the
// sentence's own.
func isTelling(k kind, value string) bool {
	switch k {
	case kindOther:
		return len(value) >= 5 && strings.ContainsAny(value, " '’0123456789")
	case kindCountry:
		return len(value) > 3
	}
	return true
}

// nameMask is a part of the name; as long as there is none, none.
func nameMask(k kind, value string, p *person) string {
	switch {
	case value == "":
		return ""
	case p == nil:
		return Hidden
	case k == kindFirstName:
		return p.first
	}
	return p.last
}

// newMask is the mask of a value that has none yet.
func (m *Mask) newMask(k kind, value string, p *person) string {
	switch k {
	case kindID:
		prefix := idPrefix(value)
		return idMask(value, m.next("id "+prefix))
	case kindUsername:
		if p != nil {
			return fmt.Sprintf("person%d", p.number)
		}
		return fmt.Sprintf("someone%d", m.next("someone"))
	case kindEmail:
		return m.emailMask(value, p)
	case kindDomain:
		return fmt.Sprintf("domain%d.example", m.next("domain"))
	case kindWallet:
		return fmt.Sprintf("0x%s%04d", Hidden, m.next("wallet"))
	case kindOrganization:
		return fmt.Sprintf("Organization %d", m.next("organization"))
	case kindSlug:
		return fmt.Sprintf("organization-%s%d", Hidden, m.next("slug"))
	case kindIP:
		return fmt.Sprintf("IP %s%d", Hidden, m.next("ip"))
	case kindCity:
		return fmt.Sprintf("City %d", m.next("city"))
	case kindCountry:
		return fmt.Sprintf("Country %d", m.next("country"))
	}
	return fmt.Sprintf("%s%d", Hidden, m.next("other"))
}

// emailMask keeps apart people, the addresses of one, and domains.
func (m *Mask) emailMask(value string, p *person) string {
	_, domain, _ := strings.Cut(value, "@")
	at := m.masked(domain, func() string { return m.newMask(kindDomain, domain, p) })
	if at == "" {
		at = Hidden
	}
	if p == nil {
		return fmt.Sprintf("someone%d@%s", m.next("someone"), at)
	}
	p.emails++
	if p.emails == 1 {
		return fmt.Sprintf("person%d@%s", p.number, at)
	}
	return fmt.Sprintf("person%d-%d@%s", p.number, p.emails, at)
}

// phoneMask ends, as an id does, in four digits that can be typed.
func (m *Mask) phoneMask(p *person) string {
	if p == nil {
		return fmt.Sprintf("+%s %04d", Hidden, m.next("phone"))
	}
	p.phones++
	if p.phones == 1 {
		return fmt.Sprintf("+%s %04d", Hidden, p.number)
	}
	return fmt.Sprintf("+%s/%d %04d", Hidden, p.phones, p.number)
}

// idMask keeps the prefix of an id, which says of what it is one.
func idMask(id string, number int) string {
	return fmt.Sprintf("%s%s%04d", idPrefix(id), Hidden, number)
}

// idPrefix is what stands before the last underscore, where that is one of Clerk's
// prefixes: a few small letters.
func idPrefix(id string) string {
	at := strings.LastIndexByte(id, '_') + 1
	if at == 0 || at > 10 || strings.Trim(id[:at], "abcdefghijklmnopqrstuvwxyz_") != "" {
		return ""
	}
	return id[:at]
}
