package ui

import (
	"path/filepath"
	"strings"
	"time"

	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/config"
	"amptui/keys"
)

// settings is the configuration file and what must be said about it. A file
// that cannot be read is said, not fatal: the defaults hold.
func (p *program) settings() (config.Config, []string) {
	if p.config != nil {
		return *p.config, nil
	}
	c, warnings, err := config.Load(config.Path(p.env))
	var say []string
	for _, w := range warnings {
		say = append(say, text.Clean(w.String()))
	}
	if err != nil {
		say = append(say, text.Clean(err.Error()))
	}
	p.config = &c
	return c, say
}

// keys is the configuration's keys, and what of them could not be done.
func (p *program) keys() (keys.Map, []string) {
	c, _ := p.settings()
	to := make(map[string][]string, len(c.Keys))
	for name, keystrokes := range c.Keys {
		to[name] = keystrokes
	}
	keymap, problems := keys.Default().Rebind(to, c.KeyLine)
	var say []string
	for _, problem := range problems {
		say = append(say, text.Clean(config.Warning(problem).String()))
	}
	if p.wordsOnly() {
		keymap = keymap.InWords()
	}
	return keymap, say
}

// wordsOnly says whether keys are written without signs: there are only those of ASCII.
func (p *program) wordsOnly() bool { return p.theme(false).Glyphs.Tier == theme.ASCII }

// profile is the one of --profile, else the configuration's default.
func (p *program) profile() (config.Profile, error) {
	c, _ := p.settings()
	profile, err := c.Choose(p.global.profile, p.env)
	if err != nil {
		return profile, usageError{err}
	}
	return profile, nil
}

// firstProject is what the header says before anything is opened.
func (p *program) firstProject() Project {
	if len(p.global.events) > 0 {
		return Project{Profile: strings.Join(baseNames(p.global.events), " + ")}
	}
	if p.global.demo {
		return Project{Profile: "demo"}
	}
	profile, err := p.profile()
	if err != nil {
		return Project{}
	}
	return Project{Profile: text.Clean(profile.Name), Name: text.Clean(profile.Project)}
}

// firstZone is the zone before anything is opened.
func (p *program) firstZone() (*time.Location, error) {
	if p.global.demo || len(p.global.events) > 0 {
		return p.zone("")
	}
	profile, err := p.profile()
	if err != nil {
		return nil, err
	}
	return p.zone(profile.Zone)
}

// theme is made of flags, configuration and environment; the terminal is not
// asked.
func (p *program) theme(tty bool) theme.Theme {
	c, _ := p.settings()
	depth := theme.Detect(p.env, tty, first(p.global.color, c.Color))
	return theme.New(theme.Options{
		Name:  theme.Background(first(p.global.theme, c.Theme), p.env),
		Depth: depth,
		Tier:  theme.DetectTier(p.env, first(p.global.glyphs, c.Glyphs)),
	})
}

// first is the first word that is given.
func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// reportFile is where a crash is written.
func (p *program) reportFile() string {
	dir := config.StateDir(p.env)
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "crash.txt")
}
