package config

import "time"

// A Visit is the list of event types as somebody last saw it.
type Visit struct {
	Taken  time.Time          `json:"taken"`
	Totals map[string]float64 `json:"totals"` // of the week, by the event's name; missing ones are left out
	Names  []string           `json:"names"`  // of events without a total
}

func visits(env func(string) string) keptFile[Visit] { return keptFile[Visit]{"visits.json", env} }

// LoadVisit is the last visit of a profile; false where there was none.
func LoadVisit(profile Profile, env func(string) string) (Visit, bool, error) {
	return visits(env).load(profile.Name)
}

// SaveVisit keeps a visit in the place of the last one.
func SaveVisit(profile Profile, v Visit, env func(string) string) error {
	return visits(env).save(profile.Name, v)
}
