package ui

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/config"
	"amptui/ui/paint"
	"amptui/views"
)

// loginFlags are what login can be told without a form. No flag takes a secret.
type loginFlags struct {
	stdin    bool
	session  bool
	insecure bool
	region   string
	project  string
}

func (p *program) loginCommand() *cobra.Command {
	var f loginFlags
	c := &cobra.Command{
		Use:   "login",
		Short: "Check and store the API key and the secret key of a profile",
		Long: "Ask for region, keys and zone in a form, check the keys with one cheap call, then store them\n" +
			"in this computer's keyring. With --secret-stdin the API key and the secret key are read from\n" +
			"the input, a line each.",
		Example: "  amptui login\n  pass show amplitude | amptui login --secret-stdin --profile shop --region eu",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if f.stdin {
				return p.loginStdin(c.Context(), f)
			}
			if !p.interactive() {
				return usageError{fmt.Errorf("login needs a terminal; without one, write the API key and the secret key, a line each, to amptui login --secret-stdin")}
			}
			return p.loginForm(c.Context(), f)
		},
	}
	c.Flags().BoolVar(&f.stdin, "secret-stdin", false, "read the API key and the secret key from the input, a line each")
	c.Flags().BoolVar(&f.session, "session", false, "store nothing: explore at once with these keys")
	c.Flags().BoolVar(&f.insecure, "insecure-storage", false, "store them in a file that only you can read, not in the keyring")
	c.Flags().StringVar(&f.region, "region", "", "us, eu, or the `address` of another host")
	c.Flags().StringVar(&f.project, "project", "", "what to call the project in the header")
	return c
}

// profileName is the profile that login and logout mean.
func (p *program) profileName() string {
	c, _ := p.settings()
	return first(p.global.profile, c.Profile, "default")
}

func (p *program) loginStdin(ctx context.Context, f loginFlags) error {
	in := bufio.NewReader(io.LimitReader(p.in, 64<<10))
	key, _ := in.ReadString('\n')
	secret, _ := in.ReadString('\n')
	l := login{flags: f, name: p.profileName(), region: f.region, project: f.project, zone: p.global.zone, key: strings.TrimSpace(key), secret: strings.TrimSpace(secret)}
	stored, err := p.login(ctx, &l)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "profile %s: the keys work; %s\n", text.Clean(l.name), stored)
	return err
}

func (p *program) loginForm(ctx context.Context, f loginFlags) error {
	c, _ := p.settings()
	was := c.Profiles[p.profileName()]
	fields := loginFields(p.profileName(), first(f.region, was.Region, "us"), first(f.project, was.Project), first(p.global.zone, was.Zone))
	var l login
	var stored string
	form := newForm("amptui login", p.theme(true), fields, func(v []string) (err error) {
		l = login{flags: f, name: v[0], region: v[1], project: v[2], zone: v[3], key: v[4], secret: v[5]}
		stored, err = p.login(ctx, &l)
		return err
	})
	form.known = p.nowhereToStore(f)
	if err := paint.Run(ctx, form, paint.Terminal{In: p.in, Out: p.out.(*os.File), Env: p.env, Report: p.reportFile()}); err != nil {
		return err
	}
	if !form.done {
		return errors.New("nothing was stored")
	}
	if l.keep {
		p.session = &l
		return p.explore(ctx, views.Link{View: catalog()[0].Name})
	}
	_, err := fmt.Fprintf(p.out, "profile %s: the keys work; %s. Now: amptui\n", text.Clean(l.name), stored)
	return err
}

// loginFields are the lines of the form, with what they begin with.
func loginFields(name, region, project, zone string) []field {
	fields := []field{
		filled("profile", "a name for this project's settings", name),
		filled("region", "us, eu, or https://… of another host", region),
		filled("project", "what to call it in the header (may stay empty)", project),
		filled("zone", "the project's, such as Europe/Berlin (empty: this computer's)", zone),
		filled("API key", "from the project's settings", ""),
		{label: "secret key", hint: "from the project's settings; shown as stars", mask: true},
	}
	// A profile of nothing but the field says what is wrong with it.
	alone := func(_ config.Profile, err error) error { return errors.Unwrap(err) }
	fields[0].check = func(v string) error { return alone(config.NewProfile(v, "", "", "")) }
	fields[1].check = func(v string) error { return alone(config.NewProfile("default", v, "", "")) }
	fields[3].check = func(v string) error { return alone(config.NewProfile("default", "", "", v)) }
	for i, what := range map[int]string{4: "the API key", 5: "the secret key"} {
		fields[i].check = func(v string) error {
			if v == "" {
				return errors.New(what + " is missing: it stands in the project's settings")
			}
			return nil
		}
	}
	return fields
}

// nowhereToStore says before the keys are typed that the keyring which shall hold them is
// not there, and what can be done instead.
func (p *program) nowhereToStore(f loginFlags) string {
	if f.session || f.insecure || config.KeyringInSight(p.env) == nil {
		return ""
	}
	return config.ErrKeyringAbsent.Error() + ": the keys would not be stored. Leave, then amptui login --session (this once), " +
		"amptui login --insecure-storage (a file only you can read), or set AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY."
}

// login is one attempt: what was typed, and what came of it.
type login struct {
	flags                       loginFlags
	name, region, project, zone string
	key, secret                 string
	keep                        bool // the keys live in this process only
}

func (l login) credentials() config.Credentials {
	return config.Credentials{Key: text.NewSecret(l.key), Secret: text.NewSecret(l.secret)}
}

// login checks the keys with one cheap call, then stores them. It says where.
func (p *program) login(ctx context.Context, l *login) (stored string, err error) {
	if l.key == "" || l.secret == "" {
		return "", usageError{errors.New("both the API key and the secret key are needed")}
	}
	profile, err := config.NewProfile(l.name, l.region, l.project, l.zone)
	if err != nil {
		return "", usageError{err}
	}
	if _, err := p.zone(l.zone); err != nil {
		return "", err
	}
	if err := p.try(ctx, profile, *l); err != nil {
		return "", err
	}
	if l.flags.session {
		l.keep = true
		return "nothing was stored", nil
	}
	if l.flags.insecure {
		path, err := config.StoreFile(profile, l.credentials(), p.env)
		if err != nil {
			return "", err
		}
		return "stored in " + text.Clean(path) + ", which only you can read", nil
	}
	if err := config.SaveProfile(profile, p.env); err != nil {
		return "", err
	}
	if err := config.Store(ctx, profile, l.credentials(), p.env); err != nil {
		return "", notStored(err)
	}
	return "stored in the keyring", nil
}

// try asks for the event list, the cheapest question there is.
func (p *program) try(ctx context.Context, profile config.Profile, l login) error {
	client, err := api.New(api.Options{
		BaseURL: profile.Origin(p.env), Key: text.NewSecret(l.key), Secret: text.NewSecret(l.secret), Zone: time.UTC, Now: time.Now,
	})
	if err != nil {
		return err
	}
	_, err = client.Events(ctx)
	return err
}

func (p *program) logoutCommand() *cobra.Command {
	return &cobra.Command{
		Use: "logout", Short: "Delete the stored keys of a profile", Args: cobra.NoArgs,
		Long: "Delete the API key and the secret key of a profile from this computer's keyring, or from the\n" +
			"file where the profile uses that. Its settings stay, and so do keys that amptui did not store:\n" +
			"those of the environment and of a credential_command.",
		RunE: func(c *cobra.Command, _ []string) error {
			profile, err := p.profile()
			if err != nil {
				return err
			}
			done, err := config.Delete(c.Context(), profile, p.env, func() {
				fmt.Fprintln(p.err, "amptui: waiting for the keyring, which may want to be unlocked")
			})
			if err != nil {
				return notDeleted(profile, err)
			}
			_, err = fmt.Fprintf(p.out, "profile %s: %s\n", text.Clean(profile.Name), deleted(done))
			for _, left := range p.leftOver(profile) {
				fmt.Fprintln(p.err, "amptui: "+left)
			}
			return err
		},
	}
}

func (p *program) profilesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "profiles", Short: "List the profiles", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c, warnings := p.settings()
			for _, w := range warnings {
				fmt.Fprintln(p.err, "amptui: "+w)
			}
			if len(c.List()) == 0 {
				fmt.Fprintln(p.err, "amptui: there is no profile: amptui login makes one and stores its keys; --demo needs none")
				return nil
			}
			list := c.List()
			rows := make([]listedProfile, len(list))
			for i, profile := range list {
				rows[i] = listedProfile{profile.Name, profile.Name == p.profileName(), text.Clean(profile.Origin(p.env)), profile.Zone, text.Clean(profile.Project)}
			}
			p.global.output = first(p.global.output, "table")
			return p.printRows("profiles", profilesTable(rows), struct {
				Profiles []listedProfile `json:"profiles"`
			}{rows})
		},
	}
}

// A listedProfile is a profile as amptui profiles lists it; an empty zone is this
// computer's.
type listedProfile struct {
	Name    string `json:"name"`
	Used    bool   `json:"used"` // when --profile names none
	Server  string `json:"server"`
	Zone    string `json:"zone"`
	Project string `json:"project"`
}

// profilesTable marks the profile that is used.
func profilesTable(rows []listedProfile) charts.Table {
	return charts.Table{
		Columns: []charts.Column{{Title: "profile"}, {Title: "server"}, {Title: "zone"}, {Title: "project"}},
		Len:     len(rows), Cursor: -1,
		Row: func(i int) charts.Row {
			r := rows[i]
			cells := []charts.Cell{{Text: text.Clean(r.Name)}, {Text: r.Server}, {Text: first(text.Clean(r.Zone), "this computer's")}, {Text: r.Project}}
			return charts.Row{Cells: cells, Marked: r.Used}
		},
	}.Measured()
}
