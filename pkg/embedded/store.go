package embedded

import (
	"fmt"

	"github.com/alicebob/miniredis/v2"
)

// Store is a server in this process that speaks the Redis protocol and keeps
// everything in memory.
type Store struct {
	server *miniredis.Miniredis
}

// StartStore starts a store on an address; port 0 takes any that is free. Stop
// it.
func StartStore(listen string) (*Store, error) {
	s := miniredis.NewMiniRedis()
	if err := s.StartAddr(listen); err != nil {
		return nil, fmt.Errorf("start the embedded Redis-protocol server: %w", err)
	}
	return &Store{server: s}, nil
}

// URL is the address at which clients reach the store.
func (s *Store) URL() string { return "redis://" + s.server.Addr() }

// Stop stops the store. What it held is gone.
func (s *Store) Stop() { s.server.Close() }
