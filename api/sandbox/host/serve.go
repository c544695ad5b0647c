// Package host opens, seeds and resets directory files, and runs the sandbox server on
// them: over HTTP for `frontdesk sandbox`, or in this process for the demo.
//
// The server's responses are defined in package sandbox, the directory file in store.
package host

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// ServeOptions are the options of `frontdesk sandbox`.
type ServeOptions struct {
	// Listen is host:port; port 0 is any free port, and empty means 127.0.0.1:0. Only loopback
	// hosts are accepted unless AnyHost is set.
	Listen  string
	AnyHost bool
	// DB is the directory's file. If it does not exist it is created, with Users users (0
	// means the demo's number). Without DB the directory lasts as long as the server.
	DB    string
	Users int
	// Empty creates a new file without users.
	Empty bool
	// SecretKeyFile contains the key to accept; empty means the directory's own key.
	SecretKeyFile string
	// Faults are the initial fault switches.
	Faults faults.Switches
	// Instance are the initial features and limits of the instance.
	Instance sandbox.Instance
	// Production responds as a production instance: with its rate limit and, without
	// SecretKeyFile, an sk_live_ key.
	Production bool
	// NoRateLimit switches the rate limits off.
	NoRateLimit bool
	// Out receives exactly two lines, the base URL and the secret key; Log receives later
	// errors. Both may be nil.
	Out, Log io.Writer
	// Progress receives the progress of creating a new directory; nil is allowed.
	Progress func(Progress)
	// Now and Rand are as in [sandbox.Options].
	Now  func() time.Time
	Rand io.Reader
}

const (
	shutdownPatience  = 5 * time.Second
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 2 * time.Minute // of a whole request: ten megabytes over a slow link
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
)

// Serve serves the directory over HTTP until ctx is done, and then lets running requests
// finish. An error before that is one sentence and has changed nothing.
func Serve(ctx context.Context, o ServeOptions) error {
	o = o.complete()
	if err := o.Check(); err != nil {
		return err
	}
	key, err := o.readKey()
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", o.Listen, innermostError(err))
	}
	defer listener.Close()
	if o.DB == "" {
		dir, err := os.MkdirTemp("", "frontdesk-sandbox-")
		if err != nil {
			return fmt.Errorf("cannot create a temporary directory: %w; choose a file with --db", innermostError(err))
		}
		defer os.RemoveAll(dir)
		o.DB = filepath.Join(dir, "directory.db")
	}
	st, err := Open(ctx, OpenOptions{Path: o.DB, Users: o.Users, Empty: o.Empty, Now: o.Now, Rand: o.Rand, Progress: o.Progress})
	if err != nil {
		return err
	}
	return errors.Join(o.serve(ctx, listener, st, key), st.Close())
}

func (o ServeOptions) complete() ServeOptions {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.Out == nil {
		o.Out = io.Discard
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	return o
}

// Check returns what is wrong with the options, in one sentence, without opening anything.
func (o ServeOptions) Check() error {
	o = o.complete()
	if o.Users < 0 {
		return fmt.Errorf("the number of users cannot be negative: %d", o.Users)
	}
	if err := o.Faults.Check(); err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(o.Listen)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return fmt.Errorf("%q is not an address to listen on; use host:port, such as 127.0.0.1:8080", o.Listen)
	}
	if !o.AnyHost && !sandbox.IsLoopback(host) {
		return fmt.Errorf("%s is reachable from other machines; the sandbox listens only on 127.0.0.1, [::1] or localhost", o.Listen)
	}
	return nil
}

func (o ServeOptions) serve(ctx context.Context, listener net.Listener, st *store.Store, key string) error {
	if key == "" {
		var err error
		if key, err = secretKey(ctx, st, o.Rand, o.Production); err != nil {
			return err
		}
	}
	base := "http://" + callableAddress(listener.Addr())
	log := &lineWriter{w: o.Log}
	handler := sandbox.New(sandbox.Options{
		Store: st, Key: key, BaseURL: base, Now: o.Now, Rand: o.Rand, RateLimit: o.limit(), Production: o.Production, Instance: o.Instance, Log: log.writeLine,
	})
	handler.SetFaults(o.Faults)
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: stdlog.New(log, "", 0),
	}
	if _, err := fmt.Fprintf(o.Out, "base url %s/v1\nsecret key %s\n", base, key); err != nil {
		return fmt.Errorf("cannot print the address: %w", err)
	}
	return serveUntil(ctx, server, listener)
}

// callableAddress returns the address under which this machine can call the server: a
// wildcard address cannot be called.
func callableAddress(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return address.String()
}

func (o ServeOptions) limit() sandbox.RateLimit {
	switch {
	case o.NoRateLimit:
		return 0
	case o.Production:
		return sandbox.ProductionLimit
	}
	return sandbox.DevelopmentLimit
}

// serveUntil serves until ctx is done, then shuts down. After shutdownPatience it no
// longer waits for requests.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("the server stopped: %w", err)
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownPatience)
	defer cancel()
	err := server.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	<-failed
	return err
}

// innermostError returns the cause of err without the address, which the caller's message
// already has.
func innermostError(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	var sys *os.SyscallError
	if errors.As(err, &sys) {
		return sys.Err
	}
	return err
}

// lineWriter writes lines from concurrent requests.
type lineWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lineWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func (l *lineWriter) writeLine(text string) { fmt.Fprintln(l, text) }
