package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// world is an environment of its own, with a home of its own.
func world(t *testing.T, words ...string) func(string) string {
	t.Helper()
	vars := map[string]string{"HOME": t.TempDir(), "AppData": t.TempDir(), "LocalAppData": t.TempDir()}
	for i := 0; i+1 < len(words); i += 2 {
		vars[words[i]] = words[i+1]
	}
	return func(name string) string { return vars[name] }
}

func put(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWarningsNameTheLineAndTheNearestKey(t *testing.T) {
	cases := map[string]struct{ file, want string }{
		"top":                 {"theme = \"dark\"\n\nthem = \"x\"\n", "config.toml line 3: unknown key them; did you mean theme?"},
		"profile":             {"[profiles.a]\nregion = \"eu\"\nzoen = \"UTC\"\n", "config.toml line 3: unknown key profiles.a.zoen; did you mean zone?"},
		"behind a long value": {"[profiles.a]\ncredential_command = [\n \"a\",\n \"[x]\",\n]\nzonee = 1\n", "config.toml line 6: unknown key profiles.a.zonee; did you mean zone?"},
		"far":                 {"abcdefgh = 1\n", "config.toml line 1: unknown key abcdefgh"},
		"word":                {"theme = \"drak\"\n", "config.toml line 1: theme is drak; it can be auto, dark, light, mono, high-contrast"},
		"region":              {"[profiles.a]\nregion = \"mars\"\n", "config.toml line 1: profile a: region mars is neither us nor eu"},
		"secret":              {"[profiles.a]\nsecret_key = \"hunter2hunter2\"\n", "config.toml line 2: unknown key profiles.a.secret_key"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, warnings, err := parse(c.file)
			if err != nil || len(warnings) != 1 || warnings[0].String() != c.want {
				t.Errorf("parse: %v, %v, want %q", warnings, err, c.want)
			}
		})
	}
}

func TestKeysKeepTheirLines(t *testing.T) {
	c, warnings, err := parse("# keys\n[keys]\nmetric = [\"x\", \"y\"]\n\"odd name\" = [\"z\"]\n")
	if err != nil || len(warnings) > 0 {
		t.Fatal(warnings, err)
	}
	if !reflect.DeepEqual(c.Keys["metric"], Keystrokes{"x", "y"}) || c.KeyLine("metric") != 3 || c.KeyLine("odd name") != 4 || c.KeyLine("none") != 0 {
		t.Errorf("keys %v, lines %d, %d", c.Keys, c.KeyLine("metric"), c.KeyLine("odd name"))
	}
}

func TestAKeyTakesOneKeystrokeOrAList(t *testing.T) {
	for data, want := range map[string]string{
		"[keys]\nmetric = \"x\"\n":         "",
		"[keys]\nmetric = []\n":            "",
		"[keys]\nlog = \"l\"\nmetric = 5":  "config.toml line 3: a key's keystrokes are words in quotes",
		"[keys]\nmetric = [[\"m\"]]":       "config.toml line 2: a key's keystrokes are words in quotes",
		"theme = \"dark\"\nmouse = \"on\"": "config.toml line 2: mouse is of the kind string and must be of the kind boolean",
	} {
		_, _, err := parse(data)
		if (err == nil) != (want == "") || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v; want %q", data, err, want)
		}
	}
}

func TestABrokenFileIsAnErrorWithItsLine(t *testing.T) {
	_, _, err := parse("theme = \"dark\"\nglyphs = \n")
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v does not name line 2", err)
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "big"), strings.Repeat("#", maxFile+1))
	put(t, filepath.Join(dir, "full"), strings.Repeat("#", maxFile))
	if err := os.Symlink(filepath.Join(dir, "full"), filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	for name, refused := range map[string]bool{"big": true, "link": true, ".": true, "full": false, "absent": false, "": false} {
		path := filepath.Join(dir, name)
		if name == "" {
			path = ""
		}
		if _, _, err := Load(path); (err != nil) != refused {
			t.Errorf("Load of %q: %v", name, err)
		}
	}
}

func TestTemplateMeansTheDefaultsAndNamesEveryKey(t *testing.T) {
	c, warnings, err := parse(Template())
	c.lines = nil
	if err != nil || len(warnings) > 0 || !reflect.DeepEqual(c, Config{}) {
		t.Errorf("the template says %+v, %v, %v", c, warnings, err)
	}
	var open strings.Builder
	for _, row := range strings.Split(Template(), "\n") {
		if bare, ok := strings.CutPrefix(row, "# "); ok && (strings.HasPrefix(bare, "[") || strings.Contains(bare, " = ")) && !strings.HasPrefix(bare, "base_url") {
			open.WriteString(bare + "\n")
		}
	}
	if _, warnings, err := parse(open.String()); err != nil || len(warnings) > 0 {
		t.Errorf("with every comment opened: %v, %v\n%s", warnings, err, open.String())
	}
	for _, of := range []reflect.Type{reflect.TypeFor[Config](), reflect.TypeFor[Profile]()} {
		for _, key := range fields(of) {
			if key != "profiles" && key != "keys" && !strings.Contains(Template(), "# "+key+" = ") {
				t.Errorf("the template leaves out %s", key)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	c, _, err := parse("profile = \"shop\"\n[profiles.shop]\nregion = \"eu\"\n[profiles.bad]\nbase_url = \"http://example.com\"\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"": "shop", "shop": "shop", "default": "default", "shpo": "", "bad": ""} {
		p, err := c.Choose(name, world(t))
		if (err != nil) != (want == "") || want != "" && p.Name != want {
			t.Errorf("Choose %q: %v, %v", name, p.Name, err)
		}
	}
	if _, err := c.Choose("shpo", world(t)); err == nil || !strings.Contains(err.Error(), "did you mean shop?") {
		t.Errorf("no suggestion in %v", err)
	}
	if _, err := c.Choose("shop", world(t, "AMPTUI_BASE_URL", "http://example.com")); err == nil {
		t.Error("plain http to another host is allowed")
	}
}

func TestOrigins(t *testing.T) {
	for address, want := range map[string]string{
		"https://Example.com/":     "https://example.com",
		"https://example.com:8443": "https://example.com:8443",
		"http://127.0.0.1:80":      "http://127.0.0.1:80",
		"http://[::1]:8080":        "http://[::1]:8080",
		"http://localhost:1":       "http://localhost:1",
		"http://example.com":       "", "http://127.0.0.1.example.com": "", "https://a:b@example.com": "",
		"https://example.com/x": "", "https://example.com?x": "", "ftp://example.com": "", "https://": "", "example.com": "", "https:example.com": "",
	} {
		got, err := origin("base_url", address)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("origin of %s: %q, %v, want %q", address, got, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "a:b") {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
	if got := (Profile{Name: "x"}).Origin(world(t, "AMPTUI_BASE_URL", "http://example.com")); got != "invalid:" {
		t.Errorf("a wrong override goes to %s", got)
	}
}

func TestSaveKeepsTheRestOfTheFile(t *testing.T) {
	p := Profile{Name: "shop", Region: "eu", Project: "Music \"store\"", Zone: "UTC"}
	cases := map[string]struct{ file, kept string }{
		"empty":      {"", ""},
		"append":     {"# mine\ntheme = \"dark\" # so\n", "# mine\ntheme = \"dark\" # so\n"},
		"no newline": {"theme = \"dark\"", "theme = \"dark\"\n"},
		"replace":    {"# a\n[profiles.shop]\n# why\nregion = \"us\"\n\n# b\n[keys]\nmetric = [\"x\"] # k\n", "# b\n[keys]\nmetric = [\"x\"] # k\n"},
		"several":    {"[profiles.a]\n[profiles.shop]\ncredential_command = [\n  \"[profiles.b]\",\n]\n[profiles.c]\nzone = \"UTC\"\n", "[profiles.c]\nzone = \"UTC\"\n"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			edited, err := edit(c.file, p)
			if err != nil || !strings.Contains(edited, c.kept) {
				t.Fatalf("edit: %v\n%s", err, edited)
			}
			if strings.Count(edited, "# ") != strings.Count(c.file, "# ") {
				t.Errorf("a comment is lost:\n%s", edited)
			}
			again, err := edit(edited, p)
			if err != nil || again != edited {
				t.Errorf("saving twice changes the file (%v):\n%s", err, again)
			}
		})
	}
	if _, err := edit("profiles = { shop = { region = \"us\" } }\n", p); err == nil {
		t.Error("a file that cannot be edited was edited")
	}
}

func TestFoldersComeFromTheEnvironmentOnly(t *testing.T) {
	if got := Path(func(string) string { return "" }); got != "" {
		t.Errorf("without a home the file is %s", got)
	}
	base := t.TempDir()
	env := world(t, "XDG_CONFIG_HOME", base)
	if got, want := Path(env), filepath.Join(base, "amptui", "config.toml"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	relative := world(t, "XDG_CONFIG_HOME", "here")
	if got := Path(relative); !filepath.IsAbs(got) {
		t.Errorf("a relative folder is taken: %s", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Template())
	f.Add("[profiles.a]\nzoen=1\n[keys]\nx=['y']")
	f.Add("[[profiles]]\na=\"\"\"\n[x]\n\"\"\"")
	f.Fuzz(func(t *testing.T, data string) {
		_, warnings, err := parse(data)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n") {
				t.Errorf("an error of two lines: %q", err)
			}
			return
		}
		for _, w := range warnings {
			if w.Line < 0 || w.Line > strings.Count(data, "\n")+1 {
				t.Errorf("line %d of a file of %d", w.Line, strings.Count(data, "\n")+1)
			}
		}
		p := Profile{Name: "shop", Region: "eu"}
		if edited, err := edit(data, p); err == nil {
			if c, _, err := parse(edited); err != nil || c.Profiles["shop"].Region != "eu" {
				t.Errorf("edit made %q: %v", edited, err)
			}
		}
	})
}
