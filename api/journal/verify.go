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

// Report is the result of Verify.
type Report struct {
	Files, Records int
	// First and Last are the Seq of the first and last intact record. First is greater
	// than 1 if the oldest files were removed.
	First, Last uint64
	// Head is the hash of the last intact record. Compare it with the hash of the last
	// forwarded record: truncation cannot be detected otherwise.
	Head string
	// Recovered is the number of times the journal continued after an interrupted write.
	Recovered int
	// Problem is the first damaged record, or nil if the journal is intact.
	Problem *Problem
}

// Problem describes a damaged record.
type Problem struct {
	File string
	Line int
	// Seq is the number of the record. It is inferred if the record cannot be read.
	Seq  uint64
	What string
	// IsCutOff reports whether the journal ends within this record, as it does after a
	// crash or on a full disk. That does not suggest that anybody altered it.
	IsCutOff bool
}

func (p Problem) String() string {
	return fmt.Sprintf("%s, line %d, record %d: %s", p.File, p.Line, p.Seq, p.What)
}

// Verify reads the whole journal and checks the chain of hashes. It stops at the first
// problem.
func (j *Journal) Verify(ctx context.Context) (Report, error) {
	files, err := j.openAll()
	if err != nil {
		return Report{}, err
	}
	defer closeAll(files)
	c := checker{report: Report{Files: len(files)}, prev: noHash()}
	for i, f := range files {
		c.isLastFile = i == len(files)-1
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

// checker checks the records of a chain in order.
type checker struct {
	report Report
	file   string
	line   int
	// isLastFile reports whether file is the newest, the only one that is written to.
	isLastFile bool
	seq        uint64
	prev       string
	// open is a line that is not a record. It is a problem unless the next record is a
	// Recovered record that refers to it.
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
		c.failCutOff("its newline is missing; the next write adds it")
	case !isTerminated:
		c.failCutOff("it is incomplete; the next write continues after it")
	case bad != nil:
		c.open = &Problem{File: c.file, Line: c.line, Seq: c.seq + 1, What: bad.Error()}
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
	case isFirst && r.Seq > 1: // older files were removed
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
	c.report.Problem = &Problem{File: c.file, Line: c.line, Seq: seq, What: what}
}

// failCutOff reports that the file ends within the next record.
func (c *checker) failCutOff(what string) {
	c.fail(c.seq+1, what)
	c.report.Problem.IsCutOff = c.isLastFile
}

// covers reports whether r is the Recovered record for this incomplete line.
func (r Record) covers(text []byte) bool {
	return r.Kind == Recovered && r.Torn != nil && r.Torn.Bytes == len(text) && r.Torn.Hash == hashOf(text)
}
