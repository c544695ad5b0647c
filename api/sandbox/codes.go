package sandbox

import (
	"crypto/subtle"
	"encoding/json"
	"time"

	"frontdesk/api/sandbox/store"
)

// The server sends nothing, so every code is the one of Clerk's test addresses and
// numbers.
const (
	testCode        = "424242"
	codeLife        = 10 * time.Minute
	codeTries       = 5
	minCodeInterval = 30 * time.Second // between two codes to one phone number
	strategyMail    = "email_code"
	strategySMS     = "phone_code"
	channelSMS      = "sms"
)

// sentCode is the latest code of an identification. It is stored apart from the
// verification, because a new code does not invalidate an earlier verification.
type sentCode struct {
	ID       string `json:"id"`
	Strategy string `json:"strategy"`
	Status   string `json:"status"`
	Attempts int    `json:"attempts"`
	SentAt   int64  `json:"sent_at"`
	ExpireAt int64  `json:"expire_at"`
}

type wireCode struct {
	Object   string  `json:"object"`
	ID       string  `json:"id"`
	Status   string  `json:"status"`
	Strategy string  `json:"strategy"`
	Attempts int     `json:"attempts"`
	ExpireAt int64   `json:"expire_at"`
	Channel  *string `json:"channel"`
}

func viewCode(s sentCode) wireCode {
	w := wireCode{Object: "verification_otp", ID: s.ID, Status: s.Status, Strategy: s.Strategy, Attempts: s.Attempts, ExpireAt: s.ExpireAt}
	if s.Strategy == strategySMS {
		w.Channel = orNull(channelSMS)
	}
	return w
}

func codeNote(identification string) string { return "code " + identification }

func loadCode(tx *store.Tx, identification string) (sentCode, error) {
	var sent sentCode
	note, err := tx.Note(codeNote(identification))
	if err != nil || note == "" {
		return sent, err
	}
	return sent, json.Unmarshal([]byte(note), &sent)
}

func saveCode(tx *store.Tx, identification string, sent sentCode) error {
	note, err := json.Marshal(sent)
	if err != nil {
		return err
	}
	return tx.SetNote(codeNote(identification), string(note))
}

// deleteCode is called when its identification is deleted.
func deleteCode(tx *store.Tx, identification string) error {
	return tx.SetNote(codeNote(identification), "")
}

func prepareEmail(c *call) (any, error) { return c.sendCode(c.path["email_address_id"], strategyMail) }
func preparePhone(c *call) (any, error) { return c.sendCode(c.path["phone_number_id"], strategySMS) }
func attemptEmail(c *call) (any, error) {
	return c.attemptCode(c.path["email_address_id"], strategyMail)
}
func attemptPhone(c *call) (any, error) { return c.attemptCode(c.path["phone_number_id"], strategySMS) }

// verificationAt returns where the verification is stored that a code of the strategy is
// for.
func verificationAt(u *store.User, id, strategy string) **store.Verification {
	if strategy == strategyMail {
		if i := emailAt(u, id); i >= 0 {
			return &u.Emails[i].Verification
		}
		return nil
	}
	if i := phoneAt(u, id); i >= 0 {
		return &u.Phones[i].Verification
	}
	return nil
}

func (c *call) sendCode(id, strategy string) (any, error) {
	sent := sentCode{Strategy: strategy, Status: statusUnverified, SentAt: c.nowMS, ExpireAt: c.nowMS + codeLife.Milliseconds()}
	var err error
	if sent.ID, err = c.newID("ver"); err != nil {
		return nil, err
	}
	err = c.write(func(tx *store.Tx) error {
		u, err := c.identificationOwner(tx, id)
		if err != nil {
			return err
		}
		if verificationAt(u, id, strategy) == nil {
			return errResourceNotFound
		}
		last, err := loadCode(tx, id)
		if err != nil {
			return err
		}
		if wait := minCodeInterval - time.Duration(c.nowMS-last.SentAt)*time.Millisecond; c.limits.limit > 0 && strategy == strategySMS && wait > 0 {
			e := errTooMany(wait)
			e.problems[0] = problem{Code: "verification_code_too_many_requests", Message: "Too many verification code requests",
				LongMessage: "Too many verification code requests. Please wait at least 30 seconds to receive your code before trying again."}
			return e
		}
		return saveCode(tx, id, sent)
	})
	return viewCode(sent), err
}

// attemptCode reports a wrong or late code by the verification's status, not as an error.
func (c *call) attemptCode(id, strategy string) (any, error) {
	f, err := c.form("verification_id", "code")
	if err != nil {
		return nil, err
	}
	verificationID, code := f.requiredText("verification_id"), f.requiredText("code")
	if err := f.problem(); err != nil {
		return nil, err
	}
	var sent sentCode
	err = c.changeOwner(id, func(tx *store.Tx, u *store.User) error {
		at := verificationAt(u, id, strategy)
		if at == nil {
			return errResourceNotFound
		}
		if sent, err = loadCode(tx, id); err != nil {
			return err
		}
		if sent.ID != verificationID || sent.ID == "" {
			return errResourceNotFound
		}
		if sent.Status == statusVerified {
			return fail(400, "verification_already_verified", "already verified", "This verification has already been verified.")
		}
		sent.try(code, c.nowMS)
		if err := saveCode(tx, id, sent); err != nil {
			return err
		}
		if sent.Status != statusVerified || isVerified(*at) {
			return errUnchanged
		}
		attempts := sent.Attempts
		*at = &store.Verification{Object: "verification_otp", Status: statusVerified, Strategy: strategy, Attempts: &attempts, ExpireAt: sent.ExpireAt}
		return nil
	})
	return viewCode(sent), err
}

func (s *sentCode) try(code string, nowMS int64) {
	if s.Status != statusUnverified {
		return
	}
	if nowMS >= s.ExpireAt {
		s.Status = statusExpired
		return
	}
	s.Attempts++
	switch {
	case subtle.ConstantTimeCompare([]byte(code), []byte(testCode)) == 1:
		s.Status = statusVerified
	case s.Attempts >= codeTries:
		s.Status = statusFailed
	}
}
