package journal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// Report is what Verify found.
type Report struct {
	Files, Records int
	// First and Last are the Seq of the first and the last intact record. First is
	// above 1 where the oldest files were taken away.
	First, Last uint64
	// Head is the hash of the last intact record. Compare it with one that was
	// forwarded or written down: a cut end does not show otherwise.
	Head string
	// Recovered is the number of places where the journal goes on after a write that
	// was cut off.
	Recovered int
	// Problem is the first record that is not as it was written; nil where all are.
	Problem *Problem
}

// Problem is a place at which a journal is not as it was written.
type Problem struct {
	File string
	Line int
	// Seq is the number of the record, as far as it can be known.
	Seq  uint64
	What string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s, line %d, record %d: %s", p.File, p.Line, p.Seq, p.What)
}

// Verify reads the whole journal and checks its chain. It stops at the first
// problem.
func (j *Journal) Verify(ctx context.Context) (Report, error) {
	files, err := j.openAll()
	if err != nil {
		return Report{}, err
	}
	defer closeAll(files)
	c := checker{report: Report{Files: len(files)}, prev: noHash()}
	for _, f := range files {
		if err := c.checkFile(ctx, f); err != nil {
			return c.report, describe("its file", f.Name(), err)
		}
		if c.report.Problem != nil {
			break
		}
	}
	c.report.Head = c.prev
	return c.report, nil
}

// checker walks along a chain.
type checker struct {
	report Report
	file   string
	line   int
	seq    uint64
	prev   string
	// open is the place of a line that is no record. Only a Recovered record after it
	// that names it makes it harmless.
	open     *Problem
	openText []byte
}

func (c *checker) checkFile(ctx context.Context, f *os.File) error {
	c.file, c.line = f.Name(), 0
	info, err := f.Stat()
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(io.NewSectionReader(f, 0, info.Size()), backwardChunk)
	for c.report.Problem == nil {
		text, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(text) == 0 {
			break
		}
		c.line++
		c.check(bytes.TrimSuffix(text, []byte("\n")), err == nil)
	}
	if c.report.Problem == nil {
		c.report.Problem, c.open = c.open, nil
	}
	return nil
}

func (c *checker) check(text []byte, isTerminated bool) {
	r, bad := decode(text)
	switch {
	case c.open != nil && !(bad == nil && r.covers(c.openText)):
		c.report.Problem = c.open
	case !isTerminated && bad == nil:
		c.fail(c.seq+1, "it has no end of line; the next write adds one")
	case !isTerminated:
		c.fail(c.seq+1, "it was cut off; the next write goes on after it")
	case bad != nil:
		c.open = &Problem{c.file, c.line, c.seq + 1, bad.Error()}
		c.openText = text
	default:
		c.open = nil
		c.follow(r)
	}
}

// follow checks that an intact record continues the chain.
func (c *checker) follow(r Record) {
	isFirst := c.report.Records == 0
	switch {
	case isFirst && r.Seq > 1: // older files were taken away
	case r.Seq != c.seq+1:
		c.fail(c.seq+1, fmt.Sprintf("it is missing; the next one here is record %d", r.Seq))
		return
	case r.Prev != c.prev:
		c.fail(r.Seq, "it does not follow the record before it")
		return
	}
	if isFirst {
		c.report.First = r.Seq
	}
	if r.Kind == Recovered {
		c.report.Recovered++
	}
	c.seq, c.prev = r.Seq, r.Hash
	c.report.Records++
	c.report.Last = r.Seq
}

func (c *checker) fail(seq uint64, what string) {
	c.report.Problem = &Problem{c.file, c.line, seq, what}
}

// covers says that the record was written because of this cut-off line.
func (r Record) covers(text []byte) bool {
	return r.Kind == Recovered && r.Torn != nil && r.Torn.Bytes == len(text) && r.Torn.Hash == hashOf(text)
}
