package store

import (
	"encoding/json"
	"sync"
)

// manyCounts bounds the counts kept for one state of the file.
const manyCounts = 256

// counts keeps numbers that were counted, for as long as nobody has written
// since. It is shared by all readers of a Store.
//
// Each begin of a reader asks SQLite for data_version, which differs from what
// the same connection saw before if and only if somebody committed in between,
// in this process or in another. Begins are made one after the other, so that
// two with the same generation looked at the same state.
type counts struct {
	mu         sync.Mutex
	generation int
	known      map[string]int
}

// seen takes note of what a connection read as data_version at its begin and
// gives the generation of what it sees. The caller holds mu.
func (k *counts) seen(c *conn, version int) int {
	if c.dataVersion != version {
		c.dataVersion = version
		k.generation++
		clear(k.known)
	}
	return k.generation
}

// A snapshot is one state of the file; the zero value keeps nothing.
type snapshot struct {
	counts     *counts
	generation int
}

// number is the count of q, which count makes where it is not known.
func (s snapshot) number(q Query, count func() (int, error)) (int, error) {
	if s.counts == nil {
		return count()
	}
	raw, err := json.Marshal(q)
	if err != nil {
		return count()
	}
	key := string(raw)
	s.counts.mu.Lock()
	n, known := s.counts.known[key]
	current := s.counts.generation == s.generation
	s.counts.mu.Unlock()
	if known && current {
		return n, nil
	}
	if n, err = count(); err != nil {
		return 0, err
	}
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	if s.counts.generation == s.generation && len(s.counts.known) < manyCounts {
		s.counts.known[key] = n
	}
	return n, nil
}
