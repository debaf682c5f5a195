// Package config reads the configuration file and finds the credentials of a
// profile. It never reads from the current directory, writes only files that
// their owner alone can read, and keeps a profile's credentials bound to the
// origin that they were given for.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"github.com/BurntSushi/toml"

	"amptui/api/text"
)

// DefaultProfile is the name of the profile that is used when none is named.
const DefaultProfile = "default"

// Config is the configuration file's content. The words that are drawn have
// passed text.Clean or one of the checks that allow a few words only.
type Config struct {
	// Profile is the name of the profile to use; empty means DefaultProfile.
	Profile string `toml:"profile"`
	// Theme is auto, dark, light, mono or high-contrast; empty means auto.
	Theme string `toml:"theme"`
	// Glyphs is auto, braille, block or ascii; empty means auto.
	Glyphs string `toml:"glyphs"`
	// Color is auto, always or never; empty means auto.
	Color string `toml:"color"`
	// Mouse says whether the program takes the mouse from the start.
	Mouse bool `toml:"mouse"`
	// Accessible says whether the program talks in sentences instead of drawing.
	Accessible bool `toml:"accessible"`
	// Restore says whether a profile comes back as it was left; nil means yes.
	Restore *bool `toml:"restore"`
	// Cache is disk or memory: where answers are kept; empty means disk.
	Cache string `toml:"cache"`
	// Keys maps an action's name to its keystrokes, in the order of the file.
	// Neither side is checked here: the table of keys does that.
	Keys map[string]Keystrokes `toml:"keys"`
	// Profiles are the profiles by name.
	Profiles map[string]Profile `toml:"profiles"`

	lines map[string]int
}

// Keystrokes are those of one action. In the file they are a list, or one word.
type Keystrokes []string

// UnmarshalTOML reads a word or a list of words.
func (k *Keystrokes) UnmarshalTOML(v any) error {
	words, ok := v.([]any)
	if !ok {
		words = []any{v}
	}
	*k = Keystrokes{}
	for _, w := range words {
		word, ok := w.(string)
		if !ok {
			return errors.New("a key's keystrokes are words in quotes, as in metric = [\"m\", \"ctrl+x\"]")
		}
		*k = append(*k, word)
	}
	return nil
}

// KeyLine is the line of the file, from 1, that binds the action, or 0 where
// none does.
func (c Config) KeyLine(action string) int { return c.lines[toml.Key{"keys", action}.String()] }

// Restores says whether a profile comes back as it was left.
func (c Config) Restores() bool { return c.Restore == nil || *c.Restore }

// List is the profiles by name, in alphabetical order.
func (c Config) List() []Profile {
	list := make([]Profile, 0, len(c.Profiles))
	for _, name := range slices.Sorted(maps.Keys(c.Profiles)) {
		list = append(list, c.Profiles[name])
	}
	return list
}

// Choose is the profile called name; with an empty name the file's default. A
// default that the file does not describe is an empty profile of region us, so
// that environment credentials need no file. It is an error if the named
// profile does not exist, if what it says cannot be used, or if
// AMPTUI_BASE_URL of env cannot.
func (c Config) Choose(name string, env func(string) string) (Profile, error) {
	wanted := name
	if name == "" {
		name = c.Profile
	}
	if name == "" {
		name = DefaultProfile
	}
	profile, ok := c.Profiles[name]
	if !ok && (wanted != "" || c.Profile != "") && name != DefaultProfile {
		return Profile{Name: name}, fmt.Errorf("there is no profile %s%s", text.Clean(name), suggest(name, slices.Collect(maps.Keys(c.Profiles))))
	}
	profile.Name = name
	if err := profile.check(); err != nil {
		return profile, err
	}
	_, err := override(env)
	return profile, err
}

// A Warning is something in the file that was passed over.
type Warning struct {
	// Line is counted from 1; 0 means that it is not known.
	Line int
	// Text is one clean sentence without the line.
	Text string
}

// String is the warning with its line.
func (w Warning) String() string {
	if w.Line == 0 {
		return "config.toml: " + w.Text
	}
	return fmt.Sprintf("config.toml line %d: %s", w.Line, w.Text)
}

// Load reads the file at path. A file that does not exist, or an empty path,
// is an empty configuration and no error. Unknown keys and words are warnings, in the order
// of the file; with an error the configuration is empty, so that all defaults
// hold. The file may have at most 1 MiB and must be a plain file of this user.
func Load(path string) (Config, []Warning, error) {
	if path == "" {
		return Config{}, nil, nil
	}
	data, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, nil, nil
	}
	if err != nil {
		return Config{}, nil, fmt.Errorf("config.toml: %w", err)
	}
	return parse(string(data))
}

// parse decodes the text of a configuration file.
func parse(data string) (Config, []Warning, error) {
	var c Config
	md, err := toml.Decode(data, &c)
	if err != nil {
		return Config{}, nil, parseError(err)
	}
	c.lines = lines(data)
	for name, profile := range c.Profiles {
		profile.Name = name
		c.Profiles[name] = profile
	}
	warnings := append(unknown(md, c.lines), c.checkWords()...)
	slices.SortStableFunc(warnings, func(a, b Warning) int { return a.Line - b.Line })
	return c, warnings, nil
}

func parseError(err error) error {
	var at toml.ParseError
	if errors.As(err, &at) {
		return fmt.Errorf("config.toml line %d: %s", at.Position.Line, text.Clean(at.Message))
	}
	said := text.Clean(err.Error())
	kind := regexp.MustCompile(`^toml: line (\d+) \(last key "(.*)"\): incompatible types: TOML value has type (\S+); destination has type (\S+)$`)
	if m := kind.FindStringSubmatch(said); m != nil {
		return fmt.Errorf("config.toml line %s: %s is of the kind %s and must be of the kind %s", m[1], m[2], m[3], m[4])
	}
	return fmt.Errorf("config.toml: %s", said)
}
