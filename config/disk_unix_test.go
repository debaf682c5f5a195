//go:build unix

package config

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFilesAreTheOwnersUnderAnyUmask(t *testing.T) {
	for _, mask := range []int{0, 0o022, 0o077, 0o777} {
		base := t.TempDir()
		env := world(t, "XDG_CONFIG_HOME", base)
		old := syscall.Umask(mask)
		_, err := StoreFile(Profile{Name: "a"}, testPair(), env)
		syscall.Umask(old)
		if err != nil && mask == 0o777 && os.Geteuid() != 0 {
			continue // nobody but root can enter a folder that was made so
		}
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(base, "amptui")
		for path, want := range map[string]os.FileMode{dir: 0o700, Path(env): 0o600, credentialFile(env): 0o600} {
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("umask %o: %s is %v, %v", mask, filepath.Base(path), info.Mode().Perm(), err)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".amptui-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestSaveRefusesALink(t *testing.T) {
	env := world(t)
	put(t, Path(env), "")
	target := filepath.Join(t.TempDir(), "target")
	put(t, target, "mine")
	if err := os.Remove(Path(env)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, Path(env)); err != nil {
		t.Fatal(err)
	}
	if err := SaveProfile(Profile{Name: "a"}, env); err == nil {
		t.Error("a link was followed")
	}
	if data, _ := os.ReadFile(target); string(data) != "mine" {
		t.Errorf("the link's target is %q now", data)
	}
}
