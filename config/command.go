package config

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"amptui/api/text"
)

const maxOutput = 64 << 10 // bytes

// runCommand runs a credential_command and reads the pair that it prints. It
// stays in our process group, so that a program which asks for a password on
// the terminal can.
func runCommand(ctx context.Context, argv []string, limit time.Duration) (Credentials, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	var out, errs capped
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.Env = ForeignEnv(os.Environ())
	// A grandchild may hold the pipes after the program itself is gone.
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	name := text.Clean(filepath.Base(argv[0]))
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return Credentials{}, fmt.Errorf("%s did not end within %s", name, limit)
	case ctx.Err() != nil:
		return Credentials{}, ctx.Err()
	case out.over:
		return Credentials{}, fmt.Errorf("%s printed more than 64 KiB", name)
	case err != nil:
		return Credentials{}, failed(name, err, out.String(), errs.String())
	}
	c, err := parseOutput(out.Bytes())
	if err != nil {
		return Credentials{}, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// failed is the error of a program, with the first line that it complained
// with. What it printed as output may be a key, so that is struck out.
func failed(name string, err error, out, errs string) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		var start *exec.Error
		if errors.As(err, &start) {
			err = start.Err
		}
		return fmt.Errorf("%s cannot be run: %s", name, text.Clean(cause(err).Error()))
	}
	line, _, _ := strings.Cut(strings.TrimSpace(errs), "\n")
	for _, word := range strings.Fields(out) {
		if len(word) >= 6 {
			line = strings.ReplaceAll(line, strings.Trim(word, `",:{}`), "[redacted]")
		}
	}
	if line = strings.TrimSpace(line); line == "" {
		line = "no reason was given"
	}
	if runes := []rune(line); len(runes) > 200 {
		line = string(runes[:200]) + "…"
	}
	return fmt.Errorf("%s ended with %s: %s", name, text.Clean(exit.ProcessState.String()), text.Clean(line))
}

// parseOutput reads two lines, the API key and the secret key, or a JSON
// object {"api_key": …, "secret_key": …}. Errors never repeat what was read.
func parseOutput(out []byte) (Credentials, error) {
	out = bytes.TrimSpace(out)
	if bytes.HasPrefix(out, []byte("{")) {
		var words map[string]any
		if json.Unmarshal(out, &words) != nil {
			return Credentials{}, errors.New("its JSON cannot be read")
		}
		key, _ := words["api_key"].(string)
		secret, _ := words["secret_key"].(string)
		if key == "" || secret == "" {
			return Credentials{}, errors.New("its JSON must have api_key and secret_key, both strings")
		}
		return pair(key, secret)
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) != 2 {
		return Credentials{}, fmt.Errorf("it must print two lines, the API key and the secret key, or JSON; there were %d", len(lines))
	}
	return pair(strings.TrimSpace(lines[0]), strings.TrimSpace(lines[1]))
}

// ForeignEnv is an environment without the variables that are ours: programs that are
// started need neither keys nor what else is meant for this one.
func ForeignEnv(env []string) []string {
	var kept []string
	for _, v := range env {
		upper := strings.ToUpper(v)
		if !strings.HasPrefix(upper, "AMPLITUDE_") && !strings.HasPrefix(upper, "AMPTUI_") {
			kept = append(kept, v)
		}
	}
	return kept
}

// capped keeps the first 64 KiB and takes the rest without keeping it. The
// buffer is a field: its ReadFrom would get round the limit.
type capped struct {
	buf  bytes.Buffer
	over bool
}

func (c *capped) Write(p []byte) (int, error) {
	room := maxOutput - c.buf.Len()
	if len(p) > room {
		c.over = true
		c.buf.Write(p[:room])
		return len(p), nil
	}
	return c.buf.Write(p)
}

func (c *capped) Bytes() []byte  { return c.buf.Bytes() }
func (c *capped) String() string { return c.buf.String() }
