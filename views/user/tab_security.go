package user

import (
	"charm.land/lipgloss/v2"

	"frontdesk/api"
	"frontdesk/api/clean"
	"frontdesk/api/ops"
	"frontdesk/views/action"
	"frontdesk/views/userfmt"
)

// drawSecurity draws the factors, and the ban and the lock.
func drawSecurity(p *sheet, u *api.User) {
	p.addSection("FIRST FACTOR")
	p.addSingleRow(ops.PartPassword, func(p *sheet, head lipgloss.Style) { p.addPassword(u, head) })
	p.addParts(u, ops.PartPasskey, func(p *sheet, i int, head lipgloss.Style) {
		k := u.Passkeys[i]
		p.addField("Passkey", span{"“" + quotedName(k.Name) + "”", head}, p.dim("last used "+userfmt.Ago(k.LastUsedAt.Time, p.now)))
	})
	if len(u.Passkeys) == 0 {
		p.addField("Passkey", p.dim("none"))
	}
	p.addSection("SECOND FACTOR")
	p.addSingleRow(ops.PartMFA, func(p *sheet, head lipgloss.Style) { p.addMFA(u, head) })
	p.addSingleRow(ops.PartTOTP, func(p *sheet, head lipgloss.Style) { p.addField("Authenticator app", p.onOff(u.TOTPEnabled, head)) })
	p.addSingleRow(ops.PartBackupCodes, func(p *sheet, head lipgloss.Style) { p.addField("Backup codes", p.onOff(u.BackupCodeEnabled, head)) })
	p.addSMS(u)
	p.addSection("ACCESS")
	p.addAccess(u)
	p.addField("Last sign-in", p.plain(userfmt.UserTime(u, "last_sign_in_at", u.LastSignInAt.Time, p.now)))
	if u.BypassClientTrust {
		p.addField("Client trust", p.warn("bypassed: no extra check on new devices"))
	}
	p.addFindings(withoutSigns(p.findingsOf(u)))
}

// addSingleRow adds the row of a part of which a user has at most one.
func (p *sheet) addSingleRow(part ops.Part, draw func(p *sheet, head lipgloss.Style)) {
	p.addRow(action.PartRow{Part: part}, draw)
}

// addSMS adds the numbers used as a second factor.
func (p *sheet) addSMS(u *api.User) {
	any := false
	for i := range u.PhoneNumbers {
		n := &u.PhoneNumbers[i]
		if !n.ReservedForSecondFactor {
			continue
		}
		any = true
		p.addRow(action.PartRow{Part: ops.PartSMS, Item: ops.PartPhone.At(u, i)}, func(p *sheet, head lipgloss.Style) {
			note := ""
			if n.DefaultSecondFactor {
				note = "the default"
			}
			p.addField("SMS code", span{"on, to " + userfmt.Phone(n.PhoneNumber), head}, p.dim(note))
		})
	}
	if !any {
		p.addField("SMS code", p.dim("off"))
	}
}

func quotedName(name clean.Text) string {
	if name.Empty() {
		return "without a name"
	}
	return name.Display()
}

func (p *sheet) addPassword(u *api.User, head lipgloss.Style) {
	if !u.PasswordEnabled {
		p.addField("Password", p.absent("not set", head))
		return
	}
	value, note := "set", p.dim("")
	if t := u.PasswordLastUpdatedAt; !t.IsZero() {
		value = "set " + userfmt.Ago(t.Time, p.now)
	}
	if u.RequiresPasswordReset {
		note = p.warn("! set as compromised: a new one is asked for at sign-in")
	}
	p.addField("Password", span{value, head}, note)
}

// addMFA says whether a second factor is required. The API never clears the two times:
// each is the last of its kind.
func (p *sheet) addMFA(u *api.User, head lipgloss.Style) {
	on := span{"on", p.styles.OK.Inherit(head)}
	switch {
	case u.HasMFA() && !u.MFAEnabledAt.IsZero():
		p.addField("MFA", on, p.dim("since "+userfmt.Day(u.MFAEnabledAt.Time, p.now)))
	case u.HasMFA():
		p.addField("MFA", on)
	case !u.MFADisabledAt.IsZero():
		p.addField("MFA", p.absent("off", head), p.dim("since "+userfmt.Day(u.MFADisabledAt.Time, p.now)))
	default:
		p.addField("MFA", p.absent("off", head))
	}
}

// absent returns the word for something missing: dim, and bold under the cursor.
func (p *sheet) absent(word string, head lipgloss.Style) span {
	return span{word, p.styles.Dim.Inherit(head)}
}

// onOff says whether something is enabled.
func (p *sheet) onOff(on bool, head lipgloss.Style) span {
	if on {
		return span{"on", head}
	}
	return p.absent("off", head)
}

func (p *sheet) addAccess(u *api.User) {
	if u.Banned {
		p.addField("Ban", span{"■ banned", p.styles.Bad})
	} else {
		p.addField("Ban", p.plain("not banned"))
	}
	if u.Deprovisioned {
		p.addField("Directory", span{"□ deprovisioned", p.styles.Bad}, p.dim("by directory sync"))
	}
	attempts := p.dim("lockout is off for this instance")
	if n := u.VerificationAttemptsRemaining; n != nil {
		left := max(*n, 0)
		attempts = p.dim(userfmt.Count(int(left), "attempt") + " left")
	} else if u.HasProblem("verification_attempts_remaining") {
		attempts = p.dim("attempts left: could not be read")
	}
	left, never := u.LockRemaining(p.now)
	switch {
	case u.IsLockEndUnknown():
		p.addField("Lockout", p.warn("◐ locked"), p.dim("the end of the lock could not be read"))
	case never:
		p.addField("Lockout", p.warn("◐ locked"), p.dim("does not unlock by itself"))
	case left > 0:
		p.addField("Lockout", p.warn("◐ locked"), p.dim("unlocks by itself in "+userfmt.Duration(left)))
	default:
		p.addField("Lockout", p.plain("not locked"), attempts)
	}
}
