package config

import (
	"net/url"
	"time"
)

// A Visit is the list of event types as somebody saw it.
type Visit struct {
	Taken  time.Time          `json:"taken"`
	Totals map[string]float64 `json:"totals"` // of the week, by the event's name; missing ones are left out
	Names  []string           `json:"names"`  // of events without a total
}

// Visits are the last visit and the one before it.
type Visits struct {
	Last   Visit `json:"last"`
	Before Visit `json:"before"`
}

// visits is a file for each profile: two lists of ten thousand events leave no room
// for those of another.
func visits(profile Profile, env func(string) string) keptFile[Visits] {
	return keptFile[Visits]{"visits-" + url.QueryEscape(profile.Name) + ".json", env}
}

// LoadVisits is the last visits of a profile; false where there were none.
func LoadVisits(profile Profile, env func(string) string) (Visits, bool, error) {
	return visits(profile, env).load(profile.Name)
}

// SaveVisits keeps visits in the place of the last ones.
func SaveVisits(profile Profile, v Visits, env func(string) string) error {
	return visits(profile, env).save(profile.Name, v)
}
