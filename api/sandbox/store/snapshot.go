package store

import (
	"encoding/json"
	"sync"
)

// maxCounts limits the counts kept for one state of the file.
const maxCounts = 256

// countCache keeps counts for as long as nobody writes. It is shared by all readers of a
// Store.
//
// Each reader begins with SQLite's data_version, which differs from what the same
// connection saw before if and only if somebody has committed in between, in this process
// or another. Begins happen one after the other, so two with the same generation have the
// same state.
type countCache struct {
	mu         sync.Mutex
	generation int
	known      map[string]int
}

// observe records the data_version that a connection has read at its begin and returns the
// generation of what it sees. The caller holds mu.
func (k *countCache) observe(c *conn, version int) int {
	if c.dataVersion != version {
		c.dataVersion = version
		k.generation++
		clear(k.known)
	}
	return k.generation
}

// A snapshot is one state of the file; the zero value caches nothing.
type snapshot struct {
	counts     *countCache
	generation int
}

// number returns the count of q, calling count if it is not known.
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
	if s.counts.generation == s.generation && len(s.counts.known) < maxCounts {
		s.counts.known[key] = n
	}
	return n, nil
}
