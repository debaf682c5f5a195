package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"amptui/api"
	"amptui/config"
	"amptui/views"
)

// patience is how long the doctor waits for the server.
const patience = 15 * time.Second

// awayFindings are what concerns the project: its keys, the way to the server, and
// the server.
func (p *program) awayFindings(ctx context.Context) []finding {
	if p.global.demo || len(p.global.events) > 0 {
		return p.logFindings(ctx)
	}
	profile, err := p.profile()
	if err != nil {
		f := found("profile")
		f.worse(bad, "%s", err.Error())
		f.err = err
		return []finding{f}
	}
	credentials, from, missing := config.Resolve(ctx, profile, p.env)
	all := []finding{p.projectFinding(profile), keyringFinding(config.KeyringAt(from, missing)), keysFinding(from, missing)}
	client, err := api.New(api.Options{
		BaseURL: profile.Origin(p.env), Key: credentials.Key, Secret: credentials.Secret, Profile: profile.Name, Zone: time.UTC, Now: time.Now,
	})
	if err != nil {
		f := found("server")
		f.worse(bad, "%s", views.ExplainInShell(err))
		f.err = err
		return append(all, f)
	}
	return append(all, serverFindings(ctx, client, profile.Origin(p.env), missing == nil)...)
}

// logFindings asks the demo or the event files, which need no keys.
func (p *program) logFindings(ctx context.Context) []finding {
	f := found("project")
	source, err := p.open(ctx)
	if err != nil {
		f.worse(bad, "%s", views.ExplainInShell(err))
		f.err = err
		return []finding{f}
	}
	defer source.close()
	f.say("%s: no keys, no keyring and no network are used", strings.TrimSpace(source.project.Profile+" "+source.project.Name))
	for _, note := range source.notes {
		f.worse(look, "%s", note)
	}
	probe, err := source.env.API.Probe(ctx)
	if err != nil {
		f.worse(bad, "%s", views.ExplainInShell(err))
		f.err = err
		return []finding{f}
	}
	f.say("it lists %s, in %s", eventTypes(probe.Events), took(probe.Took))
	return []finding{f}
}

// projectFinding is which project is asked, and the zone in which its days are.
func (p *program) projectFinding(profile config.Profile) finding {
	f := found("project")
	f.say("profile %s: %s", profile.Name, first(profile.Project, "no name is set"))
	switch zone, err := p.zone(profile.Zone); {
	case err != nil:
		f.worse(bad, "%s", err.Error())
		f.err = err
	case p.global.zone == "" && profile.Zone == "":
		f.worse(look, "no zone is set: days are those of this computer, %s. If the project's are others, the last day looks too low or too high", zone)
	default:
		f.say("days are those of %s", zone)
	}
	return f
}

// keyringFinding says whether the keyring works. Where the keys come another way it
// need not.
func keyringFinding(held config.KeyringState) finding {
	f := found("keyring")
	if held.Asked && !held.Works {
		f.worse(look, "%s: the keys must come another way", held.Says)
		return f
	}
	f.say("%s", held.Says)
	return f
}

// keysFinding says where the keys come from, or what each way lacks.
func keysFinding(from config.Source, missing error) finding {
	f := found("keys")
	none := (*config.None)(nil)
	switch {
	case missing == nil:
		f.say("an API key and a secret key, from the %s", from)
	case errors.As(missing, &none):
		f.worse(bad, "%s: amptui login stores them, --demo needs none", config.ErrNone.Error())
		for _, r := range none.Reasons {
			f.say("%s: %s", r.Source, r.Text)
		}
	default:
		f.worse(bad, "%s", missing.Error())
	}
	f.err = missing
	return f
}

// serverFindings are the way to the server, the server, and its clock: one call.
func serverFindings(ctx context.Context, client *api.Client, origin string, keyed bool) []finding {
	way, server, clock := found("proxy"), found("server"), found("clock")
	proxy, err := client.Proxy()
	switch {
	case err != nil:
		way.worse(bad, "%s", err.Error())
	case proxy == "":
		way.say("none: HTTPS_PROXY is not set, or NO_PROXY names the server")
	default:
		way.say("%s", proxy)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	probe, err := client.Probe(ctx)
	server.say("%s", origin+map[string]string{api.StandardHost: ", region us", api.EUHost: ", region eu"}[origin])
	switch {
	case err == nil:
		server.say("it takes the keys and lists %s, in %s", eventTypes(probe.Events), took(probe.Took))
	case errors.Is(err, api.ErrCredentials) && !keyed:
		server.say("it answers, in %s, and wants keys", took(probe.Took))
	default:
		server.worse(bad, "%s", views.ExplainInShell(err))
		server.err = err
	}
	all := []finding{way, server}
	if probe.Dated {
		clock.tell(probe.Ahead)
		all = append(all, clock)
	}
	return all
}

func eventTypes(n int) string {
	if n == 1 {
		return "1 event type"
	}
	return fmt.Sprintf("%d event types", n)
}

// tell says how far the clock is off, and what that does.
func (f *finding) tell(ahead time.Duration) {
	off, word := ahead.Abs(), "ahead of"
	if ahead < 0 {
		word = "behind"
	}
	switch {
	case off <= 5*time.Second:
		f.say("this computer's clock is the server's, within 5 seconds")
	case off < 2*time.Minute:
		f.say("this computer's clock is %s %s the server's: nobody will notice", off, word)
	case off < time.Hour:
		f.worse(look, "this computer's clock is %s %s the server's: ages and the end of a day are off by that", off, word)
	default:
		f.worse(bad, "this computer's clock is %s %s the server's: today is not the server's today; set the clock", off, word)
	}
}
