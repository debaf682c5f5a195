package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"amptui/api/text"
)

// Profile is one project and where it is asked.
type Profile struct {
	// Name is the profile's own name, as in the file's [profiles.NAME].
	Name string `toml:"-"`
	// Region is us or eu; empty means us.
	Region string `toml:"region"`
	// BaseURL is the origin of another host, in the region's place.
	BaseURL string `toml:"base_url"`
	// Project is what the header calls the project.
	Project string `toml:"project"`
	// Zone is the project's IANA time zone; empty means this computer's.
	Zone string `toml:"zone"`
	// Color is the accent of the profile's name in the header.
	Color string `toml:"color"`
	// CredentialCommand is a program and its arguments, run without a shell,
	// that prints the API key and the secret key.
	CredentialCommand []string `toml:"credential_command"`
	// InsecureStorage says that the credentials are kept in a file that only
	// this user can read, and not in the keyring.
	InsecureStorage bool `toml:"insecure_storage"`
	// Mask says that pseudonyms stand for what tells who a user is, from the
	// start.
	Mask bool `toml:"mask"`
	// MaskShows are properties that the mask leaves as they are, as queries
	// write them: gp:plan, event:source.
	MaskShows []string `toml:"mask_shows"`
	// Pins are properties of users that stand first, as queries write them.
	Pins []string `toml:"pins"`
	// Web is the address of the project's pages in Amplitude's web app.
	Web string `toml:"web"`
}

// NewProfile checks what was typed. The region is us, eu, or the base URL of
// another host; empty means us. The zone is an IANA name or empty.
func NewProfile(name, region, project, zone string) (Profile, error) {
	p := Profile{Name: name, Region: region, Project: project, Zone: zone}
	if strings.Contains(region, "://") {
		p.Region, p.BaseURL = "", region
	}
	return p, p.check()
}

// check says what of the profile cannot be used.
func (p Profile) check() error {
	if err := p.checkWords(); err != nil {
		return fmt.Errorf("profile %s: %w", text.Clean(p.Name), err)
	}
	return nil
}

func (p Profile) checkWords() error {
	if p.Name == "" || len(p.Name) > 100 || text.Clean(p.Name) != p.Name {
		return errors.New("a profile's name is 1 to 100 bytes of plain text")
	}
	if _, err := p.own(); err != nil {
		return err
	}
	if p.Zone != "" && !strings.EqualFold(p.Zone, "local") {
		if _, err := time.LoadLocation(p.Zone); err != nil {
			return fmt.Errorf("zone %s is not a time zone such as UTC or Europe/Berlin", text.Clean(p.Zone))
		}
	}
	if len(p.CredentialCommand) > 0 && p.CredentialCommand[0] == "" {
		return errors.New("credential_command names no program")
	}
	return checkWeb(p.Web)
}

// checkWeb checks the address of the web app's pages. It ends up on the
// clipboard and in a browser, so it holds nothing but where to go. The error
// does not repeat it.
func checkWeb(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "" || text.Clean(address) != address || strings.ContainsAny(address, " \"'<>`\\"):
		return errors.New("web is not an address such as https://app.amplitude.com/analytics/ORG/project/ID")
	case u.User != nil:
		return errors.New("web must not hold a name or a password")
	case u.Scheme != "https":
		return errors.New("web must begin with https://")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(address, "#"):
		return errors.New("web must end after the path: nothing behind ? or #")
	}
	return nil
}

// own is the origin that the profile itself names; its stored credentials are
// for that origin only.
func (p Profile) own() (string, error) {
	switch {
	case p.BaseURL != "" && p.Region != "":
		return "", errors.New("region and base_url exclude each other")
	case p.BaseURL != "":
		return origin("base_url", p.BaseURL)
	case p.Region == "" || p.Region == "us":
		return "https://amplitude.com", nil
	case p.Region == "eu":
		return "https://analytics.eu.amplitude.com", nil
	}
	return "", fmt.Errorf("region %s is neither us nor eu", text.Clean(p.Region))
}

// Origin is scheme, host and port that the profile's questions go to:
// AMPTUI_BASE_URL of env where that is set, else the profile's own. Where one
// of them cannot be used it is "invalid:", which no client takes: a mistake
// must not send a key to another host.
func (p Profile) Origin(env func(string) string) string {
	to, err := override(env)
	if to == "" && err == nil {
		to, err = p.own()
	}
	if err != nil {
		return "invalid:"
	}
	return to
}

// override is the origin of AMPTUI_BASE_URL, or nothing where it is not set.
func override(env func(string) string) (string, error) {
	if s := env("AMPTUI_BASE_URL"); s != "" {
		return origin("AMPTUI_BASE_URL", s)
	}
	return "", nil
}

// origin checks an address: https, or http to this computer, with nothing but
// scheme, host and port. The error does not repeat the address, since one with
// a name and a password in it is such a mistake.
func origin(what, address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Opaque != "" {
		return "", fmt.Errorf("%s is not an address such as https://example.com", what)
	}
	if u.User != nil {
		return "", fmt.Errorf("%s must not hold a name or a password", what)
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return "", fmt.Errorf("%s must begin with https:// (http:// only to this computer)", what)
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return "", fmt.Errorf("%s must end after the host and port", what)
	}
	host := strings.ToLower(u.Host)
	if text.Clean(host) != host {
		return "", fmt.Errorf("%s holds characters that no host has", what)
	}
	return u.Scheme + "://" + host, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
