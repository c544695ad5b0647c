package sandbox

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math/big"
	"strconv"
)

const (
	base62     = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	ksuidEpoch = 1400000000 // in Unix seconds, as KSUIDs define it
	ksuidChars = 27
)

// newID returns prefix + "_" + a KSUID. Later ids sort after earlier ones.
func (s *Server) newID(prefix string) (string, error) {
	var raw [20]byte
	binary.BigEndian.PutUint32(raw[:4], uint32(s.now().Unix()-ksuidEpoch))
	if _, err := io.ReadFull(s.rand, raw[4:]); err != nil {
		return "", fmt.Errorf("no randomness for an id: %w", err)
	}
	n, base, digit := new(big.Int).SetBytes(raw[:]), big.NewInt(int64(len(base62))), new(big.Int)
	var text [ksuidChars]byte
	for i := ksuidChars - 1; i >= 0; i-- {
		n.DivMod(n, base, digit)
		text[i] = base62[digit.Int64()]
	}
	return prefix + "_" + string(text[:]), nil
}

// traceID returns 32 lower-case hex digits. It is all zeros if the random source fails,
// because a request must be answered even then.
func (s *Server) traceID() string {
	var raw [16]byte
	if _, err := io.ReadFull(s.rand, raw[:]); err != nil {
		raw = [16]byte{}
	}
	return hex.EncodeToString(raw[:])
}

// quoteTruncated quotes what a client sent, shortened to fit an error text.
func quoteTruncated(text string) string {
	const most = 60
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strconv.Quote(text)
}
