package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// SaveProfile puts the profile's table into the configuration file, in the
// place of the one that is there or at the end. All else in the file, comments
// too, stays as it is. What a login form does not ask (color,
// credential_command, mask, mask_shows, pins, web) is kept from the table that
// was there.
func SaveProfile(profile Profile, env func(string) string) error {
	if err := profile.check(); err != nil {
		return err
	}
	path := Path(env)
	return alone(path, func() error { return putProfile(path, profile) })
}

func putProfile(path string, profile Profile) error {
	data, err := readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("config.toml: %w", err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(Template())
	}
	edited, err := edit(string(data), profile)
	if err != nil {
		return err
	}
	if err := writeFile(path, []byte(edited)); err != nil {
		return fmt.Errorf("config.toml: %w", err)
	}
	return nil
}

// edit replaces or appends one profile's table. The outcome is read again and
// must differ in this profile only; a file that is written in a way that
// cannot be edited so (profiles in one line, say) is left alone.
func edit(data string, p Profile) (string, error) {
	before, _, err := parse(data)
	if err != nil {
		return "", err
	}
	was := before.Profiles[p.Name]
	if p.Color == "" {
		p.Color = was.Color
	}
	if p.CredentialCommand == nil {
		p.CredentialCommand = was.CredentialCommand
	}
	p.Mask = p.Mask || was.Mask
	if p.MaskShows == nil {
		p.MaskShows = was.MaskShows
	}
	if p.Pins == nil {
		p.Pins = was.Pins
	}
	if p.Web == "" {
		p.Web = was.Web
	}
	block, err := table(p)
	if err != nil {
		return "", err
	}
	edited := splice(data, p.Name, block)
	after, _, err := parse(edited)
	if err != nil || !onlyThis(before, after, p) {
		return "", fmt.Errorf("config.toml is written in a way that cannot be edited here; put this into it:\n%s", strings.TrimSpace(block))
	}
	return edited, nil
}

// table is the profile as TOML, with its head.
func table(p Profile) (string, error) {
	rows := []struct {
		key   string
		value any
		skip  bool
	}{
		{"region", p.Region, p.Region == ""},
		{"base_url", p.BaseURL, p.BaseURL == ""},
		{"project", p.Project, p.Project == ""},
		{"zone", p.Zone, p.Zone == ""},
		{"color", p.Color, p.Color == ""},
		{"credential_command", p.CredentialCommand, len(p.CredentialCommand) == 0},
		{"insecure_storage", true, !p.InsecureStorage},
		{"mask", true, !p.Mask},
		{"mask_shows", p.MaskShows, len(p.MaskShows) == 0},
		{"pins", p.Pins, len(p.Pins) == 0},
		{"web", p.Web, p.Web == ""},
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "[%s]\n", toml.Key{"profiles", p.Name})
	for _, row := range rows {
		if row.skip {
			continue
		}
		if err := toml.NewEncoder(&b).Encode(map[string]any{row.key: row.value}); err != nil {
			return "", fmt.Errorf("%s cannot be written", row.key)
		}
	}
	return b.String(), nil
}

// splice puts block where the profile's table is, or at the end.
func splice(data, name, block string) string {
	rows := strings.SplitAfter(data, "\n")
	first, last := -1, -1
	for _, s := range statements(data) {
		switch {
		case s.head != nil && slices.Equal(s.head, toml.Key{"profiles", name}):
			first, last = s.first, s.last
		case first >= 0 && s.head != nil:
			return join(rows, first, last, block)
		case first >= 0:
			last = s.last
		}
	}
	if first < 0 {
		if data != "" && !strings.HasSuffix(data, "\n") {
			data += "\n"
		}
		return strings.TrimPrefix(data+"\n", "\n") + block
	}
	return join(rows, first, last, block)
}

// join replaces the lines first to last and keeps the comments among them,
// behind the table.
func join(rows []string, first, last int, block string) string {
	var comments strings.Builder
	for _, row := range rows[first : last+1] {
		if strings.HasPrefix(strings.TrimSpace(row), "#") {
			comments.WriteString(row)
		}
	}
	return strings.Join(rows[:first], "") + block + comments.String() + strings.Join(rows[last+1:], "")
}

// onlyThis says whether after is before with just this profile put in.
func onlyThis(before, after Config, p Profile) bool {
	want := map[string]Profile{p.Name: p}
	for name, profile := range before.Profiles {
		if name != p.Name {
			want[name] = profile
		}
	}
	before.Profiles, before.lines, after.lines = want, nil, nil
	return reflect.DeepEqual(before, after)
}
