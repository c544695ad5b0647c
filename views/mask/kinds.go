package mask

import (
	"fmt"
	"strings"

	"frontdesk/api/clean"
	"frontdesk/views/userfmt"
)

// kind is the kind of data in a field, which determines the form of its mask.
type kind int

const (
	kindOther kind = iota // masked without a special form; the default, so that unknown fields are safe
	kindPlain             // not personal and not masked: a state, a role, a provider
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

// kinds maps field names of the API to kinds, where the name alone is enough.
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

// kindOf returns the kind of a field in an object.
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

// mask returns the mask of a value. p is the person it belongs to, or nil if unknown.
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
			for _, form := range phoneForms(value) {
				m.phrases.add(form, masked)
			}
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
	m.values[value] = masked // but not for Text, which might find it in the program's own sentences
	return masked
}

// phoneForms returns the other ways in which a sentence may write a phone number: as the
// screens show it, and without a plus.
func phoneForms(value string) []string {
	forms := []string{userfmt.Phone(clean.NewText(value))}
	if bare := strings.TrimPrefix(value, "+"); len(bare) >= 7 {
		forms = append(forms, bare)
	}
	if national, is := strings.CutPrefix(value, "+1"); is && len(national) == 10 {
		forms = append(forms, national)
	}
	return forms
}

// isTelling reports whether a value is distinctive enough to be replaced in sentences.
func isTelling(k kind, value string) bool {
	switch k {
	case kindOther:
		return len(value) >= 5 && strings.ContainsAny(value, " '’0123456789")
	case kindCountry:
		return len(value) > 3
	}
	return true
}

// nameMask returns the part of a masked name for a name field, "" for an empty one.
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

// newMask makes the mask of a value.
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

// emailMask makes masks that differ by person, address and domain.
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

// phoneMask makes a mask that ends in four digits, which can be typed to confirm.
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

// idMask keeps the prefix of an id, which tells what it identifies.
func idMask(id string, number int) string {
	return fmt.Sprintf("%s%s%04d", idPrefix(id), Hidden, number)
}

// idPrefix returns the text before the last underscore if it looks like one of Clerk's
// prefixes, which are a few lower-case letters.
func idPrefix(id string) string {
	at := strings.LastIndexByte(id, '_') + 1
	if at == 0 || at > 10 || strings.Trim(id[:at], "abcdefghijklmnopqrstuvwxyz_") != "" {
		return ""
	}
	return id[:at]
}
