package sandbox

import (
	"cmp"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"frontdesk/api/sandbox/store"
)

const (
	noteSigningKey         = "signing_key" // PKCS #8, base64
	signingBits            = 2048
	sessionTokenLife       = time.Minute // of a session token, by default
	minSessionTokenSeconds = 30          // seconds
	// issuer has the form that Clerk's clients require; nothing answers there.
	issuer = "https://clerk.sandbox.example"
)

// wireKeys is a JSON Web Key Set. It has one key.
type wireKeys struct {
	Keys []wireKey `json:"keys"`
}

type wireKey struct {
	Use       string `json:"use"`
	Type      string `json:"kty"`
	ID        string `json:"kid"`
	Algorithm string `json:"alg"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
}

type wireJWT struct {
	Object string `json:"object"`
	JWT    string `json:"jwt"`
}

// getKeys responds with the public key that verifies session tokens.
func getKeys(c *call) (any, error) {
	var out wireKeys
	err := c.write(func(tx *store.Tx) error {
		key, id, err := c.signingKey(tx)
		if err != nil {
			return err
		}
		out.Keys = []wireKey{{
			Use: "sig", Type: "RSA", ID: id, Algorithm: "RS256",
			Modulus: rawURL(key.N.Bytes()), Exponent: rawURL(big.NewInt(int64(key.E)).Bytes()),
		}}
		return nil
	})
	return out, err
}

func rawURL(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// signingKey returns the directory's own key, generated on the first call. Its key id is
// the instance's id, as in the real service.
func (c *call) signingKey(tx *store.Tx) (*rsa.PrivateKey, string, error) {
	settings, err := c.settings(tx)
	if err != nil {
		return nil, "", err
	}
	note, err := tx.Note(noteSigningKey)
	if err != nil {
		return nil, "", err
	}
	if note == "" {
		key, err := rsa.GenerateKey(rand.Reader, signingBits)
		if err != nil {
			return nil, "", fmt.Errorf("no signing key: %w", err)
		}
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return nil, "", err
		}
		return key, settings.InstanceID, tx.SetNote(noteSigningKey, base64.StdEncoding.EncodeToString(der))
	}
	der, err := base64.StdEncoding.DecodeString(note)
	if err != nil {
		return nil, "", err
	}
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	key, ours := parsed.(*rsa.PrivateKey)
	if err != nil || !ours {
		return nil, "", fmt.Errorf("the directory's signing key is damaged: %w", err)
	}
	return key, settings.InstanceID, nil
}

// createSessionToken signs the token that a browser with that session would get. There are
// no templates.
func createSessionToken(c *call) (any, error) {
	f, err := c.form("expires_in_seconds")
	if err != nil {
		return nil, err
	}
	life := cmp.Or(f.seconds("expires_in_seconds", minSessionTokenSeconds), sessionTokenLife)
	if err := f.problem(); err != nil {
		return nil, err
	}
	if template := c.path["template_name"]; template != "" {
		return nil, fail(404, "resource_not_found", "not found", "No JWT template exists with name: "+template)
	}
	out := wireJWT{Object: "token"}
	err = c.write(func(tx *store.Tx) error {
		s, err := c.session(tx)
		if err != nil {
			return err
		}
		if sessionStatus(s, c.nowMS) != sessionActive {
			return errSessionNotFound(s.ID)
		}
		out.JWT, err = c.sign(tx, s, life)
		return err
	})
	return out, err
}

// sign creates the token. Its times are in seconds.
func (c *call) sign(tx *store.Tx, s *store.Session, life time.Duration) (string, error) {
	key, id, err := c.signingKey(tx)
	if err != nil {
		return "", err
	}
	now := c.nowMS / 1000
	claims := map[string]any{
		"iss": issuer, "sub": s.UserID, "sid": s.ID, "sts": sessionActive, "fva": []int{0, -1}, "v": 2,
		"iat": now, "nbf": now - 10, "exp": now + int64(life/time.Second),
	}
	if s.ActorSub != "" {
		claims["act"] = map[string]string{"sub": s.ActorSub}
	}
	if s.OrganizationID != "" {
		if err := claimOrganization(tx, s, claims); err != nil {
			return "", err
		}
	}
	header, err := json.Marshal(map[string]string{"alg": "RS256", "typ": "JWT", "kid": id})
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	text := rawURL(header) + "." + rawURL(payload)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	return text + "." + rawURL(signature), err
}

type wireTestingToken struct {
	Object    string `json:"object"`
	Token     string `json:"token"`
	ExpiresAt int64  `json:"expires_at"` // seconds
}

// createTestingToken returns a token with which end-to-end tests bypass bot protection.
// The sandbox has none.
func createTestingToken(c *call) (any, error) {
	token, err := c.newID("testing")
	return wireTestingToken{Object: "testing_token", Token: token, ExpiresAt: c.nowMS/1000 + int64(time.Hour/time.Second)}, err
}
