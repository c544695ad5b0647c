package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// connMode is how a connection uses its file.
type connMode int

const (
	shared   connMode = iota // WAL, with other connections
	reading                  // like shared, but read-only
	creating                 // before the first switch to WAL
	building                 // a file nobody else sees yet, deleted if it fails
)

// dsn returns the driver's address of the file. The path is a URI, so that "?" and "#" in
// a folder's name stay part of it.
func dsn(path string, m connMode) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	q := url.Values{"_pragma": {"page_size(8192)", "busy_timeout(5000)", "trusted_schema(off)"}}
	add := func(p ...string) { q["_pragma"] = append(q["_pragma"], p...) }
	if m != building {
		add("temp_store(memory)")
	}
	switch m {
	case shared:
		add("synchronous(normal)", "cache_size(-16000)", "journal_size_limit(33554432)")
	case reading:
		add("query_only(on)", "cache_size(-8000)")
	case building:
		// What is sorted for an index and exceeds the cache goes to a temporary file:
		// memory would grow with the directory, and parts that fit the processor's cache
		// are sorted faster.
		add("journal_mode(off)", "synchronous(off)", "locking_mode(exclusive)", "cache_size(-2000)", "temp_store(file)")
	}
	q.Set("mode", "rw") // recognise and initialise decide what is created
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}
	if u.Path[0] != '/' {
		u.Path = "/" + u.Path // C:/…
	}
	return u.String(), nil
}

// conn is one pinned connection with its prepared statements.
type conn struct {
	db    *sql.DB
	c     *sql.Conn
	stmts map[string]*sql.Stmt
	raw   map[string]driver.Stmt // of execValues
	// dataVersion is what SQLite last returned for the file; see countCache.
	dataVersion int
}

func dial(ctx context.Context, path string, m connMode) (*conn, error) {
	name, err := dsn(path, m)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &conn{db: db, c: c, stmts: map[string]*sql.Stmt{}, raw: map[string]driver.Stmt{}}, nil
}

func (c *conn) close() error {
	c.closeStatements()
	return errors.Join(c.c.Close(), c.db.Close())
}

// closeStatements closes the prepared statements.
func (c *conn) closeStatements() {
	for _, s := range c.stmts {
		s.Close()
	}
	clear(c.stmts)
	for _, s := range c.raw {
		s.Close()
	}
	clear(c.raw)
}

// checkSchema asks SQLite for what recognise has read from the file, because a change can
// still be in the WAL. It returns the version of the schema.
func (c *conn) checkSchema(ctx context.Context) (version int, err error) {
	var id int
	if err := c.row(ctx, "PRAGMA application_id", nil, &id); err != nil {
		return 0, err
	}
	if err := c.row(ctx, "PRAGMA user_version", nil, &version); err != nil {
		return 0, err
	}
	switch {
	case id != applicationID || version == 0:
		return 0, ErrForeignFile
	case version > schemaVersion:
		return 0, ErrNewerSchema
	}
	return version, nil
}

// maxStatements limits the prepared statements: searches are composed of parts, in few
// combinations that are not known in advance.
const maxStatements = 200

func (c *conn) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := c.stmts[query]; s != nil {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		c.closeStatements()
	}
	s, err := c.c.PrepareContext(context.WithoutCancel(ctx), query)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, query)
	}
	c.stmts[query] = s
	return s, nil
}

// exec runs a statement and keeps it prepared.
func (c *conn) exec(ctx context.Context, query string, args ...any) error {
	_, err := c.execCount(ctx, query, args...)
	return err
}

// execValues is exec for many values in the driver's form, which database/sql would copy
// and check one by one.
func (c *conn) execValues(ctx context.Context, query string, args []driver.NamedValue) error {
	return c.c.Raw(func(to any) error {
		s := c.raw[query]
		if s == nil {
			var err error
			if s, err = to.(driver.ConnPrepareContext).PrepareContext(ctx, query); err != nil {
				return fmt.Errorf("%w in %s", err, query)
			}
			c.raw[query] = s
		}
		_, err := s.(driver.StmtExecContext).ExecContext(ctx, args)
		return err
	})
}

// execCount is exec that returns the number of changed rows.
func (c *conn) execCount(ctx context.Context, query string, args ...any) (int, error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// execAll runs scripts that run once.
func (c *conn) execAll(ctx context.Context, scripts ...string) error {
	for _, s := range scripts {
		if _, err := c.c.ExecContext(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// row reads one row; no row is ErrNotFound.
func (c *conn) row(ctx context.Context, query string, args []any, into ...any) error {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return err
	}
	err = s.QueryRowContext(ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// rows calls each for every row, which scans it.
func (c *conn) rows(ctx context.Context, query string, args []any, each func(scan func(...any) error) error) error {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return err
	}
	r, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := each(r.Scan); err != nil {
			return err
		}
	}
	return r.Err()
}
