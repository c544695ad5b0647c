package journal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Last returns the last record. If there is none, ok is false.
func (j *Journal) Last(ctx context.Context) (r Record, ok bool, err error) {
	for r, err := range j.Records(ctx) {
		return r, err == nil, err
	}
	return Record{}, false, nil
}

// After returns up to limit records that follow the one with this Seq, oldest first.
func (j *Journal) After(ctx context.Context, seq uint64, limit int) ([]Record, error) {
	var found []Record
	for r, err := range j.Records(ctx) { // usually they are few and close to the end
		switch {
		case err != nil:
			return nil, err
		case r.Seq <= seq:
			slices.Reverse(found)
			return found[:min(limit, len(found))], nil
		case len(found) >= 2*limit:
			return j.afterFromStart(ctx, seq, limit)
		}
		found = append(found, r)
	}
	slices.Reverse(found)
	return found[:min(limit, len(found))], nil
}

// afterFromStart implements After by reading forward, for records far from the end.
func (j *Journal) afterFromStart(ctx context.Context, seq uint64, limit int) ([]Record, error) {
	files, err := j.openAll()
	if err != nil {
		return nil, err
	}
	defer closeAll(files)
	var found []Record
	for _, f := range files {
		if last, isRotated := rotatedAt(f.Name()); isRotated && last <= seq {
			continue
		}
		if found, err = appendAfter(ctx, found, f, seq, limit); err != nil || len(found) == limit {
			return found, err
		}
	}
	return found, nil
}

func appendAfter(ctx context.Context, found []Record, f *os.File, seq uint64, limit int) ([]Record, error) {
	in := bufio.NewReaderSize(f, backwardChunk)
	for len(found) < limit {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return found, nil // the last line is still being written
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return found, err
		}
		if r, bad := decode(bytes.TrimSuffix(text, []byte("\n"))); bad == nil && r.Seq > seq {
			found = append(found, r)
		}
	}
	return found, nil
}

// rotatedAt parses the Seq of the last record from the name of a rotated file.
func rotatedAt(path string) (seq uint64, ok bool) {
	name := strings.TrimSuffix(path, ".jsonl")
	_, err := fmt.Sscanf(name[strings.LastIndexByte(name, '-')+1:], "%d", &seq)
	return seq, err == nil
}
