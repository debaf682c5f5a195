package api

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The standard library reads the environment once, so a child has one of its own.
func TestTheProxyIsToldWithoutItsPassword(t *testing.T) {
	if os.Getenv("PROXY_CHILD") != "" {
		client, err := New(Options{BaseURL: "https://example.com"})
		if err != nil {
			t.Fatal(err)
		}
		proxy, err := client.Proxy()
		os.Stdout.WriteString("[" + proxy + "]")
		if err != nil {
			os.Stdout.WriteString(err.Error())
		}
		return
	}
	for address, want := range map[string]string{
		"":                                    "[]",
		"http://user:hunter2@127.0.0.1:3128":  "[http://127.0.0.1:3128]",
		"socks5://127.0.0.1:1080":             "[socks5://127.0.0.1:1080]",
		"http://us er:hunter2@127.0.0.1:3128": "[http://http:]", // as the library reads it
	} {
		child := exec.Command(os.Args[0], "-test.run=^TestTheProxyIsToldWithoutItsPassword$")
		child.Env = append(os.Environ(), "PROXY_CHILD=1", "HTTPS_PROXY="+address, "https_proxy=", "NO_PROXY=", "no_proxy=")
		out, err := child.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) || strings.Contains(string(out), "hunter2") {
			t.Errorf("%q: %v, %s; want %s", address, err, out, want)
		}
	}
}
