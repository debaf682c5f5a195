package ui

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/demo"
	"amptui/api/text"
	"amptui/charts"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// source is where the data of this run come from: the demo, event files, or a
// project of the API.
type source struct {
	env     views.Env
	project Project
	memory  memory
	log     *demo.Log // behind the demo and event files
	flags   []string  // that open it again
	notes   []string  // what must be said about it, such as lines that are no events
	close   func()
}

// open makes the client that the flags and the configuration ask for. For a
// real project it reads the credentials; nothing is asked of the network yet.
func (p *program) open(ctx context.Context) (source, error) {
	if p.global.demo || len(p.global.events) > 0 {
		return p.openLog(ctx)
	}
	return p.openProject(ctx)
}

// openLog answers from the demo's generated log or from event files, through
// the real client.
func (p *program) openLog(ctx context.Context) (source, error) {
	zone, err := p.zone("")
	if err != nil {
		return source{}, err
	}
	log, project, now, notes, err := p.log(ctx, zone)
	if err != nil {
		return source{}, err
	}
	mask, _ := p.maskOf(config.Profile{}, log.Digest())
	around, err := p.faulty(now, zone, log)
	if err != nil {
		return source{}, err
	}
	server := &demo.Server{Log: log, Now: now, Zone: zone, Around: around}
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1", Key: text.NewSecret("demo"), Secret: text.NewSecret("demo"),
		Zone: zone, Now: now, Transport: server.Transport(), Free: true, Log: around == nil, Since: log.First(),
	})
	if err != nil {
		return source{}, err
	}
	kept, _ := p.memoryOf(nil)
	if p.ease != nil {
		p.ease() // making or reading the log took more than it takes
	}
	env := views.Env{API: client, Now: now, Zone: zone, Keys: keys.Default(), Inside: true, Mask: mask}
	if env.Local = len(p.global.events) > 0; env.Local {
		env.Log = fmt.Sprintf("%s events from %s to %s", charts.Exact(float64(log.Len())), log.First().In(zone).Format("2 Jan 2006"), log.Last().In(zone).Format("2 Jan 2006"))
	}
	known := propertiesIn(log)
	env.Properties = func() []string { return known }
	return source{
		memory:  kept,
		env:     env,
		project: project, flags: p.logFlags(), notes: notes, log: log,
		close: server.Close,
	}, nil
}

// logFlags are the flags that open the demo, or these event files.
func (p *program) logFlags() []string {
	if len(p.global.events) == 0 {
		return []string{"--demo"}
	}
	var flags []string
	for _, path := range p.global.events {
		flags = append(flags, "--events", path)
	}
	return flags
}

// propertiesIn are the properties that the events and the users of a log have, as
// filters write them.
func propertiesIn(log *demo.Log) []string {
	var out []string
	for _, key := range log.Properties() {
		p := api.Property{Key: text.New(key)}
		if name, own := strings.CutPrefix(key, "event:"); own {
			p = api.Property{Scope: api.EventProperty, Key: text.New(name)}
		}
		out = append(out, query.PrintProperty(p))
	}
	return out
}

// log is the event log of the flags, and the time it is for it.
func (p *program) log(ctx context.Context, zone *time.Location) (log *demo.Log, project Project, now func() time.Time, notes []string, err error) {
	at, fixed, err := p.demoNow(zone)
	if err != nil {
		return nil, Project{}, nil, nil, err
	}
	project = Project{Profile: "demo", Name: "music store"}
	if len(p.global.events) == 0 {
		log = p.generate(p.global.demoSeed, at)
	} else {
		var report demo.Report
		if log, report, err = p.read(ctx); err != nil {
			return nil, Project{}, nil, nil, err
		}
		notes = report.Lines()
		project = Project{Profile: strings.Join(baseNames(p.global.events), " + ")}
		if !fixed {
			// A log has no "now": its story ends with its last event.
			at, fixed = log.Last().In(zone), true
		}
	}
	if !fixed {
		return log, project, time.Now, notes, nil
	}
	project.Badge = "as of " + at.Format("2 Jan 2006")
	return log, project, func() time.Time { return at }, notes, nil
}

// read reads the event files of the flags.
func (p *program) read(ctx context.Context) (*demo.Log, demo.Report, error) {
	if p.tell == nil {
		return demo.Open(ctx, p.global.events, func(demo.Progress) {})
	}
	tell, done := p.tell()
	defer done()
	return demo.Open(ctx, p.global.events, tell)
}

func baseNames(paths []string) []string {
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = text.Clean(filepath.Base(path))
	}
	return names
}

// demoNow is the time of --demo-now, else the real time.
func (p *program) demoNow(zone *time.Location) (at time.Time, fixed bool, err error) {
	if p.global.demoNow == "" {
		return time.Now().In(zone), false, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, p.global.demoNow, zone); err == nil {
			return t.In(zone), true, nil
		}
	}
	return time.Time{}, false, usageError{fmt.Errorf("--demo-now %s is not a time: write 2026-11-24 or 2026-11-24T12:00:00Z", text.Clean(p.global.demoNow))}
}

// zone is the zone of --zone, else of the profile, else of this computer.
func (p *program) zone(profile string) (*time.Location, error) {
	name := p.global.zone
	if name == "" {
		name = profile
	}
	if name == "" || strings.EqualFold(name, "local") {
		return p.localZone(), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, usageError{fmt.Errorf("%s is not a time zone: write UTC, Europe/Berlin or America/New_York", text.Clean(name))}
	}
	return zone, nil
}

// localZone is this computer's zone by its name, where it has one.
func (p *program) localZone() *time.Location {
	name := strings.TrimPrefix(p.env("TZ"), ":")
	if name == "" {
		link, err := filepath.EvalSymlinks("/etc/localtime")
		if _, after, ok := strings.Cut(link, "zoneinfo/"); err == nil && ok {
			name = after
		}
	}
	if zone, err := time.LoadLocation(name); err == nil && name != "" {
		return zone
	}
	return time.Local
}

// openProject makes the client of the profile in use.
func (p *program) openProject(ctx context.Context) (source, error) {
	profile, err := p.profile()
	if err != nil {
		return source{}, err
	}
	zone, err := p.zone(profile.Zone)
	if err != nil {
		return source{}, err
	}
	credentials, from, err := p.credentials(ctx, profile)
	if err != nil {
		return source{}, err
	}
	client, err := api.New(api.Options{
		BaseURL: profile.Origin(p.env), Key: credentials.Key, Secret: credentials.Secret, Profile: profile.Name,
		Zone: zone, Now: time.Now, Shelf: p.shelf(), Arrived: p.arrived,
	})
	if err != nil {
		return source{}, err
	}
	if p.lean != nil {
		p.lean()
	}
	project := Project{Profile: text.Clean(profile.Name), Name: text.Clean(profile.Project)}
	if from == config.FromFile {
		project.Badge = "key in a file"
	}
	var flags []string
	if settings, _ := p.settings(); profile.Name != first(settings.Profile, "default") {
		flags = []string{"--profile", profile.Name}
	}
	env, notes := p.ofProfile(profile, client)
	env.Zone = zone
	kept, more := p.memoryOf(&profile)
	return source{env: env, project: project, flags: flags, memory: kept, notes: append(notes, more...), close: func() {}}, nil
}

// largeAnswer is the size in bytes from which on reading an answer takes memory that
// is worth giving back.
const largeAnswer = 256 << 10

// arrived gives back, once an answer has been read, what reading it took.
func (p *program) arrived(bytes int) {
	if p.ease != nil && bytes >= largeAnswer {
		p.ease()
	}
}

// shelf is the folder in which answers outlive the program, unless the configuration
// wants none, or this run none of it.
func (p *program) shelf() api.Shelf {
	if settings, _ := p.settings(); settings.Cache == "memory" || p.global.fresh {
		return api.Shelf{}
	}
	answers, names := config.OpenAnswers(p.env, time.Now())
	return api.Shelf{Names: names, Load: answers.Load, Save: answers.Save, Drop: answers.Drop, Allows: views.MayKeep}
}

// ofProfile is what the views get to know of a profile, and what of it could not
// be used.
func (p *program) ofProfile(profile config.Profile, client *api.Client) (views.Env, []string) {
	mask, notes := p.maskOf(profile, client.PseudonymKey())
	pins, err := config.LoadPins(profile, p.env)
	if err != nil {
		notes = append(notes, err.Error())
	}
	env := views.Env{
		API: client, Now: time.Now, Keys: keys.Default(), Mask: mask, Pins: pins,
		SavePins: func(names []string) error { return config.SavePins(profile, names, p.env) },
		Web:      strings.TrimRight(profile.Web, "/"),
	}
	kept, _, err := config.LoadVisits(profile, p.env)
	if err != nil {
		return env, append(notes, err.Error()) // they cannot be written either
	}
	env.Visits = &views.Visits{Last: visitOfKept(kept.Last), Before: visitOfKept(kept.Before)}
	if !p.global.fresh {
		env.SaveVisits = func(v views.Visits) error {
			return config.SaveVisits(profile, config.Visits{Last: keptVisit(v.Last), Before: keptVisit(v.Before)}, p.env)
		}
	}
	return env, notes
}

// visitOfKept is a visit that was kept.
func visitOfKept(kept config.Visit) views.Visit {
	v := views.Visit{Taken: kept.Taken, Totals: map[text.Raw]float64{}}
	for _, name := range kept.Names {
		v.Totals[text.New(name)] = math.NaN()
	}
	for name, total := range kept.Totals {
		v.Totals[text.New(name)] = total
	}
	return v
}

// keptVisit is a visit as it is kept.
func keptVisit(v views.Visit) config.Visit {
	kept := config.Visit{Taken: v.Taken, Totals: map[string]float64{}}
	for name, total := range v.Totals {
		if math.IsNaN(total) || math.IsInf(total, 0) {
			kept.Names = append(kept.Names, query.PrintWord(name))
		} else {
			kept.Totals[query.PrintWord(name)] = total
		}
	}
	slices.Sort(kept.Names)
	return kept
}

// credentials are those of this session, else the first that are found.
func (p *program) credentials(ctx context.Context, profile config.Profile) (config.Credentials, config.Source, error) {
	if p.session != nil {
		return p.session.credentials(), 0, nil
	}
	return config.Resolve(ctx, profile, p.env)
}
