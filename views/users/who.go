package users

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// trait is one line of who a user is: the head of a section, or a property with
// its value.
type trait struct {
	head   string
	name   string // as filters, pins and masks write it
	shown  string // the value in a line, fit for the terminal
	doc    json.RawMessage
	pinned bool
	twin   bool // one of the API's own is called the same
}

// label is what the line calls the property.
func (f trait) label() string {
	if custom, ok := strings.CutPrefix(f.name, "gp:"); ok {
		return text.Clean(custom)
	}
	if short, ok := labels()[f.name]; ok {
		return short
	}
	return text.Clean(strings.ReplaceAll(f.name, "_", " "))
}

// ownLabel is the label, or where one of the API's is called the same the whole name.
func (f trait) ownLabel() string {
	if f.twin {
		return text.Clean(f.name)
	}
	return f.label()
}

// labels are short names of built-in properties, where their own are long.
func labels() map[string]string {
	return map[string]string{
		"user_id": "user ID", "amplitude_id": "Amplitude", "merged_amplitude_ids": "merged", "device_ids": "device IDs",
		"first_used": "first", "last_used": "last", "num_events": "events", "num_sessions": "sessions", "usage_time": "used for",
		"device_type": "type", "start_version": "began with", "ip_address": "IP", "last_location": "location", "dma": "DMA",
	}
}

// traits are who a user is, masked where the mask is on: pinned properties first,
// then ids, times, device, place and money, then the custom properties.
func traits(u api.User, pins []string, mask *views.Mask, now time.Time) []trait {
	sections := []struct {
		head   string
		traits []trait
	}{
		{"", ids(u, mask)},
		{"seen", seen(u, now)},
		{"device", fields(u, mask, "device", "device_type", "platform", "os", "version", "start_version", "library", "carrier")},
		{"place", append(fields(u, mask, "city", "region", "country", "dma", "language", "ip_address"), location(u, mask)...)},
		{"money", money(u)},
		{"properties", custom(u, mask)},
	}
	var pinned, rest []trait
	names := map[string]bool{}
	for _, s := range sections {
		first := true
		for _, f := range s.traits {
			f.twin = names[f.label()]
			names[f.label()] = true
			if slices.Contains(pins, f.name) {
				f.pinned = true
				pinned = append(pinned, f)
				continue
			}
			if first && s.head != "" {
				rest = append(rest, trait{head: s.head})
			}
			first = false
			rest = append(rest, f)
		}
	}
	return append(pinned, rest...)
}

// stated is a trait whose value is a word of ours.
func stated(name, value string) trait {
	doc, _ := json.Marshal(value) // a string always can be
	return trait{name: name, shown: value, doc: doc}
}

// of is a trait whose value is a word from outside.
func of(name string, v text.Raw, mask *views.Mask) trait {
	v = mask.Property(name, v)
	doc, _ := json.Marshal(query.PrintWord(v)) // a string always can be
	return trait{name: name, shown: v.Safe(), doc: doc}
}

func ids(u api.User, mask *views.Mask) []trait {
	out := []trait{of("amplitude_id", number(u.AmplitudeID), mask)}
	if !u.UserID.IsZero() {
		out = append([]trait{of("user_id", u.UserID, mask)}, out...)
	} else {
		out = append([]trait{stated("user_id", "(none: anonymous)")}, out...)
	}
	out = append(out, list("merged_amplitude_ids", numbers(u.Merged), mask)...)
	devices := u.DeviceIDs
	if !u.Device.IsZero() && !slices.Contains(devices, u.Device) {
		devices = append([]text.Raw{u.Device}, devices...)
	}
	return append(out, list("device_ids", devices, mask)...)
}

func number(id int64) text.Raw {
	if id == 0 {
		return text.Raw{}
	}
	return text.New(strconv.FormatInt(id, 10))
}

func numbers(ids []int64) []text.Raw {
	out := make([]text.Raw, len(ids))
	for i, id := range ids {
		out[i] = number(id)
	}
	return out
}

// list is a trait of several words, with their count where there are several.
func list(name string, words []text.Raw, mask *views.Mask) []trait {
	if len(words) == 0 {
		return nil
	}
	masked, shown := make([]text.Raw, len(words)), make([]string, len(words))
	for i, w := range words {
		masked[i] = mask.Property(name, w)
		shown[i] = masked[i].Safe()
	}
	doc, _ := json.Marshal(masked) // strings always can be
	f := trait{name: name, shown: shown[0], doc: doc}
	if len(words) > 1 {
		f.shown = fmt.Sprintf("%d: %s", len(words), strings.Join(shown[:min(len(shown), 20)], ", "))
	}
	return []trait{f}
}

// seen is when and how much a user was there.
func seen(u api.User, now time.Time) []trait {
	var out []trait
	day := func(name string, v text.Raw) {
		if v.IsZero() {
			return
		}
		shown := v.Safe()
		if t, ok := date(v, now.Location()); ok {
			shown = dayOf(t, now) + ", " + daysAgo(t, now)
		}
		out = append(out, stated(name, shown))
	}
	day("first_used", u.First)
	day("last_used", u.Last)
	count := func(name string, v float64) {
		if !math.IsNaN(v) {
			out = append(out, stated(name, charts.Exact(v)))
		}
	}
	count("num_events", u.Events)
	count("num_sessions", u.Sessions)
	if u.Usage > 0 {
		out = append(out, stated("usage_time", charts.Duration(float64(u.Usage.Milliseconds()))))
	}
	return out
}

// date is a day as the API writes it, in a zone.
func date(v text.Raw, zone *time.Location) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, v.Safe(), zone)
	return t, err == nil
}

func daysAgo(day, now time.Time) string {
	switch n := int(math.Round(api.AddDays(now, 0).Sub(api.AddDays(day, 0)).Hours() / 24)); {
	case n == 0:
		return "today"
	case n == 1:
		return "yesterday"
	case n < 0:
		return "still to come"
	}
	return charts.Ago(api.AddDays(now, 0).Sub(api.AddDays(day, 0))) + " ago"
}

// fields are built-in properties that are set, in the order of their names here.
func fields(u api.User, mask *views.Mask, names ...string) []trait {
	var out []trait
	for _, name := range names {
		for _, f := range u.Fields {
			if f.Name == name {
				out = append(out, of(name, f.Value, mask))
			}
		}
	}
	return out
}

func location(u api.User, mask *views.Mask) []trait {
	if math.IsNaN(u.Latitude) || math.IsNaN(u.Longitude) {
		return nil
	}
	at := strconv.FormatFloat(u.Latitude, 'f', -1, 64) + ", " + strconv.FormatFloat(u.Longitude, 'f', -1, 64)
	return []trait{of("last_location", text.New(at), mask)}
}

func money(u api.User) []trait {
	var out []trait
	for _, m := range []struct {
		name string
		is   float64
	}{{"revenue", u.Revenue}, {"purchases", u.Purchases}} {
		if !math.IsNaN(m.is) {
			out = append(out, stated(m.name, charts.Exact(m.is)))
		}
	}
	return out
}

// custom are the project's own properties of the user, by their names.
func custom(u api.User, mask *views.Mask) []trait {
	root := &node{doc: u.Properties, at: -1}
	root.parse()
	var out []trait
	for _, kid := range root.kids {
		name := query.PrintProperty(api.Property{Key: text.New("gp:" + kid.key)})
		doc := mask.JSON(name, kid.doc)
		masked := &node{doc: doc, at: -1}
		out = append(out, trait{name: name, shown: text.Clean(masked.word()), doc: doc})
	}
	slices.SortFunc(out, func(a, b trait) int { return strings.Compare(a.label(), b.label()) })
	return out
}
