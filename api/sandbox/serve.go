package sandbox

import (
	"context"
	"io"
	"time"
)

// ServeOptions is what `frontdesk sandbox` can be told.
type ServeOptions struct {
	// Listen is host:port; port 0 is any free one. Only loopback hosts are
	// accepted unless AnyHost says otherwise.
	Listen  string
	AnyHost bool
	// DB is the directory's file.
	DB string
	// Users is how many people are invented when the file has to be made; 0 is the demo's number.
	Users int
	// SecretKeyFile holds the key to accept; empty makes one and keeps it in the file.
	SecretKeyFile string
	Faults        Faults
	// Production serves as a production instance: its rate limit, its sk_live_ key.
	Production bool
	// Out gets the two lines that say where and with which key; Log what went wrong later.
	Out, Log io.Writer
	Now      func() time.Time
	Rand     io.Reader
}

// Serve serves the directory over HTTP until ctx ends.
func Serve(ctx context.Context, o ServeOptions) error { panic("unwritten") }
