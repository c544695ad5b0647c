package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestScaleTmp(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SCALE"))
	if n == 0 {
		t.Skip()
	}
	path := filepath.Join(os.TempDir(), "scale.db")
	os.Remove(path)
	first := []string{"maya", "daniel", "priya", "sam", "elin", "josé", "łukasz", "王", "محمد", "siobhán", "amaya", "ingrid", "kofi", "yuki"}
	last := []string{"Okafor", "Reyes", "Raman", "Carter", "Berg", "Núñez", "Żak", "小明", "علي", "O'Brien", "Torres", "Lind", "Mensah", "Tanaka", "Smith", "Jones"}
	dom := []string{"mail.example", "postbox.example", "pine.example"}
	t0 := time.Now()
	err := Create(context.Background(), path, func(s *Store) error {
		return s.Write(context.Background(), func(tx *Tx) error {
			for i := range n {
				h := uint64(i) * 0x9E3779B97F4A7C15
				h ^= h >> 29
				h *= 0xBF58476D1CE4E5B9
				h ^= h >> 32
				u := person(i, first[h%14]+strconv.Itoa(int(h>>8%97)), last[h>>16%16]+strconv.Itoa(int(h>>24%89)))
				u.ID = fmt.Sprintf("user_2%026s", strconv.FormatUint(h, 36)+strconv.FormatUint(h*0x94D049BB133111EB, 36))
				u.Emails[0].Address = fmt.Sprintf("%s.%s%d@%s", "maya", "okafor", i, dom[h%3])
				u.Emails[0].Verification = &Verification{Object: "verification_otp", Status: "verified", Strategy: "email_code"}
				u.LastActiveAt = int64(h % 1000000000)
				u.LastSignInAt = int64(h % 1000000001)
				if i%3 == 0 {
					u.Username = fmt.Sprintf("u%x", h)
					u.Phones = []Phone{{ID: fmt.Sprintf("idn_p%025d", i), Number: fmt.Sprintf("+1%010d", h%10000000000)}}
				}
				u.ExternalID = fmt.Sprintf("cust_%d", i)
				u.Public = []byte(`{"plan":"gold","seats":3,"pref":{"row":"A"}}`)
				if err := tx.PutUser(u); err != nil {
					return err
				}
			}
			fmt.Println("put", time.Since(t0))
			return nil
		})
	})
	require.NoError(t, err)
	fi, _ := os.Stat(path)
	fmt.Println("all", time.Since(t0), fi.Size()/1e6)
}
