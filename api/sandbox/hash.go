package sandbox

import (
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"regexp"
	"strconv"
	"strings"
)

// A hasher knows one form of password digest (Clerk's reference, 7.13).
type hasher struct {
	form *regexp.Regexp
	// check is nil for a form that can be kept but not checked: its algorithm
	// is not in Go's standard library.
	check func(password, digest string) bool
}

// ownHasher is what passwords given in clear are kept as.
const (
	ownHasher     = "pbkdf2_sha256"
	ownIterations = 210_000
)

var errUncheckable = errors.New("this form of digest cannot be checked here")

const base64Text = `[A-Za-z0-9+/=._-]+`

var hashers = map[string]hasher{
	"pbkdf2_sha1": {form: regexp.MustCompile(`^pbkdf2_sha1\$\d+\$[^$]+\$[0-9a-fA-F]+$`), check: checkPBKDF2(sha1.New, plainText, hexText)},
	"pbkdf2_sha256": {form: regexp.MustCompile(`^pbkdf2_sha256\$\d+\$` + base64Text + `\$` + base64Text + `$`),
		check: checkPBKDF2(sha256.New, anyBase64, anyBase64)},
	"pbkdf2_sha256_django": {form: regexp.MustCompile(`^pbkdf2_sha256\$\d+\$[^$]+\$` + base64Text + `$`),
		check: checkPBKDF2(sha256.New, plainText, anyBase64)},
	"pbkdf2_sha512": {form: regexp.MustCompile(`^pbkdf2_sha512\$\d+\$` + base64Text + `\$` + base64Text + `$`),
		check: checkPBKDF2(sha512.New, anyBase64, anyBase64)},
	"pbkdf2_sha512_hex": {form: regexp.MustCompile(`^pbkdf2_sha512\$\d+\$[0-9a-fA-F]+\$[0-9a-fA-F]+$`),
		check: checkPBKDF2(sha512.New, hexText, hexText)},
	"md5":    {form: regexp.MustCompile(`^[0-9a-fA-F]{32}$`), check: checkHex(md5.New)},
	"sha256": {form: regexp.MustCompile(`^[0-9a-fA-F]{64}$`), check: checkHex(sha256.New)},
	"ldap_ssha": {form: regexp.MustCompile(`^\{SSHA\}` + base64Text + `$`), check: func(password, digest string) bool {
		raw, err := anyBase64(strings.TrimPrefix(digest, "{SSHA}"))
		if err != nil || len(raw) < sha1.Size {
			return false
		}
		sum := sha1.Sum(append([]byte(password), raw[sha1.Size:]...))
		return subtle.ConstantTimeCompare(sum[:], raw[:sha1.Size]) == 1
	}},
	"bcrypt":               {form: regexp.MustCompile(`^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$`)},
	"bcrypt_sha256_django": {form: regexp.MustCompile(`^bcrypt_sha256\$\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$`)},
	"bcrypt_peppered":      {form: regexp.MustCompile(`^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}`)},
	"argon2i":              {form: regexp.MustCompile(`^\$argon2i\$`)},
	"argon2id":             {form: regexp.MustCompile(`^\$argon2id\$`)},
	"phpass":               {form: regexp.MustCompile(`^\$[PH]\$.{31}$`)},
	"md5_phpass":           {form: regexp.MustCompile(`^\$[PH]\$.{31}$`)},
	"scrypt_firebase":      {form: regexp.MustCompile(`^([^$]+\$){5}[^$]+$`)},
	"scrypt_werkzeug":      {form: regexp.MustCompile(`^scrypt:\d+:\d+:\d+\$[^$]+\$[0-9a-fA-F]+$`)},
	"sha512_symfony":       {form: regexp.MustCompile(`\$`)},
	"md5_salted":           {form: regexp.MustCompile(`\$`)},
	"sha256_salted":        {form: regexp.MustCompile(`\$`)},
	"awscognito":           {form: regexp.MustCompile(`#`)},
}

// checkDigest compares a password with a digest; errUncheckable where the
// algorithm is missing here.
func checkDigest(hasherName, digest, password string) (bool, error) {
	h, known := hashers[hasherName]
	if !known || h.check == nil {
		return false, errUncheckable
	}
	return h.check(password, digest), nil
}

// hashOwn makes a digest of ownHasher's form.
func hashOwn(password string, salt []byte) (string, error) {
	key, err := pbkdf2.Key(sha256.New, password, salt, ownIterations, sha256.Size)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("pbkdf2_sha256$%d$%s$%s", ownIterations,
		base64.StdEncoding.EncodeToString(salt), base64.StdEncoding.EncodeToString(key)), nil
}

func checkPBKDF2(sum func() hash.Hash, saltOf, keyOf func(string) ([]byte, error)) func(password, digest string) bool {
	return func(password, digest string) bool {
		parts := strings.Split(digest, "$")
		if len(parts) != 4 {
			return false
		}
		iterations, err := strconv.Atoi(parts[1])
		salt, saltErr := saltOf(parts[2])
		want, keyErr := keyOf(parts[3])
		if err != nil || saltErr != nil || keyErr != nil || iterations < 1 || iterations > 10_000_000 || len(want) == 0 {
			return false
		}
		got, err := pbkdf2.Key(sum, password, salt, iterations, len(want))
		return err == nil && subtle.ConstantTimeCompare(got, want) == 1
	}
}

func checkHex(sum func() hash.Hash) func(password, digest string) bool {
	return func(password, digest string) bool {
		h := sum()
		h.Write([]byte(password))
		want, err := hex.DecodeString(digest)
		return err == nil && subtle.ConstantTimeCompare(h.Sum(nil), want) == 1
	}
}

func plainText(text string) ([]byte, error) { return []byte(text), nil }
func hexText(text string) ([]byte, error)   { return hex.DecodeString(text) }

// anyBase64 reads both alphabets, padded or not.
func anyBase64(text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/", ".", "+").Replace(strings.TrimRight(text, "="))
	return base64.RawStdEncoding.DecodeString(text)
}
