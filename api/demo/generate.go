package demo

import (
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

const (
	storeDays  = 120
	storeUsers = 5000
	release    = 21 // days ago: version 3.5.0, which shows lyrics
	// BusiestUser is the ID of the user of whom there is most to see: about 5,000
	// events.
	BusiestUser = "ada@example.com"
)

// generator makes the music store.
type generator struct {
	*builder
	rng    *rand.Rand
	now    time.Time
	first  time.Time // midnight of the first day
	serial int
	act    []float64 // running sums of the activities' weights
	actID  []int32
	songs  [][]int32 // song x source: set of the event's properties
	goods  []int32   // product: set of the event's properties
	event  map[string]int32
}

// Generate makes a music store with about 5,000 users and 300,000 events in the
// 120 days up to now. The same seed and time give the same log, byte for byte.
//
// It tells some stories: more users every week and fewer on Mondays; people who
// come back less and less, the faithful always; version 3.5.0, three weeks ago,
// brought lyrics; and payments fail far more often on Android.
func Generate(seed uint64, now time.Time) *Log { return generate(seed, now, storeUsers) }

func generate(seed uint64, now time.Time, users int) *Log {
	now = now.UTC()
	g := &generator{builder: newBuilder(), rng: rand.New(rand.NewPCG(seed, 0x6d75736963)), now: now, event: map[string]int32{}}
	g.first = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC).AddDate(0, 0, 1-storeDays)
	g.prepare()
	for n := range users {
		g.listener(n)
	}
	l := g.builder.done()
	l.saved = storeSaved(g.first)
	for i, name := range l.names {
		l.inactive[i] = name == "Push Received" || name == "debug_ping"
		l.hidden[i] = name == "debug_ping"
	}
	return l
}

func (g *generator) prepare() {
	sum := 0.0
	for _, a := range activities() {
		sum += a.weight
		g.act = append(g.act, sum)
		g.actID = append(g.actID, g.name(a.name))
	}
	text := func(key, s string) property { return property{g.key(key), g.builder.value(value{text: s})} }
	number := func(key string, v float64) property {
		return property{g.key(key), g.builder.value(value{text: textNumber(v), kind: numberValue, number: v})}
	}
	for i, s := range songs() {
		var sets []int32
		for _, source := range sources() {
			sets = append(sets, g.set([]property{
				text("event:title", s.title), text("event:artist", s.artist), text("event:genre", s.genre),
				text("event:source", source), number("event:seconds", float64(140+13*i)),
			}))
		}
		g.songs = append(g.songs, sets)
	}
	for _, p := range products() {
		g.goods = append(g.goods, g.set([]property{
			text("event:product", p.name), number("event:price", p.price), number("event:$revenue", p.price), text("event:currency", "USD"),
		}))
	}
}

// listener is one user: who it is, and every session of it.
type listener struct {
	person   int32
	id       int32
	device   int32
	place    place
	platform platform
	joined   int // day of sign-up, negative for long ago
	fidelity float64
	plan     string
	purchase int
	version  string
	state    int32
	busy     bool
}

func (g *generator) listener(n int) {
	u := g.newListener(n)
	for d := max(u.joined, 0); d < storeDays; d++ {
		sessions := g.sessionsOn(u, d)
		for s := range sessions {
			g.session(u, d, s == 0 && d == u.joined)
		}
	}
}

func (g *generator) newListener(n int) *listener {
	r := g.rng
	u := &listener{fidelity: math.Pow(r.Float64(), 2.2), plan: "free"}
	u.place = pickShare(r, places(), func(p place) float64 { return p.share })
	u.platform = pickShare(r, platforms(), func(p platform) float64 { return p.share })
	// A third was there before; the others join, more every week.
	if r.Float64() < 0.35 {
		u.joined = -1 - r.IntN(300)
	} else {
		u.joined = int(float64(storeDays) * math.Pow(r.Float64(), 0.75))
	}
	id := "user-" + strconv.Itoa(10000+n)
	if r.Float64() < 0.06 {
		id = "" // never signed in
	}
	if n == 0 {
		id, u.busy, u.joined, u.fidelity = BusiestUser, true, -200, 1
		u.place, u.platform = places()[3], platforms()[0]
	}
	if u.joined < 0 && r.Float64() < 0.25 {
		u.plan = "premium"
	}
	u.person, u.id = g.person(900000000000+int64(n)*7919), g.word([]byte(id))
	u.device = g.word([]byte("device-" + strconv.FormatInt(int64(n)*2654435761%0xffffffff, 16)))
	return u
}

func pickShare[T any](r *rand.Rand, all []T, share func(T) float64) T {
	x := r.Float64()
	for _, one := range all {
		if x -= share(one); x < 0 {
			return one
		}
	}
	return all[len(all)-1]
}

// sessionsOn is how often a user opens the app on a day: a power law of age,
// lifted by fidelity, with a weekly rhythm.
func (g *generator) sessionsOn(u *listener, d int) int {
	if u.busy {
		return 4
	}
	age := float64(d - u.joined)
	p := 0.06 + 0.74*math.Pow(age+1, -0.55)
	p = p*(0.16+0.30*u.fidelity) + 0.13*u.fidelity*u.fidelity
	rhythm := [...]float64{1.12, 0.86, 0.92, 0.96, 1.0, 1.08, 1.16}[g.first.AddDate(0, 0, d).Weekday()]
	n := 0
	if d == u.joined {
		n = 1
	}
	for range 2 {
		if g.rng.Float64() < p*rhythm {
			n++
		}
	}
	return n
}

// versionOn is the app's version: the release reaches people over a week.
func (g *generator) versionOn(u *listener, d int) string {
	since := d - (storeDays - release)
	switch {
	case u.platform.name == "Web" && since >= 0, since >= 0 && int(u.person)%8 <= since:
		return "3.5.0"
	case d < 40:
		return "3.3.2"
	}
	return "3.4.1"
}

// refresh gives the user's properties as of now.
func (g *generator) refresh(u *listener) {
	text := func(key, s string) property { return property{g.key(key), g.builder.value(value{text: s})} }
	paying := "false"
	if u.purchase > 0 {
		paying = "true"
	}
	u.state = g.set([]property{
		text("platform", u.platform.name), text("os", u.platform.os), text("device_type", u.platform.device), text("device", u.platform.kind),
		text("country", u.place.country), text("region", u.place.region), text("city", u.place.city), text("language", u.place.language),
		text("version", u.version), text("paying", paying), text("gp:plan", u.plan),
		{g.key("gp:purchases"), g.builder.value(value{text: strconv.Itoa(u.purchase), kind: numberValue, number: float64(u.purchase)})},
	})
}

// session is one visit: opening, whatever people do, and now and then paying.
func (g *generator) session(u *listener, d int, first bool) {
	r := g.rng
	// Evenings are busy, nights are quiet, by the clock of the user's place.
	hour := 7 + 16*math.Pow(r.Float64(), 0.7)
	at := g.first.AddDate(0, 0, d).Add(time.Duration((hour-float64(u.place.offset))*float64(time.Hour)) + time.Duration(r.IntN(3600))*time.Second)
	if version := g.versionOn(u, d); version != u.version {
		u.version = version
		g.refresh(u)
	}
	s := &visit{g: g, u: u, at: at, session: at.UnixMilli()}
	if r.Float64() < 0.12 && !first {
		s.log("Push Received", 0)
	}
	s.log("App Opened", 0)
	if first {
		s.onboard()
	}
	if !first || r.Float64() < 0.85 {
		s.listen()
	}
	if r.Float64() < 0.11 {
		s.pay()
	}
	if r.Float64() < 0.7 {
		s.log("App Closed", 0)
	}
	if r.Float64() < 0.02 {
		s.log("debug_ping", 0)
	}
}

// visit is a session as it goes on.
type visit struct {
	g       *generator
	u       *listener
	at      time.Time
	session int64
}

// log adds an event some seconds after the one before. What lies in the future
// has not happened.
func (s *visit) log(name string, own int32) {
	g := s.g
	kind, ok := g.event[name]
	if !ok {
		kind = g.name(name)
		g.event[name] = kind
	}
	s.logKind(kind, own)
}

func (s *visit) logKind(kind, own int32) {
	g := s.g
	s.at = s.at.Add(time.Duration(1+g.rng.IntN(90)) * time.Second)
	g.serial++
	micro := int64(g.rng.IntN(1000000)) // drawn for all: what is past does not depend on the hour
	if s.at.After(g.now) || s.at.Before(g.first) {
		return
	}
	g.append(record{
		at: s.at.UnixMicro() + micro, kind: kind, user: s.u.person, id: s.u.id, device: s.u.device, session: s.session,
		own: own, state: s.u.state, insert: strconv.AppendInt([]byte("demo-"), int64(g.serial), 36),
	})
}

func (s *visit) onboard() {
	s.log("Sign Up Started", 0)
	if s.g.rng.Float64() < 0.9 {
		s.log("Sign Up", 0)
	}
}

// listen plays songs and does other things between them.
func (s *visit) listen() {
	g, r := s.g, s.g.rng
	n := 2 + r.IntN(5)
	if s.u.busy {
		n = 8
	}
	for range n {
		if r.Float64() < 0.45 {
			// Some songs are played far more often than others.
			i := int(float64(len(g.songs)) * math.Pow(r.Float64(), 2))
			s.log("Song Played", g.songs[i][r.IntN(len(g.songs[i]))])
			if s.u.version == "3.5.0" && r.Float64() < 0.35 {
				s.log("Lyrics Viewed", 0)
			} else if r.Float64() < 0.02 {
				s.log("Lyrics Viewed", 0)
			}
			continue
		}
		x := r.Float64() * g.act[len(g.act)-1]
		i := 0
		for g.act[i] < x {
			i++
		}
		s.logKind(g.actID[i], 0)
	}
}

// pay is the way to a purchase, with its losses; Android loses most at the
// payment.
func (s *visit) pay() {
	g, r := s.g, s.g.rng
	s.log("Store Opened", 0)
	if r.Float64() > 0.72 {
		return
	}
	s.log("Checkout Started", 0)
	if r.Float64() > 0.80 {
		return
	}
	s.log("Payment Submitted", 0)
	fails := 0.07
	if s.u.platform.name == "Android" {
		fails = 0.48
	}
	if r.Float64() < fails {
		s.log("Payment Failed", 0)
		return
	}
	all := products()
	x, i := r.Float64(), 0
	for x -= all[0].share; x > 0 && i < len(all)-1; x -= all[i].share {
		i++
	}
	s.log("Purchase", g.goods[i])
	s.u.purchase++
	if i >= 2 && s.u.plan == "free" {
		s.u.plan = "premium"
		s.log("Subscription Started", 0)
	}
	g.refresh(s.u)
}
