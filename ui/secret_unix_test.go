//go:build unix

package ui

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"amptui/views"
)

// scanned is what a whole session may leave behind: files, what was written to the
// terminal, what children have seen.
type scanned struct {
	t       *testing.T
	secrets map[string]string // by what they are
}

// forms are the ways in which a secret could be written.
func forms(key, secret string) map[string]string {
	out := map[string]string{}
	for name, word := range map[string]string{"the key": key, "the secret": secret, "the pair": key + ":" + secret} {
		out[name] = word
		out[name+" in hex"] = hex.EncodeToString([]byte(word))
		out[name+" in an address"] = url.QueryEscape(word)
		for skip := range 3 { // base64 of it, wherever in a text it begins
			whole := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", skip) + word))
			from, to := (skip*8+5)/6, len(whole)-len(whole)%4-4
			out[fmt.Sprintf("%s in base64, %d", name, skip)] = whole[from:to]
		}
		out[name+" backwards"] = backwards(word)
	}
	return out
}

func backwards(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func (s scanned) text(where, content string) {
	for what, form := range s.secrets {
		if strings.Contains(content, form) {
			at := strings.Index(content, form)
			s.t.Errorf("%s is in %s: …%.40q", what, where, content[max(at-30, 0):])
		}
	}
}

// folder scans every file, and holds that only their owner can read them.
func (s scanned) folder(root string, except ...string) (files int) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		for _, name := range except {
			if filepath.Base(path) == name {
				return nil
			}
		}
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		s.text(path, string(b))
		s.text("the name of a file", path)
		return nil
	})
	if err != nil {
		s.t.Error(err)
	}
	return files
}

// A session with every view, the editor, copies and exports, and every command, leaves
// the keys nowhere: in no file, on no screen, with no child, also where the runtime is
// told to talk.
func TestTheSecretIsLeftNowhere(t *testing.T) {
	const key, secret = "k3y-c0ffee-4242", "s3cr3t/+=quite-long-9981"
	var asked atomic.Int32
	demoLog()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if k, s, _ := r.BasicAuth(); k == key && s == secret {
			asked.Add(1)
		}
		demoServer().ServeHTTP(w, r)
	}))
	defer server.Close()
	scan := scanned{t, forms(key, secret)}

	home, cwd := t.TempDir(), t.TempDir()
	write := func(path, content string, mode os.FileMode) string {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	seen := filepath.Join(home, "children.txt")
	keysFile := write(filepath.Join(home, "keys.sh"), "#!/bin/sh\n(env; echo \"$0 $*\") >>'"+seen+"'\necho '"+key+"'\necho '"+secret+"'\n", 0o700)
	editor := write(filepath.Join(home, "editor.sh"), "#!/bin/sh\n(env; echo \"$0 $*\"; cat \"$1\") >>'"+seen+"'\n", 0o700)
	write(filepath.Join(home, "config", "amptui", "config.toml"), fmt.Sprintf("[profiles.default]\nbase_url = %q\ncredential_command = [%q]\nzone = \"UTC\"\n", server.URL, keysFile), 0o600)
	env := []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(home, "cache"), "TMPDIR=" + filepath.Join(home, "tmp"), "EDITOR=" + editor, "VISUAL=",
		"AMPLITUDE_API_KEY_OLD=" + key, "GODEBUG=http2debug=2", "NO_PROXY=127.0.0.1",
	}
	if err := os.MkdirAll(filepath.Join(home, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}

	s := inTerminalAt(t, cwd, env)
	s.sees("Song Played")
	for _, step := range []struct{ keys, sees string }{
		{"\r", "segment"},
		{"t", ""},
		{"y", ""},
		{"\x1b", ""},
		{"2", ""},
		{"Y", "copy as"},
		{"CSV\r", ""},
		{"\x1b", ""},
		{"2", ""},
		{":", "action"},
		{"export as JSON\r", "written to"},
		{":", ""},
		{"EDITOR\r", "\x1b[?1049l"},
		{"B", "save the query"},
		{"sign-ups\r", "saved as"},
		{"e", ""},
		{"\x1b", ""},
		{"?", ""},
		{"\x1b", ""},
		{"3", ""},
		{"4", ""},
		{"6", ""},
		{"5", ""},
		{"ada@example.com\r", "device-0"},
		{"Y", ""},
		{"\x1b", ""},
		{"X", "masked"},
		{"y", ""},
		{"\x1b", ""},
		{"z", ""},
		{":", ""},
		{"profile default\r", ""},
		{"2", ""},
		{"r", ""},
	} {
		s.press(step.keys)
		s.rests()
		s.sees(step.sees)
	}
	s.press("Q")
	s.end()
	scan.text("the terminal", s.output())
	for _, copied := range strings.Split(s.output(), "\x1b]52;c;")[1:] {
		b, _ := base64.StdEncoding.DecodeString(copied[:max(strings.IndexByte(copied, '\a'), 0)])
		scan.text("the clipboard", string(b))
	}

	p := &program{env: func(string) string { return "" }}
	for _, c := range p.root(nil).Commands() {
		args := []string{c.Name()}
		if spec, ok := specOf(c.Name()); ok {
			args = append(args, firstLink(t, spec).Args...)
			args = append(args, "-o", "json", "--fail-if", "x < 1")
		}
		child := exec.CommandContext(t.Context(), os.Args[0], args...)
		child.Dir = cwd
		child.Env = append([]string{"AMPTUI_TEST_AS_MAIN=1", "PATH=" + os.Getenv("PATH")}, env...)
		out, _ := child.CombinedOutput() // some want more: what they say counts
		scan.text("the output of "+c.Name(), string(out))
	}
	if n := asked.Load(); n < 5 {
		t.Errorf("the keys were used %d times: nothing was tried", n)
	}
	if files := scan.folder(home, "keys.sh", "children.txt"); files < 4 {
		t.Errorf("%d files were left: nothing was tried", files)
	}
	if scan.folder(cwd) == 0 {
		t.Error("nothing was exported")
	}
	b, err := os.ReadFile(seen)
	if err != nil || !strings.Contains(string(b), "editor.sh") || !strings.Contains(string(b), "keys.sh") {
		t.Errorf("the children have left %q, %v", b, err)
	}
	scan.text("what children see", string(b))
}

func specOf(name string) (views.Spec, bool) {
	for _, s := range catalog() {
		if s.Name == name {
			return s, true
		}
	}
	return views.Spec{}, false
}
