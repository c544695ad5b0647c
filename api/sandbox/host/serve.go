// Package host opens, seeds and resets directory files, and runs the sandbox server
// on them: over HTTP for `frontdesk sandbox`, or in this process for the demo.
//
// What the server answers is in package sandbox, what a directory file is in store.
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
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"frontdesk/api/sandbox"
	"frontdesk/api/sandbox/faults"
	"frontdesk/api/sandbox/store"
)

// ServeOptions is what `frontdesk sandbox` can be told.
type ServeOptions struct {
	// Listen is host:port; port 0 is any free one, and empty is that on
	// 127.0.0.1. Only loopback hosts are accepted unless AnyHost says otherwise.
	Listen  string
	AnyHost bool
	// DB is the directory's file. Where there is none it is made, with Users
	// people in it (0 is the demo's number). Empty is a file that is gone when
	// the server stops.
	DB    string
	Users int
	// Empty makes a new file without people.
	Empty bool
	// SecretKeyFile holds the key to accept; empty is the directory's own key.
	SecretKeyFile string
	// Faults are the switches at the start.
	Faults faults.Switches
	// Instance are the instance's switches at the start.
	Instance sandbox.Instance
	// Production serves as a production instance: its rate limit and, unless a
	// file says otherwise, an sk_live_ key.
	Production bool
	// NoRateLimit answers everything, however much it is.
	NoRateLimit bool
	// Out gets exactly two lines, where and with which key; Log what goes wrong
	// later. Nil is silence.
	Out, Log io.Writer
	// Progress is told how far the making of a new directory has come; nil is silence.
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

// Serve serves the directory over HTTP until ctx ends, then lets the requests
// under way finish. What is wrong before that is one sentence, and has changed
// nothing.
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
		return fmt.Errorf("cannot listen on %s: %w", o.Listen, reason(err))
	}
	defer listener.Close()
	if o.DB == "" {
		dir, err := os.MkdirTemp("", "frontdesk-sandbox-")
		if err != nil {
			return fmt.Errorf("there is no place for a passing directory: %w; name a file", reason(err))
		}
		defer os.RemoveAll(dir)
		o.DB = filepath.Join(dir, "directory.db")
	}
	st, err := OpenDemo(ctx, OpenOptions{Path: o.DB, Users: o.Users, Empty: o.Empty, Now: o.Now, Rand: o.Rand, Progress: o.Progress})
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

// Check says what is wrong with the options themselves, in one sentence, before
// anything is opened.
func (o ServeOptions) Check() error {
	o = o.complete()
	if o.Users < 0 {
		return fmt.Errorf("%d users cannot be invented", o.Users)
	}
	if err := o.Faults.Check(); err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(o.Listen)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return fmt.Errorf("%q is not an address to listen on, as 127.0.0.1:8080 is", o.Listen)
	}
	if !o.AnyHost && !sandbox.IsLoopback(host) {
		return fmt.Errorf("%s can be reached from other machines, and the sandbox listens on this one only: 127.0.0.1, [::1] or localhost", o.Listen)
	}
	return nil
}

var keyPattern = regexp.MustCompile(`^sk_(test|live)_[A-Za-z0-9_-]+$`)

// mostKey is how much of a secret key file is read, in bytes.
const mostKey = 4096

// readKey is the key of the file, "" where none was named.
func (o ServeOptions) readKey() (string, error) {
	if o.SecretKeyFile == "" {
		return "", nil
	}
	// Without O_NONBLOCK the opening of a pipe would wait for a writer.
	file, err := os.OpenFile(o.SecretKeyFile, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", fmt.Errorf("cannot read the secret key file: %w", err)
	}
	defer file.Close()
	if err := private(file); err != nil {
		return "", fmt.Errorf("the secret key file %s %w", o.SecretKeyFile, err)
	}
	raw, err := io.ReadAll(io.LimitReader(file, mostKey))
	if err != nil {
		return "", fmt.Errorf("cannot read the secret key file: %w", err)
	}
	key := strings.TrimSpace(string(raw))
	if !keyPattern.MatchString(key) { // the content is not repeated: it may be a secret of another kind
		return "", fmt.Errorf("the secret key file %s does not hold a key that begins with sk_test_ or sk_live_", o.SecretKeyFile)
	}
	return key, nil
}

// private says why an open file cannot hold a secret: it is asked of what was
// opened, since a name may mean another file by then.
func private(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	owner, known := info.Sys().(*syscall.Stat_t)
	switch {
	case !info.Mode().IsRegular():
		return errors.New("is not a regular file")
	case known && int(owner.Uid) != os.Getuid():
		return errors.New("belongs to somebody else")
	case info.Mode().Perm()&0o077 != 0:
		return errors.New("can be read or changed by others; chmod 600 mends it")
	}
	return nil
}

func (o ServeOptions) serve(ctx context.Context, listener net.Listener, st *store.Store, key string) error {
	if key == "" {
		var err error
		if key, err = keyOf(ctx, st, o.Rand, o.Production); err != nil {
			return err
		}
	}
	base := "http://" + reachable(listener.Addr())
	log := &lineWriter{w: o.Log}
	handler := sandbox.New(sandbox.Options{
		Store: st, Key: key, BaseURL: base, Now: o.Now, Rand: o.Rand, RateLimit: o.limit(), Production: o.Production, Instance: o.Instance, Log: log.line,
	})
	handler.SetFaults(o.Faults)
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: stdlog.New(log, "", 0),
	}
	if _, err := fmt.Fprintf(o.Out, "base url %s/v1\nsecret key %s\n", base, key); err != nil {
		return fmt.Errorf("cannot say where it serves: %w", err)
	}
	return serveUntil(ctx, server, listener)
}

// reachable is an address that this machine can call: one that stands for all
// of its own cannot be called.
func reachable(address net.Addr) string {
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

// serveUntil ends with ctx: first politely, then, when somebody does not let
// go, at once.
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

// reason is the innermost cause: the address is said once already.
func reason(err error) error {
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

// lineWriter takes lines from many requests.
type lineWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lineWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func (l *lineWriter) line(text string) { fmt.Fprintln(l, text) }
