package user

import (
	"fmt"

	"frontdesk/api"
	"frontdesk/views/person"
)

// drawSecurity is how the person proves who they are, and what stands in the way.
func drawSecurity(p *sheet, u *api.User) {
	p.heading("FIRST FACTOR")
	p.password(u)
	for _, k := range u.Passkeys {
		p.row("Passkey", p.plain("“"+named(k.Name)+"”"), p.dim("last used "+person.Ago(k.LastUsedAt.Time, p.now)))
	}
	if len(u.Passkeys) == 0 {
		p.row("Passkey", p.dim("none"))
	}
	p.heading("SECOND FACTOR")
	p.mfa(u)
	p.row("Authenticator app", p.onOff(u.TOTPEnabled))
	p.row("Backup codes", p.onOff(u.BackupCodeEnabled))
	sms := 0
	for _, n := range u.PhoneNumbers {
		if !n.ReservedForSecondFactor {
			continue
		}
		sms++
		note := p.dim("")
		if n.DefaultSecondFactor {
			note = p.dim("the default")
		}
		p.row("SMS code", p.plain("on, to "+person.Phone(n.PhoneNumber)), note)
	}
	if sms == 0 {
		p.row("SMS code", p.dim("off"))
	}
	p.heading("ACCESS")
	p.access(u)
	p.row("Last sign-in", p.plain(person.Moment(u.LastSignInAt.Time, p.now)))
	if u.BypassClientTrust {
		p.row("Client trust", p.warn("bypassed: new devices are not asked for more"))
	}
	p.findings(u)
}

func named(name api.Text) string {
	if name.Empty() {
		return "without a name"
	}
	return name.Display()
}

func (p *sheet) password(u *api.User) {
	if !u.PasswordEnabled {
		p.row("Password", p.dim("not set"))
		return
	}
	value, note := "set", p.dim("")
	if t := u.PasswordLastUpdatedAt; !t.IsZero() {
		value = "set " + person.Ago(t.Time, p.now)
	}
	if u.RequiresPasswordReset {
		note = p.warn("! compromised, must be reset")
	}
	p.row("Password", p.plain(value), note)
}

// mfa says whether a second factor is asked for. The two times are the last
// ones of their kind; neither is ever cleared.
func (p *sheet) mfa(u *api.User) {
	switch {
	case u.HasMFA() && !u.MFAEnabledAt.IsZero():
		p.row("MFA", span{"on", p.s.OK}, p.dim("since "+person.Day(u.MFAEnabledAt.Time, p.now)))
	case u.HasMFA():
		p.row("MFA", span{"on", p.s.OK})
	case !u.MFADisabledAt.IsZero():
		p.row("MFA", p.dim("off"), p.dim("since "+person.Day(u.MFADisabledAt.Time, p.now)))
	default:
		p.row("MFA", p.dim("off"))
	}
}

func (p *sheet) access(u *api.User) {
	if u.Banned {
		p.row("Ban", span{"■ banned", p.s.Bad})
	} else {
		p.row("Ban", p.plain("not banned"))
	}
	if u.Deprovisioned {
		p.row("Directory", span{"□ deprovisioned", p.s.Bad}, p.dim("by directory sync"))
	}
	attempts := p.dim("lockout is off in this instance")
	if n := u.VerificationAttemptsRemaining; n != nil {
		attempts = p.dim(fmt.Sprintf("%d %s left", *n, plural(*n, "attempt")))
	}
	left, never := u.LockLeft(p.now)
	switch {
	case never:
		p.row("Lockout", p.warn("◐ locked"), p.dim("does not open by itself"))
	case left > 0:
		p.row("Lockout", p.warn("◐ locked"), p.dim("opens by itself in "+person.Duration(left)))
	default:
		p.row("Lockout", p.plain("not locked"), attempts)
	}
}

func plural(n int64, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
