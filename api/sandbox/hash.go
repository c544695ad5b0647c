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

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/scrypt"
)

// A hasher checks one form of password digest.
type hasher struct {
	form *regexp.Regexp
	// check is nil for a form that can be stored but not checked, because no maintained
	// library implements it.
	check func(password, digest string) bool
}

// ownHasher is the algorithm for passwords given in clear text, with the parameters that
// OWASP recommends.
const (
	ownHasher  = "argon2id"
	ownMemory  = 19 << 10 // KiB
	ownTime    = 2
	ownThreads = 1
	ownKey     = 32 // bytes
)

var errUncheckable = errors.New("this form of digest cannot be checked here")

const (
	base64Text = `[A-Za-z0-9+/=._-]+`
	bcryptText = `\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}`
)

var hashers = map[string]hasher{
	"argon2id":             {form: argon2Form("argon2id"), check: checkArgon2(argon2.IDKey)},
	"argon2i":              {form: argon2Form("argon2i"), check: checkArgon2(argon2.Key)},
	"bcrypt":               {form: regexp.MustCompile(`^` + bcryptText + `$`), check: checkBcrypt},
	"bcrypt_sha256_django": {form: regexp.MustCompile(`^bcrypt_sha256\$` + bcryptText + `$`), check: checkDjangoBcrypt},
	"pbkdf2_sha1":          {form: regexp.MustCompile(`^pbkdf2_sha1\$\d+\$[^$]+\$[0-9a-fA-F]+$`), check: checkPBKDF2(sha1.New, plainText, hexText)},
	"pbkdf2_sha256": {form: regexp.MustCompile(`^pbkdf2_sha256\$\d+\$` + base64Text + `\$` + base64Text + `$`),
		check: checkPBKDF2(sha256.New, anyBase64, anyBase64)},
	"pbkdf2_sha256_django": {form: regexp.MustCompile(`^pbkdf2_sha256\$\d+\$[^$]+\$` + base64Text + `$`),
		check: checkPBKDF2(sha256.New, plainText, anyBase64)},
	"pbkdf2_sha512": {form: regexp.MustCompile(`^pbkdf2_sha512\$\d+\$` + base64Text + `\$` + base64Text + `$`),
		check: checkPBKDF2(sha512.New, anyBase64, anyBase64)},
	"pbkdf2_sha512_hex": {form: regexp.MustCompile(`^pbkdf2_sha512\$\d+\$[0-9a-fA-F]+\$[0-9a-fA-F]+$`),
		check: checkPBKDF2(sha512.New, hexText, hexText)},
	"md5":             {form: regexp.MustCompile(`^[0-9a-fA-F]{32}$`), check: checkHex(md5.New)},
	"sha256":          {form: regexp.MustCompile(`^[0-9a-fA-F]{64}$`), check: checkHex(sha256.New)},
	"ldap_ssha":       {form: regexp.MustCompile(`^\{SSHA\}` + base64Text + `$`), check: checkSSHA},
	"scrypt_werkzeug": {form: regexp.MustCompile(`^scrypt:\d+:\d+:\d+\$[^$]+\$[0-9a-fA-F]+$`), check: checkWerkzeug},
	"bcrypt_peppered": {form: regexp.MustCompile(`^` + bcryptText)},
	"phpass":          {form: regexp.MustCompile(`^\$[PH]\$.{31}$`)},
	"md5_phpass":      {form: regexp.MustCompile(`^\$[PH]\$.{31}$`)},
	"scrypt_firebase": {form: regexp.MustCompile(`^([^$]+\$){5}[^$]+$`)},
	"sha512_symfony":  {form: regexp.MustCompile(`\$`)},
	"md5_salted":      {form: regexp.MustCompile(`\$`)},
	"sha256_salted":   {form: regexp.MustCompile(`\$`)},
	"awscognito":      {form: regexp.MustCompile(`#`)},
}

func argon2Form(name string) *regexp.Regexp {
	return regexp.MustCompile(`^\$` + name + `\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`)
}

// checkDigest compares a password with a digest. It returns errUncheckable if the
// algorithm is not implemented.
func checkDigest(hasherName, digest, password string) (bool, error) {
	h, known := hashers[hasherName]
	if !known || h.check == nil {
		return false, errUncheckable
	}
	return h.check(password, digest), nil
}

// hashPassword returns a digest of ownHasher's form.
func hashPassword(password string, salt []byte) string {
	key := argon2.IDKey([]byte(password), salt, ownTime, ownMemory, ownThreads, ownKey)
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", ownMemory, ownTime, ownThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

// Limits on the cost of checking a digest. Digests come from outside and could take a day
// or all memory.
const (
	maxArgonMemory = 1 << 18 // KiB
	mostArgonTime  = 64
	mostIterations = 10_000_000
	mostBcryptCost = 16
	mostScryptCost = 1 << 20
)

func checkArgon2(key func(password, salt []byte, time, memory uint32, threads uint8, length uint32) []byte) func(password, digest string) bool {
	return func(password, digest string) bool {
		parts := strings.Split(digest, "$")
		if len(parts) != 6 {
			return false
		}
		var memory, rounds, threads uint32
		if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &rounds, &threads); err != nil {
			return false
		}
		salt, saltErr := anyBase64(parts[4])
		want, keyErr := anyBase64(parts[5])
		if saltErr != nil || keyErr != nil || len(want) == 0 || memory > maxArgonMemory || rounds < 1 || rounds > mostArgonTime || threads < 1 || threads > 255 {
			return false
		}
		return equal(key([]byte(password), salt, rounds, memory, uint8(threads), uint32(len(want))), want)
	}
}

func checkBcrypt(password, digest string) bool {
	if cost, err := bcrypt.Cost([]byte(digest)); err != nil || cost > mostBcryptCost {
		return false
	}
	return bcrypt.CompareHashAndPassword([]byte(digest), []byte(password)) == nil
}

// checkDjangoBcrypt hashes the password first, as Django does, because bcrypt only reads
// 72 bytes.
func checkDjangoBcrypt(password, digest string) bool {
	sum := sha256.Sum256([]byte(password))
	return checkBcrypt(hex.EncodeToString(sum[:]), strings.TrimPrefix(digest, "bcrypt_sha256$"))
}

func checkSSHA(password, digest string) bool {
	raw, err := anyBase64(strings.TrimPrefix(digest, "{SSHA}"))
	if err != nil || len(raw) < sha1.Size {
		return false
	}
	sum := sha1.Sum(append([]byte(password), raw[sha1.Size:]...))
	return equal(sum[:], raw[:sha1.Size])
}

// checkWerkzeug reads scrypt:N:r:p$salt$hex.
func checkWerkzeug(password, digest string) bool {
	parts := strings.Split(digest, "$")
	if len(parts) != 3 {
		return false
	}
	var n, r, p int
	if _, err := fmt.Sscanf(parts[0], "scrypt:%d:%d:%d", &n, &r, &p); err != nil || n > mostScryptCost || r > 64 || p > 16 {
		return false
	}
	want, err := hex.DecodeString(parts[2])
	if err != nil || len(want) == 0 {
		return false
	}
	got, err := scrypt.Key([]byte(password), []byte(parts[1]), n, r, p, len(want))
	return err == nil && equal(got, want)
}

func equal(got, want []byte) bool { return subtle.ConstantTimeCompare(got, want) == 1 }

func checkPBKDF2(sum func() hash.Hash, saltOf, keyOf func(string) ([]byte, error)) func(password, digest string) bool {
	return func(password, digest string) bool {
		parts := strings.Split(digest, "$")
		if len(parts) != 4 {
			return false
		}
		iterations, err := strconv.Atoi(parts[1])
		salt, saltErr := saltOf(parts[2])
		want, keyErr := keyOf(parts[3])
		if err != nil || saltErr != nil || keyErr != nil || iterations < 1 || iterations > mostIterations || len(want) == 0 {
			return false
		}
		got, err := pbkdf2.Key(sum, password, salt, iterations, len(want))
		return err == nil && equal(got, want)
	}
}

func checkHex(sum func() hash.Hash) func(password, digest string) bool {
	return func(password, digest string) bool {
		h := sum()
		h.Write([]byte(password))
		want, err := hex.DecodeString(digest)
		return err == nil && equal(h.Sum(nil), want)
	}
}

func plainText(text string) ([]byte, error) { return []byte(text), nil }
func hexText(text string) ([]byte, error)   { return hex.DecodeString(text) }

// anyBase64 decodes both alphabets, padded or not.
func anyBase64(text string) ([]byte, error) {
	text = strings.NewReplacer("-", "+", "_", "/", ".", "+").Replace(strings.TrimRight(text, "="))
	return base64.RawStdEncoding.DecodeString(text)
}
