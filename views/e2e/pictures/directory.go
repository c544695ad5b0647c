package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
)

// directory is an embedded directory that is served over HTTP by the program.
type directory struct {
	cmd       *exec.Cmd
	base, key string
}

// serveDirectory starts `frontdesk sandbox` and reads the two lines it prints.
func serveDirectory(bin string, args, env []string) (*directory, error) {
	d := &directory{cmd: exec.Command(bin, append([]string{"sandbox", "--listen", "127.0.0.1:0"}, args...)...)}
	d.cmd.Env = env
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := d.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for _, line := range []struct {
		prefix string
		into   *string
	}{{"base url ", &d.base}, {"secret key ", &d.key}} {
		lines.Scan()
		value, ok := strings.CutPrefix(lines.Text(), line.prefix)
		if !ok {
			d.close()
			return nil, fmt.Errorf("frontdesk sandbox printed %q in place of its %s", lines.Text(), line.prefix)
		}
		*line.into = value
	}
	return d, nil
}

// fault sets the directory's fault switches.
func (d *directory) fault(switches string) error {
	answer, err := http.Post(strings.TrimSuffix(d.base, "/v1")+"/_sandbox/faults", "application/json", strings.NewReader(switches))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("the directory answers %s to %s", answer.Status, switches)
	}
	return nil
}

func (d *directory) close() {
	d.cmd.Process.Kill() //nolint:errcheck // it may have ended
	d.cmd.Wait()         //nolint:errcheck // it was killed
}
